"""Parquet: people and advice as record batches, of which no more is held than is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from wor_match.batch.advising import refuse_columns
from wor_match.batch.arrow import advice_schema, arrow, rows_in
from wor_match.batch.shards import Shard
from wor_match.rows import ADVICE_COLUMNS

MOST_ROWS = 65_536  # of advice in one group of a file


def check(path: Path) -> None:
    """Refuses a file that is no parquet, or has a column that is no answer.

    Raises
    ------
    WorMatchError, OSError, ValueError
        For its columns; when it cannot be read.
    """
    with opened_parquet(path) as opened:
        refuse_columns(opened.schema_arrow.names)


def count(path: Path) -> int:
    """How many rows a file says it has."""
    with opened_parquet(path) as opened:
        return int(opened.metadata.num_rows)


def blocks(path: Path, size: int) -> Iterator[Any]:
    """Record batches, of which no more is read than is asked for."""
    with opened_parquet(path) as opened:
        yield from opened.iter_batches(batch_size=size, use_threads=False)


def opened_parquet(path: Path) -> Any:
    """A file that is read piece by piece."""
    arrow()
    from pyarrow.parquet import ParquetFile

    return ParquetFile(path, pre_buffer=False)


def unpacked(batch: Any, shard: Shard) -> list[dict[str, Any]]:
    """The rows of a batch that are in a shard; the others are not even made, where Arrow can leave them out."""
    if shard.of == 1:
        return rows_in(batch)
    inside = [shard.has(row["id"]) for row in rows_in(batch.select(["id"]))]
    try:
        return rows_in(batch.filter(arrow().array(inside, arrow().bool_())))
    except NotImplementedError:  # it cannot filter every kind of column: texts kept as views, as polars writes them
        return [row for row, mine in zip(rows_in(batch), inside, strict=True) if mine]


def write(opened: BinaryIO, packed: Iterable[Any]) -> None:
    """Record batches as a file, in groups that do not hang on how they came."""
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


def ours(path: Path) -> bool:
    """Whether a file has the columns of advice."""
    try:
        with opened_parquet(path) as opened:
            return list(opened.schema_arrow.names) == list(ADVICE_COLUMNS)
    except (OSError, ValueError):
        return False
