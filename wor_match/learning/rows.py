"""Episodes as arrays, and the trials in them: per episode and stage, how often somebody could go on and how often did.

Stage 0 is the start; stages 1 to 5 are the pieces of weeks of `prior.PIECES`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wor_match.domain.lazy import lazy
from wor_match.errors import ModelError
from wor_match.learning.prior import HORIZON, PIECES, Floats

Codes = NDArray[np.int64]
N_STAGES = 1 + len(PIECES)
PIECE_OF_WEEK = np.array([number for number, piece in enumerate(PIECES) for _ in piece])


@dataclass(frozen=True, eq=False)
class Episodes:
    """Episodes, one row each; numbers only.

    Attributes
    ----------
    strengths : ndarray (n, n_signals)
        Strengths minus neutral, in [-1, 1]; all 0 where nobody recorded any.
    term, organiser, activity : ndarray (n,) of int
        Codes; -1 unknown.
    started : ndarray (n,)
        1 yes, 0 no, -1 unknown: then the row counts for nothing.
    low, high : ndarray (n,)
        Weeks surely taking part (0 to 12), and the week by which a stop is known (1 to 12); 0 none known.

    Raises
    ------
    ModelError
        When lengths differ, a number is not finite or out of range, or a stop lies not after the weeks taken part in.
    """

    strengths: Floats
    term: Codes
    organiser: Codes
    activity: Codes
    started: Codes
    low: Codes
    high: Codes

    def __post_init__(self) -> None:
        strengths = np.asarray(self.strengths, dtype=np.float64)
        object.__setattr__(self, "strengths", strengths)
        if strengths.ndim != 2 or not np.isfinite(strengths).all() or (np.abs(strengths) > 1).any():
            raise ModelError(
                "episodes have strengths that are no finite numbers in [-1, 1]; give strengths minus neutral",
                code="out-of-range",
            )
        for name, least, most in (("term", -1, None), ("organiser", -1, None), ("activity", -1, None),
                                  ("started", -1, 1), ("low", 0, HORIZON), ("high", 0, HORIZON)):  # fmt: skip
            object.__setattr__(self, name, whole(getattr(self, name), name, len(strengths), least, most))
        if ((self.high > 0) & (self.high <= self.low)).any():
            raise ModelError(
                "episodes have a stop that lies not after the weeks taken part in; give high above low, or 0",
                code="out-of-range",
            )

    def __len__(self) -> int:
        return len(self.strengths)

    def taken(self, rows: Any) -> Episodes:
        """Some of the episodes: `rows` is a mask or their numbers."""
        names = ("strengths", "term", "organiser", "activity", "started", "low", "high")
        return Episodes(*(getattr(self, name)[rows] for name in names))


def whole(told: Any, name: str, n: int, least: int, most: int | None) -> Codes:
    """Whole numbers in a range, (n,)."""
    values = np.asarray(told)
    if values.shape != (n,) or (n and not np.issubdtype(values.dtype, np.integer)):
        raise ModelError(f"episodes have {name} of another form; give {n} whole numbers", code="other-length")
    if (values < least).any() or (most is not None and (values > most).any()):
        raise ModelError(
            f"episodes have {name} out of range; allowed is {least} to {'any' if most is None else most}",
            code="out-of-range",
        )
    return values.astype(np.int64)


@dataclass(frozen=True, eq=False)
class Trials:
    """What was seen in each stage of each episode.

    Attributes
    ----------
    n, went_on : ndarray (n_episodes, 6)
        Trials, and goings-on among them.
    between : ndarray (n_episodes, 6)
        Weeks in which a stop of unknown week may lie; all 0 where the week is known or there was no stop.
    """

    n: Floats
    went_on: Floats
    between: Floats

    @lazy
    def stopped(self) -> Floats:
        """Trials that were stops, (n_episodes, 6)."""
        return self.n - self.went_on

    @lazy
    def unsure(self) -> Codes:
        """The episodes with a stop of unknown week."""
        return np.flatnonzero(self.between.any(axis=1))

    @classmethod
    def of(cls, episodes: Episodes) -> Trials:
        """The person-period expansion, weeks of one piece together.

        References
        ----------
        Singer and Willett (2003), chapters 10-12; Tutz and Schmid (2016), chapter 3.
        """
        started = episodes.started == 1
        weeks = np.arange(1, HORIZON + 1)
        on = started[:, None] & (weeks <= episodes.low[:, None])
        exact = started & (episodes.high == episodes.low + 1)
        stop = exact[:, None] & (weeks == episodes.high[:, None])
        unsure = (started & (episodes.high > episodes.low + 1))[:, None]
        open_ = unsure & (weeks > episodes.low[:, None]) & (weeks <= episodes.high[:, None])
        known = (episodes.started >= 0).astype(np.float64)
        return cls(
            n=np.column_stack([known, by_piece(on | stop)]),
            went_on=np.column_stack([started.astype(np.float64), by_piece(on)]),
            between=np.column_stack([np.zeros(len(episodes)), by_piece(open_)]),
        )


def by_piece(weeks: NDArray[np.bool_]) -> Floats:
    """The number of weeks in each piece, (n, 5)."""
    return np.stack([weeks[:, piece == PIECE_OF_WEEK].sum(axis=1) for piece in range(len(PIECES))], axis=1).astype(
        float
    )
