"""An invented world is what its knobs say, and what is told of it is an ordinary history."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import wor_match as wm
from wor_match.domain.kinds import ActivityClosed, Advised, Chosen, FollowedUp, Stopped, Visited, as_line
from wor_match.evaluation.simulation import WORLDS, Simulated, World, people_of, simulate
from wor_match.evaluation.simulation.town import catalogue_of
from wor_match.evaluation.simulation.truth import product, week_level

PLAIN = World(people=60, off=0.0, sd_terms=0.0, sd_organisers=0.0, sd_activities=0.0, sd_people=0.0)
AT = datetime(2024, 3, 4, 10, tzinfo=UTC)


@cache
def town(world: World = PLAIN) -> Simulated:
    return simulate(world)


def digest(told: Simulated) -> str:
    return hashlib.sha256("\n".join(as_line(one) for one in told.events).encode()).hexdigest()


def test_a_world_is_the_same_whenever_and_wherever_it_is_made() -> None:
    code = "from tests.evaluation.test_simulation import *; print(digest(simulate(World(people=25, lottery=0.5))))"
    told = {
        subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert told == {digest(simulate(World(people=25, lottery=0.5))) + "\n"}
    assert digest(simulate(World(people=25, seed=2))) != digest(simulate(World(people=25)))


def test_one_knob_does_not_shake_another() -> None:
    one, other = town(), town(replace(PLAIN, followed=0.1, delay_days=60))
    assert one.people == other.people
    assert one.catalogue == other.catalogue
    chosen = [[event for event in told.events if isinstance(event, Chosen)] for told in (one, other)]
    assert chosen[0] == chosen[1]


COUNTED = catalogue_of(World(activities=30, places=60))


def test_where_places_are_counted_the_town_has_so_many_free_and_a_waiting_list_where_none_is() -> None:
    free = [one.places.free for one in COUNTED]
    assert sum(free) == 60
    assert min(free) == 0 < max(free)
    assert all((one.entry.wait_weeks is not None) == (one.places.free == 0) for one in COUNTED)
    assert all(2 <= one.entry.wait_weeks <= 12 for one in COUNTED if one.places.free == 0)
    assert all(1 <= (World().first_day - one.places.as_of).days <= 14 for one in COUNTED)
    assert {one.places.free for one in catalogue_of(World(places=0))} == {0}


def test_who_waits_and_who_has_a_place_follow_from_the_count() -> None:
    matcher, people = wm.Matcher(COUNTED), people_of(World(people=80), COUNTED)
    done = matcher.allocate(people, at=World().first_day)
    assert sum(one.activity is not None for one in done.turns) <= 60
    assert {one.places_known for one in done.turns if one.activity} == {True}
    assert done.waiting


def test_counting_places_shakes_nothing_else_and_is_thrown_with_the_seed() -> None:
    def rest(world: World) -> list[dict[str, object]]:
        return [one.model_dump(exclude={"places": True, "entry": {"wait_weeks"}}) for one in catalogue_of(world)]

    plain, counted = World(activities=30), World(activities=30, places=60)
    assert rest(counted) == rest(plain)
    assert all(one.places.free is one.entry.wait_weeks is None for one in catalogue_of(plain))
    assert catalogue_of(counted) == COUNTED
    other = catalogue_of(replace(counted, seed=2))
    assert [one.places.free for one in other] != [one.places.free for one in COUNTED]
    assert people_of(counted, COUNTED) == people_of(plain, catalogue_of(plain))


def test_in_a_plain_world_the_neutral_chance_is_starts_times_stays() -> None:
    truth = town(replace(PLAIN, scale=0.0)).truth
    start, week = truth.going("iemand", AT, [(None, None, "x")], np.zeros((1, len(truth.signals))))
    assert start[0] == pytest.approx(0.70, abs=1e-12)
    assert week[0].prod() == pytest.approx(0.60, abs=1e-9)
    assert week_level(0.60) == pytest.approx(3.062009, abs=1e-6)  # as the expert's prior has it


def test_the_truth_is_the_belief_or_its_opposite_where_the_world_says_so() -> None:
    matcher = wm.Matcher(town().catalogue)
    believed = np.array([one.beliefs for one in matcher.signals])
    said = np.array([one.name != "visitors_say" for one in matcher.signals])
    as_told, turned = town().truth.early, town(replace(PLAIN, wrong=1.0)).truth.early
    assert np.array_equal(as_told.stay[said], believed[said, 1])
    assert np.array_equal(turned.start[said], -believed[said, 0])
    assert not as_told.start[~said].any(), "marks follow how good a place is, and add nothing to it"


def test_the_truth_drifts_after_its_week_and_not_before() -> None:
    world = replace(PLAIN, drift=1.0, drift_week=26, sd_activities=0.5)
    truth, other = town(world).truth, town(replace(world, drift=0.0)).truth
    names = [(one.terms[0], one.organiser, one.id) for one in town(world).catalogue]
    strengths = np.zeros((len(names), len(truth.signals)))

    def record(told: object, weeks: int) -> list[float]:
        return told.going("p", world.first_day + timedelta(weeks=weeks), names, strengths)[0].tolist()

    assert record(truth, 25) == record(other, 25)
    assert record(truth, 26) != record(other, 26)


def test_two_signals_count_by_each_other_where_the_world_says_so() -> None:
    strengths = np.array([[0.5, 0.4], [0.5, -0.4], [0.0, 0.4]])
    assert product(strengths, ("likes", "near"), ("likes", "near")).tolist() == pytest.approx([0.8, -0.8, 0.0])
    assert product(strengths, ("likes", "near"), ("likes", "welcome")).tolist() == [0.0, 0.0, 0.0]


def test_what_is_told_is_an_ordinary_history(tmp_path: Path) -> None:
    told = simulate(World(people=80, closes=0.5))
    wm.write_events(tmp_path / "e.jsonl", told.events)
    assert tuple(wm.read_events(tmp_path / "e.jsonl")) == told.events
    learned = wm.Matcher(told.catalogue).learn(told.events).learned.counts
    assert learned["people"] + learned["no_outcome"] > 40
    assert learned["no_consent"] > 0
    assert not learned["unknown_activity"]
    kinds = {type(one) for one in told.events}
    assert {Advised, Chosen, Visited, FollowedUp, Stopped, ActivityClosed} <= kinds
    assert "verzonnen" in told.people[0].id


def test_who_starts_is_as_many_as_the_truth_says(figure: Callable[[str], None]) -> None:
    world = World(people=1_000, followed=1.0, declines=0.0, closes=0.0, consents=1.0, seed=5)
    told = simulate(world)
    matcher, chosen = wm.Matcher(told.catalogue), {}
    for event in told.events:
        if isinstance(event, Chosen) and event.activities:
            chosen[event.person] = (event.activities[0], event.at)
    people = {one.id: one for one in told.people}
    expected, spread = 0.0, 0.0
    for person, (activity, at) in chosen.items():
        question = matcher.question(people[person], at=at)
        row = question.columns.rows[activity]
        found = matcher.catalogue[activity]
        start, _ = told.truth.going(
            person, at, [(found.terms[0], found.organiser, activity)], question.strengths[[row]]
        )
        expected, spread = expected + start[0], spread + start[0] * (1 - start[0])
    came = len({event.person for event in told.events if isinstance(event, Visited)})
    figure(
        f"invented people who started: {came} of {len(chosen)}, expected {expected:.0f} (one standard deviation {spread**0.5:.0f})"
    )
    assert abs(came - expected) < 4 * spread**0.5


def test_a_lot_falls_as_its_propensities_say(figure: Callable[[str], None]) -> None:
    told = simulate(World(people=800, lottery=1.0, seed=3))
    drawn = [one.shown[0].propensity for one in told.events if isinstance(one, Advised) and one.shown]
    people = [one.n_possible for one in told.events if isinstance(one, Advised) and one.shown]
    weights = 1.0 / np.array(drawn)  # their mean is the number of possible activities, when the lot is as it says
    off = (weights - np.array(people)).mean() / ((weights - np.array(people)).std() / len(drawn) ** 0.5)
    figure(f"{len(drawn)} invented lots: inverse propensities lie {off:.2f} standard errors from the number possible")
    assert abs(off) < 4
    assert all(one.shown[0].explored for one in told.events if isinstance(one, Advised) and one.shown)


@pytest.mark.parametrize(
    ("knobs", "said"),
    [
        ({"wrong": 1.5}, "wrong 1.5"),
        ({"sd_activities": float("nan")}, "sd_activities nan"),
        ({"people": 0}, "0 people"),
        ({"starts": 1.0}, "starts or stays"),
        ({"places": -1}, "places that are no whole number"),
        ({"places": 6.0}, "places that are no whole number"),
        ({"places": True}, "places that are no whole number"),
        ({"places": 100_001}, "places that are no whole number from 0 to 100000"),
    ],
)
def test_a_knob_out_of_range_is_refused(knobs: dict[str, float], said: str) -> None:
    with pytest.raises(wm.WorMatchError, match=said):
        World(**knobs)


def test_every_ready_world_differs_from_the_base_in_one_way() -> None:
    base = WORLDS["base"]
    for name, world in WORLDS.items():
        other = [field for field in World.__slots__ if getattr(world, field) != getattr(base, field)]
        assert len(other) == (name != "base")


def test_an_offer_of_ones_own_can_be_used() -> None:
    told = simulate(World(people=15), wm.load_catalogue("nieuwegein"))
    assert told.catalogue.id == "nieuwegein"
    assert any(isinstance(one, Visited) for one in told.events)
