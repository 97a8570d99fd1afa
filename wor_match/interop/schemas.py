"""What a host may send, as JSON Schema, in the words of the code; a `Participant` also takes the Dutch ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, cast

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, JsonSchemaWarningKind
from pydantic_core import PydanticSerializationError, core_schema

from wor_match.domain import money, participant, place, rhythm, terms, text
from wor_match.domain.frozen_map import FrozenMap
from wor_match.domain.in_schema import DIALECT, DUTCH_POSTCODE, Node, described, with_bounds
from wor_match.domain.value import Value

DAYS = "|".join((*rhythm.WEEKDAYS, *rhythm.LONG_NAMES))
ANY_CASE = re.sub("[a-z]", lambda one: f"[{one[0]}{one[0].upper()}]", DAYS)
WINDOW = rf"\s*({ANY_CASE}) ({text.CLOCK_FORM}) ?[-–] ?({text.CLOCK_FORM})\s*"


def written(pattern: str) -> Callable[[Node], Node]:
    """Text of this form from begin to end."""
    return lambda _: {"type": "string", "pattern": f"^({pattern})$"}


TAKES: dict[object, Callable[[Node], Node]] = {  # each validator of ours with a form of its own, and what it takes
    text.pseudonym: written(text.PSEUDONYM),
    participant.window: written(WINDOW),
    terms.known_word: lambda _: {"type": "string", "enum": [*terms.taxonomy().words]},
    terms.known_term: lambda _: {"type": "string", "enum": [*terms.taxonomy().terms]},
    place.tidy_postcode: lambda made: {**made, "type": ["string", "integer"]},
    money.budget: lambda _: {
        "anyOf": [{"enum": [*money.BUDGETS, None]}, {"type": "number", "minimum": 0, "maximum": money.MOST_EURO}]
    },
}


class AsTold(GenerateJsonSchema):
    """pydantic's schema; an empty mapping is left out as a default, as what is no JSON is."""

    ignored_warning_kinds: set[JsonSchemaWarningKind] = {"non-serializable-default", "skipped-choice"}  # noqa: RUF012 — pydantic declares it so

    def encode_default(self, dft: Any) -> Any:
        """A default as JSON; each pydantic has its own idea of a mapping of ours, so none of them is asked."""
        if isinstance(dft, FrozenMap):
            raise PydanticSerializationError("a mapping of ours")
        return super().encode_default(dft)

    def generate_inner(self, schema: Any) -> JsonSchemaValue:
        """The schema of one part with its bounds; a validator of ours says what it takes."""
        made = with_bounds(super().generate_inner(schema))
        check = schema.get("function", {})
        function = check.get("function") if isinstance(check, dict) else None
        if isinstance(function, partial) and function.func is text.in_form:
            return written(function.keywords["pattern"])(made)
        return TAKES[function](made) if function in TAKES else made

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Named values, each name of one form or of a closed list."""
        names, value = self.generate_inner(schema["keys_schema"]), self.generate_inner(schema["values_schema"])
        return {"type": "object", "propertyNames": names, "additionalProperties": value}

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """The fields of a value, with what its docstring says of them; a Dutch place has a Dutch postcode."""
        cls = cast(type[Value], schema["cls"])
        made = described(super().model_schema(schema), cls)
        return {**made, **DUTCH_POSTCODE} if cls is place.Place else made


PARTICIPANT_SCHEMA: dict[str, Any] = {
    "$schema": DIALECT,
    **participant.Participant.model_json_schema(schema_generator=AsTold),
}
