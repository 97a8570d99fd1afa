"""One line of a drift check: what was seen, what was expected, and whether that is more than luck and doubt explain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from wor_match.evaluation.drifting.expected import STARTS, Expected, Floats, summed
from wor_match.evaluation.off_policy import NORMAL_95
from wor_match.evaluation.telling.small import LEAST_TOLD, tells_people, tens
from wor_match.evaluation.telling.steps import A_STEP

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
STEPS = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, float("inf"))  # in which a shared check tells how many were expected
SHARED_OUT = 1e-9  # of an episode; less is none of it
HALF, DOUBLE = 0.5, 2.0  # a change that a check must be able to see; an assumption


@dataclass(frozen=True, slots=True)
class DriftRow:
    """One thing that is checked.

    Attributes
    ----------
    what : str
    people : int or None
        Behind it; in a shared one in whole tens: 30 is 30 to 39.
    observed, expected : float or None
        Counts; a stop of unknown week is shared out over the weeks. By activity: how many lie elsewhere, the sum over
        the activities of what is more or less than expected there, and what luck and doubt alone give.
    expected_low, expected_high : float or None
        Between these it lies when the matcher is right, in all rows together 19 times out of 20; None in a shared one.
    ratio, low, high : float or None
        Observed / expected with 95 %, as if what was expected had no doubt; no interval by activity, nor of starts in a
        shared one.
    verdict : str
    alarm : bool
    told : bool
        Whether its figures may be told beside those of the rows before it, when it is shared.
    step : float
        In which step what was expected is then told.
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
    told: bool = field(default=False, repr=False)
    step: float = field(default=1.0, repr=False)

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
        shared = self.expected_low is None or self.expected_high is None
        span = "" if shared else f" ({self.expected_low:.0f} to {self.expected_high:.0f})"
        seen = f"{self.observed:.0f} seen, {self.expected:.0f} expected{span}"
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

    def people(self, which: NDArray[np.bool_]) -> frozenset[str]:
        """Who is behind some of the episodes."""
        return frozenset(one for one, there in zip(self.person, which, strict=True) if there)

    def tells(self, count: Floats, of: Floats) -> bool:
        """Whether a count of episodes may be told beside those it is a part of: by the people behind both.

        Ten episodes may be those of one person. A stop that is shared out over weeks stands on both sides.
        """
        return tells_people(self.people(count > 0), self.people(of - count > SHARED_OUT))

    def step(self, column: int) -> float:
        """The step in which an expected count is told, such that one person cannot move it by more than half."""
        whose = {name: number for number, name in enumerate(sorted(set(self.person)))}
        of_person = summed(self.of.mean[:, column], np.array([whose[one] for one in self.person], dtype=np.int64))
        return next(step for step in STEPS if step >= A_STEP * of_person.max())


def rows_of_check(counted: Counted) -> tuple[DriftRow, ...]:
    """All rows, and whether each may be told when the check is shared.

    A total may when neither it nor what it leaves is of few people: of who was at risk, and of who is left by the rows
    before. After a row of stops that may not, no later one may: from how many are expected follows who was at risk.
    """
    rows: list[DriftRow] = []
    left: Floats | None = None
    stopped = False
    for what, (columns, by_activity) in ROWS.items():
        row = row_of(what, counted)
        if not by_activity and row.observed is not None and not stopped:
            seen = counted.of.seen[:, columns[0]]
            at_risk = (counted.of.trials[:, columns[0]] > 0).astype(np.float64)
            told = counted.tells(seen, at_risk) and (left is None or counted.tells(seen, left))
            row = replace(row, told=told, step=counted.step(columns[0]))
            if columns == (STARTS,):
                left = seen if told else None
            elif told:
                left = (at_risk if left is None else left) - seen
            stopped = not told and columns != (STARTS,)
        rows.append(row)
    return tuple(rows)


def row_of(what: str, counted: Counted) -> DriftRow:
    """One row of the check."""
    columns, by_activity = ROWS[what]
    seen, mean = (counted.by_place(values, columns) for values in (counted.of.seen, counted.of.mean))
    invented = counted.invented[:, list(columns)].sum(axis=1)
    at_risk = counted.of.trials[:, list(columns)].sum(axis=1) > 0
    people = len(counted.people(at_risk))
    if not people:
        return DriftRow.untold(what, TOO_FEW)
    if by_activity:
        far = float(np.abs(seen - mean).sum())
        return spread_row(what, people, far, np.abs(invented - mean[:, None]).sum(axis=0), float(mean.sum()))
    return total_row(what, people, float(seen.sum()), counted.of, columns[0], invented.sum(axis=0))


def total_row(what: str, people: int, seen: float, of: Expected, column: int, invented: Floats) -> DriftRow:
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
    return DriftRow(what, people, seen, mean, low, high, seen / mean, down / mean, up / mean, verdict, alarm)


def spread_row(what: str, people: int, far: float, invented: Floats, mean: float) -> DriftRow:
    """How many lie at other activities than expected, beside what luck and doubt alone give."""
    usual, high = float(invented.mean()), float(np.quantile(invented, 1 - FALSE_ALARMS / len(ROWS)))
    alarm = far > high
    verdict = ELSEWHERE if alarm else TOO_FEW if usual >= HALF * mean else AS_EXPECTED
    ratio = far / usual if usual else None
    return DriftRow(what, people, far, usual, 0.0, high, ratio, None, None, verdict, alarm)


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

    Of a row by activity only the verdict is told: its figures are sums over activities at which few people were.
    """
    return tuple(rounded(row) if enough and row.told else bare(row, enough) for row in rows)


def bare(row: DriftRow, enough: bool) -> DriftRow:
    """A row without figures: by activity with its verdict."""
    told = enough and ROWS[row.what][1] and row.people is not None and row.people >= LEAST_TOLD
    found = DriftRow.untold(row.what, row.verdict if told else NOT_TOLD)
    return replace(found, alarm=row.alarm) if told else found


def rounded(row: DriftRow) -> DriftRow:
    """A row of whole counts and whole tens of people, with what was expected in steps, and a ratio of these alone.

    The exact number of people beside that of their experiences would tell how many had two; what was expected exactly,
    or with its doubt, how many were there each week.
    """
    starts = ROWS[row.what] == ((STARTS,), False)
    seen, mean = float(round(row.observed or 0.0)), round((row.expected or 0.0) / row.step) * row.step
    ratio, low, high = (round(one / mean, 2) if mean else None for one in (seen, *garwood(seen)))
    told = replace(row, people=tens(row.people or 0) if starts else None, observed=seen, expected=mean, ratio=ratio)
    told = replace(told, expected_low=None, expected_high=None, told=False, step=1.0)
    return replace(told, low=None, high=None) if starts else replace(told, low=low, high=high)
