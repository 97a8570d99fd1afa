"""Which of the events that somebody delivers are new, known, contradicted or of somebody who was erased."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection

from wor_match.domain.event import Event
from wor_match.domain.event_limits import over_long
from wor_match.domain.kinds import plain
from wor_match.domain.limits import USUAL
from wor_match.errors import BusyError, JournalError
from wor_match.journal.faults import few
from wor_match.journal.following import going_along
from wor_match.journal.read_back import reads_back, shown_ids
from wor_match.journal.receipts import Appended
from wor_match.journal.refusing import is_own_word, names_a_word
from wor_match.journal.rows import Row, contents, event_in_row, row_of, same_content, token
from wor_match.journal.tables import (
    add_rows,
    bury,
    check_erased,
    erased_until,
    note_unswept,
    remove_rows,
    rows_of_nobody,
    rows_telling,
    salt_of,
)


def acceptable(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events, when each can be read back as it is; looked at before anybody has to wait for it.

    Raises
    ------
    JournalError
        When something is no event, or one that is too long or cannot be read back, with the ids.
    """
    told = tuple(events) if isinstance(events, Iterable) else (None,)
    if not all(isinstance(event, Event) for event in told):
        raise JournalError(
            "something among the events is no event; nothing was written; use read_events()", code="wrong-type"
        )
    if wrong := [event for event in told if not reads_back(event)]:
        said = "cannot be read back as they are"
        raise JournalError(
            f"{said}: {few(shown_ids(wrong))}; nothing was written; make events with event_of() or replace()",
            code="not-read-back",
        )
    if long := [event.event_id for event in told if any(over_long(plain(event), USUAL))]:
        raise JournalError(f"too long for an event: {few(long)}; nothing was written; shorten them", code="too-long")
    return told


def added(opened: Connection, told: Sequence[Event]) -> Appended:
    """Write the events that are new; called while nobody else writes.

    What contradicts is looked at first, over everything that was told: only then is anybody kept out or removed.

    Raises
    ------
    JournalError
        When an id has two contents, or it is no longer known who was erased.
    BusyError
        When somebody wrote all the same.
    """
    check_erased(opened)
    salt = salt_of(opened)
    rows = told_once(told, salt)
    there = {row.event_id: row for row in rows_telling(opened, sorted({name for row in rows for name in row.ids}))}
    if lost := sorted(row.shown_id for row in there.values() if event_in_row(row, salt) is None):
        raise JournalError(
            f"damaged in the journal: {few(lost)}; nothing was written; put back its latest backup",
            code="journal-damaged",
        )
    refuse_contradictions([*there.values(), *rows])
    rows = [*{row.event_id: row for row in rows}.values()]  # two releases can write one event as two lines
    kept_out = kept_out_of(opened, rows, there, salt)
    wanted = [row for row in rows if row.event_id not in kept_out]
    new = [row for row in wanted if row.event_id not in there]
    if add_rows(opened, new) != len(new):
        raise BusyError(
            "another program wrote to the journal at the same moment; nothing was written; append again",
            code="journal-busy",
        )
    return Appended(len(new), len(told) - len(kept_out) - len(new), len(kept_out))


def told_once(told: Sequence[Event], salt: bytes) -> list[Row]:
    """Each event once, without the journal's own word that somebody is restricted."""
    news = [event for event in told if not is_own_word(event, salt)]
    if wrong := sorted({event.event_id for event in news if names_a_word(event)}):
        raise JournalError(
            f"about the word of a journal that somebody is restricted: {few(wrong)}; nothing was written; "
            "leave them out, and use restrict() or lift()",
            code="journal-word",
        )
    rows: dict[tuple[str, str], Row] = {}
    for event in news:
        row = row_of(event, salt)
        rows[row.event_id, row.line] = row
    return list(rows.values())


def refuse_contradictions(rows: Iterable[Row]) -> None:
    """Refuse one id with two contents; what stands inside a correction counts, because learning would refuse it."""
    first: dict[str, str] = {}
    twice = set()
    for row in rows:
        for name, content in contents(row):
            if not same_content(first.setdefault(name, content), content):
                twice.add(name)
    if twice:
        raise JournalError(
            f"told twice with other content: {few(sorted(twice))}; nothing was written; "
            "leave them out, or write a `corrected` event instead",
            code="same-id",
        )


def kept_out_of(opened: Connection, rows: Sequence[Row], there: Mapping[str, Row], salt: bytes) -> set[str]:
    """The ids of the rows to keep out; they are noted, and what was about them before they came is removed."""
    first = of_the_erased(opened, [row for row in rows if row.event_id not in there], salt)
    if not first:
        return set()
    standing = {**there, **followers(opened)}
    going, gone = going_along([*standing.values(), *(row for row in rows if row.event_id not in there)], first)
    found = [row for name, row in standing.items() if name in going]
    remove_rows(opened, found)
    if found:
        note_unswept(opened)
    for held in sorted(set(gone.values())):
        bury(opened, [token("event", name, salt) for name in sorted(gone) if gone[name] == held], held)
    return {row.event_id for row in rows if row.event_id in going}


def of_the_erased(opened: Connection, rows: Sequence[Row], salt: bytes) -> dict[str, str]:
    """The ids of the rows of an erased person, or that name an erased event in nobody's name; and up to when."""
    names = {row.event_id: named_by(row, salt) for row in rows}
    until = erased_until(opened, sorted({one for told in names.values() for one in told}))
    held = ((row, max((until.get(one, "") for one in names[row.event_id]), default="")) for row in rows)
    return {row.event_id: last for row, last in held if last and row.first_at <= last}


def named_by(row: Row, salt: bytes) -> set[str]:
    """The tokens by which a row can be known to be of somebody who was erased."""
    if row.who is not None:
        return {row.who}
    return {token("event", name, salt) for name in (*row.ids, row.about) if name}


def followers(opened: Connection) -> dict[str, Row]:
    """The rows that can go with another, and the rows that tell what is inside one of those."""
    found = {row.event_id: row for row in rows_of_nobody(opened)}
    inside = sorted({row.inside for row in found.values() if row.inside is not None})
    return {**{row.event_id: row for row in rows_telling(opened, inside)}, **found}
