"""How sure a mean is when whole persons are drawn again, and the smallest difference that so many people can show.

References
----------
Efron and Tibshirani, An introduction to the bootstrap, 1993 (percentile interval; drawing whole clusters).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
N_BOOT, SEED = 1_000, 20260101
LEAST_PERSONS = 5  # below this drawing persons again says nothing; an assumption
DETECTABLE = 1.959963984540054 + 0.8416212335729143  # two-sided 5 % and a power of 80 %, in standard errors


@dataclass(frozen=True, slots=True)
class Sure:
    """A mean with how sure it is.

    Attributes
    ----------
    value : float or None
        None when there is nothing to take the mean of.
    interval : tuple of float or None
        95 %, over persons; None when there are fewer than five.
    error : float or None
        The standard error, likewise.
    n, persons : int
    """

    value: float | None
    interval: tuple[float, float] | None
    error: float | None
    n: int
    persons: int

    @property
    def smallest_difference(self) -> float | None:
        """The smallest true difference that would be seen in 80 % of such histories, at 5 %."""
        return None if self.error is None else DETECTABLE * self.error


class Persons:
    """Rows of persons, drawn again a thousand times, the same draws for every figure.

    Parameters
    ----------
    persons : sequence of str
        Whose each row is.
    """

    def __init__(self, persons: Sequence[str], n_boot: int = N_BOOT, seed: int = SEED) -> None:
        names = {name: number for number, name in enumerate(sorted(set(persons)))}
        self.codes = np.array([names[one] for one in persons], dtype=np.int64)
        self.n = len(names)
        dice = np.random.RandomState(seed)
        self.drawn = dice.multinomial(self.n, np.full(self.n, 1.0 / self.n), n_boot) if self.n else np.zeros((0, 0))

    def mean(self, values: Floats, weights: Floats | None = None) -> Sure:
        """The weighted mean of the rows that are known (not NaN), with its interval.

        Parameters
        ----------
        values : ndarray (n_rows,)
        weights : ndarray (n_rows,), optional
        """
        known = ~np.isnan(values)
        w = known * (np.ones(len(values)) if weights is None else weights)
        total = np.bincount(self.codes, np.where(known, values, 0.0) * w, self.n)
        size = np.bincount(self.codes, w, self.n)
        n, persons = int((w > 0).sum()), int((size > 0).sum())
        if not n:
            return Sure(None, None, None, 0, 0)
        value = float(total.sum() / size.sum())
        if persons < LEAST_PERSONS:
            return Sure(value, None, None, n, persons)
        drawn = self.drawn @ size
        means = (self.drawn @ total)[drawn > 0] / drawn[drawn > 0]
        low, high = np.quantile(means, [0.025, 0.975])
        return Sure(value, (float(low), float(high)), float(means.std(ddof=1)), n, persons)
