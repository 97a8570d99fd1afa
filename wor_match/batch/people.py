"""A participant from a row of a table: cells that are empty were not told, dotted columns are parts of an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_origin

from wor_match.batch.cells import NoAnswer, plain, plain_or_not
from wor_match.domain.forgetting import forgetful
from wor_match.domain.frozen_map import FrozenMap
from wor_match.domain.participant import Participant
from wor_match.errors import ParticipantError, Problem

Told = Mapping[str, Any] | str  # a row, or why it cannot be read
FIELDS = frozenset(Participant.model_fields)
MAPPINGS = {name for name, one in Participant.model_fields.items() if get_origin(one.annotation) is FrozenMap}


@forgetful
def participant_of(row: Mapping[str, Any]) -> Participant:
    """The participant in a row.

    Parameters
    ----------
    row : mapping
        Column → cell. Columns are fields of `Participant`, or parts of one (``travel.max_minutes``). None and NaN are
        empty; an array is a list, and a list of pairs a mapping, as an empty list is where a mapping belongs.

    Raises
    ------
    ParticipantError
        With every problem; what was told is not repeated.

    Examples
    --------
    >>> participant_of({"id": "p1", "age": float("nan"), "travel.max_minutes": 20.0}).travel.max_minutes
    20
    """
    told: dict[str, Any] = {}
    faults: dict[str, Problem] = {}
    for column, cell in row.items():
        field, dotted, part = str(column).partition(".")
        try:
            value = plain(cell)
            if value is None or (value == [] and field in MAPPINGS):
                continue
            told[field] = joined(told.get(field), {part: value}) if dotted else joined(value, told.get(field))
        except NoAnswer as fault:
            place = field if field in FIELDS else "..."
            faults.setdefault(place, Problem(f"this {fault.sentence}", fault.code, place))
    return checked(told, faults) if faults else Participant.model_validate(told)


def joined(whole: Any, parts: Any) -> Any:
    """An answer that is told as a whole, in parts, or both; a part that stands by itself counts.

    Raises
    ------
    NoAnswer
        When both are told, and the whole has no parts.
    """
    if whole is None or parts is None:
        return parts if whole is None else whole
    if not (isinstance(whole, dict) and isinstance(parts, dict)):
        raise NoAnswer("told-twice", "is told as a whole and in parts; keep one of them")
    return {**whole, **parts}


def checked(told: Mapping[str, Any], faults: Mapping[str, Problem]) -> Participant:
    """Refuses the participant in a row of which cells cannot be read, with every other problem of it.

    Raises
    ------
    ParticipantError
        Always.
    """
    others: Sequence[Problem] = ()
    try:
        Participant.model_validate(told)
    except ParticipantError as fault:
        others = [one for one in fault.problems if one.path.split(".")[0] not in faults]
    raise ParticipantError("participant is refused", [*faults.values(), *others])


def problem_of(fault: ParticipantError) -> str:
    """Everything that is wrong with a row, in one line; what was told is not repeated."""
    return "; ".join(map(str, fault.problems)) or fault.sentence


def id_of(row: Mapping[str, Any]) -> str | None:
    """The id in a row whose other cells cannot be read; None when the id is no word either."""
    try:
        return Participant.model_validate({"id": plain_or_not(row.get("id"))}).id
    except ParticipantError:
        return None
