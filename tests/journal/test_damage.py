"""A row that is not as it was written is left out and named, and a file is never trusted further than its digests."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from tests.learning.story import visit
from wor_match.errors import JournalError, WorMatchWarning
from wor_match.journal import Journal
from wor_match.journal.rows import row_of
from wor_match.journal.tables import EVENTS as TABLE
from wor_match.journal.tables import add_rows, mark_of, remove_rows, salt_of, set_mark, tally_name

EVENTS = [visit(day, f"persoon-{day}", event_id=f"e{day}") for day in range(1, 5)]
FIELDS = ["event_id", "who", "at", "line", "digest"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Journal(f"sqlite:///{tmp_path}/journal.db").append(EVENTS)
    return tmp_path / "journal.db"


def changed(path: Path, *sentences: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as raw, raw:
        for sentence in sentences:
            raw.execute(sentence)


@pytest.mark.parametrize("field", FIELDS)
def test_a_flipped_letter_is_found_wherever_it_stands(path: Path, field: str) -> None:
    changed(path, f"UPDATE wor_match_events SET {field} = {field} || '0' WHERE event_id = 'e2'")
    journal = Journal(f"sqlite:///{path}")
    name = "e20" if field == "event_id" else "e2"
    with pytest.warns(WorMatchWarning, match=f"left out: {name}; put back the latest backup"):
        assert journal.read() == (EVENTS[0], *EVENTS[2:])
    assert journal.damaged() == (name,)
    with pytest.warns(WorMatchWarning, match=name):
        assert journal.read("persoon-1") == (EVENTS[0],)


@pytest.mark.parametrize("field", FIELDS)
def test_a_text_that_became_something_else_is_found(path: Path, field: str) -> None:
    changed(path, "PRAGMA writable_schema=ON", "UPDATE sqlite_master SET sql = replace(sql, 'STRICT', '')")
    changed(path, f"UPDATE wor_match_events SET {field} = CAST({field} AS BLOB) WHERE event_id = 'e2'")
    journal = Journal(f"sqlite:///{path}")
    with pytest.warns(WorMatchWarning, match="no readable id" if field == "event_id" else "e2"):
        assert journal.read() == (EVENTS[0], *EVENTS[2:])
    journal.version()
    journal.erase("persoon-2")
    assert b"persoon-2" not in path.read_bytes()


@pytest.mark.parametrize("field", ["about", "inside"])
def test_a_link_from_nowhere_is_found(path: Path, field: str) -> None:
    changed(path, f"UPDATE wor_match_events SET {field} = 'e1' WHERE event_id = 'e2'")
    assert Journal(f"sqlite:///{path}").damaged() == ("e2",)


def test_a_row_under_somebody_elses_token_is_found(path: Path) -> None:
    others = "(SELECT who FROM wor_match_events WHERE event_id = 'e1')"
    changed(path, f"UPDATE wor_match_events SET who = {others} WHERE event_id = 'e2'")
    assert Journal(f"sqlite:///{path}").damaged() == ("e2",)


def test_a_line_that_cannot_be_read_is_found_though_its_digest_fits(path: Path) -> None:
    from wor_match.journal.rows import Row, digest_of

    with contextlib.closing(sqlite3.connect(path)) as raw, raw:
        for name, line in (("e2", "geen json"), ("e3", '{"kind": "onbekend"}')):
            who, at = raw.execute("SELECT who, at FROM wor_match_events WHERE event_id = ?", (name,)).fetchone()
            made = digest_of(Row(name, who, at, None, None, line, ""))
            raw.execute("UPDATE wor_match_events SET line = ?, digest = ? WHERE event_id = ?", (line, made, name))
    journal = Journal(f"sqlite:///{path}")
    assert journal.damaged() == ("e2", "e3")
    with pytest.raises(JournalError, match="damaged in the journal: e2, e3; nothing was written"):
        journal.append(EVENTS)


def test_a_damaged_event_stays_and_is_not_written_over(path: Path) -> None:
    changed(path, "UPDATE wor_match_events SET line = line || ' ' WHERE event_id = 'e2'")
    journal = Journal(f"sqlite:///{path}")
    with pytest.raises(JournalError, match="damaged in the journal: e2; nothing was written"):
        journal.append(EVENTS)
    with pytest.raises(JournalError, match="damaged events of this person: e2"):
        journal.export("persoon-2")
    assert len(journal.export("persoon-1")["events"]) == 1
    assert journal.damaged() == ("e2",)


@pytest.mark.parametrize("field", ["who", "line"])
def test_erasing_takes_a_damaged_event_along(path: Path, field: str) -> None:
    changed(path, f"UPDATE wor_match_events SET {field} = {field} || '0' WHERE event_id = 'e2'")
    journal = Journal(f"sqlite:///{path}")
    assert journal.erase("persoon-2").n_events == 1
    assert journal.damaged() == ()
    assert b"persoon-2" not in path.read_bytes()


def test_erasing_takes_along_what_has_no_readable_id(path: Path) -> None:
    changed(path, "UPDATE wor_match_events SET event_id = CAST(X'65FF' AS TEXT) WHERE event_id = 'e2'")
    journal = Journal(f"sqlite:///{path}")
    assert journal.damaged() == ("(no readable id)",)
    assert journal.erase("persoon-2").n_events == 1
    assert journal.damaged() == ()
    assert b"persoon-2" not in path.read_bytes()


def test_a_row_that_is_hidden_is_counted(path: Path) -> None:
    changed(path, "DELETE FROM wor_match_events WHERE event_id = 'e2'")
    journal = Journal(f"sqlite:///{path}")
    with pytest.warns(WorMatchWarning, match=r"left out: \(1 that are gone\); put back the latest backup"):
        assert journal.read() == (EVENTS[0], *EVENTS[2:])
    assert journal.damaged() == ("(1 that are gone)",)
    with pytest.raises(JournalError, match="damaged events of this person"):
        journal.export("persoon-1")
    journal.append([visit(9, "persoon-1", event_id="e9")])
    journal.erase("persoon-3")
    assert journal.damaged() == ("(1 that are gone)",)  # nothing that is written later makes it look whole


def test_a_row_in_the_place_of_another_is_told(path: Path) -> None:
    with Journal(f"sqlite:///{path}") as journal, journal._open().writing() as opened:
        count = mark_of(opened, tally_name(TABLE))
        there = row_of(EVENTS[1], salt_of(opened))
        remove_rows(opened, [there])
        add_rows(opened, [row_of(EVENTS[1].replace(event_id="e5"), salt_of(opened))])
        set_mark(opened, tally_name(TABLE), count)
    assert Journal(f"sqlite:///{path}").damaged() == ("(others than were written)",)


@pytest.mark.parametrize("table", ["erased", "restricted"])
def test_who_was_erased_or_restricted_is_not_forgotten_in_silence(path: Path, table: str) -> None:
    journal = Journal(f"sqlite:///{path}")
    journal.erase("persoon-1")
    journal.restrict("persoon-2")
    changed(path, f"DELETE FROM wor_match_{table}")
    with pytest.raises(JournalError, match="damaged; put back its latest backup"):
        Journal(f"sqlite:///{path}").read()


def test_a_count_that_is_damaged_is_told(path: Path) -> None:
    changed(path, "UPDATE wor_match_marks SET value = '9' || substr(value, 2) WHERE name = 'tally of wor_match_events'")
    journal = Journal(f"sqlite:///{path}")
    assert journal.damaged() == ("(the count of them)",)
    journal.append([visit(9, event_id="e9")])
    assert journal.damaged() == ("(the count of them)",)


def test_a_journal_without_counts_is_counted_from_the_next_change_on(path: Path) -> None:
    changed(path, "DELETE FROM wor_match_marks WHERE name LIKE 'tally of %'")
    journal = Journal(f"sqlite:///{path}")
    assert journal.read() == tuple(EVENTS)
    journal.append([visit(9, event_id="e9")])
    changed(path, "DELETE FROM wor_match_events WHERE event_id = 'e2'")
    assert journal.damaged() == ("(1 that are gone)",)


def test_an_id_that_stands_twice_is_read_once_or_named(path: Path) -> None:
    """A flipped bit in an index lets an id in that is there already."""
    from wor_match.journal.rows import checked

    salt = b"salt"
    same, other = row_of(EVENTS[0], salt), row_of(EVENTS[0].replace(attended=False), salt)
    assert checked([same, same], salt, None) == ([EVENTS[0]], [])
    assert checked([same, other], salt, None) == ([], ["e1"])


def test_a_row_that_cannot_be_removed_stops_the_erasure(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from wor_match.journal import erasing

    monkeypatch.setattr(erasing, "remove_rows", lambda *_: None)
    journal = Journal(f"sqlite:///{path}")
    with pytest.raises(JournalError, match="damaged and nobody was erased; put back its latest backup"):
        journal.erase("persoon-2")
    assert journal.read() == tuple(EVENTS)
    assert journal.append([visit(9, "persoon-2", event_id="e9")]).erased == 0


def test_events_of_another_release_are_the_same_events(path: Path) -> None:
    from wor_match.journal.rows import Row, digest_of

    with contextlib.closing(sqlite3.connect(path)) as raw, raw:
        line, who, at = raw.execute("SELECT line, who, at FROM wor_match_events WHERE event_id = 'e2'").fetchone()
        longer = line.replace("}", ', "reporter": null}')
        made = digest_of(Row("e2", who, at, None, None, longer, ""))
        raw.execute("UPDATE wor_match_events SET line = ?, digest = ? WHERE event_id = 'e2'", (longer, made))
    journal = Journal(f"sqlite:///{path}")
    assert journal.append(EVENTS).known == 4
    with pytest.raises(JournalError, match="other content: e2"):
        journal.append([EVENTS[1].replace(attended=False)])


def test_who_erases_hears_of_damaged_events_that_may_be_theirs(path: Path) -> None:
    changed(path, "PRAGMA writable_schema=ON", "UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '')")
    changed(path, "UPDATE wor_match_events SET who = substr(who, 1, 30), line = '' WHERE event_id = 'e2'")
    with (
        Journal(f"sqlite:///{path}") as journal,
        pytest.warns(WorMatchWarning, match="damaged events stay, and nobody can tell whose they are: e2; put back"),
    ):
        assert journal.erase("persoon-2").n_events == 0
    changed(path, "UPDATE wor_match_events SET line = line || '0' WHERE event_id = 'e3'")
    changed(path, "DELETE FROM wor_match_events WHERE event_id = 'e2'")
    with Journal(f"sqlite:///{path}") as journal:
        journal.erase("persoon-1")  # what is damaged is of persoon-3 for sure: nothing is said
