"""Plain values for a host: all that choosing a few gives stands in them, comes back from JSON, and tells no more."""

from __future__ import annotations

import inspect
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wor_match as wm
from tests.strategies import people
from tests.town import AT, THURSDAY, TUESDAY, activity, catalogue, person
from wor_match import pathway
from wor_match.advice import Advice
from wor_match.arranging import Arrangement
from wor_match.question import Question

NIEUWEGEIN = wm.load_catalogue("nieuwegein")
OURS = wm.Matcher(NIEUWEGEIN)
IDS = tuple(sorted(one.id for one in NIEUWEGEIN))
LINDE = {"id": "de-linde", "name": "Buurthuis De Linde", "phone": "030 000 00 01"}
BUDDY = {"kind": "buddy", "organiser": "de-linde", "wait_weeks": 2}
CHOIR = activity("koor", name="Koor", terms=["zingen"], schedule=TUESDAY)
WALK = activity("wandelen", name="Wandelclub", terms=["wandelen"], schedule=THURSDAY)


@pytest.fixture
def likely(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever it is, starting and staying are likely, so that no help is added."""
    monkeypatch.setattr(Question, "start_and_stay", lambda *_: (0.9, 0.9))


def test_the_answer_that_would_change_the_first_stands_with_now_and_needed() -> None:
    asked = person(likes=["zingen"], free=["do 13:00-18:00"])
    told = wm.Matcher(catalogue(CHOIR, WALK)).recommend(asked, at=AT).to_dict("en")
    assert told["would_change"] == {
        "field": "free",
        "now": ["do 13:00-18:00"],
        "needed": ["do 13:00-18:00", "di 09:00-13:00"],
        "activity": "koor",
        "sentence": "Could it also be on Tuesday morning? Then Koor comes first.",
    }
    assert OURS.recommend(person(), at=AT).to_dict()["would_change"] is None
    assert OURS.recommend(person(circumstances={"safety": "first"}), at=AT).to_dict()["would_change"] is None


def test_what_comes_first_stands_in_an_advice_as_in_an_assessment_with_its_desks_whole() -> None:
    (track,) = OURS.recommend(person(circumstances={"money": "first"}), at=AT).first
    advised = OURS.recommend(person(circumstances={"money": "first"}), at=AT).to_dict("en")["first"]
    assert advised == [track.to_dict("en")]
    assert advised == [{
        "circumstance": "money",
        "state": "first",
        "desks": [{"id": "geldloket", "name": "Geldloket", "phone": "030 000 00 21", "website": None}],
        "sentence": track.sentence("en"),
    }]  # fmt: skip
    referral = pathway.Referral(referrer="gp", circumstances={"money": "first"})
    made = pathway.assess(referral, pathway.load_profile("amstelland"))
    (assessed,) = made.to_dict("en")["first"]
    assert assessed == made.first[0].to_dict("en")
    assert assessed.keys() == advised[0].keys()
    assert {*assessed["desks"][0]} == {*advised[0]["desks"][0]}


@pytest.mark.usefixtures("likely")
def test_the_first_visit_says_whom_to_ask_for_and_each_help_with_who_gives_it() -> None:
    first = {"ask_for": "de gastvrouw", "may_watch": "ja", "may_leave_early": "nee", "trials": 2}
    there = activity(first_visit=first, support=["introduce"])
    town = catalogue(there, organisers=[LINDE], support=[BUDDY])
    (one,) = wm.Matcher(town).recommend(person(support=["buddy", "introduce"]), at=AT).to_dict()["suggestions"]
    buddy, introduce = one["first_visit"].pop("help")
    assert one["first_visit"] == {"ask_for": "de gastvrouw", "may_watch": True, "may_leave_early": False, "trials": 2}
    assert buddy == {
        "kind": "buddy",
        "why": "wanted",
        "source": "town",
        "helper": "de-linde",
        "helper_name": "Buurthuis De Linde",
        "phone": "030 000 00 01",
        "wait_weeks": 2,
        "sentence": "Er kan iemand met u mee. Via Buurthuis De Linde in de buurt. De wachttijd is ongeveer 2 weken.",
    }
    assert (introduce["kind"], introduce["source"], introduce["helper"]) == ("introduce", "activity", None)


def test_an_arrangement_says_which_activity_each_reason_is_about_and_what_the_week_looks_like() -> None:
    week = {"id": "week", "name": "Week", "theme": "smullen", "activities": ["koor", "wandelen"]}
    matcher = wm.Matcher(catalogue(WALK, CHOIR, arrangements=[week]))
    (made,) = matcher.arrange(person(likes=["zingen"]), at=AT)
    told = made.to_dict("en")
    assert (told["activities"], told["theme"], told["ready"]) == (["koor", "wandelen"], "smullen", "week")
    assert (told["decision_id"], told["catalogue"]) == (made.advice.decision_id, "proefdorp")
    assert {(one["name"], one["activity"]) for one in told["reasons"]} >= {("near", "koor"), ("near", "wandelen")}
    assert told["spoken"][0] == "You like singing."
    assert [(one["activity"], one["next"]) for one in told["week"]] == [
        ("koor", "2026-11-24T10:00:00+01:00"),
        ("wandelen", "2026-11-26T14:00:00+01:00"),
    ]
    assert tuple(one["sentence"] for one in told["week"]) == made.week("en")


def test_a_composed_set_has_no_ready_id_and_what_has_no_day_comes_last_without_one() -> None:
    on_request = activity("a-maatje", schedule={"on_request": True})
    (made,) = wm.Matcher(catalogue(on_request, WALK)).arrange(person(), at=AT)
    told = made.to_dict()
    assert told["ready"] is None
    assert [(one["activity"], one["next"]) for one in told["week"]] == [
        ("wandelen", "2026-11-26T14:00:00+01:00"),
        ("a-maatje", None),
    ]


@given(people(IDS), st.sampled_from(["nl", "nl-je", "en"]))
@settings(max_examples=40)
def test_what_goes_out_comes_back_from_json(who: wm.Participant, language: str) -> None:
    advice = OURS.recommend(who, at=AT, explore=1)
    told = advice.to_dict(language)
    assert json.loads(advice.to_json(language)) == told
    change = advice.would_change
    assert (told["would_change"] is None) == (change is None)
    for one, suggested in zip(told["suggestions"], advice, strict=True):
        assert (one["propensity"], one["explored"]) == (suggested.propensity, suggested.explored)
        helped = suggested.first_visit.help
        assert [(h["kind"], h["why"], h["source"], h["wait_weeks"]) for h in one["first_visit"]["help"]] == [
            (h.kind, h.why, h.source, h.wait_weeks) for h in helped
        ]
        assert " ".join(h["sentence"] for h in one["first_visit"]["help"]) == " ".join(
            h.sentence(language) for h in helped
        )
    if change is not None:
        asked = OURS.what_if(who, {change.change.field: told["would_change"]["needed"]}, at=AT)
        assert asked.after[who.id][0].activity.id == told["would_change"]["activity"], "a host can ask with it"


@given(people(IDS), st.sampled_from([2, 3]))
@settings(max_examples=25)
def test_an_arrangement_comes_back_from_json_and_its_points_add_up(who: wm.Participant, size: int) -> None:
    for made in OURS.arrange(who, at=AT, size=size):
        told = made.to_dict()
        assert json.loads(json.dumps(told, allow_nan=False)) == told
        points = sum(one["points"] for one in told["reasons"])
        assert points == pytest.approx(100 * (told["score"] - told["reference"]), abs=1e-3)
        assert {one["activity"] for one in told["reasons"]} <= set(told["activities"])
        assert sorted(one["activity"] for one in told["week"]) == told["activities"]


def test_the_place_the_age_and_why_they_stopped_elsewhere_do_not_go_out() -> None:
    secret = {"place": {"postcode": "3439"}, "age": 61, "tried": {IDS[0]: "health"}, "access": ["hearing_loop"]}
    who = person(likes=["samen-koken"], travel={"max_minutes": 40}, free=["di 09:00-17:00"], **secret)
    sets = OURS.arrange(who, at=AT)
    assert sets
    for told in (OURS.recommend(who, at=AT).to_dict("en"), *(made.to_dict("en") for made in sets)):
        words = set(json.dumps(told).replace('"', " ").replace(".", " ").replace(",", " ").split())
        assert not words & {"3439", "61", "health", "hearing_loop"}


def test_rows_ask_nothing_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """What costs a few dozen questions stands in `to_dict` only."""

    def never(*_: Any) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr("wor_match.advice.contrast", never)
    monkeypatch.setattr("wor_match.suggestion.first_time", never)
    advice = OURS.recommend(person(likes=["zingen"]), at=AT)
    assert advice.to_frame()
    assert advice.read_aloud()
    with pytest.raises(AssertionError, match="asked"):
        advice.to_dict()


def test_a_host_reads_what_stands_in_them() -> None:
    advice, made = OURS.recommend(person(), at=AT), OURS.arrange(person(), at=AT)[0]
    for one, told in ((Advice, advice.to_dict()), (Arrangement, made.to_dict())):
        page = inspect.getdoc(one.to_dict) or ""
        known = {"decision_id", "catalogue", "reference", "score", "worth", "chance"}  # the figures
        assert [name for name in told if name not in known and f"``{name}``" not in page] == []
