"""Which of the events that somebody delivers are new, known, contradicted or of somebody who was erased."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from wor_match.domain.event import Event
from wor_match.domain.event_limits import bytes_for
from wor_match.domain.limits import USUAL
from wor_match.errors import BusyError, JournalError
from wor_match.journal.faults import few
from wor_match.journal.receipts import Appended
from wor_match.journal.rows import Row, contents, restriction_id, row_of, same_content, token
from wor_match.journal.tables import (
    EVENTS,
    add_rows,
    bury,
    erased_until,
    note_change,
    note_unswept,
    remove_rows,
    rows_about,
    rows_telling,
    salt_of,
)


def added(opened: Connection, told: Sequence[Event]) -> Appended:
    """Write the events that are new; called while nobody else writes.

    Raises
    ------
    JournalError
        When an id has two contents, or an event is too long to be read back.
    BusyError
        When somebody wrote all the same.
    """
    salt = salt_of(opened)
    rows, n_known = told_once(told, salt)
    kept_out = of_the_erased(opened, rows, salt)
    wanted = [row for row in rows if row.event_id not in kept_out]
    there = {row.event_id: row for row in rows_telling(opened, sorted({name for row in wanted for name in row.ids}))}
    if lost := sorted(row.shown_id for row in there.values() if not row.sound):
        raise JournalError(f"damaged in the journal: {few(lost)}; nothing was written; put back its latest backup")
    refuse_contradictions([*there.values(), *wanted])
    new = [row for row in wanted if row.event_id not in there]
    if add_rows(opened, new) != len(new):
        raise BusyError("another program wrote to the journal at the same moment; nothing was written; append again")
    note_change(opened, EVENTS, [row.digest for row in new], [])
    return Appended(len(new), n_known + len(wanted) - len(new), len(told) - n_known - len(wanted))


def told_once(told: Sequence[Event], salt: bytes) -> tuple[list[Row], int]:
    """Each event once, and how many were repeats or the journal's own word that somebody is restricted."""
    rows: dict[tuple[str, str], Row] = {}
    long: list[str] = []
    for event in told:
        if event.of is None or event.event_id != restriction_id(event.of, salt):
            row = row_of(event, salt)
            rows[row.event_id, row.line] = row
            if len(row.line.encode("utf-8", "surrogatepass")) > bytes_for(event.kind, USUAL):
                long.append(event.event_id)
    if long:
        raise JournalError(f"too long for an event: {few(long)}; nothing was written; shorten them")
    return list(rows.values()), len(told) - len(rows)


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
            "leave them out, or write a `corrected` event instead"
        )


def of_the_erased(opened: Connection, rows: Sequence[Row], salt: bytes) -> set[str]:
    """The ids of the rows to keep out: of an erased person, or about nobody but an erased event; they are noted too.

    What was about such an event before it came, and could not be known to be, is removed.
    """
    persons = {row.who for row in rows if row.who is not None}
    told = {name for row in rows if row.who is None for name in (*row.ids, row.about) if name}
    names = {name: token("event", name, salt) for name in told}
    until = erased_until(opened, sorted({*persons, *names.values()}))
    out = {row.event_id: until[row.who] for row in rows if row.who in until and row.at <= until[row.who]}
    gone = {name: until[made] for name, made in names.items() if made in until}
    gone |= {name: out[row.event_id] for row in rows if row.event_id in out for name in row.ids}
    n_before = -1
    while n_before < len(out):
        n_before = len(out)
        for row in rows:
            held = next((gone[name] for name in (row.about, *row.ids) if name in gone), "")
            if row.who is None and row.at <= held:
                out[row.event_id] = held
                gone.update(dict.fromkeys(row.ids, held))
    remove_followers(opened, gone)
    for held in sorted(set(gone.values())):
        bury(opened, [token("event", name, salt) for name in sorted(gone) if gone[name] == held], held)
    return set(out)


def remove_followers(opened: Connection, gone: dict[str, str]) -> None:
    """Remove the rows that are about nobody but an erased event, and what is about those; their names join `gone`."""
    waiting = sorted(gone)
    while waiting:
        found = [row for row in rows_about(opened, waiting) if row.at <= gone[str(row.about)]]
        remove_rows(opened, EVENTS.c.event_id, [row.event_id for row in found])
        note_change(opened, EVENTS, [], [row.digest for row in found])
        told = {name: gone[str(row.about)] for row in found for name in row.ids}
        waiting = sorted(set(told) - set(gone))
        gone.update(told)
        if found:
            note_unswept(opened)
