"""Two advices for each of some people, side by side: whose first few changed, and by which reason.

It knows advices only, not what made them: two matchers, two catalogues, or another answer of the same person. It holds
what people told, so it is shown to who may see it; its own text tells counts.

**By which reason.** Reasons add up to 100 x (score - reference), and within one advice the reference is the same for
all. So what an activity gained on those it passed is, exactly, the sum over reasons of what each gained more than
theirs; the reason that gained most is named. Where a rule, the catalogue, or the choosing of few did it, that is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wor_match.advice import Advice
from wor_match.domain.frozen_map import FrozenMap
from wor_match.errors import WorMatchError
from wor_match.evaluation.changes.moves import Cause, Move, first_cause, moves_of
from wor_match.evaluation.changes.points import Name, apart, scored
from wor_match.interop.frames import frame

if TYPE_CHECKING:
    from wor_match.interop.frames import Backend

COLUMNS: dict[str, type] = {
    "person": str,
    "activity": str,
    "way": str,
    "place_before": float,  # pandas has no whole number for what is not shown
    "place_after": float,
    "score_before": float,
    "score_after": float,
    "by": str,
    "name": str,
    "part": str,
    "points": float,
}


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody whose first few changed.

    Attributes
    ----------
    person : str
        Their pseudonym.
    before, after : tuple of str
        Activity ids, best place first.
    moves : tuple of Move
        Each activity that came in, moved place or went out.
    by : Cause
        What changed the highest place; the choosing of few only when no reason, rule or catalogue changed any.
    """

    person: str
    before: tuple[str, ...] = field(repr=False)
    after: tuple[str, ...] = field(repr=False)
    moves: tuple[Move, ...] = field(repr=False)
    by: Cause = field(repr=False)

    @property
    def first(self) -> bool:
        """Whether the first idea is another."""
        return self.before[:1] != self.after[:1]


@dataclass(frozen=True, slots=True)
class Difference:
    """The score of one activity for one person, before and after.

    Attributes
    ----------
    score, reference : tuple of float
        Before and after.
    points : FrozenMap
        (name, part) → points after less points before. They add up to 100 x the difference of scores less 100 x the
        difference of references.
    """

    score: tuple[float, float] = field(repr=False)
    reference: tuple[float, float] = field(repr=False)
    points: FrozenMap[Name, float] = field(repr=False)


@dataclass(frozen=True, repr=False, eq=False)
class Comparison:
    """Advices before and after; see `compare`.

    Attributes
    ----------
    before, after : FrozenMap
        Person id → Advice, in the order of ids.
    moved : tuple of Moved
        Those whose first n changed, in the order of ids.
    n : int
        How many places count.
    """

    before: FrozenMap[str, Advice]
    after: FrozenMap[str, Advice]
    moved: tuple[Moved, ...]
    n: int

    @classmethod
    def of(cls, before: Mapping[str, Advice], after: Mapping[str, Advice], n: int = 3) -> Comparison:
        """The comparison of advices by person id.

        Parameters
        ----------
        before, after : mapping of str to Advice
            Of the same people.
        n : int
            How many ideas of each are compared.

        Raises
        ------
        WorMatchError
            When they are not about the same people.
        """
        if set(before) != set(after):
            raise WorMatchError(
                "the advices before and after are about other people; give both for each of them", code="not-comparable"
            )
        pairs = {person: (before[person], after[person]) for person in sorted(before)}
        found = (moved_of(person, *pair, n) for person, pair in pairs.items())
        return cls(
            before=FrozenMap({person: one for person, (one, _) in pairs.items()}),
            after=FrozenMap({person: other for person, (_, other) in pairs.items()}),
            moved=tuple(one for one in found if one is not None),
            n=n,
        )

    def __repr__(self) -> str:
        first = sum(one.first for one in self.moved)
        return f"Comparison({len(self.before)} people, {len(self.moved)} moved, {first} with another first idea)"

    def difference(self, person: str, activity: str) -> Difference:
        """What one activity scores for one person before and after, and what each reason changed.

        Parameters
        ----------
        person, activity : str
            Their ids.

        Raises
        ------
        WorMatchError
            When the person was not asked about, or one of the catalogues does not have the activity.
        """
        if person not in self.before:
            raise WorMatchError(
                "this person is not among the people compared; `before` has their ids", code="unknown-person"
            )
        one, other = scored(self.before[person], activity), scored(self.after[person], activity)
        if one is None or other is None:
            where = "before" if one is None else "after"
            raise WorMatchError(
                f"activity {str(activity)[:64]!r} is not in the catalogue {where}, so it has no score",
                code="unknown-activity",
            )
        points = FrozenMap(apart(one, other))
        return Difference((one.score, other.score), (one.reference, other.reference), points)

    def causes(self) -> dict[Cause, int]:
        """What changed the highest place, without points → for how many people; most people first."""
        counted = Counter(Cause(one.by.kind, one.by.name, one.by.part) for one in self.moved)
        return dict(sorted(counted.items(), key=lambda told: (-told[1], str(told[0]))))

    def sentences(self) -> list[str]:
        """The comparison in plain English: how many people get something else, and by what."""
        from wor_match.evaluation.changes.page import sentences

        return list(sentences(self))

    def frame(self, backend: Backend | None = None) -> Any:
        """One row for each activity that moved: a list of dicts, or with `backend` a polars, pandas or pyarrow frame.

        Raises
        ------
        WorMatchError
            When the `backend` is none of these, or is not installed.
        """
        return frame([row for one in self.moved for row in rows_of(one)], COLUMNS, backend)

    def to_markdown(self) -> str:
        """A page to read in Markdown: the sentences, then each person who moved, before and after side by side."""
        from wor_match.evaluation.changes.page import markdown

        return markdown(self)


def moved_of(person: str, before: Advice, after: Advice, n: int) -> Moved | None:
    """How the first n of one person changed; None when they did not."""
    one, other = (tuple(shown.activity.id for shown in advice[:n]) for advice in (before, after))
    if one == other:
        return None
    moves = moves_of(before, after, one, other)
    return Moved(person, one, other, moves, first_cause(one, other, moves))


def rows_of(moved: Moved) -> list[dict[str, Any]]:
    """A row for each activity that moved."""
    return [
        {
            "person": moved.person,
            "activity": move.activity,
            "way": move.way,
            "place_before": move.place[0],
            "place_after": move.place[1],
            "score_before": move.score[0],
            "score_after": move.score[1],
            "by": move.by.kind,
            "name": move.by.name,
            "part": move.by.part,
            "points": move.by.points,
        }
        for move in moved.moves
    ]
