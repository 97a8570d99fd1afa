"""The rules of a schedule, each with the period in which it holds, and in words what no other format has a word for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from wor_match.domain.rhythm import Dated, Monthly, Weekly
from wor_match.domain.schedule import Schedule

TWO_LETTERS = {"ma": "MO", "di": "TU", "wo": "WE", "do": "TH", "vr": "FR", "za": "SA", "zo": "SU"}
PAUSES = {"school_holidays": "de schoolvakanties", "public_holidays": "op feestdagen"}
MOST_WORDS, MOST_DAYS = 900, 1_000  # characters, days


@dataclass(frozen=True, slots=True)
class Held:
    """One rule with its first and last day, those of the whole schedule laid in; None is open."""

    rule: Weekly | Monthly
    first: date | None
    last: date | None

    @property
    def day(self) -> str | None:
        """The weekday in two letters, with its number in the month before it; None for a day of the month."""
        if self.rule.day is None:
            return None
        nth = self.rule.nth if isinstance(self.rule, Monthly) else None
        return f"{nth or ''}{TWO_LETTERS[self.rule.day]}"

    @property
    def monthly(self) -> bool:
        """Whether it comes back by the month."""
        return isinstance(self.rule, Monthly)

    @property
    def month_day(self) -> int | None:
        """The day of the month."""
        return self.rule.date if isinstance(self.rule, Monthly) else None

    @property
    def every(self) -> int:
        """Every so many weeks or months."""
        return self.rule.every if isinstance(self.rule, Weekly) else 1

    @property
    def weeks(self) -> str | None:
        """Odd or even weeks only."""
        return self.rule.weeks if isinstance(self.rule, Weekly) else None


def rules_of(schedule: Schedule) -> Iterator[Held]:
    """The weekly and monthly rules that hold on any day."""
    rules: tuple[Weekly | Monthly, ...] = (*schedule.weekly, *schedule.monthly)
    for rule in rules:
        first = max((on for on in (rule.from_, schedule.from_) if on), default=None)
        last = min((on for on in (rule.until, schedule.until) if on), default=None)
        if isinstance(rule, Weekly) and rule.every > 1 and first is not None:
            days = (first + timedelta(days=step) for step in range(7 * rule.every))
            first = next((on for on in days if rule.holds(on)), date.max)
        if (first is None or last is None or first <= last) and first != date.max:
            yield Held(rule, first, last)


def single_days(schedule: Schedule) -> tuple[Dated, ...]:
    """Days of their own, and days on top; at most 1,000 together."""
    return (*schedule.dates, *schedule.extra)[:MOST_DAYS]


def in_words(schedule: Schedule, exceptions: bool) -> str:
    """What has no other place, in Dutch: by appointment, a course, pauses; and exceptions when they are asked for."""
    said = ["Op afspraak."] if schedule.on_request else []
    said += ["Een reeks: kom alle keren."] if schedule.attend == "all" else []
    said += [f"Niet {'in ' if name == 'school_holidays' else ''}{PAUSES[name]}." for name in schedule.pauses]
    if exceptions:
        said += [f"Niet van {period.from_} tot en met {period.to}." for period in schedule.closed]
        said += [f"Niet op {on}." for on in schedule.cancelled]
        said += [f"Op {one.date} van {one.start} tot {one.end}." for one in schedule.adjusted]
    return " ".join(said)[:MOST_WORDS]
