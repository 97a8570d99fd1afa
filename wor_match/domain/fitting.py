"""Which sessions can still be reached, and which fit the week of a person with the way there and back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np

from wor_match.domain.columns import Codes, Columns, Flags, Floats
from wor_match.domain.kept import unchanging
from wor_match.domain.participant import minutes_of_week
from wor_match.domain.sessions import DAYS_AHEAD, MORE_THAN_ANY_CLOCK, Hours, Sessions
from wor_match.domain.text import MINUTES_A_DAY

MINUTES_A_WEEK = 7 * MINUTES_A_DAY


@dataclass(frozen=True, slots=True, eq=False, repr=False)  # it holds what a person told
class Stretches:
    """Stretches of minutes on the weekly clock, over the week itself, the one before and the one after.

    Attributes
    ----------
    starts, ends : ndarray (n_stretches,)
        Minutes since Monday 00:00, in order; no two touch, and the last is one that never comes.
    """

    starts: Codes
    ends: Codes

    @classmethod
    def of(cls, windows: tuple[str, ...] | None) -> Stretches | None:
        """The windows as stretches; None when they are unknown."""
        if windows is None:
            return None
        week = sorted(map(minutes_of_week, windows))
        found: list[list[int]] = []
        for shift in (-MINUTES_A_WEEK, 0, MINUTES_A_WEEK):
            for start, end in week:
                if found and start + shift <= found[-1][1]:
                    found[-1][1] = max(found[-1][1], end + shift)
                else:
                    found.append([start + shift, end + shift])
        return cls(*np.array([*found, [MORE_THAN_ANY_CLOCK] * 2], dtype=np.int64).T)

    def hold(self, begins: Codes, ends: Codes) -> Flags:
        """Whether one stretch holds all minutes from begin to end, (n,)."""
        at = self.ends.searchsorted(begins, side="right")
        return (self.starts[at] <= begins) & (ends <= self.ends[at])

    def touch(self, begins: Codes, ends: Codes) -> Flags:
        """Whether any minute from begin to end lies in a stretch, (n,)."""
        touched: Flags = self.starts[self.ends.searchsorted(begins, side="right")] < ends
        return touched


def reachable(columns: Columns, at: date, first: date) -> tuple[Sessions, Flags]:
    """The sessions of eight weeks that start after the question, and which activities had one earlier that day."""
    known = columns.sessions(first)
    missed = np.zeros(len(columns), dtype=bool)
    if not isinstance(at, datetime):
        return known.ahead, missed
    now = at.astimezone(UTC).timestamp() / 60
    missed[known.row[known.begins <= now]] = True
    return known.where((known.begins > now) & (known.begins < now + DAYS_AHEAD * MINUTES_A_DAY)), missed


def fits_week(
    hours: Hours, free: Stretches | None, taken: Stretches | None, home_before: int | None, shortest: Floats
) -> Flags:
    """Which hours fit the person's week, (n_hours,); many activities meet at the same hours of the week.

    `shortest` is the least that the way there takes to each activity, in minutes, (n_activities,); NaN unknown.
    """
    start, end, which = hours.spans
    fits: Flags = np.ones(len(which), dtype=bool) if free is None else free.hold(start, end)[which]
    if taken is None and home_before is None:
        return fits
    _, clash, late = obstacles(hours.row, hours.start, hours.end, None, taken, home_before, shortest)
    return fits & ~(clash | late)


def obstacles(
    row: Codes,
    start: Codes,
    end: Codes,
    free: Stretches | None,
    taken: Stretches | None,
    home_before: int | None,
    shortest: Floats,
) -> tuple[Flags, Flags, Flags]:
    """Per hour of an activity whether it lies outside `free`, runs into what is taken, or brings home too late.

    The way there and back counts against what is taken and against the time to be home, not against `free`.

    Parameters
    ----------
    row : ndarray (n,)
        Which activity.
    start, end : ndarray (n,)
        Minutes on the clock since Monday 00:00, as in `Hours`.
    free, taken : Stretches or None
        None unknown: then nothing stands in the way.
    home_before : int or None
        Minutes after the midnight before a session; None unknown.
    shortest : ndarray (n_activities,)
        The least minutes that the way there takes; NaN unknown, and counted as none.

    Returns
    -------
    outside, clash, late : ndarray of bool (n,)
    """
    ends = np.maximum(end, start + 1)
    nothing = np.zeros(len(row), dtype=bool)
    outside = nothing if free is None else ~free.hold(start, ends)
    way = np.ceil(np.nan_to_num(np.minimum(shortest, MINUTES_A_WEEK / 3), nan=0.0)).astype(np.int64)[row]
    clash = nothing if taken is None else taken.touch(start - way, ends + way)
    home = end - start // MINUTES_A_DAY * MINUTES_A_DAY + way
    late = nothing if home_before is None else home > home_before
    return outside, clash, late


def soonest(columns: Columns, sessions: Sessions, at: date, first: date) -> tuple[Floats, Floats]:
    """Days from the question to the first session, at each activity and at each hour.

    Returns
    -------
    anyone : ndarray (n_activities,)
        To the first session of each activity; infinite without one, NaN unknown.
    waited : ndarray (n_hours,)
        To the first session at each of `sessions.hours` once the waiting for a place is over; infinite without one.
    """
    if isinstance(at, datetime):
        return days_until(columns, sessions, ahead=0)
    return columns.soonest.of(first, lambda _: unchanging(days_until(columns, sessions, ahead=1)))


def days_until(columns: Columns, sessions: Sessions, ahead: int) -> tuple[Floats, Floats]:
    """The same, when the sessions begin so many days after the question."""
    hours, wait = sessions.hours, columns.wait_days
    anyone: Floats = np.where(columns.timed, math.inf, math.nan)
    anyone[hours.meeting] = hours.soonest + ahead
    waited = (hours.day + ahead).astype(np.float64)
    if (later := wait > ahead).any():  # only then the first session may come too soon
        waited[later[hours.row]] = math.inf
        at = np.flatnonzero(later[sessions.row] & (sessions.day + ahead >= wait[sessions.row]))
        np.minimum.at(waited, sessions.hour[at], sessions.day[at] + ahead)
    return anyone, waited


def soonest_fitting(columns: Columns, hours: Hours, fits: Flags, waited: Floats) -> Floats:
    """Days to the first session of each activity that fits once the waiting is over; without one, the waiting."""
    mine: Floats = columns.wait_weeks * 7
    at = np.flatnonzero(fits & np.isfinite(waited))
    rows = hours.row[at]
    mine[rows] = math.inf
    np.minimum.at(mine, rows, waited[at])
    return mine
