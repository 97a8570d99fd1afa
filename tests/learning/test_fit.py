"""The fit: cases a reader can redo by hand, slopes by differences, and answers that follow the evidence."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines.datasets import load_rossi
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

import wor_match as wm
from tests.learning.worlds import people, unlike
from wor_match.errors import ModelError
from wor_match.learning import ChanceModel, Episodes, Posterior, Prior, person_periods
from wor_match.learning.curvature import slope_and_curvature
from wor_match.learning.design import Beliefs, Design
from wor_match.learning.fit import fitted, log_posterior, mode
from wor_match.learning.likelihood import derivatives, log_likelihood
from wor_match.learning.model import no_episodes
from wor_match.learning.prior import PIECES
from wor_match.learning.rows import Trials
from wor_match.signals import SIGNALS

LOGIT_7_10 = float(np.log(0.7 / 0.3))
HELD, FLAT = 1e-6, 1e5
PRIOR_TAUS = ("beta", "term", "organiser", "activity")
STAYS = np.array([0.0, 1.0, 1.0, 1.0, 1.0, 1.0])


def episodes(started: Any, low: Any = 0, high: Any = 0, activity: Any = -1, strengths: Any = None) -> Episodes:
    """Episodes without signals, of activities only."""
    n = len(started)
    spread = [np.broadcast_to(np.array(told, dtype=np.int64), (n,)) for told in (low, high, activity)]
    unknown = np.full(n, -1)
    given_ = np.zeros((n, 0)) if strengths is None else np.asarray(strengths, dtype=float)
    return Episodes(given_, unknown, unknown, spread[2], np.array(started), spread[0], spread[1])


def bare(**changed: Any) -> Prior:
    """A prior without signals: every level free, pieces held at 0, taus that are not tuned."""
    prior = replace(Prior.expert(()), level_start=(0.0, FLAT), level_week=(0.0, FLAT), pieces=np.zeros(len(PIECES)),
                    pieces_sd=HELD, scale=(1.0, HELD), taus={"beta": 0.6, "term": 0.15, "organiser": 0.2, "activity": 0.25})  # fmt: skip
    return replace(prior, **changed)


def fit(told: Episodes, prior: Prior) -> Any:
    """The mode under these beliefs."""
    sizes = tuple(int(codes.max(initial=-1)) + 1 for codes in (told.term, told.organiser, told.activity))
    return fitted(Design.of(told, prior, sizes), Trials.of(told), prior)


def test_seven_of_ten_start() -> None:
    found = fit(episodes([1] * 7 + [0] * 3), bare())
    assert found.dense[0] == pytest.approx(0.847298, abs=5e-7)
    assert found.curvature.variances()[0][0] == pytest.approx(0.47619, abs=5e-6)


def test_a_weekly_hazard_is_stops_among_weeks() -> None:
    # 5 people, weeks 12, 12, 3, 7, 12: 46 person-weeks and the two stops in weeks 4 and 8 make 48 trials
    found = fit(episodes([1] * 5, [12, 12, 3, 7, 12], [0, 0, 4, 8, 0]), bare())
    assert found.dense[1] == pytest.approx(np.log((1 - 2 / 48) / (2 / 48)), abs=1e-6)


def test_weeks_by_piece_are_the_life_table_and_their_product_is_kaplan_meier() -> None:
    low, high = [0, 0, 1, 3, 6, 12, 12, 10], [1, 1, 2, 0, 7, 0, 0, 0]
    found = fit(episodes([1] * 8, low, high), bare(pieces_sd=FLAT, level_week=(0.0, HELD)))
    at_risk, stops = [8, 6, 5 + 5, 4 + 4 + 4 + 3, 3 + 3 + 2 + 2], [2, 1, 0, 1, 0]
    for piece, (n, gone) in enumerate(zip(at_risk, stops, strict=True)):
        q = 1 / (1 + np.exp(-found.dense[3 + piece]))
        assert q == pytest.approx(1 - gone / n, abs=1e-4), piece


def test_four_of_ten_gone_at_the_call_of_twelve_weeks() -> None:
    found = fit(episodes([1] * 10, [0] * 4 + [12] * 6, [12] * 4 + [0] * 6), bare())
    assert found.dense[1] == pytest.approx(3.135274, abs=5e-6)
    assert 1 / (1 + np.exp(-found.dense[1])) == pytest.approx(0.958325, abs=5e-7)


@pytest.mark.parametrize(("n_started", "due"), [(3, -0.059651), (7, LOGIT_7_10)])
def test_ten_starts_under_the_belief_that_seven_in_ten_do(n_started: int, due: float) -> None:
    found = fit(episodes([1] * n_started + [0] * (10 - n_started)), bare(level_start=(LOGIT_7_10, 0.7)))
    assert found.dense[0] == pytest.approx(due, abs=5e-7)
    assert n_started == 7 or 1 / (1 + np.exp(-found.dense[0])) == pytest.approx(0.485092, abs=5e-7)


def test_four_of_four_under_a_standard_normal() -> None:
    assert fit(episodes([1] * 4), bare(level_start=(0.0, 1.0))).dense[0] == pytest.approx(1.042597, abs=5e-7)


def test_nine_of_ten_move_an_activity() -> None:
    told = episodes([1] * 10, [1] * 9 + [0], [0] * 9 + [1], activity=0)
    found = fit(told, bare(level_week=(LOGIT_7_10, HELD)))
    assert found.activity[0] == pytest.approx(0.110788, abs=1e-6)
    halved = fit(episodes([1] * 9 + [0], activity=0), bare(level_start=(LOGIT_7_10, HELD)))
    assert 0 < halved.activity[0] < 0.110788 / 1.5, "half of it holds for the start"


def test_equal_evidence_equal_effects_and_swapping_names_swaps_them() -> None:
    starts = [1] * 7 + [0] * 3 + [1] * 3 + [0] * 7
    one = fit(episodes(starts, activity=[0] * 10 + [1] * 10), bare(level_start=(0.0, 1.0)))
    other = fit(episodes(starts, activity=[1] * 10 + [0] * 10), bare(level_start=(0.0, 1.0)))
    assert one.activity[0] == pytest.approx(-one.activity[1], abs=1e-9)
    np.testing.assert_allclose(one.activity, other.activity[::-1], atol=1e-9)
    same = fit(episodes(starts[:10] * 2, activity=[0] * 10 + [1] * 10), bare(level_start=(0.0, 1.0)))
    assert same.activity[0] == pytest.approx(same.activity[1], abs=1e-12)


def test_started_and_nothing_more_adds_the_start_alone() -> None:
    trials = Trials.of(episodes([1, 1, 0, -1], [0, 2, 0, 0], [0, 3, 0, 0]))
    assert trials.n.tolist() == [[1, 0, 0, 0, 0, 0], [1, 1, 1, 1, 0, 0], [1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]]
    assert trials.went_on.tolist() == [[1, 0, 0, 0, 0, 0], [1, 1, 1, 0, 0, 0], [0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]]
    assert not trials.between.any()


def test_a_stop_of_one_open_week_is_a_stop_of_that_week() -> None:
    told = Trials.of(episodes([1], [4], [5]))
    between = np.zeros_like(told.n)
    between[0, 4] = 1.0
    as_interval = Trials(told.n - between, told.went_on, between)
    eta = np.array([[0.3, 1.0, 2.0, -1.0, 0.7, 3.0]])
    exact, interval = derivatives(eta, told), derivatives(eta, as_interval)
    assert log_likelihood(eta, told) == pytest.approx(log_likelihood(eta, as_interval), abs=1e-9)
    np.testing.assert_allclose(exact.slope, interval.slope, atol=1e-9)
    np.testing.assert_allclose(exact.bend, interval.bend, atol=1e-9)
    np.testing.assert_allclose(exact.blocks, interval.blocks, atol=1e-9)


@pytest.mark.parametrize("precision", [0.0, 1.0])
def test_starts_are_scikit_learns_logistic_regression(precision: float) -> None:
    """On the breast cancer data that scikit-learn ships, in three columns that do not separate the classes."""
    features, started = load_breast_cancer(return_X_y=True)
    columns = features[:, [0, 1, 4]]
    strengths = (columns - columns.mean(axis=0)) / columns.std(axis=0) / 5
    sd = 1 / np.sqrt(precision) if precision else FLAT
    prior = bare(start=np.zeros(3), stay=np.zeros(3), spread=np.ones(3), taus=bare().taus | {"beta": sd}, strength=1e12)
    found = fit(episodes(started, strengths=strengths), prior).dense
    theirs = LogisticRegression(C=1 / precision if precision else np.inf, solver="newton-cholesky", tol=1e-12)
    theirs.fit(strengths, started)
    assert found[3 + len(PIECES) :] == pytest.approx(theirs.coef_[0], abs=1e-6)
    assert found[0] == pytest.approx(theirs.intercept_[0], abs=1e-6)


def test_weeks_are_statsmodels_glm_on_person_periods() -> None:
    """On lifelines' data on who is arrested again: weeks of twelve, whether they had financial aid, were married."""
    rossi = load_rossi()
    weeks, stopped = np.minimum(rossi.week.to_numpy(), 12), (rossi.arrest.eq(1) & rossi.week.le(12)).to_numpy()
    strengths = rossi[["fin", "mar"]].to_numpy(dtype=float)
    told = episodes(np.ones(len(rossi), dtype=int), weeks - stopped, np.where(stopped, weeks, 0), strengths=strengths)
    prior = bare(
        start=np.zeros(2), stay=np.zeros(2), spread=np.ones(2), taus=bare().taus | {"beta": FLAT}, strength=1e12
    )
    rows = person_periods(weeks, stopped)
    theirs = sm.GLM(1 - rows.event, sm.add_constant(strengths[rows.row]), sm.families.Binomial()).fit()
    trials = Trials.of(told)  # everybody started, which would speak for the signals: only the weeks count here
    without_start = replace(trials, n=trials.n * STAYS, went_on=trials.went_on * STAYS)
    found = fitted(Design.of(told, prior, (0, 0, 0)), without_start, prior)
    assert found.dense[1] == pytest.approx(theirs.params[0], abs=1e-6)
    assert found.dense[3 + len(PIECES) :] == pytest.approx(theirs.params[1:], abs=1e-6)


def test_an_activity_without_outcomes_keeps_its_prior() -> None:
    found = fit(episodes([1, 1, 0], activity=[0, 2, 2]), bare(level_start=(0.0, 1.0), strength=1e9))
    assert found.activity[1] == 0.0
    assert found.curvature.variances()[1][1] == pytest.approx(0.25**2, rel=0.01)


def drawn(seed: int, n: int = 40, n_signals: int = 3) -> tuple[Episodes, Prior]:
    """Invented episodes of every kind, with terms and organisers, and a prior with beliefs."""
    dice = np.random.RandomState(seed)
    started = dice.choice([1, 1, 1, 0, -1], n)
    low = np.where(started == 1, dice.randint(0, 12, n), 0)
    high = np.where((started == 1) & (dice.rand(n) < 0.7), low + dice.randint(1, 13, n), 0)
    high = np.where(high > 12, 0, high)
    told = Episodes(dice.uniform(-0.7, 0.7, (n, n_signals)), dice.randint(-1, 3, n), dice.randint(-1, 4, n),
                    dice.randint(-1, 6, n), started, low, high)  # fmt: skip
    beliefs = [(0.4, 0.3), (0.2, -0.2), (0.0, 0.6)][:n_signals]
    return told, Prior.expert([SimpleNamespace(name=f"s{n}", beliefs=pair) for n, pair in enumerate(beliefs)])


@pytest.mark.parametrize("seed", range(6))
def test_slopes_and_curvature_equal_finite_differences(seed: int) -> None:
    told, prior = drawn(seed)
    design, trials = Design.of(told, prior, (3, 4, 6)), Trials.of(told)
    beliefs = Beliefs.of(prior, prior.taus, design.sizes)
    dice = np.random.RandomState(seed)
    dense, activity = beliefs.mean + dice.normal(0, 0.3, len(beliefs.mean)), dice.normal(0, 0.3, 6)
    slope, by_activity, _ = slope_and_curvature(design, trials, beliefs, dense, activity)
    whole = np.concatenate([dense, activity])

    def at(point: Any) -> float:
        return log_posterior(design, trials, beliefs, point[: len(dense)], point[len(dense) :])

    for number, due in enumerate([*slope, *by_activity]):
        step = np.zeros(len(whole))
        step[number] = 1e-5
        assert (at(whole + step) - at(whole - step)) / 2e-5 == pytest.approx(due, abs=1e-5), number


@pytest.mark.parametrize("seed", range(4))
def test_curvature_of_one_episode_equals_finite_differences(seed: int) -> None:
    told, _ = drawn(seed, n=30)
    etas = np.random.RandomState(seed).normal(1.0, 1.0, (30, 6))
    for row, eta in enumerate(etas[:, None]):
        trials = Trials.of(told.taken([row]))
        found = derivatives(eta, trials)
        assert (np.linalg.eigvalsh(found.blocks) > -1e-12).all(), "never bent the wrong way"
        np.testing.assert_allclose(found.bend[0], found.blocks.sum(axis=0), atol=1e-12)
        for stage in range(6) if not len(trials.unsure) else ():
            step = np.eye(6)[[stage]] * 1e-5
            bent = (derivatives(eta - step, trials).slope - derivatives(eta + step, trials).slope) / 2e-5
            np.testing.assert_allclose(bent[0], found.blocks[stage], atol=1e-6)


def test_eliminating_the_activities_gives_the_dense_answer() -> None:
    told, prior = drawn(3, n=80)
    design, trials = Design.of(told, prior, (3, 4, 6)), Trials.of(told)
    beliefs = Beliefs.of(prior, prior.taus, design.sizes)
    dense, activity, curve = mode(design, trials, beliefs, beliefs.mean, np.zeros(6), 1e-9)
    whole = np.block([[curve.dense, curve.across], [curve.across.T, np.diag(curve.activity)]])
    np.testing.assert_allclose(np.concatenate(curve.variances()), np.diag(np.linalg.inv(whole)), rtol=1e-9)
    slope, by_activity, _ = slope_and_curvature(design, trials, beliefs, dense + 0.1, activity)
    step = np.linalg.solve(whole, np.concatenate([slope, by_activity]))
    np.testing.assert_allclose(np.concatenate(curve.solve(slope, by_activity)), step, rtol=1e-8)
    covariance = np.cov(
        Posterior.of_fit(fitted(design, trials, prior), design, trials, prior).effects["activity"].draws
    )
    assert covariance.shape == (6, 6)


def test_draws_have_the_covariance_of_the_fit() -> None:
    told, prior = drawn(5, n=200)
    design, trials = Design.of(told, prior, (3, 4, 6)), Trials.of(told)
    found = fitted(design, trials, prior)
    effects = Posterior.of_fit(found, design, trials, prior).effects["activity"]
    np.testing.assert_allclose(effects.draws.mean(axis=1), effects.mode, atol=1e-12), "mirror images"
    spread = effects.draws.std(axis=1) / np.sqrt(found.curvature.variances()[1])
    assert (np.abs(spread - 1) < 0.35).all(), spread  # 32 normals and their mirror images: a sd of some 12 %


def test_no_outcomes_leave_the_prior_to_the_bit() -> None:
    prior = Prior.expert(SIGNALS)
    before, after = Posterior.of_prior(prior), ChanceModel(prior).fit(no_episodes(len(SIGNALS))).posterior_
    for name in ("level_start", "level_week", "start", "stay"):
        assert (getattr(before.draws, name) == getattr(after.draws, name)).all()


def test_one_outcome_moves_the_draws_only_a_little() -> None:
    prior = Prior.expert(SIGNALS)
    one = Episodes(np.zeros((1, len(SIGNALS))), *(np.array([code]) for code in (-1, -1, 0, 1, 0, 0)))
    after = ChanceModel(prior).fit(one).posterior_
    assert np.abs(after.draws.start - Posterior.of_prior(prior).draws.start).max() < 0.02, "the same dice"


@pytest.mark.parametrize(
    ("started", "low", "high"),
    [([1] * 30, [12] * 30, [0] * 30), ([0] * 30, [0] * 30, [0] * 30), ([1] * 30, [0] * 30, [1] * 30), ([1], [12], [0]),
     ([-1] * 5, [0] * 5, [0] * 5)],
)  # fmt: skip
def test_all_of_one_kind_gives_finite_answers(started: list[int], low: list[int], high: list[int]) -> None:
    n = len(started)
    told = episodes(started, low, high, activity=np.arange(n) % 3, strengths=np.tile([0.7, -0.3], (n, 1)))
    prior = Prior.expert(
        [SimpleNamespace(name=name, beliefs=pair) for name, pair in (("a", (0.4, 0.3)), ("b", (0.1, 0.1)))]
    )
    model = ChanceModel(prior).fit(told)
    codes = np.array([0, 1, 7])
    mean, low_, high_ = model.chance(np.zeros((3, 2)), np.full(3, -1), np.full(3, -1), codes)
    assert np.isfinite([mean, low_, high_]).all()
    assert ((low_ > 0) & (low_ <= mean) & (mean <= high_) & (high_ < 1)).all()


def test_a_town_that_joins_believes_what_many_towns_taught() -> None:
    dice = np.random.RandomState(5)
    expert = Prior.expert()
    town = unlike(expert, dice)
    told = town.seen(people(dice, 600, len(expert.start)), dice.randint(0, 24, 600), dice)
    national = ChanceModel(expert).fit(told)
    prior = Prior.from_model(national)
    ours, theirs = Posterior.of_prior(prior).mode, national.posterior_.mode
    for part in ("level_start", "level_week", "start", "stay"):
        np.testing.assert_allclose(getattr(ours, part), getattr(theirs, part), atol=1e-12)
    assert prior.level_start[1] > 0.3, "towns differ"
    assert 0.3 > prior.scale[1] > 0
    np.testing.assert_allclose(
        prior.spread**2, national.posterior_.coefficients.sd[8:] ** 2 + (0.3 * expert.spread) ** 2
    )
    first = fit(told.taken(np.arange(40)), prior)
    assert first.taus == pytest.approx(prior.taus), "held"


@pytest.mark.parametrize(("low", "high"), [(0, 12), (12, 0), (0, 1), (0, 0)])
def test_a_flat_prior_gives_finite_numbers(low: int, high: int) -> None:
    prior = replace(Prior.expert(()), level_start=(0.0, 1000.0), level_week=(0.0, 1000.0))
    one, codes = np.zeros((1, 0)), np.array([-1])
    assert np.isfinite(ChanceModel(prior).fit(episodes([1] * 50, low, high)).chance(one, codes, codes, codes)).all()


def test_pairs_of_another_shape_and_unknown_strengths_are_refused() -> None:
    model = ChanceModel(Prior.expert())
    n, one = len(SIGNALS), np.array([-1])
    for strengths in (np.zeros((1, 3)), np.zeros((3, n)), np.zeros(n), np.full((1, n), np.nan)):
        with pytest.raises(ModelError, match=r"shape|not all finite"):
            model.chance(strengths, one, one, one)
        with pytest.raises(ModelError, match=r"shape|not all finite"):
            model.start_and_survival(strengths, one, one, one)


@pytest.mark.parametrize(
    "changed",
    [{"level_start": (np.nan, 1.0)}, {"level_week": (3.0, 0.0)}, {"taus": {"beta": 0.6}}, {"spread": np.zeros(0)},
     {"pieces": np.zeros(3)}, {"pieces_sd": -1.0}, {"names": ("een",)}, {"taus": dict.fromkeys(PRIOR_TAUS, 0.0)},
     {"level_start": (0.0, 1e200)}, {"level_week": (1e7, 1.0)}, {"pieces_sd": 1e-13}, {"strength": np.inf}, {"strength": 0.0}],
)  # fmt: skip
def test_a_prior_that_cannot_be_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match="a prior has"):
        replace(Prior.expert(), **changed)


def test_separation_stays_finite_and_within_reason() -> None:
    strengths = np.concatenate([np.full((40, 1), 0.7), np.full((40, 1), -0.3)])
    prior = Prior.expert([SimpleNamespace(name="s", beliefs=(0.4, 0.3))])
    model = ChanceModel(prior).fit(episodes([1] * 40 + [0] * 40, [12] * 40 + [0] * 40, strengths=strengths))
    assert 0.4 < model.posterior_.mode.start[0, 0] < 20


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"strengths": [[np.nan]]}, "no finite numbers"),
        ({"strengths": [[1.5]]}, "no finite numbers in \\[-1, 1\\]"),
        ({"started": [2]}, "started out of range"),
        ({"low": [-1]}, "low out of range"),
        ({"high": [13]}, "high out of range"),
        ({"low": [5], "high": [5]}, "not after the weeks"),
        ({"low": [0.5]}, "give 1 whole numbers"),
        ({"activity": [0, 1]}, "give 1 whole numbers"),
    ],
)
def test_bad_episodes_are_refused_in_a_sentence(changed: dict[str, Any], said: str) -> None:
    fields: dict[str, Any] = {"strengths": [[0.1]], "term": [0], "organiser": [0], "activity": [0], "started": [1],
                              "low": [0], "high": [0]}  # fmt: skip
    with pytest.raises(wm.ModelError, match=said):
        Episodes(**{name: np.array(value) for name, value in {**fields, **changed}.items()})
    with pytest.raises(wm.ModelError, match=rf"the prior has {len(SIGNALS)}"):
        ChanceModel(Prior.expert(SIGNALS)).fit(no_episodes(3))


@given(st.integers(0, 10_000), st.randoms())
@settings(max_examples=15)
def test_the_order_of_episodes_changes_nothing(seed: int, dice: Any) -> None:
    told, prior = drawn(seed)
    order = list(range(len(told)))
    dice.shuffle(order)
    one, other = fit(told, prior), fit(told.taken(np.array(order)), prior)
    np.testing.assert_allclose(one.dense, other.dense, atol=1e-7)


@pytest.mark.parametrize("n_threads", [1, 2, 4])
def test_the_number_of_threads_changes_nothing(n_threads: int) -> None:
    dice = np.random.RandomState(3)
    prior = Prior.expert()
    town = unlike(prior, dice, n_activities=100)
    told = town.seen(people(dice, 1_500, len(prior.start)), dice.randint(0, 100, 1_500), dice)
    alone = fitted_in(1, told, prior)
    assert fitted_in(n_threads, told, prior) == alone


def fitted_in(n_threads: int, told: Episodes, prior: Prior) -> bytes:
    with threadpool_limits(n_threads, "blas"):
        draws = ChanceModel(prior).fit(told).posterior_.draws
    return b"".join(np.asarray(part).tobytes() for part in (draws.level_start, draws.start, draws.stay))


@pytest.mark.parametrize("seed", range(40))
def test_one_more_who_stayed_never_lowers_that_activity_for_the_same_strengths(seed: int) -> None:
    told, prior = drawn(seed, n=60)
    row = np.array([seed % 60])
    pairs = (told.strengths[row], told.term[row], told.organiser[row], told.activity[row])
    strengths, *codes = (np.concatenate([every, one]) for every, one in zip(
        (told.strengths, told.term, told.organiser, told.activity), pairs, strict=True))  # fmt: skip
    more = Episodes(strengths, *codes, np.append(told.started, 1), np.append(told.low, 12), np.append(told.high, 0))
    before, after = (ChanceModel(prior).fit(one).chance(*pairs)[0][0] for one in (told, more))
    assert after > before


def test_survival_falls_and_ends_at_the_chance() -> None:
    told, prior = drawn(4, n=60)
    model = ChanceModel(prior).fit(told)
    pairs = (told.strengths[:9], told.term[:9], told.organiser[:9], told.activity[:9])
    curve = model.start_and_survival(*pairs)
    assert curve.shape == (9, 13)
    assert (np.diff(curve, axis=1) <= 0).all()
    np.testing.assert_allclose(curve[:, -1], model.chance(*pairs)[0], atol=1e-12)
