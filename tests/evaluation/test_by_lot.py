"""Policies that put first by lot: how likely each activity is."""

from __future__ import annotations

import numpy as np
import pytest

import wor_match as wm
from tests.evaluation.lottery import decisions, matcher, town
from wor_match.evaluation.replaying.policies import Order, Past, Policy, drawn, policies_of


def by_score() -> Policy:
    return Policy("by score", lambda past: Order(lambda decision: np.array([0.1, 0.3, 0.1])))


def past() -> Past:
    return Past((), town().catalogue)


def test_by_random_each_is_as_likely() -> None:
    shares = policies_of(matcher())[-1].learn(past()).shares
    assert shares is not None
    assert shares(decisions()[0]) == pytest.approx([1 / len(decisions()[0].names)] * len(decisions()[0].names))


def test_a_score_higher_by_the_warmth_is_e_times_as_likely() -> None:
    warm = drawn(by_score(), 0.2)
    shares = warm.learn(past()).shares
    assert warm.name == "by score, by lot"
    assert shares is not None
    assert shares(decisions()[0]) == pytest.approx(np.array([1, np.e, 1]) / (2 + np.e))


@pytest.mark.parametrize("warmth", [0.0, -1.0, float("nan"), float("inf")])
def test_a_warmth_that_is_none_is_an_error(warmth: float) -> None:
    with pytest.raises(wm.WorMatchError, match="warmth"):
        drawn(by_score(), warmth)
