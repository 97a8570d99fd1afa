"""What comes out: a few suggestions with their reasons, what was left out and why, and what to ask first."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, overload

import numpy as np

from wor_match.choosing import LITTLE_WORTH
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Catalogue, Desk
from wor_match.domain.change import AskPlace, Change
from wor_match.domain.check import Check
from wor_match.domain.participant import CIRCUMSTANCES
from wor_match.domain.schedule import Occurrence
from wor_match.question import SAFETY_FIRST, Exclusion, Question
from wor_match.reasons import Reason, spoken


@dataclass(frozen=True, eq=False)
class Suggestion:
    """One activity for one person.

    Attributes
    ----------
    activity : Activity
    score, worth, chance : float
        Score = worth x chance; the chance of starting and still taking part after twelve weeks.
    reasons : tuple of Reason
        In the order of speaking; the points add up to 100 x (score - reference). Empty among `Advice.others`.
    """

    activity: Activity
    score: float
    worth: float
    chance: float
    reasons: tuple[Reason, ...]
    _question: Question = field(repr=False)
    _row: int = field(repr=False)

    @cached_property
    def interval(self) -> tuple[float, float]:
        """5 % and 95 % of the chance, for people and activities like these; wide while nobody has been seen."""
        return self._question.interval(self._row)

    @cached_property
    def start_chance(self) -> float:
        """The chance of starting."""
        return self._question.start_and_stay(self._row)[0]

    @cached_property
    def stay_chance(self) -> float:
        """The chance that who starts is there after twelve weeks."""
        return self._question.start_and_stay(self._row)[1]

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """What is unknown and should be asked first."""
        return self._question.checks(self._row)

    @cached_property
    def next_occurrences(self) -> tuple[Occurrence, ...]:
        """The next three sessions that fit the person's week."""
        return self._question.next_sessions(self._row)

    @property
    def little_of_the_wish(self) -> bool:
        """Whether it serves little of what was asked for, and is shown only because little else fits."""
        return self.worth < LITTLE_WORTH

    @property
    def spoken(self) -> tuple[Reason, ...]:
        """The few reasons that are said, a caution last."""
        return spoken(self.reasons, cautious=not self.little_of_the_wish)


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An activity that one rule keeps out, and what would let it in."""

    activity: Activity
    constraint: str
    change: Change | AskPlace

    def sentence(self, language: str = "nl") -> str:
        """What would let it in, as a question."""
        from wor_match.wording.sentences import change_sentence

        return change_sentence(self.change, language)


@dataclass(frozen=True, slots=True)
class Track:
    """A circumstance that comes first or alongside, and where to go with it."""

    circumstance: str
    state: str
    desks: tuple[Desk, ...]

    def sentence(self, language: str = "nl") -> str:
        """What comes first or alongside, in plain sentences for the coach."""
        from wor_match.wording.sentences import track_sentence

        return track_sentence(self.circumstance, self.state, self.desks, language)


class Excluded(Mapping[str, tuple[Exclusion, ...]]):
    """Activity id → every rule that it breaks; worked out when it is read."""

    def __init__(self, question: Question) -> None:
        self._question = question
        ruled_out = question.about & ~(question.allowed.all(axis=0) & question.safe)
        self._rows = {question.columns.activities[row].id: int(row) for row in np.flatnonzero(ruled_out)}

    def __getitem__(self, activity_id: str) -> tuple[Exclusion, ...]:
        return self._question.exclusions(self._rows[activity_id])

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"Excluded({len(self)} activities)"

    def counts(self) -> dict[str, int]:
        """How many activities each rule keeps out; most activities break more than one."""
        question = self._question
        broken = (~question.allowed & question.about).sum(axis=1)
        told = {SAFETY_FIRST: 0 if question.safe else int(question.about.sum())}
        told |= {rule.name: int(count) for rule, count in zip(question.constraints, broken, strict=True)}
        return {name: count for name, count in told.items() if count}


@dataclass(frozen=True, eq=False)
class Advice(Sequence[Suggestion]):
    """A few suggestions for one person on one day; it proposes, the participant chooses with the coach.

    Attributes
    ----------
    suggestions : tuple of Suggestion
        What is shown, by score.
    decision_id : str
        Digest of the person, the question, the day, the seed, the model and the catalogue.
    """

    suggestions: tuple[Suggestion, ...]
    decision_id: str
    _question: Question = field(repr=False)

    @overload
    def __getitem__(self, at: int) -> Suggestion: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Suggestion, ...]: ...

    def __getitem__(self, at: int | slice) -> Suggestion | tuple[Suggestion, ...]:
        return self.suggestions[at]

    def __len__(self) -> int:
        return len(self.suggestions)

    def __repr__(self) -> str:
        return f"Advice({', '.join(one.activity.id for one in self.suggestions) or 'nothing fits'})"

    @property
    def person_id(self) -> str:
        """The pseudonym of the participant."""
        return self._question.asked.person.id

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue that was asked."""
        return self._question.columns.catalogue

    @property
    def safe(self) -> bool:
        """False when safety comes first and no suggestion is made."""
        return self._question.safe

    @property
    def reference(self) -> float:
        """The score of the neutral activity, from which reasons count."""
        return self._question.reference

    @cached_property
    def others(self) -> tuple[Suggestion, ...]:
        """What is possible and not shown, by score, without reasons."""
        shown = {one.activity.id for one in self.suggestions}
        every = (suggestion(self._question, at, with_reasons=False) for at in by_score(self._question))
        return tuple(one for one in every if one.activity.id not in shown)

    @cached_property
    def excluded(self) -> Excluded:
        """Activity id → every rule that keeps it out."""
        return Excluded(self._question)

    def why_not(self, activity_id: str) -> tuple[Exclusion, ...]:
        """The rules that keep an activity out; empty when it is possible or was not asked about."""
        return self.excluded.get(activity_id, ())

    def near_misses(self, k: int = 3) -> tuple[NearMiss, ...]:
        """Activities that break one rule only, when another answer or a question to the place would let them in."""
        question = self._question
        rows = np.flatnonzero(question.about & ((~question.allowed).sum(axis=0) == 1) & question.safe)
        scores = np.round(question.scores_at(rows), 9)
        found: list[NearMiss] = []
        for at in sorted(range(len(rows)), key=lambda at: (-scores[at], rows[at])):
            if len(found) >= k:
                break
            (broken,) = question.exclusions(int(rows[at]))
            if broken.change is not None:
                found.append(NearMiss(question.columns.activities[rows[at]], broken.constraint, broken.change))
        return tuple(found)

    def left_out(self) -> tuple[str, ...]:
        """What is excluded by a rule about this person, best score first: what somebody would ask after."""
        question = self._question
        by_rule = {rule.name: allowed for rule, allowed in zip(question.constraints, question.allowed, strict=True)}
        open_ = np.logical_and.reduce([by_rule[name] for name in ("not_open", "only_on_request") if name in by_rule])
        rows = np.flatnonzero(question.about & ~question.allowed.all(axis=0) & open_ & question.safe)
        scores = np.round(question.scores_at(rows), 9)
        return tuple(question.columns.activities[row].id for _, row in sorted(zip(-scores, rows, strict=True)))

    @cached_property
    def first(self) -> tuple[Track, ...]:
        """What comes first or alongside, with the desk; for the coach."""
        person, catalogue = self._question.asked.person, self._question.columns.catalogue
        states = ((name, person.state(name)) for name in CIRCUMSTANCES)
        return tuple(
            Track(name, state, catalogue.desks_for(name)) for name, state in states if state in ("first", "alongside")
        )

    @property
    def checks(self) -> tuple[Check, ...]:
        """Everything to ask about what is shown, once each; a suggestion tells which are its own."""
        return tuple(dict.fromkeys(check for one in self.suggestions for check in one.checks))

    def to_dict(self) -> dict[str, Any]:
        """The advice as plain values, without anything the person told."""
        from wor_match.display.plain import as_dict

        return as_dict(self)

    def to_json(self) -> str:
        """The advice as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False)

    def to_markdown(self, language: str = "nl") -> str:
        """The advice as a coach reads it, in Markdown."""
        from wor_match.display.plain import as_markdown

        return as_markdown(self, language)


def suggestion(question: Question, at: int, with_reasons: bool) -> Suggestion:
    """The suggestion of one possible activity."""
    row = int(question.possible[at])
    return Suggestion(
        activity=question.columns.activities[row],
        score=float(question.worth.value[row] * question.chance[at]),
        worth=float(question.worth.value[row]),
        chance=float(question.chance[at]),
        reasons=question.reasons(row) if with_reasons else (),
        _question=question,
        _row=row,
    )


def by_score(question: Question) -> list[int]:
    """The places of what is possible, best score first, ties by id."""
    score = np.round(question.score, 9)
    return sorted(range(len(score)), key=lambda at: (-score[at], at))
