"""The schemas as they stand beside the code, for who reads no Python: `python -m tests.interop.schema_files` writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import wor_match as wm
from wor_match.interop.event_schema import EVENT_SCHEMA

FOLDER = Path(wm.__file__).parent / "interop" / "schema"
SCHEMAS: dict[str, dict[str, Any]] = {
    "participant": wm.PARTICIPANT_SCHEMA,
    "event": EVENT_SCHEMA,
    "advice": wm.ADVICE_SCHEMA,
}


def text_of(name: str) -> str:
    """The text of one file."""
    return json.dumps(SCHEMAS[name], indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for called in SCHEMAS:
        (FOLDER / f"{called}.schema.json").write_text(text_of(called), encoding="utf-8")
