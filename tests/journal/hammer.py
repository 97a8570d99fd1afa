"""Writers and readers in processes of their own, all at once on one journal, and what became of every event."""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.journal.elsewhere import forked
from tests.learning.story import visit
from wor_match.domain.event import Event
from wor_match.errors import BusyError, JournalError, WorMatchWarning
from wor_match.journal import Journal

Make = Callable[[], Journal]


@dataclass
class Hammered:
    """What came of it.

    Attributes
    ----------
    lost, twice : int
        Events that are not there, and that are there or were counted more than once.
    n_amiss : int
        What the journal itself finds damaged afterwards.
    n_busy, n_refused : int
        Appends that found it busy and were tried again, and that were refused otherwise.
    n_reads : list of int
        How often each reader read.
    waits : list of float
        Seconds that each append took, its repeats included; sorted.
    """

    lost: int = 0
    twice: int = 0
    n_amiss: int = 0
    n_busy: int = 0
    n_refused: int = 0
    n_reads: list[int] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    @property
    def figures(self) -> str:
        """The waits, in words."""
        half, most = self.waits[len(self.waits) // 2], self.waits[-1]
        many = self.waits[int(len(self.waits) * 0.99)]
        return f"waits {half * 1000:.0f} ms (half), {many * 1000:.0f} ms (99 %), {most:.1f} s (longest); busy {self.n_busy} times"


def mine(writer: int, each: int) -> list[Event]:
    """The events of one writer."""
    return [visit(day % 300, f"p{writer}", event_id=f"{writer}-{day}") for day in range(each)]


def hammered(make: Make, writers: int, each: int, readers: int) -> Hammered:
    """Every writer appends its own events one by one, each time with one that all share; readers read all the time."""
    with make():  # the journal is there
        pass
    stop, told_to_stop = os.pipe()
    reading = [forked(lambda: read(make(), stop)) for _ in range(readers)]
    writing = [forked(lambda writer=writer: write(make(), writer, each)) for writer in range(writers)]
    found = Hammered()
    n_new = 0
    for result in writing:
        new, busy, refused, waits = result()
        n_new, found.n_busy, found.n_refused = n_new + new, found.n_busy + busy, found.n_refused + refused
        found.waits += waits
    os.write(told_to_stop, b"x" * readers)
    found.n_reads = [result() for result in reading]
    for end in (stop, told_to_stop):
        os.close(end)
    with make() as journal, warnings.catch_warnings():
        warnings.simplefilter("ignore", WorMatchWarning)
        there = [event.event_id for event in journal.read()]
        found.n_amiss = len(journal.damaged())
    meant = {"shared", *(event.event_id for writer in range(writers) for event in mine(writer, each))}
    found.lost = len(meant - set(there))
    found.twice = len(there) - len(set(there)) + max(0, n_new - len(set(there)))
    found.waits.sort()
    return found


def write(journal: Journal, writer: int, each: int) -> tuple[int, int, int, list[float]]:
    """How many were new, how often it was busy or refused, and how long each append took."""
    shared, waits = visit(1, "shared", event_id="shared"), list[float]()
    n_new = n_busy = n_refused = 0
    for event in mine(writer, each):
        begun = time.perf_counter()
        while True:
            try:
                n_new += journal.append([event, shared]).new
            except BusyError:
                n_busy += 1
                continue
            except JournalError:
                n_refused += 1
            break
        waits.append(time.perf_counter() - begun)
    return n_new, n_busy, n_refused, waits


def read(journal: Journal, stop: int) -> int:
    """How often it was read until told to stop; what was read once stays."""
    n_read, seen = 0, 0
    os.set_blocking(stop, False)
    while True:
        try:
            if os.read(stop, 1):
                return n_read
        except BlockingIOError:
            pass
        now = len(journal.read())
        assert now >= seen, "an event that was read has gone"
        n_read, seen = n_read + 1, now
