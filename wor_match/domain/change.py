"""What would let an activity in: another answer of the person, or a question to the place. Never a smaller need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wor_match.domain.participant import Participant


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
