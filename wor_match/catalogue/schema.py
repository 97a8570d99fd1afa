"""The catalogue format as JSON Schema (draft-07): what an editor completes, explains and underlines while one writes.

It is made from the values themselves, so it knows no field of its own. It judges what an editor's YAML makes of a file
(`1984` a number, `true` a boolean), while the reader sees text. It is never stricter than the reader, to whom it leaves
what it cannot say (an end before its start), but for three things: a bare `null` where something is required,
an unknown field left blank, and `from_` for `from`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, cast

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from wor_match.domain import place, rhythm, spiderweb, terms, text
from wor_match.domain.catalogue import Catalogue
from wor_match.domain.in_schema import DIALECT, DUTCH_POSTCODE, Node, described, with_bounds
from wor_match.domain.value import Value

BARE = {"number": "1984", "boolean": "true"}  # what an editor does not take for text, unless it is quoted
FIRST = ("$schema", "title", "description", "type")
LAST = ("properties", "patternProperties", "required", "additionalProperties", "if", "then", "definitions")


def catalogue_schema() -> Node:
    """The JSON Schema of a catalogue in one file, or of one file of a folder.

    Examples
    --------
    >>> catalogue_schema()["definitions"]["Activity"]["required"]
    ['id', 'name', 'terms']
    """
    made = as_written(Catalogue)
    del made["$defs"]["Problem"], made["properties"]["problems"]  # what a reader says, not what an author writes
    del made["required"]  # a later file of a folder has no head
    return in_draft_07(made, "Catalogue of wor_match")


def as_written(cls: type[Value]) -> Node:
    """Pydantic's schema of a value, as an author writes it in YAML."""
    return cls.model_json_schema(ref_template="#/definitions/{model}", schema_generator=AsWritten)


def in_draft_07(made: Node, title: str) -> Node:
    """The same in the dialect that editors know, with its parts by name."""
    definitions = made.pop("$defs")
    parts = {name: finished(definitions[name]) for name in sorted(definitions)}
    return finished({**made, "$schema": DIALECT, "title": title, "definitions": parts})


def schema_text() -> str:
    """The schema as it stands beside the example catalogues."""
    return json.dumps(catalogue_schema(), indent=2, ensure_ascii=False) + "\n"


class AsWritten(GenerateJsonSchema):
    """pydantic's schema of our values, as an author writes them and an editor types them."""

    def generate_inner(self, schema: Any) -> JsonSchemaValue:
        """The schema of one part; a validator of ours says what it takes."""
        made = super().generate_inner(schema)
        check = schema.get("function", {})
        function = check.get("function") if isinstance(check, dict) else None
        if isinstance(function, partial):
            return with_bound(function)(made)
        return TAKES[function](made) if function in TAKES else made

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Text: also what an editor takes for a number or a boolean, where the form allows it."""
        made = super().str_schema(schema)
        return {**made, "type": kinds(made.get("pattern", ".*"))}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Named values: each name of a closed list, or every name of one form."""
        names, value = self.generate_inner(schema["keys_schema"]), self.generate_inner(schema["values_schema"])
        told = {"properties": dict.fromkeys(names["enum"], value)} if "enum" in names else {}
        formed = {"patternProperties": {names["pattern"]: value}} if "pattern" in names else {}
        return {"type": "object", **told, **formed, "additionalProperties": False}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """The value itself: what may be left out may be blank, whatever it is in Python."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """The value without its default: what is left out is unknown."""
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        """No: the name of a field stands there already."""
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """The fields of a value, with what its docstring says about them."""
        made, cls = super().model_schema(schema), cast(type[Value], schema["cls"])
        made["title"] = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__).capitalize()
        made = described(made, cls)
        return {**made, **DUTCH_POSTCODE} if cls is place.Venue else made


def choice(words: Iterable[str], labels: Iterable[str] = ()) -> Callable[[Node], Node]:
    """One of these words, each with its label when there are any."""
    listed, told = {"type": "string", "enum": [*words]}, [*labels]
    return lambda _: {**listed, "enumDescriptions": told} if told else listed


def written(pattern: str, *types: str) -> Callable[[Node], Node]:
    """Text of this form from begin to end, or one of the other types that an editor makes of it."""
    return lambda made: {**made, "type": [*types, "string"] if types else kinds(pattern), "pattern": f"^({pattern})$"}


def kinds(pattern: str) -> list[str] | str:
    """What an editor may make of a text in this form."""
    found = [kind for kind, example in BARE.items() if re.search(f"^({pattern})$", example)]
    return ["string", *found] if found else "string"


def with_bound(check: partial[Any]) -> Callable[[Node], Node]:
    """What a validator with a bound of its own allows."""
    if check.func is text.in_form:
        return written(check.keywords["pattern"])
    return lambda made: {**made, "maxItems": check.keywords["most"]} if check.func is text.few else made


def in_dutch_too(made: Node) -> Node:
    """Fields named after dimensions, also by their Dutch names in any case."""
    any_case = (re.sub("[a-z]", lambda one: f"[{one[0]}{one[0].upper()}]", name) for name in spiderweb.DUTCH)
    return {**made, "patternProperties": {rf"^\s*({'|'.join(any_case)})\s*$": next(iter(made["properties"].values()))}}


TAXONOMY = terms.taxonomy()
TAKES: dict[object, Callable[[Node], Node]] = {  # each validator of ours, and what may be written where it stands
    text.ascii_id: written(text.ID),
    text.named: lambda made: {**made, "pattern": r"\S"},
    text.number: written(text.DECIMAL.pattern, "number"),
    text.whole: written(text.WHOLE.pattern, "integer"),
    text.day: written(text.DAY.pattern),
    text.clock: written(text.CLOCK_FORM),
    text.known: choice(text.YES_NO),
    text.agreed: choice(text.AGREED),
    rhythm.weekday: choice((*rhythm.WEEKDAYS, *rhythm.LONG_NAMES)),
    terms.known_term: choice(TAXONOMY.terms, (term.label_nl for term in TAXONOMY.terms.values())),
    terms.known_aspect: choice(TAXONOMY.aspects),
    place.tidy_postcode: lambda _: {"type": kinds(".*")},
    spiderweb.by_dimension: in_dutch_too,
}


def finished(made: Node) -> Node:
    """A part and all below it in draft-07, its keywords in reading order; what may be left out may be blank."""
    found = with_bounds(made)
    required = found.get("required", ())
    for group in ("properties", "patternProperties"):
        if group in found:
            parts = found[group].items()
            found[group] = {name: finished(part if name in required else or_blank(part)) for name, part in parts}
    if "items" in found:
        found["items"] = finished(found["items"])
    order = (*FIRST, *sorted(found.keys() - {*FIRST, *LAST}), *LAST)
    return {name: found[name] for name in order if name in found}


def or_blank(made: Node) -> Node:
    """The value, or nothing behind the name: the reader takes that for left out."""
    if "$ref" in made:
        described = {name: value for name, value in made.items() if name != "$ref"}
        return {**described, "anyOf": [{"$ref": made["$ref"]}, {"type": "null"}]}
    words = [made["const"]] if "const" in made else made.get("enum", [])
    rest = {name: value for name, value in made.items() if name != "const"}
    types = made["type"] if isinstance(made["type"], list) else [made["type"]]
    listed = {"enum": [*words, None]} if words else {}
    labels = {"enumDescriptions": [*made["enumDescriptions"], ""]} if "enumDescriptions" in made else {}
    return {**rest, "type": [*types, "null"], **listed, **labels}
