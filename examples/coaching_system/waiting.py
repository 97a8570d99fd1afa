"""What is due for everybody: made anew beside the requests when the journal changed, so that no page waits for long."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from threading import Lock

import wor_match as wm
from wor_match import pathway

Dues = tuple[pathway.Due, ...]


class Waiting:
    """What is due, of the journal as it is now, or as it was just before.

    It keeps nothing of its own: what it remembers is named by the journal's version and the day.
    """

    def __init__(self, journal: wm.Journal, region: pathway.Profile) -> None:
        self._journal, self._region = journal, region
        self._made: tuple[tuple[str, date], Dues] | None = None
        self._lock, self._beside = Lock(), ThreadPoolExecutor(1)
        self._making: Future[None] | None = None

    def on(self, day: date, patience: float | None = None) -> tuple[Dues, bool]:
        """What is due on a day, the longest wait first; False when more was written, and that is still being read.

        Parameters
        ----------
        day : date
        patience : float, optional
            Seconds to wait for the list of now where there is one of before; as long as it takes when left out.
        """
        as_of = self._journal.version(), day
        try:
            for _ in range(2):  # what was being made may be older than this question; what is begun after it is not
                if self._made is None or self._made[0] != as_of:
                    self._anew(day).result(patience if self._made else None)
        except TimeoutError:
            return self._found(), False
        return self._found(), True

    def _found(self) -> Dues:
        return self._made[1] if self._made else ()

    def _anew(self, day: date) -> Future[None]:
        """The making of a new list: one at a time, and who asks meanwhile waits for the same."""
        with self._lock:
            if self._making is None or self._making.done():
                self._making = self._beside.submit(self._make, day)
            return self._making

    def _make(self, day: date) -> None:
        as_of = self._journal.version(), day
        self._made = as_of, tuple(pathway.due(self._journal, day, self._region))
