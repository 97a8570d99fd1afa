"""One local activity, as the catalogue format writes it. Whatever is left out is unknown, never "no"."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from wor_match.domain.frozen_map import FrozenMap
from wor_match.domain.money import Price
from wor_match.domain.place import Venue
from wor_match.domain.schedule import Schedule
from wor_match.domain.spiderweb import Dimensional
from wor_match.domain.terms import Aspect, Match, TermId, taxonomy
from wor_match.domain.text import (
    Agreed,
    Day,
    FieldPath,
    Id,
    Known,
    Language,
    Name,
    Text,
    Whole,
    Word,
    at_most,
    clean,
)
from wor_match.domain.value import Value, refuse

Access = Literal["wheelchair", "few_steps", "toilet", "hearing_loop", "quiet", "low_vision", "seat_breaks"]
Support = Literal["buddy", "transport", "trial_visit", "call", "introduce"]
Asks = Literal["good_dutch", "reading", "digital", "vog"]
BodyLevel = Literal["none", "light", "moderate", "vigorous"]
Age = Annotated[Whole, Field(ge=0, le=120)]
Weeks = Annotated[Whole, Field(ge=0, le=260)]
Places_ = Annotated[Whole, Field(ge=0, le=100_000)]
Strength = Annotated[Whole, Field(ge=0, le=3)]


class Group(Value):
    """The group one joins: how many, who, whether newcomers are welcome, and whether faces stay the same."""

    size: Annotated[Whole, Field(ge=1, le=100_000)] | None = None
    mix: Literal["mixed", "women", "men"] | None = None
    newcomers: Literal["welcome", "closed"] | None = None
    contact: Literal["same_people", "come_and_go"] | None = None


class Level(Value):
    """What it asks of the body."""

    body: BodyLevel | None = None


class AdvisedAge(Value):
    """Ages for which it is meant, as advice: nobody is kept out by it."""

    from_: Annotated[Age | None, Field(alias="from")] = None
    to: Age | None = None


class Audience(Value):
    """For whom it is, as a rule; `advised_age` is advice."""

    min_age: Age | None = None
    max_age: Age | None = None
    advised_age: AdvisedAge = AdvisedAge()
    only: Literal["women", "men"] | None = None
    residents_only: Agreed = False

    @model_validator(mode="after")
    def _has_room(self) -> Audience:
        if self.min_age is not None and self.max_age is not None and self.max_age < self.min_age:
            raise refuse("no-ages", f"has max_age {self.max_age} below min_age {self.min_age}; swap them")
        return self


class Host(Value):
    """Whether somebody receives newcomers."""

    receives_newcomers: Known = None


class FirstVisit(Value):
    """What the first time looks like; `ask_for` is a role ("de gastvrouw"), never a person's name."""

    ask_for: Name | None = None
    may_watch: Known = None
    may_leave_early: Known = None
    trials: Annotated[Whole, Field(ge=0, le=100)] | None = None


class Entry(Value):
    """How one joins, from when, and how long one waits."""

    kind: Literal["drop_in", "sign_up", "referral", "course"] | None = None
    sign_up: tuple[Literal["walk_in", "phone", "mail", "website"], ...] = ()
    starts_on: Day | None = None
    wait_weeks: Weeks | None = None


class Places(Value):
    """How many places there are, how many are free, and on which day that was so."""

    total: Places_ | None = None
    free: Places_ | None = None
    as_of: Day | None = None


class Said(Value):
    """What an imported activity was called where it comes from, and which of our terms that is, if any is."""

    label: Name
    term: TermId | None = None
    match: Match | None = None


class Source(Value):
    """Where an imported activity comes from, and in which words it was told there."""

    format: Word
    id: Annotated[str, Field(max_length=500), AfterValidator(clean)] | None = None
    licence: Name | None = None
    as_of: Day | None = None
    said: Annotated[tuple[Said, ...], Field(max_length=50)] = ()


class Activity(Value, init=False):
    """A local activity.

    Attributes
    ----------
    id : str
        Of its own, in ASCII, such as ``kookgroep-de-linde``; what was learned hangs on it.
    name : str
        As people call it.
    terms : tuple of str
        What one does there: up to four terms of the taxonomy, the first leads. Empty when nobody has said yet.
    summary : str
        What it is, in a sentence or two of their own; shown, never read by a rule.
    organiser : str
        The id of who organises it.
    serves : FrozenMap
        How much it serves each dimension, 0 to 3; left out: the terms' own strengths. Dimensions left out are 0.
    place : Venue
        The address, ``online`` or ``at_home``; left out is unknown.
    schedule : Schedule
        When one can come; left out is unknown.
    price : tuple of Price
        Empty is unknown, not free.
    languages : tuple of str
        Codes of the languages spoken there; empty is unknown.
    asks : tuple of str
        What one must have: good_dutch, reading, digital, vog (a certificate of conduct).
    aspects : tuple of str
        What it is like, beside the aspects of its terms, such as ``animals`` or ``company``.
    group : Group
        Whom one meets there.
    level : Level
        What it asks of the body.
    access : FrozenMap
        Provisions: yes, no or unknown (True, False or None in Python).
    audience : Audience
        For whom it is: ages, women or men, residents.
    support : tuple of str
        Help to come for the first time: buddy, transport, trial_visit, call, introduce.
    host : Host
        Whether somebody receives newcomers.
    first_visit : FirstVisit
        What the first time looks like.
    entry : Entry
        How one joins, and how many weeks one waits.
    places : Places
        How many places there are, and how many are free.
    status : str
        open, paused or closed.
    checked_on : date
        The day on which somebody last went through the whole of it.
    rechecked : FrozenMap
        Field → the later day on which that field alone was asked, such as ``{price: 2026-11-20}``.
    formerly : tuple of str
        Ids that it had before; what was learned of those counts for it.
    source : Source
        Where an imported activity comes from, and what it was called there.

    Raises
    ------
    CatalogueError
        Naming each field that cannot be read.

    Examples
    --------
    >>> Activity(id="wandelen-in-het-park", name="Wandelen in het park", terms=["wandelen"]).groups
    ('bewegen',)
    """

    id: Id
    name: Name
    terms: Annotated[tuple[TermId, ...], at_most(4)]
    summary: Text = ""
    organiser: Id | None = None
    serves: Dimensional[Strength] | None = None
    place: Venue | None = None
    schedule: Schedule | None = None
    price: Annotated[tuple[Price, ...], Field(max_length=20)] = ()
    languages: Annotated[tuple[Language, ...], Field(max_length=30)] = ()
    asks: tuple[Asks, ...] = ()
    aspects: Annotated[tuple[Aspect, ...], at_most(20)] = ()
    group: Group = Group()
    level: Level = Level()
    access: FrozenMap[Access, Known] = FrozenMap()
    audience: Audience = Audience()
    support: tuple[Support, ...] = ()
    host: Host = Host()
    first_visit: FirstVisit = FirstVisit()
    entry: Entry = Entry()
    places: Places = Places()
    status: Literal["open", "paused", "closed"] = "open"
    checked_on: Day | None = None
    rechecked: Annotated[FrozenMap[FieldPath, Day], Field(max_length=50)] = FrozenMap()
    formerly: Annotated[tuple[Id, ...], Field(max_length=50)] = ()
    source: Source | None = None

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups of its terms, the leading one first."""
        return tuple(dict.fromkeys(taxonomy().terms[term].group for term in self.terms))

    @property
    def all_aspects(self) -> frozenset[str]:
        """Its own aspects and those of its terms."""
        return frozenset(self.aspects).union(*(taxonomy().terms[term].aspects for term in self.terms))

    def true_on(self, field: str) -> date | None:
        """The last day on which `field` (``price``, ``access.toilet``) was known to be so; None when never.

        Free places have a day of their own: an old list of addresses says nothing about them.
        """
        asked = [on for name, on in self.rechecked.items() if (field + ".").startswith(name + ".")]
        whole = self.places.as_of if field == "places.free" else self.checked_on
        return max([*asked, *([whole] if whole else [])], default=None)

    def asked_on(self, field: str) -> date | None:
        """The last day on which `field`, or any part of it, was known to be so; None when never."""
        parts = (on for name, on in self.rechecked.items() if name.startswith(field + "."))
        whole = self.true_on(field)
        return max([*parts, *([whole] if whole else [])], default=None)

    @property
    def timed(self) -> bool:
        """Whether any session has a time."""
        return self.schedule is not None and self.schedule.timed

    @property
    def body(self) -> str | None:
        """What it asks of the body: its own word, else that of its leading term."""
        return self.level.body or (taxonomy().terms[self.terms[0]].body if self.terms else None)
