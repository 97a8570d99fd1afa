"""Dask, for real: two processes of a local cluster give what one process gives, bit for bit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import joblib
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.batch.page import run_block
from tests.batch.test_advising import OURS
from tests.batch.test_streams import FLAT, MANY, lines, parquet
from tests.town import AT
from wor_match.batch import advise_frames, advising, recommend_file
from wor_match.batch.travelling import arrived

distributed = pytest.importorskip(
    "distributed", reason="Dask is not installed; pip install 'dask[dataframe,distributed]'"
)
dask = pytest.importorskip("dask")
dd = pytest.importorskip("dask.dataframe", reason="Dask has no frames; pip install 'dask[dataframe]'")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as found,
        distributed.Client(found) as client,
    ):
        yield client


def test_through_the_switch_of_joblib(cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(advising, "PEOPLE_SENT", 3)
    whole = OURS.recommend_frame(MANY, at=AT, n=2)
    source = lines(tmp_path / "in.jsonl", MANY)
    recommend_file(OURS, source, tmp_path / "here.jsonl", at=AT)
    with joblib.parallel_config(backend="dask"):
        assert OURS.recommend_frame(MANY, at=AT, n=2) == whole
        recommend_file(OURS, source, tmp_path / "there.jsonl", at=AT, block=4)
    unpacked = cluster.run(arrived.cache_info).values()
    assert len(unpacked) == 2
    assert 1 <= sum(one.misses for one in unpacked) <= 4, "done there, and unpacked once by each worker in each call"
    assert (tmp_path / "there.jsonl").read_bytes() == (tmp_path / "here.jsonl").read_bytes()


def test_as_partitions_of_a_frame(cluster: Any) -> None:
    people = pd.DataFrame(FLAT)
    work = advise_frames(OURS, at=AT, n=2)
    whole = OURS.recommend_frame(people, at=AT, n=2)
    with dask.config.set({"dataframe.convert-string": False}):  # it would make a text of every list
        parts = dd.from_pandas(people, npartitions=5)
        found = parts.map_partitions(work, meta=work(people.head(0))).compute()
    pd.testing.assert_frame_equal(found.reset_index(drop=True), whole, check_exact=True)


def test_the_code_of_the_page_runs_and_gives_the_same(tmp_path: Path) -> None:
    parquet(tmp_path / "people.parquet", FLAT)
    run_block("LocalCluster", tmp_path)
    found = pa.concat_tables(pq.read_table(part) for part in sorted((tmp_path / "advice").glob("*.parquet")))
    assert found.to_pylist() == OURS.recommend_frame(pq.read_table(tmp_path / "people.parquet"), at=AT).to_pylist()
