"""How it went with each person at each activity after twelve weeks: taking part, not taking part, or not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wor_match.domain.catalogue import Catalogue
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


def outcomes_of(history: Iterable[object], catalogue: Catalogue) -> Mapping[tuple[str, str], Outcome]:
    """Person and activity → how it went; people without learning consent are left out.

    Parameters
    ----------
    history : iterable of Event
        What holds, as `settled` gives it.
    """
    told = episodes_of(history, catalogue)  # type: ignore[arg-type]  # because settled events are Events
    return {(one.person, one.activity): outcome_of(one) for one in told.episodes}


def outcome_of(episode: Episode) -> Outcome:
    """The outcome of one episode; who completed a course takes part."""
    if episode.started == 0:
        return Outcome(False, 0)
    if episode.started == 1 and episode.stayed:
        return Outcome(True, HORIZON)
    if episode.high:
        return Outcome(False, episode.high)
    return Outcome(None, episode.low)
