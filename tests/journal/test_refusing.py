"""Whoever is restricted, or may have said no in an event that is damaged, is not learned from; nothing told undoes it."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from tests.journal.test_journal import corrected, withdrawn
from tests.learning.story import consent, event, visit
from wor_match.domain.event import Event
from wor_match.domain.history import settled, who_consents
from wor_match.errors import JournalError, WorMatchWarning
from wor_match.journal import Appended, Journal

ABOUT = "about the word of a journal that somebody is restricted"
SAID = f"{ABOUT}: w; nothing was written; leave them out, and use restrict() or lift()"


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = Journal(f"sqlite:///{tmp_path}/journal.db")
    journal.append([consent(), visit(1), consent("q"), visit(1, "q", event_id="q1")])
    return journal


def word_in(journal: Journal) -> Event:
    (word,) = (one for one in journal.read() if one.event_id.startswith("restricted."))
    return word


@pytest.mark.parametrize("lifted", [False, True])
def test_what_names_a_restriction_is_refused_before_it_and_after_it(journal: Journal, lifted: bool) -> None:
    journal.restrict("p1")
    word = word_in(journal)
    if lifted:
        journal.lift("p1")
    for undoing in (
        withdrawn("w", word.event_id),
        withdrawn("w", word.event_id, person="q"),
        corrected("w", word.event_id, consent(day=90)),
        corrected("w", "e1", word.replace(person="q", given=True), person="q"),
    ):
        with pytest.raises(JournalError) as refused:
            journal.append([visit(9), undoing])
        assert refused.value.sentence == SAID
    for taken in (
        event("activity_closed", 3, None, activity="een", event_id=word.event_id),
        word.replace(person="q"),
        word.replace(given=True),
        word.replace(purpose="follow_up"),
    ):
        with pytest.raises(JournalError, match=ABOUT):
            journal.append([taken])
    journal.restrict("p1")
    assert who_consents(settled(journal)) == {"q"}
    assert journal.append([word, *journal.read()]) == Appended(0, 6)
    named_like_it = withdrawn("w", f"{word.event_id}0")
    assert journal.append([named_like_it]).new == 1


DAMAGE = [
    "line = replace(line, 'learning', 'learnin9')",
    "who = NULL",
    "who = 'x' || substr(who, 2)",
    "at = 'x'",
]


@pytest.mark.parametrize("sentence", DAMAGE)
def test_who_has_a_damaged_event_is_not_learned_from(journal: Journal, tmp_path: Path, sentence: str) -> None:
    """It may be the one by which they said no."""
    journal.append([consent(day=200, given=False).replace(event_id="no")])
    with contextlib.closing(sqlite3.connect(tmp_path / "journal.db")) as raw, raw:
        raw.execute(f"UPDATE wor_match_events SET {sentence} WHERE event_id = 'no'")
    for read in (lambda: journal.read(), lambda: journal.read("p1")):
        with pytest.warns(WorMatchWarning, match="left out: no;"):
            assert "p1" not in who_consents(settled(read()))
    with pytest.warns(WorMatchWarning, match="left out: no;"):
        assert journal.append(journal.read()) == Appended(0, 5)


def test_whose_consent_may_be_taken_back_by_a_damaged_event_is_not_learned_from(
    journal: Journal, tmp_path: Path
) -> None:
    journal.append([withdrawn("w1", consent().event_id), withdrawn("w2", "w1"), withdrawn("w3", "w2")])
    assert who_consents(settled(journal)) == {"q"}
    with contextlib.closing(sqlite3.connect(tmp_path / "journal.db")) as raw, raw:
        raw.execute("UPDATE wor_match_events SET line = 'x' WHERE event_id = 'w3'")
    with pytest.warns(WorMatchWarning, match="left out: w3;"):
        assert who_consents(settled(journal)) == {"q"}


def test_a_circle_of_damaged_events_is_nobodys(journal: Journal, tmp_path: Path) -> None:
    journal.append([withdrawn("w1", "w2"), withdrawn("w2", "w1")])
    with contextlib.closing(sqlite3.connect(tmp_path / "journal.db")) as raw, raw:
        raw.execute("UPDATE wor_match_events SET line = 'x' WHERE event_id IN ('w1', 'w2')")
    with pytest.warns(WorMatchWarning, match="left out: w1, w2;"):
        assert who_consents(settled(journal)) == {"p1", "q"}
