"""Which few of all that is possible: a good slate is more than the highest scores."""

from wor_match.choosing.allocation import Assignment as Assignment
from wor_match.choosing.allocation import assign as assign
from wor_match.choosing.candidates import LITTLE_WORTH as LITTLE_WORTH
from wor_match.choosing.candidates import ROUNDED as ROUNDED
from wor_match.choosing.candidates import Candidates as Candidates
from wor_match.choosing.candidates import by_score as by_score
from wor_match.choosing.exploration import SPREAD as SPREAD
from wor_match.choosing.exploration import explored as explored
from wor_match.choosing.exploration import may_explore as may_explore
from wor_match.choosing.going_together import MOST_CANDIDATES as MOST_CANDIDATES
from wor_match.choosing.going_together import Plan as Plan
from wor_match.choosing.going_together import serving_most as serving_most
from wor_match.choosing.going_together import sets_of as sets_of
from wor_match.choosing.going_together import varied as varied
from wor_match.choosing.sharing import share as share
from wor_match.choosing.slate import slate as slate
from wor_match.choosing.slate import slates as slates
from wor_match.choosing.slot import Slot as Slot
