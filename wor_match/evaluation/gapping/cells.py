"""People counted by area, what they want to change and what they need: what fits, and which rule keeps the rest out.

It holds counts only; who was counted is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from wor_match.domain.columns import Codes, Flags
from wor_match.domain.participant import Participant
from wor_match.domain.terms import DIMENSIONS
from wor_match.evaluation.groups.groupings import area_of
from wor_match.matcher import Matcher

SERVES = 2  # how much an activity must serve a dimension to count, of 0 to 3; an assumption
ENOUGH = 2  # with fewer activities than this there is nothing to choose from

# Rules about the person's own wish: that somebody turned something down, or knows it already, is no lack of offer.
OWN_WISH = ("unwanted", "only_on_request", "not_wished", "already_joined", "tried_before")

Key = tuple[str | None, str | None, str | None]


@dataclass(slots=True, eq=False)
class Cell:
    """The people of one area, with one thing to change and one need.

    Attributes
    ----------
    helped : ndarray (n_constraints,)
        For how many of the people in a gap lifting this one rule would open something.
    opened : ndarray (n_constraints, n_activities)
        For how many of them lifting this rule would open this activity.
    fits : list of int
        For each person how many activities fit; in no order that means anything.
    """

    helped: Codes
    opened: Codes
    fits: list[int] = field(default_factory=list)

    @property
    def short(self) -> int:
        """How many people have fewer than two activities."""
        return sum(n < ENOUGH for n in self.fits)

    def add(self, n_fit: int, opens: Flags) -> None:
        """Count one more person."""
        self.fits.append(n_fit)
        if n_fit < ENOUGH:
            self.helped += opens.any(axis=1)
            self.opened += opens

    def best(self, names: Iterable[str]) -> int | None:
        """The rule that would open something for most people, then most activities, then by name; None without one."""
        n_activities = (self.opened > 0).sum(axis=1)
        told = sorted((-self.helped[at], -n_activities[at], name, at) for at, name in enumerate(names))
        return next((at for negative, _, _, at in told if negative), None)


def counted(matcher: Matcher, people: Iterable[Participant], at: date) -> tuple[dict[Key, Cell], int]:
    """Every cell with somebody in it, and how many people are in a gap of any kind."""
    size = len(matcher.constraints), len(matcher.columns)
    supply = np.array([rule.name not in OWN_WISH for rule in matcher.constraints], dtype=bool)[:, None]
    cells: dict[Key, Cell] = {}
    n_short = 0
    for person in people:
        broken = ~matcher.allowed(person, at=at)
        n_broken = broken.sum(axis=0)
        alone = broken & supply & (n_broken == 1)
        in_a_gap = False
        for dimension in wanted(person):
            serves = served(matcher, dimension)
            n_fit = int(((n_broken == 0) & serves).sum())
            in_a_gap |= n_fit < ENOUGH
            for need in person.access or (None,):
                key = (area_of(person), dimension, need)
                if key not in cells:
                    cells[key] = Cell(np.zeros(size[0], dtype=np.int64), np.zeros(size, dtype=np.int64))
                cells[key].add(n_fit, alone & serves)
        n_short += in_a_gap
    return cells, n_short


def served(matcher: Matcher, dimension: str | None) -> Flags:
    """Which activities serve a dimension well enough, (n_activities,); all of them when nothing was asked for."""
    if dimension is None:
        return np.ones(len(matcher.columns), dtype=bool)
    serves: Flags = matcher.columns.serves[:, DIMENSIONS.index(dimension)] >= SERVES
    return serves


def wanted(person: Participant) -> Iterator[str | None]:
    """The focus; without it the most of the four domains, else what is low in the spider web; else None, once.

    What they want to leave alone is not asked for.
    """
    weights = person.four_d.weights() if person.four_d else {}
    domains = tuple(name for name, weight in weights.items() if weight >= max(weights.values()) / 2)
    low = tuple(person.spider_web.low()) if person.spider_web else ()
    found = (tuple(name for name in told if name not in person.left_alone) for told in (domains, low))
    yield from person.focus or next(filter(None, found), ()) or (None,)
