"""Work done in a forked child, and what it gave."""

from __future__ import annotations

import os
import pickle
import warnings
from collections.abc import Callable
from typing import Any


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
