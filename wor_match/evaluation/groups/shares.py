"""How large is a share in each group, and does it differ from the rest: arrays in, shares with 95 % intervals out.

It hides nothing: what may be told of few people is decided in `told_of`.

References
----------
E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927), pp. 209-212.
R. G. Newcombe, Interval estimation for the difference between independent proportions: comparison of eleven methods,
Statistics in Medicine 17 (1998), pp. 873-890, method 10.
L. Kish, Survey sampling, 1965 (effective sample size).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wor_match.errors import WorMatchError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
NORMAL_95 = 1.959963984540054
NOTHING_KNOWN = "no outcome is known here"
NOBODY_ELSE = "no outcome is known elsewhere to compare with"


@dataclass(frozen=True, slots=True)
class GroupShare:
    """The share of one group, beside that of everybody else.

    Attributes
    ----------
    group : str or None
        The label; None is the group without one.
    n : int
        Rows of which the outcome is known.
    size : float
        Rows that the intervals rest on: `n`, or with weights (sum of weights)^2 / sum of squared weights.
    share, low, high : float or None
        In [0, 1], with Wilson's interval; None when no outcome is known.
    difference, difference_low, difference_high : float or None
        The share minus that of the rest, in [-1, 1], with Newcombe's interval; None without a rest.
    reason : str
        Why something is None; else empty.
    """

    group: str | None
    n: int
    size: float
    share: float | None
    low: float | None
    high: float | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    reason: str


def wilson(yes: float, n: float) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score method: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n).

    Parameters
    ----------
    yes, n : float
        How many of how many; 0 ≤ yes ≤ n, n above 0. Need not be whole: weights make effective numbers.

    Raises
    ------
    WorMatchError
        When they are anything else.

    Examples
    --------
    >>> [round(end, 4) for end in wilson(10, 20)]
    [0.2993, 0.7007]
    """
    if not 0 <= yes <= n or not 0 < n < float("inf"):
        raise WorMatchError(
            f"{yes:g} of {n:g} is no share; give 0 or more, of at least as many, above 0", code="out-of-range"
        )
    p, zz = yes / n, NORMAL_95**2 / n
    middle, half = p + zz / 2, sqrt(zz * p * (1 - p) + zz**2 / 4)
    low = 0.0 if yes == 0 else (middle - half) / (1 + zz)
    return low, 1.0 if yes == n else (middle + half) / (1 + zz)


def newcombe(yes: float, n: float, other_yes: float, other_n: float) -> tuple[float, float]:
    """The 95 % interval of a difference of two shares, from Wilson's interval of each.

    With d = p - q: from d - √((p - low_p)² + (high_q - q)²) to d + √((high_p - p)² + (q - low_q)²).

    Parameters, errors: as `wilson`, of both.

    Examples
    --------
    >>> [round(end, 4) for end in newcombe(56, 70, 48, 80)]
    [0.0524, 0.3339]
    """
    p, q = yes / n if n else 0.0, other_yes / other_n if other_n else 0.0
    (low, high), (other_low, other_high) = wilson(yes, n), wilson(other_yes, other_n)
    return p - q - sqrt((p - low) ** 2 + (other_high - q) ** 2), p - q + sqrt((high - p) ** 2 + (q - other_low) ** 2)


def by_group(labels: Sequence[str | None], known: Any, yes: Any, weight: Any = None) -> tuple[GroupShare, ...]:
    """The share of each group with its interval, and its difference with the rest.

    Parameters
    ----------
    labels : sequence of str or None, (n_rows,)
    known : array (n_rows,) of bool
        Whether the outcome is known; other rows count for nothing.
    yes : array (n_rows,) of bool
        The outcome; whatever stands there where it is not known is passed over.
    weight : array (n_rows,), optional
        From 0, such as censoring weights; 1 when left out.

    Returns
    -------
    tuple of GroupShare
        By label, the group without one last; the order of the rows means nothing.

    Raises
    ------
    WorMatchError
        When lengths differ, a label is no word, an outcome is no yes or no, or a weight is below 0 or not finite.

    Examples
    --------
    >>> one, other = by_group(["a", "a", "b", "b"], [True] * 4, [1, 0, 1, 1])
    >>> one.share, one.difference, other.share
    (0.5, -0.5, 1.0)
    """
    names, seen, told, w = checked(labels, known, yes, weight)
    groups = sorted(set(names), key=lambda name: (name is None, name or ""))
    return tuple(beside(group, np.array([name == group for name in names], dtype=bool), seen, told, w)
                 for group in groups)  # fmt: skip


def beside(group: str | None, inside: Flags, known: Flags, yes: Flags, weight: Floats) -> GroupShare:
    """One group beside all others."""
    n = int((inside & known).sum())
    (own, size), (other, other_size) = (sized(rows & known, yes, weight) for rows in (inside, ~inside))
    if not size:
        return GroupShare(group, n, 0.0, None, None, None, None, None, None, NOTHING_KNOWN)
    ends = wilson(own, size)
    if not other_size:
        return GroupShare(group, n, size, own / size, *ends, None, None, None, NOBODY_ELSE)
    apart = newcombe(own, size, other, other_size)
    return GroupShare(group, n, size, own / size, *ends, own / size - other / other_size, *apart, "")


def sized(rows: Flags, yes: Flags, weight: Floats) -> tuple[float, float]:
    """How many yes of how many, in effective numbers; (0, 0) without any weight."""
    total, squares = float(np.sum(np.sort(weight[rows]))), float(np.sum(np.sort(weight[rows] ** 2)))
    if not squares:
        return 0.0, 0.0
    return float(np.sum(np.sort(weight[rows & yes]))) * (total / squares), total * (total / squares)


def checked(
    labels: Sequence[str | None], known: Any, yes: Any, weight: Any
) -> tuple[list[str | None], Flags, Flags, Floats]:
    """The arrays, when they can be what they are said to be."""
    names = list(labels)
    if not all(name is None or isinstance(name, str) for name in names):
        raise WorMatchError(
            "labels hold something that is no word; give a word, or None for unknown", code="wrong-type"
        )
    seen = yes_or_no("known", known, np.ones(len(names), dtype=bool))
    told = yes_or_no("yes", yes, seen)
    try:
        w = np.ones(len(names)) if weight is None else np.asarray(weight, dtype=np.float64)
    except (TypeError, ValueError):
        raise WorMatchError("weight holds something that is no number", code="no-number") from None
    if w.shape != (len(names),) or not np.isfinite(w).all() or (w < 0).any():
        raise WorMatchError(
            f"weight is no list of {len(names)} finite numbers from 0; give one for each label", code="no-number"
        )
    return names, seen, told, w


def yes_or_no(name: str, told: Any, counts: Flags) -> Flags:
    """Yes or no for each row that counts; no elsewhere."""
    found = np.asarray(told, dtype=object)
    if found.shape != counts.shape:
        raise WorMatchError(
            f"{name} has another length than the labels; give one for each of the {len(counts)}", code="other-length"
        )
    if not all(one in (True, False) for one in found[counts]):
        raise WorMatchError(
            f"{name} holds something that is no yes or no; give True or False, or 1 or 0", code="wrong-type"
        )
    return np.array([bool(use and one) for one, use in zip(found, counts, strict=True)], dtype=bool)
