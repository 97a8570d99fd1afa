"""OpenActive: saved RPDE pages of series and sessions, joined through `superEvent`, as activities.

Pages are read in order; a later copy of an item wins, a deleted one goes. A child overrides its parent and never
inherits its type, id, identifier or schedule. Items of the old 1.x (`type`, `id`, ages
and prices as text) are read too.
Written from the documentation at openactive.io.
"""

from __future__ import annotations

from typing import Any

from wor_match.catalogue.importers import Imported
from wor_match.catalogue.importers.event import activity_of, word_of
from wor_match.catalogue.importers.feed import Source, json_of, texts_of
from wor_match.catalogue.importers.gathering import Gathering, Refused
from wor_match.catalogue.importers.item import Found
from wor_match.domain.limits import USUAL, Limits

FORM = "openactive"
NEVER_INHERITED = frozenset({"@type", "@id", "identifier", "eventSchedule", "subEvent", "superEvent", "@context"})
SESSIONS = ("ScheduledSession", "Slot")
OLDER = {"type": "@type", "id": "@id"}
MOST_ABOVE = 4  # a session, its series, and what those stand under

Key = tuple[str, str]
Placed = tuple[str, int, Found]  # source, number, data
Copy = tuple[Any, Placed | None]  # when it was changed, and None when it was deleted then


def read(source: Source, *, limits: Limits = USUAL) -> Imported:
    """The activities in saved RPDE pages, a single item, or plain events.

    Parameters
    ----------
    source : str, Path or sequence
        Pages in the order in which they were fetched, or JSON text.
    limits : Limits
        How much is read; `Settings.limits`, when you have your own.

    Returns
    -------
    Imported
        One bad item is a problem and never ends the reading.

    Examples
    --------
    >>> read('{"@type": "SessionSeries", "@id": "https://x.test/7", "name": "Wandelen"}').activities[0].id
    'openactive-7'
    """
    gathering = Gathering(limits)
    items: dict[Key, Copy] = {}
    for told in texts_of(source, gathering.problems, limits):
        value = json_of(told, gathering.problems, limits)
        found = gathering.few(items_of(value), told.name)
        for number, item in enumerate(found):
            with gathering.item(told.name, number):
                keep_newest(items, item, told.name, number)
        if not found and not is_page(value):
            gathering.missing(told.name, "holds no item of OpenActive")
    series = joined_up([placed for _, placed in items.values() if placed], gathering)
    for name, number, event in series:
        with gathering.item(name, number) as notes:
            gathering.add(*activity_of(event, FORM, notes), notes)
    return gathering.imported()


def page_says(value: Any) -> Found:
    """What a page says of all its items: the licence."""
    return {"license": value["license"]} if is_page(value) and value.get("license") else {}


def is_page(value: Any) -> bool:
    """Whether it is an RPDE page; one without items is no fault, and need not be the last."""
    return isinstance(value, dict) and isinstance(value.get("items"), list)


def items_of(value: Any) -> list[Any]:
    """The items of a page, of a list of pages, or one item alone."""
    if is_page(value):
        return [{**page_says(value), **item} if isinstance(item, dict) else item for item in value["items"]]
    if isinstance(value, list):
        return [item for one in value for item in (items_of(one) if is_page(one) else [one])]
    return [value] if isinstance(value, dict) and ("@type" in value or "type" in value or "data" in value) else []


def keep_newest(items: dict[Key, Copy], item: Any, name: str, number: int) -> None:
    """One item of a page over what was known: a later copy wins, a deleted one goes."""
    if not isinstance(item, dict):
        raise Refused("is no object")
    wrapped = "data" in item or "state" in item
    data = newer(item.get("data") if wrapped else item)
    own = item.get("id") if wrapped else data and data.get("@id")
    if own is None and data is None:
        raise Refused("has no id and no data")
    key = (str(item.get("kind") or "") if wrapped else "", str(own if own is not None else f"{name} {number}"))
    modified = item.get("modified")
    if is_older(modified, items.get(key, (None,))[0]):
        return
    if item.get("state") == "deleted":
        items[key] = (modified, None)
        return
    if data is None:
        raise Refused("has no data and is not deleted")
    data.setdefault("@id", own)
    data.setdefault("modified", modified)
    data.setdefault("license", item.get("license"))
    items[key] = (modified, (name, number, data))


def is_older(modified: Any, known: Any) -> bool:
    """Whether a copy was changed before the one that is known; what cannot be compared is not."""
    numbers = isinstance(modified, int) and isinstance(known, int)
    texts = isinstance(modified, str) and isinstance(known, str)
    return bool((numbers or texts) and modified < known)


def newer(data: Any) -> Found | None:
    """The data of an item with the names of 2.x; those of 1.x are made equal, also inside."""
    return {name: made_newer(part) for name, part in renamed(data).items()} if isinstance(data, dict) else None


def made_newer(part: Any) -> Any:
    """A part of an item with the names of 2.x."""
    if isinstance(part, list):
        return [made_newer(one) for one in part]
    return newer(part) if isinstance(part, dict) else part


def renamed(data: Found) -> Found:
    """The same fields, with `@type` and `@id` for `type` and `id`."""
    return {(OLDER[name] if name in OLDER and OLDER[name] not in data else name): part for name, part in data.items()}


def joined_up(placed: list[Placed], gathering: Gathering) -> list[Placed]:
    """Every event that is an activity of its own, with its sessions in `subEvent` and what it inherits."""
    known = {str(data.get("@id")): data for _, _, data in placed}
    own: dict[str, Placed] = {}
    sessions: list[tuple[str, Placed]] = []
    for name, number, data in placed:
        above = data.get("superEvent")
        parent = reference(above)
        if word_of(data.get("@type")) in SESSIONS and parent is not None:
            if isinstance(above, dict) and parent not in known:
                known[parent] = dict(above)
                own[parent] = (name, number, known[parent])
            sessions.append((parent, (name, number, data)))
        else:
            own[str(data.get("@id"))] = (name, number, data)
    for parent, (name, number, data) in sessions:
        if parent not in own:
            with gathering.item(name, number):
                raise Refused(f"is a session of {parent[:80]!r}, which is not in these pages; left out")
            continue
        series = own[parent][2]
        listed = series.get("subEvent")
        series["subEvent"] = [*(listed if isinstance(listed, list) else []), data]
    return [(name, number, inheriting(data, known)) for name, number, data in own.values()]


def reference(above: Any) -> str | None:
    """The id of the event above, told as an address or as the event itself."""
    if isinstance(above, dict):
        return str(above.get("@id") or above.get("identifier") or above.get("name") or "") or None
    return str(above) if isinstance(above, str | int) and above != "" else None


def inheriting(data: Found, known: dict[str, Found]) -> Found:
    """An event with what the events above it say and it does not."""
    told, above = dict(data), data.get("superEvent")
    for _ in range(MOST_ABOVE):
        parent = above if isinstance(above, dict) and len(above) > 2 else known.get(reference(above) or "")
        if not parent:
            break
        told = {**{name: part for name, part in parent.items() if name not in NEVER_INHERITED}, **told}
        above = parent.get("superEvent")
    return told
