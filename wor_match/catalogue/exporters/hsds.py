"""Activities as HSDS 3.0: one nested JSON text of services, with sentences for what has no field there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from wor_match.catalogue.exporters.rules import Held, in_words, rules_of, single_days
from wor_match.catalogue.importers.hsds.schedule import EVEN, ODD
from wor_match.catalogue.importers.hsds.service import TERMS
from wor_match.catalogue.importers.hsds.words import ACCESS
from wor_match.catalogue.importers.item import OURS, Found, filled
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Organiser
from wor_match.domain.place import Venue
from wor_match.domain.rhythm import Dated
from wor_match.domain.schedule import Schedule
from wor_match.domain.shorthand import PER
from wor_match.domain.terms import taxonomy

STATUS = {"open": "active", "paused": "temporarily closed", "closed": "defunct"}
ONLY = {"women": "Alleen voor vrouwen.", "men": "Alleen voor mannen."}
ENTRY = {
    "drop_in": "U kunt binnenlopen.",
    "sign_up": "U meldt zich aan.",
    "referral": "U komt via een verwijzer.",
    "course": "U schrijft zich in voor een cursus.",
}
LOST = {
    "name": "tags, entities and line breaks in it are read as mark-up",
    "summary": "tags, telephone numbers and mail addresses are not read back; sentences of other fields stand below it",
    "serves": "has no field; the strengths of the terms count",
    "place.name": "tags, entities and line breaks in it are read as mark-up",
    "place.street": "comes back with the house number behind it",
    "place.number": "is written behind the street",
    "place.city": "tags, entities and line breaks in it are read as mark-up",
    "place.entrance": "has no field",
    "place.at_home": "has no field; written as a service without a place",
    "schedule.attend": "is written in words (`notes` of a schedule)",
    "schedule.dates": "the days of `extra` come back among them, at most 1,000 together",
    "schedule.on_request": "is written in words",
    "schedule.adjusted": "there are no exceptions; written in words, the rule of that day stays",
    "schedule.extra": "come back as `dates`",
    "schedule.closed": "there are no exceptions; written in words, the rule stays",
    "schedule.cancelled": "there are no exceptions; written in words, the rule stays",
    "schedule.pauses": "there are no exceptions; written in words, the rule stays",
    "schedule.region": "goes with the pauses",
    "schedule.from": "comes back as the `from` of every rule",
    "schedule.until": "comes back as the `until` of every rule",
    "schedule.weekly.from": "is the later one of its own and that of the schedule; with `every` the first day it meets",
    "schedule.weekly.until": "is the earlier one of its own and that of the schedule",
    "schedule.monthly.from": "is the later one of its own and that of the schedule",
    "schedule.monthly.until": "is the earlier one of its own and that of the schedule",
    "price.includes": "has no field",
    "asks": "has no field",
    "aspects": "has no field",
    "group": "has no field",
    "level": "has no field",
    "audience.advised_age": "is written in words (`eligibility_description`)",
    "audience.only": "is written in words (`eligibility_description`)",
    "audience.residents_only": "is written in words (`eligibility_description`)",
    "support": "has no field",
    "host": "has no field",
    "first_visit": "has no field",
    "entry": "how one joins and waits is written in words (`application_process`, `wait_time`)",
    "places.free": "says nothing without the day on which it was so",
    "places.as_of": "is only kept beside free places",
    "rechecked": "has no field",
    "formerly": "has no field",
    "source": "names HSDS itself after reading back",
}


def write(activities: Iterable[Activity], organisers: Iterable[Organiser] = ()) -> str:
    """The activities as `{"services": [...]}` of HSDS 3.0.

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
     "services": [
      {
       "id": "urn:wor-match:koor",
       "name": "Koor",
       "status": "active"
      }
     ]
    }
    """
    known = {organiser.id: organiser for organiser in organisers}
    services = [service_of(one, known) for one in activities]
    return json.dumps({"services": services}, ensure_ascii=False, allow_nan=False, indent=1)


def service_of(activity: Activity, known: dict[str, Organiser]) -> Found:
    """One activity as a service."""
    own = f"{OURS}{activity.id}"
    fields = {
        "id": own,
        "name": activity.name,
        "description": activity.summary,
        "status": STATUS[activity.status],
        "application_process": ENTRY.get(activity.entry.kind or ""),
        "wait_time": waiting(activity),
        "eligibility_description": " ".join(for_whom(activity)),
        "minimum_age": activity.audience.min_age,
        "maximum_age": activity.audience.max_age,
        "assured_date": activity.checked_on and activity.checked_on.isoformat(),
        "organization": organisation_of(activity.organiser, known),
        "schedules": [
            {"id": f"{own}:schedule-{number}", **row}
            for number, row in zip(count(), schedules_of(activity.schedule or Schedule()), strict=False)
        ],
        "cost_options": [
            {"id": f"{own}:cost-{number}", **row} for number, row in zip(count(), costs_of(activity), strict=False)
        ],
        "languages": [{"id": f"{own}:language-{code}", "code": code} for code in activity.languages],
        "attributes": [attribute_of(own, term) for term in activity.terms],
        "service_at_locations": place_of(own, activity),
        "capacities": capacity_of(own, activity),
    }
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def waiting(activity: Activity) -> str | None:
    """How long one waits, in words."""
    weeks = activity.entry.wait_weeks
    return None if weeks is None else f"Ongeveer {weeks} weken." if weeks else "Er is geen wachttijd."


def for_whom(activity: Activity) -> Iterator[str]:
    """For whom it is, in words, where there is no field."""
    audience, advised = activity.audience, activity.audience.advised_age
    if audience.only:
        yield ONLY[audience.only]
    if audience.residents_only:
        yield "Alleen voor inwoners."
    if advised.from_ is not None or advised.to is not None:
        ages = [
            f"{word} {age} jaar"
            for word, age in (("vanaf", advised.from_), ("tot en met", advised.to))
            if age is not None
        ]
        yield f"Bedoeld {' '.join(ages)}."


def organisation_of(organiser_id: str | None, known: dict[str, Organiser]) -> Found | None:
    """Who organises it; of one that nobody described the id is its name too."""
    if organiser_id is None:
        return None
    one = known.get(organiser_id) or Organiser(id=organiser_id, name=organiser_id)
    own = f"{OURS}{one.id}"
    phones = [{"id": f"{own}:phone", "number": one.phone}] if one.phone else []
    return filled({"id": own, "name": one.name, "email": one.email, "website": one.website, "phones": phones})


def schedules_of(schedule: Schedule) -> Iterator[Found]:
    """A row for each rule and each day; what only stands in words goes along with the first."""
    rows: list[Found] = [*map(rule_row, rules_of(schedule)), *map(day_row, single_days(schedule))]
    if said := in_words(schedule, exceptions=True):
        rows = [{**(rows[0] if rows else {}), "notes": said}, *rows[1:]]
    yield from rows


def rule_row(held: Held) -> Found:
    """A rule in the columns of RFC 5545; odd and even weeks are weeks of the year by their number."""
    weeks = {"odd": ODD, "even": EVEN, None: ()}[held.weeks]
    return filled(
        {
            "freq": "YEARLY" if weeks else "MONTHLY" if held.monthly else "WEEKLY",
            "interval": held.every,
            "byday": held.day,
            "bymonthday": held.month_day and str(held.month_day),
            "byweekno": ",".join(map(str, weeks)),
            "dtstart": held.first and held.first.isoformat(),
            "until": held.last and held.last.isoformat(),
            "opens_at": held.rule.start,
            "closes_at": held.rule.end,
        }
    )


def day_row(one: Dated) -> Found:
    """A day of its own: a row without a frequency."""
    return {"dtstart": one.date.isoformat(), "opens_at": one.start, "closes_at": one.end}


def costs_of(activity: Activity) -> Iterator[Found]:
    """The price list."""
    for row in activity.price:
        option = {"option": f"met pas {row.with_}"} if row.with_ else {}
        yield {**option, "amount": row.euro, "currency": "EUR", "amount_description": PER[row.per]}


def attribute_of(own: str, term: str) -> Found:
    """A term of ours, with its id as the code."""
    told = {"id": f"{OURS}{term}", "code": term, "name": taxonomy().terms[term].label_nl, "taxonomy": TERMS}
    return {"id": f"{own}:term-{term}", "link_entity": "service", "taxonomy_term": told}


def place_of(own: str, activity: Activity) -> list[Found]:
    """Where it is; access belongs to the place there."""
    place = activity.place or Venue()
    labels = {provision: label for label, provision in ACCESS.items()}
    sentences = [
        {"id": f"{own}:access-{name}", "description": f"{labels[name]}: {'ja' if answer else 'nee'}"}
        for name, answer in activity.access.items()
        if answer is not None
    ]
    address = {
        "address_1": " ".join(part for part in (place.street, place.number) if part),
        "city": place.city,
        "postal_code": place.postcode,
    }
    told: Any = {
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "addresses": [filled({"id": f"{own}:address", **address, "country": place.country, "address_type": "physical"})]
        if filled(address) or place.country != "NL"
        else [],
        "accessibility": sentences,
    }
    if not filled(told) and not place.online:
        return []
    kind = "virtual" if place.online else "physical"
    return [{"id": f"{own}:at", "location": {"id": f"{own}:location", "location_type": kind, **filled(told)}}]


def capacity_of(own: str, activity: Activity) -> list[Found]:
    """Places in all and free, as HSDS 3.1 has them."""
    places = activity.places
    told = {"maximum": places.total, "available": places.free, "updated": places.as_of and places.as_of.isoformat()}
    known = {name: value for name, value in told.items() if value is not None}
    return [{"id": f"{own}:places", **known}] if known else []
