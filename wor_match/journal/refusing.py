"""Who is not learned from, whatever they consented to; and the word by which a journal says so.

That word is an event that nobody told: it is made when the journal is read, and only `restrict` and `lift` change it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from wor_match.domain.event import Event
from wor_match.domain.kinds import Consented, Corrected, Withdrawn
from wor_match.journal.rows import KEPT, Row, owners, token

WORD = re.compile(rf"restricted\.[0-9a-f]{{{KEPT}}}")


def restriction_id(person: str, salt: bytes) -> str:
    """The id of the event by which a journal says that somebody is restricted."""
    return f"restricted.{token('person', person, salt)[:KEPT]}"


def refusals(events: Iterable[Event], salt: bytes, held: Collection[str]) -> list[Event]:
    """For everybody whose token is held: no consent to learning, at the latest moment that was told of them."""
    latest: dict[str, datetime] = {}
    for event in events if held else ():
        if event.of is not None:
            inner = event.event.at if isinstance(event, Corrected) else event.at
            latest[event.of] = max(latest.get(event.of, event.at), event.at, inner)
    told: dict[str, Any] = {"source": "import", "purpose": "learning", "given": False}
    return [
        Consented(event_id=restriction_id(person, salt), at=at, person=person, **told)
        for person, at in latest.items()
        if token("person", person, salt) in held
    ]


def of_whom_some_is_lost(rows: Iterable[Row], found: Iterable[Event], salt: bytes) -> set[str]:
    """The tokens of the people of whom an event is damaged: it may be the one by which they said no."""
    sound = {event.event_id for event in found}
    told = list(rows)
    there = {row.event_id: row for row in told}
    tokens: set[str] = set()
    for row in told:
        at = None if row.event_id in sound else row
        seen: set[str] = set()
        while at is not None and at.event_id not in seen:  # what nobody told is of whom it is about
            seen.add(at.event_id)
            tokens |= owners(at, salt)
            at = there.get(at.about) if at.who is None and at.about is not None else None
    return tokens


def is_own_word(event: Event, salt: bytes) -> bool:
    """Whether it is what the journal itself says when it is read."""
    refusal = isinstance(event, Consented) and (event.purpose, event.given) == ("learning", False)
    return refusal and event.of is not None and event.event_id == restriction_id(event.of, salt)


def names_a_word(event: Event) -> bool:
    """Whether it bears the id of such a word, or corrects, takes back or holds one: that would undo a restriction."""
    about = event.takes_back if isinstance(event, Withdrawn) else getattr(event, "replaces", None)
    inside = event.event.event_id if isinstance(event, Corrected) else None
    return any(isinstance(name, str) and WORD.fullmatch(name) for name in (event.event_id, about, inside))
