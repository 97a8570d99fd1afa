"""What people told, by a pseudonym that is made here.

Your own file of clients takes this place; that one knows the names.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import wor_match as wm

SIGNS, LONG = "bcdfghjkmnpqrstvwxyz23456789", 10  # nothing that reads as something else, and no words
WAIT = 5.0  # seconds for somebody else who writes


def pseudonym() -> str:
    """A new pseudonym: it follows from nothing that somebody told."""
    return "p-" + "".join(secrets.choice(SIGNS) for _ in range(LONG))


def made_here(name: str) -> bool:
    """Whether a name looks like a pseudonym of ours."""
    return name.startswith("p-") and len(name) == LONG + 2 and set(name[2:]) <= set(SIGNS)


class People:
    """Participants in a file for its owner only.

    Parameters
    ----------
    path : Path
        Made when it is not there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.touch(mode=0o600)
        with self._opened() as opened:
            opened.execute("create table if not exists people (id text primary key, told text not null) strict")

    def add(self, person: wm.Participant) -> bool:
        """Keep somebody; on the disk when this returns. False when the pseudonym was taken, and nothing changed."""
        row = person.id, person.model_dump_json(exclude_unset=True)
        with self._opened() as opened:
            return opened.execute("insert or ignore into people values (?, ?)", row).rowcount == 1

    def get(self, name: str) -> wm.Participant | None:
        """What somebody told; None when nobody is kept under this pseudonym."""
        with self._opened() as opened:
            row = opened.execute("select told from people where id = ?", (name,)).fetchone()
        return wm.Participant.model_validate_json(row[0]) if row else None

    def names(self) -> list[str]:
        """Every pseudonym, sorted."""
        with self._opened() as opened:
            return [name for (name,) in opened.execute("select id from people order by id")]

    def remove(self, name: str) -> None:
        """Forget somebody; of who is not there nothing changes."""
        with self._opened() as opened:
            opened.execute("delete from people where id = ?", (name,))

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """The file, all or nothing; what goes is overwritten.

        Somebody else who writes too long is a BusyError, a file that cannot be used a JournalError.
        """
        try:
            with closing(sqlite3.connect(self.path, timeout=WAIT)) as opened, opened:
                opened.execute("pragma secure_delete = on")
                opened.execute("pragma synchronous = full")
                yield opened
        except sqlite3.Error as fault:
            if getattr(fault, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise wm.BusyError("somebody else is writing in the file of people; try again") from None
            raise wm.JournalError("the file of people cannot be used; put back its latest backup") from None
