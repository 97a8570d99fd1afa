"""One rule by which a feed says that something comes back: every day is tested, nothing searches for a next match."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from wor_match.domain.rhythm import days_in_month
from wor_match.domain.schedule import ZONE

LONGEST_COUNT = 3_700  # days within which a count is followed to its end: ten years

Frequency = Literal["daily", "weekly", "monthly", "yearly"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a feed.

    Attributes
    ----------
    frequency : str
    begin, end : str
        Times on the clock of `zone`, as ``HH:MM``; an end before the begin lies after midnight.
    start, until : date
        The first and last day, inclusive; None is unknown.
    interval : int
        Every so many days, weeks, months or years.
    days : tuple of (int, int)
        Which one of the month (0 each, -1 the last) and the day of the week (0 is Monday).
    month_days, months : tuple of int
        Days of the month (-1 the last) and months.
    count : int
        How many times in all.
    week_start : int
        The day on which a week begins; counts only when every so many weeks.
    """

    frequency: Frequency
    begin: str
    end: str
    start: date | None = None
    until: date | None = None
    interval: int = 1
    days: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    count: int | None = None
    week_start: int = 0
    zone: ZoneInfo = ZONE

    def holds(self, on: date) -> bool:
        """Whether the rule holds on this day of its own clock; a count is not looked at."""
        if (self.start and on < self.start) or (self.until and on > self.until):
            return False
        return self._by_month(on) and self._by_month_day(on) and self._by_weekday(on) and self._in_step(on)

    def _in_step(self, on: date) -> bool:
        return self.interval == 1 or self.start is None or self._passed(on, self.start) % self.interval == 0

    def _passed(self, on: date, since: date) -> int:
        if self.frequency == "daily":
            return (on - since).days
        if self.frequency == "weekly":
            return (self._week(on) - self._week(since)).days // 7
        years = on.year - since.year
        return years if self.frequency == "yearly" else 12 * years + on.month - since.month

    def _by_month(self, on: date) -> bool:
        if self.months:
            return on.month in self.months
        # every year on 3 March; but "Tuesdays, every year" or "the 13th, every year" are those of each month
        once = self.frequency == "yearly" and not self.days and not self.month_days
        return not once or self.start is None or on.month == self.start.month

    def _week(self, on: date) -> date:
        return on - timedelta(days=(on.weekday() - self.week_start) % 7)

    def _by_weekday(self, on: date) -> bool:
        if not self.days:
            of_start = self.frequency == "weekly" and not self.month_days and self.start is not None
            return not of_start or self.start is None or on.weekday() == self.start.weekday()
        if on.weekday() not in {day for _, day in self.days}:
            return False
        from_start, from_end = (on.day - 1) // 7 + 1, -((days_in_month(on) - on.day) // 7 + 1)
        return any(day == on.weekday() and nth in (0, from_start, from_end) for nth, day in self.days)

    def _by_month_day(self, on: date) -> bool:
        if self.month_days:
            return on.day in self.month_days or on.day - days_in_month(on) - 1 in self.month_days
        counts = self.frequency in ("monthly", "yearly") and not self.days and self.start is not None
        return not counts or self.start is None or on.day == self.start.day

    def dates(self) -> Iterator[date]:
        """Every day on which it holds, from its start on, at most ten years; without a start none."""
        if self.start is not None:
            steps = min(LONGEST_COUNT, (self.until - self.start).days + 1) if self.until else LONGEST_COUNT
            days = (self.start + timedelta(days=step) for step in range(steps))
            yield from islice((on for on in days if self.holds(on)), self.count)
