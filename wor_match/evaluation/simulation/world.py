"""The knobs of an invented world: how people and places are, what a coach does, and what is seen of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import date
from types import MappingProxyType

import numpy as np

from wor_match.errors import WorMatchError

MOST_PLACES = 100_000  # of one activity, as a catalogue has them


@dataclass(frozen=True, slots=True)
class World:
    """An invented world. Every default is an assumption; none was estimated from people.

    People who choose come or do not come, and week by week go on or stop; weeks in which an activity pauses are none.
    Assumed is that being followed does not hang on how it goes: who is lost from view is lost by a lot of their own. In
    view, it is told who came, who never did, and who stopped. Somebody looks after 1, 2, 4, 8 and 12 weeks who is still
    there, and finds the stops whose day nobody tells. Then the weights of `followed_weights` are right. Where `silent`
    is above 0 they are not, and no weights are.

    Attributes
    ----------
    seed : int
        Of all dice. Each part has dice of its own, so that one knob does not shake another.
    people, activities : int
        How many are referred, and how many activities there are.
    first_day : date
        From when people are referred, on weekdays.
    weeks : int
        Over how many weeks.
    starts, stays : float
        The share that starts at a neutral activity, and the share of those that is there after twelve weeks.
    scale : float
        How much of the expert's beliefs is true, all together; 1 all of it.
    off : float
        How far the truth about each signal lies from the belief, in half beliefs (one standard deviation).
    wrong : float
        The share of signals that count the other way than the expert believes.
    interaction : float
        Log-odds that liking it adds nearby, and costs far away; likewise a group that fits and being received.
    drift, drift_week : float, int
        From this week of the story on, this share of the truth about places and signals is another truth.
    sd_terms, sd_organisers, sd_activities : float
        How much terms, organisers and activities differ in keeping people, in log-odds (one standard deviation).
    sd_people : float
        How much people differ in ways that nobody sees, likewise.
    coaches, favourites : int
        Each coach has a few activities that they know and like.
    habit : float
        How much score a favourite gains in a coach's eye.
    shown : int
        How many suggestions the coach sees.
    lottery : float
        The share of advices that show one activity, drawn by lot with known chances; it is then chosen.
    warmth : float
        How much score makes an activity about e times as likely to be drawn.
    declines : float
        The share that chooses nothing.
    consents : float
        The share that agrees to learning.
    followed : float
        The share that stays in view to the call after twelve weeks. The others are lost from view after a week drawn
        evenly from 0 to 12, and known up to the last look before; when it is 0, nothing is ever told.
    exact : float
        The share whose stop is told with its day; of the others it is told before which look it was.
    silent : float
        The share of those who never came, and of stops, that nobody tells until the call, and never when there is none.
        Being known then hangs on how it went: the hard case of real life, which no weights repair.
    delay_days : int
        After how many days, at most, it is told that somebody stopped or never came.
    rated : float
        The share of first visits with marks.
    health : float
        The weekly chance to stop for another reason than the match: illness, or moving on.
    closes : float
        The share of activities that close somewhere along the way.
    places : int, optional
        How many places are free in the whole town, counted in the two weeks before the first day; an activity that
        gets none has a waiting list. Nobody has counted when left out. The story uses none of them up.

    Raises
    ------
    WorMatchError
        When a share lies outside 0 to 1, a number is not finite or below 0, or there is nobody or nothing.

    Examples
    --------
    >>> World(people=40).weeks
    104
    """

    seed: int = 1
    people: int = 500
    activities: int = 40
    first_day: date = date(2024, 1, 8)
    weeks: int = 104
    starts: float = 0.70
    stays: float = 0.60
    scale: float = 1.0
    off: float = 0.6
    wrong: float = 0.0
    interaction: float = 0.0
    drift: float = 0.0
    drift_week: int = 26
    sd_terms: float = 0.2
    sd_organisers: float = 0.3
    sd_activities: float = 0.4
    sd_people: float = 0.3
    coaches: int = 4
    favourites: int = 4
    habit: float = 0.1
    shown: int = 3
    lottery: float = 0.0
    warmth: float = 0.08
    declines: float = 0.08
    consents: float = 0.95
    followed: float = 0.75
    exact: float = 0.5
    silent: float = 0.0
    delay_days: int = 21
    rated: float = 0.6
    health: float = 0.01
    closes: float = 0.05
    places: int | None = None

    def __post_init__(self) -> None:
        shares = ("starts", "stays", "wrong", "drift", "lottery", "declines", "consents", "followed", "exact", "silent",
                  "rated", "health", "closes")  # fmt: skip
        for one in fields(self):
            told = getattr(self, one.name)
            if one.name in shares and not 0 <= told <= 1:
                raise WorMatchError(f"a world has {one.name} {told:g}; a share lies from 0 to 1", code="out-of-range")
            if isinstance(told, float) and not (np.isfinite(told) and told >= 0):
                raise WorMatchError(f"a world has {one.name} {told:g}; give a number of 0 or more", code="out-of-range")
        if not (0 < self.starts < 1 and 0 < self.stays < 1):
            raise WorMatchError(
                "a world has nobody, or everybody, who starts or stays; give shares between 0 and 1",
                code="out-of-range",
            )
        if type(self.seed) is not int or self.seed < 0:
            raise WorMatchError("a world has a seed that is no whole number from 0", code="out-of-range")
        if self.places is not None and (type(self.places) is not int or not 0 <= self.places <= MOST_PLACES):
            raise WorMatchError(
                "a world has places that are no whole number from 0 to 100000; or leave them out", code="out-of-range"
            )
        for name in ("people", "activities", "weeks", "coaches", "shown"):
            if getattr(self, name) < 1:
                raise WorMatchError(f"a world has {getattr(self, name)} {name}; give at least 1", code="out-of-range")

    def dice(self, what: str) -> np.random.RandomState:
        """The dice of one part of the story, which `what` names."""
        digest = hashlib.sha256(f"{self.seed} {what}".encode()).digest()
        return np.random.RandomState(int.from_bytes(digest[:4], "big"))


# The base world, and three in which something that the model takes for granted is not so. The sizes are assumptions.
WORLDS = MappingProxyType(
    {
        "base": World(),
        "wrong_sign": World(wrong=0.5),
        "interaction": World(interaction=1.0),
        "drift": World(drift=0.5),
    }
)
