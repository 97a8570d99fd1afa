"""From a catalogue to columns: one statement a column."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Catalogue
from wor_match.domain.columns import (
    ASKS,
    ASPECT,
    BODY,
    CONTACTS,
    ENTRIES,
    EXACT,
    GROUP,
    MIXES,
    NEEDS,
    ONLY,
    SIZES,
    SUPPORTS,
    UNKNOWN,
    Codes,
    Columns,
    Flags,
    Floats,
)
from wor_match.domain.terms import DIMENSIONS, taxonomy

ONE_TO_ONE, SMALL_GROUP = 2, 8  # largest sizes of these


def columns_of(
    catalogue: Catalogue,
    term_strengths: Mapping[str, Mapping[Any, int]] | None = None,
    visitors: Mapping[str, float] | None = None,
    rated: Mapping[str, int] | None = None,
) -> Columns:
    """The columns of a catalogue.

    Parameters
    ----------
    catalogue : Catalogue
    term_strengths : mapping, optional
        Term → dimension → 0 to 3, in place of the strengths that ship with the taxonomy.
    visitors : mapping, optional
        Activity → what its visitors said, as a strength; only where ten or more did.
    rated : mapping, optional
        Activity → from how many visitors that is, in whole tens.
    """
    own = term_strengths or {}
    known = taxonomy()
    activities = tuple(sorted(catalogue.activities, key=lambda one: one.id))
    words, terms, groups = known.words, tuple(sorted(known.terms)), tuple(sorted(known.groups))
    organisers = tuple(sorted({one.organiser for one in activities if one.organiser}))
    passes = tuple(sorted({row.with_ for one in activities for row in one.price if row.with_}))
    spoken = tuple(sorted({"nl", *(language for one in activities for language in one.languages)}))
    prices = [price_rows(one) for one in activities]
    widest = max(map(len, prices), default=0) or 1
    strengths: dict[str, Mapping[Any, int]] = {term: own.get(term, known.terms[term].serves) for term in terms}
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
        told: NDArray[Any] = np.array(list(rows), dtype=kind).reshape(len(activities), width)
        return np.asfortranarray(told)  # column beside column: a question reads a few of them, of all activities

    return Columns(
        catalogue=catalogue,
        activities=activities,
        words=words,
        terms=terms,
        organisers=organisers,
        passes=passes,
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
        needs_pass=matrix(
            (padded([passes.index(row[2]) if row[2] else UNKNOWN for row in rows], widest, UNKNOWN) for rows in prices),
            widest,
            int,
        ),
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
        support=matrix(
            ([kind in (*one.support, *catalogue.town_support) for kind in SUPPORTS] for one in activities),
            len(SUPPORTS),
            bool,
        ),
        entry=codes((one.entry.kind for one in activities), ENTRIES),
        may_watch=np.array([answer(one.first_visit.may_watch) for one in activities], dtype=np.int64),
        has_trial=flags("trial_visit" in one.support or one.first_visit.trials for one in activities),
        wait_weeks=amounts(one.entry.wait_weeks for one in activities),
        begins_on=days(begin_of(one) for one in activities),
        attend_all=flags(one.schedule and one.schedule.attend == "all" for one in activities),
        course=flags(
            one.entry.kind == "course" or (one.schedule and one.schedule.attend == "all") for one in activities
        ),
        timed=flags(one.timed for one in activities),
        by_appointment=flags(one.schedule and one.schedule.on_request for one in activities),
        free_places=amounts(one.places.free for one in activities),
        counted_on=days(one.true_on("places.free") for one in activities),
        is_open=flags(one.status == "open" for one in activities),
        checked_on=days(one.true_on("status") for one in activities),
        body=codes((one.body for one in activities), BODY),
        body_is_own=flags(one.level.body for one in activities),
        named=rows_by_name(activities, names_of),
        called=rows_by_name(activities, ids_of),
        visitors_say=np.array([(visitors or {}).get(one.id, math.nan) for one in activities], dtype=np.float64),
        n_visitors=np.array([(rated or {}).get(one.id, 0) for one in activities], dtype=np.int64),
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
        EXACT
        if word in activity.terms
        else ASPECT
        if word in aspects
        else GROUP
        if word in groups or (word in terms and terms[word].group in groups)
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


def ids_of(activity: Activity) -> set[str]:
    """Its own id and those it once had."""
    return {activity.id, *activity.formerly}


def names_of(activity: Activity) -> set[str]:
    """Everything by which somebody can turn it down: its ids, organiser, terms and groups."""
    return {*ids_of(activity), *activity.terms, *activity.groups, activity.organiser or activity.id}


def rows_by_name(activities: Sequence[Activity], names: Callable[[Activity], set[str]]) -> dict[str, Codes]:
    """Each name → the rows of the activities that have it."""
    found: dict[str, list[int]] = {}
    for row, one in enumerate(activities):
        for name in names(one):
            found.setdefault(name, []).append(row)
    return {name: np.array(rows, dtype=np.int64) for name, rows in found.items()}
