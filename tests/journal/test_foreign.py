"""A database of another program stays as it is, with all that the program left beside it."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journal.elsewhere import in_a_child
from tests.journal.test_sqlite import EVENTS, opened, refusal
from wor_match.errors import JournalError
from wor_match.journal import examined, sqlite

IN_A_LOG = """
import os, sqlite3, sys
other = sqlite3.connect(sys.argv[1], isolation_level=None)
for one in ("PRAGMA journal_mode=WAL", "PRAGMA wal_autocheckpoint=0", "CREATE TABLE t (x)", "INSERT INTO t VALUES (1)"):
    other.execute(one)
os._exit(0)
"""
IN_A_ROLLBACK_JOURNAL = """
import os, sqlite3, sys
other = sqlite3.connect(sys.argv[1], isolation_level=None)
for one in ("CREATE TABLE t (x)", "PRAGMA cache_size=2", "BEGIN"):
    other.execute(one)
for _ in range(50):
    other.execute("INSERT INTO t VALUES (?)", ("x" * 900,))
os._exit(0)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.mark.parametrize("leaves", [IN_A_LOG, IN_A_ROLLBACK_JOURNAL], ids=["log", "rollback-journal"])
def test_what_another_program_left_in_the_midst_is_not_finished_for_it(path: Path, leaves: str) -> None:
    subprocess.run([sys.executable, "-c", leaves, str(path)], check=True)
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    assert len(before) > 1
    for call in (opened, lambda _: list(examined(f"sqlite:///{path}"))):
        with pytest.raises(JournalError, match="a database of another program"):
            call(path)
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


def test_the_first_look_drops_no_lock_of_this_process(path: Path) -> None:
    """Closing a file beside SQLite would."""
    opened(path).append(EVENTS)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert not sqlite.is_foreign(path)
        assert "is busy" in in_a_child(lambda: refusal(lambda: opened(path)))
