"""Programs that write a model over an older one: ours, and three that are broken on purpose.

python -m tests.faults.disk.ready tests.faults.disk.saving, told WAY PATH TEXT
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from tests.faults.disk.marks import between_marks
from wor_match.errors import ModelError
from wor_match.modelfile import write_model

REFUSED = 3  # exit code of who says that it could not write


def in_place(path: Path, text: str) -> None:
    """Broken: over what stands there."""
    with path.open("wb") as opened:
        for begin in range(0, len(text), 4096):
            opened.write(text[begin : begin + 4096].encode())
            opened.flush()


def without_fsync(path: Path, text: str) -> None:
    """Broken: put in place before it is on the disk."""
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_bytes(text.encode())
    beside.replace(path)


def swallowing(path: Path, text: str) -> None:
    """Broken: it never says that something went wrong."""
    with contextlib.suppress(OSError, ModelError):
        write_model(path, text)


WAYS: dict[str, Callable[[Path, str], None]] = {
    "ours": write_model, "in_place": in_place, "without_fsync": without_fsync, "swallowing": swallowing,
}  # fmt: skip


def main(arguments: list[str]) -> None:
    """As told by the arguments."""
    way, path, text = WAYS[arguments[0]], Path(arguments[1]), Path(arguments[2]).read_text(encoding="utf-8")
    between_marks(lambda: way(path, text), (ModelError, OSError))
