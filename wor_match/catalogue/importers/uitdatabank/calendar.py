"""The four calendars of UiTdatabank (single, multiple, periodic, permanent) as a schedule.

Closed beats adjusted beats weekly; all bounds inclusive.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from wor_match.catalogue.importers.clock import clock_of, day_of, moment_of
from wor_match.catalogue.importers.event_times import span_of
from wor_match.catalogue.importers.gathering import Notes, Refused
from wor_match.catalogue.importers.item import Found, parts_of
from wor_match.domain.rhythm import NIGHT_ENDS, WEEKDAYS
from wor_match.domain.schedule import LONGEST_WINDOW, ZONE
from wor_match.domain.text import minutes_of

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_DATES = 1_000
CALENDARS = ("single", "multiple", "periodic", "permanent")


def schedule_of(item: Found, notes: Notes) -> Found | None:
    """The calendar: single and multiple become dates, periodic and permanent weekly hours with exceptions."""
    kind = item.get("calendarType")
    if kind is None:
        notes.add("calendarType", "is not there; ask when it is")
        return None
    if kind not in CALENDARS:
        raise Refused(f"has calendarType {str(kind)[:40]!r}; known are {', '.join(CALENDARS)}")
    if kind in ("single", "multiple"):
        spans = parts_of(item, "subEvent", notes) or [item]
        if len(spans) > MOST_DATES:
            notes.add("subEvent", f"has {len(spans)} dates; {MOST_DATES} are kept")
        dates = [dated for number, one in enumerate(spans[:MOST_DATES]) for dated in dated_of(one, number, notes)]
        return {"dates": dates} if dates else None
    adjusted, shut = adjusted_of(item, notes)
    told: Found = {
        "weekly": [slot for hours in parts_of(item, "openingHours", notes) for slot in weekly_of(hours, notes)],
        "closed": [
            {"from": first, "to": last} for first, last in map(stretch, parts_of(item, "openingHoursClosedDays", notes))
        ],
        "adjusted": adjusted,
        "cancelled": shut,
    }
    if not told["weekly"] and not adjusted:
        notes.add("openingHours", "has no hours; ask when it is")
        return None
    return told | (period_of(item) if kind == "periodic" else {})


def period_of(item: Found) -> Found:
    """The first and last day of a periodic calendar, both inclusive."""
    told = {"from": item.get("startDate"), "until": item.get("endDate")}
    return {name: moment_of(moment, ZONE).date() for name, moment in told.items() if moment}


def dated_of(span: Found, number: int, notes: Notes) -> Iterator[Found]:
    """A moment or a stretch on one day; a stretch over days is kept for its first day."""
    status = span.get("status")
    kind = status.get("type") if isinstance(status, dict) else status
    if kind == "Unavailable":
        return
    if kind == "TemporarilyUnavailable":
        notes.add(f"subEvent.{number}", "is put off, and nobody says until when; left out")
        return
    try:
        if not span.get("endDate"):
            raise Refused("no end")
        yield span_of(span, notes)
    except Refused as fault:
        notes.add(f"subEvent.{number}", f"has no start and end that can be read ({fault})")


def weekly_of(hours: Found, notes: Notes) -> list[Found]:
    """Opening hours as one weekly rule a day."""
    names = hours.get("dayOfWeek")
    if not isinstance(names, list):
        notes.add("openingHours", "has no list of days")
        return []
    try:
        opens, closes = clock_of(hours.get("opens")), clock_of(hours.get("closes"))
        days = [day_named(name) for name in names]
    except Refused as fault:
        notes.add("openingHours", str(fault))
        return []
    if opens == "24:00" or NIGHT_ENDS < minutes_of(closes) < minutes_of(opens):
        notes.add("openingHours", f"closes {closes} before it opens {opens}; left out")
        return []
    return [{"day": day, "start": opens, "end": closes} for day in days]


def adjusted_of(item: Found, notes: Notes) -> tuple[list[Found], list[date]]:
    """Days with other hours, and days in those stretches that have none."""
    adjusted: list[Found] = []
    shut: list[date] = []
    for one in parts_of(item, "openingHoursAdjustedDays", notes):
        first, last = stretch(one)
        weekly = [slot for hours in parts_of(one, "openingHours", notes) for slot in weekly_of(hours, notes)]
        for step in range((last - first).days + 1):
            on = first + timedelta(days=step)
            slots = [slot for slot in weekly if slot["day"] == WEEKDAYS[on.weekday()]]
            adjusted += [{"date": on, "start": slot["start"], "end": slot["end"]} for slot in slots]
            shut += [] if slots else [on]
    return adjusted, shut


def stretch(told: Found) -> tuple[date, date]:
    """First and last day, of at most two years."""
    first, last = day_of(told.get("startDate")), day_of(told.get("endDate"))
    if last - first > LONGEST_WINDOW:
        raise Refused("has a stretch of days of more than two years")
    return first, last


def day_named(name: Any) -> str:
    """A day of the week in short Dutch."""
    if name not in DAYS:
        raise Refused(f"has {str(name)[:40]!r} among the days of the week")
    return WEEKDAYS[DAYS.index(name)]
