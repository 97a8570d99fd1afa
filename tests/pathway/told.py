"""Events of invented people, by the number of days since the first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from wor_match.domain.event import Event
from wor_match.domain.kinds import event_of

FIRST_DAY = date(2026, 11, 2)


def after(days: int) -> date:
    """The day so many days after the first."""
    return FIRST_DAY + timedelta(days=days)


def told(kind: str, person: str, day: int, **fields: Any) -> Event:
    """An event of this kind at noon; its id follows from what it says."""
    at = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, 12, tzinfo=UTC) + timedelta(days=day)
    own = "-".join(str(fields[name]) for name in ("activity", "purpose", "moment", "track") if name in fields)
    name = f"{kind}-{person}-{day}-{own}".rstrip("-")
    usual = {"referrer": "gp"} if kind == "referred" else {}
    return event_of({"kind": kind, "event_id": name, "person": person, "at": at, "source": "coach", **usual, **fields})


def yes(purpose: str, person: str = "p1", day: int = 0, given: bool = True) -> Event:
    """A word on consent."""
    return told("consented", person, day, purpose=purpose, given=given)


def until_choice(person: str = "p1", activity: str = "koor", day: int = 20) -> list[Event]:
    """Referred, called, talked, and a choice on a day."""
    return [
        told("referred", person, 0, practice="praktijk-1", municipality="Amstelveen", code="Z68"),
        told("contacted", person, 5),
        told("intake", person, 10, instrument="marks", focus_chosen=True),
        told("chosen", person, day, activities=[activity], by="participant"),
    ]
