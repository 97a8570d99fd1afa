"""The card says what to know before relying on a matcher, and nothing about fewer than ten people."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import combinations, compress
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import wor_match as wm
from tests.learning.story import consent
from wor_match.domain.history import settled
from wor_match.evaluation.drift import drift
from wor_match.evaluation.fairness import fairness
from wor_match.evaluation.model_card import COUNTED, rests_on
from wor_match.evaluation.over_people import People
from wor_match.evaluation.replaying.noted import Noted, Went
from wor_match.evaluation.replaying.replayed import Replay, measured
from wor_match.evaluation.simulation import Simulated, World, simulate
from wor_match.learning.episodes import episodes_of
from wor_match.learning.learned import people_counted
from wor_match.report import Report

WORLD = World(people=120, weeks=78, followed=1.0)
TITLES = ["What it is for", "What it rests on", "How it works", "How good it is", "For whom it works", "Is it still so",
          "What changed", "Where it falls short"]  # fmt: skip


@cache
def town() -> Simulated:
    return simulate(WORLD)


@cache
def card_of(n: int) -> str:
    """The card after the first n people."""
    ids = {one.id for one in town().people[:n]}
    events = [one for one in town().events if one.of is None or one.of in ids]
    return wm.Matcher(town().catalogue).learn(events).model_card()


def part(card: str, title: str) -> str:
    return card.split(f"## {title}\n")[1].split("\n## ")[0]


def test_every_part_stands_on_it_also_when_nothing_was_learned_or_measured() -> None:
    card = wm.Matcher(town().catalogue).model_card()
    assert re.findall(r"## (.*)", card) == TITLES
    assert "assumptions" in part(card, "What it rests on")
    assert "Not measured" in part(card, "How good it is")
    assert "nan" not in card.lower()


def test_figures_stand_on_it_with_their_interval_and_what_they_can_show() -> None:
    told, matcher = town(), wm.Matcher(town().catalogue)
    found = wm.replay(told.catalogue, told.events, people=told.people, truth=told.truth.chances)
    groups = fairness(told.people, told.events, told.catalogue, by="gender")
    drifted = drift(matcher, told.events, since=told.world.first_day)
    learned = matcher.learn(told.events)
    card = learned.model_card(replayed=found, groups=groups, drifted=drifted, before=matcher)
    figures = part(card, "How good it is")
    assert re.match(r"- 110 to 119 people can show a difference of \d points of score", figures.strip())
    assert len(re.findall(r"\(-?[\d.]+ to -?[\d.]+\)", figures)) > 8
    assert not re.findall(r"\d\.\d{3}", figures)
    assert "gender, woman" in part(card, "For whom it works")
    still = part(card, "Is it still so").strip()
    assert still == "\n".join(f"- {one}" for one in drifted.shareable().verdicts())
    assert not re.findall(r"\d", re.sub(r"weeks \d+-\d+", "", still)), "a check has counts, a card has its verdicts"
    assert "People then: fewer than ten; now: 1" in part(card, "What changed")
    assert not [one.id for one in told.people if one.id in card]


@pytest.mark.parametrize("n", [1, 5, 9])
def test_fewer_than_ten_people_are_not_told_of(n: int) -> None:
    assert "Fewer than ten people, or nobody" in part(card_of(n), "What it rests on")
    assert part(card_of(n), "What it rests on") == part(card_of(0), "What it rests on")


def test_one_person_more_changes_nothing_between_tens() -> None:
    """Of 1 to 45 people, each the next who began."""
    told = town()
    episodes = episodes_of(settled(told.events), told.catalogue).episodes
    order = list(dict.fromkeys(one.person for one in sorted(episodes, key=lambda one: (one.first[0], one.person))))
    cards = []
    for n in range(46):
        events = [one for one in told.events if one.of is None or one.of in order[:n]]
        cards.append(part(wm.Matcher(told.catalogue).learn(events).model_card(), "What it rests on"))
    for n, card in enumerate(cards):
        assert card == cards[n // 10 * 10], n
    counts = re.findall(r"- (.*?) (?:started|came|never|stopped|took|are not|of all)", "\n".join(cards))
    assert len(counts) > 100
    assert not [one for one in counts if not re.fullmatch(r"Fewer than ten|\d+0 to \d+9", one)]


@pytest.mark.parametrize("people", [10, 20, 30])
def test_no_count_of_one_to_nine_follows_from_what_it_rests_on(people: int) -> None:
    """Every way in which people with one experience each can start or not, and stop, stay or not be known to the end."""
    views = defaultdict(list)
    for split in combinations(range(people + 3), 3):
        never, stopped, there, unfinished = (np.diff([-1, *split, people + 3]) - 1).tolist()
        counts = {"people": people, "people_started": people - never, "people_never_came": never,
                  "people_stopped": stopped, "people_still_there": there, "people_unfinished": unfinished}  # fmt: skip
        views[told_of(counts)].append(tuple(counts.values()))
    for worlds in views.values():
        columns = zip(*worlds, strict=True)
        assert not [column[0] for column in columns if len(set(column)) == 1 and 0 < column[0] < 10]


def told_of(counts: dict[str, int]) -> tuple[str, ...]:
    """What a card says that a matcher rests on."""
    matcher: Any = SimpleNamespace(catalogue=town().catalogue, learned=Report(counts, {}))
    return tuple(rests_on(matcher))


def test_twelve_experiences_of_one_person_are_one_person() -> None:
    told = town()
    episodes = episodes_of(settled(told.events), told.catalogue).episodes
    began, never = (next(one for one in episodes if one.started == at) for at in (1, 0))
    often = [replace(began, activity=f"a{number}") for number in range(12)]
    others = [replace(never, person=f"p{number}") for number in range(19)]
    counts = people_counted([*often, *others], [])
    assert (counts["people_started"], counts["people_never_came"]) == (1, 19)
    assert tuple(name.removeprefix("people_") for name in counts) == tuple(COUNTED)


def test_who_gave_no_consent_is_counted_among_the_first_whole_tens_of_everybody() -> None:
    """Fifteen people, of whom every second one consents: of the first ten five do not."""
    history = [consent(f"p{number:02d}", number, given=number % 2 == 0) for number in range(15)]
    assert people_counted([], history)["people_no_consent"] == 5


@cache
def replayed() -> Replay:
    small = simulate(World(people=60))
    return wm.replay(small.catalogue, small.events, people=small.people, truth=small.truth.chances)


def of_first(found: Replay, n: int) -> Replay:
    """The replay of the first n people."""
    order = list(dict.fromkeys(person for _, person in sorted(zip(found.moments, found.people, strict=True))))
    rows = np.isin(found.people, order[:n])
    noted = {
        name: Noted(one.regret[rows], one.rank[rows], one.in_first_three[rows], one.chance[rows])
        for name, one in found.noted.items()
    }
    went, people = Went(found.went.y[rows], found.went.weight[rows]), tuple(compress(found.people, rows))
    return Replay(tuple(compress(found.moments, rows)), people, noted, went,
                  tuple(measured(noted, went, People(people))))  # fmt: skip


def test_one_replayed_person_more_changes_nothing_between_tens() -> None:
    matcher = wm.Matcher(town().catalogue)
    cards = [part(matcher.model_card(replayed=of_first(replayed(), n)), "How good it is") for n in range(46)]
    assert [card == cards[n // 10 * 10] for n, card in enumerate(cards)] == [True] * 46
    assert len(set(cards)) == 5


def by_hand(rank: list[float], y: list[float]) -> Replay:
    """One advice to each of some people, by two policies that told everybody the same chance."""
    n, start = len(rank), datetime(2026, 3, 2, tzinfo=UTC)
    one = Noted(np.full(n, np.nan), np.array(rank), np.ones(n), np.full(n, 0.4))
    noted, went = {"ours": one, "other": one}, Went(np.array(y), np.ones(n))
    people = tuple(f"p{number:02d}" for number in range(n))
    moments = tuple(start + timedelta(days=number) for number in range(n))
    return Replay(moments, people, noted, went, tuple(measured(noted, went, People(people))))


@pytest.mark.parametrize("few", range(1, 20))
def test_a_measure_that_is_a_share_of_few_people_is_not_told(few: int) -> None:
    """Of 20 people: what was chosen of two stands first for so many, and so many take part, all told the same chance."""
    split = [1.0] * few + [0.0] * (20 - few)
    matcher = wm.Matcher(town().catalogue)
    told = [part(matcher.model_card(replayed=one), "How good it is") for one in (
        by_hand(split, [1.0] * 10 + [0.0] * 10), by_hand([0.0] * 10 + [1.0] * 10, split))]  # fmt: skip
    assert ["Where what was chosen stands" in told[0], "By how many points" in told[1], "Log-loss" in told[1]] == [
        few == 10
    ] * 3


def test_what_changed_is_told_when_ten_people_are_new() -> None:
    matcher, told = wm.Matcher(town().catalogue), town()

    def after(n: int) -> wm.Matcher:
        ids = {one.id for one in told.people[:n]}
        return matcher.learn([one for one in told.events if one.of in ids])

    few, some, many = after(60), after(63), after(90)
    assert "Too few people are new" in part(some.model_card(before=few), "What changed")
    assert "People then" in part(many.model_card(before=few), "What changed")


def test_few_replayed_people_are_not_told_of() -> None:
    small = simulate(World(people=8))
    found = wm.replay(small.catalogue, small.events, people=small.people, truth=small.truth.chances)
    told = part(wm.Matcher(small.catalogue).model_card(replayed=found), "How good it is")
    assert "Fewer than ten people, or nobody" in told
    assert "0." not in told
