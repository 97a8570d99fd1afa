"""A model on disk: written all or nothing, read whole or not at all; every fault is a ModelError."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import BinaryIO

from wor_match.errors import ModelError, why
from wor_match.wholefile import write_whole

MOST_BYTES = 500_000_000
AT_ONCE = 1_000_000  # bytes


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
        raise ModelError(f"{path} cannot be written: {why(fault)}", code="cannot-write") from None


def read_model(path: Path) -> str:
    """The text of a model.

    Raises
    ------
    ModelError
        When the file is not there, is no ordinary file, is too large, or is no UTF-8.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a device may never end
            raise ModelError(f"{path} is no ordinary file; give the path of a model", code="no-file")
        with path.open("rb") as opened:
            found = bytes_of(opened)
        if len(found) > MOST_BYTES:
            raise ModelError(f"{path} is larger than {MOST_BYTES} bytes; that is no model", code="too-large")
        return found.decode("utf-8")
    except OSError as fault:
        raise ModelError(f"{path} cannot be read: {why(fault)}", code="no-file") from None
    except UnicodeDecodeError:
        raise ModelError(f"{path} is no UTF-8; learn the model anew from the history", code="no-utf8") from None
    except ValueError:
        raise ModelError(f"{path!r} is no path", code="no-path") from None


def bytes_of(opened: BinaryIO) -> bytearray:
    """What is in a file, up to one byte more than a model may have: what the system says of a size may be old."""
    found = bytearray()
    while part := opened.read(min(AT_ONCE, MOST_BYTES + 1 - len(found))):
        found += part
    return found
