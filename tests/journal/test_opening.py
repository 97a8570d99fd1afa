"""Who opens a file at the same moment as somebody else: one makes it, the other finds it made."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

import pytest

from tests.journal.test_sqlite import EVENTS, opened
from wor_match.errors import JournalError
from wor_match.journal import Appended, Journal, sqlite


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


def test_who_may_write_is_settled_before_anything_is_read(path: Path) -> None:
    with (
        opened(path)._open().writing(),
        contextlib.closing(sqlite3.connect(path, timeout=0)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")


def test_who_comes_second_finds_the_tables_made(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writing, first = sqlite.FileStore.writing, []

    def after_another(store: sqlite.FileStore) -> object:
        if not first:
            first.append("made")
            opened(path).append(EVENTS)
        return writing(store)

    monkeypatch.setattr(sqlite.FileStore, "writing", after_another)
    assert opened(path).append(EVENTS) == Appended(0, len(EVENTS))


def test_a_file_that_becomes_a_journal_while_it_is_looked_at_is_ours(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pragma, asked = sqlite.pragma, []

    def made_meanwhile(one: sqlite3.Connection, name: str) -> object:
        found = pragma(one, name)
        if not asked:
            asked.append(name)
            opened(path).append(EVENTS)
        return found

    monkeypatch.setattr(sqlite, "pragma", made_meanwhile)
    assert opened(path).append(EVENTS) == Appended(0, len(EVENTS))
    assert asked == ["application_id"]


def test_a_path_is_meant_from_where_the_program_ran_when_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "here")
    journal = Journal("sqlite:///journal.db")
    monkeypatch.chdir(tmp_path / "there")
    Journal("sqlite:///journal.db")
    journal.append(EVENTS)
    journal.erase("p1")
    assert len(journal.read()) == len(EVENTS) - 1
    assert Journal("sqlite:///journal.db").read() == ()


@pytest.mark.skipif(os.name == "nt", reason="there a folder that is in use cannot be taken away")
def test_a_path_from_a_folder_that_is_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(JournalError, match="the folder in which this program runs is not there any more"):
        Journal("sqlite:///journal.db")


def test_what_a_journal_is_called_stands_on_one_line(tmp_path: Path) -> None:
    assert repr(opened(tmp_path / "a\nERROR b.db")) == "Journal(the journal a\\nERROR b.db)"
