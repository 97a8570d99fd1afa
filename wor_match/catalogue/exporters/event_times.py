"""A schedule as schema.org tells it: Schedules with the days that fall out, and sessions of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from wor_match.catalogue.exporters.rules import MOST_DAYS, Held, in_words, rules_of, single_days
from wor_match.catalogue.importers.item import Found, filled
from wor_match.domain.rhythm import Slot
from wor_match.domain.schedule import ZONE, Schedule
from wor_match.domain.text import minutes_of

A_DAY = 24 * 60
WEEKS = {"odd": "Alleen in oneven weken.", "even": "Alleen in even weken."}


def schedules_of(schedule: Schedule) -> Iterator[Found]:
    """A Schedule for each rule; one that cannot be told whole is a PartialSchedule without a frequency."""
    said, shut = in_words(schedule, exceptions=False), days_shut(schedule)
    rules = list(rules_of(schedule))
    for held in rules:
        told = filled(
            {
                "@type": "PartialSchedule" if held.weeks else "Schedule",
                "repeatFrequency": None if held.weeks else f"P{held.every}{'M' if held.monthly else 'W'}",
                "byDay": held.day,
                "byMonthDay": held.month_day,
                "startDate": held.first and held.first.isoformat(),
                "endDate": held.last and held.last.isoformat(),
                "startTime": held.rule.start,
                "endTime": held.rule.end,
                "scheduleTimezone": ZONE.key,
                "exceptDate": [] if held.weeks else list(exceptions_of(held, schedule, shut)),
            }
        )
        yield filled({**told, "description": " ".join(part for part in (WEEKS.get(held.weeks or ""), said) if part)})
    if said and not rules:
        yield {"@type": "PartialSchedule", "description": said}


def exceptions_of(held: Held, schedule: Schedule, shut: frozenset[date]) -> Iterator[str]:
    """Days on which this rule would hold and falls out, and moments that make way for other times."""
    yield from (on.isoformat() for on in sorted(shut) if holds(held, on))
    other: dict[date, set[Slot]] = {}
    for one in schedule.adjusted:
        other.setdefault(one.date, set()).add(one.slot)
    for on, slots in sorted(other.items()):
        if on not in shut and holds(held, on) and held.rule.slot not in slots:
            yield moment_told(on, minutes_of(held.rule.start))


def holds(held: Held, on: date) -> bool:
    """Whether a rule holds on a day, also after the period of the whole schedule."""
    return held.rule.holds(on) and (held.first is None or held.first <= on) and (held.last is None or on <= held.last)


def days_shut(schedule: Schedule) -> frozenset[date]:
    """The days that are cancelled or lie in a closed period, as far as anything would be on them; at most 1,000."""
    rules = list(rules_of(schedule))
    own = {one.date for one in (*single_days(schedule), *schedule.adjusted)}
    days = {
        period.from_ + timedelta(days=step)
        for period in schedule.closed
        for step in range((period.to - period.from_).days + 1)
    }
    meets = (on for on in sorted({*days, *schedule.cancelled}) if on in own or any(holds(held, on) for held in rules))
    return frozenset(on for _, on in zip(range(MOST_DAYS), meets, strict=False))


def sessions_of(schedule: Schedule) -> Iterator[Found]:
    """Days of their own, days on top, and other times of a day; what falls out is not told."""
    shut, adjusted = days_shut(schedule), {one.date for one in schedule.adjusted}
    days = [one for one in single_days(schedule) if one.date not in adjusted]
    for one in (*days, *schedule.adjusted):
        if one.date not in shut:
            yield session(one.date, one.slot)


def session(on: date, slot: Slot) -> Found:
    """One session as an Event; without an end when none is known."""
    start, end = (minutes_of(told) for told in slot)
    told = {"@type": "Event", "startDate": moment_told(on, start)}
    return told if end == start else {**told, "endDate": moment_told(on, end if end > start else end + A_DAY)}


def moment_told(on: date, minutes: int) -> str:
    """The moment so many minutes after midnight, with the offset of that day."""
    days, minutes = divmod(minutes, A_DAY)
    return datetime.combine(on + timedelta(days=days), time(minutes // 60, minutes % 60), ZONE).isoformat()
