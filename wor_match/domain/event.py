"""What every event says: its id, its kind, when it was, and who reported it. The kinds stand in `kinds`.

An event names a person by pseudonym; its text shows its kind and its own id, never the person.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator

from wor_match.domain.text import ID_CHARACTERS, LAST_YEAR, PSEUDONYM, Pseudonym, formed
from wor_match.domain.value import Personal, refuse
from wor_match.errors import EventError, WorMatchError

FIRST_EVENT_YEAR = 2000
NO_CODE = f"is no code; use 1 to {ID_CHARACTERS} printable ASCII characters"
Code = Annotated[str, formed("bad-code", PSEUDONYM, NO_CODE)]
Source = Literal["participant", "coach", "organiser", "import"]
ID_DIGITS = 20  # of a SHA-256: 80 bits, so that two events never share an id by chance


def moment(value: Any) -> datetime:
    """A moment with its time zone, kept in UTC."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise refuse("no-moment", "is no moment; write it as 2026-11-03T10:00:00+01:00") from None
    if not isinstance(value, datetime) or value.tzinfo is None or value.utcoffset() is None:
        raise refuse("no-zone", "is no moment with a time zone; write it as 2026-11-03T10:00:00+01:00")
    years = range(FIRST_EVENT_YEAR, LAST_YEAR + 1)
    if value.year not in years or value.astimezone(UTC).year not in years:
        raise refuse("far-moment", f"lies outside {FIRST_EVENT_YEAR} to {LAST_YEAR}")
    return value.astimezone(UTC)


Moment = Annotated[datetime, BeforeValidator(moment)]


def id_from(kind: str, told: Any) -> str:
    """An id that follows from what is told, so that who tells the same twice tells one event.

    Parameters
    ----------
    kind : str
        What the id begins with.
    told : list, dict or plain value
        All that the event says; the order of the names in a dict means nothing.

    Examples
    --------
    >>> id_from("note", {"a": 1, "b": 2}) == id_from("note", {"b": 2, "a": 1})
    True
    """
    said = json.dumps(told, sort_keys=True, default=str)
    return f"{kind}-{hashlib.sha256(said.encode()).hexdigest()[:ID_DIGITS]}"


class Event(Personal):
    """What every event says: its id, its kind, when, and who reported it.

    Attributes
    ----------
    event_id : str
        Of its own; the same id with other content is refused when a history is read.
    at : datetime
        Aware; kept in UTC.
    source : str
        participant, coach, organiser or import.
    reporter : str
        The organiser or the import batch that reported it; optional.
    person : str
        Pseudonym; events of the offer have none.
    """

    refused_as: ClassVar[type[WorMatchError]] = EventError

    event_id: Code
    kind: str
    at: Moment
    source: Source
    reporter: Code | None = None

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        yield "event_id", self.event_id
        yield "kind", self.kind

    @property
    def of(self) -> str | None:
        """The person it is about; None for an event of the offer."""
        return getattr(self, "person", None)


class OfPerson(Event):
    """An event of a person."""

    person: Pseudonym
