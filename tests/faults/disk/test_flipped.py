"""A journal with one byte changed or its end gone: the same events, or it says so; never another history in silence."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faults.disk.flipped import GONE, PAGE, cuts, flipped, flips, kept, opened, seen
from wor_match.journal import rows, tables
from wor_match.journal import sqlite as store

Figure = Callable[[str], None]
Places = Callable[[bytes, Path], list[int]]


@pytest.mark.parametrize("n", [60, pytest.param(20_000, marks=pytest.mark.nightly)])
def test_no_flipped_byte_gives_another_history_in_silence(tmp_path: Path, n: int, figure: Figure) -> None:
    sound = kept(tmp_path)
    counted, wrong = seen(tmp_path, flips(sound.whole, n, seed=4), sound, opened)
    assert wrong == []
    figure(f"a journal with one byte changed, {n:,} times: {told(counted)}; 0 other histories in silence")


@pytest.mark.parametrize("n", [30, pytest.param(3_000, marks=pytest.mark.nightly)])
def test_no_cut_file_gives_another_history_in_silence(tmp_path: Path, n: int, figure: Figure) -> None:
    sound = kept(tmp_path)
    counted, wrong = seen(tmp_path, cuts(sound.whole, n, seed=6), sound, opened)
    assert wrong == []
    figure(f"a journal of which the end is gone, {n:,} times: {told(counted)}; 0 other histories in silence")


def told(counted: dict[str, int]) -> str:
    """How often each was said."""
    return ", ".join(f"{said} {counted[said]:,}" for said in ("the same", "named", "refused"))


def trusting(patch: pytest.MonkeyPatch) -> None:
    """Broken: rows are believed, whatever their digest says."""
    patch.setattr(rows.Row, "sound", True)


def uncounted(patch: pytest.MonkeyPatch) -> None:
    """Broken: nobody counts whether all rows are there."""
    patch.setattr(tables, "amiss", lambda *_: "")


def unlooked(patch: pytest.MonkeyPatch) -> None:
    """Broken: the indexes of who was erased or restricted are believed."""
    patch.setattr(store, "RESTRICTED", tables.MARKS)
    patch.setattr(store, "ERASED", tables.MARKS)


def neither(patch: pytest.MonkeyPatch) -> None:
    """Broken: both."""
    uncounted(patch)
    unlooked(patch)


def lines(whole: bytes, path: Path) -> list[int]:
    """Where an event says which activity it is about."""
    return [found.start() + 1 for found in re.finditer(b'"een"', whole)]


def counts_of(table: str) -> Places:
    """Where a page says how many rows of a table are on it."""
    return lambda whole, path: [begin + 4 for begin in pages_of(path, table)]


def years_of_erased(whole: bytes, path: Path) -> list[int]:
    """Where it is noted until when somebody is kept out."""
    (begin,) = pages_of(path, "wor_match_erased")
    return [begin + found.start() for found in re.finditer(rb"20\d\d-", whole[begin : begin + PAGE])]


def token_in_index(whole: bytes, path: Path) -> list[int]:
    """Where the index of who was erased names the person."""
    with opened(path) as journal, journal._open().reading() as one:
        name = rows.token("person", GONE, tables.salt_of(one)).encode()
    begin = pages_of(path, "sqlite_autoindex_wor_match_erased_1")[0]
    return [whole.index(name, begin, begin + PAGE) + at for at in range(6)]


def pages_of(path: Path, table: str) -> list[int]:
    """Where the pages of a table, or of an index, begin."""
    with contextlib.closing(sqlite3.connect(path)) as raw:
        (first,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    root = (first - 1) * PAGE
    whole = path.read_bytes()
    if whole[root] in (10, 13):  # a leaf
        return [root]
    n = int.from_bytes(whole[root + 3 : root + 5])
    cells = [root + int.from_bytes(whole[at : at + 2]) for at in range(root + 12, root + 12 + 2 * n, 2)]
    return [(int.from_bytes(whole[at : at + 4]) - 1) * PAGE for at in (*cells, root + 8)]


@pytest.mark.parametrize(
    ("broken", "places", "found"),
    [
        (trusting, lines, "an event says something else"),
        (uncounted, counts_of("wor_match_events"), "missing in silence"),
        (neither, counts_of("wor_match_restricted"), "a restriction was lifted"),
        (uncounted, years_of_erased, "who was erased has come back"),
        (unlooked, token_in_index, "who was erased has come back"),
    ],
    ids=["digests", "events", "restrictions", "years", "indexes"],
)
def test_the_flips_find_who_believes_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: Any, places: Places, found: str
) -> None:
    sound = kept(tmp_path)
    chosen = places(sound.whole, tmp_path / "kept.db")
    states = [flipped(sound.whole, place, 1 << bit) for place in chosen[:6] for bit in range(3)]
    assert seen(tmp_path, states, sound, opened)[1] == []
    broken(monkeypatch)
    wrong = seen(tmp_path, states, sound, opened)[1]
    assert any(found in one for one in wrong), wrong
