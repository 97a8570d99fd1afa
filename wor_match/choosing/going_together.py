"""Which sets go together: no clash, within the budget, not too often, and unlike each other.

Arrays in, sets of rows out; nothing here knows what a person said. Within the candidates given the search is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wor_match.choosing.candidates import Codes, Flags, Floats

MOST_CANDIDATES = 40  # of which sets of four are still few enough to look at all (91,390); an assumption
SAME = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What decides whether candidates go together; every array has one row for each.

    Attributes
    ----------
    sessions : sequence of (n_sessions, 2) ndarray
        When each begins and ends, in minutes of one clock that never jumps (UTC).
    way : ndarray (n, n)
        Minutes from one to the other.
    euro : ndarray (n,)
        Euro a month; what is unknown counts nothing.
    visits : ndarray (n, n_weeks)
        How often one goes there in each week.
    spend : float
        Euro a month there is to spend on all together; infinite when nobody said.
    times : float
        How often a week one wants to go somewhere; infinite when nobody said.
    """

    sessions: Sequence[Codes]
    way: Floats
    euro: Floats
    visits: Codes
    spend: float = np.inf
    times: float = np.inf

    def apart(self) -> Flags:
        """Which candidates never clash with which, (n, n): no session overlaps one of the other, the way included."""
        n = len(self.sessions)
        found = np.zeros((n, n), dtype=bool)
        for one in range(n):
            for other in range(one):
                found[one, other] = not clash(self.sessions[one], self.sessions[other], self.way[one, other])
        return found | found.T

    def affordable(self, sets: Codes) -> Flags:
        """Which sets cost no more together than there is to spend, (n_sets,)."""
        return np.asarray(self.euro[sets].sum(axis=1) <= self.spend + SAME)

    def seldom(self, sets: Codes) -> Flags:
        """Which sets ask no more of any week than one wants, (n_sets,)."""
        return np.asarray(self.visits[sets].sum(axis=1).max(axis=1, initial=0) <= self.times)


def clash(one: Codes, other: Codes, way: float) -> bool:
    """Whether somebody cannot be at every session of both, with so many minutes on the way between.

    Examples
    --------
    >>> morning, noon = np.array([[600, 660]]), np.array([[670, 700]])
    >>> clash(morning, noon, 10.0), clash(morning, noon, 11.0)
    (False, True)
    """
    before = one[:, 0, None] < np.maximum(other[:, 1], other[:, 0] + 1) + way
    after = other[:, 0] < np.maximum(one[:, 1], one[:, 0] + 1)[:, None] + way
    return bool((before & after).any())


def sets_of(apart: Flags, size: int) -> Codes:
    """Every set of so many candidates that may all be together, (n_sets, size), in order of their numbers.

    Examples
    --------
    >>> sets_of(np.array([[False, True, True], [True, False, False], [True, False, False]]), 2).tolist()
    [[0, 1], [0, 2]]
    """
    n = len(apart)
    sets = np.arange(n, dtype=np.int64)[:, None]
    for _ in range(size - 1):
        fits = apart[sets].all(axis=1) & (np.arange(n) > sets[:, -1:])
        at, more = np.nonzero(fits)
        sets = np.column_stack([sets[at], more])
    return sets


def serving_most(served: Floats, focus: Floats) -> Flags:
    """The sets that serve as many dimensions of the focus as any of them does, (n_sets,).

    Parameters
    ----------
    served : ndarray (n_sets, n_dimensions)
        How much the set serves each dimension.
    focus : ndarray (n_dimensions,)
        What each dimension counts; 0 is not asked for.
    """
    how_many = (served[:, focus > 0] > 0).sum(axis=1)
    return np.asarray(how_many == how_many.max(initial=0))


def varied(sets: Sequence[tuple[int, ...]], n: int) -> list[int]:
    """The first n of these sets, in order; one that shares all but one with a set before it only when nothing else is.

    Examples
    --------
    >>> varied([(0, 1), (0, 2), (3, 4)], 2)
    [0, 2]
    """
    taken: list[int] = []
    for number, one in enumerate(sets):
        if len(taken) < n and not any(nearly_the_same(one, sets[other]) for other in taken):
            taken.append(number)
    rest = [number for number in range(len(sets)) if number not in taken] if len(taken) < n else []
    return sorted([*taken, *rest[: n - len(taken)]])


def nearly_the_same(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether two sets share all but one."""
    return len(set(one) & set(other)) >= max(len(one), len(other)) - 1
