"""The four calendars of UiTdatabank (single, multiple, periodic, permanent) as a schedule.

Closed beats adjusted beats weekly; all bounds inclusive.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from wor_match.catalogue.importers.feed import Found, Notes, Refused, parts_of
from wor_match.domain.rhythm import WEEKDAYS
from wor_match.domain.schedule import LONGEST_WINDOW, ZONE

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NIGHT_ENDS = 6  # o'clock


def schedule_of(item: Found, notes: Notes) -> Found | None:
    """The calendar: single and multiple become dates, periodic and permanent weekly hours with exceptions."""
    kind = item.get("calendarType")
    if kind in ("single", "multiple"):
        spans = parts_of(item, "subEvent", notes) or [item]
        return {"dates": [dated for number, one in enumerate(spans) for dated in dated_of(one, number, notes)]}
    if kind is None:
        notes.add("calendarType", "is not there; ask when it is")
        return None
    if kind not in ("periodic", "permanent"):
        raise Refused(f"has calendarType {str(kind)[:40]!r}; known are single, multiple, periodic and permanent")
    bounds = (
        [moment_of(item[name]).date() for name in ("startDate", "endDate") if item.get(name)]
        if kind == "periodic"
        else []
    )
    told: Found = {
        "weekly": [slot for hours in parts_of(item, "openingHours", notes) for slot in weekly_of(hours, notes)]
    }
    if len(bounds) == 2:
        told |= {"from": bounds[0], "until": bounds[1]}
    told["closed"] = [
        {"from": first, "to": last} for first, last in map(stretch, parts_of(item, "openingHoursClosedDays", notes))
    ]
    adjusted, shut = adjusted_of(item, notes)
    told |= {"adjusted": adjusted, "cancelled": shut}
    return told if told["weekly"] or adjusted else None


def dated_of(span: Found, number: int, notes: Notes) -> Iterator[Found]:
    """A moment or a stretch on one day; a stretch over days is kept for its first day."""
    try:
        start, end = moment_of(span.get("startDate")), moment_of(span.get("endDate"))
    except Refused as fault:
        notes.add(f"subEvent.{number}", f"has no start and end that can be read ({fault})")
        return
    if isinstance(span.get("status"), dict) and span["status"].get("type") == "Unavailable":
        return
    last = f"{end:%H:%M}"
    if end.date() > start.date() and (end.date() - start.date() > timedelta(days=1) or end.hour >= NIGHT_ENDS):
        notes.add(f"subEvent.{number}", "lasts over several days; kept for its first day, without an end")
        last = f"{start:%H:%M}"
    elif end < start:
        notes.add(f"subEvent.{number}", "ends before it starts; left out")
        return
    yield {"date": start.date(), "start": f"{start:%H:%M}", "end": last}


def weekly_of(hours: Found, notes: Notes) -> list[Found]:
    """Opening hours as one weekly rule a day."""
    names = hours.get("dayOfWeek")
    if not isinstance(names, list):
        notes.add("openingHours", "has no list of days")
        return []
    return [{"day": day_of(name), "start": hours.get("opens"), "end": hours.get("closes")} for name in names]


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
    first, last = calendar_day(told.get("startDate")), calendar_day(told.get("endDate"))
    if last - first > LONGEST_WINDOW:
        raise Refused("has a stretch of days of more than two years")
    return first, last


def day_of(name: Any) -> str:
    """A day of the week in short Dutch."""
    if name not in DAYS:
        raise Refused(f"has {str(name)[:40]!r} among the days of the week")
    return WEEKDAYS[DAYS.index(name)]


def moment_of(told: Any) -> datetime:
    """A moment on the clock of the town hall."""
    try:
        moment = datetime.fromisoformat(str(told))
        return moment.astimezone(ZONE) if moment.tzinfo else moment.replace(tzinfo=ZONE)
    except (ValueError, OverflowError):
        raise Refused(f"has no moment in {json.dumps(str(told)[:40])}") from None


def calendar_day(told: Any) -> date:
    """A day."""
    try:
        return date.fromisoformat(str(told)[:10])
    except ValueError:
        raise Refused(f"has no day in {json.dumps(str(told)[:40])}") from None
