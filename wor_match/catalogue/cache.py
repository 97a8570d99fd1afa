"""A catalogue that was read before, kept in a folder: what its files hold decides whether it is used.

Restoring checks every value anew, each different one once: what stands there by accident, by age or by somebody else's
hand is never believed, and then the files themselves are read. A cache never says that anything is wrong.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import compress
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from wor_match.catalogue.quick import collector_paused
from wor_match.catalogue.sound import Contents
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Catalogue, CatalogueHead, clashes
from wor_match.domain.limits import HELD_AT_MOST, USUAL, Limits
from wor_match.errors import WorMatchError
from wor_match.wholefile import write_whole

FORM = "wor-match-kept/1"
MOST_BYTES = 60_000_000
LEFT_OUT = -1  # the row of an activity that does not tell a field
SET = "__pydantic_fields_set__"
BARE = {"__pydantic_extra__": None, "__pydantic_private__": None}  # of a value, beside its fields, as pickle would


def restored(folder: Path, contents: Contents, limits: Limits = USUAL) -> Catalogue | None:
    """The catalogue that this version kept for exactly these files and limits; None when there is none."""
    try:
        mark, _, body = bytes_of(place_of(folder, contents)).partition(b"\n")
        if mark.decode() != mark_of(contents, body, limits):
            return None
        with collector_paused():
            return catalogue_in(body)
    except (OSError, ValueError, RecursionError):
        return None


def keep(folder: Path, contents: Contents, catalogue: Catalogue, limits: Limits = USUAL) -> None:
    """Keep a catalogue for a next time, for its owner only; where that cannot be done, nothing is kept."""
    try:
        body = json.dumps(stored(catalogue), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(place_of(folder, contents), f"{mark_of(contents, body.encode(), limits)}\n{body}")
    except (OSError, ValueError):
        return


def place_of(folder: Path, contents: Contents) -> Path:
    """The file for a catalogue: one for each place it is read from, so that no change makes the folder grow."""
    names = json.dumps([os.path.abspath(name) for name, _ in contents])
    return folder / f"catalogue-{hashlib.sha256(names.encode()).hexdigest()[:32]}.json"


def mark_of(contents: Contents, body: bytes, limits: Limits = USUAL) -> str:
    """The first line of a file: its form, the version that wrote it, the sums of what it was made from and holds."""
    from wor_match import __version__

    source = hashlib.sha256(limits.model_dump_json().encode())
    for name, found in contents:
        source.update(f"{Path(name).suffix} {len(found)} ".encode())
        source.update(found)
    return f"{FORM} {__version__} {source.hexdigest()} {len(body)} {hashlib.sha256(body).hexdigest()}"


def bytes_of(path: Path) -> bytes:
    """The bytes of a kept file, when it is an ordinary one of ours that nobody else may write.

    Raises
    ------
    OSError, ValueError
        When it is not.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb") as opened:
        told = os.fstat(opened.fileno())
        others = hasattr(os, "getuid") and (told.st_uid != os.getuid() or told.st_mode & 0o022)
        if not stat.S_ISREG(told.st_mode) or others or told.st_size > MOST_BYTES:
            raise ValueError(f"{path} is no kept catalogue")
        return opened.read(MOST_BYTES)


def stored(catalogue: Catalogue) -> dict[str, Any]:
    """The catalogue field by field: each different value once, and which of them each activity tells."""
    told = [one.model_dump(mode="json", by_alias=True, exclude_unset=True) for one in catalogue.activities]
    fields = {}
    for name, field in Activity.model_fields.items():
        different: dict[str, int] = {}
        texts = (json.dumps(one[alias]) if (alias := field.alias or name) in one else None for one in told)
        rows = [LEFT_OUT if text is None else different.setdefault(text, len(different)) for text in texts]
        fields[name] = {"values": [json.loads(text) for text in different], "rows": rows}
    head = catalogue.model_dump(mode="json", by_alias=True, exclude_unset=True, include=set(CatalogueHead.model_fields))
    return {"head": head, "activities": fields}


@cache
def form() -> type[BaseModel]:
    """What a kept file must look like: the fields of an activity, each with the checks that it has there."""
    strict = ConfigDict(extra="forbid", hide_input_in_errors=True, allow_inf_nan=False)
    row = Annotated[int, Field(ge=LEFT_OUT, lt=HELD_AT_MOST, strict=True)]
    rows = Annotated[tuple[row, ...], Field(max_length=HELD_AT_MOST)]
    columns: dict[str, Any] = {}
    for name, field in Activity.model_fields.items():
        values = tuple[Annotated[field.annotation, Field(), *field.metadata], ...]  # type: ignore[name-defined]  # because the fields are known at run time only
        columns[name] = (create_model(name, __config__=strict, values=(values, ...), rows=(rows, ...)), ...)
    activities = create_model("activities", __config__=strict, **columns)
    return create_model("kept", __config__=strict, head=(CatalogueHead, ...), activities=(activities, ...))


def catalogue_in(body: bytes) -> Catalogue | None:
    """The catalogue that a body holds; None when its values do not hold together.

    Raises
    ------
    ValueError
        When a value is not what its field allows.
    """
    try:
        kept: Any = form().__pydantic_validator__.validate_json(body)
    except (ValidationError, WorMatchError) as fault:
        raise ValueError("no kept catalogue") from fault
    activities = tuple(activities_in([getattr(kept.activities, name) for name in Activity.model_fields]))
    if any(True for _ in clashes(kept.head, activities)):
        return None
    fields = {name: getattr(kept.head, name) for name in CatalogueHead.model_fields}
    return Catalogue.model_construct(**fields, activities=activities, problems=())


def activities_in(columns: Sequence[Any]) -> Iterator[Activity]:
    """The activities, row by row.

    Raises
    ------
    ValueError
        When a field has another number of rows, a row without a value, or no value where one is required.
    """
    names = list(Activity.model_fields)
    told = [column_of(column, name) for name, column in zip(names, columns, strict=True)]
    for values, known in zip(zip(*told, strict=True), names_told(names, columns), strict=True):
        one = Activity.__new__(Activity)
        one.__setstate__({**BARE, "__dict__": dict(zip(names, values)), SET: set(known)})  # noqa: B905 — both are as long as the columns
        yield one


def names_told(names: Sequence[str], columns: Sequence[Any]) -> Iterator[frozenset[str]]:
    """The names of the fields that each activity tells; few differ, so each different set is made once."""
    always: list[str] = []
    partly: dict[str, list[bool]] = {}
    for name, column in zip(names, columns, strict=True):
        if LEFT_OUT not in column.rows:
            always.append(name)
        elif column.values:
            partly[name] = [row != LEFT_OUT for row in column.rows]
    sets: dict[tuple[bool, ...], frozenset[str]] = {}
    for known in zip(*partly.values(), [True] * len(columns[0].rows), strict=True):
        if known not in sets:
            sets[known] = frozenset([*always, *compress(partly, known)])
        yield sets[known]


def column_of(column: Any, name: str) -> list[Any]:
    """One field of all activities; what is left out has its default."""
    field = Activity.model_fields[name]
    if max(column.rows, default=LEFT_OUT) >= len(column.values) or (field.is_required() and LEFT_OUT in column.rows):
        raise ValueError("no kept catalogue")
    default = None if field.is_required() else field.get_default()
    values = (*column.values, default)
    return [values[row] for row in column.rows] if column.values else [default] * len(column.rows)
