"""The README tells the truth: its code runs and prints what stands below it, and its commands are those of CI."""

from __future__ import annotations

import importlib.util
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


def test_the_picture_at_the_top_shows_what_the_demo_makes_today() -> None:
    spec = importlib.util.spec_from_file_location("pictures", ROOT / "docs" / "pictures.py")
    assert spec is not None
    assert spec.loader is not None
    pictures = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pictures)
    assert "](docs/advies.png)" in "".join(README.splitlines(keepends=True)[:8])
    remedy = "draw it anew: python docs/pictures.py"
    assert set(pictures.ledger()) == set(pictures.sources()) == {path.name for path in (ROOT / "docs").glob("*.png")}
    for name, page in pictures.sources().items():
        drawn_from, drawn = pictures.ledger()[name]
        assert pictures.digest(page.encode()) == drawn_from, remedy
        assert pictures.digest((ROOT / "docs" / name).read_bytes()) == drawn, remedy


def test_the_version_is_told_once_and_alike() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert told["project"]["version"] == wm.__version__
