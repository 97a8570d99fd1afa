"""Where the offer falls short: for whom fewer than two activities fit, and which rule keeps most of them out.

It is about the offer of a town and never about one person: nobody's id comes out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from statistics import median_low
from typing import TYPE_CHECKING, Any

import numpy as np

from wor_match.domain.asked import day_of
from wor_match.domain.forgetting import forgetful
from wor_match.domain.frozen_map import FrozenMap
from wor_match.domain.participant import Participant, once_each
from wor_match.errors import WorMatchError
from wor_match.evaluation.gapping.cells import Cell, Key, counted
from wor_match.evaluation.gapping.shown import shown
from wor_match.evaluation.telling.small import LEAST_TOLD
from wor_match.interop.frames import frame
from wor_match.matcher import Matcher

if TYPE_CHECKING:
    from wor_match.interop.frames import Backend
    from wor_match.wording.words import Words

MOST_ACTIVITIES = 3
COLUMNS: dict[str, type] = {
    "area": str,
    "dimension": str,
    "need": str,
    "people": int,
    "short": float,  # pandas has no whole number for what may not be told
    "fitting": int,
    "opens": str,
    "helped": float,
    **{f"activity_{number}": str for number in range(1, MOST_ACTIVITIES + 1)},
}


@dataclass(frozen=True, slots=True)
class Gap:
    """The people of one area who want to change one thing and have one need.

    Attributes
    ----------
    area : str or None
        Four digits of the postcode; None unknown.
    dimension, need : str or None
        What they want to change, and what they need at the place; None when they named nothing.
    people : int
    short : int or None
        How many of them have fewer than two activities that fit; None when it may not be told.
    fitting : int
        The lower median of the number of activities that fit: half of the people have at most this many. (A mean of
        the two in the middle would tell how many stand on either side of it.)
    opens : str or None
        The one rule whose lifting would open something for most of those who are short; None when no single rule
        would, or it may not be told.
    helped : int or None
        For how many of them; None when it may not be told.
    activities : tuple of str
        At most three ids that would open, for most people first.
    """

    area: str | None = field(repr=False)
    dimension: str | None = field(repr=False)
    need: str | None = field(repr=False)
    people: int
    short: int | None
    fitting: int
    opens: str | None = field(repr=False)
    helped: int | None
    activities: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, repr=False)
class Gaps:
    """The gaps in the offer of a town on a day; see `gaps`.

    Attributes
    ----------
    on : date
    rows : tuple of Gap
        By short, then people, most first; then by area, dimension and need.
    people, short, safety_first : int or None
        How many people were counted, how many of them are short anywhere, and for how many safety comes first: they
        stand in no cell and in no other count. None when `shared`.
    hidden : int
        How many cells are left out because fewer than ten people stand in them.
    shared : bool
        Whether it tells nothing about fewer than ten people.
    names : FrozenMap
        What the activities in the rows are called, by their id.
    """

    on: date
    rows: tuple[Gap, ...]
    people: int | None
    short: int | None
    safety_first: int | None
    hidden: int
    shared: bool
    names: FrozenMap[str, str]

    def __repr__(self) -> str:
        people = "" if self.people is None else f"{self.people} people, "
        return f"Gaps({people}{len(self.rows)} cells, {self.hidden} hidden)"

    def frame(self, backend: Backend | None = None) -> Any:
        """One row for each cell: a list of dicts, or a frame of ``polars``, ``pandas`` or ``pyarrow``.

        Raises
        ------
        WorMatchError
            When the `backend` is none of these, or is not installed.
        """
        listed = [{f"activity_{n}": name for n, name in enumerate(row.activities, 1)} for row in self.rows]
        return frame([{**asdict(row), **more} for row, more in zip(self.rows, listed, strict=True)], COLUMNS, backend)

    def to_json(self) -> str:
        """All of it as JSON text."""
        return json.dumps({**asdict(self), "on": self.on.isoformat()}, ensure_ascii=False, allow_nan=False)

    def to_markdown(self, language: str | Words = "nl") -> str:
        """A short report to read: the people and the day, a table of the gaps, and the largest in sentences.

        Raises
        ------
        WorMatchError
            When there are no words in this `language`.
        """
        from wor_match.evaluation.gapping.page import markdown

        return markdown(self, language)


@forgetful
def gaps(matcher: Matcher, people: Iterable[Participant], *, at: date, shareable: bool = False) -> Gaps:
    """Where fewer than two activities fit, by area, dimension and need, and the rule whose lifting would open most.

    A person stands in one cell for each dimension of their focus and each need. Without a focus: each dimension that
    weighs at least half of the heaviest in the four domains, else each that is low in their spider web; else one cell
    without a dimension. An activity fits when it breaks no rule and serves the dimension at least 2 of 0 to 3 (an
    assumption). What would open counts activities that serve the dimension and break one rule only. Rules of the
    person's own wish (unwanted, only_on_request, not_wished, already_joined, tried_before) are left out there: what
    somebody does not want is no lack of offer.

    **Shareable.** A cell is shown from ten different people on. A count of one to nine within it, or one that leaves
    one to nine of its whole, is None; a rule is named, and an activity listed, only when it helps ten people. There
    are no totals (and no cell is the sum of others: who has two needs stands in two cells), rows stand in the order of
    what is shown, and the median is that of one person, so that nothing hidden follows by subtraction. Two reports
    about nearly the same people can still be subtracted from each other: share one of them.

    Parameters
    ----------
    matcher : Matcher
    people : iterable of Participant
        Their order does not matter, and who stands in it twice counts once.
    at : date or aware datetime
        As in `Matcher.recommend`.
    shareable : bool
        Whether it will be seen by who may not see single people.

    Raises
    ------
    WorMatchError
        When something among the people is no Participant, one id stands for two people, or `at` is no day.

    Examples
    --------
    >>> import wor_match as wm
    >>> riet = wm.Participant(id="p1", focus=["meedoen"], place={"postcode": "3431"}, budget="free")
    >>> gaps(wm.Matcher(wm.load_catalogue("nieuwegein")), [riet], at=date(2026, 11, 23))
    Gaps(1 people, 1 cells, 0 hidden)
    """
    if not isinstance(matcher, Matcher):
        raise WorMatchError("gaps() needs a Matcher; make one with Matcher(catalogue)", code="wrong-type")
    on, known = day_of(at), once_each(people)
    asking = [person for person in known if person.state("safety") != "first"]
    cells, n_short = counted(matcher, asking, at)
    kept = {key: cell for key, cell in cells.items() if len(cell.fits) >= LEAST_TOLD or not shareable}
    made = [row_of(matcher, key, cell, shareable) for key, cell in kept.items()]
    shown_ids = sorted({name for row in made for name in row.activities})
    return Gaps(
        on=on,
        rows=tuple(sorted(made, key=by_size)),
        people=None if shareable else len(asking),
        short=None if shareable else n_short,
        safety_first=None if shareable else len(known) - len(asking),
        hidden=len(cells) - len(kept),
        shared=shareable,
        names=FrozenMap({name: matcher.catalogue[name].name for name in shown_ids}),
    )


def row_of(matcher: Matcher, key: Key, cell: Cell, shareable: bool) -> Gap:
    """What a cell comes to; of a shareable one only what may be told."""
    people, short, best = len(cell.fits), cell.short, cell.best(rule.name for rule in matcher.constraints)
    helped = 0 if best is None else int(cell.helped[best])
    told = shown(people, short, helped) if shareable else (short, helped, True)
    named, least = best if told[2] else None, LEAST_TOLD if shareable else 1
    return Gap(
        *key,
        people=people,
        short=told[0],
        fitting=median_low(cell.fits),
        opens=None if named is None else matcher.constraints[named].name,
        helped=told[1],
        activities=() if named is None else opened_by(matcher, cell, named, least),
    )


def opened_by(matcher: Matcher, cell: Cell, rule: int, least: int) -> tuple[str, ...]:
    """At most three activities that lifting a rule opens for so many people, for most people first, then by id."""
    counts = cell.opened[rule]
    rows = sorted(np.flatnonzero(counts >= least).tolist(), key=lambda row: (-counts[row], row))
    return tuple(matcher.columns.activities[row].id for row in rows[:MOST_ACTIVITIES])


def by_size(row: Gap) -> tuple[int, int, str, str, str]:
    """The order of the rows, of what is shown only: a hidden `short` stands between ten and none."""
    short = LEAST_TOLD - 1 if row.short is None else row.short
    return -short, -row.people, row.area or "", row.dimension or "", row.need or ""
