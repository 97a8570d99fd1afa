"""What may be told of a group of ten or more people: figures from which no count of one to nine can be worked out.

The laws, each tried by an attacker who knows them and goes through every group that could stand behind a figure
(`tests/evaluation/test_told_of.py`):

1. How many people stand in a group is told in whole tens: beside the exact number that a figure rests on, it would tell
   how many it leaves out.
2. A share is told with the exact number it rests on when both parts are none or ten or more; a figure that falls in
   three parts (stayed, stopped, lost sight of) likewise.
3. When a figure rests on as many people as the group can have, it tells how many there are; then another that rests on
   one to nine people fewer is not told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from wor_match.evaluation.continuation import continuation
from wor_match.evaluation.groups.persons import Known, seen_by_ten
from wor_match.evaluation.groups.shares import wilson
from wor_match.evaluation.telling.small import LEAST_TOLD, tells, tens
from wor_match.evaluation.telling.steps import DECIMALS
from wor_match.learning.prior import HORIZON

FEW = "it is known of fewer than ten people"
SMALL_PART = "it would show a count of fewer than ten people"
NOT_FOLLOWED = "nobody was followed for twelve weeks"
NO_END = "a share of none or all has no such interval"
SMALL_OFFER = "twenty activities or fewer are open"
STEPS = 20  # a share told in steps of five points; the offer must have more activities than steps: see `seen_told`


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a group, or why there is none.

    Attributes
    ----------
    n : int or None
        People it rests on.
    value, low, high : float or None
        With the ends of the 95 % interval, where it has one.
    reason : str
        Why something is None; else empty.
    yes : int or None
        The numerator of a share.
    """

    n: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str = ""
    yes: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of one group that figures are made of, each at most `people`.

    `nothing` of the `advised`, `started` of the `known`; `stayed` and `stopped` of the started.
    """

    people: int
    advised: int
    nothing: int
    known: int
    started: int
    stayed: int
    stopped: int


def figures_of(people: Sequence[Known], offer: frozenset[str]) -> dict[str, Figure]:
    """The figures of a group of ten or more people, by name."""
    advised = [one.possible for one in people if one.possible is not None]
    began = [one for one in people if one.started]
    counts = Counts(
        people=len(people),
        advised=len(advised),
        nothing=sum(not n for n in advised),
        known=sum(one.started is not None for one in people),
        started=len(began),
        stayed=sum(one.weeks >= HORIZON and not one.stopped for one in began),
        stopped=sum(one.stopped for one in began),
    )
    nothing, started, refused = told(counts)
    few = len(advised) < LEAST_TOLD
    return {
        "nothing_found": nothing,
        "possible": Figure(reason=FEW) if few else Figure(value=float(median_low(advised))),
        "seen": seen_told([one.seen for one in people if one.possible is not None], offer),
        "started": started,
        "stayed": refused or continued([one.weeks for one in began], [one.stopped for one in began]),
    }


def told(counts: Counts) -> tuple[Figure, Figure, Figure | None]:
    """The shares that found nothing and that started, and the refusal to tell who stayed; None when it may be told."""
    top = tens(counts.people) + LEAST_TOLD - 1  # as many as the group can have, for who knows its whole tens
    nothing = share(counts.nothing, counts.advised)

    def pins(n: int) -> bool:
        return nothing.n is not None and max(nothing.n, n) == top and 0 < abs(nothing.n - n) < LEAST_TOLD

    started = share(counts.started, counts.known)
    if started.n and (pins(counts.known) or pins(counts.started)):
        started = Figure(reason=SMALL_PART)
    refused = stay_refused(counts, top, started)
    return nothing, started, refused or (Figure(reason=SMALL_PART) if pins(counts.started) else None)


def share(yes: int, n: int) -> Figure:
    """A share with Wilson's interval, when it may be told."""
    if n < LEAST_TOLD:
        return Figure(reason=FEW)
    return Figure(n, yes / n, *wilson(yes, n), yes=yes) if tells(yes, n) else Figure(reason=SMALL_PART)


def stay_refused(counts: Counts, top: int, started: Figure) -> Figure | None:
    """Why it is not told who stayed; None when it may be told."""
    if counts.started < LEAST_TOLD:
        return Figure(reason=FEW)
    lost = counts.started - counts.stayed - counts.stopped
    parts = all(tells(part, counts.started) for part in (counts.stayed, counts.stopped, lost))
    never_came = started.n is not None or top - counts.started >= 2
    return None if parts and never_came else Figure(reason=SMALL_PART)


def continued(weeks: Sequence[int], stopped: Sequence[bool]) -> Figure:
    """The share of who started that still takes part after twelve weeks, in whole percent; see `continuation`.

    A stop of which the week is not known counts in the week by which it is known.
    """
    found = continuation(weeks, stopped)
    still, low, high = (round(float(one[-1]), DECIMALS) for one in (found.still, found.low, found.high))
    if found.week[-1] < HORIZON and found.still[-1]:
        return Figure(reason=NOT_FOLLOWED)
    if found.still[-1] in (0.0, 1.0):
        return Figure(len(weeks), still, reason=NO_END)
    return Figure(len(weeks), still, low, high)


def seen_told(seen: Sequence[frozenset[str]], offer: frozenset[str]) -> Figure:
    """What ten people of the group see of the offer together, in steps of five points.

    Of more than twenty activities each weighs less than a step. So, whoever saw an activity, the same would be told if
    nobody of the group had seen it, or else if all had: no count of who saw an activity can be worked out.
    """
    if len(offer) <= STEPS:
        return Figure(reason=SMALL_OFFER)
    value = seen_by_ten(seen, offer)
    return Figure(reason=FEW) if value is None else Figure(value=round(value * STEPS) / STEPS)
