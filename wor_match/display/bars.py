"""Shares as bars with their intervals and targets, and a figure by quarter: small drawings in the colours of the page.

One hue, and a shape for everything else; the table beside it and the description say the same in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from wor_match.display.blocks import Picture

WIDTH = 360
ROW, BAR = 38, 12  # height of a row with its label, and of the bar
LEFT, RIGHT = 4, 44  # the number stands right of the bars
HIGH, BELOW, ABOVE = 92, 20, 18  # columns: the highest, room for the quarter, room for the number
WIDEST = 46


@dataclass(frozen=True, slots=True)
class Bar:
    """One share, or with `high` at 0 one number.

    Attributes
    ----------
    label, figure : str
        What it is, and how much in words.
    value : float or None
        None for what is not told.
    low, high : float or None
        The ends of the interval.
    target : float or None
    """

    label: str
    figure: str
    value: float | None
    low: float | None = None
    high: float | None = None
    target: float | None = None


def bars(title: str, told: Sequence[Bar]) -> Picture:
    """Shares below each other, from 0 to 1."""
    svg = sheet(title, told, ROW * len(told) + 4)
    scale = WIDTH - LEFT - RIGHT
    for number, bar in enumerate(told):
        top = ROW * number
        written(svg, LEFT, top + 14, bar.label)
        at = top + 20
        box(svg, LEFT, at, scale, BAR, "track")
        written(svg, WIDTH - 2, at + 10, bar.figure, "end")
        if bar.value is not None:
            box(svg, LEFT, at, bar.value * scale, BAR, "bar")
        if bar.low is not None and bar.high is not None:
            ends, middle = [LEFT + end * scale for end in (bar.low, bar.high)], at + BAR / 2
            line(svg, ends[0], middle, ends[1], middle)
            for end in ends:
                line(svg, end, middle - 4, end, middle + 4)
        if bar.target is not None:
            diamond(svg, LEFT + bar.target * scale, at + BAR / 2)
    return Picture(tostring(svg, encoding="unicode"), described(title, told), inline=True)


def columns(title: str, told: Sequence[Bar], top: float) -> Picture:
    """A figure by quarter, from 0 to `top`."""
    svg = sheet(title, told, ABOVE + HIGH + BELOW)
    step = WIDTH / max(len(told), 1)
    wide = min(WIDEST, step * 0.6)
    foot = ABOVE + HIGH
    line(svg, 0, foot, WIDTH, foot, "axis")
    for number, bar in enumerate(told):
        middle = step * (number + 0.5)
        tall = (bar.value or 0.0) / top * HIGH
        if bar.value is not None:
            box(svg, middle - wide / 2, foot - tall, wide, tall, "bar")
        peak = foot - max(tall, (bar.high or 0.0) / top * HIGH)
        if bar.low is not None and bar.high is not None:
            line(svg, middle, foot - bar.low / top * HIGH, middle, foot - bar.high / top * HIGH)
        if bar.target is not None:
            diamond(svg, middle + wide / 2 + 7, foot - bar.target / top * HIGH)
        written(svg, middle, peak - 4, bar.figure, "middle")
        written(svg, middle, foot + 15, bar.label, "middle")
    return Picture(tostring(svg, encoding="unicode"), described(title, told), inline=True)


def sheet(title: str, told: Sequence[Bar], height: float) -> Element:
    """An empty drawing with its title and description."""
    svg = Element("svg", {"viewBox": f"0 0 {WIDTH} {height:g}", "role": "img", "class": "chart"})
    SubElement(svg, "title").text = title
    SubElement(svg, "desc").text = described(title, told)
    return svg


def described(title: str, told: Sequence[Bar]) -> str:
    """The drawing in words."""
    return f"{title}. " + "; ".join(f"{bar.label}: {bar.figure}" for bar in told) + "."


def box(svg: Element, x: float, y: float, width: float, height: float, kind: str) -> None:
    """A bar."""
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{width:.1f}", "height": f"{height:.1f}", "rx": "2"}
    SubElement(svg, "rect", {**place, "class": kind})


def line(svg: Element, x: float, y: float, to_x: float, to_y: float, kind: str = "whisker") -> None:
    """A line."""
    ends = {"x1": f"{x:.1f}", "y1": f"{y:.1f}", "x2": f"{to_x:.1f}", "y2": f"{to_y:.1f}"}
    SubElement(svg, "line", {**ends, "class": kind})


def diamond(svg: Element, x: float, y: float) -> None:
    """The mark of a target."""
    points = f"{x:.1f},{y - 7:.1f} {x + 5:.1f},{y:.1f} {x:.1f},{y + 7:.1f} {x - 5:.1f},{y:.1f}"
    SubElement(svg, "polygon", {"points": points, "class": "goal"})


def written(svg: Element, x: float, y: float, text: str, anchor: str = "start") -> None:
    """A word or a number."""
    SubElement(svg, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor}).text = text
