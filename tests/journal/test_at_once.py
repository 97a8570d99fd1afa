"""Many at once: writers and readers in processes and threads, and children of a fork; nothing is lost or doubled."""

from __future__ import annotations

import contextlib
import itertools
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection, text

from tests.journal.elsewhere import forked
from tests.journal.hammer import hammered, mine
from tests.learning.story import visit
from wor_match.domain.event import Event
from wor_match.errors import BusyError, JournalError
from wor_match.journal import Appended, Journal, postgres
from wor_match.journal.faults import told_plainly
from wor_match.journal.sqlite import FileStore

Address = Callable[[], str]
T = TypeVar("T")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")


@pytest.mark.parametrize(
    ("writers", "each"), [(8, 20), pytest.param(8, 1_000, marks=pytest.mark.nightly)], ids=["small", "full"]
)
def test_writers_and_readers_lose_and_double_nothing(
    address: Address, writers: int, each: int, figure: Callable[[str], None]
) -> None:
    place = address()
    found = hammered(lambda: Journal(place, timeout=60), writers, each, readers=2)
    assert (found.lost, found.twice, found.n_amiss, found.n_refused) == (0, 0, 0, 0)
    assert min(found.n_reads) > 0
    figure(
        f"journal on {place.split(':')[0]}: {writers} x {each:,} appends, {sum(found.n_reads):,} reads meanwhile, 0 lost, "
        f"0 double; {found.figures}"
    )


def deferred(patch: pytest.MonkeyPatch) -> None:
    """Broken: SQLite is only told that somebody will write when they do."""

    @contextlib.contextmanager
    def writing(self: FileStore, **_: bool) -> Iterator[Connection]:
        with told_plainly(self.place), self.engine.connect() as opened:
            opened.exec_driver_sql("BEGIN")
            yield opened
            opened.commit()

    patch.setattr(FileStore, "writing", writing)


def unlocked(patch: pytest.MonkeyPatch) -> None:
    """Broken: PostgreSQL's lock is another for everybody."""
    patch.setattr(postgres, "text", lambda told: text(told.replace(":lock", ":lock + pg_backend_pid()")))


@pytest.mark.parametrize("broken", [deferred, unlocked])
def test_the_hammer_finds_who_does_not_wait_its_turn(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: Any
) -> None:
    """Where all wait for their turn nobody is refused, and nobody has to try again within a minute."""
    place = request.getfixturevalue("postgres").new() if broken is unlocked else f"sqlite:///{tmp_path}/journal.db"
    Journal(place)
    broken(monkeypatch)
    found = hammered(lambda: Journal(place, timeout=60), writers=4, each=15, readers=0)
    assert found.n_busy + found.n_refused + found.n_amiss + found.lost > 0


class LooksThenWrites(Journal):
    """Broken: it looks what is there, and then writes as if nobody else did."""

    def append(self, events: Iterable[Event]) -> Appended:
        told = list(events)
        there = {event.event_id for event in self.read()}
        new = [event for event in told if event.event_id not in there]
        threading.Event().wait(0.05)  # so that others come in between on a busy machine too
        super().append(new)
        return Appended(len(new), len(told) - len(new))


def test_the_hammer_finds_who_looks_and_then_writes(address: Address) -> None:
    places = (address() for _ in range(20))
    assert any(
        hammered(lambda place=place: LooksThenWrites(place, timeout=60), writers=4, each=1, readers=0).twice
        for place in places
    )


def test_a_child_of_a_fork_writes_in_the_same_journal(address: Address) -> None:
    journal = Journal(address())
    journal.append([visit(1, event_id="parent")])
    child = forked(lambda: journal.append([visit(2, event_id="child")]).new)
    journal.append([visit(3, event_id="meanwhile")])
    assert child() == 1
    assert {event.event_id for event in journal.read()} == {"parent", "child", "meanwhile"}


def test_two_who_make_the_same_journal_make_one(address: Address) -> None:
    for _ in range(3):
        place = address()
        children = [
            forked(lambda n=n, place=place: Journal(place).append([visit(n, event_id=f"e{n}")]).new) for n in range(4)
        ]
        assert [child() for child in children] == [1, 1, 1, 1]
        assert len(Journal(place).read()) == 4


def test_threads_share_a_journal_while_somebody_is_erased(address: Address) -> None:
    journal, faults = Journal(address()), []

    def work(number: int) -> None:
        try:
            for event in mine(number, 20):
                journal.append([event])
                journal.read(f"p{number}")
        except JournalError as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    journal.erase("p0")
    for thread in threads:
        thread.join()
    journal.erase("p0")
    assert not faults
    assert {event.of for event in journal.read()} == {"p1", "p2", "p3"}
    assert len(journal.read()) == 60


def test_who_finds_it_busy_may_try_again_until_it_is_written(tmp_path: Path) -> None:
    place = f"sqlite:///{tmp_path}/journal.db"
    Journal(place)

    def until_free(work: Callable[[], T]) -> T:
        for _ in itertools.count():
            with contextlib.suppress(BusyError):
                return work()
        raise AssertionError

    def write(writer: int) -> int:
        journal = until_free(lambda: Journal(place, timeout=0.001))
        return sum(until_free(lambda event=event: journal.append([event])).new for event in mine(writer, 25))

    children = [forked(lambda n=n: write(n)) for n in range(4)]
    assert [child() for child in children] == [25] * 4
    assert len(Journal(place).read()) == 100
