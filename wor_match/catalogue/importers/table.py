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
from wor_match.catalogue.importers.foreign import our_terms
from wor_match.catalogue.importers.item import (
    NAMELESS,
    Found,
    Gathering,
    Notes,
    Refused,
    filled,
    name_of,
    slug_of,
    summary_of,
)
from wor_match.catalogue.importers.table_columns import Column
from wor_match.catalogue.importers.table_map import Heading, TableMap, headings_of, load_map
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Organiser
from wor_match.errors import CatalogueError, Problem

FORM = "table"
MOST_ROWS = 20_000
REMARK = "#"


def read(source: Source, columns: Any = None, licence: str | None = None, as_of: date | None = None) -> Imported:
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
    table_map = load_map(columns)
    gathering = Gathering()
    for told in texts_of(source, gathering.problems, decoded_table):
        rows = rows_in(told, gathering.problems)
        first = next(rows, None)
        headings = headings_of(first[1], table_map, told.name, gathering.problems) if first else []
        if not any(heading.column and heading.column.field == "name" for heading in headings):
            gathering.missing(
                told.name, "has no heading `naam`; take `wor-match template`, or give a map of the columns"
            )
            continue
        for line, cells in rows:
            with gathering.item(told.name, line, line) as notes:
                gathering.add(
                    *activity_of(cells, headings, table_map, {"licence": licence, "as_of": as_of}, notes), notes
                )
    return gathering.imported()


def rows_in(told: Told, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each row that holds something and is no remark."""
    text = told.text
    separator = re.match(r"sep=(.)\r?\n", text)
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("sep=")), "")
    delimiter = separator[1] if separator else max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found = 0
    try:
        for cells in reader:
            if (
                not any(cell.strip() for cell in cells)
                or cells[0].lstrip().startswith(REMARK)
                or cells[0].startswith("sep=")
            ):
                continue
            found += 1
            if found > MOST_ROWS + 1:
                problems.append(
                    Problem(f"has more than {MOST_ROWS} rows; the rest is left out", "too-long", "", told.name)
                )
                return
            yield reader.line_num, [unguarded(cell) for cell in cells]
    except csv.Error as fault:
        problems.append(Problem(f"cannot be read further ({fault})", "no-table", "", told.name, reader.line_num, 1))


def unguarded(cell: str) -> str:
    """The cell without the apostrophe that keeps a sheet from taking it for a formula."""
    return cell[1:] if re.match(r"'[=+\-@\t]", cell) else cell


def activity_of(
    cells: list[str], headings: list[Heading], table_map: TableMap, source: Found, notes: Notes
) -> tuple[Activity, Organiser | None]:
    """One row as an activity and who organises it."""
    told: Found = {}
    if len(cells) > len(headings):
        notes.add("", f"has {len(cells)} cells and {len(headings)} headings; the last cells are left out")
    for heading, cell in zip(headings, cells, strict=False):
        if heading.column and cell.strip():
            try:
                lay_in(told, heading.column, heading.column.cell[0](cell))
            except CatalogueError as fault:
                notes.add(heading.theirs, fault.sentence)
    for column, cell in table_map.always:
        if column.field not in told:
            lay_in(told, column, column.cell[0](cell))
    schedule = told.get("schedule", {})
    if "school_holidays" in schedule.get("pauses", ()) and "region" not in schedule:
        notes.add("pauzeert in", "pauses in school holidays of no region; add a column `vakantieregio`")
        schedule["pauses"].remove("school_holidays")
    if not (name := name_of(told.get("name"))):
        raise Refused(NAMELESS)
    organiser = organiser_of(told.pop("organiser", {}), notes)
    terms, said = our_terms(FORM, ((None, word) for word in table_map.in_our_words(told.get("terms", []))), notes)
    own = told.get("id") or slug_of(name, organiser.name if organiser else "")
    fields = {
        **told,
        "id": own,
        "name": name,
        "summary": summary_of(told.get("summary"), notes),
        "terms": terms,
        "organiser": organiser.id if organiser else None,
        "source": filled({"format": FORM, "id": own, **source, "said": said}),
    }
    return Activity.model_validate({"terms": [], **filled(fields)}), organiser


def lay_in(told: Found, column: Column, value: Any) -> None:
    """Put a value at the field of its column; times and days that are shut fill several fields of a schedule."""
    *path, last = column.field.split(".")
    if column.field in ("schedule", "schedule.shut"):
        told.setdefault("schedule", {}).update(value)
        return
    place = told
    for part in path:
        place = place.setdefault(part, {})
    place[last] = value


def organiser_of(told: Found, notes: Notes) -> Organiser | None:
    """The organisation; what of it cannot be used to reach anybody is told and left out."""
    if not (name := name_of(told.get("name"))):
        if told:
            notes.add("aanbieder", "is not told; its telephone, mail and page are left out")
        return None
    kept: Found = {"id": slug_of(name), "name": name}
    for field in ("phone", "email", "website"):
        if not told.get(field):
            continue
        try:
            kept[field] = getattr(Organiser(id="x", name="x", **{field: told[field]}), field)
        except CatalogueError:
            notes.add(field, "cannot be used to reach anybody; left out")
    return Organiser(**kept)
