"""The mixed-integer programme of an assignment, solved by HiGHS: possible pairs, what they take, and what lacks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wor_match.choosing.candidates import NONE, Codes, Floats
from wor_match.errors import InfeasibleError, WorMatchError

EXACT = 1e-9  # sums of loads and values are compared to this precision, relative to the largest
ADDING = 1e-12  # what adding up in floating point may cost, relative to the sum
FAR_APART = 1e8  # times the smallest value: a larger one beside it is beyond what the solver tells apart for sure
SIZES = (1e-100, 1e100)  # of every number but 0: products and sums of these are numbers too
SCALE = 1e3  # the largest value as the solver sees it, so that its absolute gap of 1e-6 is below EXACT
ORDINARY = (0.01, 1e4)  # loads that the solver takes as they are
MOST_NODES = 500  # of the search; an ordinary question takes fewer than a hundred, a hard one would take days
INFEASIBLE = 2  # status of scipy.optimize.milp


@dataclass(frozen=True, slots=True, eq=False)
class IntegerProgramme:
    """The mixed-integer programme: one variable for each possible pair of a person and an activity.

    Attributes
    ----------
    value, load : ndarray (n_people, n_activities)
    capacity : ndarray (n_activities,)
    person, activity : ndarray (n_pairs,)
        The possible pairs.
    """

    value: Floats
    capacity: Floats
    load: Floats
    person: Codes
    activity: Codes

    @classmethod
    def of(cls, value: ArrayLike, capacity: ArrayLike, load: ArrayLike | None) -> IntegerProgramme:
        """The programme of input that is sound; else a WorMatchError that says what is allowed."""
        most = amounts(capacity, "capacity", (None,), infinite=True)
        worth = numbers(value, "value")
        worth = worth.reshape(0, len(most)) if worth.shape == (0,) else worth
        if worth.ndim != 2 or worth.shape[1] != len(most):
            raise WorMatchError(
                f"value has shape {worth.shape} and capacity {most.shape}; give (n_people, n_activities)"
                " and (n_activities,)",
                code="other-length",
            )
        if np.isnan(worth).any() or (worth == math.inf).any():
            raise WorMatchError(
                "a value is NaN or +inf; give a number, or -inf where a place is impossible", code="out-of-range"
            )
        takes = np.ones_like(worth) if load is None else amounts(load, "load", worth.shape)
        person, activity = np.nonzero(np.isfinite(worth))
        return cls(worth, most, takes, person, activity)

    @property
    def worth(self) -> Floats:
        """The value of each pair, (n_pairs,)."""
        return self.value[self.person, self.activity]

    def usable(self, place_all: bool) -> IntegerProgramme:
        """The same with the pairs that can be in an answer: each fits alone, and is worth 0 or more if one may wait."""
        fits = self.load[self.person, self.activity] <= self.capacity_with_rounding()[self.activity]
        fits &= place_all | (self.worth >= 0)
        return replace(self, person=self.person[fits], activity=self.activity[fits])

    def largest(self) -> float:
        """The largest value in size, 0 when there is none; a WorMatchError when the solver could not tell all apart."""
        size = np.abs(self.worth[self.worth != 0])
        largest, smallest = float(size.max(initial=0.0)), float(size.min(initial=math.inf))
        if largest > FAR_APART * smallest:
            raise WorMatchError(
                "the values of places that can be given lie too far apart: the largest is over 100 million times the"
                " smallest; give 0 for what is worth next to nothing, and -inf for what should not be given",
                code="out-of-range",
            )
        return largest

    def refuse_who_has_nothing(self) -> None:
        """An InfeasibleError when somebody has no possible activity at all."""
        lost = np.flatnonzero(~np.isfinite(self.value).any(axis=1))
        if len(lost):
            raise InfeasibleError(
                f"person in row {lost[0]} has no possible activity, so not everybody can be placed;"
                " leave them out, or leave out `place_all`"
            )

    def solved(self, place_all: bool) -> tuple[Codes, float, float]:
        """The best choice of each person that was found, its total, and the bound of every total."""
        usable = self.usable(place_all)
        largest = usable.largest()
        scale = SCALE / (largest or 1.0)
        covers: list[Codes] = []
        while True:
            found = usable.optimum(-scale * usable.worth, place_all, covers) if len(usable.person) else None
            if found is None and place_all and len(self.value):
                raise self.infeasible()
            if found is None:
                return np.full(len(self.value), NONE), 0.0, 0.0
            choice = usable.choice_of(found.x)
            more = list(usable.too_full(choice))
            if not more:
                break
            covers += more
        at = np.flatnonzero(choice != NONE)
        total = math.fsum(self.value[at, choice[at]])
        bound = -found.mip_dual_bound / scale
        proven = bound - total <= EXACT * largest + ADDING * abs(total)
        return choice, total, total if proven else bound

    def capacity_with_rounding(self) -> Floats:
        """What each activity can take, with what adding up in floating point may cost."""
        most: Floats = self.capacity * (1 + EXACT)
        return most

    def optimum(self, cost: Floats, place_all: bool, covers: list[Codes], grows: bool = False) -> Any:
        """What HiGHS finds at least cost within so many nodes; None when nothing is feasible.

        With `grows` there is one more variable for each activity: whether it may take everybody.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp

        n = len(cost)
        everyone = np.ones(len(self.value))
        rows = [LinearConstraint(self.by(self.person, len(self.value), n), everyone * place_all, everyone)]
        rows.append(self.capacities(n, grows))
        if covers:
            full = [len(one) - 1.0 for one in covers]
            rows.append(LinearConstraint(self.covered(covers, n, grows), -math.inf, full))
        options = {"mip_rel_gap": 0.0, "node_limit": MOST_NODES}
        found = milp(cost, integrality=np.ones(n), bounds=Bounds(0, 1), constraints=rows, options=options)
        if found.status == INFEASIBLE:
            return None
        if found.x is None:
            raise WorMatchError(
                "no way to place everybody was found, and none was shown not to exist; give more capacity, or leave out"
                " `place_all`",
                code="no-place-for-all",
            )
        return found

    def by(self, row: Codes, n_rows: int, n: int, entry: Floats | None = None) -> Any:
        """A sparse matrix (n_rows, n) with one entry for each pair."""
        from scipy.sparse import csr_array

        told = np.ones(len(row)) if entry is None else entry
        return csr_array((told, (row, np.arange(len(row)))), shape=(n_rows, n))

    def capacities(self, n: int, grows: bool) -> Any:
        """No activity takes more than it can; where the sizes of loads are not ordinary, in parts of the capacity."""
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        n_activities = len(self.capacity)
        taken, most = self.in_parts()
        everything = np.bincount(self.activity, taken, n_activities)
        matrix = self.by(self.activity, n_activities, n, taken)
        if grows:
            at = np.arange(n_activities)
            matrix = matrix - csr_array((everything, (at, len(self.person) + at)), shape=(n_activities, n))
        return LinearConstraint(matrix, -math.inf, np.where(everything > most, most, math.inf))

    def in_parts(self) -> tuple[Floats, Floats]:
        """What each pair takes and each activity can take, as the solver sees it: it allows a millionth too much.

        What does not fit alone counts twice the capacity, whatever its size.
        """
        taken, room = self.load[self.person, self.activity], self.capacity
        odd = np.zeros(len(room), dtype=bool)
        odd[self.activity[(taken > 0) & ((taken < ORDINARY[0]) | (taken > ORDINARY[1]))]] = True
        scale = np.where(odd & (room > 0) & np.isfinite(room), room, 1.0)
        parts = np.minimum(taken, 2 * room[self.activity]) / scale[self.activity]
        return np.where((taken > 0) & (room[self.activity] == 0), 1.0, parts), room / scale

    def covered(self, covers: list[Codes], n: int, grows: bool) -> Any:
        """For each set of pairs that do not fit together, which pairs they are; where it grows, they do."""
        from scipy.sparse import csr_array

        sizes = [len(one) for one in covers]
        at = np.arange(len(covers))
        row, column, entry = np.repeat(at, sizes), np.concatenate(covers), np.ones(sum(sizes))
        if grows:
            grown = [len(self.person) + self.activity[one[0]] for one in covers]
            row, column = np.concatenate([row, at]), np.concatenate([column, grown])
            entry = np.concatenate([entry, -np.array(sizes, dtype=np.float64)])
        return csr_array((entry, (row, column)), shape=(len(covers), n))

    def choice_of(self, x: Floats) -> Codes:
        """The activity of each person, -1 for none."""
        choice = np.full(len(self.value), NONE)
        taken = x[: len(self.person)] > 0.5
        choice[self.person[taken]] = self.activity[taken]
        return choice

    def too_full(self, choice: Codes) -> Iterator[Codes]:
        """The pairs of each activity that takes more than it can: the solver allows a millionth, we do not."""
        taken = choice[self.person] == self.activity
        for activity, most in enumerate(self.capacity_with_rounding()):
            pairs = np.flatnonzero(taken & (self.activity == activity))
            if math.fsum(self.load[self.person[pairs], activity]) > most:
                yield pairs

    def infeasible(self) -> InfeasibleError:
        """The error that names the fewest activities that would have to grow; of equals the first."""
        n = len(self.capacity)
        growing = 1 + np.arange(n) / (n * n + 1)  # all ties together count for less than one activity
        cost = np.concatenate([np.zeros(len(self.person)), growing])
        covers: list[Codes] = []
        while True:
            found = self.optimum(cost, True, covers, grows=True)
            lacking = [int(at) for at in np.flatnonzero(found.x[len(self.person) :] > 0.5)]
            more = [pairs for pairs in self.too_full(self.choice_of(found.x)) if self.activity[pairs[0]] not in lacking]
            if not more:
                break
            covers += more
        which = ", ".join(map(str, lacking))
        return InfeasibleError(
            f"not everybody can be placed: the capacity of activity {which} lacks; make it larger,"
            " or leave out `place_all`",
            lacking,
        )


def numbers(told: ArrayLike, name: str) -> Floats:
    """An array of numbers; nothing masked, no words, dates or complex numbers, which float64 would take."""
    try:
        found = np.asarray(told)
        plain = not any(map(np.ma.isMaskedArray, [told, *(told if isinstance(told, Sequence) else ())]))
        real = found.dtype.kind == "O" and all(isinstance(one, Real) for one in found.ravel())
        if plain and (real or found.dtype.kind in "biuf"):
            return in_size(np.array(found, dtype=np.float64), name)
    except (TypeError, ValueError, OverflowError):
        pass
    raise WorMatchError(f"{name} is no array of numbers; give numbers in rows of equal length", code="no-number")


def in_size(found: Floats, name: str) -> Floats:
    """The same, when every number but 0 and infinity has a size that can be reckoned with."""
    size = np.abs(found[np.isfinite(found) & (found != 0)])
    if ((size < SIZES[0]) | (size > SIZES[1])).any():
        raise WorMatchError(
            f"a {name} is larger than 1e100, or smaller than 1e-100 and not 0; give an ordinary number",
            code="out-of-range",
        )
    return found


def amounts(told: ArrayLike, name: str, shape: tuple[int | None, ...], infinite: bool = False) -> Floats:
    """An array of this shape with numbers of 0 or more."""
    found = numbers(told, name)
    if len(found.shape) != len(shape) or any(n not in (None, m) for n, m in zip(shape, found.shape, strict=True)):
        raise WorMatchError(
            f"{name} has shape {found.shape}; give {'(n_activities,)' if None in shape else shape}", code="other-length"
        )
    if np.isnan(found).any() or (found < 0).any() or not (infinite or np.isfinite(found).all()):
        raise WorMatchError(f"a {name} is negative or no number; give 0 or more", code="out-of-range")
    return found
