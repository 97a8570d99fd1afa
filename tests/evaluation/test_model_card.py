"""The card says what to know before relying on a matcher, and nothing about fewer than ten people."""

from __future__ import annotations

import re
from functools import cache

import pytest

import wor_match as wm
from wor_match.evaluation.drift import drift
from wor_match.evaluation.fairness import fairness
from wor_match.evaluation.model_card import COUNTED, tens
from wor_match.evaluation.simulation import Simulated, World, simulate

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
    assert re.match(r"- 110 to 119 people can show a difference of \d\.\d points of score", figures.strip())
    assert len(re.findall(r"\(-?\d+\.\d+ to -?\d+\.\d+\)", figures)) > 8
    assert "gender, woman" in part(card, "For whom it works")
    assert part(card, "Is it still so").strip() == "\n".join(f"- {one}" for one in drifted.shareable().sentences())
    assert drifted.shareable().rows != drifted.rows, "what the check tells of few people does not stand on the card"
    assert "People then: none; now: 1" in part(card, "What changed")
    assert not [one.id for one in told.people if one.id in card]


@pytest.mark.parametrize("n", [1, 5, 9])
def test_fewer_than_ten_people_are_not_told_of(n: int) -> None:
    assert "Fewer than ten people: nothing is told" in part(card_of(n), "What it rests on")


def test_what_is_told_of_people_stands_in_tens_so_that_one_more_is_not_seen() -> None:
    counts = [part(card_of(n), "What it rests on") for n in range(20, 60)]
    told = re.findall(r"- (.*?) (?:experiences|of them|never|stopped|took|are not|people gave)", "\n".join(counts))
    assert len(told) > 100
    assert not [one for one in told if not re.fullmatch(r"None|Fewer than ten|\d+0 to \d+9", one)]
    assert len(COUNTED) == 7


def test_tens_by_hand() -> None:
    assert [tens(n) for n in (0, 1, 9, 10, 19, 20, 234)] == [
        "none", "fewer than ten", "fewer than ten", "10 to 19", "10 to 19", "20 to 29", "230 to 239",
    ]  # fmt: skip


def test_what_changed_is_told_when_ten_people_are_new() -> None:
    matcher, told = wm.Matcher(town().catalogue), town()

    def after(n: int) -> wm.Matcher:
        ids = {one.id for one in told.people[:n]}
        return matcher.learn([one for one in told.events if one.of in ids])

    few, some, many = after(60), after(63), after(90)
    assert "Fewer than ten people are new" in part(some.model_card(before=few), "What changed")
    assert "People then" in part(many.model_card(before=few), "What changed")


def test_few_replayed_people_are_not_told_of() -> None:
    small = simulate(World(people=8))
    found = wm.replay(small.catalogue, small.events, people=small.people, truth=small.truth.chances)
    told = part(wm.Matcher(small.catalogue).model_card(replayed=found), "How good it is")
    assert "Fewer than ten people were replayed" in told
    assert "0." not in told
