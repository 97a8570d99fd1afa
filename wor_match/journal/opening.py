"""Which database an address names, and nothing that is in it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError

from wor_match.errors import JournalError
from wor_match.journal.looked_at import LookedAt
from wor_match.journal.postgres import ServerStore
from wor_match.journal.sqlite import FileStore

HOW = "write sqlite:///folder/journal.db or postgresql://name@host/database"
LONGEST_WAIT = 24 * 3600.0  # seconds


class Store(Protocol):
    """A database that a journal can be kept in."""

    place: str

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one state."""

    def writing(self, *, erasing: bool = False) -> AbstractContextManager[Connection]:
        """A connection that alone may write; all or nothing. What was erased leaves no byte where that is in our hands.

        Whoever comes to erase hears when it could not be done, as an error; others by a warning.
        """

    def facts(self) -> list[LookedAt]:
        """What is found about the database and its settings."""


def store_of(url: Any, timeout: Any, *, make: bool = True) -> Store:
    """The database at an address, opened once and found fit; where there is no journal one is made, unless told not to.

    Raises
    ------
    JournalError
        When the address names none, or the database cannot be used; the address is not repeated.
    """
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not 0 < timeout <= LONGEST_WAIT:
        raise JournalError(f"timeout is no number of seconds above 0 and up to {LONGEST_WAIT:.0f}", code="out-of-range")
    address = address_of(url)
    kind = address.drivername.split("+")
    if kind[0] == "sqlite" and kind[1:] in ([], ["pysqlite"]):
        return FileStore(path_in(address), float(timeout), make=make)
    if kind[0] in ("postgresql", "postgres") and kind[1:] in ([], ["psycopg"]):
        return ServerStore(address, float(timeout), make=make)
    raise JournalError(f"a journal cannot be kept in that kind of database; {HOW}", code="journal-address")


def address_of(url: Any) -> URL:
    """The address in its parts."""
    try:
        if isinstance(url, str | URL):
            address = make_url(url)
            address.render_as_string(hide_password=False).encode()  # half a character cannot be sent
            return address
    except (ArgumentError, ValueError):
        pass
    raise JournalError(f"that is no address of a journal; {HOW}", code="journal-address")


def path_in(address: URL) -> Path:
    """The path of the file; a database in memory is refused, because it would be gone with the process."""
    name = address.database or ":memory:"
    if name == ":memory:" or name.startswith("file:"):
        raise JournalError(f"a journal in memory would be lost with the process; {HOW}", code="journal-address")
    if address.query or address.host:
        raise JournalError(f"the address of a file takes nothing but its path; {HOW}", code="journal-address")
    try:
        return Path(name).absolute()  # as it is meant now: the program may go to another folder
    except OSError:
        raise JournalError(
            f"the folder in which this program runs is not there any more; {HOW}", code="journal-address"
        ) from None
