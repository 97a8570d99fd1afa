"""Which people teach and which are asked, so that no advice is judged with what nobody knew on that day.

It knows no events and no advice: a column with moments and a label for each person.
"""

# ruff: noqa: N803 — X is the name that scikit-learn gives it
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wor_match.errors import WorMatchError

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Fold = tuple[Codes, Codes]


@dataclass(frozen=True)
class TemporalGroupSplit:
    """Folds in the order of time, with every person on one side only; for scikit-learn's ``cv=``.

    Training rows lie before a cut, and when `known_column` is given their outcome was known before it too. Test rows
    lie from the cut up to the next one, and are of people who are not in the training rows. Cuts lie where equal
    shares of the people come in for the first time.

    Parameters
    ----------
    n_splits : int
        How many folds, from 1.
    time_column : int or str
        The column of X with the moment of each row, as a number such as a day; a name when X is a frame.
    known_column : int or str, optional
        The column with the moment its outcome was known, on the same clock; not a number: never known.
    test_share : float, optional
        The share of the people in all test parts together, in (0, 1); n_splits / (n_splits + 1) when left out.

    Raises
    ------
    WorMatchError
        When `n_splits` is no whole number from 1, or `test_share` lies outside (0, 1).

    Examples
    --------
    >>> days = [[1], [2], [3], [4]]
    >>> for train, test in TemporalGroupSplit(n_splits=2).split(days, groups=["a", "b", "a", "c"]):
    ...     print(train, test)
    [0] [1]
    [0 1 2] [3]
    """

    n_splits: int = 5
    time_column: int | str = 0
    known_column: int | str | None = None
    test_share: float | None = None

    def __post_init__(self) -> None:
        if isinstance(self.n_splits, bool) or not isinstance(self.n_splits, int) or self.n_splits < 1:
            raise WorMatchError(
                "n_splits is no whole number from 1; it says how many folds there are", code="out-of-range"
            )
        if self.test_share is not None and not 0 < self.test_share < 1:
            raise WorMatchError("test_share is outside (0, 1); it is a share of the people", code="out-of-range")

    def get_n_splits(self, X: object = None, y: object = None, groups: object = None) -> int:
        """How many folds there are; `X`, `y` and `groups` are not looked at."""
        return self.n_splits

    def split(self, X: Any, y: object = None, groups: Sequence[Any] | NDArray[Any] | None = None) -> Iterator[Fold]:
        """The rows to train on and the rows to test on, for each fold, earliest cut first.

        Parameters
        ----------
        X : array or frame (n_rows, n_features)
        y : ignored
        groups : array (n_rows,)
            Who each row is about.

        Returns
        -------
        iterator of (ndarray, ndarray)
            Row numbers, rising.

        Raises
        ------
        WorMatchError
            When there are no groups, or they have another length than X; when a moment is no number; when there are
            too few people, or a fold has nothing to train on or nobody to test.
        """
        time = column(X, "time_column", self.time_column)
        known = None if self.known_column is None else column(X, "known_column", self.known_column)
        if not np.isfinite(time).all():
            raise WorMatchError(
                "time_column holds a moment that is no finite number; leave those rows out", code="no-number"
            )
        person = codes(groups, len(time))
        cuts = self.cuts(first_moments(time, person))
        ends = [*cuts[1:], np.inf]
        return iter([self.fold(at, cuts[at], ends[at], time, known, person) for at in range(self.n_splits)])

    def cuts(self, first: Floats) -> Floats:
        """The moments from which people are tested, (n_splits,), from the `first` moment of each person.

        Raises
        ------
        WorMatchError
            When there are fewer people than folds.
        """
        if len(first) <= self.n_splits:
            raise WorMatchError(
                f"there are {len(first)} people for {self.n_splits} folds; give at least {self.n_splits + 1}, "
                "or fewer folds",
                code="too-few-people",
            )
        tested = self.test_share or self.n_splits / (self.n_splits + 1)
        shares = 1 - tested * np.arange(self.n_splits, 0, -1) / self.n_splits
        at: Floats = np.sort(first)[np.floor(shares * len(first) + 1e-9).astype(int)]
        return at

    def fold(self, at: int, cut: float, end: float, time: Floats, known: Floats | None, person: Codes) -> Fold:
        """The rows of one fold.

        Parameters
        ----------
        at : int
            Which fold it is.
        cut, end : float
            The moments between which people are tested.
        time, known, person : array (n_rows,)
            When it happened, when it was known (None: at once), and to whom, as a code.

        Raises
        ------
        WorMatchError
            When there is nothing to train on, or nobody to test.
        """
        training = time < cut
        if known is not None:
            training &= known < cut
        taught = np.isin(person, person[training])
        tested = (time >= cut) & (time < end) & ~taught
        for rows, what in ((training, "nothing to train on"), (tested, "nobody to test")):
            if not rows.any():
                raise WorMatchError(
                    f"fold {at + 1} of {self.n_splits} has {what}; use fewer folds, or give more people",
                    code="too-few-people",
                )
        return np.flatnonzero(training), np.flatnonzero(tested)


def column(X: Any, name: str, which: int | str) -> Floats:
    """One column as numbers, (n_rows,)."""
    try:
        found = np.asarray(X[which] if isinstance(which, str) else np.asarray(X)[:, which], dtype=np.float64)
    except Exception:  # frames of every kind raise their own errors
        raise WorMatchError(
            f"X has no column of numbers {which!r}; say in {name} which one it is", code="unknown-name"
        ) from None
    return found


def codes(groups: Any, n: int) -> Codes:
    """The people as codes, (n_rows,)."""
    if groups is None:
        raise WorMatchError("there are no groups; say with groups= who each row is about", code="missing")
    labels = np.asarray(groups)
    if labels.shape != (n,):
        raise WorMatchError(
            f"groups has the shape {labels.shape} and X {n} rows; give one label for each row", code="other-length"
        )
    if any(one is None or one != one for one in labels.tolist()):
        raise WorMatchError("groups holds a missing label; give one for each row", code="missing")
    if labels.dtype == object:  # 1 and "1" are two people
        labels = np.array([f"{type(one).__name__} {one}" for one in labels.tolist()])
    return np.unique(labels, return_inverse=True)[1]


def first_moments(time: Floats, person: Codes) -> Floats:
    """The first moment of each person, (n_people,)."""
    first = np.full(int(person.max()) + 1 if len(person) else 0, np.inf)
    np.minimum.at(first, person, time)
    return first
