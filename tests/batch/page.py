"""The code on the page about many machines, run as a reader would: as a file of its own, in a folder of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import wor_match as wm

PAGE = Path(__file__).parent.parent.parent / "docs" / "scale.md"


def run_block(with_word: str, folder: Path) -> None:
    """Run the one block of the page that has this word, and that is not run with the page itself."""
    (block,) = (
        one for one in re.findall(r"```py\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL) if with_word in one
    )
    (folder / "page.py").write_text(block, encoding="utf-8")
    ours = str(Path(wm.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "page.py"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": ours, "PYSPARK_PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
