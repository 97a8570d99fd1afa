"""Assigning scarce places: the best total there is, proven, and a name for what lacks when not everybody fits."""

from __future__ import annotations

import copy
import itertools
import math
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wor_match.choosing import integer_programme
from wor_match.choosing.allocation import Assignment, assign
from wor_match.errors import InfeasibleError, WorMatchError

N_INSTANCES = 5000


def every_way(n_people: int, n_activities: int) -> Any:
    """Each way to give everybody one activity or none, as rows."""
    return np.array(list(itertools.product(range(-1, n_activities), repeat=n_people))).reshape(-1, n_people)


WAYS = {shape: every_way(*shape) for shape in itertools.product(range(1, 5), range(1, 4))}


def totals(value: Any, capacity: Any, load: Any, place_all: bool) -> Any:
    """The total of each way, -inf where it is not allowed."""
    ways = WAYS[value.shape]
    people = np.arange(len(value))
    placed = ways >= 0
    total = np.where(placed, value[people, ways], 0.0).sum(axis=1)
    takes = np.where(placed, load[people, ways], 0.0)
    for activity, room in enumerate(capacity):
        total[np.where(ways == activity, takes, 0.0).sum(axis=1) > room + 1e-9] = -math.inf
    total[place_all & ~placed.all(axis=1)] = -math.inf
    return total


def instance(seed: int) -> tuple[Any, Any, Any]:
    """One to four people, one to three activities; some pairs impossible, some values below nothing."""
    dice = np.random.RandomState(seed)
    shape = dice.randint(1, 5), dice.randint(1, 4)
    value = dice.choice([1.0, 0.5, -0.25, -math.inf], shape) if seed % 2 else dice.uniform(-0.2, 1, shape)
    value[dice.random_sample(shape) < 0.2] = -math.inf
    return value, dice.randint(0, 4, shape[1]), dice.randint(0, 3, shape) if seed % 3 else dice.uniform(0.1, 1.5, shape)


def test_it_reaches_the_best_of_every_way_on_five_thousand_instances() -> None:
    infeasible = 0
    for seed in range(N_INSTANCES):
        value, capacity, load = instance(seed)
        load, place_all = load if seed % 4 < 2 else np.ones_like(value), seed % 5 < 2
        due = totals(value, capacity, load, place_all).max()
        if due == -math.inf:
            infeasible += 1
            with pytest.raises(InfeasibleError) as refused:
                assign(value, capacity, load, place_all)
            what_lacks_is_the_fewest(refused.value.capacity, value, capacity, load)
            continue
        done = assign(value, capacity, load if seed % 4 < 2 else None, place_all)
        assert done.total == pytest.approx(due, abs=1e-9), seed
        assert done.bound == done.total, seed
        at = np.flatnonzero(done.choice >= 0)
        assert np.isfinite(value[at, done.choice[at]]).all()
        taken = np.bincount(done.choice[at], load[at, done.choice[at]], len(capacity))
        assert (taken <= capacity + 1e-9).all(), seed
    assert 200 < infeasible < N_INSTANCES / 2


def test_values_of_any_size_give_the_best_or_are_refused_by_name() -> None:
    """Also where a place that nobody can use, or that is worth less than nothing, has a value of another size."""
    refused = []
    for seed in range(1500):
        value, capacity, load = instance(seed)
        dice = np.random.RandomState(seed)
        value = value * dice.choice([1.0, 1e3, 1e-6, 1e12], value.shape) * dice.choice([1.0, 1e-12, 1e12])
        place_all = seed % 5 < 2
        due = totals(value, capacity, load, place_all).max()
        if due == -math.inf:
            continue
        try:
            done = assign(value, capacity, load, place_all)
        except WorMatchError as told:
            refused.append(told.sentence)
            continue
        assert done.total == pytest.approx(due, rel=1e-12, abs=0), seed
        assert done.bound == done.total, seed
    assert 100 < len(refused) < 750
    assert all("lie too far apart" in sentence for sentence in refused)


def what_lacks_is_the_fewest(lacking: tuple[int, ...], value: Any, capacity: Any, load: Any) -> None:
    """With these larger everybody fits, and with no smaller number."""

    def fits(larger: tuple[int, ...]) -> bool:
        room = capacity.astype(float)
        room[list(larger)] = math.inf
        return bool(totals(value, room, load, True).max() > -math.inf)

    if not np.isfinite(value).any(axis=1).all():
        assert lacking == ()
        return
    assert fits(lacking)
    assert not any(fits(fewer) for fewer in itertools.combinations(range(len(capacity)), len(lacking) - 1))


@pytest.mark.parametrize("n", [1, pytest.param(4, marks=pytest.mark.nightly)])
def test_ten_activities_and_sixty_people_with_loads_are_proven_within_ten_seconds(
    n: int,
    figure: Callable[[str], None],
) -> None:
    slowest = 0.0
    for seed in range(n):
        dice = np.random.RandomState(seed)
        load = dice.randint(5, 26, (60, 10))
        capacity = 0.8 * load.sum(axis=0) / 10
        start = time.process_time()
        done = assign(dice.uniform(0, 1, (60, 10)), capacity, load)
        slowest = max(slowest, time.process_time() - start)
        assert done.bound == done.total
    figure(f"assign: 10 activities x 60 people with loads, slowest of {n} {slowest:.1f} s of one processor")
    assert slowest < 10


def test_nobody_no_activity_no_places_and_more_places_than_people_are_fine() -> None:
    for empty in (np.zeros((0, 2)), []):
        nobody = assign(empty, [1, 0], place_all=True)
        assert (nobody.choice.shape, nobody.total, nobody.bound) == ((0,), 0.0, 0.0)
    assert assign(np.zeros((2, 0)), []).choice.tolist() == [-1, -1]
    assert assign([[1.0], [2.0]], [0]).choice.tolist() == [-1, -1]
    assert assign([[1.0, 2.0], [3.0, 1.0]], [9, math.inf], place_all=True).choice.tolist() == [1, 0]
    assert assign([[-math.inf, -math.inf]], [1, 1]).choice.tolist() == [-1]


def test_a_load_decides_with_how_few_a_place_is_full() -> None:
    """Two who take .5 (worth 1.6 together) go before one who takes all of it (worth 1.5)."""
    assert assign([[0.8], [1.5], [0.8]], [1], load=[[0.5], [1.0], [0.5]]).choice.tolist() == [0, -1, 0]


def test_who_is_a_hair_too_large_for_a_place_does_not_get_it() -> None:
    """The solver allows a millionth; half a millionth too much is too much, and adding up in tenths is not."""
    done = assign([[1.0], [1.0]], [1.0], load=[[0.5], [0.5000005]])
    assert (done.choice >= 0).sum() == 1
    assert (done.total, done.bound) == (1.0, 1.0)
    assert assign(np.ones((3, 1)), [0.3], load=[[0.1]] * 3).choice.tolist() == [0, 0, 0]


def test_values_that_differ_by_a_hair_are_told_apart() -> None:
    assert assign([[0.5, 0.5 + 1e-7], [0.5, 0.5]], [1, 1]).choice.tolist() == [1, 0]


def test_a_place_that_cannot_be_used_does_not_count_for_how_large_values_are() -> None:
    assert assign([[1e12, 0.5], [0.4, 0.3]], [0, 1]).total == 0.5
    assert assign([[0.91, 0.9, -1e10], [-1e10, 0.3, 0.2]], [0, 2, 1]).choice.tolist() == [1, 1]
    with pytest.raises(WorMatchError, match="the largest is over 100 million times the smallest"):
        assign([[1e12, 0.5], [1e12, 0.3]], [1, 1])


def test_values_that_are_all_tiny_are_told_apart_too() -> None:
    assert assign([[1e-12], [1.5e-12]], [1]).choice.tolist() == [-1, 0]


def test_a_search_that_is_broken_off_gives_the_best_it_found_and_an_honest_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What takes much is worth much (class D): the hardest kind."""
    dice = np.random.RandomState(3)
    load = dice.randint(1, 101, (30, 6)).astype(float)
    value = load - dice.randint(-10, 11, (30, 6)) + 20
    capacity = 0.8 * load.sum(axis=0) / 6
    monkeypatch.setattr(integer_programme, "MOST_NODES", 1)
    first, again = (assign(value, capacity, load, place_all=True) for _ in range(2))
    assert first.choice.tolist() == again.choice.tolist()
    assert first.bound == again.bound > first.total
    assert (np.bincount(first.choice, load[np.arange(30), first.choice], 6) <= capacity).all()
    monkeypatch.setattr(integer_programme, "MOST_NODES", 20)
    longer = assign(value, capacity, load, place_all=True)
    assert first.total <= longer.total <= longer.bound <= first.bound


def test_a_negative_value_is_taken_only_to_place_everybody() -> None:
    assert assign([[-0.5]], [1]).choice.tolist() == [-1]
    done = assign([[-0.5]], [1], place_all=True)
    assert (done.choice.tolist(), done.total) == ([0], -0.5)


def test_what_lacks_is_named() -> None:
    with pytest.raises(InfeasibleError, match="the capacity of activity 1 lacks") as refused:
        assign([[1.0, 1.0], [-math.inf, 1.0], [-math.inf, 1.0]], [5, 1], place_all=True)
    assert refused.value.capacity == (1,)
    assert copy.copy(refused.value).capacity == (1,)
    with pytest.raises(InfeasibleError, match="person in row 1 has no possible activity") as refused:
        assign([[1.0], [-math.inf]], [2], place_all=True)
    assert refused.value.capacity == ()


@pytest.mark.parametrize(
    ("capacity", "load"),
    [
        ([1.0], [[0.5], [0.50000002]]),
        ([1000.0], [[1000.0], [0.0005]]),
        ([0.0], [[0.0], [1e-90]]),
        ([1e-7], [[0.0], [2e-7]]),
        ([1e99], [[1.0], [1e100]]),
    ],
)
def test_what_lacks_by_a_hair_is_named_too(capacity: Any, load: Any) -> None:
    with pytest.raises(InfeasibleError, match="the capacity of activity 0 lacks") as refused:
        assign([[1.0], [1.0]], capacity, load, place_all=True)
    assert refused.value.capacity == (0,)


def test_large_and_tiny_loads_at_one_activity_are_added_up_as_they_are() -> None:
    assert assign([[0.3], [-0.3], [0.0]], [2000], [[1000], [1000], [1e-6]], place_all=True).choice.tolist() == [0, 0, 0]


@pytest.mark.parametrize("wrong", [2, 0, math.nan, None, "ja", [True]])
def test_placing_everybody_is_a_matter_of_yes_or_no(wrong: Any) -> None:
    with pytest.raises(WorMatchError, match="`place_all` is neither True nor False"):
        assign([[1.0]], [1], place_all=wrong)
    assert assign([[1.0]], [1], place_all=np.bool_(True)).choice.tolist() == [0]  # because numpy compares so


@pytest.mark.parametrize(
    ("value", "capacity", "load", "sentence"),
    [
        ([[1.0]], [-1], None, "a capacity is negative or no number"),
        ([[1.0]], [math.nan], None, "a capacity is negative or no number"),
        ([[1.0]], [1], [[-1.0]], "a load is negative or no number"),
        ([[1.0]], [1], [[math.nan]], "a load is negative or no number"),
        ([[1.0]], [1], [[math.inf]], "a load is negative or no number"),
        ([[math.nan]], [1], None, "a value is NaN or"),
        ([[math.inf]], [1], None, "a value is NaN or"),
        ([[1.0, 2.0]], [1], None, r"value has shape \(1, 2\) and capacity \(1,\)"),
        ([1.0], [1], None, r"value has shape \(1,\)"),
        ([[1.0]], 1, None, r"capacity has shape \(\)"),
        ([[1.0]], [1], [1.0], r"load has shape \(1,\); give \(1, 1\)"),
        ([[1.0], [1.0, 2.0]], [1], None, "value is no array of numbers"),
        ([["een"]], [1], None, "value is no array of numbers"),
        ([["1"]], [1], None, "value is no array of numbers"),
        ([[None]], [1], None, "value is no array of numbers"),
        ([[10**400]], [1], None, "value is no array of numbers"),
        ([[1.0]], [10**400], None, "capacity is no array of numbers"),
        ([[1.0]], [1], [[10**400]], "load is no array of numbers"),
        ([[1e308], [1e308]], [2], None, "a value is larger than 1e100"),
        ([[5e-324]], [1], None, "a value is larger than 1e100, or smaller than 1e-100"),
        ([[1.0]], [1e308], None, "a capacity is larger than 1e100"),
        ([[1.0]], [1], [[5e-324]], "a load is larger than 1e100"),
        (np.ma.array([[1.0, 2.0]], mask=[[False, True]]), [1, 1], None, "value is no array of numbers"),
        ([np.ma.array([1.0, 2.0], mask=[False, True])], [1, 1], None, "value is no array of numbers"),
        ([[1 + 2j]], [1], None, "value is no array of numbers"),
        (np.array([["2026-11-23"]], dtype="datetime64[D]"), [1], None, "value is no array of numbers"),
        (np.array([[3]], dtype="timedelta64[D]"), [1], None, "value is no array of numbers"),
    ],
)
def test_what_cannot_be_assigned_is_refused_by_name(value: Any, capacity: Any, load: Any, sentence: str) -> None:
    with pytest.raises(WorMatchError, match=sentence):
        assign(value, capacity, load)


@given(st.randoms(use_true_random=False), st.integers(0, 200))
def test_the_order_of_people_changes_no_total(dice: Any, seed: int) -> None:
    value, capacity, load = instance(seed)
    order = list(range(len(value)))
    dice.shuffle(order)
    before, after = (assign(value[rows], capacity, load[rows]) for rows in (slice(None), order))
    assert isinstance(after, Assignment)
    assert after.total == pytest.approx(before.total, abs=1e-12)
