"""The candidates of many people side by side, so that one sum on arrays serves them all.

Each array has a row for each person and a column for each of their candidates, (n_people, n). Who has fewer candidates
than another is filled up with what is never shown. Where one candidate of each person is meant, (n_people,) numbers say
where it stands when the rows of the block lie end to end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wor_match.choosing.candidates import LITTLE_WORTH, Bits, Candidates, Codes, Days, Flags, Floats, showable

# How alike it makes two activities to share this, in tenths, so that sums are exact. Assumptions.
ALIKE = {"group": 5, "organiser": 1, "terms": 3, "weekdays": 1}
TENTHS = np.array([*ALIKE.values()], dtype=np.uint8)
MOST_ALIKE = int(TENTHS.sum())
NEVER = -np.inf  # the score of what cannot be shown
# What is told of a candidate that is not there: it is never shown, is wanted by nobody and has nothing to share.
NOT_THERE = {
    "score": NEVER, "worth": NEVER, "easy": False, "liked": False, "unsure": False,
    "group": -1, "organiser": -1, "terms": 0, "weekdays": 0,
}  # fmt: skip
Tenths = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """What is told of the candidates of these people.

    Attributes
    ----------
    begins : ndarray (n_people,)
        Where each person's candidates begin when the rows lie end to end.
    score : ndarray (n_people, n)
        Minus infinity where nothing may be shown.
    worthy : ndarray (n_people, n)
        Which are not of little worth.
    easy, liked, unsure, group, organiser : ndarray (n_people, n)
    terms, weekdays : ndarray (n_numbers, n_people, n), (1, n_people, n)
        As in `Candidates`.
    """

    begins: Codes
    score: Floats
    worthy: Flags
    easy: Flags
    liked: Flags
    unsure: Flags
    group: Codes
    organiser: Codes
    terms: Bits
    weekdays: Days

    @classmethod
    def of(cls, people: Sequence[Candidates]) -> Block:
        """The block of these people, one at least of whom has candidates."""
        told = side_by_side(people)
        score, worthy = told.pop("score"), told.pop("worth") >= LITTLE_WORTH
        begins = np.arange(0, score.size, score.shape[1])
        return cls(begins, np.where(showable(worthy), score, NEVER), worthy, **told)

    def best(self, value: Floats) -> Codes:
        """Where each person's highest value stands, (n_people,); the first of equals."""
        best: Codes = value.argmax(axis=1) + self.begins
        return best

    def by_score(self, shown: Codes) -> list[list[int]]:
        """The rows that each was shown, the highest score first; the first of equals first.

        Parameters
        ----------
        shown : ndarray (n_slots, n_people)
            Who ran out of candidates holds their first row again, or one that may not be shown.
        """
        scores, rows = self.score.take(shown).T.tolist(), (shown - self.begins).T.tolist()
        return [best_first(*one) for one in zip(rows, scores, strict=True)]


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """In what candidates can be alike.

    Attributes
    ----------
    codes, held_against : ndarray (2, n_people, n)
        Group and organiser. An unknown one, -1, is held against the others as -2: it is like nobody's.
    terms : ndarray (n_numbers, n_people, n)
    weekdays : ndarray (1, n_people, n)
    """

    codes: Codes
    held_against: Codes
    terms: Bits
    weekdays: Days

    @classmethod
    def of(cls, block: Block) -> Likeness:
        """How the candidates of each person are alike."""
        codes = np.array([block.group, block.organiser])
        return cls(codes, codes - (codes < 0), block.terms, block.weekdays)

    def to(self, one: Codes) -> Tenths:
        """How alike each candidate is to one of the same person, (n_people, n), in tenths: from 0 to 10.

        Parameters
        ----------
        one : ndarray (n_people,)
            Where the one of each person stands.
        """
        alike = np.empty((len(ALIKE), *self.codes.shape[1:]), dtype=np.uint8)
        np.equal(self.codes, of_one(self.held_against, one), out=alike[:2])
        np.logical_or.reduce(self.terms & of_one(self.terms, one), axis=0, out=alike[2])
        np.not_equal(self.weekdays & of_one(self.weekdays, one), 0, out=alike[3:])
        tenths: Tenths = np.einsum("kpn,k->pn", alike, TENTHS)
        return tenths


def of_one(told: Any, one: Codes) -> Any:
    """What is told of one candidate of each person, (n_kinds, n_people, 1), of (n_kinds, n_people, n)."""
    return told.reshape(len(told), -1).take(one, axis=1)[:, :, None]


def best_first(rows: Sequence[int], scores: Sequence[float]) -> list[int]:
    """One person's rows that can be shown, each once, the highest score first; the first of equals first.

    Examples
    --------
    >>> best_first([7, 2, 9, 7, 4], [0.5, 0.5, 0.6, 0.5, NEVER])
    [9, 2, 7]
    """
    score_of = {row: score for row, score in sorted(zip(rows, scores, strict=True)) if score > NEVER}
    return sorted(score_of, key=score_of.__getitem__, reverse=True)


def side_by_side(people: Sequence[Candidates]) -> dict[str, Any]:
    """Each array of `Candidates` for the whole block, (..., n_people, n); one person's are seen as they are."""
    if len(people) == 1:
        return {name: getattr(people[0], name)[..., None, :] for name in NOT_THERE}
    source = in_line([len(one.score) for one in people])
    return {name: joined([getattr(one, name) for one in people], source, NOT_THERE[name]) for name in NOT_THERE}


def in_line(sizes: Sequence[int]) -> Codes:
    """Where each candidate stands when those of all people stand in one line, (n_people, n); past its end if not there.

    Examples
    --------
    >>> in_line([2, 0, 3]).tolist()
    [[0, 1, 5], [5, 5, 5], [2, 3, 4]]
    """
    n, columns = np.array(sizes)[:, None], np.arange(max(sizes))
    ends = n.cumsum(axis=0)
    return np.asarray(np.where(columns < n, ends - n + columns, ends[-1]))


def joined(arrays: Sequence[Any], source: Codes, not_there: float) -> Any:
    """One array for the whole block, (..., n_people, n), of one array (..., n) for each person."""
    past_the_end = np.full((*arrays[0].shape[:-1], 1), not_there, dtype=arrays[0].dtype)
    return np.concatenate([*arrays, past_the_end], axis=-1).take(source, axis=-1)
