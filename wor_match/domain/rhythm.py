"""The rules by which days come back: weekly, monthly, or a day of its own, each with its times."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from wor_match.domain.text import Clock, Day, Whole, minutes_of
from wor_match.domain.value import Value, refuse

WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
LONG_NAMES = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
DAY_PARTS = {"morning": "09:00-13:00", "afternoon": "13:00-18:00", "evening": "18:00-23:00"}
NIGHT_ENDS = 6 * 60  # an end before the start is over midnight until 06:00, else a mistake

Slot = tuple[str, str]
OnDay = date  # inside a rule, `date` is one of its fields


def weekday(value: Any) -> Any:
    """A day of the week in short Dutch."""
    return WEEKDAYS[LONG_NAMES.index(value)] if isinstance(value, str) and value in LONG_NAMES else value


Weekday = Annotated[Literal["ma", "di", "wo", "do", "vr", "za", "zo"], BeforeValidator(weekday)]


class Slotted(Value):
    """A start and an end on the clock; an end of up to 06:00 before the start lies after midnight."""

    start: Clock
    end: Clock

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Slotted:
        start, end = minutes_of(self.start), minutes_of(self.end)
        if self.start == "24:00":
            raise refuse("bad-start", "starts at 24:00; write 00:00 of the next day")
        if NIGHT_ENDS < end < start:
            raise refuse("end-before-start", f"ends {self.end} before it starts {self.start}; swap the times")
        return self

    @property
    def slot(self) -> Slot:
        """Start and end as told."""
        return self.start, self.end


class Ruled(Slotted):
    """A rule that may hold for a period of its own, both days inclusive."""

    from_: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None

    @model_validator(mode="after")
    def _lasts(self) -> Ruled:
        if self.from_ and self.until and self.until < self.from_:
            raise refuse("end-before-start", f"ends {self.until} before it starts {self.from_}; swap the days")
        return self

    def in_period(self, on: date) -> bool:
        """Whether the rule can hold on this day at all."""
        return (self.from_ is None or self.from_ <= on) and (self.until is None or on <= self.until)


class Weekly(Ruled):
    """A day of the week: every week, every n weeks counted from the week of `from`, or in odd or even ISO weeks."""

    day: Weekday
    every: Annotated[Whole, Field(ge=1, le=52)] = 1
    weeks: Literal["odd", "even"] | None = None

    @model_validator(mode="after")
    def _has_an_anchor(self) -> Weekly:
        if self.every > 1 and self.from_ is None:
            raise refuse("no-anchor", f"is every {self.every} weeks from no week; add `from: 2026-11-03`")
        if self.every > 1 and self.weeks:
            raise refuse("two-rhythms", "has both `every` and `weeks`; keep one of them")
        return self

    def holds(self, on: OnDay) -> bool:
        """Whether the rule holds on this day."""
        if WEEKDAYS[on.weekday()] != self.day or not self.in_period(on):
            return False
        if self.weeks:
            return on.isocalendar().week % 2 == (self.weeks == "odd")
        return self.from_ is None or (monday(on) - monday(self.from_)).days // 7 % self.every == 0

    @property
    def a_week(self) -> float:
        """How often a week, on average."""
        return 0.5 if self.weeks else 1 / self.every


class Monthly(Ruled):
    """The nth (-1: the last) weekday of the month, or a day of the month; months that lack it are skipped."""

    day: Weekday | None = None
    nth: Annotated[Whole, Field(ge=-5, le=5)] | None = None
    date: Annotated[Whole, Field(ge=1, le=31)] | None = None

    @model_validator(mode="after")
    def _is_one_kind(self) -> Monthly:
        by_weekday = self.day is not None and bool(self.nth) and self.date is None
        by_date = self.date is not None and self.day is None and self.nth is None
        if not by_weekday and not by_date:
            raise refuse(
                "no-monthly-rule", "is no monthly rule; give `day` with `nth` (1 to 5, -1 the last), or `date`"
            )
        return self

    def holds(self, on: OnDay) -> bool:
        """Whether the rule holds on this day."""
        if not self.in_period(on):
            return False
        if self.day is None or self.nth is None:
            return on.day == self.date
        from_start, from_end = (on.day - 1) // 7 + 1, -((days_in_month(on) - on.day) // 7 + 1)
        return WEEKDAYS[on.weekday()] == self.day and self.nth in (from_start, from_end)


class Dated(Slotted):
    """One day with its times."""

    date: Day


class Closed(Value):
    """Days on which nothing happens, both inclusive."""

    from_: Annotated[Day, Field(alias="from")]
    to: Day

    @model_validator(mode="after")
    def _is_forward(self) -> Closed:
        if self.to < self.from_:
            raise refuse("end-before-start", f"ends {self.to} before it starts {self.from_}; swap the days")
        return self


def monday(on: date) -> date:
    """The Monday of this week."""
    return on - timedelta(days=on.weekday())


def days_in_month(on: date) -> int:
    """The number of days of this month."""
    return ((on.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day
