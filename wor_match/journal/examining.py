"""Whether a journal is sound: for who asks before a night of learning, or after a fault.

Looking makes no journal where there is none, and changes nothing but what every opening of one does: an older format is
brought up to date, and an erasure that was cut short is finished.
"""

from __future__ import annotations

from collections.abc import Iterator

from wor_match.journal.faults import BACKUP, few
from wor_match.journal.looked_at import LookedAt
from wor_match.journal.opening import store_of
from wor_match.journal.rows import Row, checked
from wor_match.journal.tables import EVENTS, all_rows, amiss_in, check_erased, restricted, salt_of


def examined(url: str, *, timeout: float = 30.0) -> Iterator[LookedAt]:
    """What is found in a journal that exists: its database, its settings, its events; nobody is named.

    Parameters
    ----------
    url : str
        As `Journal` takes it.
    timeout : float
        How many seconds to wait for somebody who holds it.

    Raises
    ------
    JournalError
        When there is no journal, or it cannot be opened.
    """
    store = store_of(url, timeout, make=False)
    yield from store.facts()
    with store.reading() as opened:
        rows, salt, held = all_rows(opened), salt_of(opened), restricted(opened)
        check_erased(opened)
        amiss = amiss_in(opened, EVENTS, [row.digest for row in rows])
    yield LookedAt("events", told_of(rows))
    lost = checked(rows, salt, amiss)[1]
    yield LookedAt("damaged", f"{few(lost)}; {BACKUP}" if lost else "none", not lost)
    yield LookedAt("restricted", f"{people(len(held))}: kept, and not learned from" if held else "nobody")


def told_of(rows: list[Row]) -> str:
    """How many events of how many people, between which days."""
    days = sorted(str(row.at)[:10] for row in rows if row.sound)
    who = {row.who for row in rows if row.who is not None}
    return f"{len(rows)} of {people(len(who))}, {days[0]} to {days[-1]}" if days else f"{len(rows)}"


def people(n: int) -> str:
    """So many people, in words."""
    return "1 person" if n == 1 else f"{n} people"
