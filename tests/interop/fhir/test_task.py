"""A suggestion goes out as a proposal, and says nothing that a record should not learn from it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from fhir.resources.R4B.task import Task
from hypothesis import given

import wor_match as wm
from tests.conftest import AT
from tests.strategies import activities
from tests.town import activity, advice_on, catalogue, person
from wor_match.interop.fhir import suggestion_to_fhir_task


@pytest.fixture(scope="module")
def advice(matcher: wm.Matcher) -> wm.Advice:
    return matcher.recommend(person(id="kanarie7391", likes=["samen-koken"]), at=AT)


def test_every_suggestion_is_a_task_of_r4_with_the_intent_of_a_proposal(advice: wm.Advice) -> None:
    for one in advice:
        for requested, status in ((False, "draft"), (True, "requested")):
            told = suggestion_to_fhir_task(one, person_reference="Patient/7", requested=requested)
            read = Task.model_validate(told)
            assert (read.status, read.intent, read.for_fhir.reference) == (status, "proposal", "Patient/7")
            assert (read.focus.identifier.value, read.authoredOn) == (one.activity.id, AT)


def test_the_sessions_are_the_same_moments(advice: wm.Advice) -> None:
    read = Task.model_validate(suggestion_to_fhir_task(advice[0]))
    due = [(one.start, one.end) for one in advice[0].next_occurrences]
    assert [(one.valuePeriod.start, one.valuePeriod.end) for one in read.input] == due
    assert len(due) == 3


def test_nothing_of_the_person_and_no_reason_stands_in_it() -> None:
    told: dict[str, Any] = {
        "likes": ["handwerken"], "focus": ["mental_wellbeing"], "support": ["buddy"], "access": ["wheelchair"],
        "spider_web": {"scores": {"mental_wellbeing": 2, "participation": 8}}, "circumstances": {"money": "alongside"},
    }  # fmt: skip
    town = catalogue(
        activity(
            "koor",
            access={"wheelchair": True},
            support=["buddy"],
            schedule={"weekly": [{"day": "di", "start": "10:00", "end": "12:00"}]},
        )
    )
    here, somebody = (
        wm.Matcher(town).recommend(who, at=AT)[0] for who in (person(**{**told, "id": "kanarie7391"}), person(id="p2"))
    )
    assert suggestion_to_fhir_task(here) == suggestion_to_fhir_task(somebody)
    assert "kanarie" not in json.dumps(suggestion_to_fhir_task(here))
    assert "for" not in suggestion_to_fhir_task(here)


def test_without_a_known_day_there_is_no_input_and_without_an_end_a_start_only() -> None:
    unknown = advice_on(activity("koor"))[0]
    assert "input" not in suggestion_to_fhir_task(unknown)
    moment = advice_on(
        activity("koor", schedule={"weekly": [{"day": "di", "start": "10:00", "end": "10:00"}]}), at=date(2026, 10, 20)
    )[0]
    told = suggestion_to_fhir_task(moment)["input"]
    assert [one["valuePeriod"] for one in told][:2] == [
        {"start": "2026-10-27T10:00:00+01:00"},
        {"start": "2026-11-03T10:00:00+01:00"},
    ]
    Task.model_validate(suggestion_to_fhir_task(moment))


@given(said=activities())
def test_any_activity_becomes_a_valid_task(said: dict[str, Any]) -> None:
    for one in advice_on(activity(**{**said, "organiser": None})):
        assert Task.model_validate(json.loads(json.dumps(suggestion_to_fhir_task(one)))).intent == "proposal"


@pytest.mark.parametrize("reference", ["", "Patient/ 7", "kanarie\n", "k" * 256, 7, {"reference": "kanarie"}])
def test_a_reference_that_is_none_is_refused_and_not_repeated(advice: wm.Advice, reference: Any) -> None:
    with pytest.raises(wm.ParticipantError, match="no reference") as refused:
        suggestion_to_fhir_task(advice[0], person_reference=reference)
    assert "kanarie" not in str(refused.value)


def test_whether_it_was_chosen_is_said_with_yes_or_no(advice: wm.Advice) -> None:
    with pytest.raises(wm.WorMatchError, match="requested takes True"):
        suggestion_to_fhir_task(advice[0], requested="order")  # type: ignore[arg-type]  # refused
