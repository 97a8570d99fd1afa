"""One JSON value on a line, read strictly: every name once in an object, and no number that JSON does not have."""

from __future__ import annotations

import json
from typing import Any


class TwiceError(ValueError):
    """A name stands twice in one object."""


def value_on(line: str) -> Any:
    """The value on a line.

    Raises
    ------
    TwiceError
        When a name stands twice in one object.
    ValueError, RecursionError
        When the line is no JSON.

    Examples
    --------
    >>> value_on('{"id": "p1"}')
    {'id': 'p1'}
    """
    return json.loads(line, object_pairs_hook=once_each, parse_constant=no_number)


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object, when every name stands in it once."""
    told = dict(pairs)
    if len(told) < len(pairs):
        raise TwiceError
    return told


def no_number(name: str) -> Any:
    """Refuse NaN and Infinity, which are no JSON."""
    raise ValueError(name)
