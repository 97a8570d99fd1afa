"""Invented coaches judge by the taste they were given, and by nothing else; their mood is the only noise."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

import wor_match as wm
from tests.conftest import AT
from wor_match.errors import WorMatchError
from wor_match.evaluation.judging.judged import Judged
from wor_match.evaluation.simulation import World, judgements, people_of
from wor_match.evaluation.tuning_worth import tune_worth
from wor_match.settings import WorthWeights

WISH = WorthWeights(focus=0.05, wish=0.9, web=0.05)


@cache
def twelve(catalogue: wm.Catalogue) -> tuple[wm.Participant, ...]:
    return people_of(World(people=12), catalogue)


def test_coaches_without_moods_agree_with_each_other_and_with_the_matcher(matcher: wm.Matcher) -> None:
    told = judgements(matcher, twelve(matcher.catalogue), at=AT, mood=0.0)
    found = wm.agreement(matcher, told, at=AT)
    assert (found.share, found.between_coaches.value, found.disagreements) == (1.0, 1.0, ())


def test_a_coach_calls_a_third_good_a_third_acceptable_and_a_third_unsuitable(matcher: wm.Matcher) -> None:
    riet = wm.Participant(id="p1", focus=["meedoen"])
    (one,) = judgements(matcher, [riet], at=AT, coaches=1)
    assert Counter(one.judged.values()) == {"good": 3, "acceptable": 3, "unsuitable": 3}
    possible = {name for name in one.judged if not matcher.recommend(riet, at=AT).why_not(name)}
    assert possible == set(one.judged)


def test_the_taste_they_were_given_is_what_tuning_finds(matcher: wm.Matcher) -> None:
    told = judgements(matcher, twelve(matcher.catalogue), at=AT, taste=WISH, mood=0.0)
    other = WorthWeights(focus=0.9, wish=0.05, web=0.05)
    assert tune_worth(matcher, told, at=AT, grid=[other, WISH]).recommended == WISH
    assert wm.agreement(wm.Matcher(matcher.catalogue, wm.Settings(worth=WISH)), told, at=AT).share == 1.0


def test_a_mood_makes_coaches_differ(matcher: wm.Matcher) -> None:
    told = judgements(matcher, twelve(matcher.catalogue), at=AT, mood=0.2)
    between = wm.agreement(matcher, told, at=AT).between_coaches.value
    assert between is not None
    assert 0.5 < between < 0.9


def test_nobody_is_judged_otherwise_because_of_others(matcher: wm.Matcher) -> None:
    people = twelve(matcher.catalogue)
    one, all_of_them = (judgements(matcher, who, at=AT) for who in (people[3:4], people))
    assert one == [each for each in all_of_them if each.person == people[3]]
    assert judgements(matcher, people[3:4], at=AT, coaches=5)[:2] == one
    assert judgements(matcher, people[3:4], at=AT, seed=2) != one


def test_for_whom_hardly_anything_is_possible_nothing_is_judged(matcher: wm.Matcher) -> None:
    unsafe = wm.Participant(id="p1", circumstances={"safety": "first"})
    assert judgements(matcher, [unsafe], at=AT) == []
    assert judgements(matcher, [], at=AT) == []


@pytest.mark.parametrize("wrong", [{"coaches": 0}, {"coaches": 101}, {"mood": -0.1}, {"mood": float("nan")}], ids=str)
def test_numbers_out_of_range_are_refused(matcher: wm.Matcher, wrong: dict[str, float]) -> None:
    with pytest.raises(WorMatchError, match="1 to 100 coaches with a mood of 0 or more"):
        judgements(matcher, [wm.Participant(id="p1")], at=AT, **wrong)


def test_what_comes_out_is_what_a_file_holds(matcher: wm.Matcher) -> None:
    told = judgements(matcher, [wm.Participant(id="p1")], at=AT)
    assert [Judged.model_validate(one.model_dump(exclude_unset=True)) for one in told] == told
    assert [one.by for one in told] == ["coach-1", "coach-2"]
