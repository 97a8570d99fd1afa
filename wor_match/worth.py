"""What the person asked for, as a number: fixed weights, set by people, never learned.

worth = .2 + .8 x (.5 focus + .35 wish + .15 web); a part that was not given counts .3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wor_match.domain.asked import Asked
from wor_match.domain.columns import Codes, Columns, Floats
from wor_match.domain.facts import Facts, facts
from wor_match.domain.slopes import slope
from wor_match.domain.terms import DIMENSIONS
from wor_match.settings import WorthWeights

PARTS = ("focus", "wish", "web")
NOT_GIVEN = 0.3  # what is usual; an assumption
FULL_STRENGTH = 3.0
CLEARLY = 2.0  # a dimension served this much is served clearly


@dataclass(frozen=True, slots=True, eq=False)
class Worth:
    """What activities are worth, each to somebody: all to one person, or some to each of several.

    Attributes
    ----------
    parts : ndarray (n_activities, 3)
        Focus, wish and web, each in [0, 1]; .3 where not given.
    value : ndarray (n_activities,)
        The worth, in [.2, 1].
    reference : float
        The worth of the neutral activity.
    weights : ndarray (3,)
        What a whole point of each part adds.
    """

    parts: Floats
    value: Floats
    reference: float
    weights: Floats

    @classmethod
    def of_some(cls, each: Sequence[tuple[Worth, Codes]]) -> Worth:
        """The worth of some activities to each of several people, below each other; by the same weights for all."""
        first, _ = each[0]
        parts = np.concatenate([worth.parts[rows] for worth, rows in each])
        value = np.concatenate([worth.value[rows] for worth, rows in each])
        return cls(parts, value, first.reference, first.weights)

    def shares(self) -> Floats:
        """What each part adds to log worth between the reference and each activity, (n_activities, 3)."""
        moved = self.weights * (self.parts - NOT_GIVEN)
        shares: Floats = moved * slope_of_log(self.value, self.reference)[:, None]
        return shares


def slope_of_log(value: Floats, reference: float) -> Floats:
    """Mean slope of the logarithm between two numbers; near each other, the slope in the middle.

    References
    ----------
    The straight path of Aumann and Shapley (1974), in closed form for a logarithm.
    """
    return slope(np.log(value / reference), value - reference, lambda: 2.0 / (value + reference))


def worth_of(columns: Columns, asked: Asked, weights: WorthWeights) -> Worth:
    """The worth of every activity to the person who asks."""
    return worth_from(parts_of(asked, columns.serves, columns.best_match(asked.wishes, NOT_GIVEN)), weights)


def worth_from(parts: Floats, weights: WorthWeights) -> Worth:
    """The worth that these parts make, (n, 3): of activities, or of sets of them."""
    per_point = (1.0 - weights.floor) * np.array([weights.focus, weights.wish, weights.web])
    focus, wish, web = per_point.tolist()
    value = weights.floor + (focus * parts[:, 0] + wish * parts[:, 1] + web * parts[:, 2])
    reference = weights.floor + (NOT_GIVEN * focus + NOT_GIVEN * wish + NOT_GIVEN * web)
    return Worth(parts, value, reference, per_point)


def parts_of(asked: Asked, serves: Floats, wish: Floats) -> Floats:
    """Focus, wish and web, (n, 3), each in [0, 1]; .3 where not given.

    Parameters
    ----------
    asked : Asked
    serves : ndarray (n, n_dimensions)
        How much each activity, or set of them, serves each dimension, 0 to 3.
    wish : ndarray (n,)
        How well it matches what they like; see `Columns.best_match`.
    """
    parts = np.full((len(serves), len(PARTS)), NOT_GIVEN, order="F")  # one part of all activities after another
    if asked.focus.any():
        parts[:, 0] = weighted(serves, asked.focus)
    parts[:, 1] = wish
    if asked.low.any():
        parts[:, 2] = weighted(serves, asked.low) / asked.low.sum()
    return parts


def weighted(serves: Floats, weights: Floats) -> Floats:
    """The served strength over the dimensions, each counting its weight; one dimension after another, always alike."""
    total = np.zeros(len(serves))
    for dimension, weight in enumerate(weights.tolist()):
        if weight:
            total += weight * serves[:, dimension] / FULL_STRENGTH
    return total


def facts_of(columns: Columns, asked: Asked, i: int, part: str) -> Facts:
    """What the sentence about one part of worth needs."""
    if part == "wish":
        return wish_facts(columns, asked, i)
    counts = asked.focus if part == "focus" else asked.low
    dimensions = zip(columns.serves[i].tolist(), counts.tolist(), range(len(DIMENSIONS)), strict=True)
    told = [(served, counted, -number) for served, counted, number in dimensions if counted > 0]
    if not told:
        return facts(say="not_given")
    served, _, first = max(told)
    say = "clearly" if served >= CLEARLY else "a_little" if served > 0 else "not"
    return facts(say=say, dimension=DIMENSIONS[-first])


def wish_facts(columns: Columns, asked: Asked, i: int) -> Facts:
    """The wish that it matches best: the word, and whether they like it, it gives energy or they are good at it."""
    person = asked.person
    told = (*person.likes, *person.energy, *person.good_at)
    if not told:
        return facts(say="not_given")
    word = columns.best_word(i, told)
    if word is None:
        return facts(say="not")
    source = "likes" if word in person.likes else "energy" if word in person.energy else "good_at"
    if columns.only_alike(i, word):
        source = f"{source}_alike"
    if columns.on_request(word):
        source = "requested"  # nobody "likes" loss or money worries; they asked for it
    return facts(say=source, word=word, ground=word)
