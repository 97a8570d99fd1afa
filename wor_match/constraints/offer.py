"""Rules of the offer itself: is it open, does it meet, is there a place, and how long is the wait."""

from __future__ import annotations

import math
from datetime import date

import numpy as np

from wor_match.constraints.constraint import Constraint
from wor_match.domain.asked import Asked
from wor_match.domain.change import Change
from wor_match.domain.check import Check
from wor_match.domain.columns import Codes, Columns, Flags, Floats
from wor_match.domain.facts import Facts, facts

STALE_DAYS = 183  # half a year; an assumption
COUNT_HOLDS_DAYS = 60  # how long a number of free places is believed


def _is_open(columns: Columns, asked: Asked) -> Flags:
    return columns.is_open


def _still_true(columns: Columns, asked: Asked, i: int) -> Check | None:
    checked = int(columns.checked_on[i])
    if checked and asked.on - checked <= STALE_DAYS:
        return None
    if not checked:
        return Check("stale", "organiser", facts(say="never"))
    return Check("stale", "organiser", facts(say="old", months=(asked.on - checked) // 30))


def _why_shut(columns: Columns, asked: Asked, i: int) -> Facts:
    return facts(say=columns.activities[i].status)


not_open = Constraint("not_open", _is_open, asks=_still_true, facts=_why_shut)


def _meets(columns: Columns, asked: Asked) -> Flags:
    may_start: Flags = np.isfinite(asked.days_to_anyone) | ~columns.timed
    may_start[columns.once(dated_courses)] &= ~_have_begun(columns, asked)
    return may_start | columns.by_appointment | columns.at_home


def dated_courses(columns: Columns) -> Codes:
    """The courses of which the first day is told, (n_courses,)."""
    return np.flatnonzero(columns.course & (columns.begins_on > 0))


def _have_begun(columns: Columns, asked: Asked) -> Flags:
    """Which of them run already, (n_courses,)."""
    courses = columns.once(dated_courses)
    begins_on = columns.begins_on[courses]
    today = (begins_on == asked.on) & ~asked.missed[courses] & (asked.days_to_anyone[courses] == 0)
    begun: Flags = (begins_on <= asked.on) & ~today
    return begun


def _ask_when(columns: Columns, asked: Asked, i: int) -> Check | None:
    return None if columns.timed[i] else Check("when", "organiser")


def _why_no_session(columns: Columns, asked: Asked, i: int) -> Facts:
    if i in columns.once(dated_courses)[_have_begun(columns, asked)]:
        return facts(say="runs_already", date=date.fromordinal(int(columns.begins_on[i])))
    return facts(say="none")


no_upcoming_session = Constraint("no_upcoming_session", _meets, asks=_ask_when, facts=_why_no_session)


def _has_a_place(columns: Columns, asked: Asked) -> Flags:
    has_a_place = np.ones(len(columns), dtype=bool)
    none_left = columns.once(with_none_left)
    has_a_place[none_left] = ~_count_holds(columns, asked, none_left)
    return has_a_place


def with_none_left(columns: Columns) -> Codes:
    """The activities without a free place at the last count, and without a waiting list, (n_full,)."""
    return np.flatnonzero((columns.free_places == 0) & np.isnan(columns.wait_weeks))


def _count_holds(columns: Columns, asked: Asked, rows: Codes) -> Flags:
    holds: Flags = asked.on - columns.counted_on[rows] <= COUNT_HOLDS_DAYS  # 0, where nobody says when, is long ago
    return holds


def _ask_for_a_place(columns: Columns, asked: Asked, i: int) -> Check | None:
    uncertain = not np.isnan(columns.free_places[i]) and not _count_holds(columns, asked, np.array([i]))[0]
    return Check("places", "organiser") if uncertain else None


full = Constraint("full", _has_a_place, asks=_ask_for_a_place)


def _weeks_to_wait(columns: Columns, asked: Asked) -> Floats:
    return np.fmax(columns.wait_weeks, np.where(np.isinf(asked.days_to_anyone), math.nan, asked.days_to_anyone) / 7)


def _can_wait(columns: Columns, asked: Asked) -> Flags:
    limit = asked.person.max_wait_weeks
    return np.ones(len(columns), dtype=bool) if limit is None else ~(_weeks_to_wait(columns, asked) > limit)


def _how_long(columns: Columns, asked: Asked, i: int) -> Facts:
    return facts(weeks=math.ceil(_weeks_to_wait(columns, asked)[i]))


def _wait_longer(columns: Columns, asked: Asked, i: int) -> Change:
    return Change("max_wait_weeks", asked.person.max_wait_weeks, math.ceil(_weeks_to_wait(columns, asked)[i]))


too_long_wait = Constraint("too_long_wait", _can_wait, facts=_how_long, relax=_wait_longer)
