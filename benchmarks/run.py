"""All benchmarks as one table: ours, a rival in the same run, their ratio, and the bar on it.

``python benchmarks/run.py`` takes long; with ``--short`` a minute or two. It ends with 1 when ours is above a bar.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.rows import Row

ROOT = Path(__file__).parents[1]
MODULES = ("advising", "reading", "learning", "serving")
PACKAGES = ("numpy", "scipy", "scikit-learn", "pydantic", "PyYAML", "joblib", "mabwiser", "mab2rec", "implicit")
HEAD = "| what | ours | rival | theirs | ratio | bar | goal | |\n|---|--:|---|--:|--:|--:|--:|---|"
ALL_DAY = "import os\nparent = os.getppid()\nwhile os.getppid() == parent:\n    sum(range(100_000))"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 when ours is above a bar, else 0."""
    told = options().parse_args(arguments)
    print(machine(told.date, told.short, told.busy), HEAD, sep="\n\n", flush=True)
    above = 0
    with busy() if told.busy else nullcontext():
        for name in told.only or MODULES:
            for row in import_module(f"benchmarks.{name}").rows(told.short):
                print(line(row), flush=True)
                above += row.breaks
    print(f"\n{above or 'Nothing'} above its bar.")
    return int(above > 0)


def options() -> argparse.ArgumentParser:
    """What can be asked for."""
    parser = argparse.ArgumentParser(description="How fast wor_match is beside others, as a table.")
    parser.add_argument("--short", action="store_true", help="fewer rounds and smaller tables, a minute or two")
    parser.add_argument("--only", nargs="+", choices=MODULES, metavar="NAME", help=f"of {', '.join(MODULES)}")
    parser.add_argument("--busy", action="store_true", help="keep every other core busy meanwhile")
    parser.add_argument("--date", default=f"{datetime.now(UTC):%Y-%m-%d}", help="the date to print; today")
    return parser


def machine(day: str, short: bool, others_busy: bool) -> str:
    """When, on what and with what it was measured."""
    cores, load = os.cpu_count(), os.getloadavg()[0]
    form = f"{'Short' if short else 'Long'} form, other cores {'kept busy' if others_busy else 'left alone'}"
    versions = ", ".join(f"{name} {version_of(name)}" for name in PACKAGES)
    return (
        f"{day}. {processor()}, {cores} cores, {platform.system()}; {load:.1f} processes were running at the start. "
        f"{form}; threads of BLAS as they are.\nPython {platform.python_version()}, {versions}."
    )


def processor() -> str:
    """The name of the processor."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    named = (one.partition(":")[2].strip() for one in lines if one.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def version_of(package: str) -> str:
    """The version that is installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def line(row: Row) -> str:
    """One line of the table; what is above its bar says so."""
    theirs = "not installed" if row.theirs is None else amount(row.theirs, row.unit)
    ratios = (figure(one) if one is not None else "–" for one in (row.ratio, row.bar, row.goal))
    cells = (row.what, amount(row.ours, row.unit), row.rival, theirs, *ratios, "**above**" if row.breaks else "")
    return f"| {' | '.join(cells)} |"


def amount(value: float, unit: str) -> str:
    """A figure with its unit; small times in a unit of their own."""
    if unit == "s" and value < 1:
        return f"{figure(value * 1e3)} ms" if value >= 1e-3 else f"{figure(value * 1e6)} µs"
    return f"{figure(value)} {unit}".strip()


def figure(value: float) -> str:
    """Three figures that count, and no more than that."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


@contextmanager
def busy() -> Iterator[None]:
    """Every other core at work, as long as this lasts."""
    command = [sys.executable, "-c", ALL_DAY]
    others = [subprocess.Popen(command) for _ in range(1, os.cpu_count() or 2)]  # noqa: S603 — our own line
    try:
        yield
    finally:
        for one in others:
            one.terminate()
            one.wait()


if __name__ == "__main__":
    sys.path[0] = str(ROOT)  # a script finds what lies beside it, and it is the folder above that holds `benchmarks`
    sys.exit(main())
