"""Who of the offer gets to be seen: the share of shown places beside the share of the offer, and the people behind it.

It is about organisers, terms and activities; nothing that fewer than ten people were shown stands by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from math import fsum, log2
from typing import TYPE_CHECKING, Any, Literal, get_args

from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Catalogue
from wor_match.domain.event import Event
from wor_match.domain.forgetting import forgetful
from wor_match.domain.history import settled
from wor_match.domain.kinds import Advised, Shown
from wor_match.errors import WorMatchError
from wor_match.evaluation.groups.groupings import THE_REST
from wor_match.evaluation.telling.small import LEAST_TOLD, in_tens, tens
from wor_match.evaluation.telling.steps import finest
from wor_match.interop.frames import frame

if TYPE_CHECKING:
    from wor_match.interop.frames import Backend

By = Literal["organiser", "term", "activity"]
Name = str | None
STEPS = (0.001, 0.01, 0.1)  # in which a share is told, so that one place never shows
FEW_SHOWN = "fewer than ten people were shown anything"
FEW_PLACES = "too little was shown to tell shares without showing single places"
COLUMNS: dict[str, type] = {"group": str, "people": int, "activities": int, "shown": float, "offered": float}


@dataclass(frozen=True, slots=True)
class ExposureRow:
    """One organiser, term or activity.

    Attributes
    ----------
    group : str or None
        Its id; None without one; ``the rest`` for those that few people were shown, together.
    people : int
        How many people were shown something of it, in whole tens: 30 is 30 to 39; 0 is nobody.
    activities : int
        How many activities it has that are open.
    shown, offered : float
        Its share of shown places, each counted as 1 / log2(1 + place), and of the open activities; in [0, 1].
    """

    group: str | None
    people: int
    activities: int
    shown: float
    offered: float


@dataclass(frozen=True, slots=True)
class Exposure:
    """Who of the offer gets to be seen; see `exposure`.

    Attributes
    ----------
    by : str
        organiser, term or activity.
    rows : tuple of ExposureRow
        Most shown first, then by name; the rest last.
    step : float or None
        In which steps `shown` is told.
    reason : str
        Why there are no rows; empty when there are.
    """

    by: str
    rows: tuple[ExposureRow, ...]
    step: float | None
    reason: str

    def frame(self, backend: Backend | None = None) -> Any:
        """One row for each organiser, term or activity: a list of dicts, or a frame of the backend.

        Raises
        ------
        WorMatchError
            When the `backend` is none of polars, pandas or pyarrow, or is not installed.
        """
        return frame([asdict(row) for row in self.rows], COLUMNS, backend)

    def sentences(self) -> tuple[str, ...]:
        """The rows in plain English."""
        if self.reason:
            return (f"Nothing can be told by {self.by}: {self.reason}.",)
        return tuple(f"{self.by} {said(row)}." for row in self.rows)


def said(row: ExposureRow) -> str:
    """A row in words."""
    people = f"{in_tens(row.people)} people" if row.people else "nobody"
    name = "unknown" if row.group is None else row.group
    return f"{name}: {row.shown:.1%} of what was shown, {row.offered:.1%} of the open activities; shown to {people}"


@dataclass(slots=True)
class Tally:
    """What is counted of one row."""

    places: list[float] = field(default_factory=list)
    people: set[str] = field(default_factory=set, repr=False)
    activities: int = 0

    def add(self, other: Tally) -> None:
        """Count another one's too."""
        self.places += other.places
        self.people |= other.people
        self.activities += other.activities


@forgetful
def exposure(events: Any, catalogue: Catalogue, *, by: By = "organiser") -> Exposure:
    """The share of shown places of each organiser, term or activity, beside its share of the open activities.

    Every advice of the history counts, the first place most: place i counts 1 / log2(1 + i). What fewer than ten people
    were shown stands together as ``the rest``, with the least shown others when needed; what nobody was shown stands by
    itself. Shares are told in steps that one place cannot move by more than half, people in whole tens, and there are
    no totals. An activity that is no longer in the catalogue counts for the organiser and term it had.

    Two reports about nearly the same people, or one by organiser beside one by term or activity, can still be
    subtracted from each other: share one of them.

    Parameters
    ----------
    events : iterable of Event, or anything with ``.read()``
    catalogue : Catalogue
    by : str
        organiser, term (the leading one) or activity.

    Raises
    ------
    WorMatchError
        When `by` is none of these, or the catalogue is none.
    EventError
        When the history cannot be read.

    References
    ----------
    A. Singh and T. Joachims, Fairness of exposure in rankings, KDD 2018, pp. 2219-2228.

    Examples
    --------
    >>> exposure([], Catalogue(id="x", name="X")).reason
    'fewer than ten people were shown anything'
    """
    if by not in get_args(By):
        raise WorMatchError(f"`by` is none of {', '.join(get_args(By))}; give one of them", code="unknown-name")
    if not isinstance(catalogue, Catalogue):
        raise WorMatchError("exposure() needs a Catalogue; read one with load_catalogue()", code="wrong-type")
    tallies = counted(settled(events), catalogue, by)
    if len(set().union(*(one.people for one in tallies.values()))) < LEAST_TOLD:
        return Exposure(by, (), None, FEW_SHOWN)
    total = fsum(place for one in tallies.values() for place in one.places)
    step = finest(STEPS, total)
    if step is None:
        return Exposure(by, (), None, FEW_PLACES)
    n_open = sum(one.activities for one in tallies.values())
    rows = [row_of(name, one, total, step, n_open) for name, one in folded(tallies).items()]
    return Exposure(by, tuple(sorted(rows, key=by_size)), step, "")


def counted(history: Iterable[Event], catalogue: Catalogue, by: By) -> dict[Name, Tally]:
    """Name → places, people and open activities."""
    now = {old: one for one in catalogue for old in (one.id, *one.formerly)}
    found: dict[Name, Tally] = defaultdict(Tally)
    for one in catalogue:
        if one.status == "open":
            found[name_of(one, by)].activities += 1
    for event in history:
        for place, shown in enumerate(event.shown if isinstance(event, Advised) else (), 1):
            tally = found[name_then(shown, now, by)]
            tally.places.append(1 / log2(1 + place))
            tally.people.add(str(event.of))
    return dict(found)


def name_of(activity: Activity, by: By) -> Name:
    """The organiser, the leading term or the id of an activity."""
    return {"organiser": activity.organiser, "term": next(iter(activity.terms), None), "activity": activity.id}[by]


def name_then(shown: Shown, now: Mapping[str, Activity], by: By) -> Name:
    """The same of an activity that was shown; as it was then when the catalogue no longer has it."""
    if shown.activity in now:
        return name_of(now[shown.activity], by)
    return {"organiser": shown.organiser, "term": shown.term, "activity": shown.activity}[by]


def folded(tallies: Mapping[Name, Tally]) -> dict[Name, Tally]:
    """The rows that may be told: nobody, or ten people and more."""
    kept: dict[Name, Tally] = {}
    rest = Tally()
    for name in sorted(tallies, key=lambda name: (len(tallies[name].people), name is None, name or "")):
        one = tallies[name]
        if one.people and (len(one.people) < LEAST_TOLD or 0 < len(rest.people) < LEAST_TOLD):
            rest.add(one)
        else:
            kept[name] = one
    return {**kept, THE_REST: rest} if rest.people else kept


def row_of(name: Name, one: Tally, total: float, step: float, n_open: int) -> ExposureRow:
    """What a row comes to."""
    return ExposureRow(
        group=name,
        people=tens(len(one.people)),
        activities=one.activities,
        shown=round(round(fsum(one.places) / total / step) * step, 3),
        offered=one.activities / n_open if n_open else 0.0,
    )


def by_size(row: ExposureRow) -> tuple[bool, float, bool, str]:
    """The order of the rows: of what is told only."""
    return row.group == THE_REST, -row.shown, row.group is None, row.group or ""
