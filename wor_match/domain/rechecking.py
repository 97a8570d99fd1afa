"""What somebody learned by telephone, laid over the offer: per field, the newest wins, and the field has a new date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from wor_match.domain.activity import Activity
from wor_match.domain.event import Event
from wor_match.domain.history import settled
from wor_match.domain.kinds import ActivityClosed, OfferChecked
from wor_match.domain.schedule import ZONE
from wor_match.domain.shorthand import prices_in
from wor_match.domain.timewords import times_in
from wor_match.domain.together import ended_by
from wor_match.domain.value import AS_TEXT
from wor_match.errors import CatalogueError, Problem

if TYPE_CHECKING:
    from wor_match.domain.catalogue import Catalogue

Found = dict[str, Any]
NOT_BY_TELEPHONE = ("id", "source", "formerly", "rechecked", "checked_on")


def rechecked(catalogue: Catalogue, told: Iterable[Event] | Any) -> Catalogue:
    """The catalogue with every call about the offer laid over it; what cannot be laid over it stands in `.problems`.

    Parameters
    ----------
    catalogue : Catalogue
    told : iterable of Event, or anything with ``.read()``
        A whole history: events of persons are passed over.

    Raises
    ------
    EventError
        When the history cannot be read.
    """
    activities = {one.id: one for one in catalogue}
    claims = Counter(old for one in catalogue for old in one.formerly)
    now = {old: one.id for one in catalogue for old in one.formerly if claims[old] == 1}
    problems: list[Problem] = []
    for event in settled(told):
        if not isinstance(event, OfferChecked | ActivityClosed):
            continue
        name = event.activity if event.activity in activities else now.get(event.activity, event.activity)
        if name not in activities:
            said = f"is about {name}, which is no activity of this catalogue, or of two; left out"
            problems.append(Problem(said, "unknown-activity", event.event_id, severity="warning"))
            continue
        field, value = (event.field, event.value) if isinstance(event, OfferChecked) else ("status", "closed")
        try:
            if field == "organiser" and catalogue.organiser_called(str(value)) is None:
                raise CatalogueError("is none of the organisers of this catalogue", code="unknown-organiser")
            activities[name] = with_field(activities[name], field, value, event.at.astimezone(ZONE).date())
        except CatalogueError as fault:
            why = fault.problems[0].sentence if fault.problems else fault.sentence
            said = f"says of {name} that {field} {why}; left out"
            problems.append(Problem(said, "not-rechecked", event.event_id, severity="warning"))
    return catalogue.holding([activities[one.id] for one in catalogue], (*catalogue.problems, *problems))


def with_field(activity: Activity, field: str, value: Any, on: date) -> Activity:
    """The activity with one field as it was on a day; a file that was checked later stays as it is.

    Raises
    ------
    CatalogueError
        When there is no such field, or it cannot have this value.
    """
    if field.split(".")[0] in NOT_BY_TELEPHONE:
        raise CatalogueError("is nothing that an organiser tells by telephone", code="unknown-field")
    known_on = activity.asked_on(field)
    if known_on is not None and known_on > on:
        return activity
    told = activity.model_dump(mode="json", by_alias=True, exclude_unset=True)
    lay_in(told, field, value)
    told["rechecked"] = {**told.get("rechecked", {}), field: on.isoformat()}
    if field == "places.free":
        told["places"]["as_of"] = on.isoformat()
    return Activity.model_validate(told, context=AS_TEXT)


def lay_in(told: Found, field: str, value: Any) -> None:
    """Put a value at a field in dots; times and prices may be said in words."""
    if field in ("schedule", "price"):
        rows = (prices_in if field == "price" else times_in)("; ".join(lines_of(value)))
        if not rows:
            raise CatalogueError("says nothing; say what it is, such as 3,50 per keer or di 10:00-12:00", code="empty")
        told[field] = {**without_ended(told, field, rows), **rows} if isinstance(rows, dict) else rows
        return
    *path, last = field.split(".")
    place = told
    for part in path:
        place[part] = place.get(part) or {}
        place = place[part]
        if not isinstance(place, dict):
            raise CatalogueError("is no field that can be told alone; tell the whole of it", code="unknown-field")
    if path == [field.split(".")[0]] and path[0] in told:
        place = told[path[0]] = without_ended(told, path[0], [last])
    place[last] = list(value) if isinstance(value, tuple) else value


def without_ended(told: Found, field: str, anew: Iterable[str]) -> Found:
    """A value without what hung on the fields that are told anew."""
    return {name: part for name, part in told.get(field, {}).items() if name not in ended_by(field, list(anew))}


def lines_of(value: Any) -> Iterator[str]:
    """A value as lines of text; a bare number is an amount."""
    for part in value if isinstance(value, tuple | list) else (value,):
        yield f"{part:.2f}" if isinstance(part, int | float) and not isinstance(part, bool) else str(part)
