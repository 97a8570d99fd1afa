"""By which reason one score differs from another: reasons add up exactly, so their differences do too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from wor_match.advice import Advice
from wor_match.domain.frozen_map import FrozenMap

Name = tuple[str, str]  # name and part of a reason


@dataclass(frozen=True, slots=True)
class Scored:
    """The score of one activity in an advice, whether it was possible or not.

    Attributes
    ----------
    score, reference : float
        Of the activity, and of the neutral one.
    points : FrozenMap
        (name, part) of each reason → points; they add up to 100 x (score - reference).
    """

    score: float = field(repr=False)
    reference: float = field(repr=False)
    points: FrozenMap[Name, float] = field(repr=False)


def scored(advice: Advice, activity: str) -> Scored | None:
    """The score with all its reasons; None when the catalogue does not have the activity."""
    question = advice.question  # an advice tells reasons of what it shows only; the question knows all of them
    row = question.columns.rows.get(activity)
    if row is None:
        return None
    at = np.array([row])
    reasons = question.told(row, question.picked(at).points()[0].tolist())
    points: dict[Name, float] = {(reason.name, reason.part): reason.points for reason in reasons}
    return Scored(float(question.scores_at(at)[0]), question.reference, FrozenMap(points))


def asked_about(advice: Advice, activity: str) -> bool:
    """Whether the activity is in the catalogue and the question was about it."""
    row = advice.question.columns.rows.get(activity)
    return row is not None and bool(advice.question.about[row])


def apart(one: Scored, other: Scored) -> dict[Name, float]:
    """What each reason gives the other more than the one; a reason that only one of them has counts 0 in the other.

    They add up to 100 x the difference of scores, less 100 x the difference of references.
    """
    return total([(1.0, other.points), (-1.0, one.points)])


def mean(each: Iterable[Mapping[Name, float]]) -> dict[Name, float]:
    """The mean of each reason; nothing when there is none."""
    those = list(each)
    return total([(1.0 / len(those), one) for one in those])


def total(weighted: Iterable[tuple[float, Mapping[Name, float]]]) -> dict[Name, float]:
    """The weighted sum of each reason, sorted by name."""
    found: dict[Name, float] = {}
    for weight, points in weighted:
        for name, value in points.items():
            found[name] = found.get(name, 0.0) + weight * value
    return dict(sorted(found.items()))


def largest(points: Mapping[Name, float]) -> tuple[Name, float]:
    """The reason with most points; the first by name of equals."""
    name = min(points, key=lambda one: (-round(points[one], 9), one))
    return name, points[name]
