"""What became of one invented person at one activity, and what of it is told, when and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from wor_match.domain.event import Event
from wor_match.domain.kinds import event_of
from wor_match.evaluation.simulation.truth import Floats
from wor_match.evaluation.simulation.world import World
from wor_match.learning.prior import HORIZON
from wor_match.learning.weeks import Weeks

LATEST = 40  # calendar weeks looked at; an activity that pauses longer ends the story
ASPECTS = ("welcome", "click", "room", "organisation", "time")
USUAL_MARK, BY_EFFECT, MARKS_APART = 3.6, 0.8, 0.7  # marks follow how good a place is, with much noise
OWN_REASONS = ("not_suited", "not_suited", "practical", "other")
OTHER_REASONS = ("health", "moved_on")


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


def story(
    person: str, activity: str, chosen: datetime, going: Going, weeks: Weeks, world: World, dice: np.random.RandomState
) -> Iterator[Event]:
    """The events after a choice.

    Parameters
    ----------
    chosen : datetime
        When it was chosen; the first visit lies within two weeks.
    weeks : Weeks
        From the first visit on, with the pauses of the activity.
    """
    tell = Teller(person, activity)
    first = chosen + timedelta(days=int(dice.randint(2, 14)))
    luck, called, exact = dice.rand(), dice.rand() < world.followed, dice.rand() < world.exact
    call = first + timedelta(weeks=HORIZON + 1, days=int(dice.randint(0, 21)))
    delay = timedelta(days=int(dice.randint(1, world.delay_days + 1)))
    if going.closes is not None and going.closes <= first:
        return
    if luck >= going.start:
        if called:
            yield tell.told("followed_up", call, status="never")
        return
    yield tell.told("visited", first, "organiser", reporter="lijst", attended=True, **marks(going.effect, world, dice))
    last, reason = lived(first, going, weeks, world, dice)
    if reason is None:
        if called:
            yield tell.told("followed_up", call, status="still")
        elif exact:
            seen = first + timedelta(weeks=int(dice.randint(1, HORIZON)))
            yield tell.told("visited", seen, "organiser", reporter="lijst", attended=True)
    elif exact:
        yield tell.told("stopped", last + delay, on=last.date(), reason=reason)
    elif called:
        yield tell.told("followed_up", max(call, last + timedelta(days=1)), status="stopped", reason=reason)


def lived(
    first: datetime, going: Going, weeks: Weeks, world: World, dice: np.random.RandomState
) -> tuple[datetime, str | None]:
    """The day they stopped and why; None when they are there after twelve weeks in which it met."""
    on, other = dice.rand(HORIZON) < going.week, dice.rand(HORIZON) < world.health
    own, elsewhere = OWN_REASONS[dice.randint(len(OWN_REASONS))], OTHER_REASONS[dice.randint(len(OTHER_REASONS))]
    met = 0
    for week in range(1, LATEST + 1):
        day = first + timedelta(weeks=week) - timedelta(days=3)
        if going.closes is not None and going.closes <= day:
            return going.closes, "activity_gone"
        if weeks.paused(week):
            continue
        if not on[met]:
            return day, own
        if other[met]:
            return day, elsewhere
        met += 1
        if met == HORIZON:
            return day, None
    return day, None


def marks(effect: float, world: World, dice: np.random.RandomState) -> dict[str, dict[str, int]]:
    """Marks of the first visit; no marks at all for who was not asked."""
    given = USUAL_MARK + BY_EFFECT * effect + MARKS_APART * dice.randn(len(ASPECTS))
    if dice.rand() >= world.rated:
        return {}
    return {"ratings": {name: int(np.clip(round(mark), 1, 5)) for name, mark in zip(ASPECTS, given, strict=True)}}
