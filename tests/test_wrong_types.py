"""What is no such thing is refused in our own words at the public methods, never with a fault of Python's."""

# mypy: disable-error-code="arg-type, list-item"
# because every argument below is wrong on purpose

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

import wor_match as wm
from tests.town import AT, activity, advice_on, person
from wor_match import pathway

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ADVICE = advice_on(activity(), person())
OURS = wm.Matcher(wm.load_catalogue("nieuwegein"))
WRONG: dict[str, tuple[str, Callable[[], Any]]] = {
    "why_not of a list": ("wrong-type", lambda: ADVICE.why_not(["een"])),
    "why_not of a number": ("wrong-type", lambda: ADVICE.why_not(3)),
    "near misses of a word": ("out-of-range", lambda: ADVICE.near_misses("x")),
    "near misses of nothing": ("out-of-range", lambda: ADVICE.near_misses(None)),
    "near misses of half": ("out-of-range", lambda: ADVICE.near_misses(1.5)),
    "near misses of a flag": ("out-of-range", lambda: ADVICE.near_misses(True)),
    "fewer near misses than none": ("out-of-range", lambda: ADVICE.near_misses(-1)),
    "chosen a number": ("wrong-type", lambda: ADVICE.chosen(3, at=NOW)),
    "chosen nothing": ("wrong-type", lambda: ADVICE.chosen(None, at=NOW)),
    "chosen a list": ("wrong-type", lambda: ADVICE.chosen([[]], at=NOW)),
    "chosen one word": ("wrong-type", lambda: ADVICE.chosen("een", at=NOW)),
    "chosen outside, a list": (
        "unknown-activity",
        lambda: OURS.chosen_event(person(), [], at=NOW, event_id="e"),
    ),
    "card, replayed": ("wrong-type", lambda: OURS.model_card(replayed=3)),
    "card, groups": ("wrong-type", lambda: OURS.model_card(groups="x")),
    "card, drifted": ("wrong-type", lambda: OURS.model_card(drifted=[])),
    "no path of a catalogue": ("no-path", lambda: wm.load_catalogue(None)),
    "no path to lint": ("no-path", lambda: wm.lint(None)),
    "no path of people": ("no-path", lambda: wm.load_people(None)),
    "no path of a person": ("no-path", lambda: wm.load_participant(None)),
    "no path of events": ("no-path", lambda: wm.read_events(None)),
    "no path to write to": ("no-path", lambda: wm.write_events(None, [])),
    "no events to write": ("wrong-type", lambda: wm.write_events("x", None)),
    "no path to save to": ("no-path", lambda: OURS.save(None)),
    "no path of a model": ("no-path", lambda: wm.Matcher.load(None, OURS.catalogue)),
    "no path of a referral": ("no-path", lambda: pathway.load_referral(None)),
    "nothing to merge": ("wrong-type", lambda: wm.merge(None, OURS.catalogue)),
    "no journal to check": ("wrong-type", lambda: wm.check_journal(3)),
    "card, before": ("wrong-type", lambda: OURS.model_card(before=3)),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_such_thing_is_refused_with_its_code(name: str) -> None:
    code, asked = WRONG[name]
    with pytest.raises(wm.WorMatchError) as seen:
        asked()
    assert seen.value.code == code


def test_no_near_miss_is_a_fair_question() -> None:
    assert OURS.recommend(person(), at=AT).near_misses(0) == ()
