"""Rows as the frame somebody uses: the same figures, the same columns, also when there is nothing to show."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from functools import partial
from typing import Any

import pytest

import wor_match as wm
from tests.town import activity, catalogue, person
from wor_match.interop.frames import BACKENDS, frame
from wor_match.rows import ADVICE_COLUMNS

AT = date(2026, 11, 23)


def rows_of(made: Any, backend: str) -> list[dict[str, Any]]:
    """The rows of a frame, as its own library gives them."""
    if backend == "polars":
        return list(made.to_dicts())
    return list(made.to_pylist() if backend == "pyarrow" else made.to_dict("records"))


def test_without_a_backend_it_is_a_list_of_dicts(matcher: wm.Matcher) -> None:
    advice = matcher.recommend(person(likes=["zingen"]), at=AT)
    rows = advice.to_frame()
    assert [row["activity"] for row in rows] == [one.activity.id for one in advice]
    assert [list(row) for row in rows] == [list(ADVICE_COLUMNS)] * 3
    assert rows[0]["rank"] == 1
    assert rows[0]["score"] == advice[0].score
    assert (rows[0]["low"], rows[0]["high"]) == advice[0].interval
    assert (rows[0]["reason_1"], rows[0]["points_1"]) == (advice[0].spoken[0].name, advice[0].spoken[0].points)
    assert rows[0]["n_possible"] == len(advice) + len(advice.others)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_frame_holds_what_the_list_holds(backend: Any, matcher: wm.Matcher) -> None:
    pytest.importorskip(backend)
    advice = matcher.recommend(person(likes=["zingen"]), at=AT)
    made = advice.to_frame(backend)
    assert type(made).__module__.split(".")[0] == backend
    assert rows_of(made, backend) == advice.to_frame()


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_empty_advice_keeps_its_columns_and_their_kinds(backend: Any, matcher: wm.Matcher) -> None:
    pytest.importorskip(backend)
    import narwhals.stable.v2 as nw

    nothing = matcher.recommend(person(), at=AT, only=[])
    some = matcher.recommend(person(likes=["zingen"], focus=["meedoen"]), at=AT)
    empty, full = (nw.from_native(advice.to_frame(backend)).schema for advice in (nothing, some))
    assert list(empty) == list(ADVICE_COLUMNS)
    assert empty == full


def test_a_backend_that_is_not_there_is_told_with_a_remedy() -> None:
    with pytest.raises(wm.WorMatchError, match="no backend 'duckdb'; there are: polars, pandas, pyarrow"):
        frame([], {"a": int}, "duckdb")  # because a host may give anything
    code = (
        "import sys; sys.modules['polars'] = None\n"
        "from wor_match.interop.frames import frame\n"
        "frame([{'a': 1}], {'a': int}, 'polars')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "WorMatchError: polars is not installed; install it, or leave out `backend`" in done.stderr


def test_a_value_that_is_missing_is_none() -> None:
    assert frame([{"a": 1}], {"a": int, "b": str}) == [{"a": 1, "b": None}]


KINDS: dict[str, type] = {"word": str, "whole": int, "part": float, "flag": bool}
FULL, EMPTY = {"word": "een", "whole": 1, "part": 0.5, "flag": True}, dict.fromkeys(KINDS)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("rows", [[FULL, EMPTY], [EMPTY, FULL], [EMPTY], [FULL], []])
def test_what_is_missing_is_missing_in_every_kind_of_column_and_backend(backend: Any, rows: list[Any]) -> None:
    pytest.importorskip(backend)
    import narwhals.stable.v2 as nw

    made = nw.from_native(frame(rows, KINDS, backend))
    for name in KINDS:
        assert made[name].is_null().to_list() == [row[name] is None for row in rows]
        assert made[name].drop_nulls().to_list() == [row[name] for row in rows if row[name] is not None]
    assert made.schema == nw.from_native(frame([FULL], KINDS, backend)).schema


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_verb_that_leaves_cells_empty_gives_the_same_rows_in_every_backend(backend: Any) -> None:
    """Some wait and some have a place; one idea is new in the advice and one has gone; some have one reason."""
    pytest.importorskip(backend)
    import narwhals.stable.v2 as nw

    places = {"free": 1, "as_of": "2026-11-20"}
    ours = wm.Matcher(catalogue(activity("koor", terms=["zingen"], places=places), activity("breien", places=places)))
    people = [wm.Participant(id=name, unwanted=["breien"]) for name in ("ali", "ben")]
    done, other = (ours.allocate(people, at=AT, waited={name: 1}) for name in ("ali", "ben"))
    compared = ours.what_if(people[0], {"unwanted": ["koor"]}, at=AT)
    for told in (done.frame, partial(done.beside, other), compared.frame, ours.recommend(people[0], at=AT).to_frame):
        rows, made = told(), nw.from_native(told(backend))
        assert any(None in row.values() for row in rows)
        for name in rows[0]:
            assert made[name].drop_nulls().to_list() == [row[name] for row in rows if row[name] is not None]
            assert made[name].is_null().to_list() == [row[name] is None for row in rows]
