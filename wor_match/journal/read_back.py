"""Whether an event is the same when it is read from its line again: only such a one may be acknowledged.

The constructors check every event; model_copy(), model_construct() and the classes of somebody else do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from wor_match.domain.event import Event
from wor_match.domain.kinds import KINDS, as_line, event_of
from wor_match.domain.strict_json import strict_value
from wor_match.domain.text import PSEUDONYM

TYPES = frozenset(KINDS.values())


def reads_back(event: Event) -> bool:
    """Whether the very same event is read from its line."""
    if type(event) not in TYPES:
        return False
    try:
        line = as_line(event)
        again = event_of(strict_value(line))
        return type(again) is type(event) and as_line(again) == line
    except Exception:  # whatever values that nothing checked may raise
        return False


def shown_ids(events: Iterable[Event]) -> list[str]:
    """The ids of events that may hold anything, as a sentence may show them."""
    ids = (getattr(event, "event_id", None) for event in events)
    return [name if isinstance(name, str) and re.fullmatch(PSEUDONYM, name) else "(no readable id)" for name in ids]
