"""The most plausible weights given episodes and beliefs, how sure they are, and how much groups differ.

Newton's method with the block of the activities eliminated (an episode touches one activity, so that block is
diagonal); between its runs the sizes of the effects are estimated from the effects themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wor_match.errors import ModelError
from wor_match.learning.likelihood import derivatives, log_likelihood
from wor_match.learning.prior import FIRST_PIECE, FIRST_SIGNAL, PIECES, START_SHARE, Floats, Prior
from wor_match.learning.rows import N_STAGES, Codes, Episodes, Trials

SHARES = np.array(
    [START_SHARE, *np.ones(len(PIECES))]
)  # how much of a track record holds for the start and for each week
MOST_STEPS, MOST_HALVINGS, MOST_ROUNDS = 50, 20, 40
CLOSE, WARM = 1e-9, 1e-6  # Newton's decrement at the end, and between two estimates of the taus
ENOUGH, ROUNDING = 1e-4, 1e-14  # a step must rise by this part of what it promises (Armijo 1966), but for rounding
TAU_CLOSE = 0.01
LEAST_MEMBERS = 3
MOST_SHIFT = 0.2  # of tau, that the mean of the activities may lie from 0; .03 was the most in simulation
TAU_RANGE = (0.2, 8.0)  # times the guess


@dataclass(frozen=True, eq=False)
class Design:
    """What each weight adds to each stage of each episode.

    Attributes
    ----------
    common : ndarray (n, 6, n_common)
        Levels, pieces, scale of the beliefs, and one column for each signal.
    codes : tuple of ndarray (n,)
        Columns of terms, organisers and activities; -1 none.
    sizes : tuple of int
        How many of each there are.
    """

    common: Floats
    codes: tuple[Codes, Codes, Codes]
    sizes: tuple[int, int, int]

    @property
    def strengths(self) -> Floats:
        """Strengths minus neutral, (n, n_signals)."""
        return self.common[:, 0, FIRST_SIGNAL:]

    @classmethod
    def of(cls, episodes: Episodes, prior: Prior, sizes: tuple[int, int, int]) -> Design:
        """The design of these episodes under these beliefs."""
        n, n_signals = episodes.strengths.shape
        common = np.zeros((n, N_STAGES, FIRST_SIGNAL + n_signals))
        common[:, 0, 0] = 1.0
        common[:, 1:, 1] = 1.0
        for piece in range(len(PIECES)):
            common[:, 1 + piece, FIRST_PIECE + piece] = 1.0
        common[:, 0, 2] = products(episodes.strengths, prior.start)
        common[:, 1:, 2] = products(episodes.strengths, prior.stay)[:, None]
        common[:, :, FIRST_SIGNAL:] = episodes.strengths[:, None, :]
        return cls(common, (episodes.term, episodes.organiser, episodes.activity), sizes)


def products(strengths: Floats, weights: Floats) -> Floats:
    """Strengths times weights, summed one signal after another: (n,) or, with a weight for each draw, (n, n_draws)."""
    total = np.zeros((len(strengths), *weights.shape[1:]))
    for signal in range(strengths.shape[1]):
        total = total + np.multiply.outer(strengths[:, signal], weights[signal])
    return total


@dataclass(frozen=True, eq=False)
class Beliefs:
    """Means and precisions of all weights under one set of taus: dense ones first, then one for each activity."""

    mean: Floats
    precision: Floats
    activity_precision: float

    @classmethod
    def of(cls, prior: Prior, taus: dict[str, float], sizes: tuple[int, int, int]) -> Beliefs:
        """The prior as arrays."""
        start, week, scale = prior.level_start, prior.level_week, prior.scale
        means = [start[0], week[0], scale[0], *prior.pieces, *np.zeros(len(prior.start) + sizes[0] + sizes[1])]
        sds = [start[1], week[1], scale[1], *np.full(len(PIECES), prior.pieces_sd), *(taus["beta"] * prior.spread),
               *np.full(sizes[0], taus["term"]), *np.full(sizes[1], taus["organiser"])]  # fmt: skip
        return cls(np.array(means), 1.0 / np.array(sds) ** 2, 1.0 / taus["activity"] ** 2)


@dataclass(frozen=True, eq=False)
class Curvature:
    """The negative Hessian in blocks: `dense` (a, a), `across` (a, d), `activity` (d,), and their Schur complement."""

    dense: Floats
    across: Floats
    activity: Floats

    @property
    def schur(self) -> Floats:
        """What is left of the dense block when the activities are eliminated."""
        left: Floats = self.dense - (self.across / self.activity) @ self.across.T
        return left

    def solve(self, dense: Floats, activity: Floats) -> tuple[Floats, Floats]:
        """The step for a slope."""
        step = np.linalg.solve(self.schur, dense - np.einsum("ad,d->a", self.across, activity / self.activity))
        return step, (activity - np.einsum("ad,a->d", self.across, step)) / self.activity

    def variances(self) -> tuple[Floats, Floats]:
        """The variance of every weight."""
        inverse = np.linalg.inv(self.schur)
        pulled = self.across / self.activity
        return np.diagonal(inverse).copy(), 1.0 / self.activity + (pulled * (inverse @ pulled)).sum(axis=0)


@dataclass(frozen=True, eq=False)
class Fit:
    """The mode with its curvature.

    Attributes
    ----------
    dense : ndarray (a,)
        Start level, weekly level, scale, five pieces, betas, terms, organisers.
    activity : ndarray (d,)
    curvature : Curvature
    taus : dict
    converged : bool
        Whether the taus came to rest within 40 rounds, and the activities differ around the level instead of moving it.
    """

    dense: Floats
    activity: Floats
    curvature: Curvature
    taus: dict[str, float]
    converged: bool = True


def eta_at(design: Design, dense: Floats, activity: Floats) -> Floats:
    """Log-odds of going on in every stage of every episode, (n, 6)."""
    n_common = design.common.shape[2]
    terms, organisers = dense[n_common : n_common + design.sizes[0]], dense[n_common + design.sizes[0] :]
    record = np.zeros(len(design.common))
    for effects, codes in zip((terms, organisers, activity), design.codes, strict=True):
        record = record + np.append(effects, 0.0)[codes]
    eta: Floats = design.common @ dense[:n_common] + record[:, None] * SHARES
    return eta


def gathered(values: Floats, codes: Codes, size: int) -> Floats:
    """Sums of the rows of each code, (size, ...)."""
    rows = np.where(codes < 0, size, codes)
    if values.ndim == 1:
        return np.asarray(np.bincount(rows, weights=values, minlength=size + 1)[:size], dtype=np.float64)
    return np.stack([gathered(column, codes, size) for column in values.T], axis=1)


def slope_and_curvature(
    design: Design, trials: Trials, beliefs: Beliefs, dense: Floats, activity: Floats
) -> tuple[Floats, Floats, Curvature]:
    """The slope of the log posterior, dense and by activity, and its curvature."""
    told = derivatives(eta_at(design, dense, activity), trials)
    moved = np.einsum("ns,s->n", told.slope, SHARES)
    slope = np.concatenate([
        told.slope.ravel() @ design.common.reshape(-1, design.common.shape[2]),
        *(gathered(moved, codes, size) for codes, size in zip(design.codes[:2], design.sizes[:2], strict=True)),
    ])  # fmt: skip
    slope -= beliefs.precision * (dense - beliefs.mean)
    by_activity = gathered(moved, design.codes[2], design.sizes[2]) - beliefs.activity_precision * activity
    return slope, by_activity, curvature_of(design, told.curve, beliefs)


def curvature_of(design: Design, curve: Floats, beliefs: Beliefs) -> Curvature:
    """The negative Hessian of the log posterior, block by block."""
    bent = np.matmul(curve, design.common)  # (n, 6, c)
    n_common = design.common.shape[2]
    common = design.common.reshape(-1, n_common).T @ bent.reshape(-1, n_common)
    with_record = np.matmul(SHARES, bent)
    alone = np.matmul(np.matmul(SHARES, curve), SHARES)
    (term, organiser, activity), (n_terms, n_organisers, n_activities) = design.codes, design.sizes
    of_terms, of_organisers = gathered(with_record, term, n_terms), gathered(with_record, organiser, n_organisers)
    both = crossed(alone, term, organiser, n_terms, n_organisers)
    dense = np.block([
        [common, of_terms.T, of_organisers.T],
        [of_terms, np.diag(gathered(alone, term, n_terms)), both],
        [of_organisers, both.T, np.diag(gathered(alone, organiser, n_organisers))],
    ])  # fmt: skip
    across = np.vstack([
        gathered(with_record, activity, n_activities).T,
        crossed(alone, term, activity, n_terms, n_activities),
        crossed(alone, organiser, activity, n_organisers, n_activities),
    ])  # fmt: skip
    dense[np.diag_indices_from(dense)] += beliefs.precision
    return Curvature(dense, across, gathered(alone, activity, n_activities) + beliefs.activity_precision)


def crossed(values: Floats, one: Codes, other: Codes, n_one: int, n_other: int) -> Floats:
    """Sums of the rows of each pair of codes, (n_one, n_other)."""
    both = np.where((one < 0) | (other < 0), -1, one * n_other + other)
    return gathered(values, both, n_one * n_other).reshape(n_one, n_other)


def log_posterior(design: Design, trials: Trials, beliefs: Beliefs, dense: Floats, activity: Floats) -> float:
    """The log posterior, but for a constant."""
    off = dense - beliefs.mean
    believed = (beliefs.precision * off**2).sum() + beliefs.activity_precision * (activity**2).sum()
    return log_likelihood(eta_at(design, dense, activity), trials) - 0.5 * float(believed)


def mode(
    design: Design, trials: Trials, beliefs: Beliefs, dense: Floats, activity: Floats, close: float
) -> tuple[Floats, Floats, Curvature]:
    """Newton's method with halved steps, from a first guess.

    Raises
    ------
    ModelError
        When 50 steps do not suffice, or no part of a step rises.
    """
    here = log_posterior(design, trials, beliefs, dense, activity)
    for _ in range(MOST_STEPS):
        slope, by_activity, curvature = slope_and_curvature(design, trials, beliefs, dense, activity)
        step, activity_step = curvature.solve(slope, by_activity)
        decrement = float(slope @ step + by_activity @ activity_step)
        if decrement < close:
            return dense + step, activity + activity_step, curvature
        size = 1.0
        for _ in range(MOST_HALVINGS):
            there = log_posterior(design, trials, beliefs, dense + size * step, activity + size * activity_step)
            if there >= here + ENOUGH * size * decrement - ROUNDING * abs(here):
                break
            size /= 2.0
        else:
            break
        dense, activity, here = dense + size * step, activity + size * activity_step, there
    raise ModelError("the fit did not come to rest; what was learned before stays as it was")


def fitted(design: Design, trials: Trials, prior: Prior) -> Fit:
    """The mode under sizes of effects that fit the effects (empirical Bayes).

    References
    ----------
    MacKay (1992), evidence and the effective number of parameters; Tierney and Kadane (1986), Laplace.
    """
    taus = dict(prior.taus)
    beliefs = Beliefs.of(prior, taus, design.sizes)
    dense, activity = beliefs.mean.copy(), np.zeros(design.sizes[2])
    converged = False
    for _ in range(MOST_ROUNDS):
        dense, activity, curvature = mode(design, trials, beliefs, dense, activity, WARM)
        updated = tuned(design, prior, taus, dense, activity, curvature)
        moved = max(abs(float(np.log(updated[name] / taus[name]))) for name in taus)
        taus, beliefs = updated, Beliefs.of(prior, updated, design.sizes)
        if moved < TAU_CLOSE:
            converged = True
            break
    dense, activity, curvature = mode(design, trials, beliefs, dense, activity, CLOSE)
    level_escaped = len(activity) >= LEAST_MEMBERS and abs(activity.mean()) >= MOST_SHIFT * taus["activity"]
    return Fit(dense, activity, curvature, taus, converged and not level_escaped)


def tuned(
    design: Design, prior: Prior, taus: dict[str, float], dense: Floats, activity: Floats, curvature: Curvature
) -> dict[str, float]:
    """The taus that the effects speak for, each with a few pseudo-effects of the guessed size."""
    dense_variance, activity_variance = curvature.variances()
    first = FIRST_SIGNAL
    parts = {}
    for name, size, unit in (("beta", len(prior.spread), prior.spread), ("term", design.sizes[0], None),
                             ("organiser", design.sizes[1], None)):  # fmt: skip
        scale = np.ones(size) if unit is None else unit
        parts[name] = (dense[first : first + size] / scale, dense_variance[first : first + size] / scale**2)
        first += size
    parts["activity"] = (activity, activity_variance)
    return {name: tau_of(*parts[name], taus[name], prior.taus[name], prior.strength) for name in taus}


def tau_of(effects: Floats, variances: Floats, tau: float, guess: float, strength: float) -> float:
    """The size of a group of effects; a group of fewer than three keeps its guess."""
    if len(effects) < LEAST_MEMBERS:
        return guess
    effective = len(effects) - float(variances.sum()) / tau**2
    squared = (strength * guess**2 + float(effects @ effects)) / (strength + effective)
    return float(np.clip(np.sqrt(squared), TAU_RANGE[0] * guess, TAU_RANGE[1] * guess))
