"""Every closed list has its words in every language: a form can be built from them alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import pytest

import wor_match as wm
from wor_match.domain.event import Source
from wor_match.domain.kinds import KINDS
from wor_match.domain.terms import taxonomy
from wor_match.domain.value import Value
from wor_match.pathway import Referral
from wor_match.wording.vocabulary import FIELDS
from wor_match.wording.words import languages, words

NO_CHOICE = {"format"}


def closed_lists(annotation: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Field → codes of every `Literal` inside a value, however deep."""
    if get_origin(annotation) is Literal:
        yield ".".join(path), get_args(annotation)
    elif isinstance(annotation, type) and issubclass(annotation, Value):
        for name, field in annotation.model_fields.items():
            yield from closed_lists(field.annotation, (*path, field.alias or name))
    else:
        for part in get_args(annotation):
            yield from closed_lists(part, path)


FOUND = [*closed_lists(wm.Participant), *closed_lists(wm.Catalogue), *closed_lists(Referral, ("referral",))]
OF_EVENTS = [
    (path, codes)
    for kind, event in KINDS.items()
    for path, codes in closed_lists(event, ("event", kind))
    if not path.endswith((".kind", ".source"))
]


@pytest.mark.parametrize("language", languages())
def test_every_closed_list_of_the_models_has_exactly_its_codes(language: str) -> None:
    told = wm.vocabulary(language)
    for path, codes in FOUND:
        field = path.removeprefix("activities.")
        if field not in NO_CHOICE:
            lists = [set(told[name]) for name in (field, f"{field}.state", f"{field}.level") if name in told]
            assert set(codes) in lists, path
    assert len(FOUND) > 40


@pytest.mark.parametrize("language", languages())
def test_every_closed_list_of_the_events_has_exactly_its_codes(language: str) -> None:
    told = wm.vocabulary(language)
    for path, codes in OF_EVENTS:
        assert set(told[path]) == set(codes), path
    assert set(told["event.kind"]) == set(KINDS)
    assert set(told["event.source"]) == set(get_args(Source))
    found = {*dict(OF_EVENTS), "event.kind", "event.source", "event.chosen.none_reason"}
    assert {field for field in told if field.startswith("event.")} == found


@pytest.mark.parametrize("language", languages())
def test_a_label_is_there_and_help_is_a_sentence(language: str) -> None:
    for field, entries in wm.vocabulary(language).items():
        for code, (label, help_) in entries.items():
            assert label.strip(), (field, code)
            assert help_ == help_.strip(), (field, code)


def test_what_can_be_wished_is_every_word_there_is() -> None:
    assert set(wm.vocabulary()["likes"]) == set(taxonomy().words)
    assert set(wm.vocabulary()["terms"]) == set(taxonomy().terms)
    assert wm.vocabulary("en")["terms"]["samen-eten"] == ("Shared meals", "Cooking and eating")
    assert wm.vocabulary()["budget"]["small"] == ("Klein", "Hoogstens 4 euro per keer.")


def test_the_form_of_a_referral_and_what_a_coach_notes_can_be_built_from_them() -> None:
    told = wm.vocabulary()
    assert told["referral.referrer"]["practice_nurse"] == ("De praktijkondersteuner", "")
    assert told["referral.channel"]["mail"] == ("Beveiligde mail", "")
    assert told["event.consented.purpose"]["learning"] == ("Leren van wat blijft", "")
    assert told["event.intake.instrument"]["marks"] == told["spider_web.instrument"]["marks"]
    assert told["event.stopped.reason"] == told["event.followed_up.reason"] == told["tried"]
    assert set(told["event.chosen.none_reason"]) == set(words("nl")["labels"]["none_reason"])
    assert wm.vocabulary("en")["event.chosen.by"]["together"] == ("Together", "")


def test_both_languages_know_the_same_fields_and_codes() -> None:
    dutch, english = wm.vocabulary("nl"), wm.vocabulary("en")
    assert {field: set(entries) for field, entries in dutch.items()} == {
        field: set(entries) for field, entries in english.items()
    }
    assert set(dutch) == set(FIELDS)


def test_what_is_given_is_a_copy() -> None:
    wm.vocabulary()["focus"].clear()
    assert wm.vocabulary()["focus"]
