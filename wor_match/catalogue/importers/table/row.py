"""One row of a table as an activity: what each cell says, and what is done when it cannot be kept.

A cell that cannot be read, or that no activity may hold, costs that cell and never the row.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wor_match.catalogue.importers.foreign import our_terms
from wor_match.catalogue.importers.gathering import Notes, Refused
from wor_match.catalogue.importers.item import NAMELESS, Found, filled, name_of, slug_of, summary_of
from wor_match.catalogue.importers.table.columns import Column
from wor_match.catalogue.importers.table.headings import MOST_COLUMNS, Heading, TableMap
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Organiser
from wor_match.errors import CatalogueError, Problem

FORM = "table"
MADE_FIT = ("name", "terms", "summary", "organiser")  # cut, found or left out by themselves

Cell = tuple[str, Column, Any]  # their heading, our column, and what the cell says


def activity_of(
    row: list[str], headings: list[Heading], table_map: TableMap, source: Found, notes: Notes
) -> tuple[Activity, Organiser | None]:
    """One row as an activity and who organises it."""
    if len(headings) < MOST_COLUMNS and any(cell.strip() for cell in row[len(headings) :]):
        raise Refused(f"has {len(row)} cells and {len(headings)} headings; put quotes around a cell with a separator")
    cells = list(cells_of(row, headings, table_map, notes))
    try:
        return built(cells, table_map, source, notes)
    except CatalogueError:
        return built(fitting(cells, notes), table_map, source, notes)


def cells_of(row: list[str], headings: list[Heading], table_map: TableMap, notes: Notes) -> Iterator[Cell]:
    """What every cell says, and what the map says of every row; a cell that cannot be read is told."""
    said = set()
    for heading, cell in zip(headings, row, strict=False):
        if heading.column and cell.strip():
            try:
                yield heading.theirs, heading.column, heading.column.cell[0](cell)
                said.add(heading.column.field)
            except CatalogueError as fault:
                notes.add(heading.theirs, fault.sentence)
    for column, cell in table_map.always:
        if column.field not in said:
            yield column.heading, column, column.cell[0](cell)


def built(cells: list[Cell], table_map: TableMap, source: Found, notes: Notes) -> tuple[Activity, Organiser | None]:
    """The activity that these cells tell of."""
    told = laid(cells, notes)
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


def fitting(cells: list[Cell], notes: Notes) -> list[Cell]:
    """The cells without those that no activity may hold, such as an age above the highest: these are told."""
    faults = faults_in(cells)
    while faults:
        touched = {room_of(fault.path) for fault in faults}
        left = {
            n: len(faults_in(cells[:n] + cells[n + 1 :])) for n, cell in enumerate(cells) if room_in(cell) in touched
        }
        fewest = min(left.values(), default=0)
        unfit = [n for n, count in left.items() if count == fewest or fewest >= len(faults)]
        for n in unfit:
            sentence = next(fault.sentence for fault in faults if room_of(fault.path) == room_in(cells[n]))
            notes.add(cells[n][0], f"cannot be: {sentence}")
        if not unfit:
            return cells
        cells = [cell for n, cell in enumerate(cells) if n not in unfit]
        faults = faults_in(cells)
    return cells


def faults_in(cells: list[Cell]) -> tuple[Problem, ...]:
    """What an activity refuses of these cells; those that are made fit anyhow are not looked at."""
    told = laid([cell for cell in cells if room_in(cell) not in MADE_FIT])
    try:
        Activity.model_validate({"id": "x", "name": "x", "terms": [], **told})
    except CatalogueError as fault:
        return fault.problems
    return ()


def room_of(path: str) -> str:
    """The field of an activity in which a path lies."""
    return path.partition(".")[0]


def room_in(cell: Cell) -> str:
    """The field of an activity that a cell is about."""
    return room_of(cell[1].field)


def laid(cells: list[Cell], notes: Notes | None = None) -> Found:
    """The fields that the cells fill; what needs another cell beside it is told and left out."""
    told: Found = {}
    for _, column, value in cells:
        lay_in(told, column, value)
    schedule, place = told.get("schedule", {}), told.get("place", {})
    if "school_holidays" in schedule.get("pauses", ()) and "region" not in schedule:
        schedule["pauses"] = [one for one in schedule["pauses"] if one != "school_holidays"]
        if notes:
            notes.add("pauzeert in", "pauses in school holidays of no region; add a column `vakantieregio`")
    if ("latitude" in place) != ("longitude" in place):
        alone = "latitude" if "latitude" in place else "longitude"
        del place[alone]
        if notes:
            notes.add(alone, "is half a point; write both degrees")
    return told


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
    kept: Found = {**told, "id": slug_of(name), "name": name}
    try:
        return Organiser(**kept)
    except CatalogueError as fault:
        for field in {problem.path for problem in fault.problems} & {"phone", "email", "website"}:
            notes.add(field, "cannot be used to reach anybody; left out")
            del kept[field]
    return Organiser(**kept)
