"""What went wrong in a database, as a sentence that says what to do; never the address or the password."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from wor_match.errors import BusyError, Code, JournalError

MANY = 20  # ids named in one sentence; the rest is counted
BACKUP = "put back the latest backup, and append again what came after it"
KEPT = "nothing was changed"
UNSURE = "append again what was not acknowledged: repeats are harmless"

Said = tuple[Code, str]  # our code, and the sentence
NO_ROOM: Said = ("journal-full", f"has no room left on its disk; {KEPT}; make room and try again")
SQLITE: dict[str, Said] = {
    "SQLITE_NOTADB": (
        "journal-foreign",
        "is no journal but another kind of file; give the path of a journal, or one where no file is",
    ),
    "SQLITE_CANTOPEN": (
        "journal-refused",
        "cannot be opened; see that its folder is there and that you may write in it",
    ),
    "SQLITE_READONLY": (
        "journal-refused",
        f"may only be read; {KEPT}; make the file and its folder writable for you",
    ),
    "SQLITE_PERM": (
        "journal-refused",
        f"is not yours to write; {KEPT}; make the file and its folder writable for you",
    ),
    "SQLITE_FULL": NO_ROOM,
    "SQLITE_CORRUPT": ("journal-damaged", f"is damaged; put the file aside, {BACKUP}"),
    "SQLITE_IOERR": (
        "journal-unsure",
        f"could not be read or written by this machine; look at the disk, then {UNSURE}",
    ),
    "SQLITE_TOOBIG": ("too-long", f"cannot hold something so long; {KEPT}"),
}
ADDRESS = "address"  # a code of our own
POSTGRES: dict[str, Said] = {
    "28": ("journal-refused", "refuses the name or the password; check both"),
    "3D": ("journal-missing", "does not have that database; make it with createdb, or correct its name"),
    "42501": (
        "journal-refused",
        "does not allow this; grant this user rights on the schema and on the tables wor_match_*",
    ),
    "25006": ("journal-refused", f"may only be read; {KEPT}; use the server that takes writes"),
    "53100": NO_ROOM,
    "57P": ("journal-unsure", f"was stopped; start it, then {UNSURE}"),
    "08": ("journal-unsure", f"went away; see that it runs, then {UNSURE}"),
    ADDRESS: (
        "journal-address",
        "cannot be reached so: an option in the address, or its value, is unknown; correct the address",
    ),
    "22": ("bad-value", f"cannot hold something that was told; {KEPT}"),
    "XX001": ("journal-damaged", f"has damaged data; {BACKUP}"),
}
BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL", "53300", "55P03", "57014", "40001", "40P01")
SAID = {  # a server that refuses a connection gives no code, only words
    "starting up": "57P",
    "shutting down": "57P",
    "permission denied": "42501",
    "authentication failed": "28",
    "pg_hba.conf": "28",
    "no password supplied": "28",
    'role "': "28",
    'database "': "3D",
    "too many clients": "53300",
    "remaining connection slots": "53300",
    "unrecognized configuration parameter": ADDRESS,
    "invalid value for parameter": ADDRESS,
    "requires a value": ADDRESS,
    "command-line argument": ADDRESS,
}
SAID_OF_AN_ADDRESS = ("invalid URI query", "invalid connection option", "invalid integer", "invalid port", ' value: "')


@contextmanager
def told_plainly(place: str) -> Iterator[None]:
    """What a database raises inside becomes one of our errors.

    Raises
    ------
    BusyError
        When somebody else held the journal for too long.
    JournalError
        For everything else that a database can refuse.
    """
    try:
        yield
    except DBAPIError as fault:
        raise error_of(place, fault.orig) from None
    except sqlite3.Error as fault:
        raise error_of(place, fault) from None
    except UnicodeDecodeError:  # what SQLite says about a table whose name was changed
        raise error_saying(place, SQLITE["SQLITE_CORRUPT"]) from None
    except SQLAlchemyError as fault:
        raise JournalError(
            f"{place} cannot be used ({type(fault).__name__}); {UNSURE}", code="journal-unsure"
        ) from None


def error_of(place: str, fault: Any) -> JournalError:
    """The error that tells a fault."""
    code = code_of(fault)
    if code.startswith(BUSY):
        return BusyError(
            f"{place} is busy: somebody else is writing; nothing was written; try again in a moment",
            code="journal-busy",
        )
    known = {**SQLITE, **POSTGRES}
    for start in sorted(known, key=len, reverse=True):
        if code.startswith(start):
            return error_saying(place, known[start])
    return JournalError(f"{place} cannot be used ({code or type(fault).__name__}); {UNSURE}", code="journal-unsure")


def error_saying(place: str, said: Said) -> JournalError:
    """The error that says this of a place."""
    code, sentence = said
    return JournalError(f"{place} {sentence}", code=code)


def code_of(fault: Any) -> str:
    """The database's own code for a fault; words count only where a server gives no code."""
    if isinstance(fault, sqlite3.Error):
        return getattr(fault, "sqlite_errorname", None) or ""
    if code := getattr(fault, "sqlstate", None):
        return str(code)
    kind, words = type(fault).__name__, str(fault)
    if kind in ("OperationalError", "ProgrammingError") and any(said in words for said in SAID_OF_AN_ADDRESS):
        return ADDRESS  # what the driver says before it asks a server
    if kind not in ("OperationalError", "ConnectionTimeout", "InterfaceError"):
        return ""
    return next((code for said, code in SAID.items() if "FATAL" in words and said in words), "08")


def few(names: Sequence[str]) -> str:
    """The first of many names."""
    more = f" and {len(names) - MANY} more" if len(names) > MANY else ""
    return f"{', '.join(names[:MANY])}{more}"
