"""What each way of advising would have shown, asked first and told later, with the delay of real life.

The history is walked in time. At every step a way of advising knows what was told before that moment and nothing else;
then it orders what was possible for the next people. What it showed is compared with what they chose and how it went.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from wor_match.domain.catalogue import Catalogue
from wor_match.domain.forgetting import forgetful
from wor_match.domain.participant import Participant
from wor_match.errors import WorMatchError, tell
from wor_match.evaluation.outcomes import outcomes_of
from wor_match.evaluation.replaying.decisions import Decision, TrueChances, decisions_of
from wor_match.evaluation.replaying.history import History
from wor_match.evaluation.replaying.noted import Noted
from wor_match.evaluation.replaying.policies import Order as Order
from wor_match.evaluation.replaying.policies import Past, checked_policies, scored
from wor_match.evaluation.replaying.policies import Policy as Policy
from wor_match.evaluation.replaying.policies import drawn as drawn
from wor_match.evaluation.replaying.policies import policies_of as policies_of
from wor_match.evaluation.replaying.replayed import Replay
from wor_match.matcher import Matcher
from wor_match.settings import Settings

SHOWN = 3
Progress = bool | Callable[[int, int], None]


@forgetful
def replay(
    catalogue: Catalogue,
    events: Any,
    settings: Settings | None = None,
    policies: Sequence[Policy] | None = None,
    progress: Progress = False,
    *,
    people: Iterable[Participant] | None = None,
    truth: TrueChances | None = None,
    every_days: int = 28,
) -> Replay:
    """Ways of advising side by side on what really happened; the smallest difference it can show comes first.

    Parameters
    ----------
    catalogue : Catalogue
    events : iterable of Event, or anything with ``.read()``
        A whole history; what counts are its advices, the choices from them and how it went.
    settings : Settings, optional
    policies : sequence of Policy, optional
        The first is compared with the others; when left out: ours, the expert's beliefs alone, a plain 0/1 logit,
        most attended, nearest, random.
    progress : bool or callable
        True writes a line to the terminal's error stream; or your own ``(done, total)``.
    people : iterable of Participant, optional
        Who was advised. With them all that was possible that day is ordered anew; without, only what was shown.
    truth : callable, optional
        True chances of an invented world (`Simulated.truth.chances`); only then is there a regret.
    every_days : int
        After how many days each policy learns again from what was told by then.

    Raises
    ------
    EventError
        When the history contradicts itself.
    WorMatchError
        When there are no policies, two have one name, `every_days` is below 1, or there is a truth without people.

    Examples
    --------
    >>> from wor_match.evaluation.simulation import World, simulate
    >>> town = simulate(World(people=12))
    >>> replay(town.catalogue, town.events, people=town.people, truth=town.truth.chances)
    Replay(12 advices of 12 people, 6 policies)
    """
    if not isinstance(catalogue, Catalogue):
        raise WorMatchError("replay() needs a Catalogue; read one with load_catalogue()", code="wrong-type")
    matcher, history = Matcher(catalogue, settings), History.of(events)
    side_by_side = checked_policies(policies, matcher)
    decisions = decisions_of(matcher, history, people, truth)
    noted = {one.name: Noted.of(decisions) for one in side_by_side}
    for number, (decision, orders) in enumerate(walked(decisions, side_by_side, history, catalogue, every_days)):
        for name, order in orders.items():
            noted[name].note(number, decision, order, scored(name, order, decision), SHOWN)
        step(progress, number + 1, len(decisions))
    return Replay.of(decisions, noted, outcomes_of(history.held, catalogue))


def walked(
    decisions: Sequence[Decision],
    policies: Sequence[Policy],
    history: History,
    catalogue: Catalogue,
    every_days: int,
) -> Iterator[tuple[Decision, dict[str, Order]]]:
    """Each decision, with what every policy makes of it when it knows what was told before its last lesson.

    Raises
    ------
    WorMatchError
        When `every_days` is no whole number of 1 or more.
    """
    if type(every_days) is not int or every_days < 1:
        raise WorMatchError("every_days is no whole number of 1 or more", code="out-of-range")
    orders: dict[str, Order] = {}
    lesson = decisions[0].at if decisions else None
    for decision in decisions:
        while lesson is not None and lesson <= decision.at:
            if lesson + timedelta(days=every_days) > decision.at:
                past = Past(history.before(lesson), catalogue)
                orders = {policy.name: policy.learn(past) for policy in policies}
            lesson += timedelta(days=every_days)
        yield decision, orders


def step(progress: Progress, done: int, total: int) -> None:
    """Tell how far it is."""
    if callable(progress):
        progress(done, total)
    elif progress and (done == total or done % 50 == 0):
        tell(f"{done} of {total} advices replayed")
