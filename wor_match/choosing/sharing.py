"""Sharing out scarce places: the worst off first, or the largest total; among equals the order of the people decides.

Each goal is one whole number: what matters more stands in higher digits, so that nothing lower can ever outweigh it.
The people come in one by one, each by the cheapest chain of moves (shortest augmenting paths): exact, no rounding.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping, Sequence

import numpy as np

from wor_match.choosing.candidates import NONE, ROUNDED, Codes, Floats

FINE = 10**ROUNDED  # values count to nine decimals
Move = tuple[int, int]  # what it costs, and who moves


def share(value: Floats, capacity: Floats, order: Sequence[int], worst_off_first: bool) -> Codes:
    """The activity of each person, -1 for none, (n_people,).

    Parameters
    ----------
    value : ndarray (n_people, n_activities)
        What each place is worth to them, 0 to 1; -inf where it is impossible. No place is worth 0.
    capacity : ndarray (n_activities,)
        Whole numbers of places; infinite when that is no matter.
    order : sequence of int
        All rows of people: whose value counts first where several ways are equally good.
    worst_off_first : bool
        True: the lowest value is as high as it can be, then the next lowest, and so on. False: the largest sum.

    References
    ----------
    Ahuja, Magnanti & Orlin, *Network Flows* (1993), section 12.4; leximin: Sen, *Collective Choice* (1970), chapter 9.

    Examples
    --------
    >>> value, capacity = np.array([[1.0, 0.9], [1.0, 0.2]]), np.array([1.0, 1.0])
    >>> share(value, capacity, order=[0, 1], worst_off_first=True).tolist()
    [1, 0]
    """
    kept = without_needless(value, capacity)
    costs = worst_off_costs(kept) if worst_off_first else total_costs(kept)
    sharing = Sharing(kept, capacity, costs, order)
    for person in range(len(value)):
        sharing.add(person)
    return sharing.choice


def without_needless(value: Floats, capacity: Floats) -> Floats:
    """The values without scarce places that are worth no more to somebody than one that is there for everybody."""
    plenty = capacity >= np.isfinite(value).sum(axis=0)
    sure = np.where(plenty, value, -math.inf).max(axis=1, initial=-math.inf, keepdims=True)
    kept: Floats = np.where((value > sure) | (plenty & (value == sure)), value, -math.inf)
    return kept


def worst_off_costs(value: Floats) -> Mapping[float, int]:
    """For each value a digit of its own, the lowest value highest: what counts is how many people are there."""
    levels = levels_of(value)
    bits = len(value).bit_length()
    return {level: 1 << bits * (len(levels) - 1 - at) for at, level in enumerate(levels)}


def total_costs(value: Floats) -> Mapping[float, int]:
    """Less for a higher value, in billionths."""
    return {level: round((1 - level) * FINE) for level in levels_of(value)}


def levels_of(value: Floats) -> list[float]:
    """Every value there is, no place included, from low to high."""
    return sorted({0.0, *value[np.isfinite(value)].tolist()})


class Sharing:
    """Who is where while people come in; with everyone who came in so far, no way of sharing costs less.

    Nowhere is one activity more, the last, that holds everybody.

    Parameters
    ----------
    value : ndarray (n_people, n_activities)
    capacity : ndarray (n_activities,)
    costs : mapping
        Value → what it costs.
    order : sequence of int
        Whose value counts first among ways that cost the same.
    """

    def __init__(self, value: Floats, capacity: Floats, costs: Mapping[float, int], order: Sequence[int]) -> None:
        n_people, n_activities = value.shape
        self.choice = np.full(n_people, NONE, dtype=np.int64)
        self.nowhere = n_activities
        self._capacity: list[float] = [*capacity.tolist(), math.inf]
        self._members: list[set[int]] = [set() for _ in self._capacity]
        self._costs = [pair_costs(row, costs) for row in value]
        self._ties, self._tie_bits = ties(self._costs, order)
        self._moves: dict[int, dict[int, Move]] = {}

    def cost(self, person: int, activity: int) -> int:
        """What it costs that somebody is there: the goal in the high digits, what decides among equals below it."""
        return (self._costs[person][activity] << self._tie_bits) + self._ties[person][activity]

    def add(self, person: int) -> None:
        """One person more, by the cheapest chain of moves that ends where somebody fits in."""
        for who, activity in self.cheapest_chain(person):
            if who != person:  # nobody has to leave nowhere: it holds everybody
                self._members[self.choice[who]].discard(who)
            self._members[activity].add(who)
            self._moves.pop(activity, None)  # what somebody left is the next of the chain: somebody comes in there
            self.choice[who] = NONE if activity == self.nowhere else activity

    def cheapest_chain(self, person: int) -> list[tuple[int, int]]:
        """Who goes where so that this person can come in (Bellman-Ford; no cycle of moves saves anything)."""
        far = {one: self.cost(person, one) for one in self._costs[person]}
        came: dict[int, tuple[int, int | None]] = dict.fromkeys(far, (person, None))
        todo = deque(one for one in far if self.is_full(one))
        while todo:
            activity = todo.popleft()
            for other, (more, who) in self.moves_from(activity).items():
                if other not in far or far[activity] + more < far[other]:
                    far[other], came[other] = far[activity] + more, (who, activity)
                    if self.is_full(other) and other not in todo:
                        todo.append(other)
        at: int | None = min((one for one in far if not self.is_full(one)), key=lambda one: far[one])
        chain = []
        while at is not None:
            who, before = came[at]
            chain.append((who, at))
            at = before
        return chain

    def is_full(self, activity: int) -> bool:
        """Whether nobody more can come in."""
        return len(self._members[activity]) + 1 > self._capacity[activity]

    def moves_from(self, activity: int) -> dict[int, Move]:
        """To each other activity the cheapest move of somebody who is here."""
        if activity not in self._moves:
            found: dict[int, Move] = {}
            for who in sorted(self._members[activity]):
                here = self.cost(who, activity)
                for other in self._costs[who]:
                    more = self.cost(who, other) - here
                    if other != activity and (other not in found or more < found[other][0]):
                        found[other] = (more, who)
            self._moves[activity] = found
        return self._moves[activity]


def pair_costs(value: Floats, costs: Mapping[float, int]) -> dict[int, int]:
    """What each possible activity costs one person, the best first, of equals the first; nowhere comes last."""
    told = sorted(np.flatnonzero(np.isfinite(value)).tolist(), key=lambda one: (-value[one], one))
    return {**{one: costs[float(value[one])] for one in told}, len(value): costs[0.0]}


def ties(costs: Sequence[Mapping[int, int]], order: Sequence[int]) -> tuple[list[dict[int, int]], int]:
    """What decides among ways that cost the same, and its bits.

    First how good the place of who goes first is, then of the next; last, in the same order, which of equal places.
    """
    bits = max((len(own) for own in costs), default=1).bit_length()
    turn = {person: len(order) - 1 - at for at, person in enumerate(order)}
    found = []
    for person, own in enumerate(costs):
        rank = {cost: at for at, cost in enumerate(dict.fromkeys(own.values()))}
        shift = bits * turn[person]
        found.append(
            {
                activity: (rank[cost] << shift + bits * len(order)) + (at << shift)
                for at, (activity, cost) in enumerate(own.items())
            }
        )
    return found, 2 * bits * len(order)
