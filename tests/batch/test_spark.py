"""Spark, where it is: `mapInArrow` gives what one process gives, bit for bit; for want of Java 17 or pyspark, skipped."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.batch.page import run_block
from tests.batch.test_advising import OURS
from tests.batch.test_streams import FLAT, parquet
from tests.town import AT
from wor_match.batch import advise_batches
from wor_match.batch.arrow import SPARK_SCHEMA, advice_schema


def java() -> int:
    """Which Java is here; 0 when there is none."""
    found = shutil.which("java")
    told = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr if found else ""
    version = re.search(r'version "(\d+)', told)
    return int(version[1]) if version else 0


sql = pytest.importorskip("pyspark.sql", reason="Spark is not installed; pip install pyspark")
pytestmark = pytest.mark.skipif(java() < 17, reason="Spark needs Java 17 or later on the path")


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    folder = str(tmp_path_factory.mktemp("spark"))
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.warehouse.dir", folder)
        .config("spark.local.dir", folder)
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "9")
        .getOrCreate()
    )
    yield session
    session.stop()


def test_map_in_arrow_gives_the_same_bits(spark: Any) -> None:
    people = spark.createDataFrame(
        [(one["id"], one["likes"], one["age"], one["free"], one["budget"]) for one in FLAT],
        "id string, likes array<string>, age int, free array<string>, budget double",
    ).repartition(3)
    found = people.mapInArrow(advise_batches(OURS, at=AT, n=2), SPARK_SCHEMA).collect()
    told = [{name: one[name] for name in ("id", "likes", "age", "free", "budget")} for one in FLAT]
    whole = OURS.recommend_frame(pa.Table.from_pylist(told), at=AT, n=2).cast(advice_schema()).to_pylist()
    assert sorted(str(row.asDict()) for row in found) == sorted(map(str, whole))


def test_the_code_of_the_page_runs_and_gives_the_same(tmp_path: Path) -> None:
    parquet(tmp_path / "people.parquet", FLAT)
    run_block("mapInArrow", tmp_path)
    found = pa.concat_tables(pq.read_table(part) for part in sorted((tmp_path / "advice").glob("*.parquet")))
    whole = OURS.recommend_frame(pq.read_table(tmp_path / "people.parquet"), at=AT).to_pylist()
    assert sorted(map(str, found.to_pylist())) == sorted(map(str, whole))
