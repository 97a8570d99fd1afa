"""Events of schema.org in web pages: JSON-LD blocks, found by Python's own HTML parser. Nothing remote is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from wor_match.catalogue.importers import Imported
from wor_match.catalogue.importers.event import activity_of, kinds_of
from wor_match.catalogue.importers.feed import Source, Told, json_of, texts_of
from wor_match.catalogue.importers.gathering import Gathering, Refused
from wor_match.catalogue.importers.item import Found
from wor_match.domain.limits import USUAL, Limits

FORM = "schema_org"
KINDS = ("Event", "Course", "CourseInstance")
AT_ONCE, LONGEST_TAG = 65_536, 200_000  # a tag or comment that is still open after so many characters ends the reading


def read(source: Source, *, limits: Limits = USUAL) -> Imported:
    """The activities in one or more web pages, or JSON-LD files.

    Parameters
    ----------
    source : str, Path or sequence
        Paths in order, or the text of a page or of JSON-LD.
    limits : Limits
        How much is read; `Settings.limits`, when you have your own.

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
    gathering = Gathering(limits)
    for told in texts_of(source, gathering.problems, limits):
        found = gathering.few(list(events_in(told, gathering)), told.name)
        for number, event in enumerate(found):
            with gathering.item(told.name, number) as notes:
                gathering.add(*activity_of(event, FORM, notes), notes)
        if not found:
            gathering.missing(told.name, "holds no Event of schema.org")
    return gathering.imported()


def events_in(told: Told, gathering: Gathering) -> Iterator[Found]:
    """Every event in the blocks of a page, or in the JSON itself."""
    alone = told.text.lstrip().startswith(("{", "["))
    for line, text in [(1, told.text)] if alone else blocks_in(told, gathering):
        value = json_of(Told(told.name, text), gathering.problems, gathering.limits, line)
        yield from events_below(value)


def events_below(value: Any) -> Iterator[Found]:
    """The events in a value: itself, the parts of a list, or of a graph."""
    pending = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, list):
            pending += reversed(one)
        elif isinstance(one, dict) and "@graph" in one:
            pending.append(one["@graph"])
        elif isinstance(one, dict) and any(is_event(kind) for kind in kinds_of(one)):
            yield one


def is_event(kind: str) -> bool:
    """Whether a type is an Event or one of its kinds, such as SportsEvent."""
    return kind in KINDS or kind.endswith("Event")


def blocks_in(told: Told, gathering: Gathering) -> list[tuple[int, str]]:
    """The JSON-LD blocks of a page, each with the line it begins on.

    The page is fed in pieces: a tag that never closes would otherwise be looked at again from each of its characters.
    """
    blocks = Blocks()
    with gathering.item(told.name, ""):
        for at in range(0, len(told.text), AT_ONCE):
            blocks.feed(told.text[at : at + AT_ONCE])
            if blocks.cdata_elem is None and len(blocks.rawdata) > LONGEST_TAG:
                raise Refused(f"has a tag or comment of more than {LONGEST_TAG} characters; nothing after it is read")
        blocks.handle_data(blocks.rawdata)  # of a block that is never closed
    return blocks.found


class Blocks(HTMLParser):
    """The JSON-LD blocks of a page, each with the line it begins on."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._inside = False

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Pass over `<![...>` as a browser does; the parser of Python stops with an error of its own."""
        return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notice the beginning of a block."""
        told = next((value for name, value in attrs if name == "type"), None)
        kind = (told or "").split(";")[0].strip().lower()
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
