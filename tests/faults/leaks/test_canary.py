"""Canary: what somebody told stands in what was asked for and nowhere else, whatever goes wrong.

Looked at: the text of every result, warnings, logs of every level, both streams, errors with all that they came from,
the variables in our frames of each traceback, saved models, kept catalogues, and what is pickled.
"""

from __future__ import annotations

import gc
import inspect
import logging
import pickle
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import wor_match as wm
from tests.faults.leaks import booked, calls, unreadable, wrong
from tests.faults.leaks.canary import (
    ANSWERS,
    CODES,
    PSEUDONYM,
    TO_STAY_OUT,
    TOKENS,
    found_in,
    found_in_bytes,
    history,
    person,
)
from tests.faults.leaks.watching import left_by
from wor_match.domain.forgetting import forgetful
from wor_match.domain.kept import Kept
from wor_match.domain.kinds import event_of, plain

Figure = Callable[[str], None]


def leaks(told: calls.Calls) -> tuple[Counter[str], dict[str, str]]:
    """The same, with what is known."""
    counted: Counter[str] = Counter()
    found: dict[str, str] = {}
    for name, call in told:
        left = left_by(call)
        counted["calls"] += 1
        counted["texts"] += len(left.texts)
        counted["errors"] += any(where == "error" for where, _ in left.texts)
        for where, token in left.holding(found_in):
            found[f"{where}: {token}"] = name
        for where, text in left.texts:
            if where.startswith(("repr", "log", "warning", "stream")):
                found |= {f"{where}: {code}": name for code in CODES if code in text}
    return counted, found


def test_no_answer_stands_beside_what_was_asked_for(matcher: wm.Matcher, tmp_path: Path) -> None:
    for told in (calls.answering(matcher), calls.of_tables(matcher, tmp_path)):
        counted, found = leaks(told)
        assert found == {}
        assert counted["errors"] == 0


def test_no_refusal_tells_what_was_told(matcher: wm.Matcher, tmp_path: Path) -> None:
    counted, found = leaks(calls.refusing(matcher))
    assert found == {}
    assert counted["errors"] > 0.9 * counted["calls"]


def test_no_mistake_of_a_host_tells_what_was_told(matcher: wm.Matcher) -> None:
    counted, found = leaks(calls.of_hosts(matcher))
    assert found == {}
    assert counted["errors"] > counted["calls"] / 2


def test_no_broken_file_tells_what_stands_in_it(tmp_path: Path) -> None:
    counted, found = leaks(unreadable.of_files(tmp_path))
    assert found == {}
    assert counted["texts"] > counted["calls"]
    assert leaks(unreadable.apart(tmp_path))[1] == {}


@pytest.mark.parametrize(
    "bad", [unreadable.A_FEW_BAD, pytest.param(unreadable.BAD, marks=pytest.mark.nightly)], ids=["few", "all"]
)
def test_no_bad_value_beside_the_answers_makes_them_be_told(bad: tuple[Any, ...], figure: Figure) -> None:
    counted, found = leaks(unreadable.at_the_door(bad))
    assert found == {}
    assert counted["errors"] > counted["calls"] / 2
    figure(
        f"canary at the door: {counted['calls']} calls, {counted['errors']} errors, {counted['texts']} texts, 0 found"
    )


def test_no_door_that_gets_something_else_tells_it(matcher: wm.Matcher, tmp_path: Path) -> None:
    counted, found = leaks(wrong.of_every_door(matcher, tmp_path))
    assert found == {}
    assert counted["errors"] == counted["calls"]


def test_a_journal_tells_only_who_asks_it(matcher: wm.Matcher, tmp_path: Path) -> None:
    counted, found = leaks(booked.books_that_answer(matcher, tmp_path))
    assert found == {}
    assert counted["errors"] == 0
    assert {token for path in tmp_path.rglob("*.db*") for token in found_in_bytes(path.read_bytes())} == set()


def test_a_journal_that_refuses_tells_nothing(tmp_path: Path) -> None:
    counted, found = leaks(booked.books_that_refuse(tmp_path))
    assert found == {}
    assert counted["errors"] == counted["calls"]


def test_every_verb_is_called() -> None:
    """Whoever adds a verb at the front door adds it here."""
    source = "".join(map(inspect.getsource, (booked, calls, unreadable, sys.modules[__name__])))
    classes = (wm.Matcher, wm.Journal)
    verbs = {name for one in classes for name, verb in vars(one).items() if callable(verb) and not name.startswith("_")}
    front = {name for name in wm.ROOMS if inspect.isfunction(getattr(wm, name))}
    assert {name for name in verbs if f".{name}(" not in source} == set()
    about_the_offer = {"docs", "find_terms", "lint", "load_words", "merge", "vocabulary"}
    assert {name for name in front - about_the_offer if f"wm.{name}(" not in source} == set()


def test_what_stays_holds_nobody(tmp_path: Path) -> None:
    """A saved model, a kept catalogue, and a matcher that was asked and that learned, as it is sent to a worker."""
    matcher = wm.Matcher(wm.load_catalogue("nieuwegein", cache=tmp_path / "kept"))
    taught = matcher.learn(history())
    for _ in range(2):
        taught.recommend(person(), at=calls.AT, minutes={"kookgroep-de-linde": 587.25}).to_json()
        taught.what_if(person(), {"budget": "free"}, at=calls.AT)
        taught.arrange(person(), at=calls.AT)
        taught.allocate([person()], at=calls.AT)
        taught.recommend_frame([ANSWERS], at=calls.AT)
    taught.save(tmp_path / "model.json")
    again = wm.Matcher.load(tmp_path / "model.json", taught.catalogue)
    held = {
        "model": (tmp_path / "model.json").read_bytes(),
        **{path.name: path.read_bytes() for path in (tmp_path / "kept").iterdir()},
        **{
            f"pickle {number}": pickle.dumps(one)
            for number, one in enumerate((matcher, taught, again, taught.knowledge))
        },
    }
    kept = [one for one in gc.get_objects() if isinstance(one, Kept) and len(one)]
    assert len(held) == 6
    assert len(kept) > 0
    held |= {f"kept {number}": pickle.dumps(one) for number, one in enumerate(kept)}
    words_of_the_offer = {"fotografie", "toneel", "geheugen", "valpreventie"}  # the taxonomy stands in a matcher
    assert {
        (name, token) for name, one in held.items() for token in found_in_bytes(one) if token not in words_of_the_offer
    } == set()
    assert found_in_bytes(held["model"]) == []


def test_the_tokens_are_found_where_they_do_stand() -> None:
    """The harness can see: an export, and a pickle, of the person and of the history hold every token."""
    everything = (
        f"{ANSWERS!r} {[plain(one) for one in history()]!r} 2026, 10, 17 2026, 8, 23 6, 17, 43 06:17:43 eigen-q5 "
    )
    assert set(found_in(everything, TO_STAY_OUT)) == set(TO_STAY_OUT)
    held = set(found_in_bytes(pickle.dumps((ANSWERS, history()))))
    assert {token for token in TOKENS if isinstance(token, float)} <= held
    assert PSEUDONYM in held


# Broken on purpose: on each of these the harness must fail.


class DefaultRepr:
    """A participant that shows itself as Python's dataclasses do."""

    __module__ = "wor_match.domain.participant"

    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told

    def __repr__(self) -> str:
        return f"Participant({', '.join(f'{name}={one!r}' for name, one in self.told.items())})"


def logs_a_person() -> None:
    logging.getLogger("wor_match.broken").debug("advising %s", person().model_dump())


def warns_of_a_person() -> None:
    warnings.warn(wm.WorMatchWarning(f"a budget of {person().budget} is odd", "cut-short"), stacklevel=1)


def prints_a_person() -> None:
    print(person().place.postcode if person().place else "")


def names_what_it_refuses() -> None:
    raise wm.ParticipantError(f"{ANSWERS['passes'][0]} is no pass")


def hides_it_in_the_cause() -> None:
    try:
        names_what_it_refuses()
    except wm.ParticipantError:
        raise wm.ParticipantError("a pass is refused") from None


@pytest.mark.parametrize(
    ("broken", "where"),
    [
        (lambda: DefaultRepr(ANSWERS), "repr DefaultRepr"),
        (logs_a_person, "log"),
        (warns_of_a_person, "warning"),
        (prints_a_person, "stream"),
        (names_what_it_refuses, "error"),
        (hides_it_in_the_cause, "error"),
        (lambda: event_of.__wrapped__({"kind": "praktijk-q1"}), "locals domain/kinds.py:event_of told"),  # type: ignore[attr-defined]  # the door without what makes it forget
    ],
)  # fmt: skip
def test_the_canary_sees_what_is_broken(broken: Callable[[], Any], where: str) -> None:
    assert {found for found, _ in left_by(broken).holding(found_in)} >= {where}


def test_a_kept_question_would_be_seen(matcher: wm.Matcher) -> None:
    """As when a cache of questions were pickled with the matcher."""
    assert "3431XK" in found_in_bytes(pickle.dumps(matcher.question(person(), at=calls.AT)))


def test_what_a_host_was_handling_keeps_its_variables_and_its_generator_goes_on() -> None:
    """A host's own exception is no part of ours, also when a door is called while it is handled."""

    def numbers() -> Iterator[int]:
        try:
            raise KeyError("a host's own")
        except KeyError as fault:
            held.append(fault)
            yield 1
            yield 2

    held: list[KeyError] = []
    host = numbers()
    assert next(host) == 1
    try:
        raise held[0]
    except KeyError:
        with pytest.raises(wm.EventError) as caught:
            event_of({"kind": "nothing"})
    assert caught.value.__context__ is held[0]
    assert next(host) == 2


def test_an_error_keeps_its_lines_and_loses_its_variables() -> None:
    @forgetful
    def door(told: str) -> None:
        deeper(told)

    def deeper(told: str) -> None:
        raise ZeroDivisionError("a host's mistake")

    with pytest.raises(ZeroDivisionError) as caught:
        door("pas-q9")
    assert [entry.name for entry in caught.traceback][1:] == ["through", "door", "deeper"]
    assert not any("pas-q9" in repr(entry.frame.f_locals) for entry in caught.traceback[1:])
