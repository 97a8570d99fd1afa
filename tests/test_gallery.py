"""The pictures of the pages show what the library makes today, and say in words what they show."""

from __future__ import annotations

import importlib.util
import re
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import matplotlib as mpl
import pytest

import wor_match as wm
from tests.chromium import CHROMIUM
from wor_match.display.radar import radar

mpl.use("Agg")

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
REMEDY = "draw it anew: python docs/pictures.py"
MOST_BYTES = 100_000  # of a picture; a page is long, and still loads on a telephone


def loaded() -> ModuleType:
    """`docs/pictures.py`, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("pictures", DOCS / "pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["pictures"] = module  # where a dataclass looks for its types
    spec.loader.exec_module(module)
    return module


PICTURES = loaded()
SHOWN = PICTURES.gallery()


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    """File name → what it is drawn from, made today."""
    return dict(PICTURES.makings())


def sentences(text: str) -> str:
    """Lines as sentences: without the marks of a heading, and with a full stop where a line has none."""
    lines = filter(None, (line.lstrip("# ").strip() for line in text.splitlines()))
    return " ".join(line if line[-1] in ".:;?!" else f"{line}." for line in lines)


def test_every_picture_on_the_pages_is_on_disk_and_noted_and_no_other() -> None:
    page = (DOCS / "gallery.md").read_text(encoding="utf-8")
    assert page.count("](gallery/") == page.count("\n## ") == len(SHOWN), "each with its words, code and what it prints"
    told = [one.file for one in SHOWN]
    assert [*PICTURES.ledger()] == ["advies.png", *told]
    on_disk = {str(path.relative_to(DOCS)) for end in ("png", "svg", "jpg") for path in DOCS.rglob(f"*.{end}")}
    assert on_disk == {"advies.png", *told}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "](docs/advies.png)" in "".join(readme.splitlines(keepends=True)[:8])


def test_every_picture_is_drawn_from_what_the_library_makes_today(made: dict[str, Any]) -> None:
    for name, (source, _) in PICTURES.ledger().items():
        assert PICTURES.digest(made[name].source.encode()) == source, f"{name} is old; {REMEDY}"


@pytest.mark.parametrize("name", PICTURES.ledger())
def test_every_picture_is_the_one_that_was_drawn_and_is_small(name: str) -> None:
    drawn = (DOCS / name).read_bytes()
    assert PICTURES.digest(drawn) == PICTURES.ledger()[name][1], f"{name} was changed by hand; {REMEDY}"
    assert len(drawn) <= MOST_BYTES


@pytest.mark.parametrize("one", SHOWN, ids=lambda one: one.file)
def test_the_code_prints_what_stands_below_it_and_that_is_what_the_picture_says(one: Any, made: dict[str, Any]) -> None:
    now = made[one.file]
    assert now.printed == one.told
    assert len(one.code.splitlines()) <= 12
    if isinstance(now.picture, str):  # a page is read as it is
        assert set(re.findall(r"\w+", one.told)) <= set(re.findall(r"\w+", now.words))
    else:
        assert " ".join(one.told.split()) in " ".join(now.words.split())


@pytest.mark.parametrize("one", SHOWN, ids=lambda one: one.file)
def test_what_stands_behind_a_picture_is_how_its_own_words_begin(one: Any) -> None:
    assert one.alt.strip() == one.alt
    assert len(one.alt) > 60
    assert one.alt[-1] == "."
    assert f"{sentences(one.told)} ".startswith(f"{one.alt} ")


@pytest.mark.parametrize("one", SHOWN, ids=lambda one: one.file)
def test_every_drawing_says_on_itself_that_it_is_invented(one: Any, made: dict[str, Any]) -> None:
    now = made[one.file]
    if hasattr(now.picture, "figure_"):
        assert "invented" in now.source
    elif not hasattr(now.picture, "svg"):  # a spider web has no room for it; the page says it
        assert re.search("invented|verzonnen", now.words)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: what a browser shows is not looked at")
@pytest.mark.parametrize("language", ["nl", "nl-je", "en"])
def test_no_letter_of_a_spider_web_is_cut(language: str, browser: Any) -> None:
    marks = dict.fromkeys(["lichaam", "mentaal", "zin", "kwaliteit", "meedoen", "dagelijks"], 9.5)
    now, then = (
        wm.SpiderWeb(scores=marks, instrument="marks", on=date(year, 9, 30)) for year in (2026, 2025)
    )  # a Wednesday: the longest date
    drawing = radar(now, language, then).svg.replace("sans-serif", "DejaVu Sans, Verdana, sans-serif")  # the widest
    window = browser.new_page()
    window.set_content(drawing)
    boxes = window.evaluate(
        "[...document.querySelectorAll('text')].map((one) => [one.textContent, one.getBBox()])"
        ".map(([text, box]) => [text, box.x, box.y, box.x + box.width, box.y + box.height])"
    )
    wide, tall = (float(part) for part in re.findall(r'viewBox="0 0 (\d+) (\d+)"', drawing)[0])
    assert len(boxes) == 13
    for text, left, top, right, bottom in boxes:
        assert 0 <= left < right <= wide, text
        assert 0 <= top < bottom <= tall, text
