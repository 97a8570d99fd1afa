"""Which few to show: the best first, then variety, an easy first step, another group, and what was liked by name.

Arrays in, rows out; nothing here knows what a person said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]
Bits = NDArray[np.bool_] | NDArray[np.uint64] | NDArray[np.uint8]

NONE = -1  # no row
ROUNDED = 9  # decimals of a score that count for the order
LITTLE_WORTH = 0.35  # below this a suggestion says little of the wish; shown when fewer than two others fit
ALIKE = {"group": 0.5, "term": 0.3, "organiser": 0.1, "weekday": 0.1}  # parts of similarity; assumptions
HALF_THE_BEST = 0.5  # another group is shown from this share of the best score
GIVES_WAY = 0.8  # a second unknown need gives way to a known activity with this share of its score


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Possible activities, in an order that breaks ties (by id); every array has one row for each.

    Attributes
    ----------
    score, worth : ndarray (n,)
        Rounded score, and worth.
    easy : ndarray (n,)
        Whether joining is an easy first step.
    liked : ndarray (n,)
        Whether it has a term that the person likes by name.
    unsure : ndarray (n,)
        Whether a provision the person needs is unknown there.
    group, organiser : ndarray (n,)
        Codes, -1 unknown.
    terms, weekdays : ndarray (n_terms, n), (7, n)
        Which terms it has, and on which days it meets: flags, or many of them in the bits of one number.
    """

    score: Floats
    worth: Floats
    easy: Flags
    liked: Flags
    unsure: Flags
    group: Codes
    organiser: Codes
    terms: Bits
    weekdays: Bits

    def showable(self) -> Flags:
        """Which may be shown: all of little worth wait until fewer than two others fit."""
        worthy = self.worth >= LITTLE_WORTH
        return worthy if worthy.sum() >= 2 else np.ones_like(worthy)

    def likeness(self, row: int) -> Floats:
        """How alike each candidate is to one of them, in [0, 1]."""
        alike: Floats = (
            ALIKE["group"] * same(self.group, row)
            + ALIKE["term"] * shared(self.terms, row)
            + ALIKE["organiser"] * same(self.organiser, row)
            + ALIKE["weekday"] * shared(self.weekdays, row)
        )
        return alike


def same(codes: Codes, row: int) -> Flags:
    """Which rows have the code of one of them; none when that one has no code."""
    return codes == codes[row] if codes[row] >= 0 else np.zeros(len(codes), dtype=bool)


def shared(bits: Bits, row: int) -> Flags:
    """Which rows share something with one of them."""
    return np.asarray((bits & bits[:, row, None]).any(axis=0))


def slate(candidates: Candidates, n: int, variety: float, margin: float) -> list[int]:
    """The rows to show, by score.

    Parameters
    ----------
    candidates : Candidates
    n : int
        How many at most.
    variety : float
        What full likeness to something shown costs.
    margin : float
        How far below the best score an easy first step may lie.
    """
    open_ = candidates.showable()
    shown: list[int] = []
    likeness = np.zeros(len(candidates.score))
    while len(shown) < n and open_.any():
        row = next_row(candidates, open_, shown, likeness, n - len(shown), variety, margin)
        shown.append(row)
        open_[row] = False
        if len(shown) < n:
            likeness = np.maximum(likeness, candidates.likeness(row))
    return by_score(candidates.score, shown)


def by_score(score: Floats, rows: Iterable[int]) -> list[int]:
    """The rows, the highest score first, as far as its decimals count; the first of equals first."""
    counts = np.round(score, ROUNDED)
    return sorted(rows, key=lambda row: (-counts[row], row))


def next_row(
    candidates: Candidates, open_: Flags, shown: list[int], likeness: Floats, places: int, variety: float, margin: float
) -> int:
    """The row for the next place: the best, unless the places left are needed for what is still wanted."""
    if not shown:
        return best_of(candidates.score, open_)
    value = candidates.score - variety * likeness
    wanted = still_wanted(candidates, open_, shown, margin)[-places:]
    if len(wanted) < places:
        return sure_instead(candidates, open_, shown, best_of(value, open_))
    first, by_name = wanted[0]  # as many wants as places: the least important of those that fit goes first
    row = best_of(value, first)
    return row if by_name else sure_instead(candidates, open_, shown, row)


def still_wanted(candidates: Candidates, open_: Flags, shown: list[int], margin: float) -> list[tuple[Flags, bool]]:
    """What the slate still lacks and could have, the least important first; the flag says: the person named it.

    An easy first step within the margin of the best; a group not yet shown, worth while and with half the best score;
    something with a term that they like by name.
    """
    best = candidates.score[shown[0]]
    lacking: list[tuple[Flags, bool]] = []
    if not candidates.easy[shown].any():
        lacking.append((open_ & candidates.easy & (candidates.score >= best - margin), False))
    if len(set(candidates.group[shown])) == 1:
        other = (candidates.group != candidates.group[shown[0]]) & (candidates.group >= 0)
        enough = (candidates.worth >= LITTLE_WORTH) & (candidates.score >= HALF_THE_BEST * best)
        lacking.append((open_ & other & enough, False))
    if not candidates.liked[shown].any():
        lacking.append((open_ & candidates.liked, True))
    return [(rows, by_name) for rows, by_name in lacking if rows.any()]


def sure_instead(candidates: Candidates, open_: Flags, shown: list[int], row: int) -> int:
    """The row, or a known activity with .8 of its score when one with an unknown need is shown already."""
    if not candidates.unsure[row] or not candidates.unsure[shown].any():
        return row
    known = open_ & ~candidates.unsure & (candidates.score >= GIVES_WAY * candidates.score[row])
    return best_of(candidates.score, known) if known.any() else row


def best_of(value: Floats, among: Flags) -> int:
    """The row with the highest value; the first of equals."""
    rows = np.flatnonzero(among)
    return int(rows[np.argmax(np.round(value[rows], ROUNDED))])
