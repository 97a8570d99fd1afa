"""A journal on a PostgreSQL server: how it is opened so that what it acknowledges is on the server's disk."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator

from sqlalchemy import URL, Connection, inspect, text
from sqlalchemy.exc import ArgumentError

from wor_match.errors import JournalError
from wor_match.journal.engines import quiet_engine
from wor_match.journal.faults import told_plainly
from wor_match.journal.looked_at import LookedAt
from wor_match.journal.tables import FORMAT, MAGIC, TABLES, make_tables, mark_of


class ServerStore:
    """A PostgreSQL database; each piece of work has a connection of its own, so that threads and forks share none."""

    def __init__(self, url: URL, timeout: float, *, make: bool = True) -> None:
        self.timeout = timeout
        self.place = "the PostgreSQL server"
        options = {"connect_timeout": max(2, math.ceil(timeout)), "client_encoding": "utf8"}
        try:
            self.engine = quiet_engine(url.set(drivername="postgresql+psycopg"), connect_args=options)
        except ModuleNotFoundError:
            raise JournalError(
                "a journal on PostgreSQL needs psycopg; install wor-match[journal]", code="not-installed"
            ) from None
        except (ArgumentError, ValueError):  # a port that is no number, two ports for one host
            raise JournalError(
                "that is no address of a server; write postgresql://name@host:5432/database", code="journal-address"
            ) from None
        self._prepare(make)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the journal; let it go before computing."""
        with told_plainly(self.place), self.engine.connect() as opened:
            opened = opened.execution_options(isolation_level="REPEATABLE READ")
            self._wait_no_longer(opened)
            yield opened

    @contextlib.contextmanager
    def writing(self, *, erasing: bool = False) -> Iterator[Connection]:
        """A connection that alone may write, and is committed at the end or not at all.

        Of what is erased the server keeps old bytes until somebody runs VACUUM FULL, and in its log until that goes.
        """
        with told_plainly(self.place), self.engine.connect() as opened:
            opened = opened.execution_options(
                isolation_level="READ COMMITTED"
            )  # after the lock, what others just wrote
            self._settle(opened)
            opened.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MAGIC})
            yield opened
            opened.commit()

    def facts(self) -> list[LookedAt]:
        """The release, and whether the server itself makes sure of its disk."""
        with self.reading() as opened:
            release, fsync, made_as = (
                opened.execute(text("SHOW server_version")).scalar(),
                opened.execute(text("SHOW fsync")).scalar(),
                mark_of(opened, "format"),
            )
        safe = fsync == "on"
        told = "fsync=on" if safe else "fsync=off: a power cut loses what was acknowledged; set fsync=on on the server"
        return [LookedAt("database", f"PostgreSQL {release}, format {made_as}"), LookedAt("settings", told, safe)]

    def _wait_no_longer(self, opened: Connection) -> None:
        """Wait no longer than was asked for who holds a table; looking itself may take as long as it takes."""
        opened.execute(text(f"SET LOCAL lock_timeout = {max(1, int(self.timeout * 1000))}"))

    def _settle(self, opened: Connection) -> None:
        """See what others wrote as soon as they let go, and acknowledge only what is on the disk; read back."""
        self._wait_no_longer(opened)
        if opened.execute(text("SHOW transaction_isolation")).scalar() != "read committed":
            raise JournalError(
                f"{self.place} does not take READ COMMITTED; nothing was written; allow it", code="journal-unsafe"
            )
        if opened.execute(text("SHOW synchronous_commit")).scalar() == "off":
            opened.execute(text("SET LOCAL synchronous_commit = on"))
        if opened.execute(text("SHOW synchronous_commit")).scalar() == "off":
            raise JournalError(
                f"{self.place} does not take synchronous_commit=on; nothing was written; allow it",
                code="journal-unsafe",
            )

    def _prepare(self, make: bool) -> None:
        """Make the tables when there are none; refuse what is not ours to use."""
        with self.writing() as opened:
            if opened.execute(text("SHOW server_encoding")).scalar() != "UTF8":
                raise JournalError(
                    f"{self.place} has a database that is not in UTF8; make one with createdb -E UTF8",
                    code="journal-unsafe",
                )
            there = set(inspect(opened).get_table_names()) & set(TABLES.tables)
            if not there and not make:
                raise JournalError(
                    f"{self.place} has no journal in that database yet; give the address of one that was made",
                    code="journal-missing",
                )
            if not there:
                make_tables(opened)
            elif there != set(TABLES.tables):
                raise JournalError(
                    f"{self.place} has tables wor_match_* that are no journal; use another database",
                    code="journal-foreign",
                )
            elif (found := mark_of(opened, "format")) != str(FORMAT):
                shown = found if found and found.isdecimal() else "unknown"
                raise JournalError(
                    f"{self.place} has a journal of format {shown}; "
                    f"this release reads format {FORMAT}: use a newer one",
                    code="newer-format",
                )
