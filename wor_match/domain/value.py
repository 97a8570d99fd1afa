"""What every value at the door has in common: frozen, strict, and refusing with our own error.

pydantic validates; a fault in a nested value keeps its whole place, because only the outermost call is translated.
What this room must not do: repeat what a participant said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, dataclass_transform

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from wor_match.domain.fault_places import Path, fields_at, path_of
from wor_match.domain.forgetting import forgetful
from wor_match.domain.lazy import lazy
from wor_match.domain.refusals import TOLD_AS, code_of
from wor_match.errors import CODES, CatalogueError, Code, ParticipantError, Problem, WorMatchError

if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass
else:
    ModelMetaclass = type(BaseModel)

Made = TypeVar("Made")
MOST_DIGITS = 15  # before or behind the point: what a double keeps
LONGEST_SEEN = 60
LARGEST_SEEN = 10**15
SHOWABLE = re.compile(r"[!-~]{1,128}")
EIGHT_DIGITS = re.compile(r"(\d[ .-]?){8}")  # may be a citizen number that somebody gave as an id


@dataclass(frozen=True, slots=True)
class AsText:
    """The validation context of a file: every scalar arrives as text and the field decides what it is.

    Attributes
    ----------
    digits : int
        The most that a number may have before its point, and behind it.
    """

    digits: int = MOST_DIGITS


AS_TEXT = AsText()


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(Field,))
class ValueType(ModelMetaclass):
    """The type of value classes: calling one from outside raises our error, nested validation never passes here."""

    @forgetful
    def __call__(cls: type[Made], *args: Any, **fields: Any) -> Made:  # noqa: N805 — in a metaclass the instance is a class
        """Make the value, or refuse with every fault at its place."""
        return cls.checked(lambda: super(ValueType, cls).__call__(*args, **fields), fields.get("id"))  # type: ignore[attr-defined, misc, no-any-return]  # because every class of this type is a Value


class Value(BaseModel, metaclass=ValueType):
    """A frozen value with known fields only; its constructors raise a `WorMatchError`, never pydantic's error."""

    model_config = ConfigDict(
        ignored_types=(lazy,),
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        populate_by_name=True,
        allow_inf_nan=False,
        validate_default=False,
    )

    refused_as: ClassVar[type[WorMatchError]] = CatalogueError
    private: ClassVar[bool] = False

    if TYPE_CHECKING:  # a class with `init=False` has this one: it takes lists, mappings and Dutch words too

        def __init__(self, **told: Any) -> None: ...

    else:

        def __init_subclass__(cls, *, init: bool = True, **more: Any) -> None:
            """Take `init`, which says something to type checkers only."""
            super().__init_subclass__(**more)

    @classmethod
    @forgetful
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """Make the value from a mapping; raises like the constructor."""
        named = obj.get("id") if isinstance(obj, Mapping) else None
        return cls.checked(lambda: super(Value, cls).model_validate(obj, **options), named)

    @classmethod
    @forgetful
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Make the value from JSON text; raises like the constructor."""
        return cls.checked(lambda: super(Value, cls).model_validate_json(json_data, **options), None)

    @classmethod
    @forgetful
    def model_validate_strings(cls, obj: Any, **options: Any) -> Self:
        """Make the value from a mapping of texts; raises like the constructor."""
        return cls.checked(lambda: super(Value, cls).model_validate_strings(obj, **options), None)

    @forgetful
    def __setattr__(self, name: str, value: Any) -> None:
        raise TypeError(f"a {type(self).__name__} is frozen; make another with replace()")

    def __delattr__(self, name: str) -> None:
        raise TypeError(f"a {type(self).__name__} is frozen; make another with replace()")

    @classmethod
    def checked(cls, make: Callable[[], Self], named: object = None) -> Self:
        """What `make` gives; pydantic's refusal becomes ours, without the refused values behind it."""
        try:
            return make()
        except ValidationError as fault:
            problems = tuple(Problem(sentence, code, path) for code, path, _, sentence in faults(cls, fault))
        raise cls.refused_as(f"{cls.told_as(named)} is refused", problems)

    @classmethod
    def told_as(cls, named: object) -> str:
        """The kind of value in an error, with its id when there is one that can be shown."""
        harmless = (
            "id" in cls.model_fields
            and isinstance(named, str)
            and SHOWABLE.fullmatch(named)
            and not EIGHT_DIGITS.search(named)
        )
        return f"{cls.__name__.lower()} {named}" if harmless else cls.__name__.lower()

    @forgetful
    def replace(self, **changed: Any) -> Self:
        """The same value with these fields changed, checked anew."""
        return type(self)(**{**{name: getattr(self, name) for name in self.model_fields_set}, **changed})


class Personal(Value, init=False):
    """A value about a participant: neither its text nor an error about it ever shows what was told."""

    refused_as: ClassVar[type[WorMatchError]] = ParticipantError
    private: ClassVar[bool] = True

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        yield from ()

    def __str__(self) -> str:
        return repr(self)


def refuse(code: Code, sentence: str) -> PydanticCustomError:
    """An error for a validator to raise; the sentence is a predicate that follows the value: "is no postcode"."""
    return PydanticCustomError(code, sentence.replace("{", "{{").replace("}", "}}"))


def faults(cls: type[Value], fault: ValidationError) -> Iterator[tuple[Code, str, Path, str]]:
    """Code, path, place and sentence of each fault; the sentence shows the value only where nothing is personal."""
    for error in fault.errors(include_url=False):
        place = error["loc"]
        seen = None if cls.private or error["type"] == "missing" else shown(error["input"])
        yield code_of(error["type"]), path_of(cls, place), place, sentence_of(cls, error, place, seen)


def sentence_of(cls: type[Value], error: Mapping[str, Any], place: Path, seen: str | None) -> str:
    """What is wrong in one sentence that says what is allowed."""
    subject = seen or "this"
    kind, context = str(error["type"]), error.get("ctx", {})
    if kind == "extra_forbidden":
        return f"no such field; allowed are {', '.join(fields_at(cls, place[:-1]))}"
    if kind in TOLD_AS:
        return f"{subject} {TOLD_AS[kind][1].format(**context)}"
    if (
        kind in CODES
    ):  # a validator of ours; what pydantic says itself is English of its own, and may repeat what was told
        return f"{subject} {error['msg']}"
    return f"{subject} is not allowed here ({kind.replace('_', ' ')})"


def shown(seen: object) -> str | None:
    """The value as a sentence shows it, when it is short and plain."""
    if isinstance(seen, int) and abs(seen) > LARGEST_SEEN:
        return "this number"
    if isinstance(seen, str | int | float):
        return repr(seen) if len(repr(seen)) <= LONGEST_SEEN else repr(seen)[: LONGEST_SEEN - 4] + "...'"
    return None
