"""One service of HSDS 3.x or Open Referral UK 3.0, at one of its places, as an activity of ours.

Fees, waiting, admission and access are sentences there: they are kept for the coach and no number is guessed from them.
Persons (`contacts`, `attention` of an address, who assured it) are not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from wor_match.catalogue.importers.clock import day_or_none
from wor_match.catalogue.importers.event import postcode_of
from wor_match.catalogue.importers.foreign import Concept, our_terms
from wor_match.catalogue.importers.gathering import Notes, Refused
from wor_match.catalogue.importers.hsds.costs import price_of
from wor_match.catalogue.importers.hsds.schedule import schedule_of, tells_zone, times_in_words
from wor_match.catalogue.importers.hsds.words import access_of, summary_with
from wor_match.catalogue.importers.item import (
    OLDEST,
    OURS,
    Found,
    counted_places,
    day_of_moment,
    filled,
    id_of,
    language_of,
    name_of,
    parts_of,
    plain,
    point_of,
    whole_in,
)
from wor_match.catalogue.importers.organiser import organisation
from wor_match.catalogue.importers.reach import without_reach
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Organiser
from wor_match.domain.text import PHONE, Day

FORM = "hsds"
STATUS = {"active": "open", "inactive": "paused", "temporarily closed": "paused", "defunct": "closed"}
TERMS = "wor-match"  # the name of our taxonomy, where a term has a taxonomy


@dataclass(frozen=True, slots=True)
class Reading:
    """How a source is read: times in Z as wall time or to the letter, and under which licence it came."""

    times_in_z: Literal["wall", "utc"] = "wall"
    licence: str | None = None


def places_of_service(service: Any, reading: Reading, notes: Notes) -> list[Found]:
    """Where the service is, a `service_at_location` each; one empty one when nothing says where.

    Raises
    ------
    Refused
        When it is no service at all.
    """
    if not isinstance(service, dict):
        raise Refused("is no object")
    if not name_of(service.get("name")):
        raise Refused("has no name; an activity without a name helps nobody")
    if reading.times_in_z == "wall" and tells_zone(service):
        said = "have a zone behind them, such as 09:00Z; taken as the time on the clock there"
        notes.add("schedules", f"{said}, unless read with times_in_z='utc'", "zone")
    return parts_of(service, "service_at_locations", notes) or [{}]


def activity_of(
    service: Found, at: Found, alone: bool, reading: Reading, notes: Notes
) -> tuple[Activity, Organiser | None]:
    """A service at one place as an activity, and who organises it.

    Parameters
    ----------
    service, at : dict
    alone : bool
        Whether it is its only place; otherwise the id holds that of the place.
    reading : Reading
    notes : Notes
        Gets everything that was left out or guessed.
    """
    location = at.get("location")
    location = location if isinstance(location, dict) else {}
    organiser = organiser_of(service, notes)
    terms, said = our_terms(FORM, concepts_of(service, notes), notes)
    access, sentences = access_of(location, notes)
    schedule = schedule_of(service, at, reading.times_in_z, notes)
    fields = {
        "id": own_id(service, at, location, alone),
        "name": name_of(service.get("name")),
        "summary": summary_with(service, times_in_words(service, at, schedule is None, notes), sentences, notes),
        "terms": terms,
        "organiser": organiser.id if organiser else None,
        "place": place_of(location, notes),
        "schedule": schedule,
        "price": price_of(service, notes),
        "audience": ages_of(service, notes),
        "languages": languages_of(service, notes),
        "access": access,
        "places": capacity_of(service, notes),
        "status": status_of(service.get("status"), notes),
        "checked_on": checked_on(service.get("assured_date"), notes),
        "source": filled(
            {
                "format": FORM,
                "id": without_reach(plain(service.get("id")))[:500],
                "licence": reading.licence,
                "as_of": day_of_moment(service.get("last_modified")),
                "said": said,
            }
        ),
    }
    return Activity.model_validate({"terms": [], **filled(fields)}), organiser


def own_id(service: Found, at: Found, location: Found, alone: bool) -> str:
    """The id; at one of several places with the id of that place behind it."""
    told = service.get("id")
    if isinstance(told, dict | list | bool):
        raise Refused("has no id that can be read")
    if alone:
        return id_of(FORM, told)
    here = at.get("id") or location.get("id")
    if here in (None, ""):
        raise Refused("has a place without an id among several; it cannot be followed")
    return id_of(
        FORM, "-".join(id_of(FORM, one).removeprefix(f"{FORM}-") for one in (told, location.get("id") or here))
    )


def organiser_of(service: Found, notes: Notes) -> Organiser | None:
    """The organisation with its page and mail, and the first number of it, or of the service, that can be used."""
    told = service.get("organization")
    if not isinstance(told, dict) or not (name := name_of(told.get("name"))):
        return None
    numbers = [*numbers_of(told), *numbers_of(service)]
    usable = [one for one in numbers if re.fullmatch(PHONE, one)]
    reach = {
        "telephone": next(iter(usable or numbers), None),
        "email": told.get("email"),
        "url": told.get("website") or told.get("url"),
    }
    return organisation(id_of(FORM, told.get("id") or name), name, reach, notes)


def numbers_of(owner: Found) -> list[str]:
    """Telephone numbers of an organisation or service; those of a contact are a person's."""
    told = owner.get("phones")
    rows = [
        one for one in (told if isinstance(told, list) else []) if isinstance(one, dict) and not one.get("contact_id")
    ]
    return [str(row["number"]).strip().strip("\"'").strip() for row in rows if row.get("number")]


def concepts_of(service: Found, notes: Notes) -> Iterator[Concept]:
    """What one does there: the terms of its attributes."""
    for number, one in enumerate(parts_of(service, "attributes", notes)):
        term = one.get("taxonomy_term")
        term = term if isinstance(term, dict) else {}
        code, name = name_of(term.get("code")), name_of(term.get("name"))
        if code is None and name is None:
            notes.add(f"attributes.{number}", "has no taxonomy_term with a code or a name; left out")
        elif term.get("taxonomy") == TERMS:
            yield f"{OURS}{code}", name or code
        else:
            yield code, name or code


def place_of(location: Found, notes: Notes) -> Found | None:
    """The address where one comes, with its point; a meeting on a screen is online."""
    addresses = parts_of(location, "addresses", notes)
    physical = [one for one in addresses if one.get("address_type") == "physical"]
    address = next(iter(physical or addresses), {})
    country = str(address.get("country") or "").strip().upper()
    street = [name_of(address.get(line)) for line in ("address_1", "address_2")]
    place = {
        "online": location.get("location_type") == "virtual" or None,
        "name": name_of(location.get("name")),
        "street": name_of(", ".join(part for part in street if part)),
        "city": name_of(address.get("city")),
        "country": country if re.fullmatch(r"[A-Z]{2}", country) else None,
        **postcode_of(name_of(address.get("postal_code")), country, notes),
        **point_of(location, notes),
    }
    return filled(place) or None


def ages_of(service: Found, notes: Notes) -> Found:
    """The lowest and highest age, as a rule."""
    told = {"min_age": service.get("minimum_age"), "max_age": service.get("maximum_age")}
    ages = {name: whole_in(age, OLDEST) for name, age in told.items()}
    if any(age not in (None, "") and ages[name] is None for name, age in told.items()):
        notes.add("minimum_age", f"or maximum_age is no age from 0 to {OLDEST}; ask for whom it is")
    first, last = ages["min_age"], ages["max_age"]
    if first is not None and last is not None and last < first:
        notes.add("minimum_age", "lies above maximum_age; ask for whom it is", "contradiction")
        return {}
    return {name: age for name, age in ages.items() if age is not None}


def languages_of(service: Found, notes: Notes) -> list[str]:
    """The languages in which it is given."""
    rows = parts_of(service, "languages", notes)
    codes = [language_of(one.get("code")) for one in rows]
    if None in codes:
        notes.add("languages", "holds a language without a code; ask which it is")
    return list(dict.fromkeys(code for code in codes if code))[:30]


def capacity_of(service: Found, notes: Notes) -> Found:
    """Places in all and free (HSDS 3.1), when they are told in one way only."""
    rows = parts_of(service, "capacities", notes)
    if len(rows) > 1:
        notes.add("capacities", "are told in several units; ask how many places there are")
    one = rows[0] if len(rows) == 1 else {}
    return counted_places(one.get("maximum"), one.get("available"), day_of_moment(one.get("updated")))


def status_of(told: Any, notes: Notes) -> str:
    """Open, paused or closed; an unknown word is open, and told."""
    word = str(told or "").strip().lower()
    if word not in STATUS:
        notes.add("status", f"says {word[:40]!r}; taken as open, ask whether it is", "guessed")
    return STATUS.get(word, "open")


def checked_on(told: Any, notes: Notes) -> Day | None:
    """The day on which the organisation itself went through it."""
    try:
        return day_or_none(told)
    except Refused as fault:
        notes.add("assured_date", str(fault))
        return None
