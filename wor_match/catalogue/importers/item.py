"""What all importers do with one item: note what was left out, keep what is sound, and drop what is personal."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from wor_match.catalogue.importers import Imported
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import MOST_ACTIVITIES, Organiser
from wor_match.domain.finding import plain_words
from wor_match.domain.terms import taxonomy
from wor_match.domain.text import FIRST_YEAR, ID, LAST_YEAR, visible
from wor_match.errors import CatalogueError, Problem

Found = dict[str, Any]
OURS = "urn:wor-match:"  # before an id of ours that went out, so that it comes back as it was
LONGEST_ID, LONGEST_SUMMARY, MOST_PLACES = 64, 4_000, 100_000
LONGEST_READ = 20_000  # characters of a text that are looked at
OLDEST, MOST_EURO = 120, 100_000
TAG = re.compile(r"<[^<>]*+>")
MAIL = r"[^\s@<>]{1,64}@[^\s@<>]{1,190}\.[a-z]{2,10}"
A_DATE = r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{4}-\d\d-\d\d"
REACHES_SOMEBODY = re.compile(  # a mail address, or nine digits and more that are no date
    rf"{MAIL}|(?<![\w.,€])(?!{A_DATE})\+?\(?(?:\d[ ()./-]{{0,3}}){{8,14}}\d(?!\w)"
)
IN_A_NAME = re.compile(rf"{MAIL}|(?<![\w.,/#€-])(?:\+\d|0)(?:[ ()./-]{{0,3}}\d){{8,13}}(?!\w)")  # ids hold digits too
NAMELESS = "has no name; an activity without a name helps nobody"
MILLISECONDS = 10**11  # moments above this are counted in milliseconds, below in seconds


class Refused(ValueError):  # noqa: N818 — it ends the reading of one item, it is no error of the library
    """Part of an item cannot be read."""


class Notes:
    """The problems of one item of a feed."""

    def __init__(self, name: str, number: int | str, problems: list[Problem], line: int = 0) -> None:
        self.name, self.number, self.problems, self.line = name, number, problems, line

    def add(self, path: str, sentence: str, code: str = "left-out") -> None:
        """Note a part that was left out or had to be guessed."""
        where = f"{self.number}.{path}" if path else f"{self.number}"
        said = without_reach(sentence)
        problem = Problem(said, code, where, self.name, self.line, int(self.line > 0), severity="warning")
        if problem not in self.problems[-20:]:
            self.problems.append(problem)

    def refuse(self, sentence: str, code: str = "item") -> None:
        """Note that the whole item is left out."""
        self.problems.append(
            Problem(without_reach(sentence), code, f"{self.number}", self.name, self.line, int(self.line > 0))
        )


class Gathering:
    """The activities and organisers of one import, as they come in; of two with one id the first stays."""

    def __init__(self) -> None:
        self.activities: dict[str, Activity] = {}
        self.organisers: dict[str, Organiser] = {}
        self.problems: list[Problem] = []

    @contextmanager
    def item(self, name: str, number: int | str, line: int = 0) -> Iterator[Notes]:
        """One item: what refuses it becomes a problem, and the next has its turn."""
        notes = Notes(name, number, self.problems, line)
        try:
            yield notes
        except (Refused, CatalogueError) as fault:
            notes.refuse(" ".join(str(fault).split())[:600])

    def add(self, activity: Activity, organiser: Organiser | None, notes: Notes) -> None:
        """Keep an activity and who organises it."""
        if activity.id in self.activities:
            notes.refuse("has the id of an earlier item; the earlier one is kept", "duplicate-id")
            return
        if len(self.activities) >= MOST_ACTIVITIES:
            raise Refused(f"is activity {MOST_ACTIVITIES + 1}; at most {MOST_ACTIVITIES} are allowed")
        self.activities[activity.id] = activity
        if organiser:
            self.organisers[organiser.id] = organiser

    def missing(self, name: str, sentence: str) -> None:
        """Note that a source holds nothing of its format, unless something else was told about it."""
        if not any(problem.file == name for problem in self.problems):
            self.problems.append(Problem(sentence, "no-feed", "", name))

    def imported(self) -> Imported:
        """All that was found."""
        return Imported(tuple(self.activities.values()), tuple(self.problems), tuple(self.organisers.values()))


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
    return f"{form.replace('_', '-')}-{fits}{mark}"


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


def without_reach(told: Any) -> str:
    """A short text without telephone numbers and mail addresses: outside their own field they may be a person's."""
    text = str(told)
    return IN_A_NAME.sub("", text) if "@" in text or "0" in text or "+" in text else text


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
