"""Signals speak for and never rule out: each has its own fact, its own strength by hand, and a neutral for unknown."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from tests.town import THURSDAY, TUESDAY, activity, advice_on, asked_of, person
from wor_match.signals import SIGNALS
from wor_match.signals.signal import Signal

BY_NAME = {signal.name: signal for signal in SIGNALS}
Said = dict[str, Any]

# signal: rows of (what the catalogue says, what the person says, the strength by hand)
BY_HAND: dict[str, list[tuple[Said, Said, float]]] = {
    "likes": [
        ({}, {"likes": ["handwerken"]}, 1.0),
        ({}, {"likes": ["zingen", "hands"]}, 0.7),
        ({}, {"likes": ["keramiek"]}, 0.5),
        ({}, {"likes": ["maken"]}, 0.5),
        ({"aspects": ["music"]}, {"likes": ["music"]}, 0.7),
        ({}, {"likes": ["zingen"]}, 0.0),
    ],
    "gives_energy": [({}, {"energy": ["handwerken"]}, 1.0), ({}, {"good_at": ["hands"], "energy": ["zingen"]}, 0.7)],
    "near": [
        ({"place": {"online": True}}, {}, 1.0),
        # 11.1195 km straight, x 1.25 at 12.4 km an hour, with 2 minutes to unlock: 69.25 minutes
        ({"place": {"latitude": 52.1, "longitude": 5.0}}, {"place": {"latitude": 52.0, "longitude": 5.0}},
         2 ** (-(2 + 60 * 1.25 * 11.1195 / 12.4) / 20)),
    ],
    "time_fits": [
        ({"schedule": TUESDAY}, {"free": ["di 10:00-12:00"]}, 1.0),
        ({"schedule": {"weekly": [*TUESDAY["weekly"], *THURSDAY["weekly"]]}},
         {"free": ["di 10:00-12:00"], "times_per_week": 2}, 0.5),
        ({"schedule": {"weekly": [*TUESDAY["weekly"], *THURSDAY["weekly"]]}}, {"free": ["di 10:00-12:00"]}, 1.0),
    ],
    "affordable": [
        ({"price": [{"euro": 0, "per": "time"}]}, {}, 1.0),
        ({"price": [{"euro": 4, "per": "time"}]}, {}, 0.75),
        ({"price": [{"euro": 8, "per": "time"}]}, {}, 0.5),
        ({"price": [{"euro": 104, "per": "month"}]}, {}, 2**-3),  # 24 euro a time
        ({"price": [{"euro": 8, "per": "time"}, {"euro": 0, "per": "time", "with": "u-pas"}]}, {"passes": ["u-pas"]}, 1.0),
        ({"price": [{"euro": 8, "per": "time"}, {"euro": 0, "per": "time", "with": "u-pas"}]}, {"passes": []}, 0.5),
    ],
    "group_fits": [
        ({"group": {"size": 8}}, {"group_wish": {"size": "small"}}, 1.0),
        ({"group": {"size": 9}}, {"group_wish": {"size": "small"}}, 0.0),
        ({"group": {"size": 9}}, {"group_wish": {"size": "large"}}, 1.0),
        ({"group": {"size": 3}}, {"group_wish": {"size": "one_to_one"}}, 0.0),
        ({"group": {"contact": "come_and_go"}}, {"group_wish": {"contact": "same_people"}}, 0.0),
        ({"group": {"mix": "mixed", "newcomers": "closed"}}, {"group_wish": {"mix": "mixed"}}, 1.0),  # see welcome
        ({"group": {"newcomers": "welcome"}}, {"group_wish": {"mix": "mixed"}, "age": 40}, 0.5),
        ({"group": {"size": 2, "mix": "men"}}, {"group_wish": {"size": "one_to_one", "mix": "mixed"}}, 0.5),
        ({"group": {"contact": "same_people"}}, {"group_wish": {"contact": "same_people", "mix": "women"}}, 0.75),
        ({"audience": {"advised_age": {"from": 55}}}, {"age": 70}, 1.0),
        ({"audience": {"advised_age": {"from": 55}}}, {"age": 40}, 0.0),
    ],
    "welcome": [
        ({"host": {"receives_newcomers": True}}, {}, 0.75),
        ({"group": {"newcomers": "welcome"}}, {}, 0.75),
        ({"group": {"newcomers": "closed"}}, {}, 0.25),
    ],
    "company": [
        ({"support": ["buddy"]}, {"support": ["buddy"]}, 1.0),
        ({"support": ["buddy"]}, {"support": ["buddy", "transport"]}, 0.5),
        ({}, {"support": ["buddy"]}, 0.0),
    ],
    "soon": [
        ({"schedule": TUESDAY}, {}, 2 ** (-1 / 14)),
        ({"schedule": TUESDAY, "entry": {"wait_weeks": 2}}, {}, 2 ** (-15 / 14)),
        ({"entry": {"wait_weeks": 4}}, {}, 0.25),
    ],
    "easy_entry": [
        ({"entry": {"kind": "drop_in"}}, {}, 1.0),
        ({"entry": {"kind": "referral"}, "first_visit": {"may_watch": True}}, {}, 1.0),
        ({"entry": {"kind": "sign_up"}, "support": ["trial_visit"]}, {}, 0.75),
        ({"entry": {"kind": "course"}}, {}, 0.5),
        ({"entry": {"kind": "referral"}}, {}, 0.25),
    ],
    "own_language": [
        ({"languages": ["nl", "tr"]}, {"languages": {"tr": "good", "nl": "little"}}, 1.0),
        ({"languages": ["nl"]}, {"languages": {"nl": "little"}}, 0.5),
    ],
    "level_fits": [
        ({"level": {"body": "light"}}, {"body_level": "light"}, 1.0),
        ({"level": {"body": "light"}}, {"body_level": "moderate"}, 0.75),
        ({"terms": ["hardlopen"]}, {"body_level": "light"}, 0.8),  # heavier, but only by its term: somebody asks
    ],
}  # fmt: skip


def strength(signal: Signal, said: Said, told: Said) -> float:
    columns, asked = asked_of(activity(**said), person(**told))
    return float(signal.strength(columns, asked)[0])


def test_every_signal_of_the_library_has_strengths_by_hand() -> None:
    assert [*BY_HAND, "visitors_say"] == sorted(
        [signal.name for signal in SIGNALS], key=[*BY_HAND, "visitors_say"].index
    )


@pytest.mark.parametrize(("name", "row"), [(name, row) for name, rows in BY_HAND.items() for row in rows])
def test_a_strength_is_what_the_hand_calculation_says(name: str, row: tuple[Said, Said, float]) -> None:
    said, told, by_hand = row
    assert strength(BY_NAME[name], said, told) == pytest.approx(by_hand, abs=1e-6)


@pytest.mark.parametrize("signal", SIGNALS, ids=lambda signal: signal.name)
def test_unknown_is_neutral_within_bounds_and_shaped(signal: Signal) -> None:
    columns, asked = asked_of(activity(), person())
    found = signal.strength(columns, asked)
    assert found.dtype == np.float64
    assert found.shape == (1,)
    assert found[0] == signal.neutral
    assert 0 < signal.neutral < 1
    assert signal.source


@pytest.mark.parametrize("name", BY_HAND)
def test_a_fact_speaks_through_its_own_signal_with_the_right_sign(name: str) -> None:
    """Red when a signal is inert, or when two of their names are swapped."""
    for said, told, by_hand in BY_HAND[name]:
        (suggestion,) = advice_on(activity(**said), person(**told))
        points = {reason.name: reason.points for reason in suggestion.reasons if reason.part == "chance"}
        moved = by_hand - BY_NAME[name].neutral
        assert math.copysign(1, points[name]) == math.copysign(1, moved) or abs(moved) < 1e-9
        assert (abs(points[name]) > 0.01) == (abs(moved) > 1e-9)


def test_facts_that_concern_one_signal_leave_the_others_alone() -> None:
    alone = {"likes", "affordable", "group_fits", "welcome", "company", "easy_entry", "own_language", "level_fits"}
    for name in alone:
        said, told, _ = BY_HAND[name][0]
        (suggestion,) = advice_on(activity(**said), person(**told))
        heard = {reason.name for reason in suggestion.reasons if reason.part == "chance" and abs(reason.points) > 1e-9}
        assert heard == {name}


def test_an_hour_of_travel_lowers_the_chance_a_little() -> None:
    near, far = (advice_on(activity(), minutes={"een": minutes})[0].chance for minutes in (5, 60))
    assert 1.03 < near / far < 1.4


def test_the_uncertainty_of_a_postcode_is_part_of_the_expected_way() -> None:
    """Both at the centre of 3431: 0 km straight, and the root of .7² + .7² km expected; 5.0 + 2 minutes by bike."""
    _, asked = asked_of(activity(place={"postcode": "3431"}), person(place={"postcode": "3431"}))
    assert asked.minutes[0] == pytest.approx(2 + 60 * 1.25 * 0.7 * math.sqrt(2) / 12.4)
    assert asked.shortest[0] == pytest.approx(0.0)


def test_every_signal_has_words_for_what_it_says() -> None:
    for rows in BY_HAND.values():
        for said, told, _ in rows:
            (suggestion,) = advice_on(activity(**said), person(**told))
            for reason in suggestion.spoken:
                assert reason.sentence()
                assert "{" not in reason.sentence()
