"""From what was told to weeks, by hand: stops, calls, illness, closings, courses, holidays, late and double reports."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from tests.learning.story import asked, at, consent, event, on, stop, visit
from tests.town import activity
from wor_match.domain.event import Event
from wor_match.domain.history import settled
from wor_match.learning.episodes import Episode, Told, episodes_of

WEEKLY = {"weekly": [{"day": "ma", "start": "10:00", "end": "12:00"}]}


def told(*events: Event, **fields: Any) -> Told:
    """The episodes of a history about one weekly activity."""
    made = activity(**{"schedule": WEEKLY, **fields})
    return episodes_of(settled([consent(), *events]), wm.Catalogue(id="t", name="t", activities=(made,)))


def weeks(*events: Event, **fields: Any) -> tuple[int, int, int]:
    """Started, low and high of the only episode."""
    (one,) = told(*events, **fields).episodes
    return one.started, one.low, one.high


@pytest.mark.parametrize(
    ("events", "due"),
    [
        # method: stopped in week 5 is low 4, high 5 (day 28 to 34 lie in week 5)
        ([visit(0), stop(28)], (1, 4, 5)),
        ([visit(0), stop(34)], (1, 4, 5)),
        # a call at twelve weeks says "gone, don't know when"
        ([visit(0), asked(84, "stopped")], (1, 0, 12)),
        ([visit(0), visit(14), asked(84, "stopped")], (1, 2, 12)),
        ([visit(0), asked(95, "stopped")], (1, 0, 12)),  # the call came a week and a half late
        ([visit(0), asked(84, "stopped", last_week=3)], (1, 3, 4)),
        # still there, last seen in week 7
        ([visit(0), visit(49)], (1, 7, 0)),
        ([visit(0), asked(49, "still")], (1, 7, 0)),
        ([visit(0), asked(91, "still")], (1, 12, 0)),
        ([visit(0), asked(84, "still", last_week=7)], (1, 7, 0)),
        # a day before which they stopped
        ([visit(0), stop(30, before=on(20).isoformat())], (1, 0, 3)),
        # on the first day
        ([visit(0), stop(0)], (1, 0, 1)),
        # long after the horizon a stop says nothing about it, and twelve weeks were taken part in
        ([visit(0), asked(84, "still"), stop(200)], (1, 12, 0)),
        ([visit(0), asked(300, "stopped")], (1, 0, 0)),
        # never came
        ([asked(84, "never")], (0, 0, 0)),
        ([visit(0, attended=False), asked(84, "never")], (0, 0, 0)),
        ([visit(0, attended=False), visit(7), visit(14)], (1, 1, 0)),
        # started, and nothing more is known
        ([visit(0)], (1, 0, 0)),
        # a visit after a stop: they came back
        ([visit(0), stop(14), visit(35)], (1, 5, 0)),
        ([visit(0), stop(14), visit(35), stop(42)], (1, 6, 7)),
    ],
)  # fmt: skip
def test_weeks_by_hand(events: list[Event], due: tuple[int, int, int]) -> None:
    assert weeks(*events) == due


@pytest.mark.parametrize("reason", ["health", "activity_gone", "moved_on", "completed"])
def test_what_is_no_verdict_on_the_match_is_censored(reason: str) -> None:
    assert weeks(visit(0), stop(28, on=on(28).isoformat(), reason=reason)) == (1, 4, 0)
    assert weeks(visit(0), asked(84, "stopped", reason=reason)) == (1, 0, 0)


@pytest.mark.parametrize("reason", ["not_suited", "practical", "other"])
def test_other_reasons_are_a_stop(reason: str) -> None:
    assert weeks(visit(0), stop(28, on=on(28).isoformat(), reason=reason)) == (1, 4, 5)


def test_active_elsewhere_is_censored_unless_this_did_not_suit() -> None:
    assert weeks(visit(0), visit(14), asked(84, "other")) == (1, 2, 0)
    assert weeks(visit(0), visit(14), asked(84, "other", reason="not_suited")) == (1, 2, 12)


def test_a_closed_activity_fails_nobody() -> None:
    closed = event("activity_closed", 35, None, activity="een")
    assert weeks(visit(0), visit(28), asked(84, "stopped"), closed) == (1, 4, 0)
    assert weeks(visit(0), stop(14), closed) == (1, 2, 3), "who stopped before is a stop"
    assert weeks(visit(0), asked(84, "stopped", reason="not_suited"), closed) == (1, 0, 5)


def test_who_was_there_after_a_closing_shows_that_it_is_open() -> None:
    closed = event("activity_closed", 14, None, activity="een")
    assert weeks(closed, visit(24), stop(94)) == (1, 10, 11)
    assert weeks(visit(0), closed, asked(84, "still")) == (1, 12, 0)


@pytest.mark.parametrize("reason", ["health", "activity_gone", "moved_on"])
def test_who_never_came_for_a_reason_that_is_no_verdict_has_no_outcome(reason: str) -> None:
    chose = event("chosen", 0, activities=["een"])
    assert told(chose, asked(30, "never", reason=reason)).left_out["no_outcome"] == 1
    assert weeks(asked(30, "never", reason="practical")) == (0, 0, 0)
    closed = event("activity_closed", 2, None, activity="een")
    assert told(chose, closed, asked(30, "never")).left_out["no_outcome"] == 1


def test_who_came_again_has_not_stopped() -> None:
    assert weeks(event("stopped", 10, activity="een", on=on(10).isoformat()), visit(60)) == (1, 0, 0)
    assert weeks(visit(0), stop(36), visit(40)) == (1, 5, 0), "in the same week"
    assert weeks(visit(0), stop(36), asked(40, "still")) == (1, 5, 0)
    assert weeks(visit(0), stop(36), visit(36)) == (1, 5, 6), "the last time counts"


def test_not_suited_stays_a_stop_when_they_do_something_else_later() -> None:
    assert weeks(visit(0), asked(40, "stopped", reason="not_suited", last_week=2), asked(84, "other")) == (1, 2, 3)


def test_strengths_of_after_the_outcome_are_those_of_another_beginning() -> None:
    later = event("chosen", 300, event_id="c2", activities=["een"], strengths={"een": {"near": 0.9}})
    first = event("chosen", 0, event_id="c1", activities=["een"], strengths={"een": {"near": 0.1}})
    (one,) = told(first, visit(2), asked(84, "stopped"), later).episodes
    (other,) = told(visit(2), asked(84, "stopped"), later).episodes
    assert one.strengths == {"near": 0.1}
    assert other.strengths is None


def test_a_coach_who_says_that_they_did_not_come_confirms_no_visit() -> None:
    came = [visit(0, f"q{n}", source="organiser", reporter="o") for n in range(9)]
    did_not = [visit(1, f"q{n}", attended=False) for n in range(9)]
    assert len(told(*(consent(f"q{n}") for n in range(9)), *came, *did_not).episodes) == 5


def test_a_course_that_ends_is_seen_to_its_end() -> None:
    course = {**WEEKLY, "attend": "all", "from": "2026-03-02", "until": "2026-04-20"}  # eight Mondays
    assert weeks(visit(0), visit(49), asked(90, "stopped"), schedule=course) == (1, 7, 0)
    assert weeks(visit(0), asked(90, "still"), schedule=course) == (1, 7, 0)
    assert weeks(visit(0), stop(20), schedule=course) == (1, 2, 3)
    once = {"dates": [{"date": "2026-03-02", "start": "10:00", "end": "12:00"}]}
    assert weeks(visit(0), asked(90, "stopped"), schedule=once) == (1, 0, 0)


def test_a_week_in_which_it_pauses_is_no_week() -> None:
    # two Mondays are closed (9 and 16 March): day 28 is then two weeks later, not four
    pausing = {**WEEKLY, "closed": [{"from": "2026-03-09", "to": "2026-03-16"}]}
    assert weeks(visit(0), visit(28)) == (1, 4, 0)
    assert weeks(visit(0), visit(28), schedule=pausing) == (1, 2, 0)
    every_other = {"weekly": [{"day": "ma", "start": "10:00", "end": "12:00", "every": 2, "from": "2026-03-02"}]}
    assert weeks(visit(0), visit(28), schedule=every_other) == (1, 4, 0), "a week between is a week of taking part"


def test_without_a_visit_the_handover_or_the_choice_is_the_start() -> None:
    chosen = event("chosen", 0, activities=["een"])
    handed = event("handed_over", 14, activity="een", how="called")
    assert weeks(chosen, asked(84, "still")) == (1, 12, 0)
    assert weeks(chosen, handed, asked(84, "still")) == (1, 10, 0)
    assert weeks(asked(84, "still")) == (1, 0, 0), "nobody knows since when"
    assert weeks(asked(84, "stopped")) == (1, 0, 12)
    assert weeks(chosen, stop(28)) == (1, 4, 5), "who stopped had started"
    assert weeks(stop(28)) == (1, 0, 12), "somewhere in twelve weeks, when nobody knows since when"


def test_only_who_consents_counts() -> None:
    found = told(visit(0), visit(0, "p2"), consent("p3"), consent("p3", 9, given=False), visit(0, "p3"))
    assert [one.person for one in found.episodes] == ["p1"]
    assert found.left_out["no_consent"] == 2


def test_an_unknown_activity_is_counted_apart_and_a_renamed_one_keeps_its_history() -> None:
    found = told(visit(0, activity="weg"), visit(0, activity="oud"), formerly=["oud"])
    assert [one.activity for one in found.episodes] == ["een"]
    assert found.left_out["unknown_activity"] == 1


def advised(day: int, decision: str, activity_id: str = "een", likes: float = 1.0, person: str = "p1") -> Event:
    shown = {"activity": activity_id, "score": 0.4, "worth": 0.8, "chance": 0.5, "strengths": {"likes": likes},
             "term": "zingen", "organiser": "koor"}  # fmt: skip
    return event("advised", day, person, event_id=f"{person}.{decision}", decision=decision, model="m", catalogue="c", seed=0,
                 signals_version="1", n_possible=9, shown=[shown])  # fmt: skip


def test_strengths_are_those_of_the_day() -> None:
    def strengths(*events: Event) -> Any:
        return told(*events).episodes[0].strengths

    assert strengths(visit(9)) is None
    assert strengths(advised(0, "d1"), advised(5, "d2", likes=0.5), visit(9)) == {"likes": 0.5}, "the latest before"
    assert strengths(advised(0, "d1"), advised(12, "d2", likes=0.5), visit(9)) == {"likes": 1.0}, "not one after it"
    chosen = event("chosen", 6, activities=["een"], decision="d1")
    assert strengths(advised(0, "d1"), advised(5, "d2", likes=0.5), chosen, visit(9)) == {"likes": 1.0}
    own = event("chosen", 6, activities=["een"], strengths={"een": {"likes": 0.25}})
    assert strengths(advised(0, "d1"), own, visit(9)) == {"likes": 0.25}


def test_what_was_advised_once_is_known_for_ever() -> None:
    (one,) = told(advised(0, "d1", "verdwenen"), visit(9, activity="verdwenen")).episodes
    assert (one.activity, one.term, one.organiser) == ("verdwenen", "zingen", "koor")


def test_the_rating_of_the_first_visit_counts_and_no_later_one() -> None:
    (one,) = told(visit(0, ratings={"welcome": 5, "room": 4}), visit(7, ratings={"welcome": 1})).episodes
    assert one.rating == 4.5
    assert told(visit(0), visit(7, ratings={"welcome": 1})).episodes[0].rating is None


def by_organiser(person: str, day: int = 7, reporter: str = "club", source: str = "organiser") -> list[Event]:
    return [consent(person), visit(day, person, source=source, reporter=reporter)]


def test_at_most_five_ratings_told_by_one_organiser_count_whoever_confirms_the_outcome() -> None:
    came = [
        visit(n, f"q{n}", source="organiser", reporter="club", ratings={"click": 4}, event_id=f"v{n}") for n in range(8)
    ]
    calls = [one for n in range(8) for one in (consent(f"q{n}"), asked(90, "still", f"q{n}"))]
    found = told(*came, *calls).episodes
    assert [one.rating for one in found] == [4.0] * 5 + [None] * 3
    assert all(one.confirmed for one in found)


def test_at_most_five_unconfirmed_of_one_reporter_about_one_activity_count() -> None:
    events = [one for number in range(8) for one in by_organiser(f"q{number}", day=7 + number)]
    found = told(*events)
    assert [one.person for one in found.episodes] == [f"q{number}" for number in range(5)], "the earliest"
    assert found.left_out["over_the_cap"] == 3
    confirmed = told(*events, asked(90, "still", "q7"))
    assert [one.person for one in confirmed.episodes][-1] == "q7", "a coach confirms"
    assert len(told(*events, *by_organiser("q9", reporter="other")).episodes) == 6, "each reporter has five"
    own = [one for number in range(8) for one in by_organiser(f"q{number}", source="participant")]
    assert len(told(*own).episodes) == 8, "participants count once each"


def test_nobody_stands_in_the_text_of_an_episode() -> None:
    assert "p1" not in repr(told(visit(0)).episodes)


STORY = [consent("a"), consent("b"), visit(0, "a"), visit(7, "a"), stop(30, "a"), visit(3, "b"), asked(84, "still", "b"),
         asked(85, "stopped", "a", reason="practical"), advised(0, "d1", person="a"), *by_organiser("c")]  # fmt: skip


@given(st.permutations(STORY))
def test_the_order_of_telling_changes_nothing(events: list[Event]) -> None:
    assert told(*events) == told(*STORY)


def test_late_events_may_come_with_any_clock() -> None:
    assert at(0).endswith("+00:00")
    assert on(0) == date(2026, 3, 2)
    assert isinstance(told(visit(0)).episodes[0], Episode)
