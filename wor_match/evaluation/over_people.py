"""A mean over people with how sure it is, or the reason why that cannot be told; it knows nothing of advice.

Each person counts once, however much is known of them: it is people who differ, and people who could have been others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wor_match.domain.columns import Codes, Floats
from wor_match.errors import WorMatchError

FEWEST = 10  # people for an interval; below it the bootstrap is far too narrow (Hesterberg 2015); an assumption
RESAMPLES = 2000


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
    """

    value: float | None
    interval: tuple[float, float] | None
    n: int
    reason: str = ""

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
    dice, n, shares = dice_of(seed), len(shares), np.ascontiguousarray(shares)  # a column adds up as an array does
    if not n:
        return Figure(None, None, 0, "there is nobody of whom it can be told")
    value = float(np.mean(shares))
    if n < FEWEST:
        return Figure(value, None, n, f"fewer than {FEWEST} people")
    if np.ptp(shares) == 0:
        return Figure(value, None, n, "everybody has the same share, so nothing tells how far the next may differ")
    means = np.einsum("rp,p->r", resampled(n, dice), shares) / n  # one order of adding, whatever the threads
    low, high = np.quantile(means, tails(n))
    return Figure(value, (float(low), float(high)), n)


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
    counts: Codes = dice.multinomial(n, np.full(n, 1.0 / n), size=RESAMPLES)
    return counts


def tails(n: int) -> tuple[float, float]:
    """The two quantiles of the bootstrap that make 95 % for so many people."""
    from scipy.stats import norm, t

    low = float(norm.cdf(-np.sqrt(n / (n - 1)) * t.ppf(0.975, n - 1)))
    return low, 1.0 - low


def dice_of(seed: int) -> np.random.Generator:
    """Dice that always fall alike."""
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise WorMatchError("`seed` is no whole number from 0; leave it out, or give such a number")
    return np.random.default_rng(seed)
