"""What is written is read back to the same catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wor_match as wm
from tests.strategies import activities
from tests.town import activity, catalogue
from wor_match.catalogue.writer import as_yaml


def again(ours: wm.Catalogue, folder: Path) -> wm.Catalogue:
    path = folder / "terug.yaml"
    path.write_text(as_yaml(ours), encoding="utf-8")
    return wm.load_catalogue(path)


def test_the_example_comes_back_the_same(tmp_path: Path) -> None:
    ours = wm.load_catalogue("nieuwegein")
    back = again(ours, tmp_path)
    assert back == ours
    assert back.digest == ours.digest


@given(activities(), st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40))
@settings(max_examples=100)
def test_any_activity_comes_back_the_same(tmp_path_factory: Any, said: dict[str, Any], name: str) -> None:
    ours = catalogue(activity(**{**said, "name": name, "summary": f"- {name}: {{x}} # nee"}))
    assert again(ours, tmp_path_factory.mktemp("terug")) == ours


def test_a_text_longer_than_a_line_comes_back_in_one_piece(tmp_path: Path) -> None:
    ours = catalogue(activity(summary=f"Wij wandelen{' langs het water' * 20}."))
    assert again(ours, tmp_path) == ours


def test_a_region_without_a_pause_and_hidden_characters_come_back_too(tmp_path: Path) -> None:
    told = activity(schedule={"region": "midden", "on_request": True})
    head = catalogue(told).model_dump(by_alias=True, exclude_unset=True) | {"school_holidays": "midden"}
    ours = wm.Catalogue.model_validate(head)
    assert again(ours, tmp_path) == ours
    with pytest.raises(wm.CatalogueError, match=r"U\+FEFF"):
        activity(name="Koor \ufeffDe Brug")


def test_a_pause_on_public_holidays_needs_no_region_to_be_written(tmp_path: Path) -> None:
    weekly = {"weekly": [{"day": "di", "start": "10:00", "end": "12:00"}], "pauses": ["public_holidays"]}
    ours = catalogue(activity(schedule=weekly))
    assert again(ours, tmp_path) == ours
