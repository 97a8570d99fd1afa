"""What an activity loses on its way out stands on the page as the code has it."""

from __future__ import annotations

import wor_match as wm
from wor_match.interop.fhir.service import LOST


def test_the_page_has_a_row_for_each_field_that_is_lost() -> None:
    table = wm.docs()["connecting"].partition("## What an activity loses")[2]
    assert [line for line in table.splitlines() if line.startswith("| `")] == [
        f"| `{name}` | {said} |" for name, said in LOST.items()
    ]
