"""Worth is what the person asked for: a fixed formula, worked by hand, and nothing learned can move it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import wor_match as wm
from tests.town import AT, activity, advice_on, asked_of, catalogue, person
from wor_match.settings import WorthWeights
from wor_match.worth import Worth, facts_of, slope_of_log, worth_of

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


LOW = {"spider_web": {"scores": {"participation": 3, "meaningfulness": 8, "quality_of_life": 10}}}


@pytest.mark.parametrize(
    ("part", "said", "told", "facts"),
    [
        ("focus", {"serves": {"participation": 3}}, {}, {"say": "not_given"}),
        ("focus", {"serves": {"participation": 3}}, LOW, {"say": "not_given"}),
        ("focus", {"serves": {"participation": 2}}, {"focus": ["participation"]}, {"say": "clearly", "dimension": "participation"}),
        ("focus", {"serves": {"participation": 1}}, {"focus": ["participation"]}, {"say": "a_little", "dimension": "participation"}),
        ("focus", {"serves": {"participation": 0}}, {"focus": ["participation"]}, {"say": "not", "dimension": "participation"}),
        # what it serves better was not asked for
        ("focus", {"serves": {"participation": 1, "mental_wellbeing": 3}}, {"focus": ["participation"]},
         {"say": "a_little", "dimension": "participation"}),
        # the best served of the two, and of two that are served alike the one that came first in their focus
        ("focus", {"serves": {"participation": 1, "meaningfulness": 2}}, {"focus": ["participation", "meaningfulness"]},
         {"say": "clearly", "dimension": "meaningfulness"}),
        ("focus", {"serves": {"participation": 2, "meaningfulness": 2}}, {"focus": ["participation", "meaningfulness"]},
         {"say": "clearly", "dimension": "participation"}),
        ("web", {"serves": {"participation": 2}}, LOW, {"say": "clearly", "dimension": "participation"}),
        ("web", {"serves": {"participation": 2}}, {"focus": ["participation"]}, {"say": "not_given"}),
        ("wish", {}, {}, {"say": "not_given"}),
        ("wish", {}, {"focus": ["participation"]}, {"say": "not_given"}),
        ("wish", {}, {"likes": ["zingen"]}, {"say": "not"}),
        ("wish", {}, {"likes": ["handwerken"]}, {"say": "likes", "word": "handwerken", "ground": "handwerken"}),
        ("wish", {}, {"energy": ["handwerken"]}, {"say": "energy", "word": "handwerken", "ground": "handwerken"}),
        ("wish", {}, {"good_at": ["handwerken"]}, {"say": "good_at", "word": "handwerken", "ground": "handwerken"}),
        ("wish", {}, {"likes": ["zingen"], "energy": ["handwerken"]}, {"say": "energy", "word": "handwerken", "ground": "handwerken"}),
        ("wish", {}, {"likes": ["keramiek"]}, {"say": "likes_alike", "word": "keramiek", "ground": "keramiek"}),
        ("wish", {}, {"good_at": ["keramiek"]}, {"say": "good_at_alike", "word": "keramiek", "ground": "keramiek"}),
        ("wish", {"terms": ["rouw"]}, {"likes": ["rouw"]}, {"say": "requested", "word": "rouw", "ground": "rouw"}),
    ],
)  # fmt: skip
def test_what_is_said_of_a_part_of_worth(part: str, said: dict[str, Any], told: dict[str, Any], facts: Any) -> None:
    columns, asked = asked_of(activity(**said), person(**told))
    assert dict(facts_of(columns, asked, 0, part)) == facts


def test_of_dimensions_served_alike_the_one_that_weighs_most_is_named_and_then_the_first() -> None:
    alike = activity(serves={"participation": 2, "meaningfulness": 2})
    columns, asked = asked_of(alike, person(focus=["meaningfulness", "participation"]))
    assert facts_of(columns, asked, 0, "focus")["dimension"] == "meaningfulness"
    even = {"scores": {"meaningfulness": 4, "participation": 4, "quality_of_life": 10, "daily_functioning": 10}}
    columns, asked = asked_of(alike, person(spider_web=even))
    assert facts_of(columns, asked, 0, "web")["dimension"] == "meaningfulness"
