"""A mean over people with how sure it is, or the reason why that cannot be told; it knows nothing of advice.

Each person counts once, however much is known of them: it is people who differ, and people who could have been others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from wor_match.domain.columns import Codes, Floats
from wor_match.errors import WorMatchError

LEAST_FOR_INTERVAL = 10  # people; below it the bootstrap is far too narrow (Hesterberg 2015); an assumption
RESAMPLES, FEWEST_RESAMPLES, MOST_DRAWN = 2000, 200, 8_000_000
DETECTABLE = 1.959963984540054 + 0.8416212335729143  # two-sided 5 % and a power of 80 %, in standard errors
ALIKE = "everybody has the same share, so nothing tells how far the next may differ"


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over people.

    Attributes
    ----------
    value : float or None
        None when there is nobody to tell it of.
    interval : tuple of float or None
        95 %; None when it cannot be told.
    n : int
        How many people it rests on.
    reason : str
        Why the value or the interval cannot be told; empty when both are.
    error : float or None
        The standard error; None without an interval.
    rows : int
        How many rows it rests on; a person may have several.
    """

    value: float | None
    interval: tuple[float, float] | None
    n: int
    reason: str = ""
    error: float | None = None
    rows: int = 0

    @property
    def smallest_difference(self) -> float | None:
        """Of a difference: the smallest true one that is seen in four of five such histories, at 5 %; None without."""
        return None if self.error is None else DETECTABLE * self.error

    def __str__(self) -> str:
        if self.value is None:
            return f"not told: {self.reason}"
        if self.interval is None:
            return f"{self.value:.2f} ({self.n} people; no interval: {self.reason})"
        return f"{self.value:.2f} ({self.interval[0]:.2f} to {self.interval[1]:.2f}; {self.n} people)"


def over_people(shares: Floats, seed: int = 0) -> Figure:
    """The mean over people with a 95 % interval of the bootstrap.

    The quantiles lie further out the fewer people there are, as Student's t lies outside the normal.

    Parameters
    ----------
    shares : ndarray (n_people,)
        One number for each person, sorted by who they are, so that their order means nothing.
    seed : int
        Of the resampling.

    Raises
    ------
    WorMatchError
        When the seed is no whole number from 0.

    References
    ----------
    T. Hesterberg, What teachers should know about the bootstrap, The American Statistician 69 (2015), pp. 371-386: the
    expanded percentile interval.

    Examples
    --------
    >>> print(over_people(np.array([1.0, 0.5])))
    0.75 (2 people; no interval: fewer than 10 people)
    """
    return People(range(len(shares)), seed).mean(shares)


class People:
    """People drawn again many times, the same draws for every figure about them.

    Parameters
    ----------
    whose : sequence
        Whose each row is: ids, or numbers.
    seed : int
        Of the draws.
    """

    def __init__(self, whose: Sequence[Any], seed: int = 0) -> None:
        dice, names = dice_of(seed), {name: number for number, name in enumerate(sorted(set(whose)))}
        self.codes = np.array([names[one] for one in whose], dtype=np.int64)
        self.n = len(names)
        self._drawn = resampled(self.n, dice) if self.n >= LEAST_FOR_INTERVAL else None

    def mean(self, values: Floats, weights: Floats | None = None) -> Figure:
        """The weighted mean of the rows that are known, with its interval.

        Parameters
        ----------
        values : ndarray (n_rows,)
            NaN where it is not known.
        weights : ndarray (n_rows,), optional
            From 0; 1 when left out.
        """
        known = ~np.isnan(values)
        counted = known * (np.ones(len(values)) if weights is None else weights)
        total = np.bincount(self.codes, np.where(known, values, 0.0) * counted, self.n)
        size = np.bincount(self.codes, counted, self.n)
        n, rows = int((size > 0).sum()), int((counted > 0).sum())
        if not n:
            return Figure(None, None, 0, "there is nobody of whom it can be told")
        value = float(total.sum() / size.sum())
        if n < LEAST_FOR_INTERVAL or self._drawn is None:
            return Figure(value, None, n, f"fewer than {LEAST_FOR_INTERVAL} people", None, rows)
        if np.ptp(values[counted > 0]) == 0:
            return Figure(value, None, n, ALIKE, None, rows)
        drawn, whole = (np.einsum("rp,p->r", self._drawn, each) for each in (total, size))  # whatever the threads
        means = drawn[whole > 0] / whole[whole > 0]
        low, high = np.quantile(means, tails(n))
        return Figure(value, (float(low), float(high)), n, "", float(means.std(ddof=1)), rows)


def least_shown(gained: Floats, dice: np.random.Generator) -> Floats:
    """By how much each of many must be better before it is more than chance, though the best of all is looked at.

    Were all as good as what there is, the sign of what a person gains would be a coin, the same coin for all that was
    tried. Each mean counts in its own spread, and the largest of all exceeds the bound in one throw of twenty.

    Parameters
    ----------
    gained : ndarray (n_people, n_tried)
        What each person gains with each of what was tried.
    dice : Generator

    Returns
    -------
    ndarray (n_tried,)
        In the unit of what is gained; 0 for what gives nobody anything else.

    References
    ----------
    J.P. Romano and M. Wolf, Exact and approximate stepdown methods for multiple hypothesis testing, Journal of the
    American Statistical Association 100 (2005), pp. 94-108: the first step, with the sign of each row thrown.
    """
    spread = np.sqrt(np.sum(gained**2, axis=0))
    scaled = gained / np.where(spread > 0, spread, 1.0)
    coins = dice.integers(0, 2, size=(RESAMPLES, len(gained))) * 2.0 - 1.0
    most = np.einsum("rp,pg->rg", coins, scaled).max(axis=1)
    least: Floats = float(np.quantile(most, 0.95, method="higher")) * spread / len(gained)
    return least


def resampled(n: int, dice: np.random.Generator) -> Codes:
    """How often each person stands in each resample, (n_resamples, n)."""
    times = max(FEWEST_RESAMPLES, min(RESAMPLES, MOST_DRAWN // n))  # fewer of very many people: they take much room
    counts: Codes = dice.multinomial(n, np.full(n, 1.0 / n), size=times)
    return counts


def tails(n: int) -> tuple[float, float]:
    """The two quantiles of the bootstrap that make 95 % for so many people."""
    from scipy.stats import norm, t

    low = float(norm.cdf(-np.sqrt(n / (n - 1)) * t.ppf(0.975, n - 1)))
    return low, 1.0 - low


def dice_of(seed: int) -> np.random.Generator:
    """Dice that always fall alike."""
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise WorMatchError(
            "`seed` is no whole number from 0; leave it out, or give such a number", code="out-of-range"
        )
    return np.random.default_rng(seed)
