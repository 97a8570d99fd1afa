"""What comes first or alongside, such as money or safety, and where to go with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

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

    def to_dict(self, language: str | Words = "nl") -> dict[str, Any]:
        """The same as plain values: circumstance, state, desks (id, name, phone, website of each) and the sentence.

        Raises
        ------
        WorMatchError
            When there are no words in this `language`.

        Examples
        --------
        >>> desk = Desk.model_validate({"id": "geldloket", "for": "money", "name": "Geldloket"})
        >>> Track("money", "first", (desk,)).to_dict("en")["desks"]
        [{'id': 'geldloket', 'name': 'Geldloket', 'phone': None, 'website': None}]
        """
        desks = [{name: getattr(desk, name) for name in ("id", "name", "phone", "website")} for desk in self.desks]
        return {
            "circumstance": self.circumstance,
            "state": self.state,
            "desks": desks,
            "sentence": self.sentence(language),
        }
