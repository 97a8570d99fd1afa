"""What comes back, in the words that feeds share (a bounded part of RFC 5545), as a schedule of ours.

Weekly and monthly rules stay rules; what our schedules have no word for (every third day, every second month, days
before the end of a month, another clock) is written out as dates, for at most two years. Each day is tested; nothing
ever searches for a next match.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from typing import Any
from zoneinfo import ZoneInfo

from wor_match.catalogue.importers.gathering import Notes, Refused
from wor_match.catalogue.importers.item import Found
from wor_match.catalogue.importers.rule import Rule
from wor_match.domain.rhythm import NIGHT_ENDS, WEEKDAYS
from wor_match.domain.schedule import MOST_OCCURRENCES, ZONE, Schedule
from wor_match.domain.text import minutes_of

WRITTEN_OUT = timedelta(days=731)
MOST_WEEKS = 52
A_DAY = 24 * 60
SOME_YEAR = date(2024, 1, 1)  # for a rule that tells none; an earlier one for what ended before it


def schedule_parts(rule: Rule, notes: Notes) -> Found:
    """The rule as `weekly`, `monthly` or `dates` of a schedule.

    Raises
    ------
    Refused
        When it says too little to be followed, such as every second week from no week.
    """
    rule = bounded(sane(rule, notes), notes)
    if rule.frequency == "daily" and rule.interval % 7 == 0 and not (rule.days or rule.month_days):
        rule = replace(rule, frequency="weekly", interval=rule.interval // 7)
    shift = minutes_apart(rule, notes)
    if shift and 0 <= minutes_of(rule.begin) + shift < A_DAY:
        rule, shift = shifted(rule, shift, notes), 0
    if shift == 0 and (rows := weekly_rows(rule)):
        return {"weekly": rows}
    if shift == 0 and (rows := monthly_rows(rule)):
        return {"monthly": rows}
    return {"dates": written_out(rule, notes)}


def sane(rule: Rule, notes: Notes) -> Rule:
    """The rule, when it can be followed; an end that lies impossibly early is left out."""
    if rule.interval < 1:
        raise Refused(f"comes back every {rule.interval} times; at least 1 is allowed")
    if rule.count is not None and rule.count < 1:
        raise Refused(f"comes back {rule.count} times; at least 1 is allowed")
    has_days = rule.frequency == "daily" or rule.days or rule.month_days
    if rule.start is None and (rule.interval > 1 or rule.count or rule.frequency == "yearly" or not has_days):
        raise Refused("comes back from no day; a start is needed to know when")
    if rule.begin == "24:00":
        raise Refused("starts at 24:00; the day after begins at 00:00")
    if rule.start and rule.until and rule.until < rule.start:
        raise Refused(f"ends {rule.until} before it starts {rule.start}")
    if rule.frequency in ("daily", "weekly") and any(nth for nth, _ in rule.days):
        notes.add("schedule", f"numbers the days of a {rule.frequency} rule; the numbers are left out")
        rule = replace(rule, days=tuple((0, day) for _, day in rule.days))
    if rule.frequency == "yearly" and any(nth for nth, _ in rule.days) and not rule.months:
        raise Refused("numbers the weekdays of a whole year; write the days out")
    if NIGHT_ENDS < minutes_of(rule.end) < minutes_of(rule.begin):
        notes.add("schedule", f"ends {rule.end} before it starts {rule.begin}; kept without an end")
        rule = replace(rule, end=rule.begin)
    return rule


def bounded(rule: Rule, notes: Notes) -> Rule:
    """The rule with a last day in place of a count."""
    if rule.count is None:
        return rule
    found = list(rule.dates())
    if len(found) < rule.count:
        reason = "ends before its count is reached" if rule.until else f"is followed for {len(found)} times only"
        notes.add("schedule", f"says {rule.count} times, but {reason}")
    if not found:
        raise Refused("never comes back; its days exclude each other")
    return replace(rule, count=None, until=found[-1])


def minutes_apart(rule: Rule, notes: Notes) -> int | None:
    """How much later our clock shows it than the clock of the rule; None when that changes in its period.

    Without a first day it cannot be written out: then what holds most of the year is taken, and that is told.
    """
    if rule.zone == ZONE:
        return 0
    first = rule.start or min(SOME_YEAR, date(rule.until.year, 1, 1) if rule.until else SOME_YEAR)
    last = min(rule.until or first + WRITTEN_OUT, first + WRITTEN_OUT)
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))
    apart = (apart_on(on, rule) for on in days)
    if rule.start is not None:
        usual = next(apart)
        return usual if all(one == usual for one in apart) else None
    found = Counter(apart).most_common()
    if len(found) > 1:
        notes.add("schedule", f"does not keep step with {ZONE.key}; in some weeks it is earlier or later, ask", "zone")
    return found[0][0]


def apart_on(on: date, rule: Rule) -> int:
    """How much later our clock shows it on one day, in minutes."""
    there = datetime.combine(on, time.fromisoformat(rule.begin), rule.zone)
    here = there.astimezone(ZONE)
    return int((here.replace(tzinfo=None) - there.replace(tzinfo=None)).total_seconds() // 60)


def shifted(rule: Rule, minutes: int, notes: Notes) -> Rule:
    """The rule so many minutes later on the same day, on our clock."""
    told = replace(rule, begin=later(rule.begin, minutes), end=later(rule.end, minutes), zone=ZONE)
    if told.end == told.begin and rule.end != rule.begin:
        notes.add("schedule", "lasts a day and a night on another clock; kept without an end")
    return sane(told, notes)


def later(told: str, minutes: int) -> str:
    """A time of day so many minutes later."""
    moved = (minutes_of(told) + minutes) % A_DAY
    return f"{moved // 60:02d}:{moved % 60:02d}"


def weekly_rows(rule: Rule) -> list[Found]:
    """A row a weekday, where the rule is one that our schedules have a word for."""
    daily = rule.frequency == "daily" and rule.interval == 1
    if rule.months or rule.month_days or rule.interval > MOST_WEEKS or not (daily or rule.frequency == "weekly"):
        return []
    told = [day for _, day in rule.days] or ([rule.start.weekday()] if rule.start and not daily else range(7))
    rows = []
    for day in sorted(set(told)):
        first = next((on for on in weeks_of(rule, day) if rule.holds(on)), None) if rule.interval > 1 else rule.start
        if rule.interval > 1 and first is None:
            continue
        every = rule.interval if rule.interval > 1 else None
        rows.append(filled_row(rule, {"day": WEEKDAYS[day], "every": every, "from": first}))
    return rows


def weeks_of(rule: Rule, day: int) -> Iterator[date]:
    """The first days of the week of this name, from the start on."""
    assert rule.start is not None  # noqa: S101 — every so many weeks from no week was refused
    first = rule.start + timedelta(days=(day - rule.start.weekday()) % 7)
    return (first + timedelta(weeks=step) for step in range(rule.interval + 1))


def monthly_rows(rule: Rule) -> list[Found]:
    """A row a day of the month, where the rule is one that our schedules have a word for."""
    if rule.frequency != "monthly" or rule.interval > 1 or rule.months or (rule.days and rule.month_days):
        return []
    if any(not nth for nth, _ in rule.days) or any(not 1 <= day <= 31 for day in rule.month_days):
        return []
    by_date = rule.month_days or ((rule.start.day,) if rule.start and not rule.days else ())
    told = [{"day": WEEKDAYS[day], "nth": nth} for nth, day in rule.days] or [{"date": day} for day in by_date]
    return [filled_row(rule, {**one, "from": rule.start}) for one in told]


def filled_row(rule: Rule, told: Found) -> Found:
    """A row with times and a last day, without what is unknown."""
    row = {**told, "start": rule.begin, "end": rule.end, "until": rule.until}
    return {name: value for name, value in row.items() if value is not None}


def written_out(rule: Rule, notes: Notes) -> list[Found]:
    """The rule as dates on our clock, for at most two years and 1,000 times."""
    if rule.start is None:
        raise Refused(f"crosses midnight between {rule.zone.key} and our clock, from no day")
    last = rule.start + WRITTEN_OUT
    found = list(islice(takewhile(lambda on: on <= last, rule.dates()), MOST_OCCURRENCES + 1))
    if not found:
        raise Refused(f"does not come back until {last}; its days exclude each other, or lie far away")
    if len(found) > MOST_OCCURRENCES or rule.until is None or rule.until > last:
        notes.add("schedule", f"is written out until {found[min(len(found), MOST_OCCURRENCES) - 1]}", "written-out")
    rows = [dated(on, rule.begin, rule.end, rule.zone) for on in found[:MOST_OCCURRENCES]]
    if rule.end != rule.begin and any(row["start"] == row["end"] for row in rows):
        notes.add("schedule", "lasts too far into the night on our clock; kept without an end on such days")
    return rows


def dated(on: date, begin: str, end: str, zone: ZoneInfo = ZONE) -> Found:
    """One day with its times, on our clock."""
    if zone == ZONE:
        return {"date": on, "start": begin, "end": end}
    lasts = timedelta(minutes=(minutes_of(end) - minutes_of(begin)) % A_DAY)
    start = datetime.combine(on, time.fromisoformat(begin), zone).astimezone(UTC)
    return between(start, start + lasts)


def between(start: datetime, end: datetime) -> Found:
    """A session from moment to moment, on our clock; without an end when that lies too far into the night."""
    here, there = start.astimezone(ZONE), end.astimezone(ZONE)
    begins, ends = f"{here:%H:%M}", f"{there:%H:%M}"
    told = begins if NIGHT_ENDS < minutes_of(ends) < minutes_of(begins) else ends
    return {"date": here.date(), "start": begins, "end": told}


def joined(parts: Iterable[Found]) -> Found:
    """The lists of several rules as one schedule; the same date is told once."""
    told: dict[str, dict[frozenset[tuple[str, Any]], Found]] = {}
    for part in parts:
        for name, rows in part.items():
            known = told.setdefault(name, {})
            for row in rows:
                known.setdefault(frozenset(row.items()), row)
    return {name: list(known.values()) for name, known in told.items()}


def without(told: Found, taken_out: Iterable[tuple[date, str | None]], stays: Iterable[Found] = ()) -> Found:
    """The schedule without some sessions: a day and the start on our clock, or None for the whole day.

    A day that keeps other sessions, or has one among `stays`, becomes an adjusted day with those.
    """
    standing = {(one["date"], one["start"], one["end"]) for one in stays}
    days: dict[date, set[str | None]] = {}
    for on, begin in taken_out:
        days.setdefault(on, set()).add(begin)
    if not days:
        return told
    rule = Schedule.model_validate(told)
    cancelled: list[Any] = list(told.get("cancelled", []))
    adjusted: list[Found] = [row for row in told.get("adjusted", []) if row["date"] not in days]
    for on, begins in sorted(days.items(), key=lambda one: one[0]):
        slots = rule.slots(on)
        kept = [one for one in slots if (on, *one) in standing or (None not in begins and one[0] not in begins)]
        adjusted += [{"date": on, "start": start, "end": end} for start, end in kept]
        cancelled += [] if kept else [on]
    return {**told, "cancelled": cancelled, "adjusted": adjusted}
