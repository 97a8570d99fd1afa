"""HSDS and Open Referral UK: nothing is guessed from sentences, persons are not read, one bad item never ends it."""

from __future__ import annotations

import json
import os
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from wor_match.catalogue.importers import hsds
from wor_match.domain.schedule import ZONE

DATA = Path(__file__).parent.parent / "data"
ONE = {"id": "7", "name": "Koor", "status": "active"}
WEEKLY = {"freq": "WEEKLY", "byday": "MO", "opens_at": "10:00", "closes_at": "12:00"}


def sample() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / "hsds-inloop.json").read_text(encoding="utf-8"))
    return found


def imported(value: Any, **options: Any) -> hsds.Imported:
    return hsds.read(json.dumps(value), **options)


def codes(found: hsds.Imported) -> set[str]:
    return {problem.code for problem in found.problems}


def days(activity: wm.Activity, first: date, last: date) -> list[date]:
    assert activity.schedule is not None
    window = (datetime(one.year, one.month, one.day, tzinfo=ZONE) for one in (first, last + timedelta(days=1)))
    return [one.start.date() for one in activity.schedule.occurrences(*window)]


def of_schedules(*rows: Any, **options: Any) -> tuple[wm.Activity, hsds.Imported]:
    found = imported({**ONE, "schedules": list(rows)}, **options)
    return found.activities[0], found


def test_a_whole_service_comes_along() -> None:
    (activity,) = imported(sample()).activities
    assert activity.id == "hsds-inloop-1"
    assert activity.terms == ("wandelen",)
    assert activity.languages == ("nl", "tr")
    assert (activity.audience.min_age, activity.audience.max_age) == (18, 99)
    assert activity.place is not None
    assert (activity.place.street, activity.place.postcode, activity.place.latitude) == ("Lindelaan 3", "3431 AB", None)
    assert (activity.places.total, activity.places.free, activity.places.as_of) == (12, 3, date(2026, 11, 1))
    assert activity.checked_on == date(2026, 10, 30)
    assert activity.source is not None
    assert (activity.source.as_of, activity.source.licence) == (date(2026, 11, 2), None)


def test_sentences_are_kept_for_the_coach_and_no_number_is_guessed() -> None:
    (activity,) = imported(sample()).activities
    assert activity.summary.splitlines() == [
        "Koffie en spelletjes . Bel Truus op .",
        "Voor wie, volgens de bron: Voor iedereen uit de wijk.",
        "Kosten, volgens de bron: De koffie kost een euro.",
        "Wachttijd, volgens de bron: Geen wachttijd",
        "Aanmelden, volgens de bron: U kunt zo binnenlopen.",
        "Tolk, volgens de bron: Er is een tolk Turks.",
        "Toegankelijkheid, volgens de bron: Er is een ringleiding. Vraag ernaar.",
    ]
    assert not activity.access
    assert activity.entry == wm.Activity(id="a", name="a", terms=[]).entry


def test_the_sentences_stay_when_the_description_is_too_long() -> None:
    (activity,) = imported({**sample(), "description": "lang " * 4_000}).activities
    assert len(activity.summary) <= 4_000
    assert activity.summary.endswith("Vraag ernaar.")


def test_persons_are_never_kept() -> None:
    found = imported(sample())
    told = "".join(one.model_dump_json() for one in (*found.activities, *found.organisers))
    told += "".join(map(str, found.problems))
    assert "Verzonnen" not in told
    assert "truus.verzonnen" not in told
    assert "99999999" not in told
    assert "Postbus" not in told


def test_the_organiser_gets_the_first_number_that_can_be_used() -> None:
    (organiser,) = imported(sample()).organisers
    assert organiser.phone == "030 000 00 02"
    assert (organiser.email, organiser.website) == ("info@linde.voorbeeld.nl", "https://linde.voorbeeld.nl")
    own = {**sample()["organization"], "phones": [{"number": "bel maar"}, {"number": "030 000 00 09"}]}
    (organiser,) = imported({**sample(), "organization": own}).organisers
    assert organiser.phone == "030 000 00 09"
    persons = [{"number": "06 99999999", "contact_id": "c1"}]
    (organiser,) = imported({**sample(), "phones": persons}).organisers
    assert organiser.phone is None


def test_first_saturdays_of_the_month() -> None:
    (activity,) = imported(sample()).activities
    found = [on for on in days(activity, date(2026, 7, 1), date(2026, 11, 30)) if on.weekday() == 5]
    assert found == [date(2026, 7, 4), date(2026, 8, 1), date(2026, 9, 5), date(2026, 10, 3), date(2026, 11, 7)]


def test_a_time_in_z_is_wall_time_unless_asked_otherwise_and_told_once() -> None:
    (activity,) = imported(sample()).activities
    assert activity.schedule is not None
    assert {row.slot for row in activity.schedule.weekly} == {("09:00", "11:30")}
    said = [problem for problem in imported(sample()).problems if "09:00Z" in problem.sentence]
    assert len(said) == 1
    summer = {**WEEKLY, "dtstart": "2026-06-01", "until": "2026-08-31", "opens_at": "09:00Z", "closes_at": "10:00Z"}
    activity, found = of_schedules(summer, times_in_z="utc")
    assert activity.schedule is not None
    assert {row.slot for row in activity.schedule.weekly} == {("11:00", "12:00")}
    assert not found.problems
    with pytest.raises(wm.CatalogueError, match="'wall' or 'utc'"):
        hsds.read("{}", times_in_z="zulu")


def test_valid_to_says_stale_and_never_ends_a_rule() -> None:
    (activity,) = imported(sample()).activities
    assert activity.schedule is not None
    assert {row.until for row in activity.schedule.weekly} == {None}
    assert any("holds until 2026-06-30 by its own word" in one.sentence for one in imported(sample()).problems)


def test_equal_rows_count_once_and_those_of_the_service_beat_those_of_its_places() -> None:
    (activity,) = imported(sample()).activities
    assert activity.schedule is not None
    assert [row.day for row in activity.schedule.weekly] == ["di", "do"]
    at = {"id": "x", "schedules": [{**WEEKLY, "byday": "FR"}], "location": {"schedules": [{**WEEKLY, "byday": "SU"}]}}
    for own, expected in (([WEEKLY], "ma"), ([], "vr")):
        found = imported({**ONE, "schedules": own, "service_at_locations": [at]})
        schedule = found.activities[0].schedule
        assert schedule is not None
        assert [row.day for row in schedule.weekly] == [expected]
        assert any("other times at its locations" in one.sentence for one in found.problems)


def test_contradictions_are_named() -> None:
    row = {**WEEKLY, "dtstart": "2026-01-05", "until": "2026-01-05", "count": 3, "byweekno": "41", "byyearday": "2"}
    activity, found = of_schedules({**row, "bymonthday": "3", "wkst": "XX"})
    assert [problem.path for problem in found.problems] == [
        f"0.schedules.0.{field}"
        for field in ("until", "until", "bymonthday", "byyearday", "byweekno", "wkst", "schedule")
    ]
    assert days(activity, date(2026, 1, 1), date(2026, 12, 31)) == [date(2026, 1, 5)]
    assert any("no point on the earth" in problem.sentence for problem in imported(sample()).problems)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"freq": "WEEKLY", "interval": "2", "byday": "MO", "dtstart": "2026-01-05"}, [5, 19]),
        ({"freq": "DAILY", "interval": 10, "dtstart": "2026-01-01"}, [1, 11, 21, 31]),
        ({"freq": "MONTHLY", "bymonthday": "-1,5", "dtstart": "2026-01-01", "until": "20260131T000000Z"}, [5, 31]),
        ({"freq": "MONTHLY", "byday": "-1FR"}, [30]),
        ({"freq": "YEARLY", "byday": "WE", "byweekno": ",".join(map(str, range(1, 54, 2)))}, [14, 28]),
        ({"freq": "YEARLY", "byday": "WE", "byweekno": ",".join(map(str, range(2, 54, 2)))}, [7, 21]),
        ({"freq": "weekly", "byday": ["TU", "+TH"], "count": "3", "dtstart": "2026-01-06"}, [6, 8, 13]),
        ({"dtstart": "2026-01-09"}, [9]),
        ({"byday": "SA"}, [3, 10, 17, 24, 31]),
    ],
)
def test_rules_meet_on_these_days_of_january(row: dict[str, Any], expected: list[int]) -> None:
    activity, _ = of_schedules({"opens_at": "10:00", "closes_at": "12:00", **row})
    assert [on.day for on in days(activity, date(2026, 1, 1), date(2026, 1, 31))] == expected


@pytest.mark.parametrize(
    "row",
    [
        {"freq": "HOURLY"},
        {"freq": "WEEKLY", "byday": "MO,XX"},
        {"freq": "WEEKLY", "byday": "MO", "opens_at": "half tien"},
        {"freq": "YEARLY", "byday": "MO", "byweekno": "1,2"},
        {"freq": "DAILY", "byyearday": "1"},
        {"freq": "WEEKLY", "interval": 0, "byday": "MO"},
        {"freq": "WEEKLY", "byday": ",".join(["MO"] * 100_000)},
        {"freq": "MONTHLY", "dtstart": "2026-02-30"},
        {},
    ],
)
def test_a_row_that_cannot_be_followed_is_told_and_its_words_are_kept(row: dict[str, Any]) -> None:
    activity, found = of_schedules({"opens_at": "10:00", "description": "Soms op maandag", **row})
    assert activity.schedule is None
    assert found.problems
    assert activity.summary == "Tijden, volgens de bron: Soms op maandag"


def test_what_a_row_says_in_words_stands_below_the_summary() -> None:
    activity, found = of_schedules({**WEEKLY, "notes": "Niet in de zomer."})
    assert activity.summary == "Tijden, volgens de bron: Niet in de zomer."
    assert codes(found) == {"in-words"}


@pytest.mark.parametrize(
    ("told", "per"),
    [
        ({"amount": 2}, "time"),
        ({"amount": "2.00", "amount_description": "per 1 hour session"}, "time"),
        ({"amount": 2, "option": "Per les"}, "time"),
        ({"amount": 2, "amount_description": "per maand"}, "month"),
        ({"amount": 2, "option": "Leden", "amount_description": "per keer"}, None),
        ({"amount": 2, "amount_description": "per keer, met maaltijd"}, None),
        ({"amount": 2, "currency": "USD"}, None),
        ({"amount": None}, None),
        ({"amount": -2}, None),
    ],
)
def test_a_price_is_read_only_when_its_period_and_condition_are_sure(told: dict[str, Any], per: str | None) -> None:
    found = imported({**ONE, "cost_options": [{"currency": "EUR", **told}]})
    assert [(row.euro, row.per) for row in found.activities[0].price] == ([(2.0, per)] if per else [])
    assert bool(found.problems) == (per is None)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("active", "open"),
        ("inactive", "paused"),
        ("Temporarily Closed", "paused"),
        ("defunct", "closed"),
        ("?", "open"),
    ],
)
def test_the_status(told: str, status: str) -> None:
    found = imported({**ONE, "status": told})
    assert found.activities[0].status == status
    assert bool(found.problems) == (told == "?")


def test_ages_that_exclude_each_other_and_an_impossible_check_are_told() -> None:
    found = imported({**ONE, "minimum_age": 60, "maximum_age": 50, "assured_date": "1789-07-14"})
    assert found.activities[0].audience == wm.Activity(id="a", name="a", terms=[]).audience
    assert found.activities[0].checked_on is None
    assert len(found.problems) == 2


def test_a_service_at_several_places_is_an_activity_at_each() -> None:
    places = [
        {"id": f"sl{n}", "location": {"id": f"plek-{n}", "name": f"Zaal {n}", "latitude": 52.0 + n, "longitude": 5}}
        for n in (1, 2)
    ]
    online = {"id": "sl3", "location": {"id": "scherm", "location_type": "virtual"}}
    nameless = {"location": {"name": "Ergens"}}
    found = imported({**ONE, "service_at_locations": [*places, online, nameless]})
    assert [one.id for one in found.activities] == ["hsds-7-plek-1", "hsds-7-plek-2", "hsds-7-scherm"]
    assert [one.place.online for one in found.activities if one.place] == [False, False, True]
    assert len(found.problems) == 1
    (alone,) = imported({**ONE, "service_at_locations": places[:1]}).activities
    assert alone.id == "hsds-7"


def test_pages_lists_and_a_licence() -> None:
    other = {**ONE, "id": "8"}
    for value in ([ONE, other], {"services": [ONE, other]}, {"contents": [ONE, other]}, {"items": [ONE, other]}):
        found = imported(value, licence="CC BY 4.0")
        assert [one.id for one in found.activities] == ["hsds-7", "hsds-8"]
        assert {one.source.licence for one in found.activities if one.source} == {"CC BY 4.0"}
        assert not found.problems


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ({"total_items": 31, "total_pages": 1, "size": 31}, True),
        ({"total_items": 31}, True),
        ({"total_items": 2}, False),
        ({"total_items": 200, "total_pages": 100, "size": 2}, False),
        ({"total_items": 200, "total_pages": 10, "size": 50}, False),
        ({"total_items": 1, "size": 1}, True),
        ({"total_items": "veel", "total_pages": [], "size": {}}, False),
    ],
)
def test_a_page_that_counts_wrong_is_one_problem(page: dict[str, Any], told: bool) -> None:
    found = imported({**page, "contents": [ONE, {**ONE, "id": "8"}]})
    assert [(problem.code, problem.severity) for problem in found.problems] == [("count", "warning")] * told


def test_one_id_128_times_is_one_activity_and_127_problems() -> None:
    found = imported({"total_items": 31, "contents": [ONE] * 128})
    assert len(found.activities) == 1
    assert [problem.code for problem in found.problems] == ["count", *["duplicate-id"] * 127]


def test_one_bad_item_never_ends_the_reading() -> None:
    bad = [None, 3, "x", [], {}, {"id": "1"}, {**ONE, "id": ""}, {**ONE, "id": {}}, {**ONE, "name": ["x"]}]
    found = imported([*bad, ONE])
    assert [one.id for one in found.activities] == ["hsds-7"]
    assert [problem.path for problem in found.problems] == [str(number) for number in range(len(bad))]


@pytest.mark.parametrize(
    "rubbish",
    ["[", "NaN", '{"id":"1","id":"2"}', "PK\x03\x04", "[" * 100_000, "{}", "[]", "3", '{"name": ' + "9" * 5_000 + "}"],
)
def test_a_file_of_another_kind_is_a_problem(rubbish: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(rubbish)
    found = hsds.read(path)
    assert found.problems
    assert not found.activities


def test_a_line_of_ten_million_characters_is_read_or_told(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps({**ONE, "name": "<" * 4_000_000, "description": "9" * 4_000_000}))
    assert hsds.read(path).activities
    path.write_text("x" * 10_000_001)
    assert [problem.code for problem in hsds.read(path).problems] == ["too-large"]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-10, 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "2026-01-05", "WEEKLY", "10:00Z", "1SA", "-1"])
    | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "name", "schedules", "location", "freq", "opens_at", "amount"]), inner)
    ),
    max_leaves=6,
)


def places_in(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for name, part in parts for found in ((*place, name), *places_in(part, (*place, name)))]


@given(st.sampled_from(places_in(sample())), JSON)
def test_any_wrong_type_in_any_field_is_told_and_never_raised(place: tuple[Any, ...], wrong: Any) -> None:
    item = sample()
    inner = item
    for part in place[:-1]:
        inner = inner[part]
    inner[place[-1]] = wrong
    found = imported(item)
    assert found.activities or found.problems
    assert imported(item, times_in_z="utc").activities or found.problems


TABLES = {
    "services": "id,name,status,organization_id,minimum_age\n1,Koor,active,o1,18\n2,Kaarten,inactive,o9,\n",
    "organizations": "id,name,website\no1,De Linde,https://linde.voorbeeld.nl\n",
    "locations": "id,name,latitude,longitude\np1,Zaal,52.03,5.09\n",
    "service_at_locations": "id,service_id,location_id\nsl1,1,p1\nsl2,2,p9\nsl3,9,p1\n",
    "addresses": "id,location_id,attention,address_1,postal_code,country\na1,p1,T. Verzonnen,Laan 3,3431,NL\n",
    "accessibility": "id,location_id,description\nx1,p1,Geen drempels.\n",
    "schedules": 'id,service_at_location_id,freq,byday,opens_at,closes_at\ns1,sl1,WEEKLY,"MO,WE",10:00,12:00\n'
    "s2,sl9,WEEKLY,MO,10:00,12:00\n",
    "cost_options": "id,service_id,amount,currency\nc1,1,3.5,EUR\n",
    "languages": "id,service_id,phone_id,code\nl1,1,,nl\nl2,,t1,tr\n",
    "phones": "id,organization_id,contact_id,number\nt2,o1,c1,06 99999999\nt1,o1,,030 000 00 02\nt3,o9,c1,06 99999999\n",
    "contacts": "id,name\nc1,Truus Verzonnen\n",
    "attributes": "id,link_id,taxonomy_term_id\nb1,1,w1\nb2,1,w9\nb3,9,w1\n",
    "taxonomy_terms": "id,code,name\nw1,W,Zingen in een koor\n",
}


def folder(path: Path, **changed: str) -> Path:
    for name, text in {**TABLES, **changed}.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def test_tables_are_joined_and_rows_that_point_nowhere_are_told(tmp_path: Path) -> None:
    found = hsds.read(folder(tmp_path))
    koor, kaarten = found.activities
    assert (koor.id, koor.audience.min_age, koor.languages, koor.organiser) == ("hsds-1", 18, ("nl",), "hsds-o1")
    assert koor.place is not None
    assert (koor.place.street, koor.place.postcode, koor.place.latitude) == ("Laan 3", "3431", 52.03)
    assert koor.schedule is not None
    assert [row.day for row in koor.schedule.weekly] == ["ma", "wo"]
    assert [row.euro for row in koor.price] == [3.5]
    assert koor.summary == "Toegankelijkheid, volgens de bron: Geen drempels."
    assert (kaarten.status, kaarten.place, kaarten.organiser) == ("paused", None, None)
    assert [one.phone for one in found.organisers] == ["030 000 00 02"]
    nowhere = {problem.path for problem in found.problems if problem.code == "points-nowhere"}
    assert nowhere == {"s2", "b2", "b3", "sl2", "sl3", "2"}  # and not t3, which is a person's
    assert "Verzonnen" not in repr(found)
    assert "99999999" not in repr(found)


def test_tables_make_what_the_json_makes(tmp_path: Path) -> None:
    nested = {
        **{"id": "1", "name": "Koor", "status": "active", "minimum_age": 18},
        "organization": {"id": "o1", "name": "De Linde", "website": "https://linde.voorbeeld.nl"},
        "schedules": [],
        "cost_options": [{"amount": 3.5, "currency": "EUR"}],
        "languages": [{"code": "nl"}],
        "attributes": [{"taxonomy_term": {"code": "W", "name": "Zingen in een koor"}}],
        "service_at_locations": [
            {
                "schedules": [{**WEEKLY, "byday": "MO,WE"}],
                "location": {
                    "name": "Zaal",
                    "latitude": 52.03,
                    "longitude": 5.09,
                    "addresses": [{"address_1": "Laan 3", "postal_code": "3431", "country": "NL"}],
                    "accessibility": [{"description": "Geen drempels."}],
                },
            }
        ],
    }
    assert hsds.read(folder(tmp_path)).activities[0] == imported(nested).activities[0]
    paths = sorted(tmp_path.glob("*.csv"), reverse=True)
    assert hsds.read(paths).activities == hsds.read(tmp_path).activities


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("id,name\n1,K\0or\n", "no-table"),
        ('id,name\n1,"Koor\n', "no-table"),
        ("id,id\n1,2\n", "no-table"),
        ("name\nKoor\n", "no-table"),
        ("id,name\n1,Koor,te veel\n", "left-out"),
        ("id,name\n1," + "x" * 200_000 + "\n", "no-table"),
        ("PK\x03\x04", "other-file"),
        ("", "no-table"),
    ],
)
def test_a_table_that_is_none_is_told(text: str, code: str, tmp_path: Path) -> None:
    found = hsds.read(folder(tmp_path, services=text))
    assert code in codes(found)
    assert not found.activities


def test_columns_named_like_tables_and_repeated_rows_do_no_harm(tmp_path: Path) -> None:
    found = hsds.read(
        folder(
            tmp_path,
            services="id;name;status;schedules;organization\n1;Koor;active;altijd;Truus\n1;Koor 2;active;;\n",
            locations="id,name,addresses\np1,Zaal,hier\np1,Nog een zaal,daar\n",
        )
    )
    assert [one.name for one in found.activities] == ["Koor"]
    assert found.activities[0].place is not None
    assert found.activities[0].place.name == "Zaal"
    assert [problem.code for problem in found.problems].count("duplicate-id") == 2


def test_links_out_of_a_folder_are_refused(tmp_path: Path) -> None:
    outside, inside = tmp_path / "buiten.csv", tmp_path / "map"
    outside.write_text(TABLES["services"], encoding="utf-8")
    inside.mkdir()
    os.symlink(outside, inside / "services.csv")
    os.symlink(inside / "cirkel.csv", inside / "cirkel.csv")
    (inside / "locations.csv").write_text(TABLES["locations"], encoding="utf-8")
    found = hsds.read(inside)
    assert not found.activities
    assert [Path(problem.file).name for problem in found.problems if problem.code == "link"] == [
        "cirkel.csv",
        "services.csv",
    ]
    assert "services.csv is not among them" in str(found.problems[-1])
    empty = tmp_path / "leeg"
    empty.mkdir()
    assert codes(hsds.read(empty)) == {"no-feed"}


def test_an_imported_service_gives_advice() -> None:
    found = imported(sample())
    catalogue = wm.Catalogue(id="x", name="x", activities=found.activities, organisers=found.organisers)
    (suggestion,) = wm.Matcher(catalogue).recommend(wm.Participant(id="p1"), at=date(2026, 11, 23))
    assert suggestion.activity.id == "hsds-inloop-1"
