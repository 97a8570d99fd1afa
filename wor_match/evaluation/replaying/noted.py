"""What a way of advising made of each decision, as numbers; and how each decision went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wor_match.choosing import ROUNDED
from wor_match.domain.columns import Floats
from wor_match.evaluation.continuation import followed_weights
from wor_match.evaluation.outcomes import UNKNOWN, Outcome
from wor_match.evaluation.replaying.decisions import Decision
from wor_match.evaluation.replaying.policies import Order

FEW = 1e-6  # a chance nearer to 0 or 1 counts as this near, so that one surprise is not infinite


@dataclass(frozen=True, eq=False)
class Noted:
    """What one policy made of each decision.

    Attributes
    ----------
    regret, rank, in_first_three, chance : ndarray (n_decisions,)
        NaN where there is nothing to say; `chance` is that of what was chosen.
    """

    regret: Floats
    rank: Floats
    in_first_three: Floats
    chance: Floats

    @classmethod
    def of(cls, decisions: Sequence[Decision]) -> Noted:
        """Nothing noted yet."""
        return cls(*(np.full(len(decisions), np.nan) for _ in range(4)))

    def note(self, number: int, decision: Decision, order: Order, score: Floats, n: int) -> None:
        """Note what an order with this score makes of one decision.

        Regret compares as many as are shown with the best so many that were possible. Of equal scores half stand above.
        """
        if decision.true is not None:
            value = decision.worth * decision.true
            shown = order.few(decision, score, n)
            self.regret[number] = np.sort(value)[::-1][: len(shown)].mean() - value[shown].mean()
        if decision.chosen >= 0 and len(score) > 1:
            above = np.round(score - score[decision.chosen], ROUNDED)
            before = (above > 0).sum() + ((above == 0).sum() - 1) / 2
            self.rank[number] = before / (len(score) - 1)
            self.in_first_three[number] = before < n
        if decision.chosen >= 0 and order.chance is not None:
            self.chance[number] = order.chance(decision)[decision.chosen]

    def values(self, measure: str, went: Went) -> tuple[Floats, Floats | None]:
        """A measure of each decision, (n_decisions,), NaN where there is nothing to say; and what each counts."""
        if measure == "too_low":
            return went.y - self.chance, went.weight
        if measure == "log_loss":
            chance = np.clip(self.chance, FEW, 1 - FEW)
            return -(went.y * np.log(chance) + (1 - went.y) * np.log1p(-chance)), went.weight
        values: Floats = getattr(self, measure)
        return values, None


@dataclass(frozen=True, eq=False)
class Went:
    """How each decision went.

    Attributes
    ----------
    y : ndarray (n_decisions,)
        1 taking part after twelve weeks, 0 not; NaN where nothing was chosen or nobody knows.
    weight : ndarray (n_decisions,)
        What each known one counts, so that those who were followed speak for those who were not; 0 elsewhere.
    """

    y: Floats
    weight: Floats

    @classmethod
    def of(cls, decisions: Sequence[Decision], outcomes: Mapping[tuple[str, str], Outcome]) -> Went:
        """How they went, as far as it is known."""
        y, weight = np.full(len(decisions), np.nan), np.zeros(len(decisions))
        chosen = [number for number, one in enumerate(decisions) if one.chosen >= 0]
        if chosen:
            seen = [outcome_of_chosen(decisions[number], outcomes) for number in chosen]
            y[chosen] = [np.nan if one.takes_part is None else float(one.takes_part) for one in seen]
            weight[chosen] = followed_weights([one.week for one in seen], [one.takes_part is not None for one in seen])
        return cls(y, weight)


def outcome_of_chosen(decision: Decision, outcomes: Mapping[tuple[str, str], Outcome]) -> Outcome:
    """How it went with what was chosen; unknown when the same was chosen again later."""
    if not decision.own_outcome:
        return UNKNOWN
    return outcomes.get((decision.person, decision.activities[decision.chosen]), UNKNOWN)
