"""What is asked of an advice, checked at the door: for whom, on which day, how many, and about which activities."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import numpy as np

from wor_match.domain.asked import day_of
from wor_match.domain.columns import Columns, Flags
from wor_match.domain.limits import USUAL, Limits
from wor_match.domain.participant import Participant
from wor_match.errors import WorMatchError


@dataclass(frozen=True, slots=True, eq=False, repr=False)  # it holds what a person told
class Request:
    """A request for advice; `Matcher.recommend` says what each part is.

    Attributes
    ----------
    only, without, despite : collection of str
        As told until `checked` makes them tuples.
    explore : int
        How many of the last places are asked to be filled to learn; see `exploring`.
    """

    person: Participant
    at: date
    n: int = 3
    seed: int = 0
    only: Collection[str] | None = None
    without: Collection[str] = ()
    despite: Collection[str] = ()
    minutes: Mapping[str, float] | None = None
    explore: int = 0

    def checked(self, columns: Columns, limits: Limits = USUAL) -> Request:
        """The same, when it can be answered about this catalogue; else a WorMatchError that says what is allowed."""
        if not isinstance(self.person, Participant):
            raise WorMatchError("this needs a Participant; make one with Participant(id=...)", code="wrong-type")
        day_of(self.at)
        if type(self.n) is not int or not 1 <= self.n <= limits.suggestions:
            raise WorMatchError(f"n is no whole number from 1 to {limits.suggestions}", code="out-of-range")
        if type(self.seed) is not int:
            raise WorMatchError("seed is no whole number; give one, such as 0", code="wrong-type")
        if type(self.explore) is not int or not 0 <= self.explore < self.n:
            raise WorMatchError(
                f"explore is no whole number from 0 to n - 1 (here {self.n - 1}), "
                "for the first place is never explored",
                code="out-of-range",
            )
        only = None if self.only is None else words_of(self.only, "only")
        without, despite = words_of(self.without, "without"), words_of(self.despite, "despite")
        if unknown := sorted({name for name in only or () if name not in columns.rows}):
            raise WorMatchError(
                f"`only` names activities that are not in the catalogue: {', '.join(unknown[:5])}",
                code="unknown-activity",
            )
        if set(despite) - {"safety"}:
            raise WorMatchError("`despite` knows only `safety`", code="unknown-name")
        minutes = dict(self.minutes) if isinstance(self.minutes, Mapping) else self.minutes  # theirs may change
        return replace(self, only=only, without=without, despite=despite, minutes=minutes)

    def about(self, columns: Columns) -> Flags:
        """What is asked about, (n_activities,)."""
        asked = np.ones(len(columns), dtype=bool) if self.only is None else columns.rows_with(self.only)
        return asked & ~columns.rows_with(self.without)

    @property
    def safe(self) -> bool:
        """Whether suggestions may be made: safety does not come first, or the coach wants them all the same."""
        return self.person.state("safety") != "first" or "safety" in self.despite

    @property
    def exploring(self) -> int:
        """How many of the last places are filled to learn: none for somebody for whom a circumstance comes first."""
        return 0 if "first" in self.person.circumstances.values() else self.explore

    @property
    def moment(self) -> date:
        """The day, or the moment on one clock for all."""
        return self.at.astimezone(UTC) if isinstance(self.at, datetime) else self.at

    @property
    def lot(self) -> int:
        """A number that follows from the seed, the person and the moment alone."""
        drawn = f"{self.seed}\n{self.person.id}\n{self.moment.isoformat()}"
        return int.from_bytes(hashlib.sha256(drawn.encode()).digest(), "big")

    def digest(self, model: str, catalogue: str) -> str:
        """The id of a decision: the same request to the same model about the same catalogue has the same one."""
        asked = repr(
            (
                self.moment,
                self.n,
                self.seed,
                sorted(self.only) if self.only is not None else None,
                sorted(self.without),
                sorted(self.despite),
                sorted((name, float(minutes)) for name, minutes in (self.minutes or {}).items()),
                self.explore,
            )
        )
        told = json.dumps(self.person.model_dump(mode="json"), sort_keys=True)
        return digest_of(told, asked, model, catalogue)


def digest_of(*told: str) -> str:
    """The id that follows from these texts."""
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]


def words_of(told: Collection[str], name: str) -> tuple[str, ...]:
    """A list of words, whatever kind of list it is."""
    found = tuple(told) if isinstance(told, Iterable) and not isinstance(told, str) else None
    if found is None or not all(isinstance(word, str) for word in found):
        raise WorMatchError(f"`{name}` is no list of words; give a list such as ['een']", code="wrong-type")
    return found
