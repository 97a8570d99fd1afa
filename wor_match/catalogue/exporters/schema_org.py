"""Activities as JSON-LD: one graph of Events in the words of schema.org and, where that has none, of OpenActive."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from wor_match.catalogue.exporters.event_times import schedules_of, sessions_of
from wor_match.catalogue.importers.item import OURS, Found, filled
from wor_match.domain.activity import Activity, AdvisedAge
from wor_match.domain.catalogue import Organiser
from wor_match.domain.money import Price
from wor_match.domain.place import Venue
from wor_match.domain.schedule import Schedule
from wor_match.domain.shorthand import PER
from wor_match.domain.terms import taxonomy

CONTEXT = ["https://schema.org/", "https://openactive.io/"]
STATUS = {"open": "EventScheduled", "paused": "EventPostponed", "closed": "EventCancelled"}
ONLY = {"women": "https://openactive.io/FemaleOnly", "men": "https://openactive.io/MaleOnly"}
AMENITIES = {
    "wheelchair": "wheelchair access",
    "few_steps": "few steps",
    "toilet": "toilet",
    "hearing_loop": "hearing loop",
    "quiet": "quiet room",
    "low_vision": "provisions for low vision",
    "seat_breaks": "seats for breaks",
}
LOST = {
    "name": "tags, entities and line breaks in it are read as mark-up",
    "summary": "tags, entities, telephone numbers and mail addresses in it are not read back",
    "serves": "has no field; the strengths of the terms count",
    "place.name": "tags and entities in it are read as mark-up; two numbers with a comma are read as a point",
    "place.street": "comes back with the house number behind it",
    "place.number": "is written behind the street",
    "place.city": "tags, entities and line breaks in it are read as mark-up",
    "place.entrance": "has no field",
    "place.at_home": "has no field; written as an Event without an address",
    "schedule.attend": "is written in words (`description` of an eventSchedule)",
    "schedule.dates": "come back with the days of `extra` and `adjusted`, and without those that fall out",
    "schedule.on_request": "is written in words",
    "schedule.adjusted": "come back only where a session of a rule makes way for them, else as `dates`",
    "schedule.extra": "come back as `dates`",
    "schedule.closed": "come back as `cancelled`: the days that fall out",
    "schedule.cancelled": "come back only where it would meet otherwise, with the days of `closed`, at most 1,000",
    "schedule.pauses": "are written in words; the rule stays",
    "schedule.region": "goes with the pauses",
    "schedule.from": "comes back as the `from` of every rule",
    "schedule.until": "comes back as the `until` of every rule",
    "schedule.weekly[weeks]": "odd and even weeks have no word; written as a PartialSchedule, which nobody can follow",
    "schedule.weekly.from": "is the later one of its own and that of the schedule; with `every` the first day it meets",
    "schedule.weekly.until": "is the earlier one of its own and that of the schedule",
    "schedule.monthly.from": "is the later one of its own and that of the schedule",
    "schedule.monthly.until": "is the earlier one of its own and that of the schedule",
    "price": "only a price a time without a pass comes back, and of several the highest",
    "asks": "has no field",
    "aspects": "has no field",
    "group": "has no field",
    "level": "has no field",
    "audience.residents_only": "is written in words (`additionalAdmissionRestriction`)",
    "support": "has no field",
    "host": "has no field",
    "first_visit": "has no field",
    "entry": "has no field",
    "places.free": "says nothing without the day on which it was so",
    "places.as_of": "is only kept beside free places",
    "checked_on": "has no field; `dateModified` is the day of the free places",
    "rechecked": "has no field",
    "formerly": "has no field",
    "source": "names schema.org itself after reading back",
}


def write(activities: Iterable[Activity], organisers: Iterable[Organiser] = ()) -> str:
    """The activities as one JSON-LD `@graph` of Events.

    Parameters
    ----------
    activities : iterable of Activity
        Such as a catalogue.
    organisers : iterable of Organiser
        Who organises them; of one that is not among them only the id is written.

    Examples
    --------
    >>> print(write([Activity(id="koor", name="Koor", terms=[])]))
    {
     "@context": [
      "https://schema.org/",
      "https://openactive.io/"
     ],
     "@graph": [
      {
       "@type": "Event",
       "@id": "urn:wor-match:koor",
       "name": "Koor",
       "eventStatus": "https://schema.org/EventScheduled"
      }
     ]
    }
    """
    known = {organiser.id: organiser for organiser in organisers}
    graph = {"@context": CONTEXT, "@graph": [event_of(one, known) for one in activities]}
    return json.dumps(graph, ensure_ascii=False, allow_nan=False, indent=1).replace("</", "<\\/")


def event_of(activity: Activity, known: dict[str, Organiser]) -> Found:
    """One activity as an Event."""
    place, audience = activity.place or Venue(), activity.audience
    places = activity.places
    schedule = activity.schedule or Schedule()
    return filled(
        {
            "@type": "Event",
            "@id": f"{OURS}{activity.id}",
            "name": activity.name,
            "description": activity.summary,
            "eventStatus": f"https://schema.org/{STATUS[activity.status]}",
            "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode" if place.online else None,
            "location": location_of(place, activity),
            "organizer": organisation_of(activity.organiser, known),
            "keywords": [keyword_of(term) for term in activity.terms],
            "inLanguage": list(activity.languages),
            "offers": [offer_of(row) for row in activity.price],
            "ageRestriction": range_of(audience.min_age, audience.max_age),
            "ageRange": advised(audience.advised_age),
            "genderRestriction": ONLY.get(audience.only or ""),
            "additionalAdmissionRestriction": ["Alleen voor inwoners."] if audience.residents_only else [],
            "maximumAttendeeCapacity": places.total,
            "remainingAttendeeCapacity": places.free,
            "dateModified": places.as_of and places.as_of.isoformat(),
            "eventSchedule": list(schedules_of(schedule)),
            "subEvent": list(sessions_of(schedule)),
        }
    )


def location_of(place: Venue, activity: Activity) -> Found:
    """Where it is, with what there is in the way of access."""
    address = {
        "streetAddress": " ".join(part for part in (place.street, place.number) if part),
        "addressLocality": place.city,
        "postalCode": place.postcode,
    }
    abroad = place.country != "NL"
    point = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    told: Found = filled(
        {
            "name": place.name,
            "address": {"@type": "PostalAddress", **filled(address), "addressCountry": place.country}
            if filled(address) or abroad
            else None,
            "geo": point if place.latitude is not None else None,
            "amenityFeature": list(amenities_of(activity)),
        }
    )
    kind = "VirtualLocation" if place.online else "Place"
    return {"@type": kind, **told} if told or place.online else {}


def amenities_of(activity: Activity) -> Iterator[Found]:
    """What there is, and what there is not; of the unknown nothing is said."""
    for name, answer in activity.access.items():
        if answer is not None:
            yield {"@type": "LocationFeatureSpecification", "name": AMENITIES[name], "value": answer}


def organisation_of(organiser_id: str | None, known: dict[str, Organiser]) -> Found:
    """Who organises it; of one that nobody described the id is its name too."""
    if organiser_id is None:
        return {}
    one = known.get(organiser_id) or Organiser(id=organiser_id, name=organiser_id)
    told = {"name": one.name, "telephone": one.phone, "email": one.email, "url": one.website}
    return {"@type": "Organization", "@id": f"{OURS}{one.id}", **filled(told)}


def keyword_of(term: str) -> Found:
    """A term of ours, with its id and its label."""
    return {"@type": "DefinedTerm", "@id": f"{OURS}{term}", "name": taxonomy().terms[term].label_nl, "termCode": term}


def offer_of(row: Price) -> Found:
    """A price a time as an offer; with a pass or a period as a specification, which nobody takes for a price a time."""
    price: dict[str, Any] = {"price": row.euro, "priceCurrency": "EUR"}
    said = ", ".join([PER[row.per], *([f"met {row.with_}"] if row.with_ else [])])
    about = filled({"@type": "Offer", "name": said, "description": row.includes})
    if row.per == "time" and row.with_ is None:
        return {**about, **price}
    return {**about, "priceSpecification": {"@type": "UnitPriceSpecification", **price, "unitText": said}}


def advised(age: AdvisedAge) -> Found:
    """The advised ages; a range that excludes itself is not written."""
    first, last = age.from_, age.to
    return range_of(first, last) if first is None or last is None or first <= last else {}


def range_of(first: int | None, last: int | None) -> Found:
    """A range of ages, open at either side."""
    told = {name: age for name, age in (("minValue", first), ("maxValue", last)) if age is not None}
    return {"@type": "QuantitativeValue", **told} if told else {}
