"""What pydantic calls a fault, in our words: its code, and the sentence that says what is wrong."""

from __future__ import annotations

from wor_match.errors import CODES, Code

NO_LIST: tuple[Code, str] = ("no-list", "is no list; write [one, two]")
NO_FIELDS: tuple[Code, str] = ("no-fields", "is no set of fields; write {{field: value}}")
TOLD_AS: dict[str, tuple[Code, str]] = {
    "missing": ("missing", "is required"),
    "literal_error": ("unknown-name", "is not one of {expected}"),
    "string_type": ("no-text", "is no text; put it in quotes"),
    "string_pattern_mismatch": ("other-form", "does not have the form {pattern}"),
    "string_too_short": ("empty", "is empty; write at least {min_length} character"),
    "string_too_long": ("too-long", "is longer than {max_length} characters; shorten it"),
    "too_short": ("too-few", "has too few parts; at least {min_length}"),
    "too_long": ("too-long", "has {actual_length} parts; at most {max_length} are allowed"),
    "int_type": ("no-number", "is no whole number"),
    "float_type": ("no-number", "is no number"),
    "finite_number": ("no-number", "is no finite number"),
    "greater_than_equal": ("out-of-range", "is below {ge}, the lowest allowed"),
    "greater_than": ("out-of-range", "must be above {gt}"),
    "less_than_equal": ("out-of-range", "is above {le}, the highest allowed"),
    "less_than": ("out-of-range", "must be below {lt}"),
    "string_unicode": ("no-text", "holds half a character (a surrogate); remove it"),
    "invalid_key": ("bad-key", "has a name that is no text"),
    "json_invalid": ("no-json", "is no JSON; check brackets, quotes and commas"),
    "json_type": ("no-json", "is no text of JSON"),
    "dataclass_type": ("wrong-type", "is of another kind"),
    "tuple_type": NO_LIST,
    "list_type": NO_LIST,
    "dict_type": NO_FIELDS,
    "mapping_type": NO_FIELDS,
    "model_type": NO_FIELDS,
    "model_attributes_type": NO_FIELDS,
}
WITHOUT_SENTENCE: dict[str, Code] = {"extra_forbidden": "unknown-field"}


def code_of(kind: str) -> Code:
    """Our code of a fault that pydantic names; a validator of ours gave its own.

    Examples
    --------
    >>> code_of("literal_error"), code_of("bad-postcode"), code_of("bool_type")
    ('unknown-name', 'bad-postcode', 'wrong-type')
    """
    if kind in TOLD_AS:
        return TOLD_AS[kind][0]
    return kind if kind in CODES else WITHOUT_SENTENCE.get(kind, "wrong-type")
