"""When an activity meets: a bounded core of rules, tested day by day, on the clock of the town hall.

Precedence on one day: cancelled or closed > adjusted > extra > rule (extra adds, the rule of that day stays). Pauses in
holidays silence the weekly and monthly rules; a day that is written out stands.
Times are local times of day; only here do they become moments. Not RRULE, on purpose: every rule ends.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from wor_match.domain.holidays import (
    SCHOOL_HOLIDAYS_FROM,
    SCHOOL_HOLIDAYS_UNTIL,
    public_holidays,
    school_holidays,
)
from wor_match.domain.lazy import lazy
from wor_match.domain.rhythm import Closed, Dated, Monthly, Slot, Weekly
from wor_match.domain.text import FIRST_YEAR, LAST_YEAR, Agreed, Day, minutes_of
from wor_match.domain.value import Value, refuse
from wor_match.errors import WorMatchError, WorMatchWarning

ZONE = ZoneInfo("Europe/Amsterdam")
LONGEST_WINDOW = timedelta(days=731)
MOST_OCCURRENCES = 1_000
A_MONTHLY_VISIT = 12 / 52


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One session: aware start and end on the clock of the town hall; the same moment when no end is known."""

    start: datetime
    end: datetime


class Schedule(Value, init=False):
    """When an activity meets.

    Attributes
    ----------
    attend : str
        ``any``: come when you like; ``all``: a course.
    weekly, monthly, dates : tuple
        The rules; `dates` are days of their own.
    on_request : bool
        By appointment.
    adjusted, extra : tuple of Dated
        Days with other times, and days on top.
    closed, cancelled : tuple
        Periods (inclusive) and days on which nothing happens.
    pauses : tuple of str
        ``school_holidays`` of `region` (noord, midden, zuid; a reader lays it in), ``public_holidays``.
    from_, until : date
        The first and last day on which weekly and monthly rules hold (``from`` in a file).

    Raises
    ------
    CatalogueError
        When a rule cannot be read, an end lies before its start, or a pause has no region.

    Examples
    --------
    >>> from datetime import datetime
    >>> rule = Schedule.model_validate({"weekly": [{"day": "di", "start": "10:00", "end": "12:00"}]})
    >>> window = datetime(2026, 11, 2, tzinfo=ZONE), datetime(2026, 11, 9, tzinfo=ZONE)
    >>> [occurrence.start.isoformat() for occurrence in rule.occurrences(*window)]
    ['2026-11-03T10:00:00+01:00']
    """

    attend: Literal["any", "all"] = "any"
    weekly: Annotated[tuple[Weekly, ...], Field(max_length=50)] = ()
    monthly: Annotated[tuple[Monthly, ...], Field(max_length=50)] = ()
    dates: Annotated[tuple[Dated, ...], Field(max_length=1_000)] = ()
    on_request: Agreed = False
    adjusted: Annotated[tuple[Dated, ...], Field(max_length=1_000)] = ()
    extra: Annotated[tuple[Dated, ...], Field(max_length=1_000)] = ()
    closed: Annotated[tuple[Closed, ...], Field(max_length=500)] = ()
    cancelled: Annotated[tuple[Day, ...], Field(max_length=1_000)] = ()
    pauses: tuple[Literal["school_holidays", "public_holidays"], ...] = ()
    region: Literal["noord", "midden", "zuid"] | None = None
    from_: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None

    @model_validator(mode="after")
    def _is_consistent(self) -> Schedule:
        if self.from_ and self.until and self.until < self.from_:
            raise refuse("end-before-start", f"ends {self.until} before it starts {self.from_}; swap the days")
        if "school_holidays" in self.pauses and self.region is None:
            raise refuse(
                "no-region", "pauses in school holidays of no region; set school_holidays to noord, midden or zuid"
            )
        return self

    @property
    def timed(self) -> bool:
        """Whether any time is known."""
        return bool(self.weekly or self.monthly or self.dates or self.extra or self.adjusted)

    @property
    def first_day(self) -> date | None:
        """The day on which a course begins, when that is told."""
        return self.from_ or min((dated.date for dated in self.dates), default=None)

    def occurrences(self, start: datetime, end: datetime) -> tuple[Occurrence, ...]:
        """The sessions that start within a window, in order.

        Parameters
        ----------
        start, end : datetime
            Aware; `end` is exclusive. At most two years and 1,000 sessions; a cut is a `WorMatchWarning`.

        Raises
        ------
        WorMatchError
            When a datetime is naive.
        """
        if not all(isinstance(told, datetime) and told.tzinfo is not None for told in (start, end)):
            raise WorMatchError("occurrences() got a time without a time zone; give aware datetimes", code="no-zone")
        if not all(FIRST_YEAR <= told.year <= LAST_YEAR for told in (start, end)):
            raise WorMatchError(f"occurrences() got a time outside {FIRST_YEAR} to {LAST_YEAR}", code="out-of-range")
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        if end - start > LONGEST_WINDOW:
            end = start + LONGEST_WINDOW
            warnings.warn(WorMatchWarning("the window is cut to two years", "cut-short"), stacklevel=2)
        found = sorted(
            {one for one in self._from_to(start, end) if start <= one.start.astimezone(UTC) < end}, key=in_utc
        )
        if len(found) > MOST_OCCURRENCES:
            said = f"{len(found)} sessions are cut to {MOST_OCCURRENCES}"
            warnings.warn(WorMatchWarning(said, "cut-short"), stacklevel=2)
        return tuple(found[:MOST_OCCURRENCES])

    def slots(self, on: date) -> tuple[Slot, ...]:
        """Starts and ends on the day `on`, after every exception."""
        if on in self._shut or any(period.from_ <= on <= period.to for period in self.closed):
            return ()
        return self._adjusted.get(on) or (*self._by_rule(on), *self._extra.get(on, ()))

    @property
    def pauses_ever(self) -> bool:
        """Whether anything may keep it from meeting when its rule would."""
        return bool(self.pauses or self.closed or self.cancelled)

    def may_pause_in(self, days: Sequence[date]) -> bool:
        """Whether a closing, a cancellation or a holiday may keep it from meeting on one of these `days`, in order."""
        holidays = [school_holidays(self.region or "")] if "school_holidays" in self.pauses else []
        if "public_holidays" in self.pauses:
            holidays += [public_holidays(year) for year in range(days[0].year, days[-1].year + 1)]
        return not all(free.isdisjoint(days) for free in (self._shut, *holidays)) or any(
            period.from_ <= days[-1] and days[0] <= period.to for period in self.closed
        )

    def visits_a_week(self) -> float:
        """How often a week one can come, at most once; 1 when that is not known."""
        often = sum(rule.a_week for rule in self.weekly) + A_MONTHLY_VISIT * len(self.monthly)
        if not often and self.dates:
            days = sorted(dated.date for dated in self.dates)
            often = len(days) / ((days[-1] - days[0]).days / 7 + 1)
        return min(often, 1.0) or 1.0

    def number_of_sessions(self, begin: date | None = None) -> int | None:
        """How many sessions there are in all, from `begin` or its own first day; None when the end is open."""
        if not self.weekly and not self.monthly:
            days_told = {dated.date for dated in (*self.dates, *self.adjusted, *self.extra)}
            return sum(len(self.slots(on)) for on in days_told) or None
        first = begin or self.from_
        if first is None or self.until is None:
            return None
        days = (first + timedelta(days=step) for step in range(min((self.until - first).days + 1, LONGEST_WINDOW.days)))
        return sum(len(self.slots(on)) for on in days) or None

    def _from_to(self, start: datetime, end: datetime) -> Iterator[Occurrence]:
        first, last = start.astimezone(ZONE).date(), end.astimezone(ZONE).date()
        if "school_holidays" in self.pauses and not SCHOOL_HOLIDAYS_FROM <= first <= last <= SCHOOL_HOLIDAYS_UNTIL:
            said = f"no school holidays are known outside {SCHOOL_HOLIDAYS_FROM} to {SCHOOL_HOLIDAYS_UNTIL}"
            warnings.warn(WorMatchWarning(said, "holidays-unknown"), stacklevel=4)
        for step in range((last - first).days + 1):
            on = first + timedelta(days=step)
            yield from (occurrence(on, slot) for slot in self.slots(on))

    def _by_rule(self, on: date) -> Iterator[Slot]:
        yield from self._dates.get(on, ())
        if self._pauses_on(on):
            return
        if (self.from_ is None or self.from_ <= on) and (self.until is None or on <= self.until):
            yield from (rule.slot for rule in self.weekly if rule.holds(on))
            yield from (rule.slot for rule in self.monthly if rule.holds(on))

    def _pauses_on(self, on: date) -> bool:
        return ("public_holidays" in self.pauses and on in public_holidays(on.year)) or (
            "school_holidays" in self.pauses and on in school_holidays(self.region or "")
        )

    @lazy
    def _shut(self) -> frozenset[date]:
        return frozenset(self.cancelled)

    @lazy
    def _dates(self) -> dict[date, tuple[Slot, ...]]:
        return by_day(self.dates)

    @lazy
    def _adjusted(self) -> dict[date, tuple[Slot, ...]]:
        return by_day(self.adjusted)

    @lazy
    def _extra(self) -> dict[date, tuple[Slot, ...]]:
        return by_day(self.extra)


def by_day(dated: tuple[Dated, ...]) -> dict[date, tuple[Slot, ...]]:
    """The slots of each day."""
    days: dict[date, tuple[Slot, ...]] = {}
    for one in dated:
        days[one.date] = (*days.get(one.date, ()), one.slot)
    return days


def occurrence(on: date, slot: Slot) -> Occurrence:
    """The session of this day; a start or end in the hour that the clock skips moves forward, and that is said."""
    start, end = (minutes_of(told) for told in slot)
    begin = moment(on, start)
    return Occurrence(begin, max(begin, moment(on, end if end >= start else end + 24 * 60)))


def moment(on: date, minutes: int) -> datetime:
    """The moment so many minutes on the clock after midnight; of an hour that comes twice the first."""
    days, minutes = divmod(minutes, 24 * 60)
    told = datetime.combine(on + timedelta(days=days), time(minutes // 60, minutes % 60), ZONE)
    there = told.astimezone(UTC).astimezone(ZONE)
    if there.replace(tzinfo=None) != told.replace(tzinfo=None):
        said = f"{told:%Y-%m-%d %H:%M} does not exist on the clock; taken as {there:%H:%M}"
        warnings.warn(WorMatchWarning(said, "no-such-time"), stacklevel=2)
    return there


def in_utc(one: Occurrence) -> tuple[datetime, datetime]:
    """The order of sessions: by their moment, not by their clock."""
    return one.start.astimezone(UTC), one.end.astimezone(UTC)
