"""For whom does it work: what each group of people is shown, finds, starts and continues, with how sure that is.

It is about the offer and the advice, never about one person; nothing about fewer than ten people leaves it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from wor_match.domain.catalogue import Catalogue
from wor_match.domain.forgetting import forgetful
from wor_match.domain.history import settled, who_consents
from wor_match.domain.participant import Participant, once_each
from wor_match.errors import WorMatchError
from wor_match.evaluation.groups.groupings import Grouping, folded, grouping, in_order, labelled
from wor_match.evaluation.groups.persons import known_of
from wor_match.evaluation.groups.shares import by_group as by_group
from wor_match.evaluation.groups.shares import newcombe
from wor_match.evaluation.groups.told_of import Figure, figures_of
from wor_match.evaluation.telling.small import tens
from wor_match.interop.frames import frame
from wor_match.learning.episodes import episodes_of

if TYPE_CHECKING:
    from wor_match.interop.frames import Backend

FIGURES = ("nothing_found", "possible", "seen", "started", "stayed")
COMPARED = ("nothing_found", "started")
TOO_FEW = "there are fewer than ten people"
ONE_GROUP = "there is no other group to compare with"
ELSEWHERE = "it may not be told of every group"
COLUMNS: dict[str, type] = {
    "group": str,
    "people": int,
    "figure": str,
    "n": float,  # pandas has no whole number for what may not be told
    "value": float,
    "low": float,
    "high": float,
    "difference": float,
    "difference_low": float,
    "difference_high": float,
    "reason": str,
}


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """One figure of one group.

    Attributes
    ----------
    group : str or None
        The label; None unknown, ``the rest`` for small groups together.
    people : int
        How many people stand in the group, in whole tens: 30 is 30 to 39.
    figure : str
        ``nothing_found``: the share of who got an advice for whom nothing was possible in the first.
        ``possible``: the lower median of how many activities were possible in the first advice.
        ``seen``: the share of the open activities that ten of them were shown together, on average, in steps of .05.
        ``started``: the share that started anywhere, of those whose start is known.
        ``stayed``: the share of who started that still takes part after twelve weeks, in whole percent.
    n : int or None
        People the figure rests on; of `possible` and `seen` it is never told.
    value, low, high : float or None
        With the 95 % interval: Wilson's for a share, log-log for `stayed`, none for `possible` and `seen`.
    difference, difference_low, difference_high : float or None
        Of a share: the value minus that of all other groups together, with Newcombe's interval.
    reason : str
        Why something is None; empty when nothing is missing.
    """

    group: str | None = field(repr=False)
    people: int
    figure: str
    n: int | None
    value: float | None
    low: float | None
    high: float | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    reason: str

    @property
    def within_chance(self) -> bool | None:
        """Whether the interval of the difference holds 0; None without a difference."""
        if self.difference_low is None or self.difference_high is None:
            return None
        return self.difference_low <= 0 <= self.difference_high


@dataclass(frozen=True, slots=True)
class Fairness:
    """For whom it works, by one grouping; see `fairness`.

    Attributes
    ----------
    by : str
        The grouping.
    rows : tuple of GroupFigure
        By label (the unknown after them, the rest last), then in the order of `GroupFigure`.
    without_consent, safety_first, not_among_the_people : int
        In whole tens: people left out of `started` and `stayed` because no consent to learning is in force, people for
        whom safety comes first and who stand in no group, and people in the events who are not among the people.
    reason : str
        Why there are no rows; empty when there are.
    """

    by: str
    rows: tuple[GroupFigure, ...]
    without_consent: int
    safety_first: int
    not_among_the_people: int
    reason: str

    def frame(self, backend: Backend | None = None) -> Any:
        """One row for each figure of each group: a list of dicts, or a ``polars``, ``pandas`` or ``pyarrow`` frame.

        Raises
        ------
        WorMatchError
            When the `backend` is none of these, or is not installed.
        """
        return frame([asdict(row) for row in self.rows], COLUMNS, backend)

    def sentences(self) -> tuple[str, ...]:
        """The figures in plain English, each with the people it rests on and its interval."""
        from wor_match.evaluation.groups.page import sentences

        return tuple(sentences(self))


@forgetful
def fairness(people: Iterable[Participant], events: Any, catalogue: Catalogue, *, by: str | Grouping) -> Fairness:
    """For whom it works: what was found, shown, started and continued in each group, with 95 % intervals.

    Everybody stands in one group. Groups of fewer than ten people stand together as ``the rest``; when that has fewer
    than ten, the smallest other group joins it. No count of one to nine can be worked out of what is told, also not by
    subtraction and not with a total from elsewhere; `told_of` has the laws. Two groupings over the same people, or two
    reports about nearly the same people, can still be laid beside each other: share one of them.

    A difference is with all other groups together, and is told only when the figure is told of every group. It says
    where to look, not why: people differ in what they ask for, and who looks at many differences finds some by chance
    (about one in twenty).

    Parameters
    ----------
    people : iterable of Participant
        Their order does not matter, and who stands in it twice counts once.
    events : iterable of Event, or anything with ``.read()``
        A whole history. Outcomes count for people with consent to learning in force, as in `Matcher.learn`.
    catalogue : Catalogue
        The offer: `seen` is about its open activities.
    by : str or callable
        gender, age, language (Dutch: good, little, none), area (four digits of the postcode), budget, focus (the
        first), access (any need or none); or a function Participant → label or None, of at most 40 characters.

    Raises
    ------
    WorMatchError
        When something among the people is no Participant, one id stands for two people, `by` is no grouping, or a label
        may not be told.
    EventError
        When the history cannot be read.

    References
    ----------
    See `by_group`, `told_of.continued` and `persons.seen_by_ten`.

    Examples
    --------
    >>> found = fairness([Participant(id="p1")], [], Catalogue(id="x", name="X"), by="gender")
    >>> found.rows, found.reason
    ((), 'there are fewer than ten people')
    """
    if not isinstance(catalogue, Catalogue):
        raise WorMatchError("fairness() needs a Catalogue; read one with load_catalogue()", code="wrong-type")
    name, label = grouping(by)
    everybody, history = once_each(people), settled(events)
    ids = frozenset(one.id for one in everybody)
    others = frozenset(event.of for event in history if event.of is not None) - ids
    asking = [one for one in everybody if one.state("safety") != "first"]
    groups = folded(labelled(asking, label, ids | others))
    known = known_of(groups, history, episodes_of(history, catalogue).episodes, catalogue)
    offer = frozenset(one.id for one in catalogue if one.status == "open")
    made = [(group, len(told), figures_of([known[one] for one in told], offer)) for group, told in in_order(groups)]
    return Fairness(
        by=name,
        rows=tuple(row_of(at, figure, made) for at in range(len(made)) for figure in FIGURES),
        without_consent=tens(len(ids - who_consents(history))),
        safety_first=tens(len(everybody) - len(asking)),
        not_among_the_people=tens(len(others)),
        reason="" if made else TOO_FEW,
    )


def row_of(at: int, figure: str, made: list[tuple[str | None, int, dict[str, Figure]]]) -> GroupFigure:
    """One figure of one group, beside all other groups."""
    group, people, own = made[at]
    told, others = own[figure], [figures[figure] for n, (_, _, figures) in enumerate(made) if n != at]
    apart, why = beside(told, others) if figure in COMPARED and not told.reason else ((None, None, None), "")
    told = replace(told, reason=told.reason or why)
    return GroupFigure(group, tens(people), figure, told.n, told.value, told.low, told.high, *apart, told.reason)


def beside(own: Figure, others: list[Figure]) -> tuple[tuple[float | None, float | None, float | None], str]:
    """The difference with all others together and its interval, or why there is none."""
    told = [(one.yes, one.n) for one in others if one.yes is not None and one.n is not None]
    if own.yes is None or own.n is None or len(told) < len(others) or not others:
        return (None, None, None), ELSEWHERE if others else ONE_GROUP
    yes, n = sum(one for one, _ in told), sum(of for _, of in told)
    return (own.yes / own.n - yes / n, *newcombe(own.yes, own.n, yes, n)), ""
