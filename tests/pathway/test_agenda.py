"""What a practice hears when it meets the coach: its own people, and of who did not agree only that they were referred."""

from __future__ import annotations

import pytest

from tests.pathway.told import after, told, until_choice, yes
from wor_match import pathway
from wor_match.domain.event import Event
from wor_match.errors import WorMatchError

AMSTELLAND = pathway.load_profile("amstelland")
KOOR = [*until_choice(), yes("feedback")]


def stands(events: list[Event], day: int = 60, practice: str = "praktijk-1") -> list[str | None]:
    return [one.stands for one in pathway.agenda(events, after(day), AMSTELLAND, practice)]


def test_each_person_stands_somewhere() -> None:
    assert stands([*KOOR[:1], yes("feedback")], 1) == ["referred"]
    assert [stands([*KOOR], day) for day in (5, 10, 20)] == [["contacted"], ["intake"], ["chosen"]]
    came = [*KOOR, told("visited", "p1", 25, activity="koor", attended=True)]
    assert stands(came) == ["started"]
    assert stands([*came, told("stopped", "p1", 40, activity="koor", on="2026-12-09")]) == ["ended"]
    assert stands([*came, yes("handover", day=30, given=False)]) == [None]
    assert stands([*KOOR[:3], yes("feedback"), told("chosen", "p1", 20, activities=[])]) == ["nothing_chosen"]


def test_without_consent_to_feedback_only_the_referral_is_told() -> None:
    (one,) = pathway.agenda(until_choice(), after(60), AMSTELLAND, "praktijk-1")
    assert (one.stands, one.due, one.referred) == (None, (), after(0))
    assert one.sentence() == "Verwezen op maandag 2 november. Vraag eerst of u meer mag weten."
    taken_back = [*KOOR, yes("feedback", day=30, given=False)]
    assert stands(taken_back) == [None]


def test_with_consent_the_practice_hears_what_is_open() -> None:
    (one,) = pathway.agenda(KOOR, after(60), AMSTELLAND, "praktijk-1")
    assert [step.what for step in one.due] == ["handover", "feedback_after_intake", "feedback_after_3_months"]
    assert [step.late for step in one.due] == [True, True, False]
    (same_day,) = pathway.agenda(KOOR, one.due[0].by, AMSTELLAND, "praktijk-1")
    assert not same_day.due[0].late
    assert one.sentence("en") == "Referred on Monday 2 November. An activity has been chosen."
    assert "p1" not in repr(one)


def test_as_plain_values_it_says_what_it_says_and_its_steps_as_due_says_them() -> None:
    (one,) = pathway.agenda(KOOR, after(60), AMSTELLAND, "praktijk-1")
    told = one.to_dict("en")
    assert told == {
        "person": "p1",
        "referred": "2026-11-02",
        "stands": "chosen",
        "sentence": "Referred on Monday 2 November. An activity has been chosen.",
        "due": [step.to_dict("en") for step in pathway.due(KOOR, after(60), AMSTELLAND) if step.person == "p1"],
    }
    assert told["due"][0]["activities"] == ["koor"]
    (unasked,) = pathway.agenda(until_choice(), after(60), AMSTELLAND, "praktijk-1")
    assert (unasked.to_dict()["stands"], unasked.to_dict()["due"]) == (None, [])


@pytest.mark.parametrize("of", ["agenda", "due"])
def test_plain_values_in_a_language_that_we_have_no_words_for_are_refused(of: str) -> None:
    (one,) = pathway.agenda(KOOR, after(60), AMSTELLAND, "praktijk-1")
    with pytest.raises(WorMatchError, match="no words in language 'fr'"):
        (one if of == "agenda" else one.due[0]).to_dict("fr")


def test_no_person_of_another_practice_and_nobody_who_is_finished() -> None:
    assert stands(KOOR, practice="praktijk-2") == []
    finished = [*KOOR, told("feedback_sent", "p1", 101, moment="after_3_months")]
    assert stands(finished, 102) == []


def test_who_was_referred_by_another_practice_since_is_theirs() -> None:
    again = [*KOOR, told("referred", "p1", 200, practice="praktijk-2")]
    assert (stands(again, 201), stands(again, 201, "praktijk-2")) == ([], ["referred"])


def test_who_was_referred_first_comes_first() -> None:
    events = [told("referred", "b", 3, practice="praktijk-1"), told("referred", "a", 4, practice="praktijk-1"), *KOOR]
    assert [one.person for one in pathway.agenda(events, after(9), AMSTELLAND, "praktijk-1")] == ["p1", "b", "a"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_everywhere_somebody_can_stand_has_its_sentence(language: str) -> None:
    from wor_match.wording.words import words

    assert set(words(language)["due"]["stands"]) == {
        "referred", "contacted", "intake", "chosen", "nothing_chosen", "started", "ended", "untold",
    }  # fmt: skip


def test_consent_that_was_taken_back_since_counts_for_a_meeting_before_it_too() -> None:
    assert stands([*KOOR, yes("feedback", day=70, given=False)], 60) == [None]
    assert stands([*KOOR, yes("handover", day=70, given=False)], 60) == [None]
    assert stands([*KOOR, yes("handover", day=70, given=False)], 70) == [None]


@pytest.mark.parametrize("practice", [None, "", 3])
def test_what_is_no_code_of_a_practice_is_refused(practice: str) -> None:
    """None would be everybody without a practice."""
    with pytest.raises(WorMatchError, match="practice"):
        pathway.agenda([told("referred", "p1", 0)], after(9), AMSTELLAND, practice)


def test_who_was_referred_by_two_practices_stands_on_the_agenda_of_both() -> None:
    both = [*KOOR, told("referred", "p1", 3, practice="praktijk-2")]
    assert stands(both) == stands(both, practice="praktijk-2") == ["chosen"]
