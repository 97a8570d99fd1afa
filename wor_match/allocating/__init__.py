"""Many people, few places: who has a place, and who waits for which one."""

from wor_match.allocating.allocation import Allocation as Allocation
from wor_match.allocating.allocation import Fairness as Fairness
from wor_match.allocating.sharing_out import People as People
from wor_match.allocating.sharing_out import Waited as Waited
from wor_match.allocating.sharing_out import allocated as allocated
