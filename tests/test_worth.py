"""Worth is what the person asked for: a fixed formula, worked by hand, and nothing learned can move it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import wor_match as wm
from tests.town import AT, activity, advice_on, asked_of, catalogue, person
from wor_match.settings import WorthWeights
from wor_match.worth import Worth, slope_of_log, worth_of

SERVES = {"serves": {"participation": 3, "mental_wellbeing": 1}}


@pytest.mark.parametrize(
    ("told", "by_hand"),
    [
        ({}, 0.44),
        ({"focus": ["participation"]}, 0.2 + 0.8 * (0.5 * 1 + 0.35 * 0.3 + 0.15 * 0.3)),
        # the first of two counts .5/.8 and the second .3/.8
        ({"focus": ["mental_wellbeing", "participation"]}, 0.2 + 0.8 * (0.5 * (0.625 / 3 + 0.375) + 0.105 + 0.045)),
        ({"focus": ["meaningfulness", "quality_of_life", "participation"]}, 0.2 + 0.8 * (0.5 * 0.2 + 0.105 + 0.045)),
        ({"likes": ["handwerken"]}, 0.2 + 0.8 * (0.15 + 0.35 * 1 + 0.045)),
        ({"good_at": ["hands"]}, 0.2 + 0.8 * (0.15 + 0.35 * 0.7 + 0.045)),
        ({"energy": ["maken"]}, 0.2 + 0.8 * (0.15 + 0.35 * 0.5 + 0.045)),
        ({"likes": ["zingen"]}, 0.2 + 0.8 * (0.15 + 0.35 * 0 + 0.045)),
        # mean 7, participation 4 below it: the only low one
        ({"spider_web": {"scores": {"participation": 3, "meaningfulness": 11 - 3, "quality_of_life": 10}}},
         0.2 + 0.8 * (0.15 + 0.105 + 0.15 * 1)),
        # social has all priority: participation .8, quality of life .2
        ({"four_d": {"priorities": {"social": 2}}}, 0.2 + 0.8 * (0.5 * 0.8 + 0.105 + 0.045)),
    ],
)  # fmt: skip
def test_worth_is_the_written_formula(told: dict[str, Any], by_hand: float) -> None:
    (suggestion,) = advice_on(activity(**SERVES), person(**told))
    assert suggestion.worth == pytest.approx(by_hand, abs=1e-12)


def test_each_part_of_worth_moves_its_own_reason() -> None:
    """Red when a part is inert, or when two of their names are swapped."""
    low = {"scores": {"participation": 3, "meaningfulness": 8, "quality_of_life": 10}}
    for name, told in {
        "focus": {"focus": ["participation"]},
        "wish": {"likes": ["handwerken"]},
        "web": {"spider_web": low},
    }.items():
        (suggestion,) = advice_on(activity(**SERVES), person(**told))
        points = {reason.name: reason.points for reason in suggestion.reasons if reason.part == "worth"}
        assert points[name] > 1
        assert {other for other in points if abs(points[other]) > 1e-9} == {name}


def test_a_dimension_left_alone_counts_in_the_mean_and_not_in_worth() -> None:
    told = {"spider_web": {"scores": {"participation": 3, "meaningfulness": 8, "quality_of_life": 10}}}
    (suggestion,) = advice_on(activity(**SERVES), person(**told, left_alone=["participation"]))
    assert suggestion.worth == pytest.approx(0.44)


def test_terms_speak_for_an_activity_that_says_nothing_itself() -> None:
    columns, asked = asked_of(activity(terms=["wandelen", "zingen"]), person(focus=["mental_wellbeing"]))
    assert columns.serves[0].tolist() == [3, 2, 0, 3, 2, 0]
    assert worth_of(columns, asked, WorthWeights()).parts[0, 0] == pytest.approx(2 / 3)


def test_strengths_of_terms_can_be_set() -> None:
    ours = wm.Settings(term_strengths={"handwerken": {"meedoen": 3}})
    advice = wm.Matcher(catalogue(activity()), ours).recommend(person(focus=["participation"]), at=AT)
    assert advice[0].worth == pytest.approx(0.2 + 0.8 * (0.5 + 0.105 + 0.045))


def test_weights_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(wm.WorMatchError, match="add up to 1"):
        WorthWeights(focus=0.6)


def test_shares_of_worth_add_up_to_the_difference_of_logs() -> None:
    columns, asked = asked_of(activity(**SERVES), person(focus=["participation"], likes=["zingen"]))
    worth = worth_of(columns, asked, WorthWeights())
    assert Worth.of_some([(worth, np.array([0]))]).shares().sum() == pytest.approx(
        np.log(worth.value[0] / 0.44), abs=1e-14
    )


def test_the_slope_near_one_number_is_the_slope_there() -> None:
    at, near, further = slope_of_log(np.array([0.5, 0.5 + 9e-6, 0.5 + 1.1e-5]), 0.5)
    assert at == pytest.approx(2.0)
    assert near == pytest.approx(further, rel=1e-5)
