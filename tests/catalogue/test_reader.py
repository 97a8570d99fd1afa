"""The strict reader and the files: text stays text, every fault has its place, and bombs end in a sentence."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from wor_match.catalogue import reader
from wor_match.catalogue.files import example_names
from wor_match.catalogue.in_python import InPython
from wor_match.catalogue.participants import load_participant
from wor_match.catalogue.reader import read_text
from wor_match.domain.limits import USUAL

PARSERS = [yaml.CLoader, InPython]  # with the C library, and without
ONE = """\
format: wor-match-catalogue/1
id: een
name: Voorbeeld (verzonnen)
municipality: Nieuwegein
activities:
  - id: een
    name: Wandelen
    terms: [wandelen]
    place: {postcode: 3431}
    schedule: {weekly: [{day: di, start: 10:30, end: 12:30}]}
"""


def broken(old: str, new: str) -> str:
    assert old in ONE
    return ONE.replace(old, new)


FAULTS: dict[str, tuple[str, str, str]] = {  # what is wrong: (the file, line:column, the code)
    "an anchor": (broken("Wandelen", "&a Wandelen"), "7:11", "anchor"),
    "an alias": (broken("terms: [wandelen]", "terms: &a [wandelen]\n    languages: *a"), "9:16", "alias"),
    "a merge key": (broken("    terms", "    <<: {name: Fietsen}\n    terms"), "8:5", "merge-key"),
    "a duplicate key": (broken("    terms", "    name: Fietsen\n    terms"), "8:5", "duplicate-key"),
    "a tag": (broken("name: Wandelen", "name: !!str Wandelen"), "7:11", "tag"),
    "a key that is no text": (broken("    terms", "    ? [a]\n    : b\n    terms"), "8:7", "bad-key"),
    "30 levels of brackets": (broken("[wandelen]", "[" * 30 + "]" * 30), "8:33", "too-deep"),
    "an unknown field": (broken("    terms", "    kleur: rood\n    terms"), "8:5", "unknown-field"),
    "an unknown field inside": (broken("{postcode: 3431}", "{postkode: 3431}"), "9:13", "unknown-field"),
    "an unknown term": (broken("[wandelen]", "[wandelingen]"), "8:13", "unknown-term"),
    "a look-alike id": (broken("- id: een", "- id: e\u0435n"), "6:9", "bad-id"),
    "a missing name": (broken("    name: Wandelen\n", ""), "6:5", "missing"),
    "an end before its start": (broken("end: 12:30", "end: 9:30"), "10:25", "end-before-start"),
    "a day that does not exist": (
        broken("12:30}]}", "12:30}], cancelled: [2027-02-30]}"), "10:75", "no-such-day",
    ),
    "a price that is no number": (broken("    terms", "    price: [{euro: .nan, per: time}]\n    terms"), "8:20", "no-number"),
    "an endless price": (broken("    terms", "    price: [{euro: 1e400, per: time}]\n    terms"), "8:20", "no-number"),
    "a price below nought": (
        broken("    terms", "    price: [{euro: -1, per: time}]\n    terms"), "8:20", "out-of-range",
    ),
    "a character that turns the line around": (broken("Wandelen", '"Wan\\u202Edelen"'), "7:11", "hidden-character"),
    "a bell": (broken("Wandelen", "Wan\x07delen"), "7:14", "hidden-character"),
    "two activities with one id": (ONE + "  - {id: een, name: Fietsen, terms: [fietsen]}\n", "11:10", "duplicate-id"),
    "an organiser that is not there": (broken("    terms", "    organiser: niemand\n    terms"), "8:16", "unknown-organiser"),
    "pauses without a region": (broken("12:30}]}", "12:30}], pauses: [school_holidays]}"), "10:15", "no-region"),
    "a list instead of a catalogue": ("[]\n", "1:1", "no-fields"),
    "activities that are no list": (ONE.partition("activities:")[0] + "activities: geen\n", "5:13", "no-list"),
    "another format": (broken("catalogue/1", "catalogue/2"), "1:9", "unknown-name"),
    "a second document": (ONE + "---\nid: twee\n", "11:1", "two-documents"),
    "an unfinished bracket": (broken("[wandelen]", "[wandelen"), "9:10", "no-yaml"),
    "nothing": ("", "1:1", "empty"),
}  # fmt: skip


def load(text: str | bytes, tmp_path: Path, **options: Any) -> wm.Catalogue:
    path = tmp_path / "proef.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return wm.load_catalogue(path, **options)


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("what", FAULTS)
def test_every_fault_has_its_line_and_column_with_and_without_the_c_library(
    what: str, parser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "Loader", parser)
    text, place, code = FAULTS[what]
    with pytest.raises(wm.CatalogueError) as refused:
        load(text, tmp_path)
    told = {(f"{one.line}:{one.column}", one.code) for one in refused.value.problems}
    if what == "an unfinished bracket":  # the two parsers notice it at different places of the same or the next line
        assert {code for _, code in told} == {"no-yaml"}
    else:
        assert (place, code) in told, str(refused.value)
    assert re.search(rf"proef\.yaml:\d+:\d+: {code}", str(refused.value))


def test_all_faults_of_a_file_are_told_in_one_go(tmp_path: Path) -> None:
    text = broken("[wandelen]", "[duikbootvaren]").replace("end: 12:30", "end: 9:30").replace("3431", "0431")
    with pytest.raises(wm.CatalogueError) as refused:
        load(text, tmp_path)
    assert [one.line for one in refused.value.problems] == [8, 9, 10]


def test_many_faults_are_counted_beyond_fifty(tmp_path: Path) -> None:
    head = ONE.partition("  - id")[0]
    wrong = "".join(f"  - {{id: a{number}, name: A, terms: [niets]}}\n" for number in range(60))
    with pytest.raises(wm.CatalogueError, match="and 10 more") as refused:
        load(head + wrong, tmp_path)
    assert len(refused.value.problems) == 60


def test_one_bad_activity_among_a_thousand(tmp_path: Path) -> None:
    head = ONE.partition("  - id")[0]
    rows = [f"  - {{id: a{number}, name: A, terms: [wandelen]}}\n" for number in range(1_000)]
    rows[500] = "  - {id: a500, name: A, terms: [duikbootvaren], status: weg}\n"
    with pytest.raises(wm.CatalogueError) as refused:
        load(head + "".join(rows), tmp_path)
    assert len(refused.value.problems) == 2
    lenient = load(head + "".join(rows), tmp_path, strict=False)
    assert len(lenient) == 999
    assert {(one.line, one.code) for one in lenient.problems} == {(506, "unknown-term"), (506, "unknown-name")}
    with pytest.raises(wm.CatalogueError):
        load(head.replace("id: een", "id: E E N") + "".join(rows), tmp_path, strict=False)


@pytest.mark.parametrize(
    "written",
    ["1984", "0201234567", "10:30", "no", "on", "ja", "1e3", ".nan", "2026-11-02", "1_000", "0x1F", "null", "~"],
)
def test_unquoted_text_stays_text(written: str, tmp_path: Path) -> None:
    (activity,) = load(broken("name: Wandelen", f"name: {written}"), tmp_path)
    assert activity.name == written


def test_the_field_decides_the_type(tmp_path: Path) -> None:
    more = "    languages: [no]\n    access: {wheelchair: ja, toilet: onbekend, quiet: no}\n    price: [{euro: 3.50, per: time}]\n"
    (activity,) = load(broken("    terms", more + "    terms"), tmp_path)
    assert activity.languages == ("no",)
    assert activity.access == {"wheelchair": True, "toilet": None, "quiet": False}
    assert activity.price[0].euro == 3.5
    assert activity.place is not None
    assert activity.place.postcode == "3431"
    assert activity.schedule is not None
    assert activity.schedule.weekly[0].slot == ("10:30", "12:30")


def test_a_field_without_a_value_is_left_out(tmp_path: Path) -> None:
    (activity,) = load(broken("    terms", "    organiser:\n    checked_on:\n    terms"), tmp_path)
    assert activity.organiser is activity.checked_on is None


def test_a_byte_order_mark_windows_line_ends_and_emoji_are_fine(tmp_path: Path) -> None:
    assert len(load(b"\xef\xbb\xbf" + ONE.encode(), tmp_path)) == 1
    assert len(load(ONE.replace("\n", "\r\n"), tmp_path)) == 1
    (activity,) = load(broken("Wandelen", "Wandelen 👩‍🌾"), tmp_path)
    assert activity.name == "Wandelen 👩‍🌾"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_another_encoding_is_told_with_line_and_byte(encoding: str, tmp_path: Path) -> None:
    with pytest.raises(wm.CatalogueError, match=r"proef\.yaml:\d+:\d+: no-utf8: byte 0x"):
        load(broken("Wandelen", "Café").encode(encoding), tmp_path)


def test_one_byte_too_many_is_refused(tmp_path: Path) -> None:
    filler = ("# vulling\n" * (USUAL.yaml_bytes // 10)).encode()
    fits = ONE.encode() + filler[: USUAL.yaml_bytes - len(ONE)]
    assert len(load(fits, tmp_path)) == 1
    with pytest.raises(wm.CatalogueError, match="larger than 5000000 bytes"):
        load(fits + b"#", tmp_path)


@pytest.mark.parametrize("bomb", ["[" * 1_000_000, "{a: " * 300_000, "- " * 300_000])
def test_depth_ends_in_a_sentence_and_not_in_a_crash(bomb: str, tmp_path: Path) -> None:
    path = tmp_path / "bom.yaml"
    path.write_text(broken("[wandelen]", bomb))
    code = f"import wor_match as wm\ntry: wm.load_catalogue({str(path)!r})\nexcept wm.CatalogueError as e: print(len(e.problems))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)
    assert done.stdout.strip() == "1", done.stderr


def test_an_alias_bomb_costs_nothing() -> None:
    levels = "".join(f"  l{n + 1}: &l{n + 1} [{', '.join([f'*l{n}'] * 9)}]\n" for n in range(12))
    _, problems = read_text(f"a:\n  l0: &l0 [x]\n{levels}".encode(), "bom.yaml")
    assert {one.code for one in problems} == {"anchor", "alias"}


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    tree, problems = read_text(text.encode("utf-8", "surrogatepass"), "x.yaml")
    assert (
        problems
        or tree is not None
        or not text.strip()
        or all(
            line.lstrip().startswith("#") or not line.strip() or line.strip("- \t.%") == ""
            for line in text.splitlines()
        )
    )


def test_a_folder_is_one_catalogue(tmp_path: Path) -> None:
    folder = tmp_path / "aanbod"
    folder.mkdir()
    (folder / "a.yaml").write_text(
        ONE.replace("activities:", "organisers: [{id: de-linde, name: De Linde}]\nactivities:")
    )
    (folder / "b.yaml").write_text(
        "activities:\n  - {id: twee, name: Fietsen, terms: [fietsen], organiser: de-linde}\n"
    )
    found = wm.load_catalogue(folder)
    assert [one.id for one in found] == ["een", "twee"]
    (folder / "c.yaml").write_text("activities:\n  - {id: een, name: Fietsen, terms: [fietsen]}\n")
    with pytest.raises(wm.CatalogueError, match=r"c\.yaml:2:10: duplicate-id"):
        wm.load_catalogue(folder)


def test_a_later_file_of_a_folder_is_checked_as_well(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(ONE)
    wrong = "format: iets-anders/9\nactivites: []\norganisers:\n  - {id: x, name: X, phone: geen}\n"
    (tmp_path / "b.yaml").write_text(wrong)
    with pytest.raises(wm.CatalogueError) as refused:
        wm.load_catalogue(tmp_path)
    assert {(Path(one.file).name, one.line, one.code) for one in refused.value.problems} == {
        ("b.yaml", 1, "unknown-name"), ("b.yaml", 2, "unknown-field"),
    }  # fmt: skip
    (tmp_path / "b.yaml").write_text("organisers:\n  - {id: x, name: X, phone: geen}\n")
    with pytest.raises(wm.CatalogueError, match=r"b\.yaml:2:29: bad-phone organisers\.0\.phone"):
        wm.load_catalogue(tmp_path)


def test_leniency_leaves_out_an_activity_with_a_doubled_name(tmp_path: Path) -> None:
    twice = ONE + "  - {id: twee, name: Fietsen, terms: [fietsen], status: closed, status: open}\n"
    found = load(twice, tmp_path, strict=False)
    assert [one.id for one in found] == ["een"]
    assert [one.code for one in found.problems] == ["duplicate-key"]


ODD = ["name:\tx", "a: b\t", "a: b\n\ufeffc: d", '"\\U00110000"', '"\\ud800"', "%FOO x\n--- a", '"\\UFFFFFFFF"']


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("odd", ODD)
def test_what_parsers_disagree_about_is_refused_by_both(odd: str, parser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "Loader", parser)
    assert read_text(odd.encode(), "x.yaml")[1]


def test_long_lists_of_unknown_words_are_refused_before_they_are_read(tmp_path: Path) -> None:
    words = ", ".join(f"woord{number}" for number in range(20_000))
    with pytest.raises(wm.CatalogueError, match="has 20000 parts; at most 4"):
        load(broken("[wandelen]", f"[{words}]"), tmp_path)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "buiten.yaml").write_text(ONE)
    folder = tmp_path / "aanbod"
    folder.mkdir()
    (folder / "a.yaml").symlink_to(tmp_path / "buiten.yaml")
    with pytest.raises(wm.CatalogueError, match="leads out of"):
        wm.load_catalogue(folder)


@pytest.mark.parametrize("name", ["nergens/niets.yaml", "utrecht", "/dev/null"])
def test_a_file_that_is_not_there_is_told_with_the_examples(name: str) -> None:
    with pytest.raises(wm.CatalogueError, match=r"not there|no ordinary file"):
        wm.load_catalogue(name)


def test_the_examples_load_and_say_that_they_are_invented() -> None:
    assert "nieuwegein" in example_names()
    for name in example_names():
        found = wm.load_catalogue(name)
        assert "verzonnen" in found.name
        assert len(found) >= 25
        assert found.digest == wm.load_catalogue(name).digest


def test_the_digest_follows_what_is_said_and_not_the_order(tmp_path: Path) -> None:
    one, two = "  - {id: a, name: A, terms: []}\n", "  - {id: b, name: B, terms: []}\n"
    head = ONE.partition("  - id")[0]
    assert load(head + one + two, tmp_path).digest == load(head + two + one, tmp_path).digest
    assert load(head + one + two, tmp_path).digest != load(head + one + two.replace("B", "C"), tmp_path).digest


def test_a_participant_from_a_file_is_told_by_place_and_never_by_value(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("id: p1\nage: 67\nbudget: 15\nplace: {postcode: 3431}\nlikes: [zingen]\nonly_wishes: ja\n")
    who = load_participant(path)
    assert (who.age, who.budget, who.only_wishes) == (67, 15.0, True)
    path.write_text("id: p1\nlikes: [kanarie7391]\nlanguages: {kanarie: good}\nage: kanarie\nage: 3\n")
    with pytest.raises(wm.ParticipantError, match=r"p\.yaml:5:1: duplicate-key") as refused:
        load_participant(path)
    path.write_text("id: p1\nlikes: [kanarie7391]\nlanguages: {kanarie: good}\nage: kanarie\n")
    with pytest.raises(wm.ParticipantError, match=r"p\.yaml:2:9: unknown-word likes\.0") as later:
        load_participant(path)
    assert "kanarie" not in str(refused.value) + str(later.value)
    path.write_text('{"id": "p1", "likes": ["zingen"], "age": 67}')
    assert load_participant(path).age == 67
