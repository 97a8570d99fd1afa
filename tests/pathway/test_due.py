"""What is due: each step from the one before it, no one called late who only began late, and no one asked after a no."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from tests.pathway.told import FIRST_DAY, after, told, until_choice, yes
from wor_match import pathway
from wor_match.domain.event import Event

NATIONAL = pathway.load_profile("national")


def open_on(events: list[Event], day: int, profile: pathway.Profile = NATIONAL) -> dict[str, int]:
    """What is due → by which day, counted from the first."""
    return {one.what: (one.by - FIRST_DAY).days for one in pathway.due(events, after(day), profile)}


def late_on(events: list[Event], day: int) -> list[str]:
    return [one.what for one in pathway.due(events, after(day), NATIONAL) if one.late]


REFERRED = [told("referred", "p1", 0)]
CALLED = [*REFERRED, told("contacted", "p1", 5)]
TALKED = [*CALLED, told("intake", "p1", 10)]
CHOSE = until_choice()
HANDED = [*CHOSE, told("handed_over", "p1", 22, activity="koor", how="introduced")]
CAME = [*HANDED, told("visited", "p1", 25, activity="koor", attended=True, source="organiser")]
ASKED = [*CAME, told("visited", "p1", 30, activity="koor", attended=True, ratings={"welcome": 5})]
WEEK_4 = [*ASKED, told("followed_up", "p1", 53, activity="koor", status="still")]
MONTH_3 = [*WEEK_4, told("followed_up", "p1", 109, activity="koor", status="still")]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (REFERRED, {"contact": 14}),  # two weeks after the referral
        (CALLED, {"intake": 5 + 14}),
        (TALKED, {"choice": 10 + 28}),
        (CHOSE, {"handover": 20 + 14}),
        (HANDED, {"first_visit_call": 22 + 14, "month_3": 22 + 84}),  # nobody knows of a visit: ask
        (CAME, {"first_visit_call": 25 + 14, "week_4": 25 + 28, "month_3": 25 + 84}),
        (ASKED, {"week_4": 25 + 28, "month_3": 25 + 84}),
        (WEEK_4, {"month_3": 25 + 84}),
        (MONTH_3, {}),
    ],
)
def test_each_step_is_due_from_the_one_before_it(events: list[Event], expected: dict[str, int]) -> None:
    last = max((one.at.date() - FIRST_DAY).days for one in events)
    assert open_on(events, last) == expected


def test_a_day_is_in_time_and_the_next_is_late() -> None:
    assert late_on(REFERRED, 14) == []
    assert late_on(REFERRED, 15) == ["contact"]


def test_who_starts_late_is_asked_at_twelve_weeks_of_taking_part() -> None:
    early = told(
        "followed_up", "p1", 90, activity="koor", status="still"
    )  # twelve weeks after the choice, two of it there
    started = [*HANDED, told("visited", "p1", 76, activity="koor", attended=True, ratings={"click": 4}), early]
    assert open_on(started, 91) == {"week_4": 76 + 28, "month_3": 76 + 84}
    later = [*started, told("followed_up", "p1", 76 + 80, activity="koor", status="still")]
    assert open_on(later, 160) == {}


def test_who_is_further_on_is_not_asked_to_go_back() -> None:
    assert open_on([told("referred", "p1", 0), told("intake", "p1", 3)], 40) == {"choice": 31}
    assert "contact" not in open_on(
        [told("referred", "p1", 0), told("visited", "p1", 9, activity="koor", attended=True)], 9
    )


def test_a_visit_that_was_missed_was_asked_about_and_is_no_start() -> None:
    missed = [*HANDED, told("visited", "p1", 29, activity="koor", attended=False)]
    assert open_on(missed, 40) == {"month_3": 22 + 84}


def test_who_was_asked_or_has_ended_needs_no_handover_any_more() -> None:
    assert open_on([*CHOSE, told("visited", "p1", 23, activity="koor", attended=False)], 24) == {"month_3": 20 + 84}
    assert open_on([*CHOSE, told("followed_up", "p1", 23, activity="koor", status="never")], 24) == {}
    assert open_on([*CHOSE, told("visited", "p1", 23, activity="koor", attended=True)], 24) == {
        "first_visit_call": 37, "week_4": 51, "month_3": 107,
    }  # fmt: skip
    assert open_on([told("referred", "p1", 0), told("visited", "p1", 3, activity="koor", attended=False)], 4) == {}


def test_nothing_is_asked_of_who_stopped_until_they_come_back() -> None:
    stopped = [*ASKED, told("stopped", "p1", 40, activity="koor", on="2026-12-10", reason="practical")]
    assert open_on(stopped, 41) == {}
    back = [*stopped, told("visited", "p1", 60, activity="koor", attended=True)]
    assert open_on(back, 61) == {"week_4": 53, "month_3": 109}


def test_a_later_choice_takes_the_place_of_one_that_never_began() -> None:
    again = [*CHOSE, told("chosen", "p1", 30, activities=["tuin"], by="participant")]
    assert [(one.what, one.activities) for one in pathway.due(again, after(31), NATIONAL)] == [("handover", ("tuin",))]


def test_two_activities_are_one_call_by_the_first_of_their_days() -> None:
    both = [*TALKED, told("chosen", "p1", 20, activities=["koor", "tuin"]),
            told("handed_over", "p1", 22, activity="koor", how="called"),
            told("handed_over", "p1", 30, activity="tuin", how="called")]  # fmt: skip
    (call, month) = pathway.due(both, after(31), NATIONAL)
    assert (call.what, call.by, call.activities) == ("first_visit_call", after(36), ("koor", "tuin"))
    assert month.by == after(22 + 84)


def test_a_choice_for_nothing_asks_for_nothing_but_the_feedback() -> None:
    none = [*TALKED, yes("feedback"), told("chosen", "p1", 20, activities=[], none_reason="niets-passend")]
    assert open_on(none, 21) == {"feedback_after_intake": 17, "feedback_after_3_months": 10 + 91}


def test_a_choice_outside_the_offer_needs_no_handover() -> None:
    outside = [*TALKED, told("chosen", "p1", 20, outside="samen-eten")]
    assert open_on(outside, 21) == {"first_visit_call": 34, "month_3": 20 + 84}


def test_feedback_is_due_only_with_consent_and_from_the_moment_it_is_given() -> None:
    assert "feedback_after_intake" not in open_on(TALKED, 11)
    agreed = [*TALKED, yes("feedback", day=1)]
    assert open_on(agreed, 11) == {"choice": 38, "feedback_after_intake": 17, "feedback_after_3_months": 101}
    taken_back = [*agreed, yes("feedback", day=12, given=False)]
    assert open_on(taken_back, 12) == {"choice": 38}
    sent = [*agreed, told("feedback_sent", "p1", 15, moment="after_intake")]
    assert open_on(sent, 16) == {"choice": 38, "feedback_after_3_months": 101}


def test_feedback_after_three_months_waits_for_what_is_heard_then() -> None:
    agreed = [*ASKED, yes("feedback"), told("feedback_sent", "p1", 12, moment="after_intake")]
    assert open_on(agreed, 60)["feedback_after_3_months"] == 109 + 7  # a week after the question, later than 10 + 91
    heard = [*agreed, told("followed_up", "p1", 105, activity="koor", status="still")]
    assert open_on(heard, 106) == {"feedback_after_3_months": 101}


def test_a_profile_that_tells_nothing_back_asks_no_feedback() -> None:
    agreed = [*TALKED, yes("feedback")]
    assert open_on(agreed, 11, pathway.load_profile("nieuwegein")) == {"choice": 38}
    assert open_on(agreed, 11, pathway.load_profile("mtvp")) == {"choice": 38, "feedback_after_intake": 17}


def test_who_does_not_want_to_be_passed_on_is_in_no_list() -> None:
    assert open_on([*REFERRED, yes("handover", day=1, given=False)], 40) == {}
    assert open_on([*REFERRED, yes("handover", day=1, given=False), yes("handover", day=2)], 3) == {"contact": 14}


def test_who_does_not_want_to_be_asked_is_not_asked() -> None:
    assert open_on([*CAME, yes("follow_up", day=26, given=False)], 27) == {}


def test_silence_is_told_when_something_is_late_and_nothing_was_heard_for_six_weeks() -> None:
    assert open_on(CALLED, 5 + 42) == {"intake": 19}
    assert open_on(CALLED, 5 + 43) == {"intake": 19, "silence": 47}
    assert "silence" not in open_on(WEEK_4, 53 + 50)  # nothing is late: nobody had to be called


def test_a_new_referral_after_the_last_feedback_begins_anew() -> None:
    over = [
        *MONTH_3,
        yes("feedback"),
        told("feedback_sent", "p1", 110, moment="after_3_months"),
        told("referred", "p1", 200),
    ]
    assert open_on(over, 201) == {"contact": 214}


def test_half_a_year_later_a_referral_is_a_new_one_though_the_last_never_ended() -> None:
    assert open_on([*REFERRED, told("referred", "p1", 180)], 181) == {"contact": 14}
    assert open_on([*REFERRED, told("referred", "p1", 181)], 182) == {"contact": 195}


def test_later_days_are_not_known_yet() -> None:
    assert open_on(MONTH_3, 4) == {"contact": 14}


def test_who_waits_longest_comes_first_each_with_their_own_steps_together() -> None:
    events = [told("referred", "a", 9), told("referred", "b", 1), *until_choice("c"), yes("feedback", "c")]
    assert [(one.person, one.what) for one in pathway.due(events, after(21), NATIONAL)] == [
        ("b", "contact"),  # by day 15
        ("c", "handover"), ("c", "feedback_after_intake"), ("c", "feedback_after_3_months"),  # by day 17
        ("a", "contact"),  # by day 23
    ]  # fmt: skip


EVERYTHING = [
    *MONTH_3,
    yes("feedback"),
    *until_choice("p2", "tuin", 31),
    told("referred", "p3", 3),
    yes("handover", "p3", 4, given=False),
]


@given(st.randoms(use_true_random=False), st.integers(0, 150))
def test_any_order_and_any_repetition_give_the_same(dice: random.Random, day: int) -> None:
    mixed = [*EVERYTHING, *dice.choices(EVERYTHING, k=4)]
    dice.shuffle(mixed)
    for ask in (pathway.due, pathway.oddities):
        assert ask(mixed, after(day), NATIONAL) == ask(EVERYTHING, after(day), NATIONAL)


def test_a_correction_and_a_withdrawal_count() -> None:
    wrong = [*REFERRED, told("contacted", "p1", 5)]
    taken = told("withdrawn", "p1", 6, takes_back=wrong[-1].event_id)
    assert open_on([*wrong, taken], 7) == {"contact": 14}


@pytest.mark.parametrize("language", ["nl", "nl-je", "en"])
def test_each_has_a_sentence_and_nobody_s_name_stands_in_it(language: str) -> None:
    for one in pathway.due(EVERYTHING, after(40), NATIONAL):
        assert one.sentence(language).endswith(".")
        assert one.person not in one.sentence(language) + repr(one)
    (contact,) = pathway.due(REFERRED, after(20), NATIONAL)
    assert contact.sentence() == "Bel voor de eerste keer. Dit kon tot en met maandag 16 november."


@pytest.mark.parametrize(
    ("events", "at", "profile", "said"),
    [
        (None, after(0), NATIONAL, "no list of events"),
        (["contact"], after(0), NATIONAL, "no event"),
        ([], "vandaag", NATIONAL, "`at` is no date"),
        ([], date(1980, 1, 1), NATIONAL, "`at` lies outside"),
        ([], after(0), "national", "load_profile"),
    ],
)
def test_what_it_cannot_read_is_refused(events: Any, at: Any, profile: Any, said: str) -> None:
    for ask in (pathway.due, pathway.oddities, lambda *told: pathway.agenda(*told, "praktijk-1")):
        with pytest.raises(wm.WorMatchError, match=said):
            ask(events, at, profile)


def test_a_journal_may_be_given(tmp_path: Any) -> None:
    with wm.Journal(f"sqlite:///{tmp_path}/j.sqlite") as journal:
        journal.append(CALLED)
        assert [one.what for one in pathway.due(journal, after(6), NATIONAL)] == ["intake"]


def test_an_evening_in_amsterdam_is_its_own_day() -> None:
    late = told("referred", "p1", 0, at="2026-11-02T23:30:00Z")  # half past midnight on the third
    assert [one.by for one in pathway.due([late], after(3), NATIONAL)] == [after(1) + timedelta(days=14)]
