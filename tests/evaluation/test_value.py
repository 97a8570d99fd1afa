"""The value of other ways of advising from real events: against the truth of an invented town, and when it is refused."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

import wor_match as wm
from tests.evaluation.lottery import decisions, matcher, town
from wor_match.domain.event import OfPerson
from wor_match.domain.history import settled
from wor_match.domain.kinds import Advised, Chosen
from wor_match.evaluation.over_people import People
from wor_match.evaluation.replaying.decisions import Decision, decisions_of
from wor_match.evaluation.replaying.lots import Lots
from wor_match.evaluation.replaying.policies import Order, Policy, drawn, expert_only, ordering
from wor_match.evaluation.replaying.valued import COLUMNS, NEVER_DRAWN, NO_ADVICE, NO_LOT, Values
from wor_match.evaluation.simulation import World, simulate
from wor_match.evaluation.value import figure, halves, of_the_other_half, put_first, value

WARMTH = World().warmth


def another(decision: Decision) -> Any:
    """Anything before what was drawn."""
    return (np.arange(len(decision.names)) != decision.shown[0]).astype(float)


def ways() -> list[Policy]:
    believed = expert_only(matcher())
    return [
        drawn(believed, WARMTH, "the lot"),
        drawn(believed, 0.04, "a surer lot"),
        drawn(believed, 0.2, "a wilder lot"),
        believed,
        Policy("another", lambda past: Order(another)),
    ]


@cache
def found() -> Values:
    return value(town().catalogue, town().events, town().people, policies=ways())


def few(n: int) -> dict[str, Any]:
    return {"catalogue": town().catalogue, "events": town().events, "people": town().people[:n]}


def test_the_figures_of_real_events_cover_the_truth() -> None:
    order = ordering(matcher(), matcher().model)
    for name, warmth in (("the lot", WARMTH), ("a surer lot", 0.04), ("a wilder lot", 0.2)):
        shares = drawn(Policy("", lambda past: order), warmth).learn(None).shares
        truth = np.mean([one.true @ shares(one) for one in decisions()])
        for sure in (found()[name].snips, found()[name].dr_clipped):
            assert sure is not None
            assert sure.value is not None
            assert sure.interval is not None
            assert sure.interval[0] <= truth <= sure.interval[1]
            assert abs(sure.value - truth) < 0.08


def test_a_way_of_advising_as_the_lot_gives_the_plain_weighted_mean() -> None:
    same, drawn_ = found()["the lot"], found().drawn
    assert same.snips is not None
    assert same.snips.value == pytest.approx(drawn_.value, abs=1e-9)
    assert same.outside == pytest.approx(0, abs=1e-9)
    assert same.rows == found().known


def test_a_way_that_rests_on_few_is_refused_and_one_that_never_overlaps() -> None:
    assert "its effective sample is " in found()["expert_only"].reason
    assert found()["another"].reason.startswith("it puts 99 % first that the lot hardly ever or never drew")
    for row in found().frame():
        assert (row["snips"] is None) == (row["dr_clipped"] is None) == bool(row["reason"])
        assert not any(isinstance(one, float) and np.isnan(one) for one in row.values())


def test_sixty_people_are_too_few() -> None:
    told = value(**few(60), policies=ways()[3:4])
    assert told["expert_only"].snips is None
    assert told["expert_only"].reason.endswith(", and 100 is the least")
    assert told.sentences()[-1] == f"expert_only: not told, because {told['expert_only'].reason}."


def test_without_a_lot_propensities_are_not_known() -> None:
    world = simulate(World(people=30))
    told = value(world.catalogue, world.events, world.people, policies=ways())
    assert {one.reason for one in told.figures} == {NO_LOT}
    assert (told.rows, told.without) == (0, sum(isinstance(one, Advised) for one in consenting(world.events)))
    assert f"{told.without} advices had no such place" in told.sentences()[1]


def consenting(events: Any) -> list[Any]:
    """What is told of people who agree to learning, and to whom something was shown."""
    no = {one.person for one in events if one.kind == "consented" and not one.given}
    return [
        one for one in events if isinstance(one, OfPerson) and one.person not in no and getattr(one, "n_possible", 1)
    ]


def test_a_place_drawn_with_a_propensity_of_nothing_is_refused() -> None:
    at = next(number for number, one in enumerate(town().events) if isinstance(one, Advised))
    advised: Any = town().events[at]
    wrong = advised.replace(shown=(advised.shown[0].replace(propensity=0.0),))
    events = [*town().events[:at], wrong, *town().events[at + 1 :]]
    people = [one for one in town().people if one.id == advised.person]
    told = value(town().catalogue, events, people, policies=ways())
    assert {one.reason for one in told.figures} == {NEVER_DRAWN}


def test_no_events_and_no_people_are_refused_with_the_reason() -> None:
    for events, people in (((), town().people), (town().events, ()), ((), ())):
        told = value(town().catalogue, events, people, policies=ways())
        assert {one.reason for one in told.figures} == {NO_ADVICE}
        assert (told.drawn.value, told.rows, told.persons) == (None, 0, 0)
        assert len(told.sentences()) == 1 + len(ways())


def test_the_order_of_events_and_people_changes_nothing() -> None:
    first = value(**few(60), policies=ways()[:1])
    turned = value(town().catalogue, town().events[::-1], town().people[59::-1], policies=ways()[:1])
    assert first.frame() == turned.frame()
    assert first.drawn == turned.drawn


def test_the_model_behind_the_doubly_robust_figure_never_saw_the_rows_own_person() -> None:
    history = settled(town().events)
    some = decisions_of(matcher(), history, town().people[:40])
    lots = Lots.of(some, history, town().catalogue)
    mine = {one for one, number in halves(one.id for one in town().people).items() if number == 0}
    forgotten = tuple(
        one for one in history
        if not (isinstance(one, OfPerson) and one.person in mine and not isinstance(one, Advised | Chosen))
    )  # fmt: skip
    before, after = (of_the_other_half(matcher(), told, lots) for told in (history, forgotten))
    same = [np.array_equal(one, other) for one, other in zip(before, after, strict=True)]
    assert same == [person in mine for person in lots.persons]
    assert set(same) == {True, False}


def test_what_was_drawn_and_is_not_possible_any_more_is_what_no_way_would_have_shown() -> None:
    history = settled(town().events)
    lots = Lots.of(decisions_of(matcher(), history, town().people[:40]), history, town().catalogue)
    shares = [np.full(len(one.names), 1 / len(one.names)) for one in lots.decisions]
    gone = replace(lots, action=np.full(len(lots), -1))
    told = figure("random", gone, shares, shares, People(lots.persons))
    assert (told.outside, told.largest_weight, told.rows) == (1.0, 0.0, 0)


def test_halves_are_halves_whatever_the_order() -> None:
    names = [f"p{number}" for number in range(101)]
    assert halves(names) == halves(names[::-1] * 2)
    assert sum(halves(names).values()) == 50


def test_what_stands_in_the_other_places_cannot_stand_in_the_place_that_was_drawn() -> None:
    decision = next(one for one in decisions() if len(one.names) > 3)
    order = ordering(matcher(), matcher().model)
    first = int(put_first("ours", order, decision, frozenset()).argmax())
    assert first == order.few(decision, order.score(decision), 1)[0]
    second = put_first("ours", order, decision, frozenset({first}))
    assert second[first] == 0
    assert second.sum() == 1
    shared = put_first("lot", drawn(Policy("", lambda past: order), 0.1).learn(None), decision, frozenset({first}))
    assert shared[first] == 0
    assert shared.sum() == pytest.approx(1)
    assert (shared > 0).sum() == len(shared) - 1
    everything = frozenset(range(len(decision.names)))
    assert put_first("ours", order, decision, everything).sum() == 0


@pytest.mark.parametrize(
    "order",
    [
        Order(lambda decision: np.full(len(decision.names), np.nan)),
        Order(lambda decision: np.zeros(1)),
        Order(lambda decision: np.zeros(len(decision.names)), shares=lambda decision: -np.ones(len(decision.names))),
    ],
)
def test_an_order_that_is_no_numbers_is_an_error(order: Order) -> None:
    with pytest.raises(wm.WorMatchError, match=r"policy 'odd' gives decision .* an order that is not"):
        put_first("odd", order, decisions()[0], frozenset())


def test_bad_questions_are_errors() -> None:
    for other in ({"policies": []}, {"policies": [ways()[0], ways()[0]]}, {"every_days": 0}, {"every_days": True}):
        with pytest.raises(wm.WorMatchError):
            value(**{**few(1), **other})


def test_the_frame_is_the_same_in_every_library() -> None:
    rows = found().frame()
    assert list(rows[0]) == list(COLUMNS)
    assert found().frame("polars").columns == list(COLUMNS)
    assert found().frame("pandas")["policy"].tolist() == [one["policy"] for one in rows]


def test_the_sentences_say_what_it_rests_on_first() -> None:
    said = found().sentences()
    assert said[0].startswith(f"{found().rows} places were drawn by lot, for {found().persons} people; ")
    assert said[1].startswith("The lot itself: ")
    assert len(said) == 2 + len(ways())
