"""What a coach thinks of activities for a person: good, acceptable or unsuitable; read as strictly as a catalogue.

The form is that of the worked examples of the tests: who, on which day, and what somebody who knows the work says.

    title: Riet (verzonnen) houdt van koken
    at: 2026-11-23
    by: coach-a
    person: {id: riet, likes: [samen-koken]}
    judged: {kookgroep-de-linde: good, stoelgym-de-linde: acceptable, bakclub-zuid: unsuitable}
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from wor_match.catalogue.participants import QUIET
from wor_match.catalogue.reader import read_bytes, read_text
from wor_match.catalogue.values import value_of
from wor_match.domain.frozen_map import FrozenMap
from wor_match.domain.participant import Participant
from wor_match.domain.text import Day, Id, Name, Text
from wor_match.domain.value import Personal
from wor_match.errors import CatalogueError, ParticipantError, Problem, why

Verdict = Literal["good", "acceptable", "unsuitable"]
LEVELS: dict[str, int] = {"unsuitable": 0, "acceptable": 1, "good": 2}
MOST_JUDGED = 1000


class Judged(Personal, init=False):
    """What one coach thinks of activities for one person.

    Attributes
    ----------
    person : Participant
    judged : FrozenMap
        Activity id → ``good``, ``acceptable`` or ``unsuitable``.
    by : str
        A code for the coach, no name.
    at : date, optional
        The day of the conversation; that of the question when left out.
    title, why : str, optional
        For who reads the file.

    Raises
    ------
    ParticipantError
        Naming each field that cannot be read, never what was told.

    Examples
    --------
    >>> Judged(person=Participant(id="p1"), judged={"kookgroep-de-linde": "good"}, by="coach-a")
    Judged(person='p1', n_judged=1)
    """

    person: Participant
    judged: Annotated[FrozenMap[Id, Verdict], Field(min_length=1, max_length=MOST_JUDGED)]
    by: Id = "coach"
    at: Day | None = None
    title: Name | None = None
    why: Text | None = None

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        yield "person", self.person.id
        yield "n_judged", len(self.judged)


def read_judged(path: str | Path) -> list[Judged]:
    """The judgements in a YAML file, or in every ``.yaml`` and ``.yml`` file of a folder, in the order of their names.

    Raises
    ------
    ParticipantError
        With every problem of every file as ``file:line:column``, in one go; what was told is not repeated. Also when
        nothing is there.
    """
    found: list[Judged] = []
    problems: list[Problem] = []
    for file in files_at(Path(path)):
        one, faults = judged_in(file)
        found += [one] if one is not None else []
        problems += faults
    if problems:
        raise ParticipantError(f"judgements in {path} are refused", problems)
    return found


def files_at(path: Path) -> list[Path]:
    """The file itself, or those in the folder."""
    try:
        files = sorted(one for one in path.iterdir() if one.suffix in (".yaml", ".yml")) if path.is_dir() else [path]
    except OSError as fault:
        raise ParticipantError(f"{path} cannot be read: {why(fault)}", code="no-file") from None
    if not files:
        raise ParticipantError(f"{path} has no YAML file; write one for each person and coach", code="no-file")
    return files


def judged_in(file: Path) -> tuple[Judged | None, list[Problem]]:
    """The judgements of one file, or what is wrong with it."""
    name = str(file)
    try:
        tree, problems = read_text(read_bytes(file), name)
    except CatalogueError as fault:
        return None, [*fault.problems] or [Problem(fault.sentence, fault.code, "", name)]
    if tree is not None and not problems:
        one, problems = value_of(Judged, tree)
        if one is not None:
            return one, []
    quiet = [Problem(QUIET.get(p.code, p.sentence), p.code, p.path, name, p.line, p.column) for p in problems]
    return None, quiet or [Problem("is empty; write at least `person` and `judged`", "empty", "", name, 1, 1)]
