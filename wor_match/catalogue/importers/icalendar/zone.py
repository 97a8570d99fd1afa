"""Whose clock a calendar file means: names of IANA, names of Windows, and zones that the file itself describes.

A name that nobody knows is never read as no zone at all.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from wor_match.catalogue.importers.gathering import Notes, Refused
from wor_match.catalogue.importers.icalendar.file import Block, CalendarFile
from wor_match.domain.schedule import ZONE
from wor_match.errors import Code

LONGEST_NAME = 200
WINTER, SUMMER = 1, 7  # months in which a clock shows whether it is ours
OURS = {WINTER: "+0100", SUMMER: "+0200"}
COMPARED = [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=step * 12) for step in range(3 * 731)]


class Zones:
    """The clocks of one file, each looked up once; what holds for the whole file is told once."""

    def __init__(self, file: CalendarFile) -> None:
        self.own = zone_called(file.own_zone) if file.own_zone else None
        self.described = {block.value("TZID"): block for block in file.zones}
        self.said: set[str] = set()

    def named(self, name: str, notes: Notes) -> ZoneInfo:
        """The clock of this name.

        Raises
        ------
        Refused
            When nobody knows it, and nothing in the file says that it is ours.
        """
        zone = zone_called(name)
        if zone is None and (self.own == ZONE or shows_our_clock(self.described.get(name))):
            self.once(
                notes, f"names the unknown zone {name[:40]!r}; by the rest of the file it is {ZONE.key}", "guessed"
            )
            return ZONE
        if zone is None:
            raise Refused(f"names the unknown zone {name[:40]!r}; left out, since nobody knows at what time it is")
        if zone != ZONE:
            self.once(notes, f"keeps the clock of {zone.key}; told here on the clock of {ZONE.key}", "zone")
        return zone

    def floating(self, notes: Notes) -> ZoneInfo:
        """The clock of a time that names none: ours."""
        self.once(notes, f"has times without a zone; read on the clock of {ZONE.key}", "guessed")
        return ZONE

    def once(self, notes: Notes, sentence: str, code: Code) -> None:
        """Note something the first time that it is seen in this file."""
        if sentence not in self.said:
            self.said.add(sentence)
            notes.add("DTSTART", sentence, code)


@lru_cache(maxsize=1_000)
def zone_called(name: str) -> ZoneInfo | None:
    """The zone of this name at IANA or at Windows, ours where its clock is the same; None when nobody knows it."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    name = name.strip().strip('"')[:LONGEST_NAME]
    parts = WINDOWS_TO_OLSON.get(name, name).strip("/").split("/")
    for first in range(len(parts)):  # "/mozilla.org/20050126_1/Europe/Amsterdam" ends in the name
        try:
            zone = ZoneInfo("/".join(parts[first:]))
        except (KeyError, ValueError, OSError):
            continue
        return ZONE if keeps_our_clock(zone) else zone
    return None


def keeps_our_clock(zone: ZoneInfo) -> bool:
    """Whether it shows what our clock shows, through three years."""
    return all(zone.utcoffset(at.astimezone(zone)) == ZONE.utcoffset(at.astimezone(ZONE)) for at in COMPARED)


def shows_our_clock(described: Block | None) -> bool:
    """Whether a zone that the file describes has our time in January and in July."""
    changes: dict[str, tuple[str, int, str]] = {}
    for part in described.inner if described else ():
        since, offset = part.value("DTSTART"), part.value("TZOFFSETTO")
        if since[4:6].isdigit():
            changes[part.kind] = max(changes.get(part.kind, ("", 0, "")), (since, int(since[4:6]), offset))
    return bool(changes) and all(offset_in(month, changes) == told for month, told in OURS.items())


def offset_in(month: int, changes: dict[str, tuple[str, int, str]]) -> str:
    """The offset that the last change before the end of a month brought; else that of the year before."""
    by_month = sorted((begins, offset) for _, begins, offset in changes.values())
    return next((offset for begins, offset in reversed(by_month) if begins <= month), by_month[-1][1])
