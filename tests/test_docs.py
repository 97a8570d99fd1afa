"""Every page tells the truth: its code runs and prints what stands below it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"
PAGES = sorted(
    {*DOCS.glob("*.md")} - {DOCS / "gallery.md"}
)  # `test_gallery.py` runs that one, and looks at its pictures


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


def test_the_thresholds_of_choosing_are_those_of_the_library() -> None:
    from math import comb

    import wor_match as wm
    from wor_match import contrast, first_time
    from wor_match.choosing import LITTLE_WORTH, SPREAD
    from wor_match.choosing.going_together import MOST_CANDIDATES
    from wor_match.constraints.offer import COUNT_HOLDS_DAYS

    text = " ".join((PAGES[0].parent / "choosing.md").read_text(encoding="utf-8").split())
    for told in (
        f"at most {wm.Settings().explore_margin:.2f} of score below the best (`explore_margin`)".replace("0.", "."),
        f"worth below {LITTLE_WORTH:.2f} only when".replace("0.", "."),
        f"among the {MOST_CANDIDATES} best by score",
        f"({comb(MOST_CANDIDATES, 4):,} sets of four)",
        f"older than {COUNT_HOLDS_DAYS} days",
        f"chance of starting is below {first_time.LOW_START:.2f}".replace("0.", "."),
        f"chance of staying is below {first_time.LOW_STAY:.2f}".replace("0.", "."),
        f"minutes ({', '.join(map(str, contrast.MINUTES))})",
        f"waiting ({', '.join(map(str, contrast.WEEKS))})",
        f"euro a month ({', '.join(f'{euro:g}' for euro in contrast.EURO_A_MONTH)})",
    ):
        assert told in text
    assert (SPREAD, contrast.TAKES_LONG) == (1 / 3, 2)
