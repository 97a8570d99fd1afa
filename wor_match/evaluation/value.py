"""What another way of advising would have given, from places drawn by lot whose chance was written down that day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from wor_match.domain.catalogue import Catalogue
from wor_match.domain.columns import Floats
from wor_match.domain.event import Event, OfPerson
from wor_match.domain.forgetting import forgetful
from wor_match.domain.participant import Participant
from wor_match.errors import WorMatchError
from wor_match.evaluation.over_people import People
from wor_match.evaluation.replay import walked
from wor_match.evaluation.replaying.decisions import Decision, decisions_of
from wor_match.evaluation.replaying.history import History
from wor_match.evaluation.replaying.lots import Lots
from wor_match.evaluation.replaying.policies import Order, Policy, best, checked_policies, ordering
from wor_match.evaluation.replaying.valued import NEVER_DRAWN, NO_ADVICE, NO_LOT, Value, Values, valued
from wor_match.matcher import Matcher
from wor_match.settings import Settings


@forgetful
def value(
    catalogue: Catalogue,
    events: Any,
    people: Iterable[Participant],
    settings: Settings | None = None,
    policies: Sequence[Policy] | None = None,
    *,
    every_days: int = 28,
) -> Values:
    """The share that would take part after twelve weeks under other ways of advising; refused where it cannot be told.

    What counts are places of an advice that were drawn by lot (`explored`, or a `propensity` below 1), the first of
    each advice. Each way fills that place as it would have that day, knowing what was told before its last lesson.
    Outcomes that are not known are stood in for by those that are (`followed_weights`).

    Parameters
    ----------
    catalogue : Catalogue
    events : iterable of Event, or anything with ``.read()``
        A whole history.
    people : iterable of Participant
        Who was advised: what was possible for them is worked out again.
    settings : Settings, optional
    policies : sequence of Policy, optional
        When left out: ours, the expert's beliefs alone, a plain 0/1 logit, most attended, nearest, random.
    every_days : int
        After how many days each policy learns again from what was told by then.

    Raises
    ------
    EventError
        When the history contradicts itself.
    WorMatchError
        When there are no policies, two have one name, one gives an order that is no numbers, or `every_days` is below
        1.

    References
    ----------
    See `off_policy` for the figures and `valued` for when they are refused.

    Examples
    --------
    >>> from wor_match.evaluation.simulation import World, simulate
    >>> town = simulate(World(people=40, lottery=1.0))
    >>> value(town.catalogue, town.events, town.people)
    Values(37 places drawn for 37 people, 6 policies)
    """
    matcher, history = Matcher(catalogue, settings), History.of(events)
    ways = checked_policies(policies, matcher)
    lots = Lots.of(decisions_of(matcher, history, people), history.held, catalogue)
    persons = People(lots.persons)
    if refused := unknown(lots):
        figures = tuple(Value(one.name, reason=refused) for one in ways)
    else:
        shares: dict[str, list[Floats]] = {one.name: [] for one in ways}
        for taken, (decision, orders) in zip(
            lots.taken, walked(lots.decisions, ways, history, catalogue, every_days), strict=True
        ):
            for name, order in orders.items():
                shares[name].append(put_first(name, order, decision, taken))
        q = of_the_other_half(matcher, history.held, lots)
        figures = tuple(figure(name, lots, rows, q, persons) for name, rows in shares.items())
    return Values(
        figures=figures,
        drawn=persons.mean(lots.reward, lots.censoring),
        rows=len(lots),
        known=int((~np.isnan(lots.reward)).sum()),
        without=lots.n_without,
        persons=persons.n,
    )


def unknown(lots: Lots) -> str:
    """Why nothing can be said of any policy; empty when something can."""
    if not len(lots):
        return NO_LOT if lots.n_without else NO_ADVICE
    return NEVER_DRAWN if (lots.propensity == 0).any() else ""


def put_first(name: str, order: Order, decision: Decision, taken: frozenset[int]) -> Floats:
    """How likely each of what was possible is put in the place that was drawn, (n,); all 0 when nothing is left."""
    open_ = np.array([row not in taken for row in range(len(decision.names))])
    told = (order.score if order.shares is None else order.shares)(decision)
    if np.shape(told) != open_.shape or not np.isfinite(told).all() or (order.shares and (told < 0).any()):
        raise WorMatchError(
            f"policy {name!r} gives decision {decision.id} an order that is not {len(open_)} finite numbers; "
            "give each possible activity one (shares: 0 or more)",
            code="other-length",
        )
    if order.shares is not None:
        left = np.where(open_, told, 0.0)
        total = float(left.sum())
        return np.asarray(left / (total if total > 0 else 1.0), dtype=np.float64)
    shown = [*order.few(decision, told, len(taken) + 1), *best(decision, told, len(open_))]
    first = next((row for row in shown if open_[row]), -1)
    return np.asarray(np.arange(len(open_)) == first, dtype=np.float64)


def of_the_other_half(matcher: Matcher, history: tuple[Event, ...], lots: Lots) -> list[Floats]:
    """The chance of each possible activity by a model that learned from the half of the people without this one."""
    half = halves(event.person for event in history if isinstance(event, OfPerson))
    chances = []
    for number in (0, 1):
        others = [one for one in history if not isinstance(one, OfPerson) or half[one.person] != number]
        chances.append(ordering(matcher, matcher.learn(others).model).chance)
    return [chance(one) for one in lots.decisions if (chance := chances[half[one.person]]) is not None]


def halves(persons: Iterable[str]) -> Mapping[str, int]:
    """Person → 0 or 1, half of them each, by a digest of their pseudonym: whatever the order they come in."""
    found = sorted(set(persons), key=lambda one: (hashlib.sha256(one.encode()).digest(), one))
    return {person: number % 2 for number, person in enumerate(found)}


def figure(name: str, lots: Lots, shares: Sequence[Floats], q: Sequence[Floats], persons: People) -> Value:
    """The figures of one policy from what it would have put first."""
    rows = range(len(lots))
    there = lots.action >= 0
    target, q_logged = (np.array([one[row][at] for row, at in enumerate(lots.action)]) * there for one in (shares, q))
    return valued(
        name,
        reward=lots.reward,
        logged=lots.propensity,
        target=target,
        q_logged=q_logged,
        q_target=np.array([float(shares[row] @ q[row]) for row in rows]),
        censoring=lots.censoring,
        persons=persons,
    )
