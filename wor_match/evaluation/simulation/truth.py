"""What is true in an invented world: who would start where, and who would still be there, week by week."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from wor_match.domain.catalogue import Catalogue
from wor_match.evaluation.simulation.world import World
from wor_match.knowledge import recorded_by
from wor_match.learning import KINDS
from wor_match.learning.learned import VISITORS_SAY, Named
from wor_match.learning.prior import PIECE_MEANS, START_SHARE, WEEKS
from wor_match.learning.rows import PIECE_OF_WEEK
from wor_match.question import Question
from wor_match.signals import Signal

Floats = NDArray[np.float64]
PAIRS = (("likes", "near"), ("group_fits", "welcome"))  # of which one counts by the other, where the world says so
PER_PRODUCT = 4.0  # products of two strengths minus neutral are small


@dataclass(frozen=True, eq=False)
class Weights:
    """One truth: what signals count, (n_signals,), and what term, organiser and activity add, by kind and name."""

    start: Floats
    stay: Floats
    record: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, eq=False, repr=False)
class Truth:
    """The truth of a world; call `chances` for what an evaluation compares with.

    Attributes
    ----------
    signals : tuple of str
        In the order of the weights.
    early, late : Weights
        Before and after the world drifts; the same when it does not.
    """

    world: World
    signals: tuple[str, ...]
    early: Weights
    late: Weights

    def chances(self, person: str, at: datetime, question: Question) -> Floats:
        """The true chance of starting and still taking part after twelve weeks, of what is possible, (n_possible,)."""
        rows = question.possible
        names = [recorded_by(question.columns.activities[row]) for row in rows]
        start, week = self.going(person, at, names, question.strengths[rows])
        chance: Floats = start * week.prod(axis=1)
        return chance

    def going(self, person: str, at: date, names: Sequence[Named], strengths: Floats) -> tuple[Floats, Floats]:
        """The chance of starting, (n,), and of going on in each week, (n, 12).

        Parameters
        ----------
        person : str
            Who differs from others in ways that nobody sees.
        at : datetime
            The day of the choice: the truth may drift.
        names : sequence of (term, organiser, activity)
        strengths : ndarray (n, n_signals)
            Strengths minus neutral.
        """
        world, weights, record = self.world, self.weights_on(at), self.record(at, names)
        unseen = world.sd_people * luck(world.seed, person)
        both = world.interaction * sum(
            (product(strengths, self.signals, pair) for pair in PAIRS), np.zeros(len(record))
        )
        start = logit(world.starts) + strengths @ weights.start + START_SHARE * record + unseen + both
        stay = strengths @ weights.stay + record + unseen + both
        return sigma(start), sigma((week_level(world.stays) + np.array(PIECE_MEANS))[PIECE_OF_WEEK] + stay[:, None])

    def weights_on(self, at: date) -> Weights:
        """What counts on a day: a world may drift."""
        on = at.date() if isinstance(at, datetime) else at
        return self.late if on >= self.world.first_day + timedelta(weeks=self.world.drift_week) else self.early

    def record(self, at: date, names: Sequence[Named]) -> Floats:
        """What term, organiser and activity add together on a day, in log-odds, (n,)."""
        of = self.weights_on(at).record
        told = [sum(of[kind].get(name or "", 0.0) for kind, name in zip(KINDS, one, strict=True)) for one in names]
        return np.array(told, dtype=np.float64)


def truth_of(world: World, catalogue: Catalogue, signals: Sequence[Signal]) -> Truth:
    """The truth of a world about an offer and these signals."""
    early, other = (weights_of(world, catalogue, signals, name) for name in ("truth", "another truth"))
    late = Weights(
        start=early.start + world.drift * (other.start - early.start),
        stay=early.stay + world.drift * (other.stay - early.stay),
        record={
            kind: {name: effect + world.drift * (other.record[kind][name] - effect) for name, effect in of_kind.items()}
            for kind, of_kind in early.record.items()
        },
    )
    return Truth(world, tuple(one.name for one in signals), early, late)


def weights_of(world: World, catalogue: Catalogue, signals: Sequence[Signal], what: str) -> Weights:
    """One truth, by dice of its own; what visitors say follows from how good a place is, and adds nothing to it."""
    dice = world.dice(what)
    beliefs = np.array([one.beliefs for one in signals]).reshape(-1, 2)
    turned = np.ones(len(signals))
    turned[dice.permutation(len(signals))[: round(world.wrong * len(signals))]] = -1.0
    off = world.off * 0.5 * np.abs(beliefs).max(axis=1, initial=0.0) * dice.randn(len(signals))
    counts = np.array([one.name != VISITORS_SAY for one in signals], dtype=np.float64)
    start, stay = ((world.scale * turned * beliefs[:, column] + off) * counts for column in (0, 1))
    record = {}
    for kind, sd in zip(KINDS, (world.sd_terms, world.sd_organisers, world.sd_activities), strict=True):
        names = sorted(
            {name for activity in catalogue if (name := recorded_by(activity)[KINDS.index(kind)]) is not None}
        )
        record[kind] = dict(zip(names, (sd * dice.randn(len(names))).tolist(), strict=True))
    return Weights(start, stay, record)


def product(strengths: Floats, signals: Sequence[str], pair: tuple[str, str]) -> Floats:
    """What two signals add together beyond what each adds, (n,); nothing when one of them is not there."""
    if not set(pair) <= set(signals):
        return np.zeros(len(strengths))
    one, other = (strengths[:, signals.index(name)] for name in pair)
    return np.asarray(PER_PRODUCT * one * other)


def luck(seed: int, person: str) -> float:
    """A standard normal number that belongs to a person, whoever else there is."""
    digest = hashlib.sha256(f"{seed} {person}".encode()).digest()
    return NormalDist().inv_cdf((int.from_bytes(digest[:6], "big") + 0.5) / 2**48)


@cache
def week_level(stays: float) -> float:
    """The weekly log-odds at which this share goes on for twelve weeks, by halving the range."""
    low, high = -10.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        going = float(np.prod(sigma(middle + np.array(PIECE_MEANS)) ** WEEKS))
        low, high = (middle, high) if going < stays else (low, middle)
    return low


def logit(share: float) -> float:
    """Log-odds."""
    return float(np.log(share / (1.0 - share)))


def sigma(eta: Floats) -> Floats:
    """The logistic function."""
    return np.asarray(1.0 / (1.0 + np.exp(-eta)))
