"""How long a refit takes: beside scikit-learn at equal objective, how it grows, and how much memory it asks.

``python -m benchmarks.learning fit 100000`` prints seconds and MB of one refit, ``learn`` in its place from events on.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

import wor_match as wm
from benchmarks.memory import held, most
from benchmarks.outcomes import events, outcomes, town
from benchmarks.rows import Row
from wor_match.learning import ChanceModel, Episodes, Prior
from wor_match.learning.design import Beliefs, Design
from wor_match.learning.fit import CLOSE, log_posterior, mode
from wor_match.learning.prior import START_SHARE
from wor_match.learning.rows import N_STAGES, Trials

SIZES, N_ACTIVITIES = (10_000, 30_000, 100_000, 300_000), 1_500
ROOT = Path(__file__).parents[1]
FASTER, AS_GOOD = 0.1, 1e-2  # of scikit-learn's time at most; nats that ours may lie below theirs
STEEPEST, SLOWEST, GOAL, LARGEST = 1.1, 15.0, 5.0, 1_000.0  # exponent; seconds and MB at 100,000 outcomes


def rows(short: bool) -> list[Row]:
    """Ours and scikit-learn's lbfgs to the same top: one ridge-like prior, sizes of effects held, exact weeks only.

    Whoever loops over sizes of effects, intervals and draws has more to do: that is in `rows_of_growth`, without rival.
    """
    found = [beside_scikit_learn(n, 3) for n in ((1_000, 10_000) if short else (1_000, 10_000, 100_000))]
    return found if short else [*found, *rows_of_growth()]


def beside_scikit_learn(n: int, rounds: int) -> Row:
    """The same penalised likelihood on the same person-periods; says so when ours stopped lower."""
    told = without_open_stops(n)
    prior = replace(Prior.expert(), level_start=(0.0, 1.0), level_week=(0.0, 1.0), pieces=np.zeros(5), scale=(0.0, 0.3))
    sizes = tuple(int(codes.max()) + 1 for codes in (told.term, told.organiser, told.activity))
    design, trials = Design.of(told, prior, sizes), Trials.of(told)
    beliefs = Beliefs.of(prior, prior.taus, sizes)
    n_dense = len(beliefs.mean)
    table, event, weight = person_periods(told, prior, trials, sizes)
    sd = np.concatenate([beliefs.precision, np.full(sizes[2], beliefs.activity_precision)]) ** -0.5
    scaled = table @ sparse.diags(sd)
    found: dict[str, np.ndarray] = {}

    def ours() -> None:
        dense, activity, _ = mode(design, trials, beliefs, beliefs.mean, np.zeros(sizes[2]), CLOSE)
        found["ours"] = np.concatenate([dense, activity])

    def theirs() -> None:
        model = LogisticRegression(fit_intercept=False, tol=1e-7, max_iter=100_000)
        found["theirs"] = model.fit(scaled, event, sample_weight=weight).coef_[0] * sd

    with threadpool_limits(1):
        mine, other = medians(ours, theirs, rounds)
    tops = {name: log_posterior(design, trials, beliefs, one[:n_dense], one[n_dense:]) for name, one in found.items()}
    ahead = tops["ours"] - tops["theirs"]
    if ahead < -AS_GOOD:
        raise AssertionError(f"ours stopped {-ahead:.3f} nats below scikit-learn; times cannot be compared")
    what = f"refit, {n:,} outcomes, {table.shape[0]:,} rows (ours ends {ahead:.4f} nats higher)"
    return Row(what, mine, "scikit-learn lbfgs, tol 1e-7", other, FASTER if n >= 100_000 else 0.5)


def without_open_stops(n: int) -> Episodes:
    """Episodes of which every stop has its week, which is all that a plain logistic regression can learn from."""
    told = outcomes(n, min(N_ACTIVITIES, n // 20)).episodes
    return replace(told, high=np.where(told.high > 0, told.low + 1, 0))


def person_periods(told: Episodes, prior: Prior, trials: Trials, sizes: tuple[int, ...]) -> tuple:
    """One weighted row for each stage and answer of an episode: the columns of our weights, the answer, the weight."""
    n = len(told)
    blocks, answers, weights = [], [], []
    for stage in range(N_STAGES):
        beliefs = prior.start if stage == 0 else prior.stay
        levels = np.zeros((n, 8))
        levels[:, min(stage, 1)] = 1.0
        levels[:, 2] = told.strengths @ beliefs
        levels[:, 2 + stage] += stage > 0
        share = START_SHARE if stage == 0 else 1.0
        records = [sparse.csr_matrix((np.full(n, share), (np.arange(n), codes)), shape=(n, size))
                   for codes, size in zip((told.term, told.organiser, told.activity), sizes, strict=True)]  # fmt: skip
        block = sparse.hstack([sparse.csr_matrix(levels), sparse.csr_matrix(told.strengths), *records], format="csr")
        for answer, counted in ((1, trials.went_on[:, stage]), (0, trials.stopped[:, stage])):
            seen = np.flatnonzero(counted)
            blocks.append(block[seen])
            answers.append(np.full(len(seen), answer))
            weights.append(counted[seen])
    return sparse.vstack(blocks, format="csr"), np.concatenate(answers), np.concatenate(weights)


def medians(ours: Callable[[], None], theirs: Callable[[], None], rounds: int) -> tuple[float, float]:
    """Medians of processor time, in turn."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for times, run in zip(taken, (ours, theirs), strict=True):
            begun = time.process_time()
            run()
            times.append(time.process_time() - begun)
    return statistics.median(taken[0]), statistics.median(taken[1])


def rows_of_growth() -> list[Row]:
    """The whole refit, with variances and draws: time and memory at 100,000 outcomes, and how both ways grow."""
    told = grown()
    fit, memory, learn, above = told[100_000]
    what, goal = f"refit, 100,000 outcomes, {N_ACTIVITIES:,} activities", GOAL / SLOWEST
    exponents = [float(np.polyfit(np.log(SIZES), np.log([told[n][at] for n in SIZES]), 1)[0]) for at in (0, 2)]
    return [
        Row(what, fit, f"{SLOWEST:g} s", SLOWEST, 1.0, goal),
        Row(f"{what}, from events", learn, f"{SLOWEST:g} s", SLOWEST, 1.0, goal),
        Row(f"{what}: memory", memory, "1 GB", LARGEST, 1.0, unit="MB"),
        Row(f"{what}, from events: memory above them", above, "1 GB", LARGEST, 1.0, unit="MB"),
        Row("growth exponent of a refit, 10,000 to 300,000", exponents[0], "in proportion", 1.0, STEEPEST, unit=""),
        Row("growth exponent from events, 10,000 to 300,000", exponents[1], "in proportion", 1.0, STEEPEST, unit=""),
    ]


def grown() -> dict[int, tuple[float, ...]]:
    """Number of outcomes → seconds and MB of a fit, and of `Matcher.learn`; each in a process of its own."""
    return {n: (*in_a_process("fit", n), *in_a_process("learn", n)) for n in SIZES}


def in_a_process(what: str, n: int) -> tuple[float, float]:
    """Seconds of processor time, and MB: of the whole process for a fit, above the events for `Matcher.learn`."""
    command = [sys.executable, "-m", "benchmarks.learning", what, str(n)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 — ours
    seconds, memory = done.stdout.split()
    return float(seconds), float(memory)


def measured(what: str, n: int) -> tuple[float, float]:
    """Seconds and MB in this process."""
    told = outcomes(n, N_ACTIVITIES)
    if what == "fit":
        episodes, model = told.episodes, ChanceModel(Prior.expert())
        begun = time.process_time()
        model.fit(episodes)
        return time.process_time() - begun, most()
    history, matcher = list(events(told)), wm.Matcher(town(N_ACTIVITIES))
    before, begun = held(), time.process_time()
    matcher.learn(history)
    return time.process_time() - begun, most() - before


if __name__ == "__main__":
    print(*measured(sys.argv[1], int(sys.argv[2])))
