"""Continuation: by hand, equal to lifelines, and weights that give back those who were lost from view."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter

import wor_match as wm
from wor_match.evaluation.continuation import continuation, followed_weights

PEOPLE = st.lists(st.tuples(st.integers(0, 14), st.booleans()), min_size=1, max_size=40)


def test_a_case_by_hand() -> None:
    """Six people: one stops in week 1; of 5 in week 2 one stops and one is lost after it; of 3 in week 4 one stops."""
    found = continuation([1, 2, 2, 4, 5, 5], [True, True, False, True, False, False])
    assert found.week.tolist() == [0, 1, 2, 3, 4, 5]
    assert found.at_risk.tolist() == [6, 6, 5, 3, 3, 2]
    assert found.stops.tolist() == [0, 1, 1, 0, 1, 0]
    assert found.lost.tolist() == [0, 0, 1, 0, 0, 2]
    assert found.still == pytest.approx([1, 5 / 6, 4 / 6, 4 / 6, 4 / 9, 4 / 9])
    log = -np.log(4 / 9)
    width = 1.959963984540054 * np.sqrt(1 / 30 + 1 / 20 + 1 / 6) / log
    assert found.low[4] == pytest.approx(np.exp(-log * np.exp(width)))
    assert found.high[4] == pytest.approx(np.exp(-log * np.exp(-width)))


@given(PEOPLE)
def test_it_equals_lifelines(people: list[tuple[int, bool]]) -> None:
    weeks, stopped = (np.array(one) for one in zip(*people, strict=True))
    found = continuation(weeks, stopped)
    theirs = KaplanMeierFitter().fit(weeks, stopped, timeline=found.week)
    assert found.still == pytest.approx(theirs.survival_function_.to_numpy()[:, 0], abs=1e-9)
    low, high = theirs.confidence_interval_.to_numpy().T
    gone = found.still == 0  # lifelines then says 1 for both
    assert found.low[~gone] == pytest.approx(low[~gone], abs=1e-9)
    assert found.high[~gone] == pytest.approx(high[~gone], abs=1e-9)
    table = theirs.event_table.reindex(found.week)
    seen = table["at_risk"].notna().to_numpy()
    assert found.at_risk[seen].tolist() == table["at_risk"][seen].astype(int).tolist()


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 8), st.booleans()), min_size=1, max_size=40))
def test_late_entry_equals_lifelines(people: list[tuple[int, int, bool]]) -> None:
    entry, more, stopped = (np.array(one) for one in zip(*people, strict=True))
    found = continuation(entry + more, stopped, entry)
    if (found.at_risk - found.stops <= 0)[:-1].any():
        return  # lifelines warns, or divides by zero, where nobody is left and somebody enters later
    theirs = KaplanMeierFitter().fit(entry + more, stopped, entry=entry, timeline=found.week)
    assert found.still == pytest.approx(theirs.survival_function_.to_numpy()[:, 0], abs=1e-9)


def test_who_enters_late_is_at_risk_from_the_week_after() -> None:
    found = continuation([1, 3, 3], [True, True, False], [-1, -1, 1])
    assert found.at_risk.tolist() == [2, 2, 2, 2]
    assert found.still == pytest.approx([1, 1 / 2, 1 / 2, 1 / 4])


def test_when_all_have_stopped_the_interval_stays_above_nought() -> None:
    found = continuation([1, 2, 3], [True, True, True])
    assert (found.still[-1], found.low[-1]) == (0, 0)
    assert found.high[-1] == found.high[-2] > 0
    at_once = continuation([0, 0], [True, True])
    assert (at_once.still.tolist(), at_once.low.tolist(), at_once.high.tolist()) == ([0], [0], [1])


def test_where_nobody_stopped_the_interval_is_refused_with_its_reason() -> None:
    found = continuation([3, 4], [False, False])
    assert found.still.tolist() == [1.0] * 5
    assert found.reason == "nobody stopped in these weeks, so how sure this is cannot be told"
    assert continuation([3, 4], [True, False]).reason == ""


@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_order_of_the_people_changes_no_bit(people: list[tuple[int, bool]], dice: Any) -> None:
    other = list(people)
    dice.shuffle(other)
    one, two = (continuation(*zip(*told, strict=True)) for told in (people, other))
    assert one.frame() == two.frame()


def test_weights_by_hand() -> None:
    """Week 2: of 6, one outcome, then one of the other 5 is lost: 4/5 go on. Week 3: two outcomes count 5/4 each.

    Week 5: one of 2 is lost: 2/5 are left, and the last counts 5/2.
    """
    weights = followed_weights([2, 2, 3, 3, 5, 12], [True, False, True, True, False, True])
    assert weights == pytest.approx([1, 0, 5 / 4, 5 / 4, 0, 5 / 2])
    assert weights.sum() == pytest.approx(6)


def test_nobody_stands_for_more_than_twenty() -> None:
    weights = followed_weights([1] * 99 + [12], [False] * 99 + [True])
    assert (weights.max(), weights.sum()) == (20, 20)
    assert followed_weights([1] * 99 + [12], [False] * 99 + [True], least=0.001).max() == pytest.approx(100)


@given(st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=40))
def test_the_weighted_mean_is_the_kaplan_meier_share(people: list[tuple[int, bool]]) -> None:
    """Somebody surely stays, so that nobody is lost last; the identity of Robins and Rotnitzky."""
    week, known = (np.array(one) for one in zip(*people, (12, True), strict=True))
    stayed = known & (week == 12)
    known = known | (week == 12)
    stayed = known & (week == 12)
    weights = followed_weights(week, known, least=1e-9)
    assert weights.mean() == pytest.approx(1)
    assert (weights * stayed).mean() == pytest.approx(continuation(week, known & ~stayed).still[-1])


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (([], []), "weeks is no list of finite numbers, or is empty"),
        (([1, 2], [True]), "other lengths"),
        (([1.5], [True]), "weeks holds 1.5 in row 0; allowed are whole numbers from 0"),
        (([-1], [True]), "weeks holds -1 in row 0"),
        (([1], [2]), "stopped holds 2 in row 0; allowed are True and False"),
        (([1, float("nan")], [True, False]), "weeks is no list of finite numbers"),
        (([3, 3], [True, False], [0, 3]), "entry is not before the week in row 1"),
        (([3], [True], [-2]), "entry holds -2 in row 0; allowed are whole numbers from -1"),
        (([3, 3], [True, False], [0]), "other lengths"),
    ],
)
def test_bad_input_is_refused_with_its_place(told: Any, sentence: str) -> None:
    with pytest.raises(wm.WorMatchError, match=sentence):
        continuation(*told)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (([1, 2], [True]), "other lengths"),
        (([-1], [True]), "week holds -1 in row 0"),
        (([1], [0.5]), "known holds 0.5 in row 0"),
        (([1], [True], 0), "least is the smallest share"),
    ],
)
def test_bad_weights_are_refused(told: Any, sentence: str) -> None:
    with pytest.raises(wm.WorMatchError, match=sentence):
        followed_weights(*told)


def hidden(n: int) -> bool:
    return 0 < n < 10


@given(st.integers(1, 400), st.integers(0, 1000), st.sampled_from([0.01, 0.05, 0.2]), st.booleans())
def test_a_shared_one_tells_nothing_about_one_to_nine_people(n: int, seed: int, hazard: float, late: bool) -> None:
    dice = np.random.default_rng(seed)
    entry = np.where(dice.random(n) < 0.3, 2, -1) if late else np.full(n, -1)
    stop, lost = dice.geometric(hazard, n) + entry, np.minimum(12, dice.geometric(0.05, n)) + np.maximum(entry, 0)
    stop = np.maximum(stop, entry + 1)
    whole = continuation(np.minimum(stop, lost), stop <= lost, entry)
    found = whole.shareable()
    left = found.at_risk - found.stops - found.lost
    entered = found.at_risk[1:] - left[:-1]
    told = (*found.at_risk, *left, *found.stops, *found.lost, *entered, *np.abs(np.diff(found.at_risk)))
    if late:  # who enters makes up for who leaves: a small difference is then one between two groups of ten or more
        told = (*found.at_risk, *left, *found.stops, *found.lost, *entered)
    assert not any(hidden(int(one)) for one in told)
    assert (found.n is None) == (n < 10)
    if len(found.week):
        assert found.n == found.at_risk[0] + entered.sum()
    for share in (found.still, found.low, found.high):  # whole percentages
        assert share.tolist() == [round(float(one), 2) for one in share]
    if not found.lost[:-1].any():  # else who was lost counts as there to the end of the stretch
        assert found.still[:-1] == pytest.approx(whole.still[np.isin(whole.week, found.week[:-1])], abs=0.00501)
    assert np.all(found.still >= whole.still[np.isin(whole.week, found.week)] - 0.00501)
    assert found.shareable().frame() == found.frame()
    assert found.reason or len(found.week)


def test_a_shared_one_puts_weeks_together_by_hand() -> None:
    """Forty people: 6 stop in week 1, 6 in week 2, 3 in week 3, and the rest is seen to week 4."""
    found = continuation([1] * 6 + [2] * 6 + [3] * 3 + [4] * 25, [True] * 15 + [False] * 25).shareable()
    assert found.frame() == [
        {"week": 0, "still": 1.0, "low": 1.0, "high": 1.0, "at_risk": 40, "stops": 0, "lost": 0},
        {"week": 2, "still": 0.7, "low": found.low[1], "high": found.high[1], "at_risk": 40, "stops": 12, "lost": 0},
    ]
    assert found.first.tolist() == [0, 1]
    assert (found.n, found.shared, found.reason) == (40, True, "")


def shared_view(stops: Sequence[int], lost: Sequence[int]) -> str:
    """All that a shared one tells of so many who stop, and are lost, in weeks 1, 2, ..."""
    weeks = np.arange(1, len(stops) + 1)
    told = np.concatenate([np.repeat(weeks, stops), np.repeat(weeks, lost)])
    found = continuation(told, [True] * sum(stops) + [False] * sum(lost)).shareable()
    return repr((found.n, found.reason, found.first.tolist(), found.frame()))


def fixed(worlds: list[tuple[int, ...]]) -> list[tuple[int, int]]:
    """The counts of one to nine that are the same in all of some worlds, with their place."""
    columns = enumerate(zip(*worlds, strict=True))
    return [(at, column[0]) for at, column in columns if len(set(column)) == 1 and hidden(column[0])]


def test_no_week_within_a_stretch_can_be_solved() -> None:
    """Thirty people: 1 stops and 4 are lost in week 1, 9 stop and 6 are lost in week 2, 10 are seen to week 4."""
    told = shared_view([1, 9, 0, 0], [4, 6, 0, 10])
    behind = [
        (stop, 10 - stop, lost, 10 - lost)
        for stop in range(11)
        for lost in range(11)
        if shared_view([stop, 10 - stop, 0, 0], [lost, 10 - lost, 0, 10]) == told
    ]
    assert (1, 9, 4, 6) in behind
    assert not fixed(behind)


def test_no_count_of_one_to_nine_follows_from_a_shared_one() -> None:
    """Every way in which 22 people can stop or be lost in weeks 1 and 2, or be seen to week 3."""
    views = defaultdict(list)
    for split in combinations(range(26), 4):
        first, second, early, late, end = (np.diff([-1, *split, 26]) - 1).tolist()
        view = shared_view([first, second, 0], [early, late, end])
        views[view].append((first, second, early, late, end, first + early, second + late, second + late + end))
    assert not [(view, fixed(worlds)) for view, worlds in views.items() if fixed(worlds)]
    assert len(views) > 30


def test_a_shared_one_of_nine_tells_that_they_are_few() -> None:
    found = continuation([1] * 9, [True] * 9).shareable()
    assert (found.n, len(found.week), found.reason) == (None, 0, "fewer than ten people are behind it")
    assert repr(found) == "Continuation(few people, 0 weeks)"
    at_once = continuation([0] * 12, [True] * 5 + [False] * 7).shareable()
    assert (at_once.n, at_once.frame()) == (12, [])
    few_stop = continuation([1] * 4 + [9] * 20, [True] * 4 + [False] * 20).shareable()
    assert (few_stop.week.tolist(), few_stop.reason[:30]) == ([0], "nobody stopped in these weeks,")
    assert at_once.reason == "no week can be told without a count of one to nine people"
