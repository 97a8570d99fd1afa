"""The tables of a journal, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Column, Connection, MetaData, Table, Text, delete, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from wor_match.errors import JournalError
from wor_match.journal.rows import Row, seal_of, sealed
from wor_match.journal.tally import Amiss, Tally, amiss, tally_in, tally_of

FORMAT = 1
MAGIC = 0x776F724D  # "worM": in the header of every file, and the lock of all journals in one database of a server
AT_ONCE = 400  # names in one statement; SQLite before 3.32 takes 999
T = TypeVar("T")

TABLES = MetaData()
EVENTS = Table(
    "wor_match_events",
    TABLES,
    Column("event_id", Text, primary_key=True, nullable=False),
    Column("who", Text),
    Column("at", Text, nullable=False),
    Column("about", Text),
    Column("inside", Text, index=True),
    Column("line", Text, nullable=False),
    Column("digest", Text, nullable=False),
    sqlite_strict=True,
)
ERASED = Table(
    "wor_match_erased",
    TABLES,
    Column("token", Text, primary_key=True, nullable=False),
    Column("until", Text, nullable=False),
    sqlite_strict=True,
)
RESTRICTED = Table(
    "wor_match_restricted", TABLES, Column("token", Text, primary_key=True, nullable=False), sqlite_strict=True
)
MARKS = Table(
    "wor_match_marks",
    TABLES,
    Column("name", Text, primary_key=True, nullable=False),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)

UNSWEPT = "unswept"
COUNTED = (EVENTS, ERASED, RESTRICTED)


def make_tables(opened: Connection) -> None:
    """Make the tables of an empty journal, with a salt of its own."""
    TABLES.create_all(opened)
    salt = secrets.token_hex(24)  # dice on purpose: nobody may guess it
    marks = {"format": str(FORMAT), "salt": salt + seal_of(salt), **{tally_name(one): str(Tally()) for one in COUNTED}}
    opened.execute(insert(MARKS), [{"name": name, "value": value} for name, value in marks.items()])


def salt_of(opened: Connection) -> bytes:
    """The salt of the journal.

    Raises
    ------
    JournalError
        When it is gone or was changed: without it nobody knows who was erased.
    """
    found = mark_of(opened, "salt")
    if not sealed(found):
        raise JournalError(
            "the journal has lost its salt; it is damaged: put back its latest backup", code="journal-damaged"
        )
    return str(found).encode()


def mark_of(opened: Connection, name: str) -> str | None:
    """What the journal notes about itself under this name."""
    return opened.execute(select(MARKS.c.value).where(MARKS.c.name == name)).scalar()


def set_mark(opened: Connection, name: str, value: str | None) -> None:
    """Note something about the journal, or take the note away."""
    opened.execute(delete(MARKS).where(MARKS.c.name == name))
    if value is not None:
        opened.execute(insert(MARKS), [{"name": name, "value": value}])


def note_unswept(opened: Connection) -> None:
    """Note that a file may still hold bytes of what was removed, each time otherwise: a sweep ends only what it saw."""
    set_mark(opened, UNSWEPT, secrets.token_hex(8))


def tally_name(table: Table) -> str:
    """Under which name the tally of a table is noted."""
    return f"tally of {table.name}"


def told_in(opened: Connection, table: Table) -> list[str]:
    """Of each row the text that it stands or falls with."""
    if table is EVENTS:
        return all_digests(opened)
    return [" ".join(map(str, row)) for row in opened.execute(select(table))]


def note_change(opened: Connection, table: Table, added: Sequence[str], gone: Sequence[str]) -> None:
    """Bring the tally of a table up to date, after its rows were changed; one that is damaged stays so."""
    noted = mark_of(opened, tally_name(table))
    if noted is None:
        set_mark(opened, tally_name(table), str(tally_of(told_in(opened, table))))
    elif (added or gone) and (before := tally_in(noted)):
        set_mark(opened, tally_name(table), str(before.moved(added, gone)))


def amiss_in(opened: Connection, table: Table, told: Sequence[str] | None = None) -> Amiss | None:
    """What is wrong with the rows of a table as a whole, when something is."""
    return amiss(mark_of(opened, tally_name(table)), told_in(opened, table) if told is None else told)


def check_erased(opened: Connection) -> None:
    """Whether it is still known who was erased.

    Raises
    ------
    JournalError
        When it is not: somebody could come back in silence.
    """
    if amiss_in(opened, ERASED):
        raise JournalError(
            "what the journal knows of who was erased is damaged; put back its latest backup", code="journal-damaged"
        )


def all_rows(opened: Connection) -> list[Row]:
    """Every row, in no order."""
    return [Row(*row) for row in opened.execute(select(EVENTS))]


def all_digests(opened: Connection) -> list[str]:
    """The digest of every event, sorted."""
    return sorted(map(str, opened.execute(select(EVENTS.c.digest)).scalars()))


def rows_telling(opened: Connection, ids: Sequence[str]) -> Iterator[Row]:
    """The rows that tell one of these ids, as their own or inside a correction."""
    for chunk in parts(ids):
        where = or_(EVENTS.c.event_id.in_(chunk), EVENTS.c.inside.in_(chunk))
        yield from (Row(*row) for row in opened.execute(select(EVENTS).where(where)))


def rows_of_nobody(opened: Connection) -> Iterator[Row]:
    """The rows that are about another event, and about no person."""
    found = opened.execute(select(EVENTS).where(EVENTS.c.about.is_not(None), EVENTS.c.who.is_(None)))
    yield from (Row(*row) for row in found)


def add_rows(opened: Connection, rows: Sequence[Row]) -> int:
    """Add rows, and count them; how many were added, because a row whose id stands there already is passed over."""
    made = sqlite.insert(EVENTS) if opened.dialect.name == "sqlite" else postgresql.insert(EVENTS)
    adding = made.on_conflict_do_nothing().returning(EVENTS.c.event_id)
    values = [{name: getattr(row, name) for name in Row.__slots__} for row in rows]
    there = {name for chunk in parts(values) for name in opened.execute(adding, chunk).scalars()}
    note_change(opened, EVENTS, [row.digest for row in rows if row.event_id in there], [])
    return len(there)


def remove_rows(opened: Connection, rows: Sequence[Row]) -> None:
    """Remove rows, and count them no more."""
    unnamed = [row.digest for row in rows if row.shown_id != row.event_id]  # an id that cannot be asked for
    for column, values in ((EVENTS.c.event_id, [row.event_id for row in rows]), (EVENTS.c.digest, unnamed)):
        for chunk in parts(values):
            opened.execute(delete(EVENTS).where(column.in_(chunk)))
    note_change(opened, EVENTS, [], [row.digest for row in rows])


def erased_until(opened: Connection, tokens: Sequence[str]) -> dict[str, str]:
    """Which of these tokens were erased, and for events up to when that holds."""
    found: dict[str, str] = {}
    for chunk in parts(tokens):
        told = opened.execute(select(ERASED.c.token, ERASED.c.until).where(ERASED.c.token.in_(chunk))).all()
        found.update((one.token, str(one.until)) for one in told)
    return found


def bury(opened: Connection, tokens: Sequence[str], until: str) -> None:
    """Note tokens as erased."""
    before = erased_until(opened, tokens)
    after = {one: max(until, before.get(one, "")) for one in tokens}
    for chunk in parts([*after]):
        opened.execute(delete(ERASED).where(ERASED.c.token.in_(chunk)))
        opened.execute(insert(ERASED), [{"token": one, "until": after[one]} for one in chunk])
    added, gone = ([f"{one} {held}" for one, held in told.items()] for told in (after, before))
    note_change(opened, ERASED, added, gone)


def restricted(opened: Connection) -> set[str]:
    """The tokens of the people who are restricted.

    Raises
    ------
    JournalError
        When one was changed or is gone: somebody's restriction would be lifted in silence.
    """
    found = told_in(opened, RESTRICTED)
    if not all(map(sealed, found)) or amiss_in(opened, RESTRICTED, found):
        raise JournalError(
            "a restriction in the journal is damaged; put back its latest backup", code="journal-damaged"
        )
    return set(found)


def set_restricted(opened: Connection, token: str, held: bool) -> None:
    """Restrict somebody, or lift that."""
    before = opened.execute(select(RESTRICTED.c.token).where(RESTRICTED.c.token == token)).scalars().all()
    opened.execute(delete(RESTRICTED).where(RESTRICTED.c.token == token))
    if held:
        opened.execute(insert(RESTRICTED), [{"token": token}])
    note_change(opened, RESTRICTED, [token] if held else [], list(before))


def parts(names: Sequence[T]) -> Iterator[list[T]]:
    """The list in parts that fit in one statement."""
    for start in range(0, len(names), AT_ONCE):
        yield list(names[start : start + AT_ONCE])
