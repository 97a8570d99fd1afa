"""When a HealthcareService is there: hours of a week, and periods in which nothing happens, as a schedule of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from wor_match.catalogue.importers.clock import clock_of, day_of
from wor_match.catalogue.importers.gathering import Notes, Refused, said_by
from wor_match.catalogue.importers.item import Found, filled
from wor_match.domain.rhythm import Closed, Weekly
from wor_match.errors import CatalogueError
from wor_match.interop.fhir.codings import few
from wor_match.interop.fhir.service import DAYS, MIDNIGHT, OFF

MOST_ROWS, MOST_DAYS = 50, 1_000  # weekly rules, cancelled days
WEEK = {code: day for day, code in DAYS.items()}


def schedule_of(service: Found, notes: Notes) -> Found:
    """Hours of a week, and when nothing happens."""
    weekly = [*each(service, "availableTime", hours_in, notes)]
    shut = [*each(service, "notAvailable", shut_in, notes)]
    cancelled = [period.from_ for off, period in shut if off and period.from_ == period.to]
    closed = [period for off, period in shut if not (off and period.from_ == period.to)]
    if service.get("availabilityExceptions"):
        notes.add("availabilityExceptions", "says more in words, kept below the summary; ask what holds", "in-words")
    return filled({"weekly": weekly[:MOST_ROWS], "closed": closed, "cancelled": cancelled[:MOST_DAYS]})


def each(service: Found, field: str, read: Callable[[Found], list[Any]], notes: Notes) -> Iterator[Any]:
    """What each part of a list says; one that cannot be read is noted and left out."""
    for number, one in enumerate(few(service, field, notes)):
        try:
            yield from read(one)
        except (Refused, CatalogueError) as fault:
            notes.add(f"{field}.{number}", said_by(fault)[:300])


def hours_in(row: Found) -> list[Weekly]:
    """The hours of each day that a row names."""
    if row.get("allDay"):
        raise Refused("lasts the whole day; ask at what time")
    days = row.get("daysOfWeek")
    if not isinstance(days, list) or not days or not all(isinstance(day, str) and day in WEEK for day in days):
        raise Refused(f"names no days; known are {', '.join(WEEK)}")
    start = clock_of(row.get("availableStartTime"))
    told = row.get("availableEndTime")
    end = start if told is None else "24:00" if told == MIDNIGHT else clock_of(told)
    return [Weekly.model_validate({"day": WEEK[day], "start": start, "end": end}) for day in dict.fromkeys(days)]


def shut_in(row: Found) -> list[tuple[bool, Closed]]:
    """A period in which nothing happens, and whether it is a session that falls out."""
    during = row.get("during")
    if not isinstance(during, dict):
        raise Refused("says no days; ask when it is closed")
    period = {"from": day_of(during.get("start")), "to": day_of(during.get("end"))}
    return [(row.get("description") == OFF, Closed.model_validate(period))]
