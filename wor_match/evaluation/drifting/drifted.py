"""One line of a drift check: what was seen, what was expected, and whether that is more than luck and doubt explain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from wor_match.evaluation.drifting.expected import STARTS, Expected, Floats, summed
from wor_match.evaluation.off_policy import NORMAL_95
from wor_match.evaluation.telling.small import LEAST_TOLD, tells

# What is checked → its columns of `Expected`, and whether by activity.
ROWS: dict[str, tuple[tuple[int, ...], bool]] = {
    "starts": ((STARTS,), False),
    "stops in weeks 1-2": ((1,), False),
    "stops in weeks 3-4": ((2,), False),
    "stops in weeks 5-12": ((3,), False),
    "starts by activity": ((STARTS,), True),
    "stops by activity": ((1, 2, 3), True),
}
FALSE_ALARMS = 0.05  # of all rows together, shared out evenly (Bonferroni)
AS_EXPECTED, TOO_FEW, TOO_UNSURE = "as expected", "too few to say", "the matcher is too unsure to say"
ELSEWHERE = "at other activities than expected"
NOT_TOLD = "fewer than ten people are behind it"
HALF, DOUBLE = 0.5, 2.0  # a change that a check must be able to see; an assumption


@dataclass(frozen=True, slots=True)
class DriftRow:
    """One thing that is checked.

    Attributes
    ----------
    what : str
    people : int or None
        Behind it.
    observed, expected : float or None
        Counts; a stop of unknown week is shared out over the weeks. By activity: how many lie elsewhere, the sum over
        the activities of what is more or less than expected there, and what luck and doubt alone give.
    expected_low, expected_high : float or None
        Between these it lies when the matcher is right, in all rows together 19 times out of 20.
    ratio, low, high : float or None
        Observed / expected with 95 %, as if what was expected had no doubt; no interval by activity.
    verdict : str
    alarm : bool
    possible : float
        The most that there could be.
    """

    what: str
    people: int | None
    observed: float | None
    expected: float | None
    expected_low: float | None
    expected_high: float | None
    ratio: float | None
    low: float | None
    high: float | None
    verdict: str
    alarm: bool = False
    possible: float = field(default=0.0, repr=False)

    @classmethod
    def untold(cls, what: str, why: str) -> DriftRow:
        """A row without figures, and why."""
        return cls(what, None, None, None, None, None, None, None, None, why)

    def sentence(self) -> str:
        """The row in a sentence."""
        if self.observed is None or self.expected is None:
            return f"{self.what.capitalize()}: {self.verdict}."
        if ROWS[self.what][1]:
            lie = f"they lie {self.observed:.0f} away from where they were expected, counted over the activities"
            luck = f"luck and doubt alone give up to {self.expected_high:.0f}"
            return f"{self.what.capitalize()}: {lie}; {luck}; {self.verdict}."
        span = f"{self.expected_low:.0f} to {self.expected_high:.0f}"
        seen = f"{self.observed:.0f} seen, {self.expected:.0f} expected ({span})"
        return f"{self.what.capitalize()}: {seen}; {self.verdict}."


@dataclass(frozen=True, eq=False)
class Counted:
    """What was seen and expected of episodes, with their places, their people, and histories in which it is right."""

    of: Expected
    place: NDArray[np.int64]
    invented: Floats
    person: tuple[str, ...]

    def by_place(self, values: Floats, columns: Sequence[int]) -> Floats:
        """Sums of these columns by place."""
        return summed(values[:, list(columns)].sum(axis=1), self.place)


def row_of(what: str, counted: Counted) -> DriftRow:
    """One row of the check."""
    columns, by_activity = ROWS[what]
    seen, mean = (counted.by_place(values, columns) for values in (counted.of.seen, counted.of.mean))
    invented = counted.invented[:, list(columns)].sum(axis=1)
    at_risk = counted.of.trials[:, list(columns)].sum(axis=1) > 0
    people = len({one for one, there in zip(counted.person, at_risk, strict=True) if there})
    if not people:
        return DriftRow.untold(what, TOO_FEW)
    if by_activity:
        far = float(np.abs(seen - mean).sum())
        return spread_row(what, people, far, np.abs(invented - mean[:, None]).sum(axis=0), float(mean.sum()))
    possible = float(at_risk.sum())
    return total_row(what, people, float(seen.sum()), counted.of, columns[0], invented.sum(axis=0), possible)


def total_row(
    what: str, people: int, seen: float, of: Expected, column: int, invented: Floats, possible: float
) -> DriftRow:
    """A count in all, beside what was expected."""
    mean = float(of.mean[:, column].sum())
    alpha = FALSE_ALARMS / len(ROWS)
    low, high = np.quantile(invented, [alpha / 2, 1 - alpha / 2], method="inverted_cdf").tolist()
    error = float(np.sqrt((of.mean[:, STARTS] * (1 - of.mean[:, STARTS])).sum())) if column == STARTS else None
    down, up = garwood(seen) if error is None else (max(seen - NORMAL_95 * error, 0.0), seen + NORMAL_95 * error)
    verdict, alarm = AS_EXPECTED, not low <= seen <= high
    if alarm:
        does = "start" if column == STARTS else "stop"
        verdict = f"{'more' if seen > mean else 'fewer'} {does} than expected"
    elif low <= HALF * mean or (column != STARTS and high >= DOUBLE * mean):
        spread = NORMAL_95 * (error or np.sqrt(mean))
        verdict = TOO_FEW if spread >= HALF * mean else TOO_UNSURE
    return DriftRow(what, people, seen, mean, low, high, seen / mean, down / mean, up / mean, verdict, alarm, possible)


def spread_row(what: str, people: int, far: float, invented: Floats, mean: float) -> DriftRow:
    """How many lie at other activities than expected, beside what luck and doubt alone give."""
    usual, high = float(invented.mean()), float(np.quantile(invented, 1 - FALSE_ALARMS / len(ROWS)))
    alarm = far > high
    verdict = ELSEWHERE if alarm else TOO_FEW if usual >= HALF * mean else AS_EXPECTED
    ratio = far / usual if usual else None
    return DriftRow(what, people, far, usual, 0.0, high, ratio, None, None, verdict, alarm, mean)


def garwood(count: float, level: float = 0.95) -> tuple[float, float]:
    """The exact interval of the mean of a Poisson count, which may be a sum of shares.

    References
    ----------
    F. Garwood, Fiducial limits for the Poisson distribution, Biometrika 28 (1936).

    Examples
    --------
    >>> [round(end, 3) for end in garwood(10)]
    [4.795, 18.39]
    """
    from scipy.special import gammaincinv

    tail = (1 - level) / 2
    return float(gammaincinv(count, tail)) if count > 0 else 0.0, float(gammaincinv(count + 1, 1 - tail))


def shareable_rows(rows: Sequence[DriftRow], enough: bool) -> tuple[DriftRow, ...]:
    """Rows in which no count of people, and none that is left after subtraction, is one to nine.

    Counts are whole, so that nobody can work out whose week was not known.
    """
    found: list[DriftRow] = []
    left: float | None = None
    for row in rows:
        columns, by_activity = ROWS[row.what]
        told = enough and row.observed is not None and row.people is not None and row.people >= LEAST_TOLD
        if told and not by_activity and row.observed is not None:
            whole = round(row.possible) if left is None else round(left)
            told = tells(round(row.observed), round(row.possible)) and tells(round(row.observed), whole)
            if told:
                left = row.observed if columns == (STARTS,) else whole - round(row.observed)
        found.append(rounded(row) if told else DriftRow.untold(row.what, NOT_TOLD))
    return tuple(found)


def rounded(row: DriftRow) -> DriftRow:
    """A row with whole counts, a ratio that gives no other count away, and nothing on who was there when."""
    ratio, low, high = (None if told is None else round(told, 2) for told in (row.ratio, row.low, row.high))
    observed, mean = (None if told is None else float(round(told)) for told in (row.observed, row.expected))
    people = row.people if ROWS[row.what] == ((STARTS,), False) else None
    return replace(row, people=people, observed=observed, expected=mean, ratio=ratio, low=low, high=high, possible=0.0)
