"""A model on disk: written all or nothing, read whole or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, cast

from wor_match.errors import ModelError

MOST_BYTES = 500_000_000


def write_model(path: Path, text: str) -> None:
    """Write a model, all or nothing.

    Raises
    ------
    ModelError
        When it cannot be written; what stood there before stays.
    """
    try:
        write_whole(path, text)
    except (OSError, ValueError) as fault:
        raise ModelError(f"{path} cannot be written: {getattr(fault, 'strerror', None) or 'it is no path'}") from None


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


def read_model(path: Path) -> str:
    """The text of a model.

    Raises
    ------
    ModelError
        When the file is not there, is too large, or is no UTF-8.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ModelError(f"{path} is larger than {MOST_BYTES} bytes; that is no model")
        return path.read_text(encoding="utf-8")
    except OSError as fault:
        raise ModelError(f"{path} cannot be read: {fault.strerror}") from None
    except UnicodeDecodeError:
        raise ModelError(f"{path} is no UTF-8; learn the model anew from the history") from None
    except ValueError:
        raise ModelError(f"{path!r} is no path") from None
