"""What stands in a row of advice, and which columns it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np

from wor_match.choosing import LITTLE_WORTH, Slot
from wor_match.picks import Picks
from wor_match.question import Question
from wor_match.reasons import SPOKEN_POINTS, in_order, spoken

MOST_REASONS = 3
NONE = np.zeros(0, dtype=np.int64)  # no rows
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


def rows_of(questions: Sequence[Question], filled: Sequence[Sequence[Slot]]) -> Iterator[list[Row]]:
    """The rows of each person: one for each slot, with the reasons that are said, or one when there is no slot."""
    if not questions:
        return
    rows = [
        one.possible[[slot.row for slot in slots]] if slots else NONE
        for one, slots in zip(questions, filled, strict=True)
    ]
    picks = Picks.of(
        questions[0].known, [(of, one.worth, one.strengths) for of, one in zip(rows, questions, strict=True)]
    )
    told = zip(picks.points().tolist(), picks.intervals(), strict=True)
    for question, slots, of in zip(questions, filled, rows, strict=True):
        who = {**NOTHING, "person": question.asked.person.id, "n_possible": len(question.possible)}
        shown = enumerate(zip(slots, of.tolist(), islice(told, len(slots)), strict=True), 1)
        yield [{**who, "rank": rank, **row_of(question, *one)} for rank, one in shown] or [who]


def row_of(question: Question, slot: Slot, row: int, worked_out: tuple[Sequence[float], tuple[float, float]]) -> Row:
    """The row of what stands in one slot, from its points and the ends of its interval; without who asked."""
    points, (low, high) = worked_out
    worth, chance = float(question.worth.value[row]), float(question.chance[slot.row])
    told: Row = {
        "activity": question.columns.activities[row].id,
        "score": worth * chance,
        "worth": worth,
        "chance": chance,
        "low": low,
        "high": high,
        "propensity": slot.propensity,
        "explored": slot.explored,
    }
    said = spoken(in_order(question.told(row, points, SPOKEN_POINTS)), cautious=worth >= LITTLE_WORTH)
    for number, reason in enumerate(islice(said, MOST_REASONS), 1):
        told[f"reason_{number}"], told[f"points_{number}"] = reason.name, reason.points
    return told


def troubled(person: str | None, problem: str) -> Row:
    """The row of somebody whose answers cannot be read."""
    return {**NOTHING, "person": person, "problem": problem}
