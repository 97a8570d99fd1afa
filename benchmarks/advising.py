"""How long an advice takes: one by one, for a table of people, and on two workers; and how much memory it asks.

Rivals give bare scores or a bare top; ours checks every rule, chooses a varied few, and says why. Threads of BLAS
are left as they are.

``python -m benchmarks.advising 10000 1000`` prints the MB that a table of 10,000 people and 1,000 activities asks.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import numpy as np

import wor_match as wm
from benchmarks import rivals
from benchmarks.measuring import Times, Ways, held, in_turn, most, numbers_in_a_process
from benchmarks.people import AT, matcher_for, people
from benchmarks.rows import Row

N_PEOPLE = 64  # who ask for one advice, in turn
DRAWN_FOR = 3  # of them MABWiser answers so many in each round: it is slow
SHOWN = 5  # ideas in one advice
TOP = 10  # ideas for each person of a table
SLOWEST = {100: 0.5, 1_000: 1.0, 10_000: 4.0}  # ms of one advice at most, by activities
UNEVEN = 4.0  # the slowest of a hundred advices, of the middle one
OF_DRAWING = 0.1  # one advice from 1,000 activities, of MABWiser's bare scores
OF_PRODUCT = {100: 40.0, 1_000: 14.0, 10_000: 3.5}  # of one product; goals only: a product alone is no advice
NS_A_PAIR = 250.0  # ns of a table for each person and activity
NS_GOAL = 100.0  # what that should be
OF_BARE_TOP = 1.2  # a table, of mab2rec's bare top
LARGEST = 300.0  # MB that a table asks
TWO_OF_ONE = 0.7  # two workers, of one
PRODUCT, DRAWING = "numpy product + argpartition", "MABWiser LinTS, bare scores"


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
    middle, at_most = ours.middle, SLOWEST[n]
    return [
        Row(f"{name}, {possible:.0%} possible", 1e3 * middle, f"{at_most:g} ms", at_most, 1.0, unit="ms"),
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
    name, seconds = f"top 10 with 3 reasons, {n_people:,} x {n_activities:,}", told["ours"].middle
    a_pair, goal = 1e9 * seconds / n_people / n_activities, NS_GOAL / NS_A_PAIR
    (memory,) = numbers_in_a_process("benchmarks.advising", n_people, n_activities)
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
    one, two = (times.on_the_wall for times in in_turn(ways, rounds, warm=False).values())
    return [Row(f"on two workers, {n_people:,} x {n_activities:,}, on the wall", two, "one worker", one, bar)]


def memory(n_people: int, n_activities: int) -> float:
    """MB that a table of advice asks above matcher and people, its own rows included, in this process."""
    matcher, asking = matcher_for(n_activities), people(n_people)
    matcher.recommend_frame(asking[:50], at=AT, n=TOP)
    before = held()
    matcher.recommend_frame(asking, at=AT, n=TOP)
    return most() - before


if __name__ == "__main__":
    print(memory(int(sys.argv[1]), int(sys.argv[2])))
