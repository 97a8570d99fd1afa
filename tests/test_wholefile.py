"""A file written all or nothing: for its owner, and without litter."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

import pytest

from tests.journal.elsewhere import in_a_child
from wor_match.wholefile import ABANDONED, DICE, whole_file, write_whole


def left_by_a_kill(folder: Path, name: str, seconds_ago: float) -> Path:
    """What a killed process left beside a place, so long ago."""
    left = folder / name
    left.write_text("half")
    begun = (folder / "now").stat().st_mtime - seconds_ago
    os.utime(left, (begun, begun))
    return left


def test_what_was_abandoned_long_ago_is_thrown_away_and_nothing_else(tmp_path: Path) -> None:
    write_whole(tmp_path / "now", "")
    old = left_by_a_kill(tmp_path, ".model.json.abc_1238.tmp", ABANDONED + 60)
    kept = [
        left_by_a_kill(tmp_path, ".model.json.def45678.tmp", ABANDONED - 60),
        left_by_a_kill(tmp_path, ".other.json.abc_1238.tmp", ABANDONED + 60),
        left_by_a_kill(tmp_path, "model.json.tmp", ABANDONED + 60),
        left_by_a_kill(tmp_path, ".model.json.my notes.tmp", ABANDONED + 60),  # of a stranger
        left_by_a_kill(tmp_path, ".model.json.bak.json.abc_1238.tmp", ABANDONED + 60),
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


def test_what_is_thrown_away_is_named_as_ours_are(tmp_path: Path) -> None:
    with whole_file(tmp_path / "a+b.json"):
        (begun,) = tmp_path.iterdir()
        assert re.fullmatch(rf"\.a\+b\.json\.{DICE}\.tmp", begun.name)


def test_a_link_is_replaced_and_what_it_points_to_stays(tmp_path: Path) -> None:
    (tmp_path / "of-somebody").write_text("kept")
    (tmp_path / "model.json").symlink_to(tmp_path / "of-somebody")
    write_whole(tmp_path / "model.json", "new")
    assert (tmp_path / "of-somebody").read_text() == "kept"
    assert not (tmp_path / "model.json").is_symlink()
    assert (tmp_path / "model.json").read_text() == "new"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else")
def test_where_a_folder_may_be_written_and_not_listed_what_was_saved_is_not_said_to_be_refused() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "drop"
        Path(name).chmod(0o755)
        folder.mkdir()
        folder.chmod(0o333)

        def saves() -> None:
            os.setgid(65534)
            os.setuid(65534)
            write_whole(folder / "model.json", "new")

        in_a_child(saves)
        assert (folder / "model.json").read_text() == "new"
