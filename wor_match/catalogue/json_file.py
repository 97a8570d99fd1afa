"""A catalogue that a program wrote as JSON: as strict as YAML, and each problem names its path instead of its line.

In JSON a number is a number, yes is true and unknown is null; null stands only where something may be unknown.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from wor_match.catalogue.reader import Node, Stopped
from wor_match.domain.limits import USUAL, Limits
from wor_match.domain.strict_json import no_number, once
from wor_match.errors import Problem

MOST_PARTS = 3_000_000
SUFFIX = ".json"


def is_json(name: str) -> bool:
    """Whether a file is JSON by its name, in small letters or capitals."""
    return name.lower().endswith(SUFFIX)


class Twice(dict[str, Any]):
    """An object in which names stand twice; it holds the last of each."""

    names: tuple[str, ...] = ()


def plain_json(found: bytes) -> Any:
    """What a file says, as JSON has it; None when the strict reader should look.

    Examples
    --------
    >>> plain_json(b'{"id": "een"}'), plain_json(b'{"id": "een", "id": "twee"}')
    ({'id': 'een'}, None)
    """
    try:
        return json_value(found, once)
    except (ValueError, RecursionError):
        return None


def json_value(found: bytes, hook: Callable[[list[tuple[str, Any]]], Any]) -> Any:
    """What a file says, as JSON has it, each object made by a hook.

    Raises
    ------
    ValueError, RecursionError
        When it is no JSON in UTF-8, has too many parts or a number that JSON does not have, or is nested too deep.
    """
    if sum(map(found.count, (b",", b"[", b"{"))) > MOST_PARTS:
        raise ValueError(f"holds more than {MOST_PARTS} parts; leave out what is over")
    text = found.decode("utf-8-sig")
    told = json.loads(text, object_pairs_hook=hook, parse_constant=no_number)
    if "\\ud" in text.lower():
        json.dumps(told, ensure_ascii=False).encode()  # half a character cannot be written
    return told


def named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object; a `Twice` when a name stands in it more than once."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice = Twice(found)
    twice.names = tuple(name for name, often in Counter(name for name, _ in pairs).items() if often > 1)
    return twice


def read_json(found: bytes, name: str, limits: Limits = USUAL) -> tuple[Node | None, list[Problem]]:
    """The tree of a file, and every problem in it; no tree when it is no JSON.

    Parameters
    ----------
    found : bytes
        UTF-8, with or without a byte order mark.
    name : str
        The file as problems show it.
    limits : Limits
    """
    problems: list[Problem] = []
    try:
        return tree_of(json_value(found, named_once), name, (), problems, limits), problems
    except Stopped:
        return None, problems
    except json.JSONDecodeError as fault:
        said = f"cannot be read as JSON here ({fault.msg}); check brackets, quotes and commas"
        return None, [Problem(said, "no-json", "", name, fault.lineno, fault.colno)]
    except UnicodeEncodeError:
        return None, [Problem("holds half a character (a surrogate); remove it", "no-json", "", name)]
    except UnicodeDecodeError as fault:
        line = found.count(b"\n", 0, fault.start) + 1
        said = f"byte 0x{found[fault.start]:02X} is no UTF-8; save the file as UTF-8"
        return None, [Problem(said, "no-utf8", "", name, line, fault.start - found.rfind(b"\n", 0, fault.start))]
    except RecursionError:
        return None, [too_deep(limits, "", name)]
    except ValueError as fault:
        said = str(fault) if str(fault).startswith("holds ") else "holds a number with too many digits"
        return None, [Problem(said, "no-json", "", name)]


def too_deep(limits: Limits, where: str, name: str) -> Problem:
    """What is wrong with a value that lies too deep."""
    return Problem(f"lies more than {limits.depth} levels deep; write it flatter", "too-deep", where, name)


def tree_of(told: Any, name: str, path: tuple[str, ...], problems: list[Problem], limits: Limits = USUAL) -> Node:
    """The tree of a value; what is wrong with its form is added to the problems."""
    where = ".".join(path)
    if len(path) >= limits.depth:
        problems.append(too_deep(limits, where, name))
        raise Stopped
    if isinstance(told, str) and len(told) > limits.text_characters:
        said = f"is longer than {limits.text_characters} characters; shorten it"
        problems.append(Problem(said, "too-long", where, name))
    if isinstance(told, Twice):
        said = "stands twice in one object; keep one of them"
        problems += [Problem(said, "duplicate-key", ".".join((*path, one)), name) for one in told.names]
    inner: Any = told
    if isinstance(told, dict):
        inner = {key: tree_of(value, name, (*path, key), problems, limits) for key, value in told.items()}
    elif isinstance(told, list):
        inner = [tree_of(value, name, (*path, str(n)), problems, limits) for n, value in enumerate(told)]
    return Node(inner, name, 0, 0, dict.fromkeys(told, (0, 0)) if isinstance(told, dict) else {}, typed=True)
