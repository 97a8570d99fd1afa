"""What a history tells of each person: what they were shown, whether they started, and how long they took part.

For counting only: nothing of a single person leaves the room that counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import comb

from wor_match.domain.catalogue import Catalogue
from wor_match.domain.event import Event
from wor_match.domain.kinds import Advised
from wor_match.learning.episodes import Episode

DRAWN = 10  # people whose view of the offer is compared


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person.

    Attributes
    ----------
    possible : int or None
        How many activities were possible in the first advice; None without an advice.
    seen : frozenset of str
        Activities that were ever shown to them, by present ids.
    started : bool or None
        Whether they started anywhere; None unknown, or without consent to learning.
    weeks, stopped : int, bool
        Weeks taken part in the first activity they started, and whether they stopped in the last of them.
    """

    possible: int | None = field(default=None, repr=False)
    seen: frozenset[str] = field(default=frozenset(), repr=False)
    started: bool | None = field(default=None, repr=False)
    weeks: int = field(default=0, repr=False)
    stopped: bool = field(default=False, repr=False)


def known_of(
    people: Iterable[str], history: Iterable[Event], episodes: Iterable[Episode], catalogue: Catalogue
) -> dict[str, Known]:
    """Person → what is known.

    Parameters
    ----------
    people : iterable of str
        Their ids; events of others are passed over.
    history : iterable of Event
        What holds, as `settled` gives it: by moment.
    episodes : iterable of Episode
        As `episodes_of` gives them: of people who consent, each with a known start.
    catalogue : Catalogue
        For the present ids of renamed activities.
    """
    now = catalogue.present_ids
    advised: dict[str, list[Advised]] = defaultdict(list)
    at: dict[str, list[Episode]] = defaultdict(list)
    for event in history:
        if isinstance(event, Advised):
            advised[event.person].append(event)
    for episode in episodes:
        at[episode.person].append(episode)
    return {person: known_from(advised[person], at[person], now) for person in people}


def known_from(advised: list[Advised], episodes: list[Episode], now: Mapping[str, str]) -> Known:
    """What the advices and the episodes of one person tell."""
    begun = sorted((one for one in episodes if one.started == 1), key=lambda one: (one.first, one.activity))
    first = begun[0] if begun else None
    return Known(
        possible=advised[0].n_possible if advised else None,
        seen=frozenset(now.get(shown.activity, shown.activity) for advice in advised for shown in advice.shown),
        started=bool(begun) if episodes else None,
        weeks=(first.high or first.low) if first else 0,
        stopped=bool(first and first.high),
    )


def seen_by_ten(seen: Iterable[frozenset[str]], offer: frozenset[str]) -> float | None:
    """The share of the offer that ten people of a group see together, the mean over every ten of them; in [0, 1].

    Of n people m saw an activity; ten of them miss it in C(n - m, 10) of C(n, 10) ways. So a large group, which sees
    more only because it is large, stands beside a small one. None below ten people, or without an offer.

    References
    ----------
    S. H. Hurlbert, The nonconcept of species diversity, Ecology 52 (1971), pp. 577-586 (rarefaction).

    Examples
    --------
    >>> seen_by_ten([frozenset({"koor"})] * 5 + [frozenset()] * 6, frozenset({"koor", "dans"}))
    0.5
    """
    people = list(seen)
    if len(people) < DRAWN or not offer:
        return None
    n, ways = len(people), comb(len(people), DRAWN)
    return sum(1 - comb(n - sum(name in one for one in people), DRAWN) / ways for name in sorted(offer)) / len(offer)
