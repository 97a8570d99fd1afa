"""One row of the table: ours, a named rival in the same run, and the bar on their ratio."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """What was measured; times are seconds, and `bar` is what ours may be of theirs at most."""

    what: str
    ours: float
    rival: str
    theirs: float
    bar: float
