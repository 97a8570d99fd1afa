"""How many would start, and how many would stop, if what a model says were true; and how far that may lie off by luck.

Episodes in, numbers out: nothing here knows what a verdict is.

References
----------
O. Aalen, Nonparametric inference for a family of counting processes, Annals of Statistics 6 (1978): the expected number
of stops is the sum of the weekly chances to stop over the person-weeks at risk.
G. Box, Sampling and Bayes' inference in scientific modelling and robustness, JRSS A 143 (1980): what was seen is held
against what a model with all its doubt would have given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wor_match import learning
from wor_match.learning import Episodes, Learned, Predictors
from wor_match.learning.learned import Named
from wor_match.learning.posterior import WIDER, Weights
from wor_match.learning.prior import HORIZON
from wor_match.learning.rows import PIECE_OF_WEEK, Trials

Floats = NDArray[np.float64]
STARTS = 0
PERIODS = ((0, 1), (2,), (3, 4))  # the pieces of weeks 1-2, 3-4 and 5-12
SEED, AGAIN = 20260101, 64  # invented histories for each draw


@dataclass(frozen=True, eq=False)
class Expected:
    """What was seen of each episode, and what was to be expected; columns: start, stops in weeks 1-2, 3-4 and 5-12.

    Attributes
    ----------
    seen : ndarray (n, 4)
        A stop that may lie in several weeks is shared out over them, as the model thinks it likely.
    mean : ndarray (n, 4)
        Expected by the mean over the draws.
    drawn : ndarray (n, 4, n_draws)
        Expected in each plausible draw, widened as intervals are.
    trials : ndarray (n, 4)
        Starts that could be, and person-weeks at risk.
    """

    seen: Floats
    mean: Floats
    drawn: Floats
    trials: Floats

    def invented(self, place: NDArray[np.int64], seed: int = SEED) -> Floats:
        """Counts by place in histories where the model is right, (n_places, 4, n_histories): binomial, Poisson.

        Parameters
        ----------
        place : ndarray (n,) of int
            Where each episode was, from 0.
        """
        dice = np.random.RandomState(seed)
        drawn, n = summed(self.drawn, place), summed(self.trials, place)[:, STARTS].round().astype(np.int64)
        share = np.clip(drawn[:, STARTS] / np.maximum(n, 1)[:, None], 0.0, 1.0)
        starts = dice.binomial(n[:, None, None], share[:, :, None], (*share.shape, AGAIN))
        stops = dice.poisson(drawn[:, 1:, :, None], (*drawn[:, 1:].shape, AGAIN))
        found = np.concatenate([starts[:, None], stops], axis=1)
        return found.reshape(len(n), found.shape[1], -1).astype(np.float64)


def expected(model: Learned, episodes: Episodes, named: Sequence[Named]) -> Expected:
    """What a model expects of episodes, beside what was seen of them.

    A stop known only to lie between two weeks counts as one stop, shared out over those weeks by the model, and its
    person-weeks at risk likewise. What is left after subtraction is the mean of observed less expected, given what
    was seen: it has mean 0 when the model is right, and varies less than if the week were known, so that the Poisson
    spread is on the safe side.

    Parameters
    ----------
    model : Learned
    episodes : Episodes
        Their strengths as the model was asked with them; codes are not used.
    named : sequence of (term, organiser, activity)
        Of each episode.
    """
    posterior, codes = model.posterior, model.codes(named)
    record, mode = posterior.record(*codes), posterior.record(*codes, mode=True)
    unseen = {one: model.unseen(one) for one in set(named)}
    off = record - mode + np.stack([np.broadcast_to(unseen[one], record.shape[1:]) for one in named])
    at = learning.recorded(learning.predictors(posterior.draws, episodes.strengths), record)
    wide = posterior.draws.wider(posterior.mode, WIDER)
    moved = learning.recorded(learning.predictors(wide, episodes.strengths), mode + WIDER * off)
    start, stop = learning.started(at).mean(axis=1), stopping(posterior.draws, at).mean(axis=2)
    weeks, stops = at_risk(episodes, stop)
    of_weeks = centred(stopping(wide, moved), stop) * weeks[:, :, None]
    return Expected(
        seen=np.column_stack([episodes.started == 1, by_period(stops)]),
        mean=np.column_stack([start, by_period(weeks * stop)]),
        drawn=np.concatenate([centred(learning.started(moved), start)[:, None], by_period(of_weeks)], axis=1),
        trials=np.column_stack([np.ones(len(start)), by_period(weeks)]),
    )


def stopping(weights: Weights, at: Predictors) -> Floats:
    """The chance to stop in a week of each piece, in each draw, (n, 5, n_draws)."""
    return np.asarray(1.0 / (1.0 + np.exp(weights.level_week + at.stay[:, None, :])))


def centred(drawn: Floats, mean: Floats) -> Floats:
    """Chances in each draw, scaled to the mean that is expected: wider draws would move it, and 1 is the most."""
    return np.asarray(np.minimum(drawn * (mean / drawn.mean(axis=-1))[..., None], 1.0))


def at_risk(episodes: Episodes, stop: Floats) -> tuple[Floats, Floats]:
    """Person-weeks at risk, and stops, by piece, both (n, 5); where the week is not known, their means.

    Parameters
    ----------
    episodes : Episodes
    stop : ndarray (n, 5)
        The chance to stop in a week of each piece.
    """
    seen = Trials.of(episodes)
    weeks, stops = seen.n[:, 1:].copy(), seen.n[:, 1:] - seen.went_on[:, 1:]
    unsure = np.flatnonzero(seen.between.any(axis=1))
    week = np.arange(1, HORIZON + 1)
    open_ = (week > episodes.low[unsure, None]) & (week <= episodes.high[unsure, None])
    hazard = np.where(open_, stop[unsure][:, PIECE_OF_WEEK], 0.0)
    there = np.cumprod(np.column_stack([np.ones(len(unsure)), 1.0 - hazard[:, :-1]]), axis=1)
    which = there * hazard / (there * hazard).sum(axis=1, keepdims=True)
    still = np.where(open_, 1.0 - np.cumsum(which, axis=1) + which, 0.0)
    for piece in range(stop.shape[1]):
        weeks[unsure, piece] += still[:, piece == PIECE_OF_WEEK].sum(axis=1)
        stops[unsure, piece] += which[:, piece == PIECE_OF_WEEK].sum(axis=1)
    return weeks, stops


def by_period(pieces: Floats) -> Floats:
    """Pieces of weeks put together as weeks 1-2, 3-4 and 5-12, along the second axis."""
    return np.stack([pieces[:, list(period)].sum(axis=1) for period in PERIODS], axis=1)


def summed(values: Floats, place: NDArray[np.int64]) -> Floats:
    """Sums over the rows of each place, (n_places, ...)."""
    total = np.zeros((int(place.max(initial=-1)) + 1, *values.shape[1:]))
    np.add.at(total, place, values)
    return total
