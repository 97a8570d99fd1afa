"""Work done elsewhere: in a forked child, or in a folder in memory."""

from __future__ import annotations

import os
import pickle
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MEMORY = "/dev/shm"  # noqa: S108 — the folder below it has a name of its own


def forked(work: Callable[[], Any]) -> Callable[[], Any]:
    """Start work in a child; what is given back waits for what it gives."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12: threads of the tests' own runner
        child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            try:
                told = pickle.dumps((True, work()))
            except BaseException as fault:
                told = pickle.dumps((False, repr(fault)))
            with os.fdopen(writing, "wb") as out:
                out.write(told)
        finally:
            os._exit(0)
    os.close(writing)

    def result() -> Any:
        with os.fdopen(reading, "rb") as told:
            fine, given = pickle.loads(told.read())  # noqa: S301 — of our own child
        os.waitpid(child, 0)
        assert fine, given
        return given

    return result


def in_a_child(work: Callable[[], Any]) -> Any:
    """What the work gives in a child."""
    return forked(work)()


@contextmanager
def in_memory() -> Iterator[Path]:
    """A folder in memory where there is one: for what does not hang on the disk, and there takes a tenth of the time."""
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as name:
        yield Path(name)
