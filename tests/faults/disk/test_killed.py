"""A journal and a model killed in real time: nothing acknowledged is lost, nothing is there by half, who was erased is gone.

A kill does not test what a power cut does (`power.py`): what was written lives on in the memory of the system.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

import wor_match as wm
from tests.faults.disk.killed import Forgetful, Hasty, InPlace, Keeper, Piecemeal, loop
from tests.journal.elsewhere import in_memory
from tests.learning.test_learn import HISTORY, OURS, TOWN

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A kill tests nothing of the disk."""
    with in_memory() as made:
        yield made


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Sequence[str]:
    """Four models that load, each of another history."""
    path = tmp_path_factory.mktemp("models") / "model.json"
    texts = []
    for n in range(4):
        OURS.learn(HISTORY[: len(HISTORY) - 6 * n]).save(path)
        wm.Matcher.load(path, TOWN)
        texts.append(path.read_text(encoding="utf-8"))
    assert len(set(texts)) == 4
    return texts


@pytest.mark.parametrize("n", [60, pytest.param(10_000, marks=pytest.mark.nightly)])
def test_a_kill_at_any_moment_loses_nothing(
    folder: Path, models: Sequence[str], n: int, figure: Callable[[str], None]
) -> None:
    words: Counter[str] = Counter()
    assert list(loop(lambda place: Keeper(place, models), folder, n, 8, words)) == []
    assert words["fault"] == 0
    assert min(words[word] for word in ("appended", "erased", "saved")) > n / 20
    figure(
        f"{n:,} kills in real time: {words['appended']:,} batches, {words['erased']:,} erasures and {words['saved']:,} "
        "models acknowledged; 0 lost, 0 by half"
    )


@pytest.mark.parametrize(
    ("broken", "found"),
    [
        (Hasty, "batch"),
        (Piecemeal, "batch"),
        (InPlace, "a model of"),
        (Forgetful, "who was erased is there"),
    ],
)
def test_the_kills_find_what_is_broken(folder: Path, models: Sequence[str], broken: type[Keeper], found: str) -> None:
    wrong = loop(lambda place: broken(place, models), folder, 1_000, 9, Counter())
    assert any(found in one for one in wrong)
