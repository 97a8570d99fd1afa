"""A FHIR HealthcareService (R4) of whoever as an activity of ours, and what of it was not read or had to be guessed.

Nothing is fetched: an address counts when it lies inside (`contained`). Persons, pictures and telephones are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from wor_match.catalogue.importers.event import postcode_of
from wor_match.catalogue.importers.foreign import Concept, our_terms
from wor_match.catalogue.importers.gathering import Notes, Refused
from wor_match.catalogue.importers.hsds.words import summary_with
from wor_match.catalogue.importers.item import (
    NAMELESS,
    OURS,
    Found,
    filled,
    id_of,
    language_of,
    name_of,
    plain,
    point_of,
)
from wor_match.catalogue.importers.reach import without_reach
from wor_match.domain.activity import Activity
from wor_match.domain.text import ID
from wor_match.errors import CatalogueError, Problem
from wor_match.interop.fhir.codings import codings_of, few, object_in, ours_in
from wor_match.interop.fhir.features import audience_of, features_of
from wor_match.interop.fhir.hours import schedule_of

FORM = "fhir"
OF_R5 = ("availability", "offeredIn", "contact")  # fields that R4 does not have
NOT_READ = ("category", "specialty", "coverageArea", "program", "serviceProvisionCode", "referralMethod", "photo",
            "endpoint", "extension", "modifierExtension")  # fmt: skip


class ReadService(NamedTuple):
    """What stood in a HealthcareService.

    Attributes
    ----------
    activity : Activity
    problems : tuple of Problem
        What was left out, or had to be guessed.
    """

    activity: Activity
    problems: tuple[Problem, ...]


def activity_from_fhir(resource: Mapping[str, Any]) -> ReadService:
    """The activity in a HealthcareService of FHIR R4, and what was left out or guessed.

    Parameters
    ----------
    resource : mapping
        The resource as `json` reads it. One of ours comes back but for what `service.LOST` says; the organiser by its
        id alone.

    Raises
    ------
    CatalogueError
        When it is no HealthcareService, is one of R5, or has no name or nothing to know it by.

    References
    ----------
    HL7 FHIR R4 (4.0.1), HealthcareService; R5 (5.0.0) has `availability` instead of `availableTime`.

    Examples
    --------
    >>> hours = {"daysOfWeek": ["tue", "thu"], "availableStartTime": "10:00:00", "availableEndTime": "12:00:00"}
    >>> told = {"resourceType": "HealthcareService", "id": "7", "name": "Koor", "availableTime": [hours]}
    >>> activity, problems = activity_from_fhir(told)
    >>> activity.id, [rule.day for rule in activity.schedule.weekly], problems
    ('fhir-7', ['di', 'do'], ())
    """
    refuse_other(resource)
    problems: list[Problem] = []
    notes = Notes("", "HealthcareService", problems)
    try:
        activity = Activity.model_validate({"terms": [], **filled(fields_of(dict(resource), notes))})
    except Refused as fault:
        raise CatalogueError(f"the HealthcareService {fault}", code="bad-message") from None
    return ReadService(activity, tuple(problems))


def refuse_other(resource: Any) -> None:
    """Refuse what is no HealthcareService of R4."""
    if not isinstance(resource, Mapping) or resource.get("resourceType") != "HealthcareService":
        raise CatalogueError(
            "this is no HealthcareService; give the resource as json reads it, a dict", code="bad-message"
        )
    if later := [name for name in OF_R5 if name in resource]:
        raise CatalogueError(
            f"this is a HealthcareService of R5, for it has `{later[0]}`; give it in R4, with `availableTime`",
            code="newer-format",
        )


def fields_of(service: Found, notes: Notes) -> Found:
    """The fields of an activity, as far as they are told."""
    if not (name := name_of(service.get("name"))):
        raise Refused(NAMELESS)
    for field in NOT_READ:
        if service.get(field):
            notes.add(field, "is not read")
    terms, said = our_terms(FORM, concepts_of(service, "type", notes), notes)
    audience, for_whom = audience_of(service, notes)
    place, features = place_of(service, notes), features_of(service, notes)
    times = [one for one in [service.get("availabilityExceptions")] if isinstance(one, str)]
    words = {
        "description": service.get("comment"),
        "eligibility_description": " ".join(for_whom),
        "alert": service.get("extraDetails"),
    }
    own_id = own_id_of(service, notes)
    return {
        "id": own_id,
        "name": name,
        "summary": summary_with(words, times, [], notes),
        "terms": terms,
        "organiser": organiser_of(service, notes),
        "place": {**place, **features.pop("place", {})},
        "schedule": schedule_of(service, notes),
        "languages": languages_of(service, notes),
        "audience": audience,
        **features,
        "entry": entry_of(service.get("appointmentRequired")),
        "status": "paused" if service.get("active") is False else "open",
        "source": filled({"format": FORM, "id": without_reach(plain(service.get("id") or own_id))[:500], "said": said}),
    }


def own_id_of(service: Found, notes: Notes) -> str:
    """Our own id, else one from theirs: the first identifier, else the id of the resource."""
    told = [one for one in few(service, "identifier", notes) if isinstance(one.get("value"), str)]
    for one in told:
        if one.get("system") == f"{OURS}activity" and re.fullmatch(ID, one["value"]):
            return str(one["value"])
    theirs = told[0]["value"] if told else service.get("id")
    return id_of(FORM, theirs if isinstance(theirs, str) else None)


def concepts_of(service: Found, field: str, notes: Notes) -> Iterator[Concept]:
    """What one does there, by its code and its word."""
    for one in few(service, field, notes):
        codings, text = codings_of(one, notes)
        if own := ours_in(codings, "term"):
            yield f"{OURS}{own}", text or own
        else:
            code = next((one["code"] for one in codings if isinstance(one.get("code"), str)), None)
            yield code, text


def organiser_of(service: Found, notes: Notes) -> str | None:
    """Our id of who organises it; another is left to whoever keeps the catalogue."""
    told = service.get("providedBy")
    if told is None:
        return None
    own = object_in(object_in(told).get("identifier"))
    value = own.get("value") if own.get("system") == f"{OURS}organiser" else None
    if isinstance(value, str) and re.fullmatch(ID, value):
        return value
    notes.add("providedBy", "names an organisation that is not ours; add it to the catalogue")
    return None


def languages_of(service: Found, notes: Notes) -> list[str]:
    """The languages in which it is given."""
    codes = []
    for number, one in enumerate(few(service, "communication", notes)):
        codings, _ = codings_of(one, notes)
        code = next((code for coding in codings if (code := language_of(coding.get("code")))), None)
        if code is None:
            notes.add(f"communication.{number}", "is a language without a code; ask which it is")
        codes += [code] if code else []
    return list(dict.fromkeys(codes))[:30]


def entry_of(appointment: Any) -> Found:
    """Whether one signs up."""
    return {"kind": "sign_up" if appointment else "drop_in"} if isinstance(appointment, bool) else {}


USUAL = {"country": "NL"}  # of a place of which nothing is told


def place_of(service: Found, notes: Notes) -> Found:
    """The address of the first Location that lies inside."""
    told = few(service, "location", notes)
    if len(told) > 1:
        notes.add("location", f"names {len(told)} places; the first is read, ask for the others")
    if not told:
        return {}
    inside = [one for one in few(service, "contained", notes) if one.get("resourceType") == "Location" and "id" in one]
    there = next((one for one in inside if f"#{one['id']}" == told[0].get("reference")), None)
    if there is None:
        notes.add("location", "lies outside the resource; put the Location into `contained`")
        return {}
    address = object_in(there.get("address"))
    country = str(address.get("country") or "").strip().upper()
    lines = address["line"] if isinstance(address.get("line"), list) else []
    found = filled(
        {
            "name": name_of(there.get("name")),
            "street": name_of(", ".join(str(line) for line in lines[:3] if isinstance(line, str))),
            "city": name_of(address.get("city")),
            "country": country if re.fullmatch(r"[A-Z]{2}", country) else None,
            **postcode_of(name_of(address.get("postalCode")), country, notes),
            **point_of(there.get("position"), notes),
        }
    )
    return {} if found == USUAL else found
