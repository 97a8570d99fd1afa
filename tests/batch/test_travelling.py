"""How a matcher goes to workers, and advice in Arrow's own columns."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

import wor_match as wm
from tests.batch.test_advising import OURS, TOLD
from tests.batch.test_streams import FLAT
from tests.town import AT
from wor_match.batch import advise_batches, advise_frames, advising
from wor_match.batch.arrow import SPARK_SCHEMA, advice_schema, batch_of
from wor_match.batch.travelling import Travelling
from wor_match.evaluation.simulation.town import catalogue_of
from wor_match.evaluation.simulation.world import World
from wor_match.rows import ADVICE_COLUMNS


def sent(one: Any) -> Any:
    return pickle.loads(pickle.dumps(one))  # noqa: S301 — our own bytes


def test_a_matcher_is_unpacked_once_however_often_it_arrives() -> None:
    travelling = Travelling(OURS)
    there = sent(travelling)
    assert there is sent(travelling)
    assert there.matcher is not OURS
    assert advising.rows_for(there.matcher, TOLD, AT) == advising.rows_for(OURS, TOLD, AT)
    other = sent(Travelling(wm.Matcher(wm.load_catalogue("amstelveen"))))
    assert other is not there
    assert other.matcher.catalogue.id == "amstelveen"


def test_a_rule_and_a_signal_of_a_notebook_travel_too() -> None:
    """Every second activity is ruled out, and one signal says .3 of each: neither has a name that can be imported."""
    rule = replace(OURS.constraints[0], allows=lambda columns, asked: np.arange(len(columns)) % 2 == 0)
    signal = replace(OURS.signals[0], strength=lambda columns, asked: np.full(len(columns), 0.3))
    rules, signals = (rule, *OURS.constraints[1:]), (signal, *OURS.signals[1:])
    matcher = wm.Matcher(OURS.catalogue, constraints=rules, signals=signals)
    with pytest.raises((pickle.PicklingError, AttributeError), match="lambda"):
        pickle.dumps(matcher)
    there, here = (advising.rows_for(one, TOLD, AT) for one in (sent(Travelling(matcher)).matcher, matcher))
    assert there == here
    for one in ({"constraints": rules}, {"signals": signals}):
        assert advising.rows_for(wm.Matcher(OURS.catalogue, **one), TOLD, AT) not in (
            here,
            advising.rows_for(OURS, TOLD, AT),
        )


def test_what_travels_is_small(figure: Callable[[str], None]) -> None:
    matcher = wm.Matcher(catalogue_of(World(activities=500, places=1500)))
    size = sys.getsizeof(Travelling(matcher))
    figure(f"a matcher of 500 invented activities travels as {size / 1e6:.2f} MB")
    assert size < 5_000_000


def test_batches_of_arrow_hold_what_a_frame_holds_to_the_last_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wor_match.batch.arrow.PEOPLE_SENT", 3)
    table = pa.Table.from_pylist(FLAT)
    work = sent(advise_batches(OURS, at=AT, n=2))
    made = [*work(iter(table.to_batches(max_chunksize=7)))]
    assert all(batch.schema == advice_schema() for batch in made)
    assert len(made) > len(FLAT) / 7, "a batch that is longer than a block is cut"
    whole = pa.Table.from_batches(made)
    assert whole.equals(OURS.recommend_frame(table, at=AT, n=2).cast(advice_schema()))
    assert batch_of(advising.rows_for(OURS, [], AT)).num_rows == 0


def test_batches_come_one_by_one() -> None:
    asked = []

    def people() -> Any:
        for number in range(3):
            asked.append(number)
            yield pa.RecordBatch.from_pylist([{"id": f"p{number}"}])

    made = advise_batches(OURS, at=AT)(people())
    next(made)
    assert asked == [0]


def test_what_is_wrong_is_said_at_once_or_with_the_first_batch() -> None:
    for work in (advise_batches, advise_frames):
        with pytest.raises(wm.WorMatchError, match="whole number from 1"):
            work(OURS, at=AT, n=0)
    with pytest.raises(wm.WorMatchError, match="no answers: naam"):
        next(advise_batches(OURS, at=AT)(iter([pa.RecordBatch.from_pylist([{"id": "p1", "naam": "x"}])])))


def test_the_schema_of_spark_names_the_same_columns_and_kinds() -> None:
    kinds = {"string": str, "bigint": int, "double": float, "boolean": bool}
    told = [column.split(" ") for column in SPARK_SCHEMA.split(", ")]
    assert {name: kinds[kind] for name, kind in told} == ADVICE_COLUMNS


def test_a_function_for_tables_gives_a_table_of_the_same_kind() -> None:
    assert sent(advise_frames(OURS, at=AT))(TOLD) == OURS.recommend_frame(TOLD, at=AT)
