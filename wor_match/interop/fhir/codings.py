"""Lists, codes and words as FHIR writes them, read from whoever: bounded, and with a note of what is left out."""

from __future__ import annotations

from typing import Any

from wor_match.catalogue.importers.gathering import Notes
from wor_match.catalogue.importers.item import OURS, Found, parts_of

MOST_PARTS = {"availableTime": 50, "notAvailable": 500}
MOST = 100  # parts of another list


def few(owner: Found, field: str, notes: Notes) -> list[Found]:
    """The objects in a list, as many as are looked at."""
    found, most = parts_of(owner, field, notes), MOST_PARTS.get(field, MOST)
    if len(found) > most:
        notes.add(field, f"has {len(found)} parts; {most} are read")
    return found[:most]


def codings_of(told: Any, notes: Notes) -> tuple[list[Found], str | None]:
    """The codings of a CodeableConcept, and how it is said."""
    one = told if isinstance(told, dict) else {}
    codings = few(one, "coding", notes)
    texts = (one.get("text"), *(coding.get("display") for coding in codings))
    return codings, next((text for text in texts if isinstance(text, str) and text), None)


def ours_in(codings: list[Found], vocabulary: str) -> str | None:
    """The code from a list of codes of ours."""
    codes = (one.get("code") for one in codings if one.get("system") == f"{OURS}{vocabulary}")
    return next((code for code in codes if isinstance(code, str)), None)


def object_in(told: Any) -> Found:
    """The object itself; an empty one when it is none."""
    return told if isinstance(told, dict) else {}
