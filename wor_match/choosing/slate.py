"""Which few to show: the best first, then variety, an easy first step, another group, and what was liked by name.

Slot after slot, for all people of a block at once (`block.py` says how they stand side by side); one person is a block
of one, and there are no other rules for them. Arrays in, rows out; nothing here knows what a person said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wor_match.choosing.block import MOST_ALIKE, NEVER, Block, Likeness
from wor_match.choosing.candidates import ROUNDED, Candidates, Codes, Flags, Floats

HALF_THE_BEST = 0.5  # another group is shown from this share of the best score
GIVES_WAY = 0.8  # a second unknown need gives way to a known activity with this share of its score
WANTS = 3  # kinds of activities a slate should have
LIKED = 0  # the first and most important of them
SHOWN = MOST_ALIKE + 1  # likeness of what is shown to itself: nothing is shown twice
NOBODY = np.zeros(1, dtype=bool)  # as if for each person
COUNTS = 10.0**ROUNDED  # what counts of a score, as a whole number


def slate(candidates: Candidates, n: int, variety: float, margin: float) -> list[int]:
    """The rows to show to one person, by score: `slates` for a block of one."""
    return slates((candidates,), n, variety, margin)[0]


def slates(people: Sequence[Candidates], n: int, variety: float, margin: float) -> list[list[int]]:
    """The rows to show to each person, by score; nobody's slate depends on who else is in the block.

    From some 32 people on, with 100 candidates each, a block is about as quick as it gets for each of them; past some
    256 its arrays no longer stay in the processor's cache.

    Parameters
    ----------
    people : sequence of Candidates
        Of one catalogue: all with as many rows for terms, and for weekdays.
    n : int
        How many at most for each.
    variety : float
        What full likeness to something shown costs, 0 or more.
    margin : float
        How far below the best score an easy first step may lie.

    Examples
    --------
    The first two choices of the second person are of one group, so the third goes before the second.

    >>> def three(score, group):
    ...     no, nothing = np.zeros(3, dtype=bool), np.zeros((1, 3), dtype=np.uint8)
    ...     codes = np.array(group), np.arange(3)
    ...     return Candidates(np.array(score), np.ones(3), no, no, no, *codes, nothing.astype(np.uint64), nothing)
    >>> people = [three([0.2, 0.6, 0.4], [0, 1, 2]), three([0.6, 0.5, 0.49], [0, 0, 1])]
    >>> slates(people, n=2, variety=0.1, margin=0.05)
    [[1, 2], [0, 2]]
    """
    n_slots = min(n, max((len(one.score) for one in people), default=0))
    if n_slots < 1:
        return [[] for _ in people]
    block = Block.of(people)
    shown = np.empty((n_slots, len(people)), dtype=np.int64)
    shown[0] = block.best(block.score)
    if n_slots > 1:
        fill(shown, block, variety, margin)
    return block.by_score(shown)


def fill(shown: Codes, block: Block, variety: float, margin: float) -> None:
    """Fill the slots after the first: with the best, unless those left are needed for what is still wanted.

    `shown` is (n_slots, n_people), and its first slot is filled.
    """
    likeness, wants = Likeness.of(block), Wants.of(block, shown[0], margin)
    cost = variety * (np.arange(MOST_ALIKE + 2) / 10)  # by likeness in tenths
    cost[SHOWN] = np.inf
    alike, some_unsure = np.zeros(block.score.shape, dtype=np.uint8), block.unsure.any()
    lacks = np.ones((WANTS, len(block.score)), dtype=bool)
    for slot in range(1, len(shown)):
        before, last, left = shown[:slot], shown[slot - 1], len(shown) - slot
        np.maximum(alike, likeness.to(last), out=alike)
        alike.put(last, SHOWN)
        lacks &= wants.lacking(last)
        value = (block.score - cost.take(alike)) * COUNTS
        np.rint(value, out=value)
        among, by_name = wants.needed(value, lacks, left) if left <= WANTS else (value, NOBODY)
        chosen = block.best(among)
        shown[slot] = sure_instead(block, value, before, chosen, by_name) if some_unsure else chosen


@dataclass(frozen=True, slots=True, eq=False)
class Wants:
    """What each person's slate should have: something liked by name, another group than the first, an easy step.

    Attributes
    ----------
    has_not : ndarray (3, n_people, n)
        Which candidates are not that; one on the slate that is, and the want is met.
    worth_while : ndarray (3, n_people, n)
        Which of them are good enough to be shown for it: an easy first step within the margin of the best; of another
        group when that is known, it is worth while and it has half the best score; whatever they like by name.
    """

    has_not: Flags
    worth_while: Flags

    @classmethod
    def of(cls, block: Block, first: Codes, margin: float) -> Wants:
        """What is wanted once the first slot of each person is filled."""
        liked, easy, best = block.liked, block.easy, block.score.take(first)[:, None]
        other = block.group != block.group.take(first)[:, None]
        other_worth_while = other & (block.group >= 0) & block.worthy & (block.score >= HALF_THE_BEST * best)
        has, worth_while = [liked, other, easy], [liked, other_worth_while, easy & (block.score >= best - margin)]
        return cls(~np.array(has), np.array(worth_while))

    def lacking(self, shown: Codes) -> Flags:
        """Which wants one candidate of each person, (n_people,), leaves unmet, (3, n_people)."""
        return self.has_not.reshape(WANTS, -1).take(shown, axis=1)

    def needed(self, value: Floats, lacks: Flags, left: int) -> tuple[Floats, Flags]:
        """The value of what may take the next slot, and for whom that is what they like by name.

        As many wants as slots left: then the slot is for the least important of as many as fit. Otherwise it is for the
        best of all.

        Parameters
        ----------
        value : ndarray (n_people, n)
            Minus infinity for what cannot be shown any more.
        lacks : ndarray (3, n_people)
            Which wants nothing meets that is shown already.
        left : int
            How many slots are left, this one included.
        """
        if np.add.reduce(lacks, axis=0).max() < left:
            return value, NOBODY
        could = self.worth_while & (value > NEVER)
        wanted = np.logical_or.reduce(could, axis=2) & lacks
        takes = wanted & (wanted.cumsum(axis=0) == left)  # at most one want of each person
        if not takes.any():
            return value, NOBODY
        others = np.logical_or.reduce(takes[:, :, None] & ~could, axis=0)
        return np.where(others, NEVER, value), takes[LIKED]


def sure_instead(block: Block, value: Floats, before: Codes, chosen: Codes, by_name: Flags) -> Codes:
    """What was chosen, or a known activity with .8 of its score when one with an unknown need is shown already.

    Parameters
    ----------
    value : ndarray (n_people, n)
    before : ndarray (n_slots, n_people)
        What is shown already.
    chosen : ndarray (n_people,)
    by_name : ndarray (n_people,)
        For whom it is what they like by name; that stays.
    """
    second = block.unsure.take(chosen) & np.logical_or.reduce(block.unsure.take(before), axis=0) & ~by_name
    if not second.any():
        return chosen
    known = np.where(block.unsure | (value == NEVER), NEVER, block.score)
    best = block.best(known)
    enough = known.take(best) >= GIVES_WAY * block.score.take(chosen)
    return np.where(second & enough, best, chosen)
