"""What is installed and whether it works: for who has to find out why something does not."""

from __future__ import annotations

import platform
import time
from collections.abc import Iterator
from datetime import date
from importlib.metadata import PackageNotFoundError, version

from wor_match.catalogue.files import example_names, load_catalogue
from wor_match.catalogue.reader import fast_reader
from wor_match.domain.participant import Participant
from wor_match.domain.schedule import ZONE
from wor_match.interop.frames import BACKENDS
from wor_match.matcher import Matcher
from wor_match.wording.words import languages

NEEDED = ("numpy", "pydantic", "PyYAML", "narwhals")
SOME_DAY = date(2026, 11, 23)  # any day will do; the example plays on this one


def findings(catalogue: str) -> Iterator[tuple[str, str]]:
    """Name and finding, one for each line; durations in milliseconds on this machine.

    Raises
    ------
    CatalogueError
        When the catalogue cannot be read.
    """
    yield "wor_match", version_of("wor-match")
    yield "Python", f"{platform.python_version()} on {platform.system()}"
    for name in NEEDED:
        yield name, version_of(name)
    yield "YAML", "read by the C library" if fast_reader() else "read in Python, which is slower and as strict"
    yield "time zone", str(ZONE)
    yield "frames", ", ".join(f"{name} {version_of(name)}" for name in BACKENDS)
    yield "calendars", f"icalendar {version_of('icalendar')}"
    yield "journals", f"SQLAlchemy {version_of('sqlalchemy')}, psycopg {version_of('psycopg')}"
    yield "languages", ", ".join(languages())
    yield "examples", ", ".join(example_names())
    began = time.perf_counter()
    found = load_catalogue(catalogue)
    read = time.perf_counter()
    matcher = Matcher(found)
    made = time.perf_counter()
    matcher.recommend(Participant(id="doctor"), at=SOME_DAY)
    first = time.perf_counter()
    matcher.recommend(Participant(id="doctor"), at=SOME_DAY)
    second = time.perf_counter()
    yield "catalogue", f"{found.id}, {len(found)} activities, read in {milliseconds(began, read)}"
    yield "matcher", f"made in {milliseconds(read, made)}"
    yield "advice", f"the first in {milliseconds(made, first)}, the next in {milliseconds(first, second)}"


def version_of(package: str) -> str:
    """The version that is installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def milliseconds(began: float, ended: float) -> str:
    """A duration in words."""
    return f"{1_000 * (ended - began):.1f} ms"
