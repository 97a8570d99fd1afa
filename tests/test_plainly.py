"""The quick ways give what the slow, obvious one gives: the same strengths and worth, and so the same ideas."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from tests import plain_strengths, plainly
from tests.strategies import activities, people
from wor_match.demo import invented_history
from wor_match.domain.terms import taxonomy
from wor_match.evaluation.simulation import World
from wor_match.evaluation.simulation.people import person
from wor_match.evaluation.simulation.town import catalogue_of

AT = date(2026, 11, 23)
NIEUWEGEIN = wm.load_catalogue("nieuwegein")
IDS = tuple(one.id for one in NIEUWEGEIN)
EXPERT, LEARNED = wm.Matcher(NIEUWEGEIN), wm.Matcher(NIEUWEGEIN).learn(invented_history(wm.Matcher(NIEUWEGEIN)))
ORDINARY = sorted(name for name, term in taxonomy().terms.items() if not term.on_request)
NEEDS = ("wheelchair", "toilet", "few_steps")


@given(people(IDS))
def test_the_ideas_are_those_of_the_slow_way(who: wm.Participant) -> None:
    for matcher in (EXPERT, LEARNED):
        shown = [one.activity.id for one in matcher.recommend(who, at=AT, n=4)]
        assert shown == plainly.picks(matcher, who, AT, 4)


@given(people(IDS), st.sampled_from([EXPERT, LEARNED]))
def test_strengths_and_worth_are_those_of_the_slow_way(who: wm.Participant, matcher: wm.Matcher) -> None:
    held_against_the_slow_way(matcher, who)


@given(people(("een",)), st.lists(activities(), min_size=1, max_size=4), st.booleans())
def test_of_any_valid_activity_too(who: wm.Participant, told: list[dict[str, Any]], helped: bool) -> None:
    """Prices, ages, groups and timetables of every kind; in half of the towns there are buddies."""
    offer = [
        wm.Activity.model_validate({**one, "id": f"nummer-{number}", "formerly": []}) for number, one in enumerate(told)
    ]
    town = wm.Catalogue(id="stad", name="Stad", activities=offer, support=[{"kind": "buddy"}] if helped else [])
    held_against_the_slow_way(wm.Matcher(town), who)


def held_against_the_slow_way(matcher: wm.Matcher, who: wm.Participant) -> None:
    """Every strength, what it is worth, and whether there is time, of every activity."""
    question = matcher.question(who, at=AT)
    rule = [one.name for one in matcher.constraints].index("no_free_time")
    for row, activity in enumerate(matcher.columns.activities):
        due = plain_strengths.strengths_of(matcher, who, activity, AT)
        assert question.strengths_of(row) == pytest.approx(due, abs=1e-9), activity.id
        assert question.worth.value[row] == pytest.approx(plainly.worth_of(matcher, who, activity), abs=1e-9)
        assert question.allowed[rule, row] == plain_strengths.week_for(who, activity, AT).has_time, activity.id


@pytest.mark.parametrize("cases", [60, pytest.param(10_000, marks=pytest.mark.nightly)])
def test_generated_people_in_generated_towns_get_the_ideas_of_the_slow_way(
    cases: int, figure: Callable[[str], None]
) -> None:
    """Towns of twenty to sixty activities, half of them learned from; anybody who lives there."""
    dice = np.random.RandomState(7)
    for number in range(cases):
        matcher = town(int(dice.randint(20, 60)), number % 10)
        told = person(number, ORDINARY, dice) | {"access": dice.choice(NEEDS, dice.randint(3), replace=False).tolist()}
        who, n = wm.Participant.model_validate(told), int(dice.randint(1, 8))
        shown = [one.activity.id for one in matcher.recommend(who, at=AT, n=n)]
        assert shown == plainly.picks(matcher, who, AT, n), (number, told)
    figure(f"the slow way: the same ideas in {cases:,} of {cases:,} generated cases")


@cache
def town(n_activities: int, seed: int) -> wm.Matcher:
    """An invented town; every second one has a history."""
    matcher = wm.Matcher(catalogue_of(World(activities=n_activities, seed=seed)))
    return matcher.learn(invented_history(matcher)) if seed % 2 else matcher
