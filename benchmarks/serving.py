"""How many advices a second the example host gives on one core, asked over HTTP from here, and how long each takes.

A host is never faster than what it asks: beside it stands the same advice without a network.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

import wor_match as wm
from benchmarks.measuring import ROOT, in_turn
from benchmarks.people import AT, matcher_for, people
from benchmarks.rows import Row
from wor_match.catalogue.writer import as_yaml

N_ACTIVITIES, N_PEOPLE = 500, 64
A_SECOND, SLOWEST = 200, 50.0  # advices a second at least, and ms of the 99th percentile at most
SECONDS_TO_START = 60.0
HOST = "the example host"
Bodies = Sequence[bytes]


def rows(short: bool) -> list[Row]:
    """What an advice over HTTP takes of the host's one core, and how long it takes when 200 a second are asked.

    Parameters
    ----------
    short : bool
        Fewer advices.
    """
    if not (find_spec("fastapi") and find_spec("uvicorn") and Path("/proc/self/stat").exists()):
        return [Row(f"{HOST}: not measured, that needs Linux and the extra `examples`", 0.0, "-", None, None)]
    return rows_of_serving(N_ACTIVITIES, 600 if short else 4_000)


def rows_of_serving(n_activities: int, n: int) -> list[Row]:
    """The rows, of a host with so many activities that is asked so often, twice."""
    matcher, told = matcher_for(n_activities), people(N_PEOPLE)
    bodies = [json.dumps({name: said for name, said in row.items() if name != "id"}).encode() for row in told]
    asking = [wm.Participant.model_validate(row) for row in told]
    bare = in_turn({"bare": [partial(advice, matcher, one) for one in asking]}, max(2, n // 1_000))["bare"].middle
    with TemporaryDirectory() as folder, serving(matcher, Path(folder)) as (process, port):
        asked(port, bodies, N_PEOPLE)
        before = processor(process.pid)
        wall, core = asked(port, bodies, n, process=process.pid).T
        each = (processor(process.pid) - before) / n
        late = asked(port, bodies, n, A_SECOND)[:, 0]
    name, alone = f"{HOST}, {n_activities:,} activities", queued(core, A_SECOND)
    limit, at = f"{A_SECOND} a second", f"at {A_SECOND} a second"
    return [
        Row(f"{name}: an advice", 1e3 * each, limit, 1e3 / A_SECOND, 1.0, unit="ms"),
        Row(f"{name}: an advice", 1e3 * each, "the same without a network", 1e3 * bare, None, unit="ms"),
        Row(f"{name}: an advice, on the wall", 1e3 * float(wall.mean()), limit, 1e3 / A_SECOND, None, unit="ms"),
        Row(f"{name}: p99 {at} on a core of its own", at_99(alone), f"{SLOWEST:g} ms", SLOWEST, 1.0, unit="ms"),
        Row(f"{name}: p99 {at}, on the wall", at_99(late), f"{SLOWEST:g} ms", SLOWEST, None, unit="ms"),
    ]


def at_99(seconds: np.ndarray) -> float:
    """The 99th percentile in ms."""
    return 1e3 * float(np.quantile(seconds, 0.99))


def queued(core: np.ndarray, a_second: float) -> np.ndarray:
    """Seconds from when each advice is due until it is there, (n,), when one core has nothing else to do.

    Parameters
    ----------
    core : ndarray (n,)
        Seconds of the processor that each takes.
    a_second : float
        How many are due, at even distances; who comes before the last is ready waits.

    References
    ----------
    Lindley, The theory of queues with a single server, 1952.
    """
    late, waits = np.empty(len(core)), 0.0
    for number, seconds in enumerate(core):
        late[number] = waits + seconds
        waits = max(0.0, late[number] - 1.0 / a_second)
    return late


def advice(matcher: wm.Matcher, person: wm.Participant) -> list[list[str]]:
    """What the host tells of an advice, without the host."""
    return [[reason.sentence("nl") for reason in one.spoken] for one in matcher.recommend(person, at=AT)]


@contextmanager
def serving(matcher: wm.Matcher, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The host on one core, with this catalogue and this model, and the port on which it answers."""
    (folder / "town.yaml").write_text(as_yaml(matcher.catalogue), encoding="utf-8")
    matcher.save(folder / "model.json")
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    own = {"CATALOGUE": str(folder / "town.yaml"), "FOLDER": str(folder), "PORT": str(port), "DAY": AT.isoformat()}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **{f"COACHING_{name}": said for name, said in own.items()}}
    command = [sys.executable, "-m", "examples.coaching_system"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)  # noqa: S603 — ourselves
    try:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(process.pid, {max(os.sched_getaffinity(0))})
        wait_for(port)
        yield process, port
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    """Wait until somebody answers there."""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1.0):
            return
        time.sleep(0.05)
    raise TimeoutError("the example host did not start")


def asked(port: int, bodies: Bodies, n: int, a_second: float | None = None, process: int | None = None) -> np.ndarray:
    """Seconds on the wall, and of the main thread of a process, that n advices took, (n, 2), over one connection.

    With `a_second` each is due at its own moment, and its time counts from there: who waits for the one before is late.
    """
    taken = np.zeros((n, 2))
    with closing(HTTPConnection("127.0.0.1", port, timeout=SECONDS_TO_START)) as connection:
        begin, before = time.perf_counter(), main_thread(process)
        for number in range(n):
            due = time.perf_counter() if a_second is None else begin + number / a_second
            time.sleep(max(0.0, due - time.perf_counter()))
            connection.request("POST", "/api/advice", bodies[number % len(bodies)])
            answer = connection.getresponse()
            told = answer.read()
            taken[number, 0] = time.perf_counter() - due
            used = main_thread(process)
            taken[number, 1], before = used - before, used
            if answer.status != 200:
                raise AssertionError(f"the host answered {answer.status}: {told[:200]!r}")
    return taken


def main_thread(process: int | None) -> float:
    """Seconds of the processor that the main thread of a process has used, to the microsecond; 0 for no process."""
    told = Path(f"/proc/{process}/schedstat").read_text(encoding="ascii") if process else "0"
    return int(told.split()[0]) / 1e9


def processor(process: int) -> float:
    """Seconds of the processor that a process has used, all its threads together."""
    told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
