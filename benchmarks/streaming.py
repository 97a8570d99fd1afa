"""A file of invented people to a file of advice, by a matcher that learned: how long, and how much memory at two sizes.

python -m benchmarks.streaming --people 100000 --activities 500 --n-jobs 2
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
from joblib.externals.loky import get_reusable_executor

from benchmarks.measuring import most, most_of_workers, numbers_in_a_process, seconds_of_workers, timed
from wor_match.batch import recommend_file
from wor_match.demo import invented_history
from wor_match.evaluation.simulation.people import people_of
from wor_match.evaluation.simulation.town import catalogue_of
from wor_match.evaluation.simulation.world import World
from wor_match.matcher import Matcher

AT = date(2026, 11, 23)
DIFFERENT = 2_000  # invented people; a larger file holds them again under other ids


def write_people(path: Path, people: int, activities: int) -> None:
    """A parquet file of invented people, written a part after another."""
    world = World(people=min(people, DIFFERENT), activities=activities, places=3 * activities)
    told = [one.model_dump(mode="json", exclude_unset=True) for one in people_of(world, catalogue_of(world))]
    table = pa.Table.from_pylist(told)
    ids = table.schema.get_field_index("id")
    with pq.ParquetWriter(path, table.schema) as writer:
        for begin in range(0, people, len(told)):
            size = min(len(told), people - begin)
            names = pa.array([f"p{begin + number}" for number in range(size)])
            writer.write_table(table.slice(0, size).set_column(ids, "id", names))


def measured(folder: Path, people: int, activities: int, n_jobs: int) -> tuple[float, float, float, float]:
    """Seconds by the clock and of processors, and the most MB that this process and any of its workers took."""
    matcher = Matcher(catalogue_of(World(activities=activities, places=3 * activities)))
    learned = matcher.learn(invented_history(matcher))

    def advise() -> None:
        done = recommend_file(learned, folder / "people.parquet", folder / "advice.parquet", at=AT, n_jobs=n_jobs)
        if (done.people, done.problems) != (people, 0):
            raise AssertionError("everybody must be advised")

    here, by_the_clock = timed(advise)
    get_reusable_executor().shutdown()  # only workers that have ended are counted
    return by_the_clock, here + seconds_of_workers(), most(), most_of_workers()


def main() -> None:
    """Print a line for each size; each runs in a process of its own."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--people", type=int, nargs="+", default=[2_000, 20_000])
    told.add_argument("--activities", type=int, default=500)
    told.add_argument("--n-jobs", type=int, default=1)
    told.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    asked = told.parse_args()
    if asked.inside:
        print(*measured(asked.inside, asked.people[0], asked.activities, asked.n_jobs))
        return
    for people in asked.people:
        print(line(people, asked.activities, asked.n_jobs), flush=True)


def line(people: int, activities: int, n_jobs: int) -> str:
    """What was measured of one size."""
    with TemporaryDirectory() as folder:
        write_people(Path(folder) / "people.parquet", people, activities)
        again = ("--people", people, "--activities", activities, "--n-jobs", n_jobs)
        clock, processors, here, worker = numbers_in_a_process("benchmarks.streaming", "--inside", folder, *again)
    workers = f", a worker {worker:.0f} MB" if n_jobs != 1 else ""
    times = f"{clock:.1f} s by the clock, {processors:.1f} s of processors"
    return f"{people:,} x {activities:,}, {n_jobs} workers: {times}, {here:.0f} MB{workers}"


if __name__ == "__main__":
    main()
