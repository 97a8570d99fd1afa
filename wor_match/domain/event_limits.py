"""Whether an event is within the limits: how long its line, how many its names, how long its ids, and when it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from wor_match.domain.event import Event
from wor_match.domain.limits import Limits
from wor_match.domain.strict_json import as_json
from wor_match.domain.text import FIRST_YEAR, LAST_YEAR
from wor_match.errors import EventError, Problem

HOLD_STRENGTHS = ("advised", "chosen", "corrected")  # ours, of each activity shown or chosen; people tell the rest
IDS = ("event_id", "person", "reporter", "replaces", "takes_back")


def bytes_for(kind: object, limits: Limits) -> int:
    """How many bytes the line of an event of this kind may have."""
    return max(limits.advice_bytes, limits.event_bytes) if kind in HOLD_STRENGTHS else limits.event_bytes


def too_long(kind: object, limits: Limits) -> str:
    """What is wrong with a longer line."""
    return f"is longer than {bytes_for(kind, limits)} bytes; one event stands on a line, in codes"


def over_long(told: Mapping[str, Any], limits: Limits, above: str = "") -> Iterator[Problem]:
    """Whether an event, as plain values, is longer than its kind may be, or holds an event that is.

    It is measured as it is written, so that what is read can be written and what is written can be read again.
    """
    kind = told.get("kind")
    if len(as_json(told).encode("utf-8", "surrogatepass")) > bytes_for(kind, limits):
        yield Problem(too_long(kind, limits), "too-long", above)
    if isinstance(inner := told.get("event"), Mapping):
        yield from over_long(inner, limits, "event")


def refuse_many_names(told: Any, limits: Limits) -> None:
    """Refuse a mapping with too many names, before anything in it is looked at.

    Raises
    ------
    EventError
        When it has more than `limits.event_names`.
    """
    if isinstance(told, Mapping) and len(told) > limits.event_names:
        said = f"has {len(told)} names; at most {limits.event_names} are allowed, leave out what is over"
        raise EventError("an event is refused", [Problem(said, "too-many-names")])


def within(event: Event, limits: Limits, at: date | None) -> Event:
    """The event itself, and what it corrects, when it is within the limits.

    Raises
    ------
    EventError
        When an id is too long, or it lies before the first year or more than so many days after `at`.
    """
    if problems := [*beyond(event, limits, None if at is None else latest(at, limits))]:
        raise EventError(f"event {event.event_id} is refused", problems)
    return event


def beyond(event: Event, limits: Limits, last: datetime | None, above: str = "") -> Iterator[Problem]:
    """What in an event is beyond the limits; ids and moments are not repeated."""
    told = event.__dict__  # not getattr: what is not there takes pydantic long to miss
    for name in IDS:
        if name in told and len(told[name] or "") > limits.id_characters:
            yield Problem(f"is longer than {limits.id_characters} characters; shorten it", "too-long", f"{above}{name}")
    if event.at.year < limits.first_year:
        yield Problem(f"lies before {limits.first_year}; look at the year", "far-moment", f"{above}at")
    if last is not None and event.at > last:
        yield Problem(f"lies after {last.isoformat()}; look at the day", "future-moment", f"{above}at")
    if isinstance(inner := told.get("event"), Event):
        yield from beyond(inner, limits, last, f"{above}event.")


def latest(at: date, limits: Limits) -> datetime:
    """The last moment that an event may tell of; of a day that is the end of it.

    Raises
    ------
    EventError
        When `at` is a moment without a time zone, neither day nor moment, or far from our days.
    """
    if isinstance(at, date) and not FIRST_YEAR <= at.year < LAST_YEAR:
        raise EventError(f"at lies outside {FIRST_YEAR} to {LAST_YEAR - 1}; give the day of today", code="out-of-range")
    if isinstance(at, datetime) and at.utcoffset() is not None:
        return at.astimezone(UTC) + timedelta(days=limits.days_ahead)
    if not isinstance(at, date) or isinstance(at, datetime):
        raise EventError("at is no day and no moment with a time zone; give date(2026, 11, 23)", code="no-day")
    return datetime.combine(at, time.max, UTC) + timedelta(days=limits.days_ahead)
