"""What goes when a person is erased, and what is noted so that it does not come back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from wor_match.domain.text import LAST_YEAR
from wor_match.errors import JournalError
from wor_match.journal.following import belonging
from wor_match.journal.receipts import Erased
from wor_match.journal.rows import Row, event_in_row, owners, token
from wor_match.journal.tables import (
    all_rows,
    bury,
    check_erased,
    note_unswept,
    remove_rows,
    salt_of,
    set_restricted,
)

YEARS = 2  # an assumption: a yearly feed that is a year late is stopped, and somebody who is referred anew later is not
FOR_EVER = f"{LAST_YEAR}-12-31T23:59:59.999999Z"  # in an empty journal no moment says when two years are over


def erased(opened: Connection, person: str) -> tuple[Erased, list[str]]:
    """Remove a person's rows, note a tombstone and give the receipt; called while nobody else writes.

    Beside it the ids of damaged events that stay because nobody can tell whose they are.

    Raises
    ------
    JournalError
        When what is known of who was erased is damaged, or the database is damaged such that a row stays.
    """
    check_erased(opened)
    salt = salt_of(opened)
    who = token("person", person, salt)
    rows = all_rows(opened)
    going, gone = belonging(rows, person, salt)
    until = two_years_after([row for row in rows if row.sound])
    remove_rows(opened, [row for row in rows if row.event_id in going])
    left = all_rows(opened)
    if any(row.event_id in going for row in left):
        raise JournalError(
            "the journal is damaged and nobody was erased; put back its latest backup, and erase again",
            code="journal-damaged",
        )
    names = sorted(name for name in gone if isinstance(name, str))
    bury(opened, [who, *(token("event", name, salt) for name in names)], until)
    set_restricted(opened, who, False)
    note_unswept(opened)
    nobodys = [row.shown_id for row in left if event_in_row(row, salt) is None and not owners(row, salt)]
    return Erased(len(going), token("receipt", person, salt)[:32]), nobodys


def two_years_after(rows: list[Row]) -> str:
    """Up to when a late delivery is kept out: the journal has no clock but the moments in it.

    The end of a month, because the very moment can be that of the last event of who is erased.
    """
    latest = max((row.at for row in rows), default=None)
    if latest is None:
        return FOR_EVER
    year = datetime.fromisoformat(latest).year + YEARS
    return min(f"{year}-{latest[5:7]}-31T23:59:59.999999Z", FOR_EVER)  # as text, so that short months need no care
