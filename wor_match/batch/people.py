"""A participant from a row of a table: cells that are empty were not told, dotted columns are parts of an answer."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, get_origin

from wor_match.domain.participant import Participant
from wor_match.domain.value import FrozenMap
from wor_match.errors import ParticipantError

Told = Mapping[str, Any] | str  # a row, or why it cannot be read
PLAIN = frozenset({str, int, bool, type(None)})  # most cells, and what most lists hold
MAPPINGS = {name for name, one in Participant.model_fields.items() if get_origin(one.annotation) is FrozenMap}


def participant_of(row: Mapping[str, Any]) -> Participant:
    """The participant in a row.

    Parameters
    ----------
    row : mapping
        Column → cell. Columns are fields of `Participant`, or parts of one (``travel.max_minutes``). None and NaN are
        empty; an array is a list, and a list of pairs a mapping, as an empty list is where a mapping belongs.

    Raises
    ------
    ParticipantError
        With every problem; what was told is not repeated.

    Examples
    --------
    >>> participant_of({"id": "p1", "age": float("nan"), "travel.max_minutes": 20.0}).travel.max_minutes
    20
    """
    told: dict[str, Any] = {}
    for column, cell in row.items():
        value = plain(cell)
        field, _, part = str(column).partition(".")
        if value is None or (value == [] and field in MAPPINGS):
            continue
        if part:
            whole = told.setdefault(field, {})
            told[field] = {**whole, part: value} if isinstance(whole, dict) else value
        else:
            told[field] = {**value, **told[field]} if isinstance(value, dict) and field in told else value
    return Participant.model_validate(told)


def plain(cell: Any) -> Any:
    """A cell as plain values; None when it is empty."""
    if type(cell) in PLAIN:
        return cell
    if hasattr(cell, "tolist"):
        cell = cell.tolist()  # numpy, and what pandas makes of a list
    if isinstance(cell, list | tuple):
        if cell and all(isinstance(one, tuple) and len(one) == 2 for one in cell):
            return plain(dict(cell))  # a map in Arrow
        return [plain(one) for one in cell]
    if isinstance(cell, Mapping):
        return {key: value for key, one in cell.items() if (value := plain(one)) is not None} or None
    if isinstance(cell, float):
        # pandas writes 20 as 20.0 in a column with empty cells
        return None if math.isnan(cell) else int(cell) if cell.is_integer() else cell
    return None if cell is None or type(cell).__name__ in ("NAType", "NaTType") else cell


def problem_of(fault: ParticipantError) -> str:
    """Everything that is wrong with a row, in one line; what was told is not repeated."""
    return "; ".join(map(str, fault.problems)) or fault.sentence


def id_of(row: Mapping[str, Any]) -> str | None:
    """The id in a row whose other cells cannot be read; None when the id is no word either."""
    try:
        return Participant.model_validate({"id": row.get("id")}).id
    except ParticipantError:
        return None
