"""Parsers with the faults that the harness is there for: it must find each of them."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from wor_match.errors import CatalogueError


def recursing(found: bytes) -> Any:
    """Goes down one call for each level."""

    def value(text: str, at: int) -> int:
        return value(text, at + 1) if text[at : at + 1] in ("[", "{") else at

    return value(found.decode("utf-8", "replace"), 0)


def with_anchors(found: bytes) -> int:
    """Lets YAML refer to what stands elsewhere, and then looks at everything that is there."""
    try:
        told = yaml.load(found, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        raise CatalogueError("no YAML") from None
    pending, seen = [told], 0
    while pending:
        one = pending.pop()
        seen += 1
        pending += one.values() if isinstance(one, dict) else one if isinstance(one, list) else []
    return seen


def exponential(found: bytes) -> object:
    """Tries every way to cut a text into words before it gives up."""
    return re.fullmatch(rb"(?:[\w\[{]+\s?)+\.", found)


def unbounded(found: bytes) -> int:
    """Makes room for as much as the input says there will be."""
    told = json.loads(found)
    return len(b"x" * int(told["count"]))


def letting_through(found: bytes) -> Any:
    """Lets the error of another library out."""
    return json.loads(found)
