"""How far the work is: counted as it passes by, and told on standard error when asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from wor_match.errors import tell
from wor_match.rows import Row

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Streamed:
    """What became of people who asked for advice.

    Attributes
    ----------
    people : int
        How many were advised or could not be read.
    rows : int
        How many rows of advice were made, those with a problem included.
    problems : int
        How many people could not be read.
    """

    people: int = 0
    rows: int = 0
    problems: int = 0

    @classmethod
    def of(cls, n_people: int, rows: Sequence[Row]) -> Streamed:
        """What became of so many people, by their rows of advice."""
        return cls(n_people, len(rows), sum(row["problem"] is not None for row in rows))

    def with_more(self, more: Streamed) -> Streamed:
        """Both together.

        Examples
        --------
        >>> Streamed(2, 6).with_more(Streamed(1, 1, 1))
        Streamed(people=3, rows=7, problems=1)
        """
        return Streamed(self.people + more.people, self.rows + more.rows, self.problems + more.problems)


class Done:
    """Counts what passes by, and tells how far it is on standard error when asked.

    Parameters
    ----------
    n_people : int or None
        How many there are; None when nobody knows.
    progress : bool
        Whether to tell.
    """

    def __init__(self, n_people: int | None, progress: bool) -> None:
        self.so_far = Streamed()
        self._of = "" if n_people is None else f" of {n_people}"
        self._progress = progress

    def through(self, made: Iterable[tuple[T, Streamed]]) -> Iterator[T]:
        """What was made, one after another, without its counts."""
        for one, counts in made:
            self.so_far = self.so_far.with_more(counts)
            if self._progress:
                tell(f"{self.so_far.people}{self._of} people advised")
            yield one
