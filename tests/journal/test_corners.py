"""The corners of a journal: a path that is none, and a file that becomes somebody else's."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from wor_match.errors import EventError, JournalError
from wor_match.journal import Journal, read_events, write_events


def test_a_path_that_no_system_has_is_told_and_not_tried() -> None:
    with pytest.raises(EventError, match=r"'een\\x00twee.jsonl' is no path"):
        read_events("een\0twee.jsonl")
    with pytest.raises(EventError, match="cannot be written: it is no path"):
        write_events("een\0twee.jsonl", [])


def test_a_file_that_another_program_takes_over_meanwhile_is_left_to_it(tmp_path: Path) -> None:
    journal = Journal(f"sqlite:///{tmp_path}/j.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "j.db")) as other, other:
        other.execute("PRAGMA application_id=5")
    with pytest.raises(JournalError, match=r"^the journal j\.db is a database of another program"):
        journal.read()
