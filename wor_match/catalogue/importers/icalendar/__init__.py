"""iCalendar: saved calendar files (.ics) fill the timetable of an activity that exists; nothing else is in them.

Each event is read on its own. Titles, descriptions, places and persons are not read. What was moved lies where it is
now; what cannot be followed is named.
Written from RFC 5545. Needs the package icalendar.
"""

from __future__ import annotations

from datetime import date
from importlib.util import find_spec

from wor_match.catalogue.importers import Imported
from wor_match.catalogue.importers.feed import Source, texts_of
from wor_match.catalogue.importers.gathering import Gathering, Refused
from wor_match.catalogue.importers.icalendar.file import Block, CalendarFile, calendar_of
from wor_match.catalogue.importers.icalendar.series import Series, lay_over, series_of
from wor_match.catalogue.importers.icalendar.timetable import timetable
from wor_match.catalogue.importers.icalendar.zone import Zones
from wor_match.catalogue.importers.item import day_of_moment
from wor_match.domain.activity import Activity
from wor_match.domain.activity import Source as Provenance
from wor_match.domain.limits import USUAL, Limits
from wor_match.errors import WorMatchError

FORM = "icalendar"
LONGEST_SEQUENCE = 10
MISSING = 'reading a calendar needs the package icalendar; install it with: pip install "wor_match[calendar]"'

Placed = tuple[int, Block]  # which event of the file it is


def read(source: Source, *, activity: Activity, limits: Limits = USUAL) -> Imported:
    r"""The activity with the times of a calendar.

    Parameters
    ----------
    source : str, Path or sequence
        Calendar files, or text that begins with ``BEGIN:VCALENDAR``; all events in them are sessions of this activity.
    activity : Activity
        Keeps everything but its times; of its schedule how one attends, its pauses and `on_request` stay.
    limits : Limits
        How much is read; `Settings.limits`, when you have your own.

    Returns
    -------
    Imported
        One bad event is a problem and never ends the reading. No activity when no session was found.

    Raises
    ------
    WorMatchError
        When the package icalendar is not installed.

    Examples
    --------
    >>> told = "BEGIN:VEVENT\nDTSTART;TZID=Europe/Amsterdam:20261103T100000\nDURATION:PT2H\nEND:VEVENT"
    >>> choir = Activity(id="koor", name="Koor", terms=["zingen"])
    >>> read(told, activity=choir).activities[0].schedule.dates[0].slot
    ('10:00', '12:00')
    """
    if find_spec("icalendar") is None:
        raise WorMatchError(MISSING, code="not-installed")
    gathering, every, stamps = Gathering(limits), list[Series](), list[date]()
    name = ""
    for told in texts_of(source, gathering.problems, limits):
        name = told.name
        with gathering.item(name, ""):
            file = calendar_of(told.text, limits)
            every += all_series(file, name, gathering)
            stamps += [on for event in file.events if (on := changed_on(event))]
    with gathering.item(name, "") as notes:
        schedule = timetable(every, activity.schedule, notes)
        if schedule is not None:
            origin = activity.source or Provenance(format=FORM, as_of=max(stamps, default=None))
            gathering.activities[activity.id] = activity.replace(schedule=schedule, source=origin)
        elif not gathering.problems:
            raise Refused("holds no session that meets; the timetable stays as it was")
    return gathering.imported()


def all_series(file: CalendarFile, name: str, gathering: Gathering) -> list[Series]:
    """Every event of a file; one that stands for a single session of a series is laid over that series."""
    zones = Zones(file)
    found: dict[str, list[Series]] = {}
    later: list[Placed] = []
    for number, event in newest(file, name, gathering):
        with gathering.item(name, number, event.line) as notes:
            if "RECURRENCE-ID" in event.told:
                later.append((number, event))
            elif event.value("STATUS").upper() == "CANCELLED":
                found.setdefault(uid_of(event, number), [])
            else:
                found.setdefault(uid_of(event, number), []).append(series_of(event, zones, notes))
    for number, event in later:
        with gathering.item(name, number, event.line) as notes:
            series = found.get(uid_of(event, number))
            if series == []:
                continue  # the whole series was cancelled
            alone = lay_over(event, series[0] if series else None, zones, notes)
            found.setdefault(f"{number}", []).extend([alone] if alone else [])
    return [series for every in found.values() for series in every]


def newest(file: CalendarFile, name: str, gathering: Gathering) -> list[Placed]:
    """The events that are whole; of several versions of one event (SEQUENCE) the last."""
    version: dict[tuple[str, str], int] = {}
    whole: list[tuple[Placed, tuple[str, str], int]] = []
    for number, event in enumerate(file.events):
        with gathering.item(name, number, event.line):
            if not event.whole:
                raise Refused("is cut off before its END:VEVENT; left out")
            key = uid_of(event, number), event.value("RECURRENCE-ID")
            told = event.value("SEQUENCE")
            sequence = int(told) if told.isdecimal() and len(told) < LONGEST_SEQUENCE else 0
            whole.append(((number, event), key, sequence))
            version[key] = max(version.get(key, 0), sequence)
    return [placed for placed, key, sequence in whole if sequence == version[key]]


def uid_of(event: Block, number: int) -> str:
    """What ties a session to its series; an event without it stands alone."""
    return event.value("UID") or f"{number}"


def changed_on(event: Block) -> date | None:
    """The day on which an event was last changed."""
    told = event.raw("LAST-MODIFIED") or event.raw("DTSTAMP")
    return day_of_moment(f"{told[:4]}-{told[4:6]}-{told[6:8]}")
