"""Which weights there are, what is believed of them, and what they add up to in every stage of every episode."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wor_match.learning.prior import FIRST_PIECE, FIRST_SIGNAL, PIECES, START_SHARE, Floats, Prior
from wor_match.learning.rows import N_STAGES, Codes, Episodes


@dataclass(frozen=True, eq=False)
class Design:
    """What each weight adds to each stage of each episode.

    Episodes of one term, organiser and activity, a *trio*, share a track record; sums over episodes are taken by trio
    first, of which there are few.

    Attributes
    ----------
    strengths : ndarray (n, n_signals)
        Minus neutral.
    codes : tuple of ndarray (n_trios,)
        The term, organiser and activity of each trio; -1 none.
    trio : ndarray (n,)
        Of each episode.
    sizes : tuple of int
        How many terms, organisers and activities there are.
    spelled : ndarray (6 + 2 n_signals, 8 + n_signals)
        From levels, pieces, scale and betas to what they spell out to: a level for each stage, and what each signal
        counts for the start and for the weeks.
    """

    strengths: Floats
    codes: tuple[Codes, Codes, Codes]
    trio: Codes
    sizes: tuple[int, int, int]
    spelled: Floats

    @classmethod
    def of(cls, episodes: Episodes, prior: Prior, sizes: tuple[int, int, int]) -> Design:
        """The design of these episodes under these beliefs."""
        every = np.stack([episodes.term, episodes.organiser, episodes.activity])
        codes, trio = np.unique(every, axis=1, return_inverse=True)
        strengths = np.asfortranarray(episodes.strengths)  # one signal after another, as sums by place read them
        return cls(strengths, (codes[0], codes[1], codes[2]), trio.reshape(-1), sizes, spelled_out(prior))

    @property
    def n_common(self) -> int:
        """Weights that all episodes share."""
        return int(self.spelled.shape[1])

    def weights(self, dense: Floats) -> tuple[Floats, Floats, Floats]:
        """The levels (6,), and what each signal counts for the start and for the weeks, (n_signals,) each."""
        levels, start, stay = np.split(self.spelled @ dense[: self.n_common], self.parts)
        return levels, start, stay

    @property
    def parts(self) -> list[int]:
        """Where the start's signals and the weeks' signals begin among what is spelled out."""
        return [N_STAGES, N_STAGES + self.strengths.shape[1]]


def spelled_out(prior: Prior) -> Floats:
    """How levels, pieces, scale and betas make up the levels and weights of the stages; see `Design`."""
    n_pieces, one = len(PIECES), np.eye(len(prior.start))
    start_level = np.zeros((1, FIRST_SIGNAL + len(one)))
    start_level[0, 0] = 1.0
    week_levels = np.zeros((n_pieces, FIRST_SIGNAL + len(one)))
    week_levels[:, 1] = 1.0
    week_levels[:, FIRST_PIECE:FIRST_SIGNAL] = np.eye(n_pieces)
    signals = []
    for beliefs in (prior.start, prior.stay):
        none = np.zeros((len(one), FIRST_SIGNAL))
        none[:, 2] = beliefs
        signals.append(np.hstack([none, one]))
    return np.vstack([start_level, week_levels, *signals])


@dataclass(frozen=True, eq=False)
class Beliefs:
    """Means and precisions of all weights under one set of taus: dense ones first, then one for each activity."""

    mean: Floats
    precision: Floats
    activity_precision: float

    @classmethod
    def of(cls, prior: Prior, taus: dict[str, float], sizes: tuple[int, int, int]) -> Beliefs:
        """The prior as arrays."""
        start, week, scale = prior.level_start, prior.level_week, prior.scale
        means = [start[0], week[0], scale[0], *prior.pieces, *np.zeros(len(prior.start) + sizes[0] + sizes[1])]
        sds = [start[1], week[1], scale[1], *np.full(len(PIECES), prior.pieces_sd), *(taus["beta"] * prior.spread),
               *np.full(sizes[0], taus["term"]), *np.full(sizes[1], taus["organiser"])]  # fmt: skip
        return cls(np.array(means), 1.0 / np.array(sds) ** 2, 1.0 / taus["activity"] ** 2)


def eta_at(design: Design, dense: Floats, activity: Floats) -> Floats:
    """Log-odds of going on in every stage of every episode, (n, 6)."""
    levels, start, stay = design.weights(dense)
    terms, organisers = np.split(dense[design.n_common :], [design.sizes[0]])
    of_trio = np.zeros(len(design.codes[0]))
    for effects, codes in zip((terms, organisers, activity), design.codes, strict=True):
        of_trio = of_trio + np.append(effects, 0.0)[codes]
    record = of_trio[design.trio]
    eta = np.empty((len(record), N_STAGES))
    eta[:, 0] = levels[0] + (design.strengths @ start + START_SHARE * record)
    eta[:, 1:] = levels[1:] + (design.strengths @ stay + record)[:, None]
    return eta


def by_trio(design: Design, start: Floats, weeks: Floats) -> Floats:
    """What moves the track record of each trio, (n_trios,): half of the start (n,), all of the weeks (n,)."""
    return gathered(START_SHARE * start + weeks, design.trio, len(design.codes[0]))


def gathered(values: Floats, codes: Codes, size: int) -> Floats:
    """Sums of the rows of each code, (size,) or (size, n_columns); rows of code -1 count for none."""
    rows = np.where(codes < 0, size, codes)
    if values.ndim == 1:
        return np.asarray(np.bincount(rows, weights=values, minlength=size + 1)[:size], dtype=np.float64)
    found = np.empty((size, values.shape[1]))
    for at, column in enumerate(values.T):
        found[:, at] = gathered(column, codes, size)
    return found
