"""What others need for the bare scores and the bare top: no rule, no reason, nothing told of what was left out.

Each rival has as many numbers of a person as we have signals, and invented outcomes to learn from. One that is not
installed is None.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from wor_match.signals import SIGNALS

N_NUMBERS, OUTCOMES_EACH = len(SIGNALS), 5
Numbers = np.ndarray
Rival = Callable[[Numbers], object]  # people, (n_people, N_NUMBERS), to whatever it says of them


def numbers_of(n: int, seed: int = 3) -> Numbers:
    """Numbers of people or activities, (n, N_NUMBERS)."""
    return np.random.RandomState(seed).rand(n, N_NUMBERS).astype(np.float32)


def history(n_activities: int) -> tuple[list[str], Numbers, Numbers, Numbers]:
    """Names of the activities; of each outcome the activity, whether it went well, and the numbers of the person."""
    dice, n = np.random.RandomState(4), OUTCOMES_EACH * n_activities
    names = [f"a{number:05d}" for number in range(n_activities)]
    return names, np.array(names)[np.arange(n) % n_activities], dice.randint(2, size=n), numbers_of(n)


def numpy_top(n_activities: int, k: int) -> Rival:
    """One product and argpartition, in single precision: the least that a ranking of linear scores can be."""
    weights = numbers_of(n_activities, seed=6)

    def top(people: Numbers) -> Numbers:
        return np.argpartition(people @ weights.T, n_activities - k, axis=1)[:, -k:]

    return top


def mabwiser(n_activities: int) -> Rival | None:
    """MABWiser's LinTS: a draw of every activity's weights, and the score of each."""
    if find_spec("mabwiser") is None:
        return None
    from mabwiser.mab import MAB, LearningPolicy

    names, *told = history(n_activities)
    model = MAB(names, LearningPolicy.LinTS(alpha=1.0))
    model.fit(*told)
    return model.predict_expectations


def mab2rec(n_activities: int, k: int) -> Rival | None:
    """mab2rec on LinGreedy without dice, which is the least that it can do."""
    if find_spec("mab2rec") is None:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it imports warns of its own future
        from mab2rec import BanditRecommender, LearningPolicy

    _, *told = history(n_activities)
    model = BanditRecommender(LearningPolicy.LinGreedy(epsilon=0.0), top_k=k)
    model.fit(*told)
    return model.recommend


def implicit(n_activities: int, k: int) -> Rival | None:
    """The top k of implicit, in C++, on one thread."""
    if find_spec("implicit") is None:
        return None
    from implicit.cpu.topk import topk

    weights = numbers_of(n_activities, seed=6)
    return lambda people: topk(weights, people, k, num_threads=1)
