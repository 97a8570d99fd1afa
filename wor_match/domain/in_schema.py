"""Which words JSON Schema has for what pydantic leaves in its own, and for the forms that our validators ask for.

Both schemas that we give, of a catalogue and of a participant, are written with these.
"""

from __future__ import annotations

import inspect
import re
from typing import Any

from wor_match.domain.value import Value

Node = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"  # which the editors of YAML know

BOUNDS = {"ge": "minimum", "le": "maximum"}  # pydantic's own words stay where a validator of ours stands in between
ATTRIBUTE = re.compile(r"^(\w+(?:, \w+)*) : .+\n((?:    .+\n?)+)", re.MULTILINE)
COUNTED = {"array": "Items", "object": "Properties"}  # what minLength and maxLength count
POSTCODE = {"pattern": r"^\s*([1-9]\d{3}(\s*[A-Za-z]{2})?\s*)?$", "minimum": 1000, "maximum": 9999}
DUTCH_POSTCODE: Node = {
    "if": {"properties": {"country": {"enum": ["NL", None]}}},
    "then": {"properties": {"postcode": {"type": ["string", "integer", "null"], **POSTCODE}}},
}


def with_bounds(made: Node) -> Node:
    """A part in the words of JSON Schema; of two bounds on one thing the narrower counts.

    Examples
    --------
    >>> with_bounds({"type": "array", "maxItems": 6, "maxLength": 3}), with_bounds({"type": "integer", "ge": 0})
    ({'type': 'array', 'maxItems': 3}, {'type': 'integer', 'minimum': 0})
    """
    found: Node = {}
    for name, value in made.items():
        keyword = counted(made, BOUNDS.get(name, name))
        found[keyword] = min(value, found[keyword]) if keyword.startswith("max") and keyword in found else value
    return found


def counted(made: Node, keyword: str) -> str:
    """The keyword that counts the parts of a list or the fields of an object, where pydantic counts letters."""
    what = next((word for kind, word in COUNTED.items() if kind in made.get("type", ())), "Length")
    return keyword.replace("Length", what)


def described(made: Node, cls: type[Value]) -> Node:
    """The part of a value with what its docstring says of it and of its fields."""
    found = {**made, "description": str(cls.__doc__).partition("\n")[0]}
    for name, said in attributes(cls).items():
        found["properties"].get(cls.model_fields[name].alias or name, {})["description"] = said
    return found


def attributes(cls: type[Value]) -> dict[str, str]:
    """What the docstrings of a value say about its fields."""
    docs = "\n".join(
        inspect.cleandoc(above.__doc__ or "") for above in reversed(cls.__mro__) if issubclass(above, Value)
    )
    return {
        name: re.sub(r" \(`\w+` in a file\)", "", " ".join(told.split()).replace("``", "`"))
        for names, told in ATTRIBUTE.findall(docs)
        for name in names.split(", ")
        if name in cls.model_fields
    }
