"""Slates for many people at once: each person has the slate of a slow way for one, whoever else is in the block."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from tests import plainly
from wor_match.choosing import Candidates, slate, slates
from wor_match.choosing.block import Block, Likeness

TERMS, WEEK = 3, 1  # numbers of 64 bits for terms, and one of 7 for the days
CASES = range(200)  # blocks, of some ten people each
BIT = np.arange(64, dtype=np.uint64)


def invented(dice: np.random.RandomState, n: int) -> Candidates:
    """Candidates of one person; some people have many equals, much of little worth, many unknowns or no groups."""
    coarse = dice.choice([5, 20, 100, 10**9])
    shares = dict(zip(("easy", "liked", "unsure", "worthless"), dice.choice([0, 0.1, 0.5, 1], 4), strict=True))
    return Candidates(
        score=np.round(dice.randint(0, coarse + 1, n) / coarse * 0.6, 9),
        worth=np.where(dice.rand(n) < shares["worthless"], dice.choice([0.2, 0.3499], n), dice.choice([0.35, 0.6], n)),
        easy=dice.rand(n) < shares["easy"],
        liked=dice.rand(n) < shares["liked"],
        unsure=dice.rand(n) < shares["unsure"],
        group=dice.randint(-1, dice.choice([1, 2, 6]), n),
        organiser=dice.randint(-1, 5, n),
        terms=(dice.rand(TERMS, n) < 0.4) * (1 << dice.randint(0, 6, (TERMS, n))).astype(np.uint64) << np.uint64(58),
        weekdays=(1 << dice.randint(0, 7, (WEEK, n))).astype(np.uint8),
    )


def block(seed: int) -> tuple[list[Candidates], dict[str, Any]]:
    """Some people, with nought, one, few or many candidates, and how they are asked for."""
    dice = np.random.RandomState(seed)
    sizes = dice.choice([0, 1, 2, 3, 5, 12, 40], dice.randint(1, 20))
    how = {
        "n": int(dice.randint(1, 9)),
        "variety": dice.choice([0.0, 0.1, 1 / 3, 1.0]),
        "margin": dice.choice([0, 0.05]),
    }
    return [invented(dice, int(n)) for n in sizes], how


def slowly(candidates: Candidates, n: int, variety: float, margin: float) -> list[int]:
    """The rows that the slow way shows."""
    possible = [one_by_one(candidates, row) for row in range(len(candidates.score))]
    return [int(one.id) for one in plainly.slate(possible, n, variety, margin)]


def one_by_one(candidates: Candidates, row: int) -> plainly.Candidate:
    """A row as the slow way knows it; ids sort as rows do."""
    told = {name: getattr(candidates, name)[row].item() for name in ("score", "worth", "easy", "liked", "unsure")}
    codes = {name: getattr(candidates, name)[row] for name in ("group", "organiser")}
    named = {name: None if code < 0 else str(code) for name, code in codes.items()}
    bits = {
        name: getattr(candidates, name)[:, row, None].astype(np.uint64) >> BIT & np.uint64(1)
        for name in ("terms", "weekdays")
    }
    held = {name: frozenset(np.flatnonzero(one).tolist()) for name, one in bits.items()}
    terms = frozenset(map(str, held["terms"]))
    return plainly.Candidate(id=f"{row:04d}", **told, **named, terms=terms, days=held["weekdays"])


@pytest.mark.parametrize("seed", CASES)
def test_many_people_at_once_have_the_slates_of_the_slow_way(seed: int) -> None:
    people, how = block(seed)
    assert slates(people, **how) == [slowly(one, **how) for one in people]


@pytest.mark.parametrize("seed", CASES[:50])
def test_one_person_has_the_slate_they_have_among_others(seed: int) -> None:
    people, how = block(seed)
    assert [slate(one, **how) for one in people] == slates(people, **how)


@pytest.mark.parametrize("seed", CASES[:20])
def test_the_order_of_the_people_changes_nobodys_slate(seed: int) -> None:
    people, how = block(seed)
    order = random.Random(seed).sample(range(len(people)), len(people))
    found = slates(people, **how)
    assert slates([people[at] for at in order], **how) == [found[at] for at in order]


def test_as_many_candidates_as_an_offer_has_are_no_different() -> None:
    dice = np.random.RandomState(7)
    people = [invented(dice, n) for n in (110, 80, 140, 110, 0, 1)]
    assert slates(people, 10, 0.1, 0.05) == [slowly(one, 10, 0.1, 0.05) for one in people]


def test_the_candidates_are_left_as_they_were() -> None:
    people, how = block(3)
    before = [{name: getattr(one, name).copy() for name in one.__slots__} for one in people]
    slates(people, **how)
    for one, arrays in zip(people, before, strict=True):
        slate(one, **how)
        assert all(np.array_equal(getattr(one, name), was) for name, was in arrays.items())


def test_three_wants_take_the_last_three_slots_and_the_least_important_gives_way() -> None:
    """Row 3 is the easy first step, row 4 of another group, row 5 what they like by name."""
    alone = invented(np.random.RandomState(0), 6)
    alone.score[:] = [0.6, 0.59, 0.58, 0.57, 0.4, 0.1]
    alone.worth[:], alone.unsure[:], alone.group[:] = 0.6, False, [0, 0, 0, 0, 1, 0]
    alone.easy[:], alone.liked[:] = np.arange(6) == 3, np.arange(6) == 5
    shown = {5: [0, 1, 3, 4, 5], 4: [0, 3, 4, 5], 3: [0, 4, 5], 2: [0, 5], 1: [0]}
    for n, rows in shown.items():
        assert slates([alone, alone], n, 0.0, 0.05) == [rows, rows]


def test_an_unknown_group_beside_a_known_one_counts_as_another() -> None:
    """Row 1 is of an unknown group: with it the slate is of two, and row 3 is not asked for."""
    one = invented(np.random.RandomState(0), 4)
    one.score[:], one.worth[:], one.unsure[:] = [0.6, 0.59, 0.58, 0.4], 0.6, False
    one.easy[:], one.liked[:], one.group[:] = True, False, [0, -1, 0, 1]
    assert slates([one], 3, 0.0, 0.05) == [[0, 1, 2]]
    one.group[:] = [-1, -1, -1, 1]  # all of them unknown: that is no second group
    assert slates([one], 3, 0.0, 0.05) == [[0, 1, 3]]


def test_nobody_and_nothing_and_no_slot_give_nothing() -> None:
    nothing, one = invented(np.random.RandomState(0), 0), invented(np.random.RandomState(0), 1)
    assert slates([], 3, 0.1, 0.05) == []
    assert slates([nothing, nothing], 3, 0.1, 0.05) == [[], []]
    assert slates([nothing, one, nothing], 3, 0.1, 0.05) == [[], [0], []]
    assert slates([one, nothing], 0, 0.1, 0.05) == [[], []]


def test_who_has_fewer_candidates_is_shown_nothing_of_somebody_else() -> None:
    """The first has two of worth and one of little; the second has five, which all score more."""
    dice = np.random.RandomState(1)
    few, many = invented(dice, 3), invented(dice, 5)
    few.worth[:], few.score[:] = [0.2, 0.6, 0.6], [0.5, 0.1, 0.2]
    many.score[:] = 0.6
    assert slates([few, many], 5, 0.0, 0.0)[0] == [2, 1]
    few.worth[:] = [0.2, 0.6, 0.2]  # one of worth: then all may be shown, and still only theirs
    assert slates([few, many], 5, 0.0, 0.0)[0] == [0, 2, 1]


def test_likeness_in_tenths_is_that_of_the_slow_way() -> None:
    """A person for each part that two candidates can share, and one for each two parts; to itself one is ten tenths."""
    parts = ("group", "terms", "organiser", "weekdays")
    people = [three({one, other}, 0.1) for one in parts for other in parts]
    ends = np.arange(0, 3 * len(people), 3)
    likeness = Likeness.of(Block.of(people))
    for row in range(3):
        found = likeness.to(ends + row)
        due = [[plainly.likeness(one_by_one(one, row), one_by_one(one, other)) for other in range(3)] for one in people]
        assert found.tolist() == [[round(10 * alike) for alike in of_one] for of_one in due]
        assert set(found[:, row].tolist()) == {10}


@pytest.mark.parametrize(
    ("shared", "tenths"),
    [({"group"}, 5), ({"terms"}, 3), ({"organiser"}, 1), ({"weekdays"}, 1), ({"group", "terms"}, 8)],
)
def test_a_shared_part_costs_its_tenths_of_variety(shared: set[str], tenths: int) -> None:
    """Row 1 shares something with row 0; row 2 comes before it from just that cost on."""
    for below, second in ((tenths / 100 + 0.001, 1), (tenths / 100 - 0.001, 2)):
        assert slates([three(shared, 0.5 - below)], 2, 0.1, 0.05) == [[0, second]]


def test_what_costs_as_much_as_it_scores_less_is_an_equal() -> None:
    assert slates([three({"group"}, 0.45)], 2, 0.1, 0.05) == [[0, 1]]


def three(shared: set[str], third: float) -> Candidates:
    """Three that score .5, .5 and less, of which two share something; of too little worth to ask for another group."""
    codes, yes = (
        {name: np.array([0, 0 if name in shared else 1, 2]) for name in ("group", "organiser")},
        np.ones(3, bool),
    )
    terms, weekdays = (np.array([[1, 1 if name in shared else 2, 4]]) for name in ("terms", "weekdays"))
    bits = {"terms": terms.astype(np.uint64), "weekdays": weekdays.astype(np.uint8)}
    return Candidates(
        score=np.array([0.5, 0.5, third]), worth=np.full(3, 0.2), easy=yes, liked=yes, unsure=~yes, **codes, **bits
    )
