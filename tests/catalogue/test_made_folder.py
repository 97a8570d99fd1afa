"""The folder that an import writes can always be read back, and folders that cannot be read say why."""

from __future__ import annotations

from pathlib import Path

import pytest

import wor_match as wm
from tests.catalogue.test_reader import ONE
from wor_match.catalogue import folder
from wor_match.catalogue.folder import last_import, stored_layers, write_import
from wor_match.catalogue.importers import Imported
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Organiser


def town(n: int, **fields: str) -> wm.Catalogue:
    organisers = [{"id": f"o-{one}", "name": f"Groep {one}"} for one in range(n)]
    activities = [
        {"id": f"a-{one}", "name": "Koor", "terms": ["zingen"], "organiser": f"o-{one}", **fields} for one in range(n)
    ]
    told = {"id": "dorp", "name": "Dorp (verzonnen)", "organisers": organisers, "activities": activities}
    return wm.Catalogue.model_validate(told)


def layer(whole: wm.Catalogue) -> Imported:
    return Imported(whole.activities, (), whole.organisers)


def names(path: Path) -> list[str]:
    return sorted(one.name for one in path.rglob("*.yaml") if not one.name.startswith("."))


def ids(activities: tuple[Activity, ...]) -> set[str]:
    return {one.id for one in activities}


def test_more_organisers_than_a_reader_takes_files_stand_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "MOST_ORGANISERS", 3)
    write_import(town(3), tmp_path / "drie", {})
    write_import(town(4), tmp_path / "vier", {})
    assert names(tmp_path / "drie") == ["00-aanbod.yaml", *(f"aanbieder-o-{one}.yaml" for one in range(3))]
    assert names(tmp_path / "vier") == ["00-aanbod.yaml", "activiteiten.yaml"]
    assert wm.load_catalogue(tmp_path / "vier").digest == town(4).digest


def test_what_is_too_much_for_one_file_is_written_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = town(5, summary="Wij zingen samen.")
    monkeypatch.setattr(folder, "MOST_BYTES", 400)
    monkeypatch.setattr(folder, "MOST_ORGANISERS", 1)
    write_import(whole, tmp_path / "dorp", {"uitdatabank": layer(whole)})
    parts = names(tmp_path / "dorp")
    assert parts == ["00-aanbod.yaml", *(f"activiteiten-{number}.yaml" for number in range(1, len(parts)))]
    assert len(parts) > 2
    assert all((tmp_path / "dorp" / one).stat().st_size < 800 for one in parts[1:])
    assert last_import(tmp_path / "dorp") == whole
    back = stored_layers(tmp_path / "dorp")["uitdatabank"]
    assert (ids(back.activities), back.organisers) == (ids(whole.activities), whole.organisers)
    with pytest.raises(wm.CatalogueError, match="too large for one file; give the name of a folder"):
        write_import(whole, tmp_path / "dorp.yaml", {})
    assert not (tmp_path / "dorp.yaml").exists()


def test_a_layer_that_somebody_damaged_is_not_taken_for_what_the_feed_said(tmp_path: Path) -> None:
    whole = town(1)
    write_import(whole, tmp_path, {"uitdatabank": Imported(whole.activities, (), (Organiser(id="o-0", name="Groep"),))})
    (damaged,) = (tmp_path / ".feeds").glob("*001.layer")
    damaged.write_text(damaged.read_text().replace("terms: [zingen]", "terms: [zigen]"))
    with pytest.raises(wm.CatalogueError, match="cannot be read; import its feed anew into another place") as refused:
        stored_layers(tmp_path)
    assert [one.code for one in refused.value.problems] == ["unknown-term"]


def test_a_note_of_somebody_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    write_import(town(1), tmp_path, {})
    (tmp_path / "lees-mij.txt").write_text("Bel Anna.")
    write_import(town(2), tmp_path, {})
    assert (tmp_path / "lees-mij.txt").read_text() == "Bel Anna."
    assert len(wm.load_catalogue(tmp_path)) == 2


@pytest.mark.parametrize("path", ["x" * 300, f"{'x' * 300}/aanbod"])
def test_a_path_that_the_system_does_not_take_is_told_at_both_doors(path: str) -> None:
    with pytest.raises(wm.CatalogueError, match="cannot be read: File name too long"):
        wm.load_catalogue(path)
    with pytest.raises(wm.CatalogueError, match="cannot be read: File name too long"):
        write_import(town(1), Path(path), {})


def test_a_folder_named_like_a_file_is_told_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "oud.yaml").mkdir()
    with pytest.raises(wm.CatalogueError, match="cannot be read: Is a directory"):
        write_import(town(1), tmp_path, {})
    assert names(tmp_path) == ["oud.yaml"]


def test_a_folder_without_a_catalogue_says_what_goes_there(tmp_path: Path) -> None:
    (tmp_path / "lees-mij.txt").write_text("hier komt het aanbod")
    with pytest.raises(wm.CatalogueError, match=r"holds no \.yaml file; put one file per organiser there"):
        wm.load_catalogue(tmp_path)


def test_a_fault_in_one_file_costs_no_activity_of_another(tmp_path: Path) -> None:
    (tmp_path / "00.yaml").write_text(ONE.replace("name: Wandelen", "name: &a Wandelen"))
    (tmp_path / "01.yaml").write_text("activities:\n  - {id: twee, name: Zingen, terms: [zingen]}\n" + "#\n" * 9)
    found = wm.load_catalogue(tmp_path, strict=False)
    assert [one.id for one in found] == ["twee"]
    assert [(Path(one.file).name, one.code) for one in found.problems] == [("00.yaml", "anchor")]
