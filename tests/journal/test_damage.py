"""A row that is not as it was written is left out and named, and a file is never trusted further than its digests."""

from __future__ import annotations

import contextlib
import sqlite3
import warnings
from pathlib import Path

import pytest

from tests.learning.story import visit
from wor_match.errors import JournalError, WorMatchError, WorMatchWarning
from wor_match.journal import Journal

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
    assert Journal(f"sqlite:///{path}").damaged() == ("e2", "e3")


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


def test_no_flipped_bit_gives_another_history_in_silence(path: Path) -> None:
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << place % 8
        if flipped[place] == whole[place]:
            continue
        path.write_bytes(flipped)
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            try:
                read = Journal(f"sqlite:///{path}", timeout=0.05).read()
            except WorMatchError:
                continue
        assert read == tuple(EVENTS) or said, f"byte {place}"


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
