"""Which few of all that is possible: a good slate is more than the highest scores."""

from wor_match.choosing.slate import LITTLE_WORTH as LITTLE_WORTH
from wor_match.choosing.slate import Candidates as Candidates
from wor_match.choosing.slate import slate as slate
