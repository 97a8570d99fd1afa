"""Drawings of what was learned and of a replay: they show the figures, say them in words, and stay readable."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest

import wor_match as wm
from wor_match.display.plots.regret import RegretDisplay
from wor_match.display.plots.weights import TELLS_LITTLE, WeightsDisplay, compared
from wor_match.evaluation.replay import replay
from wor_match.evaluation.replaying.policies import Order, Policy
from wor_match.evaluation.replaying.replayed import Replay
from wor_match.evaluation.simulation import Simulated, World, simulate
from wor_match.learning import Posterior, Prior

mpl.use("Agg")


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    from matplotlib import pyplot

    pyplot.close("all")


@pytest.fixture(scope="module")
def town() -> Simulated:
    return simulate(World(people=120))


@pytest.fixture(scope="module")
def replayed(town: Simulated) -> Replay:
    return replay(town.catalogue, town.events, people=town.people, truth=town.truth.chances)


@pytest.fixture(scope="module")
def learned(town: Simulated) -> wm.Matcher:
    return wm.Matcher(town.catalogue).learn(town.events)


def test_before_learning_a_signal_counts_as_believed_with_the_doubt_of_the_prior(town: Simulated) -> None:
    """A belief b with scale N(1, .3²) and beta N(0, (.6 s)²) has sd sqrt((.3 b)² + (.6 s)²), widened by 1.3."""
    prior = Prior.expert()
    rows = {(one.signal, one.stage): one for one in WeightsDisplay.from_matcher(wm.Matcher(town.catalogue)).rows}
    for number, name in enumerate(prior.names):
        start = rows[name, "start"]
        assert start.prior == pytest.approx(prior.start[number])
        assert (start.posterior, start.low, start.high) == (start.prior, start.prior_low, start.prior_high)
        sd = math.hypot(0.3 * prior.start[number], 0.6 * prior.spread[number])
        assert start.prior_high - start.prior_low == pytest.approx(2 * 1.645 * 1.3 * sd, rel=0.35)  # of 64 draws


def test_after_learning_it_is_what_the_draws_say(learned: wm.Matcher) -> None:
    posterior = learned.model.posterior
    display = WeightsDisplay.from_matcher(learned)
    for number, signal in enumerate(learned.signals):
        start, stay = display.of(signal.name)
        assert start.posterior == pytest.approx(posterior.draws.start[number].mean())
        assert stay.posterior == pytest.approx(posterior.draws.stay[number].mean())
        assert stay.low < stay.posterior < stay.high
        wide = posterior.mode.stay[number] + 1.3 * (posterior.draws.stay[number] - posterior.mode.stay[number])
        assert (stay.low, stay.high) == pytest.approx(np.quantile(wide, [0.05, 0.95]))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (0.3, 0.34, "counts as believed for staying"),
        (0.3, 0.4, "counts a little more than believed for staying"),
        (0.3, 0.05, "counts much less than believed for staying"),
        (-0.3, -0.6, "counts much more than believed for staying"),
        (-0.3, -0.2, "counts a little less than believed for staying"),
        (0.3, -0.3, "counts the other way than believed for staying"),
        (0.0, 0.3, "counts much more than believed for staying"),
    ],
)
def test_the_words_say_which_way_and_how_much(before: float, after: float, said: str) -> None:
    assert compared(before, after, "stay") == said


def test_the_words_tell_first_what_surely_moved(learned: wm.Matcher, town: Simulated) -> None:
    assert WeightsDisplay.from_matcher(wm.Matcher(town.catalogue)).text().startswith("Nothing was learned yet")
    display = WeightsDisplay.from_matcher(learned)
    likes = next(one for one in display.rows if (one.signal, one.stage) == ("likes", "stay"))
    same = [replace(one, posterior=one.prior, low=one.prior, high=one.prior) for one in display.rows]
    words = compared(0.3, 0.6, "stay")
    surely = replace(likes, posterior=0.6, low=0.5, high=0.7, words=words)
    perhaps = replace(likes, signal="near", posterior=0.4, low=0.2, high=0.6)
    told = WeightsDisplay([*same, perhaps, surely], 40, display.names).text().splitlines()
    assert told == [
        "Learned from 40 experiences.",
        "What someone likes doing counts much more than believed for staying.",
        "Perhaps otherwise, though what was believed is still likely: the distance.",
        "All else counts as believed.",
    ]
    assert WeightsDisplay(same, 40, display.names).text().endswith("Everything counts as believed.")
    assert TELLS_LITTLE == 0.05


def test_both_stages_are_drawn_with_a_row_for_each_signal(learned: wm.Matcher) -> None:
    display = WeightsDisplay.from_matcher(learned).plot()
    display.figure_.canvas.draw()
    assert [ax.get_title() for ax in display.ax_] == ["for starting", "for staying"]
    assert len(display.figure_.axes) == 2
    for ax, stage in zip(display.ax_, ("start", "stay"), strict=True):
        before, after = (np.sort(line.get_xdata()) for line in ax.lines[1:])
        rows = [one for one in display.rows if one.stage == stage]
        assert before == pytest.approx(np.sort([one.prior for one in rows]))
        assert after == pytest.approx(np.sort([one.posterior for one in rows]))
    names = [label.get_text() for label in display.ax_[0].get_yticklabels()]
    assert sorted(names) == sorted(display.names.values())


def test_they_draw_on_the_axes_that_they_are_given(learned: wm.Matcher, replayed: Replay) -> None:
    from matplotlib import pyplot

    figure, ax = pyplot.subplots(1, 3)
    weights = WeightsDisplay.from_matcher(learned).plot(ax[:2])
    regret = RegretDisplay.from_replay(replayed).plot(ax[2])
    assert (list(weights.ax_), regret.ax_) == (list(ax[:2]), ax[2])
    assert weights.figure_ is regret.figure_ is figure
    figure.canvas.draw()


def test_the_lines_are_the_measure_over_time_in_points(replayed: Replay) -> None:
    display = RegretDisplay.from_replay(replayed, weeks=26).plot()
    rows = replayed.over_time(26)
    assert display.frame() == rows
    for line, policy in zip(display.ax_.lines, replayed.policies, strict=True):
        told = [one for one in rows if one["policy"] == policy]
        assert line.get_ydata() == pytest.approx([100 * one["value"] for one in told])
        assert line.get_xdata() == pytest.approx([one["weeks"] + 13 for one in told])
    assert len({str(line._dash_pattern) for line in display.ax_.lines}) == 6
    assert len({line.get_color() for line in display.ax_.lines}) == 6


def test_the_first_line_of_the_words_is_the_smallest_difference(replayed: Replay) -> None:
    first, ours, *_ = RegretDisplay.from_replay(replayed).text().splitlines()
    assert replayed.smallest_difference is not None
    assert first == (
        f"The smallest difference that so many people can show is {100 * replayed.smallest_difference:.1f} points of "
        "score, between ours and expert only."
    )
    assert ours.startswith("Ours loses ")


def test_names_stand_at_the_lines_or_below_but_never_on_them(town: Simulated, replayed: Replay) -> None:
    crowded = RegretDisplay.from_replay(replayed).plot()
    crowded.figure_.canvas.draw()
    legend = crowded.ax_.get_legend()
    assert legend is not None
    assert legend.get_window_extent().y1 < crowded.ax_.get_window_extent().y0
    assert not crowded.ax_.texts
    apart = RegretDisplay(
        [{"weeks": at, "policy": name, "measure": "rank", "value": value, "low": None, "high": None, "n": 9}
         for at in (0, 13) for name, value in (("ours", 0.1), ("random", 0.5))], 13, 0.02, ""
    ).plot()  # fmt: skip
    apart.figure_.canvas.draw()
    assert apart.ax_.get_legend() is None
    assert [text.get_text() for text in apart.ax_.texts] == ["ours", "random"]
    for text in apart.ax_.texts:
        box, edge = text.get_window_extent(), apart.figure_.bbox
        assert edge.x0 <= box.x0
        assert box.x1 <= edge.x1
        assert box.x0 > max(apart.ax_.transData.transform((13 + 6.5, 0))[0], 0)


def test_a_replay_that_tells_nothing_says_why() -> None:
    empty = replay(wm.load_catalogue("nieuwegein"), [])
    display = RegretDisplay.from_replay(empty).plot()
    assert display.text() == f"Nothing can be compared: {empty.reason}."
    assert "no advice" in display.ax_.texts[0].get_text()
    alone = Policy("alone", lambda past: Order(lambda decision: -np.arange(float(len(decision.names)))))
    town = simulate(World(people=12))
    one = RegretDisplay.from_replay(replay(town.catalogue, town.events, policies=[alone], people=town.people))
    assert one.text().startswith("No difference can be shown: there is one policy, and nothing to compare it with.\n")


@pytest.mark.parametrize("weeks", [0, 2.5, True, "13"])
def test_weeks_that_are_none_are_refused(replayed: Replay, weeks: Any) -> None:
    with pytest.raises(wm.WorMatchError, match="weeks is no whole number"):
        RegretDisplay.from_replay(replayed, weeks)


@pytest.mark.parametrize("backend", ["polars", "pandas", "pyarrow"])
def test_rows_come_as_any_frame(backend: Any, learned: wm.Matcher, replayed: Replay) -> None:
    assert len(WeightsDisplay.from_matcher(learned).frame(backend)) == 2 * len(learned.signals)
    assert len(RegretDisplay.from_replay(replayed).frame(backend)) == len(replayed.over_time())


def test_what_was_believed_before_is_the_prior_of_the_matcher() -> None:
    own = Prior.expert()
    mine = replace(own, start=own.start * 2)
    matcher = wm.Matcher(wm.load_catalogue("nieuwegein"), prior=mine)
    first = WeightsDisplay.from_matcher(matcher).rows[0]
    drawn = Posterior.of_prior(matcher.prior).draws.start[0].mean()
    assert first.prior == pytest.approx(drawn)
    assert first.prior == pytest.approx(matcher.prior.start[0])


def test_without_matplotlib_words_and_rows_remain() -> None:
    code = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "import wor_match as wm\n"
        "from wor_match.display.plots.weights import WeightsDisplay\n"
        "from wor_match.display.plots.regret import RegretDisplay\n"
        "one = WeightsDisplay.from_matcher(wm.Matcher(wm.load_catalogue('nieuwegein')))\n"
        "other = RegretDisplay([], 13, None, 'nothing')\n"
        "print(len(one.frame()), len(one.text()) > 20, other.frame())\n"
        "for display in (one, other):\n"
        "    try:\n        display.plot()\n    except wm.WorMatchError as error:\n        print(str(error)[:27])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["26 True []", *["a drawing needs matplotlib;"] * 2]
