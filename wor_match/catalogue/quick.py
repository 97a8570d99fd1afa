"""What a file without a fault says, read without remembering where anything stands: four times as fast.

It gives up at the first thing that is not plain; then the strict reader tells what is wrong, and where. So it may
refuse more than the strict reader does, never less, and what it gives is what the strict reader gives.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import yaml

from wor_match.catalogue import reader
from wor_match.domain.limits import USUAL, Limits
from wor_match.errors import Problem

HALF_CHARACTERS = re.compile(r"\\u[dD]|\\U")  # how a text without them could still come to hold them
NOT_PLAIN = (UnicodeDecodeError, yaml.YAMLError, ValueError, OverflowError)


class NotPlainError(ValueError):
    """Something that the strict reader should look at."""


def read_plain(found: bytes, name: str, limits: Limits = USUAL) -> tuple[Any, list[Problem]]:
    """What a file says as text, lists and dicts, or every problem in it; None when it is empty or cannot be read.

    Parameters
    ----------
    found : bytes
        UTF-8, with or without a byte order mark.
    name : str
        The file as problems show it.
    limits : Limits
    """
    plain = plain_of(found, limits)
    if plain is not None:
        return plain, []
    tree, problems = reader.read_text(found, name, limits)
    return (None if tree is None else tree.plain()), problems


def plain_of(found: bytes, limits: Limits = USUAL) -> Any:
    """What a file says as text, lists and dicts; None when it is empty, or the strict reader should look.

    Examples
    --------
    >>> plain_of(b"{id: een, id: twee}") is None
    True
    >>> plain_of(b"{id: een, terms: [zingen]}")
    {'id': 'een', 'terms': ['zingen']}
    >>> plain_of(b"") is None
    True
    """
    try:
        text = found.decode("utf-8-sig")
        if hides(text) or HALF_CHARACTERS.search(text):
            return None
        with collector_paused():
            return built(reader.Loader(text), limits, text)
    except NOT_PLAIN:
        return None


def hides(text: str) -> bool:
    """Whether the text holds what the strict reader refuses before YAML sees it."""
    if text.replace("\n", "").isprintable():  # much the fastest, and nothing printable is hidden
        return text.startswith("%") or "\n%" in text
    return reader.HIDDEN.search(text) is not None


def built(parser: Any, limits: Limits, text: str) -> Any:  # noqa: C901 — one loop for each part of a file: a call for each would double the time
    """The value that the events of a file make.

    Raises
    ------
    NotPlainError, yaml.YAMLError
        At the first thing that the strict reader should look at.
    """
    next_event, scalar, starts = parser.get_event, yaml.ScalarEvent, (yaml.MappingStartEvent, yaml.SequenceStartEvent)
    ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
    longest, deepest = limits.text_characters, limits.depth
    root: list[Any] = []
    above: list[Any] = []  # what is open, outermost first
    top: Any = root
    name: str | None = None  # the first of a pair, until its value comes
    blanks: list[tuple[dict[str, Any], str]] = []
    for _ in range(limits.yaml_parts):
        event = next_event()
        kind = type(event)
        if kind is scalar:
            value = event.value
            if event.anchor is not None or event.tag is not None or len(value) > longest:
                raise NotPlainError
            if name is not None:
                top[name] = value
                if not value and not event.style:
                    blanks.append((top, name))
                name = None
            elif type(top) is list:
                top.append(value)
            elif value in top or value == "<<":
                raise NotPlainError
            else:
                name = value
        elif kind in ends:
            top = above.pop()
        elif kind in starts:
            if event.anchor is not None or event.tag is not None or len(above) >= deepest - 1:
                raise NotPlainError
            if reader.asks_for_a_name(event, text):
                raise NotPlainError
            inner: Any = {} if kind is yaml.MappingStartEvent else []
            if name is not None:
                top[name] = inner
                name = None
            elif type(top) is list:
                top.append(inner)
            else:
                raise NotPlainError
            above.append(top)
            top = inner
        elif kind is yaml.StreamEndEvent:
            for place, blank in blanks:
                del place[blank]
            return root[0] if len(root) == 1 else None
        elif kind is yaml.AliasEvent:
            raise NotPlainError
    raise NotPlainError


@contextmanager
def collector_paused() -> Iterator[None]:
    """Without looking for garbage meanwhile: nothing that is built here goes in circles, and there is much of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
