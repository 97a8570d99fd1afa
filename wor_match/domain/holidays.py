"""Days on which groups often pause: Dutch public holidays (computed) and school holidays (a table, 2024-2030)."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

SCHOOL_HOLIDAYS_FROM = date(2024, 1, 1)
SCHOOL_HOLIDAYS_UNTIL = date(2030, 9, 1)  # the last day the table speaks of


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The Dutch public holidays of a year; Liberation Day only in its lustrum years.

    King's Day is 27 April, or the 26th when the 27th is a Sunday.

    Examples
    --------
    >>> date(2026, 4, 6) in public_holidays(2026)  # Easter Monday
    True
    """
    easter = easter_sunday(year)
    around_easter = [easter + timedelta(days=days) for days in (-2, 0, 1, 39, 49, 50)]
    kings_day = date(year, 4, 27)
    fixed = [date(year, 1, 1), kings_day - timedelta(days=kings_day.weekday() == 6), date(year, 12, 25)]
    liberation = [date(year, 5, 5)] if year % 5 == 0 else []
    return frozenset([*around_easter, *fixed, date(year, 12, 26), *liberation])


def easter_sunday(year: int) -> date:
    """Easter in the Gregorian calendar (Meeus, Jones and Butcher; J. Meeus, Astronomical Algorithms, 1991, ch. 8)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    leap, off = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * off + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def school_holidays(region: str) -> frozenset[date]:
    """Every day of the school holidays of a region (noord, midden or zuid) that the table holds."""
    text = files("wor_match.domain").joinpath("data/school_holidays.csv").read_text(encoding="utf-8")
    days: set[date] = set()
    for row in csv.DictReader(text.splitlines()):
        if row["region"] == region:
            first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
            days.update(first + timedelta(days=step) for step in range((last - first).days + 1))
    return frozenset(days)
