"""The length of an event is measured in one way: what is read can be written, and what is written can be read again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.learning.story import event
from wor_match.domain.kinds import as_line, event_of
from wor_match.domain.limits import USUAL, Limits
from wor_match.errors import EventError, JournalError
from wor_match.journal import Journal, read_events, write_events

CHECKED: dict[str, Any] = {
    "kind": "offer_checked", "event_id": "o1", "at": "2026-03-01T10:00:00Z", "source": "coach", "activity": "koor",
    "field": "places.free",
}  # fmt: skip


def of_size(size: int) -> dict[str, Any]:
    """An event that has so many bytes on its line as it is written."""
    told = {**CHECKED, "value": ["x" * 190] * 20}
    over = len(json.dumps(told)) - size
    told["value"] = ["x" * 190] * 19 + ["x" * (190 - over)]
    return told


def taken(path: Path, told: dict[str, Any], line: str) -> list[bool]:
    """Whether it is read, written as lines, and written to a journal; what is read is written and read again."""
    doors = []
    path.write_text(line + "\n", encoding="utf-8")
    made = event_of(told)
    for door in (
        lambda: read_events(path),
        lambda: write_events(path.with_name("b.jsonl"), [made]),
        lambda: Journal(f"sqlite:///{path}.db").append([made]),
    ):
        try:
            door()
            doors.append(True)
        except (EventError, JournalError) as fault:
            doors.append("longer than 4000" not in str(fault) and "too long for an event" not in str(fault))
    if doors[1]:
        assert read_events(path.with_name("b.jsonl")) == [made]
    return doors


@pytest.mark.parametrize("over", [0, 1])
@pytest.mark.parametrize("separators", [None, (",", ":")])
def test_every_door_takes_the_same_lengths(tmp_path: Path, over: int, separators: tuple[str, str] | None) -> None:
    told = of_size(USUAL.event_bytes + over)
    assert len(as_line(event_of(told))) == USUAL.event_bytes + over
    assert taken(tmp_path / "a.jsonl", told, json.dumps(told, separators=separators)) == [not over] * 3


def test_a_number_that_is_longer_as_it_is_written_is_measured_so(tmp_path: Path) -> None:
    told = {**CHECKED, "value": [1e15] * 20}
    short = json.dumps({**told, "value": []}).replace("[]", f"[{','.join(['1e15'] * 20)}]")
    (path := tmp_path / "a.jsonl").write_text(short)
    size = len(as_line(event_of(told)))
    assert 1.5 * len(short) < size
    assert len(read_events(path, limits=Limits(event_bytes=size))) == 1
    with pytest.raises(EventError, match=f"is longer than {size - 1} bytes"):
        read_events(path, limits=Limits(event_bytes=size - 1))


@pytest.mark.parametrize("over", [0, 1])
def test_what_a_correction_holds_has_the_length_of_its_own_kind(tmp_path: Path, over: int) -> None:
    told = {**CHECKED, "kind": "corrected", "event_id": "c1", "replaces": "e0", "event": of_size(4000 + over)}
    del told["activity"], told["field"]
    assert taken(tmp_path / "a.jsonl", told, json.dumps(told)) == [not over] * 3
    chosen = event("chosen", 1, event_id="e1", strengths={f"a-{n}": {"a" * 90: 0.5} for n in range(300)})
    wide = {**told, "event": json.loads(as_line(chosen))}
    assert len(json.dumps(wide)) > 30_000
    assert taken(tmp_path / "b.jsonl", wide, json.dumps(wide)) == [True] * 3


def test_limits_that_a_copy_put_past_their_bounds_are_refused_at_every_door(tmp_path: Path) -> None:
    import wor_match as wm

    (path := tmp_path / "a.jsonl").write_text("")
    for name, past in (("advice_bytes", 10**12), ("event_names", "5"), ("depth", 0)):
        for wrong in (USUAL.model_copy(update={name: past}), Limits.model_construct(**{name: past})):
            for door in (
                lambda: read_events(path, limits=wrong),  # noqa: B023 — called at once
                lambda: event_of(CHECKED, limits=wrong),  # noqa: B023 — called at once
                lambda: wm.load_catalogue("nieuwegein", limits=wrong),  # noqa: B023 — called at once
                lambda: wm.Settings(limits=wrong),  # noqa: B023 — called at once
            ):
                with pytest.raises(wm.WorMatchError, match=name):
                    door()
    assert read_events(path, limits=USUAL.model_copy(update={"event_bytes": 5})) == []
