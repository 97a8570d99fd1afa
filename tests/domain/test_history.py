"""A history is a set of events: order, batches and repeats change nothing, corrections and withdrawals hold."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from tests.learning.story import asked, consent, event, visit
from wor_match.domain.event import Event
from wor_match.domain.history import settled, who_consents
from wor_match.domain.kinds import plain


def correction(day: int, replaces: str, right: Event, event_id: str) -> Event:
    return event("corrected", day, event_id=event_id, replaces=replaces, event=plain(right))


RIGHT = visit(7, event_id="right")
WRONG = visit(7, attended=False, event_id="wrong")


def test_the_latest_correction_holds_whatever_its_order() -> None:
    later = visit(8, event_id="later")
    told = [WRONG, correction(9, "wrong", RIGHT, "c1"), correction(10, "wrong", later, "c2")]
    assert settled(told) == settled(told[::-1]) == (later,)
    same_day = [WRONG, correction(9, "wrong", RIGHT, "c1"), correction(9, "wrong", later, "c2")]
    assert settled(same_day) == (later,), "of one moment the last id counts"


def test_a_correction_can_be_corrected() -> None:
    final = visit(8, event_id="final")
    told = [WRONG, correction(9, "wrong", RIGHT, "c1"), correction(10, "right", final, "c2")]
    assert settled(told) == (final,)


def test_what_is_taken_back_was_never_told() -> None:
    back = event("withdrawn", 12, takes_back="wrong")
    assert settled([WRONG, back]) == ()
    assert settled([WRONG, correction(9, "wrong", RIGHT, "c1"), back]) == (), "its correction goes with it"
    one = event("withdrawn", 12, event_id="w", takes_back="c1")
    assert settled([WRONG, correction(9, "wrong", RIGHT, "c1"), one]) == (WRONG,), "the first telling stands again"


def test_a_correction_of_something_not_told_yet_stands_by_itself() -> None:
    assert settled([correction(9, "wrong", RIGHT, "c1")]) == (RIGHT,)
    assert settled([correction(9, "wrong", RIGHT, "c1"), RIGHT]) == (RIGHT,), "and is counted once"


def test_corrections_in_a_circle_come_to_an_end() -> None:
    told = [WRONG, correction(9, "wrong", RIGHT, "c1"), correction(10, "right", WRONG, "c2")]
    assert len(settled(told)) == 1


def test_one_id_with_two_contents_is_an_error_that_names_it() -> None:
    with pytest.raises(wm.EventError, match="event wrong is told twice with other content"):
        settled([WRONG, visit(7, event_id="wrong")])
    with pytest.raises(wm.EventError, match="event wrong is told twice"):
        settled([WRONG, correction(9, "x", visit(8, event_id="wrong"), "c1")])


def test_the_same_moment_in_another_zone_is_the_same_event() -> None:
    told: dict[str, Any] = {"kind": "contacted", "event_id": "e", "person": "p", "source": "coach"}
    from wor_match.domain.kinds import event_of

    one, other = (event_of({**told, "at": at}) for at in ("2026-03-02T10:00:00+01:00", "2026-03-02T09:00:00Z"))
    assert settled([one, other]) == (one,)


@pytest.mark.parametrize("told", [["x"], [None], [{"kind": "visited"}]])
def test_what_is_no_event_is_refused(told: list[Any]) -> None:
    with pytest.raises(wm.EventError, match="no event"):
        settled(told)


def test_a_journal_is_read() -> None:
    class Journal:
        def read(self) -> list[Event]:
            return [WRONG]

    assert settled(Journal()) == (WRONG,)


def test_the_latest_word_on_learning_counts() -> None:
    told = [consent("a"), consent("a", 5, given=False), consent("b", 1, given=False), consent("b", 2)]
    assert who_consents(settled(told)) == {"b"}
    assert who_consents(settled([event("consented", 0, "c", purpose="matching", given=True)])) == frozenset()


EVENTS = [consent(), visit(7), visit(14), asked(84, "still"), WRONG, correction(9, "wrong", RIGHT, "c1"),
          event("withdrawn", 20, takes_back="p1.visited.een.14"), asked(85, "stopped", "p2")]  # fmt: skip


@given(st.permutations(EVENTS), st.lists(st.sampled_from(EVENTS)), st.randoms())
def test_order_and_repeats_change_nothing(told: list[Event], again: list[Event], dice: random.Random) -> None:
    assert settled([*told, *again]) == settled(iter(EVENTS))


def test_a_withdrawal_that_is_taken_back_was_never_told() -> None:
    told = visit(5, event_id="v1")
    first, second, third = (
        event("withdrawn", 6 + n, None, event_id=f"w{n}", takes_back=of) for n, of in enumerate(("v1", "w0", "w1"))
    )
    assert settled([told, first]) == ()
    assert settled([told, first, second]) == (told,)
    assert settled([third, told, second, first]) == ()
    circle = [event("withdrawn", n, None, event_id=f"w{n}", takes_back=f"w{1 - n}") for n in range(2)]
    assert settled([told, *circle]) == (told,)


def test_yes_and_no_at_one_moment_is_no() -> None:
    for names in (("a", "b"), ("b", "a")):
        yes, no = names
        told = [event("consented", 0, event_id=name, purpose="learning", given=name == yes) for name in (yes, no)]
        assert who_consents(settled(told)) == frozenset()
    assert who_consents(settled([*told, consent(day=1)])) == {"p1"}
