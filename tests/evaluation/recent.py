"""Invented episodes drawn from a known truth, without the advices around them: many worlds in a few seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from wor_match.domain.catalogue import Catalogue
from wor_match.evaluation.simulation import World
from wor_match.evaluation.simulation.town import catalogue_of
from wor_match.evaluation.simulation.truth import Truth, truth_of
from wor_match.knowledge import recorded_by
from wor_match.learning import KINDS, ChanceModel, Learned
from wor_match.learning.episodes import Episode
from wor_match.learning.learned import arrays
from wor_match.learning.visitors import Visitors
from wor_match.matcher import Matcher


@dataclass(frozen=True, eq=False)
class Drawn:
    """A matcher that learned from the first half of a story, and the episodes of the second."""

    matcher: Matcher
    recent: tuple[Episode, ...]


def drawn(world: World, n_before: int, n_after: int) -> Drawn:
    """Episodes before and after the week in which the world may drift; the matcher learned from the first."""
    catalogue = catalogue_of(world)
    matcher = Matcher(catalogue)
    truth, dice = truth_of(world, catalogue, matcher.signals), world.dice("drawn")
    when = datetime.combine(world.first_day, datetime.min.time(), UTC) + timedelta(weeks=world.drift_week)
    before = episodes(truth, catalogue, matcher, n_before, when - timedelta(weeks=1), dice, "vroeg")
    after = episodes(truth, catalogue, matcher, n_after, when + timedelta(weeks=1), dice, "laat")
    return Drawn(taught(matcher, before), after)


def taught(matcher: Matcher, told: tuple[Episode, ...]) -> Matcher:
    """The matcher when it learned from these episodes."""
    names = {kind: tuple(sorted({getattr(one, kind) for one in told} - {None})) for kind in KINDS}
    signals = {one.name: one.neutral for one in matcher.signals}
    model = ChanceModel(matcher.prior).fit(arrays(told, names, signals, Visitors({}, {}, 0.0, 1.0)))
    return Matcher(matcher.catalogue, model=Learned(model.posterior_, names, counts={"episodes": len(told)}))


def episodes(
    truth: Truth,
    catalogue: Catalogue,
    matcher: Matcher,
    n: int,
    at: datetime,
    dice: np.random.RandomState,
    prefix: str,
) -> tuple[Episode, ...]:
    """People who each go to one activity, some far more popular than others."""
    activities = list(catalogue)
    popular = dice.gamma(1.0, size=len(activities))
    found = []
    where = dice.choice(len(activities), size=n, p=popular / popular.sum())
    how = dice.beta(2, 2, (n, len(matcher.signals)))
    for number in range(n):
        names = recorded_by(activities[where[number]])
        strengths = {one.name: float(how[number, column]) for column, one in enumerate(matcher.signals)}
        minus = np.array([[strengths[one.name] - one.neutral for one in matcher.signals]])
        person = f"{prefix}-{number:05d}"
        start, week = truth.going(person, at, [names], minus)
        started, low, high = lived(float(start[0]), week[0], dice)
        found.append(
            Episode(
                person, names[2], names[0], names[1], started, low, high, low == 12, strengths, None, True, "",
                (at, person),
            )
        )  # fmt: skip
    return tuple(found)


def lived(start: float, week: np.ndarray, dice: np.random.RandomState) -> tuple[int, int, int]:
    """Whether they start, and the weeks: half of the stops are told with their week, the others only by the call."""
    if dice.rand() >= start:
        return 0, 0, 0
    lost = int(dice.randint(1, 60))  # a fifth is lost from view before the end
    gone = np.flatnonzero(dice.rand(12) >= week)
    stop = int(gone[0]) + 1 if len(gone) else 0
    if stop and stop <= lost:
        return (1, stop - 1, stop) if dice.rand() < 0.5 or lost < 12 else (1, 0, 12)
    return 1, min(lost, 12), 0
