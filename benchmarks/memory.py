"""How much memory this process holds, and the most it ever held, in MB."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")


def held() -> float:
    """What it holds now; where the system does not tell, the most it ever held."""
    return told_by("VmRSS") or most()


def most() -> float:
    """The most it ever held.

    Linux tells it in its status: what `getrusage` says of a process begins at what its parent held.
    """
    in_kb = 2**20 if sys.platform == "darwin" else 2**10
    return told_by("VmHWM") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / in_kb


def told_by(name: str) -> float:
    """A line of the status in MB; 0 where there is none."""
    lines = STATUS.read_text(encoding="ascii", errors="replace").splitlines() if STATUS.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:")), 0.0)
