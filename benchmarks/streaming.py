"""A file of invented people to a file of advice: how long, and how much memory at two sizes.

python -m benchmarks.streaming --people 100000 --activities 500 --n-jobs 2
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from joblib.externals.loky import get_reusable_executor

from wor_match.batch import recommend_file
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


def measured(folder: Path, people: int, activities: int, n_jobs: int) -> dict[str, Any]:
    """Seconds by the clock and of processors, and the most megabytes that this process and any of its workers took."""
    matcher = Matcher(catalogue_of(World(activities=activities, places=3 * activities)))
    begun = time.perf_counter()
    done = recommend_file(matcher, folder / "people.parquet", folder / "advice.parquet", at=AT, n_jobs=n_jobs)
    took = time.perf_counter() - begun
    get_reusable_executor().shutdown()  # only workers that have ended are counted
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processors = sum(one.ru_utime + one.ru_stime for one in used)
    most = [round(one.ru_maxrss / 1024) for one in used]
    return {"people": done.people, "rows": done.rows, "problems": done.problems,
            "seconds": round(took, 1), "processors": round(processors, 1), "mb": most}  # fmt: skip


def main() -> None:
    """Print a line for each size; each runs in a process of its own."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--people", type=int, nargs="+", default=[2_000, 20_000])
    told.add_argument("--activities", type=int, default=500)
    told.add_argument("--n-jobs", type=int, default=1)
    told.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    asked = told.parse_args()
    if asked.inside:
        print(json.dumps(measured(asked.inside, asked.people[0], asked.activities, asked.n_jobs)))
        return
    for people in asked.people:
        with TemporaryDirectory() as folder:
            write_people(Path(folder) / "people.parquet", people, asked.activities)
            again = ["--people", str(people), "--activities", str(asked.activities), "--n-jobs", str(asked.n_jobs)]
            command = [sys.executable, "-m", "benchmarks.streaming", "--inside", folder, *again]
            print(subprocess.run(command, capture_output=True, text=True, check=True).stdout, end="", flush=True)  # noqa: S603 — ourselves


if __name__ == "__main__":
    main()
