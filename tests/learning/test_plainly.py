"""The fit by trio and without the activities finds what the slow, obvious fit finds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.learning import plainly
from tests.learning.test_fit import drawn
from tests.learning.worlds import people, unlike
from wor_match.learning import Episodes, Posterior, Prior
from wor_match.learning.design import Design, eta_at
from wor_match.learning.fit import Fit, fitted
from wor_match.learning.likelihood import derivatives
from wor_match.learning.posterior import recentred_on
from wor_match.learning.rows import Trials

SIZES = (3, 4, 6)


def both(told: Episodes, prior: Prior, sizes: tuple[int, int, int]) -> tuple[Fit, plainly.Plain]:
    """Our fit, and the slow one on the episodes whose start is known."""
    known = told.taken(told.started >= 0)
    return fitted(Design.of(known, prior, sizes), Trials.of(known), prior), plainly.fitted(known, prior, sizes)


def agree(ours: Fit, theirs: plainly.Plain) -> None:
    """The same weights, variances and sizes of effects."""
    assert ours.taus == pytest.approx(theirs.taus, rel=1e-3), "the tuning stops within a hundredth"
    np.testing.assert_allclose(np.concatenate([ours.dense, ours.activity]), theirs.weights, atol=2e-4)
    np.testing.assert_allclose(np.concatenate(ours.curvature.variances()), np.diag(theirs.covariance), rtol=2e-3)


@pytest.mark.parametrize("seed", range(4))
def test_any_episodes_give_the_slow_answer(seed: int) -> None:
    told, prior = drawn(seed, n=60)
    agree(*both(told, prior, SIZES))


def test_a_town_unlike_the_beliefs_gives_the_slow_answer() -> None:
    dice, prior = np.random.RandomState(8), Prior.expert()
    told = unlike(prior, dice).seen(people(dice, 250, len(prior.start)), dice.randint(0, 24, 250), dice)
    agree(*both(told, prior, (6, 8, 24)))


@pytest.mark.parametrize("seed", range(3))
def test_with_sizes_of_effects_held_they_agree_as_closely_as_newton_stops(seed: int) -> None:
    told, prior = drawn(seed, n=60)
    ours, theirs = both(told, replace(prior, strength=1e12), SIZES)
    np.testing.assert_allclose(np.concatenate([ours.dense, ours.activity]), theirs.weights, atol=1e-5)
    np.testing.assert_allclose(np.concatenate(ours.curvature.variances()), np.diag(theirs.covariance), rtol=1e-4)


@pytest.mark.parametrize("scale", [0.3, 1.0, 4.0])
def test_the_curvature_of_an_open_stop_is_its_block_without_negative_eigenvalues(scale: float) -> None:
    dice = np.random.RandomState(1)
    low = dice.randint(0, 11, 300)
    high = np.minimum(low + dice.randint(2, 13, 300), 12)
    ones, unknown = np.ones(300, dtype=np.int64), np.full(300, -1)
    told = Episodes(np.zeros((300, 0)), unknown, unknown, unknown, ones, low, high)
    for row, eta in enumerate(dice.normal(1.0, scale, (300, 6))):
        due = plainly.of_episode(told, row, eta)
        found = derivatives(eta[None], Trials.of(told.taken([row])))
        np.testing.assert_allclose(found.slope[0], due[1], atol=1e-9)
        np.testing.assert_allclose(found.blocks, due[2], atol=1e-9 * max(1.0, np.abs(due[2]).max()))


@pytest.mark.parametrize("eta", [-700.0, -30.0, 30.0, 700.0])
def test_an_open_stop_far_from_believed_stays_finite(eta: float) -> None:
    one = np.array([1])
    told = Episodes(np.zeros((1, 0)), -one, -one, -one, one, one, np.array([9]))
    found = derivatives(np.full((1, 6), eta), Trials.of(told))
    assert all(np.isfinite(part).all() for part in (found.slope, found.bend, found.blocks))


def test_log_odds_are_those_of_the_columns() -> None:
    told, prior = drawn(2, n=30)
    dice = np.random.RandomState(2)
    weights = dice.normal(0.0, 1.0, 8 + 3 + sum(SIZES))
    found = eta_at(Design.of(told, prior, SIZES), weights[:-6], weights[-6:])
    due = [plainly.columns(told, prior, row, SIZES) @ weights for row in range(30)]
    np.testing.assert_allclose(found, due, atol=1e-12)


@pytest.mark.parametrize("n", [1, 40, 5_000])
def test_draws_are_recentred_on_every_trial(n: int) -> None:
    """The mean chance over trials and draws is that at the mode: for the start, and for the weeks."""
    told, prior = drawn(6, n=n)
    told = told.taken(told.started >= 0) if n > 1 else told
    design, trials = Design.of(told, prior, SIZES), Trials.of(told)
    found = Posterior.of_fit(fitted(design, trials, prior), design, trials, prior)
    codes = (told.term, told.organiser, told.activity)

    def mean(weights: Any, record: Any) -> tuple[float, float]:
        start = weights.level_start + told.strengths @ weights.start + 0.5 * record
        stay = weights.level_week[None] + (told.strengths @ weights.stay + record)[:, None]
        shares = ((1 / (1 + np.exp(-start))).mean(axis=1), (1 / (1 + np.exp(-stay))).mean(axis=2))
        return float((trials.n[:, 0] * shares[0]).sum()), float((trials.n[:, 1:] * shares[1]).sum())

    assert mean(found.draws, found.record(*codes)) == pytest.approx(
        mean(found.mode, found.record(*codes, mode=True)), rel=1e-7
    )
    again = recentred_on(found, design, trials)
    np.testing.assert_allclose(again.draws.level_start, found.draws.level_start, atol=1e-7)
