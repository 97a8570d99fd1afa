"""How much is read and answered: the limits in force at every door, each to be overridden within bounds.

A limit is a guard against a file that would take the machine down, by accident or on purpose. It says how much, never
what: the form of an id, a day or a name belongs to its field.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

from wor_match.domain.event import FIRST_EVENT_YEAR
from wor_match.domain.text import ID_CHARACTERS, LAST_YEAR, Whole
from wor_match.domain.value import MOST_DIGITS, Value
from wor_match.errors import MANY, WorMatchError

HELD_AT_MOST = 50_000  # activities of a catalogue, whatever the limits say
SHOWN_AT_MOST = 100  # suggestions in the event of an advice, whatever the limits say


class Limits(Value):
    """How much is taken at every door; the page docs/limits.md says where each is checked.

    What is stricter than usual may be as strict as you like. What is looser stops where a machine with 2 GB of memory
    would no longer bear it, or where the form of an event ends. No limit can be switched off.

    Attributes
    ----------
    yaml_bytes : int
        Of one file of YAML: a catalogue, a participant.
    yaml_parts : int
        Events of the YAML parser in one file: about two for each `name: value`.
    depth : int
        Levels of a catalogue or a participant, in YAML or JSON.
    text_characters : int
        Of one value in such a file, before its field looks at it.
    number_digits : int
        Of a number in a file of YAML, before its point and behind it.
    problems_told : int
        Problems in the text of an error about a catalogue; all of them stand in its `.problems`.
    catalogue_bytes : int
        Of all files of a folder together, or of one catalogue in JSON.
    files : int
        Of one catalogue, or of one import.
    activities : int
        Of one catalogue, one import or one matcher, so the candidates of one advice.
    feed_bytes : int
        Of one file that an importer reads.
    feed_components : int
        Components of one calendar (BEGIN lines), or items of one JSON feed.
    feed_depth : int
        Levels of a calendar or a JSON feed.
    event_bytes : int
        Of an event on its line, without the line end.
    advice_bytes : int
        The same for events that hold what an advice rested on: `advised`, `chosen`, and a correction of one.
    event_names : int
        Names at the outermost level of an event.
    id_characters : int
        Of the ids in an event: its own, the person's, the reporter's.
    first_year : int
        The first year in which an event may lie.
    days_ahead : int
        Days that an event may lie after the `at` of the call.
    suggestions : int
        The most that one advice shows.

    Raises
    ------
    WorMatchError
        Naming each limit that is no whole number within its bounds.

    Examples
    --------
    >>> Limits(activities=40_000).activities
    40000
    >>> Limits(depth=0)
    Traceback (most recent call last):
    wor_match.errors.WorMatchError: limits is refused
    out-of-range depth: 0 is below 1, the lowest allowed
    """

    model_config = ConfigDict(revalidate_instances="always")  # a model_copy() is not checked by itself
    refused_as: ClassVar[type[WorMatchError]] = WorMatchError

    yaml_bytes: Annotated[Whole, Field(ge=1, le=25_000_000)] = 5_000_000
    yaml_parts: Annotated[Whole, Field(ge=1, le=3_000_000)] = 600_000
    depth: Annotated[Whole, Field(ge=1, le=64)] = 24
    text_characters: Annotated[Whole, Field(ge=1, le=100_000)] = 20_000
    number_digits: Annotated[Whole, Field(ge=1, le=MOST_DIGITS)] = MOST_DIGITS
    problems_told: Annotated[Whole, Field(ge=1, le=1_000)] = MANY
    catalogue_bytes: Annotated[Whole, Field(ge=1, le=100_000_000)] = 25_000_000
    files: Annotated[Whole, Field(ge=1, le=5_000)] = 500
    activities: Annotated[Whole, Field(ge=1, le=HELD_AT_MOST)] = 20_000
    feed_bytes: Annotated[Whole, Field(ge=1, le=50_000_000)] = 10_000_000
    feed_components: Annotated[Whole, Field(ge=1, le=100_000)] = 10_000
    feed_depth: Annotated[Whole, Field(ge=1, le=100)] = 64
    event_bytes: Annotated[Whole, Field(ge=1, le=64_000)] = 4_000
    advice_bytes: Annotated[Whole, Field(ge=1, le=1_000_000)] = 64_000
    event_names: Annotated[Whole, Field(ge=1, le=100)] = 20
    id_characters: Annotated[Whole, Field(ge=1, le=ID_CHARACTERS)] = ID_CHARACTERS
    first_year: Annotated[Whole, Field(ge=FIRST_EVENT_YEAR, le=LAST_YEAR)] = FIRST_EVENT_YEAR
    days_ahead: Annotated[Whole, Field(ge=0, le=31)] = 1
    suggestions: Annotated[Whole, Field(ge=1, le=SHOWN_AT_MOST)] = SHOWN_AT_MOST


USUAL = Limits()


def checked_limits(limits: Limits) -> Limits:
    """The limits themselves, told at a door.

    Raises
    ------
    WorMatchError
        When they are none, or one of them was put past its bounds by a copy.
    """
    if not isinstance(limits, Limits):
        raise WorMatchError(
            "limits takes a Limits, such as Limits(activities=1_000) or Settings().limits", code="wrong-type"
        )
    return limits if limits is USUAL else Limits.model_validate(limits)
