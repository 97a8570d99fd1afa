"""Prices and days as people write them in one line: in a cell of a sheet, or after a telephone call.

`3,50 per keer; 0 per keer met stadspas` · `3-11-2026`. What is read here is written here: both directions stand side by
side. Times stand in `timewords`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from wor_match.domain.money import Price
from wor_match.errors import CatalogueError

Found = dict[str, Any]
MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
PER = {"time": "per keer", "month": "per maand", "quarter": "per kwartaal", "year": "per jaar", "once": "eenmalig"}

ISO_DAY, DUTCH_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
WORDED_DAY = re.compile(r"(\d{1,2}) ([a-z]{3,9})\.? (\d{4})")
DAY_FORMS = rf"{ISO_DAY.pattern}|{DUTCH_DAY.pattern}|{WORDED_DAY.pattern}"
PRICE = re.compile(
    r"(?:gratis|niets|geen kosten|(?:€|eur|euro)? ?(?P<euro>\d{1,6})(?:[,.](?P<cent>\d{1,2}|-))?(?: ?(?:€|eur|euro))?)"
    rf"(?: (?P<per>{'|'.join(PER.values())}))?(?: met (?P<with>[a-z0-9][a-z0-9-]{{0,39}}))?"
    r"(?:,? incl(?:\.|usief)? (?P<includes>.{1,120}))?"
)


def day_in(text: str) -> date:
    """A day from `2026-11-03`, `3-11-2026` or `3 november 2026`.

    Raises
    ------
    CatalogueError
        When it is no day of the calendar.

    Examples
    --------
    >>> day_in("3-11-2026")
    datetime.date(2026, 11, 3)
    """
    told = text.strip().lower()
    iso, dutch, worded = (form.fullmatch(told) for form in (ISO_DAY, DUTCH_DAY, WORDED_DAY))
    year, month, day = 0, 0, 0
    if iso:
        year, month, day = int(iso[1]), int(iso[2]), int(iso[3])
    elif dutch:
        year, month, day = int(dutch[3]), int(dutch[2]), int(dutch[1])
    elif worded and (name := worded[2][:3].replace("mrt", "maa")) in MONTHS:
        year, month, day = int(worded[3]), MONTHS.index(name) + 1, int(worded[1])
    if not (1 <= month <= 12 and year >= 1 and 1 <= day <= monthrange(year, month)[1]):
        raise CatalogueError(f"{text.strip()[:40]!r} is no day; write it as 3-11-2026", code="no-day")
    return date(year, month, day)


def day_as_text(on: date) -> str:
    """A day as one writes it."""
    return f"{on.day}-{on.month}-{on.year}"


def parts_of(text: str) -> Iterator[str]:
    """The parts of a line, in small letters."""
    for part in re.split(r"[;\n]", text):
        if told := " ".join(part.lower().split()):
            yield told


def prices_in(text: str) -> list[Found]:
    """The rows of a price list from one line.

    Raises
    ------
    CatalogueError
        Naming the part that cannot be read.

    Examples
    --------
    >>> prices_in("€ 3,50 per keer; 12 per maand met stadspas")
    [{'euro': 3.5, 'per': 'time'}, {'euro': 12.0, 'per': 'month', 'with': 'stadspas'}]
    """
    return [price_in(part) for part in parts_of(text)]


def price_in(part: str) -> Found:
    """One row of a price list; every word of it is read."""
    told = PRICE.fullmatch(part)
    if not told:
        raise CatalogueError(f"{part[:60]!r} is no price; write it as 3,50 per keer met stadspas", code="no-price")
    per = next((unit for unit, words in PER.items() if words == told["per"]), "time")
    row: Found = {"euro": euro_of(told) if told["euro"] else 0.0, "per": per}
    row |= {"with": told["with"]} if told["with"] else {}
    return row | ({"includes": told["includes"].strip()} if told["includes"] else {})


def euro_of(amount: re.Match[str]) -> float:
    """Euro from `3`, `3,5`, `3,50` or `3,-`."""
    return float(f"{amount['euro']}.{(amount['cent'] or '0').replace('-', '0')}")


def amount_as_text(row: Price) -> str:
    """Euro and what they are for; nothing a time is free."""
    if row.euro == 0 and row.per == "time":
        return "gratis"
    return f"{row.euro:.2f} {PER[row.per]}".replace(".", ",").replace(",00", "")


def prices_as_text(prices: Iterable[Price]) -> str:
    """A price list in one line."""
    return "; ".join(
        amount_as_text(row)
        + (f" met {row.with_}" if row.with_ else "")
        + (f" incl. {row.includes}" if row.includes else "")
        for row in prices
    )
