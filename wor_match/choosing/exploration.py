"""Which activities may take the last slots to be learned from, and which of them one plausible world puts there.

Arrays in, rows and propensities out: scores under each draw, mean scores, and what is shown already.
"""

from __future__ import annotations

import numpy as np

from wor_match.choosing.candidates import ROUNDED, Candidates, Codes, Floats
from wor_match.choosing.slot import Slot

SPREAD = 1 / 3  # of a draw's deviation from the mode; the whole spread lost to no exploring in simulation


def may_explore(candidates: Candidates, shown: list[int], margin: float) -> Codes:
    """The rows that may fill a slot to be learned from: not shown yet, nearly the best, and not of little worth.

    One where it is unknown whether a need is met only when no other may: learning is no reason to ask for more.

    Parameters
    ----------
    candidates : Candidates
    shown : list of int
        The rows that have a slot already.
    margin : float
        How far below the best mean score of all candidates a row may lie.
    """
    near = candidates.showable() & (candidates.score >= candidates.score.max(initial=0.0) - margin)
    near[shown] = False
    known = near & ~candidates.unsure
    return np.flatnonzero(known if known.any() else near)


def explored(rows: Codes, drawn: Floats, draw: int, k: int) -> list[Slot]:
    """The slots that the order of one draw fills, with the share of all draws that do the same.

    Parameters
    ----------
    rows : ndarray (n_rows,)
        What may be explored, in an order that breaks ties.
    drawn : ndarray (n_rows, n_draws)
        The score of each in each draw.
    draw : int
        The draw whose order holds; any whole number, of which the rest after division by `n_draws` counts.
    k : int
        How many slots; of fewer rows, each has one.

    Examples
    --------
    Two of the four draws, of which the third holds, put row 7 first.

    >>> drawn = np.array([[0.5, 0.3, 0.4, 0.4], [0.4, 0.4, 0.5, 0.1]])
    >>> explored(np.array([3, 7]), drawn, draw=2, k=1)
    [Slot(candidate=7, propensity=0.5, explored=True)]
    """
    order = np.argsort(-np.round(drawn, ROUNDED), axis=0, kind="stable")[:k]
    held = order[:, draw % drawn.shape[1]]
    share = (order == held[:, None]).mean(axis=1)
    return [Slot(int(rows[at]), float(one), True) for at, one in zip(held, share, strict=True)]
