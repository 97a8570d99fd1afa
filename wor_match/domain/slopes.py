"""How steep something is between two numbers, also when they are nearly equal."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SMALL = 1e-5  # of a step: below it rounding counts for more than what the slope in the middle leaves out


def slope(rise: Floats, step: Floats, middle: Callable[[], Floats]) -> Floats:
    """Rise over step, and what `middle` gives where the step is nearly nothing.

    Examples
    --------
    >>> slope(np.array([6.0, 0.0]), np.array([3.0, 0.0]), lambda: np.array([2.1, 2.2]))
    array([2. , 2.2])
    """
    near = np.abs(step) < SMALL
    if not near.any():
        return rise / step
    return np.where(near, middle(), rise / np.where(near, 1.0, step))
