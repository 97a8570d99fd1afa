"""Events of schema.org in web pages: JSON-LD blocks, found as a browser finds them. Nothing remote is ever loaded."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from wor_match.catalogue.importers import Imported
from wor_match.catalogue.importers.event import activity_of, kinds_of
from wor_match.catalogue.importers.feed import Source, Told, json_of, texts_of
from wor_match.catalogue.importers.item import Found, Gathering

FORM = "schema_org"
LICENCE = None  # a page says nothing about it in its data
KINDS = ("Event", "Course", "CourseInstance")
OPENS = re.compile(r"</?([a-zA-Z][^\s/>]*+)")
REST = re.compile(r"""(?:[^=>]|=\s*+(?:"[^"]*"|'[^']*'|(?!["'])))*+>""")  # a quote that is not closed closes nothing
ATTRIBUTE = re.compile(r"""([^\s=>/"']++)\s*+(?:=\s*+("[^"]*"|'[^']*'|[^\s>"']*+))?""")
COMMENTS = ("<!", "<?", "</")
RAW = {name: re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE) for name in ("script", "style", "title", "textarea")}


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
    alone = told.text.lstrip().startswith(("{", "["))
    for line, text in [(1, told.text)] if alone else blocks_in(told.text):
        value = json_of(Told(told.name, text), gathering.problems, line)
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


def blocks_in(page: str) -> Iterator[tuple[int, str]]:
    """The JSON-LD blocks of a page, each with the line it begins on.

    What is not closed lasts to the end of the page, as in a browser; so every character is looked at once.
    """
    at, line, counted = 0, 1, 0
    while (begin := page.find("<", at)) >= 0:
        tag = OPENS.match(page, begin)
        if tag is None:
            at = begin + 1 if not page.startswith(COMMENTS, begin) else after_comment(page, begin)
        else:
            whole = REST.match(page, tag.end())
            if whole is None:
                return
            at, name = whole.end(), tag[1].lower()
            if name in RAW:
                end = RAW[name].search(page, at)
                until = end.start() if end else len(page)
                if name == "script" and is_json_ld(whole[0]):
                    line, counted = line + page.count("\n", counted, at), at
                    yield line, page[at:until]
                at = until + 1


def after_comment(page: str, begin: int) -> int:
    """Where the page goes on behind a comment."""
    end = page.find("-->", begin + 2) + 2 if page.startswith("<!--", begin) else page.find(">", begin)
    return end + 1 if end > begin else len(page)


def is_json_ld(attributes: str) -> bool:
    """Whether a script holds JSON-LD by its first `type`."""
    told = next((value for name, value in ATTRIBUTE.findall(attributes) if name.lower() == "type"), "")
    return html.unescape(told.strip("\"'")).split(";")[0].strip().lower() == "application/ld+json"
