"""A catalogue as the YAML that the reader reads back to the same catalogue."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Catalogue

PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/-]*[A-Za-z0-9.]|[A-Za-z0-9]")
WIDTH = 110


def as_yaml(catalogue: Catalogue) -> str:
    """The catalogue as text; what is unknown is left out.

    Examples
    --------
    >>> print(as_yaml(Catalogue(id="leeg", name="Leeg")), end="")
    format: wor-match-catalogue/1
    id: leeg
    name: Leeg
    activities: []
    """
    told = catalogue.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"activities"})
    told = {"format": catalogue.format, **told}
    return "\n".join(block(told, 0)) + "\n" + activities_as_yaml(catalogue.activities, catalogue.school_holidays)


def activities_as_yaml(activities: Iterable[Activity], region: str | None = None) -> str:
    """The activities as text, also for a file of a folder whose head stands elsewhere.

    Parameters
    ----------
    activities : iterable of Activity
    region : str, optional
        Of the school holidays, as the head of the catalogue tells it.
    """
    dumped = (one.model_dump(mode="json", by_alias=True, exclude_defaults=True) for one in activities)
    return "\n".join(block({"activities": [without_region(one, region) for one in dumped]}, 0)) + "\n"


def without_region(activity: dict[str, Any], region: str | None) -> dict[str, Any]:
    """The activity without the region of its school holidays, where the head of the catalogue tells the same."""
    schedule = activity.get("schedule", {})
    if region and schedule.get("pauses") and schedule.get("region") == region:
        del schedule["region"]
    return activity


def block(told: dict[str, Any], indent: int) -> Iterator[str]:
    """A mapping, one field a line; what fits on the line stays on it."""
    space = " " * indent
    for name, value in told.items():
        line = f"{space}{name}: {flow(value)}"
        if len(line) <= WIDTH and not (isinstance(value, list) and indent == 0 and value):
            yield line
        elif isinstance(value, dict):
            yield f"{space}{name}:"
            yield from block(value, indent + 2)
        elif isinstance(value, list):
            yield f"{space}{name}:"
            yield from (line for part in value for line in item(part, indent + 2))
        else:
            yield line


def item(part: Any, indent: int) -> Iterator[str]:
    """One part of a list."""
    space = " " * indent
    if len(flow(part)) + indent + 2 <= WIDTH or not isinstance(part, dict):
        yield f"{space}- {flow(part)}"
        return
    lines = list(block(part, indent + 2))
    yield f"{space}- {lines[0].lstrip()}"
    yield from lines[1:]


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {flow(part)}" for name, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(part) for part in value) + "]"
    if value is None or isinstance(value, bool):
        return {True: "yes", False: "no", None: "unknown"}[value]
    if isinstance(value, float):
        return f"{value:.9f}".rstrip("0").rstrip(".")
    text = str(value)
    return text if PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
