"""A catalogue as code arrays: one row per activity, sorted by id, one array per question that is asked of it.

Made once per matcher; here it is decided what "unknown" looks like: -1 among codes, NaN among amounts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from wor_match.domain.activity import Access, Activity, Asks, BodyLevel, Support
from wor_match.domain.catalogue import Catalogue
from wor_match.domain.sessions import Sessions, sessions_from
from wor_match.domain.terms import DIMENSIONS, taxonomy

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]

UNKNOWN = -1
NEEDS: tuple[str, ...] = get_args(Access)
SUPPORTS: tuple[str, ...] = get_args(Support)
ASKS: tuple[str, ...] = get_args(Asks)
BODY: tuple[str, ...] = get_args(BodyLevel)
SIZES = ("one_to_one", "small", "large")
MIXES = ("mixed", "women", "men")
CONTACTS = ("same_people", "come_and_go")
ENTRIES = ("drop_in", "sign_up", "referral", "course")
ONLY = ("women", "men")
EXACT, ASPECT, GROUP = 1.0, 0.7, 0.5  # how well a word matches: the very term, a stated aspect, a stated group
ONE_TO_ONE, SMALL_GROUP = 2, 8  # largest sizes of these
DAYS_KEPT = 8  # days whose sessions stay in memory


@dataclass(frozen=True, eq=False)
class Columns:
    """The activities of a catalogue as arrays of length `n_activities` (or matrices with that many rows).

    Attributes
    ----------
    serves : ndarray (n_activities, 6)
        How much each dimension is served, 0 to 3.
    match : ndarray (n_activities, n_words)
        How well the activity matches each word a participant can say: 1, .7, .5 or 0.
    has_term : ndarray (n_activities, n_terms)
        Whether it has the term.
    euro_a_time, euro_a_month, needs_pass : ndarray (n_activities, n_prices)
        Each row of the price list; infinite where there is none; the code of the pass it asks for.
    access : ndarray (n_activities, 7)
        1 there, 0 not there, -1 unknown.
    named : mapping
        Every id that can name activities (own, former, organiser, term, group) → their rows.
    """

    catalogue: Catalogue
    activities: tuple[Activity, ...]
    words: tuple[str, ...]
    terms: tuple[str, ...]
    organisers: tuple[str, ...]
    passes: tuple[str, ...]
    language_codes: tuple[str, ...]
    serves: Floats
    match: Floats
    has_term: Flags
    first_term: Codes
    group: Codes
    organiser: Codes
    on_request_only: Flags
    latitude: Floats
    longitude: Floats
    error_km: Floats
    remote: Flags
    at_home: Flags
    euro_a_time: Floats
    euro_a_month: Floats
    needs_pass: Codes
    languages: Flags
    asks: Flags
    access: Codes
    min_age: Floats
    max_age: Floats
    advised_from: Floats
    advised_to: Floats
    only: Codes
    residents_only: Flags
    size: Codes
    mix: Codes
    contact: Codes
    newcomers_closed: Flags
    newcomers_welcome: Flags
    support: Flags
    entry: Codes
    may_watch: Codes
    has_trial: Flags
    wait_weeks: Floats
    begins_on: Codes
    attend_all: Flags
    course: Flags
    timed: Flags
    by_appointment: Flags
    free_places: Floats
    counted_on: Codes
    is_open: Flags
    checked_on: Codes
    body: Codes
    body_is_own: Flags
    named: Mapping[str, Codes]
    _days: dict[date, Sessions] = field(default_factory=dict, repr=False)
    _lock: Any = field(default_factory=Lock, repr=False)

    @classmethod
    def of(cls, catalogue: Catalogue, term_strengths: Mapping[str, Mapping[Any, int]] | None = None) -> Columns:
        """The columns of a catalogue.

        Parameters
        ----------
        catalogue : Catalogue
        term_strengths : mapping, optional
            Term → dimension → 0 to 3, in place of the strengths that ship with the taxonomy.
        """
        return compiled(catalogue, term_strengths or {})

    def __len__(self) -> int:
        return len(self.activities)

    @cached_property
    def rows(self) -> dict[str, int]:
        """Activity id → row."""
        return {activity.id: row for row, activity in enumerate(self.activities)}

    def rows_named(self, names: Iterable[str]) -> Flags:
        """Which activities any of these ids names; an id that is not there names nothing."""
        found = np.zeros(len(self), dtype=bool)
        for name in names:
            found[self.named.get(name, NOTHING)] = True
        return found

    def best_word(self, row: int, told: Sequence[str]) -> str | None:
        """The word that the activity matches best, the first one told of equals; None when it matches none."""
        best = max(told, key=lambda word: float(self.match[row, self.words.index(word)]))
        return best if self.match[row, self.words.index(best)] > 0 else None

    def sessions(self, first: date) -> Sessions:
        """The sessions that start on this day or in the eight weeks after it; the last few days asked for are kept."""
        with self._lock:
            known = self._days.get(first)
        if known is None:
            known = sessions_from(self.activities, first)
            with self._lock:
                while len(self._days) >= DAYS_KEPT:
                    del self._days[next(iter(self._days))]
                self._days[first] = known
        return known

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name not in ("_days", "_lock")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, _days={}, _lock=Lock())


NOTHING = np.zeros(0, dtype=np.int64)


def compiled(catalogue: Catalogue, term_strengths: Mapping[str, Mapping[Any, int]]) -> Columns:
    """Every column; one statement a column."""
    known = taxonomy()
    activities = tuple(sorted(catalogue.activities, key=lambda one: one.id))
    words, terms, groups = known.words, tuple(sorted(known.terms)), tuple(sorted(known.groups))
    organisers = tuple(sorted({one.organiser for one in activities if one.organiser}))
    passes = tuple(sorted({row.with_ for one in activities for row in one.price if row.with_}))
    spoken = tuple(sorted({"nl", *(language for one in activities for language in one.languages)}))
    prices = [price_rows(one) for one in activities]
    widest = max(map(len, prices), default=0) or 1
    strengths: dict[str, Mapping[Any, int]] = {term: term_strengths.get(term, known.terms[term].serves) for term in terms}
    firsts = [one.terms[0] if one.terms else "" for one in activities]

    def codes(values: Iterable[str | None], allowed: Sequence[str]) -> Codes:
        return np.array([allowed.index(value) if value in allowed else UNKNOWN for value in values], dtype=np.int64)

    def flags(values: Iterable[object]) -> Flags:
        return np.array([bool(value) for value in values], dtype=bool)

    def amounts(values: Iterable[float | None], missing: float = math.nan) -> Floats:
        return np.array([missing if value is None else value for value in values], dtype=np.float64)

    def days(values: Iterable[date | None]) -> Codes:
        return np.array([value.toordinal() if value else 0 for value in values], dtype=np.int64)

    def matrix(rows: Iterable[Sequence[float]], width: int, kind: type) -> Any:
        return np.array(list(rows), dtype=kind).reshape(len(activities), width)

    return Columns(
        catalogue=catalogue, activities=activities, words=words, terms=terms, organisers=organisers, passes=passes,
        language_codes=spoken,
        serves=matrix((served(one, strengths) for one in activities), len(DIMENSIONS), float),
        match=matrix((matches(one, words) for one in activities), len(words), float),
        has_term=matrix(([term in one.terms for term in terms] for one in activities), len(terms), bool),
        first_term=codes(firsts, terms),
        group=codes((known.terms[term].group if term else None for term in firsts), groups),
        organiser=codes((one.organiser for one in activities), organisers),
        on_request_only=flags(term and known.terms[term].on_request for term in firsts),
        latitude=amounts(point_of(one)[0] for one in activities),
        longitude=amounts(point_of(one)[1] for one in activities),
        error_km=amounts((one.place.error_km if one.place else None for one in activities), 0.0),
        remote=flags(one.place and one.place.remote for one in activities),
        at_home=flags(one.place and one.place.at_home for one in activities),
        euro_a_time=matrix((padded([row[0] for row in rows], widest, math.inf) for rows in prices), widest, float),
        euro_a_month=matrix((padded([row[1] for row in rows], widest, math.inf) for rows in prices), widest, float),
        needs_pass=matrix((padded([passes.index(row[2]) if row[2] else UNKNOWN for row in rows], widest, UNKNOWN)
                           for rows in prices), widest, int),
        languages=matrix(([code in one.languages for code in spoken] for one in activities), len(spoken), bool),
        asks=matrix(([ask in one.asks for ask in ASKS] for one in activities), len(ASKS), bool),
        access=matrix(([answer(one.access.get(need)) for need in NEEDS] for one in activities), len(NEEDS), int),  # type: ignore[call-overload]  # because NEEDS are the keys
        min_age=amounts((one.audience.min_age for one in activities), -math.inf),
        max_age=amounts((one.audience.max_age for one in activities), math.inf),
        advised_from=amounts(one.audience.advised_age.from_ for one in activities),
        advised_to=amounts(one.audience.advised_age.to for one in activities),
        only=codes((one.audience.only for one in activities), ONLY),
        residents_only=flags(one.audience.residents_only for one in activities),
        size=codes((size_of(one.group.size) for one in activities), SIZES),
        mix=codes((one.audience.only or one.group.mix for one in activities), MIXES),
        contact=codes((one.group.contact for one in activities), CONTACTS),
        newcomers_closed=flags(one.group.newcomers == "closed" for one in activities),
        newcomers_welcome=flags(one.host.receives_newcomers or one.group.newcomers == "welcome" for one in activities),
        support=matrix(([kind in (*one.support, *catalogue.town_support) for kind in SUPPORTS] for one in activities),
                       len(SUPPORTS), bool),
        entry=codes((one.entry.kind for one in activities), ENTRIES),
        may_watch=np.array([answer(one.first_visit.may_watch) for one in activities], dtype=np.int64),
        has_trial=flags("trial_visit" in one.support or one.first_visit.trials for one in activities),
        wait_weeks=amounts(one.entry.wait_weeks for one in activities),
        begins_on=days(begin_of(one) for one in activities),
        attend_all=flags(one.schedule and one.schedule.attend == "all" for one in activities),
        course=flags(one.entry.kind == "course" or one.schedule and one.schedule.attend == "all" for one in activities),
        timed=flags(one.timed for one in activities),
        by_appointment=flags(one.schedule and one.schedule.on_request for one in activities),
        free_places=amounts(one.places.free for one in activities),
        counted_on=days(one.places.as_of for one in activities),
        is_open=flags(one.status == "open" for one in activities),
        checked_on=days(one.checked_on for one in activities),
        body=codes((one.body for one in activities), BODY),
        body_is_own=flags(one.level.body for one in activities),
        named=rows_by_name(activities),
    )


def served(activity: Activity, strengths: Mapping[str, Mapping[Any, int]]) -> list[float]:
    """Strength per dimension: what the catalogue says, else the highest default of its terms."""
    if activity.serves is not None:
        return [float(activity.serves.get(name, 0)) for name in DIMENSIONS]
    return [float(max((strengths[term].get(name, 0) for term in activity.terms), default=0)) for name in DIMENSIONS]


def matches(activity: Activity, words: Sequence[str]) -> list[float]:
    """How well it matches each word: the very term 1, an aspect .7, its group or a term of its group .5."""
    groups, aspects, terms = set(activity.groups), activity.all_aspects, taxonomy().terms
    return [
        EXACT if word in activity.terms
        else ASPECT if word in aspects
        else GROUP if word in groups or word in terms and terms[word].group in groups
        else 0.0
        for word in words
    ]


def price_rows(activity: Activity) -> list[tuple[float, float, str | None]]:
    """Euro a time, euro a month and the pass of each row of the price list."""
    schedule = activity.schedule
    sessions = schedule.number_of_sessions(activity.entry.starts_on) if schedule else None
    visits = schedule.visits_a_week() if schedule else 1.0
    return [(row.euro_a_time(sessions), row.euro_a_month(sessions, visits), row.with_) for row in activity.price]


def begin_of(activity: Activity) -> date | None:
    """The day on which it begins, when that is told."""
    return activity.entry.starts_on or (activity.schedule.first_day if activity.schedule else None)


def point_of(activity: Activity) -> tuple[float | None, float | None]:
    """Latitude and longitude, when they are known."""
    return (activity.place.point if activity.place else None) or (None, None)


def size_of(people: int | None) -> str | None:
    """The word for a number of people."""
    if people is None:
        return None
    return "one_to_one" if people <= ONE_TO_ONE else "small" if people <= SMALL_GROUP else "large"


def answer(told: bool | None) -> int:
    """1 yes, 0 no, -1 unknown."""
    return UNKNOWN if told is None else int(told)


def padded(values: list[Any], width: int, filler: float) -> list[Any]:
    """The values, filled up to the width."""
    return [*values, *[filler] * (width - len(values))]


def rows_by_name(activities: Sequence[Activity]) -> dict[str, Codes]:
    """Every id that can name activities → the rows it names."""
    found: dict[str, list[int]] = {}
    for row, one in enumerate(activities):
        for name in {one.id, *one.formerly, *one.terms, *one.groups, *([one.organiser] if one.organiser else [])}:
            found.setdefault(name, []).append(row)
    return {name: np.array(rows, dtype=np.int64) for name, rows in found.items()}
