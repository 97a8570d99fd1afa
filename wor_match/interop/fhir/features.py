"""What a HealthcareService is like and for whom: our codes come back, other words are kept for the coach."""

from __future__ import annotations

from typing import Any

from wor_match.catalogue.importers.gathering import Notes
from wor_match.catalogue.importers.item import OLDEST, Found, filled, whole_in
from wor_match.domain.columns import NEEDS, SUPPORTS
from wor_match.domain.terms import taxonomy
from wor_match.interop.fhir.codings import codings_of, few, ours_in
from wor_match.interop.fhir.service import CODED, DUTCH, FOR_WHOM

MOST_ASPECTS = 20
CODES = {"asks": ("good_dutch", "reading", "digital", "vog"), "aspects": taxonomy().aspects, "support": SUPPORTS}


def features_of(service: Found, notes: Notes) -> Found:
    """What its characteristics say in our codes: access, lists of codes, and whether one need not travel."""
    access: dict[str, bool] = {}
    found: dict[str, Any] = {field: [] for field in CODED}
    remote: dict[str, bool] = {}
    for number, one in enumerate(few(service, "characteristic", notes)):
        codings, _ = codings_of(one, notes)
        provision = ours_in(codings, "access") or ""
        where = ours_in(codings, "place")
        listed = [(field, code) for field in CODED if (code := ours_in(codings, field)) in CODES[field]]
        if provision.removeprefix("no-") in NEEDS:
            access[provision.removeprefix("no-")] = not provision.startswith("no-")
        elif where in ("online", "at_home"):
            remote[where] = True
        elif listed:
            found[listed[0][0]] += [listed[0][1]] if listed[0][1] not in found[listed[0][0]] else []
        else:
            notes.add(f"characteristic.{number}", "is none that we know; ask what it means")
    found["aspects"] = found["aspects"][:MOST_ASPECTS]
    return {**found, "access": access, "place": remote}


def audience_of(service: Found, notes: Notes) -> tuple[Found, list[str]]:
    """For whom it is in our codes, and what else is said about that."""
    told: Found = {}
    words = []
    for number, one in enumerate(few(service, "eligibility", notes)):
        codings, text = codings_of(one.get("code"), notes)
        name, value = ours_in(codings, "audience"), one.get("comment")
        if name in FOR_WHOM and (read := read_as(name, value)) is not None:
            told[name] = read
        else:
            notes.add(f"eligibility.{number}", "is none that we know; kept below the summary", "in-words")
            words += [part for part in (text, value) if isinstance(part, str)]
    first, last = told.get("min_age"), told.get("max_age")
    if first is not None and last is not None and last < first:
        notes.add("eligibility", "has a lowest age above the highest; ask for whom it is", "contradiction")
        told = {name: value for name, value in told.items() if name not in ("min_age", "max_age")}
    advised = filled({"from": told.pop("advised_from", None), "to": told.pop("advised_to", None)})
    return {**told, **({"advised_age": advised} if advised else {})}, words


def read_as(name: str, told: Any) -> Any:
    """The value behind one of our codes; None when it is none."""
    if name == "only":
        return told if isinstance(told, str) and told in DUTCH else None
    return (True if told == "yes" else None) if name == "residents_only" else whole_in(told, OLDEST)
