"""Invented people who ask, and the invented town that they ask: about one activity in ten is possible for them.

The town is that of `offer`, with hours as in life: half of them whole, a few hundred different ones. A matcher that
learned from somebody's history is the rule, and has the more to do; so it is one that learned which is measured.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

import wor_match as wm
from benchmarks.offer import offer
from wor_match.demo import invented_history
from wor_match.domain.terms import taxonomy
from wor_match.evaluation.simulation.people import person
from wor_match.evaluation.simulation.town import POSTCODES

AT = date(2026, 11, 23)
DAYS, HALVES = ("ma", "di", "wo", "do", "vr", "za"), ("09:00-13:00", "13:00-17:30")
HALF_DAYS = [f"{day} {hours}" for day in DAYS for hours in HALVES]
TERMS = sorted(name for name, term in taxonomy().terms.items() if not term.on_request)


def people(n: int, seed: int = 5) -> list[dict[str, Any]]:
    """What n invented people tell, no two of them the same: as rows of a table, without the columns nobody filled.

    They know when they are free, three to five half days, and where they live; the rest is as in the invented world.
    """
    dice = np.random.RandomState(seed)
    return [someone(number, dice) for number in range(n)]


def someone(number: int, dice: np.random.RandomState) -> dict[str, Any]:
    """One of them."""
    told = person(number, TERMS, dice)
    free = dice.choice(len(HALF_DAYS), size=dice.randint(3, 6), replace=False)
    home = {"postcode": POSTCODES[dice.randint(len(POSTCODES))]}
    return {**told, "place": told.get("place", home), "free": [HALF_DAYS[at] for at in sorted(free)]}


def matcher_for(n_activities: int) -> wm.Matcher:
    """A matcher for a town with so many activities, which learned from three hundred invented outcomes."""
    town = offer(n_activities)
    matcher = wm.Matcher(town.holding([at_own_hours(number, one) for number, one in enumerate(town)]))
    return matcher.learn(invented_history(matcher))


def at_own_hours(number: int, one: wm.Activity) -> wm.Activity:
    """The activity from a whole or a half hour between nine and half past seven, for one, one and a half or two."""
    told = one.model_dump(exclude_unset=True)
    begin = 9 * 60 + 30 * (number * 7 % 22)
    hours = {"start": clock(begin), "end": clock(begin + 60 + 30 * (number % 3))}
    (rule,) = told["schedule"]["weekly"]
    return wm.Activity.model_validate({**told, "schedule": {**told["schedule"], "weekly": [{**rule, **hours}]}})


def clock(minutes: int) -> str:
    """The time of day, as a catalogue writes it."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
