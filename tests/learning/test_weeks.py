"""Weeks that pause, for any timetable: as a slow look at every day of them finds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import schedules
from wor_match.domain.schedule import Schedule
from wor_match.learning.weeks import Weeks

FIRSTS = st.dates(min_value=date(2026, 10, 1), max_value=date(2026, 12, 31))


def plainly_paused(schedule: Schedule, first: date, week: int) -> bool:
    """Day by day: the rule alone would meet in the week, and with every exception it does not."""
    days = [first + timedelta(days=7 * (week - 1) + 1 + step) for step in range(7)]
    rule = schedule.replace(closed=(), cancelled=(), pauses=())
    return any(rule.slots(on) for on in days) and not any(schedule.slots(on) for on in days)


@given(told=schedules(), first=FIRSTS)
@settings(max_examples=300, deadline=None)
def test_any_timetable_pauses_in_the_weeks_that_a_look_at_every_day_finds(told: Any, first: date) -> None:
    schedule = Schedule.model_validate(told)
    found, due = Weeks(first, schedule), [plainly_paused(schedule, first, week) for week in range(1, 13)]
    assert [found.paused(week) for week in range(1, 13)] == due
    assert [found.full(first + timedelta(weeks=week)) for week in range(13)] == [
        week - sum(due[:week]) for week in range(13)
    ]


@given(told=schedules(), first=FIRSTS)
@settings(max_examples=200, deadline=None)
def test_where_nothing_can_keep_it_from_meeting_it_meets_as_its_rule_says(told: Any, first: date) -> None:
    schedule = Schedule.model_validate(told)
    rule = schedule.replace(closed=(), cancelled=(), pauses=())
    days = [first + timedelta(days=step) for step in range(7)]
    if not schedule.may_pause_in(days):
        assert [schedule.slots(on) for on in days] == [rule.slots(on) for on in days]
    assert schedule.pauses_ever or not schedule.may_pause_in(days)


def test_hours_make_no_difference_to_the_weeks_and_days_do() -> None:
    at = {"start": "09:00", "end": "10:00"}, {"start": "19:00", "end": "21:00"}
    one, other, apart = (
        Weeks(date(2026, 12, 1), Schedule.model_validate({"weekly": [{"day": day, **hours}], "cancelled": ["2026-12-07"]}))
        for day, hours in (("ma", at[0]), ("ma", at[1]), ("di", at[0]))
    )  # fmt: skip
    assert one.days is other.days
    assert [one.paused(1), other.paused(1), apart.paused(1)] == [True, True, False]


def test_without_a_timetable_or_a_first_day_no_week_is_said_to_pause() -> None:
    pausing = Schedule.model_validate(
        {"weekly": [{"day": "di", "start": "10:00", "end": "12:00"}], "cancelled": ["2026-12-08"]}
    )
    assert Weeks(date(2026, 12, 1), pausing).paused(1)
    assert not Weeks(date(2026, 12, 1)).paused(1)
    assert not Weeks(None, pausing).paused(1)
