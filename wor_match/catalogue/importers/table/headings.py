"""Which heading of a sheet is which of our columns: found by name, or told in a map.

columns: {naam: Titel, wanneer: Dag en tijd}      # our heading: theirs
always: {plaats: Utrecht}                         # for every row that says nothing else
words: {Sport en bewegen: [wandelen]}             # their category: our terms
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wor_match.catalogue.importers.table.columns import COLUMNS, Column
from wor_match.catalogue.quick import read_plain
from wor_match.catalogue.reader import read_bytes
from wor_match.domain.finding import plain_words
from wor_match.domain.limits import USUAL, Limits
from wor_match.domain.terms import TermId
from wor_match.domain.value import Value
from wor_match.errors import CatalogueError, Problem

MOST_COLUMNS = 500


class Written(Value):
    """A map as it stands in a file."""

    columns: Mapping[str, str] = {}
    always: Mapping[str, str] = {}
    words: Mapping[str, tuple[TermId, ...]] = {}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of theirs, and our column; None when nobody knows it."""

    theirs: str
    column: Column | None


@dataclass(frozen=True, slots=True)
class TableMap:
    """Their heading → our column, what every row says, and their words → our terms."""

    columns: Mapping[str, Column] = field(default_factory=dict)
    always: tuple[tuple[Column, str], ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def in_our_words(self, told: Iterable[str]) -> Iterator[str]:
        """Their words, or our terms where the map has them."""
        for word in told:
            yield from self.words.get(plain(word), (word,))


def plain(heading: str) -> str:
    """A heading in small letters without accents and signs."""
    return " ".join(plain_words(heading))


BY_HEADING = {plain(name): column for column in COLUMNS for name in (*column.known_as, column.heading, column.field)}


def load_map(told: Any, limits: Limits = USUAL) -> TableMap:
    """The map in a YAML file, or in a mapping; without one, headings are found by their names.

    Raises
    ------
    CatalogueError
        Naming each heading of ours and each term that does not exist.
    """
    if told is None:
        return TableMap()
    if not isinstance(told, Mapping):
        found, problems = read_plain(read_bytes(Path(told), limits.yaml_bytes), str(told), limits)
        if problems or found is None:
            raise CatalogueError(f"the map {told} is refused", problems)
        told = found
    written = Written.model_validate(told)
    unknown = [name for name in (*written.columns, *written.always) if plain(name) not in BY_HEADING]
    if unknown:
        known = ", ".join(column.heading for column in COLUMNS)
        raise CatalogueError(
            f"the map names {unknown[0][:40]!r}, which is no column of ours; they are: {known}", code="unknown-name"
        )
    always = tuple((BY_HEADING[plain(name)], cell) for name, cell in written.always.items())
    for column, cell in always:
        column.cell[0](cell)
    return TableMap(
        {plain(theirs): BY_HEADING[plain(ours)] for ours, theirs in written.columns.items()},
        always,
        {plain(word): terms for word, terms in written.words.items()},
    )


def headings_of(cells: list[str], table_map: TableMap, name: str, problems: list[Problem]) -> list[Heading]:
    """The headings of a table with our columns; what nobody knows, and what stands there twice, is told."""
    found: list[Heading] = []
    taken: set[str] = set()
    told = set(table_map.columns)
    mapped = {column.field for column in table_map.columns.values()}
    if len(cells) > MOST_COLUMNS:
        said = f"has {len(cells)} columns; {MOST_COLUMNS} are read"
        problems.append(Problem(said, "too-long", "", name, 1, 1, "warning"))
    for number, cell in enumerate(cells[:MOST_COLUMNS], 1):
        by_name = BY_HEADING.get(plain(cell))
        column = table_map.columns.get(plain(cell)) or (by_name if by_name and by_name.field not in mapped else None)
        told.discard(plain(cell))
        if column is None or column.field in taken:
            said = "stands there twice; the first is read" if column else "is no column of ours; not read"
            problems.append(Problem(f"{cell.strip()[:40]!r} {said}", "heading", "", name, 1, number, "warning"))
            column = None
        taken |= {column.field} if column else set()
        found.append(Heading(cell.strip()[:40] or f"column {number}", column))
    for theirs in sorted(told):
        problems.append(
            Problem(f"has no heading {theirs!r}, which the map names", "heading", "", name, 1, 1, "warning")
        )
    return found
