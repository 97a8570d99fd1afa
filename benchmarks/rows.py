"""One row of the table: ours, a named rival in the same run, and the bar on their ratio."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """What was measured.

    Attributes
    ----------
    what : str
    ours : float
        In `unit`.
    rival : str
        Another program, or a fixed amount.
    theirs : float or None
        In `unit`; None when the rival is not installed.
    bar : float or None
        What ours may be of theirs at most; None when the row only tells.
    goal : float or None
        What ours should be of theirs, where the bar is only the floor.
    unit : str
        ``s`` of time, or what else was counted.
    """

    what: str
    ours: float
    rival: str
    theirs: float | None
    bar: float | None
    goal: float | None = None
    unit: str = "s"

    @property
    def ratio(self) -> float | None:
        """Ours as a part of theirs; None without a rival."""
        return None if self.theirs is None else self.ours / self.theirs

    @property
    def breaks(self) -> bool:
        """Whether ours is above its bar."""
        return self.ratio is not None and self.bar is not None and not self.ratio <= self.bar
