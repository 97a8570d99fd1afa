"""Events of UiTdatabank (publiq, Flanders) as activities.

Four kinds of calendar; closed beats adjusted beats weekly; all bounds inclusive. Written from the documentation at
docs.publiq.be. Persons (`creator`, `performer`, `contactPoint` of an event) are not read at all.
"""

from __future__ import annotations

from typing import Any

from wor_match.catalogue.importers import Imported
from wor_match.catalogue.importers.feed import Source, json_of, texts_of
from wor_match.catalogue.importers.gathering import Gathering, Refused
from wor_match.catalogue.importers.uitdatabank.event import activity_of
from wor_match.domain.limits import USUAL, Limits


def read(source: Source, *, limits: Limits = USUAL) -> Imported:
    """The activities of one or more files with one event, a list of events, or a search result (`member`).

    Parameters
    ----------
    source : str, Path or sequence
        Paths in order, or JSON text.
    limits : Limits
        How much is read; `Settings.limits`, when you have your own.

    Returns
    -------
    Imported
        One bad item is a problem and never ends the reading.

    Examples
    --------
    >>> read('{"@id": "https://x.test/event/1", "name": {"nl": "Koor"}, "calendarType": "permanent"}').activities[0].id
    'uitdatabank-1'
    """
    gathering = Gathering(limits)
    for told in texts_of(source, gathering.problems, limits):
        found = gathering.few(items_of(json_of(told, gathering.problems, limits)), told.name)
        for number, item in enumerate(found):
            with gathering.item(told.name, number) as notes:
                if not is_event(item):
                    raise Refused("is no event with a name and an @id; left out")
                gathering.add(*activity_of(item, notes), notes)
        if not found:
            gathering.missing(told.name, "holds no event of UiTdatabank")
    return gathering.imported()


def items_of(found: Any) -> list[Any]:
    """The items in a file: one event, a list, or the members of a search result."""
    if isinstance(found, dict) and isinstance(found.get("member"), list):
        found = found["member"]
    return found if isinstance(found, list) else [found] if isinstance(found, dict) and found else []


def is_event(item: Any) -> bool:
    """Whether an item can be an event at all."""
    return isinstance(item, dict) and "name" in item and ("@id" in item or "calendarType" in item)
