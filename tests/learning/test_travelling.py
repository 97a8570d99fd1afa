"""What many towns taught travels to a town that joins, and nothing else of them does."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import wor_match as wm
from tests.learning.test_learn import TOWN, WEEKLY, gone, never, stayed
from tests.town import AT, activity, person
from wor_match.domain.event import Event
from wor_match.errors import ModelError
from wor_match.learning import Posterior, Prior
from wor_match.learning.posterior import Coefficients, Weights
from wor_match.learning.saved import as_text

JOINS = wm.Catalogue(
    id="j", name="j", organisers=({"id": "eigen", "name": "Eigen"},),
    activities=tuple(activity(name, schedule=WEEKLY, organiser="eigen") for name in ("hier", "daar")),
)  # fmt: skip
ELSEWHERE = [one for n in range(60) for one in (never(f"a{n}", "een") if n % 4 else stayed(f"a{n}", "twee"))]


@pytest.fixture(scope="module")
def national() -> wm.Matcher:
    return wm.Matcher(TOWN).learn([*ELSEWHERE, *(one for n in range(20) for one in gone(f"g{n}", "drie"))])


def chance(matcher: wm.Matcher) -> float:
    """Of an activity that nobody has seen yet, or of the one that was."""
    return matcher.recommend(person(), at=AT, only=["hier"])[0].chance


def test_means_variances_and_taus_by_hand() -> None:
    believed = Prior.expert([SimpleNamespace(name="a", beliefs=(0.4, 0.3)), SimpleNamespace(name="b", beliefs=(0, 0))])
    mean = np.array([0.5, 2.0, 0.8, -0.4, -0.2, 0.0, 0.1, 0.2, 0.05, -0.1])
    sd = np.array([0.4, 0.16, 0.2, *[0.24] * 5, 0.08, 0.04])
    mode = Weights(np.array([0.5]), np.zeros((5, 1)), np.array([[0.8 * 0.4 + 0.05], [-0.1]]),
                   np.array([[0.8 * 0.3 + 0.05], [-0.1]]))  # fmt: skip
    taus = {"beta": 0.9, "term": 0.11, "organiser": 0.22, "activity": 0.33}
    found = Prior.from_model(
        SimpleNamespace(prior=believed, posterior_=Posterior(mode, mode, Coefficients(mean, sd), taus))
    )
    assert found.level_start == pytest.approx((0.5, 0.5)), "3, 4, 5: .3 between towns beside .4 of doubt"
    assert found.level_week == pytest.approx((2.0, 0.34)), "8, 15, 17"
    assert found.pieces.tolist() == [-0.4, -0.2, 0.0, 0.1, 0.2]
    assert found.pieces_sd == pytest.approx(0.26), "5, 12, 13"
    assert found.scale == (1.0, 0.2)
    assert found.start == pytest.approx([0.37, -0.1])
    assert found.stay == pytest.approx([0.29, -0.1])
    assert found.spread == pytest.approx([0.1, 0.05]), "3, 4, 5: .3 times the doubts .2 and .1 of the expert"
    assert found.taus == {"beta": 1.0, "term": 0.11, "organiser": 0.22, "activity": 0.33}
    assert found.names == ("a", "b")


def test_a_town_starts_from_it_and_moves_with_its_own(national: wm.Matcher) -> None:
    joins = wm.Matcher(JOINS, prior=Prior.from_model(national))
    few, many = (joins.learn([one for n in range(of) for one in stayed(f"q{n}", "hier")]) for of in (10, 200))
    assert chance(joins) < 0.3 < chance(wm.Matcher(JOINS)), "elsewhere few start"
    assert chance(joins) < chance(few) < chance(many)
    assert chance(many) > 0.8
    assert joins.learn([]).model.posterior.taus["activity"] == national.model.posterior.taus["activity"]


def test_a_saved_model_teaches_the_same(national: wm.Matcher, tmp_path: Path) -> None:
    national.save(tmp_path / "national.json")
    loaded = wm.Matcher.load(tmp_path / "national.json", JOINS)
    sent, kept = Prior.from_model(loaded), Prior.from_model(national)
    for one, other in zip(astuple(sent), astuple(kept), strict=True):
        assert np.array_equal(one, other) if isinstance(one, np.ndarray) else one == other


def told(matcher: wm.Matcher) -> str:
    """The text of what was learned."""
    return as_text(matcher.model, {signal.name: signal.beliefs for signal in matcher.signals})


@pytest.mark.parametrize("own", [[], stayed("q1", "hier")], ids=["nobody", "one"])
def test_no_person_activity_or_organiser_of_elsewhere_comes_along(national: wm.Matcher, own: list[Event]) -> None:
    prior = Prior.from_model(national)
    known = {name for part in astuple(prior) if isinstance(part, tuple) for name in part if isinstance(name, str)}
    assert known == {signal.name for signal in national.signals}
    text = told(wm.Matcher(JOINS, prior=prior).learn(own))
    assert '"een"' in told(national)
    assert not any(f'"{name}"' in text for name in ("een", "twee", "drie", "o", "a1", "g1"))


def test_the_order_of_signals_does_not_matter(national: wm.Matcher) -> None:
    prior = Prior.from_model(national)
    turned = prior.ordered(prior.names[::-1])
    assert chance(wm.Matcher(JOINS, prior=turned)) == chance(wm.Matcher(JOINS, prior=prior))


@pytest.mark.parametrize("given", [None, "national.json", Prior.expert()])
def test_what_taught_nothing_is_refused(given: Any, national: wm.Matcher) -> None:
    for one in (given, national.model):
        with pytest.raises(ModelError, match="from a matcher that learned"):
            Prior.from_model(one)
