"""The example made wrong on purpose: it says that events are kept before they are. The kills must find it."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Any

import wor_match as wm
from examples.coaching_system.__main__ import main
from wor_match.domain.event import Event
from wor_match.journal.receipts import Appended

append = wm.Journal.append
LATER = 0.05  # seconds


def hasty(journal: wm.Journal, events: Sequence[Event]) -> Any:
    """Acknowledge now, and write in a while."""
    told = list(events)

    def write() -> None:
        time.sleep(LATER)
        append(journal, told)

    threading.Thread(target=write, daemon=True).start()
    return Appended(len(told), 0)


if __name__ == "__main__":
    wm.Journal.append = hasty  # type: ignore[assignment,method-assign]  # the point
    main()
