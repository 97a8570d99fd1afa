"""The figures cover the truth through real events: in an invented town lots, stories and what is told are thrown anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.evaluation.lottery import decisions, matcher, town
from wor_match.domain.event import Event
from wor_match.domain.history import settled
from wor_match.domain.kinds import Advised, Consented, event_of
from wor_match.evaluation.off_policy import dr, ips, snips
from wor_match.evaluation.over_people import People
from wor_match.evaluation.replaying.decisions import Decision
from wor_match.evaluation.replaying.lots import Lots
from wor_match.evaluation.replaying.policies import ordering
from wor_match.evaluation.replaying.valued import valued
from wor_match.evaluation.simulation.story import Going, story
from wor_match.learning.prior import HORIZON

Floats = NDArray[np.float64]
FEW = 40  # in every run of the suite; the two hundred are thrown at night
LOT, OTHER = 0.05, 0.02  # how much score makes an activity e times as likely to be drawn, by the lot and the other way
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


@cache
def before() -> tuple[tuple[Event, ...], dict[str, Advised]]:
    """Who agreed to learning, and the advice of each decision."""
    consents = tuple(one for one in town().events if isinstance(one, Consented))
    return consents, {one.decision: one for one in town().events if isinstance(one, Advised)}


def told(
    decision: Decision, drawn: int, propensity: float, going: Going, dice: np.random.RandomState
) -> Iterator[Event]:
    """The advice that shows what was drawn, that it was chosen, and the story after it."""
    advice, (_, _, activity) = before()[1][decision.id], decision.names[drawn]
    shown = advice.shown[0].replace(activity=activity, propensity=propensity, explored=True)
    yield advice.replace(shown=(shown,))
    yield event_of({"kind": "chosen", "event_id": f"{decision.id}-k", "person": decision.person, "at": decision.at,
                    "source": "coach", "activities": [activity], "decision": decision.id})  # fmt: skip
    schedule = town().catalogue[activity].schedule
    yield from story(decision.person, activity, decision.at, going, schedule, town().world, dice)


@cache
def runs(n: int) -> tuple[tuple[Any, Lots], ...]:
    """What was drawn for each decision, and the rows that are made of what was told of it."""
    there, rows, found = arrays(), np.arange(len(decisions())), []
    for seed in range(n):
        dice, events = np.random.RandomState(seed), list(before()[0])
        drawn = (dice.rand(len(rows))[:, None] > there.logged.cumsum(axis=1)).sum(axis=1)
        drawn = np.minimum(drawn, (there.logged > 0).sum(axis=1) - 1)
        for row, one in enumerate(decisions()):
            going = Going(float(there.start[row, drawn[row]]), there.week[row, drawn[row]], 0.0)
            events += told(one, drawn[row], float(there.logged[row, drawn[row]]), going, dice)
        placed = [replace(one, shown=drawn[[row]]) for row, one in enumerate(decisions())]
        found.append((drawn, Lots.of(placed, settled(events), town().catalogue)))
    return tuple(found)


@pytest.mark.parametrize("n", [FEW, pytest.param(200, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("target", ["the best", "a warmer lot"])
def test_intervals_at_95_cover_the_truth_in_90_to_99_of_a_hundred_runs(
    target: str, n: int, figure: Callable[[str], None]
) -> None:
    there, rows, truth = arrays(), np.arange(len(decisions())), arrays().truth(target)
    pi, persons = there.targets[target], People([one.person for one in decisions()])
    q_target = (pi * there.q).sum(axis=1)
    found: dict[str, list[tuple[float, float, float]]] = {}
    sizes = []
    for drawn, lots in runs(n):
        assert lots.action.tolist() == drawn.tolist()
        y, c, p = np.nan_to_num(lots.reward), lots.censoring, lots.propensity
        t, q = pi[rows, drawn], there.q[rows, drawn]
        estimates = {"ips": ips(y, p, t, c), "snips": snips(y, p, t, c), "dr": dr(y, p, t, q, q_target, c)}
        report = valued("", lots.reward, p, t, q, q_target, c, persons)
        sizes.append(report.effective_sample_size)
        for name, one in estimates.items():
            found.setdefault(name, []).append((one.value, *one.interval))
        for name, sure in (("snips, persons", report.snips), ("dr clipped, persons", report.dr_clipped)):
            if sure is not None and sure.value is not None and sure.interval is not None:
                found.setdefault(name, []).append((sure.value, *sure.interval))
    for name, figures in found.items():
        value, low, high = np.array(figures).T
        covered = float(((low <= truth) & (truth <= high)).mean())
        figure(
            f"off-policy through events, {target}, {name}: {covered:.1%} of {len(value)} runs cover the truth {truth:.3f}; "
            f"bias {value.mean() - truth:+.4f}, spread {value.std():.3f}, mean effective size {np.mean(sizes):.0f}"
        )
        assert BAND[0] <= covered <= BAND[1], name
        assert len(value) >= n / 2, name
