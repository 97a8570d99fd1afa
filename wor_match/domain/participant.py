"""Who looks for something to do: what they told, and nothing else.

No name, address, citizen number or birth date exists here. Whatever is left out is unknown, never "no".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from wor_match.domain.activity import Access, Age, Support, Weeks
from wor_match.domain.frozen_map import FrozenMap
from wor_match.domain.money import Budget
from wor_match.domain.place import Place, Travel
from wor_match.domain.rhythm import LONG_NAMES, WEEKDAYS
from wor_match.domain.spiderweb import FourDomains, NamedDimension, SpiderWeb
from wor_match.domain.terms import Wish
from wor_match.domain.text import ID, MINUTES_A_DAY, Agreed, Language, Pseudonym, Whole, Word, clock, formed, minutes_of
from wor_match.domain.value import Personal, refuse
from wor_match.errors import WorMatchError

Circumstance = Literal["money", "housing", "safety", "skills", "care", "stability"]
CIRCUMSTANCES: tuple[Circumstance, ...] = get_args(Circumstance)
State = Literal["not_asked", "no", "first", "alongside", "arranged"]
IN_THE_WAY: tuple[State, ...] = ("first", "alongside")
StopReason = Literal["not_suited", "practical", "health", "activity_gone", "moved_on", "completed", "other"]
MOST_WINDOWS = 100
WINDOWS_KEPT = 1024  # different ones that stay in memory: half days are told again and again, whoever tells them
MOST_FOCUS = 3
WINDOW = re.compile(r"([a-z]+) (\d{1,2}:\d{2}) ?[-–] ?(\d{1,2}:\d{2})")


def window(value: Any) -> Any:
    """A weekly window as `di 09:00-12:00`; an end before the start lies after midnight."""
    return tidy_window(value if isinstance(value, str) else "")


@lru_cache(maxsize=WINDOWS_KEPT)
def tidy_window(told: str) -> str:
    """The window as it is kept: a short day, and hours of two digits."""
    parts = WINDOW.fullmatch(told.strip().lower())
    day = WEEKDAYS[LONG_NAMES.index(parts[1])] if parts and parts[1] in LONG_NAMES else parts[1] if parts else ""
    if parts is None or day not in WEEKDAYS:
        raise refuse("no-window", "is no weekly window; write it as di 09:00-12:00, with ma, di, wo, do, vr, za or zo")
    start, end = clock(parts[2]), clock(parts[3])
    if start == end or start == "24:00":
        raise refuse("no-window", "is an empty window; the end must differ from the start")
    return f"{day} {start}-{end}"


@lru_cache(maxsize=WINDOWS_KEPT)
def minutes_of_week(told: str) -> tuple[int, int]:
    """Start and end of a window in minutes since Monday 00:00; an end over midnight lies beyond that day.

    Examples
    --------
    >>> minutes_of_week("di 09:00-12:00")
    (1980, 2160)
    """
    day, start, end = WEEKDAYS.index(told[:2]) * MINUTES_A_DAY, minutes_of(told[3:8]), minutes_of(told[9:])
    return day + start, day + end + (MINUTES_A_DAY if end <= start else 0)


def unique(values: tuple[str, ...]) -> tuple[str, ...]:
    """The values once each, in the order told."""
    return tuple(dict.fromkeys(values))


Window = Annotated[str, BeforeValidator(window)]
Windows = Annotated[tuple[Window, ...], Field(max_length=MOST_WINDOWS), AfterValidator(unique)]
Wishes = Annotated[tuple[Wish, ...], Field(max_length=50), AfterValidator(unique)]
ToldId = Annotated[str, formed("bad-id", ID, "is no id; use a-z, 0-9, dot, dash and underscore")]
Unwanted = Annotated[tuple[ToldId, ...], Field(max_length=200), AfterValidator(unique)]
Dimensions = Annotated[tuple[NamedDimension, ...], Field(max_length=6), AfterValidator(unique)]


class GroupWish(Personal):
    """The group they would like: size, mix, and whether faces stay the same."""

    size: Literal["one_to_one", "small", "large"] | None = None
    mix: Literal["mixed", "women", "men"] | None = None
    contact: Literal["same_people", "come_and_go"] | None = None


class Participant(Personal, init=False):
    """Somebody who looks for an activity; only `id` is required.

    Attributes
    ----------
    id : str
        A pseudonym; what looks like a citizen number is refused.
    spider_web : SpiderWeb
        How it is in six dimensions, from the conversation.
    four_d : FourDomains
        The priorities of a 4D conversation.
    focus : tuple of str
        What they want to change: at most three dimensions, the first counts most.
    left_alone : tuple of str
        Dimensions they will not work on.
    likes : tuple of str
        What they like to do: terms, groups or aspects, what they named first in front.
    energy : tuple of str
        What gives them energy, in the same words.
    good_at : tuple of str
        What they are good at, in the same words.
    only_wishes : bool
        Nothing but what they named, for now.
    unwanted : tuple of str
        Terms, groups, activity or organiser ids; no reason is kept.
    group_wish : GroupWish
        The group they would like.
    support : tuple of str
        What would help to come: buddy, transport, trial_visit, call, introduce.
    free : tuple of str
        When they can: weekly windows such as ``di 09:00-12:00``; None is unknown.
    not_free : tuple of str
        When they cannot, in the same form; None is unknown.
    times_per_week : int
        How often a week at most; None is not told.
    max_wait_weeks : int
        How many weeks they would wait at most; None is not told.
    place : Place
        Where they live; a postcode of four digits will do.
    travel : Travel
        How they travel, and how many minutes one way at most.
    budget : str or float
        ``free``, ``small`` (4 euro a time), ``any``, or euro a month.
    passes : tuple of str
        Passes they hold; None is unknown, empty is none.
    languages : FrozenMap
        Language code → ``good`` or ``little``; a language that is not named counts as none.
    access : tuple of str
        What they need there.
    body_level : str
        What they can do at most: light, moderate or vigorous; None is not told.
    age : int
        In years; None is not told.
    gender : str
        woman, man or other; None is not told.
    current : tuple of str
        Ids of activities where they come already.
    tried : FrozenMap
        Activity id → why they stopped.
    circumstances : FrozenMap
        money, housing, safety, skills, care, stability → not_asked, no, first, alongside or arranged.

    Raises
    ------
    ParticipantError
        Naming each field that cannot be read, never what was told.

    Examples
    --------
    >>> Participant(id="p1", likes=["samen-koken"], focus=["meedoen"])
    Participant(id='p1')
    """

    id: Pseudonym
    spider_web: SpiderWeb | None = None
    four_d: FourDomains | None = None
    focus: Annotated[Dimensions, Field(max_length=MOST_FOCUS)] = ()
    left_alone: Dimensions = ()
    likes: Wishes = ()
    energy: Wishes = ()
    good_at: Wishes = ()
    only_wishes: Agreed = False
    unwanted: Unwanted = ()
    group_wish: GroupWish = GroupWish()
    support: Annotated[tuple[Support, ...], AfterValidator(unique)] = ()
    free: Windows | None = None
    not_free: Windows | None = None
    times_per_week: Annotated[Whole, Field(ge=1, le=14)] | None = None
    max_wait_weeks: Weeks | None = None
    place: Place | None = None
    travel: Travel = Travel()
    budget: Budget = None
    passes: Annotated[tuple[Word, ...], Field(max_length=20)] | None = None
    languages: FrozenMap[Language, Literal["good", "little"]] = FrozenMap()
    access: Annotated[tuple[Access, ...], AfterValidator(unique)] = ()
    body_level: Literal["light", "moderate", "vigorous"] | None = None
    age: Age | None = None
    gender: Literal["woman", "man", "other"] | None = None
    current: Annotated[tuple[ToldId, ...], Field(max_length=200)] = ()
    tried: FrozenMap[ToldId, StopReason] = FrozenMap()
    circumstances: FrozenMap[Circumstance, State] = FrozenMap()

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        yield "id", self.id

    @model_validator(mode="after")
    def _focus_is_worked_on(self) -> Participant:
        if set(self.focus) & set(self.left_alone):
            raise refuse("focus-left-alone", "has a dimension both in focus and in left_alone; keep it in one of them")
        return self

    @property
    def first_wish(self) -> str:
        """The first thing they named; empty when they named nothing."""
        return next(iter((*self.likes, *self.energy, *self.good_at)), "")

    def state(self, circumstance: Circumstance) -> State:
        """The state of this `circumstance`; ``not_asked`` when nothing was told."""
        return self.circumstances.get(circumstance, "not_asked")


def once_each(people: Iterable[Participant]) -> list[Participant]:
    """The people, each once, in the order told.

    Raises
    ------
    WorMatchError
        When something is no Participant, or one id stands for two people.
    """
    known: dict[str, Participant] = {}
    if not isinstance(people, Iterable) or isinstance(people, Participant):
        raise WorMatchError("this needs a list of Participants, such as [Participant(id=...)]", code="wrong-type")
    for person in people:
        if not isinstance(person, Participant):
            raise WorMatchError(
                "something among the people is no Participant; make one with Participant(id=...)", code="wrong-type"
            )
        if known.setdefault(person.id, person) != person:
            raise WorMatchError(f"participant {person.id} is told in two ways; keep one of them", code="told-twice")
    return list(known.values())
