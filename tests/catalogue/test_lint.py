"""Lint says what cannot be read, and what in a readable offer is missing, old, double, far away or hard to read."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import wor_match as wm
from wor_match.catalogue.checks import suspicions_of
from wor_match.catalogue.files import example_names
from wor_match.catalogue.lint import as_text, exit_status
from wor_match.cli import main

AT = date(2026, 11, 23)
LINDE = {"id": "de-linde", "name": "De Linde", "phone": "030 000 00 02"}
SOUND = {
    "id": "koor",
    "name": "Koor",
    "terms": ["zingen"],
    "summary": "We zingen samen.",
    "organiser": "de-linde",
    "place": {"postcode": "3431"},
    "schedule": {"weekly": [{"day": "di", "start": "10:00", "end": "12:00"}]},
    "price": [{"euro": 2, "per": "time"}],
    "access": {"toilet": True},
    "checked_on": "2026-11-01",
}


def offer(*activities: dict[str, Any], **head: Any) -> wm.Catalogue:
    told = {"id": "x", "name": "X", "organisers": [LINDE], "activities": [dict(one) for one in activities], **head}
    return wm.Catalogue.model_validate(told)


def codes(*activities: dict[str, Any], at: date | None = AT, **head: Any) -> list[tuple[str | None, str, str]]:
    found = suspicions_of(offer(*activities, **head), at)
    return sorted(((one.activity, one.field, one.code) for one in found), key=str)


def test_a_sound_activity_has_nothing_to_say() -> None:
    assert codes(SOUND) == []


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"price": []}, "price", "price-unknown"),
        ({"access": {"toilet": None}}, "access", "access-unknown"),
        ({"place": None}, "place", "no-place"),
        ({"schedule": None}, "schedule", "time-unknown"),
        ({"terms": []}, "terms", "serves-nothing"),
        ({"organiser": None}, "organiser", "unreachable"),
        ({"checked_on": None}, "status", "never-checked"),
        ({"summary": "Wij zingen elke week met heel veel plezier samen de mooiste liedjes uit alle landen."}, "summary", "long-sentence"),
        ({"name": "K\u043eor"}, "name", "mixed-script"),
        ({"id": "zingen"}, "id", "id-clash"),
        ({"id": "de-linde"}, "id", "id-clash"),
        ({"schedule": {"dates": [{"date": "2026-11-22", "start": "10:00", "end": "11:00"}]}}, "schedule", "no-session"),
        ({"schedule": {"monthly": [{"date": 31, "start": "10:00", "end": "11:00"}]}}, "schedule.monthly.0", "rare"),
        ({"schedule": {"monthly": [{"day": "di", "nth": 5, "start": "10:00", "end": "11:00"}]}}, "schedule.monthly.0", "rare"),
    ],
)  # fmt: skip
def test_each_lack_is_one_finding_at_its_field(changed: dict[str, Any], field: str, code: str) -> None:
    told = {**SOUND, **changed}
    assert codes({name: part for name, part in told.items() if part is not None}) == [(told["id"], field, code)]


def test_the_31st_and_the_fifth_tuesday_come_with_their_count() -> None:
    told = {**SOUND, "schedule": {"monthly": [{"day": "di", "nth": 5, "start": "10:00", "end": "11:00"}]}}
    (finding,) = (one for one in suspicions_of(offer(told), date(2026, 1, 1)) if one.code == "rare")
    assert "holds on 4 days in the year" in finding.sentence, "four fifth Tuesdays in 2026"


def at_age(days: int) -> date:
    return date(2026, 3, 1) + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "fields"),
    [
        (28, []),
        (29, ["places.free"]),
        (92, ["places.free"]),
        (93, ["places.free", "status"]),
        (183, ["places.free", "status"]),
        (184, ["places.free", "schedule", "status"]),
    ],
)
def test_free_places_are_old_after_four_weeks_the_status_after_three_months_the_rest_after_six(
    days: int, fields: list[str]
) -> None:
    told = {**SOUND, "checked_on": "2026-03-01", "places": {"free": 2, "as_of": "2026-03-01"}}
    assert [field for _, field, code in codes(told, at=at_age(days)) if code == "stale"] == fields


def test_a_field_that_was_asked_alone_is_not_old() -> None:
    told = {**SOUND, "checked_on": "2026-01-01", "rechecked": {"status": "2026-11-01", "price": "2026-11-01"}}
    (finding,) = suspicions_of(offer(told), AT)
    assert (finding.code, finding.field) == ("stale", "schedule")
    assert "price" not in finding.sentence


def test_without_a_day_nothing_is_called_old_or_over() -> None:
    told = {
        **SOUND,
        "checked_on": "2001-01-01",
        "schedule": {"dates": [{"date": "2001-01-01", "start": "10:00", "end": "11:00"}]},
    }
    assert codes(told, at=None) == []


@pytest.mark.parametrize(
    ("organiser", "entry", "reached"),
    [
        ({"phone": "030 000 00 02"}, {}, True),
        ({"email": "info@linde.example"}, {}, True),
        ({"website": "https://linde.example"}, {}, True),
        ({}, {}, False),
        ({}, {"kind": "drop_in"}, True),
        ({}, {"sign_up": ["walk_in"]}, True),
        ({}, {"kind": "sign_up"}, False),
    ],
)
def test_somebody_can_be_asked_or_one_can_walk_in(
    organiser: dict[str, Any], entry: dict[str, Any], reached: bool
) -> None:
    told = {"organisers": [{"id": "de-linde", "name": "De Linde", **organiser}]}
    found = suspicions_of(
        wm.Catalogue.model_validate({"id": "x", "name": "X", **told, "activities": [{**SOUND, "entry": entry}]}), AT
    )
    assert [(one.code, one.severity) for one in found] == ([] if reached else [("unreachable", "error")])


def test_a_place_far_from_the_others_and_no_middle_of_two() -> None:
    near = [
        {**SOUND, "id": f"k-{n}", "name": f"K{n}", "terms": [term]}
        for n, term in enumerate(["zingen", "wandelen", "yoga"])
    ]
    far = {**SOUND, "id": "ver", "name": "Ver", "place": {"postcode": "9712"}}
    assert codes(*near, far) == [("ver", "place", "far-away")]
    assert codes(near[0], far) == []


def test_doubles_by_name_and_by_place_and_time() -> None:
    same_name = {**SOUND, "id": "b", "name": "KOOR.", "place": {"postcode": "3432"}}
    same_place = {**SOUND, "id": "c", "name": "Zingen op dinsdag"}
    other = {**SOUND, "id": "d", "name": "Wandelen", "terms": ["wandelen"]}
    assert codes(SOUND, same_name, same_place, other) == [("b", "name", "double"), ("c", "name", "double")]


def test_a_dimension_that_most_of_the_offer_serves_strongly() -> None:
    many = [{**SOUND, "id": f"k-{n}", "name": f"K{n}", "serves": {"participation": 3 if n < 7 else 1},
             "place": {"postcode": f"343{n % 6 + 1}"}} for n in range(10)]  # fmt: skip
    assert (None, "activities", "one-sided") in codes(*many)
    many[6]["serves"] = {"participation": 2}
    assert (None, "activities", "one-sided") not in codes(*many), "six of ten is not more than 60 %"


def test_a_term_that_only_comes_near_is_to_be_looked_at() -> None:
    said = [
        {"label": "Atletiek, wandelen en fietsen", "term": "zingen", "match": "broader"},
        {"label": "Samenzang", "term": "zingen", "match": "close"},
        {"label": "Muziek", "term": "muziek-maken", "match": "related"},
        {"label": "Iets anders"},
    ]
    (finding,) = suspicions_of(offer({**SOUND, "source": {"format": "uitdatabank", "said": said}}), AT)
    assert (finding.field, finding.code) == ("terms", "loose-term")
    assert "for 'Atletiek, wandelen en fietsen', which is a wider word" in finding.sentence


def test_arrangements_and_help_that_name_nothing() -> None:
    ready = [{"id": "a", "name": "A", "activities": ["koor", "weg"]}]
    support = [{"kind": "buddy", "organiser": "spook"}]
    assert codes(SOUND, arrangements=ready, support=support) == [
        (None, "arrangements", "unknown-activity"),
        (None, "support", "unknown-organiser"),
    ]


def test_an_old_id_belongs_to_one_activity_that_lives_no_more_under_it() -> None:
    pasts = [
        {**SOUND, "formerly": ["oud"]},
        {**SOUND, "id": "b", "name": "B", "terms": ["yoga"], "formerly": ["oud", "koor"]},
    ]
    assert codes(*pasts) == [("b", "formerly", "id-clash")] * 2 + [("koor", "formerly", "id-clash")]


def test_past_the_table_of_school_holidays_it_is_said() -> None:
    told = {
        **SOUND,
        "checked_on": "2030-08-01",
        "schedule": {**SOUND["schedule"], "pauses": ["school_holidays"], "region": "midden"},
    }
    assert codes(told, at=date(2030, 8, 1)) == [("koor", "schedule.pauses", "holidays-unknown")]


def test_every_finding_stands_at_its_line_with_what_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        "format: wor-match-catalogue/1\nid: a\nname: A\nactivities:\n"
        "  - {id: een, name: Een, terms: [duikbootvaren]}\n"
        "  - id: twee\n    name: Twee\n    terms: [zingen]\n    checked_on: 2026-01-01\n"
    )
    problems = wm.lint(path, at=AT)
    assert [(one.line, one.column, one.code, one.severity) for one in problems if one.line == 5] == [
        (5, 34, "unknown-term", "error")
    ]
    assert {(one.line, one.code) for one in problems if one.line > 5} >= {
        (6, "unreachable"),
        (6, "price-unknown"),
        (6, "no-place"),
    }
    assert "activities.1.price" in str(problems[-1]) or any("activities.1.price" in one.path for one in problems)
    assert exit_status(problems) == 2
    broken = wm.lint(path)
    assert not [one for one in broken if one.code in ("stale", "no-session")]


def test_a_file_that_is_no_catalogue_is_a_list_of_problems(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    for text in ("", "- een", "format: wor-match-catalogue/1\nid: [", "{}"):
        path.write_text(text)
        assert exit_status(wm.lint(path, at=AT)) == 2
    with pytest.raises(wm.CatalogueError, match="not there"):
        wm.lint(tmp_path / "weg.yaml")


def test_the_command_ends_with_0_1_or_2_and_tells_in_three_forms(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*more: str, text: str) -> tuple[int, str]:
        path = tmp_path / "a,b:c.yaml"
        path.write_text(text)
        status = main(["lint", str(path), "--at", "2026-11-23", *more])
        return status, capsys.readouterr().out

    head = "format: wor-match-catalogue/1\nid: a\nname: A\n"
    assert run(text=head) == (0, "")
    sound = json.dumps([{name: part for name, part in SOUND.items() if name != "price"}]).replace("true", "yes")
    organiser = f"organisers: {json.dumps([LINDE])}\n"
    status, told = run(text=f"{head}{organiser}activities: {sound}\n")
    assert status == 1
    assert "price-unknown activities.0.price: activity koor does not say what it costs" in told
    status, told = run("--format", "json", text=f"{head}activities: [{{id: x}}]\n")
    assert status == 2
    assert json.loads(told)[0]["code"] == "missing"
    status, told = run("--format", "github", text=f"{head}{organiser}activities: {sound}\n")
    assert told.startswith("::warning file=")
    assert "a%2Cb%3Ac.yaml,line=5,col=" in told
    assert as_text([], "json") == "[]\n"
    with pytest.raises(wm.CatalogueError, match="no form"):
        as_text([], "xml")


@pytest.mark.parametrize("name", example_names())
def test_the_examples_have_no_error(name: str) -> None:
    found = wm.lint(name, at=AT)
    assert {one.severity for one in found} <= {"warning"}
    assert {one.code for one in found} <= {
        "stale",
        "never-checked",
        "price-unknown",
        "access-unknown",
        "no-place",
        "time-unknown",
    }


def test_an_organiser_called_like_a_word_of_the_taxonomy_is_named_in_its_own_file(tmp_path: Path) -> None:
    path = tmp_path / "aanbod.yaml"
    path.write_text("format: wor-match-catalogue/1\nid: x\nname: X\norganisers:\n  - {id: zingen, name: Koor}\n")
    found = [one for one in wm.lint(path) if one.code == "id-clash"]
    assert [(one.severity, one.path, one.line) for one in found] == [("error", "organisers", 5)]
    assert "organiser 'zingen' is also a word of the taxonomy" in found[0].sentence


def test_lint_takes_a_day_and_no_text() -> None:
    with pytest.raises(wm.CatalogueError, match=r"takes a day, such as date\(2026, 11, 23\)"):
        wm.lint("nieuwegein", at="2026-11-23")  # type: ignore[arg-type]  # refused


@pytest.mark.parametrize("day", [date.max, date.min])
def test_a_day_far_from_ours_is_refused(day: date) -> None:
    with pytest.raises(wm.WorMatchError, match="outside 1990 to 2099") as refused:
        wm.lint("nieuwegein", at=day)
    assert refused.value.code == "out-of-range"
