"""Shares with intervals: against statsmodels, a published table, and by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

import wor_match as wm
from wor_match.evaluation.groups.shares import NOBODY_ELSE, NOTHING_KNOWN, by_group, newcombe, wilson

counted = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counted)
def test_the_interval_of_a_share_is_that_of_statsmodels(one: tuple[int, int]) -> None:
    assert wilson(*one) == pytest.approx(proportion_confint(*one, method="wilson"), abs=1e-12)


@given(counted, counted)
def test_the_interval_of_a_difference_is_that_of_statsmodels(one: tuple[int, int], other: tuple[int, int]) -> None:
    oracle = confint_proportions_2indep(*one, *other, method="newcomb", compare="diff")
    assert newcombe(*one, *other) == pytest.approx(oracle, abs=1e-9)


@pytest.mark.parametrize(
    ("counts", "published"),  # Newcombe (1998), table II, method 10, contrasts (a), (d) and (h)
    [((56, 70, 48, 80), (0.0524, 0.3339)), ((5, 56, 0, 29), (-0.0381, 0.1926)), ((10, 10, 0, 10), (0.6075, 1.0))],
)
def test_newcombes_own_table(counts: tuple[int, int, int, int], published: tuple[float, float]) -> None:
    assert newcombe(*counts) == pytest.approx(published, abs=5e-5)


def test_each_group_stands_beside_all_others_by_hand() -> None:
    # a: 3 of 4; b: 1 of 2, one unknown; without a label: 0 of 1.
    labels = ["a", "a", "a", "a", "b", "b", "b", None]
    known = [1, 1, 1, 1, 1, 1, 0, 1]
    yes = [1, 1, 1, 0, 1, 0, None, 0]
    a, b, unknown = by_group(labels, known, yes)
    assert [(one.group, one.n, one.share) for one in (a, b, unknown)] == [("a", 4, 0.75), ("b", 2, 0.5), (None, 1, 0.0)]
    assert [one.difference for one in (a, b, unknown)] == pytest.approx([3 / 4 - 1 / 3, 1 / 2 - 3 / 5, 0 - 4 / 6])
    assert (a.difference_low, a.difference_high) == newcombe(3, 4, 1, 3)


@given(st.lists(st.tuples(st.sampled_from(["a", "b", None]), st.booleans(), st.booleans()), min_size=1), st.randoms())
def test_the_order_of_the_rows_means_nothing(rows: list[tuple[str | None, bool, bool]], dice: Any) -> None:
    mixed = dice.sample(rows, len(rows))
    assert by_group(*zip(*rows, strict=True)) == by_group(*zip(*mixed, strict=True))


def test_weights_of_one_change_nothing_and_unequal_ones_widen() -> None:
    labels, yes = ["a"] * 8 + ["b"] * 8, [1, 0] * 8
    plain = by_group(labels, [1] * 16, yes)
    assert by_group(labels, [1] * 16, yes, [1.0] * 16) == plain
    heavy = by_group(labels, [1] * 16, yes, [1, 1, 1, 1, 1, 1, 5, 5] + [1] * 8)
    assert heavy[0].size == pytest.approx(16**2 / 56)  # Kish: (sum)^2 / sum of squares
    assert heavy[0].share == 0.5
    assert heavy[0].high - heavy[0].low > plain[0].high - plain[0].low
    doubled = by_group(["a", "a"], [1, 1], [1, 0], [3, 1])
    assert doubled[0].share == pytest.approx(0.75)


def test_what_cannot_be_told_has_a_reason() -> None:
    assert by_group([], [], []) == ()
    (only,) = by_group(["a", "a"], [1, 1], [1, 0])
    assert (only.share, only.difference, only.reason) == (0.5, None, NOBODY_ELSE)
    silent, other = by_group(["a", "b"], [0, 1], [0, 1])
    assert (silent.share, silent.reason) == (None, NOTHING_KNOWN)
    assert other.reason == NOBODY_ELSE
    assert by_group(["a"], [1], [1], [0.0])[0].reason == NOTHING_KNOWN


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ((["a", 3], [1, 1], [1, 1]), "labels hold something that is no word"),
        ((["a"], [1, 1], [1]), "known has another length"),
        ((["a"], [1], [1, 0]), "yes has another length"),
        ((["a"], [1], [0.5]), "yes holds something that is no yes or no"),
        ((["a"], [1], [float("nan")]), "yes holds something"),
        ((["a"], [None], [1]), "known holds something"),
        ((["a"], [1], [1], [-1]), "weight is no list"),
        ((["a"], [1], [1], [float("nan")]), "weight is no list"),
        ((["a"], [1], [1], ["veel"]), "weight holds something that is no number"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(told: tuple[Any, ...], said: str) -> None:
    with pytest.raises(wm.WorMatchError, match=said):
        by_group(*told)


@pytest.mark.parametrize("pair", [(1, 0), (-1, 3), (4, 3), (float("nan"), 3), (1, float("inf")), (1, float("nan"))])
def test_no_share_no_interval(pair: tuple[float, float]) -> None:
    with pytest.raises(wm.WorMatchError, match="is no share"):
        wilson(*pair)


def test_numpy_arrays_are_taken_as_they_are() -> None:
    (one, _) = by_group(["a", "b"], np.array([True, True]), np.array([1.0, 0.0]))
    assert one.share == 1.0
