"""The CSV tables of an HSDS package, joined by their ids into the nested form that the JSON has.

A folder is read in sorted order, and links out of it are refused. A row that points nowhere is told and left out.
The table of contacts holds persons and is not opened.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wor_match.catalogue.importers.feed import Source, bytes_of, decoded, few, is_text, unread
from wor_match.catalogue.importers.item import Found
from wor_match.domain.limits import USUAL, Limits
from wor_match.errors import CatalogueError, Code, Problem

TABLES = {  # what a file may be called → the table; single and plural both occur
    name: table
    for table in (
        "services", "service_at_locations", "locations", "addresses", "accessibility", "schedules", "cost_options",
        "languages", "phones", "organizations", "attributes", "taxonomy_terms", "capacities",
    )
    for name in (table, table.removesuffix("s"))
} | {"address": "addresses", "service_capacities": "capacities", "service_capacity": "capacities"}  # fmt: skip
PERSONS = ("contacts", "contact")
HUNG = {  # table → the columns that say to whom a row belongs, nearest to the service first, and the table meant
    "addresses": (("location_id", "locations"),),
    "accessibility": (("location_id", "locations"),),
    "schedules": (
        ("service_id", "services"),
        ("service_at_location_id", "service_at_locations"),
        ("location_id", "locations"),
    ),
    "cost_options": (("service_id", "services"),),
    "capacities": (("service_id", "services"),),
    "languages": (("service_id", "services"), ("location_id", "locations")),
    "phones": (("organization_id", "organizations"), ("service_id", "services"), ("location_id", "locations")),
    "attributes": (("link_id", "services"), ("link_id", "service_at_locations"), ("link_id", "locations")),
}
HELD = frozenset(TABLES.values())  # fields that a row gets from other tables, and no column can hold
NOT_OURS = ("contact_id", "phone_id", "organization_id", "service_at_location_id")  # of somebody who is not read


@dataclass(slots=True)
class Row:
    """One row of a table, with the line it ends on."""

    cells: Found
    file: str
    line: int


@dataclass(slots=True)
class Tables:
    """The rows of every table, and what was wrong with them."""

    problems: list[Problem]
    limits: Limits
    rows: dict[str, list[Row]] = field(default_factory=dict)
    by_id: dict[str, dict[str, Row]] = field(default_factory=dict)

    def told(self, row: Row, sentence: str, code: Code) -> None:
        """Note a fault of a row."""
        said = Problem(sentence, code, str(row.cells.get("id", ""))[:60], row.file, row.line, 1, severity="warning")
        self.problems.append(said)

    def called(self, table: str, row: Row, column: str) -> Found | None:
        """The row that a column of another row points at; None when it points nowhere."""
        found = self.by_id.get(table, {}).get(str(row.cells.get(column)))
        return found.cells if found else None


def tables_in(source: Source, problems: list[Problem], limits: Limits) -> tuple[list[Path], list[str | Path]]:
    """The CSV files of a source, with those of its folders, and every other part of it."""
    files: list[Path] = []
    rest: list[str | Path] = []
    for one in few(source, problems, limits):
        if isinstance(one, str) and is_text(one):
            rest.append(one)
        elif is_folder(one):
            files += files_in(Path(one), problems, limits)
        elif Path(one).suffix.lower() == ".csv":
            files.append(Path(one))
        else:
            rest.append(one)
    return files, rest


def is_folder(told: str | Path) -> bool:
    """Whether it is a folder; what cannot be a path at all is none."""
    try:
        return Path(told).is_dir()
    except (OSError, ValueError):
        return False


def files_in(folder: Path, problems: list[Problem], limits: Limits) -> list[Path]:
    """The CSV files of a folder in sorted order; one that leads out of it is a problem."""
    try:
        found = sorted(one for one in folder.iterdir() if one.suffix.lower() == ".csv")
    except OSError:
        problems.append(Problem("cannot be read", "no-file", "", str(folder)))
        return []
    inside = [one for one in found if stays_in(one, folder)]
    for one in found:
        if one not in inside:
            problems.append(Problem(f"leads out of {folder}; copy the file into the folder", "link", "", str(one)))
    if not found:
        problems.append(Problem("holds no .csv file", "no-feed", "", str(folder)))
    if len(inside) > limits.files:
        said = f"holds {len(inside)} tables; at most {limits.files}, the rest is left out"
        problems.append(Problem(said, "too-many-files", "", str(folder)))
    return inside[: limits.files]


def stays_in(path: Path, folder: Path) -> bool:
    """Whether a file lies in its folder; a link in a circle lies nowhere."""
    try:
        return path.resolve().is_relative_to(folder.resolve()) and path.exists()
    except (OSError, RuntimeError):
        return False


def services_in(paths: Sequence[Path], problems: list[Problem], limits: Limits = USUAL) -> Iterator[Row]:
    """Every service of the tables, with all that hangs on it, in the order of its table."""
    tables = Tables(problems, limits)
    for path in paths:
        read_table(path, tables)
    if "services" not in tables.rows:
        problems.append(Problem("are no tables of HSDS; services.csv is not among them", "no-feed"))
    for table, owners in HUNG.items():
        for row in tables.rows.get(table, []):
            hang(table, row, owners, tables)
    for row in tables.rows.get("service_at_locations", []):
        place(row, tables)
    for row in tables.rows.get("services", []):
        with_organisation(row, tables)
        yield row


def read_table(path: Path, tables: Tables) -> None:
    """The rows of one file into its table; a file that is no table is a problem."""
    table = TABLES.get(path.stem.lower())
    if table is None:
        if path.stem.lower() not in PERSONS:
            said = "is no table of HSDS that says what an activity is; not read"
            tables.problems.append(Problem(said, "left-out", "", str(path), severity="warning"))
        return
    rows = tables.rows.setdefault(table, [])
    known = tables.by_id.setdefault(table, {})
    try:
        for row in rows_of(path, decoded(bytes_of(path, tables.limits.feed_bytes)), tables):
            first = known.setdefault(str(row.cells["id"]), row) if row.cells.get("id") else row
            if first is not row and table != "services":
                tables.told(row, "has the id of an earlier row; the earlier one is kept", "duplicate-id")
            else:
                rows.append(row)
    except CatalogueError as fault:
        tables.problems.append(unread(fault, str(path)))


def rows_of(path: Path, text: str, tables: Tables) -> Iterator[Row]:
    """The rows of a table without empty cells; a table that cannot be read to its end is refused from there on."""
    if "\0" in text:
        raise CatalogueError("holds a NUL; it is no text", code="no-table")
    head = text.partition("\n")[0]
    separator = ";" if ";" in head and "," not in head else ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        names = [name.strip() for name in next(lines, [])]
        if len(set(names)) < len(names) or "id" not in names:
            raise CatalogueError("has no column `id`, or a column twice", code="no-table")
        for cells in lines:
            row = Row(
                {
                    name: cell.strip()
                    for name, cell in zip(names, cells, strict=False)
                    if cell.strip() and name not in HELD
                },
                str(path),
                lines.line_num,
            )
            if len(cells) > len(names):
                tables.told(row, f"has {len(cells)} cells under {len(names)} columns; left out", "left-out")
            elif row.cells:
                yield row
    except csv.Error as fault:
        raise CatalogueError(f"is no CSV from line {lines.line_num} on ({fault})", code="no-table") from None


def hang(table: str, row: Row, owners: tuple[tuple[str, str], ...], tables: Tables) -> None:
    """A row below the first of its owners that exists."""
    if row.cells.get("contact_id"):
        return
    for column, owner in owners:
        found = tables.called(owner, row, column)
        if found is not None:
            found.setdefault(table, []).append(attributed(row, tables) if table == "attributes" else row.cells)
            return
    told = [column for column, _ in owners if row.cells.get(column)]
    if told or not any(row.cells.get(column) for column in NOT_OURS):
        pointing = f"{told[0]} {str(row.cells[told[0]])[:60]!r}" if told else "no row"
        tables.told(row, f"points at {pointing}, which is in no table; left out", "points-nowhere")


def attributed(row: Row, tables: Tables) -> Found:
    """An attribute with its term."""
    term = tables.called("taxonomy_terms", row, "taxonomy_term_id")
    if term is None:
        tables.told(row, "points at a taxonomy_term that is in no table", "points-nowhere")
    return {**row.cells, "taxonomy_term": term or {}}


def place(row: Row, tables: Tables) -> None:
    """A service at a location below its service, with the location."""
    service, location = tables.called("services", row, "service_id"), tables.called("locations", row, "location_id")
    if service is None:
        tables.told(row, "points at a service that is in no table; left out", "points-nowhere")
        return
    if location is None:
        tables.told(row, "points at a location that is in no table; kept without a place", "points-nowhere")
    service.setdefault("service_at_locations", []).append({**row.cells, "location": location or {}})


def with_organisation(row: Row, tables: Tables) -> None:
    """The service with its organisation."""
    if not row.cells.get("organization_id"):
        return
    found = tables.called("organizations", row, "organization_id")
    if found is None:
        tables.told(row, "points at an organization that is in no table; kept without it", "points-nowhere")
    else:
        row.cells["organization"] = found
