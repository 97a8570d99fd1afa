"""UiTdatabank: occurrences equal the publisher's own lists, persons are not read, one bad item never ends it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from wor_match.catalogue.importers import uitdatabank
from wor_match.domain.schedule import ZONE

DATA = Path(__file__).parent.parent / "data"
SAMPLES = ["periodic-opening-hours", "periodic-adjusted-days", "multiple-dates"]


def sample(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / f"uitdatabank-{name}.json").read_text(encoding="utf-8"))
    return found


def imported(item: Any) -> uitdatabank.Imported:
    return uitdatabank.read(json.dumps(item))


@pytest.mark.parametrize("name", SAMPLES)
def test_occurrences_equal_the_publishers_list(name: str) -> None:
    (activity,) = uitdatabank.read(DATA / f"uitdatabank-{name}.json").activities
    listed = json.loads((DATA / f"uitdatabank-{name}.expected-occurrences.json").read_text(encoding="utf-8"))[
        "dateRange"
    ]
    due = [(datetime.fromisoformat(one["gte"]), datetime.fromisoformat(one["lte"])) for one in listed]
    assert activity.schedule is not None
    window = datetime(2016, 12, 1, tzinfo=ZONE), datetime(2018, 1, 1, tzinfo=ZONE)
    assert [(one.start, one.end) for one in activity.schedule.occurrences(*window)] == due


def test_persons_are_not_read_and_the_source_is_kept() -> None:
    for name in (*SAMPLES, "all-optional-fields"):
        found = uitdatabank.read(DATA / f"uitdatabank-{name}.json")
        told = "".join(one.model_dump_json() for one in found.activities) + "".join(map(str, found.problems))
        assert "Doe" not in told
        (activity,) = found.activities
        assert activity.source is not None
        assert activity.source.format == "uitdatabank"
        assert activity.source.id is not None
        assert activity.source.id.startswith("http")
        assert str(activity.source.as_of) == "2017-04-22"


def test_terms_place_price_and_ages_come_along() -> None:
    found = uitdatabank.read(DATA / "uitdatabank-all-optional-fields.json")
    (activity,) = found.activities
    assert activity.terms == ("uitstapjes", "geschiedenis")
    assert activity.place is not None
    assert activity.place.point == (50.8876694, 4.70373)
    assert activity.place.country == "BE"
    assert [(row.euro, row.per) for row in activity.price] == [(19.99, "time")]
    assert (activity.audience.min_age, activity.audience.max_age) == (None, 4)
    assert [organiser.name for organiser in found.organisers] == ["PHPLeuven"]
    assert any("Student" in str(problem) for problem in found.problems)


def test_closed_beats_adjusted_and_bounds_are_inclusive() -> None:
    item = sample("periodic-adjusted-days") | {
        "openingHoursClosedDays": [{"startDate": "2017-02-09", "endDate": "2017-02-10"}]
    }
    (activity,) = imported(item).activities
    assert activity.schedule is not None
    found = activity.schedule.occurrences(datetime(2017, 2, 1, tzinfo=ZONE), datetime(2017, 3, 1, tzinfo=ZONE))
    assert [one.start.day for one in found] == [6, 7, 8, 13, 14, 15, 16, 17]


def test_a_stretch_over_days_and_an_impossible_day_are_told() -> None:
    span = {"startDate": "2017-04-30T10:00:00+02:00", "endDate": "2017-05-02T17:00:00+02:00"}
    found = imported(sample("multiple-dates") | {"subEvent": [span, {"startDate": "2017-02-30T00:00:00+01:00"}, "x"]})
    assert len(found.problems) == 3
    (activity,) = found.activities
    assert activity.schedule is not None
    assert [dated.slot for dated in activity.schedule.dates] == [("10:00", "10:00")]


def test_one_bad_item_never_ends_the_reading() -> None:
    good = sample("multiple-dates")
    bad = [
        {**good, "calendarType": "soms"},
        {**good, "@id": ""},
        {**good, "openingHours": 3, "calendarType": "permanent"},
    ]
    found = imported([*bad, good])
    assert len(found.activities) == 1
    assert len(found.problems) >= 3


@pytest.mark.parametrize("rubbish", ["[", "NaN", '{"a":1,"a":2}', "PK\x03\x04", "[" * 100_000, "{}", "[]", "3"])
def test_a_file_of_another_kind_is_a_problem(rubbish: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(rubbish)
    found = uitdatabank.read(path)
    assert found.problems
    assert not found.activities


def test_nothing_is_lost_without_a_word() -> None:
    good = sample("multiple-dates")
    found = imported(
        [{**good, "@id": "https://x.test/é"}, {**good, "@id": "https://x.test/è"}, good, good, 5, {"@id": "x"}]
    )
    assert len({one.id for one in found.activities}) == len(found.activities) == 3
    assert [problem.path for problem in found.problems] == ["3", "4", "5"]


def test_hidden_characters_of_others_are_taken_out() -> None:
    (activity,) = imported({**sample("multiple-dates"), "description": {"nl": "Een\r\nmiddag\u200e"}}).activities
    assert activity.summary == "Een\nmiddag"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-10, 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["nl", "type", "startDate", "price"]), inner)
    ),
    max_leaves=6,
)


@given(
    st.sampled_from(["periodic-opening-hours", "periodic-adjusted-days", "all-optional-fields", "multiple-dates"]),
    st.data(),
)
def test_any_wrong_type_in_any_field_is_told_and_never_raised(name: str, data: st.DataObject) -> None:
    item = sample(name)
    field = data.draw(st.sampled_from(sorted(item)))
    found = imported({**item, field: data.draw(JSON)})
    assert found.activities or found.problems


def test_an_imported_catalogue_gives_advice_with_checks(tmp_path: Path) -> None:
    found = uitdatabank.read(DATA / "uitdatabank-periodic-opening-hours.json")
    catalogue = wm.Catalogue(id="x", name="x", activities=found.activities, organisers=found.organisers)
    who = wm.Participant(id="p1", budget="small", languages={"nl": "little"})
    (suggestion,) = wm.Matcher(catalogue).recommend(who, at=datetime(2017, 2, 1, 9, tzinfo=ZONE))
    assert {check.name for check in suggestion.checks} == {"stale", "price", "language"}


def base(**fields: Any) -> dict[str, Any]:
    return {"@id": "https://x.test/event/1", "name": {"nl": "Koor"}, "calendarType": "permanent", **fields}


def one(**fields: Any) -> tuple[wm.Activity, uitdatabank.Imported]:
    found = imported(base(**fields))
    (activity,) = found.activities
    return activity, found


def sentences(found: uitdatabank.Imported) -> str:
    return "\n".join(map(str, found.problems))


def hours(opens: str = "10:00", closes: str = "12:00", *days: str) -> dict[str, Any]:
    return {"opens": opens, "closes": closes, "dayOfWeek": list(days or ("tuesday",))}


def met(activity: wm.Activity, first: str = "2026-11-01", last: str = "2026-12-01") -> list[str]:
    if activity.schedule is None:
        return []
    window = (datetime.fromisoformat(told).replace(tzinfo=ZONE) for told in (first, last))
    return [f"{one.start:%m-%d %H:%M}-{one.end:%H:%M}" for one in activity.schedule.occurrences(*window)]


@pytest.mark.parametrize(
    ("calendar", "by_hand"),
    [
        ({"calendarType": "single", "startDate": "2026-11-03T10:00:00+01:00", "endDate": "2026-11-03T12:00:00+01:00"}, ["11-03 10:00-12:00"]),
        ({"calendarType": "multiple", "subEvent": [{"startDate": f"2026-11-{day}T09:00:00+00:00", "endDate": f"2026-11-{day}T11:00:00+00:00"} for day in ("03", "05")]}, ["11-03 10:00-12:00", "11-05 10:00-12:00"]),
        ({"calendarType": "periodic", "startDate": "2026-11-03T00:00:00+01:00", "endDate": "2026-11-17T00:00:00+01:00", "openingHours": [hours()]}, ["11-03 10:00-12:00", "11-10 10:00-12:00", "11-17 10:00-12:00"]),
        ({"calendarType": "periodic", "startDate": "2026-11-03T00:00:00+01:00", "endDate": "2026-11-17T00:00:00+01:00"}, []),
        ({"openingHours": [hours("9:00", "10:30"), hours("14:00", "15:00", "sunday")]}, ["11-01 14:00-15:00", "11-03 09:00-10:30", "11-08 14:00-15:00", "11-10 09:00-10:30"]),
        ({"openingHours": [hours("22:00", "02:00")]}, ["11-03 22:00-02:00", "11-10 22:00-02:00"]),
        ({"openingHours": [hours("20:00", "00:00")]}, ["11-03 20:00-00:00", "11-10 20:00-00:00"]),
        ({}, []),
    ],
    ids=["single", "multiple", "periodic", "periodic without hours", "permanent", "over midnight", "to midnight", "permanent without hours"],
)  # fmt: skip
def test_the_four_calendars(calendar: dict[str, Any], by_hand: list[str]) -> None:
    activity, found = one(**calendar)
    assert met(activity)[: len(by_hand) or None] == by_hand
    assert [problem.path for problem in found.problems] == ([] if by_hand else ["0.openingHours"])


@pytest.mark.parametrize(
    "wrong", [hours("18:00", "10:00"), hours("10.00", "12.00"), hours("10:00", "12:00", "dinsdag"), {"opens": "10:00"}]
)
def test_hours_that_cannot_be_read_are_told(wrong: dict[str, Any]) -> None:
    activity, found = one(openingHours=[wrong, hours()])
    assert met(activity)[0] == "11-03 10:00-12:00"
    assert [problem.path for problem in found.problems] == ["0.openingHours"]


def test_a_range_of_birth_dates_becomes_ages_and_keeps_nobody_out() -> None:
    born = {"from": "1960-01-01", "to": "1980-12-31"}
    activity, _ = one(birthdateRange=born, modified="2026-11-01T10:00:00+01:00")
    assert (activity.audience.min_age, activity.audience.max_age) == (45, 67)
    activity, _ = one(birthdateRange={"to": "1966-11-23"}, startDate="2026-11-23T10:00:00+01:00", typicalAgeRange="-")
    assert (activity.audience.min_age, activity.audience.max_age) == (60, None)


@pytest.mark.parametrize(
    ("born", "when"),
    [
        ({"from": "1960-01-01", "to": "1980-12-31"}, {}),
        ({}, {"modified": "2026-11-01T10:00:00+01:00"}),
        ({"from": None}, {"modified": "2026-11-01T10:00:00+01:00"}),
        ({"from": "ooit"}, {"modified": "2026-11-01T10:00:00+01:00"}),
        ("1960-1980", {"modified": "2026-11-01T10:00:00+01:00"}),
        ([], {"modified": "2026-11-01T10:00:00+01:00"}),
    ],
)
def test_a_range_of_birth_dates_is_never_read_as_all_ages(born: Any, when: dict[str, Any]) -> None:
    found = imported(base(birthdateRange=born, typicalAgeRange="-", openingHours=[hours()], **when))
    assert found.activities == ()
    (problem,) = found.problems
    assert (problem.code, problem.path) == ("item", "0")


@pytest.mark.parametrize(
    ("told", "ages"),
    [("6-12", (6, 12)), ("6-", (6, None)), ("-12", (None, 12)), ("-", (None, None)), ("", (None, None))],
)
def test_ages(told: str, ages: tuple[int | None, int | None]) -> None:
    activity, found = one(typicalAgeRange=told, openingHours=[hours()])
    assert (activity.audience.min_age, activity.audience.max_age) == ages
    assert not found.problems
    _, found = one(typicalAgeRange="volwassenen", openingHours=[hours()])
    assert [problem.path for problem in found.problems] == ["0.typicalAgeRange"]


def test_facilities_of_the_event_and_its_place_become_provisions_and_no_terms() -> None:
    facility = {"domain": "facility", "label": "x"}
    activity, found = one(
        terms=[{**facility, "id": "3.17.1.0.0"}, {**facility, "id": "9.9"}],
        location={"terms": [{**facility, "id": "3.27.0.0.0"}]},
        openingHours=[hours()],
    )
    assert dict(activity.access) == {"hearing_loop": True, "wheelchair": True}
    assert activity.terms == ()
    assert not found.problems


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({}, "open"),
        ({"status": {"type": "Available"}}, "open"),
        ({"status": {"type": "Unavailable"}}, "closed"),
        ({"status": "TemporarilyUnavailable"}, "paused"),
        ({"workflowStatus": "DELETED"}, "closed"),
        ({"workflowStatus": "REJECTED", "status": {"type": "Available"}}, "closed"),
        ({"workflowStatus": "APPROVED"}, "open"),
    ],
)
def test_the_status(told: dict[str, Any], status: str) -> None:
    assert one(**told)[0].status == status


def test_a_status_belongs_to_its_date() -> None:
    dates = [
        {
            "startDate": f"2026-11-0{day}T10:00:00+01:00",
            "endDate": f"2026-11-0{day}T12:00:00+01:00",
            "status": {"type": kind},
        }
        for day, kind in ((3, "Available"), (4, "Unavailable"), (5, "TemporarilyUnavailable"))
    ]
    activity, found = one(calendarType="multiple", subEvent=dates)
    assert met(activity) == ["11-03 10:00-12:00"]
    assert [problem.path for problem in found.problems] == ["0.subEvent.2"]
    activity, _ = one(calendarType="multiple", subEvent=dates[1:])
    assert met(activity) == []


@pytest.mark.parametrize(
    ("told", "places"),
    [
        ({"type": "Unavailable"}, (None, 0)),
        ({"type": "Available", "capacity": 20, "remainingCapacity": 3}, (20, 3)),
        ({"type": "Available", "capacity": -1, "remainingCapacity": "?"}, (None, None)),
        ({"type": "Available"}, (None, None)),
    ],
)
def test_places_are_counted_on_the_day_of_the_last_change(told: dict[str, Any], places: tuple[Any, Any]) -> None:
    activity, _ = one(bookingAvailability=told, modified="2026-11-01T10:00:00+01:00")
    assert (activity.places.total, activity.places.free) == places
    assert (activity.places.as_of is not None) == (places[1] is not None)
    activity, _ = one(bookingAvailability=told)
    assert (activity.places.free, activity.places.as_of) == (None, None)


def test_what_is_for_schools_is_left_out_and_what_is_for_members_is_told() -> None:
    found = imported(
        [base(audience={"audienceType": kind}, openingHours=[hours()]) for kind in ("education", "members")]
    )
    assert len(found.activities) == 1
    assert [problem.path for problem in found.problems] == ["0", "1.audience"]
    assert "for members only" in found.problems[1].sentence
    assert not one(audience={"audienceType": "everyone"}, openingHours=[hours()])[1].problems


@pytest.mark.parametrize(
    ("row", "kept", "told"),
    [
        ({"category": "base", "price": 5}, [5.0], None),
        ({"category": "base", "price": 0}, [0.0], None),
        ({"category": "base", "price": 5, "groupPrice": True}, [], "tariff 'Groep'"),
        ({"category": "tariff", "price": 5}, [], "tariff 'Groep' has a condition"),
        ({"category": "uitpas", "price": 1}, [], "tariff 'Groep' has a condition"),
        ({"category": "base", "price": 5, "priceCurrency": "USD"}, [], "no price in euro"),
        ({"category": "base"}, [], "no price in euro"),
    ],
)
def test_prices_and_tariffs(row: dict[str, Any], kept: list[float], told: str | None) -> None:
    activity, found = one(priceInfo=[{"name": {"nl": "Groep"}, **row}], openingHours=[hours()])
    assert [price.euro for price in activity.price] == kept
    assert (told or "") in sentences(found)
    assert bool(found.problems) == bool(told)


def test_the_organiser_can_be_reached_and_the_person_behind_the_event_not() -> None:
    contact = {"phone": ["030 000 00 02"], "email": ["info@linde.test"], "url": ["https://linde.test"]}
    found = imported(
        base(
            organizer={"@id": "https://x.test/o/1", "name": {"nl": "De Linde"}, "contactPoint": contact},
            contactPoint={"phone": ["06 12345678"], "email": ["jan.doe@x.test"]},
            creator="jan.doe@x.test",
        )
    )
    (organiser,) = found.organisers
    assert (organiser.phone, organiser.email, organiser.website) == (
        "030 000 00 02",
        "info@linde.test",
        "https://linde.test",
    )
    assert not any(word in str(found) for word in ("doe", "12345678"))


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("Bel 06 12 34 56 78 of +31 (0)30-123 45 67.", "Bel of ."),
        ("Mail jan.doe@x.test of bel 030-1234567", "Mail of bel"),
        ("Vanaf 01-05-2026 10:00 tot 2026-06-01 12:30", None),
        ("Van 1/5/2026 t/m 30.06.2026, 10.00-12.30 uur, 3431 AB", None),
        ("Kost 2,50 of 1.000.000", None),
    ],
)
def test_free_text_loses_numbers_and_addresses_and_says_so(told: str, kept: str | None) -> None:
    activity, found = one(description={"nl": told}, openingHours=[hours()])
    assert " ".join(activity.summary.split()) == (told if kept is None else kept)
    assert [problem.code for problem in found.problems] == ([] if kept is None else ["personal"])
