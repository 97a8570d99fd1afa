"""A program run under strace: which calls it made of the system, and what it does when one of them goes wrong.

Only what lies between two marks counts, so that starting Python is never the one to fail; it is started once, and each run
is a fork of it (`ready.py`). A mark is a look at a path that
is not there (`marks.mark`).
"""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.faults.disk.marks import MARK

ROOT = Path(__file__).parents[3]
CALLS = ("openat", "write", "pwrite64", "fsync", "fdatasync", "rename", "unlink", "ftruncate", "close")
LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")
STRACE = shutil.which("strace")
ALLOWED = STRACE is not None and subprocess.run([STRACE, "-o", os.devnull, "true"], capture_output=True, check=False)
needs_strace = pytest.mark.skipif(
    not ALLOWED or ALLOWED.returncode != 0, reason="strace is not installed, or may not trace: no faults are made"
)


@dataclass(frozen=True)
class Call:
    """A call of the system.

    Attributes
    ----------
    name, told : str
        Which, and its arguments as strace writes them.
    gave : int
    nth : int
        The how manieth of this name it was in the whole process.
    """

    name: str
    told: str
    gave: int
    nth: int

    @property
    def mark(self) -> str:
        """The mark that this call leaves, when it is one."""
        return unescaped(self.told).removeprefix(MARK)


@dataclass(frozen=True)
class Traced:
    """What became of a program: its exit code (minus the signal that ended it), and its calls between the marks."""

    code: int
    calls: tuple[Call, ...]
    said: str


@cache
def ready(program: str) -> subprocess.Popen[str]:
    """The program with everything imported, started once; it ends when we do."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.disk.ready", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    atexit.register(process.communicate)
    return process


def traced(program: str, arguments: Sequence[str], trace: Path, fault: str | None = None) -> Traced:
    """Run the `main` of a module under strace, with one fault when told, such as ``write:error=ENOSPC:when=3``."""
    process, said = ready(program), trace.with_name("said")
    assert process.stdin is not None
    assert process.stdout is not None
    print(json.dumps([arguments, str(said)]), file=process.stdin, flush=True)
    child = int(process.stdout.readline())
    asked = ["-e", f"inject={fault}"] if fault else []
    command = [
        STRACE or "strace", "-f", "-xx", "-s", "10000000", "-o", str(trace), "-e", f"trace={','.join(CALLS)},access", *asked,
        "-p", str(child),
    ]  # fmt: skip
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr is not None
        attached = tracer.stderr.readline()
        os.kill(child, signal.SIGCONT if "attached" in attached else signal.SIGKILL)
        tracer.communicate()
    code = int(process.stdout.readline())
    assert "attached" in attached, attached
    return Traced(code, tuple(between_marks(trace.read_text(encoding="ascii"))), said.read_text(encoding="utf-8"))


def between_marks(text: str) -> Iterator[Call]:
    """The calls after the mark `begin` and before `end`, other marks among them as calls of `access`."""
    seen: Counter[str] = Counter()
    inside = False
    for line in text.splitlines():
        found = LINE.match(line)
        if not found:
            continue
        name, told, gave = found[1], found[2], int(found[3])
        seen[name] += 1
        if name == "access":
            marked = unescaped(told).removeprefix(MARK)
            inside = marked == "begin" or (inside and marked != "end")
            if not inside or not unescaped(told).startswith(MARK) or marked == "begin":
                continue
        if inside:
            yield Call(name, told, gave, seen[name])


def unescaped(told: str) -> str:
    """The first text among the arguments of a call."""
    return bytes_in(told).decode("utf-8", "surrogateescape")


def bytes_in(told: str) -> bytes:
    r"""The bytes of the first text among the arguments, which strace writes as ``"\x61\x62"``."""
    found = re.search(r'"((?:\\x[0-9a-f]{2})*)"', told)
    return bytes.fromhex(found[1].replace("\\x", "")) if found else b""
