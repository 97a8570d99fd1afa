"""The figures cover the truth: in an invented town the lot, what followed and what is known of it are thrown anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.evaluation.lottery import decisions, matcher, town
from wor_match.evaluation.continuation import followed_weights
from wor_match.evaluation.off_policy import dr, ips, snips
from wor_match.evaluation.over_people import People
from wor_match.evaluation.replaying.policies import ordering
from wor_match.evaluation.replaying.valued import valued
from wor_match.learning.prior import HORIZON

Floats = NDArray[np.float64]
RUNS = 200
LOT, OTHER = 0.05, 0.02  # how much score makes an activity e times as likely to be drawn, by the lot and the other way
FOLLOWED, EXACT = 0.75, 0.5  # called after twelve weeks; stops that somebody tells with their day
BAND = (0.90, 0.99)


@dataclass(frozen=True)
class Town:
    """What the lot could draw, (n, m) with 0 where there is less to draw from, and the truth about it."""

    logged: Floats
    targets: dict[str, Floats]
    q: Floats
    start: Floats
    week: Floats

    def truth(self, target: str) -> float:
        """The mean true chance when this way of advising is followed."""
        return float((self.targets[target] * self.start * self.week.prod(axis=2)).sum(axis=1).mean())


@cache
def arrays() -> Town:
    order, most = ordering(matcher(), matcher().model), max(len(one.names) for one in decisions())
    logged, best, warm, q, start = (np.zeros((len(decisions()), most)) for _ in range(5))
    week = np.ones((len(decisions()), most, HORIZON))
    for row, one in enumerate(decisions()):
        n, score = len(one.names), order.score(one)
        for into, warmth in ((logged, LOT), (warm, OTHER)):
            lot = np.exp((score - score.max()) / warmth)
            into[row, :n] = lot / lot.sum()
        best[row, np.argmax(score)] = 1.0
        q[row, :n] = order.chance(one) if order.chance else 0.0
        start[row, :n], week[row, :n] = town().truth.going(one.person, one.at, one.names, one.strengths)
    return Town(logged, {"the best": best, "a warmer lot": warm}, q, start, week)


def known_of(start: Floats, week: Floats, dice: np.random.Generator) -> tuple[Floats, NDArray[np.bool_], Any]:
    """How it went, whether that is known, and since which week; who is not called is lost in a week of their own.

    Who never starts is known at once. A stop is told with its day while they are followed, or known at the call after
    twelve weeks, or never.
    """
    n = len(start)
    started, on = dice.random(n) < start, dice.random((n, HORIZON)) < week
    stop = np.where(on.all(axis=1), HORIZON + 1, on.argmin(axis=1) + 1)
    stays = started & (stop > HORIZON)
    until = np.where(dice.random(n) < FOLLOWED, HORIZON, dice.integers(0, HORIZON, n))
    told = (dice.random(n) < EXACT) & (stop <= until)
    known = ~started | told | (until == HORIZON)
    since = np.where(known, np.where(told, stop, HORIZON), np.minimum(until, stop - 1))
    return stays.astype(np.float64), known, np.where(started, since, 0)


def runs() -> Iterator[tuple[Any, Floats, NDArray[np.bool_], Floats]]:
    """What is drawn, how it went, whether that is known, and what it counts."""
    there, rows = arrays(), np.arange(len(decisions()))
    for seed in range(RUNS):
        dice = np.random.default_rng(seed)
        drawn = (dice.random(len(rows))[:, None] > there.logged.cumsum(axis=1)).sum(axis=1)
        drawn = np.minimum(drawn, (there.logged > 0).sum(axis=1) - 1)
        y, known, since = known_of(there.start[rows, drawn], there.week[rows, drawn], dice)
        yield drawn, y, known, followed_weights(since, known)


@pytest.mark.parametrize("target", ["the best", "a warmer lot"])
def test_intervals_at_95_cover_the_truth_in_90_to_99_of_a_hundred_runs(
    target: str, figure: Callable[[str], None]
) -> None:
    there, rows, truth = arrays(), np.arange(len(decisions())), arrays().truth(target)
    pi, persons = there.targets[target], People([one.person for one in decisions()])
    q_target = (pi * there.q).sum(axis=1)
    found: dict[str, list[tuple[float, float, float]]] = {}
    sizes = []
    for drawn, y, known, c in runs():
        p, t, q = there.logged[rows, drawn], pi[rows, drawn], there.q[rows, drawn]
        told = {
            "ips": ips(y, p, t, c),
            "snips": snips(y, p, t, c),
            "dr": dr(y, p, t, q, q_target, c),
        }
        report = valued("", np.where(known, y, np.nan), p, t, q, q_target, c, persons)
        sizes.append(report.effective_sample_size)
        for name, one in told.items():
            found.setdefault(name, []).append((one.value, *one.interval))
        for name, sure in (("snips, persons", report.snips), ("dr clipped, persons", report.dr_clipped)):
            if sure is not None and sure.value is not None and sure.interval is not None:
                found.setdefault(name, []).append((sure.value, *sure.interval))
    for name, figures in found.items():
        value, low, high = np.array(figures).T
        covered = float(((low <= truth) & (truth <= high)).mean())
        figure(
            f"off-policy, {target}, {name}: {covered:.1%} of {len(value)} runs cover the truth {truth:.3f}; "
            f"bias {value.mean() - truth:+.4f}, spread {value.std():.3f}, mean effective size {np.mean(sizes):.0f}"
        )
        assert BAND[0] <= covered <= BAND[1], name
        assert len(value) >= RUNS / 2, name
