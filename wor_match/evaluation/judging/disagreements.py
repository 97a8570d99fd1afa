"""Where a coach and the advice part: pairs in another order, what was shown and should not be, what was ruled out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from wor_match.evaluation.changes.points import apart, largest, scored
from wor_match.evaluation.judging.cases import SHOWN, Case


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two activities in another order than a coach judged.

    Attributes
    ----------
    person, by : str
        Pseudonym, and the coach's code.
    better, worse : str
        Activity ids, as the coach judged.
    judged_better, judged_worse : str
        The verdicts.
    score_better, score_worse : float or None
        None for what is ruled out.
    through : str
        The reason that does most for the worse one; or the rules that keep the better one out.
    part : str
        Of the reason: worth, chance or record; ``rule`` when rules did it.
    points : float or None
        How many percentage points of score the reason gives the worse one more; None when rules did it.
    """

    person: str
    by: str
    better: str = field(repr=False)
    worse: str = field(repr=False)
    judged_better: str = field(repr=False)
    judged_worse: str = field(repr=False)
    score_better: float | None = field(repr=False)
    score_worse: float | None = field(repr=False)
    through: str = field(repr=False)
    part: str = field(repr=False)
    points: float | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class BadlyShown:
    """Something unsuitable among the first three: person, coach's code, activity, and its place from 1."""

    person: str
    by: str
    activity: str = field(repr=False)
    place: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something good that is ruled out: person, coach's code, activity, and every rule that it breaks."""

    person: str
    by: str
    activity: str = field(repr=False)
    rules: tuple[str, ...] = field(repr=False)


def disagreements(case: Case) -> Iterator[Disagreement]:
    """Every pair in another order than judged, the largest difference of score first; ties are no disagreement."""
    unequal = case.levels[:, None] > case.levels[None, :]
    pairs = np.argwhere(unequal & (case.scores[:, None] < case.scores[None, :])).tolist()
    names = case.activities
    for better, worse in sorted(pairs, key=lambda at: (case.scores[at[0]] - case.scores[at[1]], *at)):
        through, part, points = why(case, names[better], names[worse])
        yield Disagreement(
            person=case.person,
            by=case.by,
            better=names[better],
            worse=names[worse],
            judged_better=case.judged.judged[names[better]],
            judged_worse=case.judged.judged[names[worse]],
            score_better=told(case.scores[better]),
            score_worse=told(case.scores[worse]),
            through=through,
            part=part,
            points=points,
        )


def why(case: Case, better: str, worse: str) -> tuple[str, str, float | None]:
    """What puts the worse one above the better one: a rule, or the reason with the largest difference of points."""
    if rules := rules_of(case, better):
        return " and ".join(rules), "rule", None
    one, other = scored(case.advice, better), scored(case.advice, worse)
    assert one is not None and other is not None  # noqa: S101, PT018 — a case has activities of the catalogue only
    (name, part), points = largest(apart(one, other))
    return name, part, points


def badly_shown(case: Case) -> Iterator[BadlyShown]:
    """What the coach called unsuitable and stands among the first three."""
    for place, one in enumerate(case.advice[:SHOWN], 1):
        if case.judged.judged.get(one.activity.id) == "unsuitable":
            yield BadlyShown(case.person, case.by, one.activity.id, place)


def left_out(case: Case) -> Iterator[LeftOut]:
    """What the coach called good and a rule keeps out."""
    for name in case.activities:
        rules = rules_of(case, name)
        if rules and case.judged.judged[name] == "good":
            yield LeftOut(case.person, case.by, name, rules)


def rules_of(case: Case, activity: str) -> tuple[str, ...]:
    """The rules that keep an activity out."""
    return tuple(broken.constraint for broken in case.advice.why_not(activity))


def told(score: float) -> float | None:
    """A score; None of what is ruled out."""
    return float(score) if np.isfinite(score) else None
