"""Where a fault stands in a value, without a key that a participant told; and which fields are allowed there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, get_args, get_origin

from wor_match.domain.frozen_map import FrozenMap

if TYPE_CHECKING:
    from wor_match.domain.value import Value

Path = tuple[int | str, ...]
FIELD = re.compile(r"[a-z_]{1,40}")  # what an unknown field of a participant must look like to be named


def path_of(cls: type[Value], place: Path) -> str:
    """The place in dots; a key that a participant told (a language, an activity) stands there as dots only."""
    if not cls.private:
        return ".".join(str(part) for part in place)
    kinds = (cls, *nested(cls))
    known = {name for kind in kinds for name in names_in(kind)}
    fields = (told for kind in kinds for told in kind.model_fields.items())
    lists = {field.alias or name for name, field in fields if is_list(field.annotation)}  # elsewhere a number is a key
    if place and FIELD.fullmatch(str(place[0])):
        known.add(str(place[0]))
    named = [
        part in known if isinstance(part, str) else above in lists
        for above, part in zip(("", *place), place, strict=False)
    ]
    return ".".join(str(part) if shown else "..." for part, shown in zip(place, named, strict=True))


def is_list(annotation: Any) -> bool:
    """Whether an annotation stands for a list, or for a list or nothing."""
    kind = get_origin(annotation)
    return kind is tuple or (kind is not FrozenMap and any(map(is_list, get_args(annotation))))


def names_in(cls: type[Value]) -> Iterator[str]:
    """Every name that the class itself writes down: its fields and the words of its closed lists."""
    for name, field in cls.model_fields.items():
        yield field.alias or name
        yield from (word for word in leaves(field.annotation) if isinstance(word, str))


def fields_at(cls: type[Value], place: Sequence[int | str]) -> list[str]:
    """The fields that are allowed at this place."""
    here = [cls]
    for part in place:
        if isinstance(part, str) and (deeper := [kind for one in here for kind in classes_in(one, part)]):
            here = deeper
    return sorted({name for kind in here for name in fields_of(kind)})


def fields_of(cls: type[Value]) -> list[str]:
    """The fields as they are written."""
    return [field.alias or name for name, field in cls.model_fields.items()]


def classes_in(cls: type[Value], written: str) -> list[type[Value]]:
    """The value classes that stand behind one field."""
    from wor_match.domain.value import Value  # it asks here where its faults stand

    named = (field for name, field in cls.model_fields.items() if written in (name, field.alias))
    kinds = (kind for field in named for kind in leaves(field.annotation))
    return [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Value)]


def nested(cls: type[Value]) -> Iterator[type[Value]]:
    """Every value class below this one."""
    for name in cls.model_fields:
        for kind in classes_in(cls, name):
            yield kind
            yield from nested(kind)


def leaves(annotation: Any) -> Iterator[Any]:
    """The plain types inside an annotation."""
    inner = get_args(annotation)
    if not inner:
        yield annotation
    for part in inner:
        yield from leaves(part)
