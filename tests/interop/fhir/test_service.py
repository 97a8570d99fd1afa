"""An activity goes out as a HealthcareService of R4 and comes back, but for what a written table says, and no more."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fhir.resources.R4B.healthcareservice import HealthcareService
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from tests.catalogue.test_exporters import FULL, SLOT, told
from tests.strategies import activities
from tests.town import activity
from wor_match.interop.fhir import activity_from_fhir, activity_to_fhir
from wor_match.interop.fhir.service import LOST


def out(one: wm.Activity, catalogue: wm.Catalogue | None = None) -> dict[str, Any]:
    """What goes out, as it comes over the wire; it is R4."""
    made: dict[str, Any] = json.loads(json.dumps(activity_to_fhir(one, catalogue), allow_nan=False))
    HealthcareService.model_validate(made)
    return made


def service(**fields: Any) -> dict[str, Any]:
    return {"resourceType": "HealthcareService", "id": "7", "name": "Koor", **fields}


def said(**fields: Any) -> list[str]:
    return [problem.sentence for problem in activity_from_fhir(service(**fields)).problems]


@given(fields=activities())
def test_what_is_not_in_the_table_comes_back_equal(fields: dict[str, Any]) -> None:
    ours = activity(**{**fields, "organiser": "de-linde"})
    back, _ = activity_from_fhir(out(ours))
    assert told(back, LOST) == told(ours, LOST)
    assert back.summary.startswith(" ".join(ours.summary.split()))


def test_the_example_comes_back(catalogue: wm.Catalogue) -> None:
    for ours in catalogue:
        back, _ = activity_from_fhir(out(ours, catalogue))
        assert told(back, LOST) == told(ours, LOST)
        assert back.name == ours.name


ODD: dict[str, Any] = {
    **FULL,
    "entry": {"kind": "course", "wait_weeks": 2, "sign_up": ["phone"], "starts_on": "2026-12-01"},
    "status": "closed",
    "schedule": {**FULL["schedule"], "weekly": [*FULL["schedule"]["weekly"], {"day": "vr", **SLOT, "every": 2, "from": "2026-11-06"}]},
}  # fmt: skip


@pytest.mark.parametrize("path", LOST)
def test_no_field_is_in_the_table_needlessly(path: str) -> None:
    ours = activity(**ODD)
    back, _ = activity_from_fhir(out(ours))
    others = [one for one in LOST if one != path]
    assert told(back, others) != told(ours, others)


def test_everything_that_can_come_back_does() -> None:
    ours = activity(
        "koor.de_linde-2",
        name="Koor",
        terms=["zingen", "wandelen"],
        organiser="de-linde",
        place={"name": "De Linde", "street": "Lindelaan 3", "postcode": "3431 AB", "city": "Nieuwegein", "latitude": 52.03, "longitude": 5.09},
        access={"wheelchair": True, "toilet": False},
        audience={"min_age": 0, "max_age": 80, "advised_age": {"from": 55, "to": 75}, "only": "women", "residents_only": True},
        asks=["reading"], aspects=["music"], support=["buddy", "trial_visit"], languages=["nl", "tr"], status="paused", entry={"kind": "drop_in"},
        schedule={
            "weekly": [{"day": "di", "start": "20:00", "end": "24:00"}, {"day": "wo", "start": "22:00", "end": "02:00"}, {"day": "zo", "start": "10:00", "end": "10:00"}],
            "closed": [{"from": "2026-12-21", "to": "2027-01-03"}, {"from": "2026-11-24", "to": "2026-11-24"}], "cancelled": ["2026-11-14"],
        },
    )  # fmt: skip
    back, problems = activity_from_fhir(out(ours))
    assert problems == ()
    assert back.replace(source=None) == ours


@pytest.mark.parametrize(
    "place", [{"online": True}, {"at_home": True}, {"online": True, "name": "Beeldbellen"}, {"country": "BE"}]
)
def test_where_nobody_travels_comes_back(place: Any) -> None:
    ours = activity(place=place)
    assert activity_from_fhir(out(ours)).activity.place == ours.place


def test_nobody_is_sent_in_a_week_in_which_it_does_not_meet() -> None:
    rules = [{"day": "di", **SLOT, "weeks": "odd"}, {"day": "wo", **SLOT, "every": 2, "from": "2026-11-04"}]
    made = out(activity(schedule={"weekly": rules}))
    assert "availableTime" not in made
    assert "oneven weken" in made["availabilityExceptions"]
    back, problems = activity_from_fhir(made)
    assert back.schedule is None
    assert "Tijden, volgens de bron: oneven weken di 10:00-12:00; om de 2 weken wo" in back.summary
    assert [problem.code for problem in problems] == ["in-words"]


def test_what_has_no_field_stands_in_words() -> None:
    back, _ = activity_from_fhir(out(activity(**ODD)))
    for words in (
        "Vanaf 2026-10-01. Tot en met 2027-02-28.",
        "Niet in de schoolvakanties.",
        "Op afspraak. Een reeks: kom alle keren.",
        "Op 2026-12-13 van 10:00 tot 12:00.",
        "Let op, volgens de bron: Kosten: 2 per keer incl. maaltijd; 9 per maand met u-pas.",
    ):
        assert words in back.summary


def test_each_code_has_its_dutch_words_beside_it() -> None:
    made = out(
        activity(
            support=["buddy"], asks=["reading"], aspects=["music"], access={"toilet": False}, place={"online": True}
        )
    )
    assert [one["text"] for one in made["characteristic"]] == [
        "Thuis, via het scherm.",
        "Toilet: nee",
        "moet iemand hier kunnen lezen",
        "muziek",
        "er kan iemand met u mee",
    ]


def test_who_organises_it_is_said_when_the_catalogue_is_there(catalogue: wm.Catalogue) -> None:
    ours = catalogue["kookgroep-de-linde"]
    made = out(ours, catalogue)
    organiser = catalogue.organiser_of(ours)
    assert organiser
    assert made["providedBy"]["display"] == organiser.name
    assert {"system": "phone", "value": organiser.phone} in made["telecom"]
    assert "telecom" not in out(ours)
    assert activity_from_fhir(made).activity.organiser == ours.organiser


HOURS = {"daysOfWeek": ["tue"], "availableStartTime": "10:00:00", "availableEndTime": "12:00:00"}
CODE = {"coding": [{"system": "http://snomed.info/sct", "code": "7", "display": "Zingen"}]}


def test_a_service_of_others_is_read_as_far_as_it_goes() -> None:
    theirs = service(
        identifier=[{"system": "https://voorbeeld.nl", "value": "A 7"}], active=False, type=[CODE, {"text": "Zwaardslikken"}], location=[{"reference": "#l"}],
        contained=[{"resourceType": "Location", "id": "l", "name": "De Linde", "address": {"line": ["Laan 3"], "postalCode": "3431 ab", "country": "nl"}, "position": {"latitude": 52.0, "longitude": 5.0}}],
        comment="Samen <b>zingen</b>. Bel 030 123 45 67 89.", providedBy={"display": "De Linde"}, availableTime=[{**HOURS, "daysOfWeek": ["tue", "thu"]}],
        communication=[{"coding": [{"code": "nl-NL"}]}], eligibility=[{"code": {"text": "Ouderen"}, "comment": "Vanaf 55"}], appointmentRequired=True,
    )  # fmt: skip
    HealthcareService.model_validate(theirs)
    back, problems = activity_from_fhir(theirs)
    assert back.id.startswith("fhir-a-7-")
    assert (back.terms, back.status, back.languages, back.entry.kind) == (("zingen",), "paused", ("nl",), "sign_up")
    assert (back.place.street, back.place.postcode, back.place.point) == ("Laan 3", "3431 AB", (52.0, 5.0))  # type: ignore[union-attr]  # it has a place
    assert [(rule.day, *rule.slot) for rule in back.schedule.weekly] == [
        ("di", "10:00", "12:00"),
        ("do", "10:00", "12:00"),
    ]  # type: ignore[union-attr]  # it has a schedule
    assert back.summary == "Samen zingen . Bel .\nVoor wie, volgens de bron: Ouderen Vanaf 55"
    assert {problem.code for problem in problems} == {"personal", "left-out", "in-words", "unknown-term"}
    assert all(problem.severity == "warning" for problem in problems)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"availableTime": [{"daysOfWeek": ["mon"], "allDay": True}]}, "lasts the whole day"),
        ({"availableTime": [{**HOURS, "daysOfWeek": ["dinsdag"]}]}, "names no days; known are mon"),
        ({"availableTime": [{**HOURS, "availableStartTime": "25:00:00"}]}, "has no time of day in '25:00:00'"),
        ({"availableTime": [{"daysOfWeek": ["mon"]}]}, "has no time of day"),
        ({"availableTime": [{**HOURS, "availableEndTime": "09:00:00"}]}, "ends 09:00 before it starts 10:00"),
        ({"availableTime": [HOURS] * 51}, "has 51 parts; 50 are read"),
        ({"notAvailable": [{"description": "Zomer"}]}, "says no days"),
        ({"notAvailable": [{"description": "Zomer", "during": {"start": "2026-07-01"}}]}, "has no day in 'None'"),
        ({"location": [{"reference": "Location/7"}]}, "lies outside the resource"),
        ({"location": [{"reference": "#a"}, {"reference": "#b"}]}, "names 2 places"),
        ({"characteristic": [CODE]}, "is none that we know; ask what it means"),
        ({"communication": [{"text": "Nederlands"}]}, "a language without a code"),
        ({"photo": {"url": "https://voorbeeld.nl/x.png"}}, "is not read"),
        (
            {
                "eligibility": [
                    {"code": {"coding": [{"system": "urn:wor-match:audience", "code": name}]}, "comment": age}
                    for name, age in (("min_age", "60"), ("max_age", "50"))
                ]
            },
            "a lowest age above the highest",
        ),
    ],
)
def test_what_is_left_out_is_told_and_the_rest_is_read(fields: dict[str, Any], why: str) -> None:
    assert any(why in sentence for sentence in said(**fields)), said(**fields)
    assert activity_from_fhir(service(**fields)).activity.name == "Koor"


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ([], "no HealthcareService"),
        ({"resourceType": "Organization"}, "no HealthcareService"),
        (service(availability=[{"availableTime": [HOURS]}]), "of R5, for it has `availability`; give it in R4"),
        (service(contact=[]), "of R5, for it has `contact`"),
        (service(name=" "), "has no name"),
        ({"resourceType": "HealthcareService", "name": "Koor"}, "has no id"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(told: Any, why: str) -> None:
    with pytest.raises(wm.CatalogueError, match=why):
        activity_from_fhir(told)


@given(text=st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp", "Cf"]), min_size=1, max_size=60))
def test_any_text_is_written_and_read(text: str) -> None:
    if text.strip() and not text.strip().startswith("<"):
        ours = activity(name=f"Een {text}", summary=text, place={"name": f"Een {text}", "city": f"Een {text}"})
        assert activity_from_fhir(out(ours)).activity.id == ours.id


@pytest.mark.parametrize(
    ("reference", "location"),
    [
        ("#l", {"id": "l", "address": {"country": "NL"}}),  # the usual country alone is no place
        ("#None", {"address": {"city": "Nieuwegein"}}),  # nobody can refer to what has no id
    ],
)
def test_what_says_no_place_is_no_place(reference: str, location: dict[str, Any]) -> None:
    inside = {"resourceType": "Location", **location}
    told = {"resourceType": "HealthcareService", "id": "7", "name": "Koor", "location": [{"reference": reference}]}
    assert activity_from_fhir({**told, "contained": [inside]})[0].place is None
