"""Eight weeks put together from weeks are the eight weeks worked out at once."""

from __future__ import annotations

import pickle
from dataclasses import fields
from datetime import date, timedelta

import numpy as np
import pytest

import wor_match as wm
from wor_match.domain.sessions import DAYS_AHEAD, Sessions, sessions_from
from wor_match.domain.timetable import Timetable

DAYS = [
    date(2026, 1, 1) + timedelta(days=step) for step in range(0, 400, 13)
]  # clock changes and a new year among them


def same(one: Sessions, other: Sessions) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in [one.name for one in fields(Sessions)]
    )


def met(*told: tuple[int, int, int]) -> Sessions:
    """Sessions of an activity on a day at a time, an hour each."""
    row, day, start = np.array(told, dtype=np.int64).reshape(-1, 3).T
    return Sessions(row, day, start, start + 60, 10_000 * day + start, 10_000 * day + start + 60)


def test_sessions_that_are_moved_keep_everything_but_the_day() -> None:
    week = met((0, 1, 600), (2, 6, 900))
    moved = week.moved(-3)
    assert moved.day.tolist() == [-2, 3]
    assert week.day.tolist() == [1, 6]
    assert same(moved.moved(3), week)
    assert all(getattr(moved, one.name) is getattr(week, one.name) for one in fields(Sessions) if one.name != "day")


def test_stretches_that_are_joined_lie_by_activity_and_then_in_their_order() -> None:
    joined = Sessions.joined([met((0, 0, 600), (1, 1, 900)), met(), met((0, 7, 480), (2, 8, 540))])
    assert same(joined, met((0, 0, 600), (0, 7, 480), (1, 1, 900), (2, 8, 540)))


@pytest.mark.parametrize("name", ["nieuwegein", "schiedam"])
def test_weeks_put_together_are_what_is_worked_out_at_once(name: str) -> None:
    activities = wm.Matcher(wm.load_catalogue(name)).columns.activities
    timetable = Timetable(activities)
    for day in [*DAYS, *reversed(DAYS)]:
        assert same(timetable.ahead(day), sessions_from(activities, day, day + timedelta(days=DAYS_AHEAD + 1)))


def test_a_timetable_that_travelled_says_the_same(matcher: wm.Matcher) -> None:
    timetable = matcher.columns._timetable
    again = pickle.loads(pickle.dumps(timetable))  # noqa: S301 — our own bytes
    assert same(again.ahead(DAYS[3]), timetable.ahead(DAYS[3]))


def test_no_more_is_kept_than_is_said(matcher: wm.Matcher) -> None:
    timetable = Timetable(matcher.columns.activities[:2])
    for step in range(0, 4 * 365, 5):
        timetable.ahead(date(2025, 1, 1) + timedelta(days=step))
    assert len(timetable._days) <= 8
    assert len(timetable._weeks) <= 160
