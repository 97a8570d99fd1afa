"""What came in among the first few of one person, what went out, what moved place, and what did it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal

from wor_match.advice import Advice
from wor_match.evaluation.changes.points import apart, asked_about, largest, mean, scored, total

Pair = tuple[Advice, Advice]
Shown = tuple[Sequence[str], Sequence[str]]
SLIGHT = 1e-7  # points; what is left of a sum of rounded scores


@dataclass(frozen=True, slots=True)
class Cause:
    """What moved an activity.

    Attributes
    ----------
    kind : str
        ``reason``: one of its reasons gained or lost most on those it passed or was passed by. ``rule``: it is ruled
        out, or no longer. ``catalogue``: it is new, gone, or was not asked about. ``choosing``: no score did it, but
        the choosing of a few (variety, an easy first step, too little of the wish). ``others``: it moved only because
        others came or went.
    name : str
        Of the reason or the rules; ``new``, ``gone`` or ``not_asked`` of the catalogue; else empty.
    part : str or None
        Of a reason: worth, chance or record.
    points : float or None
        Of a reason: percentage points of score gained (or lost) by it on those it passed (or was passed by).
    """

    kind: Literal["reason", "rule", "catalogue", "choosing", "others"]
    name: str = ""
    part: str | None = None
    points: float | None = field(default=None, repr=False)

    def __str__(self) -> str:
        said = {
            "reason": f"{self.name} ({self.part})",
            "rule": f"rule {self.name}",
            "catalogue": f"catalogue: {self.name.replace('_', ' ')}",
            "choosing": "choosing of few",
            "others": "others came or went",
        }[self.kind]
        return said if self.points is None else f"{said} {self.points:+.1f}"


OTHERS, CHOOSING = Cause("others"), Cause("choosing")


@dataclass(frozen=True, slots=True)
class Move:
    """One activity that moved for somebody.

    Attributes
    ----------
    activity : str
    way : str
        ``came_in``, ``moved_place`` or ``went_out``.
    place : tuple of (int or None)
        Before and after, from 1; None when it is not among the first few.
    score : tuple of (float or None)
        Before and after; None when it was not possible.
    by : Cause
    """

    activity: str
    way: Literal["came_in", "moved_place", "went_out"]
    place: tuple[int | None, int | None]
    score: tuple[float | None, float | None] = field(repr=False)
    by: Cause = field(repr=False)


def moves_of(before: Advice, after: Advice, one: Sequence[str], other: Sequence[str]) -> tuple[Move, ...]:
    """Every activity whose place changed: what is shown after by place, then what went out."""
    both, shown = (before, after), (one, other)
    gone = [name for name in one if name not in other]
    return tuple(move_of(both, shown, name) for name in (*other, *gone) if place_in(one, name) != place_in(other, name))


def move_of(both: Pair, shown: Shown, activity: str) -> Move:
    """How one activity moved, and by what."""
    place = (place_in(shown[0], activity), place_in(shown[1], activity))
    score = (score_in(both[0], activity), score_in(both[1], activity))
    if place[0] is None:
        return Move(activity, "came_in", place, score, entry(both, shown, activity))
    if place[1] is None:
        return Move(activity, "went_out", place, score, exit_(both, shown, activity))
    return Move(activity, "moved_place", place, score, passing(both, shown, activity))


def entry(both: Pair, shown: Shown, activity: str) -> Cause:
    """Why an activity came in: it was not possible before; or it gained on those that went out; or those made room."""
    if (barred := bar(both[0], activity, "new")) is not None:
        return barred
    out = [name for name in shown[0] if name not in shown[1]]
    still = [name for name in out if possible(both, name)]
    return OTHERS if out and not still else gain(both, activity, still, 1.0)


def exit_(both: Pair, shown: Shown, activity: str) -> Cause:
    """Why an activity went out: it is not possible now; or it lost on those that came in; or those are new."""
    if (barred := bar(both[1], activity, "gone")) is not None:
        return barred
    came = [name for name in shown[1] if name not in shown[0]]
    already = [name for name in came if possible(both, name)]
    return OTHERS if came and not already else gain(both, activity, already, -1.0)


def passing(both: Pair, shown: Shown, activity: str) -> Cause:
    """Why an activity moved place: what it passed, else what passed it; else only others came or went."""
    one, other = shown
    common = [name for name in one if name in other and name != activity]
    above = [
        {name for name in common if order.index(name) < order.index(activity)} for order in (list(one), list(other))
    ]
    passed, passed_by = sorted(above[0] - above[1]), sorted(above[1] - above[0])
    up = len(passed) >= len(passed_by)
    if not passed and not passed_by:
        return OTHERS
    return gain(both, activity, passed if up else passed_by, 1.0 if up else -1.0)


def gain(both: Pair, activity: str, rivals: Collection[str], sign: float) -> Cause:
    """The reason by which an activity gained (or, with -1, lost) most on the mean of its rivals; on none, by itself."""
    changed = {name: change(both, name) for name in (activity, *rivals)}
    relative = total([(sign, changed[activity]), (-sign, mean(changed[name] for name in rivals))])
    if not relative or sum(relative.values()) <= SLIGHT:
        return CHOOSING
    (name, part), points = largest(relative)
    return Cause("reason", name, part, sign * points)


def change(both: Pair, activity: str) -> dict[tuple[str, str], float]:
    """What each reason of an activity changed; both catalogues have it."""
    one, other = (scored(advice, activity) for advice in both)
    return apart(one, other) if one and other else {}


def bar(advice: Advice, activity: str, missing: str) -> Cause | None:
    """What keeps an activity out of an advice; None when it is possible."""
    if activity not in advice.catalogue:
        return Cause("catalogue", missing)
    if not asked_about(advice, activity):
        return Cause("catalogue", "not_asked")
    rules = [exclusion.constraint for exclusion in advice.why_not(activity)]
    return Cause("rule", " and ".join(rules)) if rules else None


def possible(both: Pair, activity: str) -> bool:
    """Whether an activity was possible before and after."""
    return all(bar(advice, activity, "") is None for advice in both)


def first_cause(one: Sequence[str], other: Sequence[str], moves: Sequence[Move]) -> Cause:
    """What changed the highest place; the choosing of few only when no reason, rule or catalogue changed any."""
    causes = {move.activity: move.by for move in moves}
    orders = [order for place in range(max(len(one), len(other))) for order in (other[place:], one[place:])]
    told = [causes[order[0]] for order in orders if order and order[0] in causes]
    return min(told, key=lambda cause: ("choosing", "others").index(cause.kind) if cause in (CHOOSING, OTHERS) else -1)


def place_in(shown: Sequence[str], activity: str) -> int | None:
    """The place of an activity, from 1."""
    return list(shown).index(activity) + 1 if activity in shown else None


def score_in(advice: Advice, activity: str) -> float | None:
    """The score of what is possible."""
    found = scored(advice, activity) if bar(advice, activity, "") is None else None
    return found.score if found else None
