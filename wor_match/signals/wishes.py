"""Whether it matches what they like, and what gives them energy."""

from __future__ import annotations

from wor_match.domain.asked import Asked
from wor_match.domain.columns import Columns, Floats
from wor_match.domain.facts import Facts, facts
from wor_match.signals.signal import Signal

LIKES_NEUTRAL = ENERGY_NEUTRAL = 0.3


def matched(columns: Columns, told: tuple[str, ...], i: int) -> Facts:
    """The word that matches best, the first one told of equals."""
    if not told:
        return facts(say="not_given")
    word = columns.best_word(i, told)
    if word is None:
        return facts(say="none")
    say = "requested" if columns.on_request(word) else "alike" if columns.only_alike(i, word) else "match"
    return facts(say=say, word=word, ground=word)


def _likes(columns: Columns, asked: Asked) -> Floats:
    return columns.best_match(asked.likes, LIKES_NEUTRAL)


def _liked(columns: Columns, asked: Asked, i: int) -> Facts:
    return matched(columns, asked.person.likes, i)


def _gives_energy(columns: Columns, asked: Asked) -> Floats:
    return columns.best_match(asked.energy, ENERGY_NEUTRAL)


def _what_gives_energy(columns: Columns, asked: Asked, i: int) -> Facts:
    return matched(columns, (*asked.person.energy, *asked.person.good_at), i)


likes = Signal(
    "likes",
    _likes,
    _liked,
    LIKES_NEUTRAL,
    (0.4, 0.3),
    "preference and identity fit at start and stay (Rothe JICA 2021; Husk PMC7027770)",
)
gives_energy = Signal(
    "gives_energy",
    _gives_energy,
    _what_gives_energy,
    ENERGY_NEUTRAL,
    (0.2, 0.2),
    "enjoyment and confidence keep people (Herens, 19 Dutch groups, PLoS ONE)",
)
