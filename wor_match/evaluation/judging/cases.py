"""Each judgement beside the advice that is given to the same person on the same day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import permutations

import numpy as np

from wor_match.advice import Advice
from wor_match.choosing import ROUNDED
from wor_match.domain.asked import day_of
from wor_match.domain.columns import Codes, Flags, Floats
from wor_match.domain.participant import once_each
from wor_match.errors import WorMatchError
from wor_match.evaluation.judging.judged import LEVELS, Judged
from wor_match.matcher import Matcher

SHOWN = 3


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Case:
    """One coach's judgement of one person, and the advice to them.

    Attributes
    ----------
    judged : Judged
    advice : Advice
    activities : tuple of str
        What was judged, sorted.
    levels : ndarray (n_judged,)
        0 unsuitable, 1 acceptable, 2 good.
    scores : ndarray (n_judged,)
        Minus infinity for what is ruled out.
    worth_parts : ndarray (n_judged, 3)
        Focus, wish and web.
    chance : ndarray (n_judged,)
    """

    judged: Judged
    advice: Advice
    activities: tuple[str, ...]
    levels: Codes
    scores: Floats = field(repr=False)
    worth_parts: Floats = field(repr=False)
    chance: Floats = field(repr=False)

    @classmethod
    def of(cls, judged: Judged, advice: Advice) -> Case:
        """The case, with the score of everything judged."""
        names = tuple(sorted(judged.judged))
        levels = np.array([LEVELS[judged.judged[name]] for name in names], dtype=np.int64)
        question = advice.question  # a suggestion tells its score; what is not shown or ruled out has one too
        rows = np.array([question.columns.rows[name] for name in names], dtype=np.int64)
        chance = question.known.mean_chances(question.strengths[rows], rows)
        score = np.round(question.worth.value[rows] * chance, ROUNDED)
        return cls(
            judged=judged,
            advice=advice,
            activities=names,
            levels=levels,
            scores=np.where(possible(advice, rows), score, -np.inf),
            worth_parts=question.worth.parts[rows],
            chance=chance,
        )

    @property
    def person(self) -> str:
        """Their pseudonym."""
        return self.judged.person.id

    @property
    def by(self) -> str:
        """The coach's code."""
        return self.judged.by


def possible(advice: Advice, rows: Codes) -> Flags:
    """Which rows break no rule."""
    question = advice.question
    found: Flags = question.safe & question.about[rows] & question.allowed[:, rows].all(axis=0)
    return found


def cases_of(matcher: Matcher, judged: Iterable[Judged], at: date) -> tuple[list[Case], int]:
    """Every case by person, coach and day, and for how many people safety comes first.

    Those are left out: they get no suggestion, whatever is judged.

    Raises
    ------
    WorMatchError
        When something is no Judged, a person is told in two ways, a coach judges the same person on one day in two
        ways, an activity is not in the catalogue, or `at` is no day.
    """
    if not isinstance(matcher, Matcher):
        raise WorMatchError(
            "judgements are laid beside the advice of a Matcher; make one with Matcher(catalogue)", code="wrong-type"
        )
    day_of(at)
    known = settled(judged, at)
    asking = [one for one in known if one.person.state("safety") != "first"]
    for one in known:
        if unknown := sorted(set(one.judged) - set(matcher.columns.rows)):
            raise WorMatchError(
                f"the judgement of participant {one.person.id} by {one.by} names activities that are not in the "
                f"catalogue: {', '.join(unknown[:5])}; take them out, or use the catalogue that was judged",
                code="unknown-activity",
            )
    days = {(one.person.id, one.at or at): one for one in asking}
    advices = {key: matcher.recommend(one.person, at=key[1], n=SHOWN, explore=0) for key, one in days.items()}
    cases = [Case.of(one, advices[one.person.id, one.at or at]) for one in asking]
    return cases, len({one.person.id for one in known} - {one.person.id for one in asking})


def settled(judged: Iterable[Judged], at: date) -> list[Judged]:
    """The judgements, each once, sorted by person, coach and day."""
    if not isinstance(judged, Iterable) or isinstance(judged, Judged | str):
        raise WorMatchError("judgements are no list; give [Judged(...)], or read_judged(path)", code="wrong-type")
    told = list(judged)
    if not all(isinstance(one, Judged) for one in told):
        raise WorMatchError(
            "something among the judgements is no Judged; make one with Judged(person=..., ...)", code="wrong-type"
        )
    once_each(one.person for one in told)
    known: dict[tuple[str, str, str], Judged] = {}
    for one in told:
        key = (one.person.id, one.by, str(one.at or at))
        if known.setdefault(key, one).judged != one.judged:
            raise WorMatchError(
                f"participant {key[0]} is judged in two ways by {key[1]}; keep one, or give each coach a code in `by`",
                code="told-twice",
            )
    return [known[key] for key in sorted(known)]


def between_coaches(cases: Iterable[Case]) -> list[tuple[str, Codes, Floats]]:
    """For each two coaches of one person: the levels of the one and of the other, of what both judged; both ways."""
    by_person: dict[str, list[Case]] = {}
    for case in cases:
        by_person.setdefault(case.person, []).append(case)
    told = []
    for person, those in by_person.items():
        for one, other in permutations(those, 2):
            both = sorted(set(one.activities) & set(other.activities)) if one.by != other.by else []
            ours, theirs = (np.array([LEVELS[case.judged.judged[name]] for name in both]) for case in (one, other))
            told.append((person, ours.astype(np.int64), theirs.astype(np.float64)))
    return told
