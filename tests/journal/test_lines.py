"""What is no line of JSON Lines is told by its number and its reason, and a line may be just so long."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.learning.story import event, visit
from wor_match.domain.kinds import event_of
from wor_match.domain.limits import USUAL
from wor_match.errors import EventError
from wor_match.journal import read_events, write_events


def lines(path: Path, *found: bytes) -> Path:
    path.write_bytes(b"\n".join(found))
    return path


LINE = b'{"kind": "contacted", "event_id": "e%d", "person": "p1", "at": "2026-11-03T10:00:00Z", "source": "coach"}'


def problems(path: Path, **options: Any) -> list[tuple[str, str, int]]:
    with pytest.raises(EventError) as refused:
        read_events(path, **options)
    assert refused.value.sentence == f"events in {path} are refused"
    assert {(one.file, one.column) for one in refused.value.problems} == {(str(path), 1)}
    return [(one.sentence, one.code, one.line) for one in refused.value.problems]


def test_each_line_that_is_no_event_is_told_with_its_number(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", LINE % 1, b"nee", b"", b'{"kind": "x", "kind": "y"}', b"[" * 3000)
    assert problems(path) == [
        ("is no JSON object; write one event on a line", "no-json", 2),
        ("has a name twice in one object; keep one of them", "duplicate-key", 4),
        ("is no JSON object; write one event on a line", "no-json", 5),
    ]


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + LINE % 1 + b"\r\n\r\n" + LINE % 2 + b"\r\n")
    assert [one.event_id for one in read_events(path)] == ["e1", "e2"]


def test_a_line_may_be_as_long_as_its_kind_and_no_longer(tmp_path: Path) -> None:
    size = len(LINE % 1)
    limits = USUAL.model_copy(update={"event_bytes": size, "advice_bytes": size})
    for end in (b"\n", b"\r\n"):
        path = tmp_path / "a.jsonl"
        path.write_bytes(LINE % 1 + end + LINE % 2 + end)
        assert len(read_events(path, limits=limits)) == 2
        path.write_bytes(LINE % 1 + end + LINE % 2 + b" " + end + LINE % 3 + b" " * 3 * size + end + LINE % 4)
        said_ = f"is longer than {size} bytes; one event stands on a line, in codes"
        assert problems(path, limits=limits) == [(said_, "too-long", 2), (said_, "too-long", 3)]


def test_only_the_kinds_that_hold_strengths_may_be_as_long_as_an_advice(tmp_path: Path) -> None:
    limits = USUAL.model_copy(update={"event_bytes": 150, "advice_bytes": 5_000})
    chosen = event("chosen", 1, event_id="e1", strengths={f"activiteit-{n}": {"near": 0.5} for n in range(20)})
    write_events(tmp_path / "a.jsonl", [chosen, event_of({**EVENT, "event_id": "e" * 100})])
    (problem,) = problems(tmp_path / "a.jsonl", limits=limits)
    assert problem == ("is longer than 150 bytes; one event stands on a line, in codes", "too-long", 2)


EVENT = {"kind": "contacted", "event_id": "e1", "person": "p1", "at": "2026-11-03T10:00Z", "source": "coach"}


def test_what_cannot_be_read_or_written_as_lines_says_why(tmp_path: Path) -> None:
    def why(work: Any, *told: Any, **options: Any) -> str:
        with pytest.raises(EventError) as refused:
            work(*told, **options)
        return refused.value.sentence

    weg = tmp_path / "weg" / "a.jsonl"
    assert why(read_events, weg) == f"{weg} cannot be read: No such file or directory"
    assert why(write_events, weg, []) == f"{weg} cannot be written: No such file or directory"
    assert why(read_events, "a\0b") == "'a\\x00b' is no path"
    latin = lines(tmp_path / "a.jsonl", b"\xe9")
    assert why(read_events, latin) == f"{latin} is no UTF-8; save the file as UTF-8"
    none = "something among the events is no event; give the path, then events made with event_of()"
    assert why(write_events, tmp_path / "b.jsonl", ["e"]) == none
    long = event("chosen", 1, event_id="e7", strengths={f"a-{n}": {"a" * 100: 0.5} for n in range(600)})
    assert why(write_events, tmp_path / "b.jsonl", [visit(1), long]).startswith("event e7 is longer than ")
    assert not (tmp_path / "b.jsonl").exists()
    assert why(read_events, lines(tmp_path / "c.jsonl", LINE % 1), at="nu") == (
        "at is no day and no moment with a time zone; give date(2026, 11, 23)"
    )  # fmt: skip


def test_an_event_of_later_than_the_day_it_is_read_is_told_by_its_line(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", LINE % 1, LINE % 2)
    assert len(read_events(path, at=date(2026, 11, 3))) == 2
    assert {(code, line) for _, code, line in problems(path, at=date(2026, 10, 3))} == {
        ("future-moment", 1),
        ("future-moment", 2),
    }
