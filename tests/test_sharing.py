"""Sharing out: exactly the fairest way, or the largest total; the order of people decides among equals only."""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.test_allocation import every_way
from wor_match.choosing.allocation import assign
from wor_match.choosing.sharing import share

WAYS = {shape: every_way(*shape) for shape in itertools.product(range(1, 6), range(1, 5))}


def instance(seed: int) -> tuple[Any, Any, Any]:
    """One to five people, one to four activities; mostly few different values and few places: many ties."""
    dice = np.random.RandomState(seed)
    shape = dice.randint(1, 6), dice.randint(1, 5)
    value = dice.choice([0.5, 0.75, 1.0], shape) if seed % 4 else np.round(dice.uniform(0.01, 1, shape), 9)
    value = np.where(dice.random_sample(shape) < 0.3, -math.inf, value)
    capacity = dice.choice([0.0, 1.0, 1.0, 1.0, 2.0, 3.0, math.inf], shape[1])
    return value, capacity, dice.permutation(shape[0])


def got(value: Any, choice: Any) -> Any:
    """What each person has; nothing is 0."""
    return np.where(choice >= 0, value[np.arange(len(value)), choice], 0.0)


def every_sharing(value: Any, capacity: Any) -> Any:
    """What each person has in every way that is allowed, (n_ways, n_people)."""
    have = got(value, WAYS[value.shape])
    taken = np.stack([(WAYS[value.shape] == at).sum(axis=1) for at in range(len(capacity))], axis=1)
    return have[(taken <= capacity).all(axis=1) & np.isfinite(have).all(axis=1)]


@pytest.mark.parametrize("worst_off_first", [True, False])
def test_it_is_the_best_of_every_way_and_ties_go_by_the_order_of_people(worst_off_first: bool) -> None:
    for seed in range(2000):
        value, capacity, order = instance(seed)
        ways = every_sharing(value, capacity)
        goal = np.sort(ways, axis=1) if worst_off_first else ways.sum(axis=1, keepdims=True).round(8)
        columns = np.column_stack([goal, ways[:, order]])
        best = ways[np.lexsort(columns.T[::-1])[-1]]
        ours = got(value, share(value, capacity, order, worst_off_first))
        assert ours == pytest.approx(best, abs=1e-12), seed


@pytest.mark.parametrize("worst_off_first", [True, False])
def test_nobody_can_be_better_off_without_somebody_worse_off(worst_off_first: bool) -> None:
    for seed in range(1000):
        value, capacity, order = instance(seed)
        choice = share(value, capacity, order, worst_off_first)
        ours, others = got(value, choice), every_sharing(value, capacity)
        assert not ((others >= ours).all(axis=1) & (others > ours).any(axis=1)).any(), seed
        assert (np.bincount(choice[choice >= 0], minlength=len(capacity)) <= capacity).all()


def test_who_goes_first_among_equals_does_so_before_which_of_equal_places_counts() -> None:
    """The first could have either place; the second only place 0: so the first has place 1, and the third nothing."""
    value = np.array([[1.0, 1.0], [1.0, -math.inf], [-math.inf, 1.0]])
    for worst_off_first in (True, False):
        assert share(value, np.ones(2), [0, 1, 2], worst_off_first).tolist() == [1, 0, -1]
        assert share(value, np.ones(2), [2, 0, 1], worst_off_first).tolist() == [0, -1, 1]


def test_among_equal_places_the_scarce_one_stays_free_and_then_the_first_is_taken() -> None:
    assert share(np.array([[1.0, 1.0]] * 2), np.array([1.0, math.inf]), [0, 1], worst_off_first=True).tolist() == [1, 1]
    assert share(np.array([[1.0, 1.0]]), np.array([2.0, 2.0]), [0], worst_off_first=True).tolist() == [0]


def test_many_a_little_off_are_better_than_one_worse_off() -> None:
    """Eleven in a chain: one without a place and ten at their best, or all eleven at .9."""
    value = np.full((11, 11), -math.inf)
    value[np.arange(11), np.arange(11)] = 0.9
    value[np.arange(1, 11), np.arange(10)] = 1.0
    assert share(value, np.ones(11), range(11), worst_off_first=True).tolist() == list(range(11))
    value[0, 0] = -math.inf
    assert share(value, np.ones(11), range(11), worst_off_first=True).tolist() == [-1, *range(10)]


def test_the_total_of_many_people_is_that_of_the_proven_programme() -> None:
    for seed in range(20):
        dice = np.random.RandomState(seed)
        value = np.round(dice.uniform(0, 1, (40, 12)), 9)
        value[dice.random_sample(value.shape) < 0.3] = -math.inf
        capacity = dice.randint(0, 5, 12).astype(float)
        choice = share(value, capacity, range(40), worst_off_first=False)
        assert math.fsum(got(value, choice)) == pytest.approx(assign(value, capacity).bound, abs=1e-9)


def test_the_order_of_rows_changes_nothing() -> None:
    for seed in range(2000):
        value, capacity, order = instance(seed)
        mixed = np.random.RandomState(seed).permutation(len(value))
        turn = [int(np.flatnonzero(mixed == person)[0]) for person in order]
        for worst_off_first in (True, False):
            plain = share(value, capacity, order, worst_off_first)
            assert share(value[mixed], capacity, turn, worst_off_first).tolist() == plain[mixed].tolist()


def test_the_two_ways_differ_where_the_last_one_would_pay_for_the_others() -> None:
    """Total: 1 + .4 = 1.4 against .9 + .45 = 1.35; but .45 is better for the worst off than .4."""
    value, capacity = np.array([[1.0, 0.9], [0.45, 0.4]]), np.array([1.0, 1.0])
    assert share(value, capacity, [0, 1], worst_off_first=False).tolist() == [0, 1]
    assert share(value, capacity, [0, 1], worst_off_first=True).tolist() == [1, 0]


def test_nobody_and_no_activity_are_fine() -> None:
    assert share(np.zeros((0, 2)), np.ones(2), [], worst_off_first=True).tolist() == []
    assert share(np.zeros((2, 0)), np.ones(0), [0, 1], worst_off_first=True).tolist() == [-1, -1]


def test_two_hundred_people_and_sixty_activities_take_seconds(figure: Callable[[str], None]) -> None:
    value = np.round(np.random.RandomState(1).uniform(0, 1, (200, 60)), 9)
    start = time.process_time()
    choice = share(value, np.full(60, 3.0), range(200), worst_off_first=True)
    took = time.process_time() - start
    figure(f"share: 200 people, 60 activities of 3 places, the worst off first: {took:.1f} s of one processor")
    assert np.bincount(choice[choice >= 0]).max() <= 3
    assert (choice >= 0).sum() == 180
    assert took < 60
