"""Write the bill of materials anew: `python docs/sbom.py`. It travels in the wheel (PEP 770), as CycloneDX 1.7.

It names what the wheel holds that has a source and a licence of its own, and what it needs from elsewhere, with the
range of `pyproject.toml`. What one whole environment holds is another list; CONTRIBUTING tells how to make it.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
HERE = ROOT / "docs" / "sbom.cdx.json"
DATA = ROOT / "wor_match" / "domain" / "data"
EXTRAS = ("arrow", "calendar", "journal", "plots")  # what the library itself may import; the rest is of who develops it
NEEDED = re.compile(r"^([\w.-]+)(?:\[[\w,]+\])?([<>=!~][^;]*)?")  # a name, its extras, and which versions
LICENCES = {  # as the table in the folder of the data tells it
    "pc4.csv": ("MIT", "CC-BY-4.0"),
    "school_holidays.csv": ("MIT",),
    "taxonomy.csv": ("CC0-1.0",),
}


def external(told: str, scope: str) -> dict[str, Any]:
    """What is needed from elsewhere, by one line of `pyproject.toml`."""
    ((name, versions),) = NEEDED.findall(told)
    of = {"versionRange": f"vers:pypi/{versions.strip()}"} if versions else {}
    return {"type": "library", "bom-ref": name.lower(), "name": name.lower(), "scope": scope, "isExternal": True, **of,
            "purl": f"pkg:pypi/{name.lower()}"}  # fmt: skip


def table(path: Path) -> dict[str, Any]:
    """A table that ships with the package, with where it comes from."""
    page = (DATA / "README.md").read_text(encoding="utf-8")
    (told,) = re.findall(rf"^\| `{path.name}` \| (.*) \| (.*) \|$", page, re.MULTILINE)
    return {
        "type": "data",
        "bom-ref": path.name,
        "name": path.name,
        "description": f"{told[0]}. {told[1]}",
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
        "licenses": [{"license": {"id": one}} for one in LICENCES[path.name]],
    }


def made() -> str:
    """The bill of materials as it should be now."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = (one for extra in EXTRAS for one in project["optional-dependencies"][extra])
    needed = {
        **{one["name"]: one for one in (external(told, "optional") for told in optional)},
        **{one["name"]: one for one in (external(told, "required") for told in project["dependencies"])},
    }
    parts = [*map(table, sorted(DATA.glob("*.csv"))), *(needed[name] for name in sorted(needed))]
    itself = {
        "type": "library",
        "bom-ref": "wor-match",
        "name": project["name"],
        "version": project["version"],
        "description": project["description"],
        "licenses": [{"license": {"id": project["license"]}}],
        "purl": f"pkg:pypi/{project['name']}@{project['version']}",
    }
    found = {
        "$schema": "http://cyclonedx.org/schema/bom-1.7.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.7",
        "version": 1,
        "metadata": {"component": itself},
        "components": parts,
        "dependencies": [{"ref": "wor-match", "dependsOn": [one["bom-ref"] for one in parts]}],
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    HERE.write_text(made(), encoding="utf-8")
