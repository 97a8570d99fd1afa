"""How many weeks somebody took part, counted from their first day; a week in which the activity pauses is no week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from wor_match.domain.lazy import lazy
from wor_match.domain.schedule import Schedule
from wor_match.learning.prior import HORIZON

WEEK = timedelta(weeks=1)
HOURS = {"start": "10:00", "end": "12:00"}  # whether it meets on a day does not hang on them
FURTHEST = 80  # weeks looked at: a year of pauses and twelve weeks more
LATE = 4  # weeks after the horizon in which a call still counts as the call at twelve weeks; an assumption


@dataclass(frozen=True)
class Weeks:
    """Weeks since the first day.

    Attributes
    ----------
    first : date or None
        The day they started; None when nobody knows: then every week before a report is possible.
    schedule : Schedule or None
        When the activity meets.
    closed : date or None
        The day on which the activity was told to have ended.
    """

    first: date | None
    schedule: Schedule | None = None
    closed: date | None = None

    def full(self, day: date) -> int:
        """The whole weeks before a day in which the activity met; 0 when the first day is not known."""
        if self.first is None or day <= self.first:
            return 0
        whole = min((day - self.first).days // 7, FURTHEST)
        if self.schedule is None or not self.schedule.pauses_ever:
            return whole
        return whole - sum(self.paused(week) for week in range(1, whole + 1))

    def begun(self, day: date) -> int:
        """The weeks before a day, the running one included, at least 1; the horizon when the start is unknown."""
        if self.first is None:
            return HORIZON
        return max(1, self.full(day) + ((day - self.first).days % 7 > 0))

    def within(self, low: int, high: int, explained: bool) -> tuple[int, int]:
        """`low` and `high` cut off at the horizon, the end of a course and the closing of the activity.

        A stop that may as well be the end of the offer is none, unless they said why they stopped. Who is asked long
        after the horizon says nothing about it.
        """
        if low >= self.end:
            return self.end, 0
        ended_first = self.last < HORIZON and not explained
        if high > self.end and (ended_first or high > HORIZON + LATE):
            return low, 0
        return low, min(high, self.end)

    @property
    def end(self) -> int:
        """The weeks after which nobody is followed: the horizon, or the end of the activity before it."""
        return min(HORIZON, self.last)

    @lazy
    def last(self) -> int:
        """The weeks after which the activity ends for everybody: a course, or one that closed."""
        ends = [self.full(day) for day in (self.ends_on, self.closed) if day is not None and self.first is not None]
        return min(ends, default=FURTHEST)

    @lazy
    def ends_on(self) -> date | None:
        """The day of the last session, when the timetable ends."""
        if self.schedule is None or self.first is None or not self.schedule.timed:
            return None
        if (self.schedule.weekly or self.schedule.monthly) and self.schedule.until is None:
            return None
        last = last_session(self.schedule)
        return last if last is not None and last >= self.first else None

    @lazy
    def days(self) -> Schedule | None:
        """The timetable without its hours."""
        return on_days(self.schedule) if self.schedule is not None else None

    def paused(self, week: int) -> bool:
        """Whether in a week, counted from 1, its rule would meet and a holiday or a closing keeps it from meeting."""
        if self.days is None or self.first is None:
            return False
        return pauses(self.days, self.first + (week - 1) * WEEK + timedelta(days=1))


@lru_cache(maxsize=100_000)
def pauses(schedule: Schedule, begin: date) -> bool:
    """Whether the rule would meet in the seven days from a day, and something keeps it from meeting on all of them."""
    days = [begin + timedelta(days=step) for step in range(7)]
    if not schedule.may_pause_in(days):
        return False
    rule = without_pauses(schedule)
    return any(rule.slots(on) for on in days) and not any(schedule.slots(on) for on in days)


@lru_cache(maxsize=4_096)
def on_days(schedule: Schedule) -> Schedule:
    """The same days at hours that stand for any, so that timetables of the same days share what is found of a week."""
    slotted = ("weekly", "monthly", "dates", "adjusted", "extra")
    alike = {name: tuple(one.replace(**HOURS) for one in getattr(schedule, name)) for name in slotted}
    return once(schedule.replace(**alike))


@lru_cache(maxsize=4_096)
def once(schedule: Schedule) -> Schedule:
    """The first of the timetables that are equal: the same object is found again without comparing."""
    return schedule


@lru_cache(maxsize=1_024)
def without_pauses(schedule: Schedule) -> Schedule:
    """The rule alone."""
    return schedule.replace(closed=(), cancelled=(), pauses=())


@lru_cache(maxsize=1_024)
def last_session(schedule: Schedule) -> date | None:
    """The last day on which a timetable with an end, or with days of its own, meets; None when all of them fall out."""
    dated = (*schedule.dates, *schedule.adjusted, *schedule.extra)
    ends = [one.date for one in dated] + ([schedule.until] if schedule.until else [])
    days = (max(ends) - timedelta(days=back) for back in range(7 * FURTHEST))
    return next((on for on in days if schedule.slots(on)), None)
