"""What visitors say about their first visit: a shrunken mean for each activity, never an outcome.

Who stays rates higher, so a rating only ever speaks for the next person, never for the one who gave it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wor_match.learning.episodes import Episode
from wor_match.learning.prior import Floats

SAID_BY = 10  # visitors below whom nothing is said
CENTRE, FEW = 3.6, 5  # the mean that is assumed below so many ratings in all
NOISE, BETWEEN = 0.35, 0.3  # first guesses: how much visitors of one activity differ, and activities among them
ENOUGH, PSEUDO = 30, 10.0  # ratings from which the two are estimated, and what the guesses still count for then
NEUTRAL, A_POINT = 0.5, 0.25


@dataclass(frozen=True)
class Visitors:
    """Ratings at the first visit, gathered by activity.

    Attributes
    ----------
    total : mapping
        Activity → sum of the ratings minus the centre.
    n : mapping
        Activity → how many rated.
    centre, phi : float
        The mean of all, and how many ratings the shrinking counts for.
    """

    total: Mapping[str, float]
    n: Mapping[str, int]
    centre: float
    phi: float

    @classmethod
    def of(cls, episodes: Sequence[Episode]) -> Visitors:
        """The ratings of these episodes."""
        rated: dict[str, list[float]] = {}
        for episode in episodes:
            if episode.rating is not None:
                rated.setdefault(episode.activity, []).append(episode.rating)
        every = [rating for marks in rated.values() for rating in sorted(marks)]
        centre = float(np.mean(every)) if len(every) >= FEW else CENTRE
        total = {name: float(sum(sorted(marks))) - centre * len(marks) for name, marks in sorted(rated.items())}
        n = {name: len(marks) for name, marks in sorted(rated.items())}
        return cls(total, n, centre, shrinking([np.array(sorted(marks)) for _, marks in sorted(rated.items())]))

    def strength(self, activity: str, without: float | None = None) -> float:
        """The strength of `visitors_say`: .5 + a quarter of a point; neutral below ten visitors.

        Parameters
        ----------
        activity : str
        without : float, optional
            The rating of the person it is asked for, which does not speak for themselves.
        """
        n, total = self.n.get(activity, 0), self.total.get(activity, 0.0)
        if without is not None:
            n, total = n - 1, total - (without - self.centre)
        if n < SAID_BY:
            return NEUTRAL
        return float(np.clip(NEUTRAL + A_POINT * total / (n + self.phi), 0.0, 1.0))


def shrinking(rated: Sequence[Floats]) -> float:
    """How many ratings the shrinking counts for: noise over what activities really differ, by moments."""
    n = np.array([len(marks) for marks in rated], dtype=np.float64)
    if n.sum() < ENOUGH or len(rated) < 2:
        return NOISE**2 / BETWEEN**2
    within = sum(float(((marks - marks.mean()) ** 2).sum()) for marks in rated)
    noise = (PSEUDO * NOISE**2 + within) / (PSEUDO + n.sum() - len(rated))
    means = np.array([marks.mean() for marks in rated])
    apart = max(float(means.var(ddof=1)) - noise * float((1.0 / n).mean()), 0.0)
    between = (PSEUDO * BETWEEN**2 + len(rated) * apart) / (PSEUDO + len(rated))
    return float(noise / between)
