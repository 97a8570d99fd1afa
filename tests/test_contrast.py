"""Which one answer would put another idea on top: the smallest that was given, never a need, and true when asked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wor_match as wm
from tests.strategies import MODES, TERMS, people
from tests.town import AT, THURSDAY, TUESDAY, activity, catalogue, person
from wor_match.contrast import other_answers
from wor_match.domain.change import Change
from wor_match.domain.rhythm import DAY_PARTS, WEEKDAYS
from wor_match.domain.terms import DIMENSIONS
from wor_match.wording.sentences import contrast_sentence

NIEUWEGEIN = wm.load_catalogue("nieuwegein")
OURS = wm.Matcher(NIEUWEGEIN)
IDS = tuple(sorted(one.id for one in NIEUWEGEIN))
CHOIR = activity("koor", name="Koor De Kwinkslag", terms=["zingen"], schedule=TUESDAY)
WALK = activity("wandelen", name="Wandelclub", terms=["wandelen"], schedule=THURSDAY)
NEVER = {
    "access",
    "body_level",
    "unwanted",
    "left_alone",
    "age",
    "gender",
    "tried",
    "current",
    "circumstances",
    "place",
}


def advice(*made: wm.Activity, **told: Any) -> wm.Advice:
    return wm.Matcher(catalogue(*made)).recommend(person(likes=["zingen"], **told), at=AT)


def steps_to(field: str, **told: Any) -> list[tuple[int, Any]]:
    """Steps and answer of every change of one field."""
    return [(steps, one.needed) for steps, one in other_answers(person(**told)) if one.field == field]


def test_minutes_more_bring_the_choir_on_top() -> None:
    far = wm.Matcher(catalogue(CHOIR, WALK))
    asked = {"travel": {"modes": ["walk"], "max_minutes": 15}, "place": {"postcode": "3431"}}
    told = far.recommend(person(likes=["zingen"], **asked), at=AT, minutes={"koor": 28, "wandelen": 5})
    assert told[0].activity.id == "wandelen"
    found = told.would_change
    assert found is not None
    # 20 is one step and not enough; 30 is two
    assert (found.change, found.steps, found.activity.id) == (Change("travel.max_minutes", 15, 30), 2, "koor")
    assert found.sentence("nl") == "Mag de reis 30 minuten duren? Dan komt Koor De Kwinkslag bovenaan."
    assert found.sentence("en") == "May the journey take 30 minutes? Then Koor De Kwinkslag comes first."
    assert "30" not in repr(found)
    assert "- Mag de reis 30 minuten duren? Dan komt Koor De Kwinkslag bovenaan." in told.to_markdown("nl").splitlines()
    assert "Mag de reis" not in told.card()


def test_one_step_goes_before_two_whatever_stands_first_in_the_list() -> None:
    choir, walk = CHOIR.replace(serves={"participation": 3}), WALK.replace(serves={})
    needle = activity("naald", terms=["handwerken"], schedule=THURSDAY, serves={})
    who = person(
        likes=["zingen", "wandelen", "handwerken"],
        focus=["participation"],
        travel={"modes": ["walk"], "max_minutes": 15},
    )
    minutes = {"koor": 28, "wandelen": 5, "naald": 12}
    told = wm.Matcher(catalogue(choir, walk, needle)).recommend(who, at=AT, minutes=minutes)
    found = told.would_change
    assert found is not None
    # without the wish to walk (one step) needlework leads; with 30 minutes (two steps) the choir would
    assert (told[0].activity.id, found.activity.id, found.steps) == ("wandelen", "naald", 1)
    assert found.change.needed == ("zingen", "handwerken")


def test_a_free_morning_more_and_a_higher_budget_are_found() -> None:
    on_thursday = advice(CHOIR, WALK, free=["do 13:00-18:00"]).would_change
    assert on_thursday is not None
    assert on_thursday.sentence("nl-je") == "Kan het ook op dinsdagochtend? Dan komt Koor De Kwinkslag bovenaan."
    dear = CHOIR.replace(price=[{"euro": 3, "per": "time"}])
    cheap = WALK.replace(price=[{"euro": 0, "per": "time"}])
    paid = advice(dear, cheap, budget="free").would_change
    assert paid is not None
    assert (paid.change.needed, paid.steps) == ("small", 1)
    assert paid.sentence() == "Kunt u hoogstens 4 euro per keer betalen? Dan komt Koor De Kwinkslag bovenaan."


def test_a_need_is_never_changed_so_there_is_nothing_to_say() -> None:
    without = CHOIR.replace(access={"wheelchair": False})
    told = advice(without, WALK, access=["wheelchair"])
    assert told[0].activity.id == "wandelen"
    assert told.would_change is None
    assert "Met een ander antwoord" not in told.to_markdown("nl")


def test_nothing_is_said_with_safety_first_or_when_nothing_fits() -> None:
    assert advice(CHOIR, WALK, circumstances={"safety": "first"}, free=["do 13:00-18:00"]).would_change is None
    assert advice(CHOIR, free=["do 13:00-18:00"]).would_change is None, "near misses say what would let it in"


def test_an_answer_that_was_not_given_is_no_change() -> None:
    assert list(other_answers(wm.Participant(id="p1"))) == []


def test_the_steps_of_each_answer_by_hand() -> None:
    assert steps_to("travel.max_minutes", travel={"max_minutes": 40}) == [(1, 45), (2, 60), (3, 90)]
    assert steps_to("budget", budget="free") == [(1, "small"), (2, "any")]
    assert steps_to("budget", budget=12) == [(1, 20.0), (2, 30.0), (3, 50.0)]
    assert steps_to("budget", budget="any") == []
    assert steps_to("max_wait_weeks", max_wait_weeks=8) == [(1, 12), (2, 26)]
    assert steps_to("travel.modes", travel={"modes": ["walk", "brought"]}) == [
        (1, ("walk", "brought", "public_transport")),
        (1, ("walk", "brought", "regiotaxi")),
    ]
    assert len(steps_to("free", free=["di 09:00-13:00"])) == 7 * len(DAY_PARTS) - 1
    assert steps_to("not_free", not_free=["di 09:00-13:00", "wo 09:00-13:00"])[0] == (1, ("wo 09:00-13:00",))
    assert steps_to("likes", likes=["zingen", "wandelen"]) == [(1, ("zingen",)), (1, ("wandelen",))]
    assert steps_to("languages", languages={"tr": "good"}) == [
        (3, {"tr": "good", "nl": "little"}),
        (4, {"tr": "good", "nl": "good"}),
    ]
    mine = DIMENSIONS[:2]
    other = steps_to("focus", focus=list(mine), left_alone=[DIMENSIONS[5]])
    assert other[0] == (1, (mine[1], mine[0]))
    assert other[1:] == [(2, (name, *mine)) for name in DIMENSIONS[2:5]]
    three = DIMENSIONS[:3]
    assert steps_to("focus", focus=list(three))[2:] == [(2, (name, *three[:2])) for name in DIMENSIONS[3:]]


@pytest.mark.parametrize(
    ("change", "dutch", "english"),
    [
        (Change("likes", ("zingen",), ()), "Is dit minder belangrijk: zingen?", "Does this matter less: singing?"),
        (Change("group_wish.mix", "women", None), "Mag het met mannen, met vrouwen of samen?",
         "May it be with men, with women, or both?"),
        (Change("group_wish.contact", "same_people", None), "Is een vaste groep goed, en een wisselende ook?",
         "Is a fixed group fine, and a changing one too?"),
    ],
)  # fmt: skip
def test_a_question_asks_no_more_than_the_change_means(change: Change, dutch: str, english: str) -> None:
    assert contrast_sentence(change, "Koor", "nl") == f"{dutch} Dan komt Koor bovenaan."
    assert contrast_sentence(change, "Koor", "en") == f"{english} Then Koor comes first."


@given(people(IDS))
def test_every_change_is_one_somebody_can_say_and_has_its_words(who: wm.Participant) -> None:
    for steps, change in other_answers(who):
        assert steps >= 1
        assert change.field.partition(".")[0] not in NEVER
        assert change.apply(who) != who
        for language in ("nl", "nl-je", "en"):
            said = contrast_sentence(change, "Koor", language)
            assert said.count("?") == 1
            assert "{" not in said


FULL_WEEK = tuple(
    f"{day} {hour:02d}:{quarter}-23:30" for day in WEEKDAYS for hour in range(8, 23) for quarter in ("00", "15")
)


def at_the_limits() -> Any:
    """Answers as long and as large as a participant may give, or one short of it."""

    def as_long(values: Any, most: int) -> Any:
        return st.permutations(sorted(values)).flatmap(lambda told: st.sampled_from([told[:most], told[: most - 1]]))

    return st.fixed_dictionaries(
        {},
        optional={
            "free": as_long(FULL_WEEK, 100),
            "not_free": as_long(FULL_WEEK, 100),
            **{name: as_long(TERMS, 50) for name in ("likes", "energy", "good_at")},
            "focus": as_long(DIMENSIONS, 3),
            "travel": st.fixed_dictionaries({"modes": as_long(MODES, 9), "max_minutes": st.sampled_from([89, 600])}),
            "budget": st.sampled_from(["small", 49.5, 10_000]),
            "max_wait_weeks": st.sampled_from([25, 26, 52]),
            "languages": st.sampled_from([{"tr": "good"}, {"nl": "little"}]),
        },
    )


@given(at_the_limits())
def test_no_answer_is_proposed_that_a_participant_could_not_give(told: Any) -> None:
    who = person(**told)
    for _, change in other_answers(who):
        change.apply(who)


def test_who_is_free_at_a_hundred_moments_still_has_a_page() -> None:
    told = advice(CHOIR, WALK, free=FULL_WEEK[:100])
    assert told.would_change is None or told.would_change.change.field != "free"
    assert told.card("coach")


@given(people(IDS))
@settings(max_examples=40)
def test_the_answer_found_does_it_and_no_smaller_one_does(who: wm.Participant) -> None:
    advice = OURS.recommend(who, at=AT)
    found = advice.would_change
    if not advice:
        assert found is None
        return
    for steps, change in sorted(other_answers(who), key=lambda told: told[0]):
        other = OURS.recommend(change.apply(who), at=AT)
        moved = bool(other) and other[0].activity.id != advice[0].activity.id
        if moved:
            assert found is not None
            assert (found.change, found.steps) == (change, steps)
            assert found.activity.id == other[0].activity.id
            return
    assert found is None


@pytest.mark.parametrize("at", [AT, datetime(2026, 11, 24, 10, 30, tzinfo=UTC)])
def test_the_same_question_by_the_same_person_is_the_same(at: Any) -> None:
    who = person(likes=["zingen"], free=["di 09:00-13:00"])
    plain = OURS.recommend(who, at=at, only=IDS, minutes={IDS[0]: 7}).question.asked
    again = plain.of(who, OURS.columns)
    assert (again.on, again.ahead, again.fits.tolist()) == (plain.on, plain.ahead, plain.fits.tolist())
    np.testing.assert_array_equal(again.days_to_me, plain.days_to_me)
    assert again.by_id.tolist() == plain.by_id.tolist()
    assert again.minutes[0] == plain.minutes[0] == 7
