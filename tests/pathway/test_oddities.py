"""What cannot be is told, nothing of it is lost, and an ordinary history is not odd at all."""

from __future__ import annotations

import pytest

from tests.pathway.told import after, told, until_choice, yes
from wor_match import pathway
from wor_match.domain.event import Event
from wor_match.pathway.oddities import ODDITIES

NATIONAL = pathway.load_profile("national")
ORDINARY = [
    yes("handover"),
    yes("feedback", day=1),
    *until_choice(),
    told("handed_over", "p1", 22, activity="koor", how="introduced"),
    told("visited", "p1", 25, activity="koor", attended=True),
    told("feedback_sent", "p1", 26, moment="after_intake"),
    told("stopped", "p1", 60, activity="koor", on="2026-12-20"),
]


def odd(events: list[Event], day: int = 200) -> list[str]:
    return [one.what for one in pathway.oddities(events, after(day), NATIONAL)]


def test_an_ordinary_history_is_not_odd() -> None:
    assert odd(ORDINARY) == []


CASES: dict[str, list[Event]] = {
    "in_future": [*ORDINARY, told("visited", "p1", 201, activity="koor", attended=True)],
    "no_referral": [one for one in ORDINARY if one.kind != "referred"],
    "second_referral": [*ORDINARY, told("referred", "p1", 3)],
    "before_referral": [yes("handover", day=-2), *ORDINARY[1:], told("contacted", "p1", -1)],
    "after_a_no": [*ORDINARY, yes("handover", day=2, given=False)],
    "consent_unknown": [one for one in ORDINARY if getattr(one, "purpose", "") != "handover"],
    "other_instrument": [*ORDINARY, told("intake", "p1", 12, instrument="none")],
    "not_chosen": [*ORDINARY, told("handed_over", "p1", 30, activity="tuin", how="called")],
    "visit_before_choice": [*ORDINARY, told("visited", "p1", 18, activity="koor", attended=True)],
    "never_but_there": [*ORDINARY, told("followed_up", "p1", 50, activity="koor", status="never")],
    "stop_before_start": [*ORDINARY, told("stopped", "p1", 61, activity="koor", on="2026-11-20")],
    "feedback_before_intake": [*ORDINARY, told("feedback_sent", "p1", 9, moment="after_intake")],
    "feedback_without_consent": [*ORDINARY, yes("feedback", day=20, given=False)],
}


def test_every_oddity_there_is_has_a_case() -> None:
    assert set(CASES) == set(ODDITIES)


@pytest.mark.parametrize("what", ODDITIES)
def test_what_cannot_be_is_told_once_by_its_event(what: str) -> None:
    (one,) = pathway.oddities(CASES[what], after(200), NATIONAL)
    assert one.what == what
    assert set(one.events) <= {event.event_id for event in CASES[what]}


@pytest.mark.parametrize("what", ODDITIES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_says_what_to_look_at(what: str, language: str) -> None:
    (one,) = pathway.oddities(CASES[what], after(200), NATIONAL)
    assert one.sentence(language).endswith(".")
    assert "p1" not in repr(one).replace("-p1-", "") + one.sentence(language)


def test_what_is_odd_counts_all_the_same() -> None:
    early = [yes("handover"), told("intake", "p1", 0), told("referred", "p1", 2)]
    assert odd(early) == ["before_referral"]
    assert [one.what for one in pathway.due(early, after(3), NATIONAL)] == ["choice"]
    twice = [told("referred", "p1", 0), told("referred", "p1", 9)]
    assert [(one.what, one.by) for one in pathway.due(twice, after(10), NATIONAL)] == [("contact", after(14))]


def test_a_talk_that_was_told_late_on_the_same_day_is_not_odd() -> None:
    same_day = [yes("handover", day=-1), told("intake", "p1", 0, at="2026-11-02T08:00:00Z"), told("referred", "p1", 0)]
    assert odd(same_day) == []


def test_an_end_between_two_visits_is_not_before_the_beginning() -> None:
    back = [*ORDINARY, told("visited", "p1", 90, activity="koor", attended=True)]
    assert odd(back) == []


def test_consent_alone_is_no_course() -> None:
    assert odd([yes("learning"), told("track", "p1", 1, track="money", state="first")]) == []


def test_a_word_on_consent_from_an_earlier_course_counts() -> None:
    first = [
        told("referred", "p1", 0),
        yes("handover"),
        told("intake", "p1", 10),
        told("feedback_sent", "p1", 100, moment="after_3_months"),
    ]
    again = [told("referred", "p1", 200), told("contacted", "p1", 203), told("intake", "p1", 205)]
    heard = told("feedback_sent", "p1", 207, moment="after_intake")
    assert odd([yes("feedback"), *first, *again, heard], 300) == []
    assert odd([yes("feedback", day=50), *first[:3], yes("feedback", day=150, given=False), *again, heard], 300) == [
        "feedback_without_consent"
    ]
    assert odd([*first[:2], yes("handover", day=20, given=False), *again], 300) == ["after_a_no"]


def test_a_year_that_no_day_of_looking_can_have_is_odd_and_stops_nothing() -> None:
    far = [told("contacted", "p1", 0, at="2100-06-01T10:00:00Z"), yes("feedback", day=3)]
    events = [told("referred", "p1", 0), yes("handover"), told("intake", "p1", 5), *far]
    assert odd(events) == ["in_future"]
    assert [one.what for one in pathway.due(events, after(6), NATIONAL)] == [
        "choice", "feedback_after_intake", "feedback_after_3_months"
    ]  # fmt: skip
    assert len(pathway.agenda([told("referred", "p2", 0, practice="a"), *events], after(6), NATIONAL, "a")) == 1
    assert pathway.monitor(events, after(6), NATIONAL).at == after(6)
    assert pathway.feedback(events, "p1", "after_intake", NATIONAL).facts["talk"] == after(5)


def test_an_end_that_is_still_to_come_is_told() -> None:
    come = [*ORDINARY[:-1], told("stopped", "p1", 60, activity="koor", on="2027-12-20")]
    assert odd(come) == ["in_future"]
    assert odd(come, 500) == []


def test_a_question_after_a_no_to_follow_up_is_told() -> None:
    asked = told("followed_up", "p1", 55, activity="koor", status="still")
    assert odd([*ORDINARY, yes("follow_up", day=50, given=False), asked]) == ["after_a_no"]
    assert odd([*ORDINARY, yes("follow_up", day=56, given=False), asked]) == []


def test_where_a_region_asks_no_consent_none_is_missed() -> None:
    open_ = NATIONAL.replace(consents=("feedback",))
    assert pathway.oddities(CASES["consent_unknown"], after(200), open_) == []
