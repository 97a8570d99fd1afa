"""The sessions of many activities as arrays on the weekly clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time

import numpy as np
from numpy.typing import NDArray

from wor_match.domain.activity import Activity
from wor_match.domain.lazy import lazy
from wor_match.domain.schedule import ZONE
from wor_match.domain.text import MINUTES_A_DAY

Counts = NDArray[np.int16]
DAYS_AHEAD = 56  # eight weeks: as far as a question looks
WEEKS_AHEAD = DAYS_AHEAD // 7
MORE_THAN_ANY_CLOCK = 100 * 7 * MINUTES_A_DAY  # minutes: no session ends a hundred weeks after its own Monday


@dataclass(frozen=True, eq=False)
class Hours:
    """The different hours at which activities meet, sorted by activity: mostly one each, however often they meet.

    Attributes
    ----------
    row : ndarray (n_hours,)
        Which activity.
    start, end : ndarray (n_hours,)
        Minutes on the clock since Monday 00:00; an end over midnight lies beyond its day.
    day : ndarray (n_hours,)
        The first day on which it meets at this hour.
    weekly : ndarray (8, n_hours)
        How often it meets at this hour in each week.
    """

    row: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    day: NDArray[np.int64]
    weekly: Counts

    @lazy
    def begins(self) -> NDArray[np.int64]:
        """Where the hours of each activity that meets begin, (n_meeting,)."""
        return np.flatnonzero(np.diff(self.row, prepend=-1))

    @lazy
    def meeting(self) -> NDArray[np.int64]:
        """The activities that meet, (n_meeting,)."""
        return self.row[self.begins]

    @lazy
    def soonest(self) -> NDArray[np.int64]:
        """The first day on which each activity that meets does so, (n_meeting,)."""
        return np.minimum.reduceat(self.day, self.begins) if len(self.day) else self.day

    @lazy
    def offered(self) -> Counts:
        """How often each activity that meets does so in each week, (8, n_meeting)."""
        return self.added_up(self.weekly, np.ones(len(self.begins), dtype=bool))

    def added_up(self, weekly: Counts, meeting: NDArray[np.bool_]) -> Counts:
        """Counts of hours added up by activity, for some of those that meet, (8, n_some)."""
        at = np.flatnonzero(np.repeat(meeting, self.n_hours))
        return np.add.reduceat(weekly[:, at], np.flatnonzero(np.diff(self.row[at], prepend=-1)), axis=1, dtype=np.int16)

    @lazy
    def n_hours(self) -> NDArray[np.int64]:
        """How many different hours each activity that meets has, (n_meeting,)."""
        return np.diff(self.begins, append=len(self.row))

    @lazy
    def spans(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Start and end of every different hour of the week, (n_spans,), and which one each hour is, (n_hours,)."""
        (start, end), _, which = told_apart(self.start, np.maximum(self.end, self.start + 1))
        return start, end, which

    def of(self, row: int) -> slice:
        """Where the hours of one activity stand."""
        return slice(*self.row.searchsorted((row, row + 1)).tolist())

    @lazy
    def weekdays(self) -> NDArray[np.uint8]:
        """The days of the week on which each activity meets, as bits, (n_meeting,): Monday is 1, Tuesday 2, then 4."""
        days = np.left_shift(1, self.start // MINUTES_A_DAY).astype(np.uint8)
        return np.bitwise_or.reduceat(days, self.begins) if len(days) else days


@dataclass(frozen=True, eq=False)
class Sessions:
    """Sessions of a stretch of days, sorted by activity and start; what follows from them is worked out once.

    Attributes
    ----------
    row : ndarray (n_sessions,)
        Which activity.
    day : ndarray (n_sessions,)
        Days after the first day of the stretch.
    start, end : ndarray (n_sessions,)
        Minutes on the clock since Monday 00:00; an end over midnight lies beyond its day.
    begins, ends : ndarray (n_sessions,)
        Minutes since 1970 in UTC.
    """

    row: NDArray[np.int64]
    day: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]

    def where(self, keep: NDArray[np.bool_]) -> Sessions:
        """The sessions of which this holds."""
        return Sessions(*(getattr(self, one.name)[keep] for one in fields(self)))

    def moved(self, days: int) -> Sessions:
        """The same sessions, their days counted from a day that lies so many days before the first of the stretch."""
        return replace(self, day=self.day + days)

    @classmethod
    def joined(cls, stretches: Sequence[Sessions]) -> Sessions:
        """The sessions of stretches that follow each other, as one stretch; their days must count from the same day."""
        told = {one.name: np.concatenate([getattr(each, one.name) for each in stretches]) for one in fields(cls)}
        order = np.argsort(told["row"], kind="stable")
        return cls(**{name: column[order] for name, column in told.items()})

    @lazy
    def ahead(self) -> Sessions:
        """The sessions of the first eight weeks."""
        return self.where(self.day < DAYS_AHEAD)

    @lazy
    def hours(self) -> Hours:
        """The different hours at which each activity meets."""
        (row, start, end), first, hour = self._told_apart
        weekly = np.zeros((WEEKS_AHEAD, len(row)), dtype=np.int16)
        np.add.at(weekly, (np.minimum(self.day // 7, WEEKS_AHEAD - 1), hour), 1)
        return Hours(row, start, end, self.day[first], weekly)

    @lazy
    def hour(self) -> NDArray[np.int64]:
        """Which of `hours` each session has, (n_sessions,)."""
        return self._told_apart[2]

    @lazy
    def _told_apart(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        return told_apart(self.row, self.start, self.end)

    def of(self, row: int) -> slice:
        """Where the sessions of one activity stand."""
        return slice(*self.row.searchsorted((row, row + 1)).tolist())


def told_apart(*columns: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The different rows of these columns in order, (n_columns, n_different), where each is first, and which each is.

    As `numpy.unique` along an axis, and quicker: rows are told apart as one number each. So all that stands in the
    columns must be from 0 and below `MORE_THAN_ANY_CLOCK`, and in the first of three below nine million.
    """
    one, *more = columns
    for column in more:
        one = one * MORE_THAN_ANY_CLOCK + column
    _, first, which = np.unique(one, return_index=True, return_inverse=True)
    return np.stack([column[first] for column in columns]), first, which


def sessions_from(activities: Sequence[Activity], first: date, after: date) -> Sessions:
    """The sessions of every activity from one day on and before another, computed; days count from the first."""
    start, end = (datetime.combine(day, time(), ZONE) for day in (first, after))
    told: list[tuple[int, ...]] = []
    for row, activity in enumerate(activities):
        if activity.schedule is None or not activity.schedule.timed:
            continue
        begin = activity.entry.starts_on
        for one in activity.schedule.occurrences(start, end):
            day = one.start.date()
            if begin is None or day >= begin:
                clock = day.weekday() * MINUTES_A_DAY + one.start.hour * 60 + one.start.minute
                lasts = int((one.end.replace(tzinfo=None) - one.start.replace(tzinfo=None)).total_seconds()) // 60
                told.append((row, (day - first).days, clock, clock + lasts, in_minutes(one.start), in_minutes(one.end)))
    return Sessions(*np.array(told, dtype=np.int64).reshape(-1, 6).T.copy())


def in_minutes(moment: datetime) -> int:
    """Minutes since 1970 in UTC."""
    return int(moment.astimezone(UTC).timestamp()) // 60


def moment_of(minutes: int) -> datetime:
    """The moment so many minutes since 1970, on the clock of the town hall."""
    return datetime.fromtimestamp(minutes * 60, UTC).astimezone(ZONE)
