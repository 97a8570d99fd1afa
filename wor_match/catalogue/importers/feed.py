"""Sources from elsewhere as text and strict JSON, of bounded size and depth; nothing is fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wor_match.domain.strict_json import NotStrictError, strict_value
from wor_match.errors import CatalogueError, Problem

MOST_BYTES = 10_000_000
MOST_SOURCES = 500
DEEPEST = 64

Source = str | Path | Sequence[str | Path]
NO_BRACKETS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[^"\[\]{}]++', re.DOTALL)  # never goes back, also unclosed
BEGINS_A_TEXT = ("{", "[", "<", "BEGIN:")


@dataclass(frozen=True, slots=True)
class Told:
    """One source as text, and its name as problems show it."""

    name: str
    text: str


def texts_of(source: Source, problems: list[Problem], decode: Callable[[bytes], str] | None = None) -> Iterator[Told]:
    """Every source in order as text; one that cannot be read becomes a problem.

    Parameters
    ----------
    source : str, Path or sequence of them
        Paths, or texts: what holds a line break, or begins like JSON, HTML or a calendar, is text.
    problems : list of Problem
        Gets what could not be read.
    decode : callable, optional
        From bytes to text; UTF-8 when left out.
    """
    told = [source] if isinstance(source, str | Path) else list(source)
    if len(told) > MOST_SOURCES:
        problems.append(Problem(f"are {len(told)} sources; at most {MOST_SOURCES} at once", "too-long"))
    for one in told[:MOST_SOURCES]:
        if isinstance(one, str) and is_text(one):
            yield Told("text", one)
            continue
        try:
            yield Told(str(one), (decode or decoded)(bytes_of(Path(one))))
        except CatalogueError as fault:
            problems.append(Problem(fault.sentence, "no-file", "", str(one), 1, 1))


def is_text(told: str) -> bool:
    """Whether it is a text and no path."""
    return "\n" in told or told.lstrip().startswith(BEGINS_A_TEXT)


def bytes_of(path: Path) -> bytes:
    """The bytes of a file of at most 10 MB."""
    try:
        if not path.is_file():
            raise CatalogueError("is not there, or is no ordinary file")
        with path.open("rb") as opened:
            found = opened.read(MOST_BYTES + 1)
    except (OSError, ValueError) as fault:
        raise CatalogueError(f"cannot be read: {getattr(fault, 'strerror', None) or 'no such path'}") from None
    if len(found) > MOST_BYTES:
        raise CatalogueError(f"is larger than {MOST_BYTES} bytes; split the feed")
    return found


def decoded(found: bytes) -> str:
    """The text in UTF-8, with or without a byte order mark."""
    if found.startswith(b"PK\x03\x04"):
        raise CatalogueError("is a zip file; unpack it first")
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise CatalogueError(f"byte {fault.start + 1} is no UTF-8; save the file as UTF-8") from None


def decoded_table(found: bytes) -> str:
    """The text of a sheet: UTF-8 or UTF-16 by its byte order mark, else UTF-8, else Windows-1252."""
    if found.startswith((b"\xff\xfe", b"\xfe\xff")):
        return found.decode("utf-16", "replace")
    if found.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise CatalogueError("is a workbook or a zip file; save the sheet as CSV first")
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError:
        return found.decode("cp1252", "replace")


def json_of(told: Told, problems: list[Problem], line: int = 1) -> Any:
    """The value of a JSON text that begins on a line of its file; None, and a problem, when it is no strict JSON."""
    at = (line, 1)
    try:
        if deepest(told.text) > DEEPEST:
            raise NotStrictError(f"is nested more than {DEEPEST} deep")
        return strict_value(told.text)
    except json.JSONDecodeError as fault:
        said, at = f"is no JSON here ({fault.msg})", (line + fault.lineno - 1, fault.colno)
    except NotStrictError as fault:
        said = str(fault)
    except (ValueError, RecursionError):
        said = "holds a number too long to read"
    problems.append(Problem(said, "no-json", "", told.name, *at))
    return None


def deepest(text: str) -> int:
    """How deep brackets are nested, those inside texts not counted."""
    depth = most = 0
    for character in NO_BRACKETS.sub("", text):
        if character in "[{":
            depth += 1
            most = max(most, depth)
        else:
            depth -= 1
    return most
