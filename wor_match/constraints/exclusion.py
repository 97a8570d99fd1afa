"""What is told of a rule that an activity breaks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wor_match.domain.change import AskPlace, Change
from wor_match.domain.facts import Facts

if TYPE_CHECKING:
    from wor_match.wording.words import Words

SAFETY_FIRST = "safety_first"  # no rule of an activity: it stands before all of them


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A rule that an activity breaks.

    Attributes
    ----------
    constraint : str
        The name of the rule, such as ``too_far``.
    facts : FrozenMap
        What the sentence needs.
    change : Change, AskPlace or None
        What would remove exactly this rule.
    """

    constraint: str
    facts: Facts = field(repr=False)
    change: Change | AskPlace | None = field(repr=False)

    def sentence(self, language: str | Words = "nl") -> str:
        """The rule in one or two plain sentences."""
        from wor_match.wording.sentences import exclusion_sentence

        return exclusion_sentence(self.constraint, self.facts, language)
