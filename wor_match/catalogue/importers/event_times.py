"""When an Event of schema.org or OpenActive is: its Schedules, its sessions, and the days that are taken out.

One reader for both: OpenActive's Schedule is schema.org's with a few words more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from wor_match.catalogue.importers.clock import (
    A_DAY,
    A_MINUTE,
    NUMBERED,
    TWO_LETTERS,
    clock_of,
    day_of,
    day_or_none,
    moment_of,
    whole_numbers,
    zone_of,
)
from wor_match.catalogue.importers.gathering import Notes, Refused
from wor_match.catalogue.importers.item import Found, parts_of
from wor_match.catalogue.importers.recurrence import between, dated, joined, later, schedule_parts, without
from wor_match.catalogue.importers.rule import Frequency, Rule
from wor_match.domain.schedule import ZONE, Schedule

ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EVERY: dict[str, Frequency] = {"D": "daily", "W": "weekly", "M": "monthly", "Y": "yearly"}
PERIOD = re.compile(r"P(\d{1,3})([DWMY])")
LASTS = re.compile(r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:\d{1,5}S)?)?")
CANCELLED = ("EventCancelled", "EventPostponed")
MOST_DATES = 1_000


def schedule_of(event: Found, notes: Notes) -> Found | None:
    """The schedule of an event; None when nothing in it says when."""
    parts, taken_out = [], []
    for number, one in enumerate(parts_of(event, "eventSchedule", notes)):
        try:
            rule = rule_of(one, event, notes)
            parts.append(schedule_parts(rule, notes))
            taken_out += list(exceptions_of(one, rule, notes))
        except Refused as fault:
            notes.add(f"eventSchedule.{number}", str(fault))
    told = joined(parts)
    sessions = parts_of(event, "subEvent", notes)
    if not told and not sessions and event.get("startDate"):
        sessions = [event]
    told = with_sessions(told, sessions, taken_out, notes)
    return told or None


def rule_of(schedule: Found, event: Found, notes: Notes) -> Rule:
    """One Schedule as a rule."""
    if schedule.get("@type") == "PartialSchedule":
        notes.add("eventSchedule", "is incomplete by its own word; ask when it really meets", "partial")
    told = str(schedule.get("repeatFrequency") or "")
    period = PERIOD.fullmatch(told.removeprefix("https://schema.org/"))
    if not period:
        raise Refused(f"has no frequency like P1W in {told[:40]!r}")
    frequency, interval = EVERY[period[2]], int(period[1])
    if frequency == "daily" and interval % 7 == 0 and interval:
        frequency, interval = "weekly", interval // 7
    begin = clock_of(schedule.get("startTime") or event.get("startTime"))
    days = tuple(days_of(schedule.get("byDay"), notes))
    if schedule.get("byDay") and not days:
        raise Refused("names no day of the week that can be read")
    if frequency == "daily" and days and interval == 1:
        frequency = "weekly"
    return Rule(
        frequency=frequency,
        begin=begin,
        end=end_of(schedule, event, begin),
        start=day_or_none(schedule.get("startDate")),
        until=day_or_none(schedule.get("endDate")),
        interval=interval,
        days=days,
        month_days=whole_numbers(schedule.get("byMonthDay"), -31, 31),
        months=whole_numbers(schedule.get("byMonth"), 1, 12),
        count=next(iter(whole_numbers(schedule.get("repeatCount"), 1, 100_000)), None),
        zone=zone_of(schedule.get("scheduleTimezone"), notes),
    )


def end_of(schedule: Found, event: Found, begin: str) -> str:
    """The end on the clock: as told, else after the duration, else unknown (the begin itself)."""
    if told := schedule.get("endTime"):
        return clock_of(told)
    whole = lasting(schedule) or lasting(event)
    return later(begin, whole // A_MINUTE) if whole < A_DAY else begin


def exceptions_of(schedule: Found, rule: Rule, notes: Notes) -> Iterator[tuple[date, str | None]]:
    """The days, and starts on our clock, that are taken out; a moment that fits no start takes out its day."""
    told = schedule.get("exceptDate")
    for one in told if isinstance(told, list) else [] if told is None else [told]:
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", str(one)):
                yield dated_start(day_of(one), rule)[0], None
                continue
            there = moment_of(one, rule.zone).astimezone(rule.zone)
        except Refused as fault:
            notes.add("exceptDate", str(fault))
            continue
        if f"{there:%H:%M}" == rule.begin:
            yield dated_start(there.date(), rule)
        else:
            notes.add("exceptDate", f"is no start of a session; {there.date()} is taken out whole", "guessed")
            yield dated_start(there.date(), rule)[0], None


def dated_start(on: date, rule: Rule) -> tuple[date, str]:
    """The day and start of a session on our clock."""
    told = dated(on, rule.begin, rule.end, rule.zone)
    return told["date"], told["start"]


def with_sessions(told: Found, sessions: list[Found], taken_out: list[tuple[date, str | None]], notes: Notes) -> Found:
    """The schedule with its single sessions laid over it: new ones added, cancelled ones taken out.

    A session that is told by itself stays, also on a day that is taken out of the rule.
    """
    known = Schedule.model_validate(told) if told else None
    dates: list[Found] = []
    for number, one in enumerate(sessions[:MOST_DATES]):
        try:
            span = span_of(one, notes)
        except Refused as fault:
            notes.add(f"subEvent.{number}", str(fault))
            continue
        if str(one.get("eventStatus")).rsplit("/", 1)[-1] in CANCELLED:
            taken_out.append((span["date"], span["start"]))
        elif known is None or (span["start"], span["end"]) not in known.slots(span["date"]):
            dates.append(span)
    if len(sessions) > MOST_DATES:
        notes.add("subEvent", f"has {len(sessions)} sessions; {MOST_DATES} are kept")
    told = joined([told, {"dates": dates}] if dates else [told])
    return without(told, taken_out, stays=dates) if told else {}


def span_of(session: Found, notes: Notes) -> Found:
    """A session as a date with its times; one that lasts over several days is kept without an end."""
    start = moment_of(session.get("startDate"), ZONE)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", str(session.get("startDate"))):
        notes.add("startDate", "has a day and no time; ask at what time")
        return {"date": start.date(), "start": "00:00", "end": "24:00"}
    try:
        end = moment_of(session["endDate"], ZONE) if session.get("endDate") else start + lasting(session)
    except Refused:
        end = start
    if end < start or end - start >= A_DAY:
        notes.add("endDate", "is no end on the same day; kept without an end")
        end = start
    return between(start, end)


def lasting(session: Found) -> timedelta:
    """How long a session lasts; nothing when that is not told."""
    lasts = LASTS.fullmatch(str(session.get("duration") or ""))
    days, hours, minutes = (int(part or 0) for part in lasts.groups()) if lasts else (0, 0, 0)
    return timedelta(days=days, hours=hours, minutes=minutes)


def days_of(told: object, notes: Notes) -> Iterator[tuple[int, int]]:
    """Days of the week as addresses of schema.org, as words, or as MO and 2MO."""
    for one in told if isinstance(told, list) else [] if told is None else [told]:
        word = re.split("[/#:]", str(one))[-1]
        numbered = NUMBERED.fullmatch(word)
        if numbered:
            yield int(numbered[1] or 0), TWO_LETTERS.index(numbered[2])
        elif word.lower() in ENGLISH:
            yield 0, ENGLISH.index(word.lower())
        else:
            notes.add("byDay", f"has {word[:40]!r} among its days; ask what that means")
