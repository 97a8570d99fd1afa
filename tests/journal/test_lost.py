"""Whose a damaged row is: who is erased goes with it, nobody else does, and nobody is learned from past it."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.journal.test_journal import ids, withdrawn
from tests.learning.story import visit
from wor_match.errors import JournalError, WorMatchWarning
from wor_match.journal import Journal

WHERE = "WHERE event_id IN"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


def journal_of(path: Path, *told: Any) -> Journal:
    journal = Journal(f"sqlite:///{path}")
    journal.append(told)
    return journal


def changed(path: Path, *sentences: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as raw, raw:
        for sentence in sentences:
            raw.execute(f"UPDATE wor_match_events SET {sentence}")


def test_a_damaged_row_of_somebody_whose_name_holds_the_name_stays(path: Path) -> None:
    others = [visit(1, "p10", event_id="b"), visit(1, "x1", event_id="c", reporter="p1")]
    journal = journal_of(path, visit(1, "p1", event_id="a"), *others)
    changed(path, f"digest = '0' {WHERE} ('b', 'c')")
    assert journal.erase("p1").n_events == 1
    assert journal.damaged() == ("b", "c")
    for name in ("visited", "activity", "x"):
        assert journal.erase(name).n_events == 0
    changed(path, f"who = 'x' || substr(who, 2) {WHERE} ('b')")
    with pytest.warns(WorMatchWarning, match="nobody can tell whose they are: b; put back"):
        assert journal.erase("p1").n_events == 0
    assert journal.erase("p10").n_events == 1
    assert journal.damaged() == ("c",)  # though b had the same damaged digest


@pytest.mark.parametrize("person", ["kanarie-1", 'ka"1\\n'])
@pytest.mark.parametrize(
    "sentence",
    [
        "who = NULL",
        "who = 'x' || substr(who, 2)",
        "who = 'x' || substr(who, 2), line = replace(line, 'true', 'tru3')",
        "who = NULL, at = 'x'",
        "line = replace(line, 'true', 'tru3')",
    ],
)
def test_whatever_was_damaged_no_byte_of_who_is_erased_stays(path: Path, person: str, sentence: str) -> None:
    mine = [visit(1, person, event_id="a"), visit(2, person, event_id="b"), withdrawn("w", "a")]
    journal = journal_of(path, *mine, visit(1, "q", event_id="q1"))
    changed(path, f"{sentence} {WHERE} ('a')")
    assert journal.damaged() == ("a",)
    with pytest.raises(JournalError, match="damaged events of this person: a;"):
        journal.export(person)
    assert journal.erase(person).n_events == 3
    for bytes_ in (person.encode(), person.replace("\\", "\\\\").replace('"', '\\"').encode()):
        assert bytes_ not in path.read_bytes()
    assert journal.damaged() == ()
    assert ids(journal.read()) == ["q1"]
    assert journal.append([withdrawn("w2", "a")]).erased == 1


@pytest.mark.parametrize("sentence", ["who = NULL", "who = (SELECT who FROM wor_match_events WHERE event_id = 'q1')"])
def test_what_is_damaged_only_in_its_token_is_not_acknowledged_as_known(path: Path, sentence: str) -> None:
    mine = visit(1, "p1", event_id="a")
    journal = journal_of(path, mine, visit(1, "q", event_id="q1"))
    changed(path, f"{sentence} {WHERE} ('a')")
    for told in (mine, visit(2, "p1", event_id="a")):
        with pytest.raises(JournalError, match="damaged in the journal: a; nothing was written"):
            journal.append([visit(9, "q", event_id="q9"), told])
    assert journal.damaged() == ("a",)


def test_who_was_erased_is_looked_at_before_anybody_comes_or_goes(path: Path) -> None:
    journal = journal_of(path, visit(1, "p1", event_id="a"), visit(1, "q", event_id="q1"))
    journal.erase("p1")
    with contextlib.closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE wor_match_erased SET token = 'x' || substr(token, 2)")
    for call in (lambda: journal.append([visit(1, "p1", event_id="a")]), lambda: journal.erase("q")):
        with pytest.raises(JournalError, match="what the journal knows of who was erased is damaged"):
            call()
    with contextlib.closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT event_id FROM wor_match_events").fetchall() == [("q1",)]
