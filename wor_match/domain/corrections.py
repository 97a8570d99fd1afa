"""What somebody learned by telephone, laid over the offer: per field, the newest wins, and the field has a new date."""

from __future__ import annotations

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
from wor_match.domain.value import AS_TEXT
from wor_match.errors import CatalogueError, Problem

if TYPE_CHECKING:
    from wor_match.domain.catalogue import Catalogue

Found = dict[str, Any]
NOT_BY_TELEPHONE = ("id", "source", "formerly", "rechecked", "checked_on")
RULES = ("weekly", "monthly", "dates", "on_request")


def corrected(catalogue: Catalogue, told: Iterable[Event] | Any) -> Catalogue:
    """The catalogue with every call about the offer laid over it; what cannot be laid over it stands in `.problems`.

    Parameters
    ----------
    catalogue : Catalogue
    told : iterable of Event, or anything with ``.read()``
        A whole history: events of persons are passed over.
    """
    now = {old: one.id for one in catalogue for old in one.formerly}
    activities = {one.id: one for one in catalogue}
    problems: list[Problem] = []
    for event in settled(told):
        if not isinstance(event, OfferChecked | ActivityClosed):
            continue
        name = now.get(event.activity, event.activity)
        if name not in activities:
            said = f"is about {name}, which is no activity of this catalogue; left out"
            problems.append(Problem(said, "unknown-activity", event.event_id, severity="warning"))
            continue
        field, value = (event.field, event.value) if isinstance(event, OfferChecked) else ("status", "closed")
        try:
            if field == "organiser" and catalogue.organiser_called(str(value)) is None:
                raise CatalogueError("is none of the organisers of this catalogue")
            activities[name] = with_field(activities[name], field, value, event.at.astimezone(ZONE).date())
        except CatalogueError as fault:
            why = fault.problems[0].sentence if fault.problems else fault.sentence
            said = f"says of {name} that {field} {why}; left out"
            problems.append(Problem(said, "no-correction", event.event_id, severity="warning"))
    return catalogue.holding([activities[one.id] for one in catalogue], (*catalogue.problems, *problems))


def with_field(activity: Activity, field: str, value: Any, on: date) -> Activity:
    """The activity with one field as it was on a day; a file that was checked later stays as it is.

    Raises
    ------
    CatalogueError
        When there is no such field, or it cannot have this value.
    """
    if field.split(".")[0] in NOT_BY_TELEPHONE:
        raise CatalogueError("is nothing that an organiser tells by telephone")
    known_on = activity.true_on(field)
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
        words = "; ".join(parts_of(value))
        if field == "price":
            told["price"] = prices_in(words)
            return
        kept = {name: part for name, part in told.get("schedule", {}).items() if name not in RULES}
        told["schedule"] = {**kept, **times_in(words)}
        return
    *path, last = field.split(".")
    place = told
    for part in path:
        place = place.setdefault(part, {})
        if not isinstance(place, dict):
            raise CatalogueError("is no field that can be told alone; tell the whole of it")
    place[last] = list(value) if isinstance(value, tuple) else value


def parts_of(value: Any) -> Iterator[str]:
    """A value as lines of text; a bare number is an amount."""
    for part in value if isinstance(value, tuple | list) else (value,):
        yield f"{part:.2f}" if isinstance(part, int | float) and not isinstance(part, bool) else str(part)
