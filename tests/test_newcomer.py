"""Somebody new follows the README from top to bottom in an empty folder, to a first advice on an offer of their own."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def at_the_shell(command: str, folder: Path, allowed: tuple[int, ...] = (0,)) -> str:
    """What a command prints that was typed in a folder."""
    clean = {name: told for name, told in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(["/bin/bash", "-c", command], cwd=folder, env=clean, capture_output=True, text=True)
    assert done.returncode in allowed, f"{command}: {done.stderr[-2_000:]}"
    return done.stdout


@pytest.mark.nightly
def test_from_an_empty_folder_to_advice_on_an_own_catalogue(tmp_path: Path, figure: Callable[[str], None]) -> None:
    at_the_shell(f"git clone -q {ROOT} wor_match", tmp_path)
    here = tmp_path / "wor_match"
    demo, _ = re.findall(r"```sh\n(.*?)\n```", README, re.DOTALL)
    assert "Kookgroep De Linde" in at_the_shell(demo, here)
    blocks = re.findall(r"```(?:python|text)\n(.*?)```", README, re.DOTALL)
    assert "`pip install polars`" in README
    assert '`pip install "wor_match[journal]"`' in README
    at_the_shell(".venv/bin/python -m pip install -q '.[journal]' polars", here)  # as stands above these two blocks
    for number, (code, printed) in enumerate(zip(blocks[::2], blocks[1::2], strict=True)):
        (here / "block.py").write_text(code, encoding="utf-8")
        assert at_the_shell(".venv/bin/python block.py", here) == printed, f"block {number}"
    (person,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    (here / "p1.yaml").write_text(person, encoding="utf-8")
    for command, allowed in (
        ("wor-match template > aanbod.csv", (0,)),
        ("wor-match import table aanbod.csv -o eigen/ --licence CC0", (0, 1)),
        ("wor-match lint eigen/ --at 2026-11-23", (0, 1)),
    ):
        at_the_shell(f".venv/bin/{command}", here, allowed)
    advice = at_the_shell(".venv/bin/wor-match recommend --catalogue eigen/ --person p1.yaml --at 2026-11-23", here)
    assert advice.count("\n## ") >= 1
    assert "Waarom" in advice
    figure(f"somebody new: {len(blocks) // 2} blocks of the README, and advice on an own catalogue of a sheet")
