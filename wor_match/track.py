"""What comes first or alongside, such as money or safety, and where to go with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wor_match.domain.catalogue import Desk

if TYPE_CHECKING:
    from wor_match.wording.words import Words


@dataclass(frozen=True, slots=True)
class Track:
    """A circumstance that comes first or alongside, and where to go with it."""

    circumstance: str = field(repr=False)
    state: str = field(repr=False)
    desks: tuple[Desk, ...] = field(repr=False)

    def sentence(self, language: str | Words = "nl") -> str:
        """What comes first or alongside, in plain sentences for the coach."""
        from wor_match.wording.sentences import track_sentence

        return track_sentence(self.circumstance, self.state, self.desks, language)
