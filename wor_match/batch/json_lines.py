"""JSON Lines: a participant or a row of advice on each line, without any library more."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from wor_match.batch.people import Told
from wor_match.batch.shards import Shard
from wor_match.domain.strict_json import TwiceError, strict_value
from wor_match.rows import ADVICE_COLUMNS, Row

LONGEST_LINE = 64_000  # bytes; a participant with everything told stays far below it
NO_JSON = "no-json: is no JSON object; write one participant on a line"
Numbered = tuple[int, list[bytes]]  # the number of the first line, and lines


def check(path: Path) -> None:
    """Refuses a file that cannot be opened; what is wrong on a line is told there.

    Raises
    ------
    OSError
        When it cannot be opened.
    """
    path.open("rb").close()


def blocks(path: Path, size: int) -> Iterator[Numbered]:
    """Lines, of which no more is read than is asked for; of one that is too long only the beginning."""
    with path.open("rb") as opened:
        number, lines = 1, []
        for line in lines_of(opened):
            lines.append(line)
            if len(lines) == size:
                yield number, lines
                number, lines = number + size, []
        if lines:
            yield number, lines


def lines_of(opened: BinaryIO) -> Iterator[bytes]:
    """The lines of a file, each cut where it is clear that it is too long."""
    while line := opened.readline(LONGEST_LINE + 1):
        yield line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = opened.readline(LONGEST_LINE + 1)
            if len(line) <= LONGEST_LINE:
                break


def unpacked(block: Numbered, shard: Shard) -> Iterator[Told]:
    """The rows on lines that are in a shard; what cannot be read is in the first."""
    first, lines = block
    for number, line in enumerate(lines, first):
        if line.strip():
            told = told_on(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
            if shard.has(None if isinstance(told, str) else told.get("id")):
                yield f"line {number}: {told}" if isinstance(told, str) else told


def told_on(line: bytes) -> Told:
    """What is told on a line, or why it cannot be read; what stood there is not repeated."""
    if len(line) > LONGEST_LINE:
        return f"too-long: is longer than {LONGEST_LINE} bytes; write one participant on a line"
    try:
        told = strict_value(line.decode("utf-8"))
    except UnicodeDecodeError:
        return "no-utf8: is no UTF-8; save the file as UTF-8"
    except TwiceError:
        return "duplicate-key: has a name twice in one object; keep one of them"
    except (ValueError, RecursionError):
        return NO_JSON
    return told if isinstance(told, dict) else NO_JSON


def packed(rows: Iterable[Row]) -> bytes:
    """Rows of advice as lines."""
    return b"".join(
        json.dumps(row, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n" for row in rows
    )


def write(opened: BinaryIO, packed: Iterable[bytes]) -> None:
    """Lines that were made before, into a file."""
    opened.writelines(packed)


def ours(path: Path) -> bool:
    """Whether a file begins with advice, or is empty."""
    with path.open("rb") as opened:
        first = opened.readline(LONGEST_LINE)
    told = told_on(first)
    return not first or (isinstance(told, dict) and list(told) == list(ADVICE_COLUMNS))
