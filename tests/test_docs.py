"""Every page tells the truth: its code runs and prints what stands below it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parent.parent / "docs").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_code_prints_what_stands_below_it(page: Path) -> None:
    blocks = re.findall(r"```(?:python|text)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) % 2 == 0
    for code, printed in zip(blocks[::2], blocks[1::2], strict=True):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout == printed
    assert PAGES


def test_the_worked_number_of_the_model_is_that_of_the_library() -> None:
    import numpy as np

    from wor_match import learning
    from wor_match.signals import SIGNALS

    mode = learning.Posterior.of_prior(learning.Prior.expert()).mode
    strengths = np.zeros((2, len(SIGNALS)))
    strengths[1, [signal.name for signal in SIGNALS].index("likes")] = 0.7
    at = learning.predictors(mode, strengths)
    told = [round(float(number), 3) for number in (*learning.started(at)[:, 0], *learning.chances(mode, at)[:, 0])]
    text = " ".join((PAGES[0].parent / "model.md").read_text(encoding="utf-8").split())
    assert told[0] == 0.7
    assert f"σ(.847298 + .28) = {told[1]:.3f}".replace("0.", ".") in text
    assert f"{told[2]:.2f}" == "0.42"
    assert f"and the chance {told[3]:.2f}".replace("0.", ".") in text
    assert f"That {told[3] - told[2]:.2f} is why".replace("0.", ".") in text
