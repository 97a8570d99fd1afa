"""Who gets which place when there are fewer places than wishes: the best total there is, with its proof.

Numbers in, numbers out; nothing here knows who somebody is. `Matcher.allocate` does not come here: the worst off first
is no sum, so it shares by `choosing.sharing`. This is for a host with values and loads of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wor_match.choosing.candidates import Codes
from wor_match.choosing.integer_programme import IntegerProgramme
from wor_match.errors import WorMatchError


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """Who gets which place.

    Attributes
    ----------
    choice : ndarray (n_people,)
        The column of each person's activity, -1 for none.
    total : float
        The sum of the values.
    bound : float
        No assignment has a larger sum; equal to `total` when that is proven to be the largest, to a billionth of the
        largest value. It is larger when the search was broken off: then `choice` is the best that was found.
    """

    choice: Codes
    total: float
    bound: float


def assign(value: ArrayLike, capacity: ArrayLike, load: ArrayLike | None = None, place_all: bool = False) -> Assignment:
    """The assignment with the largest total value: each person at most one activity, none over its capacity.

    Parameters
    ----------
    value : array_like (n_people, n_activities)
        What each place is worth; -inf where it is impossible. A place of less than nothing is given only to
        place everybody.
    capacity : array_like (n_activities,)
        How much each activity can take, 0 or more; infinite when that is no matter.
    load : array_like (n_people, n_activities), optional
        What one place takes of the capacity, 0 or more; 1 when left out.
    place_all : bool
        Whether everybody must have a place.

    Raises
    ------
    InfeasibleError
        When everybody must have a place and cannot; `capacity` names the activities that lack, and is empty when
        somebody has no possible activity at all.
    WorMatchError
        When a capacity or load is negative or not a number, a value is NaN or +inf, shapes do not belong together,
        `place_all` is no bool, or the values of places that can be given lie too far apart: the largest more than
        100 million times the smallest but 0.

    Notes
    -----
    The search is broken off after 500 nodes, so the same question always has the same answer. Ordinary questions are
    proven long before; where loads and values pull hard against each other, a gap may be left.

    References
    ----------
    The generalised assignment problem: Martello & Toth, *Knapsack Problems* (1990), chapter 7.

    Examples
    --------
    >>> done = assign([[0.9, 0.8], [0.7, 0.1]], capacity=[1, 1])
    >>> done.choice.tolist(), done.total == done.bound
    ([1, 0], True)
    """
    if not isinstance(place_all, bool | np.bool_):
        raise WorMatchError("`place_all` is neither True nor False; give one of them", code="wrong-type")
    programme = IntegerProgramme.of(value, capacity, load)
    if place_all:
        programme.refuse_who_has_nothing()
    return Assignment(*programme.solved(bool(place_all)))
