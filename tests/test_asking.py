"""The next question worth asking: what it counts x how far its answers set activities apart, by hand."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given

import wor_match as wm
from tests.strategies import people
from tests.town import activity, catalogue, person
from wor_match.asking import TOPICS, asked_with, gain_of, topics, weight_of
from wor_match.domain.terms import DIMENSIONS
from wor_match.worth import NOT_GIVEN

AT = date(2026, 11, 23)
FREE = [{"euro": 0, "per": "time"}]
DEAR = [{"euro": 10, "per": "time"}]


def advice(*made: wm.Activity, **told: object) -> wm.Advice:
    return wm.Matcher(catalogue(*made)).recommend(person(**told), at=AT)


def gain(field: str, asked: wm.Advice) -> float:
    (topic,) = (topic for topic in topics(asked.question) if topic.field == field)
    return gain_of(topic, asked.question, asked.question.possible)


def test_what_the_focus_counts_by_hand() -> None:
    asked = advice(activity("a", serves={"participation": 3}), activity("b", serves={}))
    # worth is .44 at neutral; a focus served in full makes it .72, one not served .32
    assert weight_of("focus", asked.question) == pytest.approx(math.log(0.72 / 0.32))
    assert NOT_GIVEN == 0.3
    # one of six answers sets them apart: strengths 1 and 0, a spread of .5
    assert gain("focus", asked) == pytest.approx(math.log(0.72 / 0.32) * 0.5 / 6)


def test_what_an_answer_would_open_counts_too() -> None:
    asked = advice(activity("a", price=FREE, serves={}), activity("b", price=DEAR, serves={}))
    # budget free or small: 1 and ruled out; any: 1 and 2^(-10/8)
    spread = (0.5 + 0.5 + (1 - 2 ** (-10 / 8)) / 2) / 3
    assert gain("budget", asked) == pytest.approx(weight_of("affordable", asked.question) * spread)
    assert asked.ask_next[0].field == "budget"


def test_a_signal_counts_what_it_does_to_the_chance_by_hand() -> None:
    asked = advice(activity("a"), activity("b"))
    question = asked.question
    numbers = [signal.name for signal in question.known.signals]
    ends = np.zeros((2, len(numbers)))
    ends[:, numbers.index("company")] = -0.4, 0.6  # from 0 to 1, neutral is .4
    draws = question.posterior.draws
    from wor_match import learning

    low, high = learning.chances(draws, learning.predictors(draws, ends)).mean(axis=1)
    assert weight_of("company", question) == pytest.approx(math.log(high / low))
    assert weight_of("no-such-signal", question) == 0.0


def test_only_what_was_not_answered_is_asked(matcher: wm.Matcher) -> None:
    told = {"focus": ["meedoen"], "likes": ["zingen"], "budget": "small", "free": ["ma 09:00-17:00", "di 09:00-17:00"]}
    assert {one.field for one in matcher.recommend(person(), at=AT).ask_next} == {"focus", "likes"}
    assert not {one.field for one in matcher.recommend(person(**told), at=AT).ask_next} & set(told)


def test_where_nothing_can_be_told_apart_nothing_is_asked() -> None:
    assert advice(activity("a")).ask_next == ()
    assert advice(activity("a"), activity("b")).ask_next == ()
    safety = wm.Matcher(catalogue(activity("a", price=FREE), activity("b", price=DEAR)))
    assert safety.recommend(person(circumstances={"safety": "first"}), at=AT).ask_next == ()


def test_a_dimension_that_is_left_alone_is_no_answer(matcher: wm.Matcher) -> None:
    every = ["lichaam", "mentaal", "zin", "kwaliteit", "meedoen", "dagelijks"]
    left = matcher.recommend(person(left_alone=every[:5]), at=AT).question
    (topic,) = (topic for topic in topics(left) if topic.field == "focus")
    assert [answer["focus"] for answer in topic.answers] == [["daily_functioning"]]
    assert "focus" not in [one.field for one in matcher.recommend(person(left_alone=every), at=AT).ask_next]


@given(who=people())
def test_at_most_two_are_asked_the_best_first_each_with_its_sentence(matcher: wm.Matcher, who: wm.Participant) -> None:
    told = matcher.recommend(who, at=AT).ask_next
    assert len(told) <= 2
    assert [one.gain for one in told] == sorted((one.gain for one in told), reverse=True)
    assert all(one.sentence(language).endswith((".", "?")) for one in told for language in ("nl", "nl-je", "en"))
    assert {one.field for one in told} <= {topic.field for topic in TOPICS} | {"place"}


def test_a_host_that_knows_the_way_is_not_asked_for_a_place(matcher: wm.Matcher) -> None:
    minutes = dict.fromkeys([one.id for one in matcher.catalogue], 10.0)
    fields = [topic.field for topic in topics(matcher.recommend(person(), at=AT, minutes=minutes).question)]
    assert "place" not in fields
    assert "travel.modes" not in fields


def test_an_answer_leaves_the_minutes_of_the_host_as_they_are(matcher: wm.Matcher) -> None:
    minutes = {one.id: 5.0 + 3 * number for number, one in enumerate(matcher.catalogue)}
    minutes.popitem()  # of one activity the host does not know the way
    who = person(place={"postcode": "3431"}, focus=["meedoen"], likes=["zingen"], budget="small")
    asked = matcher.recommend(who, at=AT, minutes=minutes)
    (modes,) = (topic for topic in topics(asked.question) if topic.field == "travel.modes")
    told = asked_with(modes.answers[0], asked.question).minutes
    known = [asked.question.columns.rows[name] for name in minutes]
    assert told[known].tolist() == asked.question.asked.minutes[known].tolist()
    assert "travel.modes" not in {one.field for one in asked.ask_next}


def test_asking_says_nothing_twice(matcher: wm.Matcher) -> None:
    with pytest.warns(wm.WorMatchWarning, match="every mark"):
        who = person(spider_web={"scores": dict.fromkeys(DIMENSIONS, 5)})
    assert matcher.recommend(who, at=AT).ask_next  # and no further warning, which would be an error


def test_asking_changes_nothing_about_the_advice(matcher: wm.Matcher) -> None:
    one, other = (matcher.recommend(person(likes=["zingen"]), at=AT) for _ in range(2))
    assert one.ask_next
    assert one.to_json() == other.to_json()
