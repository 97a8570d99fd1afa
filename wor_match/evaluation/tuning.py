"""Which variety, and which doubt in the beliefs, would have ordered best what people chose and kept: with scikit-learn.

Imported when it is asked for only, because scikit-learn takes longer than an advice. Worth is not tuned here, or by any
outcome.
"""

# ruff: noqa: N803 — X is the name that scikit-learn gives it
from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from numbers import Real
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from wor_match.domain.columns import Floats
from wor_match.errors import WorMatchError
from wor_match.evaluation.pairs import Pairs, unlearned
from wor_match.evaluation.replay import SHOWN
from wor_match.evaluation.replaying.decisions import Decision
from wor_match.evaluation.replaying.policies import Order, best, ordering
from wor_match.evaluation.scoring import ndcg_by_participant
from wor_match.learning import Prior
from wor_match.learning.prior import TAUS
from wor_match.matcher import Matcher
from wor_match.settings import Settings, WorthWeights

WORTH = {"worth", *WorthWeights.model_fields}
ASKED_FOR = (
    "{name} is not tuned on outcomes: worth is what a person asked for, and only the judgement of coaches may set it; "
    "see `agreement`"
)


class MatcherEstimator(BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """A matcher as scikit-learn knows estimators, for ``GridSearchCV``: what outcomes may tune, and nothing else.

    Give `Pairs.X`, `Pairs.y` and `Pairs.groups` to the search, `TemporalGroupSplit` as ``cv=``, and
    ``error_score="raise"``, so that a fold that cannot be judged says why.

    Parameters
    ----------
    pairs : Pairs
        The history, as `pairs_of` gives it.
    variety : float, optional
        What likeness to something shown costs, in [0, 1]. This and all below: as the matcher has it when left out.
    scale_sd : float, optional
        Doubt in the expert's beliefs all together (one standard deviation).
    tau_beta, tau_term, tau_organiser, tau_activity : float, optional
        First guesses of how far signals lie from their beliefs, and of how much terms, organisers and activities
        differ; the outcomes still move them.
    level_sd : float, optional
        Doubt in the level of starting and in that of staying, in log-odds.
    **others
        Refused.

    Attributes
    ----------
    matcher_ : Matcher
        After `fit`: with these values, and with what was learned from the past of the training rows.

    Raises
    ------
    WorMatchError
        When a weight of worth, or something unknown, is to be tuned.

    Notes
    -----
    With some hundreds of people most differences between values are chance: keep those of the matcher, unless others
    are better by clearly more than the folds differ among themselves. The matcher of a finished search learned only
    what was told before the last advice; let that of `tuned` learn from the whole history.

    Examples
    --------
    >>> from wor_match.evaluation.pairs import pairs_of
    >>> from wor_match.evaluation.simulation import World, simulate
    >>> town = simulate(World(people=24))
    >>> pairs = pairs_of(Matcher(town.catalogue), town.events, town.people)
    >>> estimator = MatcherEstimator(pairs, variety=0.2, tau_activity=0.4).fit(pairs.X)
    >>> round(estimator.score(pairs.X, pairs.y), 2)
    0.56
    >>> estimator.tuned().settings.variety
    0.2
    """

    def __init__(
        self,
        pairs: Pairs,
        variety: float | None = None,
        scale_sd: float | None = None,
        tau_beta: float | None = None,
        tau_term: float | None = None,
        tau_organiser: float | None = None,
        tau_activity: float | None = None,
        level_sd: float | None = None,
        **others: object,
    ) -> None:
        tunable(others, ())
        self.pairs = pairs
        self.variety = variety
        self.scale_sd = scale_sd
        self.tau_beta = tau_beta
        self.tau_term = tau_term
        self.tau_organiser = tau_organiser
        self.tau_activity = tau_activity
        self.level_sd = level_sd

    def set_params(self, **params: Any) -> MatcherEstimator:
        """The same estimator with other values in `params`; raises as the constructor."""
        tunable(params, self.get_params(deep=False))
        super().set_params(**params)
        return self

    def tuned(self) -> Matcher:
        """The matcher with these values, which has learned nothing yet: let it learn from the whole history.

        Raises
        ------
        WorMatchError
            When a doubt is no number above 0, or the variety lies outside [0, 1].
        """
        own = self.pairs.matcher
        return unlearned(own, self._settings(own.settings), self._prior(own.prior))

    def _settings(self, settings: Settings) -> Settings:
        return settings if self.variety is None else Settings(**{**dict(settings), "variety": self.variety})

    def _prior(self, prior: Prior) -> Prior:
        level, scale = (doubt(name, getattr(self, name)) for name in ("level_sd", "scale_sd"))
        taus = {name: doubt(f"tau_{name}", getattr(self, f"tau_{name}")) for name in TAUS}
        return replace(
            prior,
            level_start=(prior.level_start[0], level or prior.level_start[1]),
            level_week=(prior.level_week[0], level or prior.level_week[1]),
            scale=(prior.scale[0], scale or prior.scale[1]),
            taus={name: tau or prior.taus[name] for name, tau in taus.items()},
        )

    def fit(self, X: Any, y: object = None) -> MatcherEstimator:
        """Learn what was known of the people in X just before the last advice in X.

        Nobody else's events are there, and nothing told at that moment or later: no outcome, and no correction of an
        earlier event.

        Parameters
        ----------
        X : array (n_rows, 3)
            Rows of `Pairs.X`.
        y : ignored
            It holds outcomes that became known later. What counts is what was told in time.

        Raises
        ------
        WorMatchError
            When X holds other rows or none, a value is out of range, or there is a variety without people to compose a
            few for.
        """
        decision, _ = self.pairs.at_rows(X)
        if self.variety is not None and any(one.slate is None for one in self.pairs.decisions):
            raise WorMatchError(
                "variety cannot be tuned on what was shown alone; give `pairs_of` the people", code="not-together"
            )
        self.matcher_ = self.tuned().learn(self.pairs.known_to(np.unique(decision)))
        return self

    def predict(self, X: Any) -> Floats:
        """Worth x chance of each row of `X`, (n_rows,)."""
        return self._of_each(X, lambda order, decision: order.score(decision))

    def decision_function(self, X: Any) -> Floats:
        """Minus the place of each row of `X` in its advice, (n_rows,), -1 the first: those shown, then the others."""
        return self._of_each(X, heights)

    def _of_each(self, X: Any, told: Callable[[Order, Decision], Floats]) -> Floats:
        """What is told of each row, when whole decisions are asked."""
        check_is_fitted(self)
        decision, candidate = self.pairs.at_rows(X)
        order = ordering(self.matcher_, self.matcher_.model)
        found = np.empty(len(decision))
        for number in np.unique(decision):
            rows = decision == number
            found[rows] = told(order, self.pairs.decisions[number])[candidate[rows]]
        return found

    def score(self, X: Any, y: Any) -> float:
        """As `ndcg_by_participant`, of the rows `X` with the gains `y`."""
        return ndcg_by_participant(self, X, y)


def tunable(names: Iterable[str], known: Iterable[str]) -> None:
    """Refuse what outcomes may not tune, and what is no parameter."""
    for name in sorted(set(names) - set(known)):
        if WORTH & set(name.split("__")):
            raise WorMatchError(ASKED_FOR.format(name=name[:64]), code="unknown-name")
        raise WorMatchError(
            f"MatcherEstimator has no parameter {name[:64]!r}; there are: variety, scale_sd, level_sd, "
            f"{', '.join(f'tau_{tau}' for tau in TAUS)}",
            code="unknown-name",
        )


def doubt(name: str, value: object) -> float | None:
    """A standard deviation; None when it stays as it is."""
    if value is None:
        return None
    number = float(value) if isinstance(value, Real) and not isinstance(value, bool) else math.nan
    if not (math.isfinite(number) and number > 0):
        raise WorMatchError(
            f"{name} is no number above 0; it is a standard deviation, or None for that of the matcher",
            code="out-of-range",
        )
    return number


def heights(order: Order, decision: Decision) -> Floats:
    """Minus the place of each that was possible, (n,): the few that an advice shows, then the others by score."""
    score = order.score(decision)
    shown = order.few(decision, score, SHOWN)
    others = [row for row in best(decision, score, len(score)) if row not in shown]
    found = np.empty(len(score))
    found[[*shown, *others]] = -np.arange(1.0, len(score) + 1)
    return found
