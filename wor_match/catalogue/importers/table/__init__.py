"""A table of activities (CSV) as activities: our own template without a map, any other sheet with one.

Excel in the Netherlands writes semicolons, decimal commas, a byte order mark, sometimes Windows-1252: all are read.
A cell that cannot be read is told and left unknown; a row without a name is told and left out.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from wor_match.catalogue.importers import Imported
from wor_match.catalogue.importers.feed import Source, Told, decoded_table, texts_of
from wor_match.catalogue.importers.gathering import Gathering
from wor_match.catalogue.importers.table.guard import unguarded
from wor_match.catalogue.importers.table.headings import headings_of, load_map
from wor_match.catalogue.importers.table.row import activity_of
from wor_match.domain.limits import USUAL, Limits, checked_limits
from wor_match.errors import Code, Problem

REMARK = "#"
NO_NAMES = "has no heading `naam`; take `wor-match template`, or give a map of the columns"


def read(
    source: Source,
    columns: Any = None,
    licence: str | None = None,
    as_of: date | None = None,
    *,
    limits: Limits = USUAL,
) -> Imported:
    r"""The activities in one or more tables.

    Parameters
    ----------
    source : str, Path or sequence
        Paths in order, or the text of a table. The first row holds the headings; a row that begins
        with `#` is a remark.
    columns : path or mapping, optional
        A YAML file (or its content) that says which heading of theirs is which of ours; see `load_map`.
    licence : str, optional
        Under which licence the table is given, such as ``CC0``.
    as_of : date, optional
        The day on which the table was made.
    limits : Limits
        How much is read; `Settings.limits`, when you have your own.

    Returns
    -------
    Imported
        Each cell that could not be read is a problem with its line and heading.

    Raises
    ------
    CatalogueError
        When the map cannot be read.

    Examples
    --------
    >>> found = read("naam;wat;wanneer;prijs\nKoor;zingen;di 19.30-21.30 uur;2,50\n")
    >>> found.activities[0].price[0].euro
    2.5
    """
    table_map = load_map(columns, checked_limits(limits))
    gathering, provenance = Gathering(limits), {"licence": licence, "as_of": as_of}
    for told in texts_of(source, gathering.problems, limits, decoded_table):
        rows = rows_in(told, gathering.problems, limits.activities)
        first = next(rows, None)
        headings = headings_of(first[1], table_map, told.name, gathering.problems) if first else []
        if not any(heading.column and heading.column.field == "name" for heading in headings):
            if headings or not any(problem.file == told.name for problem in gathering.problems):
                gathering.problems.append(Problem(NO_NAMES, "no-feed", "", told.name))
            continue
        line = 0
        for line, cells in rows:
            with gathering.item(told.name, line, line) as notes:
                gathering.add(*activity_of(cells, headings, table_map, provenance, notes), notes)
        if not line:
            gathering.missing(told.name, "has headings and no row below them")
    return gathering.imported()


def rows_in(
    told: Told, problems: list[Problem], most: int, code: Code = "too-many-activities"
) -> Iterator[tuple[int, list[str]]]:
    """First line and cells of each row that holds something and is no remark."""
    text = told.text
    separator = re.match(r"sep=(.)\r?\n", text)
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("sep=")), "")
    delimiter = separator[1] if separator else max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found = ends = 0
    try:
        for cells in reader:
            begins, ends = ends + 1, reader.line_num
            if (
                not any(cell.strip() for cell in cells)
                or cells[0].lstrip().startswith(REMARK)
                or cells[0].startswith("sep=")
            ):
                continue
            found += 1
            if found > most + 1:
                said = f"has more than {most} rows; the rest is left out"
                problems.append(Problem(said, code, "", told.name))
                return
            yield begins, [unguarded(cell) if cell else cell for cell in cells]
    except csv.Error as fault:
        problems.append(Problem(f"cannot be read further ({fault})", "no-table", "", told.name, reader.line_num, 1))
