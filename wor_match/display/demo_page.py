"""The page of the demo: for each invented person the card they take home, and the page their coach reads."""

from __future__ import annotations

from collections.abc import Iterable
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
    opening = (Line("Alle mensen, plekken en telefoonnummers op deze pagina zijn verzonnen."),)
    people = tuple(person(one, advice) for one, advice in advices)
    return document(TITLE, [Block("demo", TITLE, opening, blocks=people)], "nl")


def person(one: Invented, advice: Advice) -> Block:
    """Who it is, the card and the page."""
    card = face_for(advice, "participant", one.language, one.level, one.own_words)
    page = face_for(advice, "coach", one.language)
    return Block("person", one.name, (Line(one.about),), blocks=(card, page))
