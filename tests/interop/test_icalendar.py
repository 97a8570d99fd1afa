"""A calendar file says the same hours as the catalogue, to every program that reads it, and nothing of whoever goes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from tests.strategies import activities
from tests.town import activity, advice_on, catalogue, person
from wor_match.domain.catalogue import Organiser
from wor_match.domain.schedule import ZONE, Occurrence
from wor_match.interop.icalendar import calendar_of

ON = date(2026, 11, 23)
LINDE = Organiser(
    id="de-linde", name="De Linde; buurthuis", phone="030 000 00 02", website="https://linde.voorbeeld.nl/a,b"
)
TEN = datetime(2026, 11, 24, 10, tzinfo=ZONE)
SESSION = Occurrence(TEN, TEN + timedelta(hours=2))


def on_sundays(start: str, end: str) -> wm.Activity:
    return activity("koor", schedule={"weekly": [{"day": "zo", "start": start, "end": end}]})


def events(text: str) -> Sequence[Any]:
    return icalendar.Calendar.from_ical(text).walk("VEVENT")


def hours(text: str) -> list[tuple[str, str]]:
    return [tuple(f"{one[name].dt:%m-%d %H:%M %z}" for name in ("DTSTART", "DTEND")) for one in events(text)]


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (date(2026, 10, 17), ["10-18 10:00 +0200", "10-25 10:00 +0100", "11-01 10:00 +0100"]),
        (date(2027, 3, 20), ["03-21 10:00 +0100", "03-28 10:00 +0200", "04-04 10:00 +0200"]),
    ],
)
def test_ten_o_clock_stays_ten_o_clock_over_both_changes_of_the_clock(at: date, due: list[str]) -> None:
    told = advice_on(on_sundays("10:00", "12:00"), at=at)[0].to_ics()
    assert [start for start, _ in hours(told)] == due


@pytest.mark.parametrize("at", [date(2026, 10, 17), date(2027, 3, 20)])
@pytest.mark.parametrize(
    ("start", "end"), [("23:30", "01:30"), ("01:30", "03:30"), ("02:00", "02:45"), ("00:00", "24:00")]
)
@pytest.mark.filterwarnings("ignore:.*does not exist on the clock")
def test_what_is_read_back_is_what_was_told_also_at_night(at: date, start: str, end: str) -> None:
    one = advice_on(on_sundays(start, end), at=at)[0]
    assert len(one.next_occurrences) == 3
    due = [(told.start.astimezone(UTC), told.end.astimezone(UTC)) for told in one.next_occurrences]
    back = events(one.to_ics())
    none_lasts = [told.get("DTEND", told["DTSTART"]).dt for told in back]
    assert [
        (told["DTSTART"].dt.astimezone(UTC), last.astimezone(UTC)) for told, last in zip(back, none_lasts, strict=True)
    ] == due


def test_the_rules_of_the_zone_are_those_of_amsterdam_for_a_reader_without_a_list_of_zones() -> None:
    (told,) = [tz.tzical(io.StringIO(calendar_of(activity(), [SESSION], on=ON))).get()]
    first = datetime(2024, 1, 1, tzinfo=UTC)
    for step in range(0, 7 * 366 * 24):
        there = (first + timedelta(hours=step)).astimezone(ZONE)
        if not there.fold:
            assert there.replace(tzinfo=told).utcoffset() == there.utcoffset(), there


def test_a_calendar_tells_what_when_where_whom_to_reach_and_what_to_do_at_the_door() -> None:
    choir = activity(
        "koor",
        name="Koor, samen; en\\of alleen",
        place={
            "name": "De Linde",
            "street": "Lindelaan",
            "number": "3",
            "postcode": 3431,
            "city": "Nieuwegein",
            "entrance": "achterdeur",
        },
        first_visit={"ask_for": "de gastvrouw", "may_watch": True, "may_leave_early": True, "trials": 2},
        host={"receives_newcomers": True},
        entry={"kind": "drop_in"},
    )
    (told,) = events(calendar_of(choir, [SESSION], on=ON, organiser=LINDE))
    assert {name: str(told[name]) for name in ("UID", "SUMMARY", "LOCATION", "CONTACT", "URL")} == {
        "UID": "koor-20261124T100000@wor-match",
        "SUMMARY": "Koor, samen; en\\of alleen",
        "LOCATION": "De Linde, Lindelaan 3, 3431 Nieuwegein, Ingang: achterdeur",
        "CONTACT": "De Linde; buurthuis, 030 000 00 02",
        "URL": "https://linde.voorbeeld.nl/a,b",
    }
    assert str(told["DESCRIPTION"]).split("\n") == [
        "Vraag naar de gastvrouw.", "Er is iemand die u ontvangt.", "U mag eerst een keer kijken.",
        "U mag het twee keer proberen.", "U mag eerder naar huis.", "U kunt zo binnenlopen.",
    ]  # fmt: skip
    assert told["DTSTAMP"].dt == datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("place", "due"), [({"online": True}, "Thuis, via het scherm"), ({"at_home": True}, "Bij u thuis"), (None, None)]
)
def test_where_nobody_travels_or_nobody_knows_where(place: Any, due: str | None) -> None:
    (told,) = events(calendar_of(activity(place=place), [SESSION], on=ON))
    assert told.get("LOCATION") == due


def test_one_signs_up_in_the_language_asked() -> None:
    (told,) = events(calendar_of(activity(entry={"kind": "sign_up"}), [SESSION], on=ON, language="en"))
    assert "coach" in str(told["DESCRIPTION"])
    assert "Uw" not in str(told["DESCRIPTION"])


def test_a_session_without_an_end_has_a_start_only() -> None:
    (told,) = events(calendar_of(activity(), [Occurrence(TEN, TEN)], on=ON))
    assert "DTEND" not in told


def test_nothing_of_the_person_stands_in_it() -> None:
    told = {
        "id": "kanarie7391", "likes": ["handwerken"], "focus": ["mental_wellbeing"], "support": ["buddy"], "age": 71,
        "spider_web": {"scores": {"mental_wellbeing": 2, "participation": 8}}, "access": ["wheelchair"],
        "circumstances": {"money": "alongside"}, "place": {"postcode": "3431"},
    }  # fmt: skip
    fields = {"schedule": {"weekly": [{"day": "di", "start": "10:00", "end": "12:00"}]}, "support": ["buddy"]}
    town = catalogue(activity("koor", access={"wheelchair": True}, **fields))
    here, somebody = (wm.Matcher(town).recommend(who, at=ON) for who in (person(**told), person(id="p2")))
    assert here[0].to_ics() == somebody[0].to_ics()
    assert "kanarie" not in here[0].to_ics()


def test_without_a_known_day_there_is_no_file_and_a_sentence() -> None:
    one = advice_on(activity("koor", schedule={"on_request": True}))[0]
    assert one.next_occurrences == ()
    with pytest.raises(wm.WorMatchError, match="koor has no known day to come; let the coach ask"):
        one.to_ics()


NAMES = st.text(st.characters(categories=["L", "N", "P", "So"]), min_size=60, max_size=120)


@given(said=activities(), name=NAMES, street=NAMES)
def test_any_activity_is_read_back_to_the_letter_in_lines_of_75_octets(
    said: dict[str, Any], name: str, street: str
) -> None:
    one = activity(**{**said, "name": name, "place": {"name": name[::-1], "street": street}})
    told = calendar_of(one, [SESSION], on=ON)
    assert told.endswith("END:VCALENDAR\r\n")
    assert max(len(line.encode()) for line in told.split("\r\n")) <= 75
    assert "\n" not in told.replace("\r\n", "")
    (back,) = events(told)
    assert str(back["SUMMARY"]) == one.name
    assert one.place
    assert str(back["LOCATION"]) == f"{one.place.name}, {one.place.street}"


def test_in_the_hour_that_the_clock_counts_twice_the_moment_and_the_length_stay() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # half past two, for the first time
    for start, end in ((first, first + timedelta(hours=1)), (first + timedelta(hours=1), first + timedelta(hours=2))):
        session = Occurrence(start.astimezone(ZONE), end.astimezone(ZONE))
        (found,) = events(calendar_of(activity("koor"), [session], on=ON))
        assert (found["DTSTART"].dt, found["DTEND"].dt) == (start, end)
