"""Many people, few places: fair by each one's own best, the longest wait first among equals, and nobody forgotten."""

from __future__ import annotations

import hashlib
import itertools
import math
import random
from datetime import datetime
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wor_match as wm
from tests.strategies import people
from tests.town import AT, activity, catalogue, person
from wor_match.allocating.turns import ALLOCATION_COLUMNS, BESIDE_COLUMNS, Allocation, Turn, Waiting
from wor_match.errors import WorMatchError

FAIRNESS = ("worst_off_first", "total")


def place(free: int | None = None, wait: int | None = None, as_of: str = "2026-11-20") -> dict[str, Any]:
    """So many free places, counted on this day, and a waiting list of so many weeks."""
    told = {} if free is None else {"free": free, "as_of": as_of}
    return {"places": told, "entry": {} if wait is None else {"wait_weeks": wait}}


def town(*activities: wm.Activity) -> wm.Matcher:
    return wm.Matcher(catalogue(*activities))


def someone(number: int, **told: Any) -> wm.Participant:
    return person(id=f"p{number}", **told)


ONE_PLACE = town(activity("breien", **place(free=1, wait=3)))
THREE = [someone(number) for number in range(3)]


def lot(seed: int, one: wm.Participant) -> str:
    return hashlib.sha256(f"{seed}\n{one.id}".encode()).hexdigest()


@pytest.mark.parametrize("fairness", FAIRNESS)
def test_who_waited_longest_has_the_place_and_the_others_wait_for_it(fairness: Any) -> None:
    done = ONE_PLACE.allocate(THREE, at=AT, fairness=fairness, waited={"p1": 2, "p2": 1.5})
    assert done.places == {"p0": None, "p1": "breien", "p2": None}
    assert done.waiting == {"p0": Waiting("breien", 3), "p2": Waiting("breien", 3)}


def test_among_who_waited_as_long_a_lot_decides_that_follows_from_the_seed() -> None:
    won = []
    for seed in range(20):
        places = ONE_PLACE.allocate(THREE, at=AT, seed=seed).places
        (winner,) = (name for name, where in places.items() if where)
        assert winner == min(THREE, key=lambda one, seed=seed: lot(seed, one)).id
        won.append(winner)
    assert set(won) == {"p0", "p1", "p2"}


@pytest.mark.parametrize("fairness", FAIRNESS)
def test_whose_chance_is_larger_than_anothers_never_counts(fairness: Any) -> None:
    """Both can do one thing only; that it suits one of them far better gives nobody the place."""
    suited = someone(0, likes=["handwerken"], place={"postcode": "3431"})
    hardly = someone(1, languages={"ar": "good"})
    first, second = (ONE_PLACE.recommend(one, at=AT)[0] for one in (suited, hardly))
    assert first.chance > second.chance
    assert first.score > 1.5 * second.score
    done = [ONE_PLACE.allocate([suited, hardly], at=AT, fairness=fairness, seed=seed).places for seed in range(20)]
    assert {bool(places["p1"]) for places in done} == {True, False}
    assert ONE_PLACE.allocate([suited, hardly], at=AT, fairness=fairness, waited={"p1": 1}).places["p1"] == "breien"


def test_a_wait_never_outweighs_the_goal_itself() -> None:
    """p1 waited a year and likes the one place best; p0 can do nothing else, so p0 has it."""
    ours = town(activity("breien", **place(free=1)), activity("zingen", terms=["zingen"], **place(free=1)))
    who = [someone(0, unwanted=["zingen"]), someone(1, likes=["handwerken"])]
    for fairness in FAIRNESS:
        done = ours.allocate(who, at=AT, fairness=fairness, waited={"p1": 52})
        assert done.places == {"p0": "breien", "p1": "zingen"}
        assert not done.waiting


def test_where_no_number_is_written_down_everybody_has_a_place_and_the_coach_is_told_to_ask() -> None:
    done = town(activity("breien")).allocate(THREE, at=AT)
    assert set(done.places.values()) == {"breien"}
    assert {one.places_known for one in done.turns} == {False}
    assert done.sentences()[0] == "Een plek voor p0: Verzonnen. Vraag eerst of er plek is."


def test_an_old_number_counts_and_is_said_to_be_unknown() -> None:
    done = town(activity("breien", **place(free=1, as_of="2026-08-01"))).allocate(THREE, at=AT)
    assert sorted(one.state for one in done.turns) == ["place", "waits", "waits"]
    assert {one.places_known for one in done.turns} == {False, None}, "who waits is promised nothing"


def test_no_place_but_a_waiting_list_is_waiting_and_a_full_group_fits_nobody() -> None:
    done = town(activity("breien", **place(free=0, wait=4))).allocate(THREE, at=AT)
    assert done.places == {"p0": None, "p1": None, "p2": None}
    assert set(done.waiting.values()) == {Waiting("breien", 4)}
    full = town(activity("breien", **place(free=0))).allocate(THREE, at=AT)
    assert {one.state for one in full.turns} == {"nothing_fits"}
    assert not full.waiting


def test_where_safety_comes_first_there_is_no_place_and_it_is_told() -> None:
    unsafe = someone(9, circumstances={"safety": "first"})
    done = town(activity("breien", **place(free=5))).allocate([unsafe, THREE[0]], at=AT)
    assert done.places == {"p0": "breien", "p9": None}
    assert not done.waiting
    assert done.sentences("en") == [
        "A place for p0: Verzonnen.",
        "No place yet for p9. Safety comes first. Talk about that first.",
    ]
    assert "safety" not in repr(done)


def test_what_a_coach_reads_says_who_waits_for_what_and_how_it_was_decided() -> None:
    ours = town(activity("breien", name="Breien", **place(free=1, wait=3)))
    assert ours.allocate(THREE[:2], at=AT, waited={"p1": 1}).sentences() == [
        "Nog geen plek voor p0: Breien. De wachttijd is ongeveer 3 weken.",
        "Een plek voor p1: Breien.",
        "Zo veel mogelijk mensen krijgen een plek. Daarna telt de minst passende plek eerst.",
        "Is het gelijk? Dan gaat wie het langst wacht voor. Daarna beslist het lot.",
    ]
    unknown = town(activity("breien", name="Breien", **place(free=1)))
    told = unknown.allocate(THREE[:2], at=AT, fairness="total", waited={"p1": 1}).sentences("en")
    assert told[0] == "No place yet for p0: Breien. Ask how long the wait is."
    assert told[2] == "Together the places suit these people best this way."


def test_the_frame_has_a_row_for_each_person() -> None:
    done = ONE_PLACE.allocate(THREE, at=AT, waited={"p1": 1})
    first, second, _ = done.frame()
    assert list(first) == list(ALLOCATION_COLUMNS)
    assert first == {"person": "p0", "state": "waits", "activity": None, "value": None, "waits_for": "breien",
                     "wait_weeks": 3, "places_known": None}  # fmt: skip
    assert (second["activity"], second["value"], second["places_known"]) == ("breien", 1.0, True)
    assert done.frame("polars").shape == (3, len(ALLOCATION_COLUMNS))


def test_who_waits_for_what_stands_together_the_longest_row_first() -> None:
    ours = town(activity("breien", **place(free=1)), activity("zingen", terms=["zingen"], **place(free=0, wait=2)))
    singers = [someone(number, likes=["zingen"], unwanted=["handwerken"]) for number in (3, 4, 5)]
    done = ours.allocate([*THREE[:2], *singers], at=AT, waited={"p1": 2})
    assert list(done.waiting_lists.items()) == [("zingen", ("p3", "p4", "p5")), ("breien", ("p0",))]
    assert ONE_PLACE.allocate(THREE[:1], at=AT).waiting_lists == {}


def test_the_total_adds_shares_up_and_the_lowest_is_of_everybody_who_could_have_a_place() -> None:
    served = (Turn("p0", "place", "a", 0.5), Turn("p1", "place", "b", 0.75), Turn("p2", "nothing_fits"))
    done, short, none = (
        Allocation(turns, "total", ONE_PLACE.catalogue)
        for turns in (served, (*served, Turn("p3", "waits")), (Turn("p4", "safety_first"),))
    )
    assert (done.total, done.lowest) == (1.25, 0.5)
    assert (short.total, short.lowest) == (1.25, 0.0)
    assert (none.total, none.lowest) == (0.0, None)


def test_its_text_tells_counts_and_nobody() -> None:
    assert repr(ONE_PLACE.allocate(THREE, at=AT)) == "Allocation(3 people, 1 have a place, 2 wait)"


def test_two_allocations_side_by_side_have_a_row_for_each_whose_place_differs() -> None:
    ours = (Turn("p0", "place", "a", 0.5), Turn("p1", "place", "b", 0.75), Turn("p2", "waits"), Turn("p3", "waits"))
    other = (Turn("p0", "place", "b", 0.25), Turn("p1", "waits"), Turn("p2", "place", "a", 1.0), Turn("p3", "waits"))
    here, there = (Allocation(turns, "total", ONE_PLACE.catalogue) for turns in (ours, other))
    rows = here.beside(there)
    assert [tuple(row.values()) for row in rows] == [
        ("p0", "a", 0.5, "b", 0.25, 0.25),
        ("p1", "b", 0.75, None, None, 0.75),
        ("p2", None, None, "a", 1.0, -1.0),
    ]
    assert all(list(row) == list(BESIDE_COLUMNS) for row in rows)
    assert here.beside(there, "polars").shape == (3, len(BESIDE_COLUMNS))
    assert here.beside(here) == []


def test_allocations_of_other_people_are_not_laid_side_by_side() -> None:
    one, other = (ONE_PLACE.allocate(who, at=AT) for who in (THREE, THREE[:2]))
    with pytest.raises(WorMatchError, match="the two allocations are about other people; share places among the same"):
        one.beside(other)


@pytest.mark.parametrize("other", [None, 5, "total", {}])
def test_beside_something_else_than_an_allocation_is_refused(other: Any) -> None:
    with pytest.raises(WorMatchError, match="beside\\(\\) needs another Allocation"):
        ONE_PLACE.allocate(THREE, at=AT).beside(other)


@pytest.mark.parametrize("at", [None, "2026-11-23", datetime(2026, 11, 23, 9), 5])  # noqa: DTZ001 — that is the point
@pytest.mark.parametrize("who", [[], THREE])
def test_the_day_is_looked_at_also_when_there_is_nobody(who: list[wm.Participant], at: Any) -> None:
    with pytest.raises(WorMatchError, match="`at` is "):
        ONE_PLACE.allocate(who, at=at)


def test_nobody_no_offer_and_more_places_than_people_are_fine() -> None:
    assert ONE_PLACE.allocate([], at=AT).places == {}
    assert ONE_PLACE.allocate([], at=AT).sentences() == []
    assert town().allocate(THREE, at=AT).places == {"p0": None, "p1": None, "p2": None}
    assert set(town(activity("breien", **place(free=9))).allocate(THREE, at=AT).places.values()) == {"breien"}


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"people": [THREE[0], THREE[1], THREE[0]]}, "person 'p0' stands there more than once"),
        ({"people": ["p0"]}, "allocate\\(\\) needs a list of Participants"),
        ({"people": None}, "allocate\\(\\) needs a list of Participants"),
        ({"fairness": "best"}, "fairness 'best' is not known; there are: worst_off_first, total"),
        ({"waited": {"p7": 1}}, "`waited` names 'p7', who is not among the people"),
        ({"waited": {"p0": -1}}, "the weeks that person 'p0' waited are no number from 0"),
        ({"waited": {"p0": math.nan}}, "the weeks that person 'p0' waited are no number"),
        ({"waited": {"p0": "2"}}, "the weeks that person 'p0' waited are no number"),
        ({"waited": ["p0"]}, "`waited` is no mapping"),
        ({"seed": 1.5}, "seed is no whole number"),
        ({"fairness": np.array(["worst_off_first", "total"])}, "fairness .* is not known"),
        ({"fairness": ["total"]}, "fairness .* is not known"),
        ({"waited": {"p0": 10**400}}, "the weeks that person 'p0' waited are no number from 0 to 10,000"),
        ({"waited": {"p0": Fraction(10**400)}}, "the weeks that person 'p0' waited are no number from 0 to 10,000"),
    ],
)
def test_what_cannot_be_shared_is_refused_by_name(told: dict[str, Any], sentence: str) -> None:
    given = {"people": THREE, **told}
    with pytest.raises(WorMatchError, match=sentence):
        ONE_PLACE.allocate(given.pop("people"), at=AT, **given)


@pytest.mark.parametrize("told", [{"free": -1}, {"free": math.nan}, {"free": 1.5}, {"total": -2}, {"free": "veel"}])
def test_a_number_of_places_that_is_none_does_not_come_through_the_door(told: dict[str, Any]) -> None:
    with pytest.raises(wm.CatalogueError, match=rf"places\.{next(iter(told))}"):
        activity("breien", places={**told, "as_of": "2026-11-20"})


@pytest.mark.parametrize("weeks", [-1, math.nan, "lang"])
def test_a_wait_that_is_no_number_of_weeks_does_not_come_through_the_door(weeks: Any) -> None:
    with pytest.raises(wm.CatalogueError, match=r"entry\.wait_weeks"):
        activity("breien", entry={"wait_weeks": weeks})


SMALL = town(
    activity("breien", **place(free=1)),
    activity("koor", terms=["zingen"], place={"postcode": "3431"}, price=[{"euro": 6, "per": "time"}], **place(free=1)),
    activity("lopen", terms=["wandelen"], level={"body": "light"}, audience={"min_age": 18}, **place(free=2)),
)


def groups() -> Any:
    """Two to four people, who differ in all they can tell."""
    return st.lists(people(("breien", "koor", "lopen")), min_size=2, max_size=4).map(
        lambda who: [one.model_copy(update={"id": f"p{number}"}) for number, one in enumerate(who)]
    )


def worth(who: list[wm.Participant]) -> Any:
    """The score of each activity as a share of that person's own best, by `recommend`; -inf impossible."""
    ids = [one.id for one in SMALL.columns.activities]
    table = np.full((len(who), len(ids)), -math.inf)
    for row, one in enumerate(who):
        advice = SMALL.recommend(one, at=AT)
        for found in (*advice, *advice.others):
            table[row, ids.index(found.activity.id)] = round(
                found.score / max(s.score for s in (*advice, *advice.others)), 9
            )
    return table


def every_sharing(table: Any) -> list[Any]:
    """What each person has, in every way to share the one, one and two places."""
    found = []
    for way in itertools.product(range(-1, 3), repeat=len(table)):
        if all(way.count(at) <= room for at, room in enumerate((1, 1, 2))):
            have = [0.0 if at < 0 else float(table[row, at]) for row, at in enumerate(way)]
            found += [have] if min(have) >= 0 else []
    return found


def had(done: Allocation) -> list[float]:
    return [one.value or 0.0 for one in done.turns]


@given(groups())
def test_the_worst_off_first_is_at_least_every_other_sharing_from_the_worst_off_up(who: list[wm.Participant]) -> None:
    ours = had(SMALL.allocate(who, at=AT))
    assert sorted(ours) == max(sorted(other) for other in every_sharing(worth(who)))


@given(groups())
def test_the_total_is_the_largest_there_is(who: list[wm.Participant]) -> None:
    ours = had(SMALL.allocate(who, at=AT, fairness="total"))
    assert math.fsum(ours) == pytest.approx(max(map(math.fsum, every_sharing(worth(who)))), abs=1e-8)


@given(groups(), st.sampled_from(FAIRNESS))
def test_nobody_is_better_off_in_any_other_way_unless_somebody_is_worse_off(who: Any, fairness: Any) -> None:
    ours = np.array(had(SMALL.allocate(who, at=AT, fairness=fairness)))
    for other in np.array(every_sharing(worth(who))):
        assert (other < ours).any() or not (other > ours).any()


@given(groups(), st.sampled_from(FAIRNESS), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_people_changes_nothing(who: Any, fairness: Any, dice: random.Random) -> None:
    before = SMALL.allocate(who, at=AT, fairness=fairness, waited={"p1": 3})
    mixed = dice.sample(who, len(who))
    assert SMALL.allocate(iter(mixed), at=AT, fairness=fairness, waited={"p1": 3}).frame() == before.frame()


@given(groups())
@settings(max_examples=60)
def test_the_gains_of_each_add_up_to_what_one_way_costs_in_total(who: list[wm.Participant]) -> None:
    fair, most = (SMALL.allocate(who, at=AT, fairness=fairness) for fairness in FAIRNESS)
    assert math.fsum(row["gain"] for row in most.beside(fair)) == pytest.approx(most.total - fair.total, abs=1e-12)
    assert most.total >= fair.total - 1e-8
