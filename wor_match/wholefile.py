"""A file written all or nothing, for its owner only: whoever reads meanwhile sees what stood there before."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, cast

ABANDONED = 3600.0  # seconds before this one was begun: nobody writes a file that long
BESIDE = ".tmp"
DICE = "[a-z0-9_]{8}"  # what NamedTemporaryFile puts in a name


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
    """A file to write beside its place, for its owner only: made sure to be on the disk, put in place, made sure again.

    What a process that was killed left beside the same place an hour or more ago is thrown away. A link is replaced,
    and what it points to stays as it was: else who may write in a folder could choose which file is written over.

    Raises
    ------
    OSError, ValueError
        When it cannot be written; whatever goes wrong, what stood there before stays, or the new stands there whole.
    """
    beside: Path | None = None
    try:
        with NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", suffix=BESIDE, delete=False) as opened:
            beside = Path(opened.name)
            yield cast(BinaryIO, opened)
            opened.flush()
            os.fsync(opened.fileno())
        sweep(path, beside)
        beside.replace(path)
        beside = None
        sync_folder(path.parent)
    finally:
        if beside is not None:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk, as far as the system lets us.

    Windows opens no folder, and a folder that may be written and not listed is opened for nobody else. The file stands
    there whole, so that an error would be a lie; after a power cut what stood there before may be back.
    """
    if os.name == "nt":
        return
    try:
        opened = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def sweep(path: Path, newest: Path) -> None:
    """Throw away what was begun beside a place long before the newest, by the clock of the disk, and never finished."""
    with contextlib.suppress(OSError):  # what cannot be thrown away costs space and nothing else
        begun, ours = newest.stat().st_mtime, re.compile(rf"\.{re.escape(path.name)}\.{DICE}{re.escape(BESIDE)}")
        for left in path.parent.iterdir():
            if ours.fullmatch(left.name) and left.stat().st_mtime < begun - ABANDONED:
                left.unlink(missing_ok=True)
