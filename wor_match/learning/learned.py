"""What a history taught: the posterior with the names behind its codes, what visitors say, and how much it rests on.

No person stands in it: names of terms, organisers and activities, and counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from wor_match.domain.catalogue import Catalogue
from wor_match.domain.event import Event
from wor_match.domain.history import settled, who_consents
from wor_match.learning.episodes import Episode, episodes_of
from wor_match.learning.model import ChanceModel
from wor_match.learning.posterior import KINDS, Posterior
from wor_match.learning.prior import Floats, Prior
from wor_match.learning.rows import Codes, Episodes
from wor_match.learning.visitors import NEUTRAL, Visitors

VISITORS_SAY = "visitors_say"
SHARED_BY = 10  # people below whom no track record is said, and by which it is renewed
Named = tuple[str | None, str | None, str]  # leading term, organiser, activity
SEEN = ("started", "never_came", "stopped", "still_there", "unfinished")  # of episodes
NOBODY: Mapping[str, Mapping[str, int]] = {kind: {} for kind in KINDS}


@dataclass(frozen=True)
class Learned:
    """What was learned, and from how many.

    Attributes
    ----------
    posterior : Posterior
    names : mapping
        Kind → the terms, organisers or activities of its codes, sorted.
    visitors : mapping
        Activity → strength of `visitors_say`; only where ten or more rated.
    rated : mapping
        Activity → from how many people that strength is, in whole tens; a model of before this was kept has none.
    people : mapping
        Kind → name → how many people had an outcome there.
    stayed : mapping
        Activity → (of how many that started, how many surely stayed), by whole tens.
    counts : mapping
        Episodes, starts, stops and what was left out, by name; with ``people_`` before it of how many people, which may
        be shared in tens: see `people_counted`.
    """

    posterior: Posterior
    names: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: dict.fromkeys(KINDS, ()))
    visitors: Mapping[str, float] = field(default_factory=dict)
    rated: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[str, Mapping[str, int]] = field(default_factory=lambda: NOBODY)
    stayed: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def nothing(cls, prior: Prior) -> Learned:
        """What is believed before any outcome."""
        return cls(Posterior.of_prior(prior))

    @classmethod
    def of(cls, history: object, catalogue: Catalogue, prior: Prior, signals: Mapping[str, float]) -> Learned:
        """What a history teaches about a catalogue: a cold fit from the whole of it.

        Parameters
        ----------
        history : iterable of Event, or anything with ``.read()``
        catalogue : Catalogue
        prior : Prior
            With one belief for each signal, in their order.
        signals : mapping
            Name → neutral, in the same order.

        Raises
        ------
        EventError, ModelError
            When the history contradicts itself, or the fit does not come to rest; then nothing is learned.
        """
        events = settled(history)
        told = episodes_of(events, catalogue)
        visitors, said = Visitors.of(told.episodes), Visitors.of(in_tens(told.episodes))
        names = {kind: tuple(sorted({getattr(one, kind) for one in told.episodes} - {None})) for kind in KINDS}
        model = ChanceModel(prior).fit(arrays(told.episodes, names, signals, visitors))
        counts = {**counted(told.episodes), **told.left_out, **people_counted(told.episodes, events)}
        counts["not_converged"] = int(not model.converged_)
        return cls(
            posterior=model.posterior_,
            names=names,
            visitors={name: said.strength(name) for name in said.n},
            rated=said.n,
            people={kind: people_of(kind, told.episodes) for kind in KINDS},
            stayed=stayed_of(told.episodes),
            counts=counts,
        )

    def record(self, named: Sequence[Named]) -> Floats:
        """The track record of activities in each draw, (n, n_draws); 0 where nobody was seen."""
        return self.posterior.record(*self.codes(named))

    def codes(self, named: Sequence[Named]) -> tuple[Codes, Codes, Codes]:
        """The codes of terms, organisers and activities, each (n,); -1 without outcomes."""
        known = [{name: number for number, name in enumerate(self.names[kind])} for kind in KINDS]
        told = [[code.get(row[at] or "", -1) for at, code in enumerate(known)] for row in named]
        term, organiser, activity = np.array(told, dtype=np.int64).reshape(-1, len(KINDS)).T
        return term, organiser, activity

    def evidence(self, named: Named) -> tuple[int, int, int]:
        """How many people had an outcome at the activity, its organiser and its leading term."""
        term, organiser, activity = (
            self.people[kind].get(name or "", 0) for kind, name in zip(KINDS, named, strict=True)
        )
        return activity, organiser, term

    def unseen(self, named: Named) -> Floats:
        """In each draw the effect of what nobody has seen yet, (n_draws,), or a single 0 when all of it was seen."""
        told = [(kind, name) for kind, name in zip(KINDS, named, strict=True) if name and name not in self.names[kind]]
        return sum((self.posterior.unseen(kind, name) for kind, name in told), np.zeros(1))


def arrays(
    episodes: Sequence[Episode], names: Mapping[str, tuple[str, ...]], signals: Mapping[str, float], visitors: Visitors
) -> Episodes:
    """Episodes as arrays; without recorded strengths all are neutral, and nobody's own rating speaks for themselves."""
    strengths = np.zeros((len(episodes), len(signals)))
    for row, episode in enumerate(episodes):
        if episode.strengths is not None:
            strengths[row] = [
                episode.strengths[name] - neutral if name in episode.strengths else 0.0
                for name, neutral in signals.items()
            ]
    if VISITORS_SAY in signals:
        column = list(signals).index(VISITORS_SAY)
        strengths[:, column] = [
            visitors.strength(one.activity, one.rating) - NEUTRAL if one.strengths is not None else 0.0
            for one in episodes
        ]
    code = {kind: {name: number for number, name in enumerate(names[kind])} for kind in KINDS}
    codes = (np.array([code[kind].get(getattr(one, kind), -1) for one in episodes], dtype=np.int64) for kind in KINDS)
    seen = (np.array([getattr(one, name) for one in episodes], dtype=np.int64) for name in ("started", "low", "high"))
    return Episodes(strengths, *codes, *seen)


def in_tens(episodes: Sequence[Episode]) -> list[Episode]:
    """Of each activity the first whole tens who rated, so that nobody's own mark shows in what is kept of them."""
    rated: dict[str, list[Episode]] = {}
    for one in sorted(episodes, key=lambda one: (one.first, one.person)):
        if one.rating is not None:
            rated.setdefault(one.activity, []).append(one)
    return [one for those in rated.values() for one in those[: len(those) // SHARED_BY * SHARED_BY]]


def counted(episodes: Sequence[Episode]) -> dict[str, int]:
    """How many episodes there are, and what is known of them."""
    return {
        "people": len({one.person for one in episodes}),
        "episodes": len(episodes),
        "started": sum(one.started == 1 for one in episodes),
        "never_came": sum(one.started == 0 for one in episodes),
        "stopped": sum(one.high > 0 for one in episodes),
        "still_there": sum(one.stayed for one in episodes),
        "unfinished": sum(one.started == 1 and not one.high and not one.stayed for one in episodes),
        "without_strengths": sum(one.strengths is None for one in episodes),
    }


def people_counted(episodes: Sequence[Episode], history: Sequence[Event]) -> dict[str, int]:
    """Of how many people what is known, by name: of the first whole tens only, so that one person more changes nothing.

    The first by their first outcome, then pseudonym; of who gave no consent, the first of everybody, by what was told
    of them first. A person may have several experiences, and stand in several counts.
    """
    of_person: dict[str, list[Episode]] = {}
    for one in sorted(episodes, key=lambda one: (one.first[0], one.person)):
        of_person.setdefault(one.person, []).append(one)
    among = [counted(of_person[person]) for person in whole_tens(of_person)]
    found = {f"people_{name}": sum(one[name] > 0 for one in among) for name in SEEN}
    first = whole_tens(dict.fromkeys(event.of for event in history if event.of is not None))
    consenting = who_consents(history)
    return {**found, "people_no_consent": sum(person not in consenting for person in first)}


def whole_tens(people: Iterable[str]) -> list[str]:
    """The first of them, as many as make whole tens."""
    told = list(people)
    return told[: len(told) // SHARED_BY * SHARED_BY]


def people_of(kind: str, episodes: Sequence[Episode]) -> dict[str, int]:
    """Name → how many people had an outcome there."""
    found: dict[str, set[str]] = {}
    for one in episodes:
        name = getattr(one, kind)
        if name is not None:
            found.setdefault(name, set()).add(one.person)
    return {name: len(people) for name, people in sorted(found.items())}


def stayed_of(episodes: Sequence[Episode]) -> dict[str, tuple[int, int]]:
    """Activity → of how many that started there, how many surely stayed: by whole tens.

    Who fell ill, moved on, or was not asked yet is among those who started, not among those who surely stayed. Renewed
    per ten people, so that no single person can be read from a change.
    """
    starters: dict[str, list[Episode]] = {}
    for one in sorted(episodes, key=lambda one: (one.first, one.person)):
        if one.started == 1:
            starters.setdefault(one.activity, []).append(one)
    found = {}
    for name, those in sorted(starters.items()):
        tens = those[: len(those) // SHARED_BY * SHARED_BY]
        if tens:
            found[name] = (len(tens), sum(one.stayed for one in tens))
    return found
