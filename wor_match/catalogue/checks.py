"""What is wrong or uncertain in an offer that can be read: every check of `wor-match lint`, one function each.

A check yields findings about an activity or about the whole; where they stand in a file is for `lint` to say. All
numbers here are assumptions, but for the ages of facts, which are agreed.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Literal

import numpy as np

from wor_match.domain.catalogue import Catalogue
from wor_match.domain.compiling import served
from wor_match.domain.finding import plain_words
from wor_match.domain.holidays import SCHOOL_HOLIDAYS_UNTIL
from wor_match.domain.length import MOST_WORDS, sentences_in, words_in
from wor_match.domain.place import distance_km
from wor_match.domain.terms import DIMENSIONS, taxonomy
from wor_match.errors import Code

STALE_DAYS = {"places.free": 28, "status": 92}  # four weeks, three months
OTHERS_STALE_DAYS = 183  # half a year
ASKED_AGAIN = ("schedule", "price", "entry", "access", "audience", "languages", "place")  # what changes without a word
WEEKS_AHEAD, A_YEAR = 8, 365
FAR_KM, FEWEST_PLACES = 15.0, 3  # from the middle of the offer
FEWEST_ACTIVITIES = 10  # with fewer, a share says little
MOST_STRONGLY = 0.6  # the share of the offer that may serve one dimension strongly
STRONGLY = 3
RARE = 9  # times a year
LOOSE = {"broader": "a wider word", "narrower": "a narrower word", "related": "only related"}

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Something to look at: of an activity (or None: of the whole), at a field."""

    activity: str | None
    field: str
    code: Code
    sentence: str
    severity: Severity = "warning"


Check = Callable[[Catalogue], Iterator[Suspicion]]
DayCheck = Callable[[Catalogue, date], Iterator[Suspicion]]


def stale(catalogue: Catalogue, at: date) -> Iterator[Suspicion]:
    """Facts that nobody asked about for too long: free places four weeks, the status three months, the rest six."""
    for one in catalogue:
        if one.status == "closed":
            continue
        for field, days in STALE_DAYS.items():
            if field == "places.free" and one.places.free is None:
                continue
            known = one.true_on(field)
            if known is None:
                yield Suspicion(one.id, field, "never-checked", "does not say when it was checked; ask")
            elif (at - known).days > days:
                yield Suspicion(one.id, field, "stale", f"was last checked on {known}; ask again")
        told = [field for field in ASKED_AGAIN if field in one.model_fields_set]
        old = [field for field in told if (on := one.asked_on(field)) and (at - on).days > OTHERS_STALE_DAYS]
        if old:
            said = f"was not asked about for over half a year: {', '.join(old)}; ask again"
            yield Suspicion(one.id, old[0], "stale", said)


def without_sessions(catalogue: Catalogue, at: date) -> Iterator[Suspicion]:
    """Open activities that do not meet in the next eight weeks, and pauses that nobody knows yet."""
    ahead = [at + timedelta(days=step) for step in range(7 * WEEKS_AHEAD)]
    for one in catalogue:
        schedule = one.schedule
        if one.status != "open" or schedule is None:
            continue
        by_itself = one.timed and not schedule.on_request and not (one.place and one.place.at_home)
        if "school_holidays" in schedule.pauses and ahead[-1] > SCHOOL_HOLIDAYS_UNTIL:
            said = f"pauses in school holidays, which are known until {SCHOOL_HOLIDAYS_UNTIL} only; write its days out"
            yield Suspicion(one.id, "schedule.pauses", "holidays-unknown", said)
        elif by_itself and not any(map(schedule.slots, ahead)):
            said = f"has no session in the {WEEKS_AHEAD} weeks from {at}; write its new days, or set its status"
            yield Suspicion(one.id, "schedule", "no-session", said)


def rare(catalogue: Catalogue, at: date) -> Iterator[Suspicion]:
    """Monthly rules that most months lack: a fifth Tuesday, the 31st."""
    year = [at + timedelta(days=step) for step in range(A_YEAR)]
    for one in catalogue:
        for number, rule in enumerate(one.schedule.monthly if one.schedule else ()):
            n = sum(map(rule.holds, year))
            if n < RARE and not rule.from_ and not rule.until and rule.nth not in (1, 2, 3, 4, -1):
                said = f"holds on {n} days in the year from {at}; is that meant?"
                yield Suspicion(one.id, f"schedule.monthly.{number}", "rare", said)


def incomplete(catalogue: Catalogue) -> Iterator[Suspicion]:
    """What a participant needs to know and nobody wrote: where, when, what it costs, how to get in, what one does."""
    for one in catalogue:
        if one.status == "closed":
            continue
        if one.place is None:
            yield Suspicion(one.id, "place", "no-place", "does not say where it is; ask")
        if one.schedule is None or not (one.timed or one.schedule.on_request):
            yield Suspicion(one.id, "schedule", "time-unknown", "does not say when it is; ask")
        if not one.price:
            yield Suspicion(one.id, "price", "price-unknown", "does not say what it costs; unknown is not free, ask")
        if not (one.place and one.place.remote) and not any(known is not None for known in one.access.values()):
            yield Suspicion(one.id, "access", "access-unknown", "says nothing about how to get in; ask")
        if not one.terms and not one.serves:
            said = "has no term, so it serves nothing; choose one to four terms, or write `serves`"
            yield Suspicion(one.id, "terms", "serves-nothing", said)


def unreachable(catalogue: Catalogue) -> Iterator[Suspicion]:
    """Activities where nobody can be asked anything, and one cannot simply walk in."""
    for one in catalogue:
        organiser = catalogue.organiser_of(one)
        walk_in = one.entry.kind == "drop_in" or "walk_in" in one.entry.sign_up
        can_walk_in = walk_in and one.timed and one.place is not None and not one.place.remote
        if one.status != "closed" and not can_walk_in and not (organiser and organiser.reachable):
            said = "cannot be reached: give its organiser a telephone, an e-mail address or a website"
            yield Suspicion(one.id, "organiser", "unreachable", said, "error")


def loosely_mapped(catalogue: Catalogue) -> Iterator[Suspicion]:
    """Terms that an importer chose because nothing nearer was there, and nobody looked at since."""
    for one in catalogue:
        for said in one.source.said if one.source else ():
            if said.term in one.terms and said.match in LOOSE:
                said_so = f"has the term {said.term} for {said.label[:40]!r}, which is {LOOSE[said.match]}; look at it"
                yield Suspicion(one.id, "terms", "loose-term", said_so)


def far_away(catalogue: Catalogue) -> Iterator[Suspicion]:
    """Places far from the middle of the offer: a wrong postcode, or two numbers that changed places."""
    points = {one.id: one.place.point for one in catalogue if one.place and one.place.point and not one.place.remote}
    if len(points) < FEWEST_PLACES:
        return
    there = np.array(list(points.values()))
    km = distance_km(median(there[:, 0]), median(there[:, 1]), there[:, 0], there[:, 1])
    for name, distance in zip(points, km, strict=True):
        if distance > FAR_KM:
            said = f"lies {distance:.0f} km from the middle of the offer; look at its postcode and its point"
            yield Suspicion(name, "place", "far-away", said)


def doubles(catalogue: Catalogue) -> Iterator[Suspicion]:
    """Activities that seem to be one: the same name at one organiser, or the same terms, place and times."""
    seen: dict[tuple[object, ...], str] = {}
    for one in catalogue:
        if one.status == "closed":
            continue
        keys: list[tuple[object, ...]] = [("name", " ".join(plain_words(one.name)), one.organiser)]
        if one.place and one.terms and one.timed and one.schedule:
            when = (one.schedule.weekly, one.schedule.monthly, one.schedule.dates)
            keys.append((one.place.point, one.place.street, one.place.number, one.terms[0], when))
        first = next((seen[key] for key in keys if key in seen), None)
        if first:
            yield Suspicion(one.id, "name", "double", f"seems to be {first}; keep one, with the other id in `formerly`")
        for key in keys:
            seen.setdefault(key, one.id)


def hard_to_read(catalogue: Catalogue) -> Iterator[Suspicion]:
    """Sentences of more than twelve words, and words that mix two scripts."""
    for one in catalogue:
        longest = max(sentences_in(one.summary), key=lambda sentence: len(words_in(sentence)), default="")
        if (n := len(words_in(longest))) > MOST_WORDS["B1"]:
            said = f"has a sentence of {n} words; at most {MOST_WORDS['B1']} read easily: {longest[:50]!r}"
            yield Suspicion(one.id, "summary", "long-sentence", said)
        for field in ("name", "summary"):
            for word in getattr(one, field).split():
                if len(scripts(word)) > 1:
                    said = f"mixes two scripts in {word[:40]!r}; write it anew"
                    yield Suspicion(one.id, field, "mixed-script", said)


def scripts(word: str) -> set[str]:
    """The scripts whose letters look alike: Latin, Greek, Cyrillic."""
    names = (unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha())
    return {name for name in names if name in ("LATIN", "GREEK", "CYRILLIC")}


def one_sided(catalogue: Catalogue) -> Iterator[Suspicion]:
    """A dimension that most of the offer serves strongly: then it tells nothing any more."""
    if len(catalogue) < FEWEST_ACTIVITIES:
        return
    defaults = {name: term.serves for name, term in taxonomy().terms.items()}
    strengths = [served(one, defaults) for one in catalogue]
    for at, dimension in enumerate(DIMENSIONS):
        n = sum(strength[at] >= STRONGLY for strength in strengths)
        if n > MOST_STRONGLY * len(catalogue):
            said = (
                f"{dimension} is served strongly (3) by {n} of {len(catalogue)} activities; keep 3 for what it is for"
            )
            yield Suspicion(None, "activities", "one-sided", said)


def clashing(catalogue: Catalogue) -> Iterator[Suspicion]:
    """Ids that mean two things, and ids that mean nothing."""
    words, organisers = set(taxonomy().words), {one.id for one in catalogue.organisers}
    ids = {one.id for one in catalogue} | {name for one in catalogue for name in one.formerly}
    for one in catalogue:
        if one.id in words or one.id in organisers:
            said = (
                f"{one.id!r} is also a {'word of the taxonomy' if one.id in words else 'organiser'}; choose another id"
            )
            yield Suspicion(one.id, "id", "id-clash", said, "error")
    for organiser in catalogue.organisers:
        if organiser.id in words:
            said = f"organiser {organiser.id!r} is also a word of the taxonomy; choose another id"
            yield Suspicion(None, "organisers", "id-clash", said, "error")
    for town in catalogue.support:
        if town.organiser is not None and town.organiser not in organisers:
            said = f"support names {town.organiser!r}, which is no organiser; add it there or leave it out"
            yield Suspicion(None, "support", "unknown-organiser", said, "error")
    for ready in catalogue.arrangements:
        for name in ready.activities:
            if name not in ids:
                said = f"arrangement {ready.id} names {name!r}, which is no activity; add it or leave it out"
                yield Suspicion(None, "arrangements", "unknown-activity", said, "error")


def two_pasts(catalogue: Catalogue) -> Iterator[Suspicion]:
    """Old ids that two activities claim, or that live."""
    old = Counter(name for one in catalogue for name in one.formerly)
    for one in catalogue:
        for name in one.formerly:
            if name in catalogue or old[name] > 1:
                said = f"was {name!r} formerly, and so is another activity; only one of them can have been it"
                yield Suspicion(one.id, "formerly", "id-clash", said, "error")


ANY_DAY: tuple[Check, ...] = (
    clashing,
    two_pasts,
    unreachable,
    incomplete,
    loosely_mapped,
    far_away,
    doubles,
    hard_to_read,
    one_sided,
)
ON_A_DAY: tuple[DayCheck, ...] = (stale, without_sessions, rare)


def suspicions_of(catalogue: Catalogue, at: date | None) -> Iterator[Suspicion]:
    """What every check says; without a day nothing about what is old or does not meet any more."""
    for check in ANY_DAY:
        yield from check(catalogue)
    if at is not None:
        for on_a_day in ON_A_DAY:
            yield from on_a_day(catalogue, date(at.year, at.month, at.day))
