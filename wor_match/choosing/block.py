"""The candidates of many people side by side, so that one sum on arrays serves them all.

Each array has a row for each person and a column for each of their candidates, (n_people, n). Who has fewer candidates
than another is filled up with what is never shown: its score is minus infinity. Where one candidate of each person is
meant, its place is told as if the rows of the block lay end to end, (n_people,).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wor_match.choosing.candidates import LITTLE_WORTH, Bits, Candidates, Codes, Flags, Floats, showable

# How alike two activities are, in tenths, so that sums are exact. Assumptions.
GROUP, TERM, ORGANISER, WEEKDAY = 5, 3, 1, 1
TENTHS = np.array([GROUP, ORGANISER, TERM, WEEKDAY], dtype=np.uint8)
MOST_ALIKE = int(TENTHS.sum())
NEVER = -np.inf  # the score of what cannot be shown
NO_LINE = np.zeros((0, 0), dtype=np.int64)  # one person alone needs none
Tenths = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Who stand in the block, and the scores of what may be shown to them.

    Attributes
    ----------
    source : ndarray (n_people, n)
        Where each candidate stands when those of all people stand in one line; past its end where there is none.
    begins : ndarray (n_people,)
        Where each person's candidates begin when the rows lie end to end.
    worthy : ndarray (n_people, n)
        Which are not of little worth.
    score : ndarray (n_people, n)
        Minus infinity where nothing may be shown.
    """

    source: Codes
    begins: Codes
    worthy: Flags
    score: Floats

    @classmethod
    def of(cls, people: Sequence[Candidates], sizes: list[int]) -> Block:
        """The block of these people, who have so many candidates each; one at least has some."""
        source = in_line(sizes)
        worthy = side_by_side(source, [one.worth for one in people], NEVER) >= LITTLE_WORTH
        score = side_by_side(source, [one.score for one in people], NEVER)
        begins = np.arange(0, score.size, max(sizes))
        return cls(source, begins, worthy, np.where(showable(worthy), score, NEVER))

    def best(self, value: Floats) -> Codes:
        """Where each person's highest value stands, (n_people,); the first of equals."""
        best: Codes = value.argmax(axis=1) + self.begins
        return best

    def by_score(self, shown: Codes) -> list[list[int]]:
        """The rows that each was shown, the highest score first; the first of equals first.

        Parameters
        ----------
        shown : ndarray (n_places, n_people)
            Who ran out of candidates holds their first row again, or one that may not be shown.
        """
        below, rows = (-self.score.take(shown)).T.tolist(), (shown - self.begins).T.tolist()
        return [
            [row for low, row in sorted({*zip(lows, theirs, strict=True)}) if low < -NEVER]
            for lows, theirs in zip(below, rows, strict=True)
        ]


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """In what candidates can be alike.

    Attributes
    ----------
    codes, held_against : ndarray (2, n_people, n)
        Group and organiser. An unknown one, -1, is held against the others as -2: it is like nobody's.
    bits : ndarray (n_terms + n_days, n_people, n)
        Terms, then weekdays: flags, or many of them in the bits of a number.
    n_terms : int
    """

    codes: Codes
    held_against: Codes
    bits: Bits
    n_terms: int

    @classmethod
    def of(cls, source: Codes, group: Codes, people: Sequence[Candidates]) -> Likeness:
        """How the candidates of these people are alike, who stand there from this `source` and have these groups."""
        codes = np.array([group, side_by_side(source, [one.organiser for one in people], -1)])
        terms = side_by_side(source, [one.terms for one in people], 0)
        weekdays = side_by_side(source, [one.weekdays for one in people], 0)
        return cls(codes, codes - (codes < 0), np.concatenate([terms, weekdays]), len(terms))

    def to(self, one: Codes) -> Tenths:
        """How alike each candidate is to one of the same person, (n_people, n), in tenths: from 0 to 10.

        Parameters
        ----------
        one : ndarray (n_people,)
            Where the one of each person stands.
        """
        alike = np.empty((len(TENTHS), *self.codes.shape[1:]), dtype=np.uint8)
        np.equal(self.codes, of_one(self.held_against, one), out=alike[:2])
        both = self.bits & of_one(self.bits, one)
        np.logical_or.reduce(both[: self.n_terms], axis=0, out=alike[2])
        np.logical_or.reduce(both[self.n_terms :], axis=0, out=alike[3])
        tenths: Tenths = np.einsum("kpn,k->pn", alike, TENTHS)
        return tenths


def of_one(told: Any, one: Codes) -> Any:
    """What is told of one candidate of each person, (n_kinds, n_people, 1), of (n_kinds, n_people, n)."""
    return told.reshape(len(told), -1).take(one, axis=1)[:, :, None]


def in_line(sizes: list[int]) -> Codes:
    """Where each candidate stands when those of all people stand in one line, (n_people, n)."""
    if len(sizes) == 1:
        return NO_LINE
    n, columns = np.array(sizes)[:, None], np.arange(max(sizes))
    ends = n.cumsum(axis=0)
    return np.asarray(np.where(columns < n, ends - n + columns, ends[-1]))


def side_by_side(source: Codes, arrays: Sequence[Any], otherwise: float) -> Any:
    """One array for the whole block, (..., n_people, n), of one array (..., n) for each person."""
    if len(arrays) == 1:
        return arrays[0][..., None, :]
    past_the_end = np.full((*arrays[0].shape[:-1], 1), otherwise, dtype=arrays[0].dtype)
    return np.concatenate([*arrays, past_the_end], axis=-1).take(source, axis=-1)
