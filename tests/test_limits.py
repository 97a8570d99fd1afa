"""Every limit is in force at its door: just inside passes, just outside is refused by its own error."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic.fields import FieldInfo

import wor_match as wm
from wor_match.catalogue.participants import load_participant
from wor_match.catalogue.quick import plain_of
from wor_match.catalogue.reader import read_text
from wor_match.domain.limits import USUAL, Limits
from wor_match.settings import Settings

HEAD = "format: wor-match-catalogue/1\nid: een\nname: Voorbeeld (verzonnen)\nactivities:\n"
ROW = "  - {id: NAME, name: Wandelen, terms: [wandelen], place: {postcode: 3431}, price: [{euro: 3.50, per: time}]}\n"
THREE = HEAD + "".join(ROW.replace("NAME", name) for name in ("een", "twee", "drie"))
FOLDER = {"a.yaml": HEAD + ROW.replace("NAME", "een"), "b.yaml": "activities:\n" + ROW.replace("NAME", "twee")}


def bounds(field: FieldInfo) -> tuple[int, int]:
    told = {type(one).__name__: one for one in field.metadata}
    return int(told["Ge"].ge), int(told["Le"].le)


def code_of(read: Callable[[], object]) -> str:
    """The code of the one problem with which something is refused or left out; empty when it passes."""
    try:
        found = read()
    except wm.WorMatchError as fault:
        found = fault
    codes = {problem.code for problem in getattr(found, "problems", ())}
    assert len(codes) < 2, found
    return codes.pop() if codes else ""


@pytest.mark.parametrize("name", Limits.model_fields)
def test_no_limit_can_be_switched_off_or_set_beyond_what_a_machine_bears(name: str) -> None:
    low, high = bounds(Limits.model_fields[name])
    assert getattr(Limits(**{name: low}), name) == low
    assert getattr(Limits(**{name: high}), name) == high
    assert low <= getattr(USUAL, name) <= high
    for wrong in (low - 1, high + 1, -1, 2.5, True, None, "10", float("inf")):
        with pytest.raises(wm.WorMatchError, match=rf"(?m)^[a-z-]+ {name}: "):
            Limits(**{name: wrong})


def test_settings_carry_the_limits_and_refuse_what_is_none() -> None:
    assert Settings().limits == USUAL
    assert Settings(limits={"depth": 5}).limits == Limits(depth=5)
    with pytest.raises(wm.WorMatchError, match=r"limits\.depth: 0 is below 1"):
        Settings(limits={"depth": 0})
    with pytest.raises(wm.WorMatchError, match=r"limits takes a Limits"):
        wm.load_catalogue("nieuwegein", limits=Settings())  # type: ignore[arg-type]  # because that is the point


def test_limits_change_no_advice_so_they_are_no_part_of_its_digest() -> None:
    offer = wm.load_catalogue("nieuwegein")
    ours, theirs = wm.Matcher(offer), wm.Matcher(offer, Settings(limits=Limits(depth=5)))
    assert ours.knowledge.digest == theirs.knowledge.digest


# Each limit of a catalogue in YAML: the value that just takes THREE, and the code when it is one less.
PARTS = sum(1 for _ in __import__("yaml").parse(THREE))
ON_YAML = {
    "yaml_bytes": (len(THREE), "too-large"),
    "yaml_parts": (PARTS, "too-much"),
    "depth": (6, "too-deep"),
    "text_characters": (len("wor-match-catalogue/1"), "too-long"),
    "number_digits": (2, "too-many-digits"),
    "catalogue_bytes": (len(THREE), "too-large"),
    "activities": (3, "too-many-activities"),
}


@pytest.mark.parametrize("name", ON_YAML)
@pytest.mark.parametrize("strict", [True, False])
def test_a_catalogue_at_a_limit_is_read_and_one_beyond_it_refused(name: str, strict: bool, tmp_path: Path) -> None:
    most, code = ON_YAML[name]
    (path := tmp_path / "x.yaml").write_text(THREE)
    found = wm.load_catalogue(path, limits=Limits(**{name: most}))
    assert found == wm.load_catalogue(path)
    assert code_of(lambda: wm.load_catalogue(path, strict, limits=Limits(**{name: most - 1}))) == code


@pytest.mark.parametrize(("name", "most", "code"), [
    ("files", 2, "too-many-files"),
    ("catalogue_bytes", sum(map(len, FOLDER.values())), "too-large"),
])  # fmt: skip
def test_a_folder_is_counted_before_it_is_read(name: str, most: int, code: str, tmp_path: Path) -> None:
    for file, text in FOLDER.items():
        (tmp_path / file).write_text(text)
    assert len(wm.load_catalogue(tmp_path, limits=Limits(**{name: most}))) == 2
    assert code_of(lambda: wm.load_catalogue(tmp_path, limits=Limits(**{name: most - 1}))) == code


@pytest.mark.parametrize(("name", "most", "code"), [
    ("catalogue_bytes", None, "too-large"), ("depth", 6, "too-deep"), ("text_characters", 21, "too-long"),
    ("activities", 3, "too-many-activities"),
])  # fmt: skip
def test_a_catalogue_in_json_has_the_same_limits(name: str, most: int | None, code: str, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(THREE)
    (path := tmp_path / "x.json").write_text(
        wm.load_catalogue(tmp_path / "x.yaml").model_dump_json(by_alias=True, exclude_unset=True)
    )
    most = most or path.stat().st_size
    assert len(wm.load_catalogue(path, limits=Limits(**{name: most}))) == 3
    assert code_of(lambda: wm.load_catalogue(path, limits=Limits(**{name: most - 1}))) == code


def test_a_cache_never_gives_what_narrower_limits_refuse(tmp_path: Path) -> None:
    (path := tmp_path / "x.yaml").write_text(THREE)
    kept = tmp_path / "kept"
    assert len(wm.load_catalogue(path, cache=kept)) == 3
    assert code_of(lambda: wm.load_catalogue(path, cache=kept, limits=Limits(activities=2))) == "too-many-activities"
    assert code_of(lambda: wm.load_catalogue(path, cache=kept, limits=Limits(number_digits=1))) == "too-many-digits"


def test_an_error_tells_so_many_problems_and_holds_them_all(tmp_path: Path) -> None:
    (path := tmp_path / "x.yaml").write_text(THREE.replace("terms", "kleur"))
    told = []
    for most in (6, 5, 50):
        with pytest.raises(wm.CatalogueError) as refused:
            wm.load_catalogue(path, limits=Limits(problems_told=most))
        assert len(refused.value.problems) == 6
        assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)  # noqa: S301 — our own
        told.append(str(refused.value).splitlines()[1:])
    assert [len(lines) for lines in told] == [6, 6, 6]
    assert told[1][-1] == "... and 1 more"
    assert told[0] == told[2]


@pytest.mark.parametrize(("name", "most", "code"), [
    ("yaml_bytes", 14, "too-large"), ("yaml_parts", 10, "too-much"), ("depth", 2, "too-deep"),
    ("text_characters", 3, "too-long"), ("number_digits", 2, "too-many-digits"),
])  # fmt: skip
def test_the_file_of_a_participant_has_the_limits_of_yaml(name: str, most: int, code: str, tmp_path: Path) -> None:
    (path := tmp_path / "p.yaml").write_text("id: p1\nage: 67")
    assert load_participant(path, limits=Limits(**{name: most})).age == 67
    with pytest.raises(wm.ParticipantError) as refused:
        load_participant(path, limits=Limits(**{name: most - 1}))
    assert {problem.code for problem in refused.value.problems} == {code}
    assert "67" not in str(refused.value)


def bomb() -> bytes:
    """Nine times nine times nine...: 435 bytes that would be a thousand million words."""
    rows = [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    return "\n".join(["a0: &a0 [" + ",".join(["x"] * 9) + "]", *rows]).encode()


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor_and_never_unfolded() -> None:
    tree, problems = read_text(bomb(), "bom.yaml")
    assert len(bomb()) < 500
    assert plain_of(bomb()) is None
    assert (problems[0].code, problems[0].line, problems[0].column) == ("anchor", 1, 5)
    assert tree is not None
    assert len(pickle.dumps(tree.plain())) < 2_000, "an alias was unfolded"


@pytest.mark.parametrize("text", ["[" * 1_000_000, "{a: " * 300_000], ids=["lists", "names"])
@pytest.mark.parametrize("name", ["bom.yaml", "bom.json"])
def test_a_million_brackets_end_in_an_error_in_a_process_of_their_own(text: str, name: str, tmp_path: Path) -> None:
    (path := tmp_path / name).write_text(text)
    code = (
        "import sys, wor_match as wm\n"
        "try: wm.load_catalogue(sys.argv[1])\n"
        "except wm.CatalogueError as fault: print(*(problem.code for problem in fault.problems))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() in ("too-deep", "no-yaml", "no-json")
