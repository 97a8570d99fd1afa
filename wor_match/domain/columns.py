"""A catalogue as code arrays: one row per activity, sorted by id, one array per question that is asked of it.

Made once per matcher; here it is decided what "unknown" looks like: -1 among codes, NaN among amounts, 0 among days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from wor_match.domain.activity import Access, Activity, Asks, BodyLevel, Support
from wor_match.domain.catalogue import Catalogue
from wor_match.domain.kept import Kept, unchanging
from wor_match.domain.lazy import lazy
from wor_match.domain.sessions import Sessions
from wor_match.domain.terms import taxonomy
from wor_match.domain.timetable import DAYS_KEPT, Timetable

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
PLACES_KEPT, PASSES_KEPT = 64, 16  # from where and with which passes people asked lately
ONCE_KEPT = 32  # answers that hang on the catalogue alone


@dataclass(frozen=True, eq=False, repr=False)
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
    may_watch : ndarray (n_activities,)
        1 yes, 0 no, -1 unknown.
    begins_on, counted_on, checked_on : ndarray (n_activities,)
        Days as proleptic ordinals; 0 unknown.
    named : mapping
        Every id that can name activities (own, former, organiser, term, group) → their rows.
    called : mapping
        Own and former ids of activities → their rows.
    visitors_say : ndarray (n_activities,)
        What visitors said of their first visit, as a strength; NaN below ten of them.
    n_visitors : ndarray (n_activities,)
        From how many of them that is, in whole tens; 0 unknown.
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
    called: Mapping[str, Codes]
    visitors_say: Floats
    n_visitors: Codes

    def __repr__(self) -> str:
        return f"Columns({len(self.activities)} activities)"

    def __len__(self) -> int:
        return len(self.activities)

    @lazy
    def word(self) -> dict[str, int]:
        """Word → its column in `match`."""
        return {name: code for code, name in enumerate(self.words)}

    @lazy
    def term(self) -> dict[str, int]:
        """Term → its column in `has_term`."""
        return {name: code for code, name in enumerate(self.terms)}

    @lazy
    def term_bits(self) -> NDArray[np.uint64]:
        """The terms of each activity as bits, (n_numbers, n_activities): two share one when any bit is shared."""
        bits = np.packbits(self.has_term, axis=1)
        numbers = np.ascontiguousarray(np.pad(bits, ((0, 0), (0, -bits.shape[1] % 8)))).view(np.uint64)
        return np.ascontiguousarray(numbers.T)

    @lazy
    def wait_days(self) -> Floats:
        """Days one waits for a place; 0 where nobody says so, (n_activities,)."""
        return np.nan_to_num(self.wait_weeks, nan=0.0) * 7

    @lazy
    def no_language(self) -> Flags:
        """Of which activities the languages are unknown, (n_activities,)."""
        return np.asarray(~self.languages.any(axis=1))

    def spoken(self, languages: Flags) -> Flags:
        """At which activities any of these languages is spoken, (n_activities,)."""
        return np.asarray(self.languages[:, np.flatnonzero(languages)].any(axis=1))

    @lazy
    def rows(self) -> dict[str, int]:
        """Activity id → row."""
        return {activity.id: row for row, activity in enumerate(self.activities)}

    def once(self, make: Callable[[Columns], NDArray[Any]]) -> NDArray[Any]:
        """What hangs on the catalogue alone, worked out the first time that it is asked for; nobody can change it."""
        return self._once.of(make, self._worked_out)[0]

    def _worked_out(self, make: Callable[[Columns], NDArray[Any]]) -> tuple[NDArray[Any]]:
        return unchanging((make(self),))

    @lazy
    def _once(self) -> Kept[Callable[[Columns], NDArray[Any]], tuple[NDArray[Any]]]:
        return Kept(ONCE_KEPT)

    @lazy
    def ways(self) -> Kept[tuple[tuple[float, float], float] | None, tuple[Floats, Floats]]:
        """From a point and its error in km: km to each activity as expected, and at least."""
        return Kept(PLACES_KEPT)

    @lazy
    def cheapest(self) -> Kept[frozenset[str] | None, tuple[Floats, Floats, Flags]]:
        """With passes: euro a time and a month of the cheapest row, and whether a pass decides."""
        return Kept(PASSES_KEPT)

    @lazy
    def soonest(self) -> Kept[date, tuple[Floats, Floats]]:
        """Asked so that sessions count from this day: days to the first session, and at each hour after the wait."""
        return Kept(DAYS_KEPT)

    def rows_named(self, names: Iterable[str]) -> Flags:
        """Which activities any of these ids names; an id that is not there names nothing."""
        found = np.zeros(len(self), dtype=bool)
        for name in names:
            found[self.named.get(name, NOTHING)] = True
        return found

    def rows_called(self, activity_ids: Iterable[str]) -> Flags:
        """The activities that have, or once had, one of these ids."""
        found = np.zeros(len(self), dtype=bool)
        for name in activity_ids:
            found[self.called.get(name, NOTHING)] = True
        return found

    def rows_with(self, activity_ids: Iterable[str]) -> Flags:
        """The activities with these very ids; an id that is not there is passed over."""
        found = np.zeros(len(self), dtype=bool)
        if activity_ids:
            found[[self.rows[name] for name in activity_ids if name in self.rows]] = True
        return found

    def best_match(self, words: Codes, otherwise: float = 0.0) -> Floats:
        """How well each activity matches the one of these words that it matches best; without words something else."""
        if not len(words):
            return np.full(len(self), otherwise)
        best: Floats = self.match[:, words].max(axis=1)
        return best

    def best_word(self, row: int, told: Sequence[str]) -> str | None:
        """The word that the activity matches best, the first one told of equals; None when it matches none."""
        found = [self.match.item(row, self.word[word]) for word in told]
        best = max(found)
        return told[found.index(best)] if best > 0 else None

    def only_alike(self, row: int, word: str) -> bool:
        """Whether the activity has nothing but a term of the same group as this term."""
        return word in self.terms and float(self.match[row, self.word[word]]) <= GROUP

    def on_request(self, word: str) -> bool:
        """Whether this is a term of something that one asks for, rather than likes."""
        return word in self.terms and bool(taxonomy().terms[word].on_request)

    def sessions(self, first: date) -> Sessions:
        """The sessions that start on this day or in the eight weeks after it; what was worked out lately is kept."""
        return self._timetable.ahead(first)

    @lazy
    def _timetable(self) -> Timetable:
        return Timetable(self.activities)


NOTHING = np.zeros(0, dtype=np.int64)
