"""What there is to choose from, for one person: what may be shown, and which of it scores most.

Arrays in, rows out; nothing here knows what a person said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]
Bits = NDArray[np.uint64]
Days = NDArray[np.uint8]

NONE = -1  # no row
ROUNDED = 9  # decimals of a score that count for the order
LITTLE_WORTH = 0.35  # below this a suggestion says little of the wish; shown when fewer than two others fit


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Possible activities, in an order that breaks ties (by id); every array has one row for each.

    Attributes
    ----------
    score, worth : ndarray (n,)
        Rounded score, and worth.
    easy : ndarray (n,)
        Whether joining is an easy first step.
    liked : ndarray (n,)
        Whether it has a term that the person likes by name.
    unsure : ndarray (n,)
        Whether a provision the person needs is unknown there.
    group, organiser : ndarray (n,)
        Codes, -1 unknown.
    terms : ndarray (n_numbers, n)
        Which terms it has: each is one bit of one of the numbers.
    weekdays : ndarray (1, n)
        On which days it meets: each is one bit.
    """

    score: Floats
    worth: Floats
    easy: Flags
    liked: Flags
    unsure: Flags
    group: Codes
    organiser: Codes
    terms: Bits
    weekdays: Days

    def showable(self) -> Flags:
        """Which may be shown, (n,)."""
        return showable(self.worth >= LITTLE_WORTH)


def showable(worthy: Flags) -> Flags:
    """Which may be shown, (..., n): all of little worth wait until fewer than two others fit.

    Parameters
    ----------
    worthy : ndarray (..., n)
        Which are not of little worth: of one person's candidates, or of many people's side by side.

    Examples
    --------
    >>> showable(np.array([[True, True, False], [True, False, False]])).tolist()
    [[True, True, False], [True, True, True]]
    """
    few = np.add.reduce(worthy, axis=-1, keepdims=True) < 2
    shown: Flags = worthy | few
    return shown


def by_score(score: Floats, rows: Iterable[int]) -> list[int]:
    """The rows, the highest score first, as far as its decimals count; the first of equals first."""
    counts = np.round(score, ROUNDED)
    return sorted(rows, key=lambda row: (-counts[row], row))
