"""A disk that is full in the middle of a write: it is said, what stood there stays, and with room again it goes on.

The room ends in the way that the system ends it for a process of its own (RLIMIT_FSIZE, where the call that would go
beyond fails with EFBIG); `test_journaling.py` and `test_saving.py` let each call fail with ENOSPC.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

import wor_match as wm
from tests.faults.disk.killed import batch, who
from tests.journal.elsewhere import in_a_child
from tests.learning.test_learn import HISTORY, OURS, TOWN
from wor_match.domain.event import Event
from wor_match.errors import EventError, JournalError, ModelError, WorMatchError
from wor_match.journal import Journal, read_events, write_events

resource = pytest.importorskip("resource", reason="this system has no limits of a process")
PAGE = 4096
MANY = [event for number in range(2, 40) for event in batch(number)]
Write = Callable[[Path], object]


@contextmanager
def room(n_bytes: int) -> Iterator[None]:
    """No file may become longer than this."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def opened(path: Path) -> Journal:
    return Journal(f"sqlite:///{path}")


def appends(path: Path) -> object:
    """Many events."""
    with opened(path) as journal:
        return journal.append(MANY).new


def erases(path: Path) -> object:
    """Somebody."""
    with opened(path) as journal:
        return journal.erase(who(1)).n_events


def in_parts(path: Path) -> object:
    """Broken: a batch at a time, and a failure is kept silent."""
    with opened(path) as journal:
        for event in MANY:
            with suppress(JournalError):
                journal.append([event])
    return len(MANY)


def of_a_journal(path: Path, write: Write, n_pages: int = 5) -> Iterator[str]:
    """What is wrong when a journal has no room left: from one page on, and so many pages further each time."""
    with opened(path) as journal:
        journal.append(batch(1))
    before, length = path.read_bytes(), path.stat().st_size
    with opened(path) as journal:
        old = ids(journal.read())
    for n_bytes in range(PAGE, length + 32 * PAGE, n_pages * PAGE):
        path.write_bytes(before)
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        said = in_a_child(lambda n_bytes=n_bytes: outcome(lambda: write(path), n_bytes))
        with opened(path) as journal:
            there = ids(journal.read())
        if said[0] == "foreign":
            yield f"{n_bytes}: {said[1]}"
        elif said[0] == "done" and not done_in(write, there, old):
            yield f"{n_bytes}: said to be done, and is not"
        elif said[0] == "refused" and there != old and not done_in(write, there, old):
            yield f"{n_bytes}: refused, and {len(there)} are there where {len(old)} were"
        write(path)  # there is room again
        with opened(path) as journal:
            if not done_in(write, ids(journal.read()), old):
                yield f"{n_bytes}: with room again it does not go on"
        yield f"counted {said[0]}"


def done_in(write: Write, there: list[str], old: list[str]) -> bool:
    """Whether a journal holds what a write was to make of it."""
    if write is erases:
        return there == [name for name in old if name != "b1.0"]
    return there == sorted([*old, *(event.event_id for event in MANY)])


def ids(events: tuple[Event, ...]) -> list[str]:
    return sorted(event.event_id for event in events)


def outcome(work: Callable[[], object], n_bytes: int) -> tuple[str, str]:
    """What a write says when there is no more room than this."""
    try:
        with room(n_bytes):
            work()
    except WorMatchError as fault:
        return "refused", str(fault)
    except Exception as fault:
        return "foreign", repr(fault)
    return "done", ""


def of_a_file(path: Path, old: Write, new: Write, refusal: type[WorMatchError]) -> Iterator[str]:
    """What is wrong when a file is written anew with too little room."""
    new(path)
    after = path.read_bytes()
    old(path)
    before = path.read_bytes()
    for n_bytes in (0, 1, 4096, len(after) // 2, len(after) - 1):
        said = in_a_child(lambda n_bytes=n_bytes: outcome(lambda: new(path), n_bytes))
        if said[0] != "refused" or "cannot be written" not in said[1]:
            yield f"{n_bytes}: {said}"
        if path.read_bytes() != before:
            yield f"{n_bytes}: what stood there is gone"
        if [file for file in path.parent.iterdir() if file != path]:
            yield f"{n_bytes}: something is left beside it"
    new(path)
    if path.read_bytes() != after:
        yield "with room again it does not go on"


@pytest.mark.parametrize("n_pages", [5, pytest.param(1, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("write", [appends, erases])
def test_a_journal_without_room_says_so_and_goes_on_later(
    tmp_path: Path, write: Write, n_pages: int, figure: Callable[[str], None]
) -> None:
    said = list(of_a_journal(tmp_path / "journal.db", write, n_pages))
    assert [one for one in said if not one.startswith("counted")] == []
    counted = Counter(said)
    assert min(counted["counted refused"], counted["counted done"]) > 0
    figure(
        f"a journal that {write.__name__} with too little room, {len(said)} times: {counted['counted refused']} refused, "
        f"{counted['counted done']} done; 0 by half, all went on with room again"
    )


def test_a_journal_without_room_names_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    opened(path)
    said = in_a_child(lambda: outcome(lambda: appends(path), path.stat().st_size))
    assert said[0] == "refused"
    assert "no room left on its disk" in said[1] or "look at the disk" in said[1]


def test_a_model_without_room_says_so_and_the_old_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    taught = OURS.learn(HISTORY)
    assert list(of_a_file(path, OURS.learn([]).save, taught.save, ModelError)) == []
    wm.Matcher.load(path, TOWN)


def test_events_without_room_say_so_and_the_old_ones_stay(tmp_path: Path) -> None:
    def old(path: Path) -> None:
        write_events(path, MANY[:3])

    def new(path: Path) -> None:
        write_events(path, MANY)

    assert list(of_a_file(tmp_path / "events.jsonl", old, new, EventError)) == []
    assert read_events(tmp_path / "events.jsonl") == MANY


def test_a_full_disk_finds_who_keeps_silent(tmp_path: Path) -> None:
    assert any("said to be done, and is not" in one for one in of_a_journal(tmp_path / "journal.db", in_parts))


def test_a_full_disk_finds_who_writes_in_place(tmp_path: Path) -> None:
    def in_place(text: str) -> Any:
        return lambda path: path.write_text(text)

    assert any(
        "what stood there is gone" in one
        for one in of_a_file(tmp_path / "model.json", in_place("oud" * 3000), in_place("nieuw" * 3000), ModelError)
    )
