"""What a replay found: figures of each way of advising, beside the first, with how sure they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wor_match.evaluation.continuation import followed_weights
from wor_match.evaluation.outcomes import UNKNOWN, Outcome
from wor_match.evaluation.over_people import FEWEST, Figure, People
from wor_match.evaluation.replaying.decisions import Decision
from wor_match.evaluation.replaying.policies import Order
from wor_match.interop.frames import frame

Floats = NDArray[np.float64]
MEASURES = {
    "regret": "score lost in the three shown: the best three possible, worth times true chance, less those shown",
    "rank": "where what was chosen stands in the order: 0 first, 1 last",
    "in_first_three": "share of what was chosen that stands among the first three",
    "log_loss": "of the chance of taking part after twelve weeks, where that is known; less is better",
    "calibration": "taking part after twelve weeks, less the chance that was told; 0 is right",
}
COLUMNS: dict[str, type] = {
    **dict.fromkeys(("policy", "measure"), str),
    **dict.fromkeys(("value", "low", "high", "difference", "difference_low", "difference_high"), float),
    "smallest_difference": float,
    **dict.fromkeys(("n", "persons"), int),
}
FEW = 1e-6  # a chance nearer to 0 or 1 counts as this near, so that one surprise is not infinite


@dataclass(frozen=True, eq=False)
class Track:
    """What one policy made of each decision.

    Attributes
    ----------
    regret, rank, in_first_three, chance : ndarray (n_decisions,)
        NaN where there is nothing to say; `chance` is that of what was chosen.
    """

    regret: Floats
    rank: Floats
    in_first_three: Floats
    chance: Floats

    @classmethod
    def of(cls, decisions: Sequence[Decision]) -> Track:
        """Nothing noted yet."""
        return cls(*(np.full(len(decisions), np.nan) for _ in range(4)))

    def note(self, number: int, decision: Decision, order: Order, n: int) -> None:
        """Note what an order makes of one decision."""
        score = order.score(decision)
        if decision.true is not None:
            value = decision.worth * decision.true
            shown = order.few(decision, score, n)
            self.regret[number] = np.sort(value)[::-1][: len(shown)].mean() - value[shown].mean()
        if decision.chosen >= 0 and len(score) > 1:
            above = np.round(score - score[decision.chosen], 9)
            before = (above > 0).sum() + ((above == 0).sum() - 1) / 2
            self.rank[number] = before / (len(score) - 1)
            self.in_first_three[number] = before < n
        if decision.chosen >= 0 and order.chance is not None:
            self.chance[number] = order.chance(decision)[decision.chosen]


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure of one policy, and beside it how it differs from the first policy.

    Attributes
    ----------
    mean, difference : Figure
        The difference is this policy less the first one, on the same advices.
    """

    policy: str
    measure: str
    mean: Figure
    difference: Figure

    def row(self) -> dict[str, Any]:
        """As a row of a frame."""
        low, high = self.mean.interval or (None, None)
        down, up = self.difference.interval or (None, None)
        told = (self.policy, self.measure, self.mean.value, low, high, self.difference.value, down, up,
                self.difference.smallest_difference, self.mean.rows, self.mean.n)  # fmt: skip
        return dict(zip(COLUMNS, told, strict=True))


@dataclass(frozen=True, eq=False, repr=False)
class Replay:
    """Ways of advising side by side.

    Attributes
    ----------
    policies : tuple of str
        The first is what the others are compared with.
    figures : tuple of Measured
        By measure and policy.
    main : str or None
        The measure that decides: regret where the truth is known, else the rank of what was chosen.
    reason : str
        Why there is no smallest difference; empty when there is one.
    """

    policies: tuple[str, ...]
    figures: tuple[Measured, ...]
    main: str | None
    reason: str
    with_people: bool
    moments: tuple[datetime, ...]
    persons: tuple[str, ...]
    tracks: Mapping[str, Track]
    y: Floats
    weight: Floats

    def __repr__(self) -> str:
        return f"Replay({len(self.moments)} advices of {len(set(self.persons))} people, {len(self.policies)} policies)"

    @classmethod
    def of(
        cls,
        decisions: Sequence[Decision],
        tracks: Mapping[str, Track],
        outcomes: Mapping[tuple[str, str], Outcome],
        with_people: bool,
    ) -> Replay:
        """The figures of what was noted."""
        seen = [outcome_of_chosen(one, outcomes) for one in decisions]
        y = np.array([np.nan if one is None or one.takes_part is None else float(one.takes_part) for one in seen])
        weight = weights_of(seen)
        persons = People([one.person for one in decisions])
        figures = tuple(figures_of(tracks, y, weight, persons))
        known = {one.measure for one in figures if one.mean.value is not None}
        main = next((name for name in ("regret", "rank") if name in known), None)
        return cls(
            policies=tuple(tracks),
            figures=figures,
            main=main,
            reason=why_not(persons, main, len(tracks)),
            with_people=with_people,
            moments=tuple(one.at for one in decisions),
            persons=tuple(one.person for one in decisions),
            tracks=tracks,
            y=y,
            weight=weight,
        )

    @property
    def smallest_difference(self) -> float | None:
        """The smallest true difference between the first two policies that so many people can show; None, see `reason`.

        In the main measure: a difference of this size is found in four of five such histories.
        """
        return None if self.reason else self.figure(self.policies[1], str(self.main)).difference.smallest_difference

    def sentences(self) -> tuple[str, ...]:
        """What was found in plain English; the first says the smallest difference that so many people can show."""
        from wor_match.evaluation.replaying.page import sentences

        return tuple(sentences(self))

    def to_markdown(self) -> str:
        """A report to read: the sentences, and a table for each measure."""
        from wor_match.evaluation.replaying.page import markdown

        return markdown(self)

    def frame(self, backend: Any = None) -> Any:
        """One row for each measure and policy."""
        return frame([one.row() for one in self.figures], COLUMNS, backend)

    def figure(self, policy: str, measure: str) -> Measured:
        """One figure by name."""
        return next(one for one in self.figures if (one.policy, one.measure) == (policy, measure))

    def over_time(self, weeks: int = 13, measure: str | None = None) -> list[dict[str, Any]]:
        """The main measure, or another, of each policy, by stretches of so many weeks since the first advice."""
        measure = measure or self.main
        if measure is None:
            return []
        stretch = np.array([(one - self.moments[0]) // timedelta(weeks=weeks) for one in self.moments])
        rows = []
        for part in sorted(set(stretch.tolist())):
            at = np.flatnonzero(stretch == part)
            persons = People([self.persons[row] for row in at])
            for name, track in self.tracks.items():
                mean = persons.mean(values_of(track, measure, self.y)[at], None)
                low, high = mean.interval or (None, None)
                rows.append({"weeks": int(part) * weeks, "policy": name, "measure": measure, "value": mean.value,
                             "low": low, "high": high, "n": mean.rows})  # fmt: skip
        return rows

    def predictions(self, policy: str) -> tuple[Floats, Floats, Floats]:
        """How it went, the chance that was told before, and the weight for who was not followed; known ones only."""
        chance = self.tracks[policy].chance
        known = ~np.isnan(self.y) & ~np.isnan(chance) & (self.weight > 0)
        return self.y[known], chance[known], self.weight[known]


def outcome_of_chosen(decision: Decision, outcomes: Mapping[tuple[str, str], Outcome]) -> Outcome | None:
    """How it went with what was chosen; None when nothing was."""
    if decision.chosen < 0:
        return None
    return outcomes.get((decision.person, decision.activities[decision.chosen]), UNKNOWN)


def weights_of(seen: Sequence[Outcome | None]) -> Floats:
    """What each known outcome counts, so that those who were followed also speak for those who were not."""
    weight = np.zeros(len(seen))
    if chosen := [number for number, one in enumerate(seen) if one is not None]:
        told = [one for one in seen if one is not None]
        known = np.array([one.takes_part is not None for one in told])
        weight[chosen] = followed_weights(np.array([one.week for one in told]), known)
    return weight


def values_of(track: Track, measure: str, y: Floats) -> Floats:
    """A measure of each decision; NaN where there is nothing to say."""
    if measure == "calibration":
        return y - track.chance
    if measure == "log_loss":
        chance = np.clip(track.chance, FEW, 1 - FEW)
        return -(y * np.log(chance) + (1 - y) * np.log1p(-chance))
    values: Floats = getattr(track, measure)
    return values


def figures_of(tracks: Mapping[str, Track], y: Floats, weight: Floats, persons: People) -> list[Measured]:
    """Every measure of every policy, and its difference from the first."""
    found = []
    for measure in MEASURES:
        w = weight if measure in ("calibration", "log_loss") else None
        each = {name: values_of(track, measure, y) for name, track in tracks.items()}
        first = next(iter(each.values()))
        for name, values in each.items():
            found.append(Measured(name, measure, persons.mean(values, w), persons.mean(values - first, w)))
    return found


def why_not(persons: People, main: str | None, n_policies: int) -> str:
    """Why there is no smallest difference; empty when there is one."""
    if not persons.n:
        return "the history holds no advice that can be ordered again; write advice.event() into it"
    if main is None:
        return "nothing was chosen from these advices, so there is no order to judge"
    if n_policies < 2:
        return "there is one policy, and nothing to compare it with"
    return "" if persons.n >= FEWEST else f"there are {persons.n} people; {FEWEST} is the least"
