"""The first time: what they want goes first, then help where starting or staying is less likely, each with its source."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import wor_match as wm
from tests.town import AT, activity, advice_on, catalogue, person
from wor_match import first_time as room
from wor_match.first_time import FirstTime, Help
from wor_match.question import Question
from wor_match.suggestion import Suggestion

LINDE = {"id": "de-linde", "name": "Buurthuis De Linde", "phone": "030 000 00 01"}
TOWN = {
    "organisers": [LINDE],
    "support": [{"kind": "buddy", "organiser": "de-linde", "wait_weeks": 2}, {"kind": "transport"}],
}


def suggested(one: wm.Activity, who: wm.Participant | None = None, **town: Any) -> Suggestion:
    """The only suggestion in a town."""
    return wm.Matcher(catalogue(one, **town)).recommend(who or person(), at=AT)[0]


def told(visit: FirstTime) -> list[tuple[str, str, str]]:
    return [(one.kind, one.why, one.source) for one in visit.help]


@pytest.fixture
def chances(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the chances of starting and staying of every activity."""
    return lambda start, stay: monkeypatch.setattr(Question, "start_and_stay", lambda *_: (start, stay))


def test_what_they_want_comes_with_who_gives_it_and_the_wait(chances: Any) -> None:
    chances(0.9, 0.9)
    visit = suggested(
        activity(support=["introduce"], first_visit={"ask_for": "de gastvrouw"}),
        person(support=["buddy", "introduce", "call"]),
        **TOWN,
    ).first_visit
    assert told(visit) == [("buddy", "wanted", "town"), ("introduce", "wanted", "activity")]
    assert (visit.help[0].helper and visit.help[0].helper.id, visit.help[0].wait_weeks) == ("de-linde", 2)
    assert visit.sentences() == (
        "Vraag naar de gastvrouw.",
        "Er kan iemand met u mee. Via Buurthuis De Linde in de buurt. De wachttijd is ongeveer 2 weken.",
        "Iemand stelt u voor aan de groep.",
    )
    assert visit.sentences("en")[0] == "Ask for de gastvrouw."


def test_the_wait_is_told_when_nobody_knows_who_gives_it(chances: Any) -> None:
    chances(0.9, 0.9)
    visit = suggested(activity(), person(support=["buddy"]), support=[{"kind": "buddy", "wait_weeks": 2}]).first_visit
    due = "Er kan iemand met u mee. Dit is er in de buurt. Vraag na bij wie. De wachttijd is ongeveer 2 weken."
    assert visit.sentences() == (due,)


def test_who_named_none_gets_what_the_activity_offers(chances: Any) -> None:
    chances(0.9, 0.9)
    assert told(suggested(activity(support=["trial_visit"]), **TOWN).first_visit) == [
        ("trial_visit", "offered", "activity")
    ]


def test_a_low_chance_of_starting_adds_help_for_the_first_time_and_no_call(chances: Any) -> None:
    chances(0.64, 0.55)
    one = suggested(activity(support=["introduce", "trial_visit"]), person(support=["introduce"]), **TOWN)
    assert told(one.first_visit) == [
        ("introduce", "wanted", "activity"),
        ("buddy", "start", "town"),
        ("transport", "start", "town"),
    ]
    assert one.first_visit.sentences()[2] == (
        "Er is hulp bij het vervoer. Dit is er in de buurt. Vraag na bij wie. Bied dit aan voor de eerste keer."
    )
    assert one.support == ("introduce",), "the card keeps to what they want"


def test_a_low_chance_of_staying_adds_a_call_by_the_coach_unless_somebody_else_calls(chances: Any) -> None:
    chances(0.65, 0.54)
    alone = suggested(activity()).first_visit
    assert told(alone) == [("call", "stay", "coach")]
    assert (alone.sentences(), alone.sentences("en")) == (
        ("Bel zelf na de eerste keer.",),
        ("Call them yourself after the first time.",),
    )
    theirs = suggested(activity(support=["call"]), person(support=["buddy"]), support=[]).first_visit
    assert told(theirs) == [("call", "stay", "activity")]
    town = suggested(activity(), support=[{"kind": "call"}]).first_visit
    assert told(town) == [("call", "stay", "town")]
    assert town.sentences() == (
        "Iemand belt u na de eerste keer. Dit is er in de buurt. Vraag na bij wie. Bied dit aan voor na de eerste keer.",
    )
    assert town.sentences("en")[0].endswith(
        "There is this in town. Ask who gives it. Offer this for after the first time."
    )
    wanted = suggested(activity(support=["call"]), person(support=["call"])).first_visit
    assert told(wanted) == [("call", "wanted", "activity")], "not twice"


def test_at_the_thresholds_nothing_is_added(chances: Any) -> None:
    chances(room.LOW_START, room.LOW_STAY)
    assert told(suggested(activity(), **TOWN).first_visit) == []


def test_nobody_needs_help_on_the_way_who_stays_at_home(chances: Any) -> None:
    chances(0.1, 0.9)
    assert told(
        suggested(activity(place={"online": True}, support=["introduce"]), person(support=["call"]), **TOWN).first_visit
    ) == [("introduce", "start", "activity")]


def test_an_ordinary_activity_lies_a_twentieth_above_the_thresholds() -> None:
    question = wm.Matcher(catalogue(activity())).question(person(), at=AT)
    start, stay = replace(question, strengths=question.strengths * 0.0).start_and_stay(0)
    assert start - room.LOW_START == pytest.approx(0.05, abs=0.01)
    assert stay - room.LOW_STAY == pytest.approx(0.05, abs=0.01)


def test_the_coach_reads_it_with_the_number_and_the_card_does_not(chances: Any) -> None:
    chances(0.5, 0.5)
    advice = wm.Matcher(catalogue(activity(), **TOWN)).recommend(person(), at=AT)
    page, card = advice.to_markdown(), advice.card()
    assert "Bied dit aan voor de eerste keer. · 030 000 00 01" in page
    assert "- Bel zelf na de eerste keer." in page
    assert "Bied dit aan" not in card
    assert "Bel zelf" not in card


def test_the_text_of_a_help_does_not_say_why() -> None:
    assert "stay" not in repr(Help("call", "stay", "coach"))
    assert advice_on(activity())[0].first_visit.there.ask_for is None
