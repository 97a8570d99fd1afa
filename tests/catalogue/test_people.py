"""People in a file of JSON Lines: every fault has its line, and no word of what was told is repeated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import wor_match as wm
from wor_match.catalogue import participants
from wor_match.catalogue.participants import load_people
from wor_match.catalogue.reader import read_bytes

CANARY = "kanarie7391"
FAULTS = {
    "no object": ("[1]", "no-json", ""),
    "no JSON": (f"{{{CANARY}", "no-json", ""),
    "nested beyond reading": ("[" * 100_000, "no-json", ""),
    "a name twice": (f'{{"id": "p3", "{CANARY}": 1, "{CANARY}": 2}}', "duplicate-key", ""),
    "an unknown word": (f'{{"id": "p3", "likes": ["{CANARY}"]}}', "unknown-word", "likes.0"),
    "the id of an earlier line": ('{"id": "p1"}', "told-twice", "id"),
}


def written(folder: Path, *lines: str) -> Path:
    path = folder / "mensen.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_people_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, '\ufeff{"id": "p2"}', "", '{"id": "p1", "likes": ["zingen"]}', "")
    assert load_people(path) == [wm.Participant(id="p2"), wm.Participant(id="p1", likes=["zingen"])]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_at_its_line_without_what_was_told(fault: str, tmp_path: Path) -> None:
    line, code, path = FAULTS[fault]
    with pytest.raises(wm.ParticipantError) as refused:
        load_people(written(tmp_path, '{"id": "p1"}', '{"id": "p2"}', line))
    assert [(one.code, one.path, one.line) for one in refused.value.problems] == [(code, path, 3)]
    assert CANARY not in str(refused.value)


def test_every_line_with_a_fault_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(wm.ParticipantError) as refused:
        load_people(written(tmp_path, "[1]", '{"id": "p1"}', json.dumps({"id": "p1", "likes": []})))
    assert [one.line for one in refused.value.problems] == [1, 3]


def test_a_file_of_another_encoding_is_told_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mensen.jsonl"
    path.write_bytes(b'{"id": "p1"}\n{"id": "p2", "own_words": "caf\xe9"}')
    with pytest.raises(wm.ParticipantError, match="save the file as UTF-8") as refused:
        load_people(path)
    assert [(one.code, one.line) for one in refused.value.problems] == [("no-utf8", 2)]


@pytest.mark.parametrize(("bound", "most"), [("MOST_BYTES", 30), ("MOST_LINES", 1)])
def test_more_than_can_be_read_is_refused_and_as_much_is_not(
    bound: str, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(participants, bound, most)
    assert len(load_people(written(tmp_path, '{"id": "p1"}', '{"id": "p2"}'))) == 2
    with pytest.raises(wm.ParticipantError, match=r"has more than .*; split it"):
        load_people(written(tmp_path, '{"id": "p1"}', '{"id": "p2"}', '{"id": "p3"}'))


def test_what_is_no_file_or_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(wm.ParticipantError, match="no ordinary file; give the path of a JSON Lines file"):
        load_people(tmp_path)
    path = written(tmp_path, '{"id": "p1"}')

    def refusing(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refusing)  # who runs the tests may be allowed everything
    with pytest.raises(wm.ParticipantError, match="cannot be read: Permission denied"):
        load_people(path)
    with pytest.raises(wm.CatalogueError, match="cannot be read: Permission denied"):
        read_bytes(path)
