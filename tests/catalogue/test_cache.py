"""A kept catalogue is the same catalogue, or it is not believed and the files are read."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wor_match as wm
from tests.catalogue.test_reader import ONE
from tests.strategies import activities
from tests.town import activity, catalogue
from wor_match.catalogue import cache, sound
from wor_match.catalogue.cache import catalogue_in, keep, mark_of, place_of, restored, stored
from wor_match.catalogue.files import contents_of, example_names, paths_of
from wor_match.catalogue.sound import Contents
from wor_match.domain.activity import Activity

CONTENTS = [("een.yaml", ONE.encode())]


def whole(contents: Contents) -> wm.Catalogue:
    found = sound.sound_catalogue(contents)
    assert found is not None
    return found


def kept_file(folder: Path) -> Path:
    keep(folder, CONTENTS, whole(CONTENTS))
    return place_of(folder, CONTENTS)


def with_body(path: Path, body: bytes) -> None:
    """A file whose sums are right, whatever it holds: what somebody could write who knows how."""
    path.write_bytes(mark_of(CONTENTS, body).encode() + b"\n" + body)
    path.chmod(0o600)


def unset(found: wm.Catalogue) -> list[Any]:
    return [found.model_dump(exclude_unset=True), [one.model_fields_set for one in found]]


@pytest.mark.parametrize("name", example_names())
def test_an_example_comes_back_the_same(name: str, tmp_path: Path) -> None:
    contents = contents_of(paths_of(name))
    keep(tmp_path, contents, whole(contents))
    back = restored(tmp_path, contents)
    assert back is not None
    assert back == whole(contents)
    assert back.digest == whole(contents).digest
    assert unset(back) == unset(whole(contents))
    assert back.activities[0].replace(name="Anders").name == "Anders"
    assert {back.activities[0]: 1}[back.activities[0]] == 1


@given(activities("een"), activities("twee"))
@settings(max_examples=100)
def test_any_two_activities_come_back_the_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    ours = catalogue(activity(**one), activity(**other))
    back = catalogue_in(json.dumps(stored(ours)).encode())
    assert back is not None
    assert back.activities == ours.activities
    assert [told.model_dump_json() for told in back] == [told.model_dump_json() for told in ours]
    assert [told.model_dump(exclude_unset=True) for told in back] == [
        told.model_dump(exclude_unset=True) for told in ours
    ]


@given(st.floats(-90, 90), st.floats(0, 100_000), st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_any_number_and_text_come_back_the_same(degrees: float, euro: float, text: str) -> None:
    ours = catalogue(activity(place={"latitude": degrees, "longitude": degrees}, price=[{"euro": euro, "per": "time"}], summary=text))  # fmt: skip
    back = catalogue_in(json.dumps(stored(ours), ensure_ascii=False).encode())
    assert back is not None
    assert back.activities == ours.activities


def test_no_activities_come_back_as_none() -> None:
    back = catalogue_in(json.dumps(stored(catalogue())).encode())
    assert back is not None
    assert len(back) == 0


def test_the_second_time_no_file_is_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = wm.load_catalogue("nieuwegein", cache=tmp_path / "hier")
    monkeypatch.setattr("wor_match.catalogue.files.sound_catalogue", None)
    assert wm.load_catalogue("nieuwegein", cache=str(tmp_path / "hier")) == first
    with pytest.raises(TypeError):
        wm.load_catalogue("nieuwegein")


@pytest.mark.parametrize("wrong", ["", 5, True, b"kept"])
def test_what_names_no_folder_is_refused_as_a_cache(
    wrong: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(wm.CatalogueError, match="cache takes the path of a folder"):
        wm.load_catalogue("nieuwegein", cache=wrong)
    assert not [*tmp_path.iterdir()]


def test_a_changed_file_is_read_anew_and_takes_the_place_of_the_old(tmp_path: Path) -> None:
    path, folder = tmp_path / "een.yaml", tmp_path / "kept"
    for name in ("Wandelen", "Fietsen", "Wandelen"):
        path.write_text(ONE.replace("Wandelen", name))
        for _ in range(2):
            assert wm.load_catalogue(path, cache=folder)["een"].name == name
    assert len(list(folder.iterdir())) == 1
    path.write_text(ONE.replace("[wandelen]", "[duiken]"))
    with pytest.raises(wm.CatalogueError, match=r"een\.yaml:8:13: unknown-term"):
        wm.load_catalogue(path, cache=folder)


def test_a_file_that_was_added_or_changed_its_form_is_read_anew(tmp_path: Path) -> None:
    sane = kept_file(tmp_path).read_bytes()
    for other in (
        [*CONTENTS, ("twee.yaml", b"activities: []")],
        [("een.json", ONE.encode())],
        [("een.yaml", ONE.encode() + b"\n")],
    ):
        keep(tmp_path, other, whole(CONTENTS))
        assert restored(tmp_path, other) is not None
        place_of(tmp_path, other).write_bytes(sane)
        assert restored(tmp_path, other) is None


def test_what_another_version_kept_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_file(tmp_path)
    assert restored(tmp_path, CONTENTS) is not None
    for version in ("0.0.9", "99.0.0"):
        monkeypatch.setattr(wm, "__version__", version)
        assert restored(tmp_path, CONTENTS) is None


def test_what_is_wrong_is_never_kept(tmp_path: Path) -> None:
    path = tmp_path / "een.yaml"
    path.write_text(ONE + "  - {id: twee, name: Fietsen, terms: [duiken]}\n")
    assert len(wm.load_catalogue(path, strict=False, cache=tmp_path / "kept")) == 1
    assert not (tmp_path / "kept").exists()
    with pytest.raises(wm.CatalogueError):
        wm.load_catalogue(path, cache=tmp_path / "kept")


def test_it_is_for_its_owner_only_and_holds_no_path(tmp_path: Path) -> None:
    path = kept_file(tmp_path / "kept")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert os.fsencode(os.getcwd()) not in path.read_bytes()


def test_a_change_of_any_byte_is_seen_and_a_cut_anywhere(tmp_path: Path) -> None:
    path = kept_file(tmp_path)
    sane = path.read_bytes()
    for at in range(len(sane)):
        path.write_bytes(sane[:at] + bytes([sane[at] ^ 1]) + sane[at + 1 :])
        assert restored(tmp_path, CONTENTS) is None, at
    for at in range(0, len(sane), 7):
        path.write_bytes(sane[:at])
        assert restored(tmp_path, CONTENTS) is None, at
    path.write_bytes(sane + b" ")
    assert restored(tmp_path, CONTENTS) is None
    path.write_bytes(sane)
    assert restored(tmp_path, CONTENTS) is not None


def told(change: Callable[[dict[str, Any]], Any]) -> bytes:
    body = stored(whole(CONTENTS))
    change(body)
    return json.dumps(body).encode()


FORGED: dict[str, bytes] = {
    "no JSON": b"\x80\x04}q\x00.",
    "a list": b"[]",
    "nothing": b"",
    "deep": b"[" * 100_000,
    "an unknown field": told(lambda body: body.update(more=1)),
    "an unknown field of an activity": told(lambda body: body["activities"].update(kleur={"values": [], "rows": [-1]})),
    "a field that is gone": told(lambda body: body["activities"].pop("price")),
    "an unknown term": told(lambda body: body["activities"]["terms"].update(values=[["duiken"]])),
    "an id that is none": told(lambda body: body["activities"]["id"].update(values=["e\u0435n"])),
    "a number that is none": told(lambda body: body["activities"]["price"].update(values=[[{"euro": 1e999, "per": "time"}]], rows=[0])),
    "a price below nought": told(lambda body: body["activities"]["price"].update(values=[[{"euro": -1, "per": "time"}]], rows=[0])),
    "a character that turns the line around": told(lambda body: body["activities"]["name"].update(values=["Wan\u202edelen"])),
    "a row too many": told(lambda body: body["activities"]["id"].update(rows=[0, 0])),
    "a row too few": told(lambda body: body["activities"]["id"].update(rows=[])),
    "a row out of reach": told(lambda body: body["activities"]["id"].update(rows=[1])),
    "a row before the first": told(lambda body: body["activities"]["id"].update(rows=[-2])),
    "a row that is no number": told(lambda body: body["activities"]["id"].update(rows=[True])),
    "no name": told(lambda body: body["activities"]["name"].update(rows=[-1])),
    "an organiser that is nowhere": told(lambda body: body["activities"]["organiser"].update(values=["niemand"], rows=[0])),
    "an id twice": told(lambda body: [column["rows"].append(column["rows"][0]) for column in body["activities"].values()]),
    "no head": told(lambda body: body.update(head={})),
    "another format": told(lambda body: body["head"].update(format="wor-match-catalogue/2")),
}  # fmt: skip


@pytest.mark.parametrize("what", FORGED)
def test_what_is_no_sound_catalogue_is_not_believed_also_when_its_sums_are_right(what: str, tmp_path: Path) -> None:
    path = tmp_path / "een.yaml"
    path.write_text(ONE)
    forged = kept_file(tmp_path)
    with_body(forged, FORGED[what])
    assert restored(tmp_path, CONTENTS) is None
    with_body(forged, told(lambda _: None))
    assert restored(tmp_path, CONTENTS) is not None


def test_what_somebody_else_could_have_written_is_not_believed(tmp_path: Path) -> None:
    path = kept_file(tmp_path)
    for mode in (0o620, 0o602, 0o666):
        path.chmod(mode)
        assert restored(tmp_path, CONTENTS) is None
    path.chmod(0o600)
    assert restored(tmp_path, CONTENTS) is not None
    path.rename(tmp_path / "elders")
    path.symlink_to(tmp_path / "elders")
    assert restored(tmp_path, CONTENTS) is None


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
def test_a_file_of_somebody_else_is_not_believed(tmp_path: Path) -> None:
    path = kept_file(tmp_path)
    os.chown(path, 65534, 65534)
    assert restored(tmp_path, CONTENTS) is None


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_something_else_in_its_place_stops_nobody(make: Callable[[Path], None], tmp_path: Path) -> None:
    path, source = tmp_path / "kept" / "x", tmp_path / "een.yaml"
    source.write_text(ONE)
    path = place_of(tmp_path / "kept", contents_of([source]))
    path.parent.mkdir()
    make(path)
    for _ in range(2):
        assert len(wm.load_catalogue(source, cache=tmp_path / "kept")) == 1


def test_a_file_larger_than_allowed_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = kept_file(tmp_path)
    monkeypatch.setattr(cache, "MOST_BYTES", path.stat().st_size)
    assert restored(tmp_path, CONTENTS) is not None
    monkeypatch.setattr(cache, "MOST_BYTES", path.stat().st_size - 1)
    assert restored(tmp_path, CONTENTS) is None


def test_where_nothing_can_be_kept_the_catalogue_is_still_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "een.yaml"
    source.write_text(ONE)
    for folder in (source, source / "diep", tmp_path / ("x" * 300), "nul\0"):
        assert len(wm.load_catalogue(source, cache=folder)) == 1

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert len(wm.load_catalogue(source, cache=tmp_path / "kept")) == 1
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_cache_that_is_no_folder_is_told() -> None:
    with pytest.raises(wm.CatalogueError, match="cache takes the path of a folder"):
        wm.load_catalogue("nieuwegein", cache=True)  # type: ignore[arg-type]  # that it is refused is the point


def test_an_activity_has_no_check_of_the_whole_that_restoring_would_pass_over() -> None:
    checks = Activity.__pydantic_decorators__
    assert not checks.model_validators
    assert not checks.field_validators
    assert not checks.root_validators
    assert Activity.__pydantic_post_init__ is None
    assert Activity.__private_attributes__ == {}
