"""Where one of the few stands, and how likely it was to stand there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot of a slate, and what stands there.

    Attributes
    ----------
    candidate : int
        Which of the candidates; not a row of the catalogue.
    propensity : float
        The share of the draws that put it in this very slot; 1 without exploring.
    explored : bool
        Whether a draw filled the slot.
    """

    candidate: int
    propensity: float = 1.0
    explored: bool = False
