"""The spider web as a drawing: six axes without a total. A tool for the talk, never a meter."""

from __future__ import annotations

import math
from xml.etree.ElementTree import Element, SubElement, tostring

from wor_match.display.blocks import Picture
from wor_match.domain.spiderweb import SpiderWeb
from wor_match.domain.terms import DIMENSIONS, Dimension
from wor_match.wording.words import Words

WIDTH, HEIGHT, RADIUS = 600, 300, 105  # the side margins leave room for the labels
RINGS = (2, 4, 6, 8, 10)
GREY, LINE = "#7a848a", "#2c8a72"  # both can be read on white and on black


def radar(web: SpiderWeb, words: Words) -> Picture:
    """The marks on six axes; an axis without a mark shows a question mark.

    The picture needs no style sheet and no script, and says in its title and description what it shows.
    """
    title, told = str(words["page"]["web"]), described(web, words)
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img",
                          "width": str(WIDTH), "height": str(HEIGHT), "font-family": "sans-serif"})  # fmt: skip
    SubElement(svg, "title").text = title
    SubElement(svg, "desc").text = told
    for ring in RINGS:
        SubElement(svg, "polygon", {"points": ring_of(ring), "fill": "none", "stroke": GREY, "stroke-width": ".6",
                                    "stroke-dasharray": "none" if ring == RINGS[-1] else "2 3"})  # fmt: skip
    for number, name in enumerate(DIMENSIONS):
        draw_mark(svg, web, number)
        x, y = at(number, 12.2)
        place = {"x": f"{x:.1f}", "y": f"{y + 4:.1f}", "font-size": "13", "fill": GREY, "text-anchor": anchor(x)}
        SubElement(svg, "text", place).text = f"{words.label('dimension', name)} {mark_of(web, name, words, '?')}"
    return Picture(tostring(svg, encoding="unicode"), f"{title}: {told}")


def draw_mark(svg: Element, web: SpiderWeb, number: int) -> None:
    """A dot for the mark, and a line to the next one; a line only between neighbours that were both given."""
    after = (number + 1) % len(DIMENSIONS)
    mark, following = (web.scores.get(DIMENSIONS[axis]) for axis in (number, after))
    if mark is None:
        return
    x, y = point(number, mark).split(",")
    SubElement(svg, "circle", {"cx": x, "cy": y, "r": "4", "fill": LINE})
    if following is not None:
        path = f"{point(number, mark)} {point(after, following)}"
        SubElement(svg, "polyline", {"points": path, "stroke": LINE, "stroke-width": "2"})


def described(web: SpiderWeb, words: Words) -> str:
    """The marks in words."""
    missing = str(words["page"]["no_mark"])
    told = (f"{words.label('dimension', name)} {mark_of(web, name, words, missing)}" for name in DIMENSIONS)
    return ", ".join(told)


def mark_of(web: SpiderWeb, name: Dimension, words: Words, missing: str) -> str:
    """The mark of a dimension with at most one decimal: 6, or 6,4."""
    mark = web.scores.get(name)
    return missing if mark is None else f"{mark:.1f}".removesuffix(".0").replace(".", words["money"]["mark"])


def at(axis: int, mark: float) -> tuple[float, float]:
    """The place of a mark on an axis; the first axis points up, the others follow the clock."""
    angle = 2 * math.pi * axis / len(DIMENSIONS)
    return WIDTH / 2 + RADIUS * mark / 10 * math.sin(angle), HEIGHT / 2 - RADIUS * mark / 10 * math.cos(angle)


def point(axis: int, mark: float) -> str:
    """The same place as SVG writes it."""
    x, y = at(axis, mark)
    return f"{x:.1f},{y:.1f}"


def ring_of(mark: float) -> str:
    """Six corners at the same mark."""
    return " ".join(point(axis, mark) for axis in range(len(DIMENSIONS)))


def anchor(x: float) -> str:
    """On which side of its place a label stands."""
    return "middle" if abs(x - WIDTH / 2) < 1 else "start" if x > WIDTH / 2 else "end"
