"""Short invented histories: what somebody told, day by day, counted from Monday 2 March 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from wor_match.domain.event import Event
from wor_match.domain.kinds import event_of

FIRST = datetime(2026, 3, 2, 9, tzinfo=UTC)


def at(day: int) -> str:
    """The moment so many days after the first."""
    return (FIRST + timedelta(days=day)).isoformat()


def on(day: int) -> date:
    """The date so many days after the first."""
    return (FIRST + timedelta(days=day)).date()


def event(kind: str, day: int, person: str | None = "p1", source: str = "coach", **fields: Any) -> Event:
    """One event; its id follows from what it says."""
    subject = fields.get("activity") or fields.get("purpose") or fields.get("status") or ""
    told = {"event_id": fields.pop("event_id", f"{person}.{kind}.{subject}.{day}"), "kind": kind, "at": at(day)}
    return event_of({**told, "source": source, **({"person": person} if person else {}), **fields})


def consent(person: str = "p1", day: int = 0, given: bool = True) -> Event:
    """Somebody says yes, or no, to learning."""
    return event("consented", day, person, purpose="learning", given=given)


def visit(day: int, person: str = "p1", activity: str = "een", attended: bool = True, **fields: Any) -> Event:
    """Somebody came, or did not."""
    return event("visited", day, person, activity=activity, attended=attended, **fields)


def asked(day: int, status: str, person: str = "p1", activity: str = "een", **fields: Any) -> Event:
    """Somebody was asked how it goes."""
    return event("followed_up", day, person, activity=activity, status=status, **fields)


def stop(day: int, person: str = "p1", activity: str = "een", told_on: int | None = None, **fields: Any) -> Event:
    """Somebody stopped on a day."""
    days = fields or {"on": on(day).isoformat()}
    reason = {"reason": days.pop("reason")} if "reason" in days else {}
    if "on" not in days and "before" not in days:
        days["on"] = on(day).isoformat()
    return event("stopped", day if told_on is None else told_on, person, activity=activity, **days, **reason)
