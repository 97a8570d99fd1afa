"""What anybody wants to know before going: when, where, at what price, whom to call. For both readers alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from wor_match.display.blocks import Line
from wor_match.domain.activity import Activity
from wor_match.domain.money import Price
from wor_match.domain.schedule import Schedule
from wor_match.wording.lint import MOST_WORDS, sentences_in, words_in
from wor_match.wording.words import Words
from wor_match.wording.writing import filled

if TYPE_CHECKING:
    from wor_match.advice import Advice
    from wor_match.suggestion import Suggestion

MOST_PRICES = 3


def say(words: Words, which: str, /, **told: Any) -> str:
    """A sentence of the card with these facts."""
    return filled(words["card"][which], told, words)


def practical(one: Suggestion, advice: Advice, words: Words) -> tuple[Line, ...]:
    """Day and hour, address, price and telephone, each with its label."""
    label = words["card"]["label"]
    told = [Line(text, label["when"]) for text in when(one, words)]
    told += [Line(text, label["where"]) for text in where(one.activity, words)]
    told += [Line(text, label["price"]) for text in prices(one.activity, advice.passes, words)]
    organiser = advice.catalogue.organiser_of(one.activity)
    if organiser is not None and organiser.phone is not None:
        told.append(Line(f"{organiser.name}.", label["phone"], phone=organiser.phone))
    return tuple(told)


def when(one: Suggestion, words: Words) -> Iterator[str]:
    """The next session that fits, and how often it comes back."""
    schedule = one.activity.schedule
    if not one.next_occurrences:
        yield say(words, "on_request" if schedule and schedule.on_request else "no_time")
        return
    start, end = one.next_occurrences[0].start, one.next_occurrences[0].end
    told = {"date": start.date(), "start": f"{start:%H:%M}", "time": f"{end:%H:%M}"}
    if end == start or words.level == "A2":
        told["time"] = told["start"]
    yield say(words, "when_from" if end == start else "when", **told)
    if schedule is not None:
        yield from rhythm(schedule, words)


def rhythm(schedule: Schedule, words: Words) -> Iterator[str]:
    """How often it comes back, where one sentence can say it."""
    if schedule.attend == "all":
        yield say(words, "course")
    elif schedule.weekly and not schedule.monthly and not schedule.dates:
        days = list(dict.fromkeys(rule.day for rule in schedule.weekly))
        if all(rule.every == 1 and rule.weeks is None for rule in schedule.weekly):
            yield say(words, "every", weekday=days[0]) if len(days) == 1 else say(words, "every_more", weekdays=days)
        elif len(schedule.weekly) == 1 and (schedule.weekly[0].every == 2 or schedule.weekly[0].weeks):
            yield say(words, "every_other", weekday=days[0])


def where(activity: Activity, words: Words) -> Iterator[str]:
    """The address, as far as it is known."""
    place = activity.place
    if place is None:
        yield say(words, "no_place")
    elif place.remote:
        yield say(words, "at_home" if place.at_home else "online")
    else:
        street = " ".join(part for part in (place.street, place.number) if part)
        address = ", ".join(part for part in (street, place.city) if part)
        yield from (f"{part}." for part in (place.name, address) if part)
        if place.entrance:
            yield say(words, "entrance", entrance=place.entrance)
        elif not place.name and not address:
            yield say(words, "no_place")


def prices(activity: Activity, passes: Sequence[str] | None, words: Words) -> Iterator[str]:
    """What it costs, with the passes they have, or may have when nobody asked."""
    rows = [row for row in activity.price if row.with_ is None or passes is None or row.with_ in passes]
    if not rows:
        yield say(words, "no_price")
    for row in sorted(rows, key=lambda row: row.with_ is not None)[:MOST_PRICES]:
        yield price(row, words)
    included = {row.includes for row in rows if row.includes}
    if len(included) == 1:
        yield say(words, "includes", includes=included.pop())


def price(row: Price, words: Words) -> str:
    """One row of the price list in words."""
    which = f"{'free' if row.euro == 0 else 'euro'}{'_with' if row.with_ else ''}"
    return say(words, which, **{"euro": row.euro, "per": row.per, "pass": row.with_})


def plain_summary(activity: Activity, words: Words) -> tuple[Line, ...]:
    """The sentences of the summary that are short enough for the reader; a longer one is left to the coach."""
    short = [text for text in sentences_in(activity.summary) if len(words_in(text)) <= MOST_WORDS[words.level]]
    return (Line(" ".join(short)),) if short else ()


def group_of(activity: Activity) -> str:
    """The group of its leading term; empty when it has none."""
    return activity.groups[0] if activity.groups else ""
