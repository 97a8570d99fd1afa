"""Every place of an advice that was drawn by lot, as a row: what was drawn, how likely that was, and how it went.

Only such places have a chance that is known exactly; what a coach picked from a list has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from wor_match.domain.catalogue import Catalogue
from wor_match.domain.columns import Codes, Floats
from wor_match.domain.event import Event
from wor_match.domain.kinds import Advised, Chosen, Shown, Visited
from wor_match.evaluation.continuation import followed_weights
from wor_match.evaluation.outcomes import Outcome, outcomes_of
from wor_match.evaluation.replaying.decisions import Decision, advices, chosen_from

NOT_CHOSEN, STARTED = 0, 1  # when it is known: as it was chosen or not, as they came or not, then week by week


@dataclass(frozen=True, slots=True, eq=False)
class Lots:
    """Places that were drawn by lot, one for each advice.

    Attributes
    ----------
    decisions : tuple of Decision, n
    taken : tuple of frozenset of int
        What stood in the places of that advice that were not drawn; it could not stand here as well.
    action : ndarray (n,) of int
        Which of `Decision.names` was drawn; -1 for what is not possible any more.
    propensity : ndarray (n,)
        How likely that was, as it was written down with the advice.
    reward : ndarray (n,)
        1 taking part after twelve weeks, or to the end of a course; 0 not, never started, or not chosen; NaN not known.
    censoring : ndarray (n,)
        What each known outcome counts (`followed_weights`); 0 for unknown ones.
    n_without : int
        Advices without such a place.
    """

    decisions: tuple[Decision, ...]
    taken: tuple[frozenset[int], ...]
    action: Codes
    propensity: Floats
    reward: Floats = field(repr=False)
    censoring: Floats = field(repr=False)
    n_without: int

    @classmethod
    def of(cls, decisions: Sequence[Decision], history: Iterable[Event], catalogue: Catalogue) -> Lots:
        """The rows of advices.

        Parameters
        ----------
        decisions : sequence of Decision
            Made with the people (`decisions_of`).
        history : iterable of Event
            What holds, as `settled` gives it.
        """
        told = tuple(history)
        advised = first_told(told)
        places = [(one, told_then := advised[one.person, one.id], place_drawn(told_then)) for one in decisions]
        rows = [(decision, advice, place) for decision, advice, place in places if place is not None]
        went = How.of(told, catalogue)
        known = [went.with_drawn(decision, advice.shown[place]) for decision, advice, place in rows]
        reward = np.array([np.nan if y is None else float(y) for y, _ in known])
        when = np.array([at for _, at in known], dtype=np.int64)
        return cls(
            decisions=tuple(decision for decision, *_ in rows),
            taken=tuple(not_drawn(decision, advice) for decision, advice, _ in rows),
            action=np.array([decision.shown[place] for decision, _, place in rows], dtype=np.int64),
            propensity=np.array([advice.shown[place].propensity for _, advice, place in rows], dtype=np.float64),
            reward=reward,
            censoring=followed_weights(when, ~np.isnan(reward)) if rows else np.zeros(0),
            n_without=len(places) - len(rows),
        )

    def __len__(self) -> int:
        return len(self.decisions)

    @property
    def persons(self) -> tuple[str, ...]:
        """Whose each row is."""
        return tuple(one.person for one in self.decisions)


@dataclass(frozen=True, slots=True, eq=False)
class How:
    """How it went with what was drawn.

    Attributes
    ----------
    choices : mapping
        Person and decision → what was chosen from it.
    outcomes : mapping
        Person and activity → the outcome.
    came : frozenset
        Persons and activities of whom it is known that they came at all.
    now : mapping
        Former id → present id of an activity.
    """

    choices: Mapping[tuple[str, str], Chosen]
    outcomes: Mapping[tuple[str, str], Outcome]
    came: frozenset[tuple[str, str]]
    now: Mapping[str, str]

    @classmethod
    def of(cls, history: tuple[Event, ...], catalogue: Catalogue) -> How:
        """From what holds."""
        now = catalogue.present_ids
        visits = (one for one in history if isinstance(one, Visited) and one.attended)
        came = frozenset((one.person, now.get(one.activity, one.activity)) for one in visits)
        return cls(chosen_from(history), outcomes_of(history, catalogue), came, now)

    def with_drawn(self, decision: Decision, shown: Shown) -> tuple[bool | None, int]:
        """Whether they take part, None when nobody knows; and when that was known, or when they were last heard of."""
        activity = self.now.get(shown.activity, shown.activity)
        chosen = self.choices.get((decision.person, decision.id))
        if chosen is not None and activity not in {self.now.get(name, name) for name in chosen.activities}:
            return False, NOT_CHOSEN
        if not decision.own_outcome:
            return None, NOT_CHOSEN
        went = self.outcomes.get((decision.person, activity))
        if went is None:  # nothing was heard, or too little to count as an experience
            return None, STARTED if (decision.person, activity) in self.came else NOT_CHOSEN
        return went.takes_part, STARTED + went.week


def first_told(history: Iterable[Event]) -> Mapping[tuple[str, str], Advised]:
    """Person and decision → the advice, the first that was told."""
    found: dict[tuple[str, str], Advised] = {}
    for advised in advices(history):
        found.setdefault((advised.person, advised.decision), advised)
    return found


def by_lot(shown: Shown) -> bool:
    """Whether something stood in its place by lot."""
    return shown.explored or shown.propensity < 1


def place_drawn(advised: Advised) -> int | None:
    """The first place that was drawn: the lot of a later one hangs on what was drawn before."""
    return next((place for place, shown in enumerate(advised.shown) if by_lot(shown)), None)


def not_drawn(decision: Decision, advised: Advised) -> frozenset[int]:
    """What stood in the other places without a lot."""
    pairs = zip(decision.shown.tolist(), advised.shown, strict=True)
    return frozenset(row for row, shown in pairs if row >= 0 and not by_lot(shown))
