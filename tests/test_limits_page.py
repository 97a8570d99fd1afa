"""The page of limits tells what is in force: every field with its figures and its code, and what is fixed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import wor_match as wm
from tests.test_limits import bounds
from wor_match.batch import json_lines
from wor_match.catalogue import json_file, participants
from wor_match.catalogue.importers.icalendar import file as calendar_file
from wor_match.catalogue.importers.table.headings import MOST_COLUMNS
from wor_match.domain import kinds, schedule, text
from wor_match.domain.limits import USUAL, Limits
from wor_match.domain.rhythm import Weekly
from wor_match.domain.schedule import Schedule

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]
SOURCE = "".join(path.read_text(encoding="utf-8") for path in Path(wm.__file__).parent.rglob("*.py"))


def figure(number: int, name: str = "") -> str:
    """As the page writes it; a year has no comma."""
    return str(number) if "year" in name else f"{number:,}"


def most(annotation: Any, name: str) -> int:
    """A bound somewhere in an annotation, or in the metadata of a field."""
    for part in (*getattr(annotation, "metadata", ()), *getattr(annotation, "__metadata__", ()), *get_args(annotation)):
        if (found := getattr(part, name, None)) is not None and isinstance(found, int):
            return found
        if deeper := most(part, name):
            return deeper
    return 0


def test_every_limit_stands_on_the_page_with_its_figures_in_the_order_of_the_fields() -> None:
    told = {row[0].strip("`"): row[1:3] for row in ROWS if len(row) == 5 and row[0].startswith("`")}
    assert list(told) == list(Limits.model_fields)
    for name, field in Limits.model_fields.items():
        assert told[name] == [figure(getattr(USUAL, name), name), figure(bounds(field)[1], name)], name


def test_every_code_on_the_page_is_one_of_the_library() -> None:
    told = {row[4] for row in ROWS if len(row) == 5 and row[0].startswith("`")}
    for code in told - {"none", "`WorMatchError`"}:
        assert f'"{code.strip("`")}"' in SOURCE, code


def test_what_is_fixed_stands_on_the_page_as_it_is() -> None:
    told = {row[0]: row[1] for row in ROWS if len(row) == 2 and row[0] != "what"}
    fixed = [
        int(re.search(r"\{0,(\d+)\}", text.ID)[1]) + 1,  # type: ignore[index]  # because it is there
        most(text.Name, "max_length"),
        most(text.Text, "max_length"),
        most(Schedule.model_fields["dates"], "max_length"),
        schedule.LONGEST_WINDOW.days,
        schedule.MOST_OCCURRENCES,
        most(Weekly.model_fields["every"], "le"),
        text.FIRST_YEAR,
        text.LAST_YEAR,
        kinds.LONGEST_VALUE,
        json_file.MOST_PARTS,
        json_lines.LONGEST_LINE,
        participants.MOST_BYTES,
        participants.MOST_LINES,
        calendar_file.LONGEST_LINE,
        MOST_COLUMNS,
    ]
    assert {name: int(seen.replace(",", "")) for name, seen in told.items()} == dict(zip(told, fixed, strict=True))
    days = {most(Schedule.model_fields[name], "max_length") for name in ("dates", "extra", "adjusted", "cancelled")}
    assert days == {1_000}
