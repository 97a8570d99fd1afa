"""What a matcher knows before anybody asks: the offer, the rules, the signals, and what was learned of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from wor_match import learning
from wor_match.constraints import Constraint
from wor_match.domain.activity import Activity
from wor_match.domain.asked import Asked
from wor_match.domain.columns import Codes, Columns, Flags, Floats
from wor_match.learning import Learned
from wor_match.learning.saved import as_text
from wor_match.settings import Settings
from wor_match.signals import Signal


@dataclass(frozen=True, eq=False, repr=False)
class Knowledge:
    """All that an answer rests on, apart from the question.

    Attributes
    ----------
    columns : Columns
        The catalogue as arrays, one row for each activity, sorted by id.
    settings : Settings
    constraints, signals : tuple
        What rules out, in the order of asking, and what speaks for, sorted by name.
    learned : Learned
        What was learned, for these signals.
    """

    columns: Columns
    settings: Settings
    constraints: tuple[Constraint, ...]
    signals: tuple[Signal, ...]
    learned: Learned

    @cached_property
    def record(self) -> Floats:
        """What the track records of term, organiser and activity add, in each draw, (n_activities, n_draws)."""
        return self.learned.record([recorded_by(activity) for activity in self.columns.activities])

    @cached_property
    def recorded(self) -> Flags:
        """Which activities have a track record of any kind, (n_activities,)."""
        return np.asarray(self.record.any(axis=1))

    @cached_property
    def record_at_mode(self) -> Floats:
        """The same at the mode, (n_activities, 1)."""
        names = [recorded_by(activity) for activity in self.columns.activities]
        return self.learned.posterior.record(*self.learned.codes(names), mode=True)

    @cached_property
    def unseen(self) -> Floats:
        """In each draw the effect of what nobody has seen yet, (n_activities, n_draws)."""
        told = [self.learned.unseen(recorded_by(activity)) for activity in self.columns.activities]
        return np.array([one + np.zeros(self.record.shape[1]) for one in told]).reshape(self.record.shape)

    @cached_property
    def usual(self) -> Floats:
        """The chance of the neutral activity, in each draw, (n_draws,)."""
        neutral = np.zeros((1, len(self.signals)))
        usual: Floats = learning.recorded_chances(self.learned.posterior.draws, neutral, np.zeros((1, 1)))[0]
        return usual

    @property
    def beliefs(self) -> dict[str, tuple[float, float]]:
        """Signal → what is believed of it before any outcome, in log-odds: start and stay."""
        return {signal.name: signal.beliefs for signal in self.signals}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the settings and of what is believed; how many taught it does not count."""
        said = self.settings.model_dump_json() + as_text(replace(self.learned, counts={}), self.beliefs)
        return hashlib.sha256(said.encode()).hexdigest()

    def verdicts(self, asked: Asked) -> Flags:
        """Which rule allows which activity, (n_constraints, n_activities)."""
        allowed = [constraint.allows(self.columns, asked) for constraint in self.constraints]
        return np.array(allowed, dtype=bool).reshape(len(self.constraints), len(self.columns))

    def strengths(self, asked: Asked) -> Floats:
        """How strongly each signal speaks for each activity, minus neutral, (n_activities, n_signals)."""
        strengths = np.empty((len(self.signals), len(self.columns)))
        for row, signal in zip(strengths, self.signals, strict=True):
            np.subtract(signal.strength(self.columns, asked), signal.neutral, out=row)
        return strengths.T

    def mean_chances(self, strengths: Floats, rows: Codes) -> Floats:
        """The mean chance over the draws of some rows, from their strengths minus neutral, (n_rows,)."""
        return learning.mean_chance(self.learned.posterior.draws, strengths, self.record[rows])


def recorded_by(activity: Activity) -> tuple[str | None, str | None, str]:
    """The three that may have a track record: leading term, organiser, id."""
    return next(iter(activity.terms), None), activity.organiser, activity.id
