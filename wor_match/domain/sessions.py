"""The sessions of many activities as arrays on the weekly clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import numpy as np
from numpy.typing import NDArray

from wor_match.domain.activity import Activity
from wor_match.domain.schedule import ZONE
from wor_match.domain.text import MINUTES_A_DAY

DAYS_AHEAD = 56  # eight weeks: as far as a question looks


@dataclass(frozen=True, slots=True, eq=False)
class Sessions:
    """Sessions of a stretch of days, sorted by activity and start.

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
        return Sessions(*(getattr(self, name)[keep] for name in self.__slots__))


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
