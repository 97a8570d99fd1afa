"""The monitor: on which day somebody begins to count, and which question was asked in its time."""

from __future__ import annotations

from datetime import date

from tests.pathway.test_monitor import LATER, NATIONAL, at_the_choir, both, figure, many, referred, row, stayed
from tests.pathway.told import after, told, yes
from wor_match.domain.event import Event
from wor_match.pathway import load_profile, monitor


def test_whose_day_is_not_past_counts_for_nothing() -> None:
    early = monitor(many(referred, 12), after(14), NATIONAL)
    assert row(early, "contact_in_time").n is None
    assert figure(monitor(many(referred, 12), after(15), NATIONAL), "contact_in_time") == (0, 12)
    assert row(monitor(many(stayed, 12), after(40), NATIONAL), "still_at_4_weeks").n is None
    assert figure(monitor(many(at_the_choir, 12), after(76), NATIONAL), "started") == (None, None)
    assert figure(monitor(many(at_the_choir, 12), after(82), NATIONAL), "started") == (0, 12)


def test_nobody_is_told_of_before_the_day_is_past_for_all_who_began_with_them() -> None:
    """A stop is known in its week and a stay only later: told at once, ten of a hundred would be all there is."""
    there = told("visited", "p", 30, activity="koor", attended=True)
    left = many(lambda p: at_the_choir(p, there.replace(person=p, event_id=f"v-{p}"),
                                       told("stopped", p, 38, activity="koor", on=after(37))), 10)  # fmt: skip
    events = [*left, *many(stayed, 90, first=10)]
    seen = {day: monitor(events, after(day), NATIONAL) for day in (50, 72, 73, 142, 143)}
    four = {day: figure(found, "still_at_4_weeks") for day, found in seen.items()}
    twelve = {day: figure(found, "still_at_12_weeks") for day, found in seen.items()}
    nothing = (None, None)
    assert four == {50: nothing, 72: nothing, 73: (90, 100), 142: (90, 100), 143: (90, 100)}
    assert twelve == {50: nothing, 72: nothing, 73: nothing, 142: nothing, 143: (90, 100)}
    assert [figure(monitor(events, after(day), NATIONAL), "started") for day in (50, 82)] == [nothing, (100, 100)]


def test_who_is_quick_counts_with_those_who_wait() -> None:
    def quick(person: str) -> list[Event]:
        return [*referred(person), told("contacted", person, 1), told("intake", person, 2), told("chosen", person, 3)]

    events = [*many(quick, 10), *many(referred, 30, first=10)]
    found = {day: [figure(monitor(events, after(day), NATIONAL), name) for name in ("contact_in_time", "intake")]
             for day in (4, 14, 15, 29)}  # fmt: skip
    assert found == {4: [(None, None)] * 2, 14: [(None, None)] * 2, 15: [(10, 40), (None, None)], 29: [(10, 40)] * 2}
    talked = [*many(quick, 10), *many(lambda p: quick(p)[:3], 30, first=10)]
    assert [figure(monitor(talked, after(day), NATIONAL), "choice") for day in (30, 31)] == [(None, None), (10, 40)]


def test_feedback_that_came_early_counts_when_it_is_due_for_all() -> None:
    def heard(person: str) -> list[Event]:
        return [*waits(person), told("feedback_sent", person, 11, moment="after_intake"),
                told("feedback_sent", person, 12, moment="after_3_months")]  # fmt: skip

    def waits(person: str) -> list[Event]:
        return [*referred(person), yes("feedback", person), told("intake", person, 10)]

    events = both(heard, waits)
    found = {day: [figure(monitor(events, after(day), NATIONAL), f"feedback_{name}")
                   for name in ("after_intake", "after_3_months")] for day in (17, 18, 101, 102)}  # fmt: skip
    nothing = (None, None)
    assert found == {17: [nothing] * 2, 18: [(20, 30), nothing], 101: [(20, 30), nothing], 102: [(20, 30)] * 2}


def test_a_question_at_three_months_is_no_call_after_the_first_visit_and_none_at_four_weeks() -> None:
    """The gap that the sources name is that nobody asks in the first weeks: later answers do not fill it."""

    def only_then(person: str) -> list[Event]:
        return at_the_choir(person, told("visited", person, 30, activity="koor", attended=True),
                            told("visited", person, 116, activity="koor", attended=False, again="yes"),
                            told("followed_up", person, 116, activity="koor", status="still"))  # fmt: skip

    def late_stop(person: str) -> list[Event]:
        return at_the_choir(person, told("visited", person, 30, activity="koor", attended=True),
                            told("stopped", person, 150, activity="koor", on=after(150)))  # fmt: skip

    for course in (only_then, late_stop):
        found = monitor(both(stayed, course), LATER, NATIONAL)
        asked = [figure(found, name) for name in ("first_visit_call", "week_4", "month_3")]
        assert asked == [(20, 30), (20, 30), (30, 30)]


def test_one_referral_of_the_wrong_year_moves_no_target() -> None:
    region = load_profile("schiedam-mvs")
    sixty = [told("referred", f"p{n}", n % 50, municipality="Schiedam", code="Z15") for n in range(60)]
    wrong = told("referred", "p99", 0, municipality="Schiedam", code="Z15", at="2001-05-01T10:00:00Z")
    for events in (sixty, [*sixty, wrong]):
        rows = monitor(events, date(2026, 12, 31), region, municipality="Schiedam").rows
        (whole,) = (row for row in rows if (row.indicator, row.part, row.by) == ("referrals", "", "all"))
        assert (whole.target, whole.met) == (30, True)
