"""Which hours fit a week, held against going through it minute by minute."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import clocks
from wor_match.domain.fitting import MINUTES_A_WEEK, Stretches
from wor_match.domain.participant import minutes_of_week
from wor_match.domain.rhythm import WEEKDAYS
from wor_match.domain.sessions import MORE_THAN_ANY_CLOCK, told_apart

windows = st.builds(
    lambda day, start, end: f"{day} {start}-{end}", st.sampled_from(WEEKDAYS), clocks(), clocks()
).filter(lambda told: told[3:8] != told[9:])
spans = st.tuples(st.integers(-3000, MINUTES_A_WEEK), st.integers(1, 3000))


def inside(told: tuple[str, ...], minute: int) -> bool:
    return any(
        start <= minute + week < end
        for start, end in map(minutes_of_week, told)
        for week in (-MINUTES_A_WEEK, 0, MINUTES_A_WEEK)
    )


@given(st.lists(windows, max_size=6).map(tuple), spans)
def test_stretches_hold_and_touch_what_going_minute_by_minute_finds(
    told: tuple[str, ...], span: tuple[int, int]
) -> None:
    begin, lasts = span
    stretches, minutes = Stretches.of(told), range(begin, begin + lasts)
    assert stretches is not None
    begins, ends = np.array([begin]), np.array([begin + lasts])
    found = [inside(told, minute) for minute in minutes]
    assert stretches.hold(begins, ends).tolist() == [all(found)]
    assert stretches.touch(begins, ends).tolist() == [any(found)]


def test_windows_that_touch_are_one_stretch_also_around_monday() -> None:
    stretches = Stretches.of(("zo 22:00-02:00", "ma 02:00-04:00", "ma 03:00-05:00"))
    assert stretches is not None
    night = np.array([-60, MINUTES_A_WEEK - 60]), np.array([300, MINUTES_A_WEEK + 300])
    assert stretches.hold(*night).tolist() == [True, True]
    assert stretches.hold(night[0], night[1] + 1).tolist() == [False, False]


def test_unknown_windows_are_no_stretches_and_none_hold_nothing() -> None:
    nowhere = Stretches.of(())
    assert Stretches.of(None) is None
    assert nowhere is not None
    assert nowhere.hold(np.array([600]), np.array([601])).tolist() == [False]
    assert nowhere.touch(np.array([600]), np.array([601])).tolist() == [False]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 10_079), st.integers(0, 12_000)), max_size=40))
def test_rows_are_told_apart_as_numpy_does(rows: list[tuple[int, int, int]]) -> None:
    told = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    kinds, first, which = told_apart(*told)
    if rows:
        theirs, their_first, their_which = np.unique(told, axis=1, return_index=True, return_inverse=True)
        assert kinds.tolist() == theirs.tolist()
        assert first.tolist() == their_first.tolist()
        assert which.tolist() == their_which.reshape(-1).tolist()
    assert np.array_equal(kinds[:, which], told)


def test_rows_are_told_apart_up_to_the_largest_numbers_that_are_said_to_be_allowed() -> None:
    most = MORE_THAN_ANY_CLOCK - 1
    told = np.array([[0, 0, most], [0, 1, 0], [8_999_999, most, most - 1], [8_999_999, most, most]]).T
    kinds, _, which = told_apart(*told)
    assert (kinds.tolist(), which.tolist()) == (told.tolist(), [0, 1, 2, 3])
