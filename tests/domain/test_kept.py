"""What is kept in memory: never more than is said, the same for everybody, and gone when it travels."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import numpy as np
import pytest

import wor_match as wm
from tests.town import activity, catalogue, person
from wor_match.domain.asked import Asked, ask
from wor_match.domain.columns import Columns
from wor_match.domain.compiling import columns_of
from wor_match.domain.kept import Kept, unchanging
from wor_match.domain.place import pc4_points

AT = date(2026, 11, 23)
CENTRE = dict(zip(("latitude", "longitude"), pc4_points()["3431"], strict=True))  # the same point, without its error
HOMES = ({"postcode": "3431"}, CENTRE, {"postcode": "3432"}, {"postcode": "3512"}, None)
PASSES = (None, [], ["stadspas"], ["u-pas"])


def town() -> Columns:
    prices = [{"euro": 2, "per": "time"}, {"euro": 0, "per": "time", "with": "stadspas"}]
    return columns_of(
        catalogue(*(activity(f"een-{n}", place={"postcode": f"343{n}"}, price=prices[n % 2 :]) for n in (1, 2, 4, 8)))
    )


def somebody(n: int) -> wm.Participant:
    home = HOMES[n % len(HOMES)]
    told: dict[str, Any] = {"passes": PASSES[n % len(PASSES)], "place": home}
    return person(**{name: answer for name, answer in told.items() if answer is not None})


def answers(asked: Asked) -> list[list[float]]:
    return [told.tolist() for told in (asked.km, asked.minutes, asked.shortest, asked.euro_a_time, asked.euro_a_month)]


def test_the_oldest_makes_room() -> None:
    made: list[int] = []
    kept = Kept[int, int](most=3)
    for n in (1, 2, 3, 1, 4, 1):
        assert kept.of(n, lambda n: made.append(n) or 10 * n) == 10 * n  # type: ignore[func-returns-value]  # None, then the number
    assert made == [1, 2, 3, 4, 1]
    assert len(kept) == 3


def test_what_is_kept_does_not_travel() -> None:
    kept = Kept[str, int](most=3)
    kept.of("3431", len)
    again = pickle.loads(pickle.dumps(kept))  # noqa: S301 — our own bytes
    assert (len(again), again.most) == (0, 3)


def test_columns_that_travel_take_nobody_along() -> None:
    columns = town()
    ask(somebody(0), columns, AT)
    assert len(columns.ways) == len(columns.cheapest) == len(columns.soonest) == 1
    again = pickle.loads(pickle.dumps(columns))  # noqa: S301 — our own bytes
    assert len(again.ways) == len(again.cheapest) == len(again.soonest) == 0


def test_nobody_writes_into_what_serves_others() -> None:
    (kept,) = unchanging((np.zeros(3),))
    asked = ask(somebody(0), town(), AT)
    for array in (kept, asked.km, asked.euro_a_time, asked.euro_a_month, asked.days_to_anyone):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0


def test_whoever_asked_before_changes_no_answer() -> None:
    shared = town()
    for n in (*range(24), *reversed(range(24))):
        told = {"een-1": 7.0} if n % 5 == 0 else None
        np.testing.assert_equal(
            answers(ask(somebody(n), shared, AT, minutes=told)), answers(ask(somebody(n), town(), AT, minutes=told))
        )


def test_no_more_places_are_kept_than_is_said() -> None:
    columns = town()
    for n in range(100):
        ask(person(place={"postcode": sorted(pc4_points())[n]}, passes=[f"pas-{n}"]), columns, AT)
    assert len(columns.ways) == 64
    assert len(columns.cheapest) == 1  # a pass that nothing asks for is no other answer


def test_an_exact_point_is_not_kept() -> None:
    columns = town()
    ask(person(place={"latitude": 52.0, "longitude": 5.1}), columns, AT)
    assert len(columns.ways) == 0


def test_threads_get_the_same_answers() -> None:
    columns = town()
    one_by_one = [answers(ask(somebody(n), town(), AT)) for n in range(200)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: answers(ask(somebody(n), columns, AT)), range(200)))
    np.testing.assert_equal(found, one_by_one)


def test_what_hangs_on_the_catalogue_is_worked_out_once() -> None:
    made = []

    def number(columns: Columns) -> Any:
        made.append(len(columns))
        return np.arange(len(columns))

    columns = town()
    assert columns.once(number) is columns.once(number)
    assert made == [4]
