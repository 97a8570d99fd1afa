"""What a host may send, as JSON Schema, in the words of the code; a `Participant` also takes the Dutch ones."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaWarningKind

from wor_match.domain.participant import Participant


class Quietly(GenerateJsonSchema):
    """pydantic's schema; a default that is no JSON is an empty mapping here, and left out."""

    ignored_warning_kinds: set[JsonSchemaWarningKind] = {"non-serializable-default", "skipped-choice"}  # noqa: RUF012 — pydantic declares it so


PARTICIPANT_SCHEMA: dict[str, Any] = Participant.model_json_schema(schema_generator=Quietly)
