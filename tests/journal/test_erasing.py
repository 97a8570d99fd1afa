"""Who was erased was never there: not in the files, and not in a model."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import wor_match as wm
from tests.learning.story import asked, at, consent, stop, visit
from wor_match.domain.event import Event
from wor_match.domain.kinds import Corrected, Withdrawn
from wor_match.errors import BusyError, JournalError
from wor_match.journal import Journal, sqlite
from wor_match.journal.rows import row_of
from wor_match.journal.tables import EVENTS, add_rows, remove_rows, salt_of

PEOPLE = [f"persoon-{number}-{'x' * 20}" for number in range(4)]
GONE = PEOPLE[0]


@pytest.fixture(scope="module")
def small() -> wm.Matcher:
    return wm.Matcher(wm.load_catalogue("nieuwegein"))


def model(matcher: wm.Matcher, history: Any, path: Path) -> bytes:
    matcher.learn(history).save(path)
    return path.read_bytes()


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Visits, stops, questions and consents of four people; some corrected, some taken back, in any order."""
    activities = sorted(one.id for one in wm.load_catalogue("nieuwegein").activities)[:3]
    told: list[Event] = []
    for number in range(draw(st.integers(0, 14))):
        person, activity, day = (
            draw(st.sampled_from(PEOPLE)),
            draw(st.sampled_from(activities)),
            draw(st.integers(0, 300)),
        )
        name = f"{person}.{number}"
        make = draw(st.sampled_from(["visit", "asked", "stop", "yes", "no", "corrected", "withdrawn"]))
        plain = visit(day, person, activity, draw(st.booleans()), event_id=f"{name}.plain")
        if make == "visit":
            told.append(plain)
        elif make == "asked":
            told.append(
                asked(day, draw(st.sampled_from(["still", "never", "stopped"])), person, activity, event_id=name)
            )
        elif make == "stop":
            told.append(stop(day, person, activity).replace(event_id=name))
        elif make in ("yes", "no"):
            told.append(consent(person, day, make == "yes").replace(event_id=name))
        elif told:
            other = draw(st.sampled_from(list(told)))
            owner = other.event_id.split(".")[0]  # ids begin with whom they are about
            name = f"{owner}.{number}"
            plain = visit(day, owner, activity, event_id=f"{name}.plain")
            who = draw(st.sampled_from([owner, None]))
            if make == "corrected":
                told.append(
                    Corrected(
                        event_id=name, at=at(day), source="coach", person=who, replaces=other.event_id, event=plain
                    )
                )
            else:
                told.append(Withdrawn(event_id=name, at=at(day), source="coach", person=who, takes_back=other.event_id))
    told += [consent(person, 0).replace(event_id=f"{person}.yes") for person in PEOPLE if draw(st.booleans())]
    return draw(st.permutations(told))


def without(told: list[Event], person: str) -> list[Event]:
    """The history in which a person never was: worked out anew, by walking until nothing changes."""
    gone: set[str] = set()
    while True:
        more = {
            name
            for one in told
            if one.of == person
            or (one.of is None and getattr(one, "takes_back", getattr(one, "replaces", None)) in gone)
            for name in (one.event_id, *([one.event.event_id] if isinstance(one, Corrected) else []))
        }
        if more <= gone:
            return [one for one in told if one.event_id not in gone]
        gone |= more


@settings(
    max_examples=50,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(histories(), st.data())
def test_erased_is_never_seen(small: wm.Matcher, tmp_path: Path, told: list[Event], data: st.DataObject) -> None:
    number = len(list(tmp_path.iterdir()))
    folder = tmp_path / str(number)
    folder.mkdir()
    first = data.draw(st.integers(0, len(told)))
    with Journal(f"sqlite:///{folder}/journal.db") as journal:
        journal.append(told[:first])
        journal.erase(GONE)
        journal.append(told)  # the rest, and everything once more: a feed that knows of no erasure
        journal.erase(GONE)
        never = sorted(without(told, GONE), key=lambda one: (one.at, one.event_id))
        assert journal.read() == tuple(never)
        assert model(small, journal, tmp_path / "a.json") == model(small, never, tmp_path / "b.json")
        assert journal.append(told).new == 0
        assert not [file.name for file in folder.iterdir() if GONE.encode() in file.read_bytes()]


@settings(
    max_examples=20,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(histories())
def test_restricted_is_not_learned_from(small: wm.Matcher, tmp_path: Path, told: list[Event]) -> None:
    with Journal(f"sqlite:///{tmp_path}/{len(list(tmp_path.iterdir()))}.db") as journal:
        journal.append(told)
        journal.restrict(GONE)
        no = [consent(GONE, 1000, given=False)] if any(one.of == GONE for one in told) else []
        assert model(small, journal, tmp_path / "a.json") == model(small, [*told, *no], tmp_path / "b.json")


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
                there.append(name)
                add_rows(opened, [row_of(visit(1, person, "a" * dice.randrange(1, 60), event_id=name), salt)])
                if dice.random() < 0.2:
                    remove_rows(opened, EVENTS.c.event_id, [there.pop(dice.randrange(len(there)))])
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
    assert isinstance(told.value, BusyError) is busy
    assert journal.read() == ()


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
