"""How long it takes to read a catalogue, to read it again, and until the first advice stands on the screen.

The rival of reading is what one would write without this library: PyYAML's fastest safe loader, and pydantic on the
same classes. It does less: it knows no line of a fault, and takes aliases, doubled names and bombs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import yaml

import wor_match as wm
from benchmarks.offer import offer_as_yaml
from benchmarks.rows import Row

RIVAL = "CSafeLoader + pydantic"
PERSON = "id: p1\nage: 67\nlikes: [zingen]\nplace: {postcode: 3431}\nfree: [di 09:00-12:00]\n"
ROOT = Path(wm.__file__).parents[1]


def rows(short: bool) -> list[Row]:
    """Reading 1,000 activities, reading them again, importing, and a first advice in a fresh process.

    Parameters
    ----------
    short : bool
        Fewer rounds.
    """
    rounds = 3 if short else 9
    with TemporaryDirectory() as folder:
        return [*rows_of_reading(Path(folder), rounds), *rows_of_starting(Path(folder), rounds)]


def rows_of_reading(folder: Path, rounds: int) -> list[Row]:
    """Processor seconds for reading the same files, ours and the rival's, in one process."""
    files = {alike: folder / f"offer-{alike}.yaml" for alike in (True, False)}
    for alike, path in files.items():
        path.write_text(offer_as_yaml(1_000, alike), encoding="utf-8")
        if not by_rival(path) == wm.load_catalogue(path, cache=folder) == wm.load_catalogue(path):
            raise AssertionError("both must read the same catalogue")
    (path, other) = files.values()
    found = interleaved(
        {
            "theirs": lambda: by_rival(path),
            "ours": lambda: wm.load_catalogue(path),
            "again": lambda: wm.load_catalogue(path, cache=folder),
            "no two alike": lambda: wm.load_catalogue(other, cache=folder),
        },
        rounds,
        time.process_time,
    )
    return [
        Row("YAML of 1,000 activities", found["ours"], RIVAL, found["theirs"], 0.35, goal=0.2),
        Row("the same from a cache", found["again"], RIVAL, found["theirs"], 0.02),
        Row("from a cache, no two timetables alike", found["no two alike"], RIVAL, found["theirs"], 0.03),
    ]


def by_rival(path: Path) -> wm.Catalogue:
    """The catalogue as somebody would read it without this library."""
    with path.open("rb") as opened:
        return wm.Catalogue.model_validate(yaml.load(opened, Loader=yaml.CSafeLoader))


def rows_of_starting(folder: Path, rounds: int) -> list[Row]:
    """Seconds on the wall, each in a fresh process; of imports without the start of Python itself."""
    (folder / "p1.yaml").write_text(PERSON, encoding="utf-8")
    advice = ["recommend", "--catalogue", "nieuwegein", "--person", str(folder / "p1.yaml"), "--at", "2026-11-23"]
    found = interleaved(
        {
            "nothing": lambda: python("-c", "pass"),
            "ours": lambda: python("-c", "import wor_match"),
            "theirs": lambda: python("-c", "import pydantic"),
            "advice": lambda: python("-m", "wor_match", *advice),
        },
        rounds,
        time.perf_counter,
    )
    start = found["nothing"]
    return [
        Row("import wor_match", found["ours"] - start, "import pydantic", found["theirs"] - start, 1.5),
        Row("first advice from the command line", found["advice"], "a second", 1.0, 1.0),
    ]


def python(*arguments: str) -> None:
    """Run Python anew, from the sources that are measured."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL, check=True)  # noqa: S603


def interleaved(ways: Mapping[str, Callable[[], object]], rounds: int, clock: Callable[[], float]) -> dict[str, float]:
    """The median time of each way, all of them in turn in every round, after one round that does not count."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            begin = clock()
            way()
            if number:
                times[name].append(clock() - begin)
    return {name: median(told) for name, told in times.items()}
