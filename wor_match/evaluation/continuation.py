"""How many still take part after each week, when not everybody was followed to the end; and what that lack weighs.

Numbers in, numbers out. The week of a stop must be known here: stops known only to lie between two weeks belong to the
model of the chance (`wor_match.learning`), which can use them.

References
----------
E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete observations, JASA 53 (1958).
J. D. Kalbfleisch and R. L. Prentice, The statistical analysis of failure time data (1980), section 1.3: the interval.
J. M. Robins and A. Rotnitzky (1992), Recovery of information and adjustment for dependent censoring: the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wor_match.errors import WorMatchError
from wor_match.evaluation.off_policy import NORMAL_95, numbers, same_length
from wor_match.evaluation.telling.small import LEAST_TOLD
from wor_match.evaluation.telling.steps import DECIMALS, put_together
from wor_match.interop.frames import frame

if TYPE_CHECKING:
    from wor_match.interop.frames import Backend

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Told = Sequence[float] | NDArray[Any]
COLUMNS: dict[str, type] = {
    "week": int, "still": float, "low": float, "high": float, "at_risk": int, "stops": int, "lost": int,
}  # fmt: skip
NOBODY_STOPPED = "nobody stopped in these weeks, so how sure this is cannot be told"
TOO_FEW = "fewer than ten people are behind it"
TOO_FEW_MOVES = "no week can be told without a count of one to nine people"


@dataclass(frozen=True, eq=False, repr=False)
class Continuation:
    """The share that still takes part after each week (Kaplan-Meier).

    Attributes
    ----------
    week : ndarray (n_weeks,)
        0, 1, ... to the last week anybody was seen; in a shared one the last week of those put together.
    still : ndarray (n_weeks,)
        The share still there after that week, in [0, 1]; in a shared one of the counts beside it, in whole percent.
    low, high : ndarray (n_weeks,)
        95 %, on the scale log(-log). Before the first stop both are 1: how sure that is cannot be told. After the last
        one, at a share of 0, `high` stays where it was the week before.
    at_risk, stops, lost : ndarray (n_weeks,)
        How many were followed into that week (in a shared one: were there at any time in its weeks), how many of them
        stopped in it, and how many were seen in it for the last time.
    n : int or None
        People in all (in a shared one: in its weeks); None when it may not be told.
    shared : bool
        Whether weeks were put together so that nothing is told about fewer than ten people.
    reason : str
        Why there is no curve, or no interval; empty when there is.
    """

    week: Codes
    still: Floats
    low: Floats
    high: Floats
    at_risk: Codes
    stops: Codes
    lost: Codes
    n: int | None
    shared: bool = False
    reason: str = ""

    def __repr__(self) -> str:
        return f"Continuation({'few' if self.n is None else self.n} people, {len(self.week)} weeks)"

    @property
    def first(self) -> Codes:
        """The first of the weeks that each row is about, (n_weeks,): the week itself, unless it is a shared one."""
        return np.concatenate([[0], self.week[:-1] + 1])[: len(self.week)]

    def frame(self, backend: Backend | None = None) -> Any:
        """One row a week: a list of dicts, or a frame of ``polars``, ``pandas`` or ``pyarrow``.

        Raises
        ------
        WorMatchError
            When the `backend` is none of these, or is not installed.
        """
        arrays = {name: getattr(self, name).tolist() for name in COLUMNS}
        rows = [dict(zip(arrays, values, strict=True)) for values in zip(*arrays.values(), strict=True)]
        return frame(rows, COLUMNS, backend)

    def shareable(self) -> Continuation:
        """The same, telling nothing about one to nine people.

        Weeks are put together until those who stopped, who were lost from view, who entered, and who are left are each
        none, or ten or more; later weeks are left out. The shares and their ends are those of these counts alone, each
        stretch of weeks taken as one week, so that they tell no more than the counts: who was lost from view in a
        stretch counts as there to its end. Where people were lost before others stopped, the curve lies a little higher
        than the one by week. Two curves of which one holds the people of the other can still be subtracted: share one.
        """
        left = self.at_risk - self.stops - self.lost
        entered = self.at_risk - np.concatenate([[0], left[:-1]])
        enough = self.n is not None and self.n >= LEAST_TOLD
        groups = put_together(np.column_stack([self.stops, self.lost, entered]), left) if enough else []
        last = np.array([end - 1 for _, end in groups], dtype=np.int64)
        told: dict[str, Any] = {}
        for name in ("stops", "lost"):
            told[name] = np.array([getattr(self, name)[a:b].sum() for a, b in groups], dtype=np.int64)
        told["at_risk"] = left[last] + told["stops"] + told["lost"]
        shares = life_table(told["stops"], told["at_risk"])
        told.update(zip(("still", "low", "high"), (np.round(one, DECIMALS) for one in shares), strict=True))
        calm = NOBODY_STOPPED if not told["stops"].any() else ""
        reason = TOO_FEW if not enough else calm if groups else TOO_FEW_MOVES
        seen = int(entered[: last[-1] + 1].sum()) if groups else self.n
        return replace(self, week=self.week[last], **told, n=seen if enough else None, shared=True, reason=reason)


def continuation(weeks: Told, stopped: Told, entry: Told | None = None) -> Continuation:
    """The share that still takes part after each week.

    Parameters
    ----------
    weeks : array (n,) of whole numbers from 0
        The last week in which something is known of each person.
    stopped : array (n,) of bool
        Whether they stopped in that week; else they were seen in it and lost from view after it (censored), and count
        among those at risk in it.
    entry : array (n,) of whole numbers from -1, optional
        The week after which each person was followed, for who came into view late; -1, as when left out: from week 0.

    Raises
    ------
    WorMatchError
        When an array is empty, of another length, or holds what it cannot hold; when an entry is not before the week.

    Examples
    --------
    >>> continuation([1, 2, 3, 3], [True, True, False, False]).still.tolist()
    [1.0, 0.75, 0.5, 0.5]
    """
    last, stop = whole("weeks", weeks, 0), yes_or_no("stopped", stopped)
    begin = whole("entry", np.full(len(last), -1) if entry is None else entry, -1)
    same_length(weeks=weeks, stopped=stopped, entry=begin.astype(np.float64))
    if np.any(begin >= last):
        row = int(np.flatnonzero(begin >= last)[0])
        raise WorMatchError(
            f"entry is not before the week in row {row}; leave out who was never followed", code="out-of-range"
        )
    size = int(last.max()) + 1
    stops, lost = (np.bincount(last[which], minlength=size) for which in (stop, ~stop))
    gone = np.cumsum(stops + lost) - stops - lost
    at_risk = np.cumsum(np.bincount(begin + 1, minlength=size)) - gone
    still, low, high = life_table(stops, at_risk)
    reason = "" if stops.any() else NOBODY_STOPPED
    return Continuation(np.arange(size), still, low, high, at_risk, stops, lost, len(last), reason=reason)


def life_table(stops: Codes, at_risk: Codes) -> tuple[Floats, Floats, Floats]:
    """The share still there after each week or stretch of weeks, and the ends of its interval."""
    still: Floats = np.asarray(np.cumprod(1.0 - stops / np.maximum(at_risk, 1)), dtype=np.float64)
    return still, *interval(still, stops, at_risk)


def interval(still: Floats, stops: Codes, at_risk: Codes) -> tuple[Floats, Floats]:
    """95 % by Greenwood's variance on the scale log(-log), so that it stays within [0, 1]."""
    inside = (still > 0) & (still < 1)
    after = np.where(at_risk > stops, at_risk - stops, 1)
    greenwood = np.cumsum(stops / (np.maximum(at_risk, 1) * after))
    fall = -np.log(np.where(inside, still, 0.5))
    width = NORMAL_95 * np.sqrt(greenwood) / fall
    low, high = (np.where(inside, np.exp(-fall * np.exp(sign * width)), still) for sign in (1, -1))
    if np.any(still == 0):
        over = int(np.argmax(still == 0))
        high[over:] = high[over - 1] if over else 1.0
    return low, high


def followed_weights(week: Told, known: Told, least: float = 0.05) -> Floats:
    """What each person counts where only a known outcome counts: who was seen stands also for who was lost from view.

    1 / G for a known outcome, and 0 else; G is the share (Kaplan-Meier) that was still followed up to the week in
    which the outcome became known, at least `least`. With these weights, and nobody lost in the last week, the mean of
    "still there" is that of `continuation`, as long as `least` does not bind.

    Parameters
    ----------
    week : array (n,) of whole numbers from 0
        The week in which the outcome became known: 0 for who never started, the week of the stop, 12 for who stayed
        twelve weeks. Else the last week in which the person was seen; what would have happened in that week is then
        known, and they count as lost after it.
    known : array (n,) of bool
        Whether the outcome became known.
    least : float
        The smallest G, in (0, 1]: no person stands for more than 1 / least.

    Returns
    -------
    ndarray (n,)
        Weights from 0, for `reliability` and as `censoring` for the figures of `off_policy`.

    Raises
    ------
    WorMatchError
        When an array is empty, of another length, or holds what it cannot hold, or `least` is outside (0, 1].

    References
    ----------
    Robins and Rotnitzky (1992); .05 is an assumption.

    Examples
    --------
    >>> followed_weights([0, 3, 5, 12], [True, False, True, True]).round(6).tolist()
    [1.0, 0.0, 1.5, 1.5]
    """
    at, seen = whole("week", week, 0), yes_or_no("known", known)
    same_length(week=week, known=known)
    if not 0 < least <= 1:
        raise WorMatchError(
            "least is the smallest share followed; allowed is above 0 and at most 1", code="out-of-range"
        )
    size = int(at.max()) + 1
    outcomes, lost = (np.bincount(at[which], minlength=size) for which in (seen, ~seen))
    gone = np.cumsum(outcomes + lost) - lost  # an outcome of the same week comes before the loss
    after = np.cumprod(1.0 - lost / np.maximum(len(at) - gone, 1))
    before = np.concatenate([[1.0], after[:-1]])
    weights: Floats = np.where(seen, 1.0 / np.maximum(before[at], least), 0.0)
    return weights


def whole(name: str, told: Told, least: int) -> Codes:
    """A list of whole numbers."""
    found = numbers(name, told)
    if np.any(found != np.floor(found)) or np.any(found < least):
        row = int(np.flatnonzero((found != np.floor(found)) | (found < least))[0])
        raise WorMatchError(
            f"{name} holds {found[row]:g} in row {row}; allowed are whole numbers from {least}", code="out-of-range"
        )
    return found.astype(np.int64)


def yes_or_no(name: str, told: Told) -> NDArray[np.bool_]:
    """A list of True and False, or 1 and 0."""
    found = numbers(name, told)
    if np.any((found != 0) & (found != 1)):
        row = int(np.flatnonzero((found != 0) & (found != 1))[0])
        raise WorMatchError(
            f"{name} holds {found[row]:g} in row {row}; allowed are True and False, or 1 and 0", code="out-of-range"
        )
    return np.asarray(found == 1)
