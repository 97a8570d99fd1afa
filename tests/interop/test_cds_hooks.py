"""Cards say an idea and its reasons and nothing else of anybody; what is said to them becomes one event, once."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given

import wor_match as wm
from tests.conftest import AT
from tests.strategies import activities, answers
from tests.town import activity, advice_on, catalogue, person
from wor_match.domain.kinds import Advised, as_line
from wor_match.interop.cds_hooks import advice_to_cds_cards, events_from_cds_feedback

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
RIET = person(id="kanarie7391", likes=["samen-koken"])


@pytest.fixture(scope="module")
def advice(matcher: wm.Matcher) -> wm.Advice:
    found = matcher.recommend(RIET, at=AT)
    assert len(found) == 3
    return found


@pytest.fixture(scope="module")
def cards(advice: wm.Advice) -> list[dict[str, Any]]:
    return advice_to_cds_cards(advice)["cards"]


def yes(card: dict[str, Any], at: datetime | None = None, **more: Any) -> dict[str, Any]:
    stamp = {"outcomeTimestamp": at.isoformat()} if at else {}
    return {
        "card": card["uuid"],
        "outcome": "accepted",
        "acceptedSuggestions": [{"id": card["suggestions"][0]["uuid"]}],
        **stamp,
        **more,
    }


def no(card: dict[str, Any], code: str | None = None, at: datetime | None = None) -> dict[str, Any]:
    reason = {"overrideReason": {"reason": {"code": code}, "userComment": "kanarie"}} if code else {}
    return {
        "card": card["uuid"],
        "outcome": "overridden",
        **reason,
        **({"outcomeTimestamp": at.isoformat()} if at else {}),
    }


def said(*entries: Any, advice: Any, at: datetime = NOW) -> Any:
    return events_from_cds_feedback({"feedback": list(entries)}, advice, at=at)


def test_a_card_for_each_idea_with_its_reasons_in_the_language_asked(
    advice: wm.Advice, cards: list[dict[str, Any]]
) -> None:
    english = advice_to_cds_cards(
        advice, source_label="Welzijn", source_url="https://welzijn.voorbeeld.nl", language="en"
    )["cards"]
    assert [card["summary"] for card in cards] == [one.activity.name for one in advice]
    for card, other, one in zip(cards, english, advice, strict=True):
        assert 0 < len(card["summary"]) < 140
        assert (card["indicator"], card["source"]) == ("info", {"label": "wor_match"})
        assert other["source"] == {"label": "Welzijn", "url": "https://welzijn.voorbeeld.nl"}
        assert card["detail"].split("\n")[0] == f"- {one.spoken[0].sentence('nl')}"
        assert other["detail"].split("\n")[0] == f"- {one.spoken[0].sentence('en')}"
        assert card["overrideReasons"][0] == {
            "system": "urn:wor-match:no-choice",
            "code": "nothing_suits",
            "display": "er past nu niets",
        }
        assert card["selectionBehavior"] == "at-most-one"


def test_the_same_advice_has_the_same_cards_and_another_has_others(
    matcher: wm.Matcher, advice: wm.Advice, cards: list[dict[str, Any]]
) -> None:
    again = advice_to_cds_cards(matcher.recommend(RIET, at=AT))["cards"]
    assert again == cards
    other = advice_to_cds_cards(matcher.recommend(RIET.replace(id="p2"), at=AT))["cards"]
    ids = [card["uuid"] for card in (*cards, *other)] + [card["suggestions"][0]["uuid"] for card in (*cards, *other)]
    assert len({UUID(one) for one in ids}) == 12


def test_of_the_person_only_the_reasons_stand_on_a_card() -> None:
    told = {"circumstances": {"money": "alongside"}, "access": ["wheelchair"], "age": 71, "place": {"postcode": "3431"}}
    town = catalogue(activity("koor", host={"receives_newcomers": True}))
    one = wm.Matcher(town).recommend(person(**{**told, "id": "kanarie7391"}), at=AT)
    text = json.dumps(advice_to_cds_cards(one))
    assert not re.search(r"kanarie|rolstoel|money|geld|3431|score", text)
    assert f"Eerst vragen: {len(one[0].checks)}" in text


@given(said=activities(), who=answers())
def test_any_advice_becomes_cards_that_can_be_shown(said: dict[str, Any], who: dict[str, Any]) -> None:
    one = advice_on(
        activity(**{**said, "organiser": None, "name": ("Koor\n*samen* <b> " * 7)[:119]}),
        wm.Participant.model_validate(who),
    )
    for card in advice_to_cds_cards(one)["cards"]:
        json.dumps(card, allow_nan=False).encode()
        assert len(card["summary"]) < 140
        assert "\n" not in card["summary"]
        assert len(card["suggestions"][0]["label"]) <= 80


def test_nothing_that_fits_and_safety_first_make_no_card(matcher: wm.Matcher) -> None:
    unsafe = matcher.recommend(person(circumstances={"safety": "first"}), at=AT)
    assert advice_to_cds_cards(unsafe) == {"cards": []}
    assert said(advice=unsafe) == ()


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"source_label": ""}, "source_label"),
        ({"source_label": "a" * 81}, "1 to 80"),
        ({"source_label": "a\nb"}, "one line"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
    ],
)
def test_a_source_that_cannot_be_shown_is_refused(advice: wm.Advice, fields: dict[str, Any], why: str) -> None:
    with pytest.raises(wm.WorMatchError, match=why):
        advice_to_cds_cards(advice, **fields)


def test_a_card_can_be_put_aside_for_three_reasons_in_the_language_of_the_card(advice: wm.Advice) -> None:
    for language, said in (("nl", "te ver weg"), ("en", "too far away")):
        for card in advice_to_cds_cards(advice, language=language)["cards"]:
            told = {one["code"]: one["display"] for one in card["overrideReasons"]}
            assert list(told) == ["nothing_suits", "later", "too_far"]
            assert told["too_far"] == said


def test_what_is_accepted_is_chosen_with_the_strengths_of_that_day(
    advice: wm.Advice, cards: list[dict[str, Any]]
) -> None:
    (event,) = said(no(cards[0], "too_far"), yes(cards[1]), advice=advice)
    due = advice.chosen([advice[1].activity.id], at=NOW, event_id=event.event_id)
    assert as_line(event) == as_line(due)
    (together,) = said(yes(cards[2]), yes(cards[1]), advice=advice)
    assert together.activities == (advice[1].activity.id, advice[2].activity.id)


def test_the_event_of_an_advice_is_enough(advice: wm.Advice, cards: list[dict[str, Any]]) -> None:
    for entry in (yes(cards[0]), *[no(cards[0])]):
        assert said(entry, advice=advice.event(at=NOW)) == said(entry, advice=advice)


def test_nothing_was_chosen_only_once_every_card_was_overridden(advice: wm.Advice, cards: list[dict[str, Any]]) -> None:
    assert said(no(cards[0], "later"), no(cards[1], "later"), advice=advice) == ()
    assert said(advice=advice) == ()
    for codes, due in (
        (["later"] * 3, "later"),
        (["later", "too_far", "later"], "other"),
        ([None] * 3, None),
        ([None, "later", None], "later"),
        (["kanarie 7"] * 3, "other"),
    ):
        (event,) = said(*(no(card, code) for card, code in zip(cards, codes, strict=True)), advice=advice)
        assert (event.activities, event.none_reason, event.decision) == ((), due, advice.decision_id)
        assert "kanarie 7" not in as_line(event)


def test_the_last_word_on_a_card_counts_in_whatever_order_it_comes(
    advice: wm.Advice, cards: list[dict[str, Any]]
) -> None:
    first, then = NOW - timedelta(hours=2), NOW - timedelta(hours=1)
    entries = [yes(cards[0], first), no(cards[0], "later", then), yes(cards[1], first), yes(cards[1], first)]
    found = {as_line(*said(*told, advice=advice)) for told in permutations(entries)}
    assert len(found) == 1
    (event,) = said(*entries, advice=advice)
    assert (event.activities, event.at) == ((advice[1].activity.id,), first)
    later = said(*entries, advice=advice, at=NOW + timedelta(days=1))
    assert later == (event,), "when the client says when, a second time is the same event"


def test_a_moment_that_one_of_two_tells_counts_in_either_order(advice: wm.Advice, cards: list[dict[str, Any]]) -> None:
    told = [yes(cards[0], NOW - timedelta(hours=1)), yes(cards[0])]
    assert [[one.at for one in said(*order, advice=advice)] for order in (told, told[::-1])] == [
        [NOW - timedelta(hours=1)]
    ] * 2


def test_two_answers_without_an_order_are_refused_in_any_order(advice: wm.Advice, cards: list[dict[str, Any]]) -> None:
    for entries in (
        [yes(cards[0]), no(cards[0])],
        [yes(cards[0], NOW), no(cards[0], None, NOW)],
        [yes(cards[0], NOW), no(cards[0])],
    ):
        for told in permutations(entries):
            with pytest.raises(wm.EventError, match="says two things of one card"):
                said(*told, advice=advice)


def test_what_cannot_be_read_is_refused_and_not_repeated(advice: wm.Advice, cards: list[dict[str, Any]]) -> None:
    card = cards[0]
    refused: list[tuple[Any, str]] = [
        ("kanarie", "no feedback of CDS Hooks"),
        ({"cards": []}, "no feedback of CDS Hooks"),
        ([yes(card)] * 1_001, "1001 entries; at most 1000"),
        ([{**yes(card), "card": "kanarie"}], "a card that is not of this advice"),
        ([["kanarie"]], "a card that is not of this advice"),
        ([{**yes(card), "outcome": "kanarie"}], "no known outcome; allowed are accepted, overridden"),
        ([{**yes(card), "outcome": ["accepted"]}], "no known outcome"),
        (
            [{**yes(card), "acceptedSuggestions": [{"id": cards[1]["suggestions"][0]["uuid"]}]}],
            "a suggestion that is not on its card",
        ),
        ([{**yes(card), "acceptedSuggestions": "kanarie"}], "a suggestion that is not on its card"),
        ([{**yes(card), "outcomeTimestamp": "kanarie"}], "no moment; write it as"),
        ([{**yes(card), "outcomeTimestamp": "2026-11-23T10:00:00"}], "no moment; write it as"),
        ([{**yes(card), "outcomeTimestamp": 7}], "no moment; write it as"),
        ([{**yes(card), "outcomeTimestamp": "2027-11-23T10:00:00Z"}], "is refused"),
    ]
    for told, why in refused:
        with pytest.raises(wm.EventError, match=why) as fault:
            events_from_cds_feedback(told, advice, at=NOW)
        assert "kanarie" not in str(fault.value)
    with pytest.raises(wm.EventError, match="this is no advice"):
        said(yes(card), advice={"decision": "kanarie"})
    with pytest.raises(wm.EventError):
        said(yes(card), advice=advice, at=datetime(2026, 11, 23))  # noqa: DTZ001 — that is what is wrong


def test_a_bare_list_and_big_letters_are_read_and_the_event_reaches_a_journal(
    advice: wm.Advice, cards: list[dict[str, Any]], tmp_path: Any
) -> None:
    told = yes(cards[0])
    (event,) = events_from_cds_feedback([{**told, "card": told["card"].upper()}], advice, at=NOW)
    given_ = advice.event(at=NOW)
    assert isinstance(given_, Advised)
    with wm.Journal(f"sqlite:///{tmp_path}/journal.db") as journal:
        assert journal.append([given_, event]).new == 2
        assert journal.append([event]).known == 1
