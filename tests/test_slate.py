"""A good slate: the best first, then variety, an easy step, another group, what was named, and one unknown at most."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wor_match.choosing import Candidates, slate


def candidates(scores: list[float], **told: list[Any]) -> Candidates:
    """Candidates that differ in everything, apart from what a test says."""
    n = len(scores)
    apart, days = np.uint64(1) << np.arange(n, dtype=np.uint64), told.get("weekdays", np.zeros((n, 7), dtype=bool))

    def given_(name: str, otherwise: Any) -> Any:
        return np.array(told.get(name, otherwise))

    return Candidates(
        score=np.array(scores), worth=given_("worth", [0.6] * n), easy=given_("easy", [True] * n),
        liked=given_("liked", [False] * n), unsure=given_("unsure", [False] * n).astype(bool), group=given_("group", range(n)),
        organiser=given_("organiser", [-1] * n), terms=apart[None], weekdays=np.packbits(days, axis=1).T,
    )  # fmt: skip


def shown(these: Candidates, n: int = 3, variety: float = 0.1, margin: float = 0.05) -> list[int]:
    return slate(these, n, variety, margin)


def test_without_likeness_the_highest_scores_are_shown_in_order() -> None:
    assert shown(candidates([0.2, 0.5, 0.3, 0.4])) == [1, 3, 2]


def test_ties_are_broken_by_the_order_of_ids() -> None:
    assert shown(candidates([0.3, 0.3, 0.3, 0.3])) == [0, 1, 2]


def test_likeness_to_what_is_shown_costs_variety() -> None:
    """Row 1 shares the group of row 0: .48 - .1 x .5 = .43, below the .45 of row 2."""
    assert shown(candidates([0.5, 0.48, 0.45], group=[0, 0, 1]), n=2) == [0, 2]
    assert shown(candidates([0.5, 0.48, 0.42], group=[0, 0, 1]), n=3, variety=0.0) == [0, 1, 2]


def test_one_of_another_group_with_half_the_best_score_is_among_them() -> None:
    same = [0, 0, 0, 1]
    assert shown(candidates([0.6, 0.59, 0.58, 0.3], group=same)) == [0, 1, 3]
    assert shown(candidates([0.6, 0.59, 0.58, 0.29], group=same)) == [0, 1, 2]
    assert shown(candidates([0.6, 0.59, 0.58, 0.3], group=same, worth=[0.6, 0.6, 0.6, 0.34])) == [0, 1, 2]


def test_an_easy_first_step_within_the_margin_is_among_them() -> None:
    easy = [False, False, False, True]
    assert shown(candidates([0.6, 0.59, 0.58, 0.55], easy=easy)) == [0, 1, 3]
    assert shown(candidates([0.6, 0.59, 0.58, 0.54], easy=easy)) == [0, 1, 2]


def test_what_was_named_takes_the_last_slot() -> None:
    liked = [False, False, False, True]
    assert shown(candidates([0.6, 0.59, 0.58, 0.1], liked=liked)) == [0, 1, 3]
    assert shown(candidates([0.6, 0.59, 0.58, 0.1], liked=liked), n=1) == [0]


def test_the_first_slot_is_always_the_best() -> None:
    these = candidates([0.6, 0.1, 0.1], liked=[False, True, True], easy=[False, True, True], group=[0, 1, 1])
    assert shown(these, n=1) == [0]


def test_a_second_unknown_need_gives_way_to_a_known_one_with_four_fifths() -> None:
    unsure = [True, True, False, False]
    assert shown(candidates([0.6, 0.5, 0.41, 0.2], unsure=unsure), n=2) == [0, 2]
    assert shown(candidates([0.6, 0.5, 0.39, 0.2], unsure=unsure), n=2) == [0, 1]


def test_what_was_named_goes_before_the_rule_on_unknown_needs() -> None:
    these = candidates([0.6, 0.59, 0.5], unsure=[True, False, True], liked=[False, False, True])
    assert shown(these, n=2) == [0, 2]


def test_little_worth_is_shown_only_when_fewer_than_two_others_fit() -> None:
    assert shown(candidates([0.3, 0.29, 0.5], worth=[0.5, 0.5, 0.3])) == [0, 1]
    assert shown(candidates([0.3, 0.29, 0.5], worth=[0.5, 0.3, 0.3])) == [2, 0, 1]


def test_worth_while_begins_at_thirty_five_hundredths() -> None:
    assert shown(candidates([0.3, 0.29, 0.5], worth=[0.35, 0.35, 0.3499])) == [0, 1]
    these = candidates([0.6, 0.59, 0.58, 0.3], group=[0, 0, 0, 1], worth=[0.6, 0.6, 0.6, 0.35])
    assert shown(these) == [0, 1, 3]


def test_among_what_is_still_wanted_likeness_counts_too() -> None:
    """Rows 2 and 3 were both named; row 2 scores more but shares the group and the day of row 0."""
    day = np.zeros((4, 7), bool)
    day[[0, 2], 1] = True
    these = candidates([0.6, 0.59, 0.40, 0.38], liked=[False, False, True, True], group=[0, 1, 0, 2], weekdays=day)
    assert shown(these) == [0, 1, 3]


def test_nothing_possible_is_an_empty_slate() -> None:
    assert shown(candidates([])) == []


@given(
    st.lists(
        st.tuples(st.integers(1, 60), st.booleans(), st.booleans(), st.booleans(), st.integers(0, 3)), max_size=12
    ),
    st.integers(1, 5),
)
def test_a_slate_holds_as_many_as_there_are_once_each_and_the_best_first(rows: list[Any], n: int) -> None:
    score, easy, liked, unsure, group = zip(*rows, strict=True) if rows else ((),) * 5
    these = candidates([points / 100 for points in score], easy=list(easy), liked=list(liked), unsure=list(unsure),
                       group=list(group))  # fmt: skip
    found = shown(these, n)
    assert len(set(found)) == len(found) == min(n, len(rows))
    assert not found or these.score[found[0]] == max(these.score)
    assert sorted(found, key=lambda row: (-these.score[row], row)) == found
