"""Inputs from inputs: in what is JSON a value is taken away, doubled or made hostile; elsewhere lines and words are.

Seeded: the same input, others and seed give the same.
"""

from __future__ import annotations

import contextlib
import copy
import json
import random
import re
from collections.abc import Iterator, Sequence
from typing import Any

HOSTILE: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 53, 1001, 0.1, -0.0, 1e308, 10**20, 2**63, "", " ", "x" * 300, "\u202e", "\x00", "\ud800",
    "=1+1", "'", "null", "nan", "-", "ja", "1", "0", "-1", "1.5", "1e5", "24:00", "25:61", "10:00", "9:30", "ma", "zo",
    "2026-02-30", "2026-11-23", "2028-02-29", "0001-01-01", "9999-12-31", "1990-01-01", "2026-03-29T02:30:00+01:00",
    "2026-10-25T02:30:00", "2026-11-23T10:00:00Z", "P1D", "P0D", "PT0S", "P999Y", "Europe/Amsterdam", "Mars/Olympus",
    "https://x.test/1", "urn:x", "a@b.nl", "0612345678", "3431 AB", "52,03", "i\u0307", "\u00df", "\u0660", [], {}, [[]],
    [None], [{}], {"": ""}, ["x"] * 60, {"@type": "Event"}, {"@id": "x"}, "weekly", "monthly", "P1W", "WEEKLY", "TU,4TH",
)  # fmt: skip
ODD_BYTES = (
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\r\n",
    b"\x7f",
    b"[",
    b"{",
    b'"',
    b"'",
    b"\\",
    b"<",
    b"%",
    b";",
    b":",
    b"\t",
)
WORD = re.compile(r"[^\W_]+|\s+|.", re.DOTALL)
DEEPEST = 60


def mutated(found: bytes, others: Sequence[bytes], dice: random.Random) -> bytes:
    """Another input made from one, with something of others."""
    text = found.decode("utf-8", "surrogateescape")
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return as_bytes(in_lines(text, others, dice))
    for _ in range(dice.randint(1, 3)):
        told = grafted(told, others, dice)
    return as_bytes(json.dumps(told, ensure_ascii=dice.random() < 0.5))


def as_bytes(text: str) -> bytes:
    """A text as bytes: bytes that were no UTF-8 as they were, else half characters as three bytes."""
    for way in ("surrogateescape", "surrogatepass"):
        with contextlib.suppress(UnicodeEncodeError):
            return text.encode("utf-8", way)
    return text.encode("utf-8", "replace")


def in_bytes(found: bytes, dice: random.Random) -> bytes:
    """An input with some of its bytes changed, taken away or put in, without looking at what they mean."""
    made = bytearray(found)
    for _ in range(dice.choice((1, 1, 2, 4, 8))):
        at, long = dice.randrange(len(made) + 1), dice.choice((0, 1, 1, 2, 8))
        made[at : at + long] = dice.choice(
            (b"", bytes([dice.randrange(256)]), dice.choice(ODD_BYTES), made[at : at + 4] * 2)
        )
    return bytes(made)


def grafted(told: Any, others: Sequence[bytes], dice: random.Random) -> Any:
    """A value with one part of it changed."""
    whole = [copy.deepcopy(told)]
    places = [*places_in(whole)]
    above, key = dice.choice(places[:2000])
    what = dice.random()
    if what < 0.15 and above is not whole:
        del above[key]
    elif what < 0.3:
        above[key] = copy.deepcopy(part_of(dice.choice(places)))
    elif what < 0.4:
        above[key] = part_of(dice.choice([*places_in([value_of(dice.choice(others))])])) if others else []
    elif what < 0.5 and isinstance(above[key], list) and above[key]:
        above[key] = above[key] + [copy.deepcopy(dice.choice(above[key]))] * dice.choice((1, 1, 2, 60))
    elif what < 0.6 and isinstance(above[key], str):
        above[key] = in_words(above[key], dice)
    elif what < 0.65 and isinstance(above, dict):
        above[dice.choice((str(dice.choice(HOSTILE)), key.upper(), key + "_", ""))] = above.pop(key)
    elif what < 0.7:
        above[key] = dice.choice(([above[key]], {"x": above[key]}, str(above[key])[:1000]))
    else:
        above[key] = dice.choice(HOSTILE)
    return whole[0]


def places_in(whole: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Every place in a value: what holds it, and under which key."""
    pending: list[tuple[Any, Any, int]] = [(whole, 0, 0)]
    while pending:
        above, key, deep = pending.pop()
        yield above, key
        inner = above[key]
        keys = inner if isinstance(inner, dict) else range(len(inner)) if isinstance(inner, list) else ()
        pending += [(inner, one, deep + 1) for one in keys if deep < DEEPEST]


def part_of(place: tuple[Any, Any]) -> Any:
    """The value at a place."""
    above, key = place
    return above[key]


def value_of(found: bytes) -> Any:
    """The JSON in an input, else its text."""
    try:
        return json.loads(found)
    except (ValueError, RecursionError):
        return found.decode("utf-8", "surrogateescape")


def in_lines(text: str, others: Sequence[bytes], dice: random.Random) -> str:
    """A text with lines taken away, doubled, moved, changed, or come from others."""
    lines = text.split("\n")
    at = dice.randrange(len(lines))
    what = dice.random()
    if what < 0.15:
        del lines[at : at + dice.randint(1, 3)]
    elif what < 0.3:
        lines[at:at] = [lines[at]] * dice.choice((1, 1, 2, 60))
    elif what < 0.4:
        lines.insert(dice.randrange(len(lines) + 1), lines.pop(at))
    elif what < 0.55 and others:
        theirs = dice.choice(others).decode("utf-8", "surrogateescape").split("\n")
        begin = dice.randrange(len(theirs))
        lines[at:at] = theirs[begin : begin + dice.randint(1, 5)]
    elif what < 0.65:
        lines[at] = " " * dice.randint(0, 6) + lines[at].lstrip()
    else:
        lines[at] = in_words(lines[at], dice)
    return "\n".join(lines)


def in_words(text: str, dice: random.Random) -> str:
    """A text with a word taken away, doubled, or made hostile."""
    found = WORD.findall(text) or [""]
    at = dice.randrange(len(found))
    said = "".join(found[: at + 1])
    hostile = str(dice.choice(HOSTILE))
    found[at] = dice.choice(("", found[at] * 2, hostile, said[:500], found[at].upper(), dice.choice(found)))
    return "".join(found)
