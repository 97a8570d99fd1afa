"""Rows of chances and outcomes, the rising curve through them, and how far it strays where the chances are right.

Equal chances are taken together, and the order of the rows does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wor_match.errors import WorMatchError
from wor_match.evaluation.off_policy import numbers, same_length

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Told = Sequence[float] | Floats
BAND = (0.05, 0.95)
SURE = float(np.finfo(np.float64).eps)  # 2.2e-16, as scikit-learn: a chance of 0 that came true costs 36, not infinity


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows that count, sorted so that their order does not matter; `step` says which of the distinct `steps` it has."""

    y: Floats
    chance: Floats
    weight: Floats
    steps: Floats
    step: Codes

    @classmethod
    def of(cls, y: Told, chance: Told, weight: Told | None) -> Rows:
        """The arrays, when they can be what they are said to be."""
        given = np.ones(len(numbers("y", y))) if weight is None else weight
        outcome, told, counts = same_length(y=y, chance=chance, weight=given)
        for name, one, fine, allowed in (
            ("y", outcome, (outcome == 0) | (outcome == 1), "1 continued, 0 not"),
            ("chance", told, (told >= 0) & (told <= 1), "from 0 to 1"),
            ("weight", counts, counts >= 0, "0 or more"),
        ):
            if not np.all(fine):
                row = int(np.flatnonzero(~fine)[0])
                raise WorMatchError(
                    f"{name} holds {one[row]:g} in row {row}; allowed is {allowed}", code="out-of-range"
                )
        if not np.any(counts > 0):
            raise WorMatchError(
                "no row has any weight; give a weight above 0 to rows with a known outcome", code="nothing-to-count"
            )
        order = np.lexsort((outcome, counts, told))
        order = order[counts[order] > 0]
        steps, step = np.unique(told[order], return_inverse=True)
        return cls(outcome[order], told[order], counts[order], steps, step)

    def weights(self) -> Floats:
        """The sum of the weights at each distinct chance, (n_steps,)."""
        return np.asarray(np.bincount(self.step, self.weight), dtype=np.float64)

    def mean(self, told: Floats) -> float:
        """The weighted mean over the rows."""
        return float(np.sum(self.weight * told) / np.sum(self.weight))


def isotonic(rows: Rows, y: Floats) -> Floats:
    """The share that continued at each distinct chance, (n_steps,), never falling; equal chances are taken together."""
    from sklearn.isotonic import isotonic_regression

    weight = rows.weights()
    curve: Floats = isotonic_regression(np.bincount(rows.step, rows.weight * y) / weight, sample_weight=weight)
    return curve


def band(rows: Rows, seed: int, n_boot: int) -> tuple[Floats, Floats, tuple[float, float]]:
    """90 % of the curve, and of the mean, when outcomes are drawn from the chances."""
    dice = np.random.default_rng(seed)
    drawn = [(dice.random(len(rows.chance)) < rows.chance).astype(np.float64) for _ in range(n_boot)]
    low, high = np.quantile([isotonic(rows, y) for y in drawn], BAND, axis=0)
    least, most = np.quantile([rows.mean(y) for y in drawn], BAND)
    return low, high, (float(least), float(most))


def whole_number(name: str, told: int, least: int) -> int:
    """A whole number, when it is one."""
    if isinstance(told, bool) or not isinstance(told, int | np.integer) or told < least:
        raise WorMatchError(f"{name} is no whole number from {least}", code="out-of-range")
    return int(told)
