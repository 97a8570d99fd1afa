"""What HSDS tells in sentences: kept for the coach below the summary, each line with a label and "volgens de bron"."""

from __future__ import annotations

from typing import Any

from wor_match.catalogue.importers.gathering import Notes
from wor_match.catalogue.importers.item import LONGEST_SUMMARY, Found, parts_of, plain, summary_of

LABELS = {  # sentences that are kept for the coach, and what stands before them
    "alert": "Let op",
    "eligibility_description": "Voor wie",
    "fees_description": "Kosten",
    "fees": "Kosten",
    "wait_time": "Wachttijd",
    "application_process": "Aanmelden",
    "interpretation_services": "Tolk",
}
ACCESS = {  # a sentence on access in exactly these words, with ja or nee behind it, is a provision
    "Rolstoeltoegankelijk": "wheelchair",
    "Weinig treden": "few_steps",
    "Toilet": "toilet",
    "Ringleiding": "hearing_loop",
    "Rustige ruimte": "quiet",
    "Voorziening voor slechtzienden": "low_vision",
    "Zitplaats voor een pauze": "seat_breaks",
}
LONGEST_LINE = 400


def access_of(location: Found, notes: Notes) -> tuple[dict[str, bool], list[str]]:
    """Provisions that stand there in our words, and all other sentences."""
    found: dict[str, bool] = {}
    sentences: list[str] = []
    for one in parts_of(location, "accessibility", notes):
        told = [one[field] for field in ("description", "details") if isinstance(one.get(field), str)]
        name, _, answer = told[0].partition(": ") if len(told) == 1 else ("", "", "")
        if name in ACCESS and answer in ("ja", "nee"):
            found[ACCESS[name]] = answer == "ja"
        else:
            sentences += told
    return found, sentences


def summary_with(service: Found, times: list[str], access: list[str], notes: Notes) -> str:
    """The description, and below it a line for each thing that only stands in words."""
    told: list[tuple[str, list[Any]]] = [(label, [service.get(field)]) for field, label in LABELS.items()]
    told += [("Tijden", list(times)), ("Toegankelijkheid", list(access))]
    lines: list[str] = []
    for label, parts in told:
        words = " ".join(" ".join(plain(part) for part in parts if isinstance(part, str)).split())
        line = f"{label}, volgens de bron: {words[:LONGEST_LINE]}"
        lines += [line] if words and line not in lines else []
    below = summary_of("\n".join(lines), notes)
    room = max(LONGEST_SUMMARY - len(below) - 1, 0)
    return "\n".join(part for part in (summary_of(service.get("description"), notes)[:room].strip(), below) if part)
