"""JSON read strictly, and written in one way: every name once in an object, and no number that JSON does not have."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any


class NotStrictError(ValueError):
    """Something that JSON readers let pass and that is refused here; its text says what."""


class TwiceError(NotStrictError):
    """A name stands twice in one object."""


def strict_value(text: str) -> Any:
    """The value of a JSON text.

    Raises
    ------
    TwiceError
        When a name stands twice in one object.
    NotStrictError
        When a number is NaN or infinite.
    ValueError, RecursionError
        When the text is no JSON, or is nested too deep to be read.

    Examples
    --------
    >>> strict_value('{"id": "p1"}')
    {'id': 'p1'}
    """
    return json.loads(text, object_pairs_hook=once, parse_constant=no_number)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object, when every name stands in it once."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise TwiceError(f"has the key {twice[:60]!r} twice in one object")
    return found


def no_number(name: str) -> Any:
    """Refuse NaN and Infinity, which are no JSON."""
    raise NotStrictError(f"holds {name}, which is no JSON number")


def as_json(value: Any) -> str:
    """The value as JSON on one line, names sorted: a line of the journal and of JSON Lines is written so."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True)
