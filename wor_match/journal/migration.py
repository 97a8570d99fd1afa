"""A journal of an older format becomes one of this format: in one transaction, with a copy of the old one beside it."""

from __future__ import annotations

import contextlib
import glob
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from wor_match.errors import JournalError

Step = Callable[[sqlite3.Connection], None]
STEPS: dict[int, Step] = {}  # from this format to the next; there has been one format only


def migrate(path: Path, found: int, wanted: int, connected: Callable[[], sqlite3.Connection]) -> None:
    """Bring a file up to date, with a copy of what it was beside it.

    Raises
    ------
    JournalError
        When a step is not known, or the copy cannot be written; the journal stays as it was.
    """
    lacking = [number for number in range(found, wanted) if number not in STEPS]
    if lacking:
        raise JournalError(
            f"the journal {path.name} has format {found}, which this release cannot read; "
            f"open it once with a release that reads {found} and {found + 1}",
            code="older-format",
        )
    with contextlib.closing(connected()) as opened:
        opened.execute("BEGIN IMMEDIATE")
        if opened.execute("PRAGMA user_version").fetchone()[0] == found:  # nobody else was quicker
            copied(path, path.with_name(f"{path.name}.format-{found}"))
            for number in range(found, wanted):
                STEPS[number](opened)
            opened.execute(f"PRAGMA user_version={wanted}")
        opened.execute("COMMIT")


def copies_of(path: Path) -> list[Path]:
    """The copies that migrations left beside a journal; somebody who is erased must not live on in them."""
    return sorted(path.parent.glob(f"{glob.escape(path.name)}.format-*"))


def copied(path: Path, copy: Path) -> None:
    """A copy on the disk, for its owner only, put in place whole.

    Raises
    ------
    JournalError
        When it cannot be written.
    """
    beside = copy.with_name(f"{copy.name}.tmp")
    try:
        beside.unlink(missing_ok=True)
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with (
            contextlib.closing(sqlite3.connect(path)) as old,
            contextlib.closing(sqlite3.connect(beside)) as new,
        ):
            old.backup(new)
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(copy)
    except (OSError, sqlite3.Error):
        raise JournalError(
            f"the journal {path.name} stays in its old format: no copy could be written beside it; make room there",
            code="journal-full",
        ) from None
