"""What would let an activity in: another answer of the person, or a question to the place. Never a smaller need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wor_match.domain.forgetting import forgetful
from wor_match.domain.participant import Participant
from wor_match.domain.value import Value
from wor_match.errors import ParticipantError


@dataclass(frozen=True, slots=True)
class Change:
    """Another answer that removes exactly one rule.

    Attributes
    ----------
    field : str
        The answer, dotted when it is nested: ``budget``, ``travel.max_minutes``.
    now, needed : object
        The answer as it is, and as it would have to be.
    """

    field: str
    now: Any
    needed: Any

    def __repr__(self) -> str:
        return f"Change(field={self.field!r})"

    def apply(self, person: Participant) -> Participant:
        """The person with this one answer changed.

        Examples
        --------
        >>> Change("budget", "free", "small").apply(Participant(id="p1", budget="free")).budget
        'small'
        """
        field, _, inner = self.field.partition(".")
        if not inner:
            return person.replace(**{field: self.needed})
        return person.replace(**{field: getattr(person, field).replace(**{inner: self.needed})})


@dataclass(frozen=True, slots=True)
class AskPlace:
    """Something the place might arrange: a provision that the person needs."""

    need: str

    def __repr__(self) -> str:
        return "AskPlace()"


@forgetful
def with_answers(person: Participant, changes: Mapping[str, Any]) -> Participant:
    """The person with other answers, checked as at the door.

    Parameters
    ----------
    person : Participant
    changes : mapping
        Field → answer as in `Participant`; dotted where one part changes: ``travel.max_minutes``.

    Raises
    ------
    ParticipantError
        Naming each field that is not there or cannot be read, never what was told.

    Examples
    --------
    >>> with_answers(Participant(id="p1"), {"travel.max_minutes": 30}).travel.max_minutes
    30
    """
    if not isinstance(changes, Mapping) or not all(isinstance(field, str) for field in changes):
        raise ParticipantError("`changes` is no mapping of fields; give {'budget': 'small'}", code="wrong-type")
    if any(field.partition(".")[0] == "id" for field in changes):
        raise ParticipantError(
            "`id` is no answer, so it cannot change; leave it out of `changes`", code="unknown-field"
        )
    told = {name: getattr(person, name) for name in person.model_fields_set}
    for field in sorted(changes):  # the whole of an answer before its parts
        outer, _, inner = field.partition(".")
        told[outer] = {**parts_of(told.get(outer)), inner: changes[field]} if inner else changes[field]
    return type(person).model_validate(told)


def parts_of(answer: Any) -> dict[str, Any]:
    """What was told in an answer that has parts, by the name of the part."""
    if isinstance(answer, Value):
        return {name: getattr(answer, name) for name in answer.model_fields_set}
    return dict(answer) if isinstance(answer, Mapping) else {}
