"""What a fault in a file says, word for word and at its place; and how far each limit goes."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
import yaml

import wor_match as wm
from wor_match.catalogue.files import example_names, load_catalogue, read_catalogue
from wor_match.catalogue.json_file import read_json
from wor_match.catalogue.quick import plain_of, read_plain
from wor_match.catalogue.reader import Node, fast_reader, read_bytes, read_text
from wor_match.domain.limits import USUAL
from wor_match.domain.strict_json import TwiceError, strict_value

Told = list[tuple[str, str, int, int]]
SMALL = USUAL.model_copy(update={"depth": 3, "text_characters": 5, "yaml_parts": 12})
HEAD = "format: wor-match-catalogue/1\nid: een\nname: Voorbeeld (verzonnen)\nmunicipality: Nieuwegein\n"
FIELDS = "activities, arrangements, desks, format, id, municipality, name, organisers, school_holidays, support"


def row(name: str) -> str:
    return f"  - {{id: {name}, name: W, terms: [wandelen]}}\n"


YAML: dict[bytes, Told] = {
    b"a: 1\n  b: \x80": [("byte 0x80 is no UTF-8; save the file as UTF-8 (not Windows-1252 or UTF-16)", "no-utf8", 2, 6)],
    b"a: b\tc\n%x": [
        ("holds a tab; write spaces instead", "hidden-character", 1, 5),
        ("begins with %, which YAML keeps for itself; put the text in quotes", "hidden-character", 2, 1),
    ],
    b"a: \x07b": [("holds the hidden character U+0007; remove it", "hidden-character", 1, 4)],
    b"a: &x 1\nb: *x": [
        ("names a place for reuse (&x); remove it", "anchor", 1, 4),
        ("refers to another place (*x); write the value out", "alias", 2, 4),
    ],
    b"a: !!str 1": [("has a tag (tag:yaml.org,2002:str); remove it, the field decides the type", "tag", 1, 4)],
    b"? [a]\n: b\n? {c: d}\n: e": [
        ("has a name that is no text; write `name: value`", "bad-key", 1, 3),
        ("has a name that is no text; write `name: value`", "bad-key", 3, 3),
    ],
    b"<<: {a: b}": [("takes over another place (<<); write the fields out", "merge-key", 1, 1)],
    b"'<<': b": [],  # in quotes it is a name like any other
    b"a: 1\na: 2\na: 3": [
        ("'a' stands here already (line 1); keep one of them", "duplicate-key", 2, 1),
        ("'a' stands here already (line 1); keep one of them", "duplicate-key", 3, 1),
    ],
    b"a: b\n---\nc: d\n---\ne: f": [("begins a second document; keep one in a file", "two-documents", 2, 1)],
}  # fmt: skip


def told(problems: list[wm.Problem]) -> Told:
    return [(one.sentence, one.code, one.line, one.column) for one in problems]


@pytest.mark.parametrize("found", YAML)
def test_a_fault_in_yaml_says_what_to_do_and_where(found: bytes) -> None:
    tree, problems = read_text(found, "f.yaml")
    assert told(problems) == YAML[found]
    assert {(one.file, one.path) for one in problems} <= {("f.yaml", "")}
    assert (plain_of(found) is None) == bool(problems or found.startswith(b"'"))  # the quick reader leaves them alone
    assert read_plain(found, "f.yaml") == (None if tree is None else tree.plain(), problems)


@pytest.mark.parametrize("half", ["ud800", "udabc", "udfff"])
def test_half_a_character_is_refused_where_the_c_library_does_not_read(
    half: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wor_match.catalogue.reader.Loader", yaml.Loader)
    _, problems = read_text(f'a: "\\{half}"'.encode(), "f.yaml")
    assert told(problems) == [("holds half a character (a surrogate); remove it", "no-yaml", 1, 4)]


@pytest.mark.parametrize(
    ("found", "problems"),
    [
        (b"a: {b: c}", []),
        (b"a: {b: [c]}", [("lies more than 3 levels deep; write it flatter", "too-deep", 1, 9)]),
        (b"a: abcde", []),
        (b"a: abcdef", [("is longer than 5 characters; shorten it", "too-long", 1, 4)]),
        (b"[a,b,c,d,e,f]", []),
        (b"[a,b,c,d,e,f,g,h,i]", [("holds more than 12 parts; split the file", "too-much", 1, 19)]),
    ],
)
def test_a_limit_of_yaml_lets_through_what_reaches_it_and_no_more(found: bytes, problems: Told) -> None:
    _, faults = read_text(found, "f.yaml", SMALL)
    assert told(faults) == problems
    assert (plain_of(found, SMALL) is None) == bool(problems)


def test_a_value_knows_its_place_and_the_nearest_above_what_is_not_there() -> None:
    tree, _ = read_text(b"a:\n  - b\n  - c: d\n", "f.yaml")
    assert isinstance(tree, Node)
    places = {place: (tree.at(place).line, tree.at(place).column) for place in [("a", 1, "c"), ("a", 2), ("a", 0, "x"), ("b",)]}  # fmt: skip
    assert places == {("a", 1, "c"): (3, 8), ("a", 2): (2, 3), ("a", 0, "x"): (2, 5), ("b",): (1, 1)}
    assert tree.keys == {"a": (1, 1)}


def test_the_second_of_two_values_under_one_name_is_left_out_and_a_blank_one_too() -> None:
    tree, _ = read_text(b"a: 1\na: 2\nb:\nc: ''\n", "f.yaml")
    assert tree is not None
    assert tree.plain() == {"a": "1", "c": ""}


JSON: dict[bytes, list[tuple[str, str, str, int, int]]] = {
    b'{"a": 1, "a": 2, "b": {"c": 1, "c": 2}}': [
        ("stands twice in one object; keep one of them", "duplicate-key", "a", 0, 0),
        ("stands twice in one object; keep one of them", "duplicate-key", "b.c", 0, 0),
    ],
    b'{"a": "\\ud800"}': [("holds half a character (a surrogate); remove it", "no-json", "", 0, 0)],
    b'{"a":\n "\x80"}': [("byte 0x80 is no UTF-8; save the file as UTF-8", "no-utf8", "", 2, 3)],
    b"\x80": [("byte 0x80 is no UTF-8; save the file as UTF-8", "no-utf8", "", 1, 1)],
    b'{"a": NaN}': [("holds NaN, which is no JSON number", "no-json", "", 0, 0)],
    b'{"a": ' + b"1" * 5000 + b"}": [("holds a number with too many digits", "no-json", "", 0, 0)],
    b'{"a"\n: 1 "b": 2}': [  # each Python says the same of this one
        ("cannot be read as JSON here (Expecting ',' delimiter); check brackets, quotes and commas", "no-json", "", 2, 5),
    ],
    b"[" * 100_000: [("lies more than 24 levels deep; write it flatter", "too-deep", "", 0, 0)],
    b"\xef\xbb\xbf{}": [],
}  # fmt: skip


@pytest.mark.parametrize("found", JSON, ids=range(len(JSON)))
def test_a_fault_in_json_says_what_to_do_and_where(found: bytes) -> None:
    _, problems = read_json(found, "f.json")
    assert [(one.sentence, one.code, one.path, one.line, one.column) for one in problems] == JSON[found]
    assert {one.file for one in problems} <= {"f.json"}


def test_a_limit_of_json_lets_through_what_reaches_it_and_no_more() -> None:
    assert read_json(b'{"a": {"b": "abcde"}}', "f.json", SMALL)[1] == []
    _, (deep,) = read_json(b'[[["x"]]]', "f.json", SMALL)
    assert (deep.sentence, deep.path) == ("lies more than 3 levels deep; write it flatter", "0.0.0")
    _, (long,) = read_json(b'{"a": [1, "abcdef"]}', "f.json", SMALL)
    assert (long.sentence, long.code, long.path) == ("is longer than 5 characters; shorten it", "too-long", "a.1")


@pytest.mark.parametrize("part", [b",", b"[", b"{"])
def test_json_of_too_many_parts_is_refused_before_it_is_read(part: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wor_match.catalogue.json_file.MOST_PARTS", 3)
    assert [one.code for one in read_json(b"[[[1]]]", "f.json")[1]] == []
    (problem,) = read_json(part * 4, "f.json")[1]
    assert (problem.sentence, problem.code) == ("holds more than 3 parts; leave out what is over", "no-json")


def test_the_name_that_stands_twice_is_told() -> None:
    with pytest.raises(TwiceError, match=r"^has the key 'b' twice in one object$"):
        strict_value('{"a": 1, "b": 2, "b": 3, "c": 4}')
    with pytest.raises(ValueError, match=r"^holds NaN, which is no JSON number$"):
        strict_value("NaN")


def refused(path: Any, **options: Any) -> tuple[str, list[tuple[str, str, str, str, int, int]]]:
    with pytest.raises(wm.CatalogueError) as fault:
        load_catalogue(path, **options)
    problems = fault.value.problems
    return fault.value.sentence, [(o.sentence, o.code, o.path, Path(o.file).name, o.line, o.column) for o in problems]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "aanbod"
    made.mkdir()
    (made / "a.yaml").write_text(f"{HEAD}activities:\n{row('een')}")
    (made / "b.yml").write_text(f"activities:\n{row('twee')}{row('drie')}")
    return made


def test_a_folder_may_hold_so_much_and_no_more(folder: Path) -> None:
    size = sum(one.stat().st_size for one in folder.iterdir())
    for limit, enough, sentence, code in (
        ("files", 2, "holds more than 1 files; join some of them", "too-many-files"),
        ("catalogue_bytes", size, f"holds more than {size - 1} bytes; make two catalogues", "too-large"),
    ):
        assert len(load_catalogue(folder, limits=USUAL.model_copy(update={limit: enough}))) == 3
        found = refused(folder, limits=USUAL.model_copy(update={limit: enough - 1}))
        assert found == (f"{folder} is refused", [(sentence, code, "", "aanbod", 0, 0)])
    with pytest.raises(wm.CatalogueError):
        read_catalogue(folder, USUAL.model_copy(update={"files": 1}))
    assert len(load_catalogue(folder, limits=USUAL.model_copy(update={"activities": 3}))) == 3
    _, problems = refused(folder, limits=USUAL.model_copy(update={"activities": 2}))
    assert problems == [("is activity 3; at most 2 are allowed", "too-many-activities", "", "b.yml", 3, 5)]


def test_an_id_that_stands_twice_names_the_place_of_the_first(folder: Path) -> None:
    (folder / "b.yml").write_text(f"activities:\n{row('een')}")
    said = f"activity een stands already at {folder / 'a.yaml'}:6; give each its own id"
    assert refused(folder) == (
        f"catalogue {folder} is refused",
        [(said, "duplicate-id", "activities.0.id", "b.yml", 2, 10)],
    )
    assert [one.id for one in load_catalogue(folder, strict=False)] == ["een"]


def test_an_id_that_stands_twice_in_json_names_the_first_by_its_path(tmp_path: Path) -> None:
    """It has no line: "line 0" sent people looking."""
    path, one = tmp_path / "offer.json", '{"id": "een", "name": "W", "terms": ["wandelen"]}'
    path.write_text(f'{{"format": "wor-match-catalogue/1", "id": "een", "name": "V", "activities": [{one}, {one}]}}')
    said = f"activity een stands already at activities.0 of {path}; give each its own id"
    assert refused(path)[1] == [(said, "duplicate-id", "activities.1.id", "offer.json", 0, 0)]


def test_each_file_of_a_folder_is_told_what_is_wrong_with_its_outermost_fields(folder: Path) -> None:
    (folder / "b.yml").write_text("naam: x\nformat: y\nactivities: nee\n")
    assert refused(folder)[1] == [
        ("is no list; begin each part with a dash", "no-list", "activities", "b.yml", 3, 13),
        (f"no such field; allowed are {FIELDS}", "unknown-field", "naam", "b.yml", 1, 1),
        ("is not one of 'wor-match-catalogue/1'", "unknown-name", "format", "b.yml", 2, 9),
    ]
    (folder / "b.yml").write_text("- x\n")
    said = "is no catalogue; it begins with `format: wor-match-catalogue/1`"
    assert refused(folder)[1] == [(said, "no-fields", "", "b.yml", 1, 1)]
    for name in ("a.yaml", "b.yml"):
        (folder / name).write_text("")
    empty = ("is empty; a catalogue begins with `format: wor-match-catalogue/1`", "empty", "")
    assert refused(folder)[1] == [(*empty, "a.yaml", 1, 1), (*empty, "b.yml", 1, 1)]
    assert read_catalogue(folder).head is None


def test_what_is_not_there_says_what_could_be(tmp_path: Path) -> None:
    nothing = f"is not there; give a YAML file, a folder, or one of: {', '.join(example_names())}"
    assert refused(tmp_path / "weg.yaml") == (f"{tmp_path / 'weg.yaml'} {nothing}", [])
    assert refused(tmp_path) == (f"{tmp_path} holds no .yaml file; put one file per organiser there", [])
    assert refused("x" * 5000) == (f"{'x' * 100} cannot be read: File name too long", [])
    with pytest.raises(wm.CatalogueError) as fault:
        read_bytes(tmp_path)
    assert fault.value.sentence == f"{tmp_path} is not there, or is no ordinary file; give the path of a YAML file"


def test_a_file_of_just_so_many_bytes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"12345")
    assert read_bytes(path, 5) == b"12345"
    with pytest.raises(wm.CatalogueError) as fault:
        read_bytes(path, 4)
    (problem,) = fault.value.problems
    assert fault.value.sentence == f"{path} is refused"
    assert (problem.sentence, problem.code, problem.path, problem.file) == (
        "is larger than 4 bytes; split it into one file per organiser", "too-large", "", str(path),
    )  # fmt: skip


def test_a_link_out_of_the_folder_is_named(folder: Path) -> None:
    outside = folder.parent / "buiten.yaml"
    outside.write_text(HEAD)
    (folder / "c.yaml").symlink_to(outside)
    assert refused(folder) == (f"{folder / 'c.yaml'} leads out of {folder}; copy the file into the folder", [])


def test_a_cache_makes_its_folders_for_the_owner_only(folder: Path) -> None:
    cache = folder.parent / "hier" / "bewaard"
    whole = load_catalogue(folder, cache=cache)
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    (kept,) = cache.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert load_catalogue(folder, cache=cache) == whole


def test_the_c_library_reads_where_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fast_reader() == hasattr(yaml, "CLoader")
    monkeypatch.setattr("wor_match.catalogue.reader.Loader", yaml.Loader)
    assert not fast_reader()
