"""Reliability: by hand, beside scikit-learn, exactly additive, and silent about fewer than ten people."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import brier_score_loss, log_loss

import wor_match as wm
from wor_match.evaluation import calibration
from wor_match.evaluation.calibration import Group, Reliability, reliability
from wor_match.evaluation.continuation import followed_weights

ROWS = st.lists(
    st.tuples(st.sampled_from([0, 1]), st.sampled_from([0.0, 0.1, 0.3, 0.3001, 0.5, 0.8, 1.0]), st.floats(0.1, 5)),
    min_size=2,
    max_size=30,
).filter(lambda rows: len({y for y, _, _ in rows}) == 2)


def invented(n: int, seed: int = 0) -> tuple[Any, Any]:
    dice = np.random.default_rng(seed)
    chance = np.round(dice.beta(3, 4, n), 2)
    return (dice.random(n) < chance).astype(int), chance


def test_a_case_by_hand() -> None:
    """Chances .2 .4 .4 .6 .9 with outcomes 0 1 0 0 1: .4 has a half, .6 none, so both become one in three."""
    found = reliability([0, 1, 0, 0, 1], [0.2, 0.4, 0.4, 0.6, 0.9])
    assert found.chance.tolist() == [0.2, 0.4, 0.6, 0.9]
    assert found.observed == pytest.approx([0, 1 / 3, 1 / 3, 1])
    assert (found.n_at.tolist(), found.n_continued.tolist(), found.n) == ([1, 2, 1, 1], [0, 1, 0, 1], 5)
    assert found.brier == pytest.approx((0.04 + 0.36 + 0.16 + 0.36 + 0.01) / 5)
    assert found.log_loss == pytest.approx(-math.log(0.8 * 0.4 * 0.6 * 0.4 * 0.9) / 5)
    best = (4 / 9 + 1 / 9 + 1 / 9) / 5
    assert found.uncertainty == pytest.approx(0.4 * 0.6)
    assert found.miscalibration == pytest.approx(found.brier - best)
    assert found.discrimination == pytest.approx(0.24 - best)
    assert (found.mean_chance, found.mean_observed) == (pytest.approx(0.5), pytest.approx(0.4))


@given(ROWS)
def test_the_figures_are_those_of_scikit_learn(rows: list[tuple[int, float, float]]) -> None:
    y, chance, weight = map(np.array, zip(*rows, strict=True))
    found = reliability(y, chance, weight, n_boot=20)
    assert found.brier == pytest.approx(brier_score_loss(y, chance, sample_weight=weight), abs=1e-12)
    assert found.log_loss == pytest.approx(log_loss(y, chance, sample_weight=weight), abs=1e-9)
    theirs = IsotonicRegression().fit(chance, y, sample_weight=weight).predict(found.chance)
    assert found.observed == pytest.approx(theirs, abs=1e-9)


@given(ROWS)
def test_the_brier_score_is_the_sum_of_its_parts(rows: list[tuple[int, float, float]]) -> None:
    """Each part is worked out here in its own way: blocks of the curve have the mean of their outcomes."""
    y, chance, weight = map(np.array, zip(*rows, strict=True))
    found = reliability(y, chance, weight, n_boot=20)
    assert found.observed is not None
    mean, at = np.average(y, weights=weight), found.observed[np.searchsorted(found.chance, chance)]
    discrimination = np.average((at - mean) ** 2, weights=weight)
    miscalibration = np.average((y - chance) ** 2 - (y - at) ** 2, weights=weight)
    assert found.discrimination == pytest.approx(discrimination, abs=1e-12)
    assert found.miscalibration == pytest.approx(miscalibration, abs=1e-12)
    assert found.uncertainty == pytest.approx(mean * (1 - mean), abs=1e-12)
    assert abs(found.miscalibration - found.discrimination + found.uncertainty - found.brier) < 1e-12


def test_a_weight_is_the_row_so_often_and_no_weight_is_no_row() -> None:
    y, chance = [0, 1, 1, 0], [0.1, 0.3, 0.6, 0.7]
    often, twice = reliability(y, chance, [1, 2, 1, 0]), reliability([0, 1, 1, 1], [0.1, 0.3, 0.3, 0.6])
    assert often.observed is not None
    assert (often.brier, often.log_loss) == (pytest.approx(twice.brier), pytest.approx(twice.log_loss))
    assert (often.observed.tolist(), often.n) == (twice.observed.tolist(), 3)


def test_censoring_weights_give_the_figures_of_everybody(figure: Any) -> None:
    """20,000 people, invented: a third is lost from view, sooner when the chance is low; the truth is known."""
    dice = np.random.default_rng(3)
    chance = dice.choice([0.2, 0.5, 0.8], 20_000)
    stop = dice.geometric(1 - chance ** (1 / 12))
    lost = dice.geometric(0.04, len(chance))
    known = np.minimum(stop, 12) <= lost
    weight = followed_weights(np.minimum(np.minimum(stop, 12), lost), known)
    y = (stop > 12).astype(float)
    truth, seen, naive = reliability(y, chance, n_boot=20), reliability(y, chance, weight, n_boot=20), reliability(
        y[known], chance[known], n_boot=20)  # fmt: skip
    off = [abs(one.mean_observed - truth.mean_observed) for one in (seen, naive)]
    assert off[0] < 0.015
    assert off[1] > 0.05
    figure(f"calibration: {1 - known.mean():.0%} lost; share off by {off[0]:.3f} with weights, {off[1]:.3f} without")


def test_the_order_of_the_rows_changes_no_bit() -> None:
    y, chance = invented(60)
    weight = np.random.default_rng(1).uniform(0.5, 2, 60)
    order = np.random.default_rng(2).permutation(60)
    one, other = (
        reliability(y, chance, weight, n_boot=20),
        reliability(y[order], chance[order], weight[order], n_boot=20),
    )
    assert (one.frame(), one.brier, one.log_loss, one.mean_band) == (
        other.frame(), other.brier, other.log_loss, other.mean_band)  # fmt: skip


def test_the_band_holds_nine_in_ten_curves_of_right_chances_and_not_of_wrong_ones(figure: Any) -> None:
    inside, means, wrong = [], [], []
    for seed in range(40):
        y, chance = invented(200, seed)
        for told, found in (
            (inside, reliability(y, chance, n_boot=100)),
            (wrong, reliability(y, chance**3, n_boot=100)),
        ):
            assert found.observed is not None
            good = (found.low <= found.observed + 1e-12) & (found.observed <= found.high + 1e-12)
            told.append(np.average(good, weights=found.n_at))
        found = reliability(y, chance, n_boot=100)
        assert found.mean_band is not None
        means.append(found.mean_band[0] <= found.mean_observed <= found.mean_band[1])
    assert 0.85 < np.mean(inside) < 0.96
    assert np.mean(wrong) < 0.3
    assert np.mean(means) >= 0.8
    figure(f"calibration: band holds {np.mean(inside):.0%} of right chances, {np.mean(wrong):.0%} of wrong ones")


def test_the_band_is_that_of_its_seed() -> None:
    y, chance = invented(50)
    one, again, other = (reliability(y, chance, seed=seed) for seed in (1, 1, 2))
    assert one.frame() == again.frame()
    assert one.frame() != other.frame()


def test_a_chance_of_nought_that_came_true_costs_much_and_not_infinity() -> None:
    found = reliability([1, 0], [0.0, 1.0])
    assert found.log_loss == pytest.approx(-math.log(np.finfo(float).eps))
    assert found.brier == 1.0


@pytest.mark.parametrize(("y", "who"), [([1, 1, 1], "everybody"), ([0, 0, 0], "nobody")])
def test_one_outcome_has_scores_and_no_curve(y: list[int], who: str) -> None:
    found = reliability(y, [0.5, 0.6, 0.7])
    assert found.reason == f"{who} continued, so no curve can show whether higher chances went to those who did"
    assert found.observed is found.low is found.miscalibration is found.discrimination is found.uncertainty is None
    assert found.brier == pytest.approx(np.mean((np.array(y) - [0.5, 0.6, 0.7]) ** 2))
    assert found.mean_band is not None
    assert found.frame()[0] == {"chance": 0.5, "observed": None, "low": None, "high": None, "n": 1}


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"y": [], "chance": []}, "y is no list of finite numbers, or is empty"),
        ({"y": [1, 0], "chance": [0.5]}, "other lengths"),
        ({"y": [1, 0], "chance": [0.5, float("nan")]}, "chance is no list of finite numbers"),
        ({"y": [1, float("nan")], "chance": [0.5, 0.5]}, "y is no list of finite numbers"),
        ({"y": [1, 0], "chance": [0.5, 1.1]}, "chance holds 1.1 in row 1; allowed is from 0 to 1"),
        ({"y": [1, 2], "chance": [0.5, 0.5]}, "y holds 2 in row 1; allowed is 1 continued, 0 not"),
        ({"y": [1, 0], "chance": [0.5, 0.5], "weight": [1, -1]}, "weight holds -1 in row 1; allowed is 0 or more"),
        ({"y": [1, 0], "chance": [0.5, 0.5], "weight": [0, 0]}, "no row has any weight"),
        ({"y": [1, 0], "chance": [0.5, 0.5], "n_boot": 5}, "n_boot is no whole number from 20"),
        ({"y": [1, 0], "chance": [0.5, 0.5], "seed": True}, "seed is no whole number from 0"),
        ({"y": [[1, 0]], "chance": [0.5, 0.5]}, "y is no list of finite numbers"),
        ({"y": ["a", "b"], "chance": [0.5, 0.5]}, "y holds something that is no number"),
    ],
)
def test_bad_input_is_refused_with_its_place(told: dict[str, Any], sentence: str) -> None:
    with pytest.raises(wm.WorMatchError, match=sentence):
        reliability(**told)


def hidden(n: int) -> bool:
    return 0 < n < 10


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 20)), min_size=1, max_size=120))
def test_a_shared_one_tells_nothing_about_one_to_nine_people(rows: list[tuple[int, int]]) -> None:
    y, chance = np.array([y for y, _ in rows]), np.array([at / 20 for _, at in rows])
    found = reliability(y, chance, n_boot=20).shareable()
    assert not any(hidden(int(n)) for n in (*found.n_at, *found.n_continued, *(found.n_at - found.n_continued)))
    assert all(len(one) == len(found.n_at) for one in (found.chance, found.n_continued, found.weight))
    if hidden(int(y.sum())) or hidden(int((1 - y).sum())):
        assert (found.n, found.brier, found.mean_observed, found.mean_band) == (None,) * 4
        assert found.reason == "it would tell of one to nine people how they fared"
    else:
        assert found.n == len(y)
        assert found.observed is None or found.n_at.sum() == len(y)
    assert found.shareable().frame() == found.frame()


def test_a_shared_one_puts_neighbours_together_by_hand() -> None:
    """Of .2: 12, none continued. Of .5: 14, of whom 4. Of .9: 30, of whom 20. The last two go together: 24 of 44."""
    y = [0] * 12 + [1] * 4 + [0] * 10 + [1] * 20 + [0] * 10
    found = reliability(y, [0.2] * 12 + [0.5] * 14 + [0.9] * 30).shareable()
    assert (found.n_at.tolist(), found.n_continued.tolist()) == ([12, 44], [0, 24])
    assert found.observed is not None
    assert found.observed.tolist() == [0, 0.55]
    assert found.chance.tolist() == [0.2, 0.75]  # (14 x .5 + 30 x .9) / 44 = .773, of 44 people in steps of five points
    assert found.mean_observed == round(24 / 56, 2)
    assert found.brier == round((12 * 0.04 + 24 * 0.0625 + 20 * 0.5625) / 56, 3)
    assert found.shared


@pytest.fixture
def once_for_each_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many worlds are shared as the same groups, and what is told of these hangs on nothing else."""
    of_these = cache(calibration.of_groups)

    def of_groups(groups: list[Group]) -> Reliability:
        return of_these(tuple(groups))

    monkeypatch.setattr(calibration, "of_groups", of_groups)


def shared_view(found: Reliability) -> str:
    """All that a shared one tells."""
    figures = {name: one for name, one in vars(found).items() if not isinstance(one, np.ndarray)}
    return repr((figures, found.frame()))


def small_counts(worlds: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The counts of one to nine that are the same in all of some worlds."""
    return [column for column in set(zip(*worlds, strict=True)) if len(set(column)) == 1 and hidden(column[0])]


@pytest.mark.usefixtures("once_for_each_groups")
def test_twelve_of_two_chances_may_have_gone_in_any_way() -> None:
    """Of .2: 12, of whom 2 continued. Of .9: 12, of whom 9. Who knows the chances must not find the 2, 3 and 9."""
    views = defaultdict(list)
    for low in range(13):
        for high in range(13):
            y = [1] * low + [0] * (12 - low) + [1] * high + [0] * (12 - high)
            views[shared_view(reliability(y, [0.2] * 12 + [0.9] * 12, n_boot=20).shareable())].append(
                (low, 12 - low, high, 12 - high)
            )
    assert not {view: small_counts(worlds) for view, worlds in views.items() if small_counts(worlds)}
    assert max(map(len, views.values())) > 10


@pytest.mark.usefixtures("once_for_each_groups")
def test_no_count_of_one_to_nine_follows_from_a_shared_one() -> None:
    """Every way in which 22 people can have one of two known chances and continue or not."""
    chances = (0.2, 0.9)
    views = defaultdict(list)
    for split in combinations(range(25), 3):
        counts = np.diff([-1, *split, 25]) - 1
        lost_low, low, lost_high, high = counts.tolist()
        if 0 < low + high < 10 or 0 < lost_low + lost_high < 10:
            continue  # of these nothing is told
        found = reliability(
            np.repeat([0, 1, 0, 1], counts), np.repeat(chances, [lost_low + low, lost_high + high]), n_boot=20
        )
        views[shared_view(found.shareable())].append((*counts.tolist(), lost_low + low, lost_high + high))
    assert not {view: small_counts(worlds) for view, worlds in views.items() if small_counts(worlds)}


def test_weights_do_not_show_who_continued() -> None:
    """Forty people, of whom twelve count double; 20 continued, and it must not show how many of the twelve did."""
    views = defaultdict(list)
    for double in range(13):
        y = [1] * double + [0] * (12 - double) + [1] * (20 - double) + [0] * (8 + double)
        found = reliability(y, [0.5] * 40, [2.0] * 12 + [1.0] * 28, n_boot=20).shareable()
        assert found.n_continued.tolist() == [20]
        views[shared_view(found)].append((double, 12 - double))
    assert not {view: small_counts(worlds) for view, worlds in views.items() if small_counts(worlds)}


def test_who_counts_for_very_many_is_not_shared() -> None:
    found = reliability([1, 0] * 15, [0.5] * 30, [20.0] + [1.0] * 29, n_boot=20).shareable()
    assert found.reason == "it would tell of one to nine people how they fared"


def test_no_chance_of_a_person_stands_in_its_repr() -> None:
    assert repr(reliability([1, 0], [0.1234, 0.5])) == "Reliability(2 rows, brier 0.509)"
    assert (
        repr(reliability([1] * 3, [0.5] * 3).shareable())
        == "Reliability(it would tell of one to nine people how they fared)"
    )


def test_a_frame_of_polars_has_the_rows() -> None:
    found: Reliability = reliability([0, 1, 0, 1], [0.2, 0.4, 0.4, 0.9])
    assert found.frame("polars").to_dicts() == found.frame()
