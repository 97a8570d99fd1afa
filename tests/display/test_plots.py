"""Drawings: they show what the figures say, say it in words too, and tell nothing about fewer than ten people."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest

import wor_match as wm
from wor_match.display.plots import ContinuationDisplay, ReliabilityDisplay
from wor_match.evaluation.calibration import reliability
from wor_match.evaluation.continuation import Continuation, continuation

mpl.use("Agg")

STOPS_10_OF_30 = continuation([2] * 10 + [4] * 20, [True] * 10 + [False] * 20)
FEW = continuation([1] * 3 + [3] * 4, [True] * 3 + [False] * 4)


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    from matplotlib import pyplot

    pyplot.close("all")


def invented(n: int = 200) -> tuple[Any, Any]:
    dice = np.random.default_rng(0)
    chance = np.round(dice.beta(3, 4, n), 2)
    return (dice.random(n) < chance).astype(int), chance


def words_on(display: Any) -> list[str]:
    return [text.get_text() for text in display.ax_.texts]


def test_the_reliability_that_is_drawn_is_that_of_the_figures() -> None:
    y, chance = invented()
    found = reliability(y, chance)
    display = ReliabilityDisplay.from_predictions(y, chance).plot()
    assert display.figure_ is display.ax_.figure
    (curve,) = (line for line in display.ax_.lines if line.get_label() == "observed")
    assert curve.get_xdata() == pytest.approx(found.chance)
    assert curve.get_ydata() == pytest.approx(found.observed)
    assert display.ax_.collections[0].get_label() == "90 % of curves if they are"
    (bars,) = display.ax_.child_axes
    assert sum(bar.get_height() for bar in bars.patches) == 200
    assert display.frame() == found.frame()
    display.figure_.canvas.draw()


def test_the_words_have_the_number_and_the_interval() -> None:
    """The binomial of 40 at a half has its 5 % and 95 % points at 15 and 25."""
    told = ReliabilityDisplay.from_predictions([0, 1] * 20, [0.5] * 40, n_boot=4000).text()
    assert told == (
        "Over 40 outcomes the mean chance told was 50 % and 50 % continued; if the chances are right, nine in ten such "
        "groups lie between 38 % and 62 %. The curve lies in its band for 100 % of them; about 90 % is what right chances "
        "give."
    )
    assert ContinuationDisplay.from_continuation({"met buddy": STOPS_10_OF_30, "alleen": FEW}).text() == (
        "met buddy: of 30 people, 67 % still took part after week 4 (95 % interval 47 % to 80 %); 20 were followed into "
        "week 4. alleen: of 7 people, 57 % still took part after week 3 (95 % interval 17 % to 84 %); 4 were followed "
        "into week 3."
    )
    told = ContinuationDisplay.from_continuation(continuation([3] * 5, [False] * 5)).text()
    assert (
        "100 % still took part after week 3 (nobody stopped in these weeks, so how sure this is cannot be told)" in told
    )


def test_it_draws_on_the_axes_that_it_is_given() -> None:
    from matplotlib import pyplot

    figure, ax = pyplot.subplots(1, 2)
    for display, one in (
        (ReliabilityDisplay.from_predictions(*invented()), ax[0]),
        (ContinuationDisplay.from_continuation(FEW), ax[1]),
    ):
        assert display.plot(one) is display
        assert (display.ax_, display.figure_) == (one, figure)


def test_the_numbers_at_risk_stand_below_the_axes() -> None:
    display = ContinuationDisplay.from_continuation({"a": STOPS_10_OF_30, "b": FEW}).plot()
    assert words_on(display) == [
        "followed into the week", "a", "30", "30", "30", "20", "20", "b", "7", "7", "4", "4",
    ]  # fmt: skip
    display.figure_.canvas.draw()
    below = display.ax_.get_window_extent().y0
    assert all(text.get_window_extent().y1 < below for text in display.ax_.texts)
    edge = display.figure_.bbox
    assert all(edge.x0 <= text.get_window_extent().x0 and edge.y0 <= text.get_window_extent().y0
               for text in display.ax_.texts)  # fmt: skip


def test_numbers_below_a_long_curve_stand_apart() -> None:
    display = ContinuationDisplay.from_continuation(continuation(list(range(53)) * 20, [True] * 53 * 20)).plot()
    display.figure_.canvas.draw()
    boxes = [text.get_window_extent() for text in display.ax_.texts if text.get_text().isdigit()]
    assert len(boxes) <= 13
    assert all(one.x1 < other.x0 for one, other in pairwise(boxes))


def test_the_curve_falls_in_steps_from_one_and_dashes_tell_curves_apart() -> None:
    display = ContinuationDisplay.from_continuation(dict.fromkeys("abcdef", STOPS_10_OF_30)).plot()
    lines = display.ax_.lines
    assert lines[0].get_drawstyle() == "steps-post"
    assert np.asarray(lines[0].get_ydata()) == pytest.approx([1, 1, 1, 2 / 3, 2 / 3, 2 / 3, 2 / 3])
    assert len({str(line._dash_pattern) for line in lines}) == 6
    assert len({line.get_color() for line in lines}) == 6


def test_none_or_seven_curves_are_refused() -> None:
    for curves in ({}, {str(at): FEW for at in range(7)}):
        with pytest.raises(wm.WorMatchError, match="allowed are 1 to 6"):
            ContinuationDisplay.from_continuation(curves)


def test_a_figure_that_cannot_be_told_is_told_so() -> None:
    display = ReliabilityDisplay.from_predictions([1] * 12, [0.5] * 12).plot()
    assert "everybody continued" in words_on(display)[0].replace("\n", " ")
    assert display.text().endswith("There is no curve: everybody continued, so no curve can show whether higher chances "
                                   "went to those who did.")  # fmt: skip
    assert not display.ax_.lines


def test_what_is_shared_tells_nothing_about_fewer_than_ten() -> None:
    display = ContinuationDisplay.from_continuation({"a": STOPS_10_OF_30, "b": FEW}, shareable=True).plot()
    assert words_on(display) == [
        "followed into the week", "a", "30", "30", "30", "20", "20", "b", "not told: fewer than ten people are behind it",
    ]  # fmt: skip
    assert display.text().endswith(" b: nothing can be told, because fewer than ten people are behind it.")
    assert {row["label"] for row in display.frame()} == {"a"}
    assert display.curves["b"].n is None
    alone = ContinuationDisplay.from_continuation(FEW, shareable=True).plot()
    assert words_on(alone) == ["Not drawn: fewer than ten people are\nbehind it."]
    refused = ReliabilityDisplay.from_predictions([1] * 4 + [0] * 30, [0.5] * 34, shareable=True).plot()
    assert words_on(refused) == ["Not drawn: it would tell of one to nine\npeople how they fared."]
    assert refused.text() == "Nothing can be told: it would tell of one to nine people how they fared."
    assert refused.frame() == []


def test_a_shared_drawing_has_marks_with_their_numbers_and_no_bars() -> None:
    y, chance = invented()
    display = ReliabilityDisplay.from_predictions(y, chance, shareable=True).plot()
    numbers = [int(words.removeprefix("n=")) for words in words_on(display)]
    assert sum(numbers) == 200
    assert min(numbers) >= 10
    assert not display.ax_.child_axes
    curves = ContinuationDisplay.from_continuation(
        continuation([1] * 6 + [2] * 6 + [3] * 18, [True] * 12 + [False] * 18), shareable=True
    ).plot()
    assert [line.get_drawstyle() for line in curves.ax_.lines] == ["default", "default"]
    assert np.asarray(curves.ax_.lines[1].get_xdata()).tolist() == [0, 2, 3]


def test_without_matplotlib_the_extra_is_named_and_words_and_rows_remain() -> None:
    code = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "from wor_match.display.plots import ContinuationDisplay\n"
        "from wor_match.evaluation.continuation import continuation\n"
        "display = ContinuationDisplay.from_continuation(continuation([1, 2], [True, False]))\n"
        "print(len(display.frame()), len(display.text()) > 20)\n"
        "try:\n    display.plot()\nexcept Exception as error:\n    print(type(error).__name__, error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "3 True",
        'WorMatchError a drawing needs matplotlib; run pip install "wor_match[plots]", or use .frame() or .text() [not-installed]',
    ]


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, wor_match.display.plots, wor_match.evaluation.splits\n"
        "print(sorted({'sklearn', 'scipy', 'matplotlib', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("backend", ["polars", "pandas", "pyarrow"])
def test_rows_come_as_any_frame(backend: Any) -> None:
    display = ContinuationDisplay.from_continuation({"a": FEW})
    assert isinstance(display.curves["a"], Continuation)
    assert len(display.frame(backend)) == 4
    assert len(ReliabilityDisplay.from_predictions([1, 1], [0.5, 0.6]).frame(backend)) == 2
