"""A file written all or nothing: for its owner, and without litter."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wor_match.wholefile import ABANDONED, whole_file, write_whole


def left_by_a_kill(folder: Path, name: str, seconds_ago: float) -> Path:
    """What a killed process left beside a place, so long ago."""
    left = folder / name
    left.write_text("half")
    begun = (folder / "now").stat().st_mtime - seconds_ago
    os.utime(left, (begun, begun))
    return left


def test_what_was_abandoned_long_ago_is_thrown_away_and_nothing_else(tmp_path: Path) -> None:
    write_whole(tmp_path / "now", "")
    old = left_by_a_kill(tmp_path, ".model.json.abc123.tmp", ABANDONED + 60)
    kept = [
        left_by_a_kill(tmp_path, ".model.json.def456.tmp", ABANDONED - 60),
        left_by_a_kill(tmp_path, ".other.json.abc123.tmp", ABANDONED + 60),
        left_by_a_kill(tmp_path, "model.json.tmp", ABANDONED + 60),
    ]
    write_whole(tmp_path / "model.json", "whole")
    assert not old.exists()
    assert all(one.exists() for one in kept)
    assert (tmp_path / "model.json").read_text() == "whole"


def half_written(path: Path) -> None:
    """Somebody who gives up halfway."""
    with whole_file(path) as opened:
        opened.write(b"half")
        raise RuntimeError


def test_it_is_for_its_owner_only_and_what_stood_there_stays_when_it_fails(tmp_path: Path) -> None:
    write_whole(tmp_path / "model.json", "old")
    with pytest.raises(RuntimeError):
        half_written(tmp_path / "model.json")
    assert (tmp_path / "model.json").read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["model.json"]
    assert os.name == "nt" or (tmp_path / "model.json").stat().st_mode & 0o777 == 0o600
