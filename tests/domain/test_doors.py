"""What the rooms of the domain refuse in a sentence, and what they leave unsaid about a person."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any

import numpy as np
import pytest
from pydantic import AfterValidator

import wor_match as wm
from tests.town import AT, TUESDAY, activity, asked_of, catalogue, person
from wor_match.domain.asked import ask
from wor_match.domain.catalogue import Catalogue
from wor_match.domain.change import AskPlace, Change, with_answers
from wor_match.domain.compiling import columns_of
from wor_match.domain.kinds import event_of
from wor_match.domain.limits import Limits, checked_limits
from wor_match.domain.participant import once_each
from wor_match.domain.rhythm import Weekly
from wor_match.domain.sessions import sessions_from
from wor_match.domain.timewords import times_in
from wor_match.domain.value import Personal, Value

CANARY = "kanarie7391"
TEN = {"start": "10:00", "end": "12:00"}


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (date(1989, 12, 31), "outside 1990"),
        (datetime(2026, 11, 23, 10), "a time without a time zone"),  # noqa: DTZ001 — refused
        ("2026-11-23", "is no date"),
    ],
)
def test_a_question_needs_a_day_that_can_be(at: Any, said: str) -> None:
    with pytest.raises(wm.WorMatchError, match=said):
        asked_of(activity(), person(), at=at)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        ([12], "`minutes` is no mapping"),
        ({1: 12}, "a key that is no activity id"),
        ({"een": -1}, "'een' are no number from 0"),
        ({"een": True}, "'een' are no number"),
        ({"een": float("nan")}, "'een' are no number"),
        ({"een": 1e9}, "'een' are no number"),
    ],
)
def test_minutes_of_the_host_are_numbers_for_activities(minutes: Any, said: str) -> None:
    with pytest.raises(wm.WorMatchError, match=said):
        asked_of(activity(), person(), minutes=minutes)


def test_minutes_of_an_activity_that_is_not_there_change_nothing() -> None:
    _, asked = asked_of(activity(), person(), minutes={"een": 12, "elders": 50})
    assert asked.minutes.tolist() == [12]


def test_the_waiting_for_a_place_counts_from_the_question() -> None:
    """Asked on a Monday, two weeks to wait: of the Tuesdays 24 November, 1 and 8 December the last is the first to join."""
    _, asked = asked_of(activity(schedule=TUESDAY, entry={"wait_weeks": 2}), person())
    assert asked.days_to_anyone.tolist() == [1]
    assert asked.days_to_me.tolist() == [15]


def test_sessions_before_the_start_of_a_group_are_none() -> None:
    late = activity(schedule=TUESDAY, entry={"starts_on": "2026-12-01"})
    found = sessions_from([activity("nul"), late], date(2026, 11, 23), date(2026, 12, 9))
    assert (found.row.tolist(), found.day.tolist()) == ([1, 1], [8, 15])


def test_hours_are_added_up_for_those_that_meet_and_for_some_of_them() -> None:
    """One meets on Tuesday and Thursday, another on Tuesday, in each of eight weeks; a third has no timetable."""
    twice = {"weekly": [{"day": day, **TEN} for day in ("di", "do")]}
    columns = columns_of(
        catalogue(activity("een", schedule=twice), activity("twee", schedule=TUESDAY), activity("drie"))
    )
    hours = ask(person(), columns, AT).sessions.hours
    assert hours.offered.sum(axis=0).tolist() == [16, 8]
    assert hours.added_up(hours.weekly, np.array([False, True])).sum(axis=0).tolist() == [8]
    assert hours.added_up(hours.weekly, np.array([False, False])).shape == (8, 0)


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (wm.Participant(id="p1"), "a list of Participants"),
        (7, "a list of Participants"),
        ([{"id": "p1"}], "is no Participant"),
        ([wm.Participant(id="p1", likes=["zingen"]), wm.Participant(id="p1")], "participant p1 is told in two ways"),
    ],
)
def test_people_are_a_list_and_each_is_told_in_one_way(people: Any, said: str) -> None:
    with pytest.raises(wm.WorMatchError, match=said):
        once_each(people)


def test_who_is_told_twice_in_one_way_is_one_person() -> None:
    told = [person(), wm.Participant(id="p2"), person()]
    assert once_each(told) == told[:2]


def test_the_first_wish_is_what_was_named_first() -> None:
    assert person(likes=["zingen", "wandelen"]).first_wish == "zingen"
    assert person(good_at=["handwerken"]).first_wish == "handwerken"
    assert person().first_wish == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (["budget"], "no mapping of fields"),
        ({1: "small"}, "no mapping of fields"),
        ({"id": "p2"}, "`id` is no answer"),
        ({"id.x": "p2"}, "`id` is no answer"),
    ],
)
def test_an_answer_is_changed_by_its_field_and_never_who_somebody_is(changes: Any, said: str) -> None:
    with pytest.raises(wm.ParticipantError, match=said):
        with_answers(person(), changes)


def test_a_part_of_an_answer_changes_alone_and_the_rest_of_it_stays() -> None:
    who = person(travel={"modes": ["bike"], "max_minutes": 10}, languages={"nl": "little"})
    changed = Change("travel.max_minutes", 10, 20).apply(who)
    assert (changed.travel.modes, changed.travel.max_minutes) == (("bike",), 20)
    assert with_answers(who, {"travel.max_minutes": 20}) == changed
    assert dict(with_answers(who, {"languages.ar": "good"}).languages) == {"nl": "little", "ar": "good"}
    assert with_answers(person(), {"travel.max_minutes": 20}).travel.modes == ()


def test_a_change_and_a_question_to_the_place_show_no_answer() -> None:
    assert repr(Change("budget", CANARY, CANARY)) == "Change(field='budget')"
    assert repr(AskPlace(CANARY)) == "AskPlace()"


def test_limits_are_limits() -> None:
    assert checked_limits(Limits(activities=7)).activities == 7
    with pytest.raises(wm.WorMatchError, match=r"limits takes a Limits, such as Limits\(activities=1_000\)"):
        checked_limits({"activities": 7})  # type: ignore[arg-type]  # refused


def test_a_catalogue_made_by_a_program_holds_together_too() -> None:
    with pytest.raises(wm.CatalogueError, match=r"holds activities\.1\.id|holds id"):
        Catalogue(id="x", name="X", activities=(activity(), activity()))


def test_a_catalogue_says_how_large_it_is_and_where_to_go_for_a_circumstance() -> None:
    desk = {"id": "schuldhulp", "name": "Schuldhulp", "for": "money", "phone": "030 000 00 01"}
    whole = wm.Catalogue.model_validate({"id": "x", "name": "X", "desks": [desk], "activities": [activity()]})
    assert repr(whole) == "Catalogue(id='x', activities=1)"
    assert [one.name for one in whole.desks_for("money")] == ["Schuldhulp"]
    assert whole.desks_for("housing") == ()
    assert repr(columns_of(whole)) == "Columns(1 activities)"


def test_what_was_told_of_a_person_is_no_call_about_the_offer() -> None:
    told = {"event_id": "e1", "at": "2026-11-20T10:00:00+01:00", "source": "coach", "kind": "contacted", "person": "p1"}
    assert catalogue(activity()).with_events([event_of(told)]) == catalogue(activity())


def test_a_postcode_may_be_a_number_and_a_boolean_is_none() -> None:
    assert wm.Place(postcode=3431).postcode == "3431"  # type: ignore[arg-type]  # as a frame has it
    with pytest.raises(wm.ParticipantError):
        wm.Place(postcode=True, country="BE")  # type: ignore[arg-type]  # refused


def test_a_rule_ends_after_it_begins() -> None:
    with pytest.raises(wm.CatalogueError, match="ends 2026-11-01 before it starts 2026-11-02; swap the days"):
        Weekly.model_validate({"day": "di", **TEN, "from": "2026-11-02", "until": "2026-11-01"})


def test_sessions_are_asked_for_within_the_years_that_are_known() -> None:
    weekly = wm.Schedule.model_validate(TUESDAY)
    with pytest.raises(wm.WorMatchError, match="outside 1990 to"):
        weekly.occurrences(datetime(1899, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("om de 2 weken 1e di van de maand 10:00-12:00", "both of the month and of the week"),
        ("van de maand 10:00-12:00", "has no day of the month"),
        ("dag 40 van de maand 10:00-12:00", "has no day of the month"),
    ],
)
def test_a_day_of_the_month_is_one_and_nothing_else(words: str, said: str) -> None:
    with pytest.raises(wm.CatalogueError, match=said):
        times_in(words)


@pytest.mark.parametrize(
    "wrong", [{"scores": {"participation": 5, "meedoen": 6}}, {"scores": {"participation": CANARY}}]
)
def test_a_dimension_is_told_once_and_as_a_mark(wrong: Any) -> None:
    with pytest.raises(wm.ParticipantError) as refused:
        wm.SpiderWeb(**wrong)
    assert CANARY not in str(refused.value)


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([4, 5], "give a list of answers for each dimension"),
        ({"meedoen": 4}, "give a list of answers for each dimension"),
        ({"meedoen": [4], "participation": [5]}, "a dimension is told under two names"),
    ],
)
def test_answers_to_statements_are_lists_under_one_name(items: Any, said: str) -> None:
    with pytest.raises(wm.ParticipantError, match=said):
        wm.SpiderWeb.from_items(items, "adult-42")


def test_what_a_value_says_cannot_be_taken_out_of_it() -> None:
    place = wm.Place(postcode="3431")
    with pytest.raises(TypeError, match="a Place is frozen"):
        del place.postcode
    assert place.postcode == "3431"


def test_texts_are_a_door_like_the_others() -> None:
    assert wm.Place.model_validate_strings({"postcode": "3431"}) == wm.Place(postcode="3431")
    with pytest.raises(wm.ParticipantError, match="place is refused") as refused:
        wm.Place.model_validate_strings({"postcode": CANARY})
    assert CANARY not in str(refused.value)


@pytest.mark.parametrize("kind", [Value, Personal])
def test_what_pythons_own_errors_say_is_not_repeated(kind: type[Value]) -> None:
    def complaining(told: str) -> str:
        raise ValueError(f"{told} is wrong, says {CANARY}")

    class Own(kind):  # type: ignore[misc, valid-type]  # both are values
        name: Annotated[str, AfterValidator(complaining)]

    with pytest.raises(wm.WorMatchError, match=r"is not allowed here \(value error\)") as refused:
        Own(name="Piet")
    assert CANARY not in str(refused.value)
