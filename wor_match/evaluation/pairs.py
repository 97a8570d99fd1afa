"""Every advice of a history as rows for scikit-learn: one for each activity that was possible, with what came of it.

It knows nothing of scikit-learn. What was known at the moment of an advice is told apart from what became known later.
"""

# ruff: noqa: N803 — X is the name that scikit-learn gives it
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from wor_match.domain.columns import Codes, Floats
from wor_match.domain.event import Event
from wor_match.domain.forgetting import forgetful
from wor_match.domain.participant import Participant
from wor_match.errors import WorMatchError
from wor_match.evaluation.outcomes import outcomes_of
from wor_match.evaluation.replaying.decisions import Decision, decisions_of
from wor_match.evaluation.replaying.history import History
from wor_match.evaluation.replaying.noted import outcome_of_chosen
from wor_match.interop.frames import Backend, frame
from wor_match.learning import Prior
from wor_match.matcher import Matcher
from wor_match.settings import Settings

UNJUDGED = -1.0  # the gain of what nobody knows, as trec_eval writes it
GAINS = {True: 1.0, False: 0.0, None: UNJUDGED}
Array = TypeVar("Array", Floats, Codes)
COLUMNS = ("moment", "decision", "candidate")
SHOWN_AS = {"decision": str, "at": str, "activity": str, "gain": float}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Pairs:
    """Advices and all that was possible in each, as rows; immutable, so that copies of it are itself.

    Attributes
    ----------
    matcher : Matcher
        With its offer, settings and beliefs; whatever it had learned is left out.
    decisions : tuple of Decision
        By moment.
    history : History
    X : ndarray (n_pairs, 3)
        Moment of the advice (seconds since 1970), number of the decision, number of the activity in it.
    y : ndarray (n_pairs,)
        What came of it: 1 taking part after twelve weeks, 0 chosen and known not to, -1 nobody knows. What was not
        chosen is -1.
    groups : ndarray (n_pairs,) of int
        Who it is about, as a code.
    """

    matcher: Matcher
    decisions: tuple[Decision, ...]
    history: History
    X: Floats
    y: Floats
    groups: Codes

    def __repr__(self) -> str:
        people = len({one.person for one in self.decisions})
        return f"Pairs({len(self.y)} rows, {len(self.decisions)} advices of {people} people)"

    def __deepcopy__(self, memo: object) -> Pairs:
        return self  # nothing in it changes, and scikit-learn copies parameters for every fit

    def frame(self, backend: Backend | None = None) -> Any:
        """A row for each row of X: decision, moment, activity and gain; the gain is missing where nobody knows it.

        Parameters
        ----------
        backend : str, optional
            ``polars``, ``pandas`` or ``pyarrow``; a list of dicts when left out.
        """
        named = [(one.id, one.at.isoformat(), activity) for one in self.decisions for activity in one.activities]
        gains = [None if gain == UNJUDGED else gain for gain in self.y.tolist()]
        rows = [dict(zip(SHOWN_AS, (*name, gain), strict=True)) for name, gain in zip(named, gains, strict=True)]
        return frame(rows, SHOWN_AS, backend)

    def at_rows(self, X: Any) -> tuple[Codes, Codes]:
        """The number of the decision and of the activity in it, of rows of X; both (n_rows,).

        Raises
        ------
        WorMatchError
            When there are no rows, or they are not rows of `X`.
        """
        try:
            rows = np.asarray(X, dtype=np.float64)
        except (TypeError, ValueError):
            raise WorMatchError("X holds something that is no number; give rows of Pairs.X", code="no-number") from None
        if rows.ndim != 2 or rows.shape[1] != len(COLUMNS) or not len(rows):
            raise WorMatchError(
                f"X has the shape {rows.shape}; give one or more rows of Pairs.X: {', '.join(COLUMNS)}",
                code="other-length",
            )
        own = {tuple(row) for row in self.X.tolist()}
        if not own.issuperset(map(tuple, rows.tolist())):
            raise WorMatchError(
                "X holds a row that is not of these pairs; give rows of Pairs.X as they are", code="not-comparable"
            )
        return rows[:, 1].astype(np.int64), rows[:, 2].astype(np.int64)

    def known_to(self, numbers: Iterable[int]) -> tuple[Event, ...]:
        """What was told before the last of these decisions, about the people they are for and about the offer.

        Parameters
        ----------
        numbers : iterable of int
            Of decisions, one or more.
        """
        those = [self.decisions[number] for number in numbers]
        people, moment = {one.person for one in those}, max(one.at for one in those)
        before = self.history.before(moment)
        return tuple(one for one in before if one.of is None or one.of in people)


@forgetful
def pairs_of(matcher: Matcher, events: Any, people: Iterable[Participant] | None = None) -> Pairs:
    """The advices of a history as rows for scikit-learn.

    Who does not consent to learning is left out, also who took the consent back later.

    Parameters
    ----------
    matcher : Matcher
        With the offer, the rules and the beliefs.
    events : iterable of Event, or anything with ``.read()``
        A whole history.
    people : iterable of Participant, optional
        Who was advised. With them all that was possible that day is a row; without, only what was shown.

    Raises
    ------
    EventError
        When the history contradicts itself.
    WorMatchError
        When there is no advice that can be decided again.

    Examples
    --------
    >>> from wor_match.evaluation.simulation import World, simulate
    >>> town = simulate(World(people=12))
    >>> pairs_of(Matcher(town.catalogue), town.events, town.people)
    Pairs(253 rows, 12 advices of 12 people)
    """
    history, fresh = History.of(events), unlearned(matcher)
    decisions = decisions_of(fresh, history, people)
    if not decisions:
        raise WorMatchError(
            "the history has no advice that can be decided again; give the `advised` events of people who consent to "
            "learning, and the people they are about",
            code="nothing-to-count",
        )
    gains = gains_of(decisions, history.held, fresh)
    return Pairs(fresh, decisions, history, rows_of(decisions), gains, persons_of(decisions))


def unlearned(matcher: Matcher, settings: Settings | None = None, prior: Prior | None = None) -> Matcher:
    """The same matcher before it learned anything, with other settings or another prior when they are given."""
    return Matcher(
        matcher.catalogue,
        settings or matcher.settings,
        prior=prior or matcher.prior,
        constraints=matcher.constraints,
        signals=matcher.signals,
    )


def rows_of(decisions: Sequence[Decision]) -> Floats:
    """Moment, decision and activity of each pair, (n_pairs, 3)."""
    told = [
        (decision.at.timestamp(), number, candidate)
        for number, decision in enumerate(decisions)
        for candidate in range(len(decision.names))
    ]
    return fixed(np.array(told, dtype=np.float64))


def gains_of(decisions: Sequence[Decision], history: Iterable[Event], matcher: Matcher) -> Floats:
    """What came of each pair, (n_pairs,)."""
    outcomes = outcomes_of(history, matcher.catalogue)
    found = [np.full(len(one.names), UNJUDGED) for one in decisions]
    for decision, gains in zip(decisions, found, strict=True):
        if decision.chosen >= 0:
            gains[decision.chosen] = GAINS[outcome_of_chosen(decision, outcomes).takes_part]
    return fixed(np.concatenate(found))


def persons_of(decisions: Sequence[Decision]) -> Codes:
    """A code for the person of each pair, (n_pairs,)."""
    codes = {person: code for code, person in enumerate(sorted({one.person for one in decisions}))}
    told = [codes[one.person] for one in decisions for _ in one.names]
    return fixed(np.array(told, dtype=np.int64))


def fixed(array: Array) -> Array:
    """The array, which nobody can change any more."""
    array.setflags(write=False)
    return array
