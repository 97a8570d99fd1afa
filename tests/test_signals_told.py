"""What a signal tells of an activity: the facts that its sentence gets; and strengths where several activities differ."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest

from tests.town import AT, THURSDAY, TUESDAY, activity, asked_of, catalogue, person
from wor_match.domain.asked import ask
from wor_match.domain.compiling import columns_of
from wor_match.signals import SIGNALS

BY_NAME = {signal.name: signal for signal in SIGNALS}
DI, DO = TUESDAY["weekly"][0], THURSDAY["weekly"][0]  # di 10:00-12:00, do 14:00-16:00
BOTH = {"weekly": [DI, DO]}
UNKNOWN = {"say": "unknown"}
NORTH = {"place": {"latitude": 52.1, "longitude": 5.1}}
SOUTH = {"place": {"latitude": 52.0, "longitude": 5.1}}  # 11.1 km: 69.25 minutes by bike, 24.2 by car
PASS = [{"euro": 10, "per": "month", "with": "u-pas"}, {"euro": 8, "per": "time"}]
HOST = {"host": {"receives_newcomers": True}}
ASK_FOR = {"first_visit": {"ask_for": "de gastvrouw"}}
ADVISED = {"audience": {"advised_age": {"from": 55, "to": 75}}}
THREE = {"size": "one_to_one", "mix": "mixed", "contact": "same_people"}
Said = dict[str, Any]


@pytest.mark.parametrize(
    ("signal", "said", "told", "facts"),
    [
        ("likes", {}, {}, {"say": "not_given"}),
        ("likes", {}, {"likes": ["zingen"]}, {"say": "none"}),
        ("likes", {}, {"likes": ["zingen", "handwerken"]}, {"say": "match", "word": "handwerken", "ground": "handwerken"}),
        ("likes", {}, {"likes": ["keramiek"]}, {"say": "alike", "word": "keramiek", "ground": "keramiek"}),
        ("likes", {}, {"likes": ["maken"]}, {"say": "match", "word": "maken", "ground": "maken"}),  # the group itself
        ("likes", {"terms": ["rouw"]}, {"likes": ["rouw"]}, {"say": "requested", "word": "rouw", "ground": "rouw"}),
        ("gives_energy", {}, {"energy": ["zingen"]}, {"say": "none"}),
        ("gives_energy", {}, {"good_at": ["handwerken"]}, {"say": "match", "word": "handwerken", "ground": "handwerken"}),
        ("near", {"place": {"online": True}}, {}, {"say": "online"}),
        ("near", {"place": {"at_home": True}}, {}, {"say": "at_home"}),
        ("near", {}, {}, UNKNOWN),
        ("near", NORTH, SOUTH, {"say": "mode", "mode": "bike", "minutes": 70}),
        ("near", NORTH, {**SOUTH, "travel": {"modes": ["bike", "car"]}}, {"say": "mode", "mode": "car", "minutes": 25}),
        ("near", SOUTH, SOUTH, {"say": "mode", "mode": "bike", "minutes": 5}),
        ("time_fits", {}, {}, UNKNOWN),
        ("time_fits", {"schedule": TUESDAY}, {}, {"say": "all"}),
        ("time_fits", {"schedule": BOTH}, {"free": ["di 10:00-12:00"]}, {"say": "all"}),  # once a week is enough
        ("time_fits", {"schedule": BOTH}, {"free": ["di 10:00-12:00"], "times_per_week": 2}, {"say": "some"}),
        ("affordable", {}, {}, UNKNOWN),
        ("affordable", {"price": [{"euro": 0, "per": "time"}]}, {}, {"say": "free"}),
        ("affordable", {"price": [{"euro": 1, "per": "time"}]}, {}, {"say": "euro", "euro": 1.0}),
        ("affordable", {"price": [{"euro": 10, "per": "month"}]}, {}, {"say": "euro", "euro": 2.31}),
        ("affordable", {"price": PASS}, {}, {"say": "with_pass", "names": ("u-pas",), "euro": 2.31}),
        ("affordable", {"price": [{"euro": 1, "per": "time", "with": "u-pas"}, PASS[1]]}, {},
         {"say": "with_pass", "names": ("u-pas",), "euro": 1.0}),
        ("affordable", {"price": [{"euro": 0, "per": "time", "with": "u-pas"}, PASS[1]]}, {},
         {"say": "free_with_pass", "names": ("u-pas",), "euro": 0.0}),
        ("affordable", {"price": PASS}, {"passes": []}, {"say": "euro", "euro": 8.0}),
        ("soon", {}, {}, UNKNOWN),
        ("soon", {"schedule": TUESDAY}, {}, {"say": "date", "date": date(2026, 11, 24)}),
        ("soon", {"entry": {"wait_weeks": 4}}, {}, {"say": "weeks", "weeks": 4}),
        ("easy_entry", {}, {}, UNKNOWN),
        ("easy_entry", {"entry": {"kind": "drop_in"}, "first_visit": {"may_watch": True}}, {}, {"say": "drop_in"}),
        ("easy_entry", {"entry": {"kind": "course"}, "first_visit": {"may_watch": True}}, {}, {"say": "may_watch"}),
        ("easy_entry", {"entry": {"kind": "sign_up"}, "support": ["trial_visit"]}, {}, {"say": "trial"}),
        ("easy_entry", {"entry": {"kind": "sign_up"}}, {}, {"say": "sign_up"}),
        ("group_fits", {"group": {"size": 8}}, {"group_wish": {"size": "small"}}, {"say": "small_fits", "people": 8}),
        ("group_fits", {"group": {"size": 9}}, {"group_wish": {"size": "small"}}, {"say": "size_differs", "people": 9}),
        ("group_fits", {}, {"group_wish": {"size": "small"}}, UNKNOWN),
        ("group_fits", {"group": {"mix": "mixed"}}, {"group_wish": {"mix": "mixed"}}, {"say": "mix_fits"}),
        ("group_fits", {"group": {"contact": "come_and_go"}}, {"group_wish": {"contact": "same_people"}},
         {"say": "contact_differs", "contact": "come_and_go"}),
        ("group_fits", ADVISED, {"age": 70}, {"say": "age_fits"}),
        ("group_fits", ADVISED, {"age": 80}, {"say": "age_differs"}),
        ("group_fits", {"audience": {"advised_age": {"from": 55}}}, {"age": 54}, {"say": "age_differs"}),
        ("group_fits", {"audience": {"advised_age": {"to": 55}}}, {"age": 56}, {"say": "age_differs"}),
        ("group_fits", ADVISED, {}, UNKNOWN),
        ("group_fits", {}, {"age": 70}, UNKNOWN),
        # what fits goes first when half of it fits, else what differs
        ("group_fits", {"group": {"size": 2, "mix": "men"}}, {"group_wish": {"size": "one_to_one", "mix": "mixed"}},
         {"say": "one_to_one_fits", "people": 2}),
        ("group_fits", {"group": {"size": 2, "mix": "men", "contact": "come_and_go"}}, {"group_wish": THREE},
         {"say": "mix_differs", "people": 2, "contact": "come_and_go"}),
        ("welcome", {}, {}, UNKNOWN),
        ("welcome", {"group": {"newcomers": "closed"}}, {}, {"say": "closed"}),
        ("welcome", {**HOST, **ASK_FOR}, {}, {"say": "host", "ask_for": "de gastvrouw"}),
        ("welcome", HOST, {}, {"say": "newcomers"}),
        ("welcome", {"group": {"newcomers": "welcome"}, **ASK_FOR}, {}, {"say": "newcomers", "ask_for": "de gastvrouw"}),
        ("company", {"support": ["buddy"]}, {"support": ["buddy", "transport"]}, {"say": "offered", "support": ("buddy",)}),
        ("company", {}, {"support": ["buddy"]}, {"say": "lacking"}),
        ("company", {"support": ["buddy"]}, {}, UNKNOWN),
        ("own_language", {"languages": ["nl", "tr"]}, {"languages": {"tr": "good", "nl": "good"}}, {"say": "own", "languages": ("tr",)}),
        ("own_language", {"languages": ["nl"]}, {"languages": {"tr": "good", "nl": "little"}}, {"say": "little", "languages": ("nl",)}),
        ("own_language", {"languages": ["nl", "tr"]}, {"languages": {"nl": "good", "tr": "little"}}, UNKNOWN),
        ("own_language", {"languages": ["nl"]}, {}, {"say": "unknown", "languages": ()}),
        ("level_fits", {"level": {"body": "light"}}, {"body_level": "light"}, {"say": "same", "level": "light"}),
        ("level_fits", {"level": {"body": "light"}}, {"body_level": "moderate"}, {"say": "lighter", "level": "light"}),
        ("level_fits", {"terms": ["hardlopen"]}, {"body_level": "light"}, {"say": "heavier", "level": "vigorous"}),
        ("level_fits", {"level": {"body": "light"}}, {}, UNKNOWN),
        ("level_fits", {"terms": []}, {"body_level": "light"}, UNKNOWN),
    ],
)  # fmt: skip
def test_the_sentence_of_a_signal_gets_the_facts_of_this_activity(
    signal: str, said: Said, told: Said, facts: Said
) -> None:
    """Asked about the second activity of two, so that what holds for the first plays no part."""
    columns = columns_of(catalogue(activity("de-eerste", schedule=BOTH), activity(**said)))
    assert dict(BY_NAME[signal].facts(columns, ask(person(**told), columns, AT), 1)) == facts


@pytest.mark.parametrize(("minutes", "said"), [(0, 5), (12, 15), (26, 30), (30, 30)])
def test_minutes_of_the_host_are_said_in_fives_without_a_way_to_travel(minutes: float, said: int) -> None:
    columns, asked = asked_of(activity(), person(), minutes={"een": minutes})
    assert dict(BY_NAME["near"].facts(columns, asked, 0)) == {"say": "minutes", "minutes": said}


def test_a_wait_beyond_the_sessions_that_are_known_is_said_in_weeks() -> None:
    columns, asked = asked_of(activity(schedule=TUESDAY, entry={"wait_weeks": 10}), person())
    assert dict(BY_NAME["soon"].facts(columns, asked, 0)) == {"say": "weeks", "weeks": 10}


@pytest.mark.parametrize(
    ("mean", "n", "facts"),
    [
        (0.8, 12, {"say": "liked_by", "n": 12}),
        (0.8, 0, {"say": "liked"}),
        (0.3, 1, {"say": "below_by", "n": 1}),
        (0.3, 0, {"say": "below"}),
        (0.5 + 1e-8, 0, {"say": "liked"}),
        (0.5 + 8e-10, 12, UNKNOWN),  # as elsewhere: nothing to say of this one
        (math.nan, 12, UNKNOWN),
    ],
)
def test_what_visitors_say_is_told_with_how_many_they_are(mean: float, n: int, facts: Said) -> None:
    columns = columns_of(catalogue(activity()), visitors={"een": mean}, rated={"een": n})
    assert dict(BY_NAME["visitors_say"].facts(columns, ask(person(), columns, AT), 0)) == facts


def strengths(name: str, told: Said, *said: Said) -> Any:
    columns = columns_of(catalogue(*(activity(f"nummer-{n}", **one) for n, one in enumerate(said))))
    return BY_NAME[name].strength(columns, ask(person(**told), columns, AT)).tolist()


def test_the_share_of_the_week_that_fits_is_of_each_activity_itself() -> None:
    zaterdag = {"day": "za", "start": "10:00", "end": "12:00"}
    offered = [{"schedule": BOTH}, {"schedule": {"weekly": [DI, DO, zaterdag]}}, {}]
    free = ["di 10:00-12:00", "za 10:00-12:00"]
    assert strengths("time_fits", {"free": free, "times_per_week": 2}, *offered) == [0.5, 1.0, 0.8]
    assert strengths("time_fits", {"not_free": ["do 15:00-16:00"], "times_per_week": 2}, *offered) == [0.5, 1.0, 0.8]
    assert strengths("time_fits", {"travel": {"home_before": "11:00"}}, *offered) == [0.0, 0.0, 0.8]


def test_an_advised_age_is_one_part_of_the_group_and_holds_to_its_last_year() -> None:
    small = {"group": {"size": 8}}
    told = {"group_wish": {"size": "small"}, "age": 40}
    assert strengths("group_fits", told, small, {**small, **ADVISED}, {}) == [1.0, 0.5, 0.5]
    ages = [strengths("group_fits", {"age": age}, small, ADVISED)[1] for age in (54, 55, 75, 76)]
    assert ages == [0.0, 1.0, 1.0, 0.0]


def test_a_language_that_is_not_shared_speaks_against_it_and_an_unknown_one_does_not() -> None:
    told = {"languages": {"tr": "good", "nl": "little"}}
    said: list[Said] = [{"languages": ["ar"]}, {"languages": ["nl"]}, {"languages": ["tr"]}, {}]
    assert strengths("own_language", told, *said) == [0.0, 0.5, 1.0, 0.7]


def test_what_says_itself_that_it_is_heavier_does_not_fit_at_all() -> None:
    said: list[Said] = [{"level": {"body": "vigorous"}}, {"terms": ["hardlopen"]}, {"level": {"body": "light"}}]
    of_nothing: Said = {"terms": []}  # nobody has said yet what one does there
    assert strengths("level_fits", {"body_level": "light"}, *said, of_nothing) == [0.0, 0.8, 1.0, 0.8]
    assert strengths("level_fits", {"body_level": "vigorous"}, *said, of_nothing) == [1.0, 1.0, 0.75, 0.8]
    assert strengths("level_fits", {}, *said, of_nothing) == [0.8, 0.8, 0.8, 0.8]
