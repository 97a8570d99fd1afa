"""Every drawing can be read with any colour vision, and without colour at all.

What somebody sees is simulated with the matrices of G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, "A
physiologically-based model for simulation of color vision deficiency", IEEE TVCG 15(6), 2009, at full severity, on
linear RGB. How far two colours are apart is ΔE of CIE 1976; 2.3 is just seen side by side (M. Mahy and others, 1994), and
thin lines that lie apart need several times that.
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest

from tests.display.test_page import contrast
from wor_match.display import radar
from wor_match.display.plots import drawing
from wor_match.display.plots.weights import Counts, WeightsDisplay

mpl.use("Agg")

LEAST_APART, LEAST_CONTRAST = 15.0, 3.0  # six times what is just seen (an assumption); WCAG 2.2, 1.4.11

SEEN = {
    "as most": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])  # sRGB, IEC 61966-2-1


def linear(colour: str) -> Any:
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(colour: str, vision: str) -> Any:
    """L, a and b of a colour as it is seen."""
    x, y, z = XYZ @ np.clip(np.asarray(SEEN[vision]) @ linear(colour), 0, 1) / XYZ.sum(axis=1)
    f = [t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(one: str, other: str, vision: str) -> float:
    return float(np.linalg.norm(lab(one, vision) - lab(other, vision)))


TOGETHER = {
    **{f"curves {one} {other}": (one, other) for one, other in itertools.combinations(drawing.COLOURS, 2)},
    "before and after learning": (drawing.QUIET, drawing.COLOURS[0]),
    "curve and band": (drawing.COLOURS[0], drawing.LINE),
    "now and then in the spider web": (radar.LINE, radar.GREY),
}


@pytest.mark.parametrize(
    ("colour", "known"), [("#777777", (50, 0, 0)), ("#ff0000", (53.2, 80.1, 67.2)), ("#0000ff", (32.3, 79.2, -107.9))]
)
def test_colours_are_measured_as_published(colour: str, known: tuple[float, ...]) -> None:
    assert lab(colour, "as most") == pytest.approx(known, abs=0.1)
    assert apart("#ffffff", "#000000", "as most") == pytest.approx(100, abs=0.01)


@pytest.mark.parametrize("vision", SEEN)
def test_what_is_seen_of_grey_is_grey_and_a_known_confusion_is_one(vision: str) -> None:
    assert apart("#808080", "#808080", vision) == 0
    assert lab("#808080", vision)[1:] == pytest.approx((0, 0), abs=0.1)
    brown_and_olive = apart("#b05a1e", "#7a7a00", vision)
    assert (brown_and_olive < LEAST_APART) == (vision in ("protanopia", "deuteranopia"))


@pytest.mark.parametrize("vision", SEEN)
@pytest.mark.parametrize("pair", TOGETHER)
def test_colours_that_stand_together_are_told_apart_with_any_colour_vision(pair: str, vision: str) -> None:
    assert apart(*TOGETHER[pair], vision) >= LEAST_APART


@pytest.mark.parametrize("colour", [*drawing.COLOURS, drawing.INK, drawing.QUIET, radar.LINE, radar.GREY, radar.INK])
def test_what_is_drawn_stands_out_from_the_paper(colour: str) -> None:
    assert contrast(colour, drawing.PAPER) >= LEAST_CONTRAST


def test_no_drawing_has_a_colour_of_its_own() -> None:
    plots = Path(drawing.__file__).parent
    found = {path.name for path in plots.glob("*.py") if re.search(r"#[0-9a-fA-F]{6}", path.read_text("utf-8"))}
    assert found == {"drawing.py"}, "a colour of a drawing stands there, where this test sees it"


def test_without_colour_curves_have_dashes_bars_hatching_and_marks_a_shape() -> None:
    """Dashes of drawn curves are looked at in `test_plots.py`, open dots of the spider web in `test_page.py`."""
    from matplotlib import pyplot

    assert len({str(dash) for dash in drawing.DASHES}) == len(drawing.COLOURS)
    assert radar.NOW["dashes"] != radar.EARLIER["dashes"]
    _, ax = pyplot.subplots()
    drawing.beside(ax, -0.2, [1], "one")
    drawing.beside(ax, 0.2, [1], "other", hatched=True)
    assert [bool(bar.get_hatch()) for bar in ax.patches] == [False, True]
    row = Counts("near", "start", 0.1, 0.0, 0.2, 0.3, 0.2, 0.4, "")
    weights = WeightsDisplay([row, Counts("near", "stay", *[0.1] * 6, "")], 1, {"near": "near"}).plot()
    assert {line.get_marker() for line in weights.ax_[0].lines[1:]} == {"s", "o"}
    pyplot.close("all")
