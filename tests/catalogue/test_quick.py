"""Reading fast gives what reading strictly gives, and leaves everything that is odd to the strict reader."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import wor_match as wm
from tests.catalogue.test_reader import FAULTS, ODD, ONE, PARSERS
from wor_match.catalogue import quick, reader
from wor_match.catalogue.files import contents_of, example_names, paths_of, read_contents
from wor_match.catalogue.in_python import InPython
from wor_match.catalogue.quick import collector_paused, hides, plain_of, read_plain
from wor_match.catalogue.reader import HIDDEN, read_text
from wor_match.catalogue.sound import sound_catalogue
from wor_match.domain.limits import USUAL, Limits

PARTS = ["a", "b: ", "- ", "\n", "  ", "[", "]", "{", "}", ", ", ": ", "'", '"', "#", "&x ", "*x", "!t ", "<<: ", "? ", "|", ">",
         "---\n", "...\n", "\\u0041", "\\ud800", "~", "1", "\t", "\r\n", "%", "\u00e9", "\u200b", "\x85", "\ufeff"]  # fmt: skip


def same_as_strictly(found: bytes) -> None:
    plain = plain_of(found)
    tree, problems = read_text(found, "x.yaml")
    if plain is not None:
        assert problems == []
        assert tree is not None
        assert tree.plain() == plain
    assert read_plain(found, "x.yaml") == (None if tree is None else tree.plain(), problems)


@pytest.mark.parametrize("parser", PARSERS)
def test_every_fault_and_oddity_is_left_to_the_strict_reader(parser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "Loader", parser)
    for text, _, _ in FAULTS.values():
        same_as_strictly(text.encode())
        assert sound_catalogue([("x.yaml", text.encode())]) is None
    for odd in ODD:
        assert plain_of(odd.encode()) is None


@given(st.lists(st.sampled_from(PARTS), max_size=25).map("".join))
@example("a:\nb:\na:")
@example("a: ''\n? a\n: b")
@example("'<<': a")
@example("? \n: b")
@example("--- a\n--- b")
@example("---\n")
def test_any_text_is_read_as_strictly(text: str) -> None:
    same_as_strictly(text.encode("utf-8", "surrogatepass"))


@given(st.text(max_size=100), st.binary(max_size=40))
def test_any_characters_and_bytes_are_read_as_strictly(text: str, found: bytes) -> None:
    same_as_strictly(text.encode("utf-8", "surrogatepass"))
    same_as_strictly(found)


EXAMPLE = paths_of("nieuwegein")[0].read_text(encoding="utf-8")[:6_000].rpartition("\n  - id")[0] + "\n"


@given(st.integers(0, len(EXAMPLE)), st.integers(0, 12), st.sampled_from(PARTS))
def test_an_example_with_a_slip_of_the_pen_is_judged_as_strictly(at: int, gone: int, put: str) -> None:
    contents = [("x.yaml", (EXAMPLE[:at] + put + EXAMPLE[at + gone :]).encode("utf-8", "surrogatepass"))]
    strictly, whole = read_contents(contents), sound_catalogue(contents)
    if whole is not None:
        assert strictly.problems == ()
        assert strictly.catalogue == whole
        assert strictly.catalogue.digest == whole.digest
    elif not strictly.problems:  # only what looks odd is read twice
        assert any(odd in put for odd in ("<<", "\\u", "\\ud"))


@pytest.mark.parametrize("name", example_names())
def test_the_examples_are_read_fast_and_the_same(name: str) -> None:
    contents = contents_of(paths_of(name))
    whole, strictly = sound_catalogue(contents), read_contents(contents).catalogue
    assert whole is not None
    assert strictly is not None
    assert whole == strictly
    assert whole.digest == strictly.digest
    assert [one.model_fields_set for one in whole] == [one.model_fields_set for one in strictly]


def test_a_folder_is_read_fast_and_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(ONE + "organisers: [{id: x, name: X}]\nschool_holidays: midden\n")
    more = "{id: twee, name: B, terms: [], organiser: y, schedule: {weekly: [{day: di, start: 9:00, end: 9:30}], pauses: [school_holidays]}}"
    (tmp_path / "b.yaml").write_text(f"organisers: [{{id: y, name: Y}}]\nactivities:\n  - {more}\n")
    contents = contents_of(paths_of(tmp_path))
    whole = sound_catalogue(contents)
    assert whole is not None
    assert whole == read_contents(contents).catalogue
    assert [one.id for one in whole.organisers] == ["x", "y"]
    schedule = whole["twee"].schedule
    assert schedule is not None
    assert schedule.region == "midden"
    for wrong in ("kleur: rood\n", "format: iets-anders/9\n", "organisers: geen\n", "- a\n", "\n"):
        (tmp_path / "b.yaml").write_text(wrong)
        assert sound_catalogue(contents_of(paths_of(tmp_path))) is None


def test_too_many_activities_are_left_to_the_strict_reading() -> None:
    two = f"{ONE}  - {{id: twee, name: Fietsen, terms: [fietsen]}}\n".encode()
    assert sound_catalogue([("x.yaml", two)], Limits(activities=2)) is not None
    assert sound_catalogue([("x.yaml", two)], Limits(activities=1)) is None


def test_without_the_c_library_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    with_it = plain_of(EXAMPLE.encode())
    monkeypatch.setattr(reader, "Loader", InPython)
    assert plain_of(EXAMPLE.encode()) == with_it is not None


def test_what_hides_is_the_same_for_every_character() -> None:
    for number in range(sys.maxunicode + 1):
        assert hides(chr(number)) == bool(HIDDEN.search(chr(number))), hex(number)
    for text in ("%a", "a\n%a", "a%", " %", "a\n", "\u00e9\n%", "\u200d\n%"):
        assert hides(text) == bool(HIDDEN.search(text)), text


@pytest.mark.parametrize("levels", range(USUAL.depth - 3, USUAL.depth + 3))
def test_depth_is_the_same(levels: int) -> None:
    same_as_strictly(f"{'[' * levels}{']' * levels}".encode())
    same_as_strictly(f"{'[' * levels}a{']' * levels}".encode())
    assert (plain_of(f"{'[' * levels}a{']' * levels}".encode()) is not None) == (levels < USUAL.depth)


def test_too_much_is_left_to_the_strict_reader() -> None:
    assert plain_of(f"[{'a, ' * 100}]".encode()) is not None
    assert plain_of(f"[{'a, ' * 100}]".encode(), Limits(yaml_parts=100)) is None
    assert plain_of(b"a" * USUAL.text_characters) is not None
    assert plain_of(b"a" * (USUAL.text_characters + 1)) is None


def test_a_blank_is_left_out_and_an_empty_text_is_not() -> None:
    assert plain_of(b"a: ''\nb:\nc: \"\"\nd: [ '' ]\n") == {"a": "", "c": "", "d": [""]}


@pytest.mark.parametrize(
    "odd", ["a: *b", "- *b", "*b : a", "a: &b c", "a: &b [c]", "a: !t c", "a: !t [c]", "<<: a", "? [a]\n: b"]
)
def test_what_yaml_can_do_and_a_catalogue_does_not_need_is_left_to_the_strict_reader(odd: str) -> None:
    assert plain_of(odd.encode()) is None
    assert read_text(odd.encode(), "x.yaml")[1]


def test_bombs_end_at_once() -> None:
    for bomb in (b"[" * 1_000_000, b"{a: " * 300_000, b"- " * 300_000, b"a: &a [x]\nb: *a"):
        assert plain_of(bomb) is None


@pytest.mark.parametrize("found", [b"a: b", b"a: [", b"a: &a b"])
def test_the_collector_is_as_it_was(found: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    during: list[bool] = []
    built = quick.built

    def watched(*told: Any) -> Any:
        during.append(gc.isenabled())
        return built(*told)

    monkeypatch.setattr(quick, "built", watched)
    assert gc.isenabled()
    plain_of(found)
    assert during == [False]
    assert gc.isenabled()
    gc.disable()
    try:
        plain_of(found)
        with pytest.raises(ValueError, match="x"), collector_paused():
            raise ValueError("x")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_one_fault_among_sound_activities_is_told_once_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(ONE + "  - {id: twee, name: Fietsen, terms: [duikbootvaren]}\n")
    with pytest.raises(wm.CatalogueError) as refused:
        wm.load_catalogue(path)
    assert [(one.line, one.column, one.code) for one in refused.value.problems] == [(11, 39, "unknown-term")]
    assert len(wm.load_catalogue(path, strict=False)) == 1
