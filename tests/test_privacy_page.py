"""The pages of privacy and security tell what is there: every purpose, every basis, every call, every place of a test."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

import wor_match as wm
from wor_match.domain.kinds import Consented

ROOT = Path(__file__).parent.parent
PRIVACY = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
TABLES = [part for part in PRIVACY.split("\n\n") if part.startswith("| ")]


def under(heading: str) -> list[str]:
    """The first cells of the table with this heading."""
    table = next(one for one in TABLES if one.startswith(f"| {heading} |"))
    return [line.split("|")[1].strip(" `") for line in table.splitlines()[2:]]


def choices(field: str) -> set[str]:
    annotation = Consented.model_fields[field].annotation
    told = get_args(annotation)
    return {one for part in told for one in (get_args(part) or (part,)) if isinstance(one, str)}


def test_every_purpose_and_every_basis_stands_on_the_page() -> None:
    assert set(under("`purpose`")) == choices("purpose")
    assert set(under("`basis`")) == choices("basis")


def test_every_right_has_a_call_that_exists() -> None:
    rights = under("AVG")
    for article in (15, 16, 17, 18, 20, 21, 22):
        assert any(f"art. {article}," in right or f"art. {article}" == right for right in rights), article
    owners = {"journal": wm.Journal, "matcher": wm.Matcher, "advice": wm.Advice, "suggestion": wm.Suggestion}
    calls = re.findall(rf"`({'|'.join(owners)})\.(\w+)", PRIVACY)
    assert len(calls) > 10
    for owner, name in calls:
        assert hasattr(owners[owner], name), f"{owner}.{name}"


@pytest.mark.parametrize(
    "page",
    ["SECURITY.md", "CONTRIBUTING.md", "README.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))],
)
def test_every_place_that_a_page_names_is_there(page: str) -> None:
    """Files and folders of the repository, as `tests/faults/` or `docs/limits.md`."""
    text = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(r"`((?:tests|docs|wor_match|benchmarks|notebooks)/[\w./-]*)`", text)
    assert [path for path in named if not (ROOT / path).exists()] == []
