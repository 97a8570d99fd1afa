"""Texts that somebody writes into a file to break what is made of it: a log, a terminal, a sheet."""

from __future__ import annotations

import random
from collections.abc import Iterator

ENDS = ("\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
STEERS = (
    "\x1b[31m",
    "\x1b[2J",
    "\x1b]0;x\x07",
    "\x9b31m",
    "\x08\x08\x08",
    "\x7f",
    "\x00",
    "\u202e",
    "\u2066",
    "\u200f",
    "\ufeff",
    "\U000e0041",
    "\ud800",
    "\udfff",
)
LINES = ("error: all is well", "::error file=x::y", "2026-11-23 INFO wor_match: gelukt", "%0A::set-output", "{id: p1}")
FORMULAS = (
    "=1+1",
    "+31 30",
    "-5",
    "-x",
    "@SUM(A1)",
    '=HYPERLINK("http://x";"y")',
    "=cmd|' /C calc'!A0",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＠x",
    "'=1",
    "''=1",
    "'",
    "-5,50",
    "-5,",
    "=",
    '"=1',
    ";=1",
)
WORDS = ("Koor", "é", "'t Huis", "👨‍👩‍👧", "a b", "naïef", "5,50", "-3", "\u00a0", "", " ", "<b>", "\\n", "%s", "{0}")
ALL = (*ENDS, *STEERS, *LINES, *FORMULAS, *WORDS)


def hostile_texts(n: int, seed: int = 8) -> Iterator[str]:
    """So many texts: first each part alone, then parts together, with any other character among them."""
    dice = random.Random(seed)
    yield from ALL[:n]
    for _ in range(n - len(ALL)):
        parts = [
            dice.choice(ALL) if dice.random() < 0.8 else chr(dice.randrange(0x110000))
            for _ in range(dice.randint(1, 6))
        ]
        yield "".join(parts)
