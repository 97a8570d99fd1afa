"""A catalogue in which nothing is wrong, made at once from what its files say; None when anything is wrong.

What is wrong, and where, the strict reading tells (`files`): it takes longer, and only who has something to mend waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from wor_match.catalogue.json_file import is_json, plain_json
from wor_match.catalogue.quick import collector_paused, plain_of
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import FORMAT, Catalogue, CatalogueHead, clashes
from wor_match.domain.limits import USUAL, Limits
from wor_match.domain.value import AsText

LIST_FIELDS = ("activities", "organisers", "desks", "support", "arrangements")
OWN_FIELDS = (*(field.alias or name for name, field in CatalogueHead.model_fields.items()), "activities")
Contents = Sequence[tuple[str, bytes]]  # name and bytes of each file, the one with the head first


def sound_catalogue(contents: Contents, limits: Limits = USUAL) -> Catalogue | None:
    """The catalogue in these files, when nothing is wrong in any of them."""
    json = is_json(contents[0][0])
    if json and (limits.depth < USUAL.depth or limits.text_characters < USUAL.text_characters):
        return (
            None  # what is within the usual bounds here, the fields see to; within narrower ones only the strict reader
        )
    with collector_paused():
        told = [plain_json(found) if is_json(name) else plain_of(found, limits) for name, found in contents]
        if not all(fits(one, at) for at, one in enumerate(told)):
            return None
        return made(told, None if json else AsText(limits.number_digits), limits.activities)


def fits(told: Any, number: int) -> bool:
    """Whether the outermost fields of a file are what they should be; a later file may leave out the head."""
    if not isinstance(told, dict) or not all(isinstance(told.get(field, []), list) for field in LIST_FIELDS):
        return False
    return number == 0 or (set(told) <= set(OWN_FIELDS) and told.get("format", FORMAT) == FORMAT)


def made(told: Sequence[dict[str, Any]], context: AsText | None, most: int) -> Catalogue | None:
    """The catalogue that these files make together."""
    lists = {field: [part for one in told for part in one.get(field, ())] for field in LIST_FIELDS}
    activities = lists.pop("activities")
    own = {name: value for name, value in told[0].items() if name not in LIST_FIELDS}
    if len(activities) > most:
        return None
    try:
        head = CatalogueHead.__pydantic_validator__.validate_python({**own, **lists}, context=context)
        valid, region = Activity.__pydantic_validator__.validate_python, head.school_holidays
        sound = [valid(with_region(one, region), context=context) for one in activities]
    except ValidationError:
        return None
    if any(True for _ in clashes(head, sound)):
        return None
    fields = {name: getattr(head, name) for name in CatalogueHead.model_fields}
    return Catalogue.model_construct(**fields, activities=tuple(sound), problems=())


def with_region(activity: Any, region: str | None) -> Any:
    """The activity with the region of the school holidays laid into its schedule."""
    schedule = activity.get("schedule") if region and isinstance(activity, dict) else None
    if not isinstance(schedule, dict) or "pauses" not in schedule:
        return activity
    return {**activity, "schedule": {"region": region, **schedule}}
