"""Which few of all that is possible: a good slate is more than the highest scores."""

from wor_match.choosing.exploration import SPREAD as SPREAD
from wor_match.choosing.exploration import Place as Place
from wor_match.choosing.exploration import explored as explored
from wor_match.choosing.exploration import may_explore as may_explore
from wor_match.choosing.slate import LITTLE_WORTH as LITTLE_WORTH
from wor_match.choosing.slate import Candidates as Candidates
from wor_match.choosing.slate import by_score as by_score
from wor_match.choosing.slate import slate as slate
