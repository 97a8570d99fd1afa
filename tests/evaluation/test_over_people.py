"""A mean over people: by hand, by scipy, and refused in words where it cannot be told."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.stats import bootstrap, norm, t

from wor_match.errors import WorMatchError
from wor_match.evaluation.over_people import Figure, dice_of, least_shown, over_people, tails


def test_of_nobody_of_few_and_of_people_all_alike_it_is_refused_in_words() -> None:
    assert over_people(np.array([])) == Figure(None, None, 0, "there is nobody of whom it can be told")
    assert over_people(np.full(9, 0.5)) == Figure(0.5, None, 9, "fewer than 10 people", None, 9)
    alike = over_people(np.ones(40))
    assert (alike.value, alike.interval) == (1.0, None)
    assert "same share" in alike.reason


def test_the_interval_is_the_bootstrap_of_scipy_taken_a_little_further_out() -> None:
    shares = np.random.default_rng(5).beta(3, 1, size=12)
    low, high = tails(12)
    assert low == pytest.approx(norm.cdf(-np.sqrt(12 / 11) * t.ppf(0.975, 11)))
    told = bootstrap((shares,), np.mean, method="percentile", confidence_level=high - low, n_resamples=20000, rng=1)
    ours = over_people(shares).interval
    assert ours == pytest.approx(tuple(told.confidence_interval), abs=0.006)
    plain = bootstrap((shares,), np.mean, method="percentile", n_resamples=20000, rng=1).confidence_interval
    assert told.confidence_interval.high - told.confidence_interval.low > plain.high - plain.low
    assert over_people(shares) == over_people(shares)
    assert over_people(shares, seed=1).interval != ours


def test_what_may_be_chance_is_that_of_all_coins_thrown() -> None:
    gained = np.array(
        [[0.2, 0.0, 0.5], [0.1, 0.0, -0.5], [0.3, 0.0, 0.1], [0.2, 0.0, 0.0], [0.1, 0.0, 0.2], [0.4, 0.0, 0.1]]
    )
    spread = np.sqrt((gained**2).sum(axis=0))
    signs = np.array(list(product((-1, 1), repeat=6)))
    most = [max(row @ gained[:, at] / spread[at] for at in (0, 2)) for row in signs]
    expected = np.quantile(most, 0.95, method="higher") * spread / 6
    assert least_shown(gained, dice_of(0)) == pytest.approx(expected, abs=0.02)
    assert least_shown(gained, dice_of(0))[1] == 0.0


@pytest.mark.parametrize("seed", [-1, 1.0, True, "1"])
def test_a_seed_is_a_whole_number_from_0(seed: int) -> None:
    with pytest.raises(WorMatchError, match="`seed` is no whole number"):
        over_people(np.ones(12), seed)


def test_a_figure_reads_as_a_sentence() -> None:
    assert str(Figure(0.75, (0.7, 0.8), 40)) == "0.75 (0.70 to 0.80; 40 people)"
    assert str(Figure(None, None, 0, "nobody")) == "not told: nobody"
