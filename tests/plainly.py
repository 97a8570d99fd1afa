"""An advice worked out slowly, one activity, session and draw after another, with nothing but plain numbers.

It is what the quick ways are held against. Taken as found, since each has tests of its own: which activities the rules
leave, the draws that were learned, what the track records add in each, and what four domains weigh. All else is worked
out from what person and activity told: the strengths in `plain_strengths`, the sessions in `plain_week`, the rest here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import wor_match as wm
from tests.plain_strengths import NEUTRAL, best_match, strengths_of
from tests.plain_week import sessions
from wor_match.domain.terms import taxonomy

WEEKS = ((0, 1), (1, 1), (2, 2), (3, 4), (4, 4))  # each level of staying, and for how many weeks it holds
ORDER = (0.5, 0.3, 0.2)


def picks(matcher: wm.Matcher, person: wm.Participant, at: date, n: int) -> list[str]:
    """The ids of an advice."""
    question = matcher.question(person, at=at)
    rows = [(question.columns.activities[row], question.known.record[row].tolist()) for row in question.possible]
    possible = [candidate(matcher, person, activity, at, record) for activity, record in rows]
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


def candidate(
    matcher: wm.Matcher, person: wm.Participant, activity: wm.Activity, at: date, record: list[float]
) -> Candidate:
    """An activity with its score; `record` is what the track records add in each draw."""
    worth = worth_of(matcher, person, activity)
    strengths = strengths_of(matcher, person, activity, at)
    groups = [taxonomy().terms[term].group for term in activity.terms[:1]]
    return Candidate(
        id=activity.id,
        score=round(worth * chance_of(matcher, strengths, record), 9),
        worth=worth,
        easy=strengths["easy_entry"] == 1.0,
        liked=any(term in person.likes for term in activity.terms),
        unsure=any(activity.access.get(need) is None for need in person.access),
        group=groups[0] if groups else None,
        organiser=activity.organiser,
        terms=frozenset(activity.terms),
        days=frozenset(start.weekday() for start, _ in sessions(activity, at)),
    )


def worth_of(matcher: wm.Matcher, person: wm.Participant, activity: wm.Activity) -> float:
    """.2 + .8 x (.5 focus + .35 wish + .15 web), a part that was not given being .3."""
    focus = dict(zip(person.focus, ORDER, strict=False)) or (person.four_d.weights() if person.four_d else {})
    wish = best_match(activity, (*person.likes, *person.energy, *person.good_at))
    parts = (served(person, activity, focus), wish, served(person, activity, low_of(person)))
    set_ = matcher.settings.worth
    wanted = sum(weight * part for weight, part in zip((set_.focus, set_.wish, set_.web), parts, strict=True))
    return set_.floor + (1 - set_.floor) * wanted


def low_of(person: wm.Participant) -> dict[str, float]:
    """Dimension → points below their own mean, where that is more than one."""
    scores = dict(person.spider_web.scores) if person.spider_web else {}
    mean = sum(scores.values()) / max(len(scores), 1)
    return {name: mean - score for name, score in scores.items() if mean - score > 1.0}


def served(person: wm.Participant, activity: wm.Activity, weights: Mapping[Any, float]) -> float:
    """How far it serves these dimensions, those left alone apart: 3 is wholly, and .3 stands for none that counts."""
    counted = {name: weight for name, weight in weights.items() if name not in person.left_alone and weight}
    if not counted:
        return 0.3
    return sum(serves(activity, name) / 3 * weight for name, weight in counted.items()) / sum(counted.values())


def serves(activity: wm.Activity, dimension: Any) -> int:
    """What the catalogue says; where it says nothing at all, the highest of its terms."""
    if activity.serves is not None:
        return activity.serves.get(dimension, 0)
    return max((taxonomy().terms[term].serves.get(dimension, 0) for term in activity.terms), default=0)


def chance_of(matcher: wm.Matcher, strengths: dict[str, float], record: list[float]) -> float:
    """The mean over the draws of sigma(start) x the product of sigma(level + stay) over twelve weeks."""
    draws, chances = matcher.model.posterior.draws, []
    for draw, recorded in enumerate(record):
        start, stay = float(draws.level_start[draw]) + recorded / 2, recorded
        for number, signal in enumerate(matcher.signals):
            moved = strengths[signal.name] - NEUTRAL[signal.name]
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
