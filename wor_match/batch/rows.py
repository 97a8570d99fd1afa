"""What stands in a row of advice, and which columns it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wor_match.suggestion import Suggestion

MOST_REASONS = 3
ADVICE_COLUMNS: dict[str, type] = {
    "person": str,
    "rank": int,
    "activity": str,
    "score": float,
    "worth": float,
    "chance": float,
    "low": float,
    "high": float,
    "propensity": float,
    "explored": bool,
    "reason_1": str,
    "points_1": float,
    "reason_2": str,
    "points_2": float,
    "reason_3": str,
    "points_3": float,
    "n_possible": int,
    "problem": str,
}
Row = dict[str, Any]
NOTHING: Row = dict.fromkeys(ADVICE_COLUMNS)
JSON_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}
ADVICE_SCHEMA: dict[str, Any] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "title": "A row of advice of wor_match",
    "type": "object",
    "properties": {name: {"type": [JSON_TYPES[kind], "null"]} for name, kind in ADVICE_COLUMNS.items()},
    "required": list(ADVICE_COLUMNS),
    "additionalProperties": False,
}


def rows_of(person: str, suggestions: Sequence[Suggestion], n_possible: int) -> Iterator[Row]:
    """A row for each suggestion, the reasons being those that are said; a row without activity when there is none."""
    if not suggestions:
        yield {**NOTHING, "person": person, "n_possible": n_possible}
    for rank, one in enumerate(suggestions, 1):
        row = {**NOTHING, "person": person, "rank": rank, "activity": one.activity.id, "n_possible": n_possible}
        row.update(score=one.score, worth=one.worth, chance=one.chance)
        row.update(propensity=one.propensity, explored=one.explored)
        row["low"], row["high"] = one.interval
        for number, reason in enumerate(one.spoken[:MOST_REASONS], 1):
            row[f"reason_{number}"], row[f"points_{number}"] = reason.name, reason.points
        yield row


def troubled(person: str | None, problem: str) -> Row:
    """The row of somebody whose answers cannot be read."""
    return {**NOTHING, "person": person, "problem": problem}
