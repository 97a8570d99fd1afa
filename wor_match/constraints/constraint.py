"""What every constraint is: a rule that rules out and never weighs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wor_match.domain.asked import Asked
from wor_match.domain.change import AskPlace, Change
from wor_match.domain.check import Check
from wor_match.domain.columns import Columns, Flags
from wor_match.domain.facts import NO_FACTS, Facts


def says_nothing(columns: Columns, asked: Asked, i: int) -> Facts:
    """No facts: the name of the constraint says it all."""
    return NO_FACTS


def asks_nothing(columns: Columns, asked: Asked, i: int) -> Check | None:
    """Nothing is unknown here."""
    return None


def admits_never(columns: Columns, asked: Asked, i: int) -> Change | AskPlace | None:
    """No other answer would let it in."""
    return None


@dataclass(frozen=True, slots=True)
class Constraint:
    """A rule that an activity can break.

    Attributes
    ----------
    name : str
        The reason it gives, such as ``too_far``.
    allows : callable
        ``(columns, asked) -> bool (n_activities,)``; what is unknown on either side is allowed.
    asks : callable
        ``(columns, asked, i) -> Check | None``: what is unknown about row `i` and should be asked.
    facts : callable
        ``(columns, asked, i) -> Facts``: what the sentence about an excluded row needs.
    relax : callable
        ``(columns, asked, i) -> Change | AskPlace | None``: what would remove exactly this rule.
    """

    name: str
    allows: Callable[[Columns, Asked], Flags]
    asks: Callable[[Columns, Asked, int], Check | None] = asks_nothing
    facts: Callable[[Columns, Asked, int], Facts] = says_nothing
    relax: Callable[[Columns, Asked, int], Change | AskPlace | None] = admits_never
