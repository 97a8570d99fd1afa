"""Events of UiTdatabank (publiq, Flanders) as activities.

Four kinds of calendar; closed beats adjusted beats weekly; all bounds inclusive. Written from the documentation at
docs.publiq.be. Persons (`creator`, `performer`, `contactPoint`) are not read at all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wor_match.catalogue.importers import Imported
from wor_match.catalogue.importers.feed import Found, Notes, Refused, parts_of, read_json
from wor_match.catalogue.importers.uitdatabank_calendar import schedule_of
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Organiser
from wor_match.domain.terms import MATCHES, taxonomy
from wor_match.domain.text import visible
from wor_match.errors import CatalogueError, Problem

FORMAT = "uitdatabank"
LICENCE = "UiTdatabank, publiq: see docs.publiq.be"
SPECIFIC = MATCHES
LONGEST_ID = 64 - len("uitdatabank-") - len("-12345678")


def read(source: str | Path | Sequence[str | Path]) -> Imported:
    """The activities of one or more files with one event, a list of events, or a search result (`member`).

    Parameters
    ----------
    source : str, Path or sequence
        Paths in order, or JSON text.

    Returns
    -------
    Imported
        One bad item is a problem and never ends the reading.

    Examples
    --------
    >>> read('{"@id": "https://x.test/event/1", "name": {"nl": "Koor"}, "calendarType": "permanent"}').activities[0].id
    'uitdatabank-1'
    """
    sources = [source] if isinstance(source, str | Path) else list(source)
    activities: dict[str, Activity] = {}
    organisers: dict[str, Organiser] = {}
    problems: list[Problem] = []
    for one in sources:
        text = isinstance(one, str) and one.lstrip()[:1] in ("{", "[")
        name = "text" if text else str(one)
        found, faults = read_json(one if text else Path(one), name)
        problems += faults
        for number, item in enumerate(items_of(found)):
            if not is_event(item):
                problems.append(Problem("is no event with a name and an @id; left out", "item", f"{number}", name))
                continue
            try:
                activity, organiser = activity_of(item, Notes(name, number, problems))
            except (Refused, CatalogueError) as fault:
                problems.append(Problem(" ".join(str(fault).split()), "item", f"{number}", name))
                continue
            if activity.id in activities:
                problems.append(
                    Problem("has the id of an earlier item; this one is kept", "duplicate-id", f"{number}", name)
                )
            activities[activity.id] = activity
            if organiser:
                organisers[organiser.id] = organiser
        if not faults and not items_of(found):
            problems.append(Problem("holds no event of UiTdatabank", "no-feed", "", name))
    return Imported(tuple(activities.values()), tuple(problems), tuple(organisers.values()))


def items_of(found: Any) -> list[Any]:
    """The items in a file: one event, a list, or the members of a search result."""
    if isinstance(found, dict) and isinstance(found.get("member"), list):
        found = found["member"]
    return found if isinstance(found, list) else [found] if isinstance(found, dict) and found else []


def is_event(item: Any) -> bool:
    """Whether an item can be an event at all."""
    return isinstance(item, dict) and "name" in item and ("@id" in item or "calendarType" in item)


def activity_of(item: Found, notes: Notes) -> tuple[Activity, Organiser | None]:
    """One event as an activity."""
    organiser = organiser_of(item.get("organizer"))
    fields: Found = {
        "id": id_of(item.get("@id")),
        "name": in_dutch(item.get("name")) or "Zonder naam",
        "summary": re.sub(r"<[^>]*>", " ", in_dutch(item.get("description")) or "")[:4_000],
        "terms": terms_of(item, notes),
        "place": place_of(item, notes),
        "schedule": schedule_of(item, notes),
        "price": price_of(item, notes),
        "audience": audience_of(item, notes),
        "status": "closed" if status_of(item) == "Unavailable" else "open",
        "source": {
            "format": FORMAT,
            "id": str(item.get("@id", ""))[:500],
            "licence": LICENCE,
            "as_of": str(item.get("modified") or item.get("created") or "")[:10],
        },
    }
    if organiser:
        fields["organiser"] = organiser.id
    if not fields["source"]["as_of"]:
        del fields["source"]["as_of"]
    return Activity.model_validate({name: value for name, value in fields.items() if value is not None}), organiser


def id_of(url: Any) -> str:
    """An id from the last part of the item's address; what does not fit is told apart by a digest."""
    last = str(url or "").rstrip("/").rsplit("/", 1)[-1]
    if not last:
        raise Refused("has no @id; an item without it cannot be followed")
    fits = re.sub(r"[^a-z0-9._-]", "-", last.lower())[:LONGEST_ID]
    mark = "" if fits == last else "-" + hashlib.sha256(last.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{FORMAT}-{fits}{mark}"


def in_dutch(told: Any) -> str | None:
    """The Dutch text, else the first there is."""
    if isinstance(told, dict):
        told = told.get("nl") or next(iter(told.values()), None)
    kept = visible(told).strip() if isinstance(told, str) else ""
    return kept or None


def organiser_of(told: Any) -> Organiser | None:
    """The organisation; contact details of persons are left where they are."""
    if not isinstance(told, dict) or not in_dutch(told.get("name")):
        return None
    return Organiser(
        id=id_of(told.get("@id") or in_dutch(told.get("name"))), name=str(in_dutch(told.get("name")))[:120]
    )


def terms_of(item: Found, notes: Notes) -> list[str]:
    """Our terms for theirs, best match first; what has none is noted."""
    found: list[tuple[int, str]] = []
    for one in parts_of(item, "terms", notes):
        if one.get("domain") == "facility":
            continue
        ours = [
            (SPECIFIC.index(term.foreign[FORMAT].match), term.id)
            for term in taxonomy().terms.values()
            if FORMAT in term.foreign and term.foreign[FORMAT].id == one.get("id")
        ]
        found += sorted(entry for entry in ours if entry[0] <= SPECIFIC.index("close")) or sorted(ours)[:1]
        if not ours:
            notes.add("terms", f"{str(one.get('label'))[:60]!r} has no term of ours")
    return list(dict.fromkeys(term for _, term in sorted(found)))[:4]


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
    place: Found = {
        "name": in_dutch(location.get("name")),
        "country": country,
        "city": address.get("addressLocality"),
        "street": address.get("streetAddress"),
        "postcode": address.get("postalCode"),
    }
    geo = location.get("geo")
    if isinstance(geo, dict):
        latitude, longitude = degrees(geo.get("latitude"), 90), degrees(geo.get("longitude"), 180)
        if latitude is not None and longitude is not None:
            place |= {"latitude": latitude, "longitude": longitude}
        else:
            notes.add("location.geo", "is no point on the earth")
    return {name: value for name, value in place.items() if value is not None}


def degrees(told: Any, most: float) -> float | None:
    """A latitude or longitude, when it is one."""
    return float(told) if type(told) in (int, float) and -most <= told <= most else None


def price_of(item: Found, notes: Notes) -> list[Found]:
    """Every tariff as a price a time; those for a group of people are noted, since nobody knows who belongs to it."""
    prices: list[Found] = []
    for number, one in enumerate(parts_of(item, "priceInfo", notes)):
        amount = one.get("price")
        if (
            not isinstance(amount, int | float)
            or not 0 <= amount <= 100_000
            or one.get("priceCurrency", "EUR") != "EUR"
        ):
            notes.add(f"priceInfo.{number}", "is no price in euro")
        elif one.get("category") == "base":
            prices.append({"euro": float(amount), "per": "time"})
        else:
            notes.add(
                f"priceInfo.{number}", f"tariff {str(in_dutch(one.get('name')))[:60]!r} has a condition; ask about it"
            )
    return prices


def audience_of(item: Found, notes: Notes) -> Found | None:
    """Ages from `6-12`, `6-`, `-12`; `-` is everybody."""
    ages = re.fullmatch(r"(\d{0,3})-(\d{0,3})", str(item.get("typicalAgeRange") or "-"))
    if not ages:
        notes.add("typicalAgeRange", "is no range of ages")
        return None
    bounds = {name: int(age) for name, age in zip(("min_age", "max_age"), ages.groups(), strict=True) if age}
    return bounds or None


def status_of(item: Found) -> str:
    """Available, TemporarilyUnavailable or Unavailable."""
    status = item.get("status")
    return str(status.get("type") if isinstance(status, dict) else status)
