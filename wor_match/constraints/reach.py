"""Rules of hours, way and money: what fits the person's week, legs and purse."""

from __future__ import annotations

import math

import numpy as np

from wor_match.constraints.constraint import Constraint
from wor_match.domain.asked import SMALL_EURO_A_TIME, Asked
from wor_match.domain.change import Change
from wor_match.domain.check import Check
from wor_match.domain.columns import Codes, Columns, Flags
from wor_match.domain.facts import Facts, facts
from wor_match.domain.fitting import MINUTES_A_WEEK, obstacles
from wor_match.domain.money import MOST_EURO
from wor_match.domain.participant import MOST_WINDOWS, minutes_of_week
from wor_match.domain.place import MOST_MINUTES
from wor_match.domain.rhythm import NIGHT_ENDS, WEEKDAYS
from wor_match.domain.text import MINUTES_A_DAY


def _has_time(columns: Columns, asked: Asked) -> Flags:
    hours, has_time = asked.sessions.hours, np.ones(len(columns), dtype=bool)  # nothing to come to is another rule
    needed = np.where(columns.attend_all[hours.meeting], hours.n_hours, 1)
    has_time[hours.meeting] = asked.n_fits[hours.meeting] >= needed
    return has_time | columns.by_appointment


def _first_session(columns: Columns, asked: Asked, i: int) -> Facts:
    start = int(asked.sessions.start[asked.sessions.of(i)][0])
    return facts(
        say="all" if columns.attend_all[i] else "any", weekday=WEEKDAYS[start // MINUTES_A_DAY], time=clock_of(start)
    )


def _make_time(columns: Columns, asked: Asked, i: int) -> Change | None:
    """The one answer that stands in the way of a session (for a course: of all sessions), changed."""
    mine, sessions = asked.sessions.of(i), asked.sessions
    rows = np.arange(mine.start, mine.stop)
    row, start, end = sessions.row[mine], sessions.start[mine], sessions.end[mine]
    outside, clash, late = obstacles(row, start, end, asked.free, asked.taken, asked.home_before, asked.shortest)
    if columns.attend_all[i]:
        if sum(bool(found.any()) for found in (outside, clash, late)) != 1:
            return None
        blocked = rows[outside | clash | late]
    else:
        single = np.flatnonzero(outside.astype(int) + clash + late == 1)
        if not len(single):
            return None
        outside, clash = outside[single[:1]], clash[single[:1]]
        blocked = rows[single[:1]]
    way = 0 if np.isnan(asked.shortest[i]) else math.ceil(asked.shortest[i])
    if outside.any():
        return _free_then(asked, blocked)
    return _not_taken_then(asked, blocked, way) if clash.any() else _home_later(asked, blocked, way)


def _free_then(asked: Asked, blocked: Codes) -> Change | None:
    spans = [window_of(int(asked.sessions.start[k]), int(asked.sessions.end[k])) for k in blocked]
    needed = (*(asked.person.free or ()), *dict.fromkeys(spans))
    return Change("free", asked.person.free, needed) if len(needed) <= MOST_WINDOWS else None


def _not_taken_then(asked: Asked, blocked: Codes, way: int) -> Change:
    spans = [
        (int(asked.sessions.start[k]) - way, max(int(asked.sessions.end[k]), int(asked.sessions.start[k]) + 1) + way)
        for k in blocked
    ]
    told = asked.person.not_free or ()
    kept = tuple(window for window in told if not any(overlap(minutes_of_week(window), span) for span in spans))
    return Change("not_free", asked.person.not_free, kept)


def _home_later(asked: Asked, blocked: Codes, way: int) -> Change:
    starts, ends = asked.sessions.start[blocked], asked.sessions.end[blocked]
    home = int((ends - starts // MINUTES_A_DAY * MINUTES_A_DAY).max()) + way
    needed = clock_of(home) if home <= MINUTES_A_DAY + NIGHT_ENDS else None
    return Change("travel.home_before", asked.person.travel.home_before, needed)


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches of the week share a minute, also around Monday."""
    return any(
        one[0] + shift < other[1] and other[0] < one[1] + shift for shift in (-MINUTES_A_WEEK, 0, MINUTES_A_WEEK)
    )


def window_of(start: int, end: int) -> str:
    """A stretch of the week as a window; a moment becomes one minute."""
    return f"{WEEKDAYS[start // MINUTES_A_DAY]} {clock_of(start)}-{clock_of(max(end, start + 1), at_end=True)}"


def clock_of(minutes: int, at_end: bool = False) -> str:
    """Minutes on the weekly clock as `HH:MM`; midnight at the end of a stretch is 24:00."""
    within = minutes % MINUTES_A_DAY
    return "24:00" if at_end and within == 0 else f"{within // 60:02d}:{within % 60:02d}"


no_free_time = Constraint("no_free_time", _has_time, facts=_first_session, relax=_make_time)


def _is_near(columns: Columns, asked: Asked) -> Flags:
    travel = asked.person.travel
    if not travel.modes or travel.max_minutes is None:
        return np.ones(len(columns), dtype=bool)
    return ~(asked.shortest > travel.max_minutes)


def _how_far(columns: Columns, asked: Asked, i: int) -> Facts:
    return facts(minutes=math.ceil(asked.shortest[i]))


def _go_further(columns: Columns, asked: Asked, i: int) -> Change | None:
    needed = math.ceil(asked.minutes[i] / 5) * 5  # what it takes as expected, which is never less than at best
    return Change("travel.max_minutes", asked.person.travel.max_minutes, needed) if needed <= MOST_MINUTES else None


def _ask_the_way(columns: Columns, asked: Asked, i: int) -> Check | None:
    """A place nobody knows, or a way that is perhaps too long: a postcode is not a door."""
    travel = asked.person.travel
    if not travel.modes or travel.max_minutes is None:
        return None
    if np.isnan(columns.latitude[i]) and not columns.remote[i]:
        return Check("place", "organiser")
    perhaps = asked.minutes[i] > travel.max_minutes
    return Check("way", "participant", facts(minutes=math.ceil(asked.minutes[i] / 5) * 5)) if perhaps else None


too_far = Constraint("too_far", _is_near, asks=_ask_the_way, facts=_how_far, relax=_go_further)


def _is_affordable(columns: Columns, asked: Asked) -> Flags:
    budget = asked.person.budget
    if budget is None or budget == "any":
        return np.ones(len(columns), dtype=bool)
    if isinstance(budget, str):
        return ~(asked.euro_a_time > SMALL_EURO_A_TIME[budget])
    return ~(asked.euro_a_month > budget)


def _ask_the_price(columns: Columns, asked: Asked, i: int) -> Check | None:
    held = tuple(dict.fromkeys(row.with_ for row in columns.activities[i].price if row.with_))
    unknown = bool(np.isnan(asked.euro_a_time[i]))
    if asked.pass_decides[i] or (unknown and held and asked.person.passes is None):
        return Check("pass", "participant", facts(names=held))
    return Check("price", "organiser") if unknown else None


def _what_it_costs(columns: Columns, asked: Asked, i: int) -> Facts:
    a_time, a_month = round(float(asked.euro_a_time[i]), 2), round(float(asked.euro_a_month[i]), 2)
    paid_a_time = all(row.per == "time" for row in columns.activities[i].price)
    return facts(say="time" if paid_a_time else "month", euro=a_time, month=math.ceil(a_month))


def _spend_more(columns: Columns, asked: Asked, i: int) -> Change:
    small = asked.person.budget == "free" and asked.euro_a_time[i] <= SMALL_EURO_A_TIME["small"]
    a_month = float(math.ceil(asked.euro_a_month[i]))
    return Change("budget", asked.person.budget, "small" if small else a_month if a_month <= MOST_EURO else "any")


too_expensive = Constraint(
    "too_expensive", _is_affordable, asks=_ask_the_price, facts=_what_it_costs, relax=_spend_more
)
