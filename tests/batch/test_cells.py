"""What no answer can be costs the row of one person, in every kind of table, and says nothing of what was told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import wor_match as wm
from tests.batch.test_advising import OURS
from tests.town import AT
from wor_match.batch import advise_batches, recommend_file
from wor_match.batch.people import participant_of
from wor_match.batch.shards import Shard

SPOILT = pa.Array.from_buffers(
    pa.string(), 2, [None, pa.array([0, 3, 11], pa.int32()).buffers()[1], pa.py_buffer(b"man" + b"kanari\xff\xfe")]
)
FAR = pa.array([20_758, 10**7], pa.int32()).cast(pa.date32())
NOWHERE = pa.array([None, 1], pa.timestamp("us", tz="Nowhere/Land"))
LISTED = pa.array([[], [(["kanarie"], "good")]], pa.map_(pa.list_(pa.string()), pa.string()))
NUMBERED = pa.array([[], [(123456782, "good")]], pa.map_(pa.int64(), pa.string()))
TWICE = pa.array([[], [("nl", "good"), ("nl", "little")]], pa.map_(pa.string(), pa.string()))
FIELD_TWICE = pa.StructArray.from_arrays(
    [pa.array([1, 2]), pa.array([3, 4])], names=["x", "x"], mask=pa.array([True, False])
)


def told(column: str, cells: Any) -> pa.Table:
    """A sound person and one whose cell is spoilt."""
    return pa.table({"id": ["p1", "p2"], column: cells})


def nested(levels: int) -> list[Any]:
    found: list[Any] = []
    for _ in range(levels):
        found = [found]
    return found


def itself() -> list[Any]:
    found: list[Any] = []
    found.append(found)
    return found


CELLS: dict[str, tuple[str, Any, str]] = {
    "no UTF-8": ("gender", SPOILT, "unreadable gender"),
    "a day beyond the calendar": ("spider_web.on", FAR, "unreadable spider_web"),
    "a time zone that is nowhere": ("spider_web.on", NOWHERE, "unreadable spider_web"),
    "a key that is a list": ("languages", LISTED, "bad-key languages"),
    "a key that is a number": ("languages", NUMBERED, "bad-key languages"),
    "a key that stands twice": ("languages", TWICE, "duplicate-key languages: this has a name twice"),
    "bytes for an answer": ("gender", pa.array([None, b"kanarie"]), "no-answer gender"),
}
IN_MEMORY = {**CELLS, "a field that stands twice": ("travel", FIELD_TWICE, "unreadable travel")}


def holds(rows: list[dict[str, Any]], why: str) -> None:
    """The second person has a problem that says so much and no more; the first has advice."""
    assert [row["person"] for row in rows] == ["p1", "p2"]
    assert rows[0]["problem"] is None
    assert why in rows[1]["problem"]
    assert not any(word in str(rows) for word in ("kanari", "123456782", "\\xff"))


@pytest.mark.parametrize("what", IN_MEMORY)
@pytest.mark.parametrize("n_jobs", [None, 2])
def test_a_cell_of_arrow_that_is_no_answer_costs_only_its_row(what: str, n_jobs: int | None) -> None:
    column, cells, why = IN_MEMORY[what]
    rows = OURS.recommend_frame(told(column, cells), at=AT, n=1, n_jobs=n_jobs).to_pylist()
    holds(rows, why)
    (batch,) = told(column, cells).combine_chunks().to_batches()
    assert [row for one in advise_batches(OURS, at=AT, n=1)(iter([batch])) for row in one.to_pylist()] == rows


@pytest.mark.parametrize("what", CELLS)
def test_a_cell_of_parquet_that_is_no_answer_costs_only_its_row_in_its_share_too(what: str, tmp_path: Path) -> None:
    column, cells, why = CELLS[what]
    pq.write_table(told(column, cells), tmp_path / "in.parquet")
    found = []
    for shard in (None, Shard(1, 2), Shard(2, 2)):
        recommend_file(OURS, tmp_path / "in.parquet", tmp_path / "out.jsonl", at=AT, n=1, shard=shard)
        found.append([json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()])
    holds(found[0], why)
    assert sorted(map(str, [*found[1], *found[2]])) == sorted(map(str, found[0]))


@pytest.mark.parametrize("make", [pl.from_arrow, lambda table: table.to_pandas(types_mapper=pd.ArrowDtype)])
def test_a_day_beyond_the_calendar_costs_its_row_in_any_frame(make: Callable[[Any], Any]) -> None:
    made = OURS.recommend_frame(make(told("spider_web.on", FAR)), at=AT, n=1)
    rows = made.to_dicts() if isinstance(made, pl.DataFrame) else made.to_dict("records")
    assert [row["person"] for row in rows] == ["p1", "p2"]
    assert rows[1]["problem"].startswith("unreadable spider_web: this cannot be read")


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        (nested(3), "no-text likes.0"),
        (nested(600), "too-deep likes: this lies more than 4 levels deep"),
        (nested(900), "too-deep likes"),
        (itself(), "too-deep likes"),
        ([({"a": 1}, "kanarie")], "bad-key likes"),
        ({("kanarie", 1): "good"}, "bad-key likes"),
        (threading.Lock(), "no-answer likes"),
        (b"kanarie", "no-answer likes"),
        (3 + 4j, "no-answer likes"),
    ],
)
@pytest.mark.parametrize("n_jobs", [None, 2])
def test_any_value_in_a_list_is_an_answer_or_costs_its_row(cell: Any, why: str, n_jobs: int | None) -> None:
    told = [{"id": "p1"}, {"id": "p2", "likes": cell, "age": "oud"}]
    rows = OURS.recommend_frame(told, at=AT, n=1, n_jobs=n_jobs)
    holds(rows, why)
    assert "no-number age" in rows[1]["problem"], "with every other problem of the row"


@pytest.mark.parametrize("levels", [600, 700, 800, 900])
def test_a_line_that_is_nested_deep_is_a_problem_of_its_row(levels: int, tmp_path: Path) -> None:
    deep = "[" * levels + "]" * levels
    (tmp_path / "in.jsonl").write_text(f'{{"id": "p1"}}\n{{"id": "p2", "likes": {deep}}}\n')
    recommend_file(OURS, tmp_path / "in.jsonl", tmp_path / "out.jsonl", at=AT, n=1)
    holds([json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()], "too-deep likes")


def test_an_id_that_is_no_text_is_nobody() -> None:
    (row,) = OURS.recommend_frame([{"id": b"p1"}], at=AT)
    assert (row["person"], row["problem"]) == (None, "no-answer id: this is of a kind that no answer is; give text, numbers, days, lists or mappings")  # fmt: skip
    rows = OURS.recommend_frame(pl.DataFrame({"id": [b"p1", b"p2"]}), at=AT)
    assert rows["person"].to_list() == [None, None]


@pytest.mark.parametrize("row", [{"age": 40, "age.x": 5}, {"age.x": 5, "age": 40}])
def test_an_answer_that_is_told_as_a_whole_and_in_parts_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(wm.ParticipantError, match="told-twice age: this is told as a whole and in parts"):
        participant_of({"id": "p1", **row})


@pytest.mark.parametrize("order", [1, -1])
def test_a_part_that_stands_by_itself_counts_in_any_order(order: int) -> None:
    columns: list[tuple[str, Any]] = [("travel", {"modes": ["bike"], "max_minutes": 10}), ("travel.max_minutes", 20)]
    made = participant_of({"id": "p1", **dict(columns[::order])})
    assert made.travel == wm.Travel(modes=["bike"], max_minutes=20)


def days(make: Callable[[list[Any]], Any]) -> Any:
    """Two people: one seen on a day, one at a moment."""
    return make([datetime(2026, 11, 1), datetime(2026, 11, 1, 9, 30)])  # noqa: DTZ001 — as frames hold days


MOMENTS: dict[str, Callable[[list[Any]], Any]] = {
    "pandas": lambda at: pd.DataFrame({"id": ["p1", "p2"], "spider_web.on": pd.to_datetime(at)}),
    "pandas with a zone": lambda at: pd.DataFrame({"id": ["p1", "p2"], "spider_web.on": pd.to_datetime(at).tz_localize("Europe/Amsterdam")}),
    "polars": lambda at: pl.DataFrame({"id": ["p1", "p2"], "spider_web.on": at}),
    "arrow": lambda at: pa.table({"id": ["p1", "p2"], "spider_web.on": pa.array(at, pa.timestamp("ns"))}),
    "a list": lambda at: [{"id": f"p{number}", "spider_web.on": one} for number, one in enumerate(at, 1)],
    "numpy": lambda at: [{"id": f"p{number}", "spider_web.on": np.datetime64(one, "ns")} for number, one in enumerate(at, 1)],
    "parquet": lambda at: pa.table({"id": ["p1", "p2"], "spider_web.on": pa.array(at, pa.timestamp("us"))}),
}  # fmt: skip


@pytest.mark.parametrize("kind", MOMENTS)
def test_a_day_that_a_frame_holds_as_a_moment_at_midnight_is_that_day(kind: str, tmp_path: Path) -> None:
    table = days(MOMENTS[kind])
    if kind == "parquet":
        pq.write_table(table, tmp_path / "in.parquet")
        recommend_file(OURS, tmp_path / "in.parquet", tmp_path / "out.jsonl", at=AT, n=1)
        rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    else:
        found = OURS.recommend_frame(table, at=AT, n=1)
        rows = found if isinstance(found, list) else pa.table(found).to_pylist()
    assert rows[0]["problem"] is None
    assert rows[1]["problem"] == "no-day spider_web.on: this is no day; write it as 2026-11-23"


@pytest.mark.parametrize(
    ("column", "cell", "answer"),
    [
        ("spider_web.on", datetime(2026, 11, 1), date(2026, 11, 1)),  # noqa: DTZ001 — as frames hold days
        ("spider_web.on", np.datetime64("2026-11-01"), date(2026, 11, 1)),
        ("spider_web.on", np.datetime64("NaT", "D"), None),
        ("age", Decimal(40), 40),
        ("age", Decimal("40.00"), 40),
        ("age", Decimal("NaN"), None),
        ("age", Decimal("sNaN"), None),
        ("budget", Decimal("4.50"), 4.5),
        ("place.latitude", Decimal("52.03"), 52.03),
        ("travel.home_before", time(17, 0), "17:00"),
        ("travel.home_before", time(9, 5), "09:05"),
        ("likes", {"zingen", "fietsen", "tuinieren"}, ("fietsen", "tuinieren", "zingen")),
    ],
)
def test_a_cell_is_the_answer_that_it_holds(column: str, cell: Any, answer: Any) -> None:
    field, _, part = column.partition(".")
    beside = {"place.longitude": 5.09} if column == "place.latitude" else {}
    made = getattr(participant_of({"id": "p1", **beside, column: cell}), field)
    assert (getattr(made, part) if part and made else made) == answer


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("age", Decimal("40.5")),
        ("age", Decimal("1e999999")),
        ("age", Decimal("Infinity")),
        ("travel.home_before", time(17, 0, 30)),
        ("travel.home_before", time(17, tzinfo=UTC)),
        ("spider_web.on", timedelta(1)),
    ],
)
def test_a_cell_that_holds_more_than_an_answer_is_refused(column: str, cell: Any) -> None:
    with pytest.raises(wm.ParticipantError):
        participant_of({"id": "p1", column: cell})
