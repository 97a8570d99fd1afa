"""How steep and how bent the log posterior is at given weights, in blocks that keep the activities apart.

An episode touches one activity, so the block of the activities is diagonal and can be eliminated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wor_match.domain.lazy import lazy
from wor_match.learning.design import Beliefs, Design, by_trio, eta_at, gathered
from wor_match.learning.likelihood import Derivatives, derivatives
from wor_match.learning.prior import START_SHARE, Floats
from wor_match.learning.rows import Codes, Trials


@dataclass(frozen=True, eq=False)
class Curvature:
    """The negative Hessian in blocks: `dense` (a, a), `across` (a, d), `activity` (d,), and their Schur complement."""

    dense: Floats
    across: Floats
    activity: Floats

    @lazy
    def schur(self) -> Floats:
        """What is left of the dense block when the activities are eliminated."""
        left: Floats = self.dense - (self.across / self.activity) @ self.across.T
        return left

    def solve(self, dense: Floats, activity: Floats) -> tuple[Floats, Floats]:
        """The step for a slope."""
        step = np.linalg.solve(self.schur, dense - np.einsum("ad,d->a", self.across, activity / self.activity))
        return step, (activity - np.einsum("ad,a->d", self.across, step)) / self.activity

    def variances(self) -> tuple[Floats, Floats]:
        """The variance of every weight."""
        inverse = np.linalg.inv(self.schur)
        pulled = self.across / self.activity
        return np.diagonal(inverse).copy(), 1.0 / self.activity + (pulled * (inverse @ pulled)).sum(axis=0)


def slope_and_curvature(
    design: Design, trials: Trials, beliefs: Beliefs, dense: Floats, activity: Floats
) -> tuple[Floats, Floats, Curvature]:
    """The slope of the log posterior, dense and by activity, and its curvature."""
    told = derivatives(eta_at(design, dense, activity), trials)
    start, weeks = told.slope[:, 0], told.slope[:, 1:].sum(axis=1)
    moved = by_trio(design, start, weeks)
    spelled = np.concatenate([told.slope.sum(axis=0), start @ design.strengths, weeks @ design.strengths])
    slope = np.concatenate([
        spelled @ design.spelled,
        *(gathered(moved, codes, size) for codes, size in zip(design.codes[:2], design.sizes[:2], strict=True)),
    ])  # fmt: skip
    slope -= beliefs.precision * (dense - beliefs.mean)
    by_activity = gathered(moved, design.codes[2], design.sizes[2]) - beliefs.activity_precision * activity
    return slope, by_activity, curvature_of(design, told, beliefs)


def curvature_of(design: Design, told: Derivatives, beliefs: Beliefs) -> Curvature:
    """The negative Hessian of the log posterior, block by block."""
    start, weeks = told.bend[:, 0], told.bend[:, 1:].sum(axis=1)
    common = design.spelled.T @ spelled_curvature(design, told, start, weeks) @ design.spelled
    with_record = with_trios(design, told, start, weeks) @ design.spelled
    alone = by_trio(design, START_SHARE * start, weeks)
    (term, organiser, activity), (n_terms, n_organisers, n_activities) = design.codes, design.sizes
    of_terms, of_organisers = gathered(with_record, term, n_terms), gathered(with_record, organiser, n_organisers)
    both = crossed(alone, term, organiser, n_terms, n_organisers)
    dense = np.block([
        [common, of_terms.T, of_organisers.T],
        [of_terms, np.diag(gathered(alone, term, n_terms)), both],
        [of_organisers, both.T, np.diag(gathered(alone, organiser, n_organisers))],
    ])  # fmt: skip
    across = np.vstack([
        gathered(with_record, activity, n_activities).T,
        crossed(alone, term, activity, n_terms, n_activities),
        crossed(alone, organiser, activity, n_organisers, n_activities),
    ])  # fmt: skip
    dense[np.diag_indices_from(dense)] += beliefs.precision
    return Curvature(dense, across, gathered(alone, activity, n_activities) + beliefs.activity_precision)


def spelled_curvature(design: Design, told: Derivatives, start: Floats, weeks: Floats) -> Floats:
    """The curvature among levels and weights of the stages; the start and the weeks do not bend each other."""
    strengths, (first, then) = design.strengths, design.parts
    found = np.zeros((len(design.spelled), len(design.spelled)))
    found[:first, :first] = told.blocks
    found[0, first:then] = found[first:then, 0] = start @ strengths
    found[first:then, first:then] = strengths.T @ (strengths * start[:, None])
    found[1:first, then:] = told.bend[:, 1:].T @ strengths
    found[then:, 1:first] = found[1:first, then:].T
    found[then:, then:] = strengths.T @ (strengths * weeks[:, None])
    return found


def with_trios(design: Design, told: Derivatives, start: Floats, weeks: Floats) -> Floats:
    """How the track record of each trio bends the levels and weights of the stages, (n_trios, 6 + 2 n_signals)."""
    shared = START_SHARE * start
    parts = (shared[:, None], told.bend[:, 1:], design.strengths * shared[:, None], design.strengths * weeks[:, None])
    return np.hstack([gathered(part, design.trio, len(design.codes[0])) for part in parts])


def crossed(values: Floats, one: Codes, other: Codes, n_one: int, n_other: int) -> Floats:
    """Sums of the rows of each pair of codes, (n_one, n_other)."""
    both = np.where((one < 0) | (other < 0), -1, one * n_other + other)
    return gathered(values, both, n_one * n_other).reshape(n_one, n_other)
