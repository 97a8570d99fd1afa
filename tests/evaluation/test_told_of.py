"""What may be told of a group: an attacker who knows the laws goes through every group that could stand behind a figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter

from wor_match.evaluation.groups.persons import Known, seen_by_ten
from wor_match.evaluation.groups.told_of import (
    FEW,
    NO_END,
    NOT_FOLLOWED,
    SMALL_OFFER,
    SMALL_PART,
    Counts,
    Figure,
    continued,
    figures_of,
    seen_told,
    told,
)
from wor_match.evaluation.telling.small import LEAST_TOLD

N_COUNTS = 11  # that `counts_behind` tells
OFFER = frozenset(f"a{n}" for n in range(40))
SMALL = range(1, LEAST_TOLD)


# The attack: all counts of a group, what is told of them, and whether anything told leaves one possibility.


def world(band: int, advised: int, nothing: int, known: int, started: int, parts: tuple[int, int]) -> Counts:
    return Counts(max(band, advised, known), advised, nothing, known, started, *parts)


def parts_of(started: int) -> list[tuple[int, int]]:
    """Who stayed and who stopped: all stayed, which may be told, and one stopped, which may not."""
    return [(started, 0), (started - 1, 1)] if started else [(0, 0)]


def counts_behind(band: int, advised: int, nothing: int, known: int, started: int) -> Iterator[tuple[str, int]]:
    """Every count an attacker may want, at its least and at its most, however the advised and the known overlap."""
    yield from (("nothing found", nothing), ("something found", advised - nothing))
    yield from (("started", started), ("never came", known - started))
    for people in (max(band, advised, known), band + LEAST_TOLD - 1):
        yield from (("not advised", people - advised), ("not known", people - known), ("not started", people - started))
        for name, other in (("known", known), ("started", started)):
            for both in (max(0, advised + other - people), min(advised, other)):
                yield from ((f"advised, not {name}", advised - both), (f"{name}, not advised", other - both))


def leaks(band: int) -> list[tuple[object, str, int]]:
    """Counts of one to nine that follow from what is told of groups of `band` to `band + 9` people."""
    pairs = [(n, part) for n in range(band + LEAST_TOLD) for part in range(n + 1)]
    found: dict[Figure, list[tuple[int, int]]] = defaultdict(list)
    for advised, nothing in pairs:
        found[told(world(band, advised, nothing, 0, 0, (0, 0)))[0]].append((advised, nothing))
    out: list[tuple[object, str, int]] = []
    for seen, first in found.items():
        classes = defaultdict(list)
        for known, started in pairs:
            for parts in parts_of(started):
                _, told_start, refused = told(world(band, *first[0], known, started, parts))
                classes[told_start, refused.reason if refused else started].append((known, started))
        for view, second in classes.items():
            out += [((seen, *view), name, value) for name, value in determined(band, first, second)]
    return out


def determined(band: int, first: list[tuple[int, int]], second: list[tuple[int, int]]) -> list[tuple[str, int]]:
    """The small counts that are the same in every group that could stand behind a view."""
    seen: dict[str, int] = {}
    safe: set[str] = set()
    for one in sorted(first, key=lambda pair: sum(pair) % 7):  # mixed: then a second value is found soon
        for other in sorted(second, key=lambda pair: sum(pair) % 7):
            for name, value in counts_behind(band, *one, *other):
                if value not in SMALL or seen.setdefault(name, value) != value:
                    safe.add(name)
            if len(safe) == N_COUNTS:
                return []
    return [(name, value) for name, value in seen.items() if name not in safe]


@pytest.mark.parametrize("band", [10, 20])
def test_no_count_of_one_to_nine_follows_from_what_is_told(band: int) -> None:
    assert leaks(band) == []


def test_what_is_told_rests_on_whole_tens_only() -> None:
    for people in range(30, 40):
        assert told(Counts(people, 30, 10, 25, 12, 12, 0)) == told(Counts(30, 30, 10, 25, 12, 12, 0))


# Each law by hand.


def test_a_share_is_told_when_both_parts_are_none_or_ten_and_more() -> None:
    def reasons(yes: int, n: int) -> str:
        return told(Counts(60, n, yes, 0, 0, 0, 0))[0].reason

    assert [reasons(*pair) for pair in ((10, 20), (0, 12), (12, 12), (9, 30), (21, 30), (5, 9), (0, 0))] == [
        "", "", "", SMALL_PART, SMALL_PART, FEW, FEW,
    ]  # fmt: skip


def test_who_is_not_known_cannot_be_subtracted_from_a_full_group() -> None:
    full = Counts(39, 39, 12, 35, 20, 20, 0)  # 39 advised tell that there are 39; 35 known would leave 4
    assert told(full)[1] == Figure(reason=SMALL_PART)
    assert told(Counts(39, 38, 12, 35, 20, 20, 0))[1].n == 35  # there may be 38 or 39
    assert told(Counts(39, 39, 12, 29, 15, 15, 0))[1].n == 29  # ten are not known


def test_staying_falls_in_three_parts_none_of_which_is_small() -> None:
    def refused(started: int, stayed: int, stopped: int) -> bool:
        return told(Counts(80, 0, 0, 60, started, stayed, stopped))[2] is not None

    assert [refused(*row) for row in ((30, 20, 10), (40, 20, 10), (30, 21, 9), (33, 20, 10), (30, 30, 0))] == [
        False, False, True, True, False,
    ]  # fmt: skip


# Kaplan and Meier.

histories = st.lists(st.tuples(st.integers(1, 12), st.booleans()), min_size=2, max_size=60)


@given(histories)
def test_continuing_is_what_lifelines_says(rows: list[tuple[int, bool]]) -> None:
    weeks, stopped = [week for week, _ in rows] + [12], [stop for _, stop in rows] + [False]
    found = continued(weeks, stopped)
    fitted = KaplanMeierFitter().fit(weeks, stopped)
    still = float(fitted.predict(12))
    assert found.n == len(weeks)
    assert found.value == pytest.approx(still, abs=0.005 + 1e-9)  # told in whole percent
    if 0 < still < 1:
        low, high = fitted.confidence_interval_.loc[12.0]
        assert (found.low, found.high) == pytest.approx((low, high), abs=0.005 + 1e-9)
    else:
        assert (found.low, found.reason) == (None, NO_END)


def test_by_hand_two_of_four_stop_and_one_is_lost_between() -> None:
    # 4 at risk, 1 stops: 3/4; one lost in week 2; 2 at risk in week 5, 1 stops: 3/8.
    assert continued([1, 2, 5, 12], [True, False, True, False]).value == 0.38  # 3/8, to a percent


def test_who_is_never_followed_is_not_said_to_stay() -> None:
    assert continued([3] * 10, [False] * 10) == Figure(reason=NOT_FOLLOWED)
    assert continued([3] * 10, [True] * 10).value == 0.0
    assert continued([0] * 5 + [12] * 10, [False] * 15).value == 1.0  # lost sight of in the first week


def test_in_which_week_they_stopped_does_not_show() -> None:
    early, late = [1] * 10 + [12] * 10, [11] * 10 + [12] * 10
    stops = [True] * 10 + [False] * 10
    assert continued(early, stops) == continued(late, stops)


# What a group sees.


def test_what_ten_see_by_hand() -> None:
    # Of 12 people 1 saw an activity: ten of them hold that one in 10 of 12 ways.
    seen = [frozenset({"koor"})] + [frozenset()] * 11
    assert seen_by_ten(seen, frozenset({"koor"})) == pytest.approx(10 / 12)
    assert seen_by_ten([frozenset({"koor", "weg"})] * 10, frozenset({"koor", "dans"})) == 0.5
    assert seen_by_ten(seen[:9], frozenset({"koor"})) is None
    assert seen_by_ten(seen, frozenset()) is None


def test_a_group_twice_as_large_does_not_see_more_by_being_large() -> None:
    half = [frozenset({f"a{n % 40}"}) for n in range(40)]
    assert seen_by_ten(half * 5, OFFER) == pytest.approx(10 / 40, rel=0.15)
    assert seen_by_ten(half, OFFER) == 10 / 40


@given(st.integers(10, 40), st.integers(21, 60), st.data())
def test_whoever_saw_an_activity_the_same_would_be_told_if_nobody_or_if_all_had(
    n: int, size: int, data: st.DataObject
) -> None:
    offer = sorted(f"b{at}" for at in range(size))
    counts = data.draw(st.lists(st.integers(0, n), min_size=size, max_size=size))

    def view(counts: list[int]) -> float | None:
        views = [frozenset(name for name, m in zip(offer, counts, strict=True) if who < m) for who in range(n)]
        return seen_told(views, frozenset(offer)).value

    at = data.draw(st.integers(0, size - 1))
    others = [view([*counts[:at], m, *counts[at + 1 :]]) for m in (0, n)]
    assert view(counts) in others


def test_of_a_small_offer_what_is_seen_is_not_told() -> None:
    assert seen_told([frozenset()] * 30, frozenset(map(str, range(20)))) == Figure(reason=SMALL_OFFER)
    assert seen_told([frozenset()] * 30, frozenset(map(str, range(21)))).value == 0.0
    assert comb(30, 10)  # the ways of drawing ten stay whole numbers


# All of a group.


def test_the_figures_of_a_group_by_hand() -> None:
    saw = frozenset({"a1", "a2"})
    people = [Known(0, saw, True, 12, False)] * 10 + [Known(3, saw, False)] * 10 + [Known(5, saw, True, 4, True)] * 10
    found = figures_of([*people, Known()], OFFER)
    assert [(name, one.n, one.value) for name, one in found.items()] == [
        ("nothing_found", 30, 1 / 3),
        ("possible", None, 3.0),
        ("seen", None, 0.05),
        ("started", 30, 2 / 3),
        ("stayed", 20, 0.5),
    ]


def test_a_group_that_nobody_advised_or_followed_says_so() -> None:
    assert {one.reason for one in figures_of([Known()] * 12, OFFER).values()} == {FEW}
