"""What importers take: just inside a limit is read, just outside is told with a code of its own, before reading on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import wor_match as wm
from tests.catalogue.test_bad_input import ALL, JSON_FORMS, Form
from wor_match.catalogue.importers import Imported, hsds, icalendar, table
from wor_match.domain.activity import Activity
from wor_match.domain.limits import Limits

KOOR = Activity(id="koor", name="Koor", terms=["zingen"])


def codes(found: Imported) -> set[str]:
    """What kinds of errors were told."""
    return {problem.code for problem in found.problems if problem.severity == "error"}


def two(form: Form) -> str:
    return form.whole([form.item(1, "2026-11-03"), form.item(2, "2026-11-04")])


def depth_of(text: str) -> int:
    """How deep brackets are nested; no text in it has any."""
    depth = most = 0
    for character in text:
        depth += (character in "[{") - (character in "]}")
        most = max(most, depth)
    return most


@pytest.mark.parametrize("as_file", [True, False])
@pytest.mark.parametrize("form", ALL, ids=lambda form: form.name)
def test_a_byte_too_many_is_told_of_a_file_and_of_a_text(form: Form, as_file: bool, tmp_path: Path) -> None:
    text = two(form).replace("Koor", "Kóór")
    (path := tmp_path / "x.txt").write_text(text, encoding="utf-8")
    source, size = (path if as_file else text), len(text.encode())
    assert size > len(text) or form.name == "icalendar"
    assert form.read(source, limits=Limits(feed_bytes=size)).activities
    found = form.read(source, limits=Limits(feed_bytes=size - 1))
    assert (found.activities, codes(found)) == ((), {"too-large"})


@pytest.mark.parametrize("form", JSON_FORMS, ids=lambda form: form.name)
@pytest.mark.parametrize(("name", "code"), [("feed_components", "too-many-components"), ("feed_depth", "too-deep")])
def test_an_item_or_a_level_too_many_refuses_the_file(form: Form, name: str, code: str) -> None:
    most = 2 if name == "feed_components" else depth_of(two(form))
    assert form.read(two(form), limits=Limits(**{name: most})).activities
    found = form.read(two(form), limits=Limits(**{name: most - 1}))
    assert (found.activities, codes(found)) == ((), {code})


@pytest.mark.parametrize("form", [form for form in ALL if form.name != "icalendar"], ids=lambda form: form.name)
def test_an_activity_too_many_is_left_out(form: Form) -> None:
    assert len(form.read(two(form), limits=Limits(activities=2)).activities) == 2
    found = form.read(two(form), limits=Limits(activities=1))
    assert (len(found.activities), codes(found)) == (1, {"too-many-activities"})


@pytest.mark.parametrize("form", ALL, ids=lambda form: form.name)
def test_a_source_too_many_is_left_out(form: Form) -> None:
    sources = [form.whole([form.item(1, "2026-11-03")]), form.whole([form.item(2, "2026-11-04")])]
    assert codes(form.read(sources, limits=Limits(files=2))) == set()
    assert codes(form.read(sources, limits=Limits(files=1))) == {"too-many-files"}


def calendar(inner: str) -> str:
    event = "BEGIN:VEVENT\nDTSTART:20261103T100000\nDURATION:PT2H\nEND:VEVENT\n"
    return f"BEGIN:VCALENDAR\n{event}{inner}END:VCALENDAR\n"


@pytest.mark.parametrize(("name", "most", "code"), [
    ("feed_components", 5, "too-many-components"), ("feed_depth", 4, "too-deep"),
])  # fmt: skip
def test_a_calendar_is_bounded_in_components_and_depth(name: str, most: int, code: str) -> None:
    read: Callable[..., Imported] = partial(icalendar.read, calendar("BEGIN:X\n" * 3 + "END:X\n" * 3), activity=KOOR)
    assert read(limits=Limits(**{name: most})).activities
    found = read(limits=Limits(**{name: most - 1}))
    assert (found.activities, codes(found)) == ((), {code})


def test_the_tables_of_a_folder_are_counted_and_measured(tmp_path: Path) -> None:
    (tmp_path / "services.csv").write_text("id,name,status\n1,Koor,active\n")
    (tmp_path / "aaa.csv").write_text("id\n1\n")
    assert len(hsds.read(tmp_path, limits=Limits(files=2)).activities) == 1
    assert "too-many-files" in codes(hsds.read(tmp_path, limits=Limits(files=1)))
    size = (tmp_path / "services.csv").stat().st_size
    assert len(hsds.read(tmp_path, limits=Limits(feed_bytes=size)).activities) == 1
    assert "too-large" in codes(hsds.read(tmp_path, limits=Limits(feed_bytes=size - 1)))


def test_the_map_of_a_table_has_the_limits_of_yaml(tmp_path: Path) -> None:
    (path := tmp_path / "kaart.yaml").write_text("columns: {naam: Titel}\n")
    read: Callable[..., Any] = partial(table.read, "Titel;wat\nKoor;zingen\n", path)
    size = path.stat().st_size
    assert len(read(limits=Limits(yaml_bytes=size, depth=3)).activities) == 1
    for narrow, code in ((Limits(yaml_bytes=size - 1), "too-large"), (Limits(depth=1), "too-deep")):
        with pytest.raises(wm.CatalogueError) as refused:
            read(limits=narrow)
        assert [problem.code for problem in refused.value.problems] == [code]
