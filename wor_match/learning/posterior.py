"""Sixty-four plausible draws of weights, and the most plausible one, before and after outcomes.

Without outcomes these are draws from the prior: 32 normals and their mirror images from one fixed seed, so that all
pairs share them, shifted so that averaging over uncertain effects does not move the neutral chance.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from statistics import NormalDist

import numpy as np

from wor_match.learning.design import Beliefs, Design
from wor_match.learning.fit import Fit
from wor_match.learning.prior import FIRST_PIECE, FIRST_SIGNAL, START_SHARE, WEEKS, Floats, Prior
from wor_match.learning.rows import Codes, Trials

N_DRAWS = 64
SEED = 20260101
STEPS, CLOSE, NEAR = 30, 1e-9, 1e-6
FARTHEST = 150.0  # log-odds; beyond them a chance is 0 for all that matters, and no number overflows
AT_ONCE = 2_048  # episodes, in all draws: what stays in the cache of a processor
WIDER = 1.3  # intervals: variances are guessed and people differ unseen (coverage of 90 % was .89-.92 in simulation)


@dataclass(frozen=True, eq=False)
class Weights:
    """Weights of the model, one column for each draw.

    Attributes
    ----------
    level_start : ndarray (n_draws,)
        Log-odds of starting at neutral.
    level_week : ndarray (5, n_draws)
        Log-odds of going on in a week of each piece, at neutral.
    start, stay : ndarray (n_signals, n_draws)
        What each signal counts for starting and for going on.
    """

    level_start: Floats
    level_week: Floats
    start: Floats
    stay: Floats

    def wider(self, mode: Weights, factor: float) -> Weights:
        """The same draws with their deviations from the mode multiplied."""
        names = ("level_start", "level_week", "start", "stay")
        pairs = ((getattr(mode, name), getattr(self, name)) for name in names)
        return Weights(*(middle + factor * (drawn - middle) for middle, drawn in pairs))


@dataclass(frozen=True, eq=False)
class Effects:
    """Track records of one kind: what every one of them adds, at the mode (n,) and in each draw (n, n_draws)."""

    mode: Floats
    draws: Floats

    @classmethod
    def none(cls) -> Effects:
        """No track record at all."""
        return cls(np.zeros(0), np.zeros((0, N_DRAWS)))


@dataclass(frozen=True, eq=False)
class Coefficients:
    """What the weights are made of, at the mode: start level, weekly level, scale of the beliefs, pieces, betas.

    Attributes
    ----------
    mean, sd : ndarray (8 + n_signals,)
        Log-odds, and the doubt about each; the scale is a factor, usually near 1.
    """

    mean: Floats
    sd: Floats

    @property
    def scale(self) -> float:
        """How much the expert's whole score counts; 1 as believed."""
        return float(self.mean[2])

    @property
    def beta(self) -> Floats:
        """What each signal counts beside the expert's scaled beliefs, for start and stay alike, (n_signals,)."""
        return self.mean[FIRST_SIGNAL:]


KINDS = ("term", "organiser", "activity")


@dataclass(frozen=True, eq=False)
class Posterior:
    """What is believed.

    Attributes
    ----------
    mode, draws : Weights
        The most plausible weights (one draw), and 64 plausible ones.
    coefficients : Coefficients
        What the mode is made of.
    taus : dict
        The doubt about effects nobody has seen.
    effects : dict
        Kind → track records, by code.
    """

    mode: Weights
    draws: Weights
    coefficients: Coefficients
    taus: dict[str, float]
    effects: dict[str, Effects] = field(default_factory=lambda: {kind: Effects.none() for kind in KINDS})

    @classmethod
    def of_prior(cls, prior: Prior) -> Posterior:
        """What is believed when there are no outcomes."""
        normals = mirrored_normals(FIRST_SIGNAL + len(prior.start))
        start, week, scale = (
            mean + sd * normal
            for (mean, sd), normal in zip((prior.level_start, prior.level_week, prior.scale), normals[:3], strict=True)
        )
        pieces = prior.pieces[:, None] + prior.pieces_sd * normals[FIRST_PIECE:FIRST_SIGNAL]
        beta = normals[FIRST_SIGNAL:] * (prior.taus["beta"] * prior.spread)[:, None]
        mode = Weights(
            np.array([prior.level_start[0]]),
            (prior.level_week[0] + prior.pieces)[:, None],
            prior.scale[0] * prior.start[:, None],
            prior.scale[0] * prior.stay[:, None],
        )
        drawn = Weights(start, week + pieces, scale * prior.start[:, None] + beta, scale * prior.stay[:, None] + beta)
        believed = Beliefs.of(prior, prior.taus, (0, 0, 0))
        return cls(
            mode, recentred(drawn, mode), Coefficients(believed.mean, 1.0 / np.sqrt(believed.precision)), prior.taus
        )

    @classmethod
    def of_fit(cls, fit: Fit, design: Design, trials: Trials, prior: Prior) -> Posterior:
        """What is believed after outcomes: draws around the mode, recentred on what was seen."""
        n_activities, n_dense = len(fit.activity), len(fit.dense)
        normals = mirrored_normals(n_dense + n_activities)
        across, root = fit.curvature.across, np.sqrt(fit.curvature.activity)
        dense = np.linalg.solve(np.linalg.cholesky(fit.curvature.schur).T, normals[:n_dense])
        pulled = np.einsum("ad,ak->dk", across / root, dense)
        activity = (normals[n_dense:] - pulled) / root[:, None]
        modes = np.concatenate([fit.dense, fit.activity])[:, None]
        drawn = modes + np.concatenate([dense, activity])
        mode, draws = weights_of(modes, prior), weights_of(drawn, prior)
        first = FIRST_SIGNAL + len(prior.start)
        ends = np.cumsum([first, *design.sizes])
        effects = {
            kind: Effects(modes[ends[at] : ends[at + 1], 0], drawn[ends[at] : ends[at + 1]])
            for at, kind in enumerate(KINDS)
        }
        variance, _ = fit.curvature.variances()
        coefficients = Coefficients(fit.dense[:first], np.sqrt(variance[:first]))
        return recentred_on(cls(mode, draws, coefficients, fit.taus, effects), design, trials)

    def record(self, term: Codes, organiser: Codes, activity: Codes, mode: bool = False) -> Floats:
        """The track record of pairs in each draw, (n_pairs, n_draws); 0 for what nobody has seen."""
        total = np.zeros((len(term), 1 if mode else N_DRAWS))
        for kind, codes in zip(KINDS, (term, organiser, activity), strict=True):
            effects = self.effects[kind]
            known = np.vstack([effects.mode[:, None] if mode else effects.draws, np.zeros((1, total.shape[1]))])
            total += known[np.where((codes >= 0) & (codes < len(effects.mode)), codes, -1)]
        return total

    def unseen(self, kind: str, name: str) -> Floats:
        """The effect in each draw of something without outcomes: normal quantiles in an order of its own."""
        return self.taus[kind] * quantiles()[list(order_of(kind, name))]


def weights_of(drawn: Floats, prior: Prior) -> Weights:
    """The weights that stand in draws of the dense part: start level, weekly level, scale, pieces, betas."""
    start, week, scale = drawn[:FIRST_PIECE]
    beta = drawn[FIRST_SIGNAL : FIRST_SIGNAL + len(prior.start)]
    return Weights(
        start,
        week + drawn[FIRST_PIECE:FIRST_SIGNAL],
        scale * prior.start[:, None] + beta,
        scale * prior.stay[:, None] + beta,
    )


def recentred_on(told: Posterior, design: Design, trials: Trials) -> Posterior:
    """Levels of the draws shifted so that their mean over draws and trials equals that at the mode, start and weeks."""
    up = missing(told, design, trials.n[:, :1], "start")
    on = missing(told, design, trials.n[:, 1:], "week")
    draws = replace(told.draws, level_start=told.draws.level_start + up, level_week=told.draws.level_week + on)
    return replace(told, draws=draws)


def missing(told: Posterior, design: Design, n: Floats, stage: str) -> float:
    """The shift of the level of the start, or of the weeks; `n` (n_episodes, n_levels) are the trials that could be."""
    if not n.any():
        return 0.0
    share, signals = (START_SHARE, "start") if stage == "start" else (1.0, "stay")

    def chances_at(weights: Weights, record: Floats) -> Callable[[float], Floats]:
        levels = np.atleast_2d(getattr(weights, f"level_{stage}"))
        off = np.exp(np.minimum(-design.strengths @ getattr(weights, signals) - share * record[design.trio], FARTHEST))
        return lambda by: weighted(np.exp(np.minimum(-levels - by, FARTHEST)), off, n)

    mode = chances_at(told.mode, told.record(*design.codes, mode=True))
    return shift_to(chances_at(told.draws, told.record(*design.codes)), float(mode(0.0)[0]))


def weighted(levels: Floats, off: Floats, n: Floats) -> Floats:
    """The mean chance of going on over all trials, in each draw, (n_draws,).

    Parameters
    ----------
    levels : ndarray (n_levels, n_draws)
        Odds of stopping at neutral.
    off : ndarray (n_episodes, n_draws)
        By how much they are multiplied.
    n : ndarray (n_episodes, n_levels)
        Trials.
    """
    total = np.zeros(off.shape[1])
    for first in range(0, len(off), AT_ONCE):
        rows = slice(first, first + AT_ONCE)
        for level, trials in zip(levels, n[rows].T, strict=True):
            total += trials @ (1.0 / (1.0 + level * off[rows]))
    return np.asarray(total / n.sum())


def mirrored_normals(n: int) -> Floats:
    """Normals and their mirror images, (n, 64): the first rows are the same for any n.

    The legacy generator, because its stream never changes with the version of numpy.
    """
    half = np.random.RandomState(SEED).standard_normal((n, N_DRAWS // 2))
    return np.concatenate([half, -half], axis=1)


def recentred(drawn: Weights, mode: Weights) -> Weights:
    """The draws with levels shifted so that their mean start and mean stay at neutral equal those of the mode."""
    start = shift_to(lambda by: start_chance(drawn.level_start + by), start_chance(mode.level_start)[0])
    week = shift_to(lambda by: stay_chance(drawn.level_week + by), stay_chance(mode.level_week)[0])
    return Weights(drawn.level_start + start, drawn.level_week + week, drawn.start, drawn.stay)


def shift_to(chances: Callable[[float], Floats], target: float) -> float:
    """The shift at which the mean chance hits the target: Newton with a slope by differences."""
    shift = 0.0
    for _ in range(STEPS):
        here = chances(shift).mean()
        if abs(target - here) < CLOSE:
            break
        slope = (chances(shift + NEAR).mean() - here) / NEAR
        if not slope > 0:  # flat: every chance is as good as 0 or 1, and a shift changes nothing
            break
        shift += float((target - here) / slope)
    return shift


def start_chance(level: Floats) -> Floats:
    """Chance of starting at these log-odds."""
    return 1.0 / (1.0 + np.exp(np.minimum(-level, FARTHEST)))


def stay_chance(levels: Floats) -> Floats:
    """Chance of going on for twelve weeks; `levels` is (5, n)."""
    chance: Floats = np.prod((1.0 + np.exp(np.minimum(-levels, FARTHEST))) ** -WEEKS[:, None], axis=0)
    return chance


@cache
def quantiles() -> Floats:
    """The 64 normal quantiles at the middles of equal shares."""
    return np.array([NormalDist().inv_cdf((k + 0.5) / N_DRAWS) for k in range(N_DRAWS)])


@cache
def order_of(kind: str, name: str) -> tuple[int, ...]:
    """An order of the 64 draws that belongs to this kind and id alone."""
    digest = hashlib.sha256(f"{kind}:{name}".encode()).digest()
    return tuple(np.random.RandomState(np.frombuffer(digest, dtype="<u4")).permutation(N_DRAWS).tolist())
