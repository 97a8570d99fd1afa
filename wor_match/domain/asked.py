"""One person's question as plain numbers: their answers as codes, and what follows from them for each activity.

Made anew for every question. Unknown answers are empty arrays, None, -1 or NaN; the rooms above decide what that means.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np

from wor_match.domain.columns import (
    BODY,
    CONTACTS,
    MIXES,
    NEEDS,
    SIZES,
    SUPPORTS,
    UNKNOWN,
    Codes,
    Columns,
    Flags,
    Floats,
)
from wor_match.domain.effort import price_for, travel_minutes
from wor_match.domain.fitting import Stretches, fits_week, reachable, soonest, soonest_fitting
from wor_match.domain.participant import Participant
from wor_match.domain.rhythm import NIGHT_ENDS
from wor_match.domain.schedule import ZONE
from wor_match.domain.sessions import Sessions
from wor_match.domain.terms import DIMENSIONS
from wor_match.domain.text import FIRST_YEAR, LAST_YEAR, MINUTES_A_DAY, minutes_of
from wor_match.errors import WorMatchError

FOCUS_ORDER = (0.5, 0.3, 0.2)  # what the first, second and third dimension of the focus count; an assumption
SMALL_EURO_A_TIME = {"free": 0.0, "small": 4.0}


@dataclass(frozen=True, slots=True, eq=False, repr=False)  # it holds what a person told
class Asked:
    """A participant's question about a catalogue on a day.

    Attributes
    ----------
    at : date
        The day or the moment, as it was asked.
    told : mapping
        The host's own minutes by activity id.
    on : int
        The day of the question, as a proleptic ordinal.
    ahead : int
        Days from the question to the first day of which sessions count: 0 or 1.
    likes, energy, wishes : ndarray of codes
        Words of `Columns.words`; `energy` is what gives energy or what they are good at, `wishes` is all of it.
    focus, low : ndarray (6,)
        Weight of each dimension of the focus (adding up to 1), points below the own mean; all 0 when not given.
    free, taken : Stretches or None
        What is free, and what is taken, on the weekly clock; None unknown.
    km : ndarray (n_activities,)
        Expected straight distance, uncertainty included; NaN unknown, or when the host gave the minutes.
    minutes, shortest : ndarray (n_activities,)
        Minutes to get there: as expected, and at best with all uncertainty in the person's favour; NaN unknown.
    sessions : Sessions
        The sessions of eight weeks that can still be reached.
    fits : ndarray (n_hours,)
        Which of their hours fit the person's week, the way there and back included.
    n_fits : ndarray (n_activities,)
        How many of the hours of each activity fit.
    euro_a_time, euro_a_month : ndarray (n_activities,)
        The cheapest row that the person may use; NaN unknown.
    pass_decides : ndarray (n_activities,)
        Whether that row asks for a pass nobody asked the person about.
    days_to_anyone, days_to_me : ndarray (n_activities,)
        Days to the first session at all, infinite when there is none; and to the first that fits, the wait for a place
        when none does. NaN unknown.
    """

    person: Participant
    at: date
    told: Mapping[str, float]
    on: int
    ahead: int
    likes: Codes
    energy: Codes
    wishes: Codes
    focus: Floats
    low: Floats
    free: Stretches | None
    taken: Stretches | None
    home_before: int | None
    km: Floats
    minutes: Floats
    shortest: Floats
    sessions: Sessions
    fits: Flags
    n_fits: Codes
    missed: Flags
    euro_a_time: Floats
    euro_a_month: Floats
    pass_decides: Flags
    days_to_anyone: Floats
    days_to_me: Floats
    good: Flags
    little: Flags
    needs: Codes
    support: Codes
    size: int
    mix: int
    contact: int
    body: int
    unwanted: Flags
    current: Flags
    unsuited: Flags
    by_id: Flags
    requested: Flags

    def fitting(self, row: int) -> Codes:
        """Which sessions of an activity fit the person's week, (n_fitting,)."""
        mine = self.sessions.of(row)
        fitting: Codes = mine.start + np.flatnonzero(self.fits[self.sessions.hour[mine]])
        return fitting

    def of(self, person: Participant, columns: Columns) -> Asked:
        """The same question to the same catalogue, by somebody who answers otherwise."""
        return replace(ask(person, columns, self.at, minutes=self.told), by_id=self.by_id)


def ask(
    person: Participant,
    columns: Columns,
    at: date,
    only: Collection[str] | None = None,
    minutes: Mapping[str, float] | None = None,
) -> Asked:
    """The question of a person to a catalogue.

    Parameters
    ----------
    person : Participant
    columns : Columns
    at : date or aware datetime
        A date asks for sessions from the next day, a moment for sessions that start after it.
    only : collection of str, optional
        Activity ids the question is about; asking for an id by name is a request.
    minutes : mapping, optional
        The host's own travel minutes per activity id.

    Raises
    ------
    WorMatchError
        When `at` is naive or out of reach, or minutes are not finite and 0 or more.
    """
    day, first = day_of(at), first_day_of(at)
    km, travel, shortest = travel_minutes(person, columns, minutes or {})
    free, taken = Stretches.of(person.free), Stretches.of(person.not_free)
    home_before = home_by(person.travel.home_before)
    sessions, missed = reachable(columns, at, first)
    hours = sessions.hours
    fits = fits_week(hours, free, taken, home_before, shortest)
    anyone, waited = soonest(columns, sessions, at, first)
    euro_a_time, euro_a_month, pass_decides = price_for(person, columns)
    energy = (*person.energy, *person.good_at)
    wishes = (*person.likes, *energy)
    return Asked(
        person=person,
        at=at,
        told=dict(minutes or {}),
        on=day.toordinal(),
        ahead=(first - day).days,
        likes=codes(columns.word, person.likes),
        energy=codes(columns.word, energy),
        wishes=codes(columns.word, wishes),
        focus=focus_of(person),
        low=low_of(person),
        free=free,
        taken=taken,
        home_before=home_before,
        km=km,
        minutes=travel,
        shortest=shortest,
        sessions=sessions,
        fits=fits,
        n_fits=np.bincount(hours.row[np.flatnonzero(fits)], minlength=len(columns)),
        missed=missed,
        euro_a_time=euro_a_time,
        euro_a_month=euro_a_month,
        pass_decides=pass_decides,
        days_to_anyone=anyone,
        days_to_me=soonest_fitting(columns, hours, fits, waited),
        good=np.array([person.languages.get(code) == "good" for code in columns.language_codes], dtype=bool),
        little=np.array([person.languages.get(code) == "little" for code in columns.language_codes], dtype=bool),
        needs=np.array([NEEDS.index(need) for need in person.access], dtype=np.int64),
        support=np.array([SUPPORTS.index(kind) for kind in person.support], dtype=np.int64),
        size=code_of(person.group_wish.size, SIZES),
        mix=code_of(person.group_wish.mix, MIXES),
        contact=code_of(person.group_wish.contact, CONTACTS),
        body=code_of(person.body_level, BODY),
        unwanted=columns.rows_named(person.unwanted),
        current=columns.rows_called(person.current),
        unsuited=columns.rows_called(name for name, why in person.tried.items() if why == "not_suited"),
        by_id=columns.rows_with(only or ()),
        requested=requested_of(columns, wishes),
    )


def home_by(told: str | None) -> int | None:
    """Minutes after the midnight before a session by which they want to be home; up to 06:00 is the night after."""
    if told is None:
        return None
    return minutes_of(told) + (MINUTES_A_DAY if minutes_of(told) <= NIGHT_ENDS else 0)


def day_of(at: date) -> date:
    """The day of the question, on the clock of the town hall."""
    if isinstance(at, date) and not FIRST_YEAR <= at.year < LAST_YEAR:
        raise WorMatchError(
            f"`at` lies outside {FIRST_YEAR} to {LAST_YEAR - 1}; give the day of the conversation", code="out-of-range"
        )
    if isinstance(at, datetime):
        if at.tzinfo is None or at.utcoffset() is None:
            raise WorMatchError("`at` is a time without a time zone; give a date or an aware datetime", code="no-zone")
        at = at.astimezone(ZONE).date()
    if not isinstance(at, date):
        raise WorMatchError("`at` is no date; give a date or an aware datetime", code="no-day")
    return at


def first_day_of(at: date) -> date:
    """The first day of which sessions count."""
    return day_of(at) if isinstance(at, datetime) else day_of(at) + timedelta(days=1)


def requested_of(columns: Columns, wishes: Iterable[str]) -> Flags:
    """Which terms they named themselves, (n_terms,)."""
    requested = np.zeros(len(columns.terms), dtype=bool)
    requested[[columns.term[word] for word in wishes if word in columns.term]] = True
    return requested


def focus_of(person: Participant) -> Floats:
    """What each dimension of the focus counts; without a focus the priorities of the four domains stand there."""
    weights = dict(zip(person.focus, FOCUS_ORDER, strict=False))
    if not weights and person.four_d:
        weights = person.four_d.weights()
    weights = {name: weight for name, weight in weights.items() if name not in person.left_alone}
    total = sum(weights.values()) or 1.0
    return np.array([weights.get(name, 0.0) / total for name in DIMENSIONS])


def low_of(person: Participant) -> Floats:
    """Points below the own mean, for the dimensions that stand out and that they want to work on."""
    low = person.spider_web.low() if person.spider_web else {}
    return np.array([low.get(name, 0.0) if name not in person.left_alone else 0.0 for name in DIMENSIONS])


def codes(known: Mapping[str, int], told: Collection[str]) -> Codes:
    """The codes of these words, once each."""
    return np.array(sorted({known[word] for word in told}), dtype=np.int64)


def code_of(told: str | None, allowed: tuple[str, ...]) -> int:
    """The code of one word, -1 when nothing was told."""
    return UNKNOWN if told is None else allowed.index(told)
