"""One event of a calendar and all that comes back of it: its rules and dates, what is taken out and what is moved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from wor_match.catalogue.importers.gathering import Notes, Refused
from wor_match.catalogue.importers.icalendar.file import Block, Line
from wor_match.catalogue.importers.icalendar.rule import rule_of
from wor_match.catalogue.importers.icalendar.session import (
    When,
    duration_of,
    end_after,
    end_of,
    session,
    start_of,
    values_of,
    when_of,
)
from wor_match.catalogue.importers.icalendar.zone import Zones
from wor_match.catalogue.importers.item import Found
from wor_match.catalogue.importers.recurrence import A_DAY, bounded, dated, joined, sane, schedule_parts
from wor_match.catalogue.importers.rule import Rule
from wor_match.domain.schedule import ZONE
from wor_match.domain.text import minutes_of

Key = tuple[date, str]  # a day and the start of a session, on our clock
MOST_RULES = 10
SHOWN = 3


@dataclass(slots=True)
class Series:
    """One event, in the words of our schedules.

    Attributes
    ----------
    start : When
        Its first session.
    end : str
        The end of a session on the clock of the start.
    rules : list of Rule
    told : dict
        The parts of a schedule.
    taken_out : set of (date, str)
        Sessions of weekly and monthly rules that do not meet.
    added : list of dict
        Sessions that were moved to where they are.
    """

    start: When
    end: str
    rules: list[Rule] = field(default_factory=list)
    told: Found = field(default_factory=dict)
    taken_out: set[Key] = field(default_factory=set)
    added: list[Found] = field(default_factory=list)

    def at(self, when: When) -> list[Found]:
        """The sessions that begin at this moment, or on this day."""
        dates = self.told.get("dates", [])
        if self.start.at is None or when.at is None:
            on = when.on_clock(ZONE).on if self.start.at is None else when.on
            return [*self.by_rule_on(on), *(row for row in dates if row["date"] == on)]
        there, here = when.on_clock(self.start.zone), when.on_clock(ZONE)
        held = self.by_rule_on(there.on) if there.at == self.start.at else []
        return held or [row for row in dates if (row["date"], row["start"]) == (here.on, here.at)]

    def by_rule_on(self, on: date) -> list[Found]:
        """The sessions of its rules on a day of their own clock."""
        return [dated(on, rule.begin, rule.end, rule.zone) for rule in self.rules if rule.holds(on)]

    def take_out(self, rows: list[Found]) -> None:
        """Take sessions out: those that are written out go, those of a rule are remembered."""
        keys = {(row["date"], row["start"]) for row in rows}
        if "dates" in self.told:
            self.told["dates"] = [row for row in self.told["dates"] if (row["date"], row["start"]) not in keys]
        if "weekly" in self.told or "monthly" in self.told:
            self.taken_out |= keys


def series_of(event: Block, zones: Zones, notes: Notes) -> Series:
    """An event with its rules and dates, without what it takes out itself.

    Raises
    ------
    Refused
        When it cannot be known when it begins.
    """
    start = start_of(event, zones, notes)
    series = Series(start, end_of(event, start, zones, notes))
    parts = [part for told in event.told.get("RRULE", [])[:MOST_RULES] if (part := by_rule(told, series, zones, notes))]
    extra = dates_of(event, series, zones, notes)
    if not parts:
        extra = [session(start, series.end, notes), *extra]
    elif not any(rule.holds(start.on) for rule in series.rules):
        notes.add("RRULE", f"leaves out the day on which it starts, {start.on}; ask whether it meets then", "guessed")
    series.told = joined([*parts, {"dates": extra}] if extra else parts)
    if "EXRULE" in event.told:
        notes.add("EXRULE", "is not followed; some sessions may not meet, ask")
    series.take_out(exceptions_of(event, series, zones, notes))
    return series


def by_rule(raw: str, series: Series, zones: Zones, notes: Notes) -> Found | None:
    """What one RRULE says; None, and a note, when it cannot be followed."""
    try:
        rule = rule_of(raw.partition(":")[2], series.start, series.end, zones, notes)
        rule = bounded(sane(rule, notes), notes)
        told = schedule_parts(rule, notes)
    except Refused as fault:
        notes.add("RRULE", f"{fault}; only its first day is kept", "rule")
        return None
    series.rules.append(rule)
    return told


def dates_of(event: Block, series: Series, zones: Zones, notes: Notes) -> list[Found]:
    """The sessions in RDATE."""
    found = []
    for one in values_of(event.every("RDATE"), notes, "RDATE"):
        try:
            found.append(extra_of(one, series, zones, notes))
        except Refused as fault:
            notes.add("RDATE", str(fault))
    return found


def extra_of(one: Line, series: Series, zones: Zones, notes: Notes) -> Found:
    """One date, or a period with an end of its own."""
    start, end = series.start, series.end
    told, _, until = one.value.partition("/")
    when = when_of(told, one.params, zones, notes, floating=start.zone)
    if start.at is None:
        return session(When(when.on_clock(ZONE).on), end, notes)
    if when.at is None:
        notes.add("RDATE", f"has no time on {when.on}; taken at {start.at}", "guessed")
        return session(When(when.on, start.at, start.zone), end, notes)
    if not until:
        lasts = timedelta(minutes=(minutes_of(end) - minutes_of(start.at)) % A_DAY)
    elif until.strip().upper().startswith(("P", "+P")):
        lasts = duration_of(until)
    else:
        lasts = when_of(until, one.params, zones, notes, floating=start.zone).moment - when.moment
    return session(when, end_after(when, lasts, zones, notes), notes)


def exceptions_of(event: Block, series: Series, zones: Zones, notes: Notes) -> list[Found]:
    """The sessions that EXDATE takes out; what hits none is noted."""
    found: list[Found] = []
    missed: list[str] = []
    for one in values_of(event.every("EXDATE"), notes, "EXDATE"):
        try:
            when = when_of(one.value, one.params, zones, notes, floating=series.start.zone)
        except Refused as fault:
            notes.add("EXDATE", str(fault))
            continue
        rows = series.at(when)
        if rows and when.at is None and series.start.at is not None:
            notes.add("EXDATE", f"has no time on {when.on}; the whole day is taken out", "guessed")
        found += rows
        missed += [] if rows else [f"{when.on} {when.at or ''}".strip()]
    if missed:
        more = f" and {len(missed) - SHOWN} more" if len(missed) > SHOWN else ""
        notes.add("EXDATE", f"takes out {', '.join(missed[:SHOWN])}{more}, when no session begins; ask", "no-session")
    return found


def lay_over(override: Block, series: Series | None, zones: Zones, notes: Notes) -> Series | None:
    """One session that is told anew: taken out where it was, and laid where it is now.

    Returns
    -------
    Series or None
        A session on its own, when the series that it belongs to is not known.
    """
    told = override.first("RECURRENCE-ID")
    if told and told.params.get("RANGE"):
        notes.add("RECURRENCE-ID", "changes all that follow too (RANGE); read as this one only", "range")
    if "RRULE" in override.told:
        notes.add("RRULE", "stands with one session of a series; that session alone is read", "rule")
    was: list[Found] = []
    if series and told:
        was = series.at(when_of(told.value, told.params, zones, notes, floating=series.start.zone))
        if not was:
            notes.add("RECURRENCE-ID", f"was never a session at {told.value[:20]!r} of its series", "no-session")
    now = None if override.value("STATUS").upper() == "CANCELLED" else moved_to(override, zones, notes)
    if series and was != [now]:
        series.take_out(was)
        series.added += [now] if now else []
    if series or now is None:
        return None
    notes.add("RECURRENCE-ID", "is one session of a series that is not in this file; kept as a day of its own", "alone")
    return Series(start_of(override, zones, notes), now["end"], told={"dates": [now]})


def moved_to(override: Block, zones: Zones, notes: Notes) -> Found:
    """Where a session is now."""
    start = start_of(override, zones, notes)
    return session(start, end_of(override, start, zones, notes), notes)
