"""A history that can be walked in time: what was told before a moment, of people who consent to learning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wor_match.domain.event import Event
from wor_match.domain.history import settled, told_events, who_consents
from wor_match.domain.kinds import Corrected, Withdrawn
from wor_match.domain.lazy import lazy


@dataclass(frozen=True, eq=False, repr=False)
class History:
    """A history of people who consent to learning now: who took their consent back is nowhere in it.

    Attributes
    ----------
    told : tuple of Event
        Everything that was ever told, corrections too.
    held : tuple of Event
        What holds in the end, by moment and id.
    """

    told: tuple[Event, ...]
    held: tuple[Event, ...]

    @classmethod
    def of(cls, events: Any) -> History:
        """The history of events, or of anything with ``.read()``; raises an EventError when it contradicts itself."""
        if isinstance(events, History):
            return events
        told = told_events(events)
        held = settled(told)
        willing = who_consents(held)
        return cls(*(tuple(one for one in each if one.of is None or one.of in willing) for each in (told, held)))

    def before(self, moment: datetime) -> tuple[Event, ...]:
        """What held at a moment: everything told before it, corrected by what was told before it."""
        if self._corrected:
            return settled([one for one in self.told if one.at < moment])
        return tuple(one for one in self.held if one.at < moment)  # without corrections what was told is what held

    @lazy
    def _corrected(self) -> bool:
        return any(isinstance(one, Corrected | Withdrawn) for one in self.told)
