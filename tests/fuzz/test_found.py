"""What fuzzing found at doors that take more than one text."""

from __future__ import annotations

from pathlib import Path

from wor_match.journal.book import Journal


def test_half_a_character_is_the_pseudonym_of_nobody(tmp_path: Path) -> None:
    nobody = "p\ud800"
    with Journal(f"sqlite:///{tmp_path}/journal.db") as journal:
        assert journal.read(nobody) == ()
        assert journal.export(nobody)["events"] == []
        assert journal.erase(nobody).n_events == 0
