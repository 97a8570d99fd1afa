"""How likely the episodes are at given log-odds of going on, with the slope and the curvature of every episode.

Stops of a known week and weeks taken part in are binomial; a stop somewhere between two weeks is one minus the chance
of going on through all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wor_match.learning.prior import Floats
from wor_match.learning.rows import Trials

LEAST = 1e-300


@dataclass(frozen=True, eq=False)
class Derivatives:
    """What the log-likelihood of each episode does when its log-odds move.

    Attributes
    ----------
    slope : ndarray (n, 6)
        First derivative with respect to the log-odds of each stage.
    curve : ndarray (n, 6, 6)
        Negative second derivative; never below zero in any direction.
    """

    slope: Floats
    curve: Floats


def log_sigma(eta: Floats) -> Floats:
    """Log of the logistic function, safe for any size."""
    safe: Floats = -np.logaddexp(0.0, -eta)
    return safe


def log_likelihood(eta: Floats, trials: Trials) -> float:
    """The log-likelihood."""
    going_on = log_sigma(eta)
    binomial = trials.n * going_on - (trials.n - trials.went_on) * eta  # log of stopping: that of going on, minus eta
    through = -(trials.between * going_on).sum(axis=1)
    unsure = trials.between.any(axis=1)
    return float(binomial.sum() + np.log(np.maximum(-np.expm1(-through[unsure]), LEAST)).sum())


def derivatives(eta: Floats, trials: Trials) -> Derivatives:
    """Slope and curvature of the log-likelihood.

    Parameters
    ----------
    eta : ndarray (n, 6)
        Log-odds of going on in each stage.
    trials : Trials

    References
    ----------
    Stops between two weeks: with q the chance of going on in a week, b the open weeks of a stage, Q = -sum b log q and
    r = 1/expm1(Q): slope -r b (1 - q); curvature r (1 + r) g g' - diag(r b q (1 - q)) with g = b (1 - q).
    """
    going_on = log_sigma(eta)
    p = np.exp(going_on)
    slope = trials.went_on - trials.n * p
    curve = np.zeros((*eta.shape, eta.shape[1]))
    stages = np.arange(eta.shape[1])
    curve[:, stages, stages] = trials.n * p * (1.0 - p)
    unsure = np.flatnonzero(trials.between.any(axis=1))
    if len(unsure):
        q, b = p[unsure], trials.between[unsure]
        through = -(b * going_on[unsure]).sum(axis=1)
        r = 1.0 / np.maximum(np.expm1(np.minimum(through, 700.0)), LEAST)
        g = b * (1.0 - q)
        slope[unsure] -= r[:, None] * g
        block = (r * (1.0 + r))[:, None, None] * g[:, :, None] * g[:, None, :]
        block[:, stages, stages] -= r[:, None] * g * q
        curve[unsure] += no_negative(block)
    return Derivatives(slope, curve)


def no_negative(blocks: Floats) -> Floats:
    """Symmetric blocks with their negative eigenvalues at 0."""
    values, vectors = np.linalg.eigh(blocks)
    kept: Floats = np.einsum("nij,nj,nkj->nik", vectors, np.maximum(values, 0.0), vectors)
    return kept
