"""Who was erased was never there: not in the files, and not in a model."""

from __future__ import annotations

import contextlib
import itertools
import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.journal.elsewhere import in_memory
from tests.journal.erasure import GONE, PEOPLE, histories, left_of_the_erased, model
from tests.learning.story import at, consent, visit
from tests.learning.test_learn import OURS
from wor_match.domain.event import Event
from wor_match.domain.kinds import Withdrawn
from wor_match.errors import BusyError, JournalError, WorMatchWarning
from wor_match.journal import Appended, Journal, appending, erasing, sqlite
from wor_match.journal.rows import row_of
from wor_match.journal.tables import UNSWEPT, add_rows, mark_of, remove_rows, salt_of
from wor_match.learning import fit

GENERATED: dict[str, Any] = {"phases": [Phase.generate], "suppress_health_check": [*HealthCheck]}


@pytest.fixture
def folder() -> Iterator[Path]:
    """Nothing here hangs on the disk."""
    with in_memory() as made:
        yield made / "journal"


@pytest.mark.parametrize("n", [50, pytest.param(5_000, marks=pytest.mark.nightly)])
def test_erased_is_never_seen(folder: Path, n: int, figure: Callable[[str], None]) -> None:
    n_gone = []

    @settings(max_examples=n, **GENERATED)
    @given(histories(), st.data())
    def never_seen(told: list[Event], data: st.DataObject) -> None:
        n_gone.append(sum(one.of == GONE for one in told))
        assert list(left_of_the_erased(OURS, folder, told, data.draw(st.integers(0, len(told))))) == []

    never_seen()
    assert len(n_gone) >= n
    figure(
        f"erased = never seen: {n:,} histories, {sum(n_gone):,} events of the person; 0 other models, 0 hits in the files"
    )


def without_tombstones(patch: pytest.MonkeyPatch) -> None:
    """Broken: nobody notes who was erased."""
    patch.setattr(erasing, "bury", lambda *_: None)
    patch.setattr(appending, "bury", lambda *_: None)


def warm(patch: pytest.MonkeyPatch) -> None:
    """Broken: a model is fitted from where the last one came to rest."""
    mode, last = fit.mode, dict[Any, Any]()

    def from_the_last(design: Any, trials: Any, beliefs: Any, dense: Any, activity: Any, close: float) -> Any:
        begin = last.get((dense.shape, activity.shape), (dense, activity))
        found = mode(design, trials, beliefs, *begin, close)
        last[dense.shape, activity.shape] = found[:2]
        return found

    patch.setattr(fit, "mode", from_the_last)


def unswept(patch: pytest.MonkeyPatch) -> None:
    """Broken: rows are removed and the file is left as it is, bytes and all."""
    patch.setattr(sqlite.FileStore, "sweep", lambda _: None)
    patch.setitem(sqlite.SAFE, "secure_delete", ("OFF", 0))


@pytest.mark.parametrize(
    ("broken", "found"),
    [
        (without_tombstones, "came back"),
        (warm, "the model is another"),
        (unswept, "the pseudonym stands in journal.db"),
    ],
)
def test_the_histories_find_what_is_broken(
    folder: Path, monkeypatch: pytest.MonkeyPatch, broken: Callable[[pytest.MonkeyPatch], None], found: str
) -> None:
    broken(monkeypatch)
    told: list[str] = []

    @settings(max_examples=200, **GENERATED)
    @given(histories(), st.data())
    def until_found(events: list[Event], data: st.DataObject) -> None:
        if not any(found in one for one in told):
            told.extend(left_of_the_erased(OURS, folder, events, data.draw(st.integers(0, len(events)))))

    until_found()
    assert any(found in one for one in told), set(told)


@settings(max_examples=20, **GENERATED)
@given(histories())
def test_restricted_is_not_learned_from(tmp_path: Path, told: list[Event]) -> None:
    with Journal(f"sqlite:///{tmp_path}/{len(list(tmp_path.iterdir()))}.db") as journal:
        journal.append(told)
        journal.restrict(GONE)
        no = [consent(GONE, 1000, given=False)] if any(one.of == GONE for one in told) else []
        assert model(OURS, journal, tmp_path / "a.json") == model(OURS, [*told, *no], tmp_path / "b.json")


def test_no_byte_stays_though_pages_were_split_and_rows_went(tmp_path: Path) -> None:
    people = [f"naam-{number}-van-iemand" for number in range(40)]
    events = [
        visit(day, person, event_id=f"{person}.{'q' * (day * 37 % 90)}.{day}")
        for day, person in itertools.product(range(1, 31), people)
    ]
    with Journal(f"sqlite:///{tmp_path}/journal.db") as journal:
        for start in range(0, len(events), 97):
            journal.append(events[start::13][:97])
        journal.append(events)
        for person in people[::3]:
            assert journal.erase(person).n_events == 30
            for file in tmp_path.iterdir():
                assert person.encode() not in file.read_bytes(), file.name
        assert len(journal.read()) == 26 * 30


@pytest.mark.parametrize("seed", [116, 209])  # 2 of 400: what secure_delete alone leaves in a page that was rebuilt
def test_no_byte_stays_where_secure_delete_alone_leaves_some(tmp_path: Path, seed: int) -> None:
    dice, there = random.Random(seed), []
    with Journal(f"sqlite:///{tmp_path}/journal.db") as journal:
        with journal._open().writing() as opened:
            salt = salt_of(opened)
            for n in range(dice.randrange(100, 500)):
                person = f"naam-{dice.randrange(12):02d}-van-iemand"
                name = f"{dice.randrange(10**6)}.{person}.{n}"
                there.append(row_of(visit(1, person, "a" * dice.randrange(1, 60), event_id=name), salt))
                add_rows(opened, there[-1:])
                if dice.random() < 0.2:
                    remove_rows(opened, [there.pop(dice.randrange(len(there)))])
        journal.erase("naam-03-van-iemand")
        assert b"naam-03-van-iemand" not in (tmp_path / "journal.db").read_bytes()


def test_an_erasure_that_was_cut_short_is_finished_at_the_next_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"sqlite:///{tmp_path}/journal.db"
    journal = Journal(address)
    journal.append([visit(day, GONE) for day in range(1, 9)])
    swept: list[str] = []
    with monkeypatch.context() as patched:
        patched.setattr(sqlite.FileStore, "sweep", lambda _: swept.append("killed"))
        journal.erase(GONE)
    assert swept == ["killed"]
    sweep = sqlite.FileStore.sweep
    monkeypatch.setattr(sqlite.FileStore, "sweep", lambda store: swept.append("done") or sweep(store))
    Journal(address)
    Journal(address)
    assert swept == ["killed", "done"]


@pytest.mark.parametrize("busy", [True, False])
def test_an_erasure_that_cannot_be_finished_now_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, busy: bool
) -> None:
    journal = Journal(f"sqlite:///{tmp_path}/journal.db")
    journal.append([visit(1, GONE)])

    def fails(_: Path) -> list[Path]:
        raise BusyError("busy") if busy else OSError("disk")

    monkeypatch.setattr(sqlite, "copies_of", fails)
    with pytest.raises(JournalError, match=r"has erased somebody, but .* open it again to finish") as told:
        journal.erase(GONE)
    assert type(told.value) is JournalError  # BusyError would say that nothing was written
    assert journal.read() == ()
    with pytest.raises(BusyError if busy else JournalError, match="bytes may remain"):
        Journal(f"sqlite:///{tmp_path}/journal.db")
    monkeypatch.undo()
    assert journal.erase(GONE).n_events == 0
    with journal._open().reading() as opened:
        assert mark_of(opened, UNSWEPT) is None


def test_what_is_appended_while_the_file_cannot_be_swept_is_acknowledged_with_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A withdrawal of an event that nobody knew goes when the event turns out to be of somebody who was erased."""
    journal = Journal(f"sqlite:///{tmp_path}/journal.db", timeout=0.2)
    journal.append([visit(1, GONE), visit(1, "other", event_id="o1")])
    journal.erase(GONE)
    journal.append([Withdrawn(event_id="w", at=at(1), source="coach", takes_back="late", person=None)])
    sweep = sqlite.FileStore.sweep

    def while_somebody_reads(store: sqlite.FileStore) -> None:
        with contextlib.closing(sqlite3.connect(store.path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM wor_match_events").fetchall()
            sweep(store)

    monkeypatch.setattr(sqlite.FileStore, "sweep", while_somebody_reads)
    for told, done in (
        ([visit(1, GONE, event_id="late"), visit(2, "other", event_id="o2")], Appended(1, 0, 1)),
        ([visit(3, "other", event_id="o3")], Appended(1, 0, 0)),
    ):
        with pytest.warns(WorMatchWarning, match="was written to, but .* may remain until the next") as warned:
            assert journal.append(told) == done
        assert warned[0].filename == __file__
    assert [event.event_id for event in journal.read()] == ["o1", "o2", "o3"]
    monkeypatch.undo()
    journal.append([visit(4, "other", event_id="o4")])
    with journal._open().reading() as opened:
        assert mark_of(opened, UNSWEPT) is None


def test_a_sweep_does_not_end_the_note_of_who_is_erased_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"sqlite:///{tmp_path}/journal.db"
    journal, other = Journal(address), Journal(address)
    store, copies = journal._open(), sqlite.copies_of

    def erased_meanwhile(path: Path) -> list[Path]:
        monkeypatch.setattr(sqlite, "copies_of", copies)
        with monkeypatch.context() as patched:
            patched.setattr(sqlite.FileStore, "sweep", lambda _: None)  # that process is killed
            other.erase("other")
        return []

    monkeypatch.setattr(sqlite, "copies_of", erased_meanwhile)
    journal.erase(GONE)
    with store.reading() as opened:
        assert mark_of(opened, UNSWEPT) is not None


def test_a_receipt_is_of_one_person_in_one_journal(address: Callable[[], str]) -> None:
    one, other = Journal(address()), Journal(address())
    receipts = {one.erase(GONE).receipt, one.erase(PEOPLE[1]).receipt, other.erase(GONE).receipt}
    assert len(receipts) == 3
    assert one.erase(GONE).receipt in receipts
    assert all(len(receipt) == 32 for receipt in receipts)


def test_two_years_after_a_leap_day_is_the_end_of_february(tmp_path: Path) -> None:
    journal = Journal(f"sqlite:///{tmp_path}/journal.db")
    journal.append([visit(1, "p2").replace(at="2028-02-29T12:00:00Z")])
    journal.erase("p1")
    days = {"2030-02-28T23:00:00Z": 1, "2030-03-01T00:00:00Z": 0}
    for when, n_erased in days.items():
        assert journal.append([visit(1).replace(event_id=when, at=when)]).erased == n_erased, when
