"""A whole invented history: who was referred when, what was advised and chosen, and what was told of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import numpy as np

from wor_match.domain.catalogue import Catalogue
from wor_match.domain.event import Event
from wor_match.domain.kinds import event_of
from wor_match.domain.participant import Participant
from wor_match.evaluation.simulation.choosing import Coaches
from wor_match.evaluation.simulation.people import people_of
from wor_match.evaluation.simulation.story import Going, story
from wor_match.evaluation.simulation.town import catalogue_of
from wor_match.evaluation.simulation.truth import Truth, truth_of
from wor_match.evaluation.simulation.world import World
from wor_match.knowledge import recorded_by
from wor_match.matcher import Matcher


@dataclass(frozen=True, eq=False, repr=False)
class Simulated:
    """An invented world as a host program would know it, with the truth beside it.

    Attributes
    ----------
    world : World
    catalogue : Catalogue
    people : tuple of Participant
    events : tuple of Event
        By moment; ordinary events, as `read_events` would give them.
    truth : Truth
    """

    world: World
    catalogue: Catalogue
    people: tuple[Participant, ...]
    events: tuple[Event, ...]
    truth: Truth

    def __repr__(self) -> str:
        n_people, n_events = len(self.people), len(self.events)
        return f"Simulated({n_people} invented people, {len(self.catalogue)} activities, {n_events} events)"


def simulate(world: World | None = None, catalogue: Catalogue | None = None) -> Simulated:
    """Invented people, referred one after another to an offer, and what is told of how it went.

    Parameters
    ----------
    world : World, optional
        The knobs; the base world when left out.
    catalogue : Catalogue, optional
        An offer of your own in place of an invented one; people are invented around Nieuwegein.

    Examples
    --------
    >>> simulate(World(people=20))
    Simulated(20 invented people, 40 activities, 144 events)
    """
    world = world or World()
    catalogue = catalogue_of(world) if catalogue is None else catalogue
    people = people_of(world, catalogue)
    matcher = Matcher(catalogue)
    truth = truth_of(world, catalogue, matcher.signals)
    coaches = Coaches.of(matcher, world)
    gone = closings(world, catalogue)
    events = [closed(name, at) for name, at in gone.items()]
    for person, at in zip(people, moments(world), strict=True):
        events += referral(person, at, coaches, truth, gone)
    return Simulated(world, catalogue, people, tuple(sorted(events, key=lambda one: (one.at, one.event_id))), truth)


def moments(world: World) -> list[datetime]:
    """When each person is referred: on weekdays, in office hours, in the order of their numbers."""
    dice = world.dice("moments")
    days = np.sort(dice.randint(0, 5 * world.weeks, world.people))
    hours = dice.randint(9 * 60, 17 * 60, world.people)
    start = datetime.combine(world.first_day, time(), UTC)
    return [
        start + timedelta(days=int(day // 5 * 7 + day % 5), minutes=int(minute))
        for day, minute in zip(days, hours, strict=True)
    ]


def closings(world: World, catalogue: Catalogue) -> dict[str, datetime]:
    """Activity → when it closes, for those that close."""
    dice, names = world.dice("closings"), sorted(one.id for one in catalogue)
    which = dice.rand(len(names)) < world.closes
    weeks = dice.randint(world.weeks // 4, world.weeks + 1, len(names))
    start = datetime.combine(world.first_day, time(12), UTC)
    return {
        name: start + timedelta(weeks=int(week)) for name, week, ends in zip(names, weeks, which, strict=True) if ends
    }


def closed(activity: str, at: datetime) -> Event:
    """The event that an activity has ended."""
    told = {"kind": "activity_closed", "event_id": f"dicht-{activity}", "at": at, "source": "coach"}
    return event_of({**told, "activity": activity})


def referral(
    person: Participant, at: datetime, coaches: Coaches, truth: Truth, gone: dict[str, datetime]
) -> Iterator[Event]:
    """Everything that is told of one person, from the referral to the call after twelve weeks."""
    world, catalogue = truth.world, coaches.matcher.catalogue
    dice = world.dice(person.id)

    def told(kind: str, days: int, **fields: object) -> Event:
        """One event before the advice."""
        said = {"kind": kind, "event_id": f"{person.id}-{kind}-{days}", "person": person.id, "source": "coach"}
        return event_of({**said, "at": at - timedelta(days=days), **fields})

    yield told("referred", 14, referrer="gp")
    yield told("consented", 7, purpose="learning", given=bool(dice.rand() < world.consents), basis="consent")
    choice = coaches.meet(person, at, gone, dice)
    yield from choice.events
    if choice.activity is None:
        return
    activity = catalogue[choice.activity]
    start, week = truth.going(person.id, at, [recorded_by(activity)], choice.strengths[None, :])
    effect = float(truth.record(at, [recorded_by(activity)])[0])
    going = Going(float(start[0]), week[0], effect, gone.get(activity.id))
    yield from story(person.id, activity.id, at, going, activity.schedule, world, world.dice(f"story {person.id}"))
