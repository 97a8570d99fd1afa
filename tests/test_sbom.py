"""The bill of materials that travels in the wheel is valid, complete, and of this version."""

from __future__ import annotations

import json
import re
import runpy
import tomllib
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

import wor_match as wm

ROOT = Path(__file__).parent.parent
TOLD = (ROOT / "docs/sbom.cdx.json").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_it_is_what_would_be_made_now_and_cyclonedx_takes_it() -> None:
    assert runpy.run_path(str(ROOT / "docs/sbom.py"))["made"]() == TOLD
    assert JsonStrictValidator(SchemaVersion.V1_7).validate_str(TOLD) is None


def test_it_names_the_version_and_all_that_is_needed_or_shipped_with_a_licence() -> None:
    told = json.loads(TOLD)
    assert told["metadata"]["component"]["version"] == PROJECT["version"] == wm.__version__
    parts = {one["name"]: one for one in told["components"]}
    needed = {re.split(r"[\[>;]", one)[0].lower() for one in PROJECT["dependencies"]}
    assert {name for name, one in parts.items() if one.get("scope") == "required"} == needed
    shipped = {path.name for path in (ROOT / "wor_match").rglob("*.csv")}
    assert {name for name, one in parts.items() if one["type"] == "data"} == shipped
    assert all(parts[name]["licenses"] for name in shipped)


def test_the_changelog_begins_with_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text.partition("\n## ")[2].startswith(f"{wm.__version__} - ")
    assert "### Rankings" in text
