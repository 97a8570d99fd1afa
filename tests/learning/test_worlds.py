"""In invented towns with a known truth: the fit finds it, says honestly how sure it is, and beats the beliefs."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from statistics import NormalDist

import numpy as np
import pytest

from tests.learning.worlds import World, drawn_from, people, unlike
from wor_match.learning import ChanceModel, Episodes, Prior
from wor_match.learning.design import Design
from wor_match.learning.fit import fitted
from wor_match.learning.prior import HORIZON, PIECES, Floats
from wor_match.learning.rows import Trials

PRIOR = Prior.expert()
HELD = replace(PRIOR, strength=1e9)  # the sizes of effects are those that the town was drawn with
N_ACTIVITIES, N_TERMS, N_ORGANISERS = 24, 6, 8
N_SIGNALS = len(PRIOR.start)
CHI_SQUARED_001 = 27.88  # of 9 degrees of freedom: exceeded by chance once in a thousand
Figure = Callable[[str], None]


@cache
def calibrated() -> dict[str, Floats]:
    """For 200 towns drawn from the prior: where the truth lies in what is believed after 150 outcomes, in [0, 1]."""
    found: dict[str, list[float]] = {}
    for seed in range(200):
        dice, again = np.random.RandomState(seed), np.random.RandomState(seed)
        town = drawn_from(HELD, dice)
        scale = HELD.scale[0] + HELD.scale[1] * again.randn()
        beta = HELD.taus["beta"] * HELD.spread * again.randn(N_SIGNALS)
        pieces = HELD.pieces + HELD.pieces_sd * again.randn(len(PIECES))
        activity = dice.randint(0, N_ACTIVITIES, 150)
        told = town.seen(people(dice, 150, N_SIGNALS), activity, dice)
        fit = fitted(Design.of(told, HELD, (N_TERMS, N_ORGANISERS, N_ACTIVITIES)), Trials.of(told), HELD)
        dense, by_activity = fit.curvature.variances()
        first = 3 + len(PIECES)
        truth = {
            "start": (0, town.level_start), "week": (1, town.level_week[2] - pieces[2]), "scale": (2, scale),
            "piece": (5, pieces[2]), "first signal": (first, beta[0]), "fourth signal": (first + 3, beta[3]),
            "term": (first + N_SIGNALS + 2, town.term[2]), "organiser": (first + N_SIGNALS + N_TERMS + 2, town.organiser[2]),
        }  # fmt: skip
        for name, (at, true) in truth.items():
            found.setdefault(name, []).append(NormalDist().cdf((true - fit.dense[at]) / dense[at] ** 0.5))
        off = (town.activity[5] - fit.activity[5]) / by_activity[5] ** 0.5
        found.setdefault("activity", []).append(NormalDist().cdf(off))
    return {name: np.array(places) for name, places in found.items()}


@pytest.mark.parametrize(
    "name", ["start", "week", "scale", "piece", "first signal", "fourth signal", "term", "organiser", "activity"]
)
def test_the_truth_lies_anywhere_in_what_is_believed(name: str, figure: Figure) -> None:
    counts = np.bincount((calibrated()[name] * 10).astype(int).clip(0, 9), minlength=10)
    chi_squared = float(((counts - 20) ** 2 / 20).sum())
    figure(f"calibration of 200 fits, {name}: chi-squared {chi_squared:.1f} of 9 degrees (27.9 is once in a thousand)")
    assert chi_squared < CHI_SQUARED_001


def test_intervals_hold_the_true_chance_as_often_as_they_say(figure: Figure) -> None:
    inside = []
    for seed in range(200):
        dice = np.random.RandomState(seed)
        town = drawn_from(PRIOR, dice)
        activity = dice.randint(0, N_ACTIVITIES, 150)
        model = ChanceModel(PRIOR).fit(town.seen(people(dice, 150, N_SIGNALS), activity, dice))
        strengths, asked = people(dice, 100, N_SIGNALS), dice.randint(0, N_ACTIVITIES, 100)
        _, low, high = model.chance(strengths, town.term_of[asked], town.organiser_of[asked], asked)
        true = town.chance(strengths, asked)
        inside.append(float(((low <= true) & (true <= high)).mean()))
    figure(
        f"90 % intervals hold the true chance in {100 * np.mean(inside):.1f} % of 20,000 pairs in 200 invented towns"
    )
    assert 0.87 <= np.mean(inside) <= 0.96


def regret_and_error(model: ChanceModel, town: World, strengths: Floats) -> tuple[float, float]:
    """The true chance lost in the top three, and the mean error of the chance."""
    n = len(strengths) // N_ACTIVITIES
    activity = np.tile(np.arange(N_ACTIVITIES), n)
    true = town.chance(strengths, activity).reshape(n, -1)
    told = model.chance(strengths, town.term_of[activity], town.organiser_of[activity], activity)[0].reshape(n, -1)
    top = np.argsort(-told, axis=1, kind="stable")[:, :3]
    best = -np.sort(-true, axis=1)[:, :3]
    return float((best - np.take_along_axis(true, top, 1)).mean()), float(np.abs(told - true).mean())


def test_it_beats_the_beliefs_where_they_are_wrong_and_censoring_matters(figure: Figure) -> None:
    """20 towns where half of the signals count the other way; 400 outcomes, of which four in ten are followed briefly."""
    rows = []
    for seed in range(20):
        dice = np.random.RandomState(1_000 + seed)
        town = unlike(PRIOR, dice)
        activity = dice.randint(0, N_ACTIVITIES, 400)
        told = town.seen(people(dice, 400, N_SIGNALS), activity, dice, censored=0.4)
        open_ = (told.started == 1) & (told.high == 0) & (told.low < HORIZON)
        dropped = told.taken(~open_)
        failed = Episodes(told.strengths, told.term, told.organiser, told.activity, told.started, told.low,
                          np.where(open_, told.low + 1, told.high))  # fmt: skip
        asked = people(dice, 100 * N_ACTIVITIES, N_SIGNALS)
        models = (ChanceModel(PRIOR), *(ChanceModel(PRIOR).fit(one) for one in (told, dropped, failed)))
        rows.append([regret_and_error(model, town, asked) for model in models])
    found = np.array(rows)
    better = int((found[:, 1, 0] < found[:, 0, 0]).sum())
    worse = [int((found[:, broken, 1] > found[:, 1, 1]).sum()) for broken in (2, 3)]
    regret, error = found.mean(axis=0)[:, 0], found.mean(axis=0)[:, 1]
    figure(
        f"regret after 400 outcomes in 20 invented towns: {regret[1]:.3f}, beliefs alone {regret[0]:.3f}; better in {better} of 20"
    )
    figure(
        f"error of the chance: {error[1]:.3f}; censored people dropped {error[2]:.3f}, called failures {error[3]:.3f}"
    )
    assert better >= 17
    assert min(worse) >= 17, "a fit that treats the censored otherwise is told apart"
    nothing = ChanceModel(PRIOR).fit(told.taken(np.zeros(400, dtype=bool)))
    assert regret_and_error(nothing, town, asked) == regret_and_error(ChanceModel(PRIOR), town, asked)


def test_the_effects_do_not_take_over_the_level(figure: Figure) -> None:
    dice = np.random.RandomState(7)
    town = unlike(PRIOR, dice, n_activities=60)
    activity = dice.randint(0, 60, 1_600)
    model = ChanceModel(PRIOR).fit(town.seen(people(dice, 1_600, N_SIGNALS), activity, dice))
    mean, tau = abs(model.posterior_.effects["activity"].mode.mean()), model.posterior_.taus["activity"]
    figure(f"mean of the activity effects after 1,600 outcomes: {mean / tau:.3f} of their size")
    assert mean < 0.2 * tau


def test_a_refit_of_ten_thousand_outcomes(figure: Figure) -> None:
    dice = np.random.RandomState(3)
    town = unlike(PRIOR, dice, n_activities=300)
    activity = dice.randint(0, 300, 10_000)
    told = town.seen(people(dice, 10_000, N_SIGNALS), activity, dice)
    began = time.perf_counter()
    model = ChanceModel(PRIOR).fit(told)
    figure(f"a refit of 10,000 outcomes over 300 activities: {time.perf_counter() - began:.2f} s (bar: 2 s)")
    assert model.converged_
    found = np.corrcoef(model.posterior_.effects["activity"].mode, town.activity)[0, 1]
    assert found > 0.5, "the better activities are found"
