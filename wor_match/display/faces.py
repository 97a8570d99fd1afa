"""The faces of an advice, each from its blocks: card and page as HTML, page as Markdown, card as text to read out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wor_match.display.blocks import Block
from wor_match.display.coach import coach_page
from wor_match.display.html import document, fragment
from wor_match.display.markdown import as_markdown
from wor_match.display.participant import participant_card, read_aloud
from wor_match.domain.text import visible
from wor_match.errors import WorMatchError
from wor_match.wording.words import Words, words

if TYPE_CHECKING:
    from wor_match.advice import Advice

READERS = ("participant", "coach")
MOST_OWN_WORDS = 300  # characters: what fits on a card


def card(advice: Advice, reader: str, language: str | Words, level: str, own_words: str | None) -> str:
    """The card or the page as a whole HTML page."""
    face = face_for(advice, reader, language, level, own_words)
    return document(face.title, [face], words(language).lang)


def face_for(
    advice: Advice, reader: str, language: str | Words, level: str = "B1", own_words: str | None = None
) -> Block:
    """The blocks of what one reader sees."""
    if reader not in READERS:
        raise WorMatchError(
            f"there is no reader {str(reader)[:20]!r}; there are: {', '.join(READERS)}", code="unknown-name"
        )
    ours, said = words(language).at(level), told_by_them(own_words)
    if reader == "coach":
        return coach_page(advice, ours.at("B1"), said)
    return participant_card(advice, ours, said)


def told_by_them(own_words: str | None) -> str:
    """Somebody's own words as one line, without characters that hide or turn text around."""
    if own_words is None:
        return ""
    if not isinstance(own_words, str):
        raise WorMatchError("own_words is no text; give what the participant said as one string", code="no-text")
    if len(own_words) > MOST_OWN_WORDS:
        raise WorMatchError(f"own_words is longer than {MOST_OWN_WORDS} characters; shorten it", code="too-long")
    return " ".join(visible(own_words).split())


def aloud(advice: Advice, language: str | Words, level: str) -> str:
    """The participant's card as plain text."""
    return "\n".join(read_aloud(participant_card(advice, words(language).at(level)))).strip() + "\n"


def markdown(advice: Advice, language: str | Words) -> str:
    """The coach's page in Markdown."""
    return as_markdown(coach_page(advice, words(language, "B1")))


def notebook(advice: Advice) -> str:
    """The coach's page to stand in a notebook: no style sheet, and pictures that an untrusted notebook shows too."""
    return fragment(coach_page(advice, words("nl")), "nl")
