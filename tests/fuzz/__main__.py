"""Let atheris think up inputs for a parser: `python -m tests.fuzz PARSER --runs 1000000`.

What atheris looks into runs some ten times slower, so whatever was wrong or slow is kept under `--into`, and run again
without it at the end. Then stands one line: parser, runs, faults that are real, and the slowest in seconds.
Atheris is for Linux and macOS and is no part of the test extra: `pip install atheris`.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import shutil
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fuzz.harness import Read

LOOKED_INTO = ["wor_match"]
LONGEST = 4096  # bytes of an input
PATIENCE = 20.0  # seconds for an input while it is looked into
SLOWEST = 10  # that are kept


def main() -> None:
    """Fuzz one parser, or tell what was found."""
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("parser")
    asked.add_argument("--runs", type=int, default=1_000_000)
    asked.add_argument("--seconds", type=int, default=0, help="stop after so many seconds; 0 for never")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--into", type=Path, default=Path(tempfile.gettempdir()) / "wor-match-fuzz")
    asked.add_argument("--plain", action="store_true", help="without atheris: blind, and some ten times faster")
    asked.add_argument("--done", type=int, help="only run again what was kept, after so many runs")
    told = asked.parse_args()
    warnings.simplefilter("error")
    if told.done is not None:
        sys.exit(tell(told.parser, told.done, told.into / told.parser))
    if told.plain:
        sys.exit(without_atheris(told))
    try:
        import atheris
    except ImportError:
        sys.exit("atheris is not installed: pip install atheris (Linux and macOS), or --plain does without")
    with atheris.instrument_imports(include=LOOKED_INTO):
        from tests.fuzz.parsers import PARSERS
    fuzz(atheris, told.parser, PARSERS[told.parser], told)


def fuzz(atheris: Any, name: str, read: Read, told: argparse.Namespace) -> None:
    """Run until there were enough runs or seconds; the process ends here."""
    from tests.fuzz.harness import CORPUS, corpus, watched
    from tests.fuzz.mutating import mutated

    kept = told.into / name
    for folder in ("corpus", "faults", "slow"):
        (kept / folder).mkdir(parents=True, exist_ok=True)
    seeds = [path.read_bytes() for path in corpus(name)]
    watched(read, seeds[0] if seeds else b"")
    began, done = time.monotonic(), 0
    known, slow = set[str](), list[float]()

    def one(found: bytes) -> None:
        nonlocal done
        outcome = watched(read, found, seconds=PATIENCE)
        done += 1
        if outcome.fault and (kind := outcome.fault.partition(": ")[0]) not in known:
            known.add(kind)
            print(f"fault in {name}: {outcome.fault[:300]}", flush=True)
            keep(kept / "faults", found)
        if len(slow) < SLOWEST or outcome.seconds > 1.2 * slow[-SLOWEST]:
            slow.append(outcome.seconds)
            slow.sort()
            keep(kept / "slow", found)
        if done >= told.runs or (told.seconds and time.monotonic() - began > told.seconds):
            end(name, done, told.into)

    def changed(found: bytes, longest: int, seed: int) -> bytes:
        dice = random.Random(seed)
        made = mutated(found, seeds, dice) if found and dice.random() < 0.5 else atheris.Mutate(found, longest)
        return bytes(made[:longest])

    options = [f"-seed={told.seed}", f"-max_len={LONGEST}", "-timeout=100", "-rss_limit_mb=3000", "-verbosity=0"]
    options += [f"-dict={dictionary(kept / 'words', seeds)}", "-len_control=0", f"-artifact_prefix={kept}/"]
    atheris.Setup([sys.argv[0], *options, str(kept / "corpus"), str(CORPUS / name)], one, custom_mutator=changed)
    atheris.Fuzz()


def end(name: str, done: int, into: Path) -> None:
    """Begin anew without atheris, and tell what was found; libFuzzer itself gives nothing back."""
    from tests.fuzz.offer import DESK

    shutil.rmtree(DESK, ignore_errors=True)
    sys.stdout.flush()
    again = [sys.executable, "-m", "tests.fuzz", name, "--done", str(done), "--into", str(into)]
    os.execv(sys.executable, again)  # noqa: S606 — ourselves


def without_atheris(told: argparse.Namespace) -> int:
    """Run with our own dice, on the corpus and what atheris found."""
    from tests.fuzz.harness import corpus
    from tests.fuzz.parsers import PARSERS
    from tests.fuzz.plain import run

    kept, read = told.into / told.parser, PARSERS[told.parser]
    (kept / "faults").mkdir(parents=True, exist_ok=True)

    def found(outcome: Any, input_: bytes) -> None:
        keep(kept / "faults", input_)
        print(f"FAULT {told.parser}: {outcome.fault[:400]}", flush=True)

    seeds = [path.read_bytes() for path in (*corpus(told.parser), *sorted((kept / "corpus").glob("*")))]
    ran = run(read, seeds, told.runs, told.seed, told.seconds, found)
    if ran.slow:
        (kept / "slow").mkdir(exist_ok=True)
        keep(kept / "slow", ran.slow)
    print(f"| {told.parser} | {ran.runs} | {len(ran.faults)} | {ran.slowest:.3f} | plain |", flush=True)
    return bool(ran.faults)


def tell(name: str, done: int, kept: Path) -> int:
    """Run again what was kept; each real fault, and the line for the table."""
    from tests.fuzz.harness import replayed, watched
    from tests.fuzz.parsers import PARSERS

    read = PARSERS[name]
    inputs = [path for folder in ("faults", "slow", "corpus") for path in sorted((kept / folder).iterdir())]
    watched(read, b"")
    outcomes = replayed(read, inputs)
    wrong = [one for one in outcomes if one.fault]
    for one in wrong:
        print(f"FAULT {name} {one.name}: {one.fault[:400]}")
    slowest = max((one.seconds for one in outcomes), default=0.0)
    print(f"| {name} | {done} | {len(wrong)} | {slowest:.3f} |", flush=True)
    return bool(wrong)


def keep(folder: Path, found: bytes) -> None:
    """Keep an input by what it holds."""
    (folder / hashlib.sha256(found).hexdigest()[:12]).write_bytes(found)


def dictionary(path: Path, seeds: list[bytes]) -> Path:
    """The words of the seeds, for libFuzzer to put where it likes."""
    words = {word for seed in seeds for word in re.findall(rb"[A-Za-z_@-]{2,40}|[0-9][0-9:.,T-]{1,20}", seed)}
    path.write_text("".join(f'"{word.decode()}"\n' for word in sorted(words)[:2000]), encoding="ascii")
    return path


if __name__ == "__main__":
    main()
