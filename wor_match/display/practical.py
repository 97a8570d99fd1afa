"""What anybody wants to know before going: when, where, at what price, whom to call.

The same facts for both readers; only what is not known yet is said in the words of the face that shows it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from wor_match.display.blocks import Block, Line
from wor_match.domain.activity import Activity
from wor_match.domain.length import MOST_WORDS, longest
from wor_match.domain.money import Price
from wor_match.domain.rhythm import WEEKDAYS
from wor_match.domain.schedule import Schedule
from wor_match.wording.words import Words
from wor_match.wording.writing import said

if TYPE_CHECKING:
    from wor_match.advice import Advice
    from wor_match.suggestion import Suggestion

MOST_PRICES = 3
FEW_WEEKS = timedelta(weeks=2)
WORKDAYS = WEEKDAYS[:5]


def practical(one: Suggestion, advice: Advice, face: str, words: Words) -> Block:
    """Day and hour, address, price and telephone, each with its label; `face` is ``card`` or ``page``."""
    label = words["card"]["label"]
    told = [Line(text, label["when"]) for text in when(one, face, words)]
    told += [Line(text, label["where"], theirs=theirs) for text, theirs in where(one.activity, face, words)]
    told += [Line(text, label["price"]) for text in prices(one.activity, advice.person.passes, face, words)]
    organiser = advice.catalogue.organiser_of(one.activity)
    if organiser is not None and organiser.phone is not None:
        told.append(Line(f"{organiser.name}.", label["phone"], phone=organiser.phone, theirs=True))
    elif organiser is not None and organiser.email is not None:
        told.append(Line(f"{organiser.name}.", label["email"], email=organiser.email, theirs=True))
    return Block("facts", "", tuple(told), "facts")


def when(one: Suggestion, face: str, words: Words) -> Iterator[str]:
    """The next session that fits, and how often it comes back."""
    schedule = one.activity.schedule
    if not one.next_occurrences:
        yield said(words, face, "on_request" if schedule and schedule.on_request else "no_time")
        return
    start, end = one.next_occurrences[0].start, one.next_occurrences[0].end
    begins, ends = f"{start:%H:%M}", f"{end:%H:%M}"
    which = "when_from" if end == start else "when"
    yield said(words, "card", which, date=start.date(), start=begins, time=begins, end=ends)
    if schedule is not None and goes_on(schedule, start.date()):
        yield from rhythm(schedule, words)


def goes_on(schedule: Schedule, day: date) -> bool:
    """Whether this day is one of the rule, and a few weeks are still to come."""
    ends = schedule.until is not None and schedule.until < day + FEW_WEEKS
    return schedule.attend == "all" or (not ends and WEEKDAYS[day.weekday()] in {rule.day for rule in schedule.weekly})


def rhythm(schedule: Schedule, words: Words) -> Iterator[str]:
    """How often it comes back, where one sentence can say it."""
    rules = schedule.weekly
    if schedule.attend == "all":
        yield said(words, "card", "course")
    elif not rules or schedule.monthly or schedule.dates:
        return
    elif all(rule.every == 1 and rule.weeks is None for rule in rules):
        days = tuple(day for day in WEEKDAYS if day in {rule.day for rule in rules})
        which = {1: "every", 7: "every_day"}.get(len(days), "every_weekday" if days == WORKDAYS else "every_more")
        yield said(words, "card", which, weekday=days[0], weekdays=days)
    elif len(rules) == 1 and (rules[0].every == 2 or rules[0].weeks):
        yield said(words, "card", "every_other", weekday=rules[0].day)


def where(activity: Activity, face: str, words: Words) -> Iterator[tuple[str, bool]]:
    """The address, as far as it is known, and whether it is the catalogue's own text."""
    place = activity.place
    if place is not None and place.remote:
        yield said(words, face, "at_home" if place.at_home else "online"), False
        return
    street = " ".join(part for part in (place.street, place.number) if part) if place else ""
    address = ", ".join(part for part in (street, place.city) if part) if place else ""
    if place is None or not (place.name or address or place.entrance):
        yield said(words, face, "no_place"), False
        return
    yield from ((f"{part}.", True) for part in (place.name, address) if part)
    if place.entrance and longest(way_in := said(words, "card", "entrance", entrance=place.entrance)) <= most(
        face, words
    ):
        yield way_in, False


def prices(activity: Activity, passes: Sequence[str] | None, face: str, words: Words) -> Iterator[str]:
    """What it costs, with the passes they have, or may have when nobody asked."""
    rows = [row for row in activity.price if row.with_ is None or passes is None or row.with_ in passes]
    if not rows:
        yield said(words, face, "no_price")
    for row in sorted(rows, key=lambda row: row.with_ is not None)[:MOST_PRICES]:
        yield price(row, words)
    included = {row.includes for row in rows}
    if len(included) == 1 and (includes := included.pop()):
        told = said(words, "card", "includes", includes=includes)
        yield from [told] if longest(told) <= most(face, words) else []


def most(face: str, words: Words) -> float:
    """How many words a sentence may have here; the coach's page leaves nothing out."""
    return MOST_WORDS[words.level] if face == "card" else math.inf


def price(row: Price, words: Words) -> str:
    """One row of the price list in words."""
    which = f"{'free' if row.euro == 0 else 'euro'}{'_with' if row.with_ else ''}"
    told: dict[str, Any] = {"euro": row.euro, "per": row.per, "pass": row.with_}
    return said(words, "card", which, **told)


def group_of(activity: Activity) -> str:
    """The group of its leading term; empty when it has none."""
    return activity.groups[0] if activity.groups else ""
