"""An activity as a FHIR HealthcareService (base R4), with sentences for what has no field there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wor_match.catalogue.exporters.rules import in_words
from wor_match.catalogue.importers.hsds.words import ACCESS
from wor_match.catalogue.importers.item import OURS, Found, filled
from wor_match.domain.activity import Activity, Audience
from wor_match.domain.catalogue import Catalogue, Organiser
from wor_match.domain.place import Venue
from wor_match.domain.rhythm import WEEKDAYS, Weekly
from wor_match.domain.schedule import Schedule
from wor_match.domain.shorthand import prices_as_text
from wor_match.domain.terms import taxonomy
from wor_match.domain.timewords import times_as_text
from wor_match.wording.words import words
from wor_match.wording.writing import said

DAYS = dict(zip(WEEKDAYS, ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), strict=True))
MIDNIGHT = "23:59:59"  # FHIR knows no 24:00
SHUT, OFF = "Gesloten", "Vervalt"
LANGUAGES = "urn:ietf:bcp:47"
LABELLED = {"asks": "asks", "aspects": "word", "support": "support"}  # lists of codes → where their words stand
CODED = tuple(LABELLED)  # each code of them is a characteristic
FOR_WHOM = {
    "min_age": "Vanaf {} jaar",
    "max_age": "Tot en met {} jaar",
    "advised_from": "Bedoeld vanaf {} jaar",
    "advised_to": "Bedoeld tot en met {} jaar",
    "only": "Alleen voor {}",
    "residents_only": "Alleen voor inwoners",
}
DUTCH = {"women": "vrouwen", "men": "mannen"}
LOST = {
    "name": "tags, entities and line breaks in it are read as mark-up",
    "summary": "tags, telephone numbers and mail addresses are not read back; sentences of other fields stand below it",
    "serves": "has no field; the strengths of the terms count",
    "place.name": "tags, entities and line breaks in it are read as mark-up",
    "place.street": "comes back with the house number behind it; tags, entities and line breaks are read as mark-up",
    "place.number": "is written behind the street",
    "place.city": "tags, entities and line breaks in it are read as mark-up",
    "place.entrance": "is written in words (`description` of the Location)",
    "schedule.attend": "is written in words (`availabilityExceptions`)",
    "schedule.weekly[every]": "some weeks only have no field; written in words",
    "schedule.weekly[weeks]": "odd and even weeks have no field; written in words",
    "schedule.weekly.from": "is written in words; the hours are said without it",
    "schedule.weekly.until": "is written in words; the hours are said without it",
    "schedule.monthly": "there are hours of a week only; written in words",
    "schedule.dates": "there are hours of a week only; written in words",
    "schedule.on_request": "is written in words",
    "schedule.adjusted": "is written in words; the hours of that day stay",
    "schedule.extra": "there are hours of a week only; written in words",
    "schedule.pauses": "are written in words; the hours stay",
    "schedule.region": "goes with the pauses",
    "schedule.from": "is written in words; the hours are said without it",
    "schedule.until": "is written in words; the hours are said without it",
    "price": "is written in words (`extraDetails`)",
    "group": "has no field",
    "level": "has no field",
    "host": "has no field",
    "first_visit": "has no field",
    "entry.kind": "only whether one comes by appointment is written; all but `drop_in` come back as `sign_up`",
    "entry.sign_up": "has no field",
    "entry.starts_on": "has no field",
    "entry.wait_weeks": "has no field",
    "places": "has no field",
    "status": "is only active or not; `closed` comes back as `paused`",
    "checked_on": "has no field",
    "rechecked": "has no field",
    "formerly": "has no field",
    "source": "names FHIR itself after reading back",
}


def activity_to_fhir(activity: Activity, catalogue: Catalogue | None = None) -> dict[str, Any]:
    """The activity as a HealthcareService of FHIR R4; `LOST` tells what does not come back.

    Parameters
    ----------
    activity : Activity
    catalogue : Catalogue, optional
        Who organises it, by name and with how to reach them; without it the id alone is told.

    Returns
    -------
    dict
        Our id stands in `identifier`, for FHIR takes no underscore in an `id`. The address is a Location inside it.

    References
    ----------
    HL7 FHIR R4 (4.0.1), HealthcareService and Location.

    Examples
    --------
    >>> choir = Activity(id="koor", name="Koor", terms=["zingen"])
    >>> made = activity_to_fhir(choir)
    >>> made["identifier"], made["type"][0]["coding"][0]["code"]
    ([{'system': 'urn:wor-match:activity', 'value': 'koor'}], 'zingen')
    """
    organiser = catalogue.organiser_of(activity) if catalogue else None
    schedule, place = activity.schedule or Schedule(), location_of(activity.place or Venue())
    kind = activity.entry.kind
    prices = prices_as_text(activity.price)
    made: Found = {
        "resourceType": "HealthcareService",
        "language": "nl",
        "contained": [place] if place else [],
        "identifier": [{"system": f"{OURS}activity", "value": activity.id}],
        "active": activity.status == "open",
        "providedBy": provider_of(activity.organiser, organiser),
        "type": [concept("term", term, taxonomy().terms[term].label_nl) for term in activity.terms],
        "location": [{"reference": "#place"}] if place else [],
        "name": activity.name,
        "comment": activity.summary,
        "extraDetails": f"Kosten: {prices}." if prices else "",
        "telecom": list(telecom_of(organiser)),
        "eligibility": list(for_whom(activity.audience)),
        "characteristic": list(characteristics_of(activity)),
        "communication": [{"coding": [{"system": LANGUAGES, "code": code}]} for code in activity.languages],
        "appointmentRequired": None if kind is None else kind != "drop_in",
        "availableTime": [hours_of(rule) for rule in schedule.weekly if every_week(rule)],
        "notAvailable": list(shut_of(schedule)),
        "availabilityExceptions": exceptions_of(schedule),
    }
    return filled(made)


def concept(vocabulary: str, code: str, text: str) -> Found:
    """A code of ours, with how it is said."""
    return {"coding": [{"system": f"{OURS}{vocabulary}", "code": code, "display": text}], "text": text}


def provider_of(organiser_id: str | None, organiser: Organiser | None) -> Found:
    """Who organises it, by our id."""
    if organiser_id is None:
        return {}
    own = {"system": f"{OURS}organiser", "value": organiser_id}
    return {"type": "Organization", "identifier": own, "display": organiser.name if organiser else organiser_id}


def telecom_of(organiser: Organiser | None) -> Iterator[Found]:
    """How to reach them."""
    told = {"phone": organiser.phone, "email": organiser.email, "url": organiser.website} if organiser else {}
    for system, value in told.items():
        if value:
            yield {"system": system, "value": value}


def location_of(place: Venue) -> Found:
    """The address as a Location; nothing when nothing is known, or nobody travels there."""
    address = {
        "line": [" ".join(part for part in (place.street, place.number) if part)] if place.street else [],
        "city": place.city,
        "postalCode": place.postcode,
    }
    if place.number and not place.street:
        address["line"] = [place.number]
    abroad = place.country != "NL"
    told = {
        "name": place.name,
        "description": f"Ingang: {place.entrance}" if place.entrance else None,
        "address": {**filled(address), "country": place.country} if filled(address) or abroad else None,
        "position": {"longitude": place.longitude, "latitude": place.latitude} if place.latitude is not None else None,
    }
    return {"resourceType": "Location", "id": "place", **filled(told)} if filled(told) else {}


def for_whom(audience: Audience) -> Iterator[Found]:
    """For whom it is, a rule or an advice each, with its value as the comment."""
    advised = audience.advised_age
    told: dict[str, Any] = {
        "min_age": audience.min_age,
        "max_age": audience.max_age,
        "advised_from": advised.from_,
        "advised_to": advised.to,
        "only": audience.only,
        "residents_only": "yes" if audience.residents_only else None,
    }
    for name, value in told.items():
        if value is not None:
            text = FOR_WHOM[name].format(DUTCH.get(value, value))
            yield {"code": concept("audience", name, text), "comment": str(value)}


def characteristics_of(activity: Activity) -> Iterator[Found]:
    """Where one need not travel, what there is and is not in the way of access, and lists of codes."""
    place, dutch = activity.place or Venue(), words("nl")
    yield from (
        concept("place", name, said(dutch, "card", name)) for name in ("online", "at_home") if getattr(place, name)
    )
    labels = {provision: label for label, provision in ACCESS.items()}
    for name, answer in activity.access.items():
        if answer is not None:
            text = f"{labels[name]}: {'ja' if answer else 'nee'}"
            yield concept("access", name if answer else f"no-{name}", text)
    for field in CODED:
        yield from (concept(field, code, dutch.label(LABELLED[field], code)) for code in getattr(activity, field))


def every_week(rule: Weekly) -> bool:
    """Whether hours of a week can say it: nobody should come in a week in which it does not meet."""
    return rule.every == 1 and rule.weeks is None


def hours_of(rule: Weekly) -> Found:
    """A weekly rule as hours of one day; without an end when none is known."""
    hours: Found = {"daysOfWeek": [DAYS[rule.day]], "availableStartTime": f"{rule.start}:00"}
    if rule.end == rule.start:
        return hours
    return {**hours, "availableEndTime": MIDNIGHT if rule.end == "24:00" else f"{rule.end}:00"}


def shut_of(schedule: Schedule) -> Iterator[Found]:
    """Periods and days on which nothing happens."""
    for period in schedule.closed:
        during = {"start": period.from_.isoformat(), "end": period.to.isoformat()}
        yield {"description": SHUT, "during": during}
    for on in schedule.cancelled:
        yield {"description": OFF, "during": {"start": on.isoformat(), "end": on.isoformat()}}


def exceptions_of(schedule: Schedule) -> str:
    """What hours of a week cannot say, in Dutch."""
    partly = [rule for rule in schedule.weekly if not every_week(rule) or rule.from_ or rule.until]
    times = times_as_text(
        Schedule(weekly=tuple(partly), monthly=schedule.monthly, dates=(*schedule.dates, *schedule.extra)[:1_000])
    )
    told = [f"{times}."] if times else []
    told += [f"Vanaf {schedule.from_}."] if schedule.from_ else []
    told += [f"Tot en met {schedule.until}."] if schedule.until else []
    rest = in_words(schedule.replace(closed=(), cancelled=()), exceptions=True)
    return " ".join([*told, *([rest] if rest else [])])
