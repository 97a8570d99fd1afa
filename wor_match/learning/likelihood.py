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
EIGEN_STEPS = 6  # of Newton, which doubles the digits each time: 4 give 14


@dataclass(frozen=True, eq=False)
class Derivatives:
    """What the log-likelihood does when the log-odds of episodes move.

    The curvature of one episode is a block of stages by stages, never below zero in any direction; only its sums are
    kept, which is all that a fit asks.

    Attributes
    ----------
    slope : ndarray (n, 6)
        First derivative with respect to the log-odds of each stage.
    bend : ndarray (n, 6)
        The rows of each block added up: how much a stage's slope falls when all log-odds of the episode rise.
    blocks : ndarray (6, 6)
        The blocks of all episodes added up.
    """

    slope: Floats
    bend: Floats
    blocks: Floats


def log_sigma(eta: Floats) -> Floats:
    """Log of the logistic function, safe for any size."""
    safe: Floats = -np.logaddexp(0.0, -eta)
    return safe


def log_likelihood(eta: Floats, trials: Trials) -> float:
    """The log-likelihood."""
    going_on = log_sigma(eta)
    binomial = trials.n * going_on - trials.stopped * eta  # log of stopping: that of going on, minus eta
    unsure = trials.unsure
    through = -(trials.between[unsure] * going_on[unsure]).sum(axis=1)
    return float(binomial.sum() + np.log(np.maximum(-np.expm1(-through), LEAST)).sum())


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
    bend = trials.n * p * (1.0 - p)
    blocks = np.diag(bend.sum(axis=0))
    unsure = trials.unsure
    if len(unsure):
        q, b = p[unsure], trials.between[unsure]
        r = 1.0 / np.maximum(np.expm1(np.minimum(-(b * going_on[unsure]).sum(axis=1), 700.0)), LEAST)
        slope[unsure] -= r[:, None] * b * (1.0 - q)
        side = one_direction(b * (1.0 - q), q, r)
        bend[unsure] += side * side.sum(axis=1, keepdims=True)
        blocks += side.T @ side
    return Derivatives(slope, bend, blocks)


def one_direction(g: Floats, q: Floats, r: Floats) -> Floats:
    """The only direction in which r (1 + r) g g' - diag(r g q) is above zero: side side' is that part, (m, 6).

    References
    ----------
    Golub (1973), Some modified matrix eigenvalue problems: r m is an eigenvalue where (1 + r) sum g^2 / (g q + m) = 1.
    One m lies above 0: there the sum is at least Q / (1 - exp(-Q)), as (1 - q) / q is at least -log q. It lies at most
    the largest g q below (1 + r) sum g^2 (Weyl), and the inverse of the sum is concave: Newton's method rises to it.
    """
    factor = (1.0 + r)[:, None]
    m = np.maximum(factor * (g**2).sum(axis=1, keepdims=True) - (g * q).max(axis=1, keepdims=True), 0.0)
    for _ in range(EIGEN_STEPS):
        toward = g / np.maximum(g * q + m, LEAST)
        found = factor * (g * toward).sum(axis=1, keepdims=True)
        m += found * (found - 1.0) / np.maximum(factor * (toward**2).sum(axis=1, keepdims=True), LEAST)
    toward = g / np.maximum(g * q + m, LEAST)
    length = np.maximum((toward**2).sum(axis=1, keepdims=True), LEAST)
    side: Floats = toward * np.sqrt(np.maximum(r[:, None] * m, 0.0) / length)
    return side
