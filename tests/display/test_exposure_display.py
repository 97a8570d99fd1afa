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


def test_what_stands_at_the_axis_is_where_it_stands() -> None:
    display = ExposureDisplay.from_exposure(SHOWN).plot()
    display.ax_.set_xlim(0, 0.22)  # where steps of 2.5 % would be rounded to 2, 5, 8 %
    display.figure_.canvas.draw()
    for tick, label in zip(display.ax_.get_xticks(), display.ax_.get_xticklabels(), strict=True):
        assert label.get_text() == f"{100 * tick:g} %"


def test_a_long_title_takes_two_lines_and_is_not_cut() -> None:
    display = ExposureDisplay.from_fairness(FOUND, "possible")
    display.title += " and by something with a long name"
    display.plot().figure_.canvas.draw()
    title = display.ax_.get_title("left")
    assert title.replace("\n", " ") == display.title
    (drawn,) = (text for text in display.ax_.get_children() if getattr(text, "get_text", str)() == title)
    assert drawn.get_window_extent().x1 <= display.figure_.bbox.x1


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
