"""Fuzzing without atheris, some ten times faster and blind: inputs made from inputs by seeded dice.

An input that is answered in a way that was not seen before joins those that others are made from.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.fuzz.harness import Outcome, Read, watched
from tests.fuzz.mutating import in_bytes, mutated

LONGEST = 4096  # bytes of an input
MOST = 2_000  # inputs that others are made from


@dataclass
class Ran:
    """What came of many runs.

    Attributes
    ----------
    faults : dict
        Kind of fault → the first input that showed it.
    slowest : float
        Seconds of the processor.
    """

    runs: int = 0
    slowest: float = 0.0
    slow: bytes = b""
    faults: dict[str, bytes] = field(default_factory=dict)


def run(
    read: Read,
    seeds: Sequence[bytes],
    runs: int,
    seed: int = 1,
    seconds: float = 0,
    told: Callable[[Outcome, bytes], None] = lambda *_: None,
) -> Ran:
    """So many inputs through a parser, or as many as can be in so many seconds."""
    dice, done, began = random.Random(seed), Ran(), time.monotonic()
    pool, answers = [*seeds] or [b""], set[str]()
    watched(read, pool[0])
    while done.runs < runs and not (seconds and time.monotonic() - began > seconds):
        found = dice.choice(pool)
        for _ in range(dice.choice((1, 1, 2, 4))):
            found = (mutated(found, pool, dice) if dice.random() < 0.7 else in_bytes(found, dice))[:LONGEST]
        outcome = watched(read, found)
        done.runs += 1
        if outcome.seconds > done.slowest:
            done.slowest, done.slow = outcome.seconds, found
        if outcome.fault and (kind := outcome.fault.partition(": ")[0]) not in done.faults:
            done.faults[kind] = found
            told(outcome, found)
        if outcome.answer not in answers and len(pool) < MOST:
            answers.add(outcome.answer)
            pool.append(found)
    return done
