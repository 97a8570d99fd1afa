"""Where the history of events lives outside the process: in a journal, or as JSON Lines.

Reading JSON Lines loads no database: the journal's own parts come when they are asked for.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from wor_match.errors import JournalError

if TYPE_CHECKING:
    from wor_match.journal.book import Journal as Journal
    from wor_match.journal.contract import check_journal as check_journal
    from wor_match.journal.examining import examined as examined
    from wor_match.journal.lines import read_events as read_events
    from wor_match.journal.lines import write_events as write_events
    from wor_match.journal.receipts import Appended as Appended
    from wor_match.journal.receipts import Erased as Erased

PARTS = {
    "Appended": "receipts",
    "Erased": "receipts",
    "Journal": "book",
    "check_journal": "contract",
    "examined": "examining",
    "read_events": "lines",
    "write_events": "lines",
}
__all__ = [*PARTS]


def __getattr__(name: str) -> Any:
    """The public name, from the part it lives in (PEP 562)."""
    if name not in PARTS:
        raise AttributeError(f"module 'wor_match.journal' has no attribute {name!r}")
    try:
        found = getattr(importlib.import_module(f"wor_match.journal.{PARTS[name]}"), name)
    except ModuleNotFoundError as lacking:
        if (lacking.name or "").split(".")[0] != "sqlalchemy":
            raise
        raise JournalError("a journal needs SQLAlchemy; install wor-match[journal]", code="not-installed") from None
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *PARTS})
