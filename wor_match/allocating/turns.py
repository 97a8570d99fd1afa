"""What an allocation is: how it went for each person, and what two ways of sharing give side by side."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from wor_match.domain.catalogue import Catalogue
from wor_match.errors import WorMatchError

if TYPE_CHECKING:
    from wor_match.interop.frames import Backend
    from wor_match.wording.words import Words

Fairness = Literal["worst_off_first", "total"]
State = Literal["place", "waits", "nothing_fits", "safety_first"]
ALLOCATION_COLUMNS: dict[str, type] = {
    "person": str, "state": str, "activity": str, "value": float, "waits_for": str, "wait_weeks": int,
    "places_known": bool,
}  # fmt: skip
BESIDE_COLUMNS: dict[str, type] = {
    "person": str, "activity": str, "value": float, "other_activity": str, "other_value": float, "gain": float,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """The place that would have been somebody's, had there been one more.

    Attributes
    ----------
    activity : str
        The id of the activity that suits them best.
    wait_weeks : int or None
        How long its list is said to be; None when nobody knows.
    """

    activity: str
    wait_weeks: int | None


@dataclass(frozen=True, slots=True)
class Turn:
    """How it went for one person.

    Attributes
    ----------
    person : str
    state : str
        ``place``, ``waits``, ``nothing_fits`` (no activity is possible) or ``safety_first`` (before any place).
    activity : str or None
        Where they have a place.
    value : float or None
        The score there as a share of their own best; None without a place.
    waiting : Waiting or None
        What they wait for.
    places_known : bool or None
        False when the number of places there is not written down, or old: ask before you promise. None without a place.
    """

    person: str
    state: State = field(repr=False)
    activity: str | None = None
    value: float | None = None
    waiting: Waiting | None = None
    places_known: bool | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Allocation:
    """Who has which place; a proposal for the coaches, the people themselves still choose.

    Attributes
    ----------
    turns : tuple of Turn
        How it went for each person, sorted by their ids.
    fairness : str
        ``worst_off_first`` or ``total``.
    catalogue : Catalogue
    """

    turns: tuple[Turn, ...]
    fairness: Fairness
    catalogue: Catalogue

    def __repr__(self) -> str:
        n_places = sum(one.activity is not None for one in self.turns)
        return f"Allocation({len(self.turns)} people, {n_places} have a place, {len(self.waiting)} wait)"

    @property
    def places(self) -> dict[str, str | None]:
        """Person id → the id of the activity where they have a place, or None."""
        return {one.person: one.activity for one in self.turns}

    @property
    def waiting(self) -> dict[str, Waiting]:
        """Who has no place and could have had one → the place that would have been theirs, and for how many weeks."""
        return {one.person: one.waiting for one in self.turns if one.waiting is not None}

    @property
    def waiting_lists(self) -> dict[str, tuple[str, ...]]:
        """Activity id → the ids of those who wait for a place there; where most people wait comes first."""
        told: dict[str, tuple[str, ...]] = {}
        for person, one in self.waiting.items():
            told[one.activity] = (*told.get(one.activity, ()), person)
        return dict(sorted(told.items(), key=lambda one: (-len(one[1]), one[0])))

    @property
    def total(self) -> float:
        """What people have, added up in shares of their own best; no place counts 0."""
        return math.fsum(one.value or 0.0 for one in self.turns)

    @property
    def lowest(self) -> float | None:
        """The smallest share of who could have a place: 0 as soon as somebody waits; None when nobody could."""
        return min((one.value or 0.0 for one in self.turns if one.state in ("place", "waits")), default=None)

    def beside(self, other: Allocation, backend: Backend | None = None) -> Any:
        """One row for each person who has another place than in `other`, or none; `backend` as for `frame`.

        The gain is the share here less the share there, no place being 0; gains add up to the difference of totals.

        Raises
        ------
        WorMatchError
            When the other is no Allocation or about other people, or the backend is not known or not installed.
        """
        from wor_match.interop.frames import frame

        if not isinstance(other, Allocation):
            raise WorMatchError(
                "beside() needs another Allocation; share places among the same people twice", code="wrong-type"
            )
        if [one.person for one in self.turns] != [one.person for one in other.turns]:
            raise WorMatchError(
                "the two allocations are about other people; share places among the same people twice",
                code="not-comparable",
            )
        pairs = zip(self.turns, other.turns, strict=True)
        return frame([beside(*pair) for pair in pairs if pair[0].activity != pair[1].activity], BESIDE_COLUMNS, backend)

    def sentences(self, language: str | Words = "nl") -> list[str]:
        """What a coach should know, person by person, in sentences of `language` (nl, nl-je, en, or own words)."""
        from wor_match.wording.sentences import allocation_sentences

        names = {one.id: one.name for one in self.catalogue}
        return list(allocation_sentences(self.turns, self.fairness, names, language))

    def frame(self, backend: Backend | None = None) -> Any:
        """One row for each person: a list of dicts, or with `backend` a frame of polars, pandas or pyarrow.

        Raises
        ------
        WorMatchError
            When the `backend` is none of these, or is not installed.
        """
        from wor_match.interop.frames import frame

        return frame([row_of(one) for one in self.turns], ALLOCATION_COLUMNS, backend)


def row_of(one: Turn) -> dict[str, Any]:
    """One person as a row."""
    row = {"person": one.person, "state": one.state, "activity": one.activity, "value": one.value}
    wait = {"waits_for": one.waiting.activity, "wait_weeks": one.waiting.wait_weeks} if one.waiting else {}
    return {**row, **wait, "places_known": one.places_known}


def beside(one: Turn, other: Turn) -> dict[str, Any]:
    """One person in two allocations, as a row."""
    there = {"other_activity": other.activity, "other_value": other.value}
    gain = (one.value or 0.0) - (other.value or 0.0)
    return {"person": one.person, "activity": one.activity, "value": one.value, **there, "gain": gain}
