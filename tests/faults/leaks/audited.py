"""A program that uses the library while Python tells of every file, socket and process; it prints what is not allowed.

Run as `python -B audited.py catalogue.yaml output-folder [variant]`: JSON, stage → what was opened there and may not be.
A variant breaks the promise on purpose. What compiled libraries open without Python is not heard here.
"""

from __future__ import annotations

import json
import os
import site
import sys
import sysconfig
import zoneinfo
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
CATALOGUE, OUTPUT = (Path(one).resolve() for one in (sys.argv[1:3] if __name__ == "__main__" else (".", ".")))
PYTHONS = tuple(
    Path(one).resolve()
    for one in {*sysconfig.get_paths().values(), *site.getsitepackages(), sys.base_prefix, sys.prefix, *zoneinfo.TZPATH}
)
READABLE = (*PYTHONS, ROOT / "wor_match", CATALOGUE.parent)
LISTABLE = tuple(Path(one).resolve() for one in sys.path if one)  # an import looks where the package could be
MACHINE = (
    Path("/proc/self/maps").resolve(),
    Path("/proc/stat"),
    Path("/sys/fs/cgroup"),
)  # threadpoolctl and joblib: BLAS, cores
NEVER = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.startfile", "pty.",
    "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.", "shutil.", "sqlite3.",
)  # fmt: skip
LISTS = ("os.listdir", "os.scandir", "glob.glob", "glob.glob/2", "os.walk", "pathlib.Path.glob", "pathlib.Path.rglob")
CHANGES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.chown", "os.link", "os.symlink", "os.truncate", "os.utime")  # fmt: skip

stage = "start"
heard: Counter[str] = Counter()
refused: dict[str, list[str]] = {}


def listen(event: str, told: tuple[Any, ...]) -> None:
    """Note what is not allowed; what is allowed is counted."""
    if (said := broken_by(event, told)) is None:
        return
    heard[event] += 1
    if said:
        refused.setdefault(stage, []).append(said)


def broken_by(event: str, told: tuple[Any, ...]) -> str | None:
    """What is not allowed, in words; empty when it is allowed, None when the event is of no interest."""
    if event == "open":
        return opening(*told)
    if event == "ctypes.dlopen":
        return unless(told[0] is None or within(told[0], PYTHONS), event, told)
    if event.startswith(LISTS):
        return unless(within(told[0], (*READABLE, *LISTABLE, OUTPUT)), event, told)
    if event.startswith(CHANGES):
        return unless(
            all(within(one, (OUTPUT,)) for one in told if isinstance(one, str | bytes | os.PathLike)), event, told
        )
    return unless(False, event, told) if event.startswith(NEVER) else None


def opening(path: Any, mode: Any, flags: Any) -> str:
    """Whether a file may be opened in this way."""
    writes = bool((flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)) or any(
        sign in str(mode or "") for sign in "wax+"
    )
    return unless(within(path, (OUTPUT,) if writes else (*READABLE, *MACHINE, OUTPUT)), "open", (path, mode))


def within(path: Any, folders: tuple[Path, ...]) -> bool:
    """Whether a path lies in one of these folders, links followed; a number is a file that was opened before."""
    if path is None or isinstance(path, int):
        return isinstance(path, int)
    return any(Path(os.path.realpath(os.fsdecode(path))).is_relative_to(one) for one in folders)


def unless(allowed: bool, event: str, told: tuple[Any, ...]) -> str:
    """Nothing, unless it is not allowed."""
    return "" if allowed else f"{event} {told!r}"[:300]


def use(variant: str) -> None:
    """Everything that somebody does with the library in one process."""
    enter("import")
    import wor_match as wm

    enter("load_catalogue")
    catalogue = wm.load_catalogue(CATALOGUE)
    wm.load_catalogue(CATALOGUE, cache=OUTPUT / "kept")
    wm.load_catalogue(CATALOGUE, cache=OUTPUT / "kept")
    enter("recommend")
    matcher = wm.Matcher(catalogue, **VARIANTS[variant]())
    person = wm.Participant(id="p1", likes=["samen-koken"], place={"postcode": "3431"}, free=["di 09:00-17:00"])
    at = date(2026, 11, 23)
    advice = matcher.recommend(person, at=at, explore=1)
    matcher.what_if(person, {"budget": "free"}, at=at)
    matcher.arrange(person, at=at)
    matcher.allocate([person], at=at)
    enter("events")
    events = [
        advice.event(at=datetime(2026, 11, 23, 9, tzinfo=UTC)),
        advice.chosen([], at=datetime(2026, 11, 24, tzinfo=UTC)),
    ]
    wm.write_events(OUTPUT / "events.jsonl", events)
    wm.read_events(OUTPUT / "events.jsonl")
    enter("learn")
    from wor_match.demo import invented_history

    taught = matcher.learn(invented_history(matcher))
    enter("save and load")
    taught.save(OUTPUT / "model.json")
    wm.Matcher.load(OUTPUT / "model.json", catalogue)
    enter("card")
    advice.card("participant")
    advice.card("coach", language="en")
    advice.read_aloud()
    advice.to_markdown()
    advice.to_json()
    enter("to_frame")
    advice.to_frame()
    taught.model_card()
    wm.lint(CATALOGUE, at=at)
    wm.gaps(matcher, [person], at=at)
    enter("recommend_frame")
    matcher.recommend_frame([{"id": "p1", "likes": ["zingen"]}] * 3, at=at)


def enter(name: str) -> None:
    """What is heard from here on belongs to this stage."""
    global stage
    stage = name


def with_signal(act: Callable[[], Any]) -> dict[str, Any]:
    """A signal that does something else on the side."""
    from dataclasses import replace

    from wor_match.signals import SIGNALS

    def strength(columns: Any, asked: Any) -> Any:
        act()
        return SIGNALS[0].strength(columns, asked)

    return {"signals": [replace(SIGNALS[0], strength=strength), *SIGNALS[1:]]}


def calls_home() -> None:
    """Open a socket."""
    import socket

    socket.socket().close()


def starts_something() -> None:
    """Start a program."""
    import subprocess

    subprocess.run([sys.executable, "-c", ""], check=True)


def looks_around() -> None:
    """Read a file of the machine."""
    Path("/etc/hostname").exists() and Path("/etc/hostname").read_text(encoding="utf-8")
    Path("/etc/passwd").open("rb").close()


def writes_beside() -> None:
    """Write where nobody asked for anything."""
    (Path.cwd() / "beside.txt").write_text("x", encoding="utf-8")


VARIANTS: dict[str, Callable[[], dict[str, Any]]] = {
    "whole": dict,
    "socket": lambda: with_signal(calls_home),
    "process": lambda: with_signal(starts_something),
    "reads": lambda: with_signal(looks_around),
    "writes": lambda: with_signal(writes_beside),
}

if __name__ == "__main__":
    sys.addaudithook(listen)
    use(sys.argv[3] if len(sys.argv) > 3 else "whole")
    enter("end")
    print(json.dumps({"refused": refused, "heard": heard}))
