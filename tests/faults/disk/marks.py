"""Marks that a program leaves in its own trace: looks at a path that is not there."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import NoReturn

REFUSED = 3  # exit code of a program that says that it could not
MARK = "/mark-of-a-harness/"


def mark(name: str) -> None:
    """Leave a mark; `begin` and `end` are those between which calls count."""
    os.access(f"{MARK}{name}", os.F_OK)


def between_marks(work: Callable[[], None], refusals: tuple[type[Exception], ...]) -> NoReturn:
    """Do the work between the marks, and end: with 0, or as who says that it could not; nothing is tidied up after."""
    mark("begin")
    try:
        work()
        code = 0
    except refusals:
        code = REFUSED
    finally:
        mark("end")
    sys.stderr.flush()
    os._exit(code)
