"""Exposure drawn: what is drawn is what is told, in any size, and words stand where nothing is told."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

import wor_match as wm
from tests.evaluation.test_fairness import MEN, STORY, TOWN, WOMEN, advised
from wor_match.display.plots.exposure import TITLES, ExposureDisplay
from wor_match.evaluation.exposure import exposure
from wor_match.evaluation.fairness import FIGURES, fairness

matplotlib = pytest.importorskip("matplotlib")


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    from matplotlib import pyplot

    pyplot.close("all")


FOUND = fairness([*WOMEN, *MEN], STORY, TOWN, by="gender")
SHOWN = exposure([advised(f"p{n}", "a0", "a7") for n in range(200)], TOWN)


def test_bars_are_as_long_as_the_shares() -> None:
    display = ExposureDisplay.from_exposure(SHOWN).plot()
    assert [round(bar.get_width(), 2) for bar in display.ax_.patches] == [0.61, 0.39, 0.25, 0.75]
    assert [label.get_text() for label in display.ax_.get_yticklabels()] == ["linde", "eik"]
    assert display.figure_ is display.ax_.figure
    assert display.frame() == SHOWN.frame()
    assert display.text() == "\n".join(SHOWN.sentences())


@pytest.mark.parametrize("figure", FIGURES)
def test_dots_stand_where_the_figures_are(figure: str) -> None:
    from matplotlib import pyplot

    _, ax = pyplot.subplots()
    display = ExposureDisplay.from_fairness(FOUND, figure).plot(ax)
    assert display.ax_ is ax
    dots = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"]
    assert dots == [row.value for row in FOUND.rows if row.figure == figure]
    assert set(TITLES) == set(FIGURES)


def test_a_group_of_which_nothing_is_told_says_so() -> None:
    display = ExposureDisplay.from_fairness(fairness(WOMEN, [], TOWN, by="gender")).plot()
    assert [text.get_text() for text in display.ax_.texts] == ["not told"]
    assert not display.ax_.lines


def test_without_rows_the_drawing_says_why() -> None:
    display = ExposureDisplay.from_fairness(fairness([], [], TOWN, by="gender")).plot()
    assert " ".join(display.ax_.texts[0].get_text().split()) == "Not drawn: there are fewer than ten people."
    with pytest.raises(wm.WorMatchError, match="there is no figure 'income'"):
        ExposureDisplay.from_fairness(FOUND, "income")


def test_without_matplotlib_the_words_are_still_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    display = ExposureDisplay.from_exposure(SHOWN)
    with pytest.raises(wm.WorMatchError, match=r"wor_match\[plots\]"):
        display.plot()
    assert "De" not in display.text()
    assert "linde" in display.text()
