"""Blocks as Markdown: the coach's page for a terminal, a mail or a notebook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from wor_match.display.blocks import Block, Line, Table
from wor_match.wording.markdown import escaped


def as_markdown(block: Block) -> str:
    """The block and all that stands in it."""
    return "\n".join(lines_of(block, 1)) + "\n"


def lines_of(block: Block, depth: int) -> Iterator[str]:
    """The lines of a block, its heading at this depth."""
    if block.title:
        small = depth > 2
        yield f"**{escaped(block.title)}**" if small else f"{'#' * depth} {escaped(block.title)}"
        yield ""
    mark = "- " if block.form in ("list", "facts") else ""
    for line in joined_facts(block.lines) if block.form == "facts" else block.lines:
        yield mark + of_line(line)
        if not mark:
            yield ""
    if block.lines and mark:
        yield ""
    if block.table:
        yield from of_table(block.table)
    if block.kind == "tiles":  # each on one line: its figure, what it is, and on how many it rests
        yield from ("- " + " · ".join(of_line(line) for line in tile.lines if line.text) for tile in block.blocks)
        yield ""
        return
    if block.picture and not block.sign:
        yield from (escaped(block.picture.text), "")
    for inner in block.blocks:
        yield from lines_of(inner, depth + bool(block.title))


def of_table(table: Table) -> Iterator[str]:
    """A table with pipes."""
    for row in (table.head, ("---",) * len(table.head), *table.rows):
        yield "| " + " | ".join(cell if cell == "---" else escaped(cell) for cell in row) + " |"
    yield ""


def joined_facts(lines: Iterable[Line]) -> Iterator[Line]:
    """Facts with one label as one line."""
    for label, same in groupby(lines, key=lambda line: line.label):
        first, *more = same
        text = " ".join(line.text for line in (first, *more))
        yield Line(text, label, first.phone, first.email, first.website, first.figure)


def of_line(line: Line) -> str:
    """One line: label, text, where to call or look, and a figure."""
    label = f"{at_the_start(line.label)}: " if line.label else ""
    behind = " ".join(escaped(part) for part in (line.phone, line.email, line.website) if part)
    text = escaped(line.text) if label else at_the_start(line.text)
    parts = (text, f"· {behind}" if behind else "", f"({line.figure})" if line.figure else "")
    return label + " ".join(part for part in parts if part)


def at_the_start(text: str) -> str:
    """The same where a line begins, so that no list begins there."""
    return re.sub(r"^(\d*)([-+.)])", lambda start: f"{start[1]}\\{start[2]}", escaped(text))
