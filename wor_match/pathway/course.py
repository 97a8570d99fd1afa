"""What the events of one person amount to: a course, from a referral to what the referrer heard.

The order in which events were told means nothing. Nothing is dropped: what cannot be is told in `oddities`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wor_match.domain.asked import day_of
from wor_match.domain.event import Event, OfPerson
from wor_match.domain.history import consents, settled
from wor_match.domain.kinds import (
    Advised,
    Chosen,
    Consented,
    Contacted,
    FeedbackSent,
    FollowedUp,
    HandedOver,
    Intake,
    Referred,
    Stopped,
    TrackSet,
    Visited,
)
from wor_match.domain.schedule import ZONE
from wor_match.errors import WorMatchError
from wor_match.pathway.profiles.profile import Profile
from wor_match.pathway.taking_part import TakingPart, taking_part

# Half a year: a later referral begins a new course though the last was never finished; an assumption.
OVERTAKEN_DAYS = 180
AT_AN_ACTIVITY = (HandedOver, Visited, FollowedUp, Stopped)
BESIDE = (Consented, TrackSet, Advised)  # alone they are no course


@dataclass(frozen=True, slots=True)
class Course:
    """One person from a referral on.

    Attributes
    ----------
    person : str
    events : tuple of OfPerson
        By moment and id.
    consents : mapping
        Purpose → whether it is in force on the day asked about; a purpose nobody spoke of is not there.
    """

    person: str = field(repr=False)
    events: tuple[OfPerson, ...] = field(repr=False)
    consents: Mapping[str, bool] = field(repr=False)

    @property
    def referral(self) -> Referred | None:
        """The first referral."""
        return next((event for event in self.events if isinstance(event, Referred)), None)

    @property
    def practices(self) -> frozenset[str]:
        """The practices that referred them."""
        told = (event.practice for event in self.events if isinstance(event, Referred))
        return frozenset(practice for practice in told if practice is not None)

    @property
    def begun(self) -> date:
        """The day of the referral; without one, of the first that is known."""
        return day_of((self.referral or self.events[0]).at)

    @property
    def contacted(self) -> date | None:
        """The first contact."""
        return self.first(Contacted)

    @property
    def intake(self) -> date | None:
        """The first talk."""
        return self.first(Intake)

    @property
    def chosen(self) -> date | None:
        """The first choice, also that for nothing."""
        return self.first(Chosen)

    @property
    def last_heard(self) -> date:
        """The last day of anything."""
        return day_of(self.events[-1].at)

    @property
    def choice(self) -> Chosen | None:
        """The latest choice."""
        return next((event for event in reversed(self.events) if isinstance(event, Chosen)), None)

    @property
    def tracks(self) -> dict[str, str]:
        """Circumstance → its latest state."""
        return {event.track: event.state for event in self.events if isinstance(event, TrackSet)}

    @property
    def feedback(self) -> dict[str, date]:
        """Moment → the first day on which the referrer heard."""
        told = (event for event in reversed(self.events) if isinstance(event, FeedbackSent))
        return {event.moment: day_of(event.at) for event in told}

    @property
    def refused(self) -> bool:
        """Whether they do not want to be passed on to the coach (any more)."""
        return self.consents.get("handover") is False

    def first(self, *kinds: type[Event]) -> date | None:
        """The first day of an event of these kinds."""
        return next((day_of(event.at) for event in self.events if isinstance(event, kinds)), None)

    @property
    def activities(self) -> tuple[TakingPart, ...]:
        """Every activity they chose, were handed over to or came to, by name."""
        about: dict[str, list[OfPerson]] = defaultdict(list)
        for event in self.events:
            for name in activities_of(event):
                about[name].append(event)
        return tuple(taking_part(name, told) for name, told in sorted(about.items()))

    @property
    def current(self) -> tuple[TakingPart, ...]:
        """Those that still count: they came, were asked, or it stands in the latest choice."""
        return self.of_now(self.activities)

    def of_now(self, activities: tuple[TakingPart, ...]) -> tuple[TakingPart, ...]:
        """Those of them that still count."""
        latest = activities_of(self.choice) if self.choice else ()
        return tuple(one for one in activities if one.started or one.ended or one.activity in latest
                     or not one.chosen)  # fmt: skip


def activities_of(event: OfPerson) -> tuple[str, ...]:
    """The activities that an event is about; of a choice outside the catalogue its term."""
    if isinstance(event, Chosen):
        return event.activities or ((event.outside,) if event.outside else ())
    return (event.activity,) if isinstance(event, AT_AN_ACTIVITY) else ()


def courses(events: Any, at: date, profile: Profile) -> tuple[Course, ...]:
    """Every course as it stood at the end of a day, by person and day.

    Parameters
    ----------
    events : iterable of Event, or anything with ``.read()``
    at : date or aware datetime
        What is told of later days is left out.
    profile : Profile

    Raises
    ------
    EventError
        When something is no event, or one id stands with two contents.
    WorMatchError
        When `at` is no day, or `profile` is no profile.
    """
    refuse_other(profile)
    day = day_of(at)
    known = [event for event in settled(events) if isinstance(event, OfPerson) and told_by(event, day)]
    agreed: dict[str, dict[str, bool]] = defaultdict(dict)
    for (person, purpose), given in consents(known).items():
        agreed[person][purpose] = given
    told: dict[str, list[OfPerson]] = defaultdict(list)
    for event in known:
        told[event.person].append(event)
    return tuple(
        Course(person, tuple(part), agreed[person]) for person, own in sorted(told.items()) for part in parted(own)
    )


def told_by(event: OfPerson, day: date) -> bool:
    """Whether an event is of this day or before; the year of an event may be one in which nobody can look."""
    return event.at.astimezone(ZONE).date() <= day


def parted(told: Sequence[OfPerson]) -> Iterator[list[OfPerson]]:
    """The events of one person, course by course."""
    part: list[OfPerson] = []
    for event in told:
        if isinstance(event, Referred) and part and over(part, event):
            yield part
            part = []
        part.append(event)
    if any(not isinstance(event, BESIDE) for event in part):
        yield part


def over(part: Sequence[OfPerson], referral: Referred) -> bool:
    """Whether a course is finished, or so old that a new referral begins another."""
    counts = [event for event in part if not isinstance(event, BESIDE)]
    if not counts:
        return False
    if any(isinstance(event, FeedbackSent) and event.moment == "after_3_months" for event in counts):
        return True
    return (day_of(referral.at) - day_of(counts[0].at)).days > OVERTAKEN_DAYS


def latest(events: Any, at: date, profile: Profile) -> tuple[Course, ...]:
    """The latest course of each person, by person; parameters and errors as `courses`."""
    return tuple({one.person: one for one in courses(events, at, profile)}.values())


def refuse_other(profile: object) -> None:
    """Stop at what is no profile."""
    if not isinstance(profile, Profile):
        raise WorMatchError("this needs a Profile; read one with pathway.load_profile('national')", code="wrong-type")
