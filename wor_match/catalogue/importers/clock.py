"""Times, days, zones and numbers as feeds write them; what cannot be read refuses its part."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from wor_match.catalogue.importers.gathering import Notes, Refused
from wor_match.domain.schedule import ZONE
from wor_match.domain.text import FIRST_YEAR, LAST_YEAR

TWO_LETTERS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NUMBERED = re.compile(r"(-?\d)?(MO|TU|WE|TH|FR|SA|SU)")
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)


def clock_of(told: object) -> str:
    """A time of day; seconds and a zone behind it are left out, since it is wall time."""
    parts = re.fullmatch(r"(\d{1,2}):(\d{2})(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?", str(told))
    if not parts or int(parts[2]) > 59 or int(parts[1]) * 60 + int(parts[2]) > A_DAY // A_MINUTE:
        raise Refused("has no time of day" if told is None else f"has no time of day in {str(told)[:40]!r}")
    return f"{int(parts[1]):02d}:{parts[2]}"


def day_of(told: object) -> date:
    """A day."""
    try:
        found = date.fromisoformat(str(told)[:10])
    except ValueError:
        raise Refused(f"has no day in {str(told)[:40]!r}") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Refused(f"has a day outside {FIRST_YEAR} to {LAST_YEAR}")
    return found


def day_or_none(told: object) -> date | None:
    """A day; None when none is told."""
    return None if told in (None, "") else day_of(told)


def moment_of(told: object, zone: ZoneInfo) -> datetime:
    """An aware moment; one without a zone stands on the clock of `zone`."""
    try:
        found = datetime.fromisoformat(str(told))
        found = found if found.tzinfo else found.replace(tzinfo=zone)
        here = found.astimezone(ZONE)
    except (ValueError, OverflowError):
        raise Refused(f"has no moment in {str(told)[:40]!r}") from None
    if not FIRST_YEAR <= here.year <= LAST_YEAR:
        raise Refused(f"has a moment outside {FIRST_YEAR} to {LAST_YEAR}")
    return here


def zone_of(told: object, notes: Notes) -> ZoneInfo:
    """The zone of this name; our own when none is told, and when nobody knows it."""
    if told in (None, ""):
        return ZONE
    try:
        zone = ZoneInfo(str(told))
    except (KeyError, ValueError, OSError):
        notes.add("scheduleTimezone", f"names the unknown zone {str(told)[:40]!r}; taken as {ZONE.key}", "guessed")
        return ZONE
    if zone.key != ZONE.key:
        notes.add("scheduleTimezone", f"keeps the clock of {zone.key}; told here on the clock of {ZONE.key}", "zone")
    return zone


def whole_numbers(told: object, least: int, most: int) -> tuple[int, ...]:
    """Whole numbers in a range, as numbers or text."""
    found = []
    for one in told if isinstance(told, list) else [] if told in (None, "") else [told]:
        if isinstance(one, bool) or not re.fullmatch(r"-?\d{1,6}", str(one)) or not least <= int(str(one)) <= most:
            raise Refused(f"has {str(one)[:40]!r} where a number from {least} to {most} is meant")
        found.append(int(str(one)))
    return tuple(found)
