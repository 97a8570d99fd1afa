"""What stands at a path, and a new file there: all that is done beside a database before it is opened in earnest.

References
----------
sqlite.org/howtocorrupt.html, 2.2: never open and close the file beside SQLite, that drops the locks of the process.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from wor_match.journal.faults import SQLITE, Said, error_saying
from wor_match.journal.tables import MAGIC

SMALLEST = 512  # bytes; SQLite takes a file that is shorter for an empty one, and would write over it


def make_file(path: Path) -> None:
    """An empty file for its owner only, before anything is written to it; one that is there stays.

    Raises
    ------
    JournalError
        When the folder is not there or cannot be written, or what is there is too short for a journal.
    """
    said: Said | None = None
    try:
        made_for_owner(path)
    except FileExistsError:
        if not path.is_file():
            said = "journal-address", "is no file; give the path of a file"
        elif 0 < path.stat().st_size < SMALLEST and not path.with_name(f"{path.name}-journal").exists():
            said = SQLITE["SQLITE_NOTADB"]
        elif not path.stat().st_size:
            path.chmod(0o600)
    except (FileNotFoundError, NotADirectoryError):
        said = "journal-address", "cannot be made: its folder is not there; make the folder first"
    except (OSError, ValueError):
        said = (
            "journal-refused",
            "cannot be made: its folder may not be written; give another folder, or write rights on this one",
        )
    if said:
        raise error_saying(f"the journal {path.name}", said)


def made_for_owner(path: Path) -> None:
    """Make the file without opening it where the system can: closing it would drop SQLite's locks."""
    try:
        os.mknod(path, 0o600)
    except (AttributeError, PermissionError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def is_foreign(path: Path) -> bool:
    """Whether another program keeps its data here, seen without finishing for it what it left in the midst.

    As if nothing could change, SQLite takes no lock and looks at no log beside the file; and what it opens and closes
    itself drops no lock of this process. What it cannot read so is told when the file is opened in earnest.

    References
    ----------
    sqlite.org/uri.html, `immutable`.
    """
    try:
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
            ours, *marks = (pragma(opened, name) for name in ("application_id", "user_version", "schema_version"))
    except sqlite3.Error:
        return False
    return ours != MAGIC and (any((ours, *marks)) or os.path.exists(f"{path}-wal"))


def pragma(opened: sqlite3.Connection, name: str) -> object:
    """A setting as it is in force."""
    row = opened.execute(f"PRAGMA {name}").fetchone()
    return None if row is None else row[0]
