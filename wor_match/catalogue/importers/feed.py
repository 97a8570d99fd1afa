"""JSON feeds from elsewhere, read strictly: no doubled keys, no NaN, no bottomless nesting."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from wor_match.errors import CatalogueError, Problem

MOST_BYTES = 10_000_000
DEEPEST = 64

Found = dict[str, Any]
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


class NotStrict(ValueError):  # noqa: N818 — it ends the reading of one file, it is no error of the library
    """Something that JSON readers let pass and that is refused here."""


def read_json(source: str | Path, name: str) -> tuple[Any, list[Problem]]:
    """The value of a JSON text, or one problem.

    Parameters
    ----------
    source : str or Path
        A path, or the text itself.
    name : str
        The source as problems show it.
    """
    try:
        text = source if isinstance(source, str) else text_of(source)
    except CatalogueError as fault:
        return None, [Problem(fault.sentence, "no-file", "", name, 1, 1)]
    if deepest(text) > DEEPEST:
        return None, [Problem(f"is nested more than {DEEPEST} deep", "too-deep", "", name, 1, 1)]
    try:
        return json.loads(text, object_pairs_hook=once, parse_constant=no_constant), []
    except json.JSONDecodeError as fault:
        return None, [Problem(f"is no JSON here ({fault.msg})", "no-json", "", name, fault.lineno, fault.colno)]
    except NotStrict as fault:
        return None, [Problem(str(fault), "no-json", "", name, 1, 1)]
    except ValueError:
        return None, [Problem("holds a number too long to read", "no-json", "", name, 1, 1)]


def text_of(path: Path) -> str:
    """The text of a file of at most 10 MB."""
    try:
        if not path.is_file():
            raise CatalogueError("is not there, or is no ordinary file")
        with path.open("rb") as opened:
            found = opened.read(MOST_BYTES + 1)
    except (OSError, ValueError) as fault:
        raise CatalogueError(f"cannot be read: {getattr(fault, 'strerror', None) or 'no such path'}") from None
    if len(found) > MOST_BYTES:
        raise CatalogueError(f"is larger than {MOST_BYTES} bytes; split the feed")
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise CatalogueError(f"byte {fault.start + 1} is no UTF-8; save the file as UTF-8") from None


def deepest(text: str) -> int:
    """How deep brackets are nested, those inside texts not counted."""
    depth = most = 0
    for character in QUOTED.sub("", text):
        if character in "[{":
            depth += 1
            most = max(most, depth)
        elif character in "]}":
            depth -= 1
    return most


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object; a key that stands there twice is refused."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise NotStrict(f"has the key {name[:60]!r} twice in one object")
        found[name] = value
    return found


def no_constant(name: str) -> float:
    """Refuse NaN and Infinity."""
    raise NotStrict(f"holds {name}, which is no JSON number")


class Refused(ValueError):  # noqa: N818 — it ends the reading of one item, it is no error of the library
    """Part of an item cannot be read."""


class Notes:
    """The problems of one item of a feed."""

    def __init__(self, name: str, number: int, problems: list[Problem]) -> None:
        self.name, self.number, self.problems = name, number, problems

    def add(self, path: str, sentence: str) -> None:
        """Note a part that was left out."""
        self.problems.append(Problem(sentence, "left-out", f"{self.number}.{path}", self.name, severity="warning"))


def parts_of(item: Found, field: str, notes: Notes) -> list[Found]:
    """The objects in a list; anything else is noted."""
    told = item.get(field)
    listed = told if isinstance(told, list) else [] if told is None else [told]
    if wrong := sum(not isinstance(one, dict) for one in listed):
        notes.add(field, f"holds {wrong} part that is no object")
    return [one for one in listed if isinstance(one, dict)]
