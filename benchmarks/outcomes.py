"""Invented outcomes for timing: a town or a country, who started where, who stayed; as events and as arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

import wor_match as wm
from wor_match.domain.event import Event
from wor_match.domain.kinds import event_of
from wor_match.domain.terms import taxonomy
from wor_match.learning import Episodes
from wor_match.signals import SIGNALS

FIRST = datetime(2024, 1, 8, 9, tzinfo=UTC)
DAYS = ("ma", "di", "wo", "do", "vr")
HORIZON, PER_ORGANISER, PER_PERSON, DAYS_OF_REFERRING = 12, 5, 2, 600
NAMES = tuple(signal.name for signal in SIGNALS)
NEUTRAL = np.array([signal.neutral for signal in SIGNALS])


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What was seen of each episode, (n,); `strengths` (n, n_signals) are not yet minus neutral."""

    activity: np.ndarray
    strengths: np.ndarray
    started: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @property
    def episodes(self) -> Episodes:
        """The same as arrays for the fit; terms and organisers follow from the activity, as in `town`."""
        term, organiser = self.activity % len(taxonomy().terms), self.activity // PER_ORGANISER
        return Episodes(self.strengths - NEUTRAL, term, organiser, self.activity, self.started, self.low, self.high)


def outcomes(n: int, n_activities: int, seed: int = 1) -> Outcomes:
    """Invented outcomes by a truth of our own model's form; a third of the stops have no known week."""
    dice = np.random.RandomState(seed)
    effect = dice.normal(0.0, 0.4, n_activities)
    activity = np.minimum(dice.geometric(3.0 / n_activities, n) - 1, n_activities - 1)  # some are much visited
    strengths = np.round(np.clip(NEUTRAL + dice.normal(0.0, 0.25, (n, len(NAMES))), 0.0, 1.0), 3)
    speaks = (strengths - NEUTRAL) @ np.array([sum(signal.beliefs) / 2 for signal in SIGNALS])
    started = dice.random_sample(n) < 1 / (1 + np.exp(-(0.85 + speaks + 0.5 * effect[activity])))
    weekly = 1 / (1 + np.exp(-(3.0 + speaks + effect[activity])))
    weeks = np.minimum(dice.geometric(1.0 - weekly) - 1, HORIZON)  # weeks they went on
    stopped, known = started & (weeks < HORIZON), dice.random_sample(n) < 2 / 3
    low = np.where(started & (known | ~stopped), weeks, 0)
    high = np.where(stopped, np.where(known, weeks + 1, HORIZON), 0)
    return Outcomes(activity, strengths, started.astype(np.int64), low, high)


def town(n_activities: int) -> wm.Catalogue:
    """An invented catalogue: every activity weekly, two thirds of them pause in school holidays."""
    terms = sorted(taxonomy().terms)
    activities = []
    for n in range(n_activities):
        start = f"{8 + n % 9:02d}:{n // 9 % 60:02d}"  # nearly every timetable is its own, as in life
        schedule = {"weekly": [{"day": DAYS[n % len(DAYS)], "start": start, "end": "21:00"}]}
        schedule |= {"pauses": ["school_holidays"], "region": "midden"} if n % 3 else {}
        told = {"id": name_of(n), "name": f"Verzonnen {n}", "terms": [terms[n % len(terms)]], "schedule": schedule}
        activities.append(wm.Activity.model_validate({**told, "organiser": f"o{n // PER_ORGANISER:04d}"}))
    organisers = [{"id": name, "name": name} for name in sorted({str(one.organiser) for one in activities})]
    return wm.Catalogue(id="verzonnen", name="Verzonnen", activities=activities, organisers=organisers)


def name_of(activity: int) -> str:
    """The id of an activity by its number."""
    return f"a{activity:05d}"


def events(told: Outcomes) -> Iterator[Event]:
    """The outcomes as a coach would have noted them: consent, choice, first visit, and a call after twelve weeks."""
    dice = np.random.RandomState(2)
    begun = dice.randint(0, DAYS_OF_REFERRING, len(told.activity))
    marks = dice.randint(1, 6, len(told.activity))
    for row in range(len(told.activity)):
        person, activity = f"p{row // PER_PERSON:06d}", name_of(int(told.activity[row]))
        at = FIRST + timedelta(days=int(begun[row]))

        def note(kind: str, days: int = 0, **fields: object) -> Event:
            said = {"event_id": f"{row}.{kind}", "kind": kind, "at": at + timedelta(days=days), "source": "coach"}  # noqa: B023
            return event_of({**said, "person": person, **fields})  # noqa: B023

        if row % PER_PERSON == 0:
            yield note("consented", -DAYS_OF_REFERRING, purpose="learning", given=True)
        strengths = dict(zip(NAMES, told.strengths[row].tolist(), strict=True))
        yield note("chosen", activities=[activity], strengths={activity: strengths})
        if not told.started[row]:
            yield note("followed_up", 7 * HORIZON, activity=activity, status="never")
            continue
        yield note("visited", 1, activity=activity, attended=True, ratings={"welcome": int(marks[row])})
        if told.high[row] == 0:
            yield note("followed_up", 7 * HORIZON + 2, activity=activity, status="still")
        else:
            week = {"last_week": int(told.low[row])} if told.high[row] == told.low[row] + 1 else {}
            yield note("followed_up", 7 * HORIZON + 1, activity=activity, status="stopped", reason="not_suited", **week)
