"""The spider web as a drawing: six axes, no total. A tool for the talk, never a meter."""

from __future__ import annotations

import math
from xml.etree.ElementTree import Element, SubElement, tostring

from wor_match.display.blocks import Picture
from wor_match.domain.spiderweb import SpiderWeb
from wor_match.domain.terms import DIMENSIONS, Dimension
from wor_match.wording.words import Words
from wor_match.wording.writing import mark

WIDTH, HEIGHT, RADIUS = 640, 330, 110  # the side margins leave room for the labels
LABELS_AT = 12  # where labels stand, on the scale of the marks
RINGS = (2, 4, 6, 8, 10)
PAPER, INK, GREY, LINE = "#ffffff", "#2b3338", "#7a848a", "#1d6a57"  # on paper of its own, in the dark too


def radar(web: SpiderWeb, words: Words) -> Picture:
    """The marks on six axes; an axis without a mark shows a question mark.

    The picture needs no style sheet and no script, and says in its title and description what it shows.
    """
    title, told = str(words["page"]["web"]), described(web, words)
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img",
                          "width": str(WIDTH), "height": str(HEIGHT), "font-family": "sans-serif"})  # fmt: skip
    SubElement(svg, "title").text = title
    SubElement(svg, "desc").text = told
    SubElement(svg, "rect", {"width": str(WIDTH), "height": str(HEIGHT), "rx": "14", "fill": PAPER})
    for ring in RINGS:
        SubElement(svg, "polygon", {"points": ring_of(ring), "fill": "none", "stroke": GREY, "stroke-width": ".6",
                                    "stroke-dasharray": "none" if ring == RINGS[-1] else "2 3"})  # fmt: skip
    for number, name in enumerate(DIMENSIONS):
        draw_mark(svg, web, number)
        x, y = at(number, LABELS_AT)
        place = {"x": f"{x:.1f}", "y": f"{y + 4:.1f}", "font-size": "18", "fill": INK, "text-anchor": anchor(x)}
        SubElement(svg, "text", place).text = f"{words.label('dimension', name)} {mark_of(web, name, words, '?')}"
    return Picture(tostring(svg, encoding="unicode"), f"{title}: {told}")


def draw_mark(svg: Element, web: SpiderWeb, number: int) -> None:
    """A dot for the mark, and a line to the next one; a line only between neighbours that were both given."""
    after = (number + 1) % len(DIMENSIONS)
    here, following = (web.scores.get(DIMENSIONS[axis]) for axis in (number, after))
    if here is None:
        return
    x, y = at(number, here)
    SubElement(svg, "circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "5", "fill": LINE})
    if following is not None:
        path = f"{point(number, here)} {point(after, following)}"
        SubElement(svg, "polyline", {"points": path, "stroke": LINE, "stroke-width": "2"})


def described(web: SpiderWeb, words: Words) -> str:
    """The marks in words."""
    missing = str(words["page"]["no_mark"])
    told = (f"{words.label('dimension', name)} {mark_of(web, name, words, missing)}" for name in DIMENSIONS)
    return ", ".join(told)


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
