"""Sessions of an activity as a calendar file (.ics) that a phone opens: when, where, and what to do at the door.

It knows the activity and no person: a calendar is shared, copied and kept elsewhere. Written from RFC 5545.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from wor_match.display.participant import welcome
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Organiser
from wor_match.domain.place import Venue
from wor_match.domain.schedule import ZONE, Occurrence
from wor_match.errors import WorMatchError
from wor_match.wording.words import Words, words
from wor_match.wording.writing import said

OCTETS = 75  # of a line, its end not counted (RFC 5545, 3.1)
FORM = "%Y%m%dT%H%M%S"
AMSTERDAM = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE"""


def calendar_of(
    activity: Activity,
    sessions: Sequence[Occurrence],
    *,
    on: date,
    organiser: Organiser | None = None,
    language: str | Words = "nl",
) -> str:
    r"""The sessions as the text of a calendar file, its lines ended by CR LF; write it with ``newline=""``.

    Parameters
    ----------
    activity : Activity
    sessions : sequence of Occurrence
        Each becomes an event on the clock of Amsterdam; one without a known end has a start only.
    on : date
        The day on which this was told; it stands in each event (``DTSTAMP``) instead of a clock.
    organiser : Organiser, optional
        Whom to reach.
    language : str or Words

    Raises
    ------
    WorMatchError
        When there are no sessions: an empty calendar would open as nothing.

    References
    ----------
    RFC 5545, Internet Calendaring and Scheduling Core Object Specification.

    Examples
    --------
    >>> choir = Activity(id="koor", name="Koor", terms=["zingen"])
    >>> at = datetime(2026, 11, 24, 10, tzinfo=ZONE)
    >>> told = calendar_of(choir, [Occurrence(at, at)], on=date(2026, 11, 23)).split("\r\n")
    >>> [line for line in told if line.startswith(("DTSTART;", "SUMMARY", "UID"))]
    ['UID:koor-20261124T100000@wor-match', 'DTSTART;TZID=Europe/Amsterdam:20261124T100000', 'SUMMARY:Koor']
    """
    if not sessions:
        raise WorMatchError(
            f"activity {activity.id} has no known day to come; let the coach ask when it is, and make no calendar file",
            code="no-session",
        )
    ours = words(language)
    every = [line for one in sessions for line in event_of(activity, one, on, organiser, ours)]
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//wor_match//wor_match//NL", "CALSCALE:GREGORIAN"]
    lines = (*head, *AMSTERDAM.split("\n"), *every, "END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def event_of(
    activity: Activity, session: Occurrence, on: date, organiser: Organiser | None, ours: Words
) -> Iterator[str]:
    """One session as the lines of a VEVENT."""
    start, end = (told.astimezone(ZONE) for told in (session.start, session.end))
    told = {
        "SUMMARY": activity.name,
        "LOCATION": location(activity.place or Venue(), ours),
        "DESCRIPTION": "\n".join(at_the_door(activity, ours)),
        "CONTACT": ", ".join(filter(None, (organiser.name, organiser.phone, organiser.email))) if organiser else "",
    }
    yield "BEGIN:VEVENT"
    yield f"UID:{activity.id}-{start:{FORM}}@wor-match"
    yield f"DTSTAMP:{on:%Y%m%d}T000000Z"
    yield from (f"{name}:{text}" for name, text in moments(start, end))
    yield from (f"{name}:{escaped(text)}" for name, text in told.items() if text)
    if organiser and organiser.website:
        yield f"URL:{organiser.website}"
    yield "END:VEVENT"


def moments(start: datetime, end: datetime) -> Iterator[tuple[str, str]]:
    """Start and end on the clock; no end where none is known.

    In the hour that the clock counts twice they stand in UTC: a clock with a time zone cannot say which of the two.
    """
    told = [("DTSTART", start), *([("DTEND", end)] if end.timestamp() > start.timestamp() else [])]
    if any(one.fold for _, one in told):
        yield from ((name, f"{one.astimezone(UTC):{FORM}}Z") for name, one in told)
    else:
        yield from ((f"{name};TZID=Europe/Amsterdam", f"{one:{FORM}}") for name, one in told)


def location(place: Venue, ours: Words) -> str:
    """Where it is, as a map finds it; empty when nothing is known."""
    if place.remote:
        return said(ours, "card", "at_home" if place.at_home else "online").removesuffix(".")
    street = " ".join(filter(None, (place.street, place.number)))
    town = " ".join(filter(None, (place.postcode, place.city)))
    way_in = said(ours, "card", "entrance", entrance=place.entrance).removesuffix(".") if place.entrance else ""
    return ", ".join(filter(None, (place.name, street, town, way_in)))


def at_the_door(activity: Activity, ours: Words) -> Iterator[str]:
    """What to do at the door: whom to ask for, what is allowed the first time, and how one joins.

    The same for whoever comes: nothing of their wishes, their help or their health.
    """
    visit, entry = activity.first_visit, activity.entry
    yield from welcome(activity, ours)
    if visit.may_watch:
        yield str(ours["reasons"]["easy_entry"]["may_watch"])
    if visit.trials and visit.trials > 1:
        yield said(ours, "card", "trials", times=visit.trials)
    if visit.may_leave_early:
        yield said(ours, "card", "may_leave_early")
    if entry.kind == "drop_in":
        yield str(ours["reasons"]["easy_entry"]["drop_in"])
    elif entry.kind is not None:
        yield said(ours, "card", "sign_up")


def escaped(text: str) -> str:
    r"""A text as a value: backslash, semicolon, comma and line end are written as their escapes.

    Examples
    --------
    >>> print(escaped("Thee; koffie, koek\nen praten"))
    Thee\; koffie\, koek\nen praten
    """
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", "\\n")


def folded(line: str) -> str:
    r"""The line in pieces of at most 75 octets, each next one after a space; no letter is cut in two.

    Examples
    --------
    >>> [len(part.encode()) for part in folded("é" * 80).split("\r\n")]
    [74, 75, 13]
    """
    return "\r\n ".join(pieces(line))


def pieces(line: str) -> Iterator[str]:
    """The pieces of a line; the first may be one octet longer, for no space stands before it."""
    piece, size, most = "", 0, OCTETS
    for sign in line:
        if size + (more := len(sign.encode())) > most:
            yield piece
            piece, size, most = "", 0, OCTETS - 1
        piece, size = piece + sign, size + more
    yield piece
