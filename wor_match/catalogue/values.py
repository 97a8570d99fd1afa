"""From a tree of text to values: the field decides the type, and each fault keeps its line and column."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import ValidationError

from wor_match.catalogue.reader import Node
from wor_match.domain.value import AS_TEXT, Place, Value, faults
from wor_match.errors import Problem

V = TypeVar("V", bound=Value)


def value_of(cls: type[V], node: Node, name: str, above: Place = (), **more: Any) -> tuple[V | None, list[Problem]]:
    """The value that stands at a node, or every fault in it.

    Parameters
    ----------
    cls : type of Value
    node : Node
    name : str
        The file as problems show it.
    above : tuple
        The path of the node, for the problems.
    more : optional
        Fields that the file says elsewhere.
    """
    told = node.plain()
    if not isinstance(told, dict):
        return None, [
            Problem(
                "is no set of fields; write `name: value` lines",
                "no-fields",
                dotted(above),
                name,
                node.line,
                node.column,
            )
        ]
    try:
        return cls.__pydantic_validator__.validate_python({**told, **more}, context=AS_TEXT), []
    except ValidationError as fault:
        found = list(faults(cls, fault))
    prefix = f"{dotted(above)}." if above else ""
    problems = []
    for code, path, place, sentence in found:
        line, column = place_of(node, place, code)
        problems.append(Problem(sentence, code, f"{prefix}{path}", name, line, column))
    return None, problems


def place_of(node: Node, place: Place, code: str) -> tuple[int, int]:
    """The line and column of a value; of an unknown field those of its name."""
    if code == "unknown-field" and (parent := inside(node, place[:-1])):
        return parent.keys.get(str(place[-1]), node.at(place))
    return node.at(place)


def inside(node: Node, place: Place) -> Node | None:
    """The node at a place."""
    for part in place:
        if isinstance(node.value, dict) and part in node.value:
            node = node.value[str(part)]
        elif isinstance(node.value, list) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        else:
            return None
    return node


def dotted(place: Place) -> str:
    """A path in dots."""
    return ".".join(str(part) for part in place)
