"""Activities as a table (CSV with semicolons) that a sheet opens and `importers.table` reads back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from wor_match.catalogue.importers.table.columns import COLUMNS, Column
from wor_match.catalogue.importers.table.guard import guarded
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Organiser
from wor_match.domain.schedule import Schedule
from wor_match.domain.shorthand import day_as_text

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for Windows-1252

LOST = {
    "name": "tags, entities and line breaks in it are read as mark-up",
    "summary": "tags, entities, telephone numbers and mail addresses in it are not read back",
    "schedule.adjusted": "a sheet has no column for days with other times",
    "schedule.extra": "a sheet has no column for days on top; write them among `wanneer`",
    "place.country": "a table is about the Netherlands",
    "rechecked": "what was asked by telephone lies over the table",
    "formerly": "old ids stand in the catalogue",
    "organiser": "its id is made from its name",
    "source": "a table is a source of its own",
}


def write(activities: Iterable[Activity], organisers: Sequence[Organiser] = (), with_help: bool = True) -> str:
    """The table, with a row of headings and, behind a `#`, a row that says what may stand in each cell.

    Parameters
    ----------
    activities : iterable of Activity
    organisers : sequence of Organiser
        Whose names, telephones and pages the rows tell.
    with_help : bool
        Whether the row with help is there.
    """
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    rows.writerow([column.heading for column in COLUMNS])
    if with_help:
        helps = [column.help for column in COLUMNS]
        rows.writerow([f"# uitleg: {helps[0]}", *helps[1:]])
    known = {organiser.id: organiser for organiser in organisers}
    for activity in activities:
        rows.writerow([guarded(cell_of(column, activity, known)) for column in COLUMNS])
    return BYTE_ORDER_MARK + out.getvalue()


def cell_of(column: Column, activity: Activity, organisers: dict[str, Organiser]) -> str:
    """What one cell says; empty when it is unknown, or when there are no words for it."""
    if column.field.startswith("organiser."):
        organiser = organisers.get(activity.organiser or "")
        value: Any = getattr(organiser, column.field.removeprefix("organiser."), None)
    elif column.field == "schedule.shut":
        return shut_as_text(activity.schedule)
    else:
        value = value_at(activity, column.field)
    if value is None and column.field.removeprefix("access.") in activity.access:
        return "onbekend"
    if value is None or value in ((), "", {}) or (value is False and column.field in FALSE_IS_UNSAID):
        return ""
    return column.cell[1](value) or ""


FALSE_IS_UNSAID = ("place.online", "place.at_home", "audience.residents_only")


def value_at(told: Any, field: str) -> Any:
    """The value at a field in dots; None when something on the way is unknown."""
    for part in field.split("."):
        told = told.get(part) if isinstance(told, dict) else getattr(told, {"from": "from_"}.get(part, part), None)
        if told is None:
            return None
    return told


def shut_as_text(schedule: Schedule | None) -> str:
    """Days and stretches on which nothing happens."""
    if schedule is None:
        return ""
    days = [day_as_text(on) for on in schedule.cancelled]
    return "; ".join([*days, *(f"{day_as_text(one.from_)} t/m {day_as_text(one.to)}" for one in schedule.closed)])


def says_all(activity: Activity) -> bool:
    """Whether a row can say everything that the activity says."""
    schedule = activity.schedule
    return not (activity.rechecked or activity.formerly or (schedule and (schedule.adjusted or schedule.extra)))
