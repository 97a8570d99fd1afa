"""Which sessions can still be reached, and which fit the week of a person with the way there and back."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime

import numpy as np
from numpy.typing import NDArray

from wor_match.domain.columns import Codes, Columns, Flags, Floats
from wor_match.domain.participant import minutes_of_week
from wor_match.domain.sessions import DAYS_AHEAD, Sessions
from wor_match.domain.text import MINUTES_A_DAY

MINUTES_A_WEEK = 7 * MINUTES_A_DAY
Minutes = NDArray[np.int32]


def reachable(columns: Columns, at: date, first: date) -> tuple[Sessions, Flags]:
    """The sessions of eight weeks that start after the question, and which activities had one earlier that day."""
    known = columns.sessions(first)
    missed = np.zeros(len(columns), dtype=bool)
    if not isinstance(at, datetime):
        return known.ahead, missed
    now = at.astimezone(UTC).timestamp() / 60
    missed[known.row[known.begins <= now]] = True
    return known.where((known.begins > now) & (known.begins < now + DAYS_AHEAD * MINUTES_A_DAY)), missed


def week(windows: tuple[str, ...] | None) -> Minutes | None:
    """A running count of the minutes inside the windows over three weeks, so that a way may cross a Monday."""
    if windows is None:
        return None
    inside = np.zeros(2 * MINUTES_A_WEEK, dtype=np.int32)
    for told in windows:
        start, end = minutes_of_week(told)
        inside[start:end] = 1
    week = np.cumsum(inside[:MINUTES_A_WEEK] | inside[MINUTES_A_WEEK:], dtype=np.int32)  # beyond Sunday is Monday
    return np.concatenate([np.zeros(1, dtype=np.int32), week, week + week[-1], week + 2 * week[-1]])


def obstacles(
    row: Codes,
    start: Codes,
    end: Codes,
    free: Minutes | None,
    taken: Minutes | None,
    home_before: int | None,
    minutes: Floats,
) -> tuple[Flags, Flags, Flags]:
    """Per hour of an activity whether it lies outside `free`, runs into what is taken, or brings home too late.

    The way there and back counts against what is taken and against the time to be home, not against `free`.
    """
    begins = start + MINUTES_A_WEEK
    ends = np.maximum(end, start + 1) + MINUTES_A_WEEK
    nothing = np.zeros(len(row), dtype=bool)
    outside = nothing if free is None else free[ends] - free[begins] < ends - begins
    if taken is None and home_before is None:
        return outside, nothing, nothing
    way = np.ceil(np.nan_to_num(np.minimum(minutes, MINUTES_A_WEEK / 3), nan=0.0)).astype(np.int64)[row]
    clash = nothing if taken is None else taken[ends + way] > taken[begins - way]
    home = end - start // MINUTES_A_DAY * MINUTES_A_DAY + way
    late = nothing if home_before is None else home > home_before
    return outside, clash, late


def first_sessions(columns: Columns, sessions: Sessions, fits: Flags, ahead: int) -> tuple[Floats, Floats]:
    """Days to the first session at all, and to the first one that fits once the waiting is over."""
    hours, wait = sessions.hours, columns.wait_days
    anyone, mine = np.full(len(columns), math.inf), np.full(len(columns), math.inf)
    if len(hours.row):
        anyone[hours.meeting] = hours.soonest + ahead
        mine[hours.meeting] = np.minimum.reduceat(np.where(fits, hours.day + ahead, math.inf), hours.first)
    if (later := wait > ahead).any():  # only then the first session may come too soon
        mine[later] = math.inf
        at = np.flatnonzero(later[sessions.row] & fits[sessions.hour] & (sessions.day + ahead >= wait[sessions.row]))
        np.minimum.at(mine, sessions.row[at], sessions.day[at] + ahead)
    waiting = columns.wait_weeks * 7
    anyone = np.where(columns.timed, anyone, math.nan)
    return anyone, np.where(columns.timed & np.isfinite(mine), mine, waiting)
