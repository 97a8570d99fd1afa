"""Programs that keep a journal: ours, and three that are broken on purpose.

python -m tests.faults.disk.ready tests.faults.disk.journaling, told WAY PATH: appends three batches and erases one person, with a
mark after each.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from tests.faults.disk.marks import between_marks, mark
from wor_match.domain.event import Event
from wor_match.domain.kinds import event_of
from wor_match.errors import JournalError
from wor_match.journal import Journal, sqlite

BATCHES, EACH = 3, 4
ERASED = "somebody-0-0"


def batch(number: int) -> list[Event]:
    """The events of one batch, of people of its own."""
    told = {"kind": "contacted", "at": "2026-11-03T10:00:00Z", "source": "coach"}
    return [event_of({**told, "event_id": f"b{number}.{n}", "person": f"somebody-{number}-{n}"}) for n in range(EACH)]


@contextlib.contextmanager
def broken(way: str) -> Iterator[None]:
    """The journal with one thing broken."""
    if way == "without_fsync":
        sqlite.SAFE["synchronous"] = ("OFF", 0)
    elif way == "without_journal":
        sqlite.SAFE["journal_mode"] = ("OFF", "off")
    with contextlib.suppress(JournalError) if way == "swallowing" else contextlib.nullcontext():
        yield


def keep(way: str, path: Path) -> None:
    """Append and erase, with a mark after each."""
    with broken(way), Journal(f"sqlite:///{path}") as journal:
        for number in range(BATCHES):
            with broken("swallowing" if way == "swallowing" else ""):
                journal.append(batch(number))
            mark(f"acknowledged-{number}")
        journal.erase(ERASED)
        mark("erased")


def main(arguments: list[str]) -> None:
    """As told by the arguments."""
    between_marks(lambda: keep(arguments[0], Path(arguments[1])), (JournalError,))
