"""The monitor: who counts for what, worked by hand, and what was agreed about it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.pathway.told import after, told, until_choice, yes
from wor_match.domain.event import Event
from wor_match.errors import WorMatchError
from wor_match.pathway import Monitor, Profile, Row, invented, load_profile, monitor
from wor_match.pathway.monitoring.indicators import ELEMENTS

NATIONAL, AMSTELLAND = load_profile("national"), load_profile("amstelland")
LATER = after(250)


def many(course: Callable[[str], list[Event]], n: int, first: int = 0) -> list[Event]:
    """The same course of so many people."""
    return [event for number in range(first, first + n) for event in course(f"p{number}")]


def row(found: Monitor, indicator: str, part: str = "", by: str = "all", slice_: str = "") -> Row:
    """One row."""
    (one,) = (
        one for one in found.rows if (one.indicator, one.part, one.by, one.slice) == (indicator, part, by, slice_)
    )
    return one


def figure(found: Monitor, indicator: str, part: str = "") -> tuple[int | None, int | None]:
    """How many of how many, of all together."""
    one = row(found, indicator, part)
    return one.count, one.n


def referred(person: str, **fields: Any) -> list[Event]:
    """A referral with everything."""
    usual = {
        "municipality": "Amstelveen",
        "practice": "praktijk-1",
        "patient_informed": True,
        "reasons": ["loneliness"],
    }
    return [told("referred", person, 0, **{**usual, **fields})]


def at_the_choir(person: str, *more: Event) -> list[Event]:
    """Until the handover to the choir."""
    return [*until_choice(person), told("handed_over", person, 25, activity="koor", how="called"), *more]


def both(one: Callable[[str], list[Event]], other: Callable[[str], list[Event]], n: int = 20) -> list[Event]:
    """Twenty people of one kind, and ten of another."""
    return [*many(one, n), *many(other, 10, first=n)]


def stopped(person: str, reason: str = "not_suited", on: int = 40) -> list[Event]:
    """Came to the choir and stopped."""
    return at_the_choir(person, told("visited", person, 30, activity="koor", attended=True, source="organiser"),
                        told("stopped", person, on, activity="koor", on=after(on), reason=reason))  # fmt: skip


def stayed(person: str) -> list[Event]:
    """Came to the choir, was asked, and still takes part after three months."""
    return at_the_choir(
        person,
        told("visited", person, 30, activity="koor", attended=True, ratings={"welcome": 4}),
        told("followed_up", person, 58, activity="koor", status="still"),
        told("followed_up", person, 116, activity="koor", status="still"),
    )


WORKED: list[tuple[str, str, list[Event], tuple[int, int]]] = [
    ("referrals", "", many(referred, 12), (12, 12)),
    ("referrer", "gp", both(referred, lambda p: referred(p, referrer="self")), (20, 30)),
    ("referral_reason", "sleep", both(referred, lambda p: referred(p, reasons=["sleep", "loneliness"])), (10, 30)),
    ("registered", "", both(referred, lambda p: referred(p, code="Z68")), (10, 30)),
    ("registered", "", both(referred, lambda p: referred(p, channel="referral_service")), (10, 30)),
    ("patient_informed", "", both(referred, lambda p: referred(p, patient_informed=False)), (20, 30)),
    ("patient_informed", "", [*both(referred, lambda p: referred(p, patient_informed=None))], (20, 20)),
    ("contact_in_time", "", both(until_choice, lambda p: [*referred(p), told("contacted", p, 15)]), (20, 30)),
    ("contact_in_time", "", both(until_choice, lambda p: [*referred(p), told("contacted", p, 14)]), (30, 30)),
    ("contact_in_time", "", both(until_choice, referred), (20, 30)),
    ("intake", "", both(until_choice, referred), (20, 30)),
    ("focus_chosen", "", both(until_choice, lambda p: [*referred(p), told("intake", p, 9, focus_chosen=False)]), (20, 30)),
    ("focus_chosen", "", both(until_choice, lambda p: [*referred(p), told("intake", p, 9)]), (20, 20)),
    ("tracks", "money", both(until_choice, lambda p: [*until_choice(p), told("track", p, 10, track="money", state="first")]), (10, 30)),
    ("choice", "", both(until_choice, lambda p: [*referred(p), told("intake", p, 9)]), (20, 30)),
    ("chosen_by_participant", "", both(until_choice, lambda p: [*referred(p), told("chosen", p, 9, by="coach")]), (20, 30)),
    ("chosen_by", "coach", both(until_choice, lambda p: [*referred(p), told("chosen", p, 9, by="coach")]), (10, 30)),
    ("from_the_advice", "", both(until_choice, lambda p: [told("chosen", p, 9, activities=["x"], decision="d")]), (10, 30)),
    ("outside_the_offer", "", both(until_choice, lambda p: [told("chosen", p, 9, outside="zwemmen")]), (10, 30)),
    ("outside_term", "zwemmen", both(lambda p: [told("chosen", p, 9, outside="schilderen")], lambda p: [told("chosen", p, 9, outside="zwemmen")]), (10, 30)),
    ("nothing_chosen", "", both(until_choice, lambda p: [told("chosen", p, 9, none_reason="later")]), (10, 30)),
    ("none_reason", "later", both(lambda p: [told("chosen", p, 9)], lambda p: [told("chosen", p, 9, none_reason="later")]), (10, 30)),
    ("warm_handover", "", both(at_the_choir, lambda p: [*until_choice(p), told("handed_over", p, 25, activity="koor", how="none")]), (20, 30)),
    ("started", "", both(stayed, at_the_choir), (20, 30)),
    ("started", "", both(stayed, lambda p: at_the_choir(p, told("followed_up", p, 60, activity="koor", status="never"))), (20, 30)),
    ("still_at_4_weeks", "", both(stayed, stopped), (20, 30)),
    ("still_at_12_weeks", "", both(stayed, lambda p: stopped(p, on=80)), (20, 30)),
    ("still_at_12_weeks", "unknown", both(stayed, lambda p: at_the_choir(p, told("visited", p, 30, activity="koor", attended=True))), (10, 30)),
    ("why", "health", both(stopped, lambda p: stopped(p, "health")), (10, 30)),
    ("first_visit_call", "", both(stayed, at_the_choir), (20, 30)),
    ("week_4", "", both(stayed, lambda p: at_the_choir(p, told("visited", p, 30, activity="koor", attended=True))), (20, 30)),
    ("month_3", "", both(stayed, at_the_choir), (20, 30)),
    ("feedback_after_intake", "", both(lambda p: [*until_choice(p), yes("feedback", p), told("feedback_sent", p, 12, moment="after_intake")], lambda p: [*until_choice(p), yes("feedback", p)]), (20, 30)),
    ("feedback_after_3_months", "", both(lambda p: [*until_choice(p), yes("feedback", p), told("feedback_sent", p, 99, moment="after_3_months")], lambda p: [*until_choice(p), yes("feedback", p)]), (20, 30)),
]  # fmt: skip


@pytest.mark.parametrize(("indicator", "part", "events", "expected"), WORKED,
                         ids=[f"{number}-{one[0]}" for number, one in enumerate(WORKED)])  # fmt: skip
def test_each_indicator_counts_who_it_should(
    indicator: str, part: str, events: list[Event], expected: tuple[int, int]
) -> None:
    assert figure(monitor(events, LATER, NATIONAL), indicator, part) == expected


def test_who_takes_consent_back_counts_as_a_referral_only() -> None:
    events = both(stayed, lambda p: [*stayed(p), yes("handover", p, day=120, given=False)])
    found = monitor(events, LATER, NATIONAL)
    assert figure(found, "referrals") == (30, 30)
    assert {
        row(found, name).n for name in ("contact_in_time", "intake", "started", "still_at_12_weeks", "month_3")
    } == {20}
    assert figure(found, "why")[1] is None


def test_without_consent_no_feedback_is_expected_and_nobody_is_asked() -> None:
    no = both(at_the_choir, lambda p: [*at_the_choir(p), yes("follow_up", p, given=False)])
    found = monitor(no, LATER, NATIONAL)
    assert figure(found, "month_3") == (0, 20)
    assert row(found, "feedback_after_intake").n is None


def test_somebody_counts_once_in_the_quarter_of_the_first_referral() -> None:
    again = [told("referred", f"p{number}", 240, municipality="Aalsmeer") for number in range(12)]
    found = monitor([*many(until_choice, 20), *again], LATER, AMSTELLAND)
    assert figure(found, "referrals") == (20, 20)
    assert row(found, "referrals", by="quarter", slice_="2026-Q4").count == 20
    assert [one.slice for one in found.rows if one.by == "municipality" and one.indicator == "referrals"] == [
        "Amstelveen"
    ]
    assert found.again == 10


def test_the_order_of_events_means_nothing() -> None:
    events = list(invented(AMSTELLAND, people=120))
    first = monitor(events, LATER, AMSTELLAND)
    random.Random(3).shuffle(events)
    assert monitor([*events, *events[:50]], LATER, AMSTELLAND) == first


def test_a_target_is_met_not_met_or_cannot_be_told() -> None:
    def in_time(yes_: int, no: int) -> Row:
        late = many(lambda p: [*referred(p), told("contacted", p, 30)], no, first=yes_)
        return row(monitor([*many(until_choice, yes_), *late], LATER, NATIONAL), "contact_in_time")

    assert (in_time(60, 0).target, in_time(60, 0).met) == (0.9, True)
    assert in_time(30, 30).met is False
    open_ = in_time(100, 10)
    assert (open_.met, open_.reason) == (None, "within")
    assert open_.low is not None
    assert open_.high is not None
    assert open_.low < 0.9 < open_.high
    assert row(monitor(many(until_choice, 60), LATER, NATIONAL), "intake").target is None


def agreed(**told_of: Any) -> Profile:
    """Amstelland with targets."""
    return AMSTELLAND.replace(**told_of)


def test_a_number_of_referrals_is_agreed_by_quarter_and_by_municipality() -> None:
    target = {"indicator": "referrals", "municipality": "Amstelveen", "a_quarter": 15}
    profile, events = agreed(targets=[target]), many(until_choice, 20)
    year_end, within = date(2026, 12, 31), date(2026, 12, 30)
    met = monitor(events, year_end, profile)
    one = row(met, "referrals", by="municipality", slice_="Amstelveen")
    assert (one.target, one.met, one.share) == (15, True, None)
    assert row(met, "referrals").target is None
    more = agreed(targets=[{**target, "a_quarter": 25}])
    told_of = [row(monitor(events, day, more), "referrals", by="municipality", slice_="Amstelveen")
               for day in (within, year_end)]  # fmt: skip
    assert [(one.met, one.reason) for one in told_of] == [(None, "quarter_open"), (False, "")]
    there = monitor(events, year_end, profile, municipality="amstelveen")
    assert (there.municipality, row(there, "referrals", by="quarter", slice_="2026-Q4").met) == ("Amstelveen", True)


def test_the_self_check_says_yes_no_or_nothing() -> None:
    profile = agreed(principles={"wish_leads": True, "shared_vision": False})
    found = {
        one.indicator: (one.part, one.n) for one in monitor([], LATER, profile).rows if one.element == "principles"
    }
    assert found == {"shared_vision": ("no", None), "wish_leads": ("yes", None),
                     "positive_health": ("not_answered", None), "free_choice": ("not_answered", None)}  # fmt: skip


def test_there_are_six_elements_in_order_even_of_nobody() -> None:
    found = monitor([], LATER, NATIONAL)
    assert tuple(dict.fromkeys(one.element for one in found.rows)) == ELEMENTS
    assert {one.reason for one in found.rows if one.element not in ("principles", "preconditions")} == {"few"}
    assert not found.invented


def test_frame_json_and_repr_say_the_same_and_name_nobody() -> None:
    events = invented(AMSTELLAND, people=150)
    found = monitor(events, LATER, AMSTELLAND)
    told_of = json.loads(found.to_json())
    assert told_of["rows"] == found.frame()
    assert told_of["invented"] is True
    assert repr(found) == f"Monitor('amstelland', 2027-07-10, {len(found.rows)} rows)"
    people = {event.of for event in events}
    written = found.to_json() + found.to_markdown() + found.to_html()
    assert not any(f'"{person}"' in written or f"{person}<" in written for person in people)
    assert "invented-" not in written


def test_a_code_that_is_somebodys_pseudonym_is_unknown() -> None:
    events = many(lambda p: referred(p, practice="p3", municipality="p4"), 15)
    slices = {one.slice for one in monitor(events, LATER, NATIONAL).rows if one.by in ("practice", "municipality")}
    assert slices == {"unknown"}


def test_what_cannot_be_asked_is_refused() -> None:
    for wrong in ("Utrecht", "", 3):
        with pytest.raises(WorMatchError, match=r"municipality|serve"):
            monitor([], LATER, AMSTELLAND, municipality=wrong)  # type: ignore[arg-type]  # refused
    with pytest.raises(WorMatchError, match="Profile"):
        monitor([], LATER, "amstelland")  # type: ignore[arg-type]  # refused
    with pytest.raises(WorMatchError, match="words"):
        monitor([], LATER, AMSTELLAND).to_html("fr")
    assert monitor(many(referred, 12), LATER, NATIONAL, municipality="Utrecht").frame()[4]["n"] is None


def test_invented_people_are_the_same_by_the_same_seed_and_fit_the_profile() -> None:
    assert invented(NATIONAL, people=20, seed=5) == invented(NATIONAL, people=20, seed=5)
    assert invented(NATIONAL, people=20, seed=5) != invented(NATIONAL, people=20, seed=6)
    assert invented(NATIONAL, people=20, seed=5)[:50] == invented(NATIONAL, people=30, seed=5)[:50]
    places = {event.municipality for event in invented(AMSTELLAND, people=60) if event.kind == "referred"}  # type: ignore[attr-defined]  # all are referrals
    assert places == {"Amstelveen", "Aalsmeer", "Ouderkerk"}
    for wrong in ({"people": 0}, {"people": True}, {"seed": -1}, {"first": "2026"}):
        with pytest.raises(WorMatchError):
            invented(NATIONAL, **wrong)  # type: ignore[arg-type]  # refused
