"""An event as a row that can be checked by itself, and the tokens that stand for people without naming them.

There is no chain of digests over the rows: an erasure would break it.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from wor_match.domain.event import Event
from wor_match.domain.kinds import Corrected, Withdrawn, as_line, event_of
from wor_match.domain.strict_json import as_json, strict_value
from wor_match.domain.text import PSEUDONYM
from wor_match.errors import EventError

if TYPE_CHECKING:
    from wor_match.journal.tally import Amiss

CODE = re.compile(PSEUDONYM)
KEPT, SEAL = 48, 16  # hex digits of a token, and of the check on itself: 192 and 64 bits


@dataclass(frozen=True, slots=True)
class Row:
    """One event as it is stored.

    Attributes
    ----------
    event_id : str
    who : str, optional
        Token of the person it is about.
    at : str
        Its moment, in UTC.
    about : str, optional
        Id of the event that it corrects or takes back.
    inside : str, optional
        Id of the event that a correction holds.
    line : str
        The event itself, as a line of JSON.
    digest : str
        SHA-256 over all of these but `who`, which checks itself.
    """

    event_id: str
    who: str | None
    at: str
    about: str | None
    inside: str | None
    line: str
    digest: str

    @property
    def sound(self) -> bool:
        """Whether it is as it was written."""
        return self.as_told and (self.who is None or sealed(self.who))

    @property
    def as_told(self) -> bool:
        """Whether all but its token is as it was written."""
        told = (self.event_id, self.at, self.about or "", self.inside or "", self.line)
        if not all(isinstance(one, str) for one in told):  # a flipped bit makes a blob of a text
            return False
        return self.digest == digest_of(self)

    @property
    def text(self) -> str:
        """Its line, or what is left of it."""
        return self.line.decode("utf-8", "replace") if isinstance(self.line, bytes) else str(self.line)

    @property
    def shown_id(self) -> str:
        """Its id as a sentence may show it."""
        return self.event_id if isinstance(self.event_id, str) and CODE.fullmatch(self.event_id) else "(no readable id)"

    @property
    def ids(self) -> set[str]:
        """Its own id, and that of the event inside."""
        return {self.event_id} if self.inside is None else {self.event_id, self.inside}

    @property
    def first_at(self) -> str:
        """Its moment, or that of the event inside it when that one was earlier."""
        if self.inside is None:
            return self.at
        try:
            inner = datetime.fromisoformat(json.loads(self.line)["event"]["at"])
        except (KeyError, TypeError, ValueError, RecursionError):  # a damaged row
            return self.at
        return min(self.at, moment_text(inner.astimezone(UTC)))


def row_of(event: Event, salt: bytes) -> Row:
    """The row of an event."""
    about = event.takes_back if isinstance(event, Withdrawn) else getattr(event, "replaces", None)
    inside = event.event.event_id if isinstance(event, Corrected) else None
    who = None if event.of is None else token("person", event.of, salt)
    bare = Row(event.event_id, who, moment_text(event.at), about, inside, as_line(event), "")
    return replace(bare, digest=digest_of(bare))


def digest_of(row: Row) -> str:
    """SHA-256 of what an event says, the same in every journal."""
    told = "\n".join((row.event_id, row.at, row.about or "", row.inside or "", row.line))
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def checked(rows: Iterable[Row], salt: bytes, amiss: Amiss | None) -> tuple[list[Event], list[str]]:
    """The events of the rows that are as they were written, the ids of the others, and what is amiss as a whole."""
    found: dict[str, Event] = {}
    lost = set()
    for row in rows:
        event = event_in_row(row, salt)
        if event is None or found.setdefault(row.event_id, event) != event:
            lost.add(row.shown_id)
    twice = lost & set(found)
    whole = [str(amiss)] if amiss and (amiss.n_over != 0 or not lost) else []
    return [event for name, event in found.items() if name not in twice], [*sorted(lost), *whole]


def event_in_row(row: Row, salt: bytes) -> Event | None:
    """The event of a row; None when the row is damaged."""
    event = event_on(row) if row.sound else None
    if event is None:
        return None
    who = None if event.of is None else token("person", event.of, salt)
    return event if (event.event_id, who) == (row.event_id, row.who) else None


def event_on(row: Row) -> Event | None:
    """What stands on the line of a row; None when that is no event."""
    try:
        return event_of(strict_value(row.line))
    except (EventError, ValueError, RecursionError):
        return None


def owners(row: Row, salt: bytes) -> set[str]:
    """The tokens of the people whose event a damaged row can be; empty when neither token nor line can be trusted."""
    event = event_on(row) if row.as_told else None
    found = {row.who} if row.who is not None and sealed(row.who) else set()
    return found if event is None or event.of is None else {*found, token("person", event.of, salt)}


def contents(row: Row) -> Iterator[tuple[str, str]]:
    """Each id that a row tells, with what it tells under it."""
    yield row.event_id, row.line
    if row.inside is not None:
        inner = json.loads(row.line)["event"]
        yield row.inside, as_json(inner)


def same_content(one: str, other: str) -> bool:
    """Whether two lines tell the same event, also when another release wrote one of them."""
    return one == other or as_line(event_of(strict_value(one))) == as_line(event_of(strict_value(other)))


def moment_text(at: datetime) -> str:
    """A moment in UTC as text that sorts by time."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def token(kind: str, name: str, salt: bytes) -> str:
    """What stands for a person, or an event, without naming it: HMAC-SHA256 with the journal's salt.

    References
    ----------
    RFC 2104, HMAC: Keyed-Hashing for Message Authentication.
    """
    made = hmac.digest(salt, f"{kind}\0{name}".encode("utf-8", "surrogatepass"), "sha256").hex()[:KEPT]
    return made + seal_of(made)


def seal_of(made: str) -> str:
    """The check that a token carries on itself: a flipped bit must not lift a restriction in silence."""
    return sha256(made.encode("utf-8", "surrogatepass")).hexdigest()[:SEAL]


def sealed(told: object) -> bool:
    """Whether a token is as it was written."""
    return isinstance(told, str) and told[KEPT:] == seal_of(told[:KEPT])
