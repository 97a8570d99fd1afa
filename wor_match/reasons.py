"""Reasons: what adds up exactly to score minus reference, in the order of speaking, and which of them are said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from wor_match.domain.columns import Floats
from wor_match.domain.facts import Facts
from wor_match.domain.lazy import lazy
from wor_match.domain.slopes import slope

if TYPE_CHECKING:
    from wor_match.wording.words import Words

Part = Literal["worth", "chance", "record"]
SPOKEN_POINTS = 0.5  # a reason of less than half a point is not worth a sentence; an assumption
AT_MOST_SPOKEN = 4
WORTH_ORDER = {"wish": 0, "focus": 1, "web": 2}  # what somebody named, then what they want to change
SILENT = frozenset({"unknown", "none", "not_given"})  # facts of which there is nothing to say


@dataclass(frozen=True, eq=False)
class Reason:
    """Why one activity scores as it does: one part of the difference with the neutral activity.

    Attributes
    ----------
    name : str
        A part of worth (focus, wish, web), a signal, or ``track_record``.
    part : str
        ``worth``, ``chance``, or ``record``: whether people stayed there, with that organiser, with such a thing to do.
    points : float
        Percentage points of score; all reasons of a suggestion add up to 100 x (score - reference).
    told : FrozenMap, or callable that gives it
        What the sentence needs; see `facts`.
    """

    name: str
    part: Part
    points: float
    told: Facts | Callable[[], Facts] = field(repr=False)  # what a person told may be among them

    @lazy
    def facts(self) -> Facts:
        """What the sentence needs, worked out when it is asked for: most reasons are never said."""
        return self.told() if callable(self.told) else self.told

    def sentence(self, language: str | Words = "nl") -> str:
        """The reason in one or two plain sentences of `language` (nl, nl-je, en, or an organisation's own words)."""
        from wor_match.wording.sentences import reason_sentence

        return reason_sentence(self.name, self.points, self.facts, language)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reason) and self.__reduce__() == other.__reduce__()

    def __hash__(self) -> int:
        return hash((self.name, self.part, self.points))

    def __reduce__(self) -> tuple[type[Reason], tuple[str, Part, float, Facts]]:
        return Reason, (self.name, self.part, self.points, self.facts)


def logarithmic_mean(one: Floats, other: Floats, log_ratio: Floats) -> Floats:
    """(one - other) / log(one / other), and its limit where they are nearly equal.

    The logarithm is given, for it is known also where `one` is too small for a number.

    References
    ----------
    B.C. Carlson, The logarithmic mean, American Mathematical Monthly 79 (1972).
    """
    return slope(one - other, log_ratio, lambda: np.sqrt(one * other) * (1.0 + log_ratio**2 / 24.0))


def in_order(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The reasons in the order of speaking: what the person asked for, then by size."""
    return tuple(sorted(reasons, key=place))


def place(one: Reason) -> tuple[int, float, str]:
    """Where a reason stands in the order of speaking."""
    return WORTH_ORDER[one.name] if is_wish(one) else len(WORTH_ORDER), -abs(one.points), one.name


def is_wish(reason: Reason) -> bool:
    """Whether this speaks for it in the person's own terms; a focus that is served clearly always does."""
    return reason.part == "worth" and (reason.points > 0 or reason.facts.get("say") == "clearly")


def spoken(reasons: Iterable[Reason], cautious: bool = True) -> Iterator[Reason]:
    """The few that are said, of reasons in order: one for each ground, none near zero, and one caution at the end.

    Parameters
    ----------
    reasons : iterable of Reason
        In the order of `in_order`.
    cautious : bool
        Whether a caution may be among them.
    """
    caution: Reason | None = None
    grounds: set[object] = set()
    for reason in reasons:
        speaks_for, against = reason.points >= SPOKEN_POINTS, reason.points <= -SPOKEN_POINTS
        if not (speaks_for or against or reason.part == "worth"):
            continue  # said of worth only; here and below: facts that are not needed are not worked out
        if caution is not None and (against or len(grounds) == AT_MOST_SPOKEN):
            continue
        ground = reason.facts.get("ground", reason.name)
        if ground in grounds or reason.facts.get("say") in SILENT:
            continue
        if not speaks_for and not is_wish(reason):
            caution = reason if against else caution
        elif len(grounds) < AT_MOST_SPOKEN:
            grounds.add(ground)
            yield reason
    if caution is not None and cautious:
        yield caution
