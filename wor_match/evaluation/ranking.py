"""How good an order was: of what was shown, how much was relevant, and how early.

All figures take gains in the order shown and the gains of all that was judged, and follow the conventions of NIST's
trec_eval: a gain of zero or less is not relevant; what was not shown counts as missed; the best order is over all that
was judged. They know nothing of advice: numbers in, a number out.

References
----------
The trec_eval program of the Text REtrieval Conference (NIST), its measures P, recall, map, recip_rank, Rprec and ndcg.
K. Järvelin and J. Kekäläinen, Cumulated gain-based evaluation of IR techniques, ACM TOIS 20 (2002), pp. 422-446.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wor_match.errors import WorMatchError

Gains = Sequence[float] | NDArray[np.float64]


def precision(gains_in_shown_order: Gains, all_gains: Gains, k: int | None = None) -> float:
    """The share of the first k places that is relevant, in [0, 1]; places left empty count as not relevant.

    Parameters
    ----------
    gains_in_shown_order : array (n_shown,)
        The gain of each that was shown, best place first.
    all_gains : array (n_judged,)
        The gains of all that could have been shown.
    k : int, optional
        How many places count; all that were shown when left out.

    Raises
    ------
    WorMatchError
        When a gain is no finite number, or k is no whole number from 1.

    Examples
    --------
    >>> precision([1, 0, 1], [1, 1, 1], k=5)
    0.4
    """
    shown, _ = checked(gains_in_shown_order, all_gains, k)
    places = len(shown) if k is None else k
    return float(np.sum(shown[:places] > 0) / places) if places else 0.0


def recall(gains_in_shown_order: Gains, all_gains: Gains, k: int | None = None) -> float:
    """The share of all that is relevant that stands in the first k places, in [0, 1]; 0 when nothing is.

    `gains_in_shown_order`, `all_gains`, `k` and errors: as `precision`.

    Examples
    --------
    >>> recall([1, 0], [1, 1, 0, 0])
    0.5
    """
    shown, judged = checked(gains_in_shown_order, all_gains, k)
    relevant = np.sum(judged > 0)
    return float(np.sum(shown[:k] > 0) / relevant) if relevant else 0.0


def average_precision(gains_in_shown_order: Gains, all_gains: Gains, k: int | None = None) -> float:
    """The mean, over all that is relevant, of the precision at its place; what was not shown adds nothing. In [0, 1].

    `gains_in_shown_order`, `all_gains`, `k` and errors: as `precision`.

    Examples
    --------
    >>> round(average_precision([1, 0, 1], [1, 1, 1]), 4)
    0.5556
    """
    shown, judged = checked(gains_in_shown_order, all_gains, k)
    relevant, good = np.sum(judged > 0), shown[:k] > 0
    so_far = np.cumsum(good) / np.arange(1, len(good) + 1)
    return float(np.sum(so_far[good]) / relevant) if relevant else 0.0


def reciprocal_rank(gains_in_shown_order: Gains, all_gains: Gains, k: int | None = None) -> float:
    """One divided by the place of the first that is relevant, in [0, 1]; 0 when none was shown.

    `gains_in_shown_order`, `all_gains`, `k` and errors: as `precision`.

    Examples
    --------
    >>> reciprocal_rank([0, 1], [1, 0])
    0.5
    """
    shown, _ = checked(gains_in_shown_order, all_gains, k)
    good = np.flatnonzero(shown[:k] > 0)
    return float(1 / (good[0] + 1)) if len(good) else 0.0


def r_precision(gains_in_shown_order: Gains, all_gains: Gains, k: int | None = None) -> float:
    """The precision in as many places as there are relevant ones (at most k), in [0, 1]; 0 when there are none.

    `gains_in_shown_order`, `all_gains`, `k` and errors: as `precision`.

    Examples
    --------
    >>> round(r_precision([1, 0, 1, 1], [1, 1, 1]), 4)
    0.6667
    """
    shown, judged = checked(gains_in_shown_order, all_gains, k)
    relevant = int(np.sum(judged > 0))
    places = relevant if k is None else min(relevant, k)
    return float(np.sum(shown[:places] > 0) / places) if relevant else 0.0


def ndcg(gains_in_shown_order: Gains, all_gains: Gains, k: int | None = None) -> float:
    """The gain, less the later it comes, beside that of the best order there is, in [0, 1]; 0 when nothing is relevant.

    Gains count as they are (linear), at place i divided by log2(1 + i).

    `gains_in_shown_order`, `all_gains`, `k` and errors: as `precision`.

    Examples
    --------
    >>> ndcg([3, 2], [3, 2, 0])
    1.0
    """
    shown, judged = checked(gains_in_shown_order, all_gains, k)
    best = discounted(np.sort(judged)[::-1][:k])
    return float(discounted(shown[:k]) / best) if best else 0.0


def discounted(gains: NDArray[np.float64]) -> float:
    """The sum of gains, each divided by log2(1 + place)."""
    return float(np.sum(np.maximum(gains, 0.0) / np.log2(np.arange(2, len(gains) + 2))))


def checked(shown: Gains, judged: Gains, k: int | None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Both as arrays, when they can be what they are said to be."""
    arrays = []
    for name, told in (("gains_in_shown_order", shown), ("all_gains", judged)):
        try:
            gains = np.asarray(told, dtype=np.float64)
        except (TypeError, ValueError):
            raise WorMatchError(
                f"{name} holds something that is no number; give one gain for each activity", code="no-number"
            ) from None
        if gains.ndim != 1 or not np.all(np.isfinite(gains)):
            raise WorMatchError(
                f"{name} is no list of finite numbers; give one gain for each activity", code="no-number"
            )
        arrays.append(gains)
    if k is not None and (isinstance(k, bool) or not isinstance(k, int | np.integer) or k < 1):
        raise WorMatchError("k is no whole number from 1; leave it out for all places", code="out-of-range")
    return arrays[0], arrays[1]
