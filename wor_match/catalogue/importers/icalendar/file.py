"""A calendar file as blocks of lines, so that one impossible line never ends the reading.

Only the lines that say when are kept: titles, descriptions, places and the names of persons are passed over unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from wor_match.catalogue.importers.gathering import Refused
from wor_match.domain.limits import USUAL, Limits

LONGEST_LINE = 100_000  # characters of a line that are looked at: some 6,000 dates
NAME = re.compile(r"[ \t]*([A-Za-z0-9-]{1,40})[ \t]*(?=[:;])")
SAY_WHEN = frozenset(
    {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "UID", "STATUS", "SEQUENCE"}
    | {"LAST-MODIFIED", "DTSTAMP", "TZID", "TZOFFSETTO", "X-WR-TIMEZONE"}
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its value and the names that stand before it."""

    value: str
    params: dict[str, str]


@dataclass(slots=True)
class Block:
    """What stands between a BEGIN and its END.

    Attributes
    ----------
    kind : str
        Such as ``VEVENT``.
    line : int
        The line of the file on which it begins.
    told : dict
        The lines by name, not yet taken apart.
    inner : list of Block
    whole : bool
        Whether its END was there.
    """

    kind: str
    line: int
    told: dict[str, list[str]] = field(default_factory=dict)
    inner: list[Block] = field(default_factory=list)
    whole: bool = False

    def first(self, name: str) -> Line | None:
        """The first line of this name; None when there is none."""
        return next(self.every(name), None)

    def every(self, name: str) -> Iterator[Line]:
        """The lines of this name."""
        return (line_of(raw) for raw in self.told.get(name, ()))

    def value(self, name: str) -> str:
        """The value of the first line of this name; empty when there is none."""
        found = self.first(name)
        return found.value.strip() if found else ""

    def raw(self, name: str) -> str:
        """What stands behind the first colon of the first line of this name, however it is written."""
        return next(iter(self.told.get(name, ())), "").partition(":")[2].strip()


@dataclass(slots=True)
class CalendarFile:
    """The events of a file, and what it says about clocks."""

    events: list[Block] = field(default_factory=list)
    zones: list[Block] = field(default_factory=list)
    own_zone: str = ""


def line_of(raw: str) -> Line:
    """A line taken apart.

    Raises
    ------
    Refused
        When it is no line of a calendar.
    """
    from icalendar.parser import Contentline

    try:
        _, params, value = Contentline(raw[:LONGEST_LINE]).parts()
    except ValueError:
        name = NAME.match(raw)  # the name alone: behind it may stand somebody's address
        raise Refused(f"has a line {name[1] if name else ''} that cannot be read") from None
    return Line(str(value), {str(name).upper(): str(told) for name, told in params.items()})


def calendar_of(text: str, limits: Limits = USUAL) -> CalendarFile:
    """The blocks of a file.

    Raises
    ------
    Refused
        When it has too many components, is too deep, or holds no event.
    """
    found, stack = CalendarFile(), [Block("", 1)]
    begun = 0
    for number, line in unfolded(text):
        word, _, kind = line[:80].strip().upper().partition(":")
        if word == "BEGIN":
            begun += 1
            open_block(Block(kind.strip(), number), stack, found)
        elif word == "END":
            close_block(kind.strip(), stack)
        else:
            keep(line, stack[-1], found)
        if begun > limits.feed_components:
            said = f"has more than {limits.feed_components} components; split the calendar"
            raise Refused(said, "too-many-components")
        if len(stack) - 1 > limits.feed_depth:
            raise Refused(f"is nested more than {limits.feed_depth} deep", "too-deep")
    if not found.events:
        raise Refused("holds no event; export a calendar with its events")
    return found


def unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its number; what begins with a space goes on with the line before."""
    number, parts = 1, [""]
    for at, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        if line.startswith((" ", "\t")):
            parts.append(line[1:])
            continue
        yield number, "".join(parts)
        number, parts = at, [line]
    yield number, "".join(parts)


def open_block(block: Block, stack: list[Block], found: CalendarFile) -> None:
    """Begin a block; an event inside an event means that the END of the first is missing."""
    if block.kind == "VEVENT":
        while any(one.kind == "VEVENT" for one in stack):
            stack.pop()
        found.events.append(block)
    elif block.kind == "VTIMEZONE":
        found.zones.append(block)
    stack[-1].inner.append(block)
    stack.append(block)


def close_block(kind: str, stack: list[Block]) -> None:
    """End the innermost block of this kind, and what is still open inside it; an END of nothing is passed over."""
    if any(one.kind == kind for one in stack[1:]):
        while stack[-1].kind != kind:
            stack.pop()
        stack.pop().whole = True


def keep(line: str, block: Block, found: CalendarFile) -> None:
    """Keep a line that says when."""
    name = NAME.match(line)
    if name is None or name[1].upper() not in SAY_WHEN:
        return
    block.told.setdefault(name[1].upper(), []).append(line)
    if name[1].upper() == "X-WR-TIMEZONE" and not found.own_zone:
        found.own_zone = line.partition(":")[2].strip()
