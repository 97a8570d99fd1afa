"""A table of activities: a cell is read whole or told and unknown, and what goes out comes back."""

from __future__ import annotations

import csv
import io
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from tests.town import activity
from wor_match.catalogue.exporters import table as exporter
from wor_match.catalogue.importers import Imported, table
from wor_match.catalogue.importers.table.columns import COLUMNS
from wor_match.catalogue.template import EXAMPLE, ROWS, template
from wor_match.domain.catalogue import Organiser

MAP = {
    "columns": {"naam": "Titel", "wanneer": "Dag & tijd", "wat": "Rubriek", "prijs": "Kosten deelname", "eerste dag": "Start"},
    "always": {"plaats": "Utrecht", "talen": "nederlands"},
    "words": {"Sport en bewegen": ["wandelen"], "creatief": ["schilderen", "handwerken"]},
}  # fmt: skip


def only(text: str | Path, **options: Any) -> tuple[wm.Activity, Imported]:
    found = table.read(text, **options)
    (kept,) = found.activities
    return kept, found


def said(found: Imported) -> list[str]:
    return [
        f"{problem.line} {problem.path.partition('.')[2] or problem.path}: {problem.sentence}"
        for problem in found.problems
    ]


def weekly(one: wm.Activity) -> list[tuple[str, ...]]:
    return [(row.day, *row.slot) for row in one.schedule.weekly] if one.schedule else []


def test_the_template_is_a_table_that_explains_itself() -> None:
    rows = list(csv.reader(io.StringIO(template().removeprefix("\ufeff")), delimiter=";"))
    assert rows[0] == [column.heading for column in COLUMNS]
    assert rows[1][0].startswith("# uitleg: ")
    assert rows[1][1:] == [column.help for column in COLUMNS[1:]]
    assert len(rows) == 2 + ROWS == 22
    assert template().startswith("\ufeff")


def test_the_template_is_read_without_a_map_to_the_activities_of_the_example(tmp_path: Path) -> None:
    path = tmp_path / "template.csv"
    path.write_text(template(), encoding="utf-8", newline="")
    example = wm.load_catalogue(EXAMPLE)
    ours = list(islice(filter(exporter.says_all, example), ROWS))
    for source in (path, template()):
        found = table.read(source)
        assert not found.problems
        names = {one.id: one.name for one in found.organisers}
        theirs = {one.id: one.name for one in example.organisers}
        assert [names.get(one.organiser or "") for one in found.activities] == [
            theirs.get(one.organiser or "") for one in ours
        ]
        plain = {"source": None, "organiser": None}
        assert [one.replace(**plain) for one in found.activities] == [one.replace(**plain) for one in ours]


SHEET = [
    ["Titel", "Dag & tijd", "Rubriek", "Kosten deelname", "Start", "Omschrijving"],
    ["Één koor", "di 10:00-12:00", "Creatief", "2,50", "3-11-2026", "Zingen,\nmet koffie"],
    ["Ommetje", "wo 9.30-10.30 uur", "sport en bewegen", "gratis", "2026-11-04", 'Rond "de" plas'],
]


def sheet(delimiter: str = ";", end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(SHEET)
    return out.getvalue()


@pytest.mark.parametrize(
    "written",
    [
        sheet(";").encode(),
        sheet(",").encode(),
        sheet("\t").encode(),
        sheet(";", "\n").encode(),
        b"\xef\xbb\xbf" + sheet().encode(),
        sheet().encode("cp1252"),
        sheet("\t").encode("utf-16"),
        b"\xfe\xff" + sheet().encode("utf-16-be"),
        ("sep=;\r\n" + sheet()).encode(),
        ("\ufeffsep=,\r\n" + sheet(",")).encode(),
        ("sep=|\r\n" + sheet("|")).encode(),
        ("\r\n" + sheet() + "\r\n;;;;;\r\n# einde\r\n").encode(),
    ],
    ids=["semicolons", "commas", "tabs", "unix", "mark", "windows", "utf-16", "big end first", "sep=;", "sep=,", "sep=|", "empty rows"],
)  # fmt: skip
def test_a_sheet_of_others_is_read_with_a_map(written: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sociale-kaart.csv"
    path.write_bytes(written)
    found = table.read(path, columns=MAP, licence="CC0", as_of=date(2026, 11, 1))
    assert not found.problems
    choir, walk = found.activities
    assert (choir.name, weekly(choir), choir.terms) == (
        "Één koor",
        [("di", "10:00", "12:00")],
        ("schilderen", "handwerken"),
    )
    assert [(row.euro, row.per) for row in choir.price] == [(2.5, "time")]
    assert choir.summary.splitlines() == ["Zingen,", "met koffie"]
    assert (walk.summary, walk.terms, walk.languages) == ('Rond "de" plas', ("wandelen",), ("nl",))
    assert [one.schedule.from_ for one in found.activities if one.schedule] == [date(2026, 11, 3), date(2026, 11, 4)]
    assert [one.place.city for one in found.activities if one.place] == ["Utrecht", "Utrecht"]
    assert choir.source is not None
    assert (choir.source.format, choir.source.licence, choir.source.as_of) == ("table", "CC0", date(2026, 11, 1))


BAD = {
    "wanneer": [
        "dinsdagmiddag",
        "niet op di 10:00-12:00",
        "di 25:00-26:00",
        "di 12:00-10:00",
        "di 10:00-12:00; ergens",
    ],
    "prijs": ["vijf", "3,50 per uur", "999999", "2,505"],
    "postcode": ["12", "0123 AB", "3431 ABC"],
    "eerste dag": ["31-11-2026", "morgen", "1-1-1800", "11-2026"],
    "niet op": ["5-1-2026 t/m 1-1-2026", "kerst"],
    "groepsgrootte": ["acht", "0", "1.5", "²"],
    "rolstoel": ["misschien"],
    "talen": ["klingonisch"],
    "breedtegraad": ["91,0", "noord"],
    "alleen voor": ["honden"],
    "draagt bij aan": ["meedoen 4", "geluk 3"],
    "status": ["vol"],
    "id": ["Koor!"],
    "aspecten": ["Heel Veel"],
    "vraag naar": ["x" * 500],
    "weken wachten": ["600", "-1"],
}


@pytest.mark.parametrize(("heading", "cell"), [(name, cell) for name, cells in BAD.items() for cell in cells])
def test_a_bad_cell_is_told_with_its_line_and_heading_and_stays_unknown(heading: str, cell: str) -> None:
    found = table.read(f'naam;plaats;{heading}\nEerst;Utrecht;\nKoor;Utrecht;"{cell}"\n')
    first, koor = found.activities
    (problem,) = found.problems
    assert (problem.line, problem.path, problem.severity) == (3, f"3.{heading}", "warning")
    plain = {"id": "x", "name": "x", "source": None}
    assert koor.replace(**plain) == first.replace(**plain)


def test_two_cells_that_exclude_each_other_are_both_told_and_the_rest_is_kept() -> None:
    kept, found = only("naam;vanaf leeftijd;tot en met leeftijd;alleen voor\nKoor;50;18;vrouwen\n")
    assert said(found) == [
        f"2 {heading}: cannot be: this has max_age 18 below min_age 50; swap them"
        for heading in ("vanaf leeftijd", "tot en met leeftijd")
    ]
    assert (kept.audience.min_age, kept.audience.max_age, kept.audience.only) == (None, None, "women")


def test_half_a_point_and_holidays_of_no_region_are_told() -> None:
    kept, found = only(
        "naam;plaats;breedtegraad;wanneer;pauzeert in\nKoor;Ee;52,03;di 10:00;schoolvakanties; feestdagen\n".replace(
            "schoolvakanties; feestdagen", '"schoolvakanties; feestdagen"'
        )
    )
    assert kept.place is not None
    assert (kept.place.city, kept.place.point) == ("Ee", None)
    assert kept.schedule is not None
    assert kept.schedule.pauses == ("public_holidays",)
    assert [problem.path for problem in found.problems] == ["2.pauzeert in", "2.latitude"]


def test_a_row_is_told_by_its_first_line_and_one_without_a_name_is_left_out() -> None:
    found = table.read('naam;omschrijving;prijs\nA;"een\ntwee\ndrie";1\n;x;2\nB;"een\ntwee";veel\n')
    assert [one.name for one in found.activities] == ["A", "B"]
    assert [(problem.line, problem.severity) for problem in found.problems] == [(5, "error"), (6, "warning")]


def test_a_row_with_more_cells_than_headings_is_left_out_and_not_read_shifted() -> None:
    found = table.read("naam;wanneer;prijs\nA;di 10:00-12:00; wo 10:00-12:00;2\nB;di 10:00;2;;\nC\n")
    assert [one.name for one in found.activities] == ["B", "C"]
    assert [problem.line for problem in found.problems] == [2]


def test_unknown_headings_are_told_once_and_a_person_column_is_not_read() -> None:
    rows = "\n".join(f"Groep {n};Jan Doe;06 12345678;geheim" for n in range(50))
    found = table.read(f"Naam;Contactpersoon;Mobiel contactpersoon;Notitie\n{rows}\n")
    assert len(found.activities) == 50
    assert [(problem.line, problem.column, problem.code) for problem in found.problems] == [
        (1, n, "heading") for n in (2, 3, 4)
    ]
    assert not any(word in str(found) for word in ("Doe", "12345678", "geheim"))


def test_headings_are_found_by_other_names_and_the_second_of_two_is_told() -> None:
    kept, found = only("ACTIVITEIT;Dag en tijd:;Pc;Naam\nKoor;di 10:00;3431;x\n")
    assert (kept.name, kept.place and kept.place.postcode) == ("Koor", "3431")
    (problem,) = found.problems
    assert "'Naam' stands there twice; the first is read" in problem.sentence


def test_numbers_in_free_text_are_not_kept_and_those_of_the_organisation_are() -> None:
    kept, found = only(
        "naam;omschrijving;aanbieder;telefoon;e-mail\nKoor;Bel 06 12345678;De Linde;030 000 00 02;geen\n"
    )
    assert kept.summary == "Bel"
    (organiser,) = found.organisers
    assert (organiser.id, organiser.phone, organiser.email) == ("de-linde", "030 000 00 02", None)
    assert [problem.path for problem in found.problems] == ["2.email", "2.description"]


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"columns": {"titel van ons": "Titel"}}, "'titel van ons', which is no column of ours"),
        ({"always": {"gemeentecode": "1"}}, "'gemeentecode', which is no column of ours"),
        ({"words": {"Sport": ["zwaardslikken"]}}, "zwaardslikken"),
        ({"always": {"eerste dag": "ooit"}}, "'ooit' is no day"),
        ({"kolommen": {}}, "kolommen"),
        ({"columns": "naam"}, "columns"),
    ],
)
def test_a_map_that_is_wrong_is_refused_with_its_fault(told: dict[str, Any], named: str) -> None:
    with pytest.raises(wm.CatalogueError, match=named):
        table.read("naam\nKoor\n", columns=told)


@pytest.mark.parametrize("text", ["columns: [", "columns: &a {}", "columns: {naam: x}\ncolumns: {}", "", "\tx"])
def test_a_map_that_is_no_yaml_of_ours_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "kaart.yaml"
    path.write_text(text)
    with pytest.raises(wm.CatalogueError, match=r"kaart\.yaml"):
        table.read("naam\nKoor\n", columns=path)
    with pytest.raises(wm.CatalogueError):
        table.read("naam\nKoor\n", columns=tmp_path / "weg.yaml")


def test_a_map_in_a_file_is_read_and_a_heading_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "kaart.yaml"
    path.write_text("columns: {naam: Titel, prijs: Kosten}\nalways: {plaats: Ee}\nwords: {Sport: [wandelen]}\n")
    kept, found = only("Titel;wat\nKoor;Sport; zingen\n".replace("Sport; zingen", '"Sport; zingen"'), columns=path)
    assert (kept.place and kept.place.city, kept.terms) == ("Ee", ("wandelen", "zingen"))
    (problem,) = found.problems
    assert problem.sentence == "has no heading 'kosten', which the map names"


def test_what_every_row_says_gives_way_to_the_row() -> None:
    found = table.read("naam;plaats\nA;\nB;Zeist\n", columns={"always": {"plaats": "Utrecht"}})
    assert [one.place.city for one in found.activities if one.place] == ["Utrecht", "Zeist"]


def test_a_column_with_another_meaning_by_the_map_is_not_also_read_by_its_name() -> None:
    kept, found = only("naam;titel\nDe Linde;Koor\n", columns={"columns": {"naam": "titel", "aanbieder": "naam"}})
    assert kept.name == "Koor"
    assert [one.name for one in found.organisers] == ["De Linde"]


def test_ids_are_stable_and_duplicates_are_told() -> None:
    rows = ["naam;aanbieder", "Koor;De Linde", "Koor;Op Stap", "Zingen;", "Koor;De Linde"]
    found = table.read("\n".join(rows))
    assert [one.id for one in found.activities] == ["koor-de-linde", "koor-op-stap", "zingen-1"]
    assert [(problem.code, problem.line) for problem in found.problems] == [("duplicate-id", 5)]
    turned = table.read("\n".join([rows[0], *rows[1:4][::-1]]))
    assert {one.name + (one.organiser or ""): one.id for one in turned.activities} == {
        one.name + (one.organiser or ""): one.id for one in found.activities
    }


@pytest.mark.parametrize(
    "name", ["=1+1", "+31 30", "@koor", "-x", "=HYPERLINK(x)", "'=1", "'t Huis", "-5", "+", "''=x"]
)
def test_a_cell_that_looks_like_a_formula_is_guarded_and_comes_back(name: str) -> None:
    ours = activity("een", name=f"Koor {name}", place={"name": name, "city": "Ee"}, organiser="x")
    text = exporter.write([ours], [Organiser(id="x", name="X", phone="+31 30 000 00 02")])
    cells = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))[2]
    risky = [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert all(cell.lstrip("-").replace(",", "").isdigit() for cell in risky)
    back, found = only(text)
    assert back.place is not None
    assert back.place.name == name
    assert [one.phone for one in found.organisers] == ["+31 30 000 00 02"]


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp", "Cf"]), min_size=1, max_size=30))
def test_any_name_of_a_place_comes_back(name: str) -> None:
    if not name.strip():
        return
    ours = activity("een", place={"name": name, "city": "Ee"})
    back, _ = only(exporter.write([ours]))
    assert back.place == ours.place


@pytest.mark.parametrize("content", [b"PK\x03\x04\x14\x00", b"\xd0\xcf\x11\xe0\xa1\xb1"])
def test_a_workbook_is_told(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "kaart.xlsx"
    path.write_bytes(content + bytes(500))
    found = table.read(path)
    (problem,) = found.problems
    assert problem.code == "other-file"
    assert "workbook" in problem.sentence
    assert "CSV" in problem.sentence


@pytest.mark.parametrize("text", ["naam\n", "naam;wat\n# uitleg;x\n", "x;y\nKoor;z\n", "\n\n", "# niets\n"])
def test_a_sheet_without_rows_or_names_is_told(text: str) -> None:
    found = table.read(text)
    assert not found.activities
    assert "no-feed" in [problem.code for problem in found.problems]


def test_no_more_rows_and_columns_are_read_than_allowed() -> None:
    found = table.read("naam\n" + "\n".join(f"Groep {n}" for n in range(20_001)))
    assert len(found.activities) == 20_000
    assert [problem.sentence for problem in found.problems] == ["has more than 20000 rows; the rest is left out"]
    found = table.read(";".join(["naam", *["x"] * 600]) + "\nKoor" + ";y" * 600 + "\n")
    assert [one.name for one in found.activities] == ["Koor"]
    assert (found.problems[0].sentence, found.problems[0].severity) == ("has 601 columns; 500 are read", "warning")


def test_a_quote_that_is_never_closed_is_told_with_its_line() -> None:
    found = table.read('naam;wat\nKoor;zingen\n"Dans;bewegen\n')
    assert [one.name for one in found.activities] == ["Koor"]
    assert [problem.code for problem in found.problems] == ["no-table"]


def test_a_heading_that_the_map_replaces_is_told_and_not_read() -> None:
    kept, found = only("naam;titel\nIntern;Koor\n", columns={"columns": {"naam": "titel"}})
    assert kept.name == "Koor"
    assert [problem.column for problem in found.problems] == [1]


def test_a_sheet_says_it_in_the_words_of_the_vocabulary() -> None:
    told = wm.vocabulary("nl")
    lists = {"level.body": "level.body", "status": "status", "entry.kind": "entry.kind", "entry.sign_up": "entry.sign_up",
             "support": "support", "asks": "asks", "schedule.pauses": "schedule.pauses", "aspects": "aspects"}  # fmt: skip
    for column in COLUMNS:
        for code, (label, _) in told[lists[column.field]].items() if column.field in lists else ():
            several = column.field in ("entry.sign_up", "support", "asks", "schedule.pauses", "aspects")
            written = column.cell[1]([code] if several else code)
            assert written == label.lower().replace("uw handen", "je handen"), (column.heading, code)
