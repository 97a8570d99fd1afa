"""Invented towns with a known truth: weights, effects, people who start and stay by them, and what is seen of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from wor_match.learning import Episodes, Prior
from wor_match.learning.prior import HORIZON, PIECES, Floats
from wor_match.learning.rows import PIECE_OF_WEEK, Codes


def sigma(eta: Floats) -> Floats:
    """The logistic function."""
    return np.asarray(1.0 / (1.0 + np.exp(-eta)))


@dataclass(frozen=True)
class World:
    """The truth of one town."""

    level_start: float
    level_week: Floats
    start: Floats
    stay: Floats
    term: Floats
    organiser: Floats
    activity: Floats
    term_of: Codes
    organiser_of: Codes

    def eta(self, strengths: Floats, activity: Codes) -> tuple[Floats, Floats]:
        """Log-odds of starting (n,), and of going on in each week (n, 12)."""
        record = (
            self.activity[activity] + self.term[self.term_of[activity]] + self.organiser[self.organiser_of[activity]]
        )
        start = self.level_start + strengths @ self.start + 0.5 * record
        week = self.level_week[PIECE_OF_WEEK] + (strengths @ self.stay + record)[:, None]
        return start, week

    def chance(self, strengths: Floats, activity: Codes) -> Floats:
        """The true chance of starting and still taking part after twelve weeks."""
        start, week = self.eta(strengths, activity)
        return np.asarray(sigma(start) * sigma(week).prod(axis=1))

    def seen(self, strengths: Floats, activity: Codes, dice: np.random.RandomState, censored: float = 0.25) -> Episodes:
        """What is seen of people at these activities: some are followed for a few weeks only, some stops have no week."""
        n = len(activity)
        start, week = self.eta(strengths, activity)
        started = dice.rand(n) < sigma(start)
        goes_on = dice.rand(n, HORIZON) < sigma(week)
        stop = np.where(goes_on.all(axis=1), HORIZON + 1, goes_on.argmin(axis=1) + 1)
        until = np.where(dice.rand(n) < censored, dice.randint(1, HORIZON + 1, n), HORIZON)
        stopped = started & (stop <= until)
        low = np.where(started, np.minimum(stop - 1, until), 0)
        vague = stopped & (dice.rand(n) < 0.5)
        high = np.where(stopped, np.where(vague, until, stop), 0)
        low = np.where(vague, 0, low)
        high = np.where(stopped & (high <= low), low + 1, high)
        return Episodes(
            strengths, self.term_of[activity], self.organiser_of[activity], activity, started.astype(int), low, high
        )


def drawn_from(prior: Prior, dice: np.random.RandomState, n_activities: int = 24) -> World:
    """A town that is one draw of the prior: the model's own world."""
    n_terms, n_organisers = n_activities // 4, n_activities // 3
    scale = prior.scale[0] + prior.scale[1] * dice.randn()
    beta = prior.taus["beta"] * prior.spread * dice.randn(len(prior.start))
    pieces = prior.pieces + prior.pieces_sd * dice.randn(len(PIECES))
    return World(
        level_start=prior.level_start[0] + prior.level_start[1] * dice.randn(),
        level_week=prior.level_week[0] + prior.level_week[1] * dice.randn() + pieces,
        start=scale * prior.start + beta,
        stay=scale * prior.stay + beta,
        term=prior.taus["term"] * dice.randn(n_terms),
        organiser=prior.taus["organiser"] * dice.randn(n_organisers),
        activity=prior.taus["activity"] * dice.randn(n_activities),
        term_of=np.arange(n_activities) % n_terms,
        organiser_of=np.arange(n_activities) % n_organisers,
    )


def unlike(prior: Prior, dice: np.random.RandomState, n_activities: int = 24) -> World:
    """A town where the expert is off: half of the signals count the other way, and activities differ a lot."""
    ours = drawn_from(
        replace(prior, taus={"beta": 0.01, "term": 0.3, "organiser": 0.4, "activity": 0.6}), dice, n_activities
    )
    turned = np.where(np.arange(len(prior.start)) % 2 == 0, -1.0, 1.5)
    return replace(ours, start=prior.start * turned, stay=prior.stay * turned, level_start=prior.level_start[0],
                   level_week=prior.level_week[0] + prior.pieces)  # fmt: skip


def people(dice: np.random.RandomState, n: int, n_signals: int) -> Floats:
    """Strengths minus neutral of pairs."""
    return np.clip(dice.normal(0.0, 0.25, (n, n_signals)), -0.9, 0.9)
