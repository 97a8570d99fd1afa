"""Rules, signals and weights of a host's own: what they give is looked at, and reasons still add up."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import wor_match as wm
from tests.town import AT, activity, catalogue, person
from wor_match.constraints import CONSTRAINTS, Constraint
from wor_match.learning.posterior import Weights
from wor_match.signals import SIGNALS

TOWN = catalogue(activity("een", terms=["zingen"]), activity("twee"), activity("drie"))
NIEUWEGEIN = wm.load_catalogue("nieuwegein")
ASKING = person(
    likes=["samen-koken"], place={"postcode": "3431"}, free=["di 09:00-17:00"], age=70, languages={"nl": "good"},
    support=["buddy"], group_wish={"size": "small"},
)  # fmt: skip


def with_weights(weight: Any) -> wm.Matcher:
    """A matcher that believes the same of every signal."""
    learned = wm.Matcher(NIEUWEGEIN).model
    told = learned.posterior

    def believing(weights: Weights) -> Weights:
        return replace(
            weights,
            start=np.broadcast_to(weight, weights.start.shape),
            stay=np.broadcast_to(weight, weights.stay.shape),
        )

    posterior = replace(told, mode=believing(told.mode), draws=believing(told.draws))
    return wm.Matcher(NIEUWEGEIN, model=replace(learned, posterior=posterior))


MIXED = np.random.RandomState(1).choice([-100.0, 100.0], (len(SIGNALS), 1))


@pytest.mark.parametrize("weight", [-30.0, 30.0, -100.0, 100.0, MIXED], ids=["-30", "30", "-100", "100", "mixed"])
def test_reasons_add_up_for_the_most_extreme_weights_a_model_may_have(weight: Any) -> None:
    """Also where a chance of twelve weeks is smaller than the smallest number there is; warnings are errors."""
    matcher = with_weights(weight)
    advice = matcher.recommend(ASKING, at=AT, n=10)
    assert len(advice) == 8
    for one in advice:
        told = math.fsum(reason.points for reason in one.reasons)
        assert abs(told - 100 * (one.score - advice.reference)) < 1e-9
        assert 0 <= one.interval[0] <= one.interval[1] <= 1
    for made in matcher.arrange(ASKING, at=AT):
        told = math.fsum(reason.points for reason in made.reasons)
        assert abs(told - 100 * (made.score - made.reference)) < 1e-9


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_signal_that_gives_no_number_is_neutral_there(number: float) -> None:
    def odd(columns: Any, asked: Any) -> np.ndarray:
        return np.where(np.arange(len(columns)) == 0, number, 0.9)

    def even(columns: Any, asked: Any) -> np.ndarray:
        return np.where(np.arange(len(columns)) == 0, SIGNALS[0].neutral, 0.9)

    ways = [wm.Matcher(TOWN, signals=[replace(SIGNALS[0], strength=way), *SIGNALS[1:]]) for way in (odd, even)]
    odd_one, even_one = (matcher.recommend(person(), at=AT).to_frame() for matcher in ways)
    assert odd_one == even_one
    assert len(odd_one) == 3


@pytest.mark.parametrize(
    "given", [np.array(["False"] * 3), np.ones(2, dtype=bool), None, np.ones(3), True], ids=["text", "two", "none", "numbers", "one"]
)  # fmt: skip
def test_a_rule_that_gives_no_flag_for_each_activity_is_refused_by_name(given: Any) -> None:
    rule = Constraint("own_rule", lambda columns, asked: given)
    with pytest.raises(wm.WorMatchError, match="constraint own_rule gives no flag for each activity"):
        wm.Matcher(TOWN, constraints=[*CONSTRAINTS, rule]).recommend(person(), at=AT)


def test_minutes_that_the_host_uses_again_change_no_decision() -> None:
    matcher, minutes = wm.Matcher(TOWN), {"een": 10}
    advice = matcher.recommend(person(), at=AT, minutes=minutes)
    minutes["een"] = 99
    same = (matcher.recommend(person(), at=AT, minutes={"een": told}) for told in (10, 10.0, np.float64(10)))
    assert {advice.decision_id} == {one.decision_id for one in same}
