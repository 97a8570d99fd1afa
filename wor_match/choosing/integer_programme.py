"""The mixed-integer programme of an assignment, solved by HiGHS: possible pairs, what they take, and what lacks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wor_match.choosing.slate import NONE, Codes, Floats
from wor_match.errors import InfeasibleError, WorMatchError

EXACT = 1e-9  # sums of loads and values are compared to this precision, relative to the largest
SCALE = 1e3  # the largest value as the solver sees it, so that its absolute gap of 1e-6 is below EXACT
ORDINARY = (0.01, 1e4)  # largest loads that the solver takes as they are
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
                " and (n_activities,)"
            )
        if np.isnan(worth).any() or (worth == math.inf).any():
            raise WorMatchError("a value is NaN or +inf; give a number, or -inf where a place is impossible")
        takes = np.ones_like(worth) if load is None else amounts(load, "load", worth.shape)
        person, activity = np.nonzero(np.isfinite(worth))
        return cls(worth, most, takes, person, activity)

    @property
    def largest(self) -> float:
        """The largest value in size."""
        return float(np.abs(self.value[self.person, self.activity]).max(initial=0.0))

    def refuse_who_has_nothing(self) -> None:
        """An InfeasibleError when somebody has no possible activity at all."""
        lost = np.flatnonzero(~np.isfinite(self.value).any(axis=1))
        if len(lost):
            raise InfeasibleError(
                f"person in row {lost[0]} has no possible activity, so not everybody can be placed;"
                " leave them out, or leave out `place_all`"
            )

    def solved(self, place_all: bool) -> tuple[Codes, float]:
        """The best choice of each person, and the proven bound of the total."""
        alone = self.load[self.person, self.activity] <= self.capacity_with_rounding()[self.activity]
        fitting = replace(self, person=self.person[alone], activity=self.activity[alone])
        covers: list[Codes] = []
        while True:
            worth = fitting.value[fitting.person, fitting.activity]
            scale = SCALE / (self.largest or 1.0)
            found = fitting.optimum(-scale * worth, place_all, covers) if len(worth) else None
            if found is None and place_all and len(self.value):
                raise self.infeasible()
            if found is None:
                return np.full(len(self.value), NONE), 0.0
            choice = fitting.choice_of(found.x)
            more = list(fitting.too_full(choice))
            if not more:
                return choice, -found.mip_dual_bound / scale + 0.0
            covers += more

    def capacity_with_rounding(self) -> Floats:
        """What each activity can take, with what adding up in floating point may cost."""
        most: Floats = self.capacity * (1 + EXACT)
        return most

    def optimum(self, cost: Floats, place_all: bool, covers: list[Codes], grows: bool = False) -> Any:
        """What HiGHS finds at least cost; None when nothing is feasible.

        With `grows` there is one more variable for each activity: whether it may take everybody.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp

        n = len(cost)
        everyone = np.ones(len(self.value))
        rows = [LinearConstraint(self.by(self.person, len(self.value), n), everyone * place_all, everyone)]
        rows.append(self.capacities(n, grows))
        if covers:
            rows.append(LinearConstraint(self.covered(covers, n), -math.inf, [len(one) - 1.0 for one in covers]))
        found = milp(cost, integrality=np.ones(n), bounds=Bounds(0, 1), constraints=rows, options={"mip_rel_gap": 0.0})
        if found.status == INFEASIBLE:
            return None
        if found.x is None:
            raise WorMatchError(f"the assignment could not be worked out: {found.message}")
        return found

    def by(self, row: Codes, n_rows: int, n: int, entry: Floats | None = None) -> Any:
        """A sparse matrix (n_rows, n) with one entry for each pair."""
        from scipy.sparse import csr_array

        told = np.ones(len(row)) if entry is None else entry
        return csr_array((told, (row, np.arange(len(row)))), shape=(n_rows, n))

    def capacities(self, n: int, grows: bool) -> Any:
        """No activity takes more than it can; a row of tiny or huge loads is scaled, for the solver's tolerance."""
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        n_activities = len(self.capacity)
        taken = self.load[self.person, self.activity]
        largest = np.zeros(n_activities)
        np.maximum.at(largest, self.activity, taken)
        largest[(largest == 0) | ((largest > ORDINARY[0]) & (largest < ORDINARY[1]))] = 1.0
        matrix = self.by(self.activity, n_activities, n, taken / largest[self.activity])
        if grows:
            everything = np.bincount(self.activity, taken, n_activities) / largest
            at = np.arange(n_activities)
            matrix = matrix - csr_array((everything, (at, len(self.person) + at)), shape=(n_activities, n))
        return LinearConstraint(matrix, -math.inf, self.capacity / largest)

    def covered(self, covers: list[Codes], n: int) -> Any:
        """For each set of pairs that do not fit together, which pairs they are."""
        from scipy.sparse import csr_array

        row = np.repeat(np.arange(len(covers)), [len(one) for one in covers])
        return csr_array((np.ones(len(row)), (row, np.concatenate(covers))), shape=(len(covers), n))

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
        found = self.optimum(np.concatenate([np.zeros(len(self.person)), growing]), True, [], grows=True)
        lacking = [int(at) for at in np.flatnonzero(found.x[len(self.person) :] > 0.5)]
        which = ", ".join(map(str, lacking))
        return InfeasibleError(
            f"not everybody can be placed: the capacity of activity {which} lacks; make it larger,"
            " or leave out `place_all`",
            lacking,
        )


def numbers(told: ArrayLike, name: str) -> Floats:
    """An array of numbers."""
    try:
        return np.array(told, dtype=np.float64)
    except (TypeError, ValueError):
        raise WorMatchError(f"{name} is no array of numbers; give numbers in rows of equal length") from None


def amounts(told: ArrayLike, name: str, shape: tuple[int | None, ...], infinite: bool = False) -> Floats:
    """An array of this shape with numbers of 0 or more."""
    found = numbers(told, name)
    if len(found.shape) != len(shape) or any(n not in (None, m) for n, m in zip(shape, found.shape, strict=True)):
        raise WorMatchError(f"{name} has shape {found.shape}; give {'(n_activities,)' if None in shape else shape}")
    if np.isnan(found).any() or (found < 0).any() or not (infinite or np.isfinite(found).all()):
        raise WorMatchError(f"a {name} is negative or no number; give 0 or more")
    return found
