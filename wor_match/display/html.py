"""Blocks as HTML: one builder that escapes everything, no script, nothing from outside, readable by ear and by key."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from itertools import groupby
from xml.etree.ElementTree import Element, fromstring, tostring

from wor_match.display.blocks import Block, Line, Picture, Table

Child = Element | str | None
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
DEEPEST_HEADING = 6
ARTICLES = ("card", "page", "idea")  # what can stand alone


def document(title: str, blocks: Iterable[Block], lang: str) -> str:
    """A whole page with its own style; `lang` is the language it declares, ``nl`` or ``en``."""
    style = files("wor_match.display").joinpath("style.css").read_text(encoding="utf-8")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", **{"http-equiv": "Content-Security-Policy", "content": POLICY}),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        element("style", style),
    )
    body = element("body", element("main", *(of_block(block, 1) for block in blocks)))
    return "<!doctype html>\n" + written(element("html", head, body, lang=lang))


def fragment(block: Block, lang: str) -> str:
    """One block to stand inside another page, such as a notebook: without a style sheet."""
    return written(element("div", of_block(block, 3), lang=lang))


def written(tree: Element) -> str:
    """The element as HTML text."""
    return tostring(tree, encoding="unicode", method="html")


def element(tag: str, *children: Child, **attributes: str) -> Element:
    """An element with its children; every text in it is escaped when it is written.

    Examples
    --------
    >>> written(element("p", "1 < 2", element("br"), title='"'))
    '<p title="&quot;">1 &lt; 2<br></p>'
    """
    made = Element(tag, {name.rstrip("_"): value for name, value in attributes.items() if value})
    last: Element | None = None
    for child in children:
        if isinstance(child, Element):
            made.append(child)
            last = child
        elif child and last is None:
            made.text = (made.text or "") + child
        elif child and last is not None:
            last.tail = (last.tail or "") + child
    return made


def of_block(block: Block, depth: int) -> Element:
    """A block with its heading at this depth; a folded one opens with a click or the keyboard."""
    below = drawing(block.picture, "drawing") if block.picture and not block.sign else None
    table = of_table(block.table) if block.table else None
    deeper = bool(block.title) and not block.folded  # a summary is no heading
    inside = [*of_lines(block), table, below, *(of_block(inner, depth + deeper) for inner in block.blocks)]
    if block.folded:
        return element("details", element("summary", element("bdi", block.title)), *inside, class_=block.kind)
    tag = "article" if block.kind in ARTICLES else "section" if block.title else "div"
    return element(tag, heading(block, depth), *inside, class_=block.kind)


def heading(block: Block, depth: int) -> Element | None:
    """The title, with its sign in front of it; the sign says nothing that the title does not."""
    if not block.title:
        return None
    sign = drawing(block.picture, "pictogram", silent=True) if block.picture and block.sign else None
    return element(f"h{min(depth, DEEPEST_HEADING)}", sign, element("bdi", block.title))


def drawing(picture: Picture, kind: str, silent: bool = False) -> Element:
    """A picture that comes with the page itself."""
    if picture.inline:
        return fromstring(picture.svg)  # noqa: S314 — our own drawing
    data = base64.b64encode(picture.svg.encode()).decode()
    made = element("img", src=f"data:image/svg+xml;base64,{data}", class_=kind)
    made.set("alt", "" if silent else picture.text)
    return made


def of_lines(block: Block) -> Iterator[Element]:
    """The lines of a block, as it wants them."""
    if not block.lines:
        return
    if block.form == "facts":
        yield element("dl", *facts_of(block.lines))
    elif block.form == "list":
        yield element("ul", *(element("li", *parts_of(line)) for line in block.lines))
    else:
        yield from (element("p", *parts_of(line)) for line in block.lines)


def of_table(table: Table) -> Element:
    """A table in a box of its own; the first cell of a row names the row."""
    head = element("tr", *(element("th", name, scope="col") for name in table.head))
    rows = (
        element("tr", element("th", element("bdi", row[0]), scope="row"), *(element("td", cell) for cell in row[1:]))
        for row in table.rows
    )
    return element("table", element("thead", head), element("tbody", *rows))


def facts_of(lines: Iterable[Line]) -> Iterator[Element]:
    """Facts with their label once in front of them."""
    for label, same in groupby(lines, key=lambda line: line.label):
        spans = (element("span", *parts_of(line, with_label=False)) for line in same)
        yield element("dt", label)
        yield element("dd", *(part for span in spans for part in (span, " ")))


def parts_of(line: Line, with_label: bool = True) -> Iterator[Child]:
    """What a line is made of: label, text, where to call or look, and a figure."""
    if line.label and with_label:
        yield element("b", element("bdi", line.label))
        yield ": "
    yield element("bdi", line.text, lang="nl" if line.theirs else "")
    if line.phone:
        yield " "
        dialled = re.sub(r"[ ()-]", "", line.phone.replace("(0)", "") if line.phone.startswith("+") else line.phone)
        is_one = re.fullmatch(r"\+?\d{3,15}", dialled)
        yield element("a", line.phone, href=f"tel:{dialled}", class_="phone") if is_one else element("bdi", line.phone)
    if line.email:
        yield " "
        address = re.sub(r"[^\w@.+-]", lambda sign: f"%{ord(sign[0]):02X}", line.email, flags=re.ASCII)
        yield element("a", line.email, href=f"mailto:{address}") if address.isascii() else element("bdi", line.email)
    if line.website:
        yield " "
        yield element("a", line.website, href=line.website, rel="noreferrer noopener")
    if line.figure:
        yield " "
        yield element("span", line.figure, class_="figure")
