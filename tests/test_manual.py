"""The pages travel with the library: each of them, as it stands in the project."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import wor_match as wm
from wor_match import manual

ROOT = Path(__file__).parent.parent
PAGES = {
    path.stem.lower(): path
    for path in [*(ROOT / "docs").glob("*.md"), *(ROOT / f"{name}.md" for name in manual.BESIDE)]
}


def test_every_page_is_there_and_says_what_the_project_says() -> None:
    told = {name: path.read_text(encoding="utf-8").replace("](docs/", "](") for name, path in PAGES.items()}
    assert wm.docs() == told
    assert list(wm.docs()) == sorted(PAGES)


def test_a_link_between_pages_leads_to_one() -> None:
    linked = [(name, to) for name, text in wm.docs().items() for to in re.findall(r"\]\(([\w-]+\.md)[)#]", text)]
    assert len(linked) > 20
    assert [(name, to) for name, to in linked if to.removesuffix(".md").lower() not in wm.docs()] == []


def test_every_page_is_in_the_wheel() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packed = told["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert packed == {str(path.relative_to(ROOT)): f"wor_match/docs/{path.name}" for path in PAGES.values()}


def test_an_installation_without_pages_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(manual, "CHECKOUT", tmp_path)
    with pytest.raises(wm.WorMatchError, match="install wor-match from its wheel"):
        wm.docs()
