"""How early an order has what people chose and kept: the figure that tuning looks at.

It knows no scikit-learn; anything that orders rows of `Pairs.X` can be judged.
"""

# ruff: noqa: N803 — X is the name that scikit-learn gives it
from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from wor_match.domain.columns import Floats
from wor_match.errors import WorMatchError
from wor_match.evaluation.ranking import ndcg

if TYPE_CHECKING:
    from wor_match.evaluation.tuning import MatcherEstimator


def ndcg_by_participant(estimator: MatcherEstimator, X: Any, y: Any) -> float:
    """How early an order has what people chose and kept, in (0, 1]: for ``scoring=`` in scikit-learn.

    The mean of `ndcg` over each person's advices, then over the people, so that nobody counts twice.

    Parameters
    ----------
    estimator : MatcherEstimator
        Fitted.
    X : array (n_rows, 3)
        Rows of `Pairs.X`.
    y : array (n_rows,)
        Gains; 0 or less is not relevant.

    Raises
    ------
    WorMatchError
        When no advice here led to somebody known to take part. That is no figure of 0: such an order was not judged.

    Notes
    -----
    Left out is every advice that led to nothing known to be good: nobody chose, they stopped, or could not be asked. No
    order of it is better than another. No weight makes up for that: the figure is about people who stayed and could be
    reached. What was shown was chosen more easily, so an order like the one of that day has an advantage.
    """
    decision, _ = estimator.pairs.at_rows(X)
    height, gains = estimator.decision_function(X), gains_for(y, len(decision))
    by_person: dict[str, list[float]] = {}
    for number in np.unique(decision[gains > 0]):
        rows = np.flatnonzero(decision == number)
        in_order = rows[np.argsort(-height[rows], kind="stable")]
        person = estimator.pairs.decisions[number].person
        by_person.setdefault(person, []).append(ndcg(gains[in_order], gains[rows]))
    if not by_person:
        raise WorMatchError(
            "no advice in these rows led to somebody known to take part after twelve weeks; use fewer folds, or give "
            "more people",
            code="too-few-people",
        )
    return math.fsum(math.fsum(told) / len(told) for told in by_person.values()) / len(by_person)


def gains_for(y: Any, n: int) -> Floats:
    """The gains as an array, (n,)."""
    try:
        gains = np.asarray(y, dtype=np.float64)
    except (TypeError, ValueError):
        raise WorMatchError(
            "y holds something that is no number; give Pairs.y for the same rows", code="no-number"
        ) from None
    if gains.shape != (n,) or not np.isfinite(gains).all():
        raise WorMatchError(f"y is no list of {n} finite numbers; give Pairs.y for the same rows", code="no-number")
    return gains
