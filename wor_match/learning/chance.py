"""The chance that somebody starts and still takes part after twelve weeks, and what each signal adds to it.

In each draw: chance = sigma(eta) x prod over pieces of sigma(level + x)^weeks, with two linear predictors over the
strengths minus neutral. Numbers only, and sums by `einsum`: it adds one signal after another, so that a row's result
never depends on the other rows, nor on threads, as that of a matrix product does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wor_match.domain.slopes import slope
from wor_match.learning.posterior import WIDER, Posterior, Weights
from wor_match.learning.prior import START_SHARE, WEEKS, Floats

ENDS = (0.05, 0.95)
BITS = tuple(1 << number for number in reversed(range(int(WEEKS.max()).bit_length())))  # 4, 2, 1
BY_SQUARING = tuple(tuple(np.flatnonzero(WEEKS.astype(int) & bit).tolist()) for bit in BITS)  # pieces with that bit
BLOCK = 128  # rows that stay in cache with all their draws


@dataclass(frozen=True, slots=True, eq=False)
class Predictors:
    """The two linear predictors of some pairs in every draw, both (n_pairs, n_draws).

    `start` holds the level; `stay` is what is added to the level of every week.
    """

    start: Floats
    stay: Floats


def predictors(weights: Weights, strengths: Floats) -> Predictors:
    """The predictors of pairs.

    Parameters
    ----------
    weights : Weights
    strengths : ndarray (n_pairs, n_signals)
        Strengths minus neutral, in [-1, 1].
    """
    return Predictors(weights.level_start + added(strengths, weights.start), added(strengths, weights.stay))


def added(strengths: Floats, weights: Floats) -> Floats:
    """What the strengths add up to, each times its weight: (n_pairs, n) and (n, n_draws) make (n_pairs, n_draws)."""
    total: Floats = np.einsum("ps,sd->pd", strengths, weights)
    return total


def chances(weights: Weights, at: Predictors) -> Floats:
    """The chance in each draw, (n_pairs, n_draws); the product over the pieces needs one exponential a predictor."""
    return started(at) * stayed(weights, at)


def recorded_chances(weights: Weights, strengths: Floats, record: Floats) -> Floats:
    """The chance in each draw, from strengths and track record, (n_pairs, n_draws)."""
    return chances(weights, recorded(predictors(weights, strengths), record))


def mean_chance(weights: Weights, strengths: Floats, record: Floats) -> Floats:
    """The mean chance over the draws, (n_pairs,); a block of rows after another, so that all of it stays in cache."""
    mean = np.empty(len(strengths))
    for begin in range(0, len(strengths), BLOCK):
        rows = slice(begin, begin + BLOCK)
        mean[rows] = recorded_chances(weights, strengths[rows], record[rows]).mean(axis=1)
    return mean


def started(at: Predictors) -> Floats:
    """The chance of starting in each draw, (n_pairs, n_draws)."""
    with np.errstate(over="ignore"):  # a chance too small for a number is 0
        return np.asarray(1.0 / (1.0 + np.exp(-at.start)))


def stayed(weights: Weights, at: Predictors) -> Floats:
    """The chance that who started is there after twelve weeks, in each draw, (n_pairs, n_draws)."""
    with np.errstate(over="ignore"):
        factors = 1.0 + np.exp(-weights.level_week)[:, None] * np.exp(-at.stay)
        product: Floats = np.ones(())
        for pieces in BY_SQUARING:  # to the power of the weeks of each piece, all of them together
            product = product * product
            for piece in pieces:
                product = product * factors[piece]
        return 1.0 / product


def recorded(at: Predictors, record: Floats) -> Predictors:
    """Predictors with a track record added, (n_pairs, n_draws): half of it for the start, all of it for every week."""
    return Predictors(at.start + START_SHARE * record, at.stay + record)


def interval(
    posterior: Posterior, strengths: Floats, at_mode: Floats, record: Floats, unseen: Floats
) -> tuple[Floats, Floats]:
    """5 % and 95 % of the chance of each pair over the draws, deviations from the mode widened, each (n_pairs,).

    Parameters
    ----------
    posterior : Posterior
    strengths : ndarray (n_pairs, n_signals)
        Strengths minus neutral.
    at_mode, record : ndarray (n_pairs, 1), (n_pairs, n_draws)
        The track record at the mode, and in each draw.
    unseen : ndarray (n_pairs, n_draws)
        The effect of what nobody has seen yet.
    """
    chances = np.sort(drawn(posterior, strengths, at_mode, record, unseen, WIDER), axis=1)
    low, high = (between(chances, end * (chances.shape[1] - 1)) for end in ENDS)
    return low, high


def between(ordered: Floats, place: float) -> Floats:
    """The value at a place in ordered columns, on the line between its neighbours: the usual quantile, (n_pairs,)."""
    before = int(place)
    step: Floats = ordered[:, before + 1] - ordered[:, before]
    return ordered[:, before] + (place - before) * step


def drawn(
    posterior: Posterior, strengths: Floats, at_mode: Floats, record: Floats, unseen: Floats, factor: float
) -> Floats:
    """The chance of each pair in each draw, deviations from the mode multiplied by `factor`, (n_pairs, n_draws).

    Parameters as those of `interval`. A factor of 1 gives the draws themselves, with what nobody has seen yet.
    """
    moved = posterior.draws.wider(posterior.mode, factor)
    at = recorded(predictors(moved, strengths), at_mode + factor * (record - at_mode + unseen))
    return chances(moved, at)


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """The straight path from the neutral activity to some pairs, in every draw, all (n_pairs, n_draws).

    Attributes
    ----------
    step : Predictors
        How far the predictors move along it.
    slope : Predictors
        Mean slope of the log chance along it, by each predictor.

    References
    ----------
    Aumann and Shapley (1974), in closed form. Below 1e-5 the slope in the middle.
    """

    step: Predictors
    slope: Predictors

    @property
    def rise(self) -> Floats:
        """The log chance minus that of the neutral activity: a number also where the chance is too small for one."""
        rise: Floats = self.step.start * self.slope.start + self.step.stay * self.slope.stay
        return rise


def path(weights: Weights, strengths: Floats, record: Floats) -> Path:
    """The path to pairs with these strengths minus neutral, (n_pairs, n_signals), and records, (n_pairs, n_draws)."""
    step = recorded(Predictors(*(added(strengths, told) for told in (weights.start, weights.stay))), record)
    return Path(step, Predictors(start_slope(weights, step.start), stay_slope(weights, step.stay)))


def shares(weights: Weights, strengths: Floats, record: Floats, along: Path, counted: Floats) -> Floats:
    """What each signal and the track record add to the log chance of pairs: the slopes, by what each adds to the step.

    Parameters
    ----------
    weights : Weights
    strengths : ndarray (n_pairs, n_signals)
        Strengths minus neutral.
    record : ndarray (n_pairs, n_draws)
        The track record, on staying; half of it holds for starting.
    along : Path
        The path to these pairs.
    counted : ndarray (n_pairs, n_draws)
        What a draw counts for; 1 in every draw gives the plain mean over them.

    Returns
    -------
    ndarray (n_pairs, n_signals + 1)
        The mean over the draws; the last column is the share of the track record. A row adds up to the mean rise.
    """
    start, stay = counted * along.slope.start, counted * along.slope.stay
    by_signal = strengths * (added(start, weights.start.T) + added(stay, weights.stay.T))
    by_record = (record * (START_SHARE * start + stay)).sum(axis=1)
    told: Floats = np.column_stack([by_signal, by_record]) / counted.shape[1]
    return told


def start_slope(weights: Weights, step: Floats) -> Floats:
    """Mean slope of log sigma from the start level over this step, per draw."""
    level = weights.level_start
    return slope(against(level) - against(level + step), step, lambda: 1.0 / (1.0 + np.exp(level + step / 2)))


def stay_slope(weights: Weights, step: Floats) -> Floats:
    """Mean slope of the summed log sigma of twelve weeks over this step, per draw."""
    levels, weeks = weights.level_week[:, None], WEEKS[:, None, None]
    rise: Floats = (weeks * (against(levels) - against(levels + step))).sum(axis=0)
    return slope(rise, step, lambda: (weeks / (1.0 + np.exp(levels + step / 2))).sum(axis=0))


def against(log_odds: Floats) -> Floats:
    """Minus the log of a chance, from its log-odds: `logaddexp(0, -x)`, in a third of its time."""
    return np.maximum(-log_odds, 0.0) + np.log1p(np.exp(-np.abs(log_odds)))
