"""Fairness in plain English: of each figure what it is, on how many people it rests, and how sure it is. No arithmetic.

A sentence speaks of what the offer and the advice did for a group, never of what a group did wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wor_match.evaluation.telling.small import in_tens

if TYPE_CHECKING:
    from wor_match.evaluation.fairness import Fairness, GroupFigure

SAYS = {
    "nothing_found": "nothing was possible in the first advice for {value}",
    "possible": "half of them had at most {count} possible activities in the first advice",
    "seen": "ten of them were shown {value} of the open activities together, on average",
    "started": "{value} started somewhere, of those whose start is known",
    "stayed": "{value} of those who started still took part after twelve weeks",
}
ABOUT = {
    "nothing_found": "for how many nothing was possible",
    "possible": "how many activities were possible",
    "seen": "how much of the offer they were shown",
    "started": "how many started",
    "stayed": "how many still took part",
}
LAST = "These figures are about the offer and the advice. They say where to look, and are no verdict on anybody."


def sentences(found: Fairness) -> Iterator[str]:
    """All of it, one figure a sentence."""
    if found.reason:
        yield f"Nothing can be told by {found.by}: {found.reason}."
    for row in found.rows:
        yield f"{found.by}, {label(row)} ({in_tens(row.people)} people): {figure(row)}."
    left_out = (
        (found.without_consent, "are left out of started and stayed: no consent to learning is in force"),
        (found.safety_first, "stand in no group: safety comes first for them"),
        (found.not_among_the_people, "have events and are not among the people"),
    )
    yield from (f"{in_tens(count)} people {why}." for count, why in left_out if count)
    if found.rows:
        yield LAST


def label(row: GroupFigure) -> str:
    """What a group is called."""
    return "unknown" if row.group is None else row.group


def figure(row: GroupFigure) -> str:
    """What a figure says, or why it says nothing."""
    if row.value is None:
        return f"it cannot be told {ABOUT[row.figure]}, because {row.reason}"
    said = SAYS[row.figure].format(value=percent(row.value), count=round(row.value))
    rests = "" if row.n is None else f" (of {row.n} people{interval(row)})"
    return said + rests + difference(row)


def interval(row: GroupFigure) -> str:
    """Between which ends the figure lies."""
    if row.low is None or row.high is None:
        return f"; no interval, because {row.reason}"
    return f"; 95 % interval {percent(row.low)} to {percent(row.high)}"


def difference(row: GroupFigure) -> str:
    """The difference with the other groups, and whether chance explains it."""
    if row.difference is None or row.difference_low is None or row.difference_high is None:
        return ""
    ends = f"{points(row.difference_low)} to {points(row.difference_high)}"
    chance = "within chance" if row.within_chance else "more than chance gives"
    return f"; {points(row.difference)} points beside all others ({ends}): a difference this size is {chance}"


def percent(value: float) -> str:
    """A share in whole percent."""
    return f"{round(100 * value)} %"


def points(value: float) -> str:
    """A difference in whole points, with its sign."""
    return f"{round(100 * value):+d}"
