"""Where no answer is found what was learned before stays; and what is learned where something is not known."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from tests.learning.story import asked, consent, visit
from tests.learning.test_fit import bare, episodes
from tests.town import activity, catalogue
from wor_match import learning
from wor_match.errors import ModelError
from wor_match.learning import ChanceModel, Learned, Prior, fit, posterior

MANY = episodes([1] * 7 + [0] * 3, [12] * 5 + [0] * 5, [0] * 5 + [4] * 2 + [0] * 3, activity=[0, 1] * 5)


@pytest.mark.parametrize(
    ("name", "value"),
    [("MOST_STEPS", 1), ("ENOUGH", 1e9), ("MOST_ROUNDS", 0)],
    ids=["too few steps", "no part of a step rises enough", "sizes of effects that never come to rest"],
)
def test_a_fit_without_rest_leaves_what_was_learned_before(
    monkeypatch: pytest.MonkeyPatch, name: str, value: float
) -> None:
    model = ChanceModel(bare(level_start=(0.0, 1.0), level_week=(3.0, 1.0))).fit(MANY)
    before, rest = model.posterior_, model.converged_
    monkeypatch.setattr(fit, name, value)
    if name == "MOST_ROUNDS":  # the answer is of use, and says of itself that it did not come to rest
        assert rest
        assert not model.fit(MANY).converged_
        return
    with pytest.raises(ModelError, match=r"did not come to rest; what was learned before stays as it was"):
        model.fit(MANY)
    assert model.posterior_ is before


def test_signals_that_cannot_be_told_apart_under_doubts_as_wide_as_can_be_give_no_answer() -> None:
    three = Prior.expert([SimpleNamespace(name=name, beliefs=(0.4, 0.3)) for name in "abc"])
    doubting = replace(three, spread=np.full(3, 1e6), taus={**three.taus, "beta": 1e6})
    alike = np.resize([1.0, -1.0, 1.0], (100, 1)) @ np.ones((1, 3))
    model = ChanceModel(doubting)
    before = model.posterior_
    with pytest.raises(ModelError, match="no finite answer; give the prior less wide doubts"):
        model.fit(episodes(np.resize([1, 0, 0, 1, 1], 100), strengths=alike))
    assert model.posterior_ is before


def test_a_town_that_calls_once_is_learned_from_however_many_stopped_without_a_known_week() -> None:
    """Of 300 who start 100 are gone at the call of four weeks, and nobody knows in which week they stopped."""
    told = episodes([1] * 300 + [0] * 200, [12] * 200 + [0] * 300, [0] * 200 + [4] * 100 + [0] * 200)
    free = replace(Prior.expert(()), level_start=(0.0, 100.0), level_week=(3.0, 100.0), pieces_sd=2.0)
    one, nobody = np.zeros((1, 0)), np.array([-1])
    there = ChanceModel(free).fit(told).start_and_survival(one, nobody, nobody, nobody)[0]
    assert there[[0, 4]] == pytest.approx([300 / 500, 200 / 500], abs=0.01)


def test_a_shift_goes_no_further_than_its_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """From a chance of a half the slope is a quarter: one step to .6 is .1 / .25."""
    monkeypatch.setattr(posterior, "STEPS", 1)
    assert posterior.shift_to(lambda by: posterior.start_chance(np.array([by])), 0.6) == pytest.approx(0.4, abs=1e-5)


def test_an_activity_of_nobody_counts_for_no_organiser() -> None:
    history = [consent(), visit(0), asked(91, "still")]
    told = Learned.of(history, catalogue(activity("een")), Prior.expert(()), {})
    assert told.people == {"term": {"handwerken": 1}, "organiser": {}, "activity": {"een": 1}}
    assert told.evidence(("handwerken", None, "een")) == (1, 0, 1)


def test_a_prior_without_names_is_in_the_order_of_the_signals_and_one_with_names_is_put_in_it() -> None:
    named = Prior.expert([SimpleNamespace(name=name, beliefs=(n, n)) for name, n in (("a", 0.4), ("b", 0.1))])
    assert named.ordered(["b", "a"]).start.tolist() == [0.1, 0.4]
    assert replace(named, names=()).ordered(["b", "a"]).start.tolist() == [0.4, 0.1]


def test_the_estimator_is_found_at_the_door_and_nothing_else_is() -> None:
    from wor_match.learning.estimator import HazardClassifier

    assert learning.HazardClassifier is HazardClassifier
    with pytest.raises(AttributeError, match="has no attribute 'Estimator'"):
        learning.Estimator  # noqa: B018 — to ask for it is what fails
