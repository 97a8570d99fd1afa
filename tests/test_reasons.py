"""The reason is the score: a case worked by hand, and sums for any draws."""

from __future__ import annotations

import copy
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.town import activity, advice_on, person
from wor_match import learning
from wor_match.domain.facts import facts
from wor_match.learning.posterior import Weights
from wor_match.reasons import Reason, in_order, logarithmic_mean, spoken


def test_three_signals_and_one_draw_by_hand() -> None:
    """Worth .8 against .44, start logits .2, .1, 0 on level 0, stay logits 0, .3, -.3 on level 2.

    The second and third signal cancel for staying: their shares there are .3 and -.3 times the slope at zero,
    12 x sigma(-2). For starting the slope is [log sigma(.3) - log sigma(0)] / .3.
    """
    weights = Weights(
        np.zeros(1), np.full((5, 1), 2.0), np.array([[0.2], [0.1], [0.0]]), np.array([[0.0], [0.3], [-0.3]])
    )
    strengths = np.ones((1, 3))

    start_slope = (math.log(1 / (1 + math.exp(-0.3))) - math.log(0.5)) / 0.3
    stay_slope = 12 / (1 + math.exp(2.0))
    by_hand = [0.2 * start_slope, 0.1 * start_slope + 0.3 * stay_slope, -0.3 * stay_slope]
    once, none = np.ones((1, 1)), np.zeros((1, 1))
    along = learning.path(weights, strengths, none)
    assert learning.shares(weights, strengths, none, along, once)[0, :-1] == pytest.approx(by_hand, abs=1e-14)

    stay = (1 / (1 + math.exp(-2.0))) ** 12
    score, reference = 0.8 * stay / (1 + math.exp(-0.3)), 0.44 * stay / 2
    mean = (score - reference) / math.log(score / reference)
    worth = 100 * mean * math.log(0.8 / 0.44)
    points = 100 * learning.shares(weights, strengths, none, along, mean * once)
    assert worth + points.sum() == pytest.approx(100 * (score - reference), abs=1e-12)


@given(st.lists(st.floats(0.01, 1), min_size=3, max_size=3), st.lists(st.floats(0.01, 1), min_size=3, max_size=3))
def test_a_logarithmic_mean_turns_a_difference_of_logs_into_one_of_numbers(
    one: list[float], other: list[float]
) -> None:
    score, reference = np.array(one), np.array(other)
    log_ratio = np.log(score / reference)
    told = logarithmic_mean(score, reference, log_ratio) * log_ratio
    assert told == pytest.approx(score - reference, abs=1e-11)


def mean_of(one: float, other: float) -> float:
    return float(logarithmic_mean(np.array([one]), np.array([other]), np.log(np.array([one / other])))[0])


def test_the_logarithmic_mean_of_equals_is_that_number() -> None:
    assert mean_of(0.3, 0.3) == pytest.approx(0.3)
    assert mean_of(math.e, 1.0) == pytest.approx(math.e - 1)
    step = 9e-6  # below the switch: b (e^x - 1) / x, by the library function that keeps its digits
    assert mean_of(0.3 * math.exp(step), 0.3) == pytest.approx(0.3 * math.expm1(step) / step, rel=5e-14, abs=0.0)
    assert mean_of(0.3 * (1 + 1.1e-5), 0.3) - mean_of(0.3 * (1 + 9e-6), 0.3) == pytest.approx(0.3 * 1e-6, rel=1e-2)


def test_a_chance_too_small_for_a_number_still_has_its_mean() -> None:
    told = logarithmic_mean(np.zeros(1), np.array([0.4]), np.array([-3600.0]))
    assert told == pytest.approx(0.4 / 3600)


def reason(name: str, part: str, points: float, **told: object) -> Reason:
    return Reason(name, part, points, lambda: facts(**told))  # because the part is plain text here


def test_the_wish_is_spoken_once_and_first() -> None:
    told = in_order([
        reason("near", "chance", 9.0, say="minutes"), reason("likes", "chance", 3.0, say="match", ground="zingen"),
        reason("wish", "worth", 2.0, say="likes", ground="zingen"), reason("web", "worth", 1.0, say="clearly"),
        reason("focus", "worth", 1.5, say="clearly"),
    ])  # fmt: skip
    assert [one.name for one in spoken(told)] == ["wish", "focus", "web", "near"]


def test_at_most_one_caution_and_nothing_near_zero() -> None:
    told = in_order([
        reason("near", "chance", -4.0, say="minutes"), reason("affordable", "chance", -2.0, say="euro"),
        reason("welcome", "chance", 0.1, say="host"), reason("soon", "chance", 1.0, say="date"),
    ])  # fmt: skip
    assert [one.name for one in spoken(told)] == ["soon", "near"]
    assert [one.name for one in spoken(told, cautious=False)] == ["soon"]


def test_a_focus_served_in_full_is_spoken_with_the_wish_though_it_was_the_third() -> None:
    third = person(focus=["meaningfulness", "quality_of_life", "participation"], likes=["handwerken"])
    (suggestion,) = advice_on(activity(serves={"participation": 3}), third)
    assert [one.name for one in suggestion.spoken[:2]] == ["wish", "focus"]
    assert suggestion.spoken[1].facts["dimension"] == "participation"
    assert suggestion.spoken[1].sentence() == "U wilt meer mensen zien. Dat kan hier goed."


def test_what_is_not_known_is_not_spoken() -> None:
    (suggestion,) = advice_on(activity())
    assert suggestion.spoken == ()
    assert suggestion.score == pytest.approx(advice_on(activity()).reference, abs=1e-12)


def test_facts_are_worked_out_once_and_when_they_are_asked_for() -> None:
    asked: list[str] = []
    one = Reason("near", "chance", 1.0, lambda: asked.append("now") or facts(say="minutes"))
    assert asked == []
    assert one.facts == one.facts == facts(say="minutes")
    assert asked == ["now"]
    assert copy.copy(one) == one == Reason("near", "chance", 1.0, facts(say="minutes"))
    assert one != Reason("near", "chance", 1.0, facts(say="unknown"))
    assert hash(one) == hash(copy.copy(one)) != hash(Reason("near", "chance", 2.0, facts(say="minutes")))


def said(*reasons: Reason) -> list[str]:
    return [one.name for one in spoken(in_order(reasons))]


def test_a_focus_served_clearly_is_said_before_what_weighs_more_though_it_costs_points() -> None:
    near, focus = reason("near", "chance", 9.0, say="minutes"), reason("focus", "worth", -1.0, say="clearly")
    assert said(near, focus) == ["focus", "near"]
    assert said(near, reason("focus", "worth", -1.0, say="a_little")) == ["near", "focus"]
    assert said(near, reason("company", "chance", -1.0, say="clearly")) == ["near", "company"]


def test_a_wish_that_is_not_served_comes_by_its_size_like_any_other_reason() -> None:
    told = in_order([reason("wish", "worth", -5.0, say="not"), reason("near", "chance", 9.0, say="minutes")])
    assert [one.name for one in told] == ["near", "wish"]


def test_what_was_asked_for_is_said_however_little_it_adds_but_not_when_it_adds_nothing() -> None:
    near = reason("near", "chance", 9.0, say="minutes")
    assert said(near, reason("wish", "worth", 0.2, say="likes")) == ["wish", "near"]
    assert said(near, reason("wish", "worth", 0.0, say="likes")) == ["near"]
    assert said(near, reason("web", "worth", -0.2, say="a_little")) == ["near"]


def test_half_a_point_is_worth_a_sentence_and_less_is_not() -> None:
    assert said(reason("near", "chance", 0.5, say="minutes"), reason("soon", "chance", -0.5, say="date")) == [
        "near",
        "soon",
    ]
    assert said(reason("near", "chance", 0.49, say="minutes"), reason("soon", "chance", -0.49, say="date")) == []


def test_the_same_ground_is_said_once_and_four_grounds_are_enough() -> None:
    near = reason("near", "chance", 2.0, say="minutes")
    twice = reason("wish", "worth", 3.0, say="likes", ground="zingen"), reason("likes", "chance", 9.0, ground="zingen")
    assert said(*twice, near) == ["wish", "near"]
    five = [reason(name, "chance", 9.0 - n, say="fact") for n, name in enumerate(("a", "b", "c", "d", "e"))]
    assert said(*five) == ["a", "b", "c", "d"]


def test_a_large_reason_of_which_nothing_is_known_makes_room_for_the_next() -> None:
    assert said(reason("near", "chance", 9.0, say="unknown"), reason("soon", "chance", 1.0, say="date")) == ["soon"]
