"""From a history to a chance: events become episodes, episodes become arrays, and the rest knows numbers only."""

from typing import TYPE_CHECKING

from wor_match.learning.chance import Predictors as Predictors
from wor_match.learning.chance import chances as chances
from wor_match.learning.chance import drawn as drawn
from wor_match.learning.chance import interval as interval
from wor_match.learning.chance import mean_chance as mean_chance
from wor_match.learning.chance import path as path
from wor_match.learning.chance import predictors as predictors
from wor_match.learning.chance import recorded as recorded
from wor_match.learning.chance import recorded_chances as recorded_chances
from wor_match.learning.chance import shares as shares
from wor_match.learning.chance import started as started
from wor_match.learning.chance import stayed as stayed
from wor_match.learning.learned import Learned as Learned
from wor_match.learning.model import ChanceModel as ChanceModel
from wor_match.learning.periods import PersonPeriods as PersonPeriods
from wor_match.learning.periods import person_periods as person_periods
from wor_match.learning.posterior import KINDS as KINDS
from wor_match.learning.posterior import Posterior as Posterior
from wor_match.learning.prior import Prior as Prior
from wor_match.learning.rows import Episodes as Episodes

if TYPE_CHECKING:
    from wor_match.learning.estimator import HazardClassifier as HazardClassifier


def __getattr__(name: str) -> object:
    """`HazardClassifier`, loaded when it is asked for: scikit-learn takes longer than an advice."""
    if name == "HazardClassifier":
        from wor_match.learning.estimator import HazardClassifier

        return HazardClassifier
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
