"""One person at one activity: from when they took part, until when, and what an answer at four or twelve weeks means."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.pathway.told import after, told
from wor_match.domain.event import Event
from wor_match.pathway.taking_part import TakingPart, taking_part

CHOSE = told("chosen", "p1", 0, activities=["koor"])
HANDED = told("handed_over", "p1", 2, activity="koor", how="called")


def visit(day: int, **fields: Any) -> Event:
    return told("visited", "p1", day, **{"activity": "koor", "attended": True, **fields})


def asked(day: int, status: str, **fields: Any) -> Event:
    return told("followed_up", "p1", day, activity="koor", status=status, **fields)


def stop(day: int, **fields: Any) -> Event:
    return told("stopped", "p1", day, activity="koor", **{"on": after(day).isoformat(), **fields})


def of(*events: Event) -> TakingPart:
    return taking_part("koor", sorted(events, key=lambda one: one.at))  # type: ignore[arg-type]  # because all are of a person


def days(*told: int | None) -> tuple[date | None, ...]:
    return tuple(None if day is None else after(day) for day in told)


@pytest.mark.parametrize(
    ("events", "started", "ended", "why"),
    [
        ([CHOSE], None, None, ""),
        ([CHOSE, HANDED, visit(9), visit(16)], 9, None, ""),
        ([CHOSE, visit(9, attended=False)], None, None, ""),
        ([CHOSE, HANDED, asked(30, "still")], 2, None, ""),  # nobody told of a visit: from the handover
        ([CHOSE, asked(30, "still")], 0, None, ""),  # or from the choice
        ([asked(30, "still"), asked(60, "still")], 30, None, ""),  # or from the first day it was known
        ([CHOSE, asked(30, "never")], None, 30, "never"),
        ([CHOSE, visit(9), asked(30, "other")], 9, 30, "elsewhere"),
        ([CHOSE, visit(9), asked(90, "stopped", reason="practical")], 9, 90, "practical"),
        ([CHOSE, visit(9), asked(90, "stopped", last_week=3)], 9, 9 + 21, ""),
        ([CHOSE, visit(9), asked(20, "stopped", last_week=8)], 9, 20, ""),  # not later than it was told
        ([CHOSE, visit(9), visit(16), asked(90, "stopped", last_week=3)], 9, 9 + 21, ""),  # counted from the first
        ([CHOSE, visit(9), stop(9)], 9, 9, ""),
        ([CHOSE, visit(9), stop(30, reason="health")], 9, 30, "health"),
        ([CHOSE, HANDED, told("stopped", "p1", 30, activity="koor", before="2026-11-25")], 2, 23, ""),
        ([CHOSE, visit(9), stop(30), visit(37)], 9, None, ""),  # came back
        ([CHOSE, visit(9), stop(30), visit(37), stop(50, reason="other")], 9, 50, "other"),
        ([CHOSE, visit(9), visit(40), stop(45, on="2026-12-02")], 9, None, ""),  # day 30: they were there after it
        ([stop(30), stop(40, reason="health")], 30, 40, "health"),
    ],
)
def test_from_when_until_when_and_why(events: list[Event], started: int | None, ended: int | None, why: str) -> None:
    one = of(*events)
    assert (one.started, one.ended) == days(started, ended)
    assert one.why == why


@pytest.mark.parametrize(
    ("events", "end", "started"),
    [
        ([CHOSE, asked(90, "never", reason="practical")], "never", None),  # a reason makes nobody a starter
        ([CHOSE, visit(9), asked(90, "other", reason="moved_on")], "elsewhere", 9),
        ([CHOSE, visit(9), asked(90, "stopped")], "stopped", 9),
        ([CHOSE, stop(30)], "stopped", 0),
        ([CHOSE, visit(9), asked(90, "still")], "", 9),
    ],
)
def test_how_it_ended_is_known_beside_the_reason(events: list[Event], end: str, started: int | None) -> None:
    one = of(*events)
    assert one.end == end
    assert (one.started,) == days(started)


def test_the_latest_choice_and_handover_count() -> None:
    again = of(CHOSE, HANDED, told("chosen", "p1", 20, activities=["koor"]),
               told("handed_over", "p1", 22, activity="koor", how="accompanied"))  # fmt: skip
    assert (again.chosen, again.handed_over) == days(20, 22)
    assert (again.how, again.expected) == ("accompanied", after(22))
    assert of(CHOSE).expected == after(0)
    assert of(visit(3)).expected is None


@pytest.mark.parametrize(
    ("event", "called"),
    [
        (visit(9), None),
        (visit(9, ratings={"welcome": 4}), 9),
        (visit(9, again="yes"), 9),
        (visit(9, ratings={"welcome": 4}, source="organiser"), None),
        (visit(9, attended=False), 9),
        (visit(9, attended=False, source="organiser"), None),
        (asked(9, "still"), 9),
        (stop(9), 9),
    ],
)
def test_who_asked_how_it_was(event: Event, called: int | None) -> None:
    assert (of(CHOSE, event, visit(30, again="yes")).called,) == days(30 if called is None else called)


@pytest.mark.parametrize(
    ("events", "week_4", "week_12"),
    [
        ([visit(0)], None, None),
        ([visit(0), visit(20)], None, None),
        ([visit(0), visit(21)], True, None),  # from a week before
        ([visit(0), asked(69, "still")], True, None),
        ([visit(0), asked(70, "still")], True, True),  # from two weeks before
        ([visit(0), asked(41, "stopped")], False, False),  # told within two weeks of the fourth
        ([visit(0), asked(42, "stopped")], None, False),  # nobody knows whether it was before the fourth week
        ([visit(0), asked(111, "stopped")], None, False),  # told within four weeks of the twelfth
        ([visit(0), asked(112, "stopped")], None, None),
        ([visit(0), asked(112, "stopped", last_week=6)], None, False),
        ([visit(0), visit(30), stop(50)], True, False),
        ([visit(0), visit(22), stop(25)], False, False),  # came in the last week before, and then stopped before it
        ([visit(0), visit(72), stop(83)], True, False),
        ([visit(0), visit(22), stop(28)], True, False),  # on the day itself
        ([visit(0), asked(90, "other")], None, False),
        ([CHOSE, asked(90, "never")], None, None),  # never began: no question of staying
    ],
)
def test_whether_they_still_took_part(events: list[Event], week_4: bool | None, week_12: bool | None) -> None:
    one = of(*events)
    assert (one.still(4), one.still(12)) == (week_4, week_12)


@pytest.mark.parametrize(
    ("events", "week_4", "week_12"),
    [
        ([CHOSE], False, False),
        ([visit(0), asked(20, "still")], False, False),
        ([visit(0), asked(21, "still")], True, False),
        ([visit(0), asked(70, "still")], True, True),
        ([CHOSE, asked(69, "still")], True, False),  # counted from the choice
        ([CHOSE, asked(30, "never")], True, True),
        ([visit(0), stop(5)], True, True),
    ],
)
def test_whether_the_question_was_asked(events: list[Event], week_4: bool, week_12: bool) -> None:
    one = of(*events)
    assert (one.asked_at(4), one.asked_at(12)) == (week_4, week_12)
    assert one.week(4) is not None


def test_without_a_day_there_is_no_week() -> None:
    assert of(visit(0, attended=False)).week(4) is None
    assert "koor" not in repr(of(CHOSE))
