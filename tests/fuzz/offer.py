"""The doors of the offer: catalogues, the feeds and sheets of others, and what people write in one line."""

from __future__ import annotations

import atexit
import contextlib
import json
import shutil
import tempfile
import warnings
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

from tests.fuzz.harness import Read
from wor_match.catalogue import cache, folder, json_file, quick, reader
from wor_match.catalogue.files import paths_of, read_contents
from wor_match.catalogue.importers import Imported, hsds, icalendar, openactive, schema_org, table, uitdatabank
from wor_match.catalogue.importers.hsds.tables import TABLES
from wor_match.catalogue.importers.table.columns import COLUMNS
from wor_match.catalogue.importers.table.headings import load_map
from wor_match.catalogue.in_python import InPython
from wor_match.catalogue.lint import as_text, lint
from wor_match.catalogue.sound import sound_catalogue
from wor_match.catalogue.writer import as_yaml
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Catalogue
from wor_match.domain.finding import find_terms
from wor_match.domain.money import Price
from wor_match.domain.schedule import Schedule
from wor_match.domain.shorthand import day_as_text, day_in, prices_as_text, prices_in
from wor_match.domain.strict_json import strict_value
from wor_match.domain.timewords import times_as_text, times_in
from wor_match.domain.value import Value
from wor_match.errors import WorMatchError, WorMatchWarning

MEMORY = Path("/dev/shm")  # noqa: S108 — a folder of our own is made in it
DESK = Path(tempfile.mkdtemp(prefix="wor-match-fuzz-", dir=MEMORY if MEMORY.is_dir() else None))
atexit.register(shutil.rmtree, DESK, ignore_errors=True)
CHOIR = Activity(id="koor", name="Koor", terms=["zingen"])
BEGIN, END = datetime(2026, 11, 1, tzinfo=UTC), datetime(2028, 10, 1, tzinfo=UTC)


def on_desk(name: str, found: bytes) -> Path:
    """A file that holds this."""
    path = DESK / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(found)
    return path


def text_of(found: bytes) -> str:
    """Any bytes as a text, also with half characters in it."""
    try:
        return found.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return found.decode("latin-1")


def value_of(found: bytes) -> Any:
    """The JSON in an input, as a host program would hold it; a text when it is none."""
    try:
        return strict_value(text_of(found))
    except (ValueError, RecursionError):
        return text_of(found)


def of_json(cls: type[Value], found: bytes) -> Any:
    """A value as a host program tells it: pydantic's own reader of JSON comes to the same verdict as Python's."""
    told = value_of(found)
    try:
        one = cls.model_validate(told)
    except WorMatchError:
        with contextlib.suppress(WorMatchError):
            cls.model_validate_json(found)
            assert isinstance(told, str), "as JSON it is taken, as a value it is not"
        raise
    if not isinstance(told, str):
        assert cls.model_validate_json(found) == one, "as JSON it is something else"
    return one


def any_yaml(found: bytes) -> object:
    """Both parsers come to one verdict, and the quick reading says what the strict one says."""
    verdicts = []
    for loader in (yaml.CLoader, InPython):
        tree, problems = with_parser(loader, lambda: reader.read_text(found, "x.yaml"))
        fast = with_parser(loader, lambda: quick.plain_of(found))
        plain = None if tree is None or problems else tree.plain()
        assert fast is None or fast == plain, "the quick reading says something else"
        assert all(str(problem).encode() and problem.line > 0 for problem in problems)
        verdicts.append(plain)
        codes = sorted({problem.code for problem in problems})
    assert verdicts[0] == verdicts[1], "the parsers differ"
    return codes


def with_parser(loader: Any, read: Callable[[], Any]) -> Any:
    """What is read with one of the parsers of YAML."""
    before, reader.Loader = reader.Loader, loader
    try:
        return read()
    finally:
        reader.Loader = before


def catalogue(name: str) -> Read:
    """The quick way of reading agrees with the strict one, and what is read can be written and read again."""

    def read(found: bytes) -> object:
        strict, sound = read_contents([(name, found)]), sound_catalogue([(name, found)])
        if sound is not None:
            assert not strict.problems, "the quick reading takes what the strict one refuses"
            assert strict.catalogue == sound, "the quick reading says something else"
        if strict.catalogue is not None and not strict.problems:
            again = read_contents([("again.yaml", as_yaml(strict.catalogue).encode())])
            assert not again.problems, "what was written is refused"
            assert again.catalogue == strict.catalogue, "what was written says something else"
        return sorted({problem.code for problem in strict.problems})

    return read


def linted(found: bytes) -> object:
    """Every check of an offer, told in each form."""
    problems = lint(on_desk("linted/x.yaml", found), at=date(2026, 11, 23))
    for form in ("text", "json", "github"):
        as_text(problems, form).encode()
    return sorted({problem.code for problem in problems})


SOURCE = [("x.yaml", b"format: wor-match-catalogue/1")]


def kept(found: bytes) -> object:
    """A kept catalogue whose sums are right, whatever it says: it is used or passed over in silence."""
    mark = cache.mark_of(SOURCE, found).encode()
    place = cache.place_of(DESK, SOURCE)
    on_desk(place.name, mark + b"\n" + found).chmod(0o600)
    whole = cache.restored(DESK, SOURCE)
    if whole is not None:
        told = json.dumps(whole.model_dump(mode="json", by_alias=True, exclude_unset=True)).encode()
        assert sound_catalogue([("x.json", told)]) == whole, "no file could have said this"
    return whole is not None


def to_do(found: bytes) -> None:
    """The note of what an import had still to do: nothing outside its folder is touched."""
    outside = on_desk("outside.yaml", b"x")
    on_desk(f"import/{folder.REDO}", found)
    try:
        folder.finish(DESK / "import")
    finally:
        assert outside.read_bytes() == b"x", "a file outside the folder was touched"


def imported(read: Callable[[Path], Imported], name: str) -> Read:
    """What comes in can be written as a layer and read again; what does not come in is told."""

    def reads(found: bytes) -> object:
        given = read(on_desk(name, found))
        for problem in given.problems:
            assert len(str(problem)) < 2_000, "a sentence without end"
            str(problem).encode()
        layer = Catalogue.model_construct(
            id="laag", name="laag", organisers=given.organisers, activities=given.activities
        )
        again = read_contents([("laag.yaml", as_yaml(layer).encode())])
        assert not again.problems, f"a layer cannot be read again: {again.problems[0].code}"
        assert again.catalogue is not None
        assert again.catalogue.activities == given.activities, "a layer says something else"
        fields = {name for one in given.activities for name in one.model_fields_set}
        return sorted({problem.code for problem in given.problems}), sorted(fields)

    return reads


def tables_of(path: Path) -> Imported:
    """Tables of HSDS, one after another behind a line that names the table."""
    home, names = path.parent / "hsds", []
    for part in path.read_bytes().split(b"%% "):
        name, _, rows = part.partition(b"\n")
        if (called := text_of(name).strip()) in TABLE_NAMES:
            names.append(on_desk(f"hsds/{called}.csv", rows))
    return hsds.read(names or [home / "none.csv"])


TABLE_NAMES = tuple(TABLES)


def times(found: bytes) -> None:
    """When something meets, in words; what is read comes back."""
    rules = times_in(text_of(found))
    schedule = Schedule.model_validate(rules)
    met(schedule)
    assert Schedule.model_validate(times_in(times_as_text(schedule))) == schedule, "other times come back"


def met(schedule: Schedule) -> None:
    """When it meets, in the longest window."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", WorMatchWarning)
        found = schedule.occurrences(BEGIN, END)
    assert all(one.start.astimezone(UTC) <= one.end.astimezone(UTC) for one in found), "ends before it starts"
    schedule.visits_a_week()
    schedule.number_of_sessions(BEGIN.date())


def any_schedule(found: bytes) -> None:
    """A schedule as a host program tells it."""
    met(of_json(Schedule, found))


def prices(found: bytes) -> None:
    """A price list in words; what is read comes back."""
    rows = [Price.model_validate(row) for row in prices_in(text_of(found))]
    again = [Price.model_validate(row) for row in prices_in(prices_as_text(rows))]
    assert again == rows, "other prices come back"


def cells(found: bytes) -> None:
    """One text in a cell below each heading, and as a day."""
    text = text_of(found)
    for column in COLUMNS:
        with contextlib.suppress(WorMatchError):
            column.cell[0](text)
    on = day_in(text)
    assert day_in(day_as_text(on)) == on


def words_of_people(found: bytes) -> object:
    """What somebody likes to do, in their own words."""
    terms = find_terms(text_of(found))
    assert len(terms) <= 10
    return terms[:1]


def activity(found: bytes) -> None:
    """An activity as a host program tells it, as JSON and as a value."""
    one = of_json(Activity, found)
    assert Activity.model_validate_json(one.model_dump_json(by_alias=True, exclude_unset=True)) == one


def named_offer(found: bytes) -> object:
    """The name of an example, or of a catalogue that is not there; what is there is left alone."""
    with contextlib.suppress(OSError, ValueError):
        if Path(text_of(found)).exists():
            return "there"
    return len(paths_of(text_of(found)))


OFFER: dict[str, Read] = {
    "yaml": any_yaml,
    "catalogue": catalogue("x.yaml"),
    "catalogue-json": catalogue(f"x{json_file.SUFFIX}"),
    "catalogue-kept": kept,
    "catalogue-name": named_offer,
    "import-note": to_do,
    "lint": linted,
    "table": imported(table.read, "x.csv"),
    "table-map": lambda found: load_map(on_desk("map.yaml", found)),
    "icalendar": imported(lambda path: icalendar.read(path, activity=CHOIR), "x.ics"),
    "uitdatabank": imported(uitdatabank.read, "x.json"),
    "openactive": imported(openactive.read, "x.json"),
    "schema-org": imported(schema_org.read, "x.html"),
    "hsds": imported(hsds.read, "x.json"),
    "hsds-tables": imported(tables_of, "x.txt"),
    "schedule": any_schedule,
    "time-words": times,
    "money-words": prices,
    "cells": cells,
    "find-terms": words_of_people,
    "activity": activity,
}
