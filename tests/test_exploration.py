"""Exploring, numbers only: what may be explored, which of it a draw puts where, and how many draws do the same."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from tests.test_slate import candidates
from wor_match.choosing import Slot, explored, may_explore

FOUR_DRAWS = np.array([[0.5, 0.3, 0.4, 0.4], [0.4, 0.4, 0.5, 0.1], [0.3, 0.5, 0.3, 0.2]])  # of three rows


def may(scores: list[float], shown: list[int], margin: float = 0.05, **told: list[Any]) -> list[int]:
    return may_explore(candidates(scores, **told), shown, margin).tolist()


def test_what_lies_within_the_margin_and_is_not_shown_may_be_explored() -> None:
    assert may([0.6, 0.55, 0.549, 0.58], shown=[0]) == [1, 3]
    assert may([0.6, 0.55, 0.549, 0.58], shown=[0, 3]) == [1]
    assert may([0.6, 0.55, 0.549, 0.58], shown=[0], margin=0.0) == []
    assert may([0.6, 0.6], shown=[0], margin=0.0) == [1]
    assert may([], shown=[]) == []


def test_little_worth_is_explored_only_when_fewer_than_two_others_fit() -> None:
    assert may([0.6, 0.58, 0.57], shown=[0], worth=[0.6, 0.34, 0.35]) == [2]
    assert may([0.6, 0.58, 0.57], shown=[0], worth=[0.6, 0.34, 0.34]) == [1, 2]


def test_an_unknown_need_is_explored_only_when_no_known_one_may_be() -> None:
    scores = [0.6, 0.58, 0.57, 0.4]
    assert may(scores, shown=[0], unsure=[True, True, False, False]) == [2]
    assert may(scores, shown=[0], unsure=[False, True, True, False]) == [1, 2]
    assert may(scores, shown=[0, 2], unsure=[False, True, False, False]) == [1]


def test_a_slot_goes_to_the_best_of_its_draw_with_the_share_of_draws_that_agree() -> None:
    """First stand rows 7, 9, 8 and 7 in the four draws; second 8, 8, 7 and 9."""
    rows = np.array([7, 8, 9])
    assert explored(rows, FOUR_DRAWS, draw=0, k=1) == [Slot(7, 0.5, True)]
    assert explored(rows, FOUR_DRAWS, draw=1, k=1) == [Slot(9, 0.25, True)]
    assert explored(rows, FOUR_DRAWS, draw=2, k=2) == [Slot(8, 0.25, True), Slot(7, 0.25, True)]
    assert explored(rows, FOUR_DRAWS, draw=0, k=2) == [Slot(7, 0.5, True), Slot(8, 0.5, True)]


def test_of_the_lot_the_rest_after_division_by_the_draws_counts() -> None:
    rows = np.array([7, 8, 9])
    assert explored(rows, FOUR_DRAWS, draw=4 * 10**70 + 1, k=1) == explored(rows, FOUR_DRAWS, draw=1, k=1)


def test_equals_to_nine_decimals_go_by_the_order_of_ids() -> None:
    drawn = np.array([[0.4, 0.4], [0.4 + 1e-12, 0.4 + 1e-6]])
    assert explored(np.array([3, 7]), drawn, draw=0, k=2) == [Slot(3, 0.5, True), Slot(7, 0.5, True)]


def counted(drawn: Any, draw: int, k: int) -> list[tuple[int, float]]:
    """The slow way: every draw fills its slots one after another, and then they are counted."""
    n_rows, n_draws = len(drawn), len(drawn[0])
    filled = []
    for one in range(n_draws):
        left = list(range(n_rows))
        slots = []
        for _ in range(k):
            best = left[0]
            for row in left:
                if round(drawn[row][one], 9) > round(drawn[best][one], 9):
                    best = row
            left.remove(best)
            slots.append(best)
        filled.append(slots)
    mine = filled[draw]
    return [(mine[at], sum(slots[at] == mine[at] for slots in filled) / n_draws) for at in range(k)]


def test_propensities_are_those_of_counting_on_two_thousand_cases() -> None:
    for seed in range(2000):
        dice = random.Random(seed)
        n_rows, decimals = dice.randint(1, 7), dice.choice([1, 2, 12])  # few decimals make ties
        drawn = [[round(dice.random(), decimals) for _ in range(64)] for _ in range(n_rows)]
        draw, k = dice.randrange(64), dice.randint(1, n_rows)
        found = explored(np.arange(n_rows), np.array(drawn), draw, k)
        assert [(slot.candidate, slot.propensity) for slot in found] == counted(drawn, draw, k), f"seed {seed}"
