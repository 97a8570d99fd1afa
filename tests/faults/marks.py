"""Marks that a program leaves in its own trace: looks at a path that is not there."""

from __future__ import annotations

import os

MARK = "/mark-of-a-harness/"


def mark(name: str) -> None:
    """Leave a mark; `begin` and `end` are those between which calls count."""
    os.access(f"{MARK}{name}", os.F_OK)
