"""HSDS 3.x and Open Referral UK 3.0: services as JSON, alone, in a list or on a page, and as CSV tables.

Only id, name and status are sure there. Written from the documentation at docs.openreferral.org.
"""

from __future__ import annotations

from typing import Any, Literal

from wor_match.catalogue.importers import Imported
from wor_match.catalogue.importers.feed import Source, json_of, texts_of
from wor_match.catalogue.importers.gathering import Gathering
from wor_match.catalogue.importers.hsds.service import Reading, activity_of, places_of_service
from wor_match.catalogue.importers.hsds.tables import services_in, tables_in
from wor_match.catalogue.importers.item import whole_in
from wor_match.domain.limits import USUAL, Limits
from wor_match.errors import CatalogueError, Problem

LISTS = ("services", "contents", "items")
MOST_LOCATIONS = 200


def read(
    source: Source,
    *,
    times_in_z: Literal["wall", "utc"] = "wall",
    licence: str | None = None,
    limits: Limits = USUAL,
) -> Imported:
    """The activities in JSON files or texts, or in a folder (or list) of CSV tables.

    Parameters
    ----------
    source : str, Path or sequence
        Paths in order, JSON text, or a folder with the tables.
    times_in_z : str
        ``wall`` (default): 09:00Z is nine o'clock on the clock there, which is what nearly all publishers mean;
        ``utc``: to the letter, which is eleven o'clock in a Dutch summer.
    licence : str
        The licence of the data, when you know it; `licenses` of a service are those of a profession.
    limits : Limits
        How much is read; `Settings.limits`, when you have your own.

    Returns
    -------
    Imported
        A service at several locations is an activity at each. One bad item is a problem and never ends the reading.

    Raises
    ------
    CatalogueError
        When `times_in_z` is neither of both words.

    Examples
    --------
    >>> read('{"id": "7", "name": "Koffie-inloop", "status": "active"}').activities[0].id
    'hsds-7'
    """
    if times_in_z not in ("wall", "utc"):
        raise CatalogueError(f"times_in_z is {str(times_in_z)[:40]!r}; write 'wall' or 'utc'", code="unknown-name")
    gathering, reading = Gathering(limits), Reading(times_in_z, licence)
    files, rest = tables_in(source, gathering.problems, limits)
    if files:
        for number, row in enumerate(services_in(files, gathering.problems, limits)):
            gather(row.cells, row.file, number, row.line, reading, gathering)
    for told in texts_of(rest, gathering.problems, limits):
        value = json_of(told, gathering.problems, limits)
        found = gathering.few(items_of(value), told.name)
        count(value, len(items_of(value)), told.name, gathering)
        for number, item in enumerate(found):
            gather(item, told.name, number, 0, reading, gathering)
        if not found:
            gathering.missing(told.name, "holds no service of HSDS")
    return gathering.imported()


def items_of(value: Any) -> list[Any]:
    """The services in a file: one, a list, or those on a page."""
    if isinstance(value, dict):
        for name in LISTS:
            if isinstance(value.get(name), list):
                return list(value[name])
        return [value] if "name" in value and ("id" in value or "status" in value) else []
    return value if isinstance(value, list) else []


def count(value: Any, held: int, name: str, gathering: Gathering) -> None:
    """Note when a page holds another number of items than it says; the last page may hold fewer than fit on one."""
    page = value if isinstance(value, dict) else {}
    all_here = page.get("total_pages") in (None, 0, 1)
    total, size = whole_in(page.get("total_items"), 10**9), whole_in(page.get("size"), 10**9)
    said = total if total is not None and (all_here or held > total) else size
    if said is not None and (held > said or (held < said and all_here and said == total)):
        told = f"says {said} items and holds {held}; all are read"
        gathering.problems.append(Problem(told, "count", "", name, severity="warning"))


def gather(item: Any, name: str, number: int, line: int, reading: Reading, gathering: Gathering) -> None:
    """A service as an activity at each of its places; what is wrong with one place does not touch the others."""
    with gathering.item(name, number, line) as notes:
        places = places_of_service(item, reading, notes)
        if len(places) > MOST_LOCATIONS:
            notes.add("service_at_locations", f"has {len(places)} places; {MOST_LOCATIONS} are kept")
        for at in places[:MOST_LOCATIONS]:
            with gathering.item(name, number, line) as here:
                gathering.add(*activity_of(item, at, len(places) == 1, reading, here), here)
