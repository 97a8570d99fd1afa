"""The items of one import as they come in: what refuses one becomes a problem, and the next has its turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from wor_match.catalogue.importers import Imported
from wor_match.catalogue.importers.reach import without_reach
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Organiser
from wor_match.domain.limits import USUAL, Limits, checked_limits
from wor_match.errors import CatalogueError, Code, Problem

T = TypeVar("T")


class Refused(ValueError):  # noqa: N818 — it ends the reading of one item, it is no error of the library
    """Part of an item cannot be read."""

    def __init__(self, sentence: str, code: Code = "item") -> None:
        super().__init__(sentence)
        self.code = code


def said_by(fault: Refused | CatalogueError) -> str:
    """What a fault says, with all its problems, on one line."""
    told = [fault.sentence, *fault.problems] if isinstance(fault, CatalogueError) else [fault]
    return " ".join(" ".join(map(str, told)).split())


class Notes:
    """The problems of one item of a feed."""

    def __init__(self, name: str, number: int | str, problems: list[Problem], line: int = 0) -> None:
        self.name, self.number, self.problems, self.line = name, number, problems, line

    def add(self, path: str, sentence: str, code: Code = "left-out") -> None:
        """Note a part that was left out or had to be guessed."""
        where = f"{self.number}.{path}" if path else f"{self.number}"
        said = without_reach(sentence)
        problem = Problem(said, code, where, self.name, self.line, int(self.line > 0), severity="warning")
        if problem not in self.problems[-20:]:
            self.problems.append(problem)

    def below(self, path: str) -> Notes:
        """The notes of one part of the item."""
        return Notes(self.name, f"{self.number}.{path}", self.problems, self.line)

    def refuse(self, sentence: str, code: Code = "item") -> None:
        """Note that the whole item is left out."""
        self.problems.append(
            Problem(without_reach(sentence), code, f"{self.number}", self.name, self.line, int(self.line > 0))
        )


class Gathering:
    """The activities and organisers of one import, as they come in; of two with one id the first stays."""

    def __init__(self, limits: Limits = USUAL) -> None:
        self.limits = checked_limits(limits)
        self.activities: dict[str, Activity] = {}
        self.organisers: dict[str, Organiser] = {}
        self.problems: list[Problem] = []

    @contextmanager
    def item(self, name: str, number: int | str, line: int = 0) -> Iterator[Notes]:
        """One item: what refuses it becomes a problem, and the next has its turn."""
        notes = Notes(name, number, self.problems, line)
        try:
            yield notes
        except Refused as fault:
            notes.refuse(said_by(fault)[:600], fault.code)
        except CatalogueError as fault:
            notes.refuse(said_by(fault)[:600])

    def add(self, activity: Activity, organiser: Organiser | None, notes: Notes) -> None:
        """Keep an activity and who organises it."""
        if activity.id in self.activities:
            notes.refuse("has the id of an earlier item; the earlier one is kept", "duplicate-id")
            return
        if len(self.activities) >= (most := self.limits.activities):
            raise Refused(f"is activity {most + 1}; at most {most} are allowed", "too-many-activities")
        self.activities[activity.id] = activity
        if organiser:
            self.organisers[organiser.id] = organiser

    def few(self, items: list[T], name: str) -> list[T]:
        """The items of one source; none, and a problem, when there are more than the limits allow."""
        if len(items) <= (most := self.limits.feed_components):
            return items
        self.problems.append(
            Problem(f"holds {len(items)} items; at most {most}, split the feed", "too-many-components", "", name)
        )
        return []

    def missing(self, name: str, sentence: str) -> None:
        """Note that a source holds nothing of its format, unless something else was told about it."""
        if not any(problem.file == name for problem in self.problems):
            self.problems.append(Problem(sentence, "no-feed", "", name))

    def imported(self) -> Imported:
        """All that was found."""
        return Imported(tuple(self.activities.values()), tuple(self.problems), tuple(self.organisers.values()))
