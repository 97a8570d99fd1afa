"""The most plausible weights given episodes and beliefs, how sure they are, and how much groups differ.

Newton's method; between its runs the sizes of the effects are estimated from the effects themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wor_match.errors import ModelError
from wor_match.learning.curvature import Curvature, slope_and_curvature
from wor_match.learning.design import Beliefs, Design, eta_at
from wor_match.learning.likelihood import log_likelihood
from wor_match.learning.prior import FIRST_SIGNAL, Floats, Prior
from wor_match.learning.rows import Trials

MOST_STEPS = 1_000  # a climb takes ten or so; hundreds where of a thousand stops no week is known
MOST_HALVINGS, MOST_ROUNDS = 20, 40
CLOSE, WARM = 1e-9, 1e-6  # Newton's decrement at the end, and between two estimates of the taus
ENOUGH, ROUNDING = 1e-4, 1e-14  # a step must rise by this part of what it promises (Armijo 1966), but for rounding
TAU_CLOSE = 0.01
LEAST_MEMBERS = 3
MOST_SHIFT = 0.2  # of tau, that the mean of the activities may lie from 0; .03 was the most in simulation
TAU_RANGE = (0.2, 8.0)  # times the guess


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
        When 1,000 steps do not suffice, or no part of a step rises.
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
    raise ModelError("the fit did not come to rest; what was learned before stays as it was", code="fit-failed")


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
