"""When one session of a calendar begins and ends: a day or a moment, and how long; never a time without a clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wor_match.catalogue.importers.gathering import Notes, Refused
from wor_match.catalogue.importers.icalendar.file import Block, Line
from wor_match.catalogue.importers.icalendar.zone import Zones
from wor_match.catalogue.importers.item import Found
from wor_match.catalogue.importers.recurrence import between
from wor_match.domain.rhythm import NIGHT_ENDS
from wor_match.domain.schedule import ZONE
from wor_match.domain.text import FIRST_YEAR, LAST_YEAR, minutes_of

A_DAY = timedelta(days=1)
MIDNIGHT, DAY_ENDS = "00:00", "24:00"
MOST_DATES = 1_000
LONGEST_VALUE = 60
UTC_ZONE = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class When:
    """A day, or a moment on the clock of a zone (``at`` as ``HH:MM``; None is the whole day)."""

    on: date
    at: str | None = None
    zone: ZoneInfo = ZONE

    @property
    def moment(self) -> datetime:
        """The moment; of a whole day its first."""
        return datetime.combine(self.on, time.fromisoformat(self.at or MIDNIGHT), self.zone)

    def on_clock(self, zone: ZoneInfo) -> When:
        """The same moment on another clock; a whole day stays the day that it is."""
        there = self.moment.astimezone(zone)
        return self if self.at is None else When(there.date(), f"{there:%H:%M}", zone)


def when_of(told: str, params: dict[str, str], zones: Zones, notes: Notes, floating: ZoneInfo | None = None) -> When:
    """The day or moment of one value.

    Parameters
    ----------
    told : str
        Such as ``20260219`` or ``20260219T100000Z``.
    params : dict
        Names before the value; ``TZID`` counts.
    floating : ZoneInfo
        The clock of a time that names none; None: ours, and that is noted.

    Raises
    ------
    Refused
        When it is no day or moment, or on a clock that nobody knows.
    """
    from icalendar import vDDDTypes

    told = told.strip()[:LONGEST_VALUE]
    try:
        found = vDDDTypes.from_ical(told)
    except ValueError:
        found = None
    if not isinstance(found, date):
        raise Refused(f"has no day or moment in {told[:40]!r}")
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Refused(f"has a day outside {FIRST_YEAR} to {LAST_YEAR}")
    if not isinstance(found, datetime):
        return When(found)
    if told.upper().endswith("Z"):
        zone = UTC_ZONE
    elif params.get("TZID"):
        zone = zones.named(params["TZID"], notes)
    else:
        zone = floating or zones.floating(notes)
    return When(found.date(), f"{found:%H:%M}", zone)


def start_of(event: Block, zones: Zones, notes: Notes) -> When:
    """When an event begins for the first time."""
    told = event.first("DTSTART")
    if told is None:
        raise Refused("has no start; left out")
    return when_of(told.value, told.params, zones, notes)


def end_of(event: Block, start: When, zones: Zones, notes: Notes) -> str:
    """The end on the clock of the start; the start itself when it is unknown or lies on another day."""
    try:
        lasts = lasting(event, start, zones, notes)
    except Refused as fault:
        notes.add("DTEND", f"{fault}; kept without an end")
        return start.at or MIDNIGHT
    return end_after(start, lasts, zones, notes)


def end_after(start: When, lasts: timedelta | None, zones: Zones, notes: Notes) -> str:
    """The end of a session that lasts so long; what our schedules have no word for is left out, and noted."""
    begin = start.at or MIDNIGHT
    if lasts is not None and lasts < timedelta():
        notes.add("DTEND", "ends before it starts; kept without an end")
        return begin
    if start.at is None and (lasts is None or lasts <= A_DAY):
        zones.once(notes, "lasts the whole day; ask at what time", "whole-day")
        return DAY_ENDS
    if lasts is None or not lasts:
        return begin
    if lasts >= A_DAY:
        notes.add("DTEND", "lasts over several days; kept without an end")
        return begin
    ends = When(start.on, start.at, start.zone).moment.astimezone(UTC_ZONE) + lasts
    end = f"{ends.astimezone(start.zone):%H:%M}"
    if NIGHT_ENDS < minutes_of(end) < minutes_of(begin):
        notes.add("DTEND", f"lasts over the night until {end}; kept without an end")
        return begin
    return end


def lasting(event: Block, start: When, zones: Zones, notes: Notes) -> timedelta | None:
    """How long a session lasts; None when that is not told."""
    told, length = event.first("DTEND"), event.first("DURATION")
    if told is None:
        return None if length is None else duration_of(length.value)
    end = when_of(told.value, told.params, zones, notes, floating=start.zone)
    if start.at is None:
        return end.on - start.on
    if end.at is None:
        raise Refused("ends on a day without a time")
    return end.moment.astimezone(UTC_ZONE) - start.moment.astimezone(UTC_ZONE)


def duration_of(told: str) -> timedelta:
    """A length of time such as ``PT1H30M``."""
    from icalendar import vDuration

    try:
        found: timedelta = vDuration.from_ical(told.strip()[:LONGEST_VALUE])
    except ValueError:
        raise Refused(f"has no length of time in {told[:40]!r}") from None
    return found


def session(start: When, end: str, notes: Notes) -> Found:
    """A session as a date of ours."""
    begin = start.at or MIDNIGHT
    if start.at is None:
        return {"date": start.on, "start": begin, "end": end}
    lasts = timedelta(minutes=(minutes_of(end) - minutes_of(begin)) % (24 * 60))
    told = between(start.moment, start.moment.astimezone(UTC_ZONE) + lasts)
    if lasts and told["end"] == told["start"]:
        notes.add("DTEND", "lasts over the night on our clock; kept without an end")
    return told


def values_of(lines: Iterator[Line], notes: Notes, name: str) -> Iterator[Line]:
    """The single values of lines with commas, at most 1,000; a line that cannot be read is noted."""
    given = 0
    while True:
        try:
            line = next(lines)
        except StopIteration:
            return
        except Refused as fault:
            notes.add(name, str(fault))
            continue
        for told in line.value.split(","):
            if given == MOST_DATES:
                notes.add(name, f"has more than {MOST_DATES} dates; the first {MOST_DATES} are read", "too-long")
                return
            given += 1
            yield Line(told, line.params)
