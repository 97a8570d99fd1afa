"""What is told late about somebody who was erased is kept out, and takes nothing of anybody else along."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journal.test_journal import corrected, ids, withdrawn
from tests.learning.story import event, visit
from wor_match.domain.event import Event
from wor_match.domain.history import settled
from wor_match.errors import JournalError
from wor_match.journal import Appended, Journal
from wor_match.journal.following import going_along
from wor_match.journal.rows import Row, row_of

SALT = b"salt"


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(f"sqlite:///{tmp_path}/journal.db")


def checked(number: int, name: str) -> Event:
    return event("offer_checked", 1, None, activity="koor", field="places.free", value=number, event_id=name)


def test_a_late_event_with_the_id_of_somebody_elses_is_refused_and_nothing_goes(
    address: Callable[[], str],
) -> None:
    """It once took the other event for erased, and removed what was about that."""
    journal = Journal(address())
    journal.append([visit(1, event_id="e1"), visit(2, "q", event_id="q1"), checked(3, "o1")])
    journal.append([withdrawn("w1", "q1"), withdrawn("w2", "o1")])
    journal.erase("p1")
    before = journal.read(), journal.version()
    for late, name in (
        (withdrawn("q1", "e1"), "q1"),
        (corrected("c9", "e1", checked(99, "o1")), "o1"),
        (visit(2, "p1", event_id="q1"), "q1"),
    ):
        with pytest.raises(JournalError, match=f"told twice with other content: {name}; nothing was written"):
            journal.append([late])
        assert (journal.read(), journal.version()) == before
        assert ids(settled(journal)) == []
    assert journal.append([withdrawn("w1", "q1"), withdrawn("w3", "q1")]) == Appended(1, 1)


def test_one_id_with_two_contents_is_refused_though_one_of_them_would_be_kept_out(journal: Journal) -> None:
    journal.append([visit(1, "q", event_id="q1")])
    journal.erase("p1")
    with pytest.raises(JournalError, match="told twice with other content: k;"):
        journal.append([visit(1, event_id="k"), visit(1, "r", event_id="k")])
    assert ids(journal.read()) == ["q1"]


def test_what_stands_on_its_own_too_does_not_go_with_a_correction_that_holds_it(journal: Journal) -> None:
    others = [checked(3, "o1"), withdrawn("w1", "o1")]
    mine = [visit(1, event_id="a1"), corrected("c1", "a1", checked(3, "o1"))]
    journal.append([*others, *mine])
    assert ids(journal.read("p1")) == ids(mine)
    assert journal.erase("p1").n_events == 2
    assert journal.append([*mine, corrected("c2", "a1", checked(3, "o1"))]) == Appended(0, 0, 3)
    assert ids(journal.read()) == ids(others)
    assert journal.append([*others, withdrawn("w2", "o1")]) == Appended(1, 2, 0)


def test_what_only_corrections_that_go_hold_goes_with_the_last_of_them(journal: Journal) -> None:
    mine = [
        visit(1, event_id="a1"),
        corrected("c1", "a1", checked(3, "o1")),
        corrected("c2", "a1", checked(3, "o1")),
        withdrawn("w1", "o1"),
    ]
    journal.append([*mine, visit(1, "q", event_id="q1")])
    assert journal.erase("p1").n_events == 4
    assert journal.append(reversed(mine)) == Appended(0, 0, 4)


def test_what_holds_longest_comes_first() -> None:
    rows = {
        one.event_id: row_of(one, SALT)
        for one in (
            visit(1, event_id="a"),
            visit(1, "q", event_id="b"),
            withdrawn("w", "a", day=100),
            corrected("c", "b", checked(1, "o")),
            corrected("d", "w", checked(1, "o"), day=100),
        )
    }
    short, long = rows["a"].at, "2100-01-01"
    assert going_along(rows.values(), {"a": short, "b": long}) == (
        {"b": long, "c": long, "a": short},
        {"b": long, "c": long, "a": short},
    )
    assert going_along(rows.values(), {"a": long, "b": short})[1] == {
        **dict.fromkeys("awd", long),
        **dict.fromkeys("bco", short),  # of one name that two tell, the shorter
    }


def test_of_a_chain_each_link_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    n, looked = 2_000, []
    first_at = Row.first_at.fget
    monkeypatch.setattr(Row, "first_at", property(lambda row: looked.append(row.event_id) or first_at(row)))
    chain = [row_of(withdrawn(f"w{i}", f"w{i - 1}"), SALT) for i in range(n)]
    assert len(going_along(chain[::-1], {"w0": "3000"})[0]) == n
    assert len(looked) == n - 1


def test_a_late_correction_does_not_bring_an_old_event_back(journal: Journal) -> None:
    old, new = visit(1, event_id="old"), visit(1, event_id="new")
    journal.append([old, visit(1, "q", event_id="q1")])  # March 2026
    journal.erase("p1")
    years_later = corrected("c1", "old", new).replace(at="2029-04-01T00:00:00Z")
    assert journal.append([years_later]) == Appended(0, 0, 1)
    back = years_later.replace(event_id="c2", event=new.replace(event_id="back", at="2029-03-01T00:00:00Z"))
    assert journal.append([back]) == Appended(1, 0, 0)


@pytest.mark.parametrize("line", ["geen json", "[]", '{"event": 5}', '{"event": {"at": "gisteren"}}', "[" * 5_000])
def test_a_damaged_correction_is_as_old_as_its_own_moment(line: str) -> None:
    assert (
        Row("c1", None, "2026-03-03T09:00:00.000000Z", "e1", "e2", line, "").first_at == "2026-03-03T09:00:00.000000Z"
    )
