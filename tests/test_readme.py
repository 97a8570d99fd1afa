"""The README tells the truth: its code runs and prints what stands below it, and its commands are those of CI."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import wor_match as wm

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_code_prints_what_stands_below_it() -> None:
    blocks = re.findall(r"```(?:python|text)\n(.*?)```", README, re.DOTALL)
    for code, printed in zip(blocks[::2], blocks[1::2], strict=True):
        assert len(code.splitlines()) <= 12
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout == printed


def test_the_two_commands_are_one_line_each_and_ci_runs_the_second() -> None:
    demo, tests = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    assert demo.count("\n") == tests.count("\n") == 1
    assert demo.strip().endswith("wor-match demo")
    assert tests.strip().endswith("-m pytest")
    assert "grep -m1 '\\.\\[test\\]' README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_room_stands_on_the_map() -> None:
    rooms = {path.name for path in (ROOT / "wor_match").iterdir() if path.suffix == ".py" or path.is_dir()}
    rooms -= {"__pycache__", "__main__.py"}
    assert {room for room in rooms if room not in README} == set()


def test_the_version_is_told_once_and_alike() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert told["project"]["version"] == wm.__version__
