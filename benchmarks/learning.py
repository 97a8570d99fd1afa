"""How long a refit takes: beside scikit-learn at equal objective, how it grows, and how much memory it asks.

``python -m benchmarks.learning fit 100000`` prints seconds and MB of one refit, ``learn`` in its place from events on.
"""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

import wor_match as wm
from benchmarks.measuring import held, in_turn, most, numbers_in_a_process, timed
from benchmarks.outcomes import events, outcomes, town
from benchmarks.rows import Row
from wor_match.learning import ChanceModel, Episodes, Prior
from wor_match.learning.design import Beliefs, Design
from wor_match.learning.fit import CLOSE, log_posterior, mode
from wor_match.learning.prior import START_SHARE
from wor_match.learning.rows import N_STAGES, Trials

SIZES, N_ACTIVITIES = (10_000, 30_000, 100_000, 300_000), 1_500
FASTER = 0.1  # of scikit-learn's time at most, to the same top
AS_GOOD = 1e-2  # nats that ours may lie below theirs
STEEPEST = 1.1  # exponent of growth at most
SLOWEST = 15.0  # s of 100,000 outcomes at most
GOAL = 5.0  # s that it should be
LARGEST = 1_000.0  # MB at 100,000 outcomes


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
        times = in_turn({"ours": [ours], "theirs": [theirs]}, rounds, warm=False)
    tops = {name: log_posterior(design, trials, beliefs, one[:n_dense], one[n_dense:]) for name, one in found.items()}
    ahead = tops["ours"] - tops["theirs"]
    if ahead < -AS_GOOD:
        raise AssertionError(f"ours stopped {-ahead:.3f} nats below scikit-learn; times cannot be compared")
    what = f"refit, {n:,} outcomes, {table.shape[0]:,} rows (ours ends {ahead:.4f} nats higher)"
    mine, other = times["ours"].middle, times["theirs"].least
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


def grown() -> dict[int, list[float]]:
    """Number of outcomes → seconds and MB of a fit, and of `Matcher.learn`; each in a process of its own."""
    return {n: [number for what in ("fit", "learn") for number in alone(what, n)] for n in SIZES}


def alone(what: str, n: int) -> list[float]:
    """Seconds of processor time, and MB: of the whole process for a fit, above the events for `Matcher.learn`."""
    return numbers_in_a_process("benchmarks.learning", what, n)


def measured(what: str, n: int) -> tuple[float, float]:
    """Seconds and MB in this process."""
    told = outcomes(n, N_ACTIVITIES)
    if what == "fit":
        episodes, model = told.episodes, ChanceModel(Prior.expert())
        return timed(lambda: model.fit(episodes))[0], most()
    history, matcher = list(events(told)), wm.Matcher(town(N_ACTIVITIES))
    before = held()
    return timed(lambda: matcher.learn(history))[0], most() - before


if __name__ == "__main__":
    print(*measured(sys.argv[1], int(sys.argv[2])))
