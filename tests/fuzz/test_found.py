"""What fuzzing found at doors that take more than one text."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import pytest

from tests.fuzz.outcomes import damaged, golden_journal, told_once
from wor_match import modelfile
from wor_match.errors import JournalError, ModelError
from wor_match.journal.book import Journal
from wor_match.modelfile import read_model


def test_half_a_character_is_the_pseudonym_of_nobody(tmp_path: Path) -> None:
    nobody = "p\ud800"
    with Journal(f"sqlite:///{tmp_path}/journal.db") as journal:
        for ask in (journal.read, journal.export, journal.erase):
            with pytest.raises(JournalError, match="is no pseudonym"):
                ask(nobody)


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero", "/"])
def test_a_model_is_read_from_an_ordinary_file_only(device: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("it was read"))  # that one never ends
    with pytest.raises(ModelError, match="no ordinary file"):
        read_model(Path(device))


def test_a_model_that_grows_while_it_is_read_is_read_no_further_than_a_model_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system says of a size is old by then, and is nothing for a file such as /proc/kmsg."""
    path, opens = tmp_path / "model.json", Path.open
    monkeypatch.setattr(modelfile, "MOST_BYTES", 10)
    monkeypatch.setattr(modelfile, "AT_ONCE", 3)
    path.write_bytes(b"0123456789")
    assert read_model(path) == "0123456789"

    def grows(one: Path, *how: str) -> IO[bytes]:
        with opens(path, "wb") as more:
            more.write(b"x" * 1_000)
        return opens(one, *how)

    monkeypatch.setattr(Path, "open", grows)
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: pytest.fail("all of it was read"))
    with pytest.raises(ModelError, match="larger than 10 bytes"):
        read_model(path)
    with grows(path, "rb") as opened:
        assert len(modelfile.bytes_of(opened)) == 11


def test_an_erasure_that_a_damaged_index_hides_is_no_receipt(tmp_path: Path) -> None:
    """One byte in the index of the ids: the rows can be read, and SQLite does not find them to remove them."""
    (tmp_path / "journal.db").write_bytes(damaged(golden_journal(), b"f\x00\n\x08"))
    person = str(told_once()[0].of)
    with Journal(f"sqlite:///{tmp_path}/journal.db") as journal:
        assert journal.read(person)
        with pytest.raises(JournalError, match="nobody was erased"):
            journal.erase(person)
        assert journal.read(person)
