"""A model on disk through kills, failing calls and power cuts: always the old one or the new one, and never a lie."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.disk.marks import REFUSED
from tests.faults.disk.power import cuts
from tests.faults.disk.traced import CALLS, Call, Traced, needs_strace, traced

OLD, NEW = "oud\n" * 3_000, "nieuw\n" * 3_000
ERRORS = ("EIO", "ENOSPC", "EACCES", "EMFILE", "EROFS")
pytestmark = needs_strace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a model in it, and beside it what is to be written."""
    (tmp_path / "to-write").write_text(NEW, encoding="utf-8")
    (tmp_path / "models").mkdir()
    return tmp_path / "models"


def saved(folder: Path, way: str, fault: str | None = None) -> Traced:
    """Write the new model over the old one."""
    (folder / "model.json").write_text(OLD, encoding="utf-8")
    arguments = [way, str(folder / "model.json"), str(folder.parent / "to-write")]
    return traced("tests.faults.disk.saving", arguments, folder.parent / "trace", fault)


def told(folder: Path) -> str:
    """What stands there."""
    return (folder / "model.json").read_text(encoding="utf-8", errors="replace")


def each_call(folder: Path, way: str) -> Iterator[Call]:
    """Every call between the marks, of one run without faults."""
    done = saved(folder, way)
    assert done.code == 0, done.said
    assert told(folder) == NEW
    assert done.calls
    return iter([call for call in done.calls if call.name in CALLS])


def killed(folder: Path, way: str) -> Iterator[str]:
    """What is wrong after a kill at each call, before it and after it."""
    for call in each_call(folder, way):
        for when in (f"{call.name}:signal=KILL:when={call.nth}", f"{call.name}:error=EIO:signal=KILL:when={call.nth}"):
            done = saved(folder, way, when)
            if done.code != -9 or told(folder) not in (OLD, NEW):
                yield f"{when}: code {done.code}, {len(told(folder))} characters"


def failed(folder: Path, way: str) -> Iterator[str]:
    """What is wrong when each call fails once, in five ways: it says so, or the new model stands there."""
    for call in each_call(folder, way):
        for error in ERRORS:
            done = saved(folder, way, f"{call.name}:error={error}:when={call.nth}")
            honest = done.code == REFUSED or (done.code == 0 and told(folder) == NEW)
            if not honest or told(folder) not in (OLD, NEW):
                yield f"{call.name} {call.nth} {error}: code {done.code}, {len(told(folder))} characters"
            if left := [one for one in folder.iterdir() if one.name != "model.json"]:
                yield f"{call.name} {call.nth} {error}: {len(left)} files are left beside it"
                [one.unlink() for one in left]


def cut_off(folder: Path, way: str, n: int) -> list[str]:
    """What is wrong after n power cuts: a model that is neither, or not the new one after it was said to be there."""
    done = saved(folder, way)
    wrong = []
    for state, passed in cuts(
        folder, {"model.json": OLD.encode()}, [*done.calls, Call("access", mark_of("saved"), -1, 0)], n, 3
    ):
        found = state.get("model.json")
        allowed = {NEW.encode()} if "saved" in passed else {OLD.encode(), NEW.encode()}
        if found not in allowed:
            wrong.append(f"{'after' if 'saved' in passed else 'before'} it was saved: {len(found or b'')} bytes")
    return wrong


def mark_of(name: str) -> str:
    """The arguments of a mark, as strace writes them."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in f"/mark-of-a-harness/{name}".encode()) + '", F_OK'


def test_a_kill_at_any_call_leaves_the_old_model_or_the_new(folder: Path) -> None:
    assert list(killed(folder, "ours")) == []


def test_a_call_that_fails_is_told_or_harmless(folder: Path) -> None:
    assert list(failed(folder, "ours")) == []


def test_a_power_cut_leaves_the_old_model_or_the_new(folder: Path, figure: Callable[[str], None]) -> None:
    assert cut_off(folder, "ours", 200) == []
    figure("power cuts while a model is saved: 200 states, 0 of them torn or lost")


@pytest.mark.nightly
def test_many_power_cuts(folder: Path, figure: Callable[[str], None]) -> None:
    assert cut_off(folder, "ours", 20_000) == []
    figure("power cuts while a model is saved: 20,000 states, 0 of them torn or lost")


@pytest.mark.parametrize(
    ("harness", "way"), [(killed, "in_place"), (failed, "in_place"), (failed, "swallowing")],
    ids=["kills-in-place", "failures-in-place", "failures-swallowed"],
)  # fmt: skip
def test_the_harness_fails_on_what_is_broken(
    harness: Callable[[Path, str], Iterator[str]], way: str, folder: Path
) -> None:
    assert next(harness(folder, way))


@pytest.mark.parametrize("way", ["in_place", "without_fsync"])
def test_the_power_cuts_find_what_is_broken(way: str, folder: Path) -> None:
    assert len(cut_off(folder, way, 200)) > 10


def test_a_kill_does_not_find_a_missing_fsync(folder: Path) -> None:
    """The page cache outlives a process: only the power cut sees that nothing is on the disk."""
    assert list(killed(folder, "without_fsync")) == []
