"""What a replay found: figures of each way of advising, beside the first, with how sure they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from wor_match.domain.columns import Floats
from wor_match.errors import WorMatchError
from wor_match.evaluation.outcomes import Outcome
from wor_match.evaluation.over_people import Figure, People
from wor_match.evaluation.replaying.decisions import Decision
from wor_match.evaluation.replaying.noted import Noted, Went
from wor_match.interop.frames import frame

if TYPE_CHECKING:
    from wor_match.interop.frames import Backend

MEASURES = ("regret", "rank", "in_first_three", "log_loss", "too_low")
COLUMNS: dict[str, type] = {
    **dict.fromkeys(("policy", "measure"), str),
    **dict.fromkeys(("value", "low", "high", "difference", "difference_low", "difference_high"), float),
    "smallest_difference": float,
    **dict.fromkeys(("advices", "people"), int),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure of one policy, and beside it how it differs from the first policy.

    Attributes
    ----------
    policy, measure : str
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
    moments : tuple of datetime
        When each advice was given; `people` is to whom, and both run with the arrays of `noted` and `went`.
    people : tuple of str
    noted : mapping
        Policy → what it made of each advice; the first is what the others are compared with.
    went : Went
        How each advice went.
    figures : tuple of Measured
        By measure, then policy.
    """

    moments: tuple[datetime, ...]
    people: tuple[str, ...]
    noted: Mapping[str, Noted]
    went: Went
    figures: tuple[Measured, ...]

    def __repr__(self) -> str:
        return f"Replay({len(self.moments)} advices of {len(set(self.people))} people, {len(self.noted)} policies)"

    @classmethod
    def of(
        cls, decisions: Sequence[Decision], noted: Mapping[str, Noted], outcomes: Mapping[tuple[str, str], Outcome]
    ) -> Replay:
        """The figures of what was noted."""
        people, went = tuple(one.person for one in decisions), Went.of(decisions, outcomes)
        figures = tuple(measured(noted, went, People(people)))
        return cls(tuple(one.at for one in decisions), people, noted, went, figures)

    @property
    def policies(self) -> tuple[str, ...]:
        """Their names, the first in front."""
        return tuple(self.noted)

    @property
    def main(self) -> str | None:
        """The measure that decides: regret where the truth is known, else the rank of what was chosen; None without."""
        known = {one.measure for one in self.figures if one.mean.value is not None}
        return next((name for name in ("regret", "rank") if name in known), None)

    @property
    def smallest_difference(self) -> float | None:
        """The smallest true difference between the first two policies that so many people can show; None, see `reason`.

        In the main measure: a difference of this size is found in four of five such histories.
        """
        return None if self.reason else self.figure(self.policies[1], str(self.main)).difference.smallest_difference

    @property
    def reason(self) -> str:
        """Why there is no smallest difference; empty when there is one."""
        if not self.people:
            return "the history holds no advice that can be ordered again; write advice.event() into it"
        if self.main is None:
            return "nothing was chosen from these advices, so there is no order to judge"
        if len(self.policies) < 2:
            return "there is one policy, and nothing to compare it with"
        return self.figure(self.policies[1], self.main).difference.reason

    def sentences(self) -> tuple[str, ...]:
        """What was found in plain English; the first says the smallest difference that so many people can show."""
        from wor_match.evaluation.replaying.page import sentences

        return tuple(sentences(self))

    def to_markdown(self) -> str:
        """A report to read: the sentences, and a table for each measure."""
        from wor_match.evaluation.replaying.page import markdown

        return markdown(self)

    def frame(self, backend: Backend | None = None) -> Any:
        """One row for each measure and policy: a list of dicts, or a frame of ``polars``, ``pandas`` or ``pyarrow``.

        Raises
        ------
        WorMatchError
            When the `backend` is none of these, or is not installed.
        """
        return frame([one.row() for one in self.figures], COLUMNS, backend)

    def figure(self, policy: str, measure: str) -> Measured:
        """One figure by name.

        Raises
        ------
        WorMatchError
            When there is no such policy or measure.
        """
        self._check(policy, measure)
        return next(one for one in self.figures if (one.policy, one.measure) == (policy, measure))

    def over_time(self, weeks: int = 13, measure: str | None = None) -> list[dict[str, Any]]:
        """The main measure, or another, of each policy, by stretches of so many weeks since the first advice.

        Raises
        ------
        WorMatchError
            When there is no such measure, or `weeks` is no whole number of 1 or more.
        """
        if type(weeks) is not int or weeks < 1:
            raise WorMatchError("weeks is no whole number of 1 or more; 13 is a quarter of a year", code="out-of-range")
        if (measure := measure or self.main) is None:
            return []
        self._check(self.policies[0], measure)
        since = np.array([(one - self.moments[0]) // timedelta(weeks=weeks) for one in self.moments])
        return [
            row for part in sorted(set(since.tolist())) for row in self._stretch(since == part, part * weeks, measure)
        ]

    def _stretch(self, at: Any, weeks: int, measure: str) -> Iterator[dict[str, Any]]:
        """A measure of each policy on some of the advices."""
        people = People([self.people[row] for row in np.flatnonzero(at)])
        for name, noted in self.noted.items():
            values, weight = noted.values(measure, self.went)
            mean = people.mean(values[at], None if weight is None else weight[at])
            low, high = mean.interval or (None, None)
            told = {"weeks": weeks, "policy": name, "measure": measure, "value": mean.value}
            yield {**told, "low": low, "high": high, "advices": mean.rows}

    def predictions(self, policy: str) -> tuple[Floats, Floats, Floats]:
        """How it went, the chance that was told before, and the weight for who was not followed; known ones only.

        Raises
        ------
        WorMatchError
            When there is no such policy.
        """
        self._check(policy, MEASURES[0])
        chance, went = self.noted[policy].chance, self.went
        known = ~np.isnan(went.y) & ~np.isnan(chance) & (went.weight > 0)
        return went.y[known], chance[known], went.weight[known]

    def _check(self, policy: str, measure: str) -> None:
        for told, allowed, what in ((policy, self.policies, "policy"), (measure, MEASURES, "measure")):
            if told not in allowed:
                raise WorMatchError(
                    f"there is no {what} {str(told)[:40]!r} here; there are: {', '.join(allowed)}", code="unknown-name"
                )


def measured(noted: Mapping[str, Noted], went: Went, people: People) -> Iterator[Measured]:
    """Every measure of every policy, and its difference from the first."""
    for measure in MEASURES:
        each = {name: one.values(measure, went) for name, one in noted.items()}
        first = next(iter(each.values()))[0]
        for name, (values, weight) in each.items():
            yield Measured(name, measure, people.mean(values, weight), people.mean(values - first, weight))
