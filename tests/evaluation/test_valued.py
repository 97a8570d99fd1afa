"""The value of a policy from arrays: by hand, as the array level has it, and refused with the reason."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import wor_match as wm
from wor_match.evaluation.off_policy import dr, snips
from wor_match.evaluation.over_people import People
from wor_match.evaluation.replaying.valued import COLUMNS, ROUGH, Value, valued

LOG = {"reward": [1, 0, 1, 0], "logged": [0.5] * 4, "target": [1, 0.5, 0.5, 0.5]}  # weights 2, 1, 1, 1
MODEL = {"q_logged": [0.6, 0.4, 0.5, 0.2], "q_target": [0.5, 0.3, 0.4, 0.6]}


def told(times: int = 40, persons: int | None = None, **other: Any) -> Value:
    """The four rows of the hand case so many times, one person a row unless there are fewer persons."""
    rows = {**LOG, **MODEL, "censoring": [1, 1, 1, 1], **other}
    arrays = {name: np.tile(np.array(row, dtype=np.float64), times) for name, row in rows.items()}
    n = len(arrays["reward"])
    return valued("other", **arrays, persons=People([f"p{row % (persons or n)}" for row in range(n)]))


def test_both_figures_by_hand() -> None:
    found = told()
    assert found.snips is not None
    assert found.dr_clipped is not None
    assert found.reason == ""
    assert found.snips.value == pytest.approx(3 / 5)
    assert found.dr_clipped.value == pytest.approx(1.8 / 4 + (2 * 0.4 - 0.4 + 0.5 - 0.2) / 4)
    assert found.effective_sample_size == pytest.approx(40 * 25 / 7)
    assert (found.largest_weight, found.outside, found.rows, found.persons) == (2.0, pytest.approx(-0.25), 160, 160)


def test_weights_above_ten_count_as_ten_in_the_doubly_robust_figure_and_in_full_in_the_other() -> None:
    found = told(200, logged=[0.05, 0.5, 0.5, 0.5], target=[1, 0.5, 0.5, 0.5])
    assert found.snips is not None
    assert found.dr_clipped is not None
    assert found.largest_weight == pytest.approx(20)
    assert found.dr_clipped.value == pytest.approx(0.45 + (10 * 0.4 - 0.4 + 0.5 - 0.2) / 4)
    assert found.snips.value == pytest.approx(21 / 23)


def test_the_figures_are_those_of_the_array_level() -> None:
    dice = np.random.RandomState(7)
    n = 600
    reward, logged = (dice.rand(n) < 0.5).astype(float), dice.uniform(0.2, 1, n)
    target, q, direct, c = dice.rand(n), dice.rand(n), dice.rand(n), dice.uniform(1, 3, n)
    found = valued("other", reward, logged, target, q, direct, c, People([f"p{row}" for row in range(n)]))
    normed, robust = snips(reward, logged, target, c), dr(reward, logged, target, q, direct, c)
    assert found.snips is not None
    assert found.dr_clipped is not None
    for sure, estimate in ((found.snips, normed), (found.dr_clipped, robust)):
        assert sure.value == pytest.approx(estimate.value, abs=1e-12)
        assert sure.interval == pytest.approx(estimate.interval, abs=0.02)
    assert found.effective_sample_size == pytest.approx(normed.effective_sample_size)


@pytest.mark.parametrize("weight_of_unknown", [0, 3])
def test_an_outcome_that_is_not_known_counts_through_those_that_are(weight_of_unknown: int) -> None:
    found = told(reward=[1, 0, np.nan, 0], censoring=[1, 1, weight_of_unknown, 2])
    assert found.snips is not None
    assert found.dr_clipped is not None
    assert (found.snips.value, found.rows) == (pytest.approx(2 / 5), 120)
    assert found.dr_clipped.value == pytest.approx(0.45 + (2 * 0.4 - 0.4 - 2 * 0.2) / 4)


def test_the_interval_is_over_persons_not_rows() -> None:
    alone, together = told(persons=160), told(persons=16)
    assert alone.snips is not None
    assert together.snips is not None
    assert (alone.persons, together.persons) == (160, 16)
    assert alone.snips.error is not None
    assert together.snips.error is not None
    assert together.snips.error > 1.5 * alone.snips.error  # the same row comes back with the same person


@pytest.mark.parametrize(
    ("times", "note", "reason"),
    [
        (27, "", "its effective sample is 96, and 100 is the least"),
        (29, ROUGH, ""),
        (55, ROUGH, ""),
        (57, "", ""),
    ],
)
def test_below_100_effective_rows_it_is_refused_and_below_200_rough(times: int, note: str, reason: str) -> None:
    found = told(times)
    assert (found.note, found.reason) == (note, reason)
    assert (found.snips is None) == (found.dr_clipped is None) == bool(reason)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"target": [1, 1, 1, 1], "logged": [1, 1, 1, 0.001]}, "it puts 25 % first that the lot hardly ever or never"),
        ({"target": [0.5, 0.4, 0.5, 0.4], "logged": [0.5] * 4}, "it puts 10 % first that the lot hardly ever or never"),
        ({"target": [0, 0, 0, 0]}, "it puts 100 % first that the lot hardly ever or never drew; 5 % is allowed; its effective sample is 0"),
        ({"reward": [1, 1, 1, np.nan], "censoring": [1, 1, 1, 0]}, "everybody whose outcome is known takes part"),
        ({"reward": [0, 0, 0, np.nan], "censoring": [1, 1, 1, 0]}, "nobody whose outcome is known takes part"),
        ({"persons": 4}, "it rests on 4 people, and 10 is the least"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_refused_with_the_reason(other: dict[str, Any], reason: str) -> None:
    found = told(200, **other)
    assert found.reason.startswith(reason)
    assert found.snips is None
    assert found.dr_clipped is None
    assert "not told, because" in found.sentence()
    assert not any(isinstance(one, float) and np.isnan(one) for one in found.row().values())


def test_what_chance_explains_is_not_refused_but_noted() -> None:
    found = told(100, target=[1, 0, 0.5, 0.5], logged=[0.5, 0.5, 0.6, 0.6])  # weights 2, 0, .83, .83: mean .92
    assert found.reason == ""
    assert found.note == "perhaps 8 % of it lies outside what the lot could show"


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"logged": [0.5, 0, 0.5, 0.5]}, "logged holds 0 in row 1"),
        ({"target": [1, 2, 0.5, 0.5]}, "target holds 2 in row 1"),
        ({"target": [1, np.nan, 0.5, 0.5]}, "target is no list of finite numbers"),
        ({"reward": [1, np.inf, 1, 1]}, "reward is no list of finite numbers"),
        ({"q_target": [1, np.inf, 0.5, 0.5]}, "q_target is no list of finite numbers"),
        ({"censoring": [1, np.nan, 1, 1]}, "censoring is no list of finite numbers"),
        ({"censoring": [1, -1, 1, 1]}, "censoring holds -1 in row 1"),
        ({"q_logged": [1, 1]}, "the arrays have other lengths"),
        ({"logged": [1, 1]}, "the arrays have other lengths"),
    ],
)
def test_impossible_arrays_are_an_error(other: dict[str, Any], said: str) -> None:
    with pytest.raises(wm.WorMatchError, match=said):
        told(**other)


def test_the_plain_sum_and_the_models_own_mean_are_never_told() -> None:
    assert {"snips", "dr_clipped"} <= set(COLUMNS)
    assert not {"ips", "dm", "dr"} & set(COLUMNS)
