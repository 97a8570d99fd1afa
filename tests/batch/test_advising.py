"""A table of people in, a table of ideas out: the same as one by one, for any kind of table, order or workers."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Any

import joblib
import jsonschema
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given

import wor_match as wm
from tests.strategies import people
from tests.town import AT
from wor_match.batch import advise_batches, advising
from wor_match.batch.people import participant_of
from wor_match.rows import ADVICE_COLUMNS, ADVICE_SCHEMA

OURS = wm.Matcher(wm.load_catalogue("nieuwegein"))
IDS = tuple(one.id for one in OURS.catalogue)
TOLD: list[dict[str, Any]] = [
    {"id": "p1", "likes": ["samen-koken"], "age": 40, "travel": {"modes": ["bike"], "max_minutes": 20}},
    {"id": "p2", "focus": ["participation"], "languages": {"nl": "little"}, "access": ["wheelchair"]},
    {"id": "p3", "budget": 10.0, "free": ["di 09:00-17:00"], "spider_web": {"scores": {"participation": 3.0}}},
    {"id": "p4", "travel": {"modes": ["walk"], "max_minutes": 1}, "place": {"postcode": "9999"}, "free": ["ma 03:00-03:30"]},
    {"id": "p5", "circumstances": {"safety": "first"}},
]  # fmt: skip


@given(people(IDS))
def test_a_row_tells_what_an_advice_does_to_the_last_bit(who: wm.Participant) -> None:
    alone = OURS.recommend(who, at=AT).to_frame()
    rows = OURS.recommend_frame([who.model_dump(mode="json", exclude_unset=True)], at=AT)
    assert rows == alone or (not alone and [row["activity"] for row in rows] == [None])
    for row in rows:
        jsonschema.validate(row, ADVICE_SCHEMA)


def test_nobody_is_lost_when_nothing_is_possible() -> None:
    rows = OURS.recommend_frame(TOLD, at=AT)
    assert {row["person"] for row in rows} == {"p1", "p2", "p3", "p4", "p5"}
    (last,) = (row for row in rows if row["person"] == "p5")
    assert last == {**dict.fromkeys(ADVICE_COLUMNS), "person": "p5", "n_possible": 0}


@pytest.mark.parametrize(
    "make", [pl.DataFrame, pd.DataFrame, pa.Table.from_pylist], ids=["polars", "pandas", "pyarrow"]
)
def test_a_frame_comes_back_in_its_kind_with_the_same_rows(make: Any) -> None:
    flat = [
        {"id": one["id"], "likes": one.get("likes"), "age": one.get("age"), "budget": one.get("budget"),
         "travel.max_minutes": one.get("travel", {}).get("max_minutes"), "travel.modes": one.get("travel", {}).get("modes"),
         "access": one.get("access"), "focus": one.get("focus"), "free": one.get("free")}
        for one in TOLD
    ]  # fmt: skip
    frame = make(flat)
    found = OURS.recommend_frame(frame, at=AT, n=2)
    assert type(found) is type(frame)
    plain = OURS.recommend_frame(
        [{key: value for key, value in one.items() if value is not None} for one in flat], at=AT, n=2
    )
    rows = (
        found.to_dict("records")
        if isinstance(found, pd.DataFrame)
        else found.to_pylist()
        if isinstance(found, pa.Table)
        else found.to_dicts()
    )
    assert [{key: None if pd.isna(value) else value for key, value in row.items()} for row in rows] == plain  # fmt: skip
    assert list(rows[0]) == list(ADVICE_COLUMNS)


def test_a_lazy_frame_is_read_and_an_empty_one_gives_an_empty_one() -> None:
    lazy = OURS.recommend_frame(pl.LazyFrame({"id": ["p1"]}), at=AT)
    assert isinstance(lazy, pl.DataFrame)
    assert lazy.equals(OURS.recommend_frame(pl.DataFrame({"id": ["p1"]}), at=AT))
    empty = OURS.recommend_frame(pl.DataFrame({"id": pl.Series([], dtype=pl.String)}), at=AT)
    assert (empty.height, empty.columns) == (0, list(ADVICE_COLUMNS))
    assert OURS.recommend_frame([], at=AT) == []


def test_blocks_order_and_workers_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [{**one, "id": f"{one['id']}-{number}"} for number in range(4) for one in TOLD]
    whole = OURS.recommend_frame(many, at=AT)
    backwards = OURS.recommend_frame(many[::-1], at=AT)
    assert sorted(map(str, whole)) == sorted(map(str, backwards))
    monkeypatch.setattr(advising, "PEOPLE_SENT", 3)
    assert OURS.recommend_frame(many, at=AT) == whole
    assert OURS.recommend_frame(many, at=AT, n_jobs=2) == whole
    with joblib.parallel_config(backend="threading", n_jobs=2):
        assert OURS.recommend_frame(many, at=AT) == whole


def test_pandas_counts_the_rows_from_0_however_they_were_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    people = pd.DataFrame({"id": [one["id"] for one in TOLD]}, index=[7, 7, 8, 9, 9])
    whole = OURS.recommend_frame(people, at=AT)
    monkeypatch.setattr(advising, "PEOPLE_SENT", 2)
    cut = OURS.recommend_frame(people, at=AT)
    pd.testing.assert_frame_equal(cut, whole, check_index_type="exact")
    assert isinstance(cut.index, pd.RangeIndex)


def test_a_row_that_cannot_be_read_says_so_and_not_what_was_told() -> None:
    bad = [
        {"id": "p9", "likes": ["kanarie7391"], "age": "oud"},
        {"likes": ["kanarie7391"]},
        {"id": "p1", "naam": "kanarie7391"},
    ]
    rows = OURS.recommend_frame([*TOLD[:1], *bad], at=AT)
    troubled = rows[-3:]
    assert [row["person"] for row in troubled] == ["p9", None, "p1"]
    assert "kanarie" not in str(troubled)
    assert "likes.0" in troubled[0]["problem"]
    assert "age" in troubled[0]["problem"]
    assert all(row["problem"] is None for row in rows[:-3])


@pytest.mark.parametrize(
    ("told", "of", "why"),
    [
        ("p1", {}, "no list of dicts"),
        ([1], {}, "no dict"),
        (pl.DataFrame({"id": ["p1"], "naam": ["x"]}), {}, "no answers: naam"),
        (TOLD, {"at": datetime(2026, 11, 23)}, "time zone"),  # noqa: DTZ001 — that it is refused is the point
        (TOLD, {"n": 0}, "whole number from 1"),
        ([], {"n": 0}, "whole number from 1"),
        (pl.DataFrame({"id": ["p1"], "age.": [40], "travel.": [1]}), {}, r"no answers: age\., travel\.; leave"),
        (
            pl.DataFrame({"id": ["p1"], "naam": ["x"], "Jan 1954": [1], "3": [1]}),
            {},
            "no answers: naam, 2 not named here; leave them out",
        ),
        (pd.DataFrame([["a", "b"]], columns=["id", 3]), {}, "no answers: 1 not named here; leave them out"),
        (pd.DataFrame(index=range(3)), {}, "no column `id`"),
        (pl.DataFrame({"age": [40]}), {}, "no column `id`"),
        (pd.DataFrame([["p1", "p2"]], columns=["id", "id"]), {}, "column twice"),
        *((TOLD, {"n_jobs": wrong}, "n_jobs is 0, or no whole number; give how many") for wrong in (0, "x", 1.5, True)),
    ],
)
def test_what_is_wrong_for_everybody_is_an_error(told: Any, of: dict[str, Any], why: str) -> None:
    with pytest.raises(wm.WorMatchError, match=why):
        OURS.recommend_frame(told, **{"at": AT, **of})


@pytest.mark.parametrize("columns", [["1954-03-02", "Jan Jansen", "depressie"], ["depressie", "kanarie", "kanarie"]])
def test_a_table_without_a_header_does_not_tell_its_first_person(columns: list[str]) -> None:
    table = pa.table([pa.array(["x"])] * 3, names=columns)
    for run in (
        lambda: OURS.recommend_frame(pd.DataFrame([["x"] * 3], columns=columns), at=AT),
        lambda: [*advise_batches(OURS, at=AT)(iter(table.to_batches()))],
    ):
        with pytest.raises(wm.WorMatchError) as refused:
            run()
        assert not any(name in str(refused.value) for name in columns)
    with pytest.raises(wm.WorMatchError, match="no column of the table is an answer; does it have a header"):
        advising.refuse_columns(columns)


def test_how_far_it_is_is_told_on_standard_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    OURS.recommend_frame(TOLD, at=AT, progress=True)
    assert capsys.readouterr().err == "5 of 5 people advised\n"
    monkeypatch.setattr(advising, "PEOPLE_SENT", 3)
    OURS.recommend_frame(TOLD, at=AT, progress=True)
    assert capsys.readouterr().err == "3 of 5 people advised\n5 of 5 people advised\n"


def test_cells_are_answers() -> None:
    made = participant_of(
        {"id": "p1", "age": math.nan, "travel.max_minutes": 20.0, "travel": {"modes": ["bike"], "max_minutes": None},
         "languages": [("nl", "good")], "likes": pd.Series([["samen-koken"]]).to_numpy()[0], "budget": None}
    )  # fmt: skip
    assert made == wm.Participant(
        id="p1", travel={"modes": ["bike"], "max_minutes": 20}, languages={"nl": "good"}, likes=["samen-koken"]
    )


def test_an_empty_map_in_arrow_tells_nothing() -> None:
    languages = pa.array([[("nl", "good")], []], type=pa.map_(pa.string(), pa.string()))
    rows = OURS.recommend_frame(pa.table({"id": ["p1", "p2"], "languages": languages}), at=AT, n=1).to_pylist()
    assert [row["problem"] for row in rows] == [None, None]
    assert rows[1]["activity"] == OURS.recommend(wm.Participant(id="p2"), at=AT, n=1)[0].activity.id


def test_the_schema_of_a_participant_takes_what_we_take() -> None:
    for one in TOLD:
        jsonschema.validate(one, wm.PARTICIPANT_SCHEMA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"id": "p1", "naam": "x"}, wm.PARTICIPANT_SCHEMA)


def test_a_matcher_gives_the_same_anywhere() -> None:
    assert OURS.recommend_frame(TOLD, at=date(2026, 11, 23)) == advising.rows_for(OURS, TOLD, date(2026, 11, 23))
