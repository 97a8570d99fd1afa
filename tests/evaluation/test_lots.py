"""Places drawn by lot as rows: which count, how it went, and what that counts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import wor_match as wm
from tests.learning.story import FIRST, asked, consent, event, on, stop, visit
from wor_match.domain.event import Event
from wor_match.domain.history import settled
from wor_match.evaluation.replaying.decisions import decisions_of
from wor_match.evaluation.replaying.lots import Lots


def advice(matcher: wm.Matcher, person: str, *places: tuple[float, bool]) -> tuple[Event, list[str]]:
    """An advice for somebody who told nothing, with the propensity of each place and whether it was explored."""
    given = matcher.recommend(wm.Participant(id=person), at=FIRST, n=len(places))
    told: Any = given.event(at=FIRST)
    shown = [
        one.replace(propensity=propensity, explored=explored)
        for one, (propensity, explored) in zip(told.shown, places, strict=True)
    ]
    return told.replace(shown=tuple(shown)), [one.activity for one in shown]


def chosen(advised: Any, *activities: str) -> Event:
    return event("chosen", 0, advised.person, activities=list(activities), decision=advised.decision)


def lots_of(matcher: wm.Matcher, events: list[Event]) -> Lots:
    people = sorted({one.of for one in events} - {None})  # because all are of persons
    history = settled([*(consent(str(person)) for person in people), *events])
    decisions = decisions_of(matcher, history, [wm.Participant(id=str(person)) for person in people])
    return Lots.of(decisions, history, matcher.catalogue)


def test_only_a_place_that_was_drawn_gives_a_row(matcher: wm.Matcher) -> None:
    certain, _ = advice(matcher, "p1", (1.0, False), (1.0, False))
    last, names = advice(matcher, "p2", (1.0, False), (1.0, False), (0.25, False))
    only_one, _ = advice(matcher, "p3", (1.0, True))
    found = lots_of(matcher, [certain, last, only_one])
    assert (sorted(found.persons), found.n_without) == (["p2", "p3"], 1)
    two, three = found.persons.index("p2"), found.persons.index("p3")
    assert (found.propensity[two], found.propensity[three]) == (0.25, 1.0)
    assert found.decisions[two].activities[found.action[two]] == names[2]
    assert {found.decisions[two].activities[row] for row in found.taken[two]} == set(names[:2])
    assert found.taken[three] == frozenset()


def test_of_two_places_that_were_drawn_the_first_counts(matcher: wm.Matcher) -> None:
    advised, names = advice(matcher, "p1", (1.0, False), (0.5, True), (0.25, True))
    found = lots_of(matcher, [advised])
    assert found.propensity.tolist() == [0.5]
    assert [found.decisions[0].activities[row] for row in found.taken[0]] == names[:1]


def test_how_it_went_and_what_it_counts_by_hand(matcher: wm.Matcher) -> None:
    def drawn(person: str) -> tuple[Event, str]:
        advised, names = advice(matcher, person, (0.5, True))
        return advised, names[0]

    (other, _), (silent, a), (never, b), (left, c), (lost, d), (stayed, e), (unsaid, _) = (
        drawn(f"p{n}") for n in range(1, 8)
    )
    events = [other, silent, never, left, lost, stayed, unsaid, chosen(other), chosen(silent, a), chosen(never, b)]
    events += [chosen(left, c), chosen(lost, d), chosen(stayed, e), asked(100, "never", "p3", b)]
    events += [visit(3, "p4", c), stop(20, "p4", c, on=on(20).isoformat(), reason="not_suited")]
    events += [visit(3, "p5", d), visit(3, "p6", e), asked(3 + 7 * 13, "still", "p6", e)]
    found = lots_of(matcher, events)
    order = np.argsort(found.persons)
    expected = [0, np.nan, 0, 0, np.nan, 1, np.nan]  # p1 chose nothing; of p2 and p7 nobody heard; p5 came once
    assert np.array_equal(found.reward[order], np.array(expected), equal_nan=True)
    # Of six after the choice two are lost: 4/6 are followed; then of three who came one is lost: 4/6 x 2/3.
    assert found.censoring[order] == pytest.approx([1, 0, 6 / 4, 6 / 4 * 3 / 2, 0, 6 / 4 * 3 / 2, 0])
    assert found.censoring.sum() == pytest.approx(7)


def test_who_chose_something_else_does_not_take_part_in_what_was_drawn(matcher: wm.Matcher) -> None:
    advised, names = advice(matcher, "p1", (1.0, False), (0.5, True))
    events = [advised, chosen(advised, names[0]), visit(3, "p1", names[0]), asked(100, "still", "p1", names[0])]
    assert lots_of(matcher, events).reward.tolist() == [0.0]
    both = [advised, chosen(advised, *names), visit(3, "p1", names[1]), asked(100, "still", "p1", names[1])]
    assert lots_of(matcher, both).reward.tolist() == [1.0]


def test_who_came_was_followed_to_the_start_even_where_it_does_not_count_as_an_experience(matcher: wm.Matcher) -> None:
    people, events = [f"p{number}" for number in range(1, 9)], []
    for person in people:
        advised, names = advice(matcher, person, (0.5, True))
        events += [advised, chosen(advised, names[0])]
        if person == "p8":
            events.append(asked(100, "never", person, names[0]))
        else:  # of one reporter about one activity five count
            events.append(visit(3, person, names[0], source="organiser", reporter="list"))
    found = lots_of(matcher, events)
    assert found.censoring[found.persons.index("p8")] == 1.0  # lost before the start would make it 8 / 6


def test_who_does_not_agree_to_learning_gives_no_row(matcher: wm.Matcher) -> None:
    advised, _ = advice(matcher, "p1", (0.5, True))
    history = settled([consent("p1", given=False), advised])
    decisions = decisions_of(matcher, history, [wm.Participant(id="p1")])
    assert len(Lots.of(decisions, history, matcher.catalogue)) == 0


def test_without_advices_there_are_no_rows(matcher: wm.Matcher) -> None:
    found = Lots.of((), (), matcher.catalogue)
    assert (len(found), found.n_without, found.censoring.shape) == (0, 0, (0,))
