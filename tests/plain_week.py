"""Which sessions fit the week of a person, minute after minute of each session.

The dates of a timetable are taken as found (they have oracles of their own); whether one fits is worked out here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import wor_match as wm
from wor_match.domain.participant import minutes_of_week
from wor_match.domain.schedule import ZONE
from wor_match.domain.text import minutes_of

WEEK = 7 * 24 * 60
Session = tuple[datetime, datetime]


@dataclass(frozen=True)
class Week:
    """What the sessions of eight weeks come to for one person."""

    has_time: bool  # any session fits; of a course: all
    share: float | None  # of the wanted sessions that fit; None without any session
    fitting: tuple[Session, ...]


def week_of(person: wm.Participant, activity: wm.Activity, at: date, way: int) -> Week:
    """The sessions of an activity beside the week of a person who is so many minutes on the way."""
    found, first = sessions(activity, at), at + timedelta(days=1)
    fitting = [one for one in found if fits(person, *one, way)]
    weeks = Counter(min((start.date() - first).days // 7, 7) for start, _ in found)
    mine = Counter(min((start.date() - first).days // 7, 7) for start, _ in fitting)
    wanted = {week: min(n, person.times_per_week or 1) for week, n in weeks.items()}
    course = activity.schedule is not None and activity.schedule.attend == "all"
    by_appointment = activity.schedule is not None and activity.schedule.on_request
    has_time = not found or by_appointment or (len(fitting) == len(found) if course else bool(fitting))
    share = sum(min(mine[week], n) for week, n in wanted.items()) / sum(wanted.values()) if wanted else None
    return Week(has_time, share, tuple(fitting))


def sessions(activity: wm.Activity, at: date) -> list[Session]:
    """The sessions of the eight weeks after a day."""
    if activity.schedule is None or not activity.schedule.timed:
        return []
    first = datetime.combine(at + timedelta(days=1), time(), ZONE)
    begin = activity.entry.starts_on
    found = activity.schedule.occurrences(first, datetime.combine(first.date() + timedelta(days=56), time(), ZONE))
    return [(one.start, one.end) for one in found if begin is None or one.start.date() >= begin]


def fits(person: wm.Participant, start: datetime, end: datetime, way: int) -> bool:
    """Whether a session lies in what is free, and with the way there and back outside what is taken and before home."""
    begins = start.weekday() * 1440 + start.hour * 60 + start.minute
    ends = begins + int((end.replace(tzinfo=None) - start.replace(tzinfo=None)).total_seconds()) // 60
    lasting = range(begins, max(ends, begins + 1))
    if person.free is not None and not all(minute % WEEK in minutes_in(person.free) for minute in lasting):
        return False
    there_and_back = range(begins - way, max(ends, begins + 1) + way)
    if person.not_free and any(minute % WEEK in minutes_in(person.not_free) for minute in there_and_back):
        return False
    if person.travel.home_before is None:
        return True
    home_by = minutes_of(person.travel.home_before)
    return ends - begins // 1440 * 1440 + way <= home_by + (1440 if home_by <= 360 else 0)


@lru_cache(maxsize=8)
def minutes_in(windows: tuple[str, ...]) -> frozenset[int]:
    """Every minute of the week that lies in one of the windows; one over Sunday's midnight goes on on Monday."""
    return frozenset(minute % WEEK for window in windows for minute in range(*minutes_of_week(window)))
