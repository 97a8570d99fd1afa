"""What was agreed about a figure, and whether it was met, not met, or cannot be told yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from wor_match.evaluation.telling.small import LEAST_TOLD
from wor_match.pathway.monitoring.figures import Cell
from wor_match.pathway.monitoring.indicators import quarter_of
from wor_match.pathway.monitoring.telling import Tells, Told
from wor_match.pathway.profiles.profile import Profile


@dataclass(frozen=True, slots=True)
class Agreed:
    """The targets of a profile, for all or for one municipality.

    Attributes
    ----------
    profile : Profile
    day : date
        Until when was counted.
    quarters : tuple of str
        From the first with ten people or more to that day.
    municipality : str or None
    """

    profile: Profile
    day: date
    quarters: tuple[str, ...]
    municipality: str | None

    def target(self, cell: Cell) -> float | None:
        """The target of a figure: a share, or of referrals a number; None where nothing was agreed."""
        if cell.part or cell.by == "practice":
            return None
        place = cell.slice if cell.by == "municipality" else self.municipality
        if cell.indicator != "referrals":
            own = self.told(cell.indicator, place)
            return own if own is not None else self.told(cell.indicator, None)
        number = self.told("referrals", place)
        if cell.by == "quarter":
            return number if cell.slice in self.quarters else None
        return None if number is None else number * len(self.quarters)

    def told(self, indicator: str, place: str | None) -> float | None:
        """What the profile says of an indicator for one municipality; for None of all together."""
        for one in self.profile.targets:
            if one.indicator == indicator and (one.municipality or "").casefold() == (place or "").casefold():
                return one.share if one.share is not None else one.a_quarter
        return None

    def met(self, cell: Cell, told: Told, target: float | None) -> tuple[bool | None, str]:
        """Whether the target was met, and why that cannot be told: the interval holds it, or the quarter goes on."""
        if target is None or cell.much == Tells.NOTHING:
            return None, ""
        if cell.indicator == "referrals":
            least = told.n or 0
            most = least if cell.much == Tells.EXACTLY else least + LEAST_TOLD - 1  # as many as is told
            if least >= target:
                return True, ""
            if most >= target:
                return None, "in_tens"
            running = cell.by != "quarter" or cell.slice == self.quarters[-1]
            return (None, "quarter_open") if running and not self.is_last_day() else (False, "")
        if told.low is not None and told.high is not None and (told.low >= target or told.high < target):
            return told.low >= target, ""
        return None, "within"

    def is_last_day(self) -> bool:
        """Whether the quarter ends on this day."""
        return quarter_of(self.day + timedelta(days=1)) != quarter_of(self.day)


def first_counted(begun: Iterable[date], day: date) -> date:
    """The first referral in the first quarter in which ten people or more were referred: from there on targets count.

    So one referral of long ago, or one that is told of the wrong year, moves no target, and nobody's quarter is shown.

    Examples
    --------
    >>> first_counted([date(2001, 5, 1), *[date(2026, 8, 3)] * 10], date(2026, 12, 31))
    datetime.date(2026, 8, 3)
    """
    days = sorted(begun)
    sizes = Counter(map(quarter_of, days))
    return next((one for one in days if sizes[quarter_of(one)] >= LEAST_TOLD), day)


def quarters_until(first: date, day: date) -> tuple[str, ...]:
    """Every quarter from one day to another.

    Examples
    --------
    >>> quarters_until(date(2026, 9, 30), date(2027, 1, 1))
    ('2026-Q3', '2026-Q4', '2027-Q1')
    """
    begin, end = (one.year * 4 + (one.month - 1) // 3 for one in (min(first, day), day))
    return tuple(f"{number // 4}-Q{number % 4 + 1}" for number in range(begin, end + 1))
