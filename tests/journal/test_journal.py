"""What a journal gives back: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.learning.story import at, consent, event, visit
from wor_match.domain.event import Event
from wor_match.domain.history import settled, who_consents
from wor_match.domain.kinds import Corrected, Withdrawn
from wor_match.errors import JournalError
from wor_match.journal import Appended, Journal

Address = Callable[[], str]


@pytest.fixture
def journal(address: Address) -> Journal:
    return Journal(address())


def withdrawn(name: str, takes_back: str, day: int = 50, person: str | None = None) -> Event:
    return Withdrawn(event_id=name, at=at(day), source="coach", takes_back=takes_back, person=person)


def corrected(name: str, replaces: str, inner: Event, day: int = 50, person: str | None = None) -> Event:
    return Corrected(event_id=name, at=at(day), source="coach", replaces=replaces, event=inner, person=person)


def ids(events: object) -> list[str]:
    return sorted(one.event_id for one in events)  # type: ignore[attr-defined]  # only events come


def test_an_id_with_other_content_is_named_and_nothing_is_written(journal: Journal) -> None:
    journal.append([visit(1, event_id="e1")])
    version = journal.version()
    with pytest.raises(JournalError, match=r"told twice with other content: e1; nothing was written"):
        journal.append([visit(9, event_id="e9"), visit(1, event_id="e1", attended=False)])
    with pytest.raises(JournalError, match=r"other content: e8;"):
        journal.append([visit(8, event_id="e8"), visit(8, event_id="e8", attended=False)])
    assert ids(journal.read()) == ["e1"]
    assert journal.version() == version


def test_an_event_inside_a_correction_counts_too(journal: Journal) -> None:
    journal.append([corrected("c1", "e1", visit(2, event_id="e2"))])
    assert journal.append([visit(2, event_id="e2")]) == Appended(1, 0)
    with pytest.raises(JournalError, match="other content: e3"):
        journal.append([visit(3, event_id="e3"), corrected("c2", "e1", visit(4, event_id="e3"))])
    with pytest.raises(JournalError, match="other content: e2"):
        journal.append([corrected("c2", "e1", visit(4, event_id="e2"))])


def test_many_events_go_in_at_once(journal: Journal) -> None:
    events = [visit(day, f"p{person}", event_id=f"{person}-{day}") for person in range(50) for day in range(1, 21)]
    assert journal.append(reversed(events)) == Appended(1000, 0)
    assert journal.append(events[:999]) == Appended(0, 999)
    assert journal.append([]) == Appended(0, 0)
    assert journal.read() == tuple(sorted(events, key=lambda one: (one.at, one.event_id)))
    assert len(journal.read("p7")) == 20


def test_what_is_no_event_or_too_long_is_refused(journal: Journal) -> None:
    with pytest.raises(JournalError, match="is no event"):
        journal.append([visit(1), "e2"])  # type: ignore[list-item]  # no event
    support = {f"activity-{number}": {"a" * 100: 0.5} for number in range(600)}
    with pytest.raises(JournalError, match="too long for an event: e1; nothing was written"):
        journal.append([event("chosen", 1, event_id="e1", strengths=support)])
    assert journal.read() == ()


def test_erasing_takes_along_what_is_about_nobody_else(journal: Journal) -> None:
    others = [
        visit(1, "p2", event_id="o1"),
        withdrawn("ow", "o1"),
        corrected("oc", "a1", visit(5, "p2", event_id="o5")),
    ]
    mine = [
        visit(1, event_id="a1"),
        withdrawn("w1", "a1"),
        withdrawn("w2", "w1"),
        corrected("c1", "a1", visit(2, event_id="a2")),
        withdrawn("w3", "a2"),
        corrected("c2", "w3", event("activity_closed", 3, None, activity="een", event_id="a3")),
        withdrawn("w4", "a3"),
    ]
    journal.append([*others, *mine])
    assert ids(journal.read("p1")) == ids(mine)
    receipt = journal.erase("p1")
    assert receipt.n_events == len(mine)
    assert "p1" not in repr(receipt)
    assert ids(journal.read()) == ids(others)
    assert journal.append([withdrawn("alone", "a2"), visit(9, "p2", event_id="o9")]) == Appended(1, 0, 1)
    others.append(visit(9, "p2", event_id="o9"))
    assert journal.append(mine) == Appended(0, 0, len(mine))
    assert journal.append([withdrawn("late", "a1"), withdrawn("later", "late")]) == Appended(0, 0, 2)
    assert journal.append([withdrawn("latest", "later")]) == Appended(0, 0, 1)
    assert journal.append(others) == Appended(0, 4, 0)
    assert journal.erase("p1") == type(receipt)(0, receipt.receipt)


def test_what_was_told_of_an_erased_event_before_it_came_goes_when_it_comes(journal: Journal) -> None:
    """Feeds come in any order: a withdrawal by nobody can stand there before the visit that it takes back."""
    others = [visit(1, "p2", event_id="o1"), withdrawn("ow", "o2")]
    chain = [
        withdrawn("w1", "a1"),
        corrected("c1", "w1", event("activity_closed", 3, None, activity="een", event_id="a3")),
    ]
    much_later = withdrawn("w9", "a1").replace(at="2040-01-01T00:00:00Z")
    journal.append([*others, *chain])
    journal.erase("p1")
    journal.append([much_later])
    assert ids(journal.read()) == ["c1", "o1", "ow", "w1", "w9"]
    assert journal.append([visit(1, event_id="a1")]) == Appended(0, 0, 1)
    assert ids(journal.read()) == ["o1", "ow", "w9"]
    assert journal.append(chain) == Appended(0, 0, 2)
    assert journal.damaged() == ()


def test_a_tombstone_holds_for_two_years_after_the_month_of_the_latest_moment(journal: Journal) -> None:
    journal.append([visit(1, "p2", event_id="e1")])  # 3 March 2026
    journal.erase("p1")
    at_the_end, after = "2028-03-31T23:59:59Z", "2028-04-01T00:00:00Z"
    late, back = (visit(1).replace(event_id=when, at=when) for when in (at_the_end, after))
    assert journal.append([late, back]) == Appended(1, 0, 1)
    assert ids(journal.read("p1")) == [after]
    journal.append([visit(1, "p3").replace(event_id="e4", at="2029-01-01T00:00:00Z")])
    journal.erase("p1")
    assert journal.append([back]).erased == 1


def test_erasing_again_never_shortens_a_tombstone(journal: Journal) -> None:
    journal.append([visit(1, "p2", event_id="e1"), visit(1).replace(at="2030-01-01T00:00:00Z")])
    journal.erase("p1")
    journal.erase("p1")
    assert journal.append([visit(1).replace(at="2031-12-31T00:00:00Z")]) == Appended(0, 0, 1)


def test_in_an_empty_journal_a_tombstone_holds_for_ever(journal: Journal) -> None:
    assert journal.erase("p1").n_events == 0
    assert journal.append([visit(1).replace(at="2100-12-31T23:59:59Z")]) == Appended(0, 0, 1)


def test_a_restriction_stops_the_learning_however_late_a_consent_comes(journal: Journal) -> None:
    inner = event("consented", 90, purpose="learning", given=True, event_id="c9")
    journal.append([consent(), visit(1), consent("p2"), corrected("k1", "none", inner, day=60)])
    version = journal.version()
    journal.restrict("p1")
    journal.restrict("p1")
    assert who_consents(settled(journal)) == {"p2"}
    assert journal.version() != version
    (extra,) = (one for one in journal.read("p1") if one.event_id.startswith("restricted."))
    assert "p1" not in extra.event_id
    assert extra.at == inner.at
    journal.append([consent(day=400)])
    assert who_consents(settled(journal)) == {"p2"}
    assert journal.append(journal.read()) == Appended(0, 6)  # its own word is no news
    journal.lift("p1")
    assert who_consents(settled(journal)) == {"p1", "p2"}
    assert len(journal.read()) == 5


def test_who_is_erased_is_restricted_no_more(journal: Journal) -> None:
    version = journal.version()
    journal.restrict("p1")
    journal.erase("p1")
    assert journal.version() == version


def test_an_export_is_everything_of_one_person(journal: Journal) -> None:
    mine = [visit(1), withdrawn("w1", visit(1).event_id), consent()]
    journal.append([*mine, visit(2, "p2")])
    journal.restrict("p1")
    export = json.loads(json.dumps(journal.export("p1")))
    assert export["person"] == "p1"
    assert export["restricted"] is True
    assert sorted(one["event_id"] for one in export["events"]) == ids(mine)
    assert journal.export("p9") == {"person": "p9", "restricted": False, "events": []}


def test_a_version_is_of_the_set(address: Address) -> None:
    one, other = Journal(address()), Journal(address())
    events = [visit(day, event_id=f"e{day}") for day in range(1, 6)]
    one.append(events)
    for event_ in reversed(events):
        other.append([event_])
    assert one.version() == other.version()
    assert len(one.version()) == 24


@pytest.mark.parametrize("name", ["erase", "restrict", "lift", "export", "read"])
def test_what_is_no_pseudonym_is_refused_and_not_repeated(journal: Journal, name: str) -> None:
    for person in ("", 7, "p1 ", "p1\n", "p 1", "pé1", "p\ud800", "p" * 129, *([] if name == "read" else [None])):
        with pytest.raises(JournalError) as refused:
            getattr(journal, name)(person)
        assert refused.value.sentence == "that is no pseudonym; give the text that stands as `person` in the events"
        assert refused.value.code == "bad-pseudonym"
    getattr(journal, name)("p" * 128)


def test_a_closed_journal_says_so(journal: Journal, address: Address) -> None:
    assert repr(journal).startswith("Journal(the ")
    with journal as same:
        assert same is journal
    journal.close()
    assert repr(journal) == "Journal(closed)"
    with pytest.raises(JournalError, match="was closed; open it again"):
        journal.read()


def test_json_lines_are_read_without_a_database() -> None:
    code = "import sys; from wor_match.journal import read_events; print({'sqlalchemy', 'sqlite3'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_the_front_says_what_it_has_and_what_is_lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    import wor_match.journal as front

    assert {"Journal", "check_journal", "read_events"} <= set(dir(front))
    with pytest.raises(AttributeError, match="no attribute 'Dagboek'"):
        front.Dagboek  # noqa: B018 — asking is the point
    monkeypatch.delitem(vars(front), "Journal", raising=False)
    monkeypatch.delitem(sys.modules, "wor_match.journal.book")
    monkeypatch.setitem(front.PARTS, "Journal", "book")
    monkeypatch.setattr(front.importlib, "import_module", lacking("sqlalchemy"))
    with pytest.raises(JournalError, match=r"install wor-match\[journal\]"):
        front.Journal  # noqa: B018 — to name it loads it
    monkeypatch.setattr(front.importlib, "import_module", lacking("numpy"))
    with pytest.raises(ModuleNotFoundError):
        front.Journal  # noqa: B018 — to name it loads it


def lacking(name: str) -> Callable[[str], object]:
    def import_module(_: str) -> object:
        raise ModuleNotFoundError(f"no {name}", name=name)

    return import_module
