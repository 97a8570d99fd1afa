"""What an event holds at most: just inside is taken, just outside is refused by its own code, and told without a value."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import wor_match as wm
from wor_match.domain.event import Event
from wor_match.domain.kinds import KINDS, event_of
from wor_match.domain.limits import USUAL, Limits

CALL: dict[str, Any] = {
    "kind": "contacted", "event_id": "e1", "person": "kanarie7", "at": "2026-11-20T10:00:00+01:00", "source": "coach",
}  # fmt: skip
VISIT = {**CALL, "kind": "visited", "activity": "koor", "attended": True}


def code_of(read: Callable[[], Any]) -> str:
    """The code of the one fault."""
    with pytest.raises(wm.EventError) as refused:
        read()
    (problem,) = refused.value.problems
    assert "kanarie" not in str(refused.value)
    return problem.code


def advised(strengths: int) -> dict[str, Any]:
    """An advice of ten suggestions with so many strengths each."""
    shown = {"score": 0.5, "worth": 0.5, "chance": 0.5, "strengths": {f"signal-{n}": 0.5 for n in range(strengths)}}
    more = {"decision": "d", "model": "m", "catalogue": "c", "seed": 0, "signals_version": "1", "n_possible": 10}
    return {**CALL, "kind": "advised", **more, "shown": [{**shown, "activity": f"a{n}"} for n in range(10)]}


def padded(told: Mapping[str, Any], size: int) -> str:
    """The event as a line of so many bytes."""
    line = json.dumps(told)
    return line[:-1] + " " * (size - len(line)) + "}"


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
@pytest.mark.parametrize(("told", "most"), [(CALL, USUAL.event_bytes), (advised(20), USUAL.advice_bytes)])
def test_a_line_has_so_many_bytes_and_an_advice_more(told: dict[str, Any], most: int, end: str, tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    path.write_text("\ufeff" + padded(told, most) + end, encoding="utf-8", newline="")
    assert len(wm.read_events(path)) == 1
    path.write_text("\ufeff" + padded(told, most + 1) + end, encoding="utf-8", newline="")
    assert code_of(lambda: wm.read_events(path)) == "too-long"


def test_a_line_without_end_is_told_and_the_next_is_read_at_its_own_number(tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    path.write_text("x" * 5_000_000 + "\n" + json.dumps(CALL) + "\n" + json.dumps({**CALL, "at": "x"}))
    with pytest.raises(wm.EventError) as refused:
        wm.read_events(path)
    assert [(one.line, one.code) for one in refused.value.problems] == [(1, "too-long"), (3, "no-moment")]


@pytest.mark.parametrize(("name", "told"), [("event_bytes", CALL), ("advice_bytes", advised(13))])
def test_the_bytes_of_a_line_follow_the_limits(name: str, told: dict[str, Any], tmp_path: Path) -> None:
    (path := tmp_path / "e.jsonl").write_text(json.dumps(told) + "\n")
    size, narrow = len(json.dumps(told)), {"event_bytes": 1}
    assert len(wm.read_events(path, limits=Limits(**{**narrow, name: size}))) == 1
    assert code_of(lambda: wm.read_events(path, limits=Limits(**{**narrow, name: size - 1}))) == "too-long"


def test_an_event_has_so_many_names_before_any_is_looked_at() -> None:
    assert event_of(CALL, limits=Limits(event_names=len(CALL)))
    assert code_of(lambda: event_of(CALL, limits=Limits(event_names=len(CALL) - 1))) == "too-many-names"
    assert code_of(lambda: event_of({f"n{n}": n for n in range(USUAL.event_names + 1)})) == "too-many-names"
    assert max(len(kind.model_fields) for kind in KINDS.values()) <= USUAL.event_names


@pytest.mark.parametrize("name", ["event_id", "person", "reporter"])
def test_an_id_has_so_many_characters(name: str) -> None:
    limits = Limits(id_characters=20)
    assert event_of({**CALL, name: "k" * 20}, limits=limits)
    assert code_of(lambda: event_of({**CALL, name: "k" * 21}, limits=limits)) == "too-long"
    assert event_of({**CALL, name: "k" * USUAL.id_characters})
    with pytest.raises(wm.EventError, match=r"bad-(code|pseudonym)"):
        event_of({**CALL, name: "k" * (USUAL.id_characters + 1)})


def test_an_event_lies_in_the_first_year_or_later() -> None:
    limits = Limits(first_year=2015)
    assert event_of({**CALL, "at": "2015-01-01T00:00:00Z"}, limits=limits)
    assert code_of(lambda: event_of({**CALL, "at": "2014-12-31T23:59:59Z"}, limits=limits)) == "far-moment"
    assert event_of({**CALL, "at": "2000-01-01T00:00:00Z"})
    assert code_of(lambda: event_of({**CALL, "at": "1999-12-31T23:59:59Z"})) == "far-moment"


@pytest.mark.parametrize(("at", "fits", "beyond"), [
    (datetime(2026, 11, 20, 9, tzinfo=UTC), "2026-11-21T10:00:00+01:00", "2026-11-21T10:00:01+01:00"),
    (date(2026, 11, 20), "2026-11-21T23:59:59Z", "2026-11-22T00:00:00Z"),
])  # fmt: skip
def test_an_event_lies_at_most_a_day_after_it_is_told(at: date, fits: str, beyond: str, tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    assert event_of({**CALL, "at": fits}, at=at)
    path.write_text(json.dumps({**CALL, "at": beyond}))
    assert code_of(lambda: wm.read_events(path, at=at)) == "future-moment"
    assert len(wm.read_events(path, at=at, limits=Limits(days_ahead=2))) == 1
    assert len(wm.read_events(path)) == 1, "without a day nothing is known about what is ahead"


def test_the_day_of_the_call_needs_a_time_zone(tmp_path: Path) -> None:
    (tmp_path / "e.jsonl").write_text("")
    for wrong in (datetime(2026, 11, 20), "2026-11-20"):  # noqa: DTZ001 — that is the point
        with pytest.raises(wm.EventError, match="at is no day"):
            wm.read_events(tmp_path / "e.jsonl", at=wrong)  # type: ignore[arg-type]  # because hosts may err


def test_what_a_correction_holds_has_the_same_limits() -> None:
    inner = {**VISIT, "event_id": "e" * 30}
    told = {**CALL, "kind": "corrected", "event_id": "c1", "replaces": "e0", "event": inner}
    assert isinstance(event_of(told), Event)
    with pytest.raises(wm.EventError, match=r"too-long event\.event_id"):
        event_of(told, limits=Limits(id_characters=20))


@pytest.mark.parametrize("wrong", [None, 5, {"event_bytes": 5}])
def test_what_are_no_limits_is_refused_at_every_door_of_events(wrong: Any, tmp_path: Path) -> None:
    told = {"kind": "contacted", "event_id": "e1", "person": "p1", "at": "2026-11-03T10:00:00Z", "source": "coach"}
    for door in (lambda: event_of(told, limits=wrong), lambda: wm.read_events(tmp_path / "no.jsonl", limits=wrong)):
        with pytest.raises(wm.WorMatchError, match=r"^limits takes a Limits, such as"):
            door()
