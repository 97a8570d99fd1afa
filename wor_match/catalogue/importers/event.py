"""One Event, as OpenActive and web pages with schema.org tell it, as an activity of ours.

Persons (`leader`, `contributor`, `performer`, an `organizer` of type Person, or of no type) are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from wor_match.catalogue.formats import in_a_source
from wor_match.catalogue.importers.event_times import schedule_of
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
    language_of,
    name_of,
    number_in,
    parts_of,
    point_of,
    summary_of,
    whole_in,
)
from wor_match.catalogue.importers.organiser import organisation
from wor_match.catalogue.importers.reach import without_reach
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Organiser

ONLY = {"FemaleOnly": "women", "MaleOnly": "men", "female": "women", "male": "men"}
PROVISIONS = {  # amenities by the words that feeds use → our provisions
    "toilet": "toilet",
    "toilets": "toilet",
    "accessible toilet": "toilet",
    "wheelchair": "wheelchair",
    "wheelchair access": "wheelchair",
    "hearing loop": "hearing_loop",
    "induction loop": "hearing_loop",
    "few steps": "few_steps",
    "quiet room": "quiet",
    "provisions for low vision": "low_vision",
    "seats for breaks": "seat_breaks",
}
AGES = re.compile(r"(\d{1,3})?\s*(?:\+|(?:-|–|to|tot)\s*(\d{1,3})?)?")
STATUS = {"EventCancelled": "closed", "EventPostponed": "paused"}


def activity_of(event: Found, form: str, notes: Notes) -> tuple[Activity, Organiser | None]:
    """One event as an activity, and who organises it.

    Parameters
    ----------
    event : dict
        With `@type` and `@id` (older spellings made equal before).
    form : str
        The format, as the beginning of the id and in the source.
    notes : Notes
        Gets everything that was left out or guessed.
    """
    if not (name := name_of(event.get("name"))):
        raise Refused(NAMELESS)
    organiser = organiser_of(event.get("organizer"), form, notes)
    terms, said = our_terms(form, concepts_of(event), notes)
    told_id = event.get("@id") or event.get("identifier") or event.get("url") or event.get("name")
    fields = {
        "id": id_of(form, told_id),
        "name": name,
        "summary": summary_of(event.get("description"), notes),
        "terms": terms,
        "organiser": organiser.id if organiser else None,
        "place": place_of(event, notes),
        "schedule": schedule_of(event, notes),
        "price": price_of(event, notes),
        "audience": audience_of(event, notes),
        "languages": languages_of(event.get("inLanguage")),
        "access": access_of(event, notes),
        "places": places_of(event),
        "status": STATUS.get(word_of(event.get("eventStatus")), "open"),
        "source": filled(
            {
                "format": in_a_source(form),
                "id": without_reach(told_id)[:500],
                "licence": name_of(event.get("license")),
                "as_of": day_of_moment(event.get("modified") or event.get("dateModified")),
                "said": said,
            }
        ),
    }
    return Activity.model_validate({"terms": [], **filled(fields)}), organiser


def word_of(told: Any) -> str:
    """The last part of an address, such as FemaleOnly."""
    return re.split("[/#:]", str(told or "").rstrip("/"))[-1]


def kinds_of(part: Found) -> list[str]:
    """The types that a part of a feed gives itself."""
    told = part.get("@type")
    return [word_of(kind) for kind in (told if isinstance(told, list) else [told])]


def concepts_of(event: Found) -> Iterator[Concept]:
    """What one does there: OpenActive's concepts, or the keywords of a web page."""
    for field in ("activity", "keywords"):
        told = event.get(field)
        parts = told.split(",") if isinstance(told, str) else told if isinstance(told, list) else [told]
        for one in parts:
            if isinstance(one, dict):
                yield one.get("@id") or None, name_of(one.get("prefLabel") or one.get("name"))
            elif isinstance(one, str) and one.strip():
                yield None, one.strip()


def organiser_of(told: Any, form: str, notes: Notes) -> Organiser | None:
    """The organisation with its telephone, mail and page; a person is not kept."""
    told = told[0] if isinstance(told, list) and told else told
    if not isinstance(told, dict) or not (name := name_of(told.get("name"))):
        return None
    if "Person" in kinds_of(told):
        notes.add("organizer", "is a person; not kept", "personal")
        return None
    if not any(kinds_of(told)):
        notes.add("organizer", "does not say whether it is an organisation or a person; not kept", "personal")
        return None
    return organisation(id_of(form, told.get("@id") or name), name, told, notes)


def place_of(event: Found, notes: Notes) -> Found | None:
    """Where it is; a name that is a pair of numbers is no name."""
    told = event.get("location")
    told = told[0] if isinstance(told, list) and told else told
    told = told if isinstance(told, dict) else {}
    online = word_of(event.get("eventAttendanceMode")) == "OnlineEventAttendanceMode"
    address = told.get("address")
    address = address if isinstance(address, dict) else {"streetAddress": address}
    name = name_of(told.get("name"))
    country = str(address.get("addressCountry") or "").upper()
    postcode = name_of(address.get("postalCode"))
    place = {
        "name": None if name and re.fullmatch(r"-?[\d.]+,\s*-?[\d.]+", name) else name,
        "street": name_of(address.get("streetAddress")),
        "city": name_of(address.get("addressLocality")),
        "country": country if re.fullmatch(r"[A-Z]{2}", country) else None,
        **postcode_of(postcode, country, notes),
        **point_of(told.get("geo"), notes),
        "online": online or "VirtualLocation" in kinds_of(told) or None,
    }
    return filled(place) or None


def postcode_of(told: str | None, country: str, notes: Notes) -> Found:
    """The postcode; one that is not Dutch says nothing without a country."""
    if told is None:
        return {}
    code = re.sub(r"\s+", " ", told.upper())
    if re.fullmatch(r"[1-9]\d{3}( ?[A-Z]{2})?", code) and country in ("", "NL"):
        return {"postcode": code}
    if country in ("", "NL") or len(code) > 10:
        notes.add("location.address", f"has the postcode {code[:12]!r}, which is not Dutch; left out")
        return {}
    return {"postcode": code}


def price_of(event: Found, notes: Notes) -> list[Found]:
    """What it costs a time; of several offers the dearest, since the others may ask for something nobody can check.

    Free beside one that cannot be read is not free: then nobody knows what it costs.
    """
    euro: list[float] = []
    offers = parts_of(event, "offers", notes)
    for number, one in enumerate(offers):
        amount = number_in(one.get("price"), 0, MOST_EURO)
        currency = str(one.get("priceCurrency") or "EUR")[:3]
        if amount is None or (amount and currency != "EUR"):
            said = "no price in numbers" if amount is None else f"a price in {currency}"
            notes.add(f"offers.{number}", f"has {said}; ask what it costs")
        else:
            euro.append(amount)
    if not euro and event.get("isAccessibleForFree") is True and not event.get("offers"):
        return [{"euro": 0.0, "per": "time"}]
    if len(euro) < len(offers) and not any(euro):
        return []
    if len(set(euro)) > 1:
        notes.add("offers", "has several prices; the highest is kept, ask who pays less", "guessed")
    return [{"euro": max(euro), "per": "time"}] if euro else []


def audience_of(event: Found, notes: Notes) -> Found:
    """Ages as a rule (`ageRestriction`) or as advice (`ageRange`), and women or men only."""
    first, last = ages_of(event.get("ageRestriction"), "ageRestriction", notes)
    advised = ages_of(event.get("ageRange") or event.get("typicalAgeRange"), "ageRange", notes)
    told = word_of(event.get("genderRestriction"))
    only = ONLY.get(told)
    if told and only is None and told not in ("NoRestriction", "mixed", "none"):
        notes.add("genderRestriction", f"says {told[:40]!r}; ask for whom it is")
    return filled(
        {
            "min_age": first,
            "max_age": last,
            "advised_age": filled(dict(zip(("from", "to"), advised, strict=True))),
            "only": only,
        }
    )


def ages_of(told: Any, field: str, notes: Notes) -> tuple[int | None, int | None]:
    """The lowest and highest age in `{minValue, maxValue}` or in `18`, `18+`, `18-65`."""
    if told in (None, ""):
        return None, None
    if isinstance(told, dict):
        bounds = [told.get("minValue"), told.get("maxValue")]
    else:
        parts = AGES.fullmatch(str(told).strip())
        bounds = list(parts.groups()) if parts else ["?", None]
    first, last = (whole_in(age, OLDEST) for age in bounds)
    unread = [age for age, read in zip(bounds, (first, last), strict=True) if age is not None and read is None]
    if unread or (first is not None and last is not None and last < first):
        notes.add(field, "is no range of ages; ask for whom it is")
        return None, None
    return first, last


def languages_of(told: Any) -> list[str]:
    """Codes of languages; anything else is left to ask."""
    parts = told if isinstance(told, list) else [told]
    codes = (language_of(one.get("alternateName") if isinstance(one, dict) else one) for one in parts)
    return list(dict.fromkeys(code for code in codes if code))


def access_of(event: Found, notes: Notes) -> dict[str, bool]:
    """Provisions among the amenities of the place; whom it supports names an impairment and no provision."""
    if event.get("accessibilitySupport"):
        notes.add("accessibilitySupport", "names for whom there is support, and not what there is; ask about the place")
    location = event.get("location")
    told = location.get("amenityFeature") if isinstance(location, dict) else None
    found: dict[str, bool] = {}
    for one in told if isinstance(told, list) else []:
        name = PROVISIONS.get(str(one.get("name")).strip().lower()) if isinstance(one, dict) else None
        if name and isinstance(one.get("value"), bool):
            found[name] = one["value"]
    return found


def places_of(event: Found) -> Found:
    """Places in all and free, on the day on which the event was changed last."""
    as_of = day_of_moment(event.get("modified") or event.get("dateModified"))
    return counted_places(event.get("maximumAttendeeCapacity"), event.get("remainingAttendeeCapacity"), as_of)
