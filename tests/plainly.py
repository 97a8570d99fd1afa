"""An advice worked out slowly, one activity, session and draw after another, with nothing but plain numbers.

It knows no arrays of the library: it is what the quick ways are held against.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import wor_match as wm
from wor_match.domain.participant import minutes_of_week
from wor_match.domain.schedule import ZONE
from wor_match.domain.terms import DIMENSIONS, taxonomy
from wor_match.domain.text import minutes_of
from wor_match.question import Question

WEEK = 7 * 24 * 60
WEEKS = ((0, 1), (1, 1), (2, 2), (3, 4), (4, 4))  # each level of staying, and for how many weeks it holds
ORDER = (0.5, 0.3, 0.2)


def picks(matcher: wm.Matcher, person: wm.Participant, at: date, n: int) -> list[str]:
    """The ids of an advice: which activities rules leave is taken as found, all that follows is worked out here."""
    question = matcher.question(person, at=at)
    possible = [candidate(matcher, question, int(row)) for row in question.possible]
    shown = slate(possible, n, matcher.settings.variety, matcher.settings.explore_margin)
    return [one.id for one in shown]


@dataclass(frozen=True)
class Candidate:
    """One possible activity, as the choosing sees it."""

    id: str
    score: float
    worth: float
    easy: bool
    liked: bool
    unsure: bool
    group: str | None
    organiser: str | None
    terms: frozenset[str]
    days: frozenset[int]


def candidate(matcher: wm.Matcher, question: Question, row: int) -> Candidate:
    """The activity in a row with its score."""
    person, activity = question.asked.person, question.columns.activities[row]
    worth = worth_of(matcher, person, question, row)
    strengths = question.strengths_of(row)
    groups = [taxonomy().terms[term].group for term in activity.terms[:1]]
    return Candidate(
        id=activity.id,
        score=round(worth * chance_of(matcher, strengths, question, row), 9),
        worth=worth,
        easy=round(strengths["easy_entry"], 9) == 1.0,
        liked=any(term in person.likes for term in activity.terms),
        unsure=any(activity.access.get(need) is None for need in person.access),
        group=groups[0] if groups else None,
        organiser=activity.organiser,
        terms=frozenset(activity.terms),
        days=frozenset(start.weekday() for start, _ in sessions(activity, question.asked.at)),
    )


def worth_of(matcher: wm.Matcher, person: wm.Participant, question: Question, row: int) -> float:
    """.2 + .8 x (.5 focus + .35 wish + .15 web), a part that was not given being .3."""
    serves = question.columns.serves[row].tolist()
    parts = [0.3, 0.3, 0.3]
    weights = dict(zip(person.focus, ORDER, strict=False)) or (person.four_d.weights() if person.four_d else {})
    weights = {name: weight for name, weight in weights.items() if name not in person.left_alone and weight}
    if weights:
        parts[0] = sum(serves[DIMENSIONS.index(name)] / 3 * weight for name, weight in weights.items())
        parts[0] /= sum(weights.values())
    wishes = (*person.likes, *person.energy, *person.good_at)
    if wishes:
        parts[1] = max(float(question.columns.match[row, question.columns.words.index(word)]) for word in wishes)
    low = person.spider_web.low() if person.spider_web else {}
    low = {name: points for name, points in low.items() if name not in person.left_alone and points}
    if low:
        parts[2] = sum(serves[DIMENSIONS.index(name)] / 3 * points for name, points in low.items()) / sum(low.values())
    set_ = matcher.settings.worth
    wanted = sum(weight * part for weight, part in zip((set_.focus, set_.wish, set_.web), parts, strict=True))
    return set_.floor + (1 - set_.floor) * wanted


def chance_of(matcher: wm.Matcher, strengths: dict[str, float], question: Question, row: int) -> float:
    """The mean over the draws of sigma(start) x the product of sigma(level + stay) over twelve weeks."""
    draws, record = matcher.model.posterior.draws, question.known.record[row].tolist()
    chances = []
    for draw, recorded in enumerate(record):
        start, stay = float(draws.level_start[draw]) + recorded / 2, recorded
        for number, signal in enumerate(matcher.signals):
            moved = strengths[signal.name] - signal.neutral
            start += moved * float(draws.start[number, draw])
            stay += moved * float(draws.stay[number, draw])
        chance = sigma(start)
        for level, weeks in WEEKS:
            chance *= sigma(float(draws.level_week[level, draw]) + stay) ** weeks
        chances.append(chance)
    return math.fsum(chances) / len(chances)


def sigma(log_odds: float) -> float:
    """The chance of these log-odds."""
    return 1 / (1 + math.exp(-log_odds))


def slate(possible: list[Candidate], n: int, variety: float, margin: float) -> list[Candidate]:
    """The few to show, by score."""
    worthy = [one for one in possible if one.worth >= 0.35]
    left = worthy if len(worthy) >= 2 else list(possible)
    shown: list[Candidate] = []
    while left and len(shown) < n:
        one = next_one(left, shown, n - len(shown), variety, margin)
        shown.append(one)
        left.remove(one)
    return sorted(shown, key=lambda one: (-one.score, one.id))


def next_one(left: list[Candidate], shown: list[Candidate], places: int, variety: float, margin: float) -> Candidate:
    """The best that is not too alike, unless the places left are needed for what is still wanted."""

    def value(one: Candidate) -> tuple[float, list[int]]:
        alike = max((likeness(one, other) for other in shown), default=0.0)
        return round(one.score - variety * alike, 9), [-ord(letter) for letter in one.id]

    if not shown:
        return max(left, key=value)
    wanted = list(wanted_still(left, shown, margin))[-places:]
    if len(wanted) < places:
        return sure_instead(left, shown, max(left, key=value))
    among, by_name = wanted[0]
    return max(among, key=value) if by_name else sure_instead(left, shown, max(among, key=value))


def wanted_still(
    left: list[Candidate], shown: list[Candidate], margin: float
) -> Iterator[tuple[list[Candidate], bool]]:
    """An easy first step, another group, something liked by name: as far as it lacks and is there."""
    best = shown[0].score
    if not any(one.easy for one in shown) and (
        easy := [one for one in left if one.easy and one.score >= best - margin]
    ):
        yield easy, False
    if len({one.group for one in shown}) == 1:
        other = [one for one in left if one.group not in (None, shown[0].group)]
        if enough := [one for one in other if one.worth >= 0.35 and one.score >= best / 2]:
            yield enough, False
    if not any(one.liked for one in shown) and (liked := [one for one in left if one.liked]):
        yield liked, True


def sure_instead(left: list[Candidate], shown: list[Candidate], one: Candidate) -> Candidate:
    """A known one with .8 of its score, when one with an unknown need is shown already."""
    known = [other for other in left if not other.unsure and other.score >= 0.8 * one.score]
    if not one.unsure or not any(other.unsure for other in shown) or not known:
        return one
    return min(known, key=lambda other: (-other.score, other.id))


def likeness(one: Candidate, other: Candidate) -> float:
    """.5 for the same group, .3 for a shared term, .1 for the organiser, .1 for a day of the week."""
    same_group = one.group is not None and one.group == other.group
    same_organiser = one.organiser is not None and one.organiser == other.organiser
    return (
        0.5 * same_group
        + 0.3 * bool(one.terms & other.terms)
        + 0.1 * same_organiser
        + 0.1 * bool(one.days & other.days)
    )


def sessions(activity: wm.Activity, at: date) -> list[tuple[datetime, datetime]]:
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
    if person.free is not None and not all(inside(minute, person.free) for minute in lasting):
        return False
    there_and_back = range(begins - way, max(ends, begins + 1) + way)
    if person.not_free and any(inside(minute, person.not_free) for minute in there_and_back):
        return False
    if person.travel.home_before is None:
        return True
    home_by = minutes_of(person.travel.home_before)
    return ends - begins // 1440 * 1440 + way <= home_by + (1440 if home_by <= 360 else 0)


def inside(minute: int, windows: tuple[str, ...]) -> bool:
    """Whether a minute of the week lies in one of the windows."""
    spans = [minutes_of_week(window) for window in windows]
    return any(start <= minute % WEEK + shift < end for start, end in spans for shift in (0, WEEK))


def share_that_fits(person: wm.Participant, activity: wm.Activity, at: date, way: int) -> tuple[bool, float | None]:
    """Whether any session fits (for a course: all), and the share of the wanted ones that do; None without any."""
    found = sessions(activity, at)
    first = at + timedelta(days=1)
    fitting = [one for one in found if fits(person, *one, way)]
    weeks = Counter(min((start.date() - first).days // 7, 7) for start, _ in found)
    mine = Counter(min((start.date() - first).days // 7, 7) for start, _ in fitting)
    wanted = {week: min(n, person.times_per_week or 1) for week, n in weeks.items()}
    course = activity.schedule is not None and activity.schedule.attend == "all"
    by_appointment = activity.schedule is not None and activity.schedule.on_request
    has_time = not found or by_appointment or (len(fitting) == len(found) if course else bool(fitting))
    share = sum(min(mine[week], n) for week, n in wanted.items()) / sum(wanted.values()) if wanted else None
    return has_time, share
