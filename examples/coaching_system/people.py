"""What people told, by a pseudonym that is made here.

Your own file of clients takes this place; that one knows the names.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

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

    def has(self, name: str) -> bool:
        """Whether somebody is kept under this pseudonym."""
        with self._opened() as opened:
            return opened.execute("select 1 from people where id = ?", (name,)).fetchone() is not None

    def told(self, name: str) -> Any:
        """What somebody told, as it was written, also by another version; None when nobody is kept under this name."""
        with self._opened() as opened:
            row = opened.execute("select told from people where id = ?", (name,)).fetchone()
        try:
            return json.loads(row[0]) if row else None
        except ValueError:
            raise unreadable(name) from None

    def get(self, name: str) -> wm.Participant | None:
        """Who somebody is; None when nobody is kept under this pseudonym."""
        told = self.told(name)
        try:
            return None if told is None else wm.Participant.model_validate(told)
        except wm.ParticipantError:
            raise unreadable(name) from None

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
            raise told_plainly(getattr(fault, "sqlite_errorcode", 0) & 0xFF) from None


def told_plainly(code: int) -> wm.JournalError:
    """What a fault of SQLite means for who keeps the file."""
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return wm.BusyError("somebody else is writing in the file of people; try again", code="journal-busy")
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return wm.JournalError("the disk with the file of people is full or fails; make room", code="journal-full")
    return wm.JournalError("the file of people cannot be used; put back its latest backup", code="no-file")


def unreadable(name: str) -> wm.JournalError:
    """That a row is there, and this version cannot read it."""
    return wm.JournalError(
        f"what {name} told cannot be read by this version; look at its row in the file of people", code="newer-format"
    )
