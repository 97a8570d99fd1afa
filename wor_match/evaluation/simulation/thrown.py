"""What chance decides about one invented person at one activity, thrown before anything happens.

All of it is thrown in one order whatever becomes of it, so that no knob shakes another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from wor_match.evaluation.simulation.truth import Floats
from wor_match.evaluation.simulation.world import World
from wor_match.learning.prior import HORIZON

LOOKS = (1, 2, 4, 8, 12)  # weeks after which somebody looks who is still there; an assumption
CALLED = HORIZON + 1  # in view to the call after twelve weeks
ASPECTS = ("welcome", "click", "room", "organisation", "time")
OWN_REASONS = ("not_suited", "not_suited", "practical", "other")
OTHER_REASONS = ("health", "moved_on")


@dataclass(frozen=True, slots=True)
class Thrown:
    """One throw.

    Attributes
    ----------
    first, call : int
        Days from the choice to the first visit, 2 to 13, and from the end of the thirteenth week to the call, 0 to 20.
    start, followed, exact, silent, delay, rated : float
        From 0 to 1: what happens with a chance or share of that name happens when this is smaller.
    on, ill : ndarray (12,)
        Likewise for going on, and for stopping for another reason than the match, in each week.
    lost : int
        The week after which they are lost from view, unless they are followed; 0 to 12, each as likely.
    own, elsewhere : str
        Why they would stop: because of the match, and for another reason.
    marks : ndarray (5,)
        Standard normal, by aspect.
    """

    first: int
    call: int
    start: float
    followed: float
    exact: float
    silent: float
    delay: float
    rated: float
    on: Floats
    ill: Floats
    lost: int
    own: str
    elsewhere: str
    marks: Floats

    @classmethod
    def of(cls, dice: np.random.RandomState) -> Thrown:
        """One throw with these dice."""
        first, call = int(dice.randint(2, 14)), int(dice.randint(21))
        start, followed, exact, silent, delay, rated = dice.rand(6).tolist()
        on, ill = dice.rand(2, HORIZON)
        lost, own, elsewhere = (int(dice.randint(n)) for n in (HORIZON + 1, len(OWN_REASONS), len(OTHER_REASONS)))
        reasons, marks = (OWN_REASONS[own], OTHER_REASONS[elsewhere]), dice.randn(len(ASPECTS))
        return cls(first, call, start, followed, exact, silent, delay, rated, on, ill, lost, *reasons, marks)


@dataclass(frozen=True, slots=True)
class Watched:
    """How somebody is followed; nothing of it hangs on how it goes.

    Attributes
    ----------
    view : int
        The last look at which they are in view; 0 when nothing is ever told, `CALLED` when they are called.
    exact : bool
        Whether a stop is told with its day; else the next look finds it.
    silent : bool
        Whether nobody tells before the call that they never came, or stopped.
    late : timedelta
        How long after it was seen something is told.
    """

    view: int
    exact: bool
    silent: bool
    late: timedelta

    @classmethod
    def of(cls, thrown: Thrown, world: World) -> Watched:
        """In a world, when the dice fell like this."""
        last = max((0, *(look for look in LOOKS if look <= thrown.lost)))
        return cls(
            view=CALLED if thrown.followed < world.followed else last,
            exact=thrown.exact < world.exact,
            silent=thrown.silent < world.silent,
            late=timedelta(days=1 + int(thrown.delay * world.delay_days)),
        )

    def looks(self, stop: int) -> tuple[int, ...]:
        """The looks at which they are seen, when they stop in a week; the call stands in for the last."""
        most = HORIZON - 1 if self.view == CALLED else self.view
        return tuple(look for look in LOOKS if look < stop and look <= most)

    def found(self, week: int, end: int) -> int:
        """The week in which a stop is found, the last one at the end; a week after the end stays what it is."""
        return week if self.exact or week > end else min(end, next(look for look in LOOKS if look >= week))
