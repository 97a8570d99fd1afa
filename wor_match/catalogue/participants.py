"""A participant from a file: read as strictly as a catalogue, and told about without a word of what was told."""

from __future__ import annotations

from pathlib import Path

from wor_match.catalogue.reader import read_bytes, read_text
from wor_match.catalogue.values import value_of
from wor_match.domain.participant import Participant
from wor_match.errors import CatalogueError, ParticipantError, Problem


def load_participant(path: str | Path) -> Participant:
    """The participant in a YAML or JSON file.

    Raises
    ------
    ParticipantError
        With every problem as ``file:line:column``; what was told is not repeated.
    """
    name = str(path)
    try:
        tree, problems = read_text(read_bytes(Path(path)), name)
    except CatalogueError as fault:
        raise ParticipantError(fault.sentence) from None
    if tree is not None and not problems:
        person, problems = value_of(Participant, tree)
        if person is not None:
            return person
    told = [
        Problem(QUIET.get(one.code, one.sentence), one.code, one.path, name, one.line, one.column) for one in problems
    ]
    empty = [Problem("is empty; write at least `id: p1`", "empty", "", name, 1, 1)]
    raise ParticipantError(f"participant in {name} is refused", told or empty)


# What the reader says of a catalogue shows what stood there; of a participant it may not.
QUIET = {
    "duplicate-key": "a name stands here twice; keep one of them",
    "alias": "refers to another place; write the value out",
    "anchor": "names a place for reuse; remove it",
    "tag": "has a tag; remove it, the field decides the type",
    "no-yaml": "cannot be read as YAML here; check brackets, quotes, indents and tabs",
}
