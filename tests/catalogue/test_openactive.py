"""OpenActive: pages laid over each other, sessions joined to their series, nothing guessed and no person kept."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import wor_match as wm
from wor_match.catalogue.importers import Imported, openactive
from wor_match.domain.schedule import ZONE

DATA = Path(__file__).parent.parent / "data"
AT = "https://x.test/series/"
SERIES = {"@type": "SessionSeries", "@id": f"{AT}koor", "name": "Koor"}
WEEKLY = {"repeatFrequency": "P1W", "byDay": "MO", "startTime": "10:00", "endTime": "12:00"}
MONDAY = {"@type": "ScheduledSession", "startDate": "2026-11-02T10:00:00+01:00", "endDate": "2026-11-02T12:00:00+01:00"}


def page(*items: Any) -> str:
    return json.dumps({"next": "https://x.test/rpde?after=1", "items": list(items)})


def item(data: Any, modified: Any = 1, key: str = "koor", **fields: Any) -> dict[str, Any]:
    return {"state": "updated", "kind": "SessionSeries", "id": key, "modified": modified, "data": data, **fields}


def gone(modified: Any, key: str = "koor") -> dict[str, Any]:
    return {"state": "deleted", "kind": "SessionSeries", "id": key, "modified": modified}


def read_one(**fields: Any) -> tuple[wm.Activity, Imported]:
    found = openactive.read(json.dumps({**SERIES, **fields}))
    (activity,) = found.activities
    return activity, found


def names(found: Imported) -> list[str]:
    return [one.name for one in found.activities]


def codes(found: Imported) -> list[str]:
    return [problem.code for problem in found.problems]


def said(found: Imported) -> str:
    return "\n".join(map(str, found.problems))


def days(activity: wm.Activity, first: date, last: date) -> list[str]:
    """Month, day and clock of each session in a window, bounds included."""
    if activity.schedule is None:
        return []
    window = (datetime(one.year, one.month, one.day, tzinfo=ZONE) for one in (first, last + timedelta(days=1)))
    return [f"{one.start:%m-%d %H:%M}-{one.end:%H:%M}" for one in activity.schedule.occurrences(*window)]


def november(activity: wm.Activity) -> list[str]:
    return days(activity, date(2026, 11, 1), date(2026, 11, 30))


def test_an_exception_told_as_an_instant_takes_out_its_day_and_is_told() -> None:
    found = openactive.read(DATA / "openactive-schedule-exceptdate.json")
    (activity,) = found.activities
    assert days(activity, date(2020, 7, 16), date(2020, 7, 30)) == ["07-16 12:00-15:00", "07-30 12:00-15:00"]
    assert "0.exceptDate: is no start of a session; 2020-07-23 is taken out whole" in said(found)
    assert activity.place is not None
    assert (activity.place.name, activity.place.point) == (None, (52.0406224, -0.7594171))
    assert [row.euro for row in activity.price] == [0.0]
    assert activity.schedule is not None
    assert str(activity.schedule.weekly[0].until) == "2020-12-04"


def test_an_incomplete_schedule_is_told_and_sessions_in_utc_fall_on_its_rule() -> None:
    found = openactive.read(DATA / "openactive-rpde-sessionseries.json")
    (activity,) = found.activities
    assert "partial" in codes(found)
    assert activity.schedule is not None
    assert activity.schedule.dates == ()
    assert days(activity, date(2018, 10, 1), date(2018, 10, 9)) == ["10-02 21:15-21:45", "10-09 21:15-21:45"]
    assert activity.audience.min_age is None
    assert activity.audience.advised_age is not None
    assert activity.audience.advised_age.from_ == 16
    assert "accessibilitySupport" in said(found)
    assert not activity.access
    assert activity.source is not None
    assert activity.source.as_of == date(2018, 3, 20)


def test_an_old_item_is_read() -> None:
    found = openactive.read(DATA / "openactive-legacy-event.json")
    (activity,) = found.activities
    assert activity.terms == ("hardlopen",)
    assert days(activity, date(2014, 9, 1), date(2014, 9, 30)) == ["09-23 19:45-21:40"]
    assert activity.audience.advised_age is not None
    assert (activity.audience.advised_age.from_, activity.audience.only) == (18, None)
    assert [row.euro for row in activity.price] == [0.0]
    assert (activity.places.total, activity.places.free, activity.places.as_of) == (25, 22, date(2014, 9, 15))
    (organiser,) = found.organisers
    assert (organiser.phone, organiser.email) == ("0203 432 3920", "getinvolved@goodgym.org")
    assert [problem.path for problem in found.problems] == ["0.location.address"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["old first", "new first"])
@pytest.mark.parametrize("stamps", [(1, 2), ("2026-01-01", "2026-02-01")], ids=["numbers", "texts"])
def test_the_later_copy_wins_whatever_page_it_is_on(order: tuple[int, int], stamps: tuple[Any, Any]) -> None:
    copies = [page(item({**SERIES, "name": name}, stamp)) for name, stamp in zip(("oud", "nieuw"), stamps, strict=True)]
    assert names(openactive.read([copies[which] for which in order])) == ["nieuw"]


def test_a_copy_without_a_stamp_lies_over_what_came_before() -> None:
    copies = [page(item({**SERIES, "name": name}, None)) for name in ("oud", "nieuw")]
    assert names(openactive.read(copies)) == ["nieuw"]


def test_a_deleted_item_goes_and_comes_back() -> None:
    first, again = page(item(SERIES)), page(item({**SERIES, "name": "Weer koor"}, 3))
    for sources, left in (
        ([first, page(gone(2))], []),
        ([page(item(SERIES), gone(2))], []),
        ([page(gone(2)), first], []),
        ([first, page(gone(2)), again], ["Weer koor"]),
        ([again, page(gone(2))], ["Weer koor"]),
        ([page(gone(2), item(SERIES, key="dans"))], ["Koor"]),
    ):
        found = openactive.read(sources)
        assert names(found) == left
        assert not found.problems


def test_an_empty_page_between_is_fine() -> None:
    found = openactive.read([page(item(SERIES)), page(), page(item({**SERIES, "@id": f"{AT}dans"}, 2, "dans"))])
    assert len(found.activities) == 2
    assert not found.problems


def test_a_list_of_pages_is_read_as_one_feed() -> None:
    pages = json.dumps([json.loads(page(item(SERIES))), json.loads(page(gone(2)))])
    assert openactive.read(pages) == Imported((), ())


@pytest.mark.parametrize("above", [SERIES["@id"], SERIES], ids=["as an id", "embedded"])
@pytest.mark.parametrize("turned", [False, True], ids=["series first", "session first"])
def test_a_session_is_joined_to_its_series(above: Any, turned: bool) -> None:
    session = item({**MONDAY, "@id": f"{AT}koor/1", "superEvent": above}, 1, "s1", kind="ScheduledSession")
    pages = [page(item({**SERIES, "eventSchedule": {**WEEKLY, "byDay": "TU"}})), page(session)]
    found = openactive.read(pages[::-1] if turned else pages)
    (activity,) = found.activities
    assert activity.name == "Koor"
    assert november(activity)[:2] == ["11-02 10:00-12:00", "11-03 10:00-12:00"]


def test_an_embedded_series_is_enough() -> None:
    sessions = [
        item(
            {**MONDAY, "@id": f"{AT}koor/{n}", "startDate": f"2026-11-{n:02d}T10:00:00+01:00", "superEvent": SERIES},
            1,
            f"s{n}",
        )
        for n in (2, 3)
    ]
    for one in sessions:
        del one["data"]["endDate"]
        one["data"]["duration"] = "PT2H"
    found = openactive.read(page(*sessions))
    (activity,) = found.activities
    assert activity.id == "openactive-koor"
    assert november(activity) == ["11-02 10:00-12:00", "11-03 10:00-12:00"]


def test_a_session_of_a_series_that_is_nowhere_is_told() -> None:
    lost = item({**MONDAY, "@id": f"{AT}weg/1", "name": "Los", "superEvent": f"{AT}weg"}, 1, "s1")
    found = openactive.read(page(item(SERIES), lost))
    assert names(found) == ["Koor"]
    (problem,) = found.problems
    assert (problem.path, problem.sentence) == (
        "1",
        f"is a session of '{AT}weg', which is not in these pages; left out",
    )


def test_a_session_without_a_series_is_an_activity() -> None:
    activity, _ = read_one(**MONDAY)
    assert november(activity) == ["11-02 10:00-12:00"]


def test_a_child_overrides_its_parent_and_never_inherits_type_id_identifier_or_schedule() -> None:
    above = {
        "@type": "EventSeries",
        "@id": f"{AT}boven",
        "identifier": "b-1",
        "name": "Boven",
        "description": "Voor wie wil.",
        "eventSchedule": WEEKLY,
        "subEvent": [MONDAY],
        "location": {"address": {"postalCode": "3431"}},
    }
    child = {"@type": "SessionSeries", "name": "Koor", "superEvent": above}
    (activity,) = openactive.read(page(item(child))).activities
    assert (activity.id, activity.name, activity.summary) == ("openactive-koor", "Koor", "Voor wie wil.")
    assert activity.schedule is None
    assert activity.place is not None
    assert activity.place.postcode == "3431"


def test_what_stands_two_above_is_inherited_and_a_circle_ends() -> None:
    top = {"@type": "EventSeries", "@id": f"{AT}top", "name": "Top", "description": "Boven alles."}
    middle = {"@type": "EventSeries", "@id": f"{AT}midden", "name": "Midden", "superEvent": top["@id"]}
    low = {"@type": "SessionSeries", "@id": f"{AT}laag", "superEvent": middle["@id"]}
    found = openactive.read(json.dumps([top, middle, low]))
    assert [(one.name, one.summary) for one in found.activities][2] == ("Midden", "Boven alles.")
    ring = [{**SERIES, "@id": f"{AT}{a}", "superEvent": f"{AT}{b}"} for a, b in ("ab", "bc", "ca")]
    assert len(openactive.read(json.dumps(ring)).activities) == 3


@pytest.mark.parametrize(
    "status", ["EventCancelled", "https://schema.org/EventCancelled", "https://schema.org/EventPostponed"]
)
def test_cancelled_sessions_fall_out_and_extra_ones_are_added(status: str) -> None:
    extra = {**MONDAY, "startDate": "2026-11-04T19:00:00+01:00", "endDate": "2026-11-04T21:00:00+01:00"}
    schedule = {**WEEKLY, "startDate": "2026-11-02", "endDate": "2026-11-09"}
    activity, _ = read_one(eventSchedule=[schedule], subEvent=[{**MONDAY, "eventStatus": status}, extra])
    assert november(activity) == ["11-04 19:00-21:00", "11-09 10:00-12:00"]


def test_persons_are_never_kept_and_organisations_are() -> None:
    person = {"@type": "Person", "name": "Jan Doe", "email": "jan.doe@x.test", "telephone": "0612345678"}
    whole = {
        "leader": [person],
        "contributor": person,
        "performer": person,
        "description": "Bel 06 12345678 of jan.doe@x.test",
    }
    activity, found = read_one(organizer=person, **whole)
    told = str(found)
    assert not any(word in told for word in ("Doe", "jan.doe", "0612345678", "12345678"))
    assert "personal" in codes(found)
    assert activity.organiser is None
    company = {
        "@type": "Organization",
        "name": "De Linde",
        "telephone": "030 000 00 02",
        "email": "info@linde.test",
        "url": "https://linde.test",
    }
    _, found = read_one(organizer=company, leader=person)
    (organiser,) = found.organisers
    assert (organiser.name, organiser.phone, organiser.email, organiser.website) == (
        "De Linde", "030 000 00 02", "info@linde.test", "https://linde.test",
    )  # fmt: skip
    assert not found.problems


@pytest.mark.parametrize(
    "kind", ["Person", "https://schema.org/Person", "schema:Person", ["Person"], ["Person", "Organization"]]
)
def test_a_person_is_a_person_however_the_type_is_written(kind: Any) -> None:
    for told in ({"@type": kind, "name": "Jan Doe"}, [{"@type": kind, "name": "Jan Doe"}]):
        activity, found = read_one(organizer=told)
        assert "Doe" not in str(found)
        assert activity.organiser is None


@pytest.mark.parametrize(
    ("offers", "kept", "told"),
    [
        ([{"price": 5, "priceCurrency": "EUR"}], [5.0], None),
        ([{"price": 5}], [5.0], None),
        ([{"price": "5.50", "priceCurrency": "EUR"}], [5.5], None),
        ([{"price": 5, "priceCurrency": "GBP"}], [], "a price in GBP"),
        ([{"price": 0, "priceCurrency": "GBP"}], [0.0], None),
        ([{"price": 0}, {"price": 5}], [5.0], "several prices; the highest is kept"),
        ([{"price": 5}, {"price": 5}], [5.0], None),
        ([{"price": 0}, {"price": 5, "priceCurrency": "GBP"}], [], "a price in GBP"),
        ([{"price": "vijf"}], [], "no price in numbers"),
        ([{"price": 0}, {"price": None}], [], "no price in numbers"),
        ([{"price": -5}], [], "no price in numbers"),
        ([], [], None),
    ],
)
def test_prices(offers: list[Any], kept: list[float], told: str | None) -> None:
    activity, found = read_one(offers=offers)
    assert [row.euro for row in activity.price] == kept
    assert (told or "") in said(found)
    assert bool(found.problems) == bool(told)


def test_free_by_its_own_word_is_free_only_without_offers() -> None:
    assert [row.euro for row in read_one(isAccessibleForFree=True)[0].price] == [0.0]
    assert read_one(isAccessibleForFree=True, offers=[{"price": "?"}])[0].price == ()
    assert read_one(isAccessibleForFree=False)[0].price == ()
    assert read_one(isAccessibleForFree="yes")[0].price == ()


def test_terms_carry_their_match_and_others_are_kept_as_text() -> None:
    walking = {
        "@id": "https://openactive.io/activity-list#95092977-5a20-4d6e-b312-8fddabe71544",
        "prefLabel": "Walking",
    }
    activity, found = read_one(activity=[{"@type": "Concept", "prefLabel": "Wandelvoetballen"}, walking])
    assert activity.terms == ("wandelen",)
    assert activity.source is not None
    assert [(one.label, one.term, one.match) for one in activity.source.said] == [
        ("Wandelvoetballen", None, None),
        ("Walking", "wandelen", "exact"),
    ]
    (problem,) = found.problems
    assert problem.code == "unknown-term"
    assert "'Wandelvoetballen' has no term of ours; nearest are " in problem.sentence


@pytest.mark.parametrize(
    ("told", "only", "noted"),
    [
        ("https://openactive.io/FemaleOnly", "women", False),
        ("FemaleOnly", "women", False),
        ("female", "women", False),
        ("https://openactive.io/MaleOnly", "men", False),
        ("https://openactive.io/NoRestriction", None, False),
        ("mixed", None, False),
        ("AsYouLike", None, True),
    ],
)
def test_for_whom(told: str, only: str | None, noted: bool) -> None:
    activity, found = read_one(genderRestriction=told)
    assert activity.audience.only == only
    assert bool(found.problems) == noted


@pytest.mark.parametrize(
    ("told", "ages"),
    [
        ({"minValue": 16}, (16, None)),
        ({"minValue": 16, "maxValue": 65}, (16, 65)),
        ({"maxValue": 12}, (None, 12)),
        ("18", (18, None)),
        (18, (18, None)),
        ("18+", (18, None)),
        ("18-65", (18, 65)),
        ("18 to 65", (18, 65)),
        ("-12", (None, 12)),
    ],
)
def test_a_range_of_ages_is_advice_and_a_restriction_a_rule(told: Any, ages: tuple[int | None, int | None]) -> None:
    activity, found = read_one(ageRange=told)
    assert activity.audience.advised_age is not None
    assert (activity.audience.advised_age.from_, activity.audience.advised_age.to) == ages
    assert (activity.audience.min_age, activity.audience.max_age) == (None, None)
    activity, _ = read_one(ageRestriction=told)
    assert (activity.audience.min_age, activity.audience.max_age) == ages
    assert activity.audience.advised_age in (None, type(activity.audience)().advised_age)
    assert not found.problems


@pytest.mark.parametrize(
    "told", ["jong", {"minValue": 65, "maxValue": 16}, "16 65", "1665", "65-16", {"minValue": 400}, [], True]
)
def test_what_is_no_range_of_ages_is_told(told: Any) -> None:
    activity, found = read_one(ageRestriction=told)
    assert (activity.audience.min_age, activity.audience.max_age) == (None, None)
    assert [problem.path for problem in found.problems] == ["0.ageRestriction"]


def test_free_places_need_their_day() -> None:
    told = {"remainingAttendeeCapacity": 2, "maximumAttendeeCapacity": 12}
    activity, _ = read_one(**told)
    assert (activity.places.total, activity.places.free, activity.places.as_of) == (12, None, None)
    activity, _ = read_one(**told, modified="2026-11-01T10:00:00Z")
    assert (activity.places.free, activity.places.as_of) == (2, date(2026, 11, 1))


@pytest.mark.parametrize(
    ("schedule", "by_hand"),
    [
        ({"byDay": "https://schema.org/Monday"}, ["02", "09", "16", "23", "30"]),
        ({"byDay": ["https://schema.org/Monday", "http://schema.org/Friday"], "endDate": "2026-11-09"}, ["02", "06", "09"]),
        ({"byDay": "Monday", "endDate": "2026-11-09"}, ["02", "09"]),
        ({"byDay": "MO", "endDate": "2026-11-09"}, ["02", "09"]),
        ({"byDay": "schema:Monday", "endDate": "2026-11-09"}, ["02", "09"]),
        ({"repeatFrequency": "P1M", "byDay": "2MO"}, ["09"]),
        ({"repeatFrequency": "P1M", "byDay": "-1MO"}, ["30"]),
        ({"repeatFrequency": "P1M", "byDay": None, "byMonthDay": [1, "15"]}, ["01", "15"]),
        ({"repeatFrequency": "P7D", "startDate": "2026-11-03", "byDay": None}, ["03", "10", "17", "24"]),
        ({"repeatFrequency": "P14D", "startDate": "2026-11-03", "byDay": None}, ["03", "17"]),
        ({"repeatFrequency": "P2W", "startDate": "2026-11-02"}, ["02", "16", "30"]),
        ({"repeatFrequency": "P1D", "startDate": "2026-11-01", "byDay": ["MO", "TU"], "repeatCount": 3}, ["02", "03", "09"]),
        ({"repeatCount": 2, "startDate": "2026-11-01"}, ["02", "09"]),
        ({"repeatCount": "2", "startDate": "2026-11-01"}, ["02", "09"]),
    ],
)  # fmt: skip
def test_schedules_by_hand(schedule: dict[str, Any], by_hand: list[str]) -> None:
    activity, found = read_one(eventSchedule={**WEEKLY, **schedule})
    assert november(activity) == [f"11-{on} 10:00-12:00" for on in by_hand]
    assert not found.problems


def test_public_holidays_among_the_days_are_told() -> None:
    activity, found = read_one(eventSchedule={**WEEKLY, "byDay": ["MO", "https://schema.org/PublicHolidays"]})
    assert len(november(activity)) == 5
    assert "0.byDay: has 'PublicHolidays' among its days; ask what that means" in said(found)


def test_a_rule_of_public_holidays_alone_meets_on_no_weekday() -> None:
    activity, found = read_one(
        eventSchedule={**WEEKLY, "startDate": "2026-11-03", "byDay": "https://schema.org/PublicHolidays"}
    )
    assert november(activity) == []
    assert "PublicHolidays" in said(found)


@pytest.mark.parametrize(
    ("lasts", "end"), [("PT2H", "12:00"), ("PT90M", "11:30"), ("PT1H30M", "11:30"), ("soms", "10:00"), (None, "10:00")]
)
def test_a_duration_stands_for_an_end(lasts: str | None, end: str) -> None:
    activity, _ = read_one(eventSchedule={**WEEKLY, "endTime": None, "duration": lasts})
    assert november(activity)[0] == f"11-02 10:00-{end}"


@pytest.mark.parametrize(
    "schedule", [{"repeatFrequency": "vaak"}, {"startTime": None}, {"startTime": "25:00"}, {"repeatCount": 0}]
)
def test_a_schedule_that_cannot_be_followed_is_told_and_the_rest_is_kept(schedule: dict[str, Any]) -> None:
    activity, found = read_one(eventSchedule=[{**WEEKLY, **schedule}, {**WEEKLY, "byDay": "TU"}])
    assert [on[:5] for on in november(activity)] == ["11-03", "11-10", "11-17", "11-24"]
    assert [problem.path for problem in found.problems] == ["0.eventSchedule.0"]


@pytest.mark.parametrize(
    "rubbish", ["[", "NaN", "{}", "[]", "3", '"x"', "[3, null]", '{"items": 3}', '{"items": [3, {}, null]}']
)
def test_what_is_no_feed_is_a_problem(rubbish: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(rubbish)
    found = openactive.read(path)
    assert found.problems
    assert not found.activities


def test_an_item_without_a_name_or_data_is_told() -> None:
    found = openactive.read(page(item({"@type": "SessionSeries"}), item(None, key="leeg"), item(SERIES, key="goed")))
    assert names(found) == ["Koor"]
    assert [problem.path for problem in found.problems] == ["1", "0"]


def test_a_person_in_an_old_item_is_a_person() -> None:
    old = {"type": "Event", "id": f"{AT}oud", "name": "Koor", "organizer": {"type": "Person", "name": "Jan Doe"}}
    found = openactive.read(page(item(old)))
    assert names(found) == ["Koor"]
    assert "Doe" not in str(found)
