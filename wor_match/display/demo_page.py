"""The page of the demo: for each invented person the card they take home, and the page their coach reads.

Below on the coach's page stands what goes together in the week, which an ordinary advice does not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from wor_match.display.blocks import Block, Line
from wor_match.display.faces import face_for
from wor_match.display.html import document

if TYPE_CHECKING:
    from wor_match.advice import Advice
    from wor_match.demo import Invented

TITLE = "wor_match: drie verzonnen mensen"
TOGETHER = "Twee activiteiten die samengaan"
IS_DEMO = f"<title>{TITLE}</title>"  # by which an earlier page of the demo is known


def demo_page(advices: Iterable[tuple[Invented, Advice, Sequence[str]]]) -> str:
    """The whole page: somebody invented, their advice, and what is said of two activities that go together."""
    opening = (Line("Alle mensen, plekken en telefoonnummers op deze pagina zijn verzonnen."),)
    people = tuple(person(*told) for told in advices)
    return document(TITLE, [Block("demo", TITLE, opening, blocks=people)], "nl")


def person(one: Invented, advice: Advice, together: Sequence[str]) -> Block:
    """Who it is, the card and the page."""
    card = face_for(advice, "participant", one.language, one.level, one.own_words)
    page = face_for(advice, "coach", one.language)
    *above, closing = page.blocks
    set_ = Block("together", TOGETHER, tuple(map(Line, together)), "list")
    page = replace(page, blocks=(*above, set_, closing))
    return Block("person", one.name, (Line(one.about),), blocks=(card, page))
