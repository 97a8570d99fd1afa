"""Off-policy figures: by hand, exactly unbiased over all that could have been done, and refusing impossible logs."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from wor_match.evaluation.off_policy import Estimate, dm, dr, ips, sndr, snips, switch_dr

LOG = {"reward": [1, 0, 1, 0], "logged": [0.5] * 4, "target": [1, 0.5, 0.5, 0.5]}  # weights 2, 1, 1, 1
MODEL = {"q_logged": [0.6, 0.4, 0.5, 0.2], "q_target": [0.5, 0.3, 0.4, 0.6]}


def test_the_weighted_figures_by_hand() -> None:
    plain, normed = ips(**LOG), snips(**LOG)
    assert (plain.value, normed.value) == (3 / 4, 3 / 5)
    assert (plain.effective_sample_size, plain.largest_weight) == (pytest.approx(25 / 7), 2)
    terms = np.array([2, 0, 1, 0])
    assert plain.standard_error == pytest.approx(terms.std(ddof=1) / 2)
    squares = (2 * 0.4) ** 2 + 0.6**2 + 0.4**2 + 0.6**2
    assert normed.standard_error == pytest.approx(math.sqrt(squares) / 5)
    assert normed.interval == pytest.approx(
        (0.6 - 1.959964 * math.sqrt(squares) / 5, 0.6 + 1.959964 * math.sqrt(squares) / 5)
    )


def test_the_figures_with_a_model_by_hand() -> None:
    direct = (0.5 + 0.3 + 0.4 + 0.6) / 4
    errors = [2 * 0.4, -0.4, 0.5, -0.2]
    assert dm(MODEL["q_target"]).value == pytest.approx(direct)
    assert dr(**LOG, **MODEL).value == pytest.approx(direct + sum(errors) / 4)
    assert sndr(**LOG, **MODEL).value == pytest.approx(direct + sum(errors) / 5)
    assert switch_dr(**LOG, **MODEL, threshold=1.5).value == pytest.approx(direct + sum(errors[1:]) / 4)
    assert switch_dr(**LOG, **MODEL, threshold=2.0) == dr(**LOG, **MODEL)


def test_censoring_weights_multiply() -> None:
    assert snips(**LOG, censoring=[0, 2, 1, 1]).value == pytest.approx(1 / 4)
    assert ips(**LOG, censoring=[1, 1, 1, 1]) == ips(**LOG)


CHANCES = st.lists(st.floats(0.05, 1), min_size=2, max_size=5)


@given(CHANCES, st.data())
def test_over_all_that_could_have_been_done_the_mean_is_the_truth(told: list[float], data: Any) -> None:
    def values(least: float) -> np.ndarray[Any, Any]:
        one = st.floats(least, 1)
        return np.array(data.draw(st.lists(one, min_size=len(told), max_size=len(told))))

    logged, target, reward, q = np.array(told) / sum(told), values(0.01), values(0), values(0)
    target = target / target.sum()
    truth, direct = float(target @ reward), float(target @ q)
    plain = [ips([reward[a]], [logged[a]], [target[a]]).value for a in range(len(told))]
    robust = [dr([reward[a]], [logged[a]], [target[a]], [q[a]], [direct]).value for a in range(len(told))]
    assert logged @ plain == pytest.approx(truth, abs=1e-9)
    assert logged @ robust == pytest.approx(truth, abs=1e-9), "whatever the model says"


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0.01, 1)), min_size=2, max_size=20))
def test_the_same_policy_gives_the_plain_mean_and_every_row_counts(rows: list[tuple[float, float]]) -> None:
    reward, logged = [y for y, _ in rows], [p for _, p in rows]
    for figure in (ips, snips):
        found = figure(reward, logged, logged)
        assert found.value == pytest.approx(np.mean(reward), abs=1e-9)
        assert found.effective_sample_size == pytest.approx(len(rows))
    assert dr(reward, logged, logged, [0] * len(rows), [0] * len(rows)).value == pytest.approx(
        np.mean(reward), abs=1e-9
    )


def test_one_row_is_a_figure_without_any_certainty() -> None:
    assert ips([1], [0.5], [0.5]).standard_error == math.inf


def every_weighted(**log: Any) -> list[Callable[[], Estimate]]:
    n = len(log["reward"])
    q = {"q_logged": [0.5] * n, "q_target": [0.5] * n}
    return [
        lambda: ips(**log),
        lambda: snips(**log),
        lambda: dr(**log, **q),
        lambda: sndr(**log, **q),
        lambda: switch_dr(**log, **q, threshold=10),
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"logged": [0.5, 0, 0.5, 0.5]}, "logged holds 0 in row 1"),
        ({"logged": [0.5, 1.5, 0.5, 0.5]}, "logged holds 1.5 in row 1"),
        ({"target": [0.5, -0.1, 0.5, 0.5]}, "target holds -0.1 in row 1"),
        ({"target": [0.5, 0.5]}, "other lengths"),
        ({"reward": [math.nan, 0, 0, 0]}, "reward is no list of finite numbers"),
        ({"reward": ["een", 0, 0, 0]}, "reward holds something that is no number"),
        ({"censoring": [1, -1, 1, 1]}, "censoring holds -1 in row 1"),
        ({"reward": [], "logged": [], "target": []}, "is empty"),
    ],
)
def test_impossible_logs_are_refused_by_name(wrong: dict[str, Any], said: str) -> None:
    for figure in every_weighted(**{**LOG, **wrong}):
        with pytest.raises(wm.WorMatchError, match=said):
            figure()


def test_a_policy_that_never_does_what_was_done_cannot_be_weighed() -> None:
    for figure in (snips, lambda *log: sndr(*log, [0.5] * 2, [0.5] * 2)):
        with pytest.raises(wm.WorMatchError, match="no row has any weight"):
            figure([1, 0], [0.5, 0.5], [0, 0])
    for threshold in (0, -1, math.nan, "3", True):
        with pytest.raises(wm.WorMatchError, match="threshold"):
            switch_dr(**LOG, **MODEL, threshold=threshold)
