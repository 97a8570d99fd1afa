"""One event of UiTdatabank as an activity: what, where, for whom, at what price. When stands in `calendar`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from wor_match.catalogue.importers.clock import day_of
from wor_match.catalogue.importers.foreign import Concept, our_terms
from wor_match.catalogue.importers.gathering import Notes, Refused
from wor_match.catalogue.importers.item import (
    MOST_EURO,
    NAMELESS,
    OLDEST,
    Found,
    counted_places,
    day_of_moment,
    filled,
    id_of,
    name_of,
    number_in,
    parts_of,
    point_of,
    summary_of,
)
from wor_match.catalogue.importers.organiser import organisation
from wor_match.catalogue.importers.reach import without_reach
from wor_match.catalogue.importers.uitdatabank.calendar import schedule_of
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Organiser

FORM = "uitdatabank"
LICENCE = "UiTdatabank, publiq: see docs.publiq.be"
PROVISIONS = {  # facility ids of docs.publiq.be → our provisions; what is not there is unknown
    "3.13.2.0.0": "low_vision",
    "3.13.3.0.0": "low_vision",
    "3.13.4.0.0": "low_vision",
    "3.13.5.0.0": "low_vision",
    "3.17.1.0.0": "hearing_loop",
    "3.23.1.0.0": "wheelchair",
    "3.27.0.0.0": "wheelchair",
    "3.31.0.0.0": "toilet",
}
STATUS = {"Unavailable": "closed", "TemporarilyUnavailable": "paused"}
GONE = ("DELETED", "REJECTED")


def activity_of(item: Found, notes: Notes) -> tuple[Activity, Organiser | None]:
    """One event as an activity."""
    if not (name := in_dutch(item.get("name"))):
        raise Refused(NAMELESS)
    organiser = organiser_of(item.get("organizer"), notes)
    terms, said = our_terms(FORM, concepts_of(item, notes), notes)
    as_of = day_of_moment(item.get("modified") or item.get("created"))
    fields = {
        "id": id_of(FORM, item.get("@id")),
        "name": name,
        "summary": summary_of(text_in_dutch(item.get("description")), notes),
        "terms": terms,
        "organiser": organiser.id if organiser else None,
        "place": place_of(item, notes),
        "schedule": schedule_of(item, notes),
        "price": price_of(item, notes),
        "audience": audience_of(item, as_of, notes),
        "access": access_of(item),
        "places": places_of(item, as_of),
        "status": status_of(item),
        "source": filled(
            {
                "format": FORM,
                "id": without_reach(item.get("@id", ""))[:500],
                "licence": LICENCE,
                "as_of": as_of,
                "said": said,
            }
        ),
    }
    return Activity.model_validate({"terms": [], **filled(fields)}), organiser


def text_in_dutch(told: Any) -> str | None:
    """The Dutch text, else the first there is."""
    if isinstance(told, dict):
        told = told.get("nl") or next(iter(told.values()), None)
    return told if isinstance(told, str) else None


def in_dutch(told: Any) -> str | None:
    """The Dutch name, else the first there is."""
    return name_of(text_in_dutch(told))


def organiser_of(told: Any, notes: Notes) -> Organiser | None:
    """The organisation, with its own telephone, mail and page."""
    if not isinstance(told, dict) or not (name := in_dutch(told.get("name"))):
        return None
    contact = told.get("contactPoint")
    contact = contact if isinstance(contact, dict) else {}
    first = {name: part[0] for name, part in contact.items() if isinstance(part, list) and part}
    reach = {"telephone": first.get("phone"), "email": first.get("email"), "url": told.get("url") or first.get("url")}
    return organisation(id_of(FORM, told.get("@id") or name), name, reach, notes)


def concepts_of(item: Found, notes: Notes) -> Iterator[Concept]:
    """What one does there; facilities are about the place."""
    for one in parts_of(item, "terms", notes):
        if one.get("domain") != "facility":
            yield str(one.get("id")), name_of(one.get("label"))


def access_of(item: Found) -> dict[str, bool]:
    """Provisions among the facilities of the event and of its place."""
    location = item.get("location")
    told = [item.get("terms"), location.get("terms") if isinstance(location, dict) else None]
    listed = (one for terms in told if isinstance(terms, list) for one in terms if isinstance(one, dict))
    return {PROVISIONS[str(one.get("id"))]: True for one in listed if str(one.get("id")) in PROVISIONS}


def place_of(item: Found, notes: Notes) -> Found | None:
    """The address; a point when it is given and possible."""
    if item.get("attendanceMode") == "online":
        return {"online": True}
    location = item.get("location")
    if not isinstance(location, dict):
        return None
    address = location.get("address")
    address = address.get("nl") or next(iter(address.values()), {}) if isinstance(address, dict) else {}
    address = address if isinstance(address, dict) else {}
    country = str(address.get("addressCountry") or "BE").upper()
    place = {
        "name": in_dutch(location.get("name")),
        "country": country if re.fullmatch("[A-Z]{2}", country) else None,
        "city": name_of(address.get("addressLocality")),
        "street": name_of(address.get("streetAddress")),
        "postcode": (name_of(address.get("postalCode")) or "")[:10],
        **point_of(location.get("geo"), notes),
    }
    return filled(place)


def price_of(item: Found, notes: Notes) -> list[Found]:
    """Every tariff as a price a time; those for a group of people are noted, since nobody knows who belongs to it."""
    prices: list[Found] = []
    for number, one in enumerate(parts_of(item, "priceInfo", notes)):
        amount = number_in(one.get("price"), 0, MOST_EURO)
        if amount is None or one.get("priceCurrency", "EUR") != "EUR":
            notes.add(f"priceInfo.{number}", "is no price in euro")
        elif one.get("category") == "base" and not one.get("groupPrice"):
            prices.append({"euro": amount, "per": "time"})
        else:
            tariff = str(in_dutch(one.get("name")))[:60]
            notes.add(f"priceInfo.{number}", f"tariff {tariff!r} has a condition; ask about it")
    return prices


def audience_of(item: Found, as_of: date | None, notes: Notes) -> Found:
    """Ages from `6-12`, `6-`, `-12` (`-` is everybody), or from a range of birth dates."""
    kind = item.get("audience")
    kind = kind.get("audienceType") if isinstance(kind, dict) else None
    if kind == "education":
        raise Refused("is for schools only")
    if kind == "members":
        notes.add("audience", "is for members only; ask how one becomes a member")
    if item.get("birthdateRange") is not None:
        return ages_at_birth(item["birthdateRange"], as_of or first_day(item))
    ages = re.fullmatch(r"(\d{0,3})-(\d{0,3})", str(item.get("typicalAgeRange") or "-"))
    if not ages:
        notes.add("typicalAgeRange", "is no range of ages")
        return {}
    return {name: int(age) for name, age in zip(("min_age", "max_age"), ages.groups(), strict=True) if age}


def ages_at_birth(told: Any, on: date | None) -> Found:
    """A range of birth dates as ages on a day, rounded so that nobody who may come is kept out."""
    if on is None or not isinstance(told, dict):
        raise Refused("has a range of birth dates and no day to count ages from; it is not read as all ages")
    first, last = (day_of_birth(told.get(bound)) for bound in ("from", "to"))
    if first is None and last is None:
        raise Refused("has a range of birth dates without dates; it is not read as all ages")
    ages = {"min_age": last and whole_years(last, on), "max_age": first and whole_years(first, on) + 1}
    return {name: min(max(age, 0), OLDEST) for name, age in ages.items() if age is not None}


def day_of_birth(told: Any) -> date | None:
    """A day, also long ago; None when none is told."""
    try:
        return date.fromisoformat(str(told)[:10]) if told else None
    except ValueError:
        raise Refused("has no day in its range of birth dates") from None


def whole_years(born: date, on: date) -> int:
    """Whole years between two days."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def first_day(item: Found) -> date | None:
    """The day on which it begins, when that is told."""
    try:
        return day_of(item.get("startDate"))
    except Refused:
        return None


def places_of(item: Found, as_of: date | None) -> Found:
    """Places in all and free, on the day on which the event was changed last."""
    told = item.get("bookingAvailability")
    told = told if isinstance(told, dict) else {}
    free = 0 if told.get("type") == "Unavailable" else told.get("remainingCapacity")
    return counted_places(told.get("capacity"), free, as_of)


def status_of(item: Found) -> str:
    """Open, paused or closed."""
    status = item.get("status")
    told = str(status.get("type") if isinstance(status, dict) else status)
    return "closed" if item.get("workflowStatus") in GONE else STATUS.get(told, "open")
