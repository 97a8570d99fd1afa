"""Many people, few places: who has a place, and who waits for which one."""

from wor_match.allocating.among_people import People as People
from wor_match.allocating.among_people import Waited as Waited
from wor_match.allocating.among_people import allocated as allocated
from wor_match.allocating.turns import Allocation as Allocation
from wor_match.allocating.turns import Fairness as Fairness
