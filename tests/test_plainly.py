"""The quick ways give what the slow, obvious one gives: the same ideas, and the same share of sessions that fit."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from functools import cache

import numpy as np
import pytest
from hypothesis import given

import wor_match as wm
from tests import plainly
from tests.strategies import people
from wor_match.demo import invented_history
from wor_match.domain.asked import ask
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


@given(people(IDS))
def test_the_sessions_that_fit_are_those_of_the_slow_way(who: wm.Participant) -> None:
    asked = ask(who, EXPERT.columns, AT)
    question = EXPERT.question(who, at=AT)
    told = who.free is not None or who.not_free is not None or who.travel.home_before is not None
    rule = [one.name for one in EXPERT.constraints].index("no_free_time")
    for row, activity in enumerate(EXPERT.columns.activities):
        way = 0 if np.isnan(asked.shortest[row]) else math.ceil(asked.shortest[row])
        has_time, share = plainly.share_that_fits(who, activity, AT, way)
        assert bool(question.allowed[rule, row]) == has_time, activity.id
        due = 0.8 if share is None or not told else share
        assert question.strengths_of(row)["time_fits"] == pytest.approx(due, abs=1e-12), activity.id


@pytest.mark.parametrize("cases", [200, pytest.param(10_000, marks=pytest.mark.nightly)])
def test_generated_people_in_generated_towns_get_the_ideas_of_the_slow_way(
    cases: int, figure: Callable[[str], None]
) -> None:
    """Towns of twenty to sixty activities, half of them learned from; anybody who lives there."""
    dice = np.random.RandomState(7)
    for number in range(cases):
        matcher = town(int(dice.randint(20, 60)), number % 10)
        told = person(number, ORDINARY, dice) | {"access": list(dice.choice(NEEDS, dice.randint(3), replace=False))}
        who, n = wm.Participant.model_validate(told), int(dice.randint(1, 8))
        shown = [one.activity.id for one in matcher.recommend(who, at=AT, n=n)]
        assert shown == plainly.picks(matcher, who, AT, n), (number, told)
    figure(f"the slow way: the same ideas in {cases:,} of {cases:,} generated cases")


@cache
def town(n_activities: int, seed: int) -> wm.Matcher:
    """An invented town; every second one has a history."""
    matcher = wm.Matcher(catalogue_of(World(activities=n_activities, seed=seed)))
    return matcher.learn(invented_history(matcher)) if seed % 2 else matcher
