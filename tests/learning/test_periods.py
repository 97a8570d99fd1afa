"""Periods at risk: counted by hand, and for any people."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wor_match.learning.periods import person_periods

# duration, event, and how long before the end following began
PEOPLE = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 1), st.integers(0, 20)), max_size=12)


def test_one_stops_in_the_second_period_and_one_is_still_there_after_three() -> None:
    seen = person_periods([2, 3], [1, 0])
    assert seen.row.tolist() == [0, 0, 1, 1, 1]
    assert seen.period.tolist() == [1, 2, 1, 2, 3]
    assert seen.event.tolist() == [0, 1, 0, 0, 0]


def test_at_risk_are_six_four_and_three() -> None:
    seen = person_periods(np.array([1, 1, 2, 3, 3, 3]), np.array([1, 0, 1, 1, 0, 0]))
    assert [int((seen.period == week).sum()) for week in (1, 2, 3)] == [6, 4, 3]
    assert [int(seen.event[seen.period == week].sum()) for week in (1, 2, 3)] == [1, 1, 1]


def test_late_entry_starts_at_the_next_period() -> None:
    seen = person_periods([5], [1], entry=[2])
    assert (seen.row.tolist(), seen.period.tolist(), seen.event.tolist()) == ([0, 0, 0], [3, 4, 5], [0, 0, 1])


def test_who_enters_at_the_end_has_no_rows() -> None:
    seen = person_periods([0, 4, 1], [0, 0, 1], entry=[0, 4, 0])
    assert (seen.row.tolist(), seen.period.tolist(), seen.event.tolist()) == ([2], [1], [1])


def test_nobody_has_no_rows() -> None:
    seen = person_periods([], [])
    assert [len(array) for array in (seen.row, seen.period, seen.event)] == [0, 0, 0]
    assert {array.dtype.kind for array in (seen.row, seen.period, seen.event)} == {"i"}


def test_whole_floats_and_booleans_are_numbers() -> None:
    seen = person_periods(np.array([2.0]), np.array([True]))
    assert seen.event.tolist() == [0, 1]


@given(PEOPLE)
def test_everybody_has_the_periods_between_entry_and_duration(people: list[tuple[int, int, int]]) -> None:
    entry = [max(0, duration - followed) for duration, _, followed in people]
    people = [(last, event * (last > began), how) for (last, event, how), began in zip(people, entry, strict=True)]
    seen = person_periods([person[0] for person in people], [person[1] for person in people], entry)
    assert (np.diff(seen.row) >= 0).all()
    for index, (duration, event, _) in enumerate(people):
        own = seen.row == index
        assert seen.period[own].tolist() == list(range(entry[index] + 1, duration + 1))
        due = [0] * (duration - entry[index])
        due[-1:] = [event] if due else []
        assert seen.event[own].tolist() == due


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (([1, 2.5], [0, 0]), "duration[1]: 2.5 is not a whole number"),
        (([1, -1], [0, 0]), "duration[1]: -1 is not a whole number"),
        (([np.nan], [0]), "duration[0]: nan is not a whole number"),
        (([np.inf], [0]), "duration[0]: inf is not a whole number"),
        (([None], [0]), "duration[0]: None is not a whole number"),
        ((["3"], [0]), "duration: an array of 1 dimensions and type <U1"),
        (([[3]], [0]), "duration: an array of 2 dimensions"),
        (([1e300], [0]), "duration[0]: 1e+300 is more than 100000 periods"),
        (([1, 1], [0, 2]), "event[1]: 2 is neither 0 (no event) nor 1 (event)"),
        (([1, 1], [0, np.nan]), "event[1]: nan is not a whole number"),
        (([1, 1], [0]), "event: 1 numbers for 2 durations"),
        (([1, 1], [0, 1], [0]), "entry: 1 numbers for 2 durations"),
        (([1, 1], [0, 1], [0, 2]), "entry[1]: 2 lies after the duration"),
        (([0, 3], [0, 1], [0, 3]), "event[1]: 1 is an event before following began"),
        (([0], [1]), "event[0]: 1 is an event before following began"),
        (([1, 1], [0, 1], [0, -1]), "entry[1]: -1 is not a whole number"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(arguments: tuple[list[object], ...], sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        person_periods(*arguments)
