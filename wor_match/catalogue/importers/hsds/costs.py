"""What a service of HSDS costs: amounts in euro, with a period in plain words; what has a condition is left to ask."""

from __future__ import annotations

import re
from typing import Any

from wor_match.catalogue.importers.gathering import Notes
from wor_match.catalogue.importers.item import MOST_EURO, Found, number_in, parts_of

PERIODS = {
    "time": r"session|visit|time|class|lesson|meeting|keer|sessie|bezoek|les|bijeenkomst",
    "month": r"month|maand",
    "quarter": r"quarter|kwartaal",
    "year": r"year|jaar",
}
EACH = r"(per|a|each|every|elke|iedere?)( \d{1,2} (hour|minute|uur|minuten))? "
ONCE = ("once", "in total", "eenmalig")
PASS = re.compile(r"met pas ([a-z0-9][a-z0-9-]{0,39})")  # so that what we write ourselves comes back
MOST_PRICES = 20


def price_of(service: Found, notes: Notes) -> list[Found]:
    """The rows of which amount, period and condition are sure."""
    prices: list[Found] = []
    for number, one in enumerate(parts_of(service, "cost_options", notes)):
        path = f"cost_options.{number}"
        amount = number_in(one.get("amount"), 0, MOST_EURO)
        told = [tidy(one.get(field)) for field in ("option", "amount_description")]
        card = PASS.fullmatch(told[0])
        periods = [period_of(words) for words in (told[1:] if card else told) if words] or ["time"]
        if one.get("valid_to"):
            notes.add(
                path, f"holds until {str(one['valid_to'])[:10]} by its own word; ask whether it still does", "stale"
            )
        if amount is None or (amount and tidy(one.get("currency")) != "eur"):
            notes.add(path, "is no price in euro; ask what it costs")
        elif len(set(periods)) > 1 or periods[0] is None:
            notes.add(path, f"is for {' '.join(told).strip()[:60]!r}; ask what it costs, and for whom")
        else:
            prices.append({"euro": amount, "per": periods[0], **({"with": card[1]} if card else {})})
    if len(prices) > MOST_PRICES:
        notes.add("cost_options", f"has {len(prices)} prices; {MOST_PRICES} are kept")
    return prices[:MOST_PRICES]


def tidy(told: Any) -> str:
    """The words in small letters with single spaces."""
    return " ".join(str(told).lower().split()) if isinstance(told, str) else ""


def period_of(words: str) -> str | None:
    """What the amount is paid for; None when the words say anything more than that."""
    if words in ONCE:
        return "once"
    return next((per for per, nouns in PERIODS.items() if re.fullmatch(f"{EACH}({nouns})", words)), None)
