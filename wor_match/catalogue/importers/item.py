"""The values of one item as all importers read them: ids, names, numbers, points; what is personal is dropped."""

from __future__ import annotations

import hashlib
import html
import re
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from wor_match.catalogue.formats import in_a_source
from wor_match.catalogue.importers.gathering import Notes, Refused
from wor_match.catalogue.importers.reach import REACHES_SOMEBODY, without_reach
from wor_match.domain.finding import plain_words
from wor_match.domain.terms import taxonomy
from wor_match.domain.text import FIRST_YEAR, ID, LAST_YEAR, visible

Found = dict[str, Any]
OURS = "urn:wor-match:"  # before an id of ours that went out, so that it comes back as it was
LONGEST_ID, LONGEST_SUMMARY, MOST_PLACES = 64, 4_000, 100_000
LONGEST_READ = 20_000  # characters of a text that are looked at
OLDEST, MOST_EURO = 120, 100_000
TAG = re.compile(r"<[^<>]*+>")
NAMELESS = "has no name; an activity without a name helps nobody"
MILLISECONDS = 10**11  # moments above this are counted in milliseconds, below in seconds


def id_of(form: str, told: Any) -> str:
    """An id of ours from theirs, with the format before it; what does not fit is told apart by a digest.

    An id that we gave out ourselves (`urn:wor-match:koor`) comes back as it was.
    """
    own = re.fullmatch(f"{OURS}({ID})", told) if isinstance(told, str) else None
    if own:
        return own[1]
    last = str(told if told is not None else "").rstrip("/").rsplit("/", 1)[-1]
    if not last:
        raise Refused("has no id; an item without it cannot be followed")
    longest = LONGEST_ID - len(form) - len("--12345678")
    fits = re.sub(r"[^a-z0-9._-]+", "-", without_reach(last).lower())[:longest].strip("-") or "x"
    mark = "" if fits == last else "-" + hashlib.sha256(str(told).encode("utf-8", "replace")).hexdigest()[:8]
    return f"{in_a_source(form)}-{fits}{mark}"


def slug_of(*names: str) -> str:
    """An id from names, for a source without ids: their words in small letters, unlike any word of the taxonomy."""
    told = "-".join(word for name in names for word in plain_words(name))[:LONGEST_ID].strip("-")
    if not told:
        return f"x-{hashlib.sha256(' '.join(names).encode()).hexdigest()[:8]}"
    return f"{told}-1" if told in words_of_terms() else told


@cache
def words_of_terms() -> frozenset[str]:
    """The words of the taxonomy."""
    return frozenset(taxonomy().words)


def name_of(told: Any) -> str | None:
    """A name of at most 120 characters on one line; None when there is none."""
    if not isinstance(told, str | int | float):
        return None
    return " ".join(without_reach(plain(told)).split())[:120].strip() or None


def plain(told: Any) -> str:
    """A text without tags, entities, and characters that hide or turn it around."""
    return visible(html.unescape(TAG.sub(" ", str(told)[:LONGEST_READ]))).strip()


def summary_of(told: Any, notes: Notes) -> str:
    """The description, without telephone numbers and mail addresses: in free text they may be a person's."""
    if not isinstance(told, str):
        return ""
    text = re.sub(r"[ \t]+", " ", plain(told))[:LONGEST_SUMMARY]
    kept, taken = REACHES_SOMEBODY.subn("", text)
    if taken:
        notes.add("description", "holds a telephone number or a mail address; in free text it is not kept", "personal")
    return kept.strip()


def parts_of(item: Found, field: str, notes: Notes) -> list[Found]:
    """The objects in a list; anything else is noted."""
    told = item.get(field)
    listed = told if isinstance(told, list) else [] if told is None else [told]
    if wrong := sum(not isinstance(one, dict) for one in listed):
        notes.add(field, "holds a part that is no object" if wrong == 1 else f"holds {wrong} parts that are no objects")
    return [one for one in listed if isinstance(one, dict)]


def number_in(told: Any, least: float, most: float) -> float | None:
    """A number in a range, also as text; None when it is none."""
    if isinstance(told, str) and re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", told.strip()):
        told = float(told)
    sound = isinstance(told, int | float) and not isinstance(told, bool) and least <= told <= most
    return float(told) if sound else None


def whole_in(told: Any, most: int) -> int | None:
    """A whole number from 0; None when it is none."""
    found = number_in(told, 0, most)
    return int(found) if found is not None and found == int(found) else None


def language_of(told: Any) -> str | None:
    """The code in `nl`, `nl-NL` or `tzm`; None when it is no code."""
    code = re.fullmatch(r"([a-z]{2,3})([-_][a-z0-9_-]{1,20})?", str(told or "").strip().lower())
    return code[1] if code else None


def counted_places(total: Any, free: Any, as_of: date | None) -> Found:
    """Places in all and free; free ones say nothing without the day on which that was so."""
    told = {"total": whole_in(total, MOST_PLACES), "free": whole_in(free, MOST_PLACES) if as_of else None}
    known = {name: n for name, n in told.items() if n is not None}
    return {**known, "as_of": as_of} if "free" in known else known


def point_of(told: Any, notes: Notes) -> Found:
    """Latitude and longitude, or nothing and a note."""
    if not isinstance(told, dict) or told.get("latitude") is None:
        return {}
    latitude, longitude = number_in(told.get("latitude"), -90, 90), number_in(told.get("longitude"), -180, 180)
    if latitude is None or longitude is None:
        notes.add("location.geo", "is no point on the earth")
        return {}
    return {"latitude": latitude, "longitude": longitude}


def day_of_moment(told: Any) -> date | None:
    """The day of a moment: as text, or in seconds or milliseconds since 1970; None when it is none."""
    try:
        if isinstance(told, int | float) and not isinstance(told, bool):
            on = datetime.fromtimestamp(told / 1000 if told > MILLISECONDS else told, UTC).date()
        else:
            on = date.fromisoformat(str(told)[:10])
    except (ValueError, OverflowError, OSError):
        return None
    return on if FIRST_YEAR < on.year <= LAST_YEAR else None


def filled(fields: Found) -> Found:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {}, ())}
