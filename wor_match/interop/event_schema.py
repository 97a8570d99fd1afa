"""What a host may tell of what happened, as JSON Schema: an event of each kind, in the words of the code.

It leaves to the reader what it cannot say: a moment without a time zone or far away, one day too many, a line too long.
"""

from __future__ import annotations

from typing import Any

from wor_match.domain.event import Event
from wor_match.domain.in_schema import DIALECT, Node
from wor_match.domain.kinds import KINDS, LARGEST_VALUE, LONGEST_VALUE
from wor_match.interop.schemas import AsTold

PLAIN: Node = {  # what the organiser said of one field: a short text, a number, yes or no, or nothing
    "anyOf": [
        {"type": "string", "maxLength": LONGEST_VALUE},
        {"type": "number", "minimum": -LARGEST_VALUE, "maximum": LARGEST_VALUE},
        {"type": ["boolean", "null"]},
    ]
}
SAID: Node = {"anyOf": [*PLAIN["anyOf"], {"type": "array", "items": PLAIN, "maxItems": 20}]}
OVER_OTHERS = ("corrected", "withdrawn")  # no correction holds one of these


def event_schema() -> Node:
    """The JSON Schema of one event, such as a line of a history.

    Examples
    --------
    >>> event_schema()["$defs"]["contacted"]["required"]
    ['event_id', 'kind', 'at', 'source', 'person']
    """
    parts: dict[str, Any] = {}
    for kind, cls in KINDS.items():
        made = cls.model_json_schema(ref_template="#/$defs/{model}", schema_generator=AsTold)
        parts |= {**made.pop("$defs", {}), kind: of_kind(kind, cls, made)}
    parts["corrected"]["properties"]["event"] = any_of(kind for kind in KINDS if kind not in OVER_OTHERS)
    parts["offer_checked"]["properties"]["value"] = SAID
    return {
        "$schema": DIALECT,
        "title": "An event of wor_match",
        "description": "Something that happened to somebody, or to the offer: codes only, no free text.",
        "type": "object",
        **any_of(KINDS),
        "$defs": parts,
    }


def any_of(kinds: Any) -> Node:
    """An event of one of these kinds."""
    return {"anyOf": [{"$ref": f"#/$defs/{kind}"} for kind in kinds]}


def of_kind(kind: str, cls: type[Event], made: Node) -> Node:
    """One kind: it says so itself, for that is how it is told from the others."""
    required = [name for name in cls.model_fields if name == "kind" or name in made.get("required", ())]
    return {**made, "properties": {**made["properties"], "kind": {"const": kind}}, "required": required}


EVENT_SCHEMA: dict[str, Any] = event_schema()
