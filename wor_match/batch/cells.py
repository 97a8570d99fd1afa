"""A cell of a table as plain values, whatever library held it; what no answer can be is said, and costs its own row."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Set
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import numpy as np

from wor_match.domain.value import Value
from wor_match.errors import Code
from wor_match.interop.tables import UNREADABLE

PLAIN = frozenset({str, int, bool, type(None)})  # most cells, and what most lists hold
DEEPEST = 4  # an answer has three levels at most: a spider web, its scores, a mark
MIDNIGHT = time(0)


class NoAnswer(Exception):  # noqa: N818 — it is told in the problem of a row, it is no error of the library
    """A cell holds what no answer can be; its code and its sentence say why, and not what was told."""

    def __init__(self, code: Code, sentence: str) -> None:
        super().__init__(code, sentence)
        self.code, self.sentence = code, sentence


def held(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row in plain values, as it may be sent to a worker; a `NoAnswer` stands where a cell holds none."""
    return {column: plain_or_not(cell) for column, cell in row.items()}


def plain_or_not(cell: Any) -> Any:
    """A cell as plain values, or the `NoAnswer` that says why it cannot be."""
    try:
        return plain(cell)
    except NoAnswer as fault:
        return fault


def plain(cell: Any, deep: int = 0) -> Any:
    """A cell as plain values; None when it is empty.

    A day that was kept as a moment at midnight is that day, a decimal its number, a time `HH:MM`.

    Raises
    ------
    NoAnswer
        When it cannot be read, lies too deep, has a key that is no text or stands twice, or is of another kind.

    Examples
    --------
    >>> plain([("nl", "good")]), plain(datetime(2026, 11, 1)), plain(Decimal("4.50")), plain(20.0)
    ({'nl': 'good'}, datetime.date(2026, 11, 1), 4.5, 20)
    """
    if type(cell) in PLAIN:
        return cell
    cell = taken_out(cell)
    if isinstance(cell, Mapping | list | tuple | Set):
        if deep == DEEPEST:
            raise NoAnswer("too-deep", f"lies more than {DEEPEST} levels deep; write it flatter")
        return inside(cell, deep + 1)
    if cell is None or type(cell).__name__ in ("NAType", "NaTType"):
        return None
    return number(cell) if isinstance(cell, float | Decimal) else word(cell)


def taken_out(cell: Any) -> Any:
    """What numpy holds, or what pandas makes of a list."""
    if isinstance(cell, NoAnswer):
        raise cell
    if cell is UNREADABLE:
        raise NoAnswer("unreadable", "cannot be read; text must be UTF-8, days in the calendar, names once each")
    if isinstance(cell, np.ndarray | np.generic) and cell.dtype.kind == "M":
        cell = cell.astype("datetime64[us]")  # numpy makes plain numbers of nanoseconds
    return cell.tolist() if hasattr(cell, "tolist") else cell


def inside(cell: Any, deep: int) -> Any:
    """The plain values in a mapping, in a list, or in the list of pairs that a map is in Arrow."""
    if isinstance(cell, Mapping):
        return fields_of(cell.items(), deep)
    if cell and isinstance(cell, list | tuple) and all(isinstance(one, tuple) and len(one) == 2 for one in cell):
        return fields_of(cell, deep)
    return [plain(one, deep) for one in (sorted(cell, key=str) if isinstance(cell, Set) else cell)]


def fields_of(pairs: Iterable[tuple[Any, Any]], deep: int) -> dict[str, Any] | None:
    """A mapping without what is empty; None when nothing is left."""
    found: dict[str, Any] = {}
    for key, cell in pairs:
        if not isinstance(key, str):
            raise NoAnswer("bad-key", "has a name that is no text; write {name: value}")
        if key in found:
            raise NoAnswer("duplicate-key", "has a name twice; keep one of them")
        found[key] = plain(cell, deep)
    return {key: value for key, value in found.items() if value is not None} or None


def number(cell: float | Decimal) -> float | int | None:
    """A number, a whole one where it is: pandas writes 20 as 20.0 in a column with empty cells."""
    if cell.is_nan() if isinstance(cell, Decimal) else math.isnan(cell):
        return None
    told = float(cell)
    return int(told) if told.is_integer() else told


def word(cell: Any) -> Any:
    """A text, a whole number, a day, or a value of ours; a day that was kept as a moment is that day."""
    if isinstance(cell, datetime) and cell.time() == MIDNIGHT and not getattr(cell, "nanosecond", 0):
        return cell.date()
    if isinstance(cell, time) and cell == cell.replace(second=0, microsecond=0, tzinfo=None):
        return f"{cell:%H:%M}"
    if isinstance(cell, str | int | date | time | Value):
        return cell
    raise NoAnswer("no-answer", "is of a kind that no answer is; give text, numbers, days, lists or mappings")
