"""A strict reader for YAML: every scalar stays text, every value knows its place, and bombs end in a sentence.

It reads the event stream of libyaml (or, without the C library, of PyYAML) and never lets YAML guess a type:
`10:30`, `no` and `0201234567` stay what was written. No anchors, aliases, tags, merge keys or second documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from wor_match.catalogue.in_python import InPython
from wor_match.domain.limits import USUAL, Limits
from wor_match.errors import CatalogueError, Code, Problem, why

Loader: Any = getattr(yaml, "CLoader", InPython)


def fast_reader() -> bool:
    """Whether the C library reads; the verdict is the same without it."""
    return bool(Loader is getattr(yaml, "CLoader", None))


@dataclass(slots=True)
class Node:
    """A value and its place: text, a list of nodes, or named nodes; `keys` holds the places of the names.

    `typed`: from JSON, where a number is a number and nothing has a line.
    """

    value: str | float | bool | list[Node] | dict[str, Node] | None
    file: str
    line: int
    column: int
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    typed: bool = False

    def plain(self) -> Any:
        """The value as text, lists and dicts."""
        if isinstance(self.value, dict):
            return {name: node.plain() for name, node in self.value.items()}
        return [node.plain() for node in self.value] if isinstance(self.value, list) else self.value

    def at(self, place: tuple[int | str, ...]) -> Node:
        """The node at a place inside; the nearest above it when there is nothing."""
        node = self
        for part in place:
            if isinstance(node.value, dict) and part in node.value:
                node = node.value[str(part)]
            elif isinstance(node.value, list) and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
            else:
                break
        return node

    def problem(self, sentence: str, code: Code, path: str = "") -> Problem:
        """A problem with this value, at its place."""
        return Problem(sentence, code, path, self.file, self.line, self.column)


def asks_for_a_name(event: Any, text: str) -> bool:
    """Whether a pair within square brackets begins with a question mark; what may follow, parsers do not agree on."""
    kind = type(event)
    return kind is yaml.MappingStartEvent and bool(event.flow_style) and text[event.start_mark.index] == "?"


class Stopped(Exception):  # noqa: N818 — it ends the reading of one file, it is no error of the library
    """Nothing after this can be read."""


def read_bytes(path: Path, most: int = USUAL.yaml_bytes) -> bytes:
    """The bytes of a file, refused before reading on when there are too many.

    Raises
    ------
    CatalogueError
        When the file is not there, is no ordinary file, or is larger than `most` bytes.
    """
    try:
        if not path.is_file():
            raise CatalogueError(
                f"{path} is not there, or is no ordinary file; give the path of a YAML file", code="no-file"
            )
        with path.open("rb") as opened:
            found = opened.read(most + 1)
    except OSError as fault:
        raise CatalogueError(f"{path} cannot be read: {why(fault)}", code="no-file") from None
    if len(found) > most:
        said = f"is larger than {most} bytes; split it into one file per organiser"
        raise CatalogueError(f"{path} is refused", [Problem(said, "too-large", "", str(path))])
    return found


def read_text(found: bytes, name: str, limits: Limits = USUAL) -> tuple[Node | None, list[Problem]]:
    """The tree of a file, and every problem in it; no tree when it could not be read to its end.

    Parameters
    ----------
    found : bytes
        UTF-8, with or without a byte order mark.
    name : str
        The file as problems show it.
    limits : Limits
    """
    try:
        text = found.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = found[: fault.start].count(b"\n") + 1
        column = fault.start - found.rfind(b"\n", 0, fault.start)
        said = f"byte 0x{found[fault.start]:02X} is no UTF-8; save the file as UTF-8 (not Windows-1252 or UTF-16)"
        return None, [Problem(said, "no-utf8", "", name, line, column)]
    reading = Reading(name, limits)
    try:
        reading.refuse_hidden(text)
        return reading.tree(text), reading.problems
    except Stopped:
        return None, reading.problems


HIDDEN = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]|(?m:^%)"
)  # a tab and a directive mean different things to different parsers


HIDDEN_SAID = {
    "\t": "holds a tab; write spaces instead",
    "%": "begins with %, which YAML keeps for itself; put the text in quotes",
}


class Reading:
    """One pass over the events of a file."""

    def __init__(self, name: str, limits: Limits = USUAL) -> None:
        self.name, self.limits, self.text = name, limits, ""
        self.problems: list[Problem] = []
        self.documents = 0

    def tell(self, mark: Any, code: Code, sentence: str) -> None:
        """Note a problem at a mark."""
        self.problems.append(Problem(sentence, code, "", self.name, mark.line + 1, mark.column + 1))

    def refuse_hidden(self, text: str) -> None:
        """Refuse characters that no editor shows, before YAML sees them."""
        for found in HIDDEN.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            said = HIDDEN_SAID.get(found[0], f"holds the hidden character U+{ord(found[0]):04X}; remove it")
            self.problems.append(Problem(said, "hidden-character", "", self.name, line, column))
        if self.problems:
            raise Stopped

    def events(self, text: str) -> Iterator[Any]:
        """The events, at most so many; what YAML itself refuses becomes a problem."""
        try:
            for number, event in enumerate(yaml.parse(text, Loader=Loader)):
                if number >= self.limits.yaml_parts:
                    said = f"holds more than {self.limits.yaml_parts} parts; split the file"
                    self.tell(event.start_mark, "too-much", said)
                    raise Stopped
                yield event
        except yaml.MarkedYAMLError as fault:
            said = f"cannot be read as YAML here ({fault.problem}); check brackets, quotes, indents and tabs"
            self.tell(fault.problem_mark, "no-yaml", said)  # both parsers always say where
            raise Stopped from None
        except (yaml.YAMLError, ValueError, OverflowError):
            self.problems.append(Problem("cannot be read as YAML", "no-yaml", "", self.name, 1, 1))
            raise Stopped from None

    def tree(self, text: str) -> Node | None:
        """The tree, built with a stack of its own: depth costs no recursion."""
        self.text = text
        stack: list[tuple[Node, str | None]] = []
        root: Node | None = None
        for event in self.events(text):
            if isinstance(event, yaml.DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    self.tell(event.start_mark, "two-documents", "begins a second document; keep one in a file")
                    raise Stopped
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                node, _ = stack.pop()
            elif isinstance(event, yaml.NodeEvent):
                node = self.node(event, len(stack))
                if stack:
                    stack[-1] = self.put(stack[-1], node, event)
                root = root or node
                if not isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
                    stack.append((node, None))
        return root

    def node(self, event: Any, depth: int) -> Node:
        """A node without its contents; refuses what a catalogue does not need."""
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            self.tell(mark, "alias", f"refers to another place (*{event.anchor}); write the value out")
            return Node("", self.name, mark.line + 1, mark.column + 1)
        if event.anchor is not None:
            self.tell(mark, "anchor", f"names a place for reuse (&{event.anchor}); remove it")
        if event.tag is not None:
            self.tell(mark, "tag", f"has a tag ({event.tag}); remove it, the field decides the type")
        if asks_for_a_name(event, self.text):
            self.tell(mark, "bad-key", "begins a name with a question mark; write `name: value`, or put it in quotes")
        if depth >= self.limits.depth:
            self.tell(mark, "too-deep", f"lies more than {self.limits.depth} levels deep; write it flatter")
            raise Stopped
        if isinstance(event, yaml.ScalarEvent):
            if any("\ud800" <= character <= "\udfff" for character in event.value):
                self.tell(mark, "no-yaml", "holds half a character (a surrogate); remove it")
            if len(event.value) > self.limits.text_characters:
                said = f"is longer than {self.limits.text_characters} characters; shorten it"
                self.tell(mark, "too-long", said)
            return Node(event.value, self.name, mark.line + 1, mark.column + 1)
        return Node({} if isinstance(event, yaml.MappingStartEvent) else [], self.name, mark.line + 1, mark.column + 1)

    def put(self, top: tuple[Node, str | None], node: Node, event: Any) -> tuple[Node, str | None]:
        """Put a node into the list or mapping above it; the first of a pair is the name."""
        above, name = top
        if isinstance(above.value, list):
            above.value.append(node)
            return above, None
        assert isinstance(above.value, dict)  # noqa: S101 — a scalar is never put on the stack
        if name is None:
            return above, self.name_of(above, node, event)
        left_out = isinstance(event, yaml.ScalarEvent) and event.value == "" and not event.style
        if not left_out:
            above.value.setdefault(name, node)
        return above, None

    def name_of(self, above: Node, node: Node, event: Any) -> str:
        """The name of a pair; refuses a name that is no text, a merge key, and a name that stands there already."""
        name = node.value if isinstance(node.value, str) else f"?{len(above.keys)}"
        if not isinstance(node.value, str):
            self.tell(event.start_mark, "bad-key", "has a name that is no text; write `name: value`")
        elif name == "<<" and not event.style:
            self.tell(event.start_mark, "merge-key", "takes over another place (<<); write the fields out")
        elif name in above.keys:
            first = above.keys[name][0]
            self.tell(
                event.start_mark, "duplicate-key", f"{name!r} stands here already (line {first}); keep one of them"
            )
        above.keys.setdefault(name, (node.line, node.column))
        return name
