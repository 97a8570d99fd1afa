"""Every advice that was given, as something that can be decided again: what was possible, shown and chosen.

With the people at hand everything that was possible that day can be ordered anew; without them only what was shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from wor_match.choosing import Candidates
from wor_match.domain.columns import Floats
from wor_match.domain.event import Event
from wor_match.domain.kinds import Advised, Chosen
from wor_match.domain.participant import Participant, once_each
from wor_match.errors import WorMatchError
from wor_match.evaluation.replaying.history import History
from wor_match.knowledge import recorded_by
from wor_match.learning.episodes import closings, day_of
from wor_match.learning.learned import Named
from wor_match.matcher import Matcher
from wor_match.question import Question

TrueChances = Callable[[str, datetime, Question], Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """One advice, and what there was to choose from.

    Attributes
    ----------
    person : str
    at : datetime
    id : str
    names : tuple of (term, organiser, activity)
        What was possible, by activity id; without the person only what was shown or chosen.
    worth : ndarray (n,)
    strengths : ndarray (n, n_signals)
        Minus neutral; what visitors say is 0 here, since each way of ordering knows its own.
    shown : ndarray (n_shown,) of int
        Which of them were shown, in order; -1 for what is not possible any more.
    propensity : ndarray (n_shown,)
        The chance that each stood in its place.
    chosen : int
        Which of them was chosen; -1 nothing, or something else.
    slate : Candidates or None
        For who composes a few; None without the person.
    true : ndarray (n,) or None
        The true chance of each, in an invented world.
    own_outcome : bool
        Whether how it went there belongs to this choice: who chose the same again later has one outcome, of the last.
    """

    person: str
    at: datetime
    id: str
    names: tuple[Named, ...]
    worth: Floats
    strengths: Floats
    shown: Any
    propensity: Floats
    chosen: int
    slate: Candidates | None = None
    true: Floats | None = None
    own_outcome: bool = True

    def __repr__(self) -> str:
        return f"Decision({self.id}, {len(self.names)} possible)"

    @property
    def activities(self) -> tuple[str, ...]:
        """The ids of what was possible."""
        return tuple(name for *_, name in self.names)


def decisions_of(
    matcher: Matcher,
    events: Any,
    people: Iterable[Participant] | None = None,
    truth: TrueChances | None = None,
) -> tuple[Decision, ...]:
    """The advices of a history that can be decided again, by moment; people without learning consent are left out.

    Parameters
    ----------
    matcher : Matcher
        With the offer and the rules; what it learned does not count.
    events : iterable of Event, or anything with ``.read()``
    people : iterable of Participant, optional
        Who they are about; who is not among them is left out.
    truth : callable, optional
        ``(person, moment, question) -> (n_possible,)`` true chances, as `Simulated.truth.chances`; needs the people.

    Raises
    ------
    EventError
        When the history contradicts itself.
    WorMatchError
        When one id stands for two people, or there is a truth without people.
    """
    if truth is not None and people is None:
        raise WorMatchError("there is a truth and no people; give the people it is about", code="missing")
    known = None if people is None else {person.id: person for person in once_each(people)}
    told = History.of(events).held
    choices, last = chosen_from(told), last_choices(told)
    now = matcher.catalogue.present_ids
    closed = closings(told, now)
    found: dict[tuple[str, str], Decision] = {}
    for advised in advices(told):
        key = (advised.person, advised.decision)
        if key in found or (known is not None and advised.person not in known):
            continue
        told_of = (advised, choices.get(key), last, now)
        if known is None:
            decision = from_shown(matcher, *told_of)
        else:
            gone = [name for name, on in closed.items() if on < day_of(advised.at)]
            question = matcher.question(known[advised.person], at=advised.at, without=gone)
            decision = from_question(question, truth, *told_of)
        if len(decision.names):
            found[key] = decision
    return tuple(found.values())


def advices(told: Iterable[Event]) -> Iterator[Advised]:
    """The advices in a history."""
    yield from (event for event in told if isinstance(event, Advised))


def chosen_from(told: Iterable[Event]) -> Mapping[tuple[str, str], Chosen]:
    """Person and decision → the last choice from it."""
    chosen = (event for event in told if isinstance(event, Chosen) and event.decision is not None)
    return {(event.person, str(event.decision)): event for event in chosen}


def last_choices(told: Iterable[Event]) -> Mapping[tuple[str, str], str | None]:
    """Person and activity → the decision from which it was chosen last; None when from none."""
    chosen = (event for event in told if isinstance(event, Chosen))
    return {(event.person, name): event.decision for event in chosen for name in event.activities}


def from_question(
    question: Question,
    truth: TrueChances | None,
    advised: Advised,
    chosen: Chosen | None,
    last: Mapping[tuple[str, str], str | None],
    now: Mapping[str, str],
) -> Decision:
    """The decision with everything that was possible for this person at that moment."""
    rows = question.possible
    names = tuple(recorded_by(question.columns.activities[row]) for row in rows)
    return Decision(
        **placed(advised, chosen, names, last, now),
        worth=question.worth.value[rows],
        strengths=question.strengths[rows],
        slate=question.candidates(),
        true=None if truth is None else truth(advised.person, advised.at, question),
    )


def from_shown(
    matcher: Matcher,
    advised: Advised,
    chosen: Chosen | None,
    last: Mapping[tuple[str, str], str | None],
    now: Mapping[str, str],
) -> Decision:
    """The decision among what was shown, with the strengths of that day."""
    shown = sorted(advised.shown, key=lambda one: one.activity)
    names = tuple((one.term, one.organiser, now.get(one.activity, one.activity)) for one in shown)
    told = [
        [one.strengths.get(signal.name, signal.neutral) - signal.neutral for signal in matcher.signals] for one in shown
    ]
    return Decision(
        **placed(advised, chosen, names, last, now),
        worth=np.array([one.worth for one in shown]),
        strengths=np.array(told, dtype=np.float64).reshape(len(shown), len(matcher.signals)),
    )


def placed(
    advised: Advised,
    chosen: Chosen | None,
    names: tuple[Named, ...],
    last: Mapping[tuple[str, str], str | None],
    now: Mapping[str, str],
) -> dict[str, Any]:
    """What both kinds of decision have in common."""
    place = {name: number for number, (*_, name) in enumerate(names)}
    first = next(iter(chosen.activities), None) if chosen else None
    shown = [place.get(now.get(one.activity, one.activity), -1) for one in advised.shown]
    return {
        "person": advised.person,
        "at": advised.at,
        "id": advised.decision,
        "names": names,
        "shown": np.array(shown, dtype=np.int64),
        "propensity": np.array([one.propensity for one in advised.shown]),
        "chosen": -1 if first is None else place.get(now.get(first, first), -1),
        "own_outcome": first is None or last[advised.person, first] == advised.decision,
    }
