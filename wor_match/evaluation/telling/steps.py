"""How a curve is made coarse before it is shared: steps put together, and shares in steps that one person cannot show.

Groups that stand side by side are told whole, so what is left after subtraction is a group again, or a sum of groups.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wor_match.evaluation.telling.small import tellable

Counts = NDArray[Any]
DECIMALS = 2  # of a share that is told
A_STEP = 2.0  # how many of the largest moves that one can make go into a step


def put_together(counts: Counts, left: Counts) -> list[tuple[int, int]]:
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
        if tellable([*counts[begin:end].sum(axis=0), left[end - 1]]):
            found.append((begin, end))
    return found


def put_all_together(counts: Counts) -> list[tuple[int, int]]:
    """As `put_together`, with every step in a group; no group at all when the whole has a sum of one to nine.

    Examples
    --------
    >>> put_all_together(np.array([[12], [11], [3]]))
    [(0, 1), (1, 3)]
    """
    found = put_together(counts, np.zeros(len(counts), dtype=np.int64))
    begin = found[-1][1] if found else 0
    while begin < len(counts) and not tellable(counts[begin:].sum(axis=0)):
        if not found:
            return []
        begin = found.pop()[0]
    return [*found, (begin, len(counts))] if begin < len(counts) else found


def finest(steps: Sequence[float], n: float) -> float | None:
    """The finest of some steps that one of so many cannot move a share by more than half; None when none is so coarse.

    Between two neighbours of what is told lie then always two answers that one person more or less would give.

    Examples
    --------
    >>> finest((0.01, 0.05, 0.1, 0.2), 44), finest((0.01, 0.1), 12)
    (0.05, None)
    """
    return next((step for step in steps if step * n >= A_STEP), None)
