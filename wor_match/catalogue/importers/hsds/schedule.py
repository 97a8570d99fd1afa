"""When a service of HSDS meets: rows with the words of RFC 5545, one column each, as a schedule of ours.

Rows at the service beat those at its locations, and these beat the hours of the building. There are no exceptions.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from wor_match.catalogue.importers.clock import NUMBERED, TWO_LETTERS, clock_of, day_or_none, whole_numbers
from wor_match.catalogue.importers.gathering import Notes, Refused
from wor_match.catalogue.importers.item import Found, filled, parts_of
from wor_match.catalogue.importers.recurrence import dated, filled_row, joined, sane, schedule_parts
from wor_match.catalogue.importers.rule import Frequency, Rule
from wor_match.domain.rhythm import WEEKDAYS
from wor_match.domain.schedule import ZONE

EVERY: dict[str, Frequency] = {"DAILY": "daily", "WEEKLY": "weekly", "MONTHLY": "monthly", "YEARLY": "yearly"}
ODD, EVEN = tuple(range(1, 54, 2)), tuple(range(2, 53, 2))
WEEKS = {ODD: "odd", EVEN: "even"}  # weeks of a year by their ISO number
NOT_WEEKLY = ("bymonthday", "byyearday", "byweekno")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(T.*)?")
WITH_ZONE = re.compile(r".*(Z|[+-]\d{2}:?\d{2})\s*")
MOST_ROWS, MOST_WORDS = 2_200, 200


def schedule_of(service: Found, at: Found, times_in_z: str, notes: Notes) -> Found | None:
    """The schedule of a service at one of its places; None when no row says when.

    Parameters
    ----------
    service, at : dict
        The service, and its `service_at_location` (empty when it has none).
    times_in_z : str
        ``wall`` reads 09:00Z as nine o'clock on the clock there, ``utc`` to the letter.
    """
    parts: list[Found] = []
    rows = rows_of(service, at, notes)
    for number, row in enumerate(rows[:MOST_ROWS]):
        here = notes.below(f"schedules.{number}")
        try:
            parts.append(part_of(row, times_in_z, here))
        except Refused as fault:
            here.add("", str(fault))
    if len(rows) > MOST_ROWS:
        notes.add("schedules", f"has {len(rows)} rows; {MOST_ROWS} are kept")
    return joined(parts) or None


def rows_of(service: Found, at: Found, notes: Notes) -> list[Found]:
    """The rows that count: those of the service, else of its place, else of the building; equal ones once."""
    location = at.get("location")
    owners = [service, at, location if isinstance(location, dict) else {}]
    levels = [alike(parts_of(owner, "schedules", notes)) for owner in owners]
    told = [rows for rows in levels if rows]
    if len(told) > 1 and {said(row) for rows in told[1:] for row in rows} - {said(row) for row in told[0]}:
        notes.add(
            "schedules", "says other times at its locations; those nearest to the service are kept, ask", "guessed"
        )
    return told[0] if told else []


def times_in_words(service: Found, at: Found, untold: bool, notes: Notes) -> list[str]:
    """What the rows say in words: their notes, and their descriptions when no row says when in any other way."""
    fields = ("description", "notes") if untold else ("notes",)
    told = [row[name] for row in rows_of(service, at, notes) for name in fields if isinstance(row.get(name), str)]
    return list(dict.fromkeys(told))


def alike(rows: list[Found]) -> list[Found]:
    """The rows without those that say the same as an earlier one."""
    kept: dict[str, Found] = {}
    for row in rows:
        kept.setdefault(said(row), row)
    return list(kept.values())


def said(row: Found) -> str:
    """What a row says, without what it is called."""
    told = {name: value for name, value in filled(row).items() if name != "id"}
    return json.dumps(told, sort_keys=True, default=str)


def tells_zone(service: Found) -> bool:
    """Whether any time of the service has a zone behind it."""
    places = service.get("service_at_locations")
    owners = [service, *(one for one in (places if isinstance(places, list) else []) if isinstance(one, dict))]
    owners += [one["location"] for one in owners if isinstance(one.get("location"), dict)]
    rows = [row for one in owners if isinstance(one.get("schedules"), list) for row in one["schedules"]]
    times = [row.get(field) for row in rows if isinstance(row, dict) for field in ("opens_at", "closes_at")]
    return any(WITH_ZONE.fullmatch(told) for told in times if isinstance(told, str))


def part_of(row: Found, times_in_z: str, notes: Notes) -> Found:
    """One row as `weekly`, `monthly` or `dates`."""
    about(row, notes)
    frequency = frequency_of(row, notes)
    begin = clock_of(row.get("opens_at"))
    end = clock_of(row["closes_at"]) if row.get("closes_at") not in (None, "") else begin
    in_utc = times_in_z == "utc" and str(row.get("opens_at")).strip().upper().endswith("Z")
    start, until = day_in(row.get("dtstart")), day_in(row.get("until"))
    zone = ZoneInfo("UTC") if in_utc else ZONE
    if frequency is None:
        if start is None:
            raise Refused("says neither a frequency nor a day; ask when it is")
        return {"dates": [dated(start, begin, end, zone)]}
    rule = Rule(
        frequency=frequency,
        begin=begin,
        end=end,
        start=start,
        until=until,
        interval=next(iter(whole_numbers(row.get("interval"), 0, 10_000)), 1),
        days=days_of(row.get("byday")),
        month_days=() if frequency == "weekly" else numbers(row.get("bymonthday"), -31, 31),
        count=next(iter(whole_numbers(row.get("count"), 0, 100_000)), None),
        week_start=week_start_of(row.get("wkst"), notes),
        zone=zone,
    )
    weeks = None if frequency == "weekly" else numbers(row.get("byweekno"), -53, 53)
    return in_weeks(rule, weeks, notes) if weeks else schedule_parts(rule, notes)


def about(row: Found, notes: Notes) -> None:
    """Note what contradicts itself, and what is told and not used."""
    if row.get("until") and row.get("count") not in (None, ""):
        notes.add("until", "stands beside a `count`, and only one is allowed; what ends first counts", "contradiction")
    if row.get("until") and row.get("until") == row.get("dtstart"):
        notes.add("until", "is the day on which it starts; ask whether it is once only", "contradiction")
    if row.get("timezone") not in (None, ""):
        notes.add("timezone", f"says {str(row['timezone'])[:40]!r} and no zone by name; not used", "zone")
    if row.get("valid_to"):
        day = str(row["valid_to"])[:10]
        notes.add("valid_to", f"holds until {day} by its own word; ask whether it still does", "stale")
    if row.get("notes"):
        notes.add("notes", "says more in words, kept below the summary; ask what holds", "in-words")
    if str(row.get("freq")).strip().upper() == "WEEKLY":
        for name in NOT_WEEKLY:
            if row.get(name):
                notes.add(name, "stands in a weekly rule, where it has no meaning; left out", "contradiction")
    elif row.get("byyearday"):
        raise Refused("counts days of the year; write the days out")


def frequency_of(row: Found, notes: Notes) -> Frequency | None:
    """How often; None when it is on one day. Days of the week without a frequency are taken as weekly."""
    told = str(row.get("freq") or "").strip().upper()
    if not told:
        if row.get("byday"):
            notes.add("freq", "is not there, and days of the week are; taken as weekly", "guessed")
            return "weekly"
        return None
    if told not in EVERY:
        raise Refused(f"comes back {told[:40]!r}; known are {', '.join(EVERY)}")
    return EVERY[told]


def day_in(told: Any) -> Any:
    """A day, also as 20201107T000000Z; None when none is told."""
    parts = COMPACT.fullmatch(str(told))
    return day_or_none(f"{parts[1]}-{parts[2]}-{parts[3]}" if parts else told)


def words(told: Any) -> list[str]:
    """The parts of a cell with commas, or of a list."""
    listed = told if isinstance(told, list) else str(told).split(",") if told not in (None, "") else []
    if len(listed) > MOST_WORDS:
        raise Refused(f"has {len(listed)} days or numbers in one cell; at most {MOST_WORDS} are followed")
    return [str(one).strip() for one in listed if str(one).strip()]


def numbers(told: Any, least: int, most: int) -> tuple[int, ...]:
    """Whole numbers in a cell with commas."""
    return whole_numbers(words(told), least, most)


def days_of(told: Any) -> tuple[tuple[int, int], ...]:
    """Days as MO and 1SA; any other word refuses the row, since a day less is another rule."""
    found = [(word, NUMBERED.fullmatch(word.upper().removeprefix("+"))) for word in words(told)]
    if wrong := [word for word, parts in found if not parts]:
        raise Refused(f"has {wrong[0][:40]!r} among its days; ask what that means")
    return tuple((int(parts[1] or 0), TWO_LETTERS.index(parts[2])) for _, parts in found if parts)


def week_start_of(told: Any, notes: Notes) -> int:
    """The day on which a week begins; Monday when it is not told."""
    word = str(told or "MO").strip().upper()
    if word not in TWO_LETTERS:
        notes.add("wkst", f"is no day of the week: {word[:40]!r}; taken as Monday", "guessed")
        return 0
    return TWO_LETTERS.index(word)


def in_weeks(rule: Rule, weeks: tuple[int, ...], notes: Notes) -> Found:
    """A rule for all odd or all even weeks of the year; other weeks by number have no word in our schedules."""
    parity = WEEKS.get(tuple(sorted(weeks)))
    plain = rule.frequency == "yearly" and rule.interval == 1 and not rule.count and not rule.month_days
    if parity is None or not plain or not rule.days or rule.week_start or rule.zone != ZONE:
        raise Refused("counts weeks of the year; only all odd or all even ones are known, write the days out")
    rule = sane(replace(rule, frequency="weekly"), notes)
    rows = [filled_row(rule, {"day": WEEKDAYS[day], "weeks": parity, "from": rule.start}) for _, day in rule.days]
    return {"weekly": rows}
