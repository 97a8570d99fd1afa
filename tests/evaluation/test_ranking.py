"""Ranking figures: by hand, beside scikit-learn, and what must hold of any order."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, ndcg_score

import wor_match as wm
from wor_match.evaluation.ranking import average_precision, ndcg, precision, r_precision, recall, reciprocal_rank

ALL = (precision, recall, average_precision, reciprocal_rank, r_precision, ndcg)
GAINS = st.lists(st.integers(-2, 3), min_size=2, max_size=12)


def test_each_figure_by_hand() -> None:
    shown, judged = [1, 0, 1], [1, 1, 1, 0]
    assert precision(shown, judged) == 2 / 3
    assert precision(shown, judged, k=5) == 2 / 5, "two places stay empty"
    assert recall(shown, judged, k=1) == 1 / 3
    assert average_precision(shown, judged) == (1 + 2 / 3) / 3, "the third good one was not shown"
    assert reciprocal_rank([0, 0, 1], judged) == 1 / 3
    assert r_precision([1, 0, 1, 1], judged) == 2 / 3
    assert r_precision([1, 0, 1, 1], judged, k=1) == 1
    assert ndcg([3, 0, 2], [3, 2, 0]) == pytest.approx((3 + 2 / 2) / (3 + 2 / math.log2(3)), abs=1e-15)


def test_a_gain_of_zero_or_less_is_not_relevant_and_adds_nothing() -> None:
    assert precision([1, -1, 0], [1, -1, 0]) == 1 / 3
    assert ndcg([-5, 1], [1, -5]) == pytest.approx(1 / math.log2(3), abs=1e-15)


@given(GAINS)
def test_an_order_of_all_that_was_judged_equals_scikit_learn(gains: list[int]) -> None:
    places = -np.arange(len(gains), dtype=float)
    good = np.array(gains) > 0
    if good.any():
        assert average_precision(gains, gains) == pytest.approx(average_precision_score(good, places), abs=1e-12)
        positive = np.maximum(gains, 0)
        for k in (None, 1, 3):
            assert ndcg(gains, gains, k) == pytest.approx(ndcg_score([positive], [places], k=k), abs=1e-12)


@given(GAINS, st.data())
def test_figures_lie_between_0_and_1_and_the_best_order_is_best(gains: list[int], data: Any) -> None:
    shown = data.draw(st.permutations(gains))[: data.draw(st.integers(0, len(gains)))]
    k = data.draw(st.none() | st.integers(1, 15))
    for figure in ALL:
        assert 0 <= figure(shown, gains, k) <= 1
    best = sorted(gains, reverse=True)
    for figure in (average_precision, reciprocal_rank, ndcg, recall):
        assert figure(shown, gains, k) <= figure(best, gains, k) + 1e-12


def test_nothing_relevant_or_nothing_shown_is_zero() -> None:
    for figure in ALL:
        assert figure([], [1, 2]) == 0
        assert figure([0, 0], [0, 0, -1]) == 0
        assert figure([], []) == 0


@pytest.mark.parametrize("wrong", [[math.nan], [math.inf], ["een"], [[1, 2]], None, 3])
def test_what_is_no_list_of_gains_is_refused(wrong: Any) -> None:
    for figure in ALL:
        with pytest.raises(wm.WorMatchError, match="gains"):
            figure(wrong, [1])
        with pytest.raises(wm.WorMatchError, match="all_gains"):
            figure([1], wrong)


@pytest.mark.parametrize("k", [0, -1, 1.5, True, "3"])
def test_a_k_that_is_no_number_of_places_is_refused(k: Any) -> None:
    for figure in ALL:
        with pytest.raises(wm.WorMatchError, match="k is no whole number"):
            figure([1], [1], k)
