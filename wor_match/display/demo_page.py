"""The page of the demo: for each invented person the card they take home, and the page their coach reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from wor_match.display.blocks import Block, Line
from wor_match.display.faces import face_for
from wor_match.display.html import document

if TYPE_CHECKING:
    from wor_match.advice import Advice
    from wor_match.demo import Invented

TITLE = "wor_match: drie verzonnen mensen"
IS_DEMO = f"<title>{TITLE}</title>"  # by which an earlier page of the demo is known


def demo_page(advices: Iterable[tuple[Invented, Advice]]) -> str:
    """The whole page."""
    opening = Block("demo", TITLE, (Line("Alle mensen, plekken en telefoonnummers op deze pagina zijn verzonnen."),))
    return document(TITLE, [opening, *faces(advices)], "nl")


def faces(advices: Iterable[tuple[Invented, Advice]]) -> Iterator[Block]:
    """Who it is, the card and the page, for each in turn."""
    for one, advice in advices:
        yield Block("who", "", (Line(one.told_as),))
        yield face_for(advice, "participant", one.language, one.level, one.own_words)
        yield face_for(advice, "coach", one.language)
