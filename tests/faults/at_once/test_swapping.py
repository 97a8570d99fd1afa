"""Others recommend while a new matcher takes the place of the old one: every answer is wholly of the one or the other."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

import pytest

import wor_match as wm
from tests.learning.test_learn import HISTORY, OURS
from tests.town import AT, person
from wor_match.knowledge import Knowledge

WHO = person(likes=["handwerken"])


@cache
def both() -> tuple[wm.Matcher, wm.Matcher]:
    """A matcher before and after it learned."""
    return OURS, OURS.learn(HISTORY)


class Host:
    """A program that serves advice by the matcher it holds now; to swap is to put another one in its place."""

    def __init__(self) -> None:
        self.matcher = both()[0]

    def swap(self, number: int) -> None:
        self.matcher = both()[number % 2]


class InPlace(Host):
    """Broken: it changes what the one matcher knows, a part after another."""

    def __init__(self) -> None:
        ours, old = both()[0], both()[0].knowledge
        self.matcher = wm.Matcher(ours.catalogue)
        self.matcher.knowledge = Knowledge(old.columns, old.settings, old.constraints, old.signals, old.learned)

    def swap(self, number: int) -> None:
        new, known = both()[number % 2].knowledge, self.matcher.knowledge
        for name in ("learned", "record", "recorded", "record_at_mode", "unseen", "usual", "digest"):
            known.__dict__[name] = getattr(new, name)


def answer(matcher: wm.Matcher) -> tuple[object, ...]:
    """An advice with all that hangs on what was learned."""
    advice = matcher.recommend(WHO, at=AT)
    ideas = ((one.activity.id, one.score, tuple(reason.points for reason in one.reasons)) for one in advice)
    return advice.model, advice.decision_id, *ideas


@contextmanager
def hurried() -> Iterator[None]:
    """Threads take turns a thousand times as often as they would."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def torn(host: Host, readers: int, each: int) -> int:
    """How many of the answers are of neither matcher, while they are swapped all the time."""
    whole, found, done = {answer(one) for one in both()}, [0] * readers, threading.Event()

    def ask(number: int) -> None:
        found[number] = sum(answer(host.matcher) not in whole for _ in range(each))

    def swap() -> None:
        number = 0
        while not done.is_set():
            host.swap(number := number + 1)

    assert all(len(one) > 3 for one in whole), "each has a few ideas, whose points can be of the other matcher"
    with hurried():
        asking = [threading.Thread(target=ask, args=(number,)) for number in range(readers)]
        swapping = threading.Thread(target=swap)
        for thread in (swapping, *asking):
            thread.start()
        for thread in asking:
            thread.join()
        done.set()
        swapping.join()
    return sum(found)


def test_a_matcher_is_swapped_while_others_recommend() -> None:
    assert torn(Host(), readers=2, each=100) == 0


@pytest.mark.nightly
def test_a_matcher_is_swapped_while_many_recommend(figure: Callable[[str], None]) -> None:
    assert torn(Host(), readers=8, each=2_000) == 0
    figure("a matcher swapped while 8 threads recommend: 0 of 16,000 answers torn")


def test_the_hammer_finds_what_changes_in_place() -> None:
    assert torn(InPlace(), readers=2, each=100) > 0
