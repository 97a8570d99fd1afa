"""What goes with a person's events: what corrects or takes them back in nobody's name, what is about that, and so on.

What somebody else told stays theirs, also where it is about such an event: a visit first told of the wrong person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wor_match.domain.strict_json import as_json
from wor_match.journal.rows import Row, event_in_row, owners, token

ANY_TIME = "\U0010ffff"  # sorts after every moment, also after a damaged one


def belonging(rows: Iterable[Row], person: str, salt: bytes) -> tuple[set[str], set[str]]:
    """The ids of the rows of one person, whenever they were: their own, and what goes with those; and what these tell.

    The second are the names of events, with those inside corrections, that nobody else tells.
    """
    told = list(rows)
    who, quoted = token("person", person, salt), as_json(person)
    mine = {row.event_id for row in told if row.who == who or (quoted in row.text and lost_of(row, who, salt))}
    going, gone = going_along(told, dict.fromkeys(mine, ANY_TIME))
    return set(going), set(gone)


def lost_of(row: Row, who: str, salt: bytes) -> bool:
    """Whether a row that names somebody is damaged, and can be theirs: no other owner is known."""
    return event_in_row(row, salt) is None and who in (owners(row, salt) or {who})


def going_along(rows: Iterable[Row], first: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The ids of the rows that go, and the names that nobody tells any more; each with up to which moment that holds.

    `first` holds the ids that go in any case. A name inside a correction goes when no row that stays tells it too.
    """
    told = {row.event_id: row for row in rows}
    nobodys: dict[str, list[Row]] = {}
    for row in told.values():
        if row.who is None and row.about is not None:
            nobodys.setdefault(row.about, []).append(row)
    tellers = telling_inside(told.values())
    going: dict[str, str] = {}
    gone: dict[str, str] = {}
    waiting = sorted(first.items(), key=lambda one: one[1])
    while waiting:
        event_id, held = waiting.pop()  # what holds longest comes first, and what follows it right after it
        if event_id not in going:
            going[event_id] = held
            for name in told[event_id].ids:
                others = tellers.get(name, set())
                others.discard(event_id)
                if not others:
                    gone[name] = held
                    waiting += [(row.event_id, held) for row in nobodys.get(name, ()) if row.first_at <= held]
    return going, gone


def telling_inside(rows: Iterable[Row]) -> dict[str, set[str]]:
    """For each name inside a correction the ids of the sound rows that tell it, inside or as their own."""
    told = list(rows)
    tellers: dict[str, set[str]] = {row.inside: set() for row in told if row.inside is not None}
    for row in told:
        if tellers and not tellers.keys().isdisjoint(row.ids) and row.sound:
            for name in row.ids & tellers.keys():
                tellers[name].add(row.event_id)
    return tellers
