"""What may be told of a slice: exactly, in whole tens, or not at all; so that no count of one to nine follows.

The laws:

1. Of fewer than ten people nothing is told, nor where a yes or a no is one to nine (`evaluation.telling.small`).
2. A figure is told exactly when no figure beside it would show, by subtraction, a group of one to nine people: of two
   sets of people that lie inside each other the difference is nobody, or ten and more.
3. Else the people are told in whole tens, no count, and the share in steps that one person cannot show.
4. Slices of one kind are told exactly when the whole is, and each slice can be; else all of them in tens. What is left
   of a slice without the slices of another kind inside it is nobody, or ten and more, too; also of two figures.

Two reports of nearly the same people, a day apart, can still be laid beside each other: share one a quarter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from wor_match.domain.columns import Flags
from wor_match.evaluation.groups.shares import wilson
from wor_match.evaluation.telling.small import LEAST_TOLD, tells, tens
from wor_match.evaluation.telling.steps import finest

STEPS = (0.01, 0.05, 0.1, 0.2)
DECIMALS = 2


class Tells(IntEnum):
    """How much of a figure may be told."""

    NOTHING = 0
    IN_TENS = 1
    EXACTLY = 2


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one figure; `reason` is few, small_part or in_tens, or empty."""

    n: int | None = None
    count: int | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """Who counts for a figure, and who of them had it."""

    counts: Flags
    yes: Flags

    def within(self, rows: Flags) -> Figure:
        """The same of a slice."""
        return Figure(self.counts[rows], self.yes[rows])

    @property
    def sizes(self) -> tuple[int, int]:
        """How many count, and how many of them had it."""
        return int(self.counts.sum()), int(self.yes.sum())

    @property
    def sets(self) -> tuple[Flags, ...]:
        """Whoever a reader can count: who counts, who had it, and who had not."""
        return self.counts, self.yes, self.counts & ~self.yes

    def may(self) -> bool:
        """Whether anything may be told, by itself."""
        n, yes = self.sizes
        return n >= LEAST_TOLD and tells(yes, n)

    def told(self, much: Tells) -> Told:
        """The figure, as much of it as may be told."""
        n, yes = self.sizes
        if much == Tells.NOTHING:
            return Told(reason="few" if n < LEAST_TOLD else "small_part")
        if much == Tells.EXACTLY:
            return Told(n, yes, yes / n, *wilson(yes, n))
        about = tens(n)
        step = finest(STEPS, about) or STEPS[-1]
        share = round(min(round(yes / n / step) * step, 1.0), DECIMALS)
        low, high = (round(end, DECIMALS) for end in wilson(share * about, about))
        return Told(about, None, share, low, high, "in_tens")


class Beside:
    """The sets of people that a reader can already count in one slice."""

    def __init__(self) -> None:
        self.sets: list[Flags] = []

    def allows(self, figure: Figure) -> bool:
        """Whether no set lies in another with one to nine people more."""
        return not any(shows_few(old, new) for new in figure.sets for old in self.sets)

    def add(self, figure: Figure) -> None:
        """The figure is told exactly."""
        self.sets.extend(figure.sets)


def shows_few(one: Flags, other: Flags) -> bool:
    """Whether one lies in the other and leaves one to nine people of it."""
    first, second = int(np.count_nonzero(one)), int(np.count_nonzero(other))
    if not 0 < abs(first - second) < LEAST_TOLD:
        return False
    small, large = (one, other) if first < second else (other, one)
    return not (small & ~large).any()


def much_of_all(figures: Mapping[str, Figure], beside: Beside, caps: Mapping[str, Tells] | None) -> dict[str, Tells]:
    """How much may be told of each figure of all people together; what comes first is told exactly first."""
    found: dict[str, Tells] = {}
    for name, figure in figures.items():
        most = caps[name] if caps is not None else Tells.EXACTLY
        exactly = most == Tells.EXACTLY and figure.may() and beside.allows(figure)
        if exactly:
            beside.add(figure)
        found[name] = Tells.EXACTLY if exactly else min(most, Tells.IN_TENS) if figure.may() else Tells.NOTHING
    return found


def much_of_parts(parts: Mapping[str, Figure], beside: Beside, most: Tells) -> dict[str, Tells]:
    """How much of each part of one indicator: all that may be told exactly, or all in tens.

    A part in tens beside others that are exact would follow from the sum; so would parts that are not told at all,
    when they leave one to nine people.
    """
    may = {name: part for name, part in parts.items() if part.may()}
    n = max((part.sizes[0] for part in parts.values()), default=0)
    left = n - sum(part.sizes[1] for part in may.values())
    exactly = most == Tells.EXACTLY and not 0 < left < LEAST_TOLD and all(map(beside.allows, may.values()))
    for part in may.values() if exactly else ():
        beside.add(part)
    much = min(most, Tells.EXACTLY if exactly else Tells.IN_TENS)
    return {name: much if name in may else Tells.NOTHING for name in parts}


def much_of_slices(figure: Figure, whole: Tells, slices: Sequence[Flags], beside: Sequence[Beside]) -> list[Tells]:
    """How much of one figure in each slice of one kind."""
    own = [figure.within(rows) for rows in slices]
    may = [part.may() or not part.counts.any() for part in own]
    exactly = whole == Tells.EXACTLY and all(may)
    exactly = exactly and all(one.allows(part) for one, part in zip(beside, own, strict=True) if part.counts.any())
    if exactly:
        for one, part in zip(beside, own, strict=True):
            one.add(part)
    much = Tells.EXACTLY if exactly else Tells.IN_TENS
    return [min(whole, much) if part.may() else Tells.NOTHING for part in own]
