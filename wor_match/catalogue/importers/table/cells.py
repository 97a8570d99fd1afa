"""What may stand in the cell of a table of activities, and how a value is written there; each pair reads and writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from wor_match.catalogue.importers.item import Found
from wor_match.domain.shorthand import day_in, parts_of
from wor_match.errors import CatalogueError

Read = Callable[[str], Any]
Write = Callable[[Any], str | None]

DIMENSIONS = {
    "lichaam": "bodily_functions",
    "mentaal": "mental_wellbeing",
    "zin": "meaningfulness",
    "kwaliteit": "quality_of_life",
    "meedoen": "participation",
    "dagelijks": "daily_functioning",
}
LANGUAGES = {
    "nederlands": "nl",
    "engels": "en",
    "turks": "tr",
    "arabisch": "ar",
    "pools": "pl",
    "spaans": "es",
    "frans": "fr",
    "duits": "de",
    "oekraïens": "uk",
    "papiaments": "pap",
}


def as_it_is(cell: str) -> str:
    """The cell as it is."""
    return cell.strip()


def as_text(value: Any) -> str:
    """A value in its own words."""
    return str(value)


def whole(cell: str) -> int:
    """A whole number."""
    told = cell.strip()  # more than `int` takes off by itself
    if not re.fullmatch(r"\d{1,6}", told, re.ASCII):
        raise CatalogueError(f"{cell[:40]!r} is no whole number; write it as 12", code="no-number")
    return int(told)


def degrees(most: int) -> Read:
    """Reads degrees, with a comma or a point."""

    def read(cell: str) -> float:
        told = re.fullmatch(r"-?\d{1,3}([.,]\d{1,15})?", cell.strip(), re.ASCII)
        found = float(told[0].replace(",", ".")) if told else most + 1.0
        if abs(found) > most:
            raise CatalogueError(
                f"{cell[:40]!r} is no number of degrees up to {most}; write it as 52,0301", code="no-number"
            )
        return found

    return read


def degrees_as_text(value: float) -> str:
    """Degrees with a comma."""
    return f"{value:.7f}".rstrip("0").rstrip(".").replace(".", ",")


def one_of(words: Mapping[str, Any]) -> tuple[Read, Write]:
    """Reads one of these words, and writes it."""

    def read(cell: str) -> Any:
        told = " ".join(cell.lower().split())
        if told not in words:
            raise CatalogueError(f"{cell.strip()[:40]!r} is none of: {', '.join(words)}", code="unknown-name")
        return words[told]

    def write(value: Any) -> str | None:
        return next((word for word, code in words.items() if code == value), None)

    return read, write


def some_of(words: Mapping[str, Any]) -> tuple[Read, Write]:
    """Reads several of these words behind semicolons or commas, and writes them."""
    read_one, write_one = one_of(words)

    def write(values: Any) -> str | None:
        told = [write_one(value) for value in values]
        return None if None in told else "; ".join(str(word) for word in told)

    return lambda cell: [read_one(part) for part in words_of(cell)], write


def words_of(cell: str) -> list[str]:
    """The parts of a cell, behind semicolons or commas."""
    return [part.strip() for part in re.split(r"[;,\n]", cell) if part.strip()]


def side_by_side(values: Any) -> str:
    """Words behind semicolons."""
    return "; ".join(values)


def languages(cell: str) -> list[str]:
    """Codes of languages, from codes or Dutch names."""
    return [LANGUAGES.get(part.lower(), part.lower()) for part in words_of(cell)]


def strengths(cell: str) -> dict[str, int]:
    """How much it serves each dimension: `meedoen 3; mentaal 1`."""
    found = {}
    for part in parts_of(cell):
        told = re.fullmatch(r"([a-z]+) ([0-3])", part)
        if not told or told[1] not in DIMENSIONS:
            raise CatalogueError(
                f"{part[:40]!r} is no dimension with 0 to 3; write it as meedoen 3; mentaal 1", code="unknown-name"
            )
        found[DIMENSIONS[told[1]]] = int(told[2])
    return found


def strengths_as_text(value: Mapping[str, int]) -> str:
    """Dimensions with their strengths."""
    return "; ".join(f"{word} {value[name]}" for word, name in DIMENSIONS.items() if name in value)


def shut(cell: str) -> Found:
    """Days and stretches on which nothing happens: `24-12-2026; 21-12-2026 t/m 3-1-2027`."""
    found: Found = {}
    for part in parts_of(cell):
        first, through, last = part.partition(" t/m ")
        if through:
            found.setdefault("closed", []).append({"from": day_in(first), "to": day_in(last)})
        else:
            found.setdefault("cancelled", []).append(day_in(first))
    return found
