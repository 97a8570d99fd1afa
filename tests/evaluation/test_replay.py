"""A replay asks first and is told later; its figures are those one would work out by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import numpy as np
import pytest
from scipy.stats import t

import wor_match as wm
from tests.learning.story import at, consent, event
from wor_match.domain.event import Event
from wor_match.domain.kinds import Advised, FollowedUp, Stopped, event_of
from wor_match.evaluation.over_people import DETECTABLE, People
from wor_match.evaluation.replay import replay
from wor_match.evaluation.replaying.decisions import Decision, decisions_of
from wor_match.evaluation.replaying.noted import Noted
from wor_match.evaluation.replaying.policies import Order, Past, Policy, best, policies_of
from wor_match.evaluation.replaying.replayed import Replay
from wor_match.evaluation.simulation import WORLDS, Simulated, World, simulate

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


SMALL = World(people=120, weeks=78)


@cache
def town(world: World = SMALL) -> Simulated:
    return simulate(world)


@cache
def replayed(world: World = SMALL) -> Replay:
    told = town(world)
    return replay(told.catalogue, told.events, people=told.people, truth=told.truth.chances)


def decision(chosen: int = 1, true: list[float] | None = None) -> Decision:
    names = tuple((None, None, name) for name in ("een", "drie", "twee", "vier"))
    worth = np.array([0.5, 1.0, 0.5, 1.0])
    told = np.array(true) if true else None
    return Decision("p", NOW, "d", names, worth, np.zeros((4, 13)), np.array([0]), np.array([1.0]), chosen, None, told)


def test_regret_and_rank_by_hand() -> None:
    """Values .2 .4 .1 .1; shown are the first three by score .9 .1 .5 .1: rows 0, 2, 1."""
    track = Noted.of([decision()])
    order = Order(lambda _: np.array([0.9, 0.1, 0.5, 0.1]), lambda _: np.array([0.3, 0.6, 0.2, 0.2]))
    track.note(0, decision(true=[0.4, 0.4, 0.2, 0.1]), order, order.score(decision()), 3)
    best_three, shown = (0.4 + 0.2 + 0.1) / 3, (0.2 + 0.1 + 0.4) / 3
    assert track.regret[0] == pytest.approx(best_three - shown)
    assert track.rank[0] == pytest.approx(2.5 / 3), "two stand above it and one beside it"
    assert track.in_first_three[0] == 1.0
    assert track.chance[0] == 0.6


def test_ties_are_broken_by_id_and_nothing_chosen_has_no_rank() -> None:
    assert best(decision(), np.array([0.2, 0.5, 0.5, 0.5]), 3) == [1, 2, 3]
    track = Noted.of([decision()])
    track.note(0, decision(chosen=-1), Order(lambda _: np.arange(4.0)), np.arange(4.0), 3)
    assert np.isnan([track.regret[0], track.rank[0], track.chance[0]]).all()


def scores(told: Simulated, events: tuple[Event, ...], until: datetime) -> list[list[float]]:
    """What ours made of every decision before a moment."""
    seen: list[list[float]] = []
    ours = policies_of(wm.Matcher(told.catalogue))[0]

    def watched(past: Past) -> Order:
        order = ours.learn(past)

        def score(one: Decision) -> np.ndarray:
            found = order.score(one)
            if one.at < until:
                seen.append(found.tolist())
            return found

        return Order(score, order.chance, order.few)

    replay(told.catalogue, events, policies=[Policy("ours", watched)], people=told.people)
    return seen


def test_nothing_told_later_reaches_an_earlier_decision() -> None:
    told = town()
    cut = told.world.first_day + timedelta(weeks=52)
    moment = datetime(cut.year, cut.month, cut.day, tzinfo=UTC)
    whole = scores(told, told.events, moment)
    assert len(whole) > 50
    kept = tuple(one for one in told.events if one.at < moment or isinstance(one, Advised))
    late = [one for one in told.events if isinstance(one, FollowedUp | Stopped) and one.at < moment]
    corrections = tuple(
        event_of({"kind": "withdrawn", "event_id": f"w{number}", "at": moment + timedelta(days=1), "source": "coach",
                  "person": one.person, "takes_back": one.event_id})
        for number, one in enumerate(late)
    )  # fmt: skip
    assert scores(told, kept, moment) == whole
    assert scores(told, (*told.events, *corrections), moment) == whole, "a withdrawal told later is not known before"


def test_what_happened_is_known_only_when_it_was_told() -> None:
    """Somebody stopped on day 20 and told it on day 60: the lesson of day 56 does not know, that of day 84 does."""
    known: list[int] = []
    story = [
        consent(), event("visited", 2, activity="een", attended=True),
        event("stopped", 60, activity="een", on=(NOW + timedelta(days=20)).date().isoformat()),
        *(event_of({"kind": "advised", "event_id": f"a{day}", "decision": f"d{day}", "at": at(day), "source": "coach", "person": "p1",
                    "model": "m", "catalogue": "c", "seed": 0, "signals_version": "1", "n_possible": 1,
                    "shown": [{"activity": "een", "score": 0.4, "worth": 1.0, "chance": 0.4, "strengths": {"near": 1.0}}]})
          for day in (0, 57, 85)),
    ]  # fmt: skip
    offer = wm.Catalogue(id="x", name="X", activities=[wm.Activity(id="een", name="Een", terms=["wandelen"])])

    def watched(past: Past) -> Order:
        known.append(sum(one.high > 0 for one in past.told.episodes))
        return Order(lambda one: one.worth)

    replay(offer, story, policies=[Policy("a", watched)])
    assert known == [0, 0, 1]


def test_order_and_repeats_of_the_history_change_nothing() -> None:
    told = town(World(people=40))
    found = replay(told.catalogue, told.events, people=told.people, truth=told.truth.chances)
    again = replay(
        told.catalogue, [*reversed(told.events), *told.events], people=reversed(told.people), truth=told.truth.chances
    )
    assert found.frame() == again.frame()


def test_without_people_what_was_shown_is_ordered_anew() -> None:
    told = town()
    found = replay(told.catalogue, told.events)
    assert found.main == "rank"
    assert found.figure("ours", "regret").mean.value is None
    assert all(len(one.names) <= 3 for one in decisions_of(wm.Matcher(told.catalogue), told.events))
    assert "not who is right" in " ".join(found.sentences())


def test_who_does_not_consent_to_learning_is_not_replayed() -> None:
    told = town()
    no = {one.person for one in told.events if one.kind == "consented" and not one.given}
    assert no
    assert not no & set(replayed().people)


def test_a_closed_activity_is_not_offered_again() -> None:
    told = simulate(World(people=60, closes=1.0))
    closed = {one.activity: one.at for one in told.events if one.kind == "activity_closed"}
    for one in decisions_of(wm.Matcher(told.catalogue), told.events, told.people):
        assert not [name for name in one.activities if closed[name].date() < one.at.date()]


def test_the_mean_over_persons_and_its_error_are_those_of_the_textbook(figure: Callable[[str], None]) -> None:
    dice = np.random.RandomState(4)
    values = dice.randn(400) + 1.0
    persons = People([f"p{number}" for number in range(400)])
    told = persons.mean(values)
    assert told.value == pytest.approx(values.mean(), abs=1e-12)
    textbook = values.std(ddof=1) / 20
    figure(f"bootstrap error of a mean of 400: {told.error:.4f}, by the textbook {textbook:.4f}")
    assert told.error == pytest.approx(textbook, rel=0.08)
    twice = People([f"p{number // 2}" for number in range(400)]).mean(np.repeat(values[:200], 2))
    assert twice.error == pytest.approx(values[:200].std(ddof=1) / 200**0.5, rel=0.08), (
        "rows of one person are not two people"
    )
    assert twice.n == 200


def test_a_true_difference_of_the_smallest_size_is_found_in_four_of_five_histories(
    figure: Callable[[str], None],
) -> None:
    persons = People([f"p{number}" for number in range(100)])
    size = persons.mean(np.random.RandomState(0).randn(100)).smallest_difference
    assert size is not None
    found = 0
    for seed in range(400):
        told = persons.mean(np.random.RandomState(seed + 1).randn(100) + DETECTABLE / 10)
        assert told.interval is not None
        found += told.interval[0] > 0
    figure(f"a difference of the smallest size is found in {found / 4:.0f} % of 400 histories (80 % is meant)")
    assert 0.74 <= found / 400 <= 0.86


def test_few_people_get_no_interval_and_the_reason_is_said() -> None:
    told = town(World(people=3))
    found = replay(told.catalogue, told.events, people=told.people, truth=told.truth.chances)
    assert found.smallest_difference is None
    assert "fewer than 10 people" in found.reason
    assert all(row["low"] is None for row in found.frame())
    nothing = replay(told.catalogue, [])
    assert "no advice" in nothing.reason
    assert nothing.frame()
    assert nothing.sentences()[0].startswith("This rests on 0 advices")


def test_no_figure_is_ever_nan() -> None:
    for found in (replayed(), replay(town().catalogue, town().events)):
        told = [value for row in found.frame() for value in row.values() if isinstance(value, float)]
        assert np.isfinite(told).all()
        assert np.isfinite([row["value"] for row in found.over_time() if row["value"] is not None]).all()


def test_what_it_can_show_is_said_first() -> None:
    first = replayed().sentences()[0]
    assert f"{100 * replayed().smallest_difference:.1f} points of score" in first
    assert "smaller one may be chance" in first
    assert replayed().to_markdown().index(first[:40]) < replayed().to_markdown().index("| policy |")
    assert repr(replayed()).startswith("Replay(")
    assert not [one.id for one in town().people if one.id in replayed().to_markdown()]


def test_progress_is_told() -> None:
    told, steps = town(World(people=40)), []
    replay(told.catalogue, told.events, policies=[Policy("a", lambda _: Order(lambda one: one.worth))],
           progress=lambda done, total: steps.append((done, total)))  # fmt: skip
    assert steps[-1][0] == steps[-1][1] == len(steps)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"every_days": 0}, "every_days"),
        ({"policies": []}, "one or more policies"),
        ({"policies": [Policy("a", lambda _: Order(lambda one: one.worth))] * 2}, "a name of its own"),
        ({"truth": lambda *_: np.zeros(1)}, "no people"),
        ({"people": [town().people[0], town().people[0].replace(age=99)]}, "told in two ways"),
        ({"people": ["x"]}, "no Participant"),
        ({"policies": [Policy("n", lambda _: Order(lambda one: one.worth * np.nan))]}, "no order of"),
    ],
)
def test_what_cannot_be_replayed_is_refused(asked: dict[str, object], said: str) -> None:
    with pytest.raises(wm.WorMatchError, match=said):
        replay(town().catalogue, town().events, **asked)


def lost(name: str, n: int, seeds: range, **knobs: float) -> np.ndarray:
    """How much more score each other policy loses than ours, (n_seeds, 5)."""
    rows = []
    for seed in seeds:
        told = simulate(replace(WORLDS[name], people=n, seed=seed, **knobs))
        found = replay(told.catalogue, told.events, people=told.people, truth=told.truth.chances)
        rows.append([found.figure(policy, "regret").difference.value for policy in found.policies[1:]])
    return np.array(rows, dtype=np.float64)


def figures_of(name: str, found: np.ndarray, n: int) -> list[str]:
    """A sentence for each policy, with a 95 % interval over the towns (Student's t)."""
    said = []
    for policy, values in zip(
        ("expert_only", "naive_logit", "most_attended", "nearest", "random"), found.T, strict=True
    ):
        half = t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / len(values) ** 0.5
        said.append(
            f"{name} world, {len(values)} invented towns of {n}: {policy} loses {values.mean():+.4f} more score than ours"
            f" ({values.mean() - half:+.4f} to {values.mean() + half:+.4f})"
        )
    return said


def test_in_the_base_world_ours_loses_less_than_every_other_policy(figure: Callable[[str], None]) -> None:
    found = lost("base", 300, range(3))
    for said in figures_of("base", found, 300):
        figure(said)
    assert (found.mean(axis=0) > 0).all()


@pytest.mark.parametrize("name", ["wrong_sign", "interaction", "drift"])
def test_where_an_assumption_is_wrong_ours_is_not_worse_than_the_expert_for_sure(name: str) -> None:
    told = simulate(replace(WORLDS[name], people=300, seed=0))
    found = replay(told.catalogue, told.events, people=told.people, truth=told.truth.chances)
    interval = found.figure("expert_only", "regret").difference.interval
    assert interval is not None
    assert interval[1] >= 0


@pytest.mark.nightly
@pytest.mark.parametrize("name", ["base", "wrong_sign", "interaction", "drift"])
def test_over_many_towns_ours_is_better_or_not_worse(name: str, figure: Callable[[str], None]) -> None:
    found = lost(name, 1_000, range(10, 20))
    for said in figures_of(name, found, 1_000):
        figure(said)
    half = t.ppf(0.975, 9) * found.std(axis=0, ddof=1) / 10**0.5
    low, high = found.mean(axis=0) - half, found.mean(axis=0) + half
    assert high[0] >= 0, "not worse than the expert's beliefs alone by more than the interval"
    if name == "base":
        assert (low > 0).all()


@pytest.mark.nightly
def test_where_all_of_the_truth_changes_ours_still_beats_every_plain_order(figure: Callable[[str], None]) -> None:
    found = lost("drift", 1_000, range(10, 16), drift=1.0)
    for said in figures_of("drift", found, 1_000):
        figure(f"all of it changed: {said}")
    assert (found[:, 2:].min(axis=0) > 0).all(), "most attended, nearest and random lose more in each of the six towns"
