"""Events: every kind, strict, out and in again as JSON Lines, and nothing of a person in a text or an error."""

from __future__ import annotations

import contextlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from wor_match.domain.event import Event
from wor_match.domain.kinds import KINDS, Visited, event_of
from wor_match.errors import EventError

BASE = {"event_id": "e1", "at": "2026-11-03T10:00:00+01:00", "source": "coach"}
SHOWN = {"activity": "een", "score": 0.4, "worth": 0.8, "chance": 0.5, "propensity": 1.0, "explored": False,
         "strengths": {"likes": 1.0}, "term": "zingen", "organiser": "koor"}  # fmt: skip
OWN: dict[str, dict[str, Any]] = {
    "referred": {"referrer": "gp", "practice": "pr-1", "pathway": "nieuwegein", "municipality": "Nieuwegein", "code": "Z68",
                 "reasons": ["loneliness"], "channel": "referral_service", "patient_informed": True},
    "consented": {"purpose": "learning", "given": True, "basis": "consent"},
    "contacted": {},
    "intake": {"instrument": "4d", "focus_chosen": True},
    "track": {"track": "money", "state": "first"},
    "advised": {"decision": "d1", "model": "m1", "catalogue": "c1", "seed": 0, "signals_version": "1", "n_possible": 3,
                "shown": [SHOWN]},
    "chosen": {"activities": ["een"], "by": "together", "decision": "d1", "support": ["buddy"], "strengths": {"een": {"likes": 1.0}}},
    "handed_over": {"activity": "een", "how": "introduced"},
    "visited": {"activity": "een", "attended": True, "ratings": {"welcome": 5}, "again": "yes"},
    "followed_up": {"activity": "een", "status": "stopped", "reason": "practical", "last_week": 4},
    "stopped": {"activity": "een", "on": "2026-11-03", "reason": "health"},
    "feedback_sent": {"moment": "after_intake", "channel": "mail"},
    "withdrawn": {"takes_back": "e0"},
    "offer_checked": {"activity": "een", "field": "places.free", "value": 3},
    "activity_closed": {"activity": "een"},
}  # fmt: skip
OWN["corrected"] = {
    "replaces": "e0",
    "event": {**BASE, "event_id": "e2", "kind": "visited", "person": "p1", **OWN["visited"]},
}
NO_PERSON = {"offer_checked", "activity_closed"}


def told(kind: str, **changed: Any) -> dict[str, Any]:
    person = {} if kind in NO_PERSON else {"person": "p1"}
    return {**BASE, "kind": kind, **person, **OWN[kind], **changed}


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_goes_out_and_comes_back_the_same(kind: str, tmp_path: Path) -> None:
    event = event_of(told(kind))
    wm.write_events(tmp_path / "e.jsonl", [event])
    assert wm.read_events(tmp_path / "e.jsonl") == [event]
    written = json.loads((tmp_path / "e.jsonl").read_text())
    assert set(written) == set(told(kind))
    assert written["at"] == "2026-11-03T09:00:00Z"


@pytest.mark.parametrize("kind", list(KINDS))
def test_an_event_refuses_what_it_does_not_know_and_shows_nobody(kind: str) -> None:
    assert "p1" not in repr(event_of(told(kind)))
    with pytest.raises(wm.EventError, match="no such field") as refused:
        event_of(told(kind, remark="mevrouw Jansen"))
    assert "Jansen" not in str(refused.value)
    if kind not in NO_PERSON | {"corrected", "withdrawn"}:
        with pytest.raises(wm.EventError, match="person: this is required"):
            event_of({name: value for name, value in told(kind).items() if name != "person"})


@pytest.mark.parametrize(
    ("kind", "changed", "said"),
    [
        ("visited", {"at": "2026-11-03T10:00:00"}, "no moment with a time zone"),
        ("visited", {"at": "gisteren"}, "is no moment"),
        ("visited", {"at": datetime(2026, 11, 3)}, "no moment with a time zone"),  # noqa: DTZ001 — naive on purpose
        ("visited", {"at": "1999-11-03T10:00:00Z"}, "lies outside 2000"),
        ("visited", {"person": "123456782"}, "looks like a citizen service number"),
        ("visited", {"event_id": "a b"}, "is no code"),
        ("visited", {"ratings": {"welcome": 6}}, "is above 5"),
        ("visited", {"ratings": {"sfeer": 5}}, "is not one of"),
        ("visited", {"attended": None}, "is no answer"),
        ("followed_up", {"last_week": -1}, "is below 0"),
        ("followed_up", {"status": "gone"}, "is not one of"),
        ("stopped", {"on": None}, "needs either `on` or `before`"),
        ("stopped", {"before": "2026-11-04"}, "needs either `on` or `before`"),
        ("advised", {"shown": [{**SHOWN, "chance": 1.5}]}, "is above 1"),
        ("advised", {"shown": [{**SHOWN, "strengths": {"likes": float("nan")}}]}, "no finite number"),
        ("chosen", {"outside": "kanariezingen"}, "no term of the taxonomy"),
        ("offer_checked", {"value": {"a": 1}}, "is no plain value"),
        ("corrected", {"event": {**BASE, "kind": "withdrawn", "takes_back": "e"}}, "holds a correction or a withdrawal"),
        ("corrected", {"event": {**BASE, "kind": "visited"}}, "holds an event that is refused"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_in_a_sentence(kind: str, changed: dict[str, Any], said: str) -> None:
    with pytest.raises(wm.EventError, match=said):
        event_of(told(kind, **changed))


@pytest.mark.parametrize("bad", [{}, {"kind": "gone"}, {"kind": 3}, [], None, "visited"])
def test_an_event_without_a_known_kind_is_refused(bad: Any) -> None:
    with pytest.raises(wm.EventError, match="no known kind; allowed are referred, consented"):
        event_of(bad)


def test_every_problem_of_a_file_is_told_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    lines = [
        "[",
        "",
        '{"a": 1, "a": 2}',
        json.dumps(told("visited", at="x")),
        '{"kind": "visited", "seed": NaN}',
        "x" * 70_000,
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(wm.EventError) as refused:
        wm.read_events(path)
    assert [(one.line, one.code) for one in refused.value.problems] == [
        (1, "no-json"), (3, "duplicate-key"), (4, "no-moment"), (5, "no-json"), (6, "too-long"),
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"\xff\xfe", b"\x80abc"])
def test_a_file_that_cannot_be_read_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "e.jsonl").write_bytes(content)
    for path in (tmp_path / "e.jsonl", tmp_path / "weg.jsonl", tmp_path):
        with pytest.raises(wm.EventError, match=path.name):
            wm.read_events(path)
    with pytest.raises(wm.EventError, match="cannot be written"):
        wm.write_events(tmp_path / "weg" / "e.jsonl", [])
    with pytest.raises(wm.EventError, match="no event"):
        wm.write_events(tmp_path / "e2.jsonl", [{"kind": "visited"}])  # because hosts may err
    assert not (tmp_path / "e2.jsonl").exists()


def test_what_could_not_be_read_back_is_not_written(tmp_path: Path) -> None:
    shown = {"score": 0.5, "worth": 0.5, "chance": 0.5, "strengths": {f"signal-{n}": 0.5 for n in range(200)}}
    long = event_of({**told("advised"), "shown": [{**shown, "activity": f"a{n}"} for n in range(100)]})
    with pytest.raises(wm.EventError, match="nothing was written"):
        wm.write_events(tmp_path / "e.jsonl", [long])
    assert not (tmp_path / "e.jsonl").exists()


@given(content=st.binary(max_size=60))
def test_no_bytes_end_in_a_foreign_error(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("e") / "e.jsonl"
    path.write_bytes(content)
    with contextlib.suppress(wm.EventError):
        assert all(isinstance(event, Event) for event in wm.read_events(path))


def test_an_event_is_frozen() -> None:
    event = event_of(told("visited"))
    assert isinstance(event, Visited)
    with pytest.raises(TypeError, match="frozen"):
        event.attended = False  # because it must not work
    with pytest.raises(TypeError):
        event.ratings["welcome"] = 1  # because it must not work


def corrected(**changed: Any) -> Event:
    inner = {"kind": "visited", "event_id": "v2", "at": "2026-11-03T10:00:00Z", "source": "coach", "person": "p2", "activity": "een",
             "attended": True, **changed.pop("event", {})}  # fmt: skip
    told = {
        "kind": "corrected",
        "event_id": "k",
        "at": "2026-11-03T10:00:00Z",
        "source": "coach",
        "replaces": "v1",
        "event": inner,
    }
    return event_of({**told, **changed})


def test_a_correction_is_about_one_person_and_has_an_id_of_its_own() -> None:
    assert corrected().of == "p2"
    with pytest.raises(EventError, match="somebody else"):
        corrected(person="p1")
    for same in ("v1", "k"):
        with pytest.raises(EventError, match="give its own"):
            corrected(event={"event_id": same})
    for bad in ({"kind": "nope"}, {"kind": "corrected"}, {"kind": 3}):
        with pytest.raises(EventError, match=r"no known kind|an event of its own"):
            corrected(event=bad)


@pytest.mark.parametrize("value", [float("nan"), 10**400, "\ud800", "x" * 201, "a\u202eb", float("inf"), [1, {}]])
def test_the_offer_has_plain_values(value: Any) -> None:
    told = {
        "kind": "offer_checked",
        "event_id": "o",
        "at": "2026-11-03T10:00:00Z",
        "source": "coach",
        "activity": "een",
        "field": "places.free",
    }
    assert event_of({**told, "value": 3})
    with pytest.raises(EventError, match="no plain value"):
        event_of({**told, "value": value})


@pytest.mark.parametrize("at", ["2100-12-31T23:30:00-05:00", "2000-01-01T00:30:00+01:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_must_come_back_as_it_went(at: str) -> None:
    with pytest.raises(EventError, match="lies outside"):
        event_of({"kind": "contacted", "event_id": "e", "person": "p1", "source": "coach", "at": at})
