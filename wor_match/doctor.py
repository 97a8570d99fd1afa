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
from wor_match.journal.looked_at import LookedAt
from wor_match.matcher import Matcher
from wor_match.wording.words import languages

NEEDED = ("numpy", "pydantic", "PyYAML", "narwhals")
SOME_DAY = date(2026, 11, 23)  # any day will do; the example plays on this one


def findings(catalogue: str, journal: str | None = None) -> Iterator[LookedAt]:
    """What is found, one for each line; durations in milliseconds on this machine.

    Parameters
    ----------
    catalogue : str
        A path, or the name of an example.
    journal : str, optional
        The address of a journal to look at too.

    Raises
    ------
    CatalogueError
        When the catalogue cannot be read.
    JournalError
        When there is no journal, or it cannot be opened.
    """
    yield LookedAt("wor_match", version_of("wor-match"))
    yield LookedAt("Python", f"{platform.python_version()} on {platform.system()}")
    for name in NEEDED:
        yield LookedAt(name, version_of(name))
    yield LookedAt(
        "YAML", "read by the C library" if fast_reader() else "read in Python, which is slower and as strict"
    )
    yield LookedAt("time zone", str(ZONE))
    yield LookedAt("frames", ", ".join(f"{name} {version_of(name)}" for name in BACKENDS))
    yield LookedAt("calendars", f"icalendar {version_of('icalendar')}")
    yield LookedAt("journals", f"SQLAlchemy {version_of('sqlalchemy')}, psycopg {version_of('psycopg')}")
    yield LookedAt("languages", ", ".join(languages()))
    yield LookedAt("examples", ", ".join(example_names()))
    began = time.perf_counter()
    found = load_catalogue(catalogue)
    read = time.perf_counter()
    matcher = Matcher(found)
    made = time.perf_counter()
    matcher.recommend(Participant(id="doctor"), at=SOME_DAY)
    first = time.perf_counter()
    matcher.recommend(Participant(id="doctor"), at=SOME_DAY)
    second = time.perf_counter()
    yield LookedAt("catalogue", f"{found.id}, {len(found)} activities, read in {milliseconds(began, read)}")
    yield LookedAt("matcher", f"made in {milliseconds(read, made)}")
    yield LookedAt("advice", f"the first in {milliseconds(made, first)}, the next in {milliseconds(first, second)}")
    if journal is not None:
        yield from found_in_journal(journal)


def found_in_journal(url: str) -> Iterator[LookedAt]:
    """What is found in a journal, and last of all whether it is sound."""
    from wor_match.journal import examined  # a database library is loaded for who has a journal

    found = list(examined(url))
    for one in found:
        yield LookedAt("journal", f"{one.name}: {one.text}", one.sound)
    unsound = ", ".join(one.name for one in found if not one.sound)
    yield LookedAt("journal", f"not sound: look at {unsound}" if unsound else "sound", not unsound)


def version_of(package: str) -> str:
    """The version that is installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def milliseconds(began: float, ended: float) -> str:
    """A duration in words."""
    return f"{1_000 * (ended - began):.1f} ms"
