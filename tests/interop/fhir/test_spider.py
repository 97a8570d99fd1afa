"""The marks in a QuestionnaireResponse come over as they were given, and no error repeats one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from fhir.resources.questionnaireresponse import QuestionnaireResponse as Later
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from wor_match.domain.terms import DIMENSIONS
from wor_match.interop.fhir import spider_from_fhir

LINKS = {name: f"web.{number}" for number, name in enumerate(DIMENSIONS, 1)}
MARKS = {"web.1": 7, "web.2": 3.5, "web.3": 0, "web.4": 10, "web.5": 4, "web.6": 6}


def answered(link: str, mark: Any, **more: Any) -> dict[str, Any]:
    if mark is None:
        return {"linkId": link, **more}
    kind = "valueInteger" if isinstance(mark, int) else "valueDecimal"
    return {"linkId": link, "answer": [{kind: mark}], **more}


def response(*items: Any, **more: Any) -> dict[str, Any]:
    told = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "https://voorbeeld.nl/spinnenweb",
        "status": "completed",
    }
    return {**told, "authored": "2026-11-22T23:30:00Z", "item": list(items), **more}


FLAT = response(*(answered(link, mark) for link, mark in MARKS.items()))
NESTED = response(
    {"linkId": "web", "text": "Spinnenweb", "item": [answered("web.1", 7), answered("web.2", 3.5), {"linkId": "half", "item": [answered("web.3", 0)]}]},
    {"linkId": "more", "answer": [{"valueBoolean": True, "item": [answered("web.4", 10), answered("web.5", 4), answered("web.6", 6)]}]},
)  # fmt: skip


@pytest.mark.parametrize("told", [FLAT, NESTED], ids=["flat", "nested"])
def test_the_same_marks_come_from_items_that_lie_flat_in_items_and_in_answers(told: dict[str, Any]) -> None:
    for version in (QuestionnaireResponse, Later):
        version.model_validate(told)
    web = spider_from_fhir(told, LINKS)
    assert dict(web.scores) == {name: float(MARKS[link]) for name, link in LINKS.items()}
    assert (web.instrument, web.on) == ("marks", date(2026, 11, 23)), "half past eleven in UTC is the next day here"


@given(st.permutations(sorted(MARKS)))
def test_the_order_of_the_items_changes_nothing(links: list[str]) -> None:
    told = response(*(answered(link, MARKS[link]) for link in links))
    assert spider_from_fhir(told, LINKS) == spider_from_fhir(FLAT, LINKS)


def test_what_was_not_answered_is_unknown() -> None:
    absent = {
        "linkId": "web.3",
        "answer": [
            {
                "extension": [
                    {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "asked-declined"}
                ]
            }
        ],
    }
    told = response(
        answered("web.1", 7), answered("web.2", None), absent, {"linkId": "naam", "answer": [{"valueString": "Riet"}]}
    )
    assert dict(spider_from_fhir(told, LINKS).scores) == {"bodily_functions": 7.0}
    assert dict(spider_from_fhir(response(), LINKS).scores) == {}


def test_statements_become_their_mean_with_the_number_that_the_list_has() -> None:
    links = {"meedoen": ["a", "b", "c"], "zingeving": "d"}
    told = response(answered("a", 4), answered("b", None), answered("c", 7), answered("d", 6))
    web = spider_from_fhir(told, links, instrument="adult-42")
    assert (dict(web.scores), web.instrument) == ({"participation": 5.5, "meaningfulness": 6.0}, "adult-42")
    with pytest.raises(wm.ParticipantError, match="3 answers; marks has 1 statements here"):
        spider_from_fhir(told, links)


def test_a_decimal_of_a_careful_reader_is_a_number_too() -> None:
    assert spider_from_fhir(response(answered("web.1", Decimal("6.50"))), LINKS).scores["bodily_functions"] == 6.5


@pytest.mark.parametrize(("authored", "due"), [
    ("2026-11-22", date(2026, 11, 22)), ("2026-11-22T09:00:00+01:00", date(2026, 11, 22)), ("2026-06-30T22:30:00Z", date(2026, 7, 1)),
    ("2026-11", None), ("gisteren", None), ("0001-01-01T00:00:00+14:00", None), (7, None), (None, None),
])  # fmt: skip
def test_the_day_is_that_of_the_clock_here_and_none_when_it_is_not_told(authored: Any, due: date | None) -> None:
    assert spider_from_fhir(response(answered("web.1", 7), authored=authored), LINKS).on == due


def deep(levels: int) -> dict[str, Any]:
    item = answered("web.1", 9.125)
    for _ in range(levels):
        item = {"linkId": "x", "item": [item]}
    return response(item)


REFUSED: list[tuple[Any, str]] = [
    ([FLAT], "no QuestionnaireResponse"),
    ({"resourceType": "Patient", "id": "9.125"}, "no QuestionnaireResponse"),
    (response(answered("web.1", 9.125), status="entered-in-error"), "entered in error"),
    (response(answered("web.1", 9.125), status="9.125"), "no known status; allowed are in-progress"),
    (response(answered("naam", 9.125)), "none of the link ids"),
    (response(answered("web.1", 9.125), answered("web.1", 9.125)), "answers one question twice"),
    (response({"linkId": "web.1", "answer": [{"valueDecimal": 9.125}, {"valueInteger": 9}]}), "several answers to one question"),
    (response({"linkId": "web.1", "answer": [{"valueDecimal": 9.125, "valueInteger": 9}]}), "an answer with several values"),
    (response({"linkId": "web.1", "answer": [{"valueString": "9.125"}]}), "answers without a number; use valueInteger"),
    (response({"linkId": "web.1", "answer": [{"valueDecimal": "9.125"}]}), "no number from 0 to 10"),
    (response(answered("web.1", 91.25)), "no number from 0 to 10"),
    (response({"linkId": "web.1", "answer": [{"valueInteger": True}]}), "no number from 0 to 10"),
    (response({"linkId": "web.1", "answer": [{"valueDecimal": float("nan")}]}), "no number from 0 to 10"),
    (response({"linkId": "web.1", "answer": [{"valueDecimal": Decimal("sNaN")}]}), "no number from 0 to 10"),
    (response("9.125"), "`item` that is no list of objects"),
    (response({"linkId": "web.1", "answer": {"valueDecimal": 9.125}}), "`answer` that is no list of objects"),
    (response(*[answered("x", 9.125)] * 10_001), "more than 10000 items"),
    (deep(64), "more than 64 levels deep"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "why"), REFUSED, ids=[why[:40] for _, why in REFUSED])
def test_what_cannot_be_read_is_refused_with_a_sentence_and_without_what_was_told(told: Any, why: str) -> None:
    with pytest.raises(wm.ParticipantError, match=why) as refused:
        spider_from_fhir(told, LINKS)
    assert "9.125" not in str(refused.value)
    assert "91.25" not in str(refused.value)
    tb = refused.value.__traceback__
    while tb is not None:
        if "wor_match" in tb.tb_frame.f_code.co_filename and "tests" not in tb.tb_frame.f_code.co_filename:
            assert "9.125" not in repr(tb.tb_frame.f_locals)
        tb = tb.tb_next


def test_sixty_three_levels_are_read() -> None:
    assert spider_from_fhir(deep(63), LINKS).scores["bodily_functions"] == 9.125


@pytest.mark.parametrize(("links", "why"), [
    ({}, "names no question"), (["web.1"], "names no question"), ({"meedoen": 5}, "takes a linkId for each dimension"),
    ({"meedoen": []}, "a list of 1 to 50"), ({"meedoen": ["a"] * 51}, "a list of 1 to 50"), ({"meedoen": [5]}, "that is no text"),
    ({"meedoen": "web.1", "zin": "web.1"}, "names a question twice"), ({"meedoen": "web.1", "participation": "web.2"}, "under two names"),
    ({"vrolijkheid": "web.1"}, "no such dimension"),
])  # fmt: skip
def test_link_ids_that_cannot_be_meant_are_refused(links: Any, why: str) -> None:
    with pytest.raises(wm.ParticipantError, match=why):
        spider_from_fhir(response(answered("web.1", 7)), links)
