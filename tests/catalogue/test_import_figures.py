"""How long a feed of megabytes takes, and that it fits in forty times as many, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.catalogue.test_bad_input import Form, every, named

ROOT = Path(__file__).parent.parent.parent
MOST_TIMES = 40

CHILD = """
import sys, time
from pathlib import Path
from tests.catalogue.test_bad_input import ALL
form = next(form for form in ALL if form.name == sys.argv[1])
path = Path(sys.argv[2])
def most():
    told = Path("/proc/self/status").read_text().split("VmHWM:")[1]
    return int(told.split()[0]) / 1024
before = most()
start = time.perf_counter()
found = form.read(path)
seconds = time.perf_counter() - start
print(seconds, most() - before, len(found.activities))
"""


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the most memory a process had is told by Linux only"
)
@pytest.mark.parametrize("megabytes", [1, pytest.param(5, marks=pytest.mark.nightly)])
@every
def test_megabytes_fit_in_forty_times_as_many(
    form: Form, megabytes: int, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    one, two = (len(form.whole([form.item(10_000, "2026-11-03")] * n)) for n in (1, 2))
    size = two - one
    count = megabytes * 1_000_000 // size
    text = form.whole(form.item(number, "2026-11-03") for number in range(count))
    path = tmp_path / named(form)
    path.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", CHILD, form.name, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    seconds, most, kept = map(float, done.stdout.split())
    assert kept == (1 if form.name == "icalendar" else count)
    figure(f"importers: {form.name}, {len(text) / 1e6:.1f} MB, {count} items: {seconds:.2f} s, {most:.0f} MB")
    assert most < MOST_TIMES * megabytes
