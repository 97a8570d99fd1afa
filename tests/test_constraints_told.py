"""What a rule tells: whom it asks what, which facts its sentence gets, and the one answer that would let it go."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

import wor_match as wm
from tests.town import AT, THURSDAY, TUESDAY, activity, advice_on, asked_of, catalogue, person
from wor_match.constraints import CONSTRAINTS
from wor_match.domain.change import Change
from wor_match.domain.schedule import ZONE

RULES = {rule.name: rule for rule in CONSTRAINTS}
DI, DO = TUESDAY["weekly"][0], THURSDAY["weekly"][0]  # di 10:00-12:00, do 14:00-16:00
BOTH = {"weekly": [DI, DO]}
HALF_HOUR = {"travel": {"modes": ["bike"], "max_minutes": 30}}
BIKE_69 = {"place": {"latitude": 52.0, "longitude": 5.1}, "travel": {"modes": ["bike"], "max_minutes": 69}}
NORTH = {"place": {"latitude": 52.1, "longitude": 5.1}}  # 69.25 minutes by bike, by hand
Said = dict[str, Any]


@pytest.mark.parametrize(
    ("rule", "said", "told", "check"),
    [
        ("not_open", {}, {}, ("stale", "organiser", {"say": "never"})),
        ("not_open", {"checked_on": "2026-05-24"}, {}, None),  # half a year ago to the day
        ("not_open", {"checked_on": "2026-05-23"}, {}, ("stale", "organiser", {"say": "old", "months": 6})),
        ("not_open", {"checked_on": "2025-11-23"}, {}, ("stale", "organiser", {"say": "old", "months": 12})),
        ("no_upcoming_session", {}, {}, ("when", "organiser", {})),
        ("no_upcoming_session", {"schedule": TUESDAY}, {}, None),
        ("too_far", {}, HALF_HOUR, ("place", "organiser", {})),
        ("too_far", {"place": {"online": True}}, HALF_HOUR, None),
        ("too_far", {}, {}, None),
        ("too_far", {}, {"travel": {"modes": ["bike"]}}, None),
        ("too_far", {}, {"travel": {"max_minutes": 30}}, None),
        # 2.7 km straight, 2.9 expected: 49.8 minutes on foot
        ("too_far", {"place": {"postcode": "3434"}},
         {"place": {"postcode": "3431"}, "travel": {"modes": ["walk"], "max_minutes": 30}},
         ("way", "participant", {"minutes": 50})),
        ("too_far", {"place": {"postcode": "3434"}},
         {"place": {"postcode": "3431"}, "travel": {"modes": ["walk"], "max_minutes": 60}}, None),
        ("too_expensive", {}, {}, ("price", "organiser", {})),
        ("too_expensive", {"price": [{"euro": 4, "per": "time"}]}, {}, None),
        ("too_expensive", {"price": [{"euro": 4, "per": "time", "with": "u-pas"}, {"euro": 9, "per": "year", "with": "u-pas"}]},
         {}, ("pass", "participant", {"names": ("u-pas",)})),
        ("no_shared_language", {}, {"languages": {"tr": "good", "nl": "little", "ar": "good"}},
         ("language", "organiser", {"speaks": ("ar", "tr")})),
        ("no_shared_language", {}, {"languages": {"nl": "little"}}, ("language", "organiser", {"speaks": ("nl",)})),
        ("no_shared_language", {}, {"languages": {"nl": "good"}}, None),
        ("no_shared_language", {"asks": ["good_dutch"]}, {}, ("good_dutch", "participant", {})),
        ("no_shared_language", {"asks": ["good_dutch"]}, {"languages": {"nl": "good"}}, None),
        ("no_shared_language", {}, {}, None),
        ("not_accessible", {"access": {"wheelchair": True}}, {"access": ["wheelchair", "toilet"]},
         ("access", "organiser", {"needs": ("toilet",)})),
        ("not_accessible", {}, {}, None),
        ("not_for_this_age", {"audience": {"min_age": 55}}, {}, ("age", "participant", {"say": "from", "min_age": 55})),
        ("not_for_this_age", {"audience": {"max_age": 27}}, {}, ("age", "participant", {"say": "to", "max_age": 27})),
        ("not_for_this_age", {"audience": {"min_age": 18, "max_age": 27}}, {},
         ("age", "participant", {"say": "between", "min_age": 18, "max_age": 27})),
        ("not_for_this_age", {"audience": {"min_age": 55}}, {"age": 60}, None),
        ("not_for_this_age", {}, {}, None),
        ("not_for_this_group", {"audience": {"only": "women"}}, {}, ("gender", "participant", {"only": "women"})),
        ("not_for_this_group", {"audience": {"only": "women"}}, {"gender": "woman"}, None),
        ("not_for_this_group", {"audience": {"only": "women"}}, {"gender": "other"},
         ("joining", "organiser", {"asks": ("only_women",)})),
        ("not_for_this_group", {"audience": {"only": "women"}, "asks": ["vog", "good_dutch"]}, {"gender": "woman"},
         ("joining", "organiser", {"asks": ("vog",)})),
        ("not_for_this_group", {}, {"gender": "other"}, None),
        ("full", {"places": {"free": 0, "as_of": "2026-09-24"}}, {}, None),  # sixty days ago
        ("full", {"places": {"free": 0, "as_of": "2026-09-23"}}, {}, ("places", "organiser", {})),
        ("full", {}, {}, None),
        ("body_level", {"terms": ["hardlopen"]}, {"body_level": "light"}, ("level", "organiser", {"level": "vigorous"})),
        ("body_level", {"terms": ["hardlopen"]}, {"body_level": "vigorous"}, None),
        ("body_level", {"terms": ["hardlopen"], "level": {"body": "light"}}, {"body_level": "light"}, None),
        ("body_level", {"terms": ["hardlopen"]}, {}, None),
    ],
)  # fmt: skip
def test_a_rule_asks_whom_knows_what_nobody_told(rule: str, said: Said, told: Said, check: Any) -> None:
    found = RULES[rule].asks(*asked_of(activity(**said), person(**told)), 0)
    assert (found and (found.name, found.whom, dict(found.facts))) == check


@pytest.mark.parametrize(
    ("rule", "said", "told", "facts"),
    [
        ("not_open", {"status": "paused"}, {}, {"say": "paused"}),
        ("no_upcoming_session", {"schedule": {**TUESDAY, "until": "2026-11-17"}}, {}, {"say": "none"}),
        ("no_upcoming_session", {"entry": {"kind": "course", "starts_on": "2026-11-17"}}, {},
         {"say": "runs_already", "date": date(2026, 11, 17)}),
        ("no_free_time", {"schedule": BOTH}, {"free": []}, {"say": "any", "weekday": "di", "time": "10:00"}),
        ("no_free_time", {"schedule": {**BOTH, "attend": "all"}}, {"free": ["di 09:00-13:00"]},
         {"say": "all", "weekday": "di", "time": "10:00"}),
        ("too_far", NORTH, BIKE_69, {"minutes": 70}),
        ("too_expensive", {"price": [{"euro": 4.5, "per": "time"}]}, {"budget": "small"}, {"say": "time", "euro": 4.5, "month": 20}),
        ("too_expensive", {"price": [{"euro": 10, "per": "month"}]}, {"budget": 9}, {"say": "month", "euro": 2.31, "month": 10}),
        ("too_expensive", {"price": [{"euro": 4.43, "per": "time"}]}, {"budget": "small"}, {"say": "time", "euro": 4.43, "month": 20}),
        # a quarter of a cent above 13 euro a month is 13 euro
        ("too_expensive", {"price": [{"euro": 156.03, "per": "year"}]}, {"budget": 9}, {"say": "month", "euro": 3.0, "month": 13}),
        ("no_shared_language", {"languages": ["nl"]}, {"languages": {"tr": "good"}}, {"say": "other", "languages": ("nl",)}),
        ("no_shared_language", {"languages": ["nl"], "asks": ["good_dutch"]}, {"languages": {"nl": "little"}},
         {"say": "good_dutch"}),
        ("no_shared_language", {"languages": ["ar"], "asks": ["good_dutch"]}, {"languages": {"nl": "good"}},
         {"say": "other", "languages": ("ar",)}),
        ("not_accessible", {"access": {"wheelchair": False, "toilet": True}}, {"access": ["wheelchair", "toilet"]},
         {"needs": ("wheelchair",)}),
        ("not_for_this_age", {"audience": {"max_age": 27}}, {"age": 30}, {"say": "to", "max_age": 27}),
        ("not_for_this_group", {"audience": {"only": "women"}}, {"gender": "man"}, {"say": "women"}),
        ("too_long_wait", {"schedule": {**TUESDAY, "from": "2026-12-08"}}, {"max_wait_weeks": 2}, {"weeks": 3}),
        ("tried_before", {}, {"tried": {"een": "not_suited"}}, {"activity": "Verzonnen"}),
        ("body_level", {"level": {"body": "vigorous"}}, {"body_level": "light"}, {"level": "vigorous"}),
    ],
)  # fmt: skip
def test_the_sentence_of_a_rule_gets_the_facts_of_this_activity(rule: str, said: Said, told: Said, facts: Any) -> None:
    (exclusion,) = advice_on(activity(**said), person(**told)).why_not("een")
    assert (exclusion.constraint, dict(exclusion.facts)) == (rule, facts)


@pytest.mark.parametrize(
    ("said", "told", "change"),
    [
        (NORTH, BIKE_69, Change("travel.max_minutes", 69, 70)),
        ({"price": [{"euro": 4, "per": "time"}]}, {"budget": "free"}, Change("budget", "free", "small")),
        ({"price": [{"euro": 4.5, "per": "time"}]}, {"budget": "free"}, Change("budget", "free", 20.0)),
        ({"price": [{"euro": 3, "per": "time"}]}, {"budget": 12.99}, Change("budget", 12.99, 13.0)),
        ({"price": [{"euro": 10_000, "per": "month"}]}, {"budget": 9}, Change("budget", 9.0, 10_000.0)),
        ({"price": [{"euro": 10_001, "per": "month"}]}, {"budget": 9}, Change("budget", 9.0, "any")),
        ({"entry": {"wait_weeks": 6}}, {"max_wait_weeks": 5}, Change("max_wait_weeks", 5, 6)),
        ({}, {"unwanted": ["maken", "zingen"]}, Change("unwanted", ("maken", "zingen"), ("zingen",))),
        ({}, {"likes": ["zingen"], "only_wishes": True}, Change("only_wishes", True, False)),
        # what was impossible for practical reasons, or elsewhere, stays as it was told
        ({"formerly": ["oud"]}, {"tried": {"een": "not_suited", "oud": "practical", "twee": "not_suited"}},
         Change("tried", {"een": "not_suited", "oud": "practical", "twee": "not_suited"},
                {"oud": "practical", "twee": "not_suited"})),
    ],
)  # fmt: skip
def test_the_change_names_the_answer_as_it_is_and_as_it_would_be(said: Said, told: Said, change: Change) -> None:
    (exclusion,) = advice_on(activity(**said), person(**told)).why_not("een")
    assert exclusion.change == change


FREE, TAKEN, HOME = "free", "not_free", "travel.home_before"
WEDNESDAY = {"weekly": [{"day": "wo", "start": "18:00", "end": "19:00"}]}
LATE = {"weekly": [{"day": "di", "start": "20:00", "end": "23:30"}]}


@pytest.mark.parametrize(
    ("schedule", "told", "minutes", "change"),
    [
        (TUESDAY, {"free": ["wo 09:00-10:00"]}, 0, (FREE, ("wo 09:00-10:00", "di 10:00-12:00"))),
        (BOTH, {"free": []}, 0, (FREE, ("di 10:00-12:00",))),  # one session is enough: the first
        ({"weekly": [{"day": "di", "start": "22:00", "end": "00:00"}]}, {"free": []}, 0, (FREE, ("di 22:00-24:00",))),
        ({"weekly": [{"day": "di", "start": "00:00", "end": "01:00"}]}, {"free": []}, 0, (FREE, ("di 00:00-01:00",))),
        # a session that ends when it starts takes a minute
        ({"weekly": [{"day": "di", "start": "10:00", "end": "10:00"}]}, {"free": []}, 0, (FREE, ("di 10:00-10:01",))),
        ({"weekly": [{"day": "di", "start": "10:00", "end": "10:00"}]}, {"not_free": ["di 10:00-10:01", "di 10:01-10:30"]}, 0,
         (TAKEN, ("di 10:01-10:30",))),
        # what only touches the session is kept, also with the way there and back
        (TUESDAY, {"not_free": ["di 09:00-10:00", "di 11:00-11:30", "di 12:00-13:00"]}, None,
         (TAKEN, ("di 09:00-10:00", "di 12:00-13:00"))),
        (TUESDAY, {"not_free": ["di 09:00-09:30", "di 09:40-09:50", "di 12:10-12:20", "di 12:30-13:00"]}, 30,
         (TAKEN, ("di 09:00-09:30", "di 12:30-13:00"))),
        # Sunday night and Monday morning are neighbours
        ({"weekly": [{"day": "ma", "start": "00:10", "end": "01:00"}]}, {"not_free": ["zo 23:30-23:58"]}, 20, (TAKEN, ())),
        ({"weekly": [{"day": "zo", "start": "23:00", "end": "23:50"}]}, {"not_free": ["ma 00:05-01:00"]}, 20, (TAKEN, ())),
        (TUESDAY, {"travel": {"home_before": "11:30"}}, 0, (HOME, "12:00")),
        (TUESDAY, {"travel": {"home_before": "11:30"}}, 30.5, (HOME, "12:31")),
        (LATE, {"travel": {"home_before": "23:00"}}, 30, (HOME, "00:00")),
        (LATE, {"travel": {"home_before": "23:00"}}, 390, (HOME, "06:00")),
        (LATE, {"travel": {"home_before": "23:00"}}, 400, (HOME, None)),  # no time of that night: then none
        # the first session that one answer stands in the way of decides which answer that is
        (BOTH, {"free": ["di 09:00-13:00"], "not_free": ["di 11:00-12:00"]}, 0, (TAKEN, ())),
        ({"weekly": [DI, {"day": "do", "start": "09:00", "end": "10:00"}]},
         {"travel": {"home_before": "11:00"}, "not_free": ["do 09:00-10:00"]}, 0, (HOME, "12:00")),
        # a course needs all of them
        ({**BOTH, "attend": "all"}, {"not_free": ["do 15:00-16:00"]}, 0, (TAKEN, ())),
        ({**BOTH, "attend": "all"}, {"travel": {"home_before": "11:00"}}, 0, (HOME, "16:00")),
    ],
)  # fmt: skip
def test_the_one_answer_about_the_week_that_would_let_it_in(
    schedule: Said, told: Said, minutes: float | None, change: tuple[str, Any]
) -> None:
    """For the second activity of two, so that the sessions of the first play no part."""
    who, town = person(**told), catalogue(activity("de-eerste", schedule=WEDNESDAY), activity("een", schedule=schedule))
    advice = wm.Matcher(town).recommend(who, at=AT, minutes=None if minutes is None else {"een": minutes})
    (exclusion,) = advice.why_not("een")
    now = who.travel.home_before if change[0] == HOME else getattr(who, change[0])
    assert exclusion.change == Change(change[0], now, change[1])


def test_who_told_a_hundred_moments_is_not_asked_for_one_more() -> None:
    moments = [f"zo {n // 60:02d}:{n % 60:02d}-{n // 60:02d}:{n % 60 + 1:02d}" for n in range(0, 200, 2)]
    (exclusion,) = advice_on(activity(schedule=TUESDAY), person(free=moments[:99])).why_not("een")
    assert exclusion.change == Change("free", tuple(moments[:99]), (*moments[:99], "di 10:00-12:00"))
    (exclusion,) = advice_on(activity(schedule=TUESDAY), person(free=moments)).why_not("een")
    assert exclusion.change is None


def test_a_way_of_up_to_ten_hours_can_be_said_and_no_longer_one() -> None:
    for minutes, needed in ((600, Change("travel.max_minutes", 30, 600)), (601, None)):
        (exclusion,) = advice_on(activity(), person(**HALF_HOUR), minutes={"een": minutes}).why_not("een")
        assert exclusion.change == needed


def rules(said: Said, told: Said, **options: Any) -> list[str]:
    return [rule.constraint for rule in advice_on(activity(**said), person(**told), **options).why_not("een")]


def test_exactly_as_far_as_they_will_go_is_near_enough_and_leaves_nothing_to_ask() -> None:
    assert rules({}, HALF_HOUR, minutes={"een": 30}) == []
    columns, asked = asked_of(activity(**NORTH), person(**HALF_HOUR), minutes={"een": 30})
    assert RULES["too_far"].asks(columns, asked, 0) is None
    assert rules({}, {"travel": {"max_minutes": 30}}, minutes={"een": 31}) == []  # no way to travel was told


def test_any_budget_rules_nothing_out() -> None:
    assert rules({"price": [{"euro": 500, "per": "time"}]}, {"budget": "any"}) == []


def test_good_dutch_is_asked_of_who_told_their_languages() -> None:
    asks = {"languages": ["nl", "tr"], "asks": ["good_dutch"]}
    assert rules(asks, {"languages": {"nl": "good", "tr": "good"}}) == []
    assert rules(asks, {"languages": {"nl": "little", "tr": "good"}}) == ["no_shared_language"]
    assert rules(asks, {"languages": {"tr": "good"}}) == ["no_shared_language"]


def test_as_heavy_as_they_can_take_is_allowed() -> None:
    assert rules({"level": {"body": "light"}}, {"body_level": "light"}) == []


def test_money_alongside_is_money_too_and_dutch_can_be_wished_by_who_speaks_it() -> None:
    assert rules({"terms": ["geldzaken"]}, {"circumstances": {"money": "alongside"}}) == []
    lessons = {"terms": ["nederlands-leren"]}
    assert rules(lessons, {"likes": ["nederlands-leren"], "languages": {"nl": "good"}}) == []


def test_only_wishes_without_a_wish_rules_nothing_out() -> None:
    assert rules({}, {"only_wishes": True}) == []


def test_an_activity_that_does_not_meet_any_more_has_no_wait() -> None:
    past = {"schedule": {**TUESDAY, "until": "2026-11-17"}}
    assert rules(past, {"max_wait_weeks": 5}) == ["no_upcoming_session"]
    course = {"schedule": {**past["schedule"], "attend": "all"}, "entry": {"kind": "course", "starts_on": "2026-12-01"}}
    assert rules(course, {}) == ["no_upcoming_session"]


def test_a_course_that_began_last_week_is_over_also_on_the_morning_of_a_session() -> None:
    course = {"schedule": {**TUESDAY, "attend": "all"}, "entry": {"kind": "course", "starts_on": "2026-11-17"}}
    assert rules(course, {}, at=datetime(2026, 11, 24, 9, tzinfo=ZONE)) == ["no_upcoming_session"]


def test_each_count_of_free_places_is_believed_by_its_own_day() -> None:
    lately, long_ago = ({"places": {"free": 0, "as_of": day}} for day in ("2026-11-01", "2026-09-01"))
    town = catalogue(activity("vol", **lately), activity("vroeger", **long_ago))
    advice = wm.Matcher(town).recommend(person(), at=AT)
    assert [rule.constraint for rule in advice.why_not("vol")] == ["full"]
    (suggestion,) = advice
    assert "places" in {check.name for check in suggestion.checks}
