"""What it takes to come: the way there, and the price. What hangs on a place or on passes alone is worked out once."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import partial
from numbers import Real

import numpy as np

from wor_match.domain.columns import UNKNOWN, Columns, Flags, Floats
from wor_match.domain.kept import unchanging
from wor_match.domain.participant import Participant
from wor_match.domain.place import LINES, distance_km, minutes_by
from wor_match.errors import WorMatchError

LONGEST_WAY = 3 * 24 * 60.0


def travel_minutes(person: Participant, columns: Columns, told: Mapping[str, float]) -> tuple[Floats, Floats, Floats]:
    """How far it is to each activity, and how long it takes to get there.

    Without modes the way is expected by bike, and at best by the fastest mode there is.

    Returns
    -------
    km : ndarray (n_activities,)
        √(straight² + own error² + error of the activity's place²); NaN unknown, or when the host told the minutes.
    expected, best : ndarray (n_activities,)
        Minutes over this way, and over the straight way less both errors, or as the host told them; NaN unknown, 0 when
        nobody has to travel.
    """
    modes = person.travel.modes
    point = person.place.point if person.place else None
    where = (point, person.place.error_km) if person.place and point else None
    own_door = where is not None and where[1] == 0  # an exact point is one person's alone: it is not kept
    km, least = way_from(columns, where) if own_door else columns.ways.of(where, partial(way_from, columns))
    expected, best = minutes_by(modes, km), minutes_by(modes or tuple(LINES), least)
    if told:
        km = km.copy()
        for row, minutes in rows_told(columns, told):
            km[row], expected[row], best[row] = math.nan, minutes, minutes
    expected[columns.remote] = best[columns.remote] = 0.0
    return km, expected, best


def way_from(columns: Columns, where: tuple[tuple[float, float], float] | None) -> tuple[Floats, Floats]:
    """From a point with its error in km: km as expected, and the least it can be, (n_activities,) each; NaN unknown."""
    if where is None:
        return unchanging((np.full(len(columns), math.nan), np.full(len(columns), math.nan)))
    point, error = where
    straight = distance_km(*point, columns.latitude, columns.longitude)
    km = np.sqrt(straight**2 + error**2 + columns.error_km**2)
    return unchanging((km, np.maximum(straight - error - columns.error_km, 0.0)))


def rows_told(columns: Columns, told: Mapping[str, float]) -> Iterator[tuple[int, float]]:
    """The rows of which the host told the minutes."""
    if not isinstance(told, Mapping):
        raise WorMatchError("`minutes` is no mapping; give {activity id: minutes}", code="wrong-type")
    if not all(isinstance(name, str) for name in told):
        raise WorMatchError(
            "`minutes` has a key that is no activity id; give {activity id: minutes}", code="wrong-type"
        )
    for name, minutes in told.items():
        if not (isinstance(minutes, Real) and not isinstance(minutes, bool) and 0 <= minutes <= LONGEST_WAY):
            raise WorMatchError(
                f"minutes of activity {str(name)[:64]!r} are no number from 0 to {LONGEST_WAY:.0f}", code="out-of-range"
            )
        if name in columns.rows:
            yield columns.rows[name], minutes


def price_for(person: Participant, columns: Columns) -> tuple[Floats, Floats, Flags]:
    """Euro a time and a month of the cheapest row they may use, and whether a pass decides that nobody asked about."""
    held = None if person.passes is None else frozenset(person.passes).intersection(columns.passes)
    return columns.cheapest.of(held, partial(cheapest, columns))


def cheapest(columns: Columns, passes: frozenset[str] | None) -> tuple[Floats, Floats, Flags]:
    """The same for who has these passes; with None nobody asked, and every pass counts as theirs."""
    held = np.array([passes is None or name in passes for name in (*columns.passes, "")], dtype=bool)
    held[UNKNOWN] = True  # the last place stands for rows that ask for no pass
    may_use = held[columns.needs_pass]
    without_pass = np.where(columns.needs_pass == UNKNOWN, columns.euro_a_time, math.inf).min(axis=1)
    a_time = np.where(may_use, columns.euro_a_time, math.inf).min(axis=1)
    a_month = np.where(may_use, columns.euro_a_month, math.inf).min(axis=1)
    if passes is None:  # with no price for who has no pass, the price is unknown rather than too high
        a_time, a_month = (np.where(np.isinf(without_pass), math.inf, euro) for euro in (a_time, a_month))
    decides = (a_time < without_pass) & (passes is None)
    told = np.where(np.isinf(a_time), math.nan, a_time), np.where(np.isinf(a_month), math.nan, a_month)
    return unchanging((*told, decides))
