"""What was left out and why, and what nearly fits: one rule broken, and a change that would let it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wor_match.choosing import by_score
from wor_match.constraints.exclusion import SAFETY_FIRST, Exclusion
from wor_match.domain.activity import Activity
from wor_match.domain.change import AskPlace, Change
from wor_match.domain.lazy import lazy
from wor_match.errors import WorMatchError
from wor_match.question import Question

if TYPE_CHECKING:
    from wor_match.wording.words import Words


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An activity that one rule keeps out, and what would let it in."""

    activity: Activity
    constraint: str
    change: Change | AskPlace

    def sentence(self, language: str | Words = "nl") -> str:
        """What would let it in, as a question."""
        from wor_match.wording.sentences import change_sentence

        return change_sentence(self.change, language)


class Excluded(Mapping[str, tuple[Exclusion, ...]]):
    """Activity id → every rule that it breaks; worked out when it is read."""

    def __init__(self, question: Question) -> None:
        self._question = question

    @lazy
    def _rows(self) -> dict[str, int]:
        question = self._question
        ruled_out = question.about & ~(question.allowed.all(axis=0) & question.safe)
        return {question.columns.activities[row].id: row for row in np.flatnonzero(ruled_out).tolist()}

    def __getitem__(self, activity_id: str) -> tuple[Exclusion, ...]:
        return self._question.exclusions(self._rows[activity_id])

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"Excluded({len(self)} activities)"

    def why_not(self, activity_id: str) -> tuple[Exclusion, ...]:
        """The rules that one activity breaks; `Advice.why_not` says more."""
        if not isinstance(activity_id, str):
            raise WorMatchError("`activity_id` is no word; give the id of one activity", code="wrong-type")
        return self.get(activity_id, ())

    def counts(self) -> dict[str, int]:
        """How many activities each rule keeps out; most activities break more than one."""
        question = self._question
        broken = (~question.allowed & question.about).sum(axis=1)
        told = {SAFETY_FIRST: 0 if question.safe else int(question.about.sum())}
        told |= {rule.name: int(count) for rule, count in zip(question.known.constraints, broken, strict=True)}
        return {name: count for name, count in told.items() if count}

    def by_rule(self) -> dict[str, tuple[str, ...]]:
        """Rule → the activities of which it is the first rule they break, best score first."""
        question = self._question
        rows = np.array(sorted(self._rows.values()), dtype=np.int64)
        if not question.safe:
            return {SAFETY_FIRST: tuple(self._rows)} if self._rows else {}
        first_broken = np.argmin(question.allowed[:, rows], axis=0)
        best_first = by_score(question.scores_at(rows), range(len(rows)))
        by_rule: dict[str, list[str]] = {}
        for at in sorted(best_first, key=lambda at: first_broken[at]):
            rule = question.known.constraints[first_broken[at]].name
            by_rule.setdefault(rule, []).append(question.columns.activities[rows[at]].id)
        return {rule: tuple(names) for rule, names in by_rule.items()}


def near_misses(question: Question, k: int) -> tuple[NearMiss, ...]:
    """At most k activities that break one rule only and that a change would let in, best score first."""
    if type(k) is not int or k < 0:
        raise WorMatchError("k is no whole number, 0 or more; give how many to show, such as 3", code="out-of-range")
    rows = np.flatnonzero(question.about & ((~question.allowed).sum(axis=0) == 1) & question.safe)
    found: list[NearMiss] = []
    for at in by_score(question.scores_at(rows), range(len(rows))):
        if len(found) >= k:
            break
        (broken,) = question.exclusions(int(rows[at]))
        if broken.change is not None:
            found.append(NearMiss(question.columns.activities[rows[at]], broken.constraint, broken.change))
    return tuple(found)
