"""Which advices can be decided again, whose outcome belongs to which choice, and who is nowhere in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import numpy as np
import pytest

import wor_match as wm
from tests.learning.story import FIRST, at, consent, event
from wor_match.domain.kinds import Advised, event_of
from wor_match.evaluation.outcomes import outcomes_of
from wor_match.evaluation.replay import Order, Policy, policies_of, replay
from wor_match.evaluation.replaying.decisions import decisions_of
from wor_match.evaluation.replaying.history import History
from wor_match.evaluation.replaying.lots import Lots
from wor_match.evaluation.replaying.noted import Went
from wor_match.evaluation.replaying.policies import Past
from wor_match.evaluation.simulation import Simulated, World, simulate

OFFER = wm.Catalogue(
    id="x", name="X", activities=[wm.Activity(id=name, name=name, terms=["wandelen"]) for name in ("een", "twee")]
)


@cache
def town() -> Simulated:
    return simulate(World(people=40))


def advised(day: int, person: str = "p1", decision: str = "d1", **shown: float) -> Any:
    """An advice with these activities and their propensities."""
    told = [
        {"activity": name, "score": 0.4, "worth": 1.0, "chance": 0.4, "propensity": p, "strengths": {"near": 1.0}}
        for name, p in (shown or {"een": 1.0}).items()
    ]
    return event_of(
        {"kind": "advised", "event_id": f"{person}-{decision}-{day}", "decision": decision, "at": at(day), "source": "coach",
         "person": person, "model": "m", "catalogue": "c", "seed": 0, "signals_version": "1", "n_possible": len(told), "shown": told}
    )  # fmt: skip


def chose(day: int, activity: str = "een", person: str = "p1", decision: str | None = "d1") -> Any:
    return event("chosen", day, person, activities=[activity], event_id=f"{person}-chose-{day}",
                 **({"decision": decision} if decision else {}))  # fmt: skip


def test_who_takes_consent_back_later_is_in_no_lesson() -> None:
    someone = next(one.person for one in town().events if isinstance(one, Advised))
    late = town().world.first_day + timedelta(weeks=200)
    no = event_of({"kind": "consented", "event_id": "nee", "at": f"{late}T10:00:00Z", "source": "coach",
                   "person": someone, "purpose": "learning", "given": False})  # fmt: skip
    seen: set[str | None] = set()

    def watched(past: Past) -> Order:
        seen.update(one.of for one in past.events)
        return Order(lambda one: one.worth)

    replay(town().catalogue, [*town().events, no], policies=[Policy("a", watched)], people=town().people)
    assert len(seen) > 20
    assert someone not in seen


def test_the_outcome_belongs_to_the_last_choice_of_the_same() -> None:
    """They stopped after the first, and stayed after the second: of the first nothing is known any more."""
    told = [
        consent(), advised(0), chose(0), event("visited", 7, activity="een", attended=True),
        event("stopped", 30, activity="een", on=(FIRST + timedelta(days=28)).date().isoformat(), reason="not_suited"),
        advised(210, decision="d2"), chose(210, decision="d2"), event("visited", 217, activity="een", attended=True),
        event("followed_up", 310, activity="een", status="still"),
    ]  # fmt: skip
    decisions = decisions_of(wm.Matcher(OFFER), told)
    assert [one.own_outcome for one in decisions] == [False, True]
    went = Went.of(decisions, outcomes_of(told, OFFER))
    assert np.isnan(went.y[0])
    assert went.y[1] == 1.0
    by_lot = [replace_shown(one) if isinstance(one, Advised) else one for one in told]
    lots = Lots.of(decisions_of(wm.Matcher(OFFER), by_lot), History.of(by_lot).held, OFFER)
    assert np.isnan(lots.reward[0])
    assert lots.reward[1] == 1.0
    outside = chose(400, decision=None)
    assert not any(one.own_outcome for one in decisions_of(wm.Matcher(OFFER), [*told, outside]))


def replace_shown(one: Advised) -> Advised:
    """The same, drawn by lot."""
    return one.replace(shown=tuple(shown.replace(propensity=0.5, explored=True) for shown in one.shown))


def test_two_people_may_have_one_decision_id() -> None:
    """The first has no consent; the second keeps their own advice, with its own propensity."""
    told = [consent("p2"), advised(0, "p1", een=0.25, twee=0.5), advised(1, "p2", een=0.5), chose(1, person="p2")]
    decisions = decisions_of(wm.Matcher(OFFER), told)
    assert [one.person for one in decisions] == ["p2"]
    lots = Lots.of(decisions, History.of(told).held, OFFER)
    assert lots.propensity.tolist() == [0.5]
    both = [consent("p1"), *told]
    assert [one.person for one in decisions_of(wm.Matcher(OFFER), both)] == ["p1", "p2"]


def test_a_truth_needs_its_people() -> None:
    with pytest.raises(wm.WorMatchError, match="no people"):
        decisions_of(wm.Matcher(OFFER), [], truth=lambda *_: np.zeros(1))


def test_a_history_is_a_list_of_events() -> None:
    for told in (None, 3, "events.jsonl"):
        with pytest.raises(wm.EventError, match="no list of events"):
            replay(OFFER, told)
    with pytest.raises(wm.WorMatchError, match="needs a Catalogue"):
        replay("x", [])


def test_a_matcher_without_a_signal_has_its_own_policies_and_not_those_of_another() -> None:
    few = wm.Matcher(town().catalogue)
    own = wm.Matcher(town().catalogue, signals=[one for one in few.signals if one.name != "near"])
    names = [one.name for one in policies_of(own)]
    assert "nearest" not in names
    assert "ours" in names
    with pytest.raises(wm.WorMatchError, match="other signals"):
        replay(town().catalogue, town().events, policies=policies_of(own)[:1], people=town().people)


def test_a_renamed_activity_keeps_its_advice() -> None:
    now = wm.Catalogue(
        id="x", name="X", activities=[wm.Activity(id="nieuw", name="N", terms=["wandelen"], formerly=["een"])]
    )
    (one,) = decisions_of(wm.Matcher(now), [consent(), advised(0), chose(0)])
    assert one.activities == ("nieuw",)
    assert one.chosen == 0
    assert now.present_ids == {"een": "nieuw"}
    assert replace(one, chosen=-1).chosen == -1
