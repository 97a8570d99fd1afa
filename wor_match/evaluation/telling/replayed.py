"""Which figures of a replay may be shared, of whom, and how coarsely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import compress
from math import ceil
from types import MappingProxyType

import numpy as np

from wor_match.domain.columns import Flags
from wor_match.evaluation.over_people import People
from wor_match.evaluation.replaying.noted import Noted, Went
from wor_match.evaluation.replaying.page import SAID, Said
from wor_match.evaluation.replaying.replayed import Replay, measured
from wor_match.evaluation.telling.small import LEAST_TOLD, tells_people, tens

DECIMALS = MappingProxyType({"rank": 2, "log_loss": 2})  # of others whole points


@dataclass(frozen=True, slots=True)
class Coarse:
    """How a measure is spoken of when it is shared."""

    said: Said

    def least(self, difference: float) -> str:
        """The smallest difference that can be shown, rounded up."""
        scale = self.said.times * 10**self.said.decimals
        return f"{self.said.amount(ceil(difference * scale) / scale)} {self.said.unit}"


def coarsely(measure: str) -> Coarse:
    """A measure in whole points, or with two decimals.

    Examples
    --------
    >>> coarsely("regret").said.amount(0.0381), coarsely("regret").least(0.0004)
    ('4', '1 points of score')
    """
    return Coarse(replace(SAID[measure], decimals=DECIMALS.get(measure, 0)))


def first_tens(found: Replay) -> Replay:
    """The replay of the first whole tens of people, by their first advice, then pseudonym.

    One person more then changes nothing, but for the weight of who was not followed; nobody is left of fewer than ten.
    """
    first: dict[str, object] = {}
    for at, person in sorted(zip(found.moments, found.people, strict=True)):
        first.setdefault(person, at)
    kept = set(list(first)[: tens(len(first))])
    rows = np.array([person in kept for person in found.people], dtype=bool)
    moments, people = tuple(compress(found.moments, rows)), tuple(compress(found.people, rows))
    noted = {name: Noted(**{field.name: getattr(one, field.name)[rows] for field in fields(Noted)})
             for name, one in found.noted.items()}  # fmt: skip
    went = Went(**{field.name: getattr(found.went, field.name)[rows] for field in fields(Went)})
    return Replay(moments, people, noted, went, tuple(measured(noted, went, People(people))))


def may_be_told(found: Replay, measure: str, policies: Sequence[str]) -> bool:
    """Whether a measure of policies may be told: of ten people and more, and not the share of a few of them.

    Of two candidates the rank is 0 or 1, and of chances that are all alike the mean tells how many take part. So who
    takes part and who does not, and whose choice stood first and whose did not, must each be nobody or ten and more.
    """
    return all(enough(found, measure, name) for name in policies)


def enough(found: Replay, measure: str, policy: str) -> bool:
    """The same of one policy."""
    values, weight = found.noted[policy].values(measure, found.went)
    known = ~np.isnan(values) & (np.ones(len(values)) if weight is None else weight).astype(bool)
    if found.figure(policy, measure).mean.n < LEAST_TOLD:
        return False
    if measure == "regret":
        return True  # of invented people
    yes = known & (found.noted[policy].rank == 0 if measure == "rank" else found.went.y == 1)
    return tells_people(whose(found, yes), whose(found, known & ~yes))


def whose(found: Replay, rows: Flags) -> set[str]:
    """The people of some advices."""
    return {person for person, at in zip(found.people, rows, strict=True) if at}
