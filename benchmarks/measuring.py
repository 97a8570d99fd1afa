"""How long calls take, and how much memory a process holds: the one way in which every benchmark measures."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
STATUS = Path("/proc/self/status")
BYTES_OF_RSS = 1 if sys.platform == "darwin" else 2**10  # in what `getrusage` counts
MB = 2**20

Ways = Mapping[str, Sequence[Callable[[], object]]]  # each way with the calls that are one round of it


@dataclass(frozen=True, eq=False)
class Times:
    """Seconds of every call, (n_calls,): of the processor, all threads together, and on the wall."""

    processor: np.ndarray
    wall: np.ndarray

    @property
    def middle(self) -> float:
        """The median of the processor: what ours is told by."""
        return float(np.median(self.processor))

    @property
    def on_the_wall(self) -> float:
        """The median on the wall."""
        return float(np.median(self.wall))

    @property
    def least(self) -> float:
        """The smaller of both medians: what a rival is given, so that its threads never count against it."""
        return min(self.middle, self.on_the_wall)


def in_turn(ways: Ways, rounds: int, warm: bool = True) -> dict[str, Times]:
    """How long every call of each way takes, all ways in turn in every round.

    Parameters
    ----------
    ways : mapping
    rounds : int
    warm : bool
        Whether there is one round more, to warm up, which is not told.
    """
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for number in range(rounds + warm):
        for name, calls in ways.items():
            found = [timed(call) for call in calls]
            taken[name] += found if number >= warm else []
    return {name: Times(*np.array(times).T) for name, times in taken.items()}


def timed(call: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the processor and on the wall; what the call gives is let go only afterwards."""
    wall, processor = time.perf_counter(), time.process_time()
    given = call()
    taken = time.process_time() - processor, time.perf_counter() - wall
    del given
    return taken


def in_a_process(*arguments: str) -> str:
    """What Python prints, started anew with these arguments and with the sources that are measured."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout  # noqa: S603 — ourselves


def numbers_in_a_process(module: str, *arguments: object) -> list[float]:
    """The numbers that a module prints when it is run in a fresh process."""
    return [float(number) for number in in_a_process("-m", module, *map(str, arguments)).split()]


def held() -> float:
    """MB that this process holds now; where the system does not tell, the most it ever held."""
    return told_by("VmRSS") or most()


def most() -> float:
    """The most MB that this process ever held.

    Linux tells it in its status: what `getrusage` says of a process begins at what its parent held.
    """
    return told_by("VmHWM") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * BYTES_OF_RSS / MB


def most_of_workers() -> float:
    """The most MB that any process held which this one started and which ended; at least what this one held then."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * BYTES_OF_RSS / MB


def seconds_of_workers() -> float:
    """Seconds of the processor of all processes which this one started and which ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def told_by(name: str) -> float:
    """A line of the status in MB; 0 where there is none."""
    lines = STATUS.read_text(encoding="ascii", errors="replace").splitlines() if STATUS.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:")), 0.0)
