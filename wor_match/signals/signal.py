"""What every signal is: a number in [0, 1] that speaks for an activity and never rules out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wor_match.domain.asked import Asked
from wor_match.domain.columns import Columns, Floats
from wor_match.domain.facts import Facts


@dataclass(frozen=True, slots=True)
class Signal:
    """A claim that may hold more or less.

    Attributes
    ----------
    name : str
        The claim, such as ``near``.
    strength : callable
        ``(columns, asked) -> float64 (n_activities,)`` in [0, 1]; what is unknown is neutral.
    facts : callable
        ``(columns, asked, i) -> Facts``: what the sentence about row `i` needs.
    neutral : float
        What is usual among possible activities, and what stands for "unknown".
    beliefs : tuple of float
        The expert's log-odds for 0 → 1: on starting, and on staying each week.
    source : str
        Where the direction of the belief comes from; the size is an assumption.
    """

    name: str
    strength: Callable[[Columns, Asked], Floats]
    facts: Callable[[Columns, Asked, int], Facts]
    neutral: float
    beliefs: tuple[float, float]
    source: str
