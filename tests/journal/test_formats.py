"""An older journal is brought up to date or stays as it was; a golden file of each released format loads for ever.

Format 0 never was released: it is made up here, to prove the way that every later format will go.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from tests.learning.story import consent, visit
from wor_match.domain.kinds import as_line, event_of
from wor_match.domain.strict_json import strict_value
from wor_match.errors import JournalError
from wor_match.journal import Appended, Journal, migration, sqlite
from wor_match.journal.rows import Row, row_of, seal_of

DATA = Path(__file__).parent.parent / "data"
EVENTS = [consent(), consent("p2"), visit(1), visit(2, "p2", ratings={"welcome": 5})]
SALT = "0123456789abcdef" * 3


def made_up_format_0(path: Path) -> None:
    """Ids and lines, and nothing else."""
    with contextlib.closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE events (event_id TEXT PRIMARY KEY, line TEXT)")
        raw.executemany("INSERT INTO events VALUES (?, ?)", [(one.event_id, as_line(one)) for one in EVENTS])
        raw.execute(f"PRAGMA application_id={sqlite.MAGIC}")


def from_0(opened: sqlite3.Connection) -> None:
    """The step that a release after format 0 would have."""
    lines = opened.execute("SELECT line FROM events").fetchall()
    with contextlib.closing(sqlite3.connect(DATA / "journal-format-1.db")) as golden:
        for (sentence,) in golden.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall():
            opened.execute(sentence)
    salt = SALT + seal_of(SALT)
    opened.executemany("INSERT INTO wor_match_marks VALUES (?, ?)", [("format", "1"), ("salt", salt)])
    rows = [row_of(event_of(strict_value(line)), salt.encode()) for (line,) in lines]
    names = list(Row.__slots__)
    opened.executemany(
        f"INSERT INTO wor_match_events ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
        [[getattr(row, name) for name in names] for row in rows],
    )
    opened.execute("DROP TABLE events")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    made_up_format_0(tmp_path / "journal.db")
    return tmp_path / "journal.db"


def test_the_golden_journal_of_format_1_loads(tmp_path: Path) -> None:
    path = shutil.copy(DATA / "journal-format-1.db", tmp_path)
    journal = Journal(f"sqlite:///{path}")
    read = journal.read()
    assert [as_line(one) for one in read if not one.event_id.startswith("restricted.")] == sorted(
        map(as_line, EVENTS), key=lambda line: (event_of(strict_value(line)).at, event_of(strict_value(line)).event_id)
    )
    assert [one.of for one in read if one.event_id.startswith("restricted.")] == ["p2"]
    assert journal.version() == "d3b4636aea738ce52adcadca"
    assert journal.append(EVENTS) == Appended(0, len(EVENTS))
    assert journal.append([visit(3, "erased")]) == Appended(0, 0, 1)


def test_an_older_journal_is_brought_up_to_date_with_a_copy_beside_it(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(migration.STEPS, 0, from_0)
    with contextlib.closing(sqlite3.connect(old)) as raw:
        before = raw.execute("SELECT * FROM events").fetchall()
    journal = Journal(f"sqlite:///{old}")
    assert {one.event_id for one in journal.read()} == {one.event_id for one in EVENTS}
    copy = old.with_name("journal.db.format-0")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with contextlib.closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("SELECT * FROM events").fetchall() == before
    journal.erase("p1")
    assert not copy.exists()  # somebody who is erased must not live on in it


def test_who_was_quicker_has_done_it(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(migration.STEPS, 0, from_0)
    store = Journal(f"sqlite:///{old}")._open()
    migration.migrate(old, 0, 1, store.connected)  # type: ignore[attr-defined]  # a file's store
    assert len(Journal(f"sqlite:///{old}").read()) == len(EVENTS)


def test_a_step_that_fails_leaves_the_journal_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(opened: sqlite3.Connection) -> None:
        from_0(opened)
        raise sqlite3.OperationalError("halfway")

    monkeypatch.setitem(migration.STEPS, 0, fails)
    with pytest.raises(JournalError):
        Journal(f"sqlite:///{old}")
    with contextlib.closing(sqlite3.connect(old)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (0,)
        assert len(raw.execute("SELECT * FROM events").fetchall()) == len(EVENTS)
    monkeypatch.setitem(migration.STEPS, 0, from_0)
    assert len(Journal(f"sqlite:///{old}").read()) == len(EVENTS)


def test_without_a_step_or_a_copy_it_stays_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old.read_bytes()
    with pytest.raises(JournalError, match="has format 0, which this release cannot read; open it once with"):
        Journal(f"sqlite:///{old}")
    monkeypatch.setitem(migration.STEPS, 0, from_0)
    old.with_name("journal.db.format-0.tmp").mkdir()
    with pytest.raises(JournalError, match="stays in its old format: no copy could be written"):
        Journal(f"sqlite:///{old}")
    assert old.read_bytes() == before
