"""What stands in a row of advice, and which columns it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from wor_match.choosing import LITTLE_WORTH, Slot
from wor_match.question import Question
from wor_match.reasons import SPOKEN_POINTS, in_order, spoken

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


def rows_of(question: Question, slots: Sequence[Slot]) -> Iterator[Row]:
    """A row for what stands in each slot, the reasons being those that are said; one without activity for no slot."""
    who = {**NOTHING, "person": question.asked.person.id, "n_possible": len(question.possible)}
    rows = question.possible[[slot.row for slot in slots]] if slots else question.possible[:0]
    drawn = zip(slots, rows.tolist(), question.points(rows).tolist(), question.intervals(rows), strict=True)
    for rank, (slot, row, points, (low, high)) in enumerate(drawn, 1):
        worth, chance = float(question.worth.value[row]), float(question.chance[slot.row])
        figures = {"score": worth * chance, "worth": worth, "chance": chance, "low": low, "high": high}
        lot = {"propensity": slot.propensity, "explored": slot.explored}
        worth_saying = in_order(question.told(row, points, SPOKEN_POINTS))
        said = spoken(worth_saying, cautious=worth >= LITTLE_WORTH)
        told = {"rank": rank, "activity": question.columns.activities[row].id, **figures, **lot}
        for number, reason in enumerate(islice(said, MOST_REASONS), 1):
            told[f"reason_{number}"], told[f"points_{number}"] = reason.name, reason.points
        yield {**who, **told}
    if not slots:
        yield who


def troubled(person: str | None, problem: str) -> Row:
    """The row of somebody whose answers cannot be read."""
    return {**NOTHING, "person": person, "problem": problem}
