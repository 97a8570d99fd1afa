"""The fit the slow way, for comparison: one loop over the episodes, one dense matrix, and nothing left out or grouped.

Each step stands as method and likelihood are written down; the library sums by trio and eliminates the activities.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from wor_match.learning.prior import PIECES, Floats, Prior
from wor_match.learning.rows import PIECE_OF_WEEK, Episodes

SHARES = (0.5, 1.0, 1.0, 1.0, 1.0, 1.0)  # of the track record, for the start and each piece of weeks


@dataclass(frozen=True)
class Plain:
    """What came out: every weight in one row, its covariance, and the sizes of the effects."""

    weights: Floats
    covariance: Floats
    taus: dict[str, float]


def columns(told: Episodes, prior: Prior, row: int, sizes: tuple[int, int, int]) -> Floats:
    """What each weight adds to each stage of one episode, (6, n_weights)."""
    found = np.zeros((6, 8 + len(prior.start) + sum(sizes)))
    f = told.strengths[row]
    for stage in range(6):
        found[stage, 0 if stage == 0 else 1] = 1.0
        found[stage, 2] = f @ (prior.start if stage == 0 else prior.stay)
        if stage:
            found[stage, 2 + stage] = 1.0
        found[stage, 8 : 8 + len(f)] = f
        at = 8 + len(f)
        for codes, size in zip((told.term, told.organiser, told.activity), sizes, strict=True):
            if codes[row] >= 0:
                found[stage, at + codes[row]] = SHARES[stage]
            at += size
    return found


def weeks_of(told: Episodes, row: int) -> Iterator[tuple[int, bool]]:
    """Each trial of one episode: its stage, and whether they went on."""
    if told.started[row] >= 0:
        yield 0, bool(told.started[row])
    for week in range(1, told.low[row] + 1):
        yield 1 + int(PIECE_OF_WEEK[week - 1]), True
    if told.high[row] == told.low[row] + 1:
        yield 1 + int(PIECE_OF_WEEK[told.high[row] - 1]), False


def between(told: Episodes, row: int) -> Floats:
    """Weeks of each stage in which a stop of unknown week may lie, (6,)."""
    found = np.zeros(6)
    for week in range(told.low[row] + 1, told.high[row] + 1) if told.high[row] > told.low[row] + 1 else ():
        found[1 + PIECE_OF_WEEK[week - 1]] += 1.0
    return found


def of_episode(told: Episodes, row: int, eta: Floats) -> tuple[float, Floats, Floats]:
    """Log-likelihood of one episode, its slope (6,) and its curvature (6, 6) by the log-odds of the stages."""
    q = 1.0 / (1.0 + np.exp(-eta))
    found, slope, curve = 0.0, np.zeros(6), np.zeros((6, 6))
    for stage, went_on in weeks_of(told, row):
        found += np.log(q[stage] if went_on else 1.0 - q[stage])
        slope[stage] += went_on - q[stage]
        curve[stage, stage] += q[stage] * (1.0 - q[stage])
    b = between(told, row)
    if b.any():
        through = -(b * np.log(q)).sum()
        r, g = 1.0 / np.expm1(through), b * (1.0 - q)
        found += np.log(-np.expm1(-through))
        slope -= r * g
        values, vectors = np.linalg.eigh(r * (1.0 + r) * np.outer(g, g) - np.diag(r * g * q))
        curve += vectors @ np.diag(np.maximum(values, 0.0)) @ vectors.T
    return float(found), slope, curve


def precision_of(prior: Prior, taus: dict[str, float], sizes: tuple[int, int, int]) -> Floats:
    """One over the prior's variance of every weight."""
    levels = [prior.level_start[1], prior.level_week[1], prior.scale[1], *[prior.pieces_sd] * len(PIECES)]
    kinds = zip(("term", "organiser", "activity"), sizes, strict=True)
    return (
        np.array([*levels, *(taus["beta"] * prior.spread), *(taus[kind] for kind, n in kinds for _ in range(n))])
        ** -2.0
    )


def believed(prior: Prior, sizes: tuple[int, int, int]) -> Floats:
    """The prior's mean of every weight."""
    levels = [prior.level_start[0], prior.level_week[0], prior.scale[0], *prior.pieces]
    return np.array([*levels, *[0.0] * (len(prior.start) + sum(sizes))])


def at(told: Episodes, prior: Prior, sizes: Any, precision: Floats, weights: Floats) -> tuple[float, Floats, Floats]:
    """Log posterior, slope and negative Hessian at these weights."""
    off = weights - believed(prior, sizes)
    found, slope, bent = -0.5 * float(precision @ off**2), -precision * off, np.diag(precision)
    for row in range(len(told)):
        x = columns(told, prior, row, sizes)
        one, moved, curve = of_episode(told, row, x @ weights)
        found, slope, bent = found + one, slope + x.T @ moved, bent + x.T @ curve @ x
    return found, slope, bent


def mode(told: Episodes, prior: Prior, sizes: Any, precision: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """The weights at the top, and the negative Hessian there: Newton, halved where it does not rise."""
    found, slope, bent = at(told, prior, sizes, precision, weights)
    while (decrement := slope @ (step := np.linalg.solve(bent, slope))) > 1e-16:
        size = 1.0
        while (there := at(told, prior, sizes, precision, weights + size * step))[
            0
        ] < found + 1e-4 * size * decrement - 1e-12:
            size /= 2.0
        weights, (found, slope, bent) = weights + size * step, there
    return weights, bent


def fitted(told: Episodes, prior: Prior, sizes: tuple[int, int, int]) -> Plain:
    """The top under sizes of effects that fit the effects (MacKay 1992)."""
    taus, weights = dict(prior.taus), believed(prior, sizes)
    first = 8 + len(prior.start)
    ends = np.cumsum([8, len(prior.start), *sizes])
    unit = np.concatenate([np.ones(8), prior.spread, np.ones(sum(sizes))])
    for _ in range(40):
        weights, bent = mode(told, prior, sizes, precision_of(prior, taus, sizes), weights)
        z, variance = weights / unit, np.diag(np.linalg.inv(bent)) / unit**2
        before = dict(taus)
        for name, begin, end in zip(("beta", "term", "organiser", "activity"), ends[:-1], ends[1:], strict=True):
            if end - begin >= 3:
                gamma = (end - begin) - variance[begin:end].sum() / before[name] ** 2
                squared = (prior.strength * prior.taus[name] ** 2 + (z[begin:end] ** 2).sum()) / (
                    prior.strength + gamma
                )
                taus[name] = float(np.clip(np.sqrt(squared), prior.taus[name] / 5, 8 * prior.taus[name]))
        if max(abs(np.log(taus[name] / before[name])) for name in taus) < 0.01:
            break
    weights, bent = mode(told, prior, sizes, precision_of(prior, taus, sizes), weights)
    assert len(weights) == first + sum(sizes)
    return Plain(weights, np.linalg.inv(bent), taus)
