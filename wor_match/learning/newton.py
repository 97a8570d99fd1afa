"""Which coefficients are most plausible for the events on these rows, and how much do groups of rows differ.

Arrays in, numbers out: nothing here knows scikit-learn, people or activities.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

Floats = NDArray[np.float64]

MOST_STEPS, MOST_HALVINGS = 100, 20
STILL = 1e-8  # a step is the last one when no linear predictor moves by more than this, beside its own size
FARTHEST = 1e6  # that a linear predictor may move in one step
RISE = 1e-4  # a step must bring this part of what its slope promises (Armijo 1966)
ROUNDING = 1e-14  # of the objective
NOTHING = 1e-100  # information about a coefficient, as 1 / sd
LOG_SDS = np.arange(-5.0, 3.5, 0.5)  # from .007, which is as good as none, to 20 on the scale of the linear predictor


@dataclass(frozen=True, slots=True, eq=False)
class Slopes:
    """The log-likelihood of each row and how it changes with the linear predictor, all (n_rows,).

    `score` is the first derivative, `curvature` minus the second, `bend` the derivative of the curvature.
    """

    log_likelihood: Floats
    score: Floats
    curvature: Floats
    bend: Floats


@dataclass(frozen=True, slots=True)
class Link:
    """How a linear predictor becomes a chance: `log_chances` gives log(1 - p) and log p, `slopes` the likelihood."""

    log_chances: Callable[[Floats], tuple[Floats, Floats]]
    slopes: Callable[[Floats, Floats], Slopes]


def logit_log_chances(predictor: Floats) -> tuple[Floats, Floats]:
    """Of p = 1 / (1 + exp(-predictor))."""
    return -np.logaddexp(0.0, predictor), -np.logaddexp(0.0, -predictor)


def logit_slopes(predictor: Floats, event: Floats) -> Slopes:
    """Of y log p + (1 - y) log(1 - p)."""
    log_not, log_yes = logit_log_chances(predictor)
    curvature = np.exp(log_yes + log_not)
    score = np.where(event == 1, np.exp(log_not), -np.exp(log_yes))
    return Slopes(np.where(event == 1, log_yes, log_not), score, curvature, -curvature * np.tanh(predictor / 2))


def cloglog_log_chances(predictor: Floats) -> tuple[Floats, Floats]:
    """Of p = 1 - exp(-exp(predictor)): a hazard in continuous time, seen by period (Prentice & Gloeckler 1978)."""
    hazard = np.exp(np.clip(predictor, -700.0, 300.0))
    small = hazard < 1
    close = np.log(-np.expm1(-np.where(small, hazard, 1.0)))
    return -hazard, np.where(small, close, np.log1p(-np.exp(-np.where(small, 1.0, hazard))))


def cloglog_slopes(predictor: Floats, event: Floats) -> Slopes:
    """Of y log p + (1 - y) log(1 - p); u is the hazard, r = u / expm1(u) the score of an event."""
    log_not, log_yes = cloglog_log_chances(predictor)
    u = -log_not
    r = u * np.exp(-u - log_yes)
    excess = np.where(u < 1e-3, u / 2 + u**2 / 12, u + r - 1)  # a series where the difference would cancel
    curvature = r * excess
    bend = r * (u - curvature) - curvature * excess
    yes = event == 1
    return Slopes(*(np.where(yes, *pair) for pair in ((log_yes, -u), (r, -u), (curvature, u), (bend, u))))


LINKS = {"logit": Link(logit_log_chances, logit_slopes), "cloglog": Link(cloglog_log_chances, cloglog_slopes)}


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What a fit is made from.

    Attributes
    ----------
    design : ndarray (n_rows, n_coefficients)
    event, weight : ndarray (n_rows,)
        0 or 1; above 0.
    group : ndarray (n_rows,)
        Which of the `n_groups` groups, counted from 0; all 0 when there are none.
    mean, precision : ndarray (n_coefficients,)
        Of the normal prior; precision 0 is no prior.
    """

    link: Link
    design: Floats
    event: Floats
    weight: Floats
    group: NDArray[np.int64]
    n_groups: int
    mean: Floats
    precision: Floats

    def slopes(self, predictor: Floats) -> Slopes:
        """The weighted slopes at these linear predictors."""
        plain = self.link.slopes(predictor, self.event)
        parts = (plain.log_likelihood, plain.score, plain.curvature, plain.bend)
        return Slopes(*(self.weight * part for part in parts))

    def by_group(self, values: Floats) -> Floats:
        """Sums within groups: (n_groups,) of (n_rows,), (n_groups, k) of (n_rows, k)."""
        if values.ndim == 2:
            return np.stack([self.by_group(column) for column in values.T], axis=1)
        sums: Floats = np.bincount(self.group, values, self.n_groups).astype(np.float64)
        return sums


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """The Laplace marginal likelihood at some coefficients, with its slopes.

    Attributes
    ----------
    coefficients : ndarray (n_coefficients,)
    effects : ndarray (n_groups,)
        Most plausible effects given the coefficients, in units of their standard deviation.
    log_likelihood, objective : float
        Without and with the prior of the coefficients.
    gradient : ndarray (n_coefficients,)
        Of the objective.
    information : ndarray (n_coefficients, n_coefficients)
        Minus the Hessian of coefficients and effects together, effects eliminated.
    sd_slope : float
        Derivative of the objective by the log of the standard deviation.
    """

    coefficients: Floats
    effects: Floats
    log_likelihood: float
    objective: float
    gradient: Floats
    information: Floats
    sd_slope: float


def laplace(rows: Rows, sd: float, coefficients: Floats, effects: Floats) -> Point:
    """The marginal likelihood with group effects integrated out; sd 0 is the plain likelihood.

    References
    ----------
    Tierney and Kadane (1986) for Laplace; Bates et al. (2015), J. Stat. Software 67(1), for the estimator. The
    block of the effects is diagonal, so its Schur complement is all that must be solved.
    """
    fixed = rows.design @ coefficients
    z = settled(rows, sd, fixed, effects)
    at = rows.slopes(fixed + sd * z[rows.group])
    block = 1.0 + sd**2 * rows.by_group(at.curvature)
    cross = sd * rows.by_group(at.curvature[:, None] * rows.design)
    bend = rows.by_group(at.bend)
    widening = rows.by_group(at.bend[:, None] * rows.design) - (sd * bend / block)[:, None] * cross
    away = coefficients - rows.mean
    log_likelihood = float(at.log_likelihood.sum() - (z @ z) / 2 - np.log(block).sum() / 2)
    return Point(
        coefficients,
        z,
        log_likelihood,
        log_likelihood - float(rows.precision @ away**2) / 2,
        rows.design.T @ at.score - rows.precision * away - (sd**2 / block) @ widening / 2,
        (rows.design.T * at.curvature) @ rows.design + np.diag(rows.precision) - (cross.T / block) @ cross,
        float(z @ z - (1.0 - 1.0 / block).sum() - (sd**3 * bend * z / block**2).sum()),
    )


def settled(rows: Rows, sd: float, fixed: Floats, effects: Floats) -> Floats:
    """The most plausible standardised effects beside the fixed part: Newton in every group at once."""
    z, height = effects, -np.inf * np.ones(rows.n_groups)
    step = np.zeros(rows.n_groups)
    for _ in range(MOST_STEPS):
        at = rows.slopes(fixed + sd * (z + step)[rows.group])
        tried = rows.by_group(at.log_likelihood) - (z + step) ** 2 / 2
        rises = tried >= height - ROUNDING * np.abs(tried)
        z, height = np.where(rises, z + step, z), np.where(rises, tried, height)
        newton = (sd * rows.by_group(at.score) - z) / (1.0 + sd**2 * rows.by_group(at.curvature))
        step = np.where(rises, newton, step / 2)
        if np.abs(step).max() < STILL:
            break
    return z + step


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Where the climb ended; `converged` is false when the likelihood has no top, or it was not reached."""

    top: Point
    sd: float
    n_steps: int
    converged: bool


def fit(rows: Rows, sd: float = 0.0, start: Fit | None = None) -> Fit:
    """The most plausible coefficients at this standard deviation of the groups: Newton, halved until it rises."""
    if start is None:
        here = laplace(rows, sd, np.zeros(rows.design.shape[1]), np.zeros(rows.n_groups))
    else:  # the same effects, in units of this standard deviation
        here = laplace(rows, sd, start.top.coefficients, start.top.effects * (start.sd / sd if sd else 0.0))
    rank = inverse(here.information)[1]
    for n_steps in range(1, MOST_STEPS + 1):
        covariance, now = inverse(here.information)
        step = covariance @ here.gradient
        step /= max(1.0, float(np.abs(rows.design @ step).max()) / FARTHEST)
        if now < rank:  # the likelihood became flat where it was curved: it rises for ever
            return Fit(here, sd, n_steps, converged=False)
        moves = np.abs(rows.design @ step) / (1.0 + np.abs(rows.design @ here.coefficients))
        if moves.max() < STILL:
            return Fit(laplace(rows, sd, here.coefficients + step, here.effects), sd, n_steps, converged=True)
        higher = risen(rows, sd, here, step)
        if higher is None:
            return Fit(here, sd, n_steps, converged=False)
        here = higher
    return Fit(here, sd, MOST_STEPS, converged=False)


def risen(rows: Rows, sd: float, here: Point, step: Floats) -> Point | None:
    """The first point on the way back from the whole step that lies high enough."""
    promised = float(here.gradient @ step)
    for halving in range(MOST_HALVINGS + 1):
        part = 0.5**halving
        there = laplace(rows, sd, here.coefficients + part * step, here.effects)
        if there.objective >= here.objective + RISE * part * promised - ROUNDING * abs(here.objective):
            return there
    return None


def inverse(information: Floats) -> tuple[Floats, int]:
    """The inverse and the rank; directions of which the rows say nothing get 0. Units of the columns do not matter."""
    spread = np.sqrt(np.maximum(np.diag(information), 0.0))
    scale = 1.0 / np.where(spread > NOTHING, spread, 1.0)
    values, vectors = np.linalg.eigh(information * scale[:, None] * scale)
    kept = values > len(values) * np.finfo(np.float64).eps * values.max()
    half = scale[:, None] * vectors[:, kept] / np.sqrt(values[kept])
    return half @ half.T, int(kept.sum())


def fit_groups(rows: Rows) -> Fit:
    """The fit at the most plausible standard deviation of the groups: 0, or where its slope crosses zero.

    Searched on a grid of its logarithm from .007 to 20, then refined to 1e-10. The grid ends where a fit no longer
    converges: with few rows in a group and a large deviation Laplace is no approximation, and its tops are not real.
    Not converged when the likelihood still rises at that end.
    """
    plain = fit(rows)
    if not plain.converged:  # groups would not help
        return plain
    found, low = [plain], plain
    for log_sd in LOG_SDS:
        high = fit(rows, float(np.exp(log_sd)), low)
        if not high.converged:
            break
        if low.top.sd_slope > 0 >= high.top.sd_slope:
            found.append(between(rows, low, high))
        low = high
    found.append(Fit(low.top, low.sd, low.n_steps, converged=low is plain))
    return max(found, key=lambda one: one.top.objective)


def between(rows: Rows, low: Fit, high: Fit) -> Fit:
    """The fit where the slope by the standard deviation is zero, between two fits around it."""
    known = {float(np.log(end.sd)): end.top.sd_slope for end in (low, high)}

    def slope(log_sd: float) -> float:
        return known[log_sd] if log_sd in known else fit(rows, float(np.exp(log_sd)), low).top.sd_slope

    root = brentq(slope, *known, xtol=1e-10)
    return fit(rows, float(np.exp(root)), low)
