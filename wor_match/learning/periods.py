"""In which periods was each person at risk of an event: one row per person and period, numbers only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
MOST_PERIODS = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class PersonPeriods:
    """One row for every period in which somebody was at risk, in the order of the people.

    Attributes
    ----------
    row : ndarray (n_rows,)
        Which person: the position in the arrays given.
    period : ndarray (n_rows,)
        Which period, counted from 1.
    event : ndarray (n_rows,)
        1 in the last period of who had the event, else 0.
    """

    row: Ints
    period: Ints
    event: Ints


def person_periods(duration: ArrayLike, event: ArrayLike, entry: ArrayLike | None = None) -> PersonPeriods:
    """The periods entry+1 … duration of each person; who is censored has no event in the last one.

    Parameters
    ----------
    duration : array_like (n_people,)
        The last period in which the person was followed: 0, 1, 2, …
    event : array_like (n_people,)
        1 when the event happened in that period, 0 when following ended without it.
    entry : array_like (n_people,), optional
        How many periods had passed when following began; 0 for everybody when left out. Who enters at the end
        (entry = duration) was never seen at risk and has no rows.

    Returns
    -------
    PersonPeriods

    Raises
    ------
    ValueError
        For arrays of different lengths, numbers that are not whole or below 0, an event that is not 0 or 1, an
        entry after the duration, and an event of somebody who was never seen at risk.

    References
    ----------
    Singer and Willett (2003), Applied Longitudinal Data Analysis, chapters 10-12.

    Examples
    --------
    >>> seen = person_periods(duration=[2, 3], event=[1, 0], entry=[0, 1])
    >>> seen.row, seen.period, seen.event
    (array([0, 0, 1, 1]), array([1, 2, 2, 3]), array([0, 1, 0, 0]))
    """
    last, happened = whole("duration", duration), whole("event", event)
    passed = np.zeros_like(last) if entry is None else whole("entry", entry)
    for name, numbers in (("event", happened), ("entry", passed)):
        if len(numbers) != len(last):
            raise ValueError(f"{name}: {len(numbers)} numbers for {len(last)} durations; give one for each person.")
    refuse("event", happened > 1, happened, "is neither 0 (no event) nor 1 (event)")
    refuse("entry", passed > last, passed, "lies after the duration; an entry is at most the duration")
    unseen = (happened == 1) & (passed == last)
    refuse("event", unseen, happened, "is an event before following began; give 0, or an entry below the duration")
    n_periods = last - passed
    row = np.repeat(np.arange(len(last)), n_periods)
    before = np.cumsum(n_periods) - n_periods  # rows of the people before this one
    period = passed[row] + 1 + np.arange(len(row)) - before[row]
    return PersonPeriods(row, period, np.where(period == last[row], happened[row], 0))


def whole(name: str, values: ArrayLike) -> Ints:
    """The values as whole numbers from 0."""
    given = np.asarray(values)
    if given.ndim != 1 or given.dtype.kind not in "biufO":
        raise ValueError(f"{name}: an array of {given.ndim} dimensions and type {given.dtype}; give a row of numbers.")
    numbers = given.astype(np.float64)
    wrong = ~np.isfinite(numbers) | (numbers < 0) | (numbers != np.floor(numbers))
    refuse(name, wrong, given, "is not a whole number from 0")
    refuse(name, numbers > MOST_PERIODS, given, f"is more than {MOST_PERIODS} periods; take longer ones")
    return numbers.astype(np.int64)


def refuse(name: str, wrong: NDArray[np.bool_], values: NDArray[np.generic], why: str) -> None:
    """Stop at the first wrong value, with its place."""
    if wrong.any():
        index = int(np.argmax(wrong))
        raise ValueError(f"{name}[{index}]: {values[index]} {why}.")
