"""What a face is made of: blocks with lines. What stands in them is decided elsewhere, how they look as well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes
    ----------
    text : str
        A sentence or two, or a name.
    label : str
        What it is about, in front of it.
    phone, email, website : str
        Where to call, write or look, behind it.
    figure : str
        A number, at the end.
    theirs : bool
        Whether the text is the catalogue's own, and so in Dutch whatever the language of the page.
    """

    text: str
    label: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    figure: str = ""
    theirs: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG, and what it shows in words; `inline` takes its colours from the page around it."""

    svg: str
    text: str
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the head of each column, and rows of which the first cell names the row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a face.

    Attributes
    ----------
    kind : str
        What it is, such as ``card`` or ``idea``; it decides how the block looks.
    title : str
        Its heading; empty for none.
    lines : tuple of Line
    form : str
        How the lines stand: as ``text``, as a ``list``, or as ``facts`` with a label in front of each.
    blocks : tuple of Block
        What stands inside, below the lines.
    picture : Picture
        A drawing; with `sign` it stands small in front of the title, else below the lines.
    folded : bool
        Whether it opens when somebody wants to read on.
    table : Table
        A table below the lines.
    """

    kind: str
    title: str = ""
    lines: tuple[Line, ...] = ()
    form: Literal["text", "list", "facts"] = "text"
    blocks: tuple[Block, ...] = ()
    picture: Picture | None = None
    sign: bool = False
    folded: bool = False
    table: Table | None = None

    def find(self, kind: str) -> Iterator[Block]:
        """Every block of a kind inside, in order."""
        for block in self.blocks:
            if block.kind == kind:
                yield block
            yield from block.find(kind)
