"""What a matcher knows before anybody asks: the offer, the rules, the signals, and what was learned of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from wor_match import learning
from wor_match.constraints import Constraint
from wor_match.domain.activity import Activity
from wor_match.domain.asked import Asked
from wor_match.domain.columns import Codes, Columns, Flags, Floats
from wor_match.domain.lazy import lazy
from wor_match.errors import WorMatchError
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

    @lazy
    def record(self) -> Floats:
        """What the track records of term, organiser and activity add, in each draw, (n_activities, n_draws)."""
        return self.learned.record([recorded_by(activity) for activity in self.columns.activities])

    @lazy
    def recorded(self) -> Flags:
        """Which activities have a track record of any kind, (n_activities,)."""
        return np.asarray(self.record.any(axis=1))

    @lazy
    def record_at_mode(self) -> Floats:
        """What the track records add at the mode, (n_activities, 1)."""
        names = [recorded_by(activity) for activity in self.columns.activities]
        return self.learned.posterior.record(*self.learned.codes(names), mode=True)

    @lazy
    def unseen(self) -> Floats:
        """In each draw the effect of what nobody has seen yet, (n_activities, n_draws)."""
        told = [self.learned.unseen(recorded_by(activity)) for activity in self.columns.activities]
        return np.array([one + np.zeros(self.record.shape[1]) for one in told]).reshape(self.record.shape)

    @lazy
    def usual(self) -> Floats:
        """The chance of the neutral activity, in each draw, (n_draws,)."""
        neutral = np.zeros((1, len(self.signals)))
        usual: Floats = learning.recorded_chances(self.learned.posterior.draws, neutral, np.zeros((1, 1)))[0]
        return usual

    @property
    def beliefs(self) -> dict[str, tuple[float, float]]:
        """Signal → what is believed of it before any outcome, in log-odds: start and stay."""
        return {signal.name: signal.beliefs for signal in self.signals}

    @lazy
    def digest(self) -> str:
        """SHA-256 of the settings and of what is believed; how many taught it does not count."""
        said = self.settings.model_dump_json(exclude={"limits"}) + as_text(
            replace(self.learned, counts={}), self.beliefs
        )
        return hashlib.sha256(said.encode()).hexdigest()

    def verdicts(self, asked: Asked) -> Flags:
        """Which rule allows which activity, (n_constraints, n_activities).

        Raises
        ------
        WorMatchError
            When a rule gives anything but a flag for each activity.
        """
        allowed = np.empty((len(self.constraints), len(self.columns)), dtype=bool)
        for row, rule in zip(allowed, self.constraints, strict=True):
            given = np.asarray(rule.allows(self.columns, asked))
            if given.dtype != bool or given.shape != row.shape:
                raise WorMatchError(
                    f"constraint {rule.name} gives no flag for each activity; it gives {given.dtype} {given.shape}, "
                    f"and must give bool {row.shape}",
                    code="other-length",
                )
            row[:] = given
        return allowed

    def strengths(self, asked: Asked) -> Floats:
        """How strongly each signal speaks for each activity, minus neutral, (n_activities, n_signals).

        What a signal gives no number for is unknown, so neutral.
        """
        strengths = np.empty((len(self.signals), len(self.columns)))
        for row, signal in zip(strengths, self.signals, strict=True):
            np.subtract(signal.strength(self.columns, asked), signal.neutral, out=row)
        if not np.isfinite(strengths).all():
            strengths[~np.isfinite(strengths)] = 0.0
        return strengths.T

    def mean_chances(self, strengths: Floats, rows: Codes) -> Floats:
        """The mean chance over the draws of some rows, from their strengths minus neutral, (n_rows,)."""
        return learning.mean_chance(self.learned.posterior.draws, strengths, self.record[rows])

    def chances_apart(self, strengths: Sequence[Floats], rows: Sequence[Codes]) -> list[Floats]:
        """The same for some rows of several people each, from their strengths of all activities, as many arrays."""
        if not rows:
            return []
        together = np.concatenate([of_one[some] for of_one, some in zip(strengths, rows, strict=True)])
        ends = np.cumsum([len(some) for some in rows])
        return np.split(self.mean_chances(together, np.concatenate(rows)), ends[:-1])

    def drawn(self, strengths: Floats, rows: Codes, factor: float) -> Floats:
        """The chance of some rows in each draw, deviations from the mode times `factor`, (n_rows, n_draws).

        What nobody has seen yet has an effect here, though none on a mean.
        """
        seen = self.record_at_mode[rows], self.record[rows], self.unseen[rows]
        return learning.drawn(self.learned.posterior, strengths, *seen, factor)

    def intervals(self, strengths: Floats, rows: Codes) -> list[tuple[float, float]]:
        """5 % and 95 % of the chance of some rows, for people and activities like these."""
        seen = self.record_at_mode[rows], self.record[rows], self.unseen[rows]
        low, high = learning.interval(self.learned.posterior, strengths, *seen)
        return list(zip(low.tolist(), high.tolist(), strict=True))


def recorded_by(activity: Activity) -> tuple[str | None, str | None, str]:
    """The three that may have a track record: leading term, organiser, id."""
    return next(iter(activity.terms), None), activity.organiser, activity.id


def place_of(name: str, among: Sequence[Constraint | Signal]) -> int | None:
    """Where the rule or signal of this name stands; None when there is none."""
    return next((at for at, one in enumerate(among) if one.name == name), None)
