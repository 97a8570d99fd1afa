"""What lies under the scores of picked activities, of one person or of many at once: intervals and points.

Every row is worked out by itself, so it never matters with how many others; many at once is only quicker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wor_match import learning
from wor_match.domain.columns import Codes, Floats
from wor_match.knowledge import Knowledge
from wor_match.reasons import logarithmic_mean
from wor_match.worth import Worth


@dataclass(frozen=True, eq=False, repr=False)  # it follows from what people told
class Picks:
    """Picked activities, a row for each.

    Attributes
    ----------
    known : Knowledge
    rows : ndarray (n_picks,)
        Rows of the catalogue.
    worth : Worth
        What each is worth to whom it was picked for.
    strengths : ndarray (n_picks, n_signals)
        Strengths minus neutral.
    """

    known: Knowledge
    rows: Codes
    worth: Worth
    strengths: Floats

    @classmethod
    def of(cls, known: Knowledge, picked: Sequence[tuple[Codes, Worth, Floats]]) -> Picks:
        """What was picked for each of some people: rows of the catalogue, and worth and strengths of every activity."""
        return cls(
            known,
            np.concatenate([rows for rows, _, _ in picked]),
            Worth.of_some([(worth, rows) for rows, worth, _ in picked]),
            np.concatenate([strengths[rows] for rows, _, strengths in picked]),
        )

    def points(self) -> Floats:
        """Percentage points of each part of worth, each signal and the track record, (n_picks, n_reasons).

        100 x the mean over the draws of L(score, reference) x share, with the logarithmic mean L: the share of a sum of
        logs becomes the share of a difference, and the points of a row add up to 100 x (score - reference).
        """
        draws, record = self.known.learned.posterior.draws, self.known.record[self.rows]
        along = learning.path(draws, self.strengths, record)
        score = self.worth.value[:, None] * learning.recorded_chances(draws, self.strengths, record)
        log_ratio = np.log(self.worth.value / self.worth.reference)[:, None] + along.rise
        counted = logarithmic_mean(score, self.worth.reference * self.known.usual, log_ratio)
        by_worth = self.worth.shares() * counted.mean(axis=1)[:, None]
        return 100.0 * np.hstack([by_worth, learning.shares(draws, self.strengths, record, along, counted)])

    def intervals(self) -> list[tuple[float, float]]:
        """5 % and 95 % of the chance of each, for people and activities like these."""
        return self.known.intervals(self.strengths, self.rows)
