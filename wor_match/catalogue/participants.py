"""Participants from a file: read as strictly as a catalogue, and told about without a word of what was told."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from wor_match.catalogue.reader import read_bytes, read_text
from wor_match.catalogue.values import value_of
from wor_match.domain.forgetting import forgetful
from wor_match.domain.limits import USUAL, Limits, checked_limits
from wor_match.domain.participant import Participant
from wor_match.domain.strict_json import TwiceError, strict_value
from wor_match.domain.value import AsText, Personal
from wor_match.errors import CatalogueError, ParticipantError, Problem, a_path, why

V = TypeVar("V", bound=Personal)
MOST_BYTES = 50_000_000
MOST_LINES = 100_000


@forgetful
def load_participant(path: str | Path, *, limits: Limits = USUAL) -> Participant:
    """The participant in a YAML or JSON file.

    Parameters
    ----------
    path : str or Path
    limits : Limits

    Raises
    ------
    ParticipantError
        With every problem as ``file:line:column``; what was told is not repeated. Also when the file holds more than
        the limits allow, before reading on.
    """
    return personal_value(Participant, path, "participant", "id: p1", limits)


@forgetful
def personal_value(cls: type[V], path: str | Path, what: str, least: str, limits: Limits = USUAL) -> V:
    """A value about a person from a YAML or JSON file.

    Parameters
    ----------
    cls : type of Personal
    path : str or Path
    what : str
        What it is called in an error.
    least : str
        The least that such a file can say.
    limits : Limits

    Raises
    ------
    ParticipantError
        As `load_participant`.
    """
    name = str(path)
    try:
        tree, problems = read_text(
            read_bytes(a_path(path, ParticipantError), checked_limits(limits).yaml_bytes), name, limits
        )
    except CatalogueError as fault:
        raise ParticipantError(fault.sentence, fault.problems, code=fault.code) from None
    if tree is not None and not problems:
        value, problems = value_of(cls, tree, as_text=AsText(limits.number_digits))
        if value is not None:
            return value
    told = [
        Problem(QUIET.get(one.code, one.sentence), one.code, one.path, name, one.line, one.column) for one in problems
    ]
    empty = [Problem(f"is empty; write at least `{least}`", "empty", "", name, 1, 1)]
    raise ParticipantError(f"{what} in {name} is refused", told or empty)


# What the reader says of a catalogue shows what stood there; of a participant it may not.
QUIET = {
    "duplicate-key": "a name stands here twice; keep one of them",
    "alias": "refers to another place; write the value out",
    "anchor": "names a place for reuse; remove it",
    "tag": "has a tag; remove it, the field decides the type",
    "no-yaml": "cannot be read as YAML here; check brackets, quotes, indents and tabs",
}


@forgetful
def load_people(path: str | Path) -> list[Participant]:
    """The participants in a file of JSON Lines, one on a line, in the order of the file; empty lines are skipped.

    Parameters
    ----------
    path : str or Path

    Raises
    ------
    ParticipantError
        With every problem as ``file:line``, in one go; what was told is not repeated. Also when the file is not
        there, is no UTF-8, is larger than 50 MB or has more than 100,000 lines.
    """
    people: dict[str, Participant] = {}
    problems: list[Problem] = []
    for number, line in enumerate(lines_of(a_path(path, ParticipantError)), 1):
        person, found = person_on(line) if line.strip() else (None, [])
        if person is not None and people.setdefault(person.id, person) is not person:
            found = [Problem("has the id of an earlier line; keep one line for each person", "told-twice", "id")]
        problems += [Problem(one.sentence, one.code, one.path, str(path), number, 1) for one in found]
    if problems:
        raise ParticipantError(f"participants in {path} are refused", problems)
    return list(people.values())


def lines_of(path: Path) -> list[str]:
    """The lines of a file, refused before reading on when there are too many."""
    try:
        if not path.is_file():
            raise ParticipantError(
                f"{path} is not there, or is no ordinary file; give the path of a JSON Lines file", code="no-file"
            )
        with path.open("rb") as opened:
            found = opened.read(MOST_BYTES + 1)
    except OSError as fault:
        raise ParticipantError(f"{path} cannot be read: {why(fault)}", code="no-file") from None
    if len(found) > MOST_BYTES or found.count(b"\n") > MOST_LINES:
        raise ParticipantError(
            f"{path} has more than {MOST_BYTES} bytes or {MOST_LINES} lines; split it", code="too-large"
        )
    try:
        return found.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as fault:
        said = Problem(
            "is no UTF-8; save the file as UTF-8", "no-utf8", "", str(path), found.count(b"\n", 0, fault.start) + 1, 1
        )
    raise ParticipantError(f"participants in {path} are refused", [said])


def person_on(line: str) -> tuple[Participant | None, list[Problem]]:
    """The participant on a line, or what is wrong with it."""
    try:
        told = strict_value(line)
    except TwiceError:
        return None, [Problem("has a name twice in one object; keep one of them", "duplicate-key")]
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        return None, [Problem("is no JSON object; write one participant on a line", "no-json")]
    try:
        return Participant.model_validate(told), []
    except ParticipantError as fault:
        return None, list(fault.problems)
