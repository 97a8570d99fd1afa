"""The eight weeks that a question looks ahead, put together from weeks that are worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from wor_match.domain.activity import Activity
from wor_match.domain.kept import Kept
from wor_match.domain.sessions import DAYS_AHEAD, Sessions, sessions_from
from wor_match.domain.text import LAST_YEAR

WEEK = timedelta(weeks=1)
LAST_DAY = date(LAST_YEAR, 12, 31)
DAYS_KEPT, WEEKS_KEPT = 8, 160  # that stay in memory: eight days of asking, three years of weeks


class Timetable:
    """When activities meet; safe to share between threads."""

    def __init__(self, activities: Sequence[Activity]) -> None:
        self.activities = activities
        self._days: Kept[date, Sessions] = Kept(DAYS_KEPT)
        self._weeks: Kept[date, Sessions] = Kept(WEEKS_KEPT)

    def ahead(self, first: date) -> Sessions:
        """The sessions that start on this day or in the eight weeks after it, by activity and start."""
        return self._days.of(first, self._put_together)

    def _put_together(self, first: date) -> Sessions:
        mondays = [first - timedelta(days=first.weekday()) + number * WEEK for number in range(DAYS_AHEAD // 7 + 2)]
        met = Sessions.joined([self._of_week(on, first) for on in mondays if (on - first).days <= DAYS_AHEAD])
        return met.where((met.day >= 0) & (met.day <= DAYS_AHEAD))

    def _of_week(self, monday: date, first: date) -> Sessions:
        """The sessions of a week, their days counted from another day."""
        return self._weeks.of(monday, self._worked_out).moved((monday - first).days)

    def _worked_out(self, monday: date) -> Sessions:
        return sessions_from(self.activities, monday, min(monday + WEEK, LAST_DAY))
