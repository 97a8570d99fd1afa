"""From everything that was ever told to what holds: each event once, corrected, and without what was taken back.

A history is a set: order, batching and repetition change nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from wor_match.domain.event import Event
from wor_match.domain.forgetting import forgetful
from wor_match.domain.kinds import Consented, Corrected, Purpose, Withdrawn, as_line
from wor_match.errors import EventError, Problem


@forgetful
def settled(told: Any) -> tuple[Event, ...]:
    """The events that hold, by moment and id.

    Parameters
    ----------
    told : iterable of Event, or anything with ``.read()``

    Raises
    ------
    EventError
        When something is no event, or one id stands with two contents; nothing is settled then.
    """
    known = once_each(told_events(told))
    taken_back = withdrawn(
        {event.event_id: event.takes_back for event in known.values() if isinstance(event, Withdrawn)}
    )
    corrections: dict[str, list[Corrected]] = {}
    for event in known.values():
        if isinstance(event, Corrected) and event.event_id not in taken_back:
            corrections.setdefault(event.replaces, []).append(event)
    first = {name: event for name, event in known.items() if not isinstance(event, Corrected | Withdrawn)}
    inside = {one.event.event_id for corrected in corrections.values() for one in corrected}
    roots: dict[str, Event | None] = {**dict.fromkeys(set(corrections) - inside), **first}
    held = (what_holds(name, event, corrections, taken_back) for name, event in roots.items())
    once = {event.event_id: event for event in held if event is not None}
    return tuple(sorted(once.values(), key=lambda event: (event.at, event.event_id)))


def told_events(told: Any) -> tuple[Event, ...]:
    """The events as they were told.

    Raises
    ------
    EventError
        When this is no list, and nothing with ``.read()``.
    """
    events = told.read() if callable(getattr(told, "read", None)) else told
    if not isinstance(events, Iterable) or isinstance(events, str):
        raise EventError("the history is no list of events; read it with read_events()", code="wrong-type")
    return tuple(events)


def withdrawn(takes_back: dict[str, str]) -> set[str]:
    """The ids that are taken back; a withdrawal that is taken back itself was never told.

    In a circle of withdrawals all hold.
    """
    takers, never_told = Counter(takes_back.values()), set()
    certain = [name for name in takes_back if not takers[name]]
    while certain:
        other = takes_back[certain.pop()]
        if other in takes_back and other not in never_told:
            never_told.add(other)
            takers[takes_back[other]] -= 1
            if takes_back[other] in takes_back and not takers[takes_back[other]]:
                certain.append(takes_back[other])
    return {other for name, other in takes_back.items() if name not in never_told}


def once_each(told: Iterable[Event]) -> dict[str, Event]:
    """Every event by its id; events inside corrections must not contradict them either."""
    known: dict[str, Event] = {}
    told_first: dict[str, Event] = {}
    problems = []
    for event in told:
        if not isinstance(event, Event):
            raise EventError(
                "the history holds something that is no event; read it with read_events()", code="wrong-type"
            )
        for one in (event, event.event) if isinstance(event, Corrected) else (event,):
            first = told_first.setdefault(one.event_id, one)
            if first is not one and as_line(first) != as_line(one):
                said = f"event {one.event_id} is told twice with other content; write a `corrected` event instead"
                problems.append(Problem(said, "told-twice"))
        known.setdefault(event.event_id, event)
    if problems:
        raise EventError("the history is refused; nothing was learned", sorted(set(problems), key=str))
    return known


def what_holds(
    name: str, event: Event | None, corrections: dict[str, list[Corrected]], taken_back: set[str]
) -> Event | None:
    """The event after its latest correction, and the correction of that; None when it was taken back."""
    seen = set()
    while name not in taken_back:
        if name not in corrections or name in seen:
            return event
        seen.add(name)
        latest = max(corrections[name], key=lambda one: (one.at, one.event_id))
        event, name = latest.event, latest.event.event_id
    return None


def who_consents(history: Iterable[Event]) -> frozenset[str]:
    """The people whose consent to learning is in force: their latest word on it is yes; yes and no at once is no."""
    return frozenset(
        person for (person, purpose), given in consents(history).items() if purpose == "learning" and given
    )


def consents(history: Iterable[Event]) -> dict[tuple[str, Purpose], bool]:
    """Person and purpose → their latest word on it; yes and no at once is no."""
    latest: dict[tuple[str, Purpose], tuple[datetime, bool]] = {}
    for event in history:
        if isinstance(event, Consented):
            asked = event.person, event.purpose
            when, given = latest.get(asked, (event.at, True))
            latest[asked] = (event.at, event.given and (given or event.at > when))
    return {asked: given for asked, (_, given) in latest.items()}
