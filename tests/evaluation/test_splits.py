"""Splits: nobody on both sides, and nothing that was known only later."""

# ruff: noqa: N803, N806 — X is the name that scikit-learn gives it
from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.dummy import DummyClassifier
from sklearn.model_selection import GridSearchCV, cross_val_score

import wor_match as wm
from wor_match.evaluation.splits import TemporalGroupSplit, codes

ROWS = st.lists(
    st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 40)), st.integers(0, 25)), min_size=6, max_size=60
)


def arrays(rows: list[tuple[int, int | None, int]]) -> tuple[Any, Any]:
    known = [np.nan if late is None else day + late for day, late, _ in rows]
    return np.column_stack([[day for day, _, _ in rows], known]), np.array([who for _, _, who in rows])


def folds(split: TemporalGroupSplit, X: Any, groups: Any) -> list[Any]:
    try:
        return list(split.split(X, groups=groups))
    except wm.WorMatchError:
        assume(False)
        raise


def test_folds_by_hand() -> None:
    """Four people come in on days 1, 3, 5, 7: cuts at 3 and 5 for two folds (a third, two thirds of four, down).

    The row of day 1 is known on day 4, so it teaches only in the second fold; a comes back on day 6 and is not asked.
    """
    X = np.array([[1, 4], [3, 4], [5, 9], [6, 7], [7, np.nan]])
    groups = ["a", "b", "c", "a", "d"]
    told = [(train.tolist(), test.tolist()) for train, test in TemporalGroupSplit(2).split(X, groups=groups)]
    assert told == [([0], [1]), ([0, 1], [2, 4])]
    with pytest.raises(wm.WorMatchError, match="fold 1 of 2 has nothing to train on"):
        TemporalGroupSplit(2, known_column=1).split(X, groups=groups)
    X[0, 1] = 2
    told = [
        (train.tolist(), test.tolist()) for train, test in TemporalGroupSplit(2, known_column=1).split(X, groups=groups)
    ]
    assert told == [([0], [1]), ([0, 1], [2, 4])]
    X[1, 1] = 5
    assert next(iter(list(TemporalGroupSplit(2, known_column=1).split(X, groups=groups))[1:]))[0].tolist() == [0]


def test_who_came_early_and_is_not_known_yet_may_be_asked_later() -> None:
    """The row of a on day 1 is known on day 9: it teaches in no fold, so a may be asked on day 5."""
    X = np.array([[1, 9], [2, 2.5], [4, 4], [5, 6]])
    ((train, test),) = TemporalGroupSplit(1, known_column=1, test_share=1 / 3).split(X, groups=["a", "b", "c", "a"])
    assert (train.tolist(), test.tolist()) == ([1], [2, 3])


@given(ROWS, st.integers(1, 3), st.sampled_from([None, 0.3, 0.6]))
def test_nobody_is_on_both_sides_and_nothing_is_known_too_early(
    rows: list[Any], n_splits: int, test_share: float | None
) -> None:
    X, groups = arrays(rows)
    end = -np.inf
    for train, test in folds(TemporalGroupSplit(n_splits, known_column=1, test_share=test_share), X, groups):
        cut = X[test, 0].min()
        assert len(train)
        assert not set(groups[train]) & set(groups[test])
        assert X[train, 0].max() < cut
        assert X[train, 1].max() < cut
        assert cut > end
        end = X[test, 0].max()


@given(ROWS)
def test_without_known_column_all_earlier_rows_teach(rows: list[Any]) -> None:
    X, groups = arrays(rows)
    split = TemporalGroupSplit(2)
    first = np.array([X[groups == who, 0].min() for who in np.unique(groups)])
    told = folds(split, X, groups)
    for (train, test), cut, end in zip(told, split.cuts(first), [*split.cuts(first)[1:], np.inf], strict=True):
        assert train.tolist() == np.flatnonzero(X[:, 0] < cut).tolist()
        inside = (X[:, 0] >= cut) & (X[:, 0] < end) & ~np.isin(groups, groups[train])
        assert test.tolist() == np.flatnonzero(inside).tolist()


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_fold(rows: list[Any], dice: Any) -> None:
    order = list(range(len(rows)))
    dice.shuffle(order)
    X, groups = arrays(rows)
    split = TemporalGroupSplit(2, known_column=1)
    for (train, test), (train_2, test_2) in zip(
        folds(split, X, groups), folds(split, X[order], groups[order]), strict=True
    ):
        assert set(train) == {order[at] for at in train_2}
        assert set(test) == {order[at] for at in test_2}


def test_cuts_lie_at_equal_shares_of_the_people_and_not_of_the_rows() -> None:
    X = np.repeat(np.arange(12.0), [50, *[1] * 11])[:, None]
    groups = X[:, 0].astype(int)
    told = list(TemporalGroupSplit(3).split(X, groups=groups))
    assert [sorted(set(groups[test])) for _, test in told] == [[3, 4, 5], [6, 7, 8], [9, 10, 11]]
    told = list(TemporalGroupSplit(2, test_share=1 / 3).split(X, groups=groups))
    assert [sorted(set(groups[test])) for _, test in told] == [[8, 9], [10, 11]]


def test_scikit_learn_takes_it() -> None:
    days = np.arange(60.0)
    X, y, groups = np.column_stack([days, days + 5]), (np.arange(60) % 3 == 0).astype(int), np.arange(60) // 2
    split = TemporalGroupSplit(n_splits=3, known_column=1)
    assert (
        len(cross_val_score(DummyClassifier(), X, y, groups=groups, cv=split)) == split.get_n_splits(X, y, groups) == 3
    )
    search = GridSearchCV(DummyClassifier(), {"strategy": ["prior", "stratified"]}, cv=split, scoring="neg_brier_score")
    assert search.fit(X, y, groups=groups).best_params_ == {"strategy": "prior"}


@pytest.mark.parametrize("backend", ["pandas", "polars"])
def test_columns_of_a_frame_have_names(backend: str) -> None:
    from wor_match.interop.frames import frame

    rows = [{"day": float(day), "known": day + 0.5 if day else None} for day in range(6)]
    X = frame(rows, {"day": float, "known": float}, backend)
    told = list(TemporalGroupSplit(2, "day", "known").split(X, groups=list("abcdef")))
    assert [(train.tolist(), test.tolist()) for train, test in told] == [([1], [2, 3]), ([1, 2, 3], [4, 5])]


@pytest.mark.parametrize(
    ("made", "X", "groups", "sentence"),
    [
        ({}, [[1], [2]], None, "there are no groups"),
        ({}, [[1], [2]], ["a"], "give one label for each row"),
        ({}, [[1], [2]], ["a", None], "groups holds a missing label"),
        ({}, [[1], [2]], [1.0, float("nan")], "groups holds a missing label"),
        ({}, [[1], [float("nan")]], ["a", "b"], "time_column holds a moment that is no finite number"),
        ({"time_column": 3}, [[1], [2]], ["a", "b"], "X has no column of numbers 3; say in time_column"),
        ({"known_column": "k"}, [[1], [2]], ["a", "b"], "X has no column of numbers 'k'; say in known_column"),
        ({}, [["a"], ["b"]], ["a", "b"], "X has no column of numbers 0"),
        ({"n_splits": 2}, [[1], [2], [3]], ["a", "b", "a"], "there are 2 people for 2 folds; give at least 3"),
        ({"n_splits": 1}, np.empty((0, 1)), [], "there are 0 people for 1 folds"),
        ({"n_splits": 2}, [[1], [2], [2]], ["a", "b", "c"], "fold 1 of 2 has nobody to test"),
        ({"n_splits": 1}, [[1], [1], [1]], ["a", "b", "c"], "fold 1 of 1 has nothing to train on"),
    ],
)
def test_what_cannot_be_split_is_refused(made: Any, X: Any, groups: Any, sentence: str) -> None:
    with pytest.raises(wm.WorMatchError, match=sentence):
        TemporalGroupSplit(**made).split(X, groups=groups)


@pytest.mark.parametrize(
    "made", [{"n_splits": 0}, {"n_splits": 2.0}, {"n_splits": True}, {"test_share": 1.0}, {"test_share": 0}]
)
def test_what_is_no_split_is_refused(made: Any) -> None:
    with pytest.raises(wm.WorMatchError, match=r"n_splits is no whole|test_share is outside"):
        TemporalGroupSplit(**made)


def test_a_number_and_its_text_are_two_people() -> None:
    assert len(set(codes(np.array([1, "1", 2], dtype=object), 3).tolist())) == 3
