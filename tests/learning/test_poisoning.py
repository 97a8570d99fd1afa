"""Somebody makes outcomes up to have an activity stand higher: what one reporter can do with five, and no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

import wor_match as wm
from tests.learning.story import asked, consent, visit
from tests.learning.test_learn import HISTORY, OURS, gone, never, stayed
from tests.town import AT, person
from wor_match.domain.event import Event

TRUE = [
    *HISTORY,
    *[one for n in range(20) for part in (stayed(f"s{n}"), gone(f"g{n}"), never(f"n{n}", "drie")) for one in part],
]
PUSHED = "twee"


def made_up(n: int, reporters: Sequence[str]) -> list[Event]:
    """So many people who never were, each still there after three months, told by these reporters in turn."""
    told: list[Event] = []
    for number in range(n):
        who, by = f"made-up-{number:03}", {"source": "organiser", "reporter": reporters[number % len(reporters)]}
        told += [consent(who), visit(0, who, PUSHED, **by, ratings={"click": 5}), asked(91, "still", who, PUSHED, **by)]
    return told


def moved(events: Sequence[Event]) -> float:
    """How far made-up outcomes move the score of the activity."""
    return score_in(OURS.learn([*TRUE, *events])) - score_in(OURS.learn(TRUE))


def score_in(matcher: wm.Matcher) -> float:
    advice = matcher.recommend(person(), at=AT)
    return next(one.score for one in (*advice.suggestions, *advice.others) if one.activity.id == PUSHED)


def test_two_hundred_made_up_outcomes_of_one_reporter_move_no_more_than_five(figure: Callable[[str], None]) -> None:
    five, many = moved(made_up(5, ["club"])), moved(made_up(200, ["club"]))
    figure(f"poisoning: 5 made-up outcomes of one reporter move a score by {five:+.4f}, 200 by {many:+.4f}")
    assert 0 < many <= five + 1e-9


def test_the_harness_sees_what_nothing_would_hold_back() -> None:
    """As if there were no cap: every outcome by another reporter."""
    assert moved(made_up(200, [f"club{n}" for n in range(200)])) > 2 * moved(made_up(5, ["club"]))


@pytest.mark.parametrize("source", ["participant", "coach"])
def test_who_a_coach_confirms_counts_in_full(source: str) -> None:
    """The cap is about reports that nobody confirms; it holds no true person back."""
    told = [
        one
        for n in range(20)
        for one in (consent(f"t{n}"), visit(0, f"t{n}", PUSHED), asked(91, "still", f"t{n}", PUSHED, source=source))
    ]
    assert moved(told) > moved(made_up(5, ["club"]))
