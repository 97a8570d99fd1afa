"""What cannot be read back is never acknowledged: events that a copy, or a class of somebody else, put past the checks."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from tests.journal.test_journal import corrected
from tests.learning.story import consent, event, visit
from wor_match.domain.event import Event, OfPerson
from wor_match.domain.kinds import Contacted, Visited
from wor_match.errors import EventError, JournalError
from wor_match.journal import Appended, Journal, read_events, write_events
from wor_match.journal.read_back import reads_back

AT = datetime(2026, 3, 1, 10, tzinfo=UTC)
ELSEWHERE = AT.astimezone(timezone(timedelta(hours=5)))
FINE = visit(1, event_id="m")


class Mine(Visited):
    pass


class MineToo(Visited):
    note: str = "x"


def copied(**changed: Any) -> Event:
    return FINE.model_copy(update=changed)


WRONG = {
    "no kind": Event(event_id="m", kind="note", at=AT, source="coach"),
    "a kind by name": OfPerson(event_id="m", kind="visited", person="p1", at=AT, source="coach"),
    "subclass": Mine(**dict(FINE)),
    "subclass with more": MineToo(**dict(FINE), note="hallo"),
    "another kind": copied(kind="contacted"),
    "naive": copied(at=AT.replace(tzinfo=None)),
    "elsewhere": copied(at=ELSEWHERE),
    "no answer": copied(attended=7),
    "no pseudonym": copied(person="kanarie vogel"),
    "no id": copied(activity="GEEN ID"),
    "no JSON": copied(ratings={"click": float("nan")}),
    "no value": copied(again=lambda: "kanarie"),
    "inside a correction": corrected("m", "e0", copied(event_id="n", at=ELSEWHERE)),
    "inside a correction, no answer": corrected("m", "e0", copied(event_id="n", attended="kanarie")),
    "half": Contacted.model_construct(event_id="m", person="p1"),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_cannot_be_read_back_is_refused_by_its_id_and_without_a_warning(tmp_path: Path, wrong: Event) -> None:
    journal = Journal(f"sqlite:///{tmp_path}/journal.db")
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        with pytest.raises(JournalError) as refused:
            journal.append([visit(2), wrong])
        with pytest.raises(EventError) as unwritten:
            write_events(tmp_path / "a.jsonl", [visit(2), wrong])
    assert refused.value.sentence == (
        "cannot be read back as they are: m; nothing was written; make events with event_of() or replace()"
    )
    assert unwritten.value.sentence == (
        "event m cannot be read back as it is; nothing was written; make it with event_of()"
    )
    assert not warned
    assert journal.read() == ()
    assert not (tmp_path / "a.jsonl").exists()


def test_an_id_that_no_sentence_may_show_is_not_shown(tmp_path: Path) -> None:
    journal = Journal(f"sqlite:///{tmp_path}/journal.db")
    for odd in (copied(event_id="kanarie\nvogel"), copied(event_id=7), Contacted.model_construct()):
        with pytest.raises(JournalError, match=r"as they are: \(no readable id\);"):
            journal.append([odd])
    for none in (None, 5):
        with pytest.raises(JournalError, match="is no event"):
            journal.append(none)  # type: ignore[arg-type]  # because hosts may err


def test_whatever_is_made_in_the_usual_ways_reads_back(tmp_path: Path) -> None:
    offer = {"activity": "koor", "field": "places.free"}
    made = [
        FINE.replace(at=ELSEWHERE, event_id="z"),
        Visited(event_id="y", person="p1", at=ELSEWHERE, source="coach", activity="koor", attended=True),
        consent(),
        corrected("c1", "e0", visit(3, event_id="x", ratings={"click": 4})),
        *(
            event("offer_checked", 1, None, event_id=f"o{n}", value=value, **offer)
            for n, value in enumerate([None, 5, 5.0, -0.0, 1e15, "é", [], [1, "a", None, True], True])
        ),
        event("chosen", 2, event_id="k", activities=["a", "b"], strengths={"a": {"near": 1, "wish": 0}}),
    ]
    assert all(map(reads_back, made))
    write_events(tmp_path / "a.jsonl", made)
    assert read_events(tmp_path / "a.jsonl") == made
    assert Journal(f"sqlite:///{tmp_path}/journal.db").append(made) == Appended(len(made), 0)
