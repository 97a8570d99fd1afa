"""A journal on a real PostgreSQL server: what each refusal says, and that a gone server loses nothing acknowledged."""

from __future__ import annotations

import itertools
import os
import pickle
import random
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from tests.faults.disk.killed import EACH, batch
from tests.journal.elsewhere import forked
from tests.journal.server import Server, started
from tests.learning.story import visit
from wor_match.errors import BusyError, JournalError
from wor_match.journal import Appended, Erased, Journal, appending, book, examined, postgres
from wor_match.journal.faults import code_of, error_of

EVENTS = [visit(day, f"p{day}", event_id=f"e{day}") for day in range(1, 9)]


@pytest.fixture(scope="module")
def mortal(server: Server | str) -> Iterator[Server]:
    """A server that a test may stop."""
    if isinstance(server, str):
        pytest.skip(server)
    folder = Path(tempfile.mkdtemp(prefix="wm", dir="/tmp"))
    made = started(folder)
    assert isinstance(made, Server)
    yield made
    made.stop("immediate")
    shutil.rmtree(folder, ignore_errors=True)


def test_a_wrong_password_and_a_missing_database_are_told_apart(postgres: Server) -> None:
    with pytest.raises(JournalError, match="refuses the name or the password; check both") as told:
        Journal(postgres.address("postgres", password="zeergeheim"))  # noqa: S106 — a wrong one, on purpose
    assert "zeergeheim" not in repr(told.value)
    assert told.value.__suppress_context__
    with pytest.raises(JournalError, match="does not have that database; make it with createdb"):
        Journal(postgres.address("nergens"))
    with pytest.raises(JournalError, match="refuses the name or the password"):
        Journal(postgres.address("postgres").replace("keeper:geheim", "niemand:geheim"))


@pytest.mark.parametrize(
    "option", ["foo=1", "sslmode=foo", "port=99999", "options=-c%20nonsense%3D1", "options=-c%20work_mem%3Dfoo"]
)
def test_an_option_that_nobody_knows_is_told_as_an_address_to_correct(postgres: Server, option: str) -> None:
    with pytest.raises(JournalError, match="an option in the address, or its value, is unknown; correct the address"):
        Journal(f"{postgres.address('postgres')}&{option}")


def test_where_no_server_runs_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="went away; see that it runs"):
        Journal(f"postgresql://keeper@/db?host={tmp_path}", timeout=2)
    with pytest.raises(JournalError, match="went away; see that it runs"):
        Journal("postgresql://keeper:geheim@127.0.0.1:9/db", timeout=2)


def test_a_server_that_goes_in_mid_append_loses_nothing_acknowledged(
    mortal: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = mortal.new()
    journal = Journal(address, timeout=5)
    journal.append(EVENTS[:3])
    add_rows = appending.add_rows

    def then_gone(opened: Any, rows: Any) -> int:
        n = add_rows(opened, rows)
        mortal.stop("immediate")
        return n

    monkeypatch.setattr(appending, "add_rows", then_gone)
    with pytest.raises(JournalError, match=r"append again what was not acknowledged: repeats are harmless") as told:
        journal.append(EVENTS)
    assert "geheim" not in str(told.value)
    with pytest.raises(JournalError, match="went away"):
        journal.read()
    monkeypatch.undo()
    mortal.start()
    assert journal.read() == tuple(EVENTS[:3])
    assert journal.append(EVENTS).new == 5


def named(address: str) -> str:
    """The name of a database, from its address."""
    return address.split("/")[3].split("?")[0]


def waited_for(holds: Callable[[], bool]) -> None:
    """Go on when something holds, or after ten seconds."""
    until = time.monotonic() + 10
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)


def killed_in_the_midst(server: Server, journal: Journal, begin: int, dice: random.Random) -> list[int]:
    """Which batches were acknowledged by a server that was killed while somebody appended, and then started again."""
    hearing, telling = os.pipe()

    def append() -> str:
        try:
            for number in itertools.count(begin):
                journal.append(batch(number))
                os.write(telling, f"{number}\n".encode())
        except JournalError as fault:
            return str(fault)
        raise AssertionError

    result = forked(append)
    os.close(telling)
    with os.fdopen(hearing, "rb") as heard:
        told = [heard.readline() for _ in range(dice.randrange(1, 6))]
        time.sleep(dice.uniform(0, 0.03))
        server.kill()
        assert "append again what was not acknowledged" in result()
        told += heard.readlines()
    server.start()
    return [int(number) for number in told]


def lost_by_kills(server: Server, n: int, seed: int) -> Iterator[str]:
    """What is lost, or there by half, after each of so many kills; first of all how much was acknowledged."""
    dice, journal, acknowledged = random.Random(seed), Journal(server.new(), timeout=10), set[int]()
    begin = 0
    for kill in range(n):
        acknowledged |= set(killed_in_the_midst(server, journal, begin, dice))
        there = Counter(int(event.event_id[1:].split(".")[0]) for event in journal.read())
        if lost := [number for number in acknowledged if number not in there]:
            yield f"kill {kill}: lost {len(lost)}"
        if torn := [number for number, n_events in there.items() if n_events != EACH]:
            yield f"kill {kill}: {len(torn)} by half"
        begin = max(acknowledged) + 2  # the one in between may be there too
    yield f"acknowledged {len(acknowledged):,}"


@pytest.mark.parametrize("n", [2, pytest.param(100, marks=pytest.mark.nightly)])
def test_a_server_that_is_killed_loses_nothing_acknowledged(
    mortal: Server, n: int, figure: Callable[[str], None]
) -> None:
    (told,) = lost_by_kills(mortal, n, seed=3)
    figure(f"a PostgreSQL server killed in the midst of appends, {n} times: {told} batches, 0 lost, 0 by half")


def test_the_kills_find_a_server_that_is_in_a_hurry(mortal: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken: a commit is acknowledged before it is on the disk; but for the first, which makes the tables."""
    commits = itertools.count()

    def hurried(_: object, opened: Connection) -> None:
        if next(commits):
            opened.execute(text("SET LOCAL synchronous_commit = off"))

    monkeypatch.setattr(postgres.ServerStore, "_settle", hurried)
    assert any("lost" in one for one in lost_by_kills(mortal, 5, seed=3))


def test_a_commit_is_on_the_disk_also_where_the_server_is_in_a_hurry(postgres: Server) -> None:
    address = postgres.new()
    name = named(address)
    postgres.sql(f"ALTER DATABASE {name} SET synchronous_commit = off")
    journal = Journal(address)
    with journal._open().writing() as opened:
        assert opened.execute(text("SHOW synchronous_commit")).scalar() == "on"


@pytest.mark.parametrize(
    ("name", "said"),
    [("synchronous_commit", "does not take synchronous_commit=on"), ("transaction_isolation", "READ COMMITTED")],
)
def test_a_server_that_does_not_take_a_setting_is_refused(postgres: Server, name: str, said: str) -> None:
    journal = Journal(postgres.new())
    told = {"SHOW synchronous_commit": "on", "SHOW transaction_isolation": "read committed", f"SHOW {name}": "off"}

    class Deaf:
        asked = ""

        def execute(self, asked: object) -> Deaf:
            self.asked = str(asked)
            return self

        def scalar(self) -> str:
            return told[self.asked]

    with pytest.raises(JournalError, match=said):
        journal._open()._settle(Deaf())  # type: ignore[attr-defined]  # a server's store


@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
def test_who_waited_for_an_erasure_knows_of_it_whatever_the_server_is_set_to(
    postgres: Server, level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = postgres.new()
    postgres.sql(f"ALTER DATABASE {named(address)} SET default_transaction_isolation = '{level}'")
    journal, erasing = Journal(address), book.erased
    journal.append(EVENTS)
    done = list[Appended]()
    late = threading.Thread(target=lambda: done.append(journal.append([visit(2, "p1", event_id="late")])))

    def slowly(opened: Connection, person: str) -> Erased:
        receipt = erasing(opened, person)
        late.start()
        waited_for(lambda: int(postgres.sql("SELECT count(*) FROM pg_locks WHERE NOT granted")) == 1)
        return receipt

    monkeypatch.setattr(book, "erased", slowly)
    journal.erase("p1")
    late.join()
    assert done == [Appended(0, 0, 1)]
    assert journal.read("p1") == ()


def test_who_reads_waits_no_longer_than_was_asked(postgres: Server) -> None:
    address = postgres.new()
    journal, other = Journal(address, timeout=0.2), Journal(address)
    with other._open().writing() as opened:
        opened.execute(text("LOCK TABLE wor_match_events IN ACCESS EXCLUSIVE MODE"))
        for call in (journal.read, journal.version, lambda: list(examined(address, timeout=0.2))):
            with pytest.raises(BusyError, match="is busy"):
                call()
    assert journal.read() == ()


def test_a_database_that_is_not_in_utf8_is_refused(postgres: Server) -> None:
    with pytest.raises(JournalError, match="not in UTF8"):
        Journal(postgres.new("SQL_ASCII"))


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            "UPDATE wor_match_marks SET value = '2' WHERE name = 'format'",
            "a journal of format 2; this release reads format 1: use a newer one",
        ),
        (
            "DELETE FROM wor_match_marks WHERE name = 'format'",
            "a journal of format unknown; this release reads format 1",
        ),
        ("DROP TABLE wor_match_restricted", r"tables wor_match_\* that are no journal; use another database"),
    ],
)
def test_what_is_of_another_format_or_another_program_is_told_apart(postgres: Server, sentence: str, said: str) -> None:
    address = postgres.new()
    Journal(address)
    postgres.sql(sentence, named(address))
    with pytest.raises(JournalError, match=said):
        Journal(address)


def test_who_may_not_write_is_told(postgres: Server) -> None:
    address = postgres.new()
    name = named(address)
    Journal(address)
    postgres.sql("CREATE ROLE lezer LOGIN PASSWORD 'geheim'", name)
    with pytest.raises(JournalError, match="grant this user rights on the schema and on the tables"):
        Journal(address.replace("keeper", "lezer"))


def test_busy_is_an_error_to_try_again_after(postgres: Server) -> None:
    address = postgres.new()
    one, other = Journal(address), Journal(address, timeout=0.2)
    with one._open().writing():
        with pytest.raises(BusyError, match="is busy: somebody else is writing; nothing was written; try again"):
            other.append(EVENTS)
        assert other.read() == ()
    assert other.append(EVENTS).new == len(EVENTS)


def test_without_psycopg_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_engine(*_: object, **__: object) -> None:
        raise ModuleNotFoundError("no psycopg")

    monkeypatch.setattr(postgres, "quiet_engine", no_engine)
    with pytest.raises(JournalError, match=r"needs psycopg; install wor-match\[journal\]"):
        Journal("postgresql://keeper@host/db")


class Told(Exception):  # noqa: N818 — the drivers choose their names
    """A fault as a database driver gives it."""

    def __init__(self, words: str = "", sqlstate: str | None = None) -> None:
        super().__init__(words)
        self.sqlstate = sqlstate


class OperationalError(Told):
    pass


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Told(sqlstate="53100"), "no room left"),
        (Told(sqlstate="25006"), "takes writes"),
        (Told(sqlstate="57P01"), "was stopped"),
        (Told(sqlstate="22021"), "cannot hold"),
        (Told(sqlstate="XX001"), "damaged data"),
        (Told(sqlstate="42P01"), r"cannot be used \(42P01\)"),
        (Told("geheim"), r"cannot be used \(Told\)"),
        (OperationalError("FATAL: the database system is starting up"), "was stopped"),
        (OperationalError("geheim"), "went away"),
    ],
)
def test_every_fault_has_its_sentence_and_none_repeats_the_words(fault: Told, said: str) -> None:
    with pytest.raises(JournalError, match=said) as told:
        raise error_of("the server", fault)
    assert "geheim" not in str(told.value)


@pytest.mark.parametrize("code", ["53300", "55P03", "40001", "40P01"])
def test_what_passes_is_busy(code: str) -> None:
    busy = error_of("the server", Told(sqlstate=code))
    assert type(busy) is BusyError
    assert str(pickle.loads(pickle.dumps(busy))) == str(busy)  # noqa: S301 — our own
    assert code_of(OperationalError("FATAL: sorry, too many clients already")) == "53300"
