"""The thirteen strengths of an activity for a person, from what both told, one by one.

It reads their fields, the taxonomy, the dates and the number of sessions of a timetable, and where a postcode lies; all
numbers are its own. What visitors say comes from a history, and is taken as found.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

import wor_match as wm
from tests.plain_week import Week, week_of
from wor_match.domain.money import Price
from wor_match.domain.place import Point
from wor_match.domain.terms import taxonomy

# Each way to travel: km an hour, how much longer the road is than the bird's way, minutes that it always takes.
SLOW_CAR, FAST_CAR, SLOW_TAXI, FAST_TAXI = (20, 1, 0), (40, 1, 7.5), (20 / 1.5, 1, 15), (40 / 1.5, 1, 26.25)
SPEEDS: dict[str, tuple[tuple[float, float, float], ...]] = {
    "walk": ((4.5, 1.3, 0),), "slow_walk": ((3.3, 1.3, 0),), "bike": ((12.4, 1.25, 2),), "e_bike": ((13.1, 1.25, 2),),
    "mobility_scooter": ((10, 1.25, 2),), "public_transport": ((21, 1, 14),), "car": (SLOW_CAR, FAST_CAR),
    "brought": (SLOW_CAR, FAST_CAR), "regiotaxi": (SLOW_TAXI, FAST_TAXI),
}  # fmt: skip
NEUTRAL = {
    "likes": 0.3, "gives_energy": 0.3, "near": 0.6, "time_fits": 0.8, "affordable": 0.75, "group_fits": 0.5,
    "welcome": 0.5, "visitors_say": 0.5, "company": 0.4, "soon": 0.7, "easy_entry": 0.7, "own_language": 0.7,
    "level_fits": 0.8,
}  # fmt: skip
SHARE_OF_A_YEAR = {"month": 12, "quarter": 4, "year": 1}
EASE = {"drop_in": 1.0, "sign_up": 0.5, "course": 0.5, "referral": 0.25, None: None}
BODY = ("none", "light", "moderate", "vigorous")


def strengths_of(matcher: wm.Matcher, person: wm.Participant, activity: wm.Activity, at: date) -> dict[str, float]:
    """Signal → strength, in [0, 1]."""
    (expected, _), week = way_of(person, activity), week_for(person, activity, at)
    return {
        "likes": best_match(activity, person.likes),
        "gives_energy": best_match(activity, (*person.energy, *person.good_at)),
        "near": 0.6 if expected is None else 2 ** (-expected / 20),
        "time_fits": time_fits(person, week),
        "affordable": affordable(person, activity),
        "group_fits": group_fits(person, activity),
        "welcome": welcome(activity),
        "visitors_say": matcher.model.visitors.get(activity.id, 0.5),
        "company": company(person, activity, {help_.kind for help_ in matcher.catalogue.support}),
        "soon": soon(activity, week, at),
        "easy_entry": easy_entry(activity),
        "own_language": own_language(person, activity),
        "level_fits": level_fits(person, activity),
    }


def best_match(activity: wm.Activity, words: tuple[str, ...]) -> float:
    """The best match with any of the words; nothing told is .3."""
    return max((match(activity, word) for word in words), default=0.3)


def match(activity: wm.Activity, word: str) -> float:
    """The very term 1, an aspect of it or its terms .7, its group or another term of that group .5, else 0."""
    terms = taxonomy().terms
    if word in activity.terms:
        return 1.0
    if word in activity.aspects or any(word in terms[term].aspects for term in activity.terms):
        return 0.7
    group = terms[word].group if word in terms else word
    return 0.5 if any(terms[term].group == group for term in activity.terms) else 0.0


def way_of(person: wm.Participant, activity: wm.Activity) -> tuple[float | None, float | None]:
    """Minutes there: as expected, and at best with all uncertainty of a postcode in the person's favour."""
    here, there = person.place, activity.place
    if there is not None and (there.online or there.at_home):
        return 0.0, 0.0
    if here is None or there is None or here.point is None or there.point is None:
        return None, None
    straight, errors = km_between(here.point, there.point), (error_of(here), error_of(there))
    modes, expected = person.travel.modes, math.sqrt(straight**2 + errors[0] ** 2 + errors[1] ** 2)
    return minutes(modes or ("bike",), expected), minutes(modes or SPEEDS, max(straight - sum(errors), 0))


def km_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """On a plane, a degree being 111.195 km; to the east as much less as halfway between them."""
    across = math.cos(math.radians((one[0] + other[0]) / 2)) * (other[1] - one[1])
    return 111.195 * math.hypot(other[0] - one[0], across)


def error_of(place: Point) -> float:
    """The km that it may lie beside its point: .7 for a postcode."""
    return 0.7 if place.latitude is None else 0.0


def minutes(modes: Iterable[str], km: float) -> float:
    """By the fastest of these ways."""
    return min(always + 60 * longer * km / speed for mode in modes for speed, longer, always in SPEEDS[mode])


def week_for(person: wm.Participant, activity: wm.Activity, at: date) -> Week:
    """The sessions beside the person's week, with the whole minutes on the way at best; none when nobody knows."""
    return week_of(person, activity, at, math.ceil(way_of(person, activity)[1] or 0))


def time_fits(person: wm.Participant, week: Week) -> float:
    """The share of the wanted sessions that fit; .8 when nothing was told of the week, or it has no session."""
    told = person.free is not None or person.not_free is not None or person.travel.home_before is not None
    return 0.8 if not told or week.share is None else week.share


def affordable(person: wm.Participant, activity: wm.Activity) -> float:
    """By the cheapest price they may pay; unasked about passes every one counts, if one can come without."""
    asked = person.passes is not None
    usable = [row for row in activity.price if row.with_ is None or not asked or row.with_ in (person.passes or ())]
    if not usable or (not asked and all(row.with_ for row in usable)):
        return 0.75
    euro = min(euro_a_time(row, activity) for row in usable)
    return 1.0 if euro == 0 else 0.75 if euro <= 4 else 2 ** (-euro / 8)


def euro_a_time(row: Price, activity: wm.Activity) -> float:
    """Once a week; what is paid once is for all sessions, or for twelve when it has no end."""
    if row.per in SHARE_OF_A_YEAR:
        return row.euro * SHARE_OF_A_YEAR[row.per] / 52
    if row.per == "time":
        return row.euro
    told = activity.schedule.number_of_sessions(activity.entry.starts_on) if activity.schedule else None
    return row.euro / (told or 12)


def group_fits(person: wm.Participant, activity: wm.Activity) -> float:
    """The mean over what was asked: 1 as asked, 0 otherwise, .5 unknown; and an advised age, for who told theirs."""
    wish, group, advised = person.group_wish, activity.group, activity.audience.advised_age
    pairs = (
        (wish.size, size(group.size)),
        (wish.mix, activity.audience.only or group.mix),
        (wish.contact, group.contact),
    )
    parts = [0.5 if told is None else float(asked == told) for asked, told in pairs if asked is not None]
    low, high = advised.from_, advised.to
    if person.age is not None and (low is not None or high is not None):
        parts.append(float((low is None or person.age >= low) and (high is None or person.age <= high)))
    return sum(parts) / len(parts) if parts else 0.5


def size(people: int | None) -> str | None:
    """The word for a number of people."""
    return None if people is None else "one_to_one" if people <= 2 else "small" if people <= 8 else "large"


def welcome(activity: wm.Activity) -> float:
    """Closed .25, somebody who receives or newcomers welcome .75, else .5."""
    if activity.group.newcomers == "closed":
        return 0.25
    return 0.75 if activity.host.receives_newcomers or activity.group.newcomers == "welcome" else 0.5


def company(person: wm.Participant, activity: wm.Activity, in_town: set[str]) -> float:
    """The share of the wanted help that activity or town has; .4 when nobody asked for help."""
    offered = [kind in activity.support or kind in in_town for kind in person.support]
    return sum(offered) / len(offered) if offered else 0.4


def soon(activity: wm.Activity, week: Week, at: date) -> float:
    """Halved each fortnight to the first session that fits after the wait, without one to the end of it; else .7."""
    weeks, days = activity.entry.wait_weeks, [(start.date() - at).days for start, _ in week.fitting]
    after = [day for day in days if day >= 7 * (weeks or 0)]
    if not after and weeks is None:
        return 0.7
    return 2 ** (-min(after, default=7 * (weeks or 0)) / 14)


def easy_entry(activity: wm.Activity) -> float:
    """Drop-in or a look first 1, a trial .75, signing up or a course .5, referral .25; unknown .7."""
    first, ease = activity.first_visit, EASE[activity.entry.kind]
    if first.may_watch:
        return 1.0
    if first.trials or "trial_visit" in activity.support:
        return max(ease or 0, 0.75)
    return 0.7 if ease is None else ease


def own_language(person: wm.Participant, activity: wm.Activity) -> float:
    """One they speak well 1, a little .5, none 0; unknown on either side .7."""
    if not person.languages or not activity.languages:
        return 0.7
    spoken = {person.languages.get(language) for language in activity.languages}
    return 1.0 if "good" in spoken else 0.5 if "little" in spoken else 0.0


def level_fits(person: wm.Participant, activity: wm.Activity) -> float:
    """The same 1, lighter .75, heavier 0 unless only its term says so; unknown .8."""
    told = activity.level.body
    level = told or (taxonomy().terms[activity.terms[0]].body if activity.terms else None)
    if level is None or person.body_level is None:
        return 0.8
    more = BODY.index(level) - BODY.index(person.body_level)
    return 1.0 if more == 0 else 0.75 if more < 0 else 0.0 if told else 0.8
