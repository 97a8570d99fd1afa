"""A slate for one person chosen step by step: what the way for many people at once is held against.

It reads the same arrays, and keeps its own numbers and its own rules.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from wor_match.choosing import Candidates


def slate(candidates: Candidates, n: int, variety: float, margin: float) -> list[int]:
    """The rows to show, by score."""
    open_ = showable(candidates)
    shown: list[int] = []
    likeness = np.zeros(len(candidates.score))
    while len(shown) < n and open_.any():
        row = next_row(candidates, open_, shown, likeness, n - len(shown), variety, margin)
        shown.append(row)
        open_[row] = False
        likeness = np.maximum(likeness, alike(candidates, row))
    counts = np.round(candidates.score, 9)
    return sorted(shown, key=lambda row: (-counts[row], row))


def showable(candidates: Candidates) -> Any:
    """Which may be shown: all of little worth wait until fewer than two others fit."""
    worthy = candidates.worth >= 0.35
    return worthy if worthy.sum() >= 2 else np.ones_like(worthy)


def alike(candidates: Candidates, row: int) -> Any:
    """.5 for the same group, .3 for a shared term, .1 for the organiser, .1 for a day of the week."""
    return (
        0.5 * same(candidates.group, row)
        + 0.3 * shared(candidates.terms, row)
        + 0.1 * same(candidates.organiser, row)
        + 0.1 * shared(candidates.weekdays, row)
    )


def same(codes: Any, row: int) -> Any:
    """Which rows have the code of one of them; none when that one has no code."""
    return codes == codes[row] if codes[row] >= 0 else np.zeros(len(codes), dtype=bool)


def shared(bits: Any, row: int) -> Any:
    """Which rows share something with one of them."""
    return (bits & bits[:, row, None]).any(axis=0)


def next_row(
    candidates: Candidates, open_: Any, shown: list[int], likeness: Any, places: int, variety: float, margin: float
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


def still_wanted(candidates: Candidates, open_: Any, shown: list[int], margin: float) -> list[tuple[Any, bool]]:
    """What the slate lacks and could have, the least important first; the flag says: the person named it."""
    best = candidates.score[shown[0]]
    lacking: list[tuple[Any, bool]] = []
    if not candidates.easy[shown].any():
        lacking.append((open_ & candidates.easy & (candidates.score >= best - margin), False))
    if len(set(candidates.group[shown])) == 1:
        other = (candidates.group != candidates.group[shown[0]]) & (candidates.group >= 0)
        enough = (candidates.worth >= 0.35) & (candidates.score >= 0.5 * best)
        lacking.append((open_ & other & enough, False))
    if not candidates.liked[shown].any():
        lacking.append((open_ & candidates.liked, True))
    return [(rows, by_name) for rows, by_name in lacking if rows.any()]


def sure_instead(candidates: Candidates, open_: Any, shown: list[int], row: int) -> int:
    """The row, or a known activity with .8 of its score when one with an unknown need is shown already."""
    if not candidates.unsure[row] or not candidates.unsure[shown].any():
        return row
    known = open_ & ~candidates.unsure & (candidates.score >= 0.8 * candidates.score[row])
    return best_of(candidates.score, known) if known.any() else row


def best_of(value: Any, among: Any) -> int:
    """The row with the highest value; the first of equals."""
    rows = np.flatnonzero(among)
    return int(rows[np.argmax(np.round(value[rows], 9))])
