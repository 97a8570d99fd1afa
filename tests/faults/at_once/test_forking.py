"""A process that forks while others are at work: the child works too, and waits for nobody who is not there."""

from __future__ import annotations

import functools
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import wor_match as wm
from tests.learning.story import consent, visit
from wor_match.domain.lazy import lazy
from wor_match.errors import JournalError
from wor_match.journal import Journal, forking
from wor_match.learning import model

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
SECONDS = 20  # a child that waits for ever is killed then, by the system


def comes_back(work: Callable[[], Any], seconds: int = SECONDS) -> bool:
    """Whether a child of this process does the work."""
    child = os.fork()
    if child == 0:
        signal.alarm(seconds)
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@contextmanager
def meanwhile(work: Callable[[], Any]) -> Iterator[None]:
    """A thread that does the work again and again."""
    done = threading.Event()

    def again() -> None:
        while not done.is_set():
            work()

    thread = threading.Thread(target=again)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def value_of(kind: Any) -> tuple[type, threading.Event, threading.Event]:
    """A class whose value one thread is working out until it is told to go on."""
    begun, go_on = threading.Event(), threading.Event()

    class Town:
        @kind  # type: ignore[untyped-decorator]  # either of two
        def people(self) -> int:
            begun.set()
            return 3 if threading.current_thread() is threading.main_thread() or go_on.wait(SECONDS) else 0

    return Town, begun, go_on


def asked_in_a_child(kind: Any, seconds: int) -> bool:
    """Whether a child gets a value, forked while a thread of its parent works out that of somebody else."""
    town, begun, go_on = value_of(kind)
    thread = threading.Thread(target=lambda: town().people)
    thread.start()
    begun.wait()
    try:
        return comes_back(lambda: town().people, seconds)
    finally:
        go_on.set()
        thread.join()


def test_a_value_is_worked_out_in_a_child_while_a_thread_of_the_parent_does_so() -> None:
    assert asked_in_a_child(lazy, SECONDS)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="that lock was taken out of Python")
def test_the_lock_of_python_would_be_found() -> None:
    assert not asked_in_a_child(functools.cached_property, 1)


def test_a_child_learns_and_advises_while_a_thread_of_the_parent_does(matcher: wm.Matcher) -> None:
    people = [f"p{n}" for n in range(20)]
    told = [event for one in people for event in (consent(one), visit(3, one, "kookgroep-de-linde", True))]

    def work() -> None:
        matcher.learn(told).recommend(wm.Participant(id="p1", likes=["samen-koken"]), at=date(2026, 11, 23))

    with meanwhile(work):
        assert all(comes_back(work) for _ in range(4))


def test_who_forks_waits_for_a_fit_that_goes_on() -> None:
    order: list[str] = []
    with model.ONE_AT_A_TIME:
        forking = threading.Thread(target=lambda: order.append(f"the child: {comes_back(int)}"))
        forking.start()
        time.sleep(0.2)
        order.append("the fit")
    forking.join()
    assert order == ["the fit", "the child: True"]


@contextmanager
def a_thread_in(journal: Journal, seconds: float) -> Iterator[None]:
    """A thread of this process is in the middle of reading a journal, and stays there for so long."""
    begun = threading.Event()

    def reads() -> None:
        with journal._open().reading() as opened:
            opened.exec_driver_sql("SELECT count(*) FROM wor_match_events").all()
            begun.set()
            time.sleep(seconds)

    thread = threading.Thread(target=reads)
    thread.start()
    begun.wait()
    try:
        yield
    finally:
        thread.join()


def appended(journal: Journal, name: str) -> None:
    assert journal.append([visit(1, "kind", event_id=name)]).new == 1
    assert name in {event.event_id for event in journal.read()}


def refused(journal: Journal) -> None:
    with pytest.raises(JournalError, match="was forked while its parent was in a journal"):
        journal.read()


def test_a_fork_waits_for_the_threads_that_are_in_a_journal(tmp_path: Path) -> None:
    """SQLite's list of locks is of the whole process: a child that inherits it could write never."""
    journal = Journal(f"sqlite:///{tmp_path}/journal.db", timeout=1)
    with a_thread_in(journal, 0.3):
        assert comes_back(lambda: appended(journal, "of-the-child"))
    assert journal.append([visit(1, "kind", event_id="of-the-child")]).known == 1


def test_children_are_forked_while_threads_read_and_append(tmp_path: Path) -> None:
    journal, numbers = Journal(f"sqlite:///{tmp_path}/journal.db", timeout=20), count()
    with (
        meanwhile(lambda: appended(journal, f"t{next(numbers)}")),
        meanwhile(journal.read),
        meanwhile(lambda: Journal(f"sqlite:///{tmp_path}/journal.db", timeout=20).read()),
    ):
        assert [comes_back(lambda n=n: appended(journal, f"c{n}")) for n in range(8)] == [True] * 8  # type: ignore[misc]  # of the lambda
    there = {event.event_id for event in journal.read()}
    assert {f"c{n}" for n in range(8)} | {f"t{n}" for n in range(next(numbers))} == there
    assert journal.damaged() == ()


def test_a_child_for_which_a_fork_could_wait_no_longer_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forking, "PATIENCE", 0.05)
    journal = Journal(f"sqlite:///{tmp_path}/journal.db")

    def refused_and_so_is_a_child_of_it() -> None:
        refused(journal)
        assert comes_back(lambda: refused(journal))

    with a_thread_in(journal, 0.5):
        assert comes_back(refused_and_so_is_a_child_of_it)
        appended(journal, "of-the-parent")


def test_who_is_in_a_journal_may_come_in_again_while_another_wants_to_fork(tmp_path: Path) -> None:
    journal, done = Journal(f"sqlite:///{tmp_path}/journal.db"), list[bool]()
    thread = threading.Thread(target=lambda: done.append(comes_back(journal.read)))
    with journal._open().reading():
        thread.start()
        time.sleep(0.1)
        assert journal.read() == ()
    thread.join()
    assert done == [True]


def test_who_forks_in_the_middle_waits_for_nobody(tmp_path: Path) -> None:
    journal = Journal(f"sqlite:///{tmp_path}/journal.db")
    began = time.monotonic()
    with journal._open().reading():
        assert comes_back(lambda: refused(journal))
        assert time.monotonic() - began < forking.PATIENCE / 2
