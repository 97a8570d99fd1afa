"""Whether a journal of your own keeps what the library counts on; each promise is told in one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from wor_match.domain.event import Event
from wor_match.domain.history import settled, who_consents
from wor_match.domain.kinds import event_of
from wor_match.errors import JournalError, WorMatchError

Make = Callable[[], Any]
GONE, STAYS = "contract-gone", "contract-stays"


def check_journal(make: Make) -> None:
    """Run every promise of a journal on a class of your own.

    Parameters
    ----------
    make : callable
        Gives an empty journal each time, with ``append``, ``read``, ``damaged``, ``erase``, ``restrict``, ``lift``,
        ``export``, ``version`` and ``close`` as `Journal` has them.

    Raises
    ------
    JournalError
        When a promise is broken; the sentence names it.

    Examples
    --------
    >>> import itertools, tempfile
    >>> from wor_match.journal import Journal
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     names = (f"sqlite:///{folder}/{number}.db" for number in itertools.count())
    ...     check_journal(lambda: Journal(next(names)))
    """
    if not callable(make):
        raise JournalError("check_journal() takes a function that makes an empty journal", code="wrong-type")
    for promise, keeps in PROMISES.items():
        with emptied(make) as journal:
            try:
                kept = keeps(journal)
            except Exception as fault:  # whatever a foreign class raises breaks the promise
                raise JournalError(
                    f"this journal breaks a promise: {promise} ({type(fault).__name__})", code="journal-promise"
                ) from None
        if not kept:
            raise JournalError(f"this journal breaks a promise: {promise}", code="journal-promise")


@contextmanager
def emptied(make: Make) -> Iterator[Any]:
    """An empty journal, closed afterwards."""
    journal = make()
    try:
        if tuple(journal.read()):
            raise JournalError(
                "make() gives a journal that is not empty; give a new one each time", code="journal-promise"
            )
        yield journal
    finally:
        journal.close()


def told(number: int, person: str = GONE, day: int = 1, kind: str = "visited", **fields: Any) -> Event:
    """One invented event."""
    said = {"activity": "koor", "attended": True} if kind == "visited" else {}
    about = {"event_id": f"contract-{number}", "kind": kind, "at": f"2026-03-{day:02d}T10:00:00Z", "source": "coach"}
    return event_of({**about, **({"person": person} if person else {}), **said, **fields})


def consent(number: int, person: str) -> Event:
    """Somebody says yes to learning."""
    return told(number, person, kind="consented", purpose="learning", given=True)


def ids(events: Any) -> list[str]:
    """The ids, in the order they were given."""
    return [event.event_id for event in events]


def gives_back(journal: Any) -> bool:
    """What was appended is read, and counted as new."""
    done = journal.append([told(1), told(2)])
    return (done.new, done.known) == (2, 0) and tuple(journal.read()) == (told(1), told(2))


def knows_repeats(journal: Any) -> bool:
    """A repeat changes nothing."""
    journal.append([told(1)])
    done = journal.append([told(1), told(2)])
    return (done.new, done.known) == (1, 1) and ids(journal.read()) == ["contract-1", "contract-2"]


def refuses_contradictions(journal: Any) -> bool:
    """One id has one content, or nothing is written."""
    journal.append([told(1)])
    try:
        journal.append([told(2), told(1, attended=False)])
    except WorMatchError:
        return tuple(journal.read()) == (told(1),)
    return False


def sorts(journal: Any) -> bool:
    """By moment, then id."""
    journal.append([told(3, day=9), told(2, day=9)])
    journal.append([told(4, day=2)])
    return ids(journal.read()) == ["contract-4", "contract-2", "contract-3"]


def reads_one(journal: Any) -> bool:
    """One person alone."""
    journal.append([told(1), told(2, STAYS)])
    return ids(journal.read(person=GONE)) == ["contract-1"]


def erases(journal: Any) -> bool:
    """A person's events go, and what takes them back; nobody else's."""
    taken_back = told(3, "", kind="withdrawn", takes_back="contract-1")
    journal.append([told(1), told(2, STAYS), taken_back])
    receipt = journal.erase(GONE)
    return ids(journal.read()) == ["contract-2"] and GONE not in repr(receipt)


def stops_late_deliveries(journal: Any) -> bool:
    """What was erased does not come back."""
    journal.append([told(1), told(2, STAYS)])
    journal.erase(GONE)
    done = journal.append([told(1), told(3, day=20)])
    return done.new == 0 and ids(journal.read()) == ["contract-2"]


def restricts(journal: Any) -> bool:
    """The events stay, the consent does not, however late another yes is delivered."""
    journal.append([consent(1, GONE), consent(2, STAYS)])
    journal.restrict(GONE)
    journal.append([told(3, day=20, kind="consented", purpose="learning", given=True)])
    read = tuple(journal.read())
    return who_consents(settled(read)) == {STAYS} and {"contract-1", "contract-3"} <= set(ids(read))


def lifts(journal: Any) -> bool:
    """A restriction is taken away again, and nothing else is."""
    journal.append([consent(1, GONE), consent(2, STAYS)])
    before = journal.version()
    journal.restrict(GONE)
    journal.restrict(STAYS)
    journal.lift(STAYS)
    held = who_consents(settled(journal.read()))
    journal.lift(GONE)
    return held == {STAYS} and who_consents(settled(journal.read())) == {GONE, STAYS} and journal.version() == before


def names_no_sound_event(journal: Any) -> bool:
    """What is as it was written is not called damaged."""
    journal.append([told(1), told(2, STAYS)])
    journal.erase(GONE)
    return tuple(journal.damaged()) == ()


def exports(journal: Any) -> bool:
    """Everything about one person and nobody else, as plain values; restricted or not."""
    journal.append([told(1), told(2, STAYS)])
    journal.restrict(GONE)
    text = json.dumps(journal.export(GONE))
    return "contract-1" in text and "contract-2" not in text


def has_versions(journal: Any) -> bool:
    """A version changes with the set of events, and with nothing else."""
    empty = journal.version()
    journal.append([told(1)])
    one = journal.version()
    journal.append([told(1)])
    again = journal.version()
    journal.restrict(GONE)
    return one == again and len({empty, one, journal.version()}) == 3


def serves_threads(journal: Any) -> bool:
    """Four threads append the same and their own, and nothing is lost or doubled."""
    lists = [[told(0), *(told(100 * thread + number) for number in range(1, 6))] for thread in range(4)]
    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(journal.append, lists))
    return sum(one.new for one in done) == 21 and len(set(ids(journal.read()))) == len(tuple(journal.read())) == 21


PROMISES: dict[str, Callable[[Any], bool]] = {
    "what was appended is read back": gives_back,
    "appending again is harmless and counted as known": knows_repeats,
    "an id with other content is refused and nothing is written": refuses_contradictions,
    "events are read by moment and id": sorts,
    "one person can be read alone": reads_one,
    "erasing removes a person's events, what takes them back, and nobody else's": erases,
    "what was erased does not come back by a late delivery": stops_late_deliveries,
    "restricting keeps the events and stops the learning": restricts,
    "lifting lets people be learned from again, and only them": lifts,
    "an event that is as it was written is not called damaged": names_no_sound_event,
    "an export holds one person's events as plain values": exports,
    "a version follows from the events and restrictions alone": has_versions,
    "threads lose and double nothing": serves_threads,
}
