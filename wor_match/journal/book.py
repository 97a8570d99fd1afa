"""The journal: the history of outcomes, kept so that what was acknowledged is not lost and what was erased is gone.

The journal is the truth and a model only a cache of it. It never reads the clock and knows nothing of learning.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, Self

from wor_match.domain.event import Event
from wor_match.domain.forgetting import forgetful
from wor_match.domain.kinds import plain
from wor_match.errors import JournalError, WorMatchWarning
from wor_match.journal.appending import acceptable, added
from wor_match.journal.erasing import erased
from wor_match.journal.faults import BACKUP, few
from wor_match.journal.following import belonging
from wor_match.journal.opening import Store, store_of
from wor_match.journal.receipts import Appended, Erased
from wor_match.journal.refusing import of_whom_some_is_lost, refusals
from wor_match.journal.rows import CODE, Row, checked, token
from wor_match.journal.tables import (
    EVENTS,
    all_digests,
    all_rows,
    amiss_in,
    check_erased,
    restricted,
    salt_of,
    set_restricted,
)
from wor_match.journal.tally import Amiss


class Journal:
    """A history of events in a file (SQLite) or on a server (PostgreSQL); safe for threads, processes and forks.

    Parameters
    ----------
    url : str
        ``sqlite:///folder/journal.db``, or ``postgresql://name@host/database``.
    timeout : float
        Seconds to wait for somebody else who is writing.
    make : bool
        Whether a journal is made where there is none; without, a wrong address is an error and makes no file.

    Raises
    ------
    BusyError
        Here and at every call: when somebody else wrote for longer than `timeout`; try again.
    JournalError
        Here and at every call: when the database cannot be used; the sentence says what to do.

    Examples
    --------
    >>> import tempfile
    >>> from wor_match.domain.kinds import event_of
    >>> told = {"kind": "contacted", "event_id": "e1", "person": "p1", "at": "2026-11-03T10:00Z", "source": "coach"}
    >>> with tempfile.TemporaryDirectory() as folder, Journal(f"sqlite:///{folder}/journal.db") as journal:
    ...     journal.append([event_of(told)]), journal.read()
    (Appended(new=1, known=0, erased=0), (Contacted(event_id='e1', kind='contacted'),))
    """

    @forgetful
    def __init__(self, url: str, *, timeout: float = 30.0, make: bool = True) -> None:
        self._store: Store | None = store_of(url, timeout, make=make)

    @forgetful
    def append(self, events: Iterable[Event]) -> Appended:
        """Write events: on the disk when this returns, all or none, and harmless to repeat.

        Parameters
        ----------
        events : iterable of Event

        Returns
        -------
        Appended
            How many are new, were known already, or were kept out because their person was erased.

        Raises
        ------
        JournalError
            When something is no event, cannot be read back as it is, is about a restriction, or when an id stands
            there, or in these events, with other content. Nothing is written then, and the caller still holds its
            events.
        """
        told = acceptable(events)
        with self._open().writing() as opened:
            return added(opened, told)

    @forgetful
    def read(self, person: str | None = None) -> tuple[Event, ...]:
        """The events by moment and id.

        Parameters
        ----------
        person : str, optional
            A pseudonym as it stands in the events: theirs alone, with what corrects or takes them back.

        Notes
        -----
        A damaged event is left out and named in a warning; see `damaged`. Somebody who is restricted, or of whom an
        event is damaged, has one event more, at their latest moment: no consent to learning, so that `Matcher.learn`
        leaves them out.
        """
        rows, salt, held, amiss = self._rows()
        if person is not None:
            wanted, _ = belonging(rows, checked_name(person), salt)
            rows = [row for row in rows if row.event_id in wanted or not row.sound]
        found, lost = checked(rows, salt, amiss)
        if lost:
            said = f"damaged events are left out: {few(lost)}; put back the latest backup of the journal"
            warnings.warn(WorMatchWarning(said, "journal-damaged"), stacklevel=3)  # past our own door, to who reads
            held |= of_whom_some_is_lost(rows, found, salt)
        return in_order([*found, *refusals(found, salt, held)])

    @forgetful
    def damaged(self) -> tuple[str, ...]:
        """What is not as it was written, and stays where it is: the ids of events, sorted.

        After them, in brackets, what is amiss as a whole: events that are gone, or too many. Empty when all is sound.
        """
        rows, salt, _, amiss = self._rows()
        return tuple(checked(rows, salt, amiss)[1])

    @forgetful
    def erase(self, person: str) -> Erased:
        """Remove every event of a person, and every correction or withdrawal of those; late deliveries are kept out.

        That holds for events up to two years after the latest moment in the journal. In a file no byte is left when
        this returns. A PostgreSQL server keeps bytes until VACUUM FULL, and in its log and backups until those go.

        Parameters
        ----------
        person : str
            The pseudonym, as it stands in the events.

        Returns
        -------
        Erased
            How many events went, and a receipt for a log; the pseudonym does not stand in it.

        Raises
        ------
        JournalError
            Also when the person was erased, and bytes may remain because the file could not yet be written anew.

        Notes
        -----
        A damaged event of which nobody can tell whose it is stays, and is named in a warning.
        """
        with self._open().writing(erasing=True) as opened:
            receipt, nobodys = erased(opened, checked_name(person))
        if nobodys:
            said = (
                f"damaged events stay, and nobody can tell whose they are: {few(nobodys)}; {BACKUP}; then erase again"
            )
            warnings.warn(WorMatchWarning(said, "journal-damaged"), stacklevel=3)  # past our own door, to who erases
        return receipt

    @forgetful
    def restrict(self, person: str) -> None:
        """Keep a person's events, and let nobody learn from them until `lift`.

        Parameters
        ----------
        person : str
            The pseudonym; also of somebody of whom nothing was told yet.
        """
        self._hold(person, True)

    @forgetful
    def lift(self, person: str) -> None:
        """Take a restriction away; of somebody who has none nothing changes.

        Parameters
        ----------
        person : str
            The pseudonym.
        """
        self._hold(person, False)

    @forgetful
    def export(self, person: str) -> dict[str, Any]:
        """Everything that is kept about a person, as plain values for JSON; restricted or not.

        Parameters
        ----------
        person : str
            The pseudonym, as it stands in the events.

        Returns
        -------
        dict
            ``person``: the pseudonym; ``restricted``: whether they are; ``events``: theirs, and what corrects or takes
            those back, by moment and id, each with the names of its line.

        Raises
        ------
        JournalError
            When one of the events is damaged: an incomplete answer would look complete.
        """
        rows, salt, held, amiss = self._rows()
        wanted, _ = belonging(rows, checked_name(person), salt)
        found, lost = checked([row for row in rows if row.event_id in wanted], salt, amiss)
        if lost:
            raise JournalError(
                f"damaged events of this person: {few(lost)}; put back a backup first", code="journal-damaged"
            )
        return {
            "person": person,
            "restricted": person_token(person, salt) in held,
            "events": [plain(event) for event in in_order(found)],
        }

    @forgetful
    def version(self) -> str:
        """What this set of events and restrictions is called: 24 hex digits, whatever the order they came in."""
        with self._open().reading() as opened:
            told = "\n".join([*all_digests(opened), "", *sorted(restricted(opened))])
        return sha256(told.encode()).hexdigest()[:24]

    def close(self) -> None:
        """Let go of the journal; closing twice is harmless."""
        self._store = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Journal({self._store.place if self._store else 'closed'})"

    def _open(self) -> Store:
        if self._store is None:
            raise JournalError("the journal was closed; open it again", code="journal-closed")
        return self._store

    def _rows(self) -> tuple[list[Row], bytes, set[str], Amiss | None]:
        """Everything at one moment; the connection is let go before anybody computes, else writers time out."""
        with self._open().reading() as opened:
            rows = all_rows(opened)
            check_erased(opened)
            return rows, salt_of(opened), restricted(opened), amiss_in(opened, EVENTS, [row.digest for row in rows])

    def _hold(self, person: str, held: bool) -> None:
        with self._open().writing() as opened:
            set_restricted(opened, person_token(person, salt_of(opened)), held)


def in_order(events: Sequence[Event]) -> tuple[Event, ...]:
    """By moment, then id."""
    return tuple(sorted(events, key=lambda event: (event.at, event.event_id)))


def checked_name(person: object) -> str:
    """The pseudonym, when it has the form of one; any other name is in no event, and nobody would be erased by it."""
    if not isinstance(person, str) or not CODE.fullmatch(person):
        raise JournalError(
            "that is no pseudonym; give the text that stands as `person` in the events", code="bad-pseudonym"
        )
    return person


def person_token(person: object, salt: bytes) -> str:
    """What stands for a person in this journal."""
    return token("person", checked_name(person), salt)
