"""Whether a parser bears an input: it reads, or refuses with an error of ours, in under a second and 200 MB.

Time is that of the processor for this thread, so a busy machine makes nothing slow; what is slow is measured twice.
"""

from __future__ import annotations

import contextlib
import re
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wor_match.errors import WorMatchError, one_line

Read = Callable[[bytes], object]

CORPUS = Path(__file__).parent.parent / "data" / "fuzz"
SECONDS, MEGABYTES = 1.0, 200.0
VALUES = re.compile(r"'.*?'|[0-9]+")  # in a sentence


class TooSlow(BaseException):
    """An input that would run for very long."""


@dataclass(frozen=True)
class Outcome:
    """What became of one input.

    Attributes
    ----------
    seconds : float
        Of the processor.
    fault : str
        What is wrong with that: nothing, mostly.
    answer : str
        What was read, or why it was refused, in so few words that other values get the same.
    """

    name: str
    seconds: float
    fault: str = ""
    answer: str = ""


def corpus(parser: str) -> list[Path]:
    """The inputs of a parser that are kept."""
    return sorted(path for path in (CORPUS / parser).glob("*") if path.is_file())


def replayed(read: Read, inputs: Iterable[Path], seconds: float = SECONDS) -> list[Outcome]:
    """Each input through a parser; the first once before, for what is loaded and worked out only once."""
    inputs = list(inputs)
    if inputs:
        with contextlib.suppress(Exception, TooSlow), ended_after(2 * seconds):
            read(inputs[0].read_bytes())
    return [watched(read, path.read_bytes(), path.name, seconds) for path in inputs]


def watched(read: Read, found: bytes, name: str = "", seconds: float = SECONDS) -> Outcome:
    """One input through a parser."""
    once = tried(read, found, name, seconds)
    return once if once.seconds < seconds else min(once, tried(read, found, name, seconds), key=lambda one: one.seconds)


def tried(read: Read, found: bytes, name: str, seconds: float) -> Outcome:
    """The same, without a second chance."""
    fault, answer, late, began = "", "", "", time.thread_time()
    try:
        with ended_after(2 * seconds), little_memory():
            began = time.thread_time()
            answer = borne(read, found)
    except TooSlow:
        late = "did not end"
    except Exception as foreign:  # because this is what is looked for
        fault = f"{type(foreign).__name__} at {place_of(foreign)}: {foreign}"
    took = time.thread_time() - began
    return Outcome(name, took, fault or (f"took {took:.2f} s" if took >= seconds else late), answer)


def place_of(fault: BaseException) -> str:
    """The innermost line of ours that a fault came through."""
    lines = [f"{Path(one.filename).name}:{one.lineno}" for one in traceback.extract_tb(fault.__traceback__, limit=-200)]
    ours = [line for line in lines if not line.startswith("harness.py:")]
    return " < ".join(reversed(ours[-3:]))


def borne(read: Read, found: bytes) -> str:
    """Read, or refuse with an error of ours of which each line can be shown; what the answer was."""
    try:
        return f"read: {read(found) or ''}"
    except WorMatchError as fault:
        told = str(fault)
        assert told
        assert all(line == one_line(line) for line in told.split("\n")), "an error that steers"
        told.encode()
        return f"{type(fault).__name__}: {[*{one.code for one in fault.problems}] or VALUES.sub('', told)}"


@contextlib.contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """Ends what runs for so many seconds of the processor, where the system can do that."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def end(*_: Any) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextlib.contextmanager
def little_memory(megabytes: float = MEGABYTES) -> Iterator[None]:
    """Refuses more than so much memory on top of what is held, where the system can do that."""
    pages = Path("/proc/self/statm")
    if not pages.exists():
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    held = int(pages.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + int(megabytes * 1e6), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
