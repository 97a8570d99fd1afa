"""A journal in a file: whose it is, how it is opened, and what each refusal says."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import InvalidRequestError

from tests.journal.elsewhere import in_a_child
from tests.learning.story import visit
from wor_match.errors import BusyError, JournalError
from wor_match.journal import Appended, Journal, sqlite
from wor_match.journal.faults import told_plainly

EVENTS = [visit(day, f"p{day}", event_id=f"e{day}") for day in range(1, 9)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user may enter; pytest's own are closed."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def opened(path: Path, timeout: float = 0.2) -> Journal:
    return Journal(f"sqlite:///{path}", timeout=timeout)


def changed(path: Path, *sentences: str) -> None:
    """Change a file from outside."""
    with contextlib.closing(sqlite3.connect(path)) as raw, raw:
        for sentence in sentences:
            raw.execute(sentence)


def test_the_file_is_for_its_owner_before_anything_is_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.umask(0)
    try:
        modes = []
        monkeypatch.setattr(sqlite, "make_tables", lambda _: modes.append(stat.S_IMODE(path.stat().st_mode)) or 1 / 0)
        with pytest.raises(ZeroDivisionError):
            opened(path)
        monkeypatch.undo()
        assert modes == [0o600]
        path.chmod(0o644)  # empty still: somebody touched it
        opened(path).append(EVENTS)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("lacking", [AttributeError, PermissionError])
def test_where_no_file_can_be_made_unopened_it_is_made_opened(
    path: Path, monkeypatch: pytest.MonkeyPatch, lacking: type[Exception]
) -> None:
    def mknod(*_: object) -> None:
        raise lacking

    monkeypatch.setattr(os, "mknod", mknod)
    opened(path).append(EVENTS)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_every_connection_has_every_safe_setting(path: Path) -> None:
    journal = opened(path)
    with contextlib.closing(journal._open().connected()) as one:  # type: ignore[attr-defined]  # a file's store
        found = {name: sqlite.pragma(one, name) for name in (*sqlite.SAFE, "application_id", "user_version")}
        assert sqlite.pragma(one, "busy_timeout") == 200
        strict = one.execute("SELECT name, strict FROM pragma_table_list WHERE name LIKE 'wor_match_%'").fetchall()
    assert found == {
        "journal_mode": "truncate",
        "synchronous": 2,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "temp_store": 2,
        "application_id": 0x776F724D,
        "user_version": 1,
    }
    assert len(strict) == 4
    assert {one for _, one in strict} == {1}


@pytest.mark.parametrize("name", [*sqlite.SAFE])
def test_a_setting_that_is_not_taken_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    opened(path)
    monkeypatch.setitem(sqlite.SAFE, name, (sqlite.SAFE[name][0], "something else"))
    with pytest.raises(JournalError, match=f"SQLite does not take {name}="):
        opened(path)


def test_an_old_sqlite_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite.sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(JournalError, match=r"too old for a journal; 3\.37"):
        opened(path)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite://", "in memory would be lost"),
        ("sqlite:///:memory:", "in memory would be lost"),
        ("sqlite:///file:x?mode=memory&uri=true", "in memory would be lost"),
        ("sqlite:////tmp/journal.db?mode=ro", "nothing but its path"),
        ("sqlite+aiosqlite:////tmp/journal.db", "that kind of database"),
        ("mysql://piet:geheim@host/db", "that kind of database"),
        ("postgresql+asyncpg://piet:geheim@host/db", "that kind of database"),
        ("piet:geheim", "no address of a journal"),
        (None, "no address of a journal"),
        (b"sqlite:////tmp/journal.db", "no address of a journal"),
        ("postgresql://host:geheim/db", "no address of a journal"),
    ],
)
def test_what_is_no_address_is_refused_and_not_repeated(url: object, said: str) -> None:
    with pytest.raises(JournalError, match=said) as told:
        Journal(url)  # type: ignore[arg-type]  # refused
    assert "geheim" not in str(told.value)
    assert told.value.__context__ is None


@pytest.mark.parametrize("timeout", [0, -1, True, "1", float("nan"), float("inf")])
def test_a_timeout_is_a_number_of_seconds(path: Path, timeout: object) -> None:
    with pytest.raises(JournalError, match="no number of seconds"):
        Journal(f"sqlite:///{path}", timeout=timeout)  # type: ignore[arg-type]  # refused


@pytest.mark.parametrize("times", [1, 25, 26, 400])  # SQLite itself writes over a file of less than 512 bytes
def test_another_kind_of_file_stays_as_it_is(path: Path, times: int) -> None:
    path.write_bytes(b"dit is geen dagboek " * times)
    with pytest.raises(JournalError, match="is no journal but another kind of file"):
        opened(path)
    assert path.read_bytes() == b"dit is geen dagboek " * times


@pytest.mark.parametrize("mark", ["PRAGMA application_id=77", "PRAGMA user_version=3", "CREATE TABLE t (x)"])
def test_a_database_of_somebody_else_stays_as_it_is(path: Path, mark: str) -> None:
    changed(path, "PRAGMA journal_mode=DELETE", mark)
    before = path.read_bytes()
    with pytest.raises(JournalError, match="a database of another program"):
        opened(path)
    assert path.read_bytes() == before


def test_a_newer_format_is_refused(path: Path) -> None:
    opened(path).append(EVENTS)
    changed(path, "PRAGMA user_version=2")
    with pytest.raises(JournalError, match=r"has format 2; this release reads up to 1: use a newer one"):
        opened(path)


def test_wal_of_another_program_is_refused(path: Path) -> None:
    journal = opened(path)
    changed(path, "PRAGMA journal_mode=WAL")
    with pytest.raises(JournalError, match="in WAL mode by another program"):
        journal.append(EVENTS)
    changed(path, "PRAGMA journal_mode=DELETE")
    assert journal.append(EVENTS).new == len(EVENTS)


def test_a_missing_folder_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="its folder is not there; make the folder first"):
        opened(tmp_path / "nergens" / "journal.db")
    with pytest.raises(JournalError, match="is no file; give the path of a file"):
        opened(tmp_path)
    (tmp_path / "bestand").write_text("")
    with pytest.raises(JournalError, match="its folder is not there"):
        opened(tmp_path / "bestand" / "journal.db")
    with pytest.raises(JournalError, match="cannot be made"):
        opened(tmp_path / ("a" * 300))


def test_a_file_that_was_taken_away_is_not_made_anew(path: Path) -> None:
    journal = opened(path)
    path.unlink()
    with pytest.raises(JournalError, match="cannot be opened; see that its folder is there"):
        journal.append(EVENTS)
    assert not path.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("closed", ["folder", "file"])
def test_what_may_only_be_read_is_read_and_not_written(open_folder: Path, closed: str) -> None:
    folder = open_folder / "map"
    folder.mkdir()
    path = folder / "journal.db"
    opened(path).append(EVENTS[:2])
    path.chmod(0o644 if closed == "file" else 0o666)
    folder.chmod(0o777 if closed == "file" else 0o755)

    def reads_and_writes() -> tuple[int, str, str]:
        os.chdir(folder)
        os.setgid(65534)
        os.setuid(65534)
        journal = Journal("sqlite:///journal.db", timeout=0.2)
        n_read = len(journal.read())
        return n_read, refusal(lambda: journal.append(EVENTS)), refusal(lambda: Journal("sqlite:///../new.db"))

    n_read, written, made = in_a_child(reads_and_writes)
    assert n_read == 2
    assert "writ" in written
    assert "its folder may not be written" in made
    assert opened(path).append(EVENTS) == Appended(len(EVENTS) - 2, 2)


def refusal(call: Callable[[], object]) -> str:
    try:
        call()
    except JournalError as fault:
        return str(fault)
    return "nothing was refused"


def test_a_full_disk_changes_nothing_and_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = opened(path)
    journal.append(EVENTS[:4])
    store, connected = journal._open(), journal._open().connected  # type: ignore[attr-defined]  # a file's store

    def full() -> sqlite3.Connection:
        one: sqlite3.Connection = connected()
        one.execute(f"PRAGMA max_page_count={sqlite.pragma(one, 'page_count')}").close()
        return one

    monkeypatch.setattr(store.engine.pool, "_creator", full)  # type: ignore[attr-defined]  # a file's store
    many = [visit(day, event_id=f"m{day}") for day in range(1, 400)]
    with pytest.raises(JournalError, match="no room left on its disk; nothing was changed") as told:
        journal.append(many)
    assert type(told.value) is JournalError
    monkeypatch.undo()
    assert len(journal.read()) == 4
    assert journal.append(many).new == len(many)


def test_busy_is_an_error_to_try_again_after(path: Path) -> None:
    journal = opened(path)
    journal.append(EVENTS[:4])
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for call in (lambda: journal.append(EVENTS), journal.read, lambda: opened(path)):
            with pytest.raises(BusyError, match="is busy: somebody else is writing; nothing was written; try again"):
                call()
        other.execute("ROLLBACK")
    assert journal.append(EVENTS).new == 4


def test_a_row_that_was_slipped_in_meanwhile_is_busy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from wor_match.journal import appending

    journal = opened(path)
    monkeypatch.setattr(appending, "add_rows", lambda *_: 0)
    with pytest.raises(BusyError, match="another program wrote"):
        journal.append(EVENTS)


def test_pages_of_nonsense_are_told_as_damage(path: Path) -> None:
    opened(path).append([visit(day, event_id=f"m{day}") for day in range(1, 400)])
    whole = bytearray(path.read_bytes())
    whole[4096:] = b"\xff" * (len(whole) - 4096)
    path.write_bytes(whole)
    with pytest.raises(JournalError, match="is damaged; put the file aside"):
        opened(path).read()


def test_a_lost_salt_or_restriction_is_told(path: Path) -> None:
    journal = opened(path)
    journal.restrict("p1")
    changed(path, "UPDATE wor_match_restricted SET token = 'a' || substr(token, 2, 46) || 'zz' || substr(token, 49)")
    with pytest.raises(JournalError, match="a restriction in the journal is damaged"):
        journal.read()
    changed(path, "UPDATE wor_match_marks SET value = 'x' WHERE name = 'salt'")
    with pytest.raises(JournalError, match="lost its salt"):
        journal.append(EVENTS)


@pytest.mark.parametrize(
    "fault", [UnicodeDecodeError("utf-8", b"geheim", 0, 1, "geheim"), InvalidRequestError("geheim")]
)
def test_what_the_database_layer_says_is_not_repeated(fault: Exception) -> None:
    with (
        pytest.raises(JournalError, match=r"the journal (is damaged|cannot be used)") as told,
        told_plainly("the journal"),
    ):
        raise fault
    assert "geheim" not in str(told.value)
