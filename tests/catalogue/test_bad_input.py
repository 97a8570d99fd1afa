"""Every importer against what is broken, hostile or enormous: told item by item, never raised, nothing fetched."""

from __future__ import annotations

import copy
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wor_match as wm
from wor_match.catalogue.importers import FORMATS, Imported, hsds, icalendar, openactive, schema_org, table, uitdatabank
from wor_match.domain.limits import Limits

CHOIR = wm.Activity(id="koor", name="Koor", terms=["zingen"])
pytestmark = pytest.mark.usefixtures("offline")


def on_calendar(source: Any, **limits: Any) -> Imported:
    return icalendar.read(source, activity=CHOIR, **limits)


@dataclass(frozen=True)
class Form:
    """One way in: how it reads, one sound item of it by number and day, and how items stand in a file."""

    read: Callable[..., Imported]
    item: Callable[[int, str], Any]
    whole: Callable[[Iterable[Any]], str]
    name: str


def lines(items: Iterable[Any]) -> str:
    return "[" + ",".join(json.dumps(one) for one in items) + "]"


def uit(number: int, day: str = "2026-11-03") -> dict[str, Any]:
    moment = {"startDate": f"{day}T10:00:00+01:00", "endDate": f"{day}T12:00:00+01:00"}
    return {
        "@id": f"https://x.test/event/{number}",
        "name": {"nl": f"Koor {number}"},
        "description": {"nl": "Samen zingen in het buurthuis, ook voor wie geen noten leest. " * 3},
        "calendarType": "multiple",
        "subEvent": [moment],
        "terms": [{"id": "0.7.0.0.0", "label": "Begeleide rondleiding", "domain": "eventtype"}],
        "location": {"name": {"nl": "De Linde"}, "address": {"nl": {"addressCountry": "NL", "postalCode": "3431 AB"}}},
        "organizer": {
            "@id": "https://x.test/o/1",
            "name": {"nl": "De Linde"},
            "contactPoint": {"phone": ["030 000 00 02"]},
        },
        "typicalAgeRange": "18-",
        "priceInfo": [{"category": "base", "price": 2.5, "priceCurrency": "EUR"}],
        "audience": {"audienceType": "everyone"},
        "bookingAvailability": {"type": "Available", "capacity": 12, "remainingCapacity": 3},
        "modified": "2026-11-01T10:00:00+01:00",
    }


def event(number: int, day: str = "2026-11-03") -> dict[str, Any]:
    return {
        "@context": "https://schema.org/",
        "@type": "SportsEvent",
        "@id": f"https://x.test/event/{number}",
        "name": f"Koor {number}",
        "description": "Samen zingen in het buurthuis, ook voor wie geen noten leest. " * 3,
        "activity": [{"@type": "Concept", "prefLabel": "Running"}],
        "organizer": {"@type": "Organization", "name": "De Linde", "telephone": "030 000 00 02"},
        "location": {"@type": "Place", "name": "De Linde", "geo": {"latitude": 52.03, "longitude": 5.09}},
        "offers": [{"@type": "Offer", "price": "2.50", "priceCurrency": "EUR"}],
        "ageRange": {"minValue": 18},
        "genderRestriction": "https://openactive.io/NoRestriction",
        "eventSchedule": [
            {
                "repeatFrequency": "P1W",
                "byDay": ["https://schema.org/Tuesday"],
                "startTime": "10:00",
                "endTime": "12:00",
            }
        ],
        "subEvent": [{"startDate": f"{day}T19:00:00+01:00", "endDate": f"{day}T20:00:00+01:00"}],
        "remainingAttendeeCapacity": 3,
        "modified": "2026-11-01T10:00:00+01:00",
    }


def service(number: int, day: str = "2026-11-03") -> dict[str, Any]:
    return {
        "id": f"s{number}",
        "name": f"Koor {number}",
        "status": "active",
        "description": "Samen zingen in het buurthuis, ook voor wie geen noten leest. " * 3,
        "minimum_age": 18,
        "organization": {"id": "o1", "name": "De Linde", "website": "https://linde.test"},
        "schedules": [{"freq": "WEEKLY", "byday": "TU", "dtstart": day, "opens_at": "10:00", "closes_at": "12:00"}],
        "cost_options": [{"amount": 2.5, "currency": "EUR", "option": "per keer"}],
        "languages": [{"code": "nl"}],
    }


def row(number: int, day: str = "2026-11-03") -> str:
    text = "Samen zingen in het buurthuis, ook voor wie geen noten leest. " * 3
    return f"Koor {number};{text};zingen;De Linde;3431 AB;di 10:00-12:00;{day};2,50;18;ja"


def rows(items: Iterable[Any]) -> str:
    head = "naam;omschrijving;wat;aanbieder;postcode;wanneer;eerste dag;prijs;vanaf leeftijd;toilet"
    return "\n".join([head, *items, ""])


def session(number: int, day: str = "2026-11-03") -> str:
    on, hour = day.replace("-", ""), number % 200
    begin = f"{hour // 10 % 20:02d}{hour % 10 * 5:02d}"
    return "\r\n".join(
        [
            "BEGIN:VEVENT",
            f"UID:{number}@x.test",
            "SUMMARY:Koor",
            "DESCRIPTION:" + "Samen zingen in het buurthuis\\, ook voor wie geen noten leest. " * 7,
            f"DTSTART;TZID=Europe/Amsterdam:{on}T{begin}00",
            "DURATION:PT1H",
            "END:VEVENT",
        ]
    )


def calendar(items: Iterable[Any]) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *items, "END:VCALENDAR", ""])


def page(items: Iterable[Any]) -> str:
    blocks = (f'<p>Les</p><script type="application/ld+json">{json.dumps(one)}</script>' for one in items)
    return "\n".join(["<!doctype html><html><body>", *blocks, "</body></html>"])


def rpde(items: Iterable[Any]) -> str:
    told = ({"state": "updated", "kind": "Event", "id": one["@id"], "modified": 1, "data": one} for one in items)
    return '{"items":' + lines(told) + "}"


ALL = [
    Form(table.read, row, rows, "table"),
    Form(uitdatabank.read, uit, lines, "uitdatabank"),
    Form(openactive.read, event, rpde, "openactive"),
    Form(schema_org.read, event, page, "schema_org"),
    Form(hsds.read, service, lines, "hsds"),
    Form(on_calendar, session, calendar, "icalendar"),
]
JSON_FORMS = [one for one in ALL if one.name in ("uitdatabank", "openactive", "schema_org", "hsds")]
every = pytest.mark.parametrize("form", ALL, ids=lambda form: form.name)
every_json = pytest.mark.parametrize("form", JSON_FORMS, ids=lambda form: form.name)


def named(form: Form) -> str:
    return {"table": "x.csv", "icalendar": "x.ics", "schema_org": "x.html"}.get(form.name, "x.json")


def told_only(found: Imported) -> None:
    """Nothing came in, and it was said in a sentence of moderate length why."""
    assert found.activities == ()
    assert found.problems
    assert all(0 < len(problem.sentence) < 700 for problem in found.problems)


def test_every_importer_is_here() -> None:
    assert {form.name for form in ALL} == {*FORMATS, "icalendar"}


@every
def test_a_sound_item_comes_in_without_a_word(form: Form, tmp_path: Path) -> None:
    path = tmp_path / named(form)
    path.write_text(form.whole([form.item(1, "2026-11-03")]), encoding="utf-8")
    found = form.read(path)
    assert len(found.activities) == 1
    assert [str(one) for one in found.problems if one.code != "unknown-term"] == []


@every
@pytest.mark.parametrize("begins", ["", "[", '{"a": "', "<p>", "BEGIN:VCALENDAR\n", "naam\n", '"'])
def test_a_line_of_ten_megabytes_is_read_or_told(form: Form, begins: str, tmp_path: Path) -> None:
    path = tmp_path / named(form)
    for filling in ("x", '\\"', "<a ", "A:", "é"):
        path.write_text((begins + filling * 10_000_000)[: 10_000_000 // len(filling.encode())], encoding="utf-8")
        found = form.read(path)
        assert found.activities or found.problems
    path.write_text(begins + "x" * 10_000_001)
    assert [problem.code for problem in form.read(path).problems] == ["too-large"]


@every
@pytest.mark.parametrize(
    "text",
    [
        '{"a":' * 20_000 + "1" + "}" * 20_000,
        "[" * 1_000_000,
        '[{"a":' * 10_000,
        "BEGIN:X\n" * 20_000,
        "BEGIN:VEVENT\n" * 20_000,
        "<div>" * 20_000,
        '{"@graph":' * 60 + "[]" + "}" * 60,
        '{"a": 1, "a": 2}',
        '[{"x": {"@id": 1, "@id": 1}}]',
        "NaN",
        '{"a": Infinity}',
        '[-Infinity, {"name": NaN}]',
        "[1" + "0" * 5_000 + "]",
        '{"id": ' + "9" * 5_000 + ', "name": "x"}',
        '["\\ud800"]',
        "[" + "{}," * 99_999 + "{}]",
        "[" + "0," * 99_999 + "0]",
        "\0",
        "{",
        "[]",
        "null",
        '"',
        "\ufeff",
        " \n\t\n",
    ],
    ids=lambda text: repr(text[:12]) + str(len(text)),
)
def test_what_is_no_feed_is_told(form: Form, text: str, tmp_path: Path) -> None:
    path = tmp_path / named(form)
    path.write_text(text, encoding="utf-8")
    told_only(form.read(path))


@every
def test_no_file_another_kind_of_file_and_noise_are_told(form: Form, tmp_path: Path) -> None:
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("x.json", form.whole([form.item(1, "2026-11-03")]))
    dice = random.Random(7)
    for content in (b"", zipped.getvalue(), b"\xff", b"\x00" * 1_000, *(dice.randbytes(2_000) for _ in range(50))):
        path = tmp_path / named(form)
        path.write_bytes(content)
        told_only(form.read(path))
    folder = tmp_path / "leeg"
    folder.mkdir()
    for wrong in (folder, tmp_path / "weg.json", "weg/x.json", "x\0.json", "x" * 5_000, Path("x\0.json")):
        told_only(form.read(wrong))
    assert form.read([]).activities == ()


@every
def test_too_many_sources_are_told_and_the_sound_ones_are_read(form: Form, tmp_path: Path) -> None:
    path = tmp_path / named(form)
    path.write_text(form.whole([form.item(1, "2026-11-03")]), encoding="utf-8")
    found = form.read([tmp_path / "weg.json", path, *[tmp_path / "weg.json"] * 600])
    assert len(found.activities) == 1
    assert any(problem.code == "too-many-files" for problem in found.problems)


def test_a_link_that_leads_out_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.csv"
    secret.write_text("id,name,status\n1,Geheim,active\n")
    folder = tmp_path / "tabellen"
    folder.mkdir()
    (folder / "services.csv").symlink_to(secret)
    (folder / "phones.csv").symlink_to(folder / "phones.csv")
    found = hsds.read(folder)
    assert "Geheim" not in str(found.activities)
    assert sorted(problem.code for problem in found.problems) == ["link", "link"]


@pytest.mark.parametrize(
    "content", [b"", b"\x00", b"\xff\xfe", b"id,id\n", b"id,name\n" + b"x" * 9_000_000, b'id,name\n1,"x', b"PK\x03\x04", b"id\n" * 1_000]
)  # fmt: skip
def test_a_broken_table_in_a_folder_is_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "services.csv").write_bytes(content)
    told_only(hsds.read(tmp_path))


@every
@pytest.mark.parametrize("impossible", ["2026-02-30", "9999-99-99", "0000-00-00", "x"])
def test_one_impossible_day_among_400_costs_no_other(form: Form, impossible: str) -> None:
    items = [form.item(n, impossible if n == 200 else "2026-11-03") for n in range(400)]
    found = form.read(form.whole(items))
    assert any(
        "200" in str(problem.path) or problem.line == 202
        for problem in found.problems
        if problem.code != "unknown-term"
    )
    if form.name == "icalendar":
        schedule = found.activities[0].schedule
        assert schedule is not None
        assert len(schedule.dates) == len({session(n)[session(n).index("DTSTART") :] for n in range(400) if n != 200})
    else:
        assert len({one.name for one in found.activities} - {"Koor 200"}) == 399


@every
def test_one_id_128_times_is_one_activity(form: Form) -> None:
    found = form.read(form.whole([form.item(1, "2026-11-03")] * 128))
    assert len(found.activities) == 1
    told = sum(problem.code == "duplicate-id" for problem in found.problems)
    assert told == (0 if form.name in ("openactive", "icalendar") else 127)  # there a later copy takes the place


@pytest.mark.parametrize(
    ("n", "most"), [(10_001, 2_000), pytest.param(100_000, 20_000, marks=pytest.mark.nightly)], ids=["few", "many"]
)
@every_json
def test_items_are_counted_before_any_is_looked_at_and_no_more_are_kept_than_allowed(
    form: Form, n: int, most: int
) -> None:
    small = {"@type": "Event", "name": "x", "calendarType": "permanent"}
    items = [{**small, "id" if form.name == "hsds" else "@id": f"{number}"} for number in range(n)]
    refused = form.read(lines(items))
    assert refused.activities == ()
    assert [problem.code for problem in refused.problems] == ["too-many-components"]
    found = form.read(lines(items), limits=Limits(feed_components=n, activities=most))
    assert len(found.activities) == most
    assert any(f"at most {most}" in problem.sentence for problem in found.problems)


PARTS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**300)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(
        ["", "2026-01-05", "10:00", "P1W", "24:00", "-1", "https://x.test/#", "\ud800", "\u202e", "<b>", "MO"]
    )
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["@id", "@type", "name", "nl", "price", "startDate", "type", "id"]), inner)
    ),
    max_leaves=5,
)


def places_in(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(deeper for name, part in parts for deeper in places_in(part, (*place, name)))]


def put(value: Any, place: tuple[Any, ...], part: Any) -> Any:
    if not place:
        return part
    changed = copy.deepcopy(value)
    inner = changed
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = part
    return changed


@every_json
@settings(max_examples=250)
@given(data=st.data())
def test_any_value_in_any_field_is_told_and_never_raised(form: Form, data: st.DataObject) -> None:
    item = form.item(1, "2026-11-03")
    broken = put(item, data.draw(st.sampled_from(places_in(item))), data.draw(PARTS))
    found = form.read(lines([broken, form.item(2, "2026-11-03")]))
    assert "Koor 2" in [one.name for one in found.activities]
    passed_over = form.name == "schema_org" and not list(schema_org.events_below(broken))  # a page may hold anything
    assert len(found.activities) == 2 or found.problems or passed_over
    assert not any("\ud800" in one.model_dump_json() for one in found.activities)
    str(found.problems).encode()


@given(data=st.data())
def test_any_text_in_any_cell_is_told_and_never_raised(data: st.DataObject) -> None:
    cells = row(1).split(";")
    cells[data.draw(st.integers(0, len(cells) - 1))] = '"' + data.draw(st.text(max_size=30)).replace('"', '""') + '"'
    found = table.read(rows([";".join(cells), row(2)]).encode("utf-8", "replace").decode())
    assert "Koor 2" in [one.name for one in found.activities]
    assert len(found.activities) >= 2 or found.problems


@given(data=st.data())
def test_any_line_in_a_calendar_is_told_and_never_raised(data: st.DataObject) -> None:
    told = session(1).split("\r\n")
    name = data.draw(
        st.sampled_from(["DTSTART", "DTEND", "RRULE", "EXDATE", "RDATE", "DURATION", "UID", "SEQUENCE", ""])
    )
    told.insert(
        data.draw(st.integers(1, len(told) - 1)),
        name + data.draw(st.sampled_from([":", ";", ""])) + data.draw(st.text(max_size=20)),
    )
    found = on_calendar(calendar(["\r\n".join(told), session(2)]))
    assert found.activities or found.problems


@every_json
@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('"x": 1, "x": 2', "has the key 'x' twice"),
        ('"x": NaN', "holds NaN"),
        ('"x": -Infinity', "holds -Infinity"),
        ('"x": ' + "9" * 5_000, "a number too long"),
        ('"x": ' + "[" * 70 + "]" * 70, "nested more than 64 deep"),
    ],
    ids=lambda told: told[:12],
)
def test_json_that_others_let_pass_is_refused(form: Form, more: str, said: str) -> None:
    sound = json.dumps(form.item(1, "2026-11-03"))
    found = form.read(f"[{sound[:-1]}, {more}}}]")
    assert found.activities == ()
    assert [problem.code for problem in found.problems] == ["too-deep" if "nested" in said else "no-json"]
    assert said in found.problems[0].sentence


@every_json
@pytest.mark.parametrize("number", ["1e999", "-1e999", "1" + "0" * 4_000])
def test_a_number_beyond_all_bounds_is_left_out(form: Form, number: str) -> None:
    field = {"uitdatabank": "typicalAgeRange", "hsds": "minimum_age"}.get(form.name, "ageRange")
    item = {**form.item(1, "2026-11-03"), field: 0}
    found = form.read("[" + json.dumps(item).replace(f'"{field}": 0', f'"{field}": {number}') + "]")
    for one in found.activities:
        assert "inf" not in str(one.audience).lower()
    assert found.problems
