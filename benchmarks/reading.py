"""How long it takes to read a catalogue, to read it again, and until the first advice stands on the screen.

The rival of reading is what one would write without this library: PyYAML's fastest safe loader, and pydantic on the
same classes. It does less: it knows no line of a fault, and takes aliases, doubled names and bombs.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

import wor_match as wm
from benchmarks.measuring import in_a_process, in_turn
from benchmarks.offer import offer_as_yaml
from benchmarks.rows import Row

RIVAL = "CSafeLoader + pydantic"
PERSON = "id: p1\nage: 67\nlikes: [zingen]\nplace: {postcode: 3431}\nfree: [di 09:00-12:00]\n"


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
    found = in_turn(
        {
            "theirs": [lambda: by_rival(path)],
            "ours": [lambda: wm.load_catalogue(path)],
            "again": [lambda: wm.load_catalogue(path, cache=folder)],
            "no two alike": [lambda: wm.load_catalogue(other, cache=folder)],
        },
        rounds,
    )
    ours, again, unlike = (found[name].middle for name in ("ours", "again", "no two alike"))
    theirs = found["theirs"].least
    return [
        Row("YAML of 1,000 activities", ours, RIVAL, theirs, 0.35, goal=0.2),
        Row("the same from a cache", again, RIVAL, theirs, 0.02),
        Row("from a cache, no two timetables alike", unlike, RIVAL, theirs, None),
    ]


def by_rival(path: Path) -> wm.Catalogue:
    """The catalogue as somebody would read it without this library."""
    with path.open("rb") as opened:
        return wm.Catalogue.model_validate(yaml.load(opened, Loader=yaml.CSafeLoader))


def rows_of_starting(folder: Path, rounds: int) -> list[Row]:
    """Seconds on the wall, each in a fresh process; of imports without the start of Python itself."""
    (folder / "p1.yaml").write_text(PERSON, encoding="utf-8")
    advice = ["recommend", "--catalogue", "nieuwegein", "--person", str(folder / "p1.yaml"), "--at", "2026-11-23"]
    ways = {
        "nothing": ("-c", "pass"),
        "ours": ("-c", "import wor_match"),
        "theirs": ("-c", "import pydantic"),
        "advice": ("-m", "wor_match", *advice),
    }
    found = in_turn({name: [partial(in_a_process, *told)] for name, told in ways.items()}, rounds)
    start, ours, theirs, first = (found[name].on_the_wall for name in ("nothing", "ours", "theirs", "advice"))
    return [
        Row("import wor_match", ours - start, "import pydantic", theirs - start, 1.5),
        Row("first advice from the command line", first, "a second", 1.0, 1.0),
    ]
