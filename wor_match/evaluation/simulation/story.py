"""What became of one invented person at one activity, and what of it is told, when and by whom.

Unless the world is `silent`, being followed never hangs on how it goes: who is lost from view is lost by a lot of their
own, after a look, and nothing that happened since is told. Until then all is told alike: who came and who never did,
who is there and who stopped. So those who are followed can stand in for those who are not (`followed_weights`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from wor_match.domain.event import Event
from wor_match.domain.kinds import event_of
from wor_match.domain.schedule import Schedule
from wor_match.evaluation.simulation.thrown import ASPECTS, CALLED, Thrown, Watched
from wor_match.evaluation.simulation.truth import Floats
from wor_match.evaluation.simulation.world import World
from wor_match.learning.episodes import day_of
from wor_match.learning.prior import HORIZON
from wor_match.learning.weeks import FURTHEST, Weeks

MIDWEEK = timedelta(days=3)  # before the week is over: when a stop falls in it
USUAL_MARK, BY_EFFECT, MARKS_APART = 3.6, 0.8, 0.7  # marks follow how good a place is, with much noise


@dataclass(frozen=True, slots=True)
class Going:
    """The chances of one person at one activity.

    Attributes
    ----------
    start : float
    week : ndarray (12,)
        Of going on in each week.
    effect : float
        How good the place is, in log-odds: the marks follow it.
    closes : datetime or None
    """

    start: float
    week: Floats
    effect: float
    closes: datetime | None = None


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells events of one person at one activity."""

    person: str
    activity: str

    def told(self, kind: str, at: datetime, source: str = "coach", **fields: object) -> Event:
        """One event; its id says what it is about."""
        event_id = f"{self.person}-{self.activity}-{kind}-{at:%y%m%d}"
        said = {"kind": kind, "event_id": event_id, "at": at, "source": source, "person": self.person}
        return event_of({**said, "activity": self.activity, **fields})


@dataclass(frozen=True, slots=True)
class Met:
    """The weeks from the first visit on in which an activity met, at most twelve.

    Attributes
    ----------
    first : datetime
        The first visit.
    weeks : tuple of int
        Their numbers on the calendar, from 1; a week in which it pauses is none.
    end : int
        How many of them are over when it closes.
    """

    first: datetime
    weeks: tuple[int, ...]
    end: int

    @classmethod
    def of(cls, first: datetime, schedule: Schedule | None, closes: datetime | None) -> Met:
        """The weeks of an activity that was first visited then."""
        since = Weeks(day_of(first), schedule)
        weeks = tuple(islice((week for week in range(1, FURTHEST + 1) if not since.paused(week)), HORIZON))
        return cls(first, weeks, len(weeks) if closes is None else min(len(weeks), since.full(day_of(closes))))

    def after(self, week: int) -> datetime:
        """When so many of them are over."""
        return self.first + timedelta(weeks=(0, *self.weeks)[week])


def story(
    person: str,
    activity: str,
    chosen: datetime,
    going: Going,
    schedule: Schedule | None,
    world: World,
    dice: np.random.RandomState,
) -> Iterator[Event]:
    """The events after a choice.

    Parameters
    ----------
    chosen : datetime
        When it was chosen; the first visit lies within two weeks.
    schedule : Schedule or None
        When the activity meets: weeks in which it pauses count for nothing.
    """
    thrown, tell = Thrown.of(dice), Teller(person, activity)
    watched, first = Watched.of(thrown, world), chosen + timedelta(days=thrown.first)
    if not watched.view or (going.closes is not None and going.closes <= first):
        return
    met = Met.of(first, schedule, going.closes)
    call = met.after(len(met.weeks)) + timedelta(weeks=1, days=thrown.call)
    if thrown.start < going.start:
        yield tell.told("visited", first, "participant", attended=True, **marks(going.effect, thrown, world))
        yield from stay(tell, met, going, thrown, watched, world, call)
    elif not watched.silent:
        yield tell.told("followed_up", first + watched.late, status="never")
    elif watched.view == CALLED:
        yield tell.told("followed_up", call, status="never")


def stay(
    tell: Teller, met: Met, going: Going, thrown: Thrown, watched: Watched, world: World, call: datetime
) -> Iterator[Event]:
    """The events after the first visit."""
    stop, reason = stop_of(met, going, thrown, watched, world)
    for look in watched.looks(stop):
        yield tell.told("visited", met.after(look), "organiser", reporter="lijst", attended=True)
    if reason is None:
        if watched.view == CALLED and stop > HORIZON:
            yield tell.told("followed_up", call, status="still")
    elif watched.silent:
        if watched.view == CALLED:
            yield tell.told("followed_up", call, status="stopped", reason=reason)
    elif stop <= watched.view:
        yield stopped(tell, stop, reason, met, going, watched)


def stop_of(met: Met, going: Going, thrown: Thrown, watched: Watched, world: World) -> tuple[int, str | None]:
    """The week in which a stop is found, and why; None, and the week after the last, when there is none.

    Of two that are found together the one for another reason counts: else who stops because of the match would be lost
    by illness less often than others.
    """
    own = watched.found(first_of(thrown.on >= going.week), met.end)
    ill = watched.found(first_of(thrown.ill < world.health), met.end)
    if min(own, ill) <= met.end:
        return min(own, ill), thrown.elsewhere if ill <= own else thrown.own
    return met.end + 1, "activity_gone" if met.end < len(met.weeks) else None


def first_of(weeks: NDArray[np.bool_]) -> int:
    """The first week in which something happens, from 1; the one after the last when it never does."""
    return int(np.argmax(weeks)) + 1 if weeks.any() else len(weeks) + 1


def stopped(tell: Teller, stop: int, reason: str, met: Met, going: Going, watched: Watched) -> Event:
    """The event of a stop: with its day, or with the day of the look before which it was."""
    if reason == "activity_gone" and going.closes is not None:
        return tell.told("stopped", going.closes + watched.late, on=day_of(going.closes), reason=reason)
    over = met.after(stop)
    if watched.exact:
        return tell.told("stopped", over - MIDWEEK + watched.late, on=day_of(over - MIDWEEK), reason=reason)
    return tell.told("stopped", over + watched.late, before=day_of(over), reason=reason)


def marks(effect: float, thrown: Thrown, world: World) -> dict[str, dict[str, int]]:
    """Marks of the first visit; no marks at all for who was not asked."""
    if thrown.rated >= world.rated:
        return {}
    given = USUAL_MARK + BY_EFFECT * effect + MARKS_APART * thrown.marks
    return {"ratings": {name: int(np.clip(round(mark), 1, 5)) for name, mark in zip(ASPECTS, given, strict=True)}}
