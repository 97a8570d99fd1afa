"""Where one course ends and the next begins, and what stands in it."""

from __future__ import annotations

from tests.pathway.told import after, told, until_choice, yes
from wor_match import pathway
from wor_match.domain.event import Event
from wor_match.pathway.course import Course, courses

NATIONAL = pathway.load_profile("national")


def of(events: list[Event], day: int = 400) -> tuple[Course, ...]:
    return courses(events, after(day), NATIONAL)


def test_a_consent_before_the_referral_is_part_of_the_course_and_not_its_first_day() -> None:
    (one,) = of([yes("handover", day=-5), told("referred", "p1", 0)])
    assert (one.begun, one.last_heard, one.consents) == (after(0), after(0), {"handover": True})
    assert [step.by for step in pathway.due(list(one.events), after(1), NATIONAL)] == [after(14)]


def test_feedback_after_the_intake_ends_nothing_and_that_after_three_months_does() -> None:
    again = told("referred", "p1", 130)
    after_intake = [*until_choice(), yes("feedback"), told("feedback_sent", "p1", 12, moment="after_intake")]
    assert len(of([*after_intake, again])) == 1
    first, second = of([*after_intake, told("feedback_sent", "p1", 105, moment="after_3_months"), again])
    assert (first.begun, second.begun) == (after(0), after(130))
    assert (first.chosen, second.chosen) == (after(20), None)


def test_what_was_told_without_a_referral_is_a_course_that_a_referral_soon_after_joins() -> None:
    (alone,) = of([told("contacted", "p1", 0)])
    assert (alone.referral, alone.begun) == (None, after(0))
    (joined,) = of([told("contacted", "p1", 0), told("referred", "p1", 180)])
    assert joined.begun == after(180)
    assert len(of([told("contacted", "p1", 0), told("referred", "p1", 181)])) == 2


def test_only_the_latest_choice_counts_and_what_began() -> None:
    events = [*until_choice(), told("chosen", "p1", 30, activities=["tuin"])]
    assert [one.activity for (course,) in [of(events)] for one in course.current] == ["tuin"]
    began = [*events, told("visited", "p1", 31, activity="koor", attended=True)]
    assert [one.activity for (course,) in [of(began)] for one in course.current] == ["koor", "tuin"]
    never = [*events, told("followed_up", "p1", 31, activity="koor", status="never")]
    assert [one.activity for (course,) in [of(never)] for one in course.current] == ["koor", "tuin"]


def test_the_latest_word_on_a_track_counts() -> None:
    (one,) = of([told("referred", "p1", 0), told("track", "p1", 1, track="money", state="first"),
                 told("track", "p1", 9, track="money", state="arranged")])  # fmt: skip
    assert one.tracks == {"money": "arranged"}


def test_nobody_stands_in_what_it_shows() -> None:
    (one,) = of([told("referred", "p1", 0)])
    assert repr(one) == "Course()"
