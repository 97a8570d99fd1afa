"""Files of people and of advice, a block after another: parquet, and JSON Lines without any library more.

A kind of file reads blocks here, unpacks and packs them in a worker, and writes here what the workers packed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from wor_match.batch.advising import refuse_columns
from wor_match.batch.arrow import advice_schema, arrow, batch_of, rows_in
from wor_match.batch.people import Told
from wor_match.batch.shards import Shard
from wor_match.domain.strict_json import TwiceError, strict_value
from wor_match.errors import WorMatchError
from wor_match.rows import ADVICE_COLUMNS, Row

LONGEST_LINE = 64_000  # bytes; a participant with everything told stays far below it
MOST_ROWS = 65_536  # of advice in one group of a parquet file
NO_JSON = "is no JSON object; write one participant on a line"
Numbered = tuple[int, list[bytes]]  # the number of the first line, and lines


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file.

    Attributes
    ----------
    blocks : callable
        ``(path, size)``: the file, so many people at a time, as they may be sent to a worker.
    count : callable
        ``(path)``: how many people there are, as far as the file tells; refuses what is wrong with the whole.
    unpacked : callable
        ``(block, shard)``: the rows of a block that are in the shard.
    packed : callable
        ``(rows)``: advice as it may be sent back.
    write : callable
        ``(opened, packed)``: all that was packed, into a file.
    ours : callable
        ``(path)``: whether a file holds advice.
    """

    blocks: Callable[[Path, int], Iterator[Any]]
    count: Callable[[Path], int | None]
    unpacked: Callable[[Any, Shard], Iterable[Told]]
    packed: Callable[[Sequence[Row]], Any]
    write: Callable[[BinaryIO, Iterable[Any]], None]
    ours: Callable[[Path], bool]


def kind_of(path: Path) -> Kind:
    """The kind of a file, by its name.

    Raises
    ------
    WorMatchError
        When it is another kind, or one that needs a library that is not installed.
    """
    kind = KINDS.get(path.suffix.lower())
    if kind is None or "\0" in str(path):
        raise WorMatchError(f"{path} is no table by its name; names may end with: {', '.join(KINDS)}")
    if kind is PARQUET:
        arrow()
    return kind


def parquet_blocks(path: Path, size: int) -> Iterator[Any]:
    """Record batches, of which no more is read than is asked for."""
    with opened_parquet(path) as opened:
        yield from opened.iter_batches(batch_size=size, use_threads=False)


def parquet_count(path: Path) -> int:
    """How many rows a parquet file says it has; its columns must be answers."""
    with opened_parquet(path) as opened:
        refuse_columns(opened.schema_arrow.names)
        return int(opened.metadata.num_rows)


def opened_parquet(path: Path) -> Any:
    """A parquet file that is read piece by piece."""
    arrow()
    from pyarrow.parquet import ParquetFile

    return ParquetFile(path, pre_buffer=False)


def parquet_rows(batch: Any, shard: Shard) -> list[dict[str, Any]]:
    """The rows of a batch that are in a shard; the others are not even made."""
    if shard.of > 1:
        inside = [shard.has(row["id"]) for row in rows_in(batch.select(["id"]))]
        batch = batch.filter(arrow().array(inside, arrow().bool_()))
    return rows_in(batch)


def write_parquet(opened: BinaryIO, packed: Iterable[Any]) -> None:
    """Record batches as a parquet file, in groups that do not hang on how they came."""
    from pyarrow.parquet import ParquetWriter

    schema, pa = advice_schema(), arrow()
    waiting = schema.empty_table()
    with ParquetWriter(opened, schema) as writer:
        for batch in packed:
            waiting = pa.concat_tables([waiting, pa.Table.from_batches([batch])])
            while len(waiting) >= MOST_ROWS:
                writer.write_table(waiting.slice(0, MOST_ROWS).combine_chunks(), row_group_size=MOST_ROWS)
                waiting = waiting.slice(MOST_ROWS)
        if len(waiting):
            writer.write_table(waiting.combine_chunks(), row_group_size=MOST_ROWS)


def parquet_ours(path: Path) -> bool:
    """Whether a parquet file has the columns of advice."""
    try:
        with opened_parquet(path) as opened:
            return list(opened.schema_arrow.names) == list(ADVICE_COLUMNS)
    except (OSError, ValueError):
        return False


def line_blocks(path: Path, size: int) -> Iterator[Numbered]:
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


def line_count(path: Path) -> None:
    """Nothing: a file of lines does not tell how many there are; but it can be opened."""
    path.open("rb").close()


def line_rows(block: Numbered, shard: Shard) -> Iterator[Told]:
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
        return f"is longer than {LONGEST_LINE} bytes; write one participant on a line"
    try:
        told = strict_value(line.decode("utf-8"))
    except UnicodeDecodeError:
        return "is no UTF-8; save the file as UTF-8"
    except TwiceError:
        return "has a name twice in one object; keep one of them"
    except (ValueError, RecursionError):
        return NO_JSON
    return told if isinstance(told, dict) else NO_JSON


def as_lines(rows: Iterable[Row]) -> bytes:
    """Rows of advice as JSON Lines."""
    return b"".join(
        json.dumps(row, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n" for row in rows
    )


def write_lines(opened: BinaryIO, packed: Iterable[bytes]) -> None:
    """Lines that were made before, into a file."""
    opened.writelines(packed)


def lines_ours(path: Path) -> bool:
    """Whether a file of lines begins with advice, or is empty."""
    with path.open("rb") as opened:
        first = opened.readline(LONGEST_LINE)
    told = told_on(first)
    return not first or (isinstance(told, dict) and list(told) == list(ADVICE_COLUMNS))


PARQUET = Kind(parquet_blocks, parquet_count, parquet_rows, batch_of, write_parquet, parquet_ours)
LINES = Kind(line_blocks, line_count, line_rows, as_lines, write_lines, lines_ours)
KINDS = {".parquet": PARQUET, ".jsonl": LINES, ".ndjson": LINES}
