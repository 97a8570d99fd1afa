"""A fork waits until no thread is in a file.

SQLite keeps one list of locks for a process. A child inherits the list and not the locks: it would read without one,
and never write.

References
----------
sqlite.org/howtocorrupt.html, 2.6.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, get_ident
from weakref import WeakSet

from wor_match.errors import JournalError

PATIENCE = 10.0  # seconds


class Visit:
    """Of one thread to one file; it ends with its frame, also when Ctrl-C comes in its last line."""

    def __init__(self) -> None:
        self.thread = get_ident()


class Gate:
    """Counts who is in a file, and lets nobody in while somebody forks."""

    def __init__(self) -> None:
        self.moved = Condition()
        self.inside: WeakSet[Visit] = WeakSet()
        self.forking: int | None = None
        self.spoilt = False

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Be in a file; who is in already may come in again.

        Raises
        ------
        JournalError
            When this process began as a fork that would wait no longer.
        """
        if self.spoilt:
            raise JournalError(
                "this process was forked while its parent was in a journal, and cannot use one; "
                "fork when no thread is in it, or start the process anew (`spawn`)",
                code="journal-forked",
            )
        visit = Visit()
        try:
            with self.moved:
                me = visit.thread
                self.moved.wait_for(lambda: self.forking in (None, me) or me in self.threads())
                self.inside.add(visit)
            yield
        finally:
            with self.moved:
                self.inside.discard(visit)
                self.moved.notify_all()

    def threads(self) -> set[int]:
        """The threads that are in a file."""
        return {visit.thread for visit in self.inside}

    def close(self) -> None:
        """Wait until no other thread is in, and let nobody in."""
        me = get_ident()
        with self.moved:
            self.moved.wait_for(lambda: self.forking is None)
            self.forking = me
            self.moved.wait_for(lambda: self.threads() <= {me}, PATIENCE)

    def reopen(self) -> None:
        """Let others in again."""
        with self.moved:
            if self.forking == get_ident():
                self.forking = None
                self.moved.notify_all()

    def begin_in_child(self) -> None:
        """Begin anew, without the threads that stayed behind; what was waited for in vain spoils it."""
        spoilt = self.spoilt or bool(self.threads())
        self.__init__()  # type: ignore[misc]  # the lock may be held by a thread that is not here
        self.spoilt = spoilt


GATE = Gate()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=GATE.close, after_in_parent=GATE.reopen, after_in_child=GATE.begin_in_child)
