"""Files of people and of advice, a block after another: what each kind can do, and which kind a file is.

A kind of file reads blocks here, unpacks and packs them in a worker, and writes here what the workers packed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from wor_match.batch import json_lines, parquet
from wor_match.batch.arrow import arrow, batch_of
from wor_match.batch.people import Told
from wor_match.batch.shards import Shard
from wor_match.errors import WorMatchError
from wor_match.rows import Row


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file.

    Attributes
    ----------
    check : callable
        ``(path)``: refuses a file of people in which something is wrong with the whole.
    count : callable or None
        ``(path)``: how many people there are; None for a kind that tells it only to who reads all of it.
    blocks : callable
        ``(path, size)``: the file, so many people at a time, as they may be sent to a worker.
    unpacked : callable
        ``(block, shard)``: the rows of a block that are in the shard.
    packed : callable
        ``(rows)``: advice as it may be sent back.
    write : callable
        ``(opened, packed)``: all that was packed, into a file.
    ours : callable
        ``(path)``: whether a file holds advice.
    """

    check: Callable[[Path], None]
    count: Callable[[Path], int] | None
    blocks: Callable[[Path, int], Iterator[Any]]
    unpacked: Callable[[Any, Shard], Iterable[Told]]
    packed: Callable[[Sequence[Row]], Any]
    write: Callable[[BinaryIO, Iterable[Any]], None]
    ours: Callable[[Path], bool]


PARQUET = Kind(
    check=parquet.check,
    count=parquet.count,
    blocks=parquet.blocks,
    unpacked=parquet.unpacked,
    packed=batch_of,
    write=parquet.write,
    ours=parquet.ours,
)
LINES = Kind(
    check=json_lines.check,
    count=None,
    blocks=json_lines.blocks,
    unpacked=json_lines.unpacked,
    packed=json_lines.packed,
    write=json_lines.write,
    ours=json_lines.ours,
)
KINDS = {".parquet": PARQUET, ".jsonl": LINES, ".ndjson": LINES}


def kind_of(path: Path) -> Kind:
    """The kind of a file, by its name.

    Raises
    ------
    WorMatchError
        When it is another kind, or one that needs a library that is not installed.
    """
    kind = KINDS.get(path.suffix.lower())
    if kind is None or "\0" in str(path):
        raise WorMatchError(
            f"{path} is no table by its name; names may end with: {', '.join(KINDS)}", code="unknown-name"
        )
    if kind is PARQUET:
        arrow()
    return kind
