"""What an import left half done is finished, and a note of it that somebody else wrote does no harm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import wor_match as wm
from wor_match.catalogue.folder import REDO, beside, finish


def test_what_was_cut_off_half_way_is_finished(tmp_path: Path) -> None:
    old, new = tmp_path / "oud.yaml", tmp_path / "nieuw.yaml"
    old.write_text("oud")
    beside(new).write_text("nieuw")
    (tmp_path / REDO).write_text(json.dumps({"new": [new.name], "gone": [old.name]}))
    finish(tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"nieuw.yaml": "nieuw"}


@pytest.mark.parametrize("away", ["../buiten.yaml", "{absolute}", "binnen/../../buiten.yaml", "link/buiten.yaml"])
@pytest.mark.parametrize("kind", ["new", "gone"])
def test_a_note_touches_nothing_outside_its_folder(kind: str, away: str, tmp_path: Path) -> None:
    outside, folder = tmp_path / "buiten.yaml", tmp_path / "aanbod"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path)
    outside.write_text("blijft")
    beside(outside).write_text("van een ander")
    told = {"new": [], "gone": [], kind: [away.format(absolute=outside)]}
    (folder / REDO).write_text(json.dumps(told))
    with pytest.raises(wm.CatalogueError, match="cannot be followed"):
        finish(folder)
    assert outside.read_text() == "blijft"


@pytest.mark.parametrize(
    "note", ["", "{}", '{"new": 1, "gone": []}', '{"new": [1], "gone": []}', "[" * 100_000, "\ud800"]
)
def test_a_note_that_says_nothing_is_told(note: str, tmp_path: Path) -> None:
    (tmp_path / REDO).write_bytes(note.encode("utf-8", "surrogatepass"))
    with pytest.raises(wm.CatalogueError, match="cannot be followed"):
        finish(tmp_path)
