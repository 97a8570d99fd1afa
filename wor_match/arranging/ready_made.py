"""Ready-made arrangements: which of them fit one person, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from wor_match.arranging.planning import plan_of
from wor_match.constraints.exclusion import Exclusion
from wor_match.domain.catalogue import ReadyArrangement
from wor_match.errors import WorMatchError
from wor_match.question import Question

if TYPE_CHECKING:
    from wor_match.wording.words import Words

Why = Literal["nowhere", "not_possible", "clash", "too_expensive", "too_often"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A ready-made arrangement that does not fit, and why.

    Attributes
    ----------
    ready : ReadyArrangement
    why : str
        ``nowhere``: an activity is not in the catalogue; ``not_possible``: one breaks a rule; ``clash``,
        ``too_expensive``, ``too_often``: they do not go together.
    activities : tuple of str
        The ids it is about: those that are nowhere, or break a rule; else all of them.
    exclusions : mapping
        Activity id → every rule that it breaks.
    names : mapping
        The names of these activities, by their ids.
    """

    ready: ReadyArrangement
    why: Why = field(repr=False)  # it follows from what a person told
    activities: tuple[str, ...] = field(repr=False)
    exclusions: Mapping[str, tuple[Exclusion, ...]] = field(default_factory=dict, repr=False)
    names: Mapping[str, str] = field(default_factory=dict, repr=False)

    def sentence(self, language: str | Words = "nl") -> str:
        """Why it does not fit, in a few plain sentences for the coach."""
        from wor_match.wording.sentences import left_out_sentence

        rules = {name: [rule.sentence(language) for rule in broken] for name, broken in self.exclusions.items()}
        return left_out_sentence(self.why, self.ready.name, self.names, rules, language)


def ready_made(question: Question) -> dict[tuple[int, ...], ReadyArrangement]:
    """The ready-made arrangements that fit, by their rows in order; of two with the same activities the first by id."""
    found: dict[tuple[int, ...], ReadyArrangement] = {}
    for ready in in_order(question):
        if hindrance(question, ready) is None:
            rows = (question.columns.rows[name] for name in present(question, ready))
            found.setdefault(tuple(sorted(rows)), ready)
    return found


def left_out(question: Question) -> tuple[LeftOut, ...]:
    """The ready-made arrangements that do not fit, by id; `Matcher.question` makes the question.

    Raises
    ------
    WorMatchError
        When it is no Question.

    Examples
    --------
    >>> import wor_match as wm, datetime
    >>> matcher = wm.Matcher(wm.load_catalogue("ouderkerk"))
    >>> alone = wm.Participant(id="p1", unwanted=["wandelen"])
    >>> left_out(matcher.question(alone, at=datetime.date(2026, 11, 23)))[0].why
    'not_possible'
    """
    if not isinstance(question, Question):
        raise WorMatchError("left_out() needs a Question; `Matcher.question` makes one", code="wrong-type")
    told = (hindrance(question, ready) for ready in in_order(question))
    return tuple(one for one in told if one is not None)


def in_order(question: Question) -> Iterator[ReadyArrangement]:
    """The ready-made arrangements of the catalogue, by id."""
    return iter(sorted(question.columns.catalogue.arrangements, key=lambda one: one.id))


def present(question: Question, ready: ReadyArrangement) -> tuple[str, ...]:
    """Its activities by their present ids."""
    now = question.columns.catalogue.present_ids
    return tuple(name if name in question.columns.rows else now.get(name, name) for name in ready.activities)


def hindrance(question: Question, ready: ReadyArrangement) -> LeftOut | None:
    """What keeps it out; None when it fits."""
    names, number = present(question, ready), question.columns.rows
    if nowhere := tuple(name for name in names if name not in number):
        return LeftOut(ready, "nowhere", nowhere)
    possible = set(question.possible.tolist())
    if broken := tuple(name for name in names if number[name] not in possible):
        rules = {name: question.exclusions(number[name]) for name in broken}
        called = {name: question.columns.activities[number[name]].name for name in broken}
        return LeftOut(ready, "not_possible", broken, rules, called)
    why = not_together(question, np.array([number[name] for name in names], dtype=np.int64))
    return LeftOut(ready, why, names) if why else None


def not_together(question: Question, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Why | None:
    """Why possible activities do not go together; None when they do."""
    plan, everyone = plan_of(question, rows), np.arange(len(rows))[None, :]
    if not (plan.apart() | np.eye(len(rows), dtype=bool)).all() or len(set(rows.tolist())) < len(rows):
        return "clash"
    if not plan.affordable(everyone)[0]:
        return "too_expensive"
    return None if plan.seldom(everyone)[0] else "too_often"
