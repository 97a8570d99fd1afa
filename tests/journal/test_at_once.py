"""Many at once: writers and readers in processes and threads, and children of a fork; nothing is lost or doubled."""

from __future__ import annotations

import contextlib
import itertools
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from tests.journal.elsewhere import forked
from tests.learning.story import visit
from wor_match.domain.event import Event
from wor_match.errors import BusyError, JournalError
from wor_match.journal import Journal

Address = Callable[[], str]
T = TypeVar("T")
WRITERS, EACH, READERS = 8, 100, 2
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")


def mine(writer: int) -> list[Event]:
    return [visit(day % 300, f"p{writer}", event_id=f"{writer}-{day}") for day in range(EACH)]


def test_eight_writers_and_two_readers_lose_and_double_nothing(address: Address, figure: Callable[[str], None]) -> None:
    place = address()
    Journal(place).close()
    stop, told_to_stop = os.pipe()

    def write(writer: int) -> int:
        journal, shared = Journal(place, timeout=60), visit(1, "shared", event_id="shared")
        done = [journal.append([event, shared]) for event in mine(writer)]
        return sum(one.new for one in done)

    def read() -> int:
        journal, n_read, seen = Journal(place, timeout=60), 0, 0
        os.set_blocking(stop, False)
        while True:
            try:
                if os.read(stop, 1):
                    return n_read
            except BlockingIOError:
                pass
            now = len(journal.read())
            assert now >= seen, "an event that was read has gone"
            n_read, seen = n_read + 1, now

    readers = [forked(read) for _ in range(READERS)]
    writers = [forked(lambda writer=writer: write(writer)) for writer in range(WRITERS)]
    n_new = [done() for done in writers]
    os.write(told_to_stop, b"x" * READERS)
    n_read = [done() for done in readers]
    found = [event.event_id for event in Journal(place).read()]
    assert sum(n_new) == WRITERS * EACH + 1
    assert sorted(found) == sorted([*(event.event_id for one in range(WRITERS) for event in mine(one)), "shared"])
    assert min(n_read) > 0
    figure(
        f"journal on {place.split(':')[0]}: {WRITERS} x {EACH} appends, {sum(n_read)} reads meanwhile, 0 lost, 0 double"
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
            for event in mine(number)[:20]:
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
        return sum(until_free(lambda event=event: journal.append([event])).new for event in mine(writer)[:25])

    children = [forked(lambda n=n: write(n)) for n in range(4)]
    assert [child() for child in children] == [25] * 4
    assert len(Journal(place).read()) == 100
