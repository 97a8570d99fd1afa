"""JSON of a program is read as strictly as YAML of a person, and every problem names its path."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from tests.strategies import activities
from wor_match.catalogue import json_file
from wor_match.catalogue.files import example_names, read_contents
from wor_match.catalogue.json_file import plain_json, read_json
from wor_match.catalogue.sound import sound_catalogue
from wor_match.domain.limits import Limits

ONE: dict[str, Any] = {
    "format": "wor-match-catalogue/1",
    "id": "een",
    "name": "Voorbeeld (verzonnen)",
    "organisers": [{"id": "de-linde", "name": "De Linde"}],
    "activities": [
        {"id": "een", "name": "Wandelen", "terms": ["wandelen"], "price": [{"euro": 3.5, "per": "time"}]},
        {"id": "twee", "name": "Fietsen", "terms": ["fietsen"], "access": {"toilet": True}},
    ],
}
TEXT = json.dumps(ONE)


def load(text: str | bytes, tmp_path: Path, **options: Any) -> wm.Catalogue:
    path = tmp_path / "proef.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return wm.load_catalogue(path, **options)


def broken(old: str, new: str) -> str:
    assert TEXT.count(old) == 1
    return TEXT.replace(old, new)


FAULTS = {  # what is wrong: (the file, its code, its path)
    "an unknown field": (broken('"name": "Fietsen"', '"name": "Fietsen", "kleur": 1'), "unknown-field", "activities.1.kleur"),
    "an unknown field inside": (broken('"toilet"', '"wc"'), "unknown-name", "activities.1.access.wc.[key]"),
    "a name twice": (broken('"id": "twee"', '"id": "twee", "id": "drie"'), "duplicate-key", "activities.1.id"),
    "a name twice, once null": (broken('"id": "twee"', '"id": null, "id": "twee"'), "duplicate-key", "activities.1.id"),
    "a name twice in the head": (broken('"id": "een", "name": "V', '"id": "een", "id": "x", "name": "V'), "duplicate-key", "id"),
    "a number in quotes": (broken("3.5", '"3.5"'), "no-number", "activities.0.price.0.euro"),
    "an endless number": (broken("3.5", "1e400"), "no-number", "activities.0.price.0.euro"),
    "text that is a number": (broken('"Fietsen"', "1984"), "no-text", "activities.1.name"),
    "a null where something must be": (broken('"Fietsen"', "null"), "no-text", "activities.1.name"),
    "a null in a list": (broken('["fietsen"]', "[null]"), "no-text", "activities.1.terms.0"),
    "an unknown term": (broken('["fietsen"]', '["duiken"]'), "unknown-term", "activities.1.terms.0"),
    "an id twice": (broken('"id": "twee"', '"id": "een"'), "duplicate-id", "activities.1.id"),
    "an organiser that is nowhere": (broken('"Fietsen"', '"Fietsen", "organiser": "x"'), "unknown-organiser", "activities.1.organiser"),
    "an organiser twice": (broken('{"id": "de-linde"', '{"id": "de-linde", "name": "X"}, {"id": "de-linde"'), "duplicate-id", "organisers"),
    "activities that are no list": ('{"id": "x", "name": "X", "activities": 3}', "no-list", "activities"),
    "a list": ("[]", "no-fields", ""),
    "a number": ("3", "no-fields", ""),
    "another format": (broken("catalogue/1", "catalogue/2"), "unknown-name", "format"),
    "a field of 25 levels": (broken('["fietsen"]', "[" * 30 + "]" * 30), "too-deep", "activities.1.terms" + ".0" * 21),
    "a text too long": (broken('"Fietsen"', f'"{"x" * 20_001}"'), "too-long", "activities.1.name"),
    "a hidden character": (broken('"Fietsen"', '"Fie\\u202etsen"'), "hidden-character", "activities.1.name"),
    "half a character": (broken('"Fietsen"', '"\\ud83d"'), "no-json", ""),
    "half a character in a name": (broken('"toilet"', '"\\uD83D"'), "no-json", ""),
    "NaN": (broken("3.5", "NaN"), "no-json", ""),
    "a number of 5,000 digits": (broken("3.5", "1" * 5_000), "no-json", ""),
    "a comma too many": (broken('["fietsen"]', '["fietsen",]'), "no-json", ""),
    "brackets without end": ("[" * 1_000_000, "too-deep", ""),
    "nothing": ("", "no-json", ""),
    "another encoding": (TEXT.encode("utf-16"), "no-utf8", ""),
}  # fmt: skip


@pytest.mark.parametrize("what", FAULTS)
def test_every_fault_has_its_path(what: str, tmp_path: Path) -> None:
    text, code, path = FAULTS[what]
    with pytest.raises(wm.CatalogueError, match=r"proef\.json") as refused:
        load(text, tmp_path)
    assert (code, path) in {(one.code, one.path) for one in refused.value.problems}, str(refused.value)
    str(refused.value).encode()


def test_all_faults_are_told_in_one_go_and_the_rest_can_be_kept(tmp_path: Path) -> None:
    text = broken('"id": "twee"', '"id": "twee", "id": "drie", "kleur": 1, "status": "weg"')
    with pytest.raises(wm.CatalogueError) as refused:
        load(text, tmp_path)
    told = [("duplicate-key", "activities.1.id"), ("unknown-field", "activities.1.kleur"), ("unknown-name", "activities.1.status")]  # fmt: skip
    assert sorted((one.code, one.path) for one in refused.value.problems) == told
    kept = load(text, tmp_path, strict=False)
    assert [one.id for one in kept] == ["een"]
    assert len(kept.problems) == 3


def test_a_syntax_error_has_its_line_and_column(tmp_path: Path) -> None:
    with pytest.raises(wm.CatalogueError, match=r"proef\.json:2:7: no-json: cannot be read as JSON here"):
        load('{\n "id" 3}', tmp_path)


@pytest.mark.parametrize("name", example_names())
def test_an_example_as_json_is_the_same_catalogue(name: str, tmp_path: Path) -> None:
    ours = wm.load_catalogue(name)
    again = load(ours.model_dump_json(by_alias=True, exclude_unset=True), tmp_path)
    assert again == ours
    assert again.digest == ours.digest


@pytest.mark.parametrize("name", ["proef.JSON", "PROEF.Json"])
def test_json_is_json_however_its_name_is_written(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(broken('"toilet": true', '"toilet": null'))
    assert wm.load_catalogue(tmp_path / name)["een"].price[0].euro == 3.5
    assert wm.load_catalogue(tmp_path / name, strict=False).problems == ()
    (tmp_path / name).write_text(broken("3.5", '"3.5"'))
    with pytest.raises(wm.CatalogueError, match=r"no-number activities\.0\.price\.0\.euro"):
        wm.load_catalogue(tmp_path / name)


def test_null_is_unknown_and_true_is_yes(tmp_path: Path) -> None:
    found = load(broken('"toilet": true', '"toilet": null, "quiet": false'), tmp_path)
    assert found["twee"].access == {"toilet": None, "quiet": False}
    found = load(broken('"Fietsen"', '"Fietsen", "organiser": null, "schedule": null'), tmp_path)
    assert found["twee"].organiser is found["twee"].schedule is None
    assert load("\ufeff" + TEXT, tmp_path)["een"].price[0].euro == 3.5
    assert load(broken('"Fietsen"', '"Fiets\\ud83d\\udeb2"'), tmp_path)["twee"].name == "Fiets\U0001f6b2"


def test_the_region_of_the_head_is_laid_into_each_schedule(tmp_path: Path) -> None:
    pausing = '"Fietsen", "schedule": {"on_request": true, "pauses": ["school_holidays"]}'
    text = broken('"Fietsen"', pausing).replace('"name": "V', '"school_holidays": "midden", "name": "V')
    for whole in (load(text, tmp_path), read_contents([("x.json", text.encode())]).catalogue):
        assert whole is not None
        schedule = whole["twee"].schedule
        assert schedule is not None
        assert schedule.region == "midden"
    with pytest.raises(wm.CatalogueError, match=r"no-answer activities\.1\.schedule\.on_request|no-region"):
        load(broken('"Fietsen"', pausing), tmp_path)


def test_a_number_stays_a_number_also_beside_a_region() -> None:
    text = broken(
        '"Fietsen"',
        '"Fietsen", "schedule": {"weekly": [{"day": "di", "start": "9:00", "end": "9:30", "every": "1"}], "pauses": ["school_holidays"]}',
    )
    contents = [("x.json", text.replace('"name": "V', '"school_holidays": "midden", "name": "V').encode())]
    assert sound_catalogue(contents) is None
    (problem,) = read_contents(contents).problems
    assert (problem.code, problem.path) == ("no-number", "activities.1.schedule.weekly.0.every")


def test_too_many_parts_or_bytes_are_refused_before_reading_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_file, "MOST_PARTS", 10)
    with pytest.raises(wm.CatalogueError, match="holds more than 10 parts"):
        load(TEXT, tmp_path)
    (tmp_path / "x.json").write_text(TEXT)
    with pytest.raises(wm.CatalogueError, match=rf"too-large: is larger than {len(TEXT) - 1} bytes"):
        wm.load_catalogue(tmp_path / "x.json", limits=Limits(catalogue_bytes=len(TEXT) - 1))


def test_lint_says_of_json_what_it_says_of_yaml(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(wm.load_catalogue("nieuwegein").model_dump_json(by_alias=True, exclude_unset=True))
    there, here = wm.lint("nieuwegein"), wm.lint(tmp_path / "x.json")
    assert {(one.code, one.path) for one in here} == {(one.code, one.path) for one in there} != set()


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["id", "een"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "name", "activities", "x"]), inner, max_size=3),
    max_leaves=12,
)  # fmt: skip


@given(values)
def test_any_value_is_read_or_refused(value: Any) -> None:
    found = json.dumps(value).encode()
    tree, problems = read_json(found, "x.json")
    assert problems or tree is not None
    plain = plain_json(found)
    if plain is not None and not problems:
        assert tree is not None
        assert tree.plain() == plain
    whole = sound_catalogue([("x.json", found)])
    strictly = read_contents([("x.json", found)])
    assert (whole is not None) == (strictly.problems == ())
    assert whole is None or whole == strictly.catalogue


@given(activities())
def test_any_activity_is_read_fast_and_as_strictly(told: dict[str, Any]) -> None:
    contents = [("x.json", json.dumps({"id": "x", "name": "X", "activities": [told]}).encode())]
    whole = sound_catalogue(contents)
    assert whole is not None
    assert whole == read_contents(contents).catalogue
    assert whole.activities[0] == wm.Activity.model_validate(told)
