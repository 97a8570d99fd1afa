"""How the steps of a curve are put together before it is shared, so that none of its counts is one to nine.

Groups that stand side by side are told whole, so what is left after subtraction is a group again, or a sum of groups.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from wor_match.evaluation.groups.small_cells import LEAST

Codes = NDArray[np.int64]
DECIMALS = 2  # of a share: from more of them the counts of single weeks could be worked out


def hides_none(counts: Iterable[int]) -> bool:
    """Whether no count is one to nine.

    Examples
    --------
    >>> hides_none([0, 10]), hides_none([12, 9])
    (True, False)
    """
    return all(n == 0 or n >= LEAST for n in counts)


def put_together(counts: Codes, left: Codes) -> list[tuple[int, int]]:
    """Successive steps as groups, each as short as it can be, in which no sum is one to nine.

    Parameters
    ----------
    counts : ndarray (n_steps, n_counts)
        How many people each count of each step is about.
    left : ndarray (n_steps,)
        How many people come after the step; a group ends only where this is not one to nine either.

    Returns
    -------
    list of (int, int)
        First step, and one past the last. Steps after the last group can not be told.

    Examples
    --------
    >>> put_together(np.array([[0], [4], [8], [3]]), np.array([40, 36, 28, 25]))
    [(0, 1), (1, 3)]
    """
    found: list[tuple[int, int]] = []
    for end in range(1, len(counts) + 1):
        begin = found[-1][1] if found else 0
        if hides_none([*counts[begin:end].sum(axis=0), left[end - 1]]):
            found.append((begin, end))
    return found


def put_all_together(counts: Codes) -> list[tuple[int, int]]:
    """As `put_together`, with every step in a group; no group at all when the whole has a sum of one to nine.

    Examples
    --------
    >>> put_all_together(np.array([[12], [11], [3]]))
    [(0, 1), (1, 3)]
    """
    found = put_together(counts, np.zeros(len(counts), dtype=np.int64))
    begin = found[-1][1] if found else 0
    while begin < len(counts) and not hides_none(counts[begin:].sum(axis=0)):
        if not found:
            return []
        begin = found.pop()[0]
    return [*found, (begin, len(counts))] if begin < len(counts) else found
