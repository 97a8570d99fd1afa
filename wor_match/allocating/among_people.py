"""Many people, few places: who has a place, who waits for which one, and who is not served by a place now.

Each person is measured by their own best only; whose chance is larger never counts.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from numbers import Real
from typing import get_args

import numpy as np

from wor_match.allocating.turns import Allocation, Fairness, Turn, Waiting
from wor_match.choosing import ROUNDED, share
from wor_match.constraints.offer import COUNT_HOLDS_DAYS
from wor_match.domain.columns import Columns, Flags, Floats
from wor_match.domain.participant import Participant
from wor_match.errors import WorMatchError
from wor_match.question import Question

People = Iterable[Participant]
Waited = Mapping[str, float] | None
MOST_WEEKS = 10_000  # nobody waits two hundred years


def allocated(
    people: People,
    ask: Callable[[Participant], Question],
    columns: Columns,
    fairness: Fairness = "worst_off_first",
    waited: Waited = None,
    seed: int = 0,
) -> Allocation:
    """Share the places of one catalogue among people.

    Exact, in whole numbers: see `choosing.sharing`. Where no number of free places is written down there is a place for
    everybody; that it is unknown, or old, is said.

    Parameters
    ----------
    people : iterable of Participant
    ask : callable
        The question of one of them to the catalogue.
    columns : Columns
    fairness : str
        ``worst_off_first``: the smallest share of a person's own best is as large as it can be, then the next, no place
        being 0 (where some must wait, that may be who has no good place left); ``total``: the sum of shares is.
    waited : mapping, optional
        Person id → weeks waited; who waited longest goes first among equally good ways, then a lot decides.
    seed : int
        Of the lot: the order of SHA-256 over it and the person's id.

    Raises
    ------
    WorMatchError
        When somebody stands there twice or is no Participant, `fairness` is not known, `seed` is no whole number, or
        `waited` names somebody else or is no number from 0 to 10,000.
    """
    who = everyone(people)
    refuse_unknown(fairness, seed)
    order = who_goes_first([one.id for one in who], weeks_waited(waited, who), seed)
    questions = [ask(one) for one in who]
    value = values_of(questions, len(columns))
    choice = share(value, places_of(columns), order, worst_off_first=fairness == "worst_off_first")
    return Allocation(tuple(map(turn, questions, value, choice.tolist())), fairness, columns.catalogue)


def everyone(people: People) -> list[Participant]:
    """The people, sorted by their ids, each of them once."""
    who = list(people) if isinstance(people, Iterable) else [None]
    if not all(isinstance(one, Participant) for one in who):
        raise WorMatchError(
            "allocate() needs a list of Participants; make each with Participant(id=...)", code="wrong-type"
        )
    if twice := sorted(name for name, times in Counter(one.id for one in who).items() if times > 1):
        raise WorMatchError(
            f"person {twice[0]!r} stands there more than once; give each person once", code="told-twice"
        )
    return sorted(who, key=lambda one: one.id)


def refuse_unknown(fairness: str, seed: int) -> None:
    """A WorMatchError when the way of sharing or the seed is not one there is."""
    if not isinstance(fairness, str) or fairness not in get_args(Fairness):
        raise WorMatchError(
            f"fairness {str(fairness)[:20]!r} is not known; there are: {', '.join(get_args(Fairness))}",
            code="unknown-name",
        )
    if type(seed) is not int:
        raise WorMatchError("seed is no whole number; give one, such as 0", code="wrong-type")


def weeks_waited(waited: Waited, who: Sequence[Participant]) -> dict[str, float]:
    """Person id → weeks waited, 0 for who is not named."""
    if not isinstance(waited, Mapping | None):
        raise WorMatchError("`waited` is no mapping; give {person id: weeks}", code="wrong-type")
    weeks = {one.id: 0.0 for one in who}
    for name, told in (waited or {}).items():
        if name not in weeks:
            raise WorMatchError(
                f"`waited` names {str(name)[:64]!r}, who is not among the people; leave them out", code="unknown-person"
            )
        if not isinstance(told, Real) or isinstance(told, bool) or not 0 <= told <= MOST_WEEKS:
            raise WorMatchError(
                f"the weeks that person {name!r} waited are no number from 0 to {MOST_WEEKS:,}; give weeks",
                code="out-of-range",
            )
        weeks[name] = float(told)
    return weeks


def who_goes_first(ids: Sequence[str], weeks: Mapping[str, float], seed: int) -> list[int]:
    """The rows of people: who waited longest first, then by lot."""
    lot = [hashlib.sha256(f"{seed}\n{person}".encode()).hexdigest() for person in ids]
    return sorted(range(len(ids)), key=lambda row: (-weeks[ids[row]], lot[row]))


def values_of(questions: Sequence[Question], n_activities: int) -> Floats:
    """Score of each activity as a share of that person's own best, (n_people, n_activities); -inf impossible."""
    value = np.full((len(questions), n_activities), -math.inf)
    for row, one in enumerate(questions):
        if len(one.possible):
            value[row, one.possible] = np.round(one.score / one.score.max(), ROUNDED)
    return value


def places_of(columns: Columns) -> Floats:
    """Free places, infinite when not written down, (n_activities,); an old number counts, so as not to promise."""
    free: Floats = np.where(np.isnan(columns.free_places), math.inf, columns.free_places)
    return free


def known_places(columns: Columns, on: int) -> Flags:
    """Of which activities the number of free places is written down and recent, (n_activities,)."""
    recent: Flags = (columns.counted_on > 0) & (on - columns.counted_on <= COUNT_HOLDS_DAYS)
    return recent & ~np.isnan(columns.free_places)


def turn(question: Question, value: Floats, at: int) -> Turn:
    """How it went for one person."""
    person, columns = question.asked.person.id, question.columns
    if not question.safe:
        return Turn(person, "safety_first")
    if not len(question.possible):
        return Turn(person, "nothing_fits")
    if at >= 0:
        known = bool(known_places(columns, question.asked.on)[at])
        return Turn(person, "place", columns.activities[at].id, float(value[at]), places_known=known)
    best = int(np.argmax(value))
    weeks = None if np.isnan(columns.wait_weeks[best]) else math.ceil(columns.wait_weeks[best])
    return Turn(person, "waits", waiting=Waiting(columns.activities[best].id, weeks))
