"""A journal in a file: how SQLite is opened so that what it acknowledges is on the disk and what it removes is gone.

References
----------
sqlite.org/pragma.html; sqlite.org/wal.html (the fault that keeps WAL out).
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import warnings
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection

from wor_match.errors import BusyError, JournalError, WorMatchWarning, one_line
from wor_match.journal.engines import quiet_engine
from wor_match.journal.faults import BACKUP, SQLITE, error_saying, told_plainly
from wor_match.journal.files import is_foreign, make_file, pragma
from wor_match.journal.forking import GATE
from wor_match.journal.looked_at import LookedAt
from wor_match.journal.migration import copies_of, migrate
from wor_match.journal.tables import (
    ERASED,
    FORMAT,
    MAGIC,
    MARKS,
    RESTRICTED,
    UNSWEPT,
    check_erased,
    make_tables,
    mark_of,
    set_mark,
)

OLDEST = (3, 37)  # the first with STRICT tables
FOREIGN = "is a database of another program; give the path of a journal"
SAFE = {  # set and read back on every connection: most of these are not kept in the file
    "synchronous": ("FULL", 2),
    "secure_delete": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "cell_size_check": ("ON", 1),
    "temp_store": ("MEMORY", 2),  # else a clean-up would copy people into the temporary folder
    "journal_mode": ("TRUNCATE", "truncate"),
}


class FileStore:
    """A SQLite file; each piece of work has a connection of its own, so that threads and forks share none."""

    def __init__(self, path: Path, timeout: float, *, make: bool = True) -> None:
        self.path, self.timeout = path, timeout
        self.place = f"the journal {one_line(path.name)}"
        self.engine = quiet_engine("sqlite://", creator=self.connected)
        if sqlite3.sqlite_version_info < OLDEST:
            raise JournalError(
                f"SQLite {sqlite3.sqlite_version} is too old for a journal; 3.37 or newer is needed",
                code="not-installed",
            )
        with self._at_work():
            if make:
                make_file(path)
            elif not os.path.lexists(path):
                raise JournalError(
                    f"{self.place} is not there; give the path of one that was made", code="journal-missing"
                )
            if is_foreign(path) and is_foreign(path):  # nobody just made it ours
                raise JournalError(f"{self.place} {FOREIGN}", code="journal-foreign")
            self._prepare(make)

    def _prepare(self, make: bool) -> None:
        """Make the tables of a new file, bring an older one up to date, finish an erasure that was cut short."""
        with contextlib.closing(self.connected()) as alone:
            found, version = pragma(alone, "application_id"), pragma(alone, "user_version")
        if found == MAGIC and isinstance(version, int) and version < FORMAT:
            migrate(self.path, version, FORMAT, self.connected)
        if found != MAGIC:
            if not make:
                raise JournalError(
                    f"{self.place} is empty: there is no journal yet; give the path of one that was made",
                    code="journal-missing",
                )
            with self.writing() as opened:
                if opened.exec_driver_sql("PRAGMA application_id").scalar() != MAGIC:  # nobody was quicker
                    make_tables(opened)
                    opened.exec_driver_sql(f"PRAGMA application_id={MAGIC}")
                    opened.exec_driver_sql(f"PRAGMA user_version={FORMAT}")
        with self.reading() as opened:
            check_erased(opened)
            for table in (ERASED, RESTRICTED, MARKS):  # an index that lost a row would let somebody back in silence
                if opened.exec_driver_sql(f"PRAGMA integrity_check({table.name})").scalar() != "ok":
                    raise error_saying(self.place, SQLITE["SQLITE_CORRUPT"])
            unswept = mark_of(opened, UNSWEPT)
        if unswept:
            self.sweep()

    def connected(self) -> sqlite3.Connection:
        """A connection with safe settings, to a file that is ours."""
        opened = self._bare()
        try:
            ours, version, mode = (pragma(opened, name) for name in ("application_id", "user_version", "journal_mode"))
            self._check(ours, version, mode, opened)
            for name, (wanted, taken) in SAFE.items():
                opened.execute(f"PRAGMA {name}={wanted}").close()
                if pragma(opened, name) != taken:
                    raise JournalError(
                        f"{self.place} cannot be kept safely here: SQLite does not take {name}={wanted}",
                        code="journal-unsafe",
                    )
        except BaseException:
            opened.close()
            raise
        return opened

    def _bare(self) -> sqlite3.Connection:
        address = f"{self.path.as_uri()}?mode=rw"  # SQLite itself must never make the file
        opened = sqlite3.connect(address, uri=True, timeout=self.timeout, isolation_level=None)
        opened.text_factory = lambda told: told.decode("utf-8", "replace")  # damage is found by its digest
        return opened

    def _check(self, ours: object, version: object, mode: object, opened: sqlite3.Connection) -> None:
        """Refuse a file of somebody else before anything is written to it."""
        foreign = ours != MAGIC and (ours or version or pragma(opened, "schema_version"))
        if foreign and pragma(opened, "application_id") != MAGIC:  # nobody just made it ours
            raise JournalError(f"{self.place} {FOREIGN}", code="journal-foreign")
        if mode == "wal":
            raise JournalError(
                f"{self.place} was put in WAL mode by another program; close that, then run "
                "`PRAGMA journal_mode=DELETE` on it with the sqlite3 command",
                code="journal-unsafe",
            )
        if isinstance(version, int) and version > FORMAT:
            raise JournalError(
                f"{self.place} has format {version}; this release reads up to {FORMAT}: use a newer one",
                code="newer-format",
            )

    @contextlib.contextmanager
    def _at_work(self) -> Iterator[None]:
        """For as long as a connection is open: nobody forks, and a fault is told plainly."""
        with GATE.entered(), told_plainly(self.place):
            yield

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the journal; let it go before computing."""
        with self._at_work(), self.engine.connect() as opened:
            opened.exec_driver_sql("BEGIN")
            yield opened

    @contextlib.contextmanager
    def writing(self, *, erasing: bool = False) -> Iterator[Connection]:
        """A connection that alone may write, and is committed at the end or not at all; then it is swept."""
        with self._at_work():
            with self.engine.connect() as opened:
                opened.exec_driver_sql("BEGIN IMMEDIATE")  # a later upgrade would be refused, not waited for
                yield opened
                unswept = mark_of(opened, UNSWEPT)
                opened.commit()
            if unswept:
                self._sweep_after(erasing)

    def _sweep_after(self, erasing: bool) -> None:
        """Sweep after something was written; that was written, whatever happens now."""
        try:
            self.sweep()
        except JournalError as fault:
            if erasing:  # also where somebody was busy: no "nothing was written"
                raise JournalError(fault.sentence, code=fault.code) from None
            said = (
                f"{self.place} was written to, but its file could not yet be written anew: "
                "bytes of somebody who was erased may remain until the next writing or opening"
            )
            warnings.warn(WorMatchWarning(said, "erasing-unfinished"), stacklevel=6)  # past our own door, to who writes

    def sweep(self) -> None:
        """Write the file anew without what was erased: a page that was once split may still hold a copy.

        Copies that a migration left beside it go too. What is cut short is done after the next writing or opening.
        """
        try:
            with self._at_work(), self.engine.connect() as opened:
                begun = mark_of(opened, UNSWEPT)
                for copy in copies_of(self.path):
                    copy.unlink(missing_ok=True)
                opened.exec_driver_sql("VACUUM")
                opened.exec_driver_sql("BEGIN IMMEDIATE")
                if mark_of(opened, UNSWEPT) == begun:  # nobody was erased meanwhile
                    set_mark(opened, UNSWEPT, None)
                opened.commit()
        except (JournalError, OSError) as fault:
            kind = BusyError if isinstance(fault, BusyError) else JournalError
            raise kind(
                f"{self.place} has erased somebody, but could not yet write its file anew: bytes may remain; "
                "erase again or open it again to finish",
                code="erasing-unfinished",
            ) from None

    def facts(self) -> list[LookedAt]:
        """The release, the settings that were read back, who may read the file, and whether its pages are whole."""
        with self._at_work(), contextlib.closing(self.connected()) as opened:
            version = pragma(opened, "user_version")
            whole = pragma(opened, "integrity_check") == "ok"
        open_to_others = os.name == "posix" and self.path.stat().st_mode & 0o077
        settings = ", ".join(f"{name}={wanted}" for name, (wanted, _) in SAFE.items())
        private = "others may read it; run chmod 600 on it" if open_to_others else "for its owner only"
        return [
            LookedAt("database", f"SQLite {sqlite3.sqlite_version}, format {version}"),
            LookedAt("settings", settings),
            LookedAt("file", private, not open_to_others),
            LookedAt("pages", "whole" if whole else f"damaged; {BACKUP}", whole),
        ]
