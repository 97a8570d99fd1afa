"""What is believed before any outcome: the expert's levels, sixty-four draws, and shares that add up."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wor_match import learning
from wor_match.learning import Posterior, Prior
from wor_match.learning.posterior import Weights, quantiles
from wor_match.learning.prior import WEEKS
from wor_match.signals import SIGNALS

PRIOR = Prior.expert(SIGNALS)
POSTERIOR = Posterior.of_prior(PRIOR)
NEUTRAL = np.zeros((1, len(SIGNALS)))


def interval(
    told: Posterior, strengths: np.ndarray, at_mode: float = 0.0, record: float = 0.0, unseen: np.ndarray | float = 0.0
) -> tuple[float, float]:
    """The interval of one pair."""
    spread = np.broadcast_to(np.asarray(unseen), (1, 64))
    low, high = learning.interval(told, strengths, np.full((1, 1), at_mode), np.full((1, 64), record), spread)
    return float(low[0]), float(high[0])


def test_the_weekly_level_gives_six_in_ten_after_twelve_weeks() -> None:
    levels = PRIOR.level_week[0] + PRIOR.pieces
    stay = math.prod((1 / (1 + math.exp(-level))) ** weeks for level, weeks in zip(levels, WEEKS, strict=True))
    assert stay == pytest.approx(0.60, abs=1e-6)
    assert 1 / (1 + math.exp(-PRIOR.level_start[0])) == pytest.approx(0.70)


def test_averaging_over_draws_does_not_move_the_neutral_chances() -> None:
    at = learning.predictors(POSTERIOR.draws, NEUTRAL)
    assert learning.started(at).mean() == pytest.approx(0.70, abs=1e-8)
    assert learning.stayed(POSTERIOR.draws, at).mean() == pytest.approx(0.60, abs=1e-6)
    assert learning.chances(POSTERIOR.draws, at).mean() == pytest.approx(0.42, abs=0.002)


def test_beliefs_and_doubts_are_those_of_the_signals() -> None:
    names = [signal.name for signal in SIGNALS]
    welcome = names.index("welcome")
    assert (PRIOR.start[welcome], PRIOR.stay[welcome]) == (0.3, 0.6)
    assert PRIOR.spread[welcome] == pytest.approx(0.3)  # half the larger belief
    assert PRIOR.spread[names.index("gives_energy")] == pytest.approx(0.1)  # never less than .1
    assert PRIOR.taus == {"beta": 0.6, "term": 0.15, "organiser": 0.2, "activity": 0.25}


def test_half_of_the_draws_mirror_the_other_half() -> None:
    """Beta and scale are drawn with mirror images, so their mean over the draws is the belief itself."""
    assert POSTERIOR.draws.start.mean(axis=1) == pytest.approx(PRIOR.start, abs=1e-12)
    assert POSTERIOR.draws.stay.mean(axis=1) == pytest.approx(PRIOR.stay, abs=1e-12)
    assert POSTERIOR.draws.start.shape == (len(SIGNALS), 64)


def test_draws_have_about_the_spread_of_the_prior() -> None:
    assert POSTERIOR.draws.level_start.std() == pytest.approx(0.7, rel=0.3)
    assert POSTERIOR.draws.start[0].std() == pytest.approx(math.hypot(0.6 * PRIOR.spread[0], 0.3 * 0.4), rel=0.35)


def test_effects_nobody_has_seen_are_the_same_quantiles_in_an_own_order() -> None:
    one, other = POSTERIOR.unseen("activity", "een"), POSTERIOR.unseen("activity", "twee")
    assert sorted(one) == pytest.approx(sorted(other))
    assert sorted(one) == pytest.approx(sorted(0.25 * quantiles()))
    assert not np.array_equal(one, other)
    assert not np.array_equal(one / 0.25, POSTERIOR.unseen("organiser", "een") / 0.2)


def test_the_interval_widens_with_what_nobody_has_seen() -> None:
    none = interval(POSTERIOR, NEUTRAL[:1])
    unseen = interval(POSTERIOR, NEUTRAL[:1], unseen=3 * POSTERIOR.unseen("activity", "een"))
    assert 0 < none[0] < 0.42 < none[1] < 1
    assert unseen[1] - unseen[0] > none[1] - none[0]


def test_the_interval_by_hand() -> None:
    """Start logits from -1 to 1 around 0, widened by 1.3; an unseen effect of 2 counts half of it for starting."""
    logits = np.linspace(-1, 1, 64)
    none = np.zeros((0, 64))
    mode = Weights(np.zeros(1), np.full((5, 1), 2.0), np.zeros((0, 1)), np.zeros((0, 1)))
    ours = Posterior(mode, Weights(logits, np.full((5, 64), 2.0), none, none), POSTERIOR.coefficients, PRIOR.taus)

    def chance(start: float, week: float) -> float:
        return 1 / (1 + math.exp(-start)) * (1 / (1 + math.exp(-week))) ** 12

    wide = sorted(chance(1.3 * logit, 2.0) for logit in logits)
    due = [wide[3] + 0.15 * (wide[4] - wide[3]), wide[59] + 0.85 * (wide[60] - wide[59])]  # 5 % of 63 steps is 3.15
    assert interval(ours, np.zeros((1, 0))) == pytest.approx(due)
    moved = sorted(chance(1.3 * logit + 0.5 * 1.3 * 2, 2.0 + 1.3 * 2) for logit in logits)
    due = pytest.approx(moved[3] + 0.15 * (moved[4] - moved[3]))
    assert interval(ours, np.zeros((1, 0)), unseen=np.full(64, 2.0))[0] == due
    # a track record of 1 at the mode and 2 in each draw: 1 + 1.3
    recorded = sorted(chance(1.3 * logit + 0.5 * 2.3, 2.0 + 2.3) for logit in logits)
    due = pytest.approx(recorded[3] + 0.15 * (recorded[4] - recorded[3]))
    assert interval(ours, np.zeros((1, 0)), at_mode=1.0, record=2.0)[0] == due


def test_one_world_by_hand() -> None:
    """Start logit 0 + 1 x .5, one level 2 for every week + 1 x .25: sigma(.5) x sigma(2.25)^12."""
    weights = Weights(np.zeros(1), np.full((5, 1), 2.0), np.array([[1.0]]), np.array([[0.5]]))
    at = learning.predictors(weights, np.array([[0.5]]))
    by_hand = 1 / (1 + math.exp(-0.5)) * (1 / (1 + math.exp(-2.25))) ** 12
    assert learning.chances(weights, at)[0, 0] == pytest.approx(by_hand, rel=1e-14)


@st.composite
def draws(draw: st.DrawFn) -> tuple[Weights, np.ndarray]:
    """Any weights of two draws, and any strengths."""
    n = draw(st.integers(1, 5))
    number = st.floats(-3, 3)
    numbers = lambda *shape: np.array(  # noqa: E731 — the shape differs from call to call
        draw(st.lists(number, min_size=math.prod(shape), max_size=math.prod(shape)))
    ).reshape(shape)
    return Weights(numbers(2), numbers(5, 2), numbers(n, 2), numbers(n, 2)), np.clip(numbers(n), -1, 1)


@given(draws(), st.floats(-2, 2))
def test_shares_add_up_to_the_difference_of_log_chances(told: tuple[Weights, np.ndarray], effect: float) -> None:
    weights, strengths = told
    pair, record = np.stack([strengths, np.zeros_like(strengths)]), np.array([effect, -effect])
    at = learning.recorded(learning.predictors(weights, pair), np.stack([record, np.zeros(2)]))
    chances = learning.chances(weights, at)
    for draw, counted in enumerate(2 * np.eye(2)):  # one of the two draws alone
        along = learning.path(weights, strengths[None], record[None])
        (shares,) = learning.shares(weights, strengths[None], record[None], along, counted[None])
        assert along.rise[0] == pytest.approx(np.log(chances[0] / chances[1]), abs=1e-11)
        assert shares.shape == (len(strengths) + 1,)
        assert shares.sum() == pytest.approx(np.log(chances[0] / chances[1])[draw], abs=1e-11)


def test_a_row_is_the_same_alone_and_among_others() -> None:
    rows = np.random.RandomState(7).uniform(-1, 1, (257, len(SIGNALS)))
    together = learning.chances(POSTERIOR.draws, learning.predictors(POSTERIOR.draws, rows)).mean(axis=1)
    alone = [
        learning.chances(POSTERIOR.draws, learning.predictors(POSTERIOR.draws, rows[row : row + 1])).mean(axis=1)[0]
        for row in range(len(rows))
    ]
    assert together.tolist() == alone
