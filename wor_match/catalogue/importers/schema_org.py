"""Events of schema.org in web pages: JSON-LD blocks, found by a real HTML parser. Nothing remote is ever loaded."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from wor_match.catalogue.importers import Imported
from wor_match.catalogue.importers.event import activity_of, word_of
from wor_match.catalogue.importers.feed import Source, Told, json_of, texts_of
from wor_match.catalogue.importers.item import Found, Gathering

FORM = "schema_org"
LICENCE = None  # a page says nothing about it in its data
KINDS = ("Event", "Course", "CourseInstance")


def read(source: Source) -> Imported:
    """The activities in one or more web pages, or JSON-LD files.

    Parameters
    ----------
    source : str, Path or sequence
        Paths in order, or the text of a page or of JSON-LD.

    Returns
    -------
    Imported
        One bad block or event is a problem and never ends the reading.

    Examples
    --------
    >>> page = '<script type="application/ld+json">{"@type": "Event", "name": "Koor"}</script>'
    >>> read(page).activities[0].id
    'schema-org-koor-c1bce0bc'
    """
    gathering = Gathering()
    for told in texts_of(source, gathering.problems):
        found = list(events_in(told, gathering))
        for number, event in enumerate(found):
            with gathering.item(told.name, number) as notes:
                gathering.add(*activity_of(event, FORM, LICENCE, notes), notes)
        if not found:
            gathering.missing(told.name, "holds no Event of schema.org")
    return gathering.imported()


def events_in(told: Told, gathering: Gathering) -> Iterator[Found]:
    """Every event in the blocks of a page, or in the JSON itself."""
    blocks = Blocks()
    if told.text.lstrip().startswith(("{", "[")):
        blocks.found.append((1, told.text))
    else:
        blocks.feed(told.text)
        blocks.close()
    for line, text in blocks.found:
        value = json_of(Told(told.name, text), gathering.problems, line)
        yield from events_below(value)


def events_below(value: Any) -> Iterator[Found]:
    """The events in a value: itself, the parts of a list, or of a graph."""
    pending = [value]
    while pending:
        one = pending.pop(0)
        if isinstance(one, list):
            pending[:0] = one
        elif isinstance(one, dict) and "@graph" in one:
            pending[:0] = [one["@graph"]]
        elif isinstance(one, dict) and any(is_event(kind) for kind in kinds_of(one)):
            yield one


def kinds_of(one: Found) -> list[str]:
    """The types that a node gives itself."""
    told = one.get("@type")
    return [word_of(kind) for kind in (told if isinstance(told, list) else [told])]


def is_event(kind: str) -> bool:
    """Whether a type is an Event or one of its kinds, such as SportsEvent."""
    return kind in KINDS or kind.endswith("Event")


class Blocks(HTMLParser):
    """The JSON-LD blocks of a page, each with the line it begins on."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, str]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notice the beginning of a block."""
        kind = (dict(attrs).get("type") or "").split(";")[0].strip().lower()
        self._inside = tag == "script" and kind == "application/ld+json"
        if self._inside:
            self.found.append((self.getpos()[0], ""))

    def handle_endtag(self, tag: str) -> None:
        """Notice its end."""
        self._inside = False

    def handle_data(self, data: str) -> None:
        """Keep what stands in it."""
        if self._inside:
            line, text = self.found[-1]
            self.found[-1] = (line, text + data)
