"""The series of a calendar as one schedule: joined, with what is taken out, and with what was moved laid over it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from wor_match.catalogue.importers.gathering import Notes
from wor_match.catalogue.importers.icalendar.series import Series
from wor_match.catalogue.importers.item import Found
from wor_match.catalogue.importers.recurrence import joined, without
from wor_match.domain.schedule import Schedule

STAYS = ("attend", "pauses", "region", "on_request")
MOST_ROWS = {"weekly": 50, "monthly": 50, "dates": 1_000, "cancelled": 1_000, "adjusted": 1_000}


def timetable(every: list[Series], old: Schedule | None, notes: Notes) -> Schedule | None:
    """The schedule of an activity with new times; how one attends and when it pauses stays. None without a session."""
    told = latest(joined(series.told for series in every), notes)
    added = [row for series in every for row in series.added]
    if not any(told.values()) and not added:
        return None
    stays = {name: getattr(old, name) for name in STAYS if old and name in old.model_fields_set}
    told = without({**stays, **told}, sorted({key for series in every for key in series.taken_out}))
    return Schedule.model_validate(latest(with_added(told, added), notes))


def with_added(told: Found, added: Iterable[Found]) -> Found:
    """The schedule with sessions on top, also on days on which others were taken out."""
    cancelled = set(told.get("cancelled", []))
    busy = cancelled | {row["date"] for row in told.get("adjusted", [])}
    rows = list(added)
    there, free = ([row for row in rows if (row["date"] in busy) == taken] for taken in (True, False))
    laid = joined(
        [{"adjusted": told.get("adjusted", []), "dates": told.get("dates", [])}, {"adjusted": there, "dates": free}]
    )
    return {**told, **laid, "cancelled": sorted(cancelled - {row["date"] for row in there})}


def latest(told: Found, notes: Notes) -> Found:
    """The schedule within its bounds: where there is too much, what lies longest ago goes, and that is noted."""
    kept = dict(told)
    for name, most in MOST_ROWS.items():
        rows = list(told.get(name, []))
        if len(rows) > most:
            notes.add(name, f"has {len(rows)} rows; the latest {most} are kept", "too-long")
            kept[name] = sorted(rows, key=last_day)[-most:]
    return kept


def last_day(row: Any) -> date:
    """The last day of a row; far away when it goes on."""
    if isinstance(row, date):
        return row
    found: date = row.get("date") if isinstance(row.get("date"), date) else row.get("until") or date.max
    return found
