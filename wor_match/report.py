"""What a matcher has learned: how much it rests on, what counts otherwise than believed, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wor_match.learning import Learned
    from wor_match.wording.words import Words

LEFT_OUT = ("no_consent", "unknown_activity", "no_outcome", "over_the_cap")
TELLS_LITTLE = 0.05  # log-odds, or of the scale; less is not worth a sentence; an assumption
MOST_TOLD = 3


@dataclass(frozen=True)
class Report:
    """What was learned.

    Attributes
    ----------
    counts : mapping
        people, episodes, started, never_came, stopped, still_there, and what was left out, by name.
    shifts : mapping
        Signal → how far it counts otherwise than all beliefs together, in log-odds from 0 to 1, for start and stay.
    scale : float
        How much the expert's beliefs count as a whole; 1 as believed.
    """

    counts: Mapping[str, int]
    shifts: Mapping[str, float]
    scale: float = 1.0

    @classmethod
    def of(cls, learned: Learned, signals: Iterable[str]) -> Report:
        """The report of what was learned for these signals, in the order of the model."""
        coefficients = learned.posterior.coefficients
        return cls(learned.counts, dict(zip(signals, coefficients.beta.tolist(), strict=True)), coefficients.scale)

    def __bool__(self) -> bool:
        """Whether any outcome was learned from."""
        return self.counts.get("episodes", 0) > 0

    def sentences(self, language: str | Words = "nl") -> tuple[str, ...]:
        """The same in plain sentences: on how much it rests, what changed most, and what was left out."""
        from wor_match.wording.sentences import learned_sentences

        scaled = self.scale - 1.0 if abs(self.scale - 1.0) >= TELLS_LITTLE else 0.0
        return tuple(learned_sentences(self.counts, scaled, dict(self.most_moved()), language))

    def most_moved(self) -> Iterator[tuple[str, float]]:
        """The signals whose weight moved most, at most three."""
        moved = sorted(self.shifts.items(), key=lambda one: (-abs(one[1]), one[0]))
        yield from ((name, shift) for name, shift in moved[:MOST_TOLD] if abs(shift) >= TELLS_LITTLE)
