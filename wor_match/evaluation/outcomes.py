"""How it went with each person at each activity after twelve weeks: taking part, not taking part, or not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wor_match.domain.catalogue import Catalogue
from wor_match.domain.forgetting import forgetful
from wor_match.domain.history import settled
from wor_match.domain.participant import Participant
from wor_match.errors import WorMatchError
from wor_match.evaluation.continuation import Continuation, continuation
from wor_match.learning.episodes import Episode, episodes_of
from wor_match.learning.prior import HORIZON


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went after twelve weeks.

    Attributes
    ----------
    takes_part : bool or None
        None when nobody knows: they fell ill, moved on, or were not asked (any more).
    week : int
        The week in which that became known, 0 to 12 (0: never started); of unknown ones the last week they were seen.
    """

    takes_part: bool | None = field(repr=False)
    week: int = field(repr=False)


UNKNOWN = Outcome(None, 0)


@forgetful
def outcomes_of(events: Any, catalogue: Catalogue) -> Mapping[tuple[str, str], Outcome]:
    """Person and activity → how it went; people without learning consent are left out.

    Parameters
    ----------
    events : iterable of Event, or anything with ``.read()``
    catalogue : Catalogue

    Raises
    ------
    EventError
        When the history contradicts itself.
    """
    told = episodes_of(settled(events), catalogue)
    return {(one.person, one.activity): outcome_of(one) for one in told.episodes}


@forgetful
def still_there(events: Any, catalogue: Catalogue, among: Iterable[Participant] | None = None) -> Continuation:
    """Which share of those who chose an activity still takes part after each week; week 0 is the start itself.

    Parameters
    ----------
    events : iterable of Event, or anything with ``.read()``
    catalogue : Catalogue
    among : iterable of Participant, optional
        Only these people; everybody when left out.

    Raises
    ------
    EventError
        When the history contradicts itself.
    WorMatchError
        When nobody's outcome is known.

    Examples
    --------
    >>> from wor_match.evaluation.simulation import World, simulate
    >>> town = simulate(World(people=60))
    >>> still_there(town.events, town.catalogue).n
    53
    """
    ids = None if among is None else {person.id for person in among}
    known = [one for (person, _), one in sorted(outcomes_of(events, catalogue).items()) if ids is None or person in ids]
    if not known:
        raise WorMatchError(
            "nobody's outcome is known here, so there is no curve; give a history with visits or calls",
            code="nothing-to-count",
        )
    return continuation([one.week for one in known], [one.takes_part is False for one in known])


def outcome_of(episode: Episode) -> Outcome:
    """The outcome of one episode; who completed a course takes part."""
    if episode.started == 0:
        return Outcome(False, 0)
    if episode.started == 1 and episode.stayed:
        return Outcome(True, HORIZON)
    if episode.high:
        return Outcome(False, episode.high)
    return Outcome(None, episode.low)
