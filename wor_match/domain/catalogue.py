"""The local offer: activities, who organises them, and the desks for what should come first."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from wor_match.domain.activity import Activity, Support, Weeks
from wor_match.domain.lazy import lazy
from wor_match.domain.limits import HELD_AT_MOST, USUAL
from wor_match.domain.participant import Circumstance
from wor_match.domain.terms import Theme
from wor_match.domain.text import Email, Id, Name, Phone, Text, Website, at_most
from wor_match.domain.value import Value, refuse
from wor_match.errors import Problem

FORMAT: Literal["wor-match-catalogue/1"] = "wor-match-catalogue/1"


class Organiser(Value):
    """Who organises activities; no person's name stands here."""

    id: Id
    name: Name
    phone: Phone | None = None
    email: Email | None = None
    website: Website | None = None

    @property
    def reachable(self) -> bool:
        """Whether anybody can ask them something."""
        return bool(self.phone or self.email or self.website)


class Desk(Value):
    """Where to go for money, housing, safety, skills, care or stability."""

    id: Id
    for_: Annotated[Circumstance, Field(alias="for")]
    name: Name
    phone: Phone | None = None
    website: Website | None = None


class TownSupport(Value):
    """Help in town, for any activity."""

    kind: Support
    organiser: Id | None = None
    wait_weeks: Weeks | None = None


class ReadyArrangement(Value):
    """A ready-made arrangement (welzijnsarrangement): activities that somebody put together around a theme.

    Its activities may stand in another layer of the offer, so only lint says which of them are nowhere.
    """

    id: Id
    name: Name
    theme: Theme | None = None
    summary: Text = ""
    activities: Annotated[tuple[Id, ...], at_most(6), Field(min_length=2)]


class CatalogueHead(Value, init=False):
    """Everything in a catalogue but the activities themselves.

    Attributes
    ----------
    format : str
        ``wor-match-catalogue/1``.
    id, name : str
        Required; a later file of a folder may leave them out.
    municipality : str
        For whom it is, where an activity is for residents only.
    school_holidays : str
        The region (noord, midden, zuid) of activities that pause in school holidays.
    desks : tuple of Desk
        Where to go for what should come first.
    support : tuple of TownSupport
        Help in town, for any activity.
    organisers : tuple of Organiser
        Everybody that an activity names as its organiser.
    arrangements : tuple of ReadyArrangement
        Ready-made arrangements: activities that somebody put together around a theme.
    """

    format: Literal["wor-match-catalogue/1"] = FORMAT
    id: Id
    name: Name
    municipality: Name | None = None
    school_holidays: Literal["noord", "midden", "zuid"] | None = None
    desks: Annotated[tuple[Desk, ...], Field(max_length=100)] = ()
    support: Annotated[tuple[TownSupport, ...], Field(max_length=100)] = ()
    organisers: Annotated[tuple[Organiser, ...], Field(max_length=5_000)] = ()
    arrangements: Annotated[tuple[ReadyArrangement, ...], Field(max_length=500)] = ()


class Catalogue(CatalogueHead, init=False):
    """The local offer of one place.

    Attributes
    ----------
    activities : tuple of Activity
        In the order of the file; the order means nothing.
    problems : tuple of Problem
        What a lenient reader left out, and why.

    Raises
    ------
    CatalogueError
        When two activities or organisers have one id, or an organiser is not there.
    """

    activities: Annotated[
        tuple[Activity, ...], Field(max_length=HELD_AT_MOST, json_schema_extra={"maxItems": USUAL.activities})
    ] = ()
    problems: Annotated[tuple[Problem, ...], Field(exclude=True)] = ()

    @model_validator(mode="after")
    def _holds_together(self) -> Catalogue:
        for _, clash in clashes(self, self.activities):
            raise refuse(clash.code, f"holds {clash.path}: {clash.sentence}")
        return self

    def __len__(self) -> int:
        return len(self.activities)

    def __iter__(self) -> Iterator[Activity]:  # type: ignore[override]  # because a catalogue is a list of activities, not of fields
        return iter(self.activities)

    def __getitem__(self, activity_id: str) -> Activity:
        return self._by_id[activity_id]

    def get(self, activity_id: str) -> Activity | None:
        """The activity with this `activity_id`; None when there is none."""
        return self._by_id.get(activity_id)

    def __contains__(self, activity_id: object) -> bool:
        return activity_id in self._by_id

    def __repr_args__(self) -> Iterator[tuple[str | None, object]]:
        yield "id", self.id
        yield "activities", len(self.activities)

    @lazy
    def digest(self) -> str:
        """SHA-256 over what the catalogue says, whatever the order of its activities."""
        said = hashlib.sha256(self.model_dump_json(exclude={"activities"}).encode())
        for activity in sorted(self.activities, key=lambda one: one.id):
            said.update(activity.model_dump_json().encode())
        return said.hexdigest()

    def organiser_of(self, activity: Activity) -> Organiser | None:
        """Who organises this `activity`; None for an informal network."""
        return self.organiser_called(activity.organiser)

    def organiser_called(self, organiser_id: str | None) -> Organiser | None:
        """The organiser with this `organiser_id`; None when there is none."""
        return self._organisers.get(organiser_id or "")

    def desks_for(self, circumstance: str) -> tuple[Desk, ...]:
        """Where to go for this `circumstance`, such as ``money``."""
        return tuple(desk for desk in self.desks if desk.for_ == circumstance)

    def holding(self, activities: Sequence[Activity], problems: Sequence[Problem] = ()) -> Catalogue:
        """The same catalogue with other `activities`, checked one by one, and the `problems` of the rest."""
        head = {name: getattr(self, name) for name in CatalogueHead.model_fields}
        return Catalogue.model_construct(**head, activities=tuple(activities), problems=tuple(problems))

    def with_events(self, events: Any) -> Catalogue:
        """The catalogue with what was learned by telephone (`offer_checked`, `activity_closed`) laid over it.

        Per field, the newest wins, also over an older file; the field has a new date, which ends its check.

        Parameters
        ----------
        events : iterable of Event, or anything with ``.read()``
            A whole history: events of persons are passed over. What cannot be laid over stands in `.problems`.

        Raises
        ------
        EventError
            When the history cannot be read.

        Examples
        --------
        >>> from wor_match.domain.kinds import event_of
        >>> ours = Catalogue(id="x", name="X", activities=[Activity(id="koor", name="Koor", terms=["zingen"])])
        >>> call = {"event_id": "e1", "at": "2026-11-20T10:00:00+01:00", "source": "coach", "kind": "offer_checked"}
        >>> heard = event_of({**call, "activity": "koor", "field": "price", "value": "3,50 per keer"})
        >>> ours.with_events([heard])["koor"].price[0].euro
        3.5
        """
        from wor_match.domain.rechecking import rechecked

        return rechecked(self, events)

    @property
    def town_support(self) -> frozenset[str]:
        """The kinds of help that any activity can count on."""
        return frozenset(help_.kind for help_ in self.support)

    @lazy
    def _by_id(self) -> dict[str, Activity]:
        return {activity.id: activity for activity in self.activities}

    @lazy
    def present_ids(self) -> Mapping[str, str]:
        """Former id → the present id of an activity that was renamed."""
        return {old: one.id for one in self.activities for old in one.formerly}

    @lazy
    def _organisers(self) -> dict[str, Organiser]:
        return {organiser.id: organiser for organiser in self.organisers}


def clashes(head: CatalogueHead, activities: Sequence[Activity]) -> Iterator[tuple[int, Problem]]:
    """What does not hold together, with the number of the activity: an id twice, an organiser that is not there."""
    told = [organiser.id for organiser in head.organisers]
    organisers = Counter(told)
    if twice := sorted(name for name, often in organisers.items() if often > 1):
        yield -1, Problem(f"organiser {twice[0]} is told twice; give each its own id", "duplicate-id", "organisers")
    seen: dict[str, int] = {}
    for number, activity in enumerate(activities):
        if activity.id in seen:
            places = f"number {seen[activity.id] + 1} and {number + 1}"
            said = f"activity {activity.id} is told twice ({places}); give each its own id"
            yield number, Problem(said, "duplicate-id", "id")
        seen.setdefault(activity.id, number)
        if activity.organiser is not None and activity.organiser not in organisers:
            said = f"organiser {activity.organiser!r} is not among the organisers; add it there or leave it out"
            yield number, Problem(said, "unknown-organiser", "organiser")
