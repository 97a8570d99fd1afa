"""What stands in a row of advice, and which columns it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from wor_match.choosing import Slot
from wor_match.question import Question
from wor_match.suggestion import Suggestion, picked, suggested

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


def rows_of(questions: Sequence[Question], slots: Sequence[Sequence[Slot]]) -> Iterator[list[Row]]:
    """The rows of each person: one for each slot, with the reasons that are said, or one when there is no slot."""
    intervals = iter(picked(questions, slots).intervals()) if questions else iter(())
    for question, ideas in zip(questions, suggested(questions, slots), strict=True):
        who = {**NOTHING, "person": question.asked.person.id, "n_possible": len(question.possible)}
        yield [{**who, "rank": rank, **row_of(one, next(intervals))} for rank, one in enumerate(ideas, 1)] or [who]


def row_of(one: Suggestion, interval: tuple[float, float]) -> Row:
    """The row of one idea, without who asked."""
    low, high = interval
    row: Row = {
        "activity": one.activity.id,
        "score": one.score,
        "worth": one.worth,
        "chance": one.chance,
        "low": low,
        "high": high,
        "propensity": one.propensity,
        "explored": one.explored,
    }
    for number, reason in enumerate(islice(one.said(), MOST_REASONS), 1):
        row[f"reason_{number}"], row[f"points_{number}"] = reason.name, reason.points
    return row


def troubled(person: str | None, problem: str) -> Row:
    """The row of somebody whose answers cannot be read."""
    return {**NOTHING, "person": person, "problem": problem}
