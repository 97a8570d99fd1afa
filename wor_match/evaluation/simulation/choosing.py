"""How an invented person comes to an activity: an advice, a coach with habits, or a lot with known chances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from wor_match.domain.event import Event
from wor_match.domain.participant import Participant
from wor_match.evaluation.simulation.truth import Floats
from wor_match.evaluation.simulation.world import World
from wor_match.matcher import Matcher

RESTLESS = 0.05  # how much score a coach's own mood of the day weighs


@dataclass(frozen=True, slots=True)
class Choice:
    """What was advised and chosen.

    Attributes
    ----------
    events : tuple of Event
        The advice, and the choice.
    activity : str or None
        None when nothing was possible, or nothing was chosen.
    strengths : ndarray (n_signals,)
        Of the activity that was chosen, minus neutral.
    """

    events: tuple[Event, ...]
    activity: str | None
    strengths: Floats


@dataclass(frozen=True, eq=False)
class Coaches:
    """Coaches who advise with one matcher, and know some activities better than others."""

    matcher: Matcher
    world: World
    favourites: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, matcher: Matcher, world: World) -> Coaches:
        """The coaches of a world."""
        dice, ids = world.dice("coaches"), sorted(one.id for one in matcher.catalogue)
        few = min(world.favourites, len(ids))
        own = [dice.choice(ids, size=few, replace=False).tolist() for _ in range(world.coaches)]
        return cls(matcher, world, tuple(frozenset(one) for one in own))

    def meet(
        self, person: Participant, at: datetime, gone: Mapping[str, datetime], dice: np.random.RandomState
    ) -> Choice:
        """The advice for one person, and what was chosen; what has closed by then is not asked about."""
        open_ = [one.id for one in self.matcher.catalogue if one.id not in gone or gone[one.id] > at]
        if dice.rand() < self.world.lottery:
            return self.draw(person, at, open_, dice)
        advice = self.matcher.recommend(person, at=at, n=self.world.shown, only=open_)
        told = advice.event(at=at)
        possible = sorted((*advice.suggestions, *advice.others), key=lambda one: one.activity.id)
        own = self.favourites[dice.randint(len(self.favourites))]
        liking = np.array([one.score + self.world.habit * (one.activity.id in own) for one in possible])
        mood = RESTLESS * dice.gumbel(size=len(possible))
        if not possible or dice.rand() < self.world.declines:
            return Choice((told, advice.chosen([], at=at)), None, np.zeros(0))
        best = possible[int(np.argmax(liking + mood))]
        strengths = np.array([best.strengths[one.name] - one.neutral for one in self.matcher.signals])
        return Choice((told, advice.chosen([best.activity.id], at=at)), best.activity.id, strengths)

    def draw(self, person: Participant, at: datetime, open_: list[str], dice: np.random.RandomState) -> Choice:
        """One activity by lot, with the chance that it had; warm ones are drawn more often."""
        question = self.matcher.question(person, at=at)
        rows = [row for row in question.possible if question.columns.activities[row].id in set(open_)]
        if not rows:
            advice = self.matcher.recommend(person, at=at, n=1, only=[])
            return Choice((advice.event(at=at), advice.chosen([], at=at)), None, np.zeros(0))
        score = question.scores_at(np.array(rows))
        chances = np.exp((score - score.max()) / self.world.warmth)
        chances /= chances.sum()
        at_row = int(np.searchsorted(chances.cumsum(), dice.rand() * chances.sum()))
        name = question.columns.activities[rows[at_row]].id
        advice = self.matcher.recommend(person, at=at, n=1, only=[name])
        told = advice.event(at=at)
        shown = told.shown[0].replace(propensity=float(chances[at_row]), explored=True)
        told = told.replace(shown=(shown,), n_possible=len(rows))
        return Choice((told, advice.chosen([name], at=at)), name, question.strengths[rows[at_row]])
