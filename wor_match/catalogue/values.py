"""From a tree of text to values: the field decides the type, and each fault keeps its line and column."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import ValidationError

from wor_match.catalogue.reader import Node
from wor_match.domain.fault_places import Path
from wor_match.domain.value import AS_TEXT, AsText, Value, faults
from wor_match.errors import Code, Problem

V = TypeVar("V", bound=Value)


def value_of(
    cls: type[V], node: Node, above: str = "", as_text: AsText = AS_TEXT, **more: Any
) -> tuple[V | None, list[Problem]]:
    """The value that stands at a node, or every fault in it.

    Parameters
    ----------
    cls : type of Value
    node : Node
    above : str
        The path of the node, for the problems.
    as_text : AsText
        How what stands in a file as text is read.
    more : optional
        Fields that the file says elsewhere.
    """
    told = node.plain()
    if not isinstance(told, dict):
        return None, [node.problem("is no set of fields; write `name: value` lines", "no-fields", above)]
    try:
        context = None if node.typed else as_text
        return cls.__pydantic_validator__.validate_python({**more, **told}, context=context), []
    except ValidationError as fault:
        found = list(faults(cls, fault))
    prefix = f"{above}." if above else ""
    return None, [placed(node, place, sentence, code, f"{prefix}{path}") for code, path, place, sentence in found]


def placed(node: Node, place: Path, sentence: str, code: Code, path: str) -> Problem:
    """A problem at the place of its value; of an unknown field at that of its name."""
    at = node.at(place)
    if code == "unknown-field" and str(place[-1]) in (parent := node.at(place[:-1])).keys:
        line, column = parent.keys[str(place[-1])]
        return Problem(sentence, code, path, parent.file, line, column)
    return at.problem(sentence, code, path)
