"""The classifier against hand calculation, finite differences, three well-kept libraries, and scikit-learn's checks."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Any

import lifelines
import numpy as np
import pytest
import statsmodels.api as sm
from lifelines.datasets import load_rossi
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from sklearn.datasets import load_breast_cancer
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

from wor_match.learning.estimator import HazardClassifier
from wor_match.learning.newton import LINKS, Floats, Rows, Slopes, fit, inverse, laplace, settled
from wor_match.learning.periods import person_periods

SEVEN_OF_TEN = math.log(0.7 / 0.3)


def counted(yes: int, no: int, **options: Any) -> HazardClassifier:
    """A fit of one coefficient on so many rows with and without the event."""
    options = {"fit_intercept": False} | options
    return HazardClassifier(**options).fit([[1.0]] * (yes + no), [1] * yes + [0] * no)


def cancer() -> tuple[Floats, Floats]:
    """Three columns of scikit-learn's breast cancer data that do not separate the classes, in units of one spread."""
    features, answers = load_breast_cancer(return_X_y=True)
    chosen = features[:, [0, 1, 4]]
    return (chosen - chosen.mean(axis=0)) / chosen.std(axis=0), answers


# --- by hand


def test_seven_of_ten_without_a_prior_is_the_logit_of_seven_tenths() -> None:
    model = counted(7, 3)
    assert model.coef_[0, 0] == pytest.approx(SEVEN_OF_TEN, abs=1e-9)
    assert round(model.coef_[0, 0], 6) == 0.847298
    assert round(model.covariance_[0, 0], 5) == 0.47619  # 1 / (10 x .7 x .3)
    assert model.log_likelihood_ == pytest.approx(7 * math.log(0.7) + 3 * math.log(0.3), abs=1e-9)
    assert model.deviance_ == -2 * model.log_likelihood_


def test_the_log_likelihood_leaves_the_prior_out() -> None:
    model = counted(3, 7, prior_mean=SEVEN_OF_TEN, prior_precision=1 / 0.7**2)
    assert model.log_likelihood_ == pytest.approx(3 * math.log(0.485092) + 7 * math.log(1 - 0.485092), abs=1e-5)


def test_a_flat_prior_of_sd_1000_is_no_prior() -> None:
    assert counted(7, 3, prior_precision=1e-6).coef_[0, 0] == pytest.approx(SEVEN_OF_TEN, abs=1e-6)


def test_the_intercept_alone_is_the_same_and_has_no_prior() -> None:
    model = HazardClassifier(prior_precision=1e6).fit(np.zeros((10, 1)), [1] * 7 + [0] * 3)
    assert round(model.intercept_[0], 6) == 0.847298
    assert round(model.covariance_[0, 0], 5) == 0.47619
    assert (model.coef_.shape, model.intercept_.shape, model.covariance_.shape) == ((1, 1), (1,), (2, 2))


def test_the_cloglog_of_seven_tenths() -> None:
    model = counted(7, 3, link="cloglog")
    assert model.coef_[0, 0] == pytest.approx(math.log(-math.log(0.3)), abs=1e-9)
    assert model.predict_proba([[1.0]])[0] == pytest.approx([0.3, 0.7], abs=1e-9)
    assert model.decision_function([[1.0]])[0] == pytest.approx(SEVEN_OF_TEN, abs=1e-9)  # log-odds, whatever the link


def test_four_of_four_under_a_standard_normal_prior() -> None:
    """4 (1 - sigma(x)) = x. Two are written mirrored, (-1, 0) for (1, 1), so that both classes occur."""
    model = HazardClassifier(prior_precision=1.0, fit_intercept=False).fit([[1], [1], [-1], [-1]], [1, 1, 0, 0])
    assert round(model.coef_[0, 0], 6) == 1.042597


@pytest.mark.parametrize(("started", "level", "chance"), [(3, -0.059651, 0.485092), (7, 0.847298, 0.7)])
def test_a_prior_at_seven_tenths_gives_way_or_stays(started: int, level: float, chance: float) -> None:
    model = counted(started, 10 - started, prior_mean=SEVEN_OF_TEN, prior_precision=1 / 0.7**2)
    assert round(model.coef_[0, 0], 6) == level
    assert round(model.predict_proba([[1.0]])[0, 1], 6) == chance


def test_nine_of_ten_move_an_effect_of_sd_a_quarter_beside_a_level_that_is_held() -> None:
    held = HazardClassifier(fit_intercept=False, prior_mean=[SEVEN_OF_TEN, 0], prior_precision=[1e12, 1 / 0.25**2])
    level, effect = held.fit([[1.0, 1.0]] * 10, [1] * 9 + [0]).coef_[0]
    assert level == pytest.approx(SEVEN_OF_TEN, abs=1e-9)
    assert round(effect, 6) == 0.110788


def test_hazards_by_week_are_the_life_table() -> None:
    """At risk 6, 4 and 3; one stops in each week."""
    seen = person_periods([1, 1, 2, 3, 3, 3], [1, 0, 1, 1, 0, 0])
    weeks = seen.period[:, None] == [1, 2, 3]
    model = HazardClassifier(fit_intercept=False).fit(weeks, seen.event)
    assert model.coef_[0] == pytest.approx([math.log(1 / 5), math.log(1 / 3), math.log(1 / 2)], abs=1e-9)


# --- slopes


def town(link: str) -> Rows:
    """Forty invented rows in five groups, with weights and a prior."""
    dice = np.random.default_rng(5)
    return Rows(
        link=LINKS[link],
        design=dice.normal(size=(40, 3)),
        event=dice.integers(0, 2, 40).astype(float),
        weight=dice.uniform(0.5, 2, 40),
        group=dice.integers(0, 5, 40),
        n_groups=5,
        mean=np.array([0.0, 0.5, -1.0]),
        precision=np.array([0.0, 1.0, 4.0]),
    )


def differences(of: Any, at: Floats, step: float = 1e-5) -> Floats:
    """Central differences of a function of several numbers, one row for each of them."""
    moves = step * np.eye(len(at))
    return np.array([(of(at + move) - of(at - move)) / (2 * step) for move in moves])


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("sd", [0.0, 0.8])
def test_gradients_are_finite_differences(link: str, sd: float) -> None:
    rows, none = town(link), np.zeros(5)
    at = np.array([0.3, -0.7, 0.4])
    here = laplace(rows, sd, at, none)
    assert here.gradient == pytest.approx(differences(lambda b: laplace(rows, sd, b, none).objective, at), abs=1e-7)
    if sd:
        slope = differences(lambda log_sd: laplace(rows, float(np.exp(log_sd[0])), at, none).objective, np.log([sd]))
        assert here.sd_slope == pytest.approx(slope[0], abs=1e-7)
    else:
        hessian = differences(lambda b: laplace(rows, sd, b, none).gradient, at)
        assert here.information == pytest.approx(-hessian, abs=1e-7)


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("level", [-30.0, -3.0, 3.0, 30.0])
def test_effects_settle_where_their_slope_is_zero(link: str, level: float) -> None:
    """Far out the likelihood of a row is nearly straight, and a whole Newton step lands on the other side."""
    rows = replace(town(link), event=np.full(40, float(level < 0)), weight=np.full(40, 50.0))
    z = settled(rows, 8.0, np.full(40, level), np.zeros(5))
    slope = 8.0 * rows.by_group(rows.slopes(level + 8.0 * z[rows.group]).score) - z
    assert slope == pytest.approx(np.zeros(5), abs=1e-6)


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("predictor", [-690.0, -40.0, -9.0, -6.9, -1.0, 0.0, 1.5, 4.0, 20.0])
def test_slopes_of_a_row_hold_far_out(link: str, predictor: float) -> None:
    for event in (0.0, 1.0):
        below, here, above = (
            LINKS[link].slopes(np.array([predictor + move]), np.array([event])) for move in (-1e-4, 0.0, 1e-4)
        )
        for value, slope, sign in (
            ("log_likelihood", "score", 1),
            ("score", "curvature", -1),
            ("curvature", "bend", 1),
        ):
            change = (getattr(above, value)[0] - getattr(below, value)[0]) / 2e-4
            size = abs(getattr(here, value)[0])
            assert sign * getattr(here, slope)[0] == pytest.approx(change, rel=2e-5, abs=1e-10 * size + 1e-300)


# --- other houses


@pytest.mark.parametrize("precision", [0.0, 2.0])
def test_equal_to_scikit_learns_logistic_regression(precision: float) -> None:
    features, answers = cancer()
    inverse = 1 / precision if precision else np.inf
    theirs = LogisticRegression(C=inverse, solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(features, answers)
    ours = HazardClassifier(prior_precision=precision).fit(features, answers)
    assert ours.coef_ == pytest.approx(theirs.coef_, rel=1e-7)
    assert ours.intercept_ == pytest.approx(theirs.intercept_, rel=1e-7)
    assert ours.predict_proba(features) == pytest.approx(theirs.predict_proba(features), abs=1e-8)


@pytest.mark.parametrize(
    ("link", "theirs"), [("logit", sm.families.links.Logit), ("cloglog", sm.families.links.CLogLog)]
)
def test_equal_to_statsmodels_glm(link: str, theirs: Any) -> None:
    data = sm.datasets.spector.load_pandas()  # 32 students, whether a course helped them
    model = sm.GLM(data.endog, sm.add_constant(data.exog), family=sm.families.Binomial(link=theirs()))
    due = model.fit(method="newton", tol=1e-12, disp=False)
    ours = HazardClassifier(link=link).fit(data.exog, data.endog)
    assert np.r_[ours.intercept_, ours.coef_[0]] == pytest.approx(due.params.to_numpy(), rel=1e-6)
    assert ours.log_likelihood_ == pytest.approx(due.llf, rel=1e-9)
    assert ours.deviance_ == pytest.approx(due.deviance, rel=1e-9)
    observed = model.hessian(due.params, observed=True)
    assert ours.covariance_ == pytest.approx(np.linalg.inv(-observed), rel=1e-5)
    assert list(ours.feature_names_in_) == list(data.exog.columns)


@pytest.mark.parametrize("link", LINKS)
def test_the_product_over_weeks_is_lifelines_kaplan_meier(link: str) -> None:
    people = load_rossi()  # 432 men, 52 weeks, arrested or censored
    seen = person_periods(people["week"], people["arrest"])
    weeks = np.unique(seen.period[seen.event == 1])  # in a week without an event the hazard is 0
    at_risk = np.isin(seen.period, weeks)
    columns = (seen.period[at_risk, None] == weeks).astype(float)
    model = HazardClassifier(link=link, fit_intercept=False).fit(columns, seen.event[at_risk])
    staying = np.cumprod(model.predict_proba(np.eye(len(weeks)))[:, 0])
    theirs = lifelines.KaplanMeierFitter().fit(people["week"], people["arrest"]).predict(weeks).to_numpy()
    assert len(weeks) > 40
    assert staying == pytest.approx(theirs, abs=1e-9)


# Incidence of a lung disease in 15 herds of cattle over four quarters: Lesnoff et al. (2004), Prev. Vet. Med. 63;
# the standard example of a binomial random intercept. A herd's quarters in order, (ill, herd size) for each.
HERDS = [
    [(2, 14), (3, 12), (4, 9), (0, 5)],
    [(3, 22), (1, 18), (1, 21)],
    [(8, 22), (2, 16), (0, 16), (2, 20)],
    [(2, 10), (0, 10), (2, 9), (0, 6)],
    [(5, 18), (0, 25), (0, 24), (1, 4)],
    [(3, 17), (0, 17), (0, 18), (1, 20)],
    [(8, 16), (1, 10), (3, 9), (0, 5)],
    [(12, 34)],
    [(2, 9), (0, 6), (0, 8), (0, 6)],
    [(1, 22), (1, 22), (0, 18), (2, 22)],
    [(0, 25), (5, 27), (3, 22), (1, 22)],
    [(2, 10), (1, 8), (0, 6), (0, 5)],
    [(1, 21), (2, 24), (0, 19), (0, 23)],
    [(11, 19), (0, 2), (0, 3), (0, 2)],
    [(1, 19), (1, 15), (1, 15), (0, 15)],
]
CASES = [(herd, quarter, *case) for herd, cases in enumerate(HERDS) for quarter, case in enumerate(cases)]


def herds() -> tuple[Floats, NDArray[np.int64], NDArray[np.int64], Floats]:
    """Features, answers, herds and weights: two rows for each quarter of a herd, the ill and the others."""
    herd, quarter, ill, size = np.array(CASES).T
    quarters = (quarter[:, None] == [1, 2, 3]).astype(float)
    answers = np.repeat([1, 0], len(CASES))
    return np.tile(quarters, (2, 1)), answers, np.tile(herd, 2), np.r_[ill, size - ill].astype(float)


def test_herds_differ_as_published() -> None:
    """glmer of lme4 prints -1.3983, -.9919, -1.1282, -1.5797, sd .6421, log-likelihood -92.0266 (to its tolerance);
    TMB, which maximises the same formula by exact derivatives, -1.39853, -.99234, -1.12865, -1.58032."""
    features, answers, herd, weight = herds()
    model = HazardClassifier().fit(features, answers, groups=herd, sample_weight=weight)
    coefficients = np.r_[model.intercept_, model.coef_[0]]
    assert coefficients == pytest.approx([-1.3983, -0.9919, -1.1282, -1.5797], abs=1e-3)
    assert coefficients == pytest.approx([-1.39853, -0.99234, -1.12865, -1.58032], abs=5e-5)
    assert model.group_sd_ == pytest.approx(0.6421, abs=5e-4)
    orders = sum(math.log(math.comb(size, ill)) for _, _, ill, size in CASES)  # the binomial coefficients they count
    assert model.log_likelihood_ + orders == pytest.approx(-92.0266, abs=5e-4)
    errors = np.sqrt(np.diag(model.covariance_))
    assert errors == pytest.approx([0.2312, 0.3032, 0.3228, 0.4220], abs=0.01)  # theirs allow for the sd being guessed


# --- groups


def dense(model: HazardClassifier, link: str, sd: float) -> tuple[float, Floats, Floats]:
    """The Laplace formula of the herds with full matrices: log-likelihood, covariance of coefficients, effects."""
    features, answers, herd, weight = herds()
    design = np.c_[np.ones(len(features)), features]
    member = (herd[:, None] == np.arange(15)).astype(float)
    fixed = design @ np.r_[model.intercept_, model.coef_[0]]

    def log_likelihood(effects: Floats) -> float:
        predictor = fixed + member @ effects
        p = 1 / (1 + np.exp(-predictor)) if link == "logit" else 1 - np.exp(-np.exp(predictor))
        return float(weight @ np.where(answers == 1, np.log(p), np.log(1 - p)))

    def joint(effects: Floats) -> float:
        return log_likelihood(effects) - float(effects @ effects) / (2 * sd**2) - 15 * math.log(sd)

    def slopes(effects: Floats) -> Slopes:
        return LINKS[link].slopes(fixed + member @ effects, answers.astype(float))

    def downhill(effects: Floats) -> Floats:
        down: Floats = effects / sd**2 - member.T @ (weight * slopes(effects).score)
        return down

    best = minimize(
        lambda effects: -joint(effects), np.zeros(15), jac=downhill, method="BFGS", options={"gtol": 1e-9}
    ).x
    curvature = weight * slopes(best).curvature
    columns = np.c_[design, member]
    hessian = columns.T @ (curvature[:, None] * columns) + np.diag(np.r_[np.zeros(4), np.full(15, sd**-2)])
    value = joint(best) - np.linalg.slogdet(hessian[4:, 4:])[1] / 2
    return value, np.linalg.inv(hessian)[:4, :4], best


@pytest.mark.parametrize("link", LINKS)
def test_the_laplace_formula_is_that_of_full_matrices_and_at_its_top(link: str) -> None:
    features, answers, herd, weight = herds()
    model = HazardClassifier(link=link).fit(features, answers, groups=herd, sample_weight=weight)
    value, covariance, effects = dense(model, link, model.group_sd_)
    assert model.log_likelihood_ == pytest.approx(value, abs=1e-7)
    assert model.covariance_ == pytest.approx(covariance, rel=1e-4)
    assert model.group_effects_ == pytest.approx(effects, abs=1e-6)
    for factor in (0.97, 1.03):
        assert dense(model, link, factor * model.group_sd_)[0] < value - 1e-4
    for column in range(3):
        moved = HazardClassifier(link=link).fit(features, answers, groups=herd, sample_weight=weight)
        moved.coef_[0, column] += 0.01
        assert dense(moved, link, model.group_sd_)[0] < value - 1e-4


def test_laplace_is_close_to_the_integral() -> None:
    features, answers, herd, weight = herds()
    model = HazardClassifier().fit(features, answers, groups=herd, sample_weight=weight)
    effects, width = np.linspace(-6, 6, 4001, retstep=True)
    predictor = (features @ model.coef_[0] + model.intercept_[0])[:, None] + model.group_sd_ * effects
    rows = weight[:, None] * -np.logaddexp(0, np.where(answers == 1, -1, 1)[:, None] * predictor)
    normal = np.exp(-(effects**2) / 2) / math.sqrt(2 * math.pi)
    integral = sum(math.log((np.exp(rows[herd == one].sum(axis=0)) * normal).sum() * width) for one in range(15))
    assert model.log_likelihood_ == pytest.approx(integral, abs=0.5)
    assert model.log_likelihood_ != pytest.approx(integral, abs=1e-3)  # an approximation, on purpose


def test_the_sd_is_exact_to_a_millionth() -> None:
    features, answers, herd, weight = herds()
    model = HazardClassifier().fit(features, answers, groups=herd, sample_weight=weight)
    rows = Rows(LINKS["logit"], np.c_[np.ones(112), features], answers.astype(float), weight, herd, 15,
                mean=np.zeros(4), precision=np.zeros(4))  # fmt: skip
    below, above = (fit(rows, model.group_sd_ * factor).top.sd_slope for factor in (1 - 1e-6, 1 + 1e-6))
    assert below > 0 > above


def test_groups_with_mirrored_counts_get_opposite_effects() -> None:
    answers = [1] * 7 + [0] * 3 + [1] * 3 + [0] * 7
    model = HazardClassifier(prior_precision=1.0).fit(np.zeros((20, 1)), answers, groups=["b"] * 10 + ["a"] * 10)
    assert model.group_effects_.shape == (2,)
    assert model.group_effects_.sum() == pytest.approx(0, abs=1e-9)
    assert model.group_effects_[0] < -0.1 < 0.1 < model.group_effects_[1]  # sorted by label: a, then b
    assert model.group_sd_ > 0


@pytest.mark.parametrize("link", LINKS)
def test_groups_that_do_not_differ_have_sd_0_and_the_plain_fit(link: str) -> None:
    answers, groups = [1, 1, 0, 0, 0] * 4, np.repeat(["a", "b"], 10)
    features = np.tile([[0.0], [1.0], [0.0], [1.0], [2.0]], (4, 1))
    model = HazardClassifier(link=link).fit(features, answers, groups=groups)
    plain = HazardClassifier(link=link).fit(features, answers)
    assert model.group_sd_ == 0
    assert model.group_effects_.tolist() == [0, 0]
    assert model.coef_ == pytest.approx(plain.coef_, abs=1e-12)
    assert model.log_likelihood_ == pytest.approx(plain.log_likelihood_, abs=1e-12)


def test_a_fit_without_groups_forgets_those_of_the_fit_before() -> None:
    model = HazardClassifier().fit(np.zeros((4, 1)), [0, 1, 0, 1], groups=[0, 0, 1, 1])
    assert hasattr(model, "group_sd_")
    model.fit(np.zeros((4, 1)), [0, 1, 0, 1])
    assert not hasattr(model, "group_sd_")
    assert not hasattr(model, "group_effects_")


def test_groups_that_are_all_yes_or_all_no_warn_or_stay_finite() -> None:
    groups = np.repeat(np.arange(6), 20)
    with pytest.warns(ConvergenceWarning):
        model = HazardClassifier().fit(np.zeros((120, 1)), groups % 2, groups=groups)
    assert np.isfinite(model.group_effects_).all()
    assert np.isfinite(model.log_likelihood_)


# --- laws


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("with_groups", [False, True])
def test_the_order_of_rows_is_irrelevant(link: str, with_groups: bool) -> None:
    features, answers, herd, weight = herds()
    order = np.random.default_rng(3).permutation(len(answers))
    one = HazardClassifier(link=link).fit(features, answers, herd if with_groups else None, weight)
    other = HazardClassifier(link=link).fit(
        features[order], answers[order], herd[order] if with_groups else None, weight[order]
    )
    assert other.coef_ == pytest.approx(one.coef_, abs=1e-10)
    assert other.log_likelihood_ == pytest.approx(one.log_likelihood_, abs=1e-10)


@pytest.mark.parametrize("with_groups", [False, True])
def test_a_weight_is_that_many_rows_and_0_is_none(with_groups: bool) -> None:
    features, answers, herd, weight = herds()
    times = weight.astype(int)
    weighted = HazardClassifier().fit(features, answers, herd if with_groups else None, weight)
    repeated = HazardClassifier().fit(
        np.repeat(features, times, axis=0),
        np.repeat(answers, times),
        groups=np.repeat(herd, times) if with_groups else None,
    )
    assert 0 in times
    assert weighted.coef_ == pytest.approx(repeated.coef_, abs=1e-8)
    assert weighted.log_likelihood_ == pytest.approx(repeated.log_likelihood_, abs=1e-8)


def test_a_row_without_weight_may_lie_anywhere() -> None:
    features, answers = cancer()
    far, absent = np.r_[features, [[1e200, 0, 0]]], np.r_[np.ones(len(features)), 0]
    model = HazardClassifier().fit(far, np.r_[answers, 1], sample_weight=absent)
    assert model.coef_ == pytest.approx(HazardClassifier().fit(features, answers).coef_, abs=1e-10)


def test_a_group_without_weight_keeps_its_place_with_effect_0() -> None:
    features, answers, herd, weight = herds()
    weight = np.where(herd == 4, 0.0, weight)
    model = HazardClassifier().fit(features, answers, groups=herd, sample_weight=weight)
    without = HazardClassifier().fit(*(array[herd != 4] for array in (features, answers, herd, weight)))
    assert model.group_effects_[4] == 0
    assert np.delete(model.group_effects_, 4) == pytest.approx(without.group_effects_, abs=1e-8)


def test_each_feature_has_its_own_prior() -> None:
    """A precise prior holds its coefficient; the other is then fitted beside it."""
    features, answers = cancer()
    model = HazardClassifier(prior_mean=[0.5, 0, -1.5], prior_precision=[1e10, 0, 1e10]).fit(features, answers)
    assert model.coef_[0, [0, 2]] == pytest.approx([0.5, -1.5], abs=1e-6)
    swapped = HazardClassifier(prior_mean=[-1.5, 0.5, 0], prior_precision=[1e10, 1e10, 0])
    assert swapped.fit(features[:, [2, 0, 1]], answers).coef_[0, 2] == pytest.approx(model.coef_[0, 1], abs=1e-8)


def test_units_of_a_column_do_not_matter() -> None:
    features, answers = cancer()
    units = np.array([1e-6, 1.0, 1e6])
    assert HazardClassifier().fit(features * units, answers).coef_ * units == pytest.approx(
        HazardClassifier().fit(features, answers).coef_, rel=1e-8
    )


def test_columns_that_say_the_same_give_one_chance() -> None:
    features, answers = cancer()
    once, twice = HazardClassifier(), HazardClassifier()
    chances = once.fit(features, answers).predict_proba(features)
    doubled = np.c_[features, features[:, 0], np.zeros(len(features))]
    assert twice.fit(doubled, answers).predict_proba(doubled) == pytest.approx(chances, abs=1e-8)


# --- bad input


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("features", [[[-2], [-1], [1], [2]], [[-1e4], [-1], [1], [1e4]], [[0], [0], [1], [1]]])
def test_separable_classes_warn_and_stay_finite(link: str, features: ArrayLike) -> None:
    with pytest.warns(ConvergenceWarning, match="Give a prior_precision above 0"):
        model = HazardClassifier(link=link).fit(features, [0, 0, 1, 1])
    for number in (model.coef_, model.intercept_, model.covariance_, model.log_likelihood_):
        assert np.isfinite(number).all()
    assert model.predict(features).tolist() == [0, 0, 1, 1]


def test_half_separable_classes_warn_too() -> None:
    with pytest.warns(ConvergenceWarning):
        HazardClassifier().fit([[0], [0], [1], [1]], [0, 1, 1, 1])


def test_classes_apart_in_a_slanting_direction_warn_too() -> None:
    features, answers = load_breast_cancer(return_X_y=True)
    with pytest.warns(ConvergenceWarning):
        HazardClassifier().fit(features, answers, groups=answers)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")  # most of these are separable
@pytest.mark.parametrize("seed", [*range(40), 259, 1386, 1463])  # the last three once overflowed or stopped the search
def test_few_rows_in_any_units_give_finite_numbers(seed: int) -> None:
    dice = np.random.default_rng(seed)
    n_rows, n_features = int(dice.integers(2, 40)), int(dice.integers(1, 5))
    features = dice.normal(size=(n_rows, n_features)) * 10.0 ** dice.integers(-3, 4)
    if dice.random() < 0.3:
        features = np.round(features)
    answers = dice.integers(0, 2, n_rows)
    answers[:2] = 0, 1
    groups = dice.integers(0, int(dice.integers(1, 8)), n_rows) if dice.random() < 0.7 else None
    weight = dice.integers(0, 4, n_rows) if dice.random() < 0.3 else None
    if weight is not None:
        weight[:2] = 1
    link, precision, mean = (dice.choice(some) for some in (["logit", "cloglog"], [0, 0, 1e-3, 1, 1e4], [0.0, 3.0]))
    model = HazardClassifier(link, mean, precision, fit_intercept=bool(dice.integers(2)))
    model.fit(features, answers, groups, weight)
    for number in (model.coef_, model.covariance_, model.log_likelihood_, model.predict_proba(features)):
        assert np.isfinite(number).all()


def test_tops_where_laplace_is_no_approximation_are_not_taken() -> None:
    """Three rows in two groups: near an sd of 20 the formula rises once more, for no reason in the rows."""
    model = HazardClassifier(link="cloglog", prior_precision=1.0).fit([[0.0]] * 3, [0, 1, 1], groups=[0, 1, 1])
    assert model.group_sd_ == pytest.approx(1.63, abs=0.01)


def test_a_flat_slanting_direction_is_not_taken_for_a_top() -> None:
    """The sum of two columns tells a quarter of the rows apart, neither column alone does."""
    dice = np.random.default_rng(0)
    apart, answers = np.arange(200) < 50, dice.integers(0, 2, 200)
    first = dice.normal(size=200)
    with pytest.warns(ConvergenceWarning):
        HazardClassifier().fit(np.c_[first, apart - first], np.where(apart, 1, answers))


def test_coefficients_of_which_nothing_is_known_have_no_inverse() -> None:
    found, rank = inverse(np.diag([4.0, 1e-310, -1e-20]))
    assert rank == 1
    assert found == pytest.approx(np.diag([0.25, 0, 0]))


def test_a_prior_heals_separation_and_rare_events_do_not_warn() -> None:
    model = HazardClassifier(prior_precision=1.0).fit([[-2], [-1], [1], [2]], [0, 0, 1, 1])
    assert 0 < model.coef_[0, 0] < 2
    rare = HazardClassifier().fit(np.zeros((2, 1)), [0, 1], sample_weight=[1e7, 1])
    assert rare.intercept_[0] == pytest.approx(-math.log(1e7), abs=1e-8)


@pytest.mark.parametrize("scale", [1e-8, 1e8])
def test_the_size_of_all_weights_together_does_not_matter(scale: float) -> None:
    model = HazardClassifier(fit_intercept=False).fit([[1.0]] * 2, [1, 0], sample_weight=[7 * scale, 3 * scale])
    assert model.coef_[0, 0] == pytest.approx(SEVEN_OF_TEN, abs=1e-9)


@pytest.mark.parametrize(
    ("options", "given", "sentence"),
    [
        ({"link": "probit"}, {}, "link: 'probit' is unknown; give one of logit, cloglog."),
        ({"prior_precision": -1.0}, {}, "prior_precision: -1.0 is below 0"),
        (
            {"prior_mean": [0.0, 0.0, 0.0]},
            {},
            "prior_mean: shape (3,); give one number, or one for each of 2 features.",
        ),
        ({"prior_mean": np.nan}, {}, "prior_mean: not every number is finite."),
        ({}, {"y": [1, 1, 1, 1]}, "y: only one class"),
        ({}, {"y": [0, 1, 2, 1]}, "Only binary classification is supported: y has 3 classes."),
        ({}, {"X": [[np.nan, 0]] * 4}, "Input X contains NaN"),
        ({}, {"sample_weight": [1, 1, -1, 1]}, "sample_weight[2]: -1.0 is negative"),
        ({}, {"sample_weight": [1, 0, 1, 0]}, "sample_weight: every weight is zero in one class"),
        ({}, {"sample_weight": [1, 1]}, "sample_weight: shape (2,); give one weight for each of 4 rows."),
        ({}, {"groups": [1, 1]}, "groups: 2 labels; give one for each of 4 rows."),
        ({}, {"groups": [1, 1, np.nan, 2]}, "groups[2]: the label is missing"),
        ({}, {"groups": ["a", None, "b", "b"]}, "groups[1]: the label is missing"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(options: dict[str, Any], given: dict[str, Any], sentence: str) -> None:
    asked: dict[str, Any] = {"X": [[0.0, 1.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]], "y": [0, 1, 0, 1]} | given
    with pytest.raises(ValueError, match=re.escape(sentence)):
        HazardClassifier(**options).fit(**asked)


# --- a good neighbour in scikit-learn


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")  # many checks fit separable blobs
@parametrize_with_checks([HazardClassifier(), HazardClassifier(link="cloglog", prior_precision=1.0)])
def test_scikit_learns_own_checks_pass(estimator: HazardClassifier, check: Any) -> None:
    check(estimator)


def test_works_in_a_pipeline_and_in_cross_validation() -> None:
    features, answers = load_breast_cancer(return_X_y=True, as_frame=True)
    pipeline = make_pipeline(StandardScaler(), HazardClassifier(prior_precision=1.0))
    theirs = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, tol=1e-10, max_iter=1000))
    for scoring in ("neg_log_loss", "accuracy", "roc_auc"):
        scores = (cross_val_score(each, features, answers, scoring=scoring, cv=4) for each in (pipeline, theirs))
        assert next(scores) == pytest.approx(next(scores), abs=1e-5)


def test_a_grid_search_finds_that_a_prior_helps() -> None:
    """With thirty columns the classes are separable; some prior beats next to none."""
    features, answers = load_breast_cancer(return_X_y=True)
    search = GridSearchCV(
        make_pipeline(StandardScaler(), HazardClassifier()),
        {"hazardclassifier__prior_precision": [1e-6, 1.0, 1e4]},
        scoring="neg_log_loss",
        cv=3,
    ).fit(features, answers)
    assert search.best_params_ == {"hazardclassifier__prior_precision": 1.0}


def test_groups_go_along_in_cross_validation() -> None:
    features, answers, herd, weight = herds()
    splits = GroupKFold(3)
    scores = cross_val_score(
        HazardClassifier(),
        features,
        answers,
        groups=herd,
        cv=splits,
        scoring="neg_log_loss",
        params={"groups": herd, "sample_weight": weight},
    )
    train, test = next(iter(splits.split(features, answers, herd)))
    model = HazardClassifier().fit(features[train], answers[train], groups=herd[train], sample_weight=weight[train])
    chance = model.predict_proba(features[test])[np.arange(len(test)), answers[test]]
    assert scores[0] == pytest.approx(np.log(chance).mean(), abs=1e-9)


def test_classes_keep_their_names_and_columns_their_order() -> None:
    features, answers = load_breast_cancer(return_X_y=True, as_frame=True)
    features = features.iloc[:, [0, 1, 4]]
    model = HazardClassifier(prior_precision=1.0).fit(features, np.where(answers == 1, "stays", "goes"))
    assert model.classes_.tolist() == ["goes", "stays"]
    assert set(model.predict(features)) == {"goes", "stays"}
    with pytest.raises(ValueError, match="feature names should match"):
        model.predict(features.iloc[:, ::-1])


def test_a_link_that_is_set_afterwards_counts_from_the_next_fit_on() -> None:
    model = counted(7, 3)
    before = model.predict_proba([[1.0]])
    assert np.array_equal(model.set_params(link="cloglog").predict_proba([[1.0]]), before)


def test_the_top_is_reached_from_anywhere() -> None:
    rows = replace(town("cloglog"), precision=np.ones(3))
    best = fit(rows, 0.5)
    far = laplace(rows, 0.5, np.array([6.0, -6.0, 6.0]), np.zeros(5))
    again = fit(rows, 0.5, replace(best, top=far))
    assert best.converged
    assert again.converged
    assert again.top.coefficients == pytest.approx(best.top.coefficients, abs=1e-7)
