"""Ways to order what is possible for a person: ours, and plain ones that it should beat.

A policy learns from what was known at a moment and gives an order; it never sees how a decision went.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from wor_match.choosing import ROUNDED, slate
from wor_match.domain.catalogue import Catalogue
from wor_match.domain.columns import Floats
from wor_match.domain.event import Event
from wor_match.domain.lazy import lazy
from wor_match.errors import WorMatchError
from wor_match.evaluation.outcomes import outcome_of
from wor_match.evaluation.replaying.decisions import Decision
from wor_match.learning import Learned, mean_chance
from wor_match.learning.episodes import Told, episodes_of
from wor_match.learning.learned import VISITORS_SAY, arrays
from wor_match.learning.rows import Codes
from wor_match.learning.visitors import NEUTRAL, Visitors
from wor_match.matcher import Matcher
from wor_match.settings import Settings

LEAST_TO_FIT = 10  # people who stayed, and who did not, below which the plain logit knows nothing; an assumption
RANDOM, NEAREST, ATTENDED, EXPERT, LOGIT, OURS = (
    "random",
    "nearest",
    "most_attended",
    "expert_only",
    "naive_logit",
    "ours",
)


@dataclass(frozen=True, eq=False)
class Past:
    """What was known at a moment: the events that were told before it."""

    events: tuple[Event, ...] = field(repr=False)
    catalogue: Catalogue

    @lazy
    def told(self) -> Told:
        """The episodes, as far as they were known."""
        return episodes_of(self.events, self.catalogue)


def best(decision: Decision, score: Floats, n: int) -> list[int]:
    """The highest scores, ties by id."""
    rows: list[int] = np.argsort(-np.round(score, ROUNDED), kind="stable")[:n].tolist()
    return rows


@dataclass(frozen=True)
class Order:
    """An order of what is possible.

    Attributes
    ----------
    score : callable
        ``(decision) -> (n,)``, the higher the better.
    chance : callable or None
        ``(decision) -> (n,)``, of taking part after twelve weeks; None when it gives none.
    few : callable
        ``(decision, score, n) -> rows``: which it would show.
    shares : callable or None
        ``(decision) -> (n,)``: how likely it puts each first, when a lot decides; None when the order does.
    """

    score: Callable[[Decision], Floats]
    chance: Callable[[Decision], Floats] | None = None
    few: Callable[[Decision, Floats, int], list[int]] = best
    shares: Callable[[Decision], Floats] | None = None


@dataclass(frozen=True)
class Policy:
    """A way to order, which may learn.

    Attributes
    ----------
    name : str
        As it stands in figures.
    learn : callable
        ``(past) -> Order``: the order when it knows what was known then.

    Examples
    --------
    >>> Policy("first in the alphabet", lambda past: Order(lambda decision: -np.arange(len(decision.names))))
    Policy('first in the alphabet')
    """

    name: str
    learn: Callable[[Past], Order]

    def __repr__(self) -> str:
        return f"Policy({self.name!r})"


def policies_of(matcher: Matcher, seed: int = 0) -> tuple[Policy, ...]:
    """Ours, the expert's beliefs alone, and four plain ones."""
    near = next((at for at, signal in enumerate(matcher.signals) if signal.name == "near"), None)
    plain = () if near is None else (Policy(NEAREST, lambda past: Order(lambda decision: decision.strengths[:, near])),)
    return (
        ours(matcher),
        expert_only(matcher),
        naive_logit(matcher),
        Policy(ATTENDED, most_attended),
        *plain,
        Policy(RANDOM, lambda past: Order(partial(by_lot, seed=seed), shares=all_alike)),
    )


def checked_policies(policies: Sequence[Policy] | None, matcher: Matcher) -> tuple[Policy, ...]:
    """The policies that are asked for, those of a matcher when none are; each with a name of its own.

    Raises
    ------
    WorMatchError
        When there are none, or two have one name.
    """
    found = policies_of(matcher) if policies is None else tuple(policies)
    if not found or len({one.name for one in found}) < len(found):
        raise WorMatchError("give one or more policies, each with a name of its own", code="missing")
    return found


def scored(name: str, order: Order, decision: Decision) -> Floats:
    """What an order makes of a decision, (n,).

    Raises
    ------
    WorMatchError
        When it is not a finite number for each possible activity.
    """
    score = np.asarray(order.score(decision), dtype=np.float64)
    if score.shape != (len(decision.names),) or not np.isfinite(score).all():
        raise WorMatchError(
            f"policy {name!r} gives decision {decision.id} no order of {len(decision.names)} finite numbers; "
            "give each possible activity one",
            code="other-length",
        )
    return score


def drawn(policy: Policy, warmth: float, name: str | None = None) -> Policy:
    """The same way to order, but a lot decides what comes first: what scores higher by `warmth` is e times as likely.

    Parameters
    ----------
    policy : Policy
    warmth : float
        In score, above 0: near 0 the best always comes first, far above it all are alike.

    Raises
    ------
    WorMatchError
        When `warmth` is no finite number above 0.
    """
    if not (np.isfinite(warmth) and warmth > 0):
        raise WorMatchError(f"drawn() has a warmth of {warmth:g}; give a number above 0, in score", code="out-of-range")

    def shares(order: Order, decision: Decision) -> Floats:
        """The lot, from the scores."""
        score = order.score(decision)
        lot = np.exp((score - score.max()) / warmth)
        return np.asarray(lot / lot.sum(), dtype=np.float64)

    def learn(past: Past) -> Order:
        """The order as it was learned, with a lot for the first place."""
        order = policy.learn(past)
        return replace(order, shares=partial(shares, order))

    return Policy(name or f"{policy.name}, by lot", learn)


def ours(matcher: Matcher, name: str = OURS) -> Policy:
    """As this matcher would advise when it had learned what was known."""
    return Policy(name, lambda past: ordering(matcher, matcher.learn(past.events).model))


def expert_only(matcher: Matcher) -> Policy:
    """As this matcher would advise when it never learned."""
    believed = ordering(matcher, Learned.nothing(matcher.prior))
    return Policy(EXPERT, lambda past: believed)


def ordering(matcher: Matcher, model: Learned) -> Order:
    """Worth x chance, and a few of them with variety, as an advice has them."""
    names = [signal.name for signal in matcher.signals]
    column = names.index(VISITORS_SAY) if VISITORS_SAY in names else None

    def chance(decision: Decision) -> Floats:
        """The mean chance over the draws, with what visitors said by then."""
        if decision.strengths.shape[1] != len(names):
            raise WorMatchError(
                "a policy is of a matcher with other signals than this history is replayed with", code="other-signals"
            )
        strengths = decision.strengths.copy()
        if column is not None:
            strengths[:, column] = [model.visitors.get(one, NEUTRAL) - NEUTRAL for one in decision.activities]
        return mean_chance(model.posterior.draws, strengths, model.record(decision.names))

    return Order(
        lambda decision: decision.worth * chance(decision), chance, partial(composed, settings=matcher.settings)
    )


def composed(decision: Decision, score: Floats, n: int, settings: Settings) -> list[int]:
    """What an advice would show with this score: a few that differ."""
    if decision.slate is None:
        return best(decision, score, n)
    candidates = replace(decision.slate, score=np.round(score, ROUNDED))
    return slate(candidates, n, settings.variety, settings.explore_margin)


def by_lot(decision: Decision, seed: int) -> Floats:
    """A lot for each, which depends on the decision and the activity only."""
    asked = f"{seed} {decision.person} {decision.id}"
    lots = (hashlib.sha256(f"{asked} {one}".encode()).digest() for one in decision.activities)
    return np.array([int.from_bytes(lot[:6], "big") / 2**48 for lot in lots])


def all_alike(decision: Decision) -> Floats:
    """Each as likely as the others."""
    return np.full(len(decision.names), 1.0 / len(decision.names))


def most_attended(past: Past) -> Order:
    """Where most people are known to have started."""
    came = Counter(one.activity for one in past.told.episodes if one.started == 1)
    return Order(lambda decision: np.array([float(came[one]) for one in decision.activities]))


def naive_logit(matcher: Matcher) -> Policy:
    """As this matcher would advise with a plain logistic regression for the chance."""
    signals = {one.name: one.neutral for one in matcher.signals}
    return Policy(LOGIT, lambda past: logit_of(past, signals, partial(composed, settings=matcher.settings)))


def logit_of(past: Past, signals: Mapping[str, float], few: Callable[[Decision, Floats, int], list[int]]) -> Order:
    """Worth times a logistic regression of "still there?" on the strengths and the activity, as people often do it.

    Who is not known to be there or gone is left out, and so is the week in which they went.
    """
    from sklearn.linear_model import LogisticRegression

    known = {one: outcome_of(one).takes_part for one in past.told.episodes if one.strengths is not None}
    rows = [one for one, there in known.items() if there is not None]
    y = np.array([bool(known[one]) for one in rows], dtype=np.int64)
    if min(np.bincount(y, minlength=2)) < LEAST_TO_FIT:
        return Order(lambda decision: decision.worth, few=few)
    names = sorted({one.activity for one in rows})
    kinds = {"activity": tuple(names), "term": (), "organiser": ()}
    seen = arrays(rows, kinds, signals, Visitors.of(rows))
    fit = LogisticRegression(max_iter=1_000).fit(beside(seen.strengths, seen.activity, len(names)), y)

    def chance(decision: Decision) -> Floats:
        """Of still being there."""
        codes = np.array([names.index(one) if one in names else -1 for one in decision.activities])
        told: Floats = fit.predict_proba(beside(decision.strengths, codes, len(names)))[:, 1]
        return told

    return Order(lambda decision: decision.worth * chance(decision), chance, few)


def beside(strengths: Floats, activity: Codes, n: int) -> Floats:
    """Strengths with a column for each activity beside them; none for an activity nobody was seen at."""
    return np.hstack([strengths, (activity[:, None] == np.arange(n)).astype(np.float64)])
