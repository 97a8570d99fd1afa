"""A journal through kills, failing calls and power cuts: what was acknowledged is there, nothing is there by half."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.disk.journaling import BATCHES, EACH, ERASED
from tests.faults.disk.marks import REFUSED
from tests.faults.disk.power import cuts
from tests.faults.disk.traced import CALLS, Call, Traced, needs_strace, traced
from wor_match.journal import Journal

ALL = 10**6
ERRORS = ("EIO", "ENOSPC", "EACCES", "EROFS", "EDQUOT")
KILLS, FAILURES = 30, 30  # with those of a model, and those in real time, more than a hundred; all of them at night
pytestmark = needs_strace


def kept(folder: Path, way: str, fault: str | None = None) -> Traced:
    """A journal made and kept in a new folder, with one fault when told."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return traced("tests.faults.disk.journaling", [way, str(folder / "journal.db")], folder.parent / "trace", fault)


def acknowledged(done: Traced) -> set[str]:
    """The marks that the program passed."""
    return {call.mark for call in done.calls if call.name == "access"}


def wrong_in(folder: Path, passed: set[str]) -> list[str]:
    """What is not as it was acknowledged, in a journal that is opened again."""
    if not (folder / "journal.db").exists():
        return ["there is no journal"] if passed else []
    with Journal(f"sqlite:///{folder / 'journal.db'}") as journal:
        there = {event.event_id for event in journal.read()}
        wrong = [f"damaged {name}" for name in journal.damaged()]
        wrong += ["an erased person is there"] if "erased" in passed and journal.read(ERASED) else []
    for number in range(BATCHES):
        n = sum(f"b{number}.{k}" in there for k in range(EACH))
        gone = 1 if number == 0 else 0  # one of the first batch may be erased by then
        if n not in (0, EACH - gone, EACH) or (f"acknowledged-{number}" in passed and n < EACH - gone):
            wrong.append(f"batch {number}: {n} of {EACH} there")
    return wrong


def calls_of(folder: Path) -> list[Call]:
    """Every call between the marks, of one run without faults."""
    done = kept(folder, "ours")
    assert done.code == 0, done.said
    assert "erased" in acknowledged(done)
    assert wrong_in(folder, acknowledged(done)) == []
    return [call for call in done.calls if call.name in CALLS]


def some(places: list[Any], most: int) -> list[Any]:
    """So many of the places, spread over all of them."""
    n = min(most, len(places))
    return [places[round(at * (len(places) - 1) / max(n - 1, 1))] for at in range(n)]


def killed(folder: Path, way: str, most: int, faults: set[str]) -> Iterator[str]:
    """What is wrong after a kill at so many places: after a call was made, or before; notes each that was made."""
    places = [(call, before) for call in calls_of(folder) for before in ("", "error=EIO:")]
    for call, before in some(places, most):
        faults.add(fault := f"{call.name}:{before}signal=KILL:when={call.nth}")
        done = kept(folder, way, fault)
        wrong = wrong_in(folder, acknowledged(done))
        if wrong or done.code != -9:
            yield f"{call.name} {call.nth}: code {done.code}, {wrong}"


def failed(folder: Path, way: str, most: int, faults: set[str]) -> Iterator[str]:
    """What is wrong when a call fails once, at so many places: it says so, or all is as if nothing had failed."""
    calls = calls_of(folder)
    places = [(call, error) for error in ERRORS for call in reversed(calls)]
    for call, error in some(places, most):
        faults.add(fault := f"{call.name}:error={error}:when={call.nth}")
        done = kept(folder, way, fault)
        wrong = wrong_in(folder, acknowledged(done))
        if wrong or done.code not in (0, REFUSED):
            yield f"{call.name} {call.nth} {error}: code {done.code}, {wrong} {done.said[-300:]}"


def cut_off(folder: Path, way: str, n: int) -> list[str]:
    """What is wrong after n power cuts."""
    done, wrong = kept(folder, way), []
    assert done.code == 0, done.said
    for state, passed in cuts(folder, {}, done.calls, n, 5):
        back = folder.parent / "back"
        shutil.rmtree(back, ignore_errors=True)
        back.mkdir()
        for name, content in state.items():
            (back / name).write_bytes(content)
        try:
            wrong += wrong_in(back, passed)
        except Exception as fault:
            wrong.append(f"{type(fault).__name__}")
    return wrong


def test_a_kill_loses_nothing_acknowledged_and_leaves_nothing_by_half(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    faults: set[str] = set()
    assert list(killed(tmp_path / "journal", "ours", KILLS, faults)) == []
    assert len(faults) == KILLS
    figure(f"a journal killed at {KILLS} places: 0 acknowledged events lost, 0 batches by half")


def test_a_call_that_fails_is_told_or_harmless(tmp_path: Path) -> None:
    faults: set[str] = set()
    assert list(failed(tmp_path / "journal", "ours", FAILURES, faults)) == []
    assert len(faults) == FAILURES


def test_a_power_cut_loses_nothing_acknowledged(tmp_path: Path, figure: Callable[[str], None]) -> None:
    assert cut_off(tmp_path / "journal", "ours", 200) == []
    figure("power cuts of a journal: 200 states, 0 acknowledged events lost, 0 batches by half")


@pytest.mark.nightly
def test_many_power_cuts(tmp_path: Path, figure: Callable[[str], None]) -> None:
    assert cut_off(tmp_path / "journal", "ours", 20_000) == []
    figure("power cuts of a journal: 20,000 states, 0 acknowledged events lost, 0 batches by half")


@pytest.mark.nightly
def test_every_call_fails_in_every_way(tmp_path: Path, figure: Callable[[str], None]) -> None:
    faults: set[str] = set()
    assert list(failed(tmp_path / "journal", "ours", ALL, faults)) == []
    assert len(faults) == len(ERRORS) * len(calls_of(tmp_path / "journal"))
    figure(f"every call of a journal failing once, in five ways, {len(faults):,} faults: told or harmless")


@pytest.mark.nightly
def test_a_kill_before_and_after_every_call(tmp_path: Path, figure: Callable[[str], None]) -> None:
    faults: set[str] = set()
    assert list(killed(tmp_path / "journal", "ours", ALL, faults)) == []
    assert len(faults) == 2 * len(calls_of(tmp_path / "journal"))
    figure(
        f"a journal killed before and after every call, {len(faults):,} kills: 0 acknowledged events lost, 0 batches by half"
    )


def test_when_more_places_are_asked_for_than_there_are_each_is_taken_once() -> None:
    assert some([*range(90)], ALL) == [*range(90)]
    assert some([*range(90)], 4) == [0, 30, 59, 89]
    assert some([7], 1) == [7]


@pytest.mark.parametrize("way", ["without_fsync", "without_journal"])
def test_the_power_cuts_find_what_is_broken(way: str, tmp_path: Path) -> None:
    assert len(cut_off(tmp_path / "journal", way, 100)) > 5


def test_a_failing_call_finds_who_keeps_silent(tmp_path: Path) -> None:
    """The last fsync of a batch fails, and all the same it is called acknowledged."""
    folder = tmp_path / "journal"
    calls = kept(folder, "ours").calls
    at = next(number for number, call in enumerate(calls) if call.name == "access" and call.mark == "acknowledged-1")
    begun = [call for call in calls[:at] if call.name == "fdatasync"][-2]
    done = kept(folder, "swallowing", f"fdatasync:error=EIO:when={begun.nth}")
    assert "acknowledged-1" in acknowledged(done)
    assert wrong_in(folder, acknowledged(done))
