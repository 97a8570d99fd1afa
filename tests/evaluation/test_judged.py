"""Judgements in files: read strictly, refused at their place, and told about without a word of what was told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import wor_match as wm
from wor_match.errors import ParticipantError
from wor_match.evaluation.judging.judged import Judged, read_judged

GOOD = """\
title: Riet (verzonnen) houdt van koken
why: A coach says so.
at: 2026-11-23
by: coach-a
person:
  id: riet
  likes: [samen-koken]
judged:
  kookgroep-de-linde: good
  stoelgym-de-linde: acceptable
"""


def written(folder: Path, text: str, name: str = "riet.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_a_file_is_read_as_it_stands(tmp_path: Path) -> None:
    (one,) = read_judged(written(tmp_path, GOOD))
    assert one.person == wm.Participant(id="riet", likes=["samen-koken"])
    assert one.judged == {"kookgroep-de-linde": "good", "stoelgym-de-linde": "acceptable"}
    assert (one.by, one.at, one.title) == ("coach-a", date(2026, 11, 23), "Riet (verzonnen) houdt van koken")


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("b.yml", "a.yaml", "c.txt"):
        written(tmp_path, GOOD.replace("coach-a", f"coach-{name[0]}"), name)
    assert [one.by for one in read_judged(tmp_path)] == ["coach-a", "coach-b"]


@pytest.mark.parametrize(
    ("now", "then", "place", "said"),
    [
        (": acceptable", ": zozo", "10:22", "is not one of"),
        ("by: coach-a", "by: Coach Anja", "4:5", "bad-id"),
        ("samen-koken", "kanarie", "7:11", "unknown-word person.likes.0"),
        ("at: 2026-11-23", "at: 23-11", "3:5", "write it as 2026-11-23"),
        ("title: ", "shown: [een]\ntitle: ", "1:1", "unknown-field"),
        ("  id: riet\n", "", "6:3", "is required"),
        ("stoelgym-de-linde", "kookgroep-de-linde", "10:3", "a name stands here twice"),
        ("riet\n", "&riet riet\n", "6:7", "names a place for reuse"),
    ],
)
def test_a_fault_is_told_at_its_place_without_what_was_told(
    tmp_path: Path, now: str, then: str, place: str, said: str
) -> None:
    assert GOOD.count(now) == 1
    with pytest.raises(ParticipantError) as told:
        read_judged(written(tmp_path, GOOD.replace(now, then)))
    assert f"riet.yaml:{place}: " in str(told.value)
    assert said in str(told.value)
    for word in ("zozo", "Anja", "kanarie", "samen-koken", "23-11", "kookgroep"):
        assert word not in str(told.value)


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    written(tmp_path, GOOD.replace("good", "goed").replace("acceptable", "zozo"), "a.yaml")
    written(tmp_path, "", "b.yaml")
    with pytest.raises(ParticipantError) as told:
        read_judged(tmp_path)
    assert [Path(one.file).name for one in told.value.problems] == ["a.yaml", "a.yaml", "b.yaml"]


def test_nothing_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ParticipantError, match="has no YAML file"):
        read_judged(tmp_path)
    with pytest.raises(ParticipantError, match="is not there"):
        read_judged(tmp_path / "weg.yaml")


def test_a_judgement_tells_the_pseudonym_only() -> None:
    person = wm.Participant(id="riet", likes=["samen-koken"])
    one = Judged(person=person, judged={"kookgroep-de-linde": "unsuitable"}, why="Zij houdt er niet van.")
    assert repr(one) == str(one) == "Judged(person='riet', n_judged=1)"
    with pytest.raises(ParticipantError) as told:
        Judged(person=person, judged={"kookgroep-de-linde": "slecht"})
    assert "slecht" not in str(told.value)
    assert "kookgroep" not in str(told.value)
    with pytest.raises(ParticipantError):
        Judged(person=person, judged={})
