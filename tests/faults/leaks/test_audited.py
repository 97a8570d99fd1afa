"""Audit hook: the library opens no socket, starts nothing, and touches no file but those it was given and Python's own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faults.leaks import audited

STAGES = {
    "import",
    "load_catalogue",
    "recommend",
    "events",
    "learn",
    "save and load",
    "card",
    "to_frame",
    "recommend_frame",
}


def heard(tmp_path: Path, variant: str) -> dict[str, Any]:
    """What a program of its own opened that it may not."""
    folders = [tmp_path / name for name in ("offer", "output", "elsewhere")]
    for folder in folders:
        folder.mkdir()
    shutil.copy(audited.ROOT / "wor_match/catalogues/nieuwegein.yaml", folders[0])
    told = [sys.executable, "-B", audited.__file__, str(folders[0] / "nieuwegein.yaml"), str(folders[1]), variant]
    around = {**os.environ, "PYTHONPATH": str(audited.ROOT)}
    done = subprocess.run(told, cwd=folders[2], env=around, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="the paths of the machine's own files are those of Linux and macOS")
def test_nothing_is_opened_that_was_not_given(tmp_path: Path, figure: Callable[[str], None]) -> None:
    found = heard(tmp_path, "whole")
    assert found["refused"] == {}
    assert found["heard"]["open"] > 100
    assert {path.name for path in (tmp_path / "output").iterdir()} == {"kept", "events.jsonl", "model.json"}
    assert list((tmp_path / "elsewhere").iterdir()) == []
    figure(f"audit hook: {sum(found['heard'].values())} events heard, none refused")


def test_every_stage_is_entered() -> None:
    source = Path(audited.__file__).read_text(encoding="utf-8")
    assert {name for name in STAGES if f'enter("{name}")' not in source} == set()


@pytest.mark.nightly
@pytest.mark.parametrize("variant", ["process", "writes"])
def test_what_starts_or_writes_is_heard(tmp_path: Path, variant: str) -> None:
    said = " ".join(heard(tmp_path, variant)["refused"]["recommend"])
    assert {"process": "subprocess.Popen", "writes": "beside.txt"}[variant] in said


@pytest.mark.parametrize(("variant", "said"), [("socket", "socket.__new__"), ("reads", "/etc/passwd")])
def test_what_calls_home_or_looks_around_is_heard(tmp_path: Path, variant: str, said: str) -> None:
    assert said in " ".join(heard(tmp_path, variant)["refused"]["recommend"])


def test_another_link_to_a_file_elsewhere_is_that_file(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("/etc/passwd")
    assert not audited.within(link, (tmp_path,))
    assert audited.within(tmp_path / "x", (tmp_path,))
    assert not audited.within(tmp_path / ".." / "x", (tmp_path,))
