"""A file written all or nothing, for its owner only: whoever reads meanwhile sees what stood there before."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, cast


def write_whole(path: Path, text: str) -> None:
    """Write a text all or nothing; see `whole_file`.

    Raises
    ------
    OSError, ValueError
        When it cannot be written; what stood there before stays.
    """
    with whole_file(path) as opened:
        opened.write(text.encode("utf-8"))


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write beside its place; made sure to be on the disk and only then put in place, for its owner only.

    Raises
    ------
    OSError, ValueError
        When it cannot be written; whatever goes wrong, what stood there before stays.
    """
    beside: Path | None = None
    try:
        with NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", suffix=".tmp", delete=False) as opened:
            beside = Path(opened.name)
            yield cast(BinaryIO, opened)
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(path)
        beside = None
    finally:
        if beside is not None:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
