"""Weights tried against judgement: each as a matcher of its own would give, and others only when people can tell."""

from __future__ import annotations

from typing import Any

import pytest

import wor_match as wm
from tests.town import AT, activity, catalogue, person
from wor_match.errors import WorMatchError
from wor_match.evaluation.agreement import agreement
from wor_match.evaluation.judging.cases import cases_of
from wor_match.evaluation.judging.judged import Judged
from wor_match.evaluation.tuning_worth import readable_grid, scores_of, tune_worth
from wor_match.settings import WorthWeights

TOWN = catalogue(
    activity("aa-meedoen", terms=["wandelen"], serves={"participation": 3}),
    activity("bb-zang", terms=["zingen"], serves={"participation": 0}),
    activity("cc-beide", terms=["muziek-maken"], serves={"participation": 2, "meaningfulness": 3}),
    activity("dd-duur", terms=["wandelen"], serves={"participation": 3}, price=[{"euro": 10, "per": "time"}]),
)
# With the present weights walking comes first, then music, then singing; with the others the other way round.
PRESENT, OTHER = WorthWeights(focus=0.9, wish=0.1, web=0.0), WorthWeights(focus=0.1, wish=0.9, web=0.0)
MATCHER = wm.Matcher(TOWN, wm.Settings(worth=PRESENT))
WISH_FIRST = {"bb-zang": "good", "cc-beide": "acceptable", "aa-meedoen": "unsuitable", "dd-duur": "unsuitable"}
FOCUS_FIRST = {"bb-zang": "unsuitable", "cc-beide": "acceptable", "aa-meedoen": "good", "dd-duur": "unsuitable"}


def people(n: int, verdicts: dict[str, Any] = WISH_FIRST, start: int = 0) -> list[Judged]:
    told = {"focus": ["meedoen"], "likes": ["zingen"], "budget": "free"}
    return [Judged(person=person(id=f"p{number}", **told), judged=verdicts) for number in range(start, start + n)]


def test_each_weights_agree_as_with_a_matcher_of_its_own() -> None:
    told = [*people(6), *people(6, FOCUS_FIRST, start=6)]
    grid = [
        WorthWeights(),
        WorthWeights(focus=0.1, wish=0.8, web=0.1),
        WorthWeights(floor=0.5, focus=0.9, wish=0.1, web=0),
    ]
    for one in tune_worth(MATCHER, told, at=AT, grid=grid).tried:
        own = wm.Matcher(TOWN, wm.Settings(worth=one.weights))
        assert one.order == agreement(own, told, at=AT).order
        assert one.difference.value == pytest.approx(one.order.value - agreement(MATCHER, told, at=AT).share)


def test_each_weights_score_as_with_a_matcher_of_its_own() -> None:
    grid = [OTHER, WorthWeights(floor=0.7, focus=0.3, wish=0.3, web=0.4)]
    (case,), _ = cases_of(MATCHER, people(1), AT)
    for weights, scores in zip(grid, scores_of(case, grid), strict=True):
        (own,), _ = cases_of(wm.Matcher(TOWN, wm.Settings(worth=weights)), people(1), AT)
        assert scores.tolist() == own.scores.tolist()


def test_weights_that_all_coaches_want_are_recommended() -> None:
    found = tune_worth(MATCHER, people(12), at=AT)
    assert found.recommended == found.best != found.present == PRESENT
    assert found.recommended.wish > PRESENT.wish  # of equals what lies nearest to the present ones
    (best,) = (one for one in found.tried if one.weights == found.recommended)
    assert best.is_better
    assert found.sentences()[-1].startswith("Use focus ")
    assert "other weights agree better" in repr(found)


def test_what_half_of_them_want_is_no_reason_to_change() -> None:
    found = tune_worth(MATCHER, [*people(7), *people(6, FOCUS_FIRST, start=7)], at=AT)
    assert found.best != found.present
    assert found.recommended == found.present
    assert found.smallest_difference is not None
    assert found.sentences()[-1] == "None of 231 weights is better by more than chance: keep the present ones."


def test_fewer_than_ten_people_cannot_tell() -> None:
    found = tune_worth(MATCHER, people(9), at=AT)
    assert (found.recommended, found.smallest_difference, found.n) == (found.present, None, 9)
    assert found.sentences() == ["9 people cannot tell these weights apart: keep the present ones."]
    assert tune_worth(MATCHER, [], at=AT).n == 0


def test_order_changes_nothing_and_the_present_weights_differ_by_nothing() -> None:
    told = [*people(6), *people(6, FOCUS_FIRST, start=6)]
    one, other = tune_worth(MATCHER, told, at=AT), tune_worth(MATCHER, told[::-1], at=AT)
    assert one == other
    (present,) = (tried for tried in one.tried if tried.weights == one.present)
    assert (present.difference.value, present.smallest_difference) == (0.0, 0.0)
    assert not present.is_better


def test_the_grid_is_readable_and_whole() -> None:
    grid = readable_grid(0.2)
    assert len(grid) == len(set(grid)) == 231
    assert WorthWeights() in grid


def test_a_frame_has_a_row_for_each() -> None:
    found = tune_worth(MATCHER, people(12), at=AT, grid=[OTHER])
    rows = found.frame()
    assert [row["share"] for row in rows] == pytest.approx(
        [1.0, 0.4]
    )  # of five pairs by hand: all, and the two with dd
    assert rows[0]["difference"] > rows[0]["smallest_difference"] > 0
    for backend in ("polars", "pandas", "pyarrow"):
        assert found.frame(backend).shape == (2, 11)


@pytest.mark.parametrize("grid", [[], [0.5], ["focus"]])
def test_a_grid_of_something_else_is_refused(grid: Any) -> None:
    with pytest.raises(WorMatchError, match="`grid` is no list of WorthWeights"):
        tune_worth(MATCHER, people(1), at=AT, grid=grid)
    with pytest.raises(WorMatchError, match="advice of a Matcher"):
        tune_worth("town", people(1), at=AT)
