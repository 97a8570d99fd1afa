"""Sources from elsewhere as text and strict JSON, of bounded size and depth; nothing is fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wor_match.domain.limits import USUAL, Limits
from wor_match.domain.strict_json import NotStrictError, strict_value
from wor_match.errors import CatalogueError, Code, Problem, why

Source = str | Path | Sequence[str | Path]
NO_BRACKETS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[^"\[\]{}]++', re.DOTALL)  # never goes back, also unclosed
BEGINS_A_TEXT = ("{", "[", "<", "BEGIN:")


@dataclass(frozen=True, slots=True)
class Told:
    """One source as text, and its name as problems show it."""

    name: str
    text: str


def decoded(found: bytes) -> str:
    """The text in UTF-8, with or without a byte order mark."""
    if found.startswith(b"PK\x03\x04"):
        raise CatalogueError("is a zip file; unpack it first", code="other-file")
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise CatalogueError(f"byte {fault.start + 1} is no UTF-8; save the file as UTF-8", code="no-utf8") from None


def texts_of(
    source: Source, problems: list[Problem], limits: Limits, decode: Callable[[bytes], str] = decoded
) -> Iterator[Told]:
    """Every source in order as text; one that cannot be read becomes a problem.

    Parameters
    ----------
    source : str, Path or sequence of them
        Paths, or texts: what holds a line break, or begins like JSON, HTML or a calendar, is text.
    problems : list of Problem
        Gets what could not be read.
    limits : Limits
    decode : callable, optional
        From bytes to text; UTF-8 when left out.
    """
    for one in few(source, problems, limits):
        text = isinstance(one, str) and is_text(one)
        try:
            if isinstance(one, str) and text:
                yield Told("text", short_enough(one, limits.feed_bytes))
            else:
                yield Told(str(one), decode(bytes_of(Path(one), limits.feed_bytes)))
        except CatalogueError as fault:
            problems.append(unread(fault, "text" if text else str(one)))


def few(source: Source, problems: list[Problem], limits: Limits) -> list[str | Path]:
    """The parts of a source, as many as the limits allow; that there are more is a problem."""
    told = [source] if isinstance(source, str | Path) else list(source)
    if len(told) > limits.files:
        problems.append(Problem(f"are {len(told)} sources; at most {limits.files} at once", "too-many-files"))
    return told[: limits.files]


def unread(fault: CatalogueError, name: str) -> Problem:
    """The problem of a source that cannot be read."""
    return Problem(fault.sentence, fault.code, "", name, 1, 1)


def short_enough(text: str, most: int) -> str:
    """The text itself, when it would fit into a file of so many bytes."""
    if len(text) > most or len(text.encode("utf-8", "surrogatepass")) > most:
        raise too_large(most)
    return text


def too_large(most: int) -> CatalogueError:
    """The error of a source of too many bytes."""
    return CatalogueError(f"is larger than {most} bytes; split the feed", code="too-large")


def is_text(told: str) -> bool:
    """Whether it is a text and no path."""
    return "\n" in told or told.lstrip().startswith(BEGINS_A_TEXT)


def bytes_of(path: Path, most: int = USUAL.feed_bytes) -> bytes:
    """The bytes of a file, refused before reading on when there are more than `most`."""
    try:
        if not path.is_file():
            raise CatalogueError("is not there, or is no ordinary file", code="no-file")
        with path.open("rb") as opened:
            found = opened.read(most + 1)
    except (OSError, ValueError) as fault:
        raise CatalogueError(f"cannot be read: {why(fault)}", code="no-file") from None
    if len(found) > most:
        raise too_large(most)
    return found


def decoded_table(found: bytes) -> str:
    """The text of a sheet: UTF-8 or UTF-16 by its byte order mark, else UTF-8, else Windows-1252."""
    if found.startswith((b"\xff\xfe", b"\xfe\xff")):
        return found.decode("utf-16", "replace")
    if found.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise CatalogueError("is a workbook or a zip file; save the sheet as CSV first", code="other-file")
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError:
        return found.decode("cp1252", "replace")


def json_of(told: Told, problems: list[Problem], limits: Limits, line: int = 1) -> Any:
    """The value of a JSON text that begins on a line of its file; None, and a problem, when it is no strict JSON."""
    at = (line, 1)
    code: Code = "no-json"
    try:
        if deepest(told.text) > limits.feed_depth:
            code = "too-deep"
            raise NotStrictError(f"is nested more than {limits.feed_depth} deep")
        return strict_value(told.text)
    except json.JSONDecodeError as fault:
        said, at = f"is no JSON here ({fault.msg})", (line + fault.lineno - 1, fault.colno)
    except NotStrictError as fault:
        said = str(fault)
    except (ValueError, RecursionError):
        said = "holds a number too long to read"
    problems.append(Problem(said, code, "", told.name, *at))
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
