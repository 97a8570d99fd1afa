"""An RRULE as a rule of ours: what our rules have a word for; anything else is named and the rule is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from wor_match.catalogue.importers.clock import TWO_LETTERS, whole_numbers
from wor_match.catalogue.importers.gathering import Notes, Refused
from wor_match.catalogue.importers.icalendar.session import MIDNIGHT, When, when_of
from wor_match.catalogue.importers.icalendar.zone import Zones
from wor_match.catalogue.importers.rule import Frequency, Rule

FREQUENCIES: dict[str, Frequency] = {"DAILY": "daily", "WEEKLY": "weekly", "MONTHLY": "monthly", "YEARLY": "yearly"}
FOLLOWED = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH"})
NUMBERED = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
LONGEST_RULE = 1_000
MOST_TIMES = 100_000  # a count or interval above this is read as this: it lies beyond every period that is followed
FIFTH = 5

Parts = dict[str, list[Any]]


def rule_of(told: str, start: When, end: str, zones: Zones, notes: Notes) -> Rule:
    """The rule by which an event comes back.

    Raises
    ------
    Refused
        When a part of it cannot be read or followed.
    """
    parts = followed(parts_of_rule(told), start, notes)
    frequency, week_start = (str(alone(parts, name) or "") for name in ("FREQ", "WKST"))
    if frequency not in FREQUENCIES:
        raise Refused(f"comes back {frequency[:20] or 'without FREQ'}; DAILY, WEEKLY, MONTHLY and YEARLY are followed")
    if week_start and week_start not in TWO_LETTERS:
        raise Refused(f"has a week that begins on {week_start[:20]!r}")
    interval, count = alone(parts, "INTERVAL"), alone(parts, "COUNT")
    month_days = whole_numbers(texts(parts, "BYMONTHDAY"), -31, 31)
    if 0 in month_days:
        raise Refused("has day 0 of a month")
    return Rule(
        frequency=FREQUENCIES[frequency],
        begin=start.at or MIDNIGHT,
        end=end,
        start=start.on,
        until=last_day(alone(parts, "UNTIL"), start, zones, notes),
        interval=1 if interval is None else min(int(interval), MOST_TIMES),
        days=tuple(days_of(parts)),
        month_days=month_days,
        months=whole_numbers(texts(parts, "BYMONTH"), 1, 12),
        count=None if count is None else min(int(count), MOST_TIMES),
        week_start=TWO_LETTERS.index(week_start) if week_start else 0,
        zone=start.zone,
    )


def parts_of_rule(told: str) -> Parts:
    """The parts of an RRULE by name; an end is left as text."""
    from icalendar import vRecur

    given = re.sub(r"\s", "", told[: LONGEST_RULE + 1]).upper()
    ends = re.findall(r"(?:^|;)UNTIL=([^;]*)", given)
    try:
        found = vRecur.from_ical(re.sub(r"(^|;)UNTIL=[^;]*", "", given))
    except ValueError:
        found = None
    if not found or len(told) > LONGEST_RULE:
        raise Refused(f"has a rule that cannot be read, {told[:60]!r}")
    return {str(name): list(values) for name, values in found.items()} | ({"UNTIL": ends} if ends else {})


def followed(parts: Parts, start: When, notes: Notes) -> Parts:
    """The parts, when all that is left out says nothing new: the hour of the start itself, or a name of its own."""
    position = parts.get("BYSETPOS", [])
    if len(position) == 1 and parts.get("FREQ") == ["MONTHLY"] and is_one_weekday(parts) and abs(position[0]) <= FIFTH:
        parts = {name: told for name, told in parts.items() if name != "BYSETPOS"}
        parts["BYDAY"] = [f"{position[0]}{parts['BYDAY'][0]}"]  # Outlook writes the second Tuesday as TU and 2
    hour, minute = (start.at or MIDNIGHT).split(":")
    same = {"BYHOUR": [int(hour)], "BYMINUTE": [int(minute)], "BYSECOND": [0]}
    other = [name for name, told in parts.items() if name not in FOLLOWED and same.get(name) != told]
    own = [name for name in other if name.startswith("X-")]
    if own:
        notes.add("RRULE", f"has {', '.join(own)[:60]} in its rule; not followed")
    if len(own) < len(other):
        raise Refused(f"comes back by {', '.join(name for name in other if name not in own)[:60]}; not followed")
    return parts


def is_one_weekday(parts: Parts) -> bool:
    """Whether a rule names one weekday and no number with it, and no day of the month."""
    days = parts.get("BYDAY", [])
    return len(days) == 1 and str(days[0]) in TWO_LETTERS and "BYMONTHDAY" not in parts


def alone(parts: Parts, name: str) -> Any:
    """The only value of a part; None when it is not told."""
    values = parts.get(name, [])
    if len(values) > 1:
        raise Refused(f"has {len(values)} times {name} in its rule")
    return values[0] if values else None


def texts(parts: Parts, name: str) -> list[str]:
    """The values of a part as text."""
    return [str(value) for value in parts.get(name, [])]


def days_of(parts: Parts) -> Iterator[tuple[int, int]]:
    """Which one of the month, and which day of the week."""
    for told in texts(parts, "BYDAY"):
        numbered = NUMBERED.fullmatch(told)
        if numbered is None:
            raise Refused(f"has {told[:20]!r} among its days")
        yield int(numbered[1] or 0), TWO_LETTERS.index(numbered[2])


def last_day(told: str | None, start: When, zones: Zones, notes: Notes) -> date | None:
    """The last day on the clock of the rule on which a session begins at or before the end; None without an end."""
    if told is None:
        return None
    until = when_of(told, {}, zones, notes, floating=start.zone)
    if until.at is None:
        return until.on
    until = until.on_clock(start.zone)
    begin = When(until.on, start.at or MIDNIGHT, start.zone)
    return until.on if begin.moment <= until.moment else until.on - timedelta(days=1)
