"""The doctor of a journal: what is sound is said to be, what is not is named with what to do, and nobody is told of."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from tests.faults.leaks.canary import OF_THE_EVENTS, found_in, history
from tests.journal.server import Server
from wor_match.cli import main
from wor_match.errors import JournalError
from wor_match.journal import Journal, examined
from wor_match.journal.looked_at import LookedAt


def kept(folder: Path) -> str:
    """The address of a journal with a history in it."""
    url = f"sqlite:///{folder / 'journal.db'}"
    Journal(url).append(history())
    return url


def behind_its_back(folder: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(folder / "journal.db")) as other, other:
        other.execute(statement)


def unsound(url: str) -> dict[str, str]:
    return {found.name: found.text for found in examined(url) if not found.sound}


def test_a_journal_that_is_sound_is_said_to_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = kept(tmp_path)
    assert main(["doctor", "--journal", url]) == 0
    said = capsys.readouterr().out
    assert "journal      events: 8 of 1 person, 2026-07-01 to 2026-07-08\n" in said
    assert "journal      damaged: none\n" in said
    assert said.endswith("journal      sound\n")
    assert "synchronous=FULL" in said
    assert found_in(said, OF_THE_EVENTS) == []


def test_a_damaged_event_is_named_and_the_command_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = kept(tmp_path)
    behind_its_back(tmp_path, "UPDATE wor_match_events SET line = line || ' ' WHERE event_id = 'e2'")
    assert unsound(url) == {"damaged": "e2; put back the latest backup, and append again what came after it"}
    assert main(["doctor", "--journal", url]) == 1
    assert capsys.readouterr().out.endswith("journal      not sound: look at damaged\n")


def test_a_file_that_others_may_read_is_told(tmp_path: Path) -> None:
    url = kept(tmp_path)
    (tmp_path / "journal.db").chmod(0o640)
    assert unsound(url) == {"file": "others may read it; run chmod 600 on it"}


def test_pages_that_are_not_whole_are_told(tmp_path: Path) -> None:
    """An index without its rows: SQLite answers all the same, and finds it when asked to look."""
    url = kept(tmp_path)
    with contextlib.closing(sqlite3.connect(tmp_path / "journal.db")) as other, other:
        root = other.execute("SELECT rootpage FROM sqlite_schema WHERE name LIKE 'ix_%'").fetchone()[0]
        size = other.execute("PRAGMA page_size").fetchone()[0]
    with (tmp_path / "journal.db").open("r+b") as file:
        file.seek((root - 1) * size + 3)  # how many entries the index has
        file.write(b"\0\0")
    assert unsound(url) == {"pages": "damaged; put back the latest backup, and append again what came after it"}


def test_a_journal_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(
        JournalError, match=r"^the journal j\.db is not there; give the path of one that was made \[journal-missing\]$"
    ):
        list(examined(f"sqlite:///{tmp_path / 'j.db'}"))
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.touch()
    path.chmod(0o644)
    with pytest.raises(
        JournalError, match=r"^the journal notes\.txt is empty: there is no journal yet; give the path of"
    ):
        list(examined(f"sqlite:///{path}"))
    assert (path.stat().st_size, path.stat().st_mode & 0o777) == (0, 0o644)
    assert [*tmp_path.iterdir()] == [path]


def test_an_empty_database_on_a_server_stays_empty(postgres: Server) -> None:
    url = postgres.new()
    with pytest.raises(
        JournalError, match="has no journal in that database yet; give the address of one that was made"
    ):
        list(examined(url))
    name = url.split("/")[3].split("?")[0]
    assert postgres.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", name) == "0\n"


def test_how_many_are_restricted_is_told_and_not_who(tmp_path: Path) -> None:
    url = kept(tmp_path)
    Journal(url).restrict("kanarie-8W5X")
    assert LookedAt("restricted", "1 person: kept, and not learned from") in examined(url)


def test_an_empty_journal_is_sound(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'journal.db'}"
    Journal(url).close()
    assert unsound(url) == {}
    assert LookedAt("events", "0") in examined(url)


def test_a_server_tells_whether_it_makes_sure_of_its_disk(postgres: Server) -> None:
    url = postgres.new()
    Journal(url).append(history())
    found = {one.name: one for one in examined(url)}
    assert found["database"].text.startswith("PostgreSQL ")
    assert found["settings"].text.startswith("fsync=on" if found["settings"].sound else "fsync=off: a power cut")
    assert found["events"].text.startswith("8 of 1 person")


def test_who_only_wants_to_read_makes_no_journal_by_a_wrong_address(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="give the path of one"):
        Journal(f"sqlite:///{tmp_path / 'jurnal.db'}", make=False)
    assert list(tmp_path.iterdir()) == []
    url = kept(tmp_path)
    with Journal(url, make=False) as journal:
        assert len(journal.read()) == 8
