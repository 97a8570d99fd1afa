"""How long an advice takes: one by one, for a table of people, and on two workers; and how much memory it asks.

Rivals give bare scores or a bare top; ours checks every rule, chooses a varied few, and says why. Time is that of the
processor, all threads together; a rival is given the smaller of that and the time on the wall, so that its threads
never count against it. Threads of BLAS are left as they are.

``python -m benchmarks.advising 10000 1000`` prints the MB that a table of 10,000 people and 1,000 activities asks.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

import wor_match as wm
from benchmarks import rivals
from benchmarks.memory import held, most
from benchmarks.people import AT, matcher_for, people
from benchmarks.rows import Row

N_PEOPLE, SHOWN, TOP, DRAWN_FOR = 64, 5, 10, 3  # MABWiser is slow: it answers a few of the people in each round
SLOWEST = {100: 0.5, 1_000: 1.0, 10_000: 4.0}  # ms of one advice at most
OF_PRODUCT = {100: 40.0, 1_000: 14.0, 10_000: 3.5}  # goals only: a product alone is no advice
OF_DRAWING, UNEVEN, OF_BARE_TOP, TWO_OF_ONE = 0.1, 4.0, 1.2, 0.7
NS_A_PAIR, NS_GOAL, LARGEST = 250.0, 100.0, 300.0  # ns, ns, MB
PRODUCT, DRAWING = "numpy product + argpartition", "MABWiser LinTS, bare scores"
ROOT = Path(__file__).parents[1]

Ways = Mapping[str, Sequence[Callable[[], object]]]


@dataclass(frozen=True, eq=False)
class Times:
    """Seconds of every call, (n_calls,): of the processor and on the wall."""

    processor: np.ndarray
    wall: np.ndarray

    @property
    def least(self) -> float:
        """The smaller of both medians: what a rival is given."""
        return float(min(np.median(self.processor), np.median(self.wall)))


def rows(short: bool) -> Iterator[Row]:
    """One advice, a table of advice, and a table on two workers.

    Parameters
    ----------
    short : bool
        Fewer rounds, fewer people, no 10,000 activities; what only tells at full size has no bar.
    """
    sizes, rounds = ((100, 1_000), 4) if short else ((100, 1_000, 10_000), 16)
    for n in sizes:
        yield from rows_of_one(n, rounds)
    yield from rows_of_many(1_000 if short else 10_000, 1_000, 2 if short else 3)
    yield from rows_of_workers(2_000, 1_000, 1, None) if short else rows_of_workers(20_000, 2_000, 3, TWO_OF_ONE)


def rows_of_one(n: int, rounds: int) -> list[Row]:
    """One advice from a town with n activities, by different people in turn."""
    matcher, asking = matcher_for(n), [wm.Participant.model_validate(row) for row in people(N_PEOPLE)]
    possible = np.mean([matcher.allowed(one, at=AT).all(axis=0).mean() for one in asking])
    others = {PRODUCT: rivals.numpy_top(n, SHOWN), DRAWING: rivals.mabwiser(n)}
    told = in_turn({"ours": [partial(advice, matcher, one) for one in asking], **for_each(others)}, rounds)
    ours, name = told["ours"], f"one advice, {n:,} activities"
    middle = float(np.median(ours.processor))
    most = SLOWEST[n]
    return [
        Row(f"{name}, {possible:.0%} possible", 1e3 * middle, f"{most:g} ms", most, 1.0, unit="ms"),
        Row(f"{name}: p99", *at_99(ours.processor), UNEVEN, unit="ms"),
        Row(f"{name}: p99 on the wall", *at_99(ours.wall), None, unit="ms"),
        beside(name, middle, DRAWING, told, OF_DRAWING if n == 1_000 else None),
        beside(name, middle, PRODUCT, told, None, OF_PRODUCT[n]),
    ]


def advice(matcher: wm.Matcher, person: wm.Participant) -> tuple[list[tuple[object, ...]], dict[str, int]]:
    """Five ideas, and what a page reads of them: the reasons that are said, and how many each rule left out."""
    found = matcher.recommend(person, at=AT, n=SHOWN)
    said = [(reason.name, reason.points, reason.facts) for one in found for reason in one.spoken]
    return said, found.excluded.counts()


def at_99(seconds: np.ndarray) -> tuple[float, str, float]:
    """The 99th percentile in ms, and what it lies beside: the median."""
    return 1e3 * float(np.quantile(seconds, 0.99)), "its p50", 1e3 * float(np.median(seconds))


def for_each(others: Mapping[str, rivals.Rival | None]) -> dict[str, list[Callable[[], object]]]:
    """For each rival that is installed its answer to one person, for as many people as it has time for."""
    numbers = rivals.numbers_of(N_PEOPLE)
    return {
        name: [partial(rival, numbers[at : at + 1]) for at in range(DRAWN_FOR if name == DRAWING else N_PEOPLE)]
        for name, rival in others.items()
        if rival is not None
    }


def beside(
    what: str, ours: float, rival: str, told: Mapping[str, Times], bar: float | None, goal: float | None = None
) -> Row:
    """The row of ours beside a rival; without its time when it is not installed."""
    return Row(what, ours, rival, told[rival].least if rival in told else None, bar, goal)


def rows_of_many(n_people: int, n_activities: int, rounds: int) -> list[Row]:
    """The first ten for a table of people, in one process; and what memory that asks above the table."""
    matcher, asking, numbers = matcher_for(n_activities), people(n_people), rivals.numbers_of(n_people)
    others = {
        "mab2rec, bare top 10": rivals.mab2rec(n_activities, TOP),
        "implicit, bare top 10": rivals.implicit(n_activities, TOP),
        PRODUCT: rivals.numpy_top(n_activities, TOP),
    }
    ways: Ways = {"ours": [lambda: matcher.recommend_frame(asking, at=AT, n=TOP)]}
    theirs = {name: [partial(rival, numbers)] for name, rival in others.items() if rival is not None}
    told = in_turn({**ways, **theirs}, rounds)
    name, seconds = f"top 10 with 3 reasons, {n_people:,} x {n_activities:,}", float(np.median(told["ours"].processor))
    a_pair, goal = 1e9 * seconds / n_people / n_activities, NS_GOAL / NS_A_PAIR
    memory = memory_in_a_process(n_people, n_activities)
    return [
        Row(name, a_pair, f"{NS_A_PAIR:g} ns a pair", NS_A_PAIR, 1.0, goal, "ns"),
        *(beside(name, seconds, rival, told, OF_BARE_TOP if "mab2rec" in rival else None) for rival in others),
        Row(f"{name}: memory", memory, f"{LARGEST:g} MB above the table", LARGEST, 1.0, unit="MB"),
    ]


def rows_of_workers(n_people: int, n_activities: int, rounds: int, bar: float | None) -> list[Row]:
    """The same table on one worker and on two that are already there: on the wall, so other work on it counts."""
    matcher, asking = matcher_for(n_activities), people(n_people)
    matcher.recommend_frame(asking[:50], at=AT, n=TOP, n_jobs=2)
    ways = {f"{n} workers": [partial(matcher.recommend_frame, asking, at=AT, n=TOP, n_jobs=n)] for n in (1, 2)}
    one, two = (float(np.median(times.wall)) for times in in_turn(ways, rounds, warm=False).values())
    return [Row(f"on two workers, {n_people:,} x {n_activities:,}, on the wall", two, "one worker", one, bar)]


def in_turn(ways: Ways, rounds: int, warm: bool = True) -> dict[str, Times]:
    """How long every call of each way takes, all ways in turn in every round; the first round to warm up, not told."""
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


def memory_in_a_process(n_people: int, n_activities: int) -> float:
    """MB that a table of advice asks above matcher and people, its own rows included, in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.advising", str(n_people), str(n_activities)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 — our own module
    return float(done.stdout)


def memory(n_people: int, n_activities: int) -> float:
    """The same in this process."""
    matcher, asking = matcher_for(n_activities), people(n_people)
    matcher.recommend_frame(asking[:50], at=AT, n=TOP)
    before = held()
    matcher.recommend_frame(asking, at=AT, n=TOP)
    return most() - before


if __name__ == "__main__":
    print(memory(int(sys.argv[1]), int(sys.argv[2])))
