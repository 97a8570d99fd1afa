"""The spider web as a drawing: six axes, no total. A tool for the talk, never a meter."""

from __future__ import annotations

import math
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

from wor_match.display.blocks import Picture
from wor_match.domain.length import sentences_in
from wor_match.domain.spiderweb import SpiderWeb
from wor_match.domain.terms import DIMENSIONS, Dimension
from wor_match.errors import WorMatchError
from wor_match.wording.words import Words, words
from wor_match.wording.writing import filled, mark

WIDTH, HEIGHT, RADIUS = 540, 330, 110  # the side margins leave room for labels in two lines
LABELS_AT = 12  # where labels stand, on the scale of the marks
RINGS = (2, 4, 6, 8, 10)
PAPER, INK, GREY, LINE = "#ffffff", "#2b3338", "#7a848a", "#1d6a57"  # on paper of its own, in the dark too
NOW = {"stroke": LINE, "fill": LINE, "dashes": "none"}
EARLIER = {"stroke": GREY, "fill": PAPER, "dashes": "5 4"}  # told apart by dashes and open dots, not by colour alone
LINE_APART = 21  # of the letters
BELOW = 74  # room for which day is which, and the caution


def radar(web: SpiderWeb, language: str | Words, earlier: SpiderWeb | None = None) -> Picture:
    """The marks on six axes; an axis without a mark shows a question mark.

    The picture needs no style sheet and no script, and says in its title and description what it shows. With an earlier
    spider web that one stands behind it, dashed and with open dots, and a caution below: that a mark became another
    says nothing of why.

    Parameters
    ----------
    web : SpiderWeb
        Marks in [0, 10].
    language : str or Words
    earlier : SpiderWeb, optional
        Of an earlier day, filled in with the same instrument.

    Raises
    ------
    WorMatchError
        When there are no words in this language, or `earlier` is of another instrument or not of an earlier day: sums
        of two versions of the questions cannot be compared.

    Examples
    --------
    >>> radar(SpiderWeb(scores={"participation": 6}), "en").text[:45]
    'The spider web from the conversation: bodily '
    """
    ours = words(language)
    if earlier is not None:
        check_two(earlier, web)
    title, told = str(ours["page"]["web"]), described(web, ours, earlier)
    tall = HEIGHT + (BELOW if earlier else 0)
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {tall}", "role": "img",
                          "width": str(WIDTH), "height": str(tall), "font-family": "sans-serif"})  # fmt: skip
    SubElement(svg, "title").text = title
    SubElement(svg, "desc").text = told
    SubElement(svg, "rect", {"width": str(WIDTH), "height": str(tall), "rx": "14", "fill": PAPER})
    for ring in RINGS:
        SubElement(svg, "polygon", {"points": ring_of(ring), "fill": "none", "stroke": GREY, "stroke-width": ".6",
                                    "stroke-dasharray": "none" if ring == RINGS[-1] else "2 3"})  # fmt: skip
    for number, name in enumerate(DIMENSIONS):
        if earlier is not None:
            draw_mark(svg, earlier, number, EARLIER)
        draw_mark(svg, web, number, NOW)
        label = f"{ours.label('dimension', name)} {mark_of(web, name, ours, '?')}"
        write_label(svg, number, label)
    for line, said in enumerate(below(web, earlier, ours) if earlier else ()):
        place = {"x": str(WIDTH // 2), "y": str(HEIGHT + 16 + 23 * line), "font-size": "17", "fill": INK}
        SubElement(svg, "text", {**place, "text-anchor": "middle"}).text = said
    return Picture(tostring(svg, encoding="unicode"), f"{title}: {told}")


def check_two(earlier: SpiderWeb, web: SpiderWeb) -> None:
    """Refuse two that cannot stand in one drawing."""
    if earlier.instrument != web.instrument:
        raise WorMatchError(
            "the two spider webs are of two instruments, which cannot be compared; draw each alone",
            code="not-comparable",
        )
    if earlier.on is None or web.on is None or earlier.on >= web.on:
        raise WorMatchError(
            "the two spider webs need their days, the earlier one first; give `on` to both", code="not-comparable"
        )


def below(web: SpiderWeb, earlier: SpiderWeb, words: Words) -> tuple[str, ...]:
    """Which day is which, and the caution; a sentence a line."""
    days = filled(words["page"]["web_days"], {"full_date": earlier.on, "date": web.on}, words)
    return (*sentences_in(days), str(words["page"]["web_change"]))


def write_label(svg: Element, number: int, label: str) -> None:
    """What an axis is called, with its mark; beside the drawing over two lines, so that they fit."""
    x, y = at(number, LABELS_AT)
    lines = broken(label) if anchor(x) != "middle" else (label,)
    for line, text in enumerate(lines):
        down = y + 4 + LINE_APART * (line - (len(lines) - 1) / 2)
        place = {"x": f"{x:.1f}", "y": f"{down:.1f}", "font-size": "18", "fill": INK, "text-anchor": anchor(x)}
        SubElement(svg, "text", place).text = text


def broken(label: str) -> tuple[str, str]:
    """A label with its mark in two lines, the longer of them as short as can be.

    Examples
    --------
    >>> broken("mental wellbeing 6.5"), broken("meaningfulness 7")
    (('mental', 'wellbeing 6.5'), ('meaningfulness', '7'))
    """
    words = label.split(" ")
    ways = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return min(ways, key=lambda way: max(map(len, way)))


def draw_mark(svg: Element, web: SpiderWeb, number: int, look: Mapping[str, str]) -> None:
    """A dot for the mark, and a line to the next one; a line only between neighbours that were both given."""
    after = (number + 1) % len(DIMENSIONS)
    here, following = (web.scores.get(DIMENSIONS[axis]) for axis in (number, after))
    if here is None:
        return
    if following is not None:
        path = f"{point(number, here)} {point(after, following)}"
        line = {"points": path, "stroke": look["stroke"], "stroke-width": "2", "stroke-dasharray": look["dashes"]}
        SubElement(svg, "polyline", line)
    x, y = at(number, here)
    dot = {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "5", "fill": look["fill"], "stroke": look["stroke"]}
    SubElement(svg, "circle", dot)


def described(web: SpiderWeb, words: Words, earlier: SpiderWeb | None = None) -> str:
    """The marks in words; with an earlier spider web both days, and the caution."""
    missing = str(words["page"]["no_mark"])
    told = ", ".join(f"{words.label('dimension', name)} {mark_of(web, name, words, missing)}" for name in DIMENSIONS)
    if earlier is None:
        return told
    before = str(words["page"]["web_before"])
    return f"{told}. {before}: {described(earlier, words)}. {' '.join(below(web, earlier, words))}"


def mark_of(web: SpiderWeb, name: Dimension, words: Words, missing: str) -> str:
    """The mark of a dimension with at most one decimal: 6, or 6,4."""
    told = web.scores.get(name)
    return missing if told is None else mark(told, words)


def at(axis: int, value: float) -> tuple[float, float]:
    """The place of a mark on an axis; the first axis points up, the others follow the clock."""
    angle = 2 * math.pi * axis / len(DIMENSIONS)
    return WIDTH / 2 + RADIUS * value / 10 * math.sin(angle), HEIGHT / 2 - RADIUS * value / 10 * math.cos(angle)


def point(axis: int, value: float) -> str:
    """The same place as SVG writes it."""
    x, y = at(axis, value)
    return f"{x:.1f},{y:.1f}"


def ring_of(value: float) -> str:
    """Six corners at the same mark."""
    return " ".join(point(axis, value) for axis in range(len(DIMENSIONS)))


def anchor(x: float) -> str:
    """On which side of its place a label stands."""
    return "middle" if abs(x - WIDTH / 2) < 1 else "start" if x > WIDTH / 2 else "end"
