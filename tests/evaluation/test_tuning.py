"""Tuning with scikit-learn: nothing known later reaches a training fold, worth is refused, an order is the advice's."""

from __future__ import annotations

import math
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.metrics import ndcg_score
from sklearn.model_selection import GridSearchCV

import wor_match as wm
from wor_match.constraints import CONSTRAINTS
from wor_match.domain.event import Event
from wor_match.domain.kinds import Consented, event_of, plain
from wor_match.evaluation.pairs import Pairs, fixed, pairs_of, persons_of, rows_of
from wor_match.evaluation.replaying.decisions import Decision
from wor_match.evaluation.replaying.history import History
from wor_match.evaluation.replaying.policies import Order
from wor_match.evaluation.scoring import ndcg_by_participant
from wor_match.evaluation.simulation import Simulated, World, simulate
from wor_match.evaluation.splits import TemporalGroupSplit
from wor_match.evaluation.tuning import MatcherEstimator, heights
from wor_match.learning.saved import as_text
from wor_match.matcher import Matcher
from wor_match.signals import SIGNALS

FIRST = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def town() -> Simulated:
    return simulate(World(people=120, activities=20, weeks=52))


@pytest.fixture(scope="module")
def pairs(town: Simulated) -> Pairs:
    return pairs_of(Matcher(town.catalogue), town.events, town.people)


@pytest.fixture(scope="module")
def fold(pairs: Pairs) -> tuple[Any, Any]:
    """The rows to train on and to test on, at one cut in the middle."""
    *_, last = TemporalGroupSplit(n_splits=2).split(pairs.X, pairs.y, pairs.groups)
    return last


def model_of(estimator: MatcherEstimator) -> str:
    """Every byte of what was learned."""
    return as_text(estimator.matcher_.model, {one.name: one.beliefs for one in estimator.matcher_.signals})


def again(event: Event, **changed: Any) -> Event:
    """The event with something told otherwise."""
    return event_of({**plain(event), **changed})


# --- nothing known only after the cut


@dataclass
class Cut:
    """What a fold knows."""

    moment: datetime
    taught: set[str]
    others: set[str]

    def early(self, events: Sequence[Event], kind: str) -> list[Event]:
        """Events of this kind that the training fold knows."""
        return [one for one in events if one.kind == kind and one.at < self.moment and one.of in self.taught]


@pytest.fixture(scope="module")
def cut(pairs: Pairs, fold: tuple[Any, Any]) -> Cut:
    those = [pairs.decisions[int(number)] for number in np.unique(pairs.X[fold[0], 1])]
    taught = {one.person for one in those}
    return Cut(max(one.at for one in those), taught, {one.person for one in pairs.decisions} - taught)


def outcomes_flipped(events: Sequence[Event], cut: Cut) -> list[Event]:
    """Everything told from the last training decision on says the opposite."""

    def flipped(one: Event) -> Event:
        if one.kind == "followed_up":
            return again(one, status="never" if one.status == "still" else "still", reason=None)
        return again(one, attended=not one.attended, ratings={}) if one.kind == "visited" else one

    return [flipped(one) if one.at >= cut.moment else one for one in events]


def corrected(events: Sequence[Event], cut: Cut, at: datetime, kind: str = "visited", **changed: Any) -> list[Event]:
    """Early events are corrected at a moment."""
    wrong = cut.early(events, kind)
    told = [
        {"kind": "corrected", "event_id": f"c-{one.event_id}", "at": at, "source": "coach", "person": one.of,
         "replaces": one.event_id, "event": again(one, event_id=f"n-{one.event_id}", **changed)}
        for one in wrong
    ]  # fmt: skip
    assert len(told) > 20
    return [*events, *map(event_of, told)]


def corrected_late(events: Sequence[Event], cut: Cut) -> list[Event]:
    return corrected(events, cut, cut.moment, attended=False, ratings={})


def given_to_another_late(events: Sequence[Event], cut: Cut) -> list[Event]:
    """They come to be about a person of the fold, from somebody who is not in it."""
    inside = {"person": min(cut.taught), "at": cut.moment - timedelta(days=20)}
    told = [
        {"kind": "corrected", "event_id": f"c-{one.event_id}", "at": cut.moment, "source": "coach",
         "replaces": one.event_id, "event": again(one, event_id=f"n-{one.event_id}", **inside)}
        for one in events if one.kind == "visited" and one.of in cut.others
    ]  # fmt: skip
    assert len(told) > 10
    return [*events, *map(event_of, told)]


def taken_back_late(events: Sequence[Event], cut: Cut) -> list[Event]:
    told = [
        {"kind": "withdrawn", "event_id": f"w-{one.event_id}", "at": cut.moment, "source": "coach",
         "takes_back": one.event_id}
        for one in cut.early(events, "visited")
    ]  # fmt: skip
    return [*events, *map(event_of, told)]


def closed_late(events: Sequence[Event], cut: Cut) -> list[Event]:
    names = sorted({one.activity for one in events if one.kind == "visited"})
    told = {"kind": "activity_closed", "at": cut.moment + timedelta(days=1), "source": "coach"}
    return [*events, *(event_of({**told, "event_id": f"x-{name}", "activity": name}) for name in names)]


def others_told_more(events: Sequence[Event], cut: Cut) -> list[Event]:
    """People of the test fold were seen before the cut, and say that everything was bad."""
    (somewhere, *_) = sorted({one.activity for one in events if one.kind == "visited"})
    before = {"at": cut.moment - timedelta(days=30), "source": "coach"}
    told: list[dict[str, Any]] = []
    for person in sorted(cut.others):
        about = {**before, "person": person}
        told.append({**about, "kind": "consented", "event_id": f"{person}-y", "purpose": "learning", "given": True})
        told.append(
            {**about, "kind": "followed_up", "event_id": f"{person}-n", "activity": somewhere, "status": "never"}
        )
    return [*events, *map(event_of, told)]


Telling = Callable[[Sequence[Event], Cut], list[Event]]
LATE: list[Telling] = [outcomes_flipped, corrected_late, given_to_another_late, taken_back_late, closed_late, others_told_more]  # fmt: skip


@pytest.mark.parametrize("telling", LATE)
def test_what_is_told_later_or_of_others_cannot_reach_a_training_fold(
    town: Simulated, pairs: Pairs, fold: tuple[Any, Any], cut: Cut, telling: Telling
) -> None:
    other = pairs_of(Matcher(town.catalogue), telling(town.events, cut), town.people)
    train = fold[0]
    assert np.array_equal(pairs.X[train], other.X[train])
    first = MatcherEstimator(pairs, variety=0.2).fit(pairs.X[train], pairs.y[train])
    second = MatcherEstimator(other, variety=0.2).fit(other.X[train], -np.ones(len(train)))
    assert model_of(first) == model_of(second)
    assert first.matcher_.model.counts["episodes"] > 20


def test_what_is_told_in_time_does_reach_it(town: Simulated, pairs: Pairs, fold: tuple[Any, Any], cut: Cut) -> None:
    """Else the test above could not fail."""
    in_time = cut.moment - timedelta(microseconds=1)
    told = corrected(town.events, cut, in_time, attended=False, ratings={})
    other = pairs_of(Matcher(town.catalogue), told, town.people)
    rows = pairs.X[fold[0]]
    assert model_of(MatcherEstimator(pairs).fit(rows)) != model_of(MatcherEstimator(other).fit(rows))


def test_what_the_matcher_had_learned_before_is_left_out(town: Simulated, pairs: Pairs, fold: tuple[Any, Any]) -> None:
    learned = Matcher(town.catalogue).learn(town.events).model
    praised = replace(learned, visitors={one.id: 1.0 for one in town.catalogue})
    knows_all = pairs_of(Matcher(town.catalogue, model=praised), town.events, town.people)
    assert np.array_equal(pairs.decisions[0].strengths, knows_all.decisions[0].strengths)
    rows = pairs.X[fold[0]]
    first, second = MatcherEstimator(pairs).fit(rows), MatcherEstimator(knows_all).fit(rows)
    assert model_of(first) == model_of(second)
    assert np.array_equal(first.predict(pairs.X[fold[1]]), second.predict(pairs.X[fold[1]]))


def test_who_took_consent_back_is_nowhere(town: Simulated, pairs: Pairs) -> None:
    person = pairs.decisions[0].person
    late = max(one.at for one in town.events)
    no = Consented(event_id="no", at=late, source="coach", person=person, purpose="learning", given=False)
    without = pairs_of(Matcher(town.catalogue), [*town.events, no], town.people)
    assert person not in {one.person for one in without.decisions}
    assert len(without.decisions) == len(pairs.decisions) - 1


def test_the_order_of_the_events_changes_nothing(town: Simulated, pairs: Pairs, fold: tuple[Any, Any]) -> None:
    other = pairs_of(Matcher(town.catalogue), town.events[::-1], town.people[::-1])
    assert np.array_equal(pairs.X, other.X)
    assert np.array_equal(pairs.y, other.y)
    assert np.array_equal(pairs.groups, other.groups)
    rows = pairs.X[fold[0]]
    assert model_of(MatcherEstimator(pairs).fit(rows)) == model_of(MatcherEstimator(other).fit(rows[::-1]))


# --- a search


GRID = {"variety": [0.0, 0.4], "tau_activity": [0.1, 0.5]}


def searched(pairs: Pairs, grid: dict[str, list[float]], **options: Any) -> GridSearchCV:
    search = GridSearchCV(
        MatcherEstimator(pairs), grid, cv=TemporalGroupSplit(2), scoring=ndcg_by_participant, error_score="raise", **options
    )  # fmt: skip
    return search.fit(pairs.X, pairs.y, groups=pairs.groups)


def test_a_grid_search_finds_the_same_every_time_and_in_parallel(pairs: Pairs) -> None:
    once, twice = searched(pairs, GRID), searched(pairs, GRID, n_jobs=2)
    assert once.best_params_ == twice.best_params_
    assert set(once.best_params_) == set(GRID)
    scores = once.cv_results_["mean_test_score"]
    assert np.array_equal(scores, twice.cv_results_["mean_test_score"])
    assert len(set(scores)) == 4, "variety and doubt both matter"
    assert once.best_score_ == scores.max()
    assert 0.3 < scores.min() < scores.max() < 1
    best = once.best_estimator_.tuned()
    assert best.settings.variety == once.best_params_["variety"]
    assert best.prior.taus["activity"] == once.best_params_["tau_activity"]
    assert best.model.counts == {}


def test_without_a_scorer_the_score_is_the_same(pairs: Pairs, fold: tuple[Any, Any]) -> None:
    estimator, (train, test) = MatcherEstimator(pairs), fold
    estimator.fit(pairs.X[train], pairs.y[train])
    assert estimator.score(pairs.X[test], pairs.y[test]) == ndcg_by_participant(estimator, pairs.X[test], pairs.y[test])


def test_a_copy_shares_the_history_and_a_fitted_one_can_be_sent(pairs: Pairs, fold: tuple[Any, Any]) -> None:
    estimator = MatcherEstimator(pairs, tau_beta=0.3).fit(pairs.X[fold[0]])
    copy = clone(estimator)
    assert copy.pairs is pairs
    assert copy.get_params() == estimator.get_params()
    sent = pickle.loads(pickle.dumps(estimator))  # noqa: S301 — our own bytes
    assert model_of(sent) == model_of(estimator)
    rows = pairs.X[fold[1]]
    assert np.array_equal(sent.decision_function(rows), estimator.decision_function(rows))


# --- what the values do


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("scale_sd", lambda prior: prior.scale[1]),
        ("level_sd", lambda prior: prior.level_start[1]),
        ("level_sd", lambda prior: prior.level_week[1]),
        ("tau_beta", lambda prior: prior.taus["beta"]),
        ("tau_term", lambda prior: prior.taus["term"]),
        ("tau_organiser", lambda prior: prior.taus["organiser"]),
        ("tau_activity", lambda prior: prior.taus["activity"]),
    ],
)
def test_a_width_goes_where_it_belongs_and_nowhere_else(pairs: Pairs, name: str, read: Callable[[Any], float]) -> None:
    before, after = pairs.matcher.prior, MatcherEstimator(pairs, **{name: np.float64(0.77)}).tuned().prior
    assert read(after) == 0.77
    assert read(before) != 0.77
    assert (after.level_start[0], after.level_week[0], after.scale[0]) == (
        before.level_start[0],
        before.level_week[0],
        1,
    )
    kept = {f"tau_{tau}": value for tau, value in before.taus.items() if f"tau_{tau}" != name}
    assert kept.items() <= {f"tau_{tau}": value for tau, value in after.taus.items()}.items()


def test_left_out_means_as_the_matcher_has_it(town: Simulated) -> None:
    settings = wm.Settings(variety=0.33, beliefs={"near": (1.0, 1.0)})
    own = Matcher(town.catalogue, settings, constraints=CONSTRAINTS[1:], signals=SIGNALS[1:])
    tuned = MatcherEstimator(pairs_of(own, town.events)).tuned()
    assert tuned.settings == own.settings
    assert [one.name for one in tuned.signals] == [one.name for one in own.signals]
    assert tuned.constraints == own.constraints
    assert tuned.prior.taus == own.prior.taus
    assert np.array_equal(tuned.prior.start, own.prior.start)


def test_the_order_is_that_of_the_advice(town: Simulated, pairs: Pairs, fold: tuple[Any, Any]) -> None:
    people = {one.id: one for one in town.people}
    numbers = np.unique(pairs.X[fold[1], 1])[:15]
    different = 0
    for variety in (0.0, 0.9):
        estimator = MatcherEstimator(pairs, variety=variety).fit(pairs.X[fold[0]])
        for number in numbers:
            decision = pairs.decisions[int(number)]
            rows = pairs.X[pairs.X[:, 1] == number]
            order = [decision.activities[row] for row in np.argsort(-estimator.decision_function(rows))]
            gone = [one.id for one in town.catalogue if one.id not in decision.activities]
            advice = estimator.matcher_.recommend(people[decision.person], at=decision.at, without=gone)
            assert order == [one.activity.id for one in (*advice.suggestions, *advice.others)]
            scores = dict(zip(decision.activities, estimator.predict(rows), strict=True))
            assert [scores[one.activity.id] for one in advice] == pytest.approx([one.score for one in advice], abs=1e-8)
            different += order != [
                decision.activities[row] for row in np.argsort(-estimator.predict(rows), kind="stable")
            ]
    assert different > 0, "variety shows another few than the highest scores"


def test_places_by_hand() -> None:
    order = Order(lambda decision: np.array([0.4, 0.1, 0.3, 0.2]), few=lambda decision, score, n: [2, 0][:n])
    assert heights(order, decided("p", 0, 4)).tolist() == [-2, -4, -1, -3]


# --- the figure


def decided(person: str, day: int, n: int) -> Decision:
    """A decision among so many."""
    names = tuple((None, None, f"a{number}") for number in range(n))
    none = np.zeros(0)
    return Decision(person, FIRST + timedelta(days=day), f"d{day}", names, np.ones(n), np.zeros((n, 0)), none, none, -1)


class Told:
    """Orders every row by the height it was told."""

    def __init__(self, pairs: Pairs, height: Sequence[float]) -> None:
        self.pairs, self.height = pairs, np.array(height)

    def decision_function(self, rows: Any) -> Any:
        return self.height[: len(rows)]


def by_hand(matcher: Matcher) -> Pairs:
    """Two advices of q and one of p, each among two."""
    those = (decided("q", 0, 2), decided("p", 1, 2), decided("q", 2, 2))
    gains = fixed(np.array([1.0, -1, 1, -1, -1, 1]))
    return Pairs(matcher, those, History.of([]), rows_of(those), gains, persons_of(those))


def test_the_figure_by_hand_is_a_mean_over_people_of_means_over_their_advices(matcher: Matcher) -> None:
    pairs = by_hand(matcher)
    assert pairs.groups.tolist() == [1, 1, 0, 0, 1, 1]
    assert pairs.X[:, 1:].tolist() == [[0, 0], [0, 1], [1, 0], [1, 1], [2, 0], [2, 1]]
    assert pairs.X[0, 0] == FIRST.timestamp()
    second = 1 / math.log2(3)  # the good one stands in the second place
    figure = ndcg_by_participant(Told(pairs, [1, 0, 0, 1, 1, 0]), pairs.X, pairs.y)
    assert figure == pytest.approx(((1 + second) / 2 + second) / 2, abs=1e-12)


def test_advices_without_a_known_good_end_are_left_out(matcher: Matcher) -> None:
    pairs = by_hand(matcher)
    order: Any = Told(pairs, [1, 0, 0, 1, 1, 0])
    assert ndcg_by_participant(order, pairs.X, [1, -1, 0, -1, -1, -1]) == 1.0
    with pytest.raises(wm.WorMatchError, match="no advice in these rows led to somebody known to take part"):
        ndcg_by_participant(order, pairs.X, [0, -1, 0, -1, -1, -1])


def test_the_figure_is_that_of_scikit_learn(pairs: Pairs, fold: tuple[Any, Any]) -> None:
    estimator = MatcherEstimator(pairs).fit(pairs.X[fold[0]])
    judged = [number for number in np.unique(pairs.X[:, 1]) if (pairs.y[pairs.X[:, 1] == number] > 0).any()]
    assert len({pairs.decisions[int(number)].person for number in judged}) == len(judged) > 20
    found = []
    for number in judged:
        rows = pairs.X[:, 1] == number
        gains, heights_of = np.maximum(pairs.y[rows], 0), estimator.decision_function(pairs.X[rows])
        found.append(ndcg_score([gains], [heights_of]) if len(gains) > 1 else 1.0)  # it refuses an order of one
    assert ndcg_by_participant(estimator, pairs.X, pairs.y) == pytest.approx(np.mean(found), abs=1e-12)


def test_gains_are_what_is_known_of_what_was_chosen(pairs: Pairs) -> None:
    assert set(pairs.y) == {-1.0, 0.0, 1.0}
    rows = pairs.frame()
    assert len(rows) == len(pairs.X)
    assert set(rows[0]) == {"decision", "at", "activity", "gain"}
    assert sum(row["gain"] is not None for row in rows) == np.sum(pairs.y >= 0)
    for number, decision in enumerate(pairs.decisions):
        judged = np.flatnonzero(pairs.y[pairs.X[:, 1] == number] >= 0)
        assert set(judged) <= {decision.chosen}


def test_what_was_not_chosen_from_the_advice_is_not_judged(town: Simulated, pairs: Pairs) -> None:
    nothing = next(one for one in pairs.decisions if one.chosen == -1)
    told = {"kind": "followed_up", "event_id": "elsewhere", "at": nothing.at + timedelta(weeks=13), "source": "coach"}
    more = event_of({**told, "person": nothing.person, "activity": nothing.activities[-1], "status": "never"})
    other = pairs_of(Matcher(town.catalogue), [*town.events, more], town.people)
    assert np.array_equal(pairs.y, other.y)


# --- refused


@pytest.mark.parametrize("name", ["worth", "focus", "wish", "web", "floor", "worth__focus"])
def test_worth_is_not_tuned_on_outcomes(pairs: Pairs, name: str) -> None:
    why = f"^{name} is not tuned on outcomes: worth is what a person asked for, and only the judgement of coaches"
    with pytest.raises(wm.WorMatchError, match=why):
        MatcherEstimator(pairs, **{name: 0.5})
    with pytest.raises(wm.WorMatchError, match=why):
        MatcherEstimator(pairs).set_params(**{name: 0.5})
    with pytest.raises(wm.WorMatchError, match=why):
        searched(pairs, {name: [0.5]})


def test_an_unknown_parameter_is_refused(pairs: Pairs) -> None:
    with pytest.raises(wm.WorMatchError, match="has no parameter 'tau'; there are: variety, scale_sd"):
        MatcherEstimator(pairs, tau=1)
    with pytest.raises(wm.WorMatchError, match="has no parameter 'pairs__X'"):
        MatcherEstimator(pairs).set_params(pairs__X=1)


@pytest.mark.parametrize("value", [0, -0.1, math.nan, math.inf, True, "wide"])
def test_a_width_is_a_number_above_zero(pairs: Pairs, value: Any) -> None:
    for name in ("level_sd", "scale_sd", "tau_beta"):
        with pytest.raises(wm.WorMatchError, match=f"{name} is no number above 0"):
            MatcherEstimator(pairs, **{name: value}).tuned()


@pytest.mark.parametrize("value", [-0.1, 1.1, math.nan, True])
def test_a_variety_lies_from_nought_to_one(pairs: Pairs, value: Any) -> None:
    with pytest.raises(wm.WorMatchError, match="variety"):
        MatcherEstimator(pairs, variety=value).fit(pairs.X)


def test_variety_needs_the_people(town: Simulated) -> None:
    shown = pairs_of(Matcher(town.catalogue), town.events)
    with pytest.raises(wm.WorMatchError, match="variety cannot be tuned on what was shown alone"):
        MatcherEstimator(shown, variety=0.1).fit(shown.X)
    assert 0 < MatcherEstimator(shown).fit(shown.X).score(shown.X, shown.y) < 1


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (np.zeros((0, 3)), "shape \\(0, 3\\)"),
        ([], "shape \\(0,\\)"),
        (np.zeros((2, 2)), "shape \\(2, 2\\)"),
        (np.zeros(3), "shape \\(3,\\)"),
        ([["a", "b", "c"]], "no number"),
        ([[0.0, 0.0, 0.0]], "a row that is not of these pairs"),
        ([[math.nan, 0, 0]], "a row that is not of these pairs"),
    ],
)
def test_rows_of_another_form_are_refused(pairs: Pairs, rows: Any, why: str) -> None:
    with pytest.raises(wm.WorMatchError, match=why):
        MatcherEstimator(pairs).fit(rows)
    fitted = MatcherEstimator(pairs).fit(pairs.X[:50])
    for ask in (fitted.predict, fitted.decision_function):
        with pytest.raises(wm.WorMatchError, match=why):
            ask(rows)


@pytest.mark.parametrize("gains", [[1.0], [["a"]] * 50, [math.nan] * 50, None])
def test_gains_of_another_form_are_refused(pairs: Pairs, gains: Any) -> None:
    with pytest.raises(wm.WorMatchError, match=r"^y "):
        ndcg_by_participant(MatcherEstimator(pairs).fit(pairs.X[:50]), pairs.X[:50], gains)


def test_a_history_without_advice_is_refused(town: Simulated) -> None:
    with pytest.raises(wm.WorMatchError, match="no advice that can be decided again"):
        pairs_of(Matcher(town.catalogue), [])


def test_nothing_shows_a_person(pairs: Pairs) -> None:
    assert repr(pairs).startswith("Pairs(")
    assert pairs.decisions[0].person not in repr(MatcherEstimator(pairs).fit(pairs.X[:50]))
    with pytest.raises(ValueError, match="read-only"):
        pairs.X[0, 0] = 0


def test_rows_and_their_figure_load_no_scikit_learn() -> None:
    code = "import sys, wor_match.evaluation.pairs, wor_match.evaluation.scoring; print('sklearn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
