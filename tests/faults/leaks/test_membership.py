"""Was somebody among those it learned from? Guessed from what may be shared.

Two who guess. One knows everybody who came before, and asks after the newest: they work out what would be shared with and
without that person, and where the two differ they know; else they toss a coin. So the area under their curve is .5 + .5 x
the share of histories in which the two differ. The other knows nobody, only how people do in general, and sees whether
what is shared is likelier with somebody who stayed.

Not held back is who knows everybody else and asks after one of the first: figures are renewed by tens, in the order of
first outcomes, so that without one of them another stood among the ten. That figure is printed, and stands on the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np

import wor_match as wm
from tests.learning.story import asked, consent, stop, visit
from tests.learning.test_learn import OURS
from tests.town import AT, person
from wor_match.domain.event import Event

FEWEST, MOST = 10, 40  # others who had an outcome


def somebody(name: str, dice: np.random.RandomState, day: int = 0) -> list[Event]:
    """An invented person with an outcome and a mark."""
    outcome = [asked(day + 91, "still", name)] if dice.randint(2) else [stop(day + int(dice.randint(3, 60)), name)]
    marks = {"click": int(dice.randint(1, 6))}
    return [consent(name, day), visit(day, name), visit(day + 2, name, ratings=marks), *outcome]


def histories(newest: bool) -> Iterator[tuple[list[Event], list[Event]]]:
    """Histories of ten people and more, without and with the one who is asked after: the newest, or one among them."""
    for n in range(FEWEST, MOST):
        dice = np.random.RandomState(n)
        others = [event for number in range(n) for event in somebody(f"p{number:02}", dice, number)]
        day = n if newest else int(dice.randint(n))
        yield others, [*others, *somebody(f"p{day:02}x", dice, day)]


@cache
def matchers(newest: bool = True) -> tuple[tuple[wm.Matcher, wm.Matcher], ...]:
    """What was learned from each pair of histories."""
    return tuple((OURS.learn(without), OURS.learn(within)) for without, within in histories(newest))


def area(shared: Callable[[wm.Matcher], str], newest: bool = True) -> float:
    """The area under the curve of who knows everybody else."""
    differ = [shared(without) != shared(within) for without, within in matchers(newest)]
    return 0.5 + 0.5 * float(np.mean(differ))


def area_of_a_stranger(shared: Callable[[wm.Matcher], str]) -> float:
    """The area under the curve of who knows nobody: how often the share that stayed is higher with than without one."""
    told = [[first_share(shared(one)) for one in pair] for pair in matchers()]
    within, without = np.array([b for _, b in told]), np.array([a for a, _ in told])
    above = within[:, None] - without[None, :]
    return float(np.mean((above > 0) + 0.5 * (above == 0)))


def first_share(shared: str) -> float:
    """The share that stayed, as two numbers in what is shared tell it."""
    first, second, *_ = [int(number) for number in re.findall(r"\d+", shared)] + [1, 0]
    return second / max(first, 1)


def model_card(matcher: wm.Matcher) -> str:
    """The model card."""
    return matcher.model_card()


def participants_card(matcher: wm.Matcher) -> str:
    """What a participant takes home, and hears read out."""
    advice = matcher.recommend(person(), at=AT)
    return advice.card() + advice.read_aloud()


def experiences(matcher: wm.Matcher) -> str:
    """How many started and surely stayed, and how many gave marks: what a coach may tell others."""
    return repr((matcher.model.stayed, matcher.model.rated))


def weights(matcher: wm.Matcher) -> str:
    """The weights themselves: nothing to share."""
    return repr(matcher.model.posterior.draws.level_start.tolist())


SHARED = (model_card, participants_card, experiences)


def test_what_may_be_shared_does_not_tell_who_was_there(figure: Callable[[str], None]) -> None:
    newest = {shared.__name__: area(shared) for shared in SHARED}
    stranger = area_of_a_stranger(experiences)
    among = {shared.__name__: area(shared, newest=False) for shared in SHARED}
    told = ", ".join(f"{name} {found:.2f}" for name, found in newest.items())
    figure(f"membership of the newest, to who knows all before ({MOST - FEWEST} histories, at most .60): {told}")
    figure(f"membership to who knows nobody (at most .60): experiences {stranger:.2f}")
    told = ", ".join(f"{name} {found:.2f}" for name, found in among.items())
    figure(f"membership of one among the first, to who knows all others (not held back): {told}")
    assert max(*newest.values(), stranger) <= 0.60


def test_the_attack_wins_on_what_is_not_renewed_by_tens() -> None:
    """The weights of a model, and a count of one by one: each new person shows."""
    assert area(weights) == 1.0
    assert area(lambda matcher: str(matcher.model.counts["people"])) == 1.0


def test_the_card_of_a_model_moves_at_each_tenth_person_only() -> None:
    differing = [number for number, (a, b) in enumerate(matchers(), FEWEST) if model_card(a) != model_card(b)]
    assert differing
    assert all((number + 1) % 10 == 0 for number in differing)
