"""The whole way: a sheet, UiTdatabank and OpenActive at once, a layer by hand, three calls, lint, and advice."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import wor_match as wm
from wor_match.catalogue.folder import last_import
from wor_match.catalogue.importers import openactive, table, uitdatabank
from wor_match.cli import main
from wor_match.domain.kinds import event_of

AT = date(2026, 11, 23)

SHEET = """naam;wat;aanbieder;telefoon;postcode;wanneer;prijs;rolstoel
Koffie aan de kade;inloop koffie;Buurthuis De Kade;030 000 00 51;3431;ma en do 10.00-11.30 uur;gratis;ja
Breien bij het raam;breien;Buurthuis De Kade;030 000 00 51;3431;om de week wo 14:00-16:00 vanaf 4-11-2026;1,50;onbekend
"""
EVENT = {
    "@id": "https://uit.example/event/zanguur",
    "name": {"nl": "Zanguur in de bieb"},
    "description": {"nl": "Zingen zonder noten."},
    "terms": [{"id": "1.8.3.5.0", "label": "Amusementsmuziek", "domain": "theme"}],
    "calendarType": "periodic",
    "startDate": "2026-09-01T00:00:00+02:00",
    "endDate": "2027-06-30T00:00:00+02:00",
    "openingHours": [{"dayOfWeek": ["tuesday"], "opens": "10:30", "closes": "12:00"}],
    "location": {"name": {"nl": "De bieb"}, "address": {"nl": {"addressCountry": "NL", "postalCode": "3432"}}},
    "organizer": {"@id": "https://uit.example/organizers/bieb", "name": {"nl": "De bieb"}, "contactPoint": {"phone": ["030 000 00 52"]}},
    "modified": "2026-10-01T10:00:00+02:00",
}  # fmt: skip
PAGE = {
    "items": [
        {
            "state": "updated", "kind": "SessionSeries", "id": "wandelen", "modified": 1_790_000_000_000,
            "data": {
                "@type": "SessionSeries", "@id": "https://sport.example/series/wandelen", "name": "Wandelen in het park",
                "activity": [{"@type": "Concept", "@id": "https://openactive.io/activity-list#95092977-5a20-4d6e-b312-8fddabe71544", "prefLabel": "Walking"}],
                "organizer": {"@type": "Organization", "@id": "https://sport.example/op-stap", "name": "Op Stap", "telephone": "030 000 00 53"},
                "leader": [{"@type": "Person", "name": "Jan Verzonnen"}],
                "location": {"@type": "Place", "name": "Het park", "address": {"postalCode": "3431 AB", "addressCountry": "NL"}},
                "isAccessibleForFree": True,
                "eventSchedule": [{"@type": "Schedule", "repeatFrequency": "P1W", "byDay": ["https://schema.org/Friday"],
                                   "startTime": "09:30", "endTime": "10:30", "startDate": "2026-09-04", "exceptDate": ["2026-12-25"]}],
            },
        }
    ]
}  # fmt: skip
WALK, SONG, COFFEE = "openactive-wandelen", "uitdatabank-zanguur", "koffie-aan-de-kade-buurthuis-de-kade"
BY_HAND = {
    "id": "kadedorp",
    "name": "Kadedorp (verzonnen)",
    "municipality": "Kadedorp",
    "organisers": [{"id": "de-buren", "name": "De buren", "phone": "030 000 00 54"}],
    "activities": [
        {"id": "wandelen-in-het-park", "formerly": [WALK], "name": "Wandelen in het park", "terms": [],
         "host": {"receives_newcomers": True}, "group": {"size": 8, "newcomers": "welcome"}},
        {"id": SONG, "name": "Zanguur in de bieb", "terms": ["zingen"], "access": {"wheelchair": True}},
        {"id": "soep-met-de-buren", "name": "Soep met de buren", "terms": ["samen-eten"], "organiser": "de-buren",
         "place": {"postcode": "3431"}, "schedule": {"weekly": [{"day": "za", "start": "17:00", "end": "19:00"}]},
         "price": [{"euro": 2, "per": "time"}], "access": {"wheelchair": True}, "checked_on": "2026-11-10"},
    ],
}  # fmt: skip


def call(number: int, activity: str, field: str, value: Any) -> Any:
    at = f"2026-11-{18 + number}T10:00:00+01:00"
    told = {"event_id": f"t{number}", "kind": "offer_checked", "at": at, "source": "coach"}
    return event_of({**told, "activity": activity, "field": field, "value": value})


CALLS = [
    call(1, WALK, "status", "open"),
    call(2, SONG, "price", "2,50 per keer; 0 met stadspas"),
    call(3, COFFEE, "schedule", "ma 10:00-11:30"),
]


@pytest.fixture(scope="module")
def offer() -> wm.Catalogue:
    layers = [table.read(SHEET), uitdatabank.read(json.dumps(EVENT)), openactive.read(json.dumps(PAGE))]
    assert not [problem for layer in layers for problem in layer.problems if problem.severity == "error"]
    return wm.merge(layers, wm.Catalogue.model_validate(BY_HAND)).with_events(CALLS)


def test_all_of_it_is_one_offer(offer: wm.Catalogue) -> None:
    assert not offer.problems
    assert {one.id: one.source.format if one.source else None for one in offer} == {
        COFFEE: "table",
        "breien-bij-het-raam-buurthuis-de-kade": "table",
        SONG: "uitdatabank",
        "wandelen-in-het-park": "openactive",
        "soep-met-de-buren": None,
    }
    assert "Verzonnen" not in offer.model_dump_json()
    walk, song, coffee = offer["wandelen-in-het-park"], offer[SONG], offer[COFFEE]
    assert (walk.terms, walk.host.receives_newcomers, walk.true_on("status")) == (
        ("wandelen",),
        True,
        date(2026, 11, 19),
    )
    assert [(row.euro, row.with_) for row in song.price] == [(2.5, None), (0.0, "stadspas")]
    assert coffee.schedule is not None
    assert [rule.day for rule in coffee.schedule.weekly] == ["ma"]


def test_it_gives_advice_and_what_was_asked_is_not_asked_again(offer: wm.Catalogue) -> None:
    who = wm.Participant(
        id="p1", focus=["meedoen"], likes=["wandelen", "zingen"], place={"postcode": "3431"}, budget="small"
    )
    advice = wm.Matcher(offer).recommend(who, at=AT, n=3)
    names = [one.activity.id for one in advice]
    assert names[0] == "wandelen-in-het-park"
    assert SONG in names
    checks = {one.activity.id: {check.name for check in one.checks} for one in advice}
    assert "stale" not in checks["wandelen-in-het-park"]
    assert "price" not in checks[SONG]
    assert "030 000 00 53" in advice.card()


def test_from_the_command_line_it_is_the_same_and_lint_says_what_is_left_to_ask(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = {"table": SHEET, "uitdatabank": json.dumps(EVENT), "openactive": json.dumps(PAGE)}
    own, made = tmp_path / "eigen.yaml", tmp_path / "aanbod"
    own.write_text(
        json.dumps(BY_HAND)
        .replace("true", "yes")
        .replace('{"id": "kade', '{"format": "wor-match-catalogue/1", "id": "kade')
    )
    for form, text in sources.items():
        source = tmp_path / f"{form}.txt"
        source.write_text(text, encoding="utf-8")
        assert main(["import", form, str(source), "--by-hand", str(own), "-o", str(made)]) in (0, 1)
    found = wm.load_catalogue(made)
    layers = [table.read(SHEET), uitdatabank.read(json.dumps(EVENT)), openactive.read(json.dumps(PAGE))]
    assert {one.id: one for one in found} == {
        one.id: one for one in wm.merge(layers, wm.Catalogue.model_validate(BY_HAND))
    }
    capsys.readouterr()
    assert main(["lint", str(made), "--at", str(AT)]) == 1
    told = capsys.readouterr().out
    assert f"activity {SONG} does not say what it costs" in told
    assert "activity soep-met-de-buren" not in told
    files = {path.name for path in made.iterdir()}
    assert {"00-aanbod.yaml", "aanbieder-de-buren.yaml", "aanbieder-buurthuis-de-kade.yaml"} <= files
    assert not [one for one in files if one.startswith("zonder")]


def test_an_import_writes_over_nothing_of_yours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_text(SHEET)
    made = tmp_path / "aanbod"
    command = ["import", "table", str(sheet), "-o", str(made)]
    assert main(command) == 0
    before = files_in(made)
    assert main(command) == 0
    assert files_in(made) == before, "the same again is the same"
    sheet.write_text(SHEET.replace("Breien", "Haken"))
    assert main(command) == 1
    assert "vanished breien-bij-het-raam" in capsys.readouterr().err
    (made / "mijn.yaml").write_text("activities: []\n")
    assert main(command) == 2
    assert "was not written by an import" in capsys.readouterr().err
    assert (made / "mijn.yaml").read_text() == "activities: []\n"
    (made / "mijn.yaml").unlink()
    (made / "LEESMIJ.txt").write_text("van mij")
    spoilt = made / "aanbieder-buurthuis-de-kade.yaml"
    spoilt.write_text(spoilt.read_text().replace("[inloop-koffie]", "[inloop-kofie]"))
    assert main(command) == 2, "what cannot be read back is told, and nothing is written over it"
    assert "unknown-term" in capsys.readouterr().err
    assert (made / "LEESMIJ.txt").read_text() == "van mij"
    assert main(["import", "uitdatabank", str(sheet), "--map", "x.yaml", "-o", str(tmp_path / "b")]) == 2
    assert main(["import", "hsds", str(tmp_path / "weg.json"), "-o", str(tmp_path / "b")]) == 2


def test_the_licence_is_that_of_the_feed_or_of_who_imports_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = json.dumps({**PAGE, "license": "https://creativecommons.org/licenses/by/4.0/"})
    for text, due in ((page, "https://creativecommons.org/licenses/by/4.0/"), (json.dumps(PAGE), None)):
        (walk,) = openactive.read(text).activities
        assert walk.source is not None
        assert walk.source.licence == due
    sheet, made = tmp_path / "a.csv", tmp_path / "c.yaml"
    sheet.write_text(SHEET)
    assert main(["import", "table", str(sheet), "--licence", "CC0", "-o", str(made)]) == 0
    assert {one.source.licence for one in wm.load_catalogue(made) if one.source} == {"CC0"}
    assert main(["import", "openactive", str(sheet), "--licence", "CC0", "-o", str(tmp_path / "b")]) == 2
    assert "which tells its own; leave it out" in capsys.readouterr().err


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_each_import_renews_its_own_format_and_what_is_written_by_hand_can_be_taken_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet, page, own, made = tmp_path / "a.csv", tmp_path / "p.json", tmp_path / "eigen.yaml", tmp_path / "aanbod"
    sheet.write_text(SHEET)
    page.write_text(json.dumps(PAGE))
    head = "format: wor-match-catalogue/1\nid: eigen\nname: Eigen\nactivities:\n"
    own.write_text(f"{head}  - {{id: {COFFEE}, name: Koffie, terms: [], price: [{{euro: 9, per: time}}]}}\n")
    by_hand = ["--by-hand", str(own), "-o", str(made)]
    assert main(["import", "table", str(sheet), *by_hand]) == 0
    assert wm.load_catalogue(made)[COFFEE].price[0].euro == 9
    own.write_text(f"{head}  - {{id: {COFFEE}, name: Koffie, terms: []}}\n")
    assert main(["import", "openactive", str(page), *by_hand]) == 1
    found = wm.load_catalogue(made)
    assert len(found) == 3
    assert found[COFFEE].price[0].euro == 0, "the sheet says that it is free"
    assert main(["import", "openactive", str(page), "-o", str(made)]) == 2
    assert "has a layer by hand (eigen)" in capsys.readouterr().err
    one_file = tmp_path / "een.yaml"
    assert main(["import", "table", str(sheet), "-o", str(one_file)]) == 0
    assert main(["import", "openactive", str(page), "-o", str(one_file)]) == 2
    assert "give a folder" in capsys.readouterr().err


def test_an_import_that_is_cut_off_is_finished_or_never_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet, made = tmp_path / "a.csv", tmp_path / "aanbod"
    sheet.write_text(SHEET)
    command = ["import", "table", str(sheet), "-o", str(made)]
    assert main(command) == 0
    really, count = Path.replace, 0

    def dies(self: Path, target: Any) -> Any:
        nonlocal count
        count += 1
        if count == dies_at:
            raise OSError(28, "No space left on device")
        return really(self, target)

    monkeypatch.setattr(Path, "replace", dies)
    for round_, dies_at in enumerate(range(1, 8)):
        count = 0
        sheet.write_text(SHEET.replace("Breien", f"Breien {round_}"))
        status = main(command)
        count = 100
        found = last_import(made)
        assert found is not None
        names = [one.name for one in found]
        assert (f"Breien {round_} bij het raam" in names) == (dies_at != 1), (dies_at, names)
        assert status == (2 if dies_at <= 5 else 1), "five files are put in place"


def test_template_prints_a_sheet_that_import_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template"]) == 0
    sheet = tmp_path / "aanbod.csv"
    sheet.write_text(capsys.readouterr().out, encoding="utf-8", newline="")
    assert main(["import", "table", str(sheet), "-o", str(tmp_path / "c.yaml")]) == 0
    assert len(wm.load_catalogue(tmp_path / "c.yaml")) == 20
