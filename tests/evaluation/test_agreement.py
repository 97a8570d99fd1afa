"""Coaches' judgement beside the advice: shares by hand and by other libraries, and who should not count does not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import somersd
from sklearn.metrics import roc_auc_score

import wor_match as wm
from tests.town import AT, activity, catalogue, person
from wor_match.errors import WorMatchError
from wor_match.evaluation.agreement import agreement
from wor_match.evaluation.judging.concordance import concordant, share_each
from wor_match.evaluation.judging.judged import LEVELS, Judged
from wor_match.evaluation.over_people import Figure

DEAR = [{"euro": 10, "per": "time"}]
# For somebody with focus participation: drie above twee above een; the fourth costs too much for who has nothing.
TOWN = wm.Matcher(
    catalogue(
        activity("een", serves={"participation": 1}),
        activity("twee", serves={"participation": 2}),
        activity("drie", serves={"participation": 3}),
        activity("vier", serves={"participation": 3}, price=DEAR),
        activity("vijf", serves={"participation": 3}, price=DEAR),
    )
)


def judged(who: str = "p1", by: str = "a", safety: str = "no", **verdicts: str) -> Judged:
    one = person(id=who, focus=["meedoen"], budget="free", circumstances={"safety": safety})
    return Judged(person=one, judged=verdicts, by=by)


def test_a_share_by_hand() -> None:
    # drie (good) > twee (unsuitable) yes; drie > een (acceptable) yes; een > twee: the advice says no. Two of three.
    found = agreement(TOWN, [judged(drie="good", twee="unsuitable", een="acceptable")], at=AT)
    assert found.share == pytest.approx(2 / 3)
    assert (found.interval, found.n, found.reason) == (None, 1, "fewer than 10 people")
    (one,) = found.disagreements
    assert (one.better, one.worse, one.judged_better, one.judged_worse) == ("een", "twee", "acceptable", "unsuitable")
    assert (one.through, one.part) == ("focus", "worth")


def test_a_disagreement_is_through_the_reason_with_the_largest_difference_of_points() -> None:
    one = judged(drie="unsuitable", een="good")
    found = agreement(TOWN, [one], at=AT).disagreements[0]
    advice = {shown.activity.id: shown for shown in TOWN.recommend(one.person, at=AT)}
    told = [{reason.name: reason.points for reason in advice[name].reasons} for name in ("een", "drie")]
    apart = {name: told[1][name] - told[0][name] for name in told[0]}
    assert found.points == pytest.approx(max(apart.values()), abs=1e-9)
    assert apart[found.through] == max(apart.values())
    assert (found.score_better, found.score_worse) == pytest.approx(
        (advice["een"].score, advice["drie"].score), abs=1e-9
    )
    assert sum(apart.values()) == pytest.approx(100 * (advice["drie"].score - advice["een"].score), abs=1e-9)


def test_what_is_ruled_out_stands_below_all_and_beside_its_like() -> None:
    # vier (good) < een (unsuitable): no; vier beside vijf (unsuitable): a half; of two pairs.
    found = agreement(TOWN, [judged(vier="good", een="unsuitable", vijf="unsuitable")], at=AT)
    assert found.share == pytest.approx(0.25)
    (one,) = found.disagreements
    assert (one.through, one.part, one.points, one.score_better) == ("too_expensive", "rule", None, None)
    (left,) = found.good_excluded
    assert (left.person, left.by, left.activity, left.rules) == ("p1", "a", "vier", ("too_expensive",))


def test_what_was_shown_counts_as_far_as_it_was_judged() -> None:
    told = [
        judged(drie="good", twee="unsuitable", een="acceptable"),
        judged("p2", drie="good"),
        judged("p3", vier="good"),
    ]
    found = agreement(TOWN, told, at=AT)
    assert found.shown == Figure(pytest.approx((2 / 3 + 1) / 2), None, 2, "fewer than 10 people", None, 2)
    assert (found.n_shown, found.n_shown_judged) == (9, 4)
    (bad,) = found.unsuitable_shown
    assert (bad.person, bad.activity, bad.place) == ("p1", "twee", 2)
    two = agreement(TOWN, [judged(drie="good"), judged(by="b", drie="unsuitable")], at=AT)
    assert (two.shown.value, two.n_shown, two.n_shown_judged) == (0.0, 3, 1)


def test_each_person_counts_once_whoever_judged_and_at_length() -> None:
    # p1: one of two pairs over two coaches; p2: one of one.
    told = [
        judged(drie="good", een="unsuitable"),
        judged(by="b", drie="unsuitable", een="good"),
        judged("p2", drie="good", een="acceptable"),
    ]
    assert agreement(TOWN, told, at=AT).share == pytest.approx(0.75)


def test_coaches_agree_with_each_other_as_often_as_worked_by_hand() -> None:
    # a: drie > twee > een. b: drie = twee > een. Their order of a's three pairs: 1/2, 1, 1; of b's two in a's: 1, 1.
    told = [
        judged(drie="good", twee="acceptable", een="unsuitable"),
        judged(by="b", drie="good", twee="good", een="acceptable"),
    ]
    found = agreement(TOWN, told, at=AT)
    assert found.between_coaches.value == pytest.approx((0.5 + 1 + 1 + 1 + 1) / 5)
    later = told[0].replace(at=AT.replace(year=2027), judged={"drie": "unsuitable", "een": "good"})
    alone = agreement(TOWN, [told[0], later], at=AT).between_coaches  # somebody who thinks again is not two coaches
    assert (alone.value, alone.n, alone.reason) == (None, 0, "there is nobody of whom it can be told")


def test_for_whom_safety_comes_first_nothing_is_counted() -> None:
    told = [judged(drie="good", een="unsuitable"), judged("p2", safety="first", drie="unsuitable", een="good")]
    found = agreement(TOWN, told, at=AT)
    assert (found.share, found.n_people, found.safety_first, found.n_judged) == (1.0, 1, 1, 2)


def test_order_and_repeats_change_nothing() -> None:
    told = [judged(f"p{n}", drie="good", twee="unsuitable" if n % 3 else "good", een="acceptable") for n in range(12)]
    one, other = agreement(TOWN, told, at=AT), agreement(TOWN, [*reversed(told), told[3]], at=AT)
    assert one == other
    assert one.to_markdown() == other.to_markdown()
    assert one.interval is not None


def test_a_day_of_its_own_goes_before_that_of_the_question() -> None:
    here = judged(drie="good", een="unsuitable")
    dated = here.replace(at=AT)
    assert agreement(TOWN, [here, dated], at=AT) == agreement(TOWN, [here], at=AT)
    assert agreement(TOWN, [dated], at=AT.replace(year=2027)).n == 1


def test_nothing_judged_unequal_is_no_share() -> None:
    for told in ([], [judged(drie="good", een="good")]):
        found = agreement(TOWN, told, at=AT)
        assert (found.share, found.interval, found.n) == (None, None, 0)
        assert found.reason == "there is nobody of whom it can be told"
        assert "not told" in found.to_markdown()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([judged(weg="good")], "participant p1 by a names activities that are not in the catalogue: weg"),
        ([judged(drie="good"), judged(drie="unsuitable")], "p1 is judged in two ways by a"),
        ([judged(drie="good"), judged(by="b", safety="alongside", drie="good")], "p1 is told in two ways"),
        (["p1"], "no Judged"),
        (judged(drie="good"), "are no list"),
    ],
)
def test_what_cannot_be_laid_beside_is_refused(told: Any, said: str) -> None:
    with pytest.raises(WorMatchError, match=said) as fault:
        agreement(TOWN, told, at=AT)
    assert "unsuitable" not in str(fault.value)


def test_no_day_no_matcher_no_seed_is_refused() -> None:
    with pytest.raises(WorMatchError, match="time zone"):
        agreement(TOWN, [], at=datetime(2026, 11, 23))  # noqa: DTZ001 — the point
    with pytest.raises(WorMatchError, match="advice of a Matcher"):
        agreement("town", [], at=AT)
    with pytest.raises(WorMatchError, match="`seed`"):
        agreement(TOWN, [], at=AT, seed=-1)


def test_its_text_tells_counts_only_and_its_page_all() -> None:
    found = agreement(TOWN, [judged(drie="unsuitable", een="good", vier="good")], at=AT)
    assert repr(found) == "Agreement(1 people, 3 judged, 2 disagreements)"
    assert not any(name in repr(found.disagreements) + repr(found.good_excluded) for name in ("drie", "vier", "good"))
    page = found.to_markdown()
    assert "| p1 | a | drie | 1 |" in page
    assert "| p1 | a | vier | too\\_expensive |" in page
    assert "| vier (good) | ruled out | drie (unsuitable) |" in page
    for backend in ("polars", "pandas", "pyarrow"):
        assert found.frame(backend).shape == (2, 11)
    assert found.frame()[0]["better"] == "vier"


levels_and_scores = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4)), min_size=2, max_size=12)


@given(levels_and_scores)
def test_with_two_levels_it_is_the_area_under_the_curve(told: list[tuple[int, int]]) -> None:
    levels, scores = np.array([min(level, 1) for level, _ in told]), np.array([float(score) for _, score in told])
    agreeing, pairs = concordant(levels, scores)
    if pairs:
        assert agreeing / pairs == pytest.approx(roc_auc_score(levels, scores), abs=1e-12)


@given(levels_and_scores)
def test_it_is_half_of_one_more_than_somers_d(told: list[tuple[int, int]]) -> None:
    levels, scores = np.array([level for level, _ in told]), np.array([float(score) for _, score in told])
    agreeing, pairs = concordant(levels, scores)
    if pairs and len(set(scores)) > 1:
        assert 2 * agreeing / pairs - 1 == pytest.approx(somersd(levels, scores).statistic, abs=1e-12)


def test_many_orders_at_once_are_each_by_itself() -> None:
    levels, scores = np.array([2, 1, 0]), np.array([[3.0, 2.0, 1.0], [1.0, 1.0, 2.0]])
    many = share_each([("p", levels, scores)])["p"]
    assert many.tolist() == [share_each([("p", levels, one)])["p"] for one in scores] == [1.0, pytest.approx(0.5 / 3)]


def test_verdicts_are_in_order() -> None:
    assert LEVELS["unsuitable"] < LEVELS["acceptable"] < LEVELS["good"]
