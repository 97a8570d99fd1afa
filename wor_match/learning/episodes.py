"""From a history to episodes: one person at one activity, whether they started, and in which weeks they took part.

A pure function of what holds. Illness and a closed activity are no failure; silence is neither staying nor stopping.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from wor_match.domain.catalogue import Catalogue
from wor_match.domain.event import Event, OfPerson
from wor_match.domain.history import who_consents
from wor_match.domain.kinds import (
    ActivityClosed,
    Advised,
    Chosen,
    FollowedUp,
    HandedOver,
    Shown,
    Stopped,
    Visited,
)
from wor_match.domain.schedule import ZONE
from wor_match.learning.weeks import Weeks

CENSORED = frozenset({"health", "activity_gone", "moved_on", "completed"})  # no verdict on the match
STILL_A_STOP = frozenset({"not_suited", "practical"})  # who does something else for these reasons stopped here
SEEN = (Visited, FollowedUp, Stopped)  # tell how it went
MOST_UNCONFIRMED = 5  # of one reporter about one activity


@dataclass(frozen=True, slots=True)
class Episode:
    """One person at one activity.

    Attributes
    ----------
    started : int
        1 yes, 0 no, -1 unknown.
    low, high : int
        Weeks surely taking part, and the week by which a stop is known; 0 none known.
    stayed : bool
        Whether they surely took part for twelve weeks, or until the activity ended.
    strengths : mapping or None
        Signal → strength as it was that day; None when nobody recorded them.
    rating : float or None
        Mean of the ratings at the first visit, 1 to 5.
    confirmed : bool
        Whether a coach or the participant told part of it.
    reporter : str
        The organiser or the import that told it, the first by name; empty when none did.
    first : tuple
        Moment and id of the first event of the outcome.
    rated_by : str
        The organiser or the import that told the rating; empty when a coach or the participant did, or nobody.
    """

    person: str = field(repr=False)
    activity: str
    term: str | None
    organiser: str | None
    started: int
    low: int
    high: int
    stayed: bool
    strengths: Mapping[str, float] | None
    rating: float | None
    confirmed: bool
    reporter: str
    first: tuple[datetime, str] = field(repr=False)
    rated_by: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """The episodes that count, and what was left out: people without consent, and episodes, by reason."""

    episodes: tuple[Episode, ...]
    left_out: Mapping[str, int]


def episodes_of(history: Iterable[Event], catalogue: Catalogue) -> Told:
    """The episodes of people who consent, sorted by person and activity.

    Parameters
    ----------
    history : iterable of Event
        What holds, as `settled` gives it.
    catalogue : Catalogue
        For timetables, present ids of renamed activities, terms and organisers.
    """
    events = tuple(history)
    people = who_consents(events)
    now = catalogue.present_ids
    closed = closings(events, now)
    pairs, advised = by_pair(events, people, now)
    silent = {event.of for event in events if isinstance(event, OfPerson) and event.of not in people}
    found: list[Episode] = []
    left_out = {"no_consent": len(silent), "unknown_activity": 0, "no_outcome": 0}
    for (person, activity), told in sorted(pairs.items()):
        shown = as_advised(activity, told, advised[person], now)
        if activity not in catalogue and shown is None:
            left_out["unknown_activity"] += 1
            continue
        episode = episode_of(person, activity, told, shown, catalogue, closed.get(activity))
        if episode.started == -1:
            left_out["no_outcome"] += 1
        else:
            found.append(episode)
    kept = capped(found)
    return Told(tuple(kept), {**left_out, "over_the_cap": len(found) - len(kept)})


def closings(events: Iterable[Event], now: Mapping[str, str]) -> dict[str, date]:
    """Activity → the first day on which it was told to have ended."""
    found: dict[str, date] = {}
    for event in events:
        if isinstance(event, ActivityClosed):
            found.setdefault(now.get(event.activity, event.activity), day_of(event.at))
    return found


def by_pair(
    events: Iterable[Event], people: frozenset[str], now: Mapping[str, str]
) -> tuple[dict[tuple[str, str], list[OfPerson]], dict[str, list[Advised]]]:
    """Person and activity → what was told about them there; person → every advice they got."""
    pairs: dict[tuple[str, str], list[OfPerson]] = defaultdict(list)
    advised: dict[str, list[Advised]] = defaultdict(list)
    for event in events:
        if not isinstance(event, OfPerson) or event.person not in people:
            continue
        if isinstance(event, Advised):
            advised[event.person].append(event)
        elif isinstance(event, Chosen):
            for name in event.activities:
                pairs[event.person, now.get(name, name)].append(event)
        elif isinstance(event, (HandedOver, *SEEN)):
            pairs[event.person, now.get(event.activity, event.activity)].append(event)
    return pairs, advised


def as_advised(activity: str, told: list[OfPerson], advised: list[Advised], now: Mapping[str, str]) -> Shown | None:
    """The activity as it was advised: in the decision chosen from, else in the latest before the first event."""
    decisions = {event.decision for event in choices(told)} - {None}
    before = [one for one in advised if one.decision in decisions] or [one for one in advised if one.at <= told[0].at]
    for advice in reversed(before):
        for shown in advice.shown:
            if now.get(shown.activity, shown.activity) == activity:
                return shown
    return None


def choices(told: list[OfPerson]) -> list[Chosen]:
    """The choices before anything was known of how it went; a later one is about a new beginning."""
    known = min((event.at for event in told if isinstance(event, SEEN)), default=told[-1].at)
    return [event for event in told if isinstance(event, Chosen) and event.at <= known]


def episode_of(
    person: str, activity: str, told: list[OfPerson], shown: Shown | None, catalogue: Catalogue, closed: date | None
) -> Episode:
    """The episode that the events of one person about one activity make up."""
    known = catalogue.get(activity)
    visits = [event for event in told if isinstance(event, Visited) and event.attended]
    asked = [event for event in told if isinstance(event, FollowedUp)]
    came = [event for event in asked if event.status != "never"]
    there = [*visits, *(event for event in came if event.status == "still")]
    if closed and any(closed <= day_of(event.at) for event in there):
        closed = None  # they were there since: it is open again, or never closed
    no_chance = any(event.reason in CENSORED or (closed and closed <= day_of(event.at)) for event in asked)
    stopped = any(isinstance(event, Stopped) for event in told)
    started = 1 if visits or came or stopped else 0 if asked and not no_chance else -1
    weeks = Weeks(first_day(told, visits), known.schedule if known else None, closed)
    low, high = weeks_of(told, visits, weeks) if started == 1 else (0, 0)
    outcome = [event for event in told if isinstance(event, FollowedUp | Stopped) or event in visits]
    marks = list(visits[0].ratings.values()) if visits else []
    others = sorted({unconfirmed_by(event) for event in outcome} - {""})
    return Episode(
        person=person,
        activity=activity,
        term=next(iter(known.terms), None) if known else shown.term if shown else None,
        organiser=known.organiser if known else shown.organiser if shown else None,
        started=started,
        low=low,
        high=high,
        stayed=started == 1 and low >= weeks.end,
        strengths=strengths_of(activity, told, shown),
        rating=sum(marks) / len(marks) if marks else None,
        confirmed=any(event.source in ("coach", "participant") for event in outcome),
        reporter=others[0] if others else "",
        first=(outcome[0].at, outcome[0].event_id) if outcome else (told[0].at, told[0].event_id),
        rated_by=unconfirmed_by(visits[0]) if marks else "",
    )


def unconfirmed_by(event: OfPerson) -> str:
    """The organiser or the import that told it; empty when a coach or the participant did."""
    return event.reporter or event.source if event.source in ("organiser", "import") else ""


def first_day(told: list[OfPerson], visits: list[Visited]) -> date | None:
    """The day they started: the first visit, else the day of the handover or the choice; None when nobody knows."""
    if visits:
        return day_of(visits[0].at)
    handed = [event.at for event in told if isinstance(event, HandedOver)]
    chosen = [event.at for event in told if isinstance(event, Chosen)]
    return day_of((handed or chosen)[0]) if handed or chosen else None


def weeks_of(told: list[OfPerson], visits: list[Visited], weeks: Weeks) -> tuple[int, int]:
    """Weeks surely taking part, and the week by which a stop is known.

    Who came, or still took part, after a stop has come back: that stop is forgotten.
    """
    still = [event for event in told if isinstance(event, FollowedUp) and event.status == "still"]
    there_last = max((event.at for event in (*visits, *still)), default=None)
    seen = [weeks.full(day_of(visit.at)) for visit in visits]
    seen += [at_least(event, weeks) for event in still]
    low = max(seen, default=0)
    since = (event for event in told if there_last is None or last_there(event) >= day_of(there_last))
    stops = [stop for event in since for stop in stops_in(event, weeks) if stop[1] > low]
    reasons = [reason for *_, reason, _ in stops if reason is not None]
    if not stops:
        return weeks.within(low, 0, explained=False)
    why = reasons[-1] if reasons else None
    low, high = max(low, *(stop[0] for stop in stops)), min(stop[1] for stop in stops)
    no_verdict = why in CENSORED or (why not in STILL_A_STOP and any(elsewhere for *_, elsewhere in stops))
    return weeks.within(low, 0 if no_verdict else max(high, low + 1), explained=why in STILL_A_STOP)


def last_there(event: OfPerson) -> date:
    """The last day on which somebody can have been there when an event tells of a stop."""
    told = (event.on or event.before) if isinstance(event, Stopped) else None
    return told or day_of(event.at)


def at_least(event: FollowedUp, weeks: Weeks) -> int:
    """The weeks that somebody took part for sure, as they were asked."""
    return event.last_week if event.last_week is not None else weeks.full(day_of(event.at))


def stops_in(event: OfPerson, weeks: Weeks) -> Iterator[tuple[int, int, str | None, bool]]:
    """A stop that an event tells of: weeks before it, the week by which, why, and whether they only went elsewhere."""
    if isinstance(event, Stopped) and event.on is not None:
        by = weeks.full(event.on) + 1 if weeks.first is not None else weeks.begun(event.on)
        yield weeks.full(event.on), by, event.reason, False
    elif isinstance(event, Stopped) and event.before is not None:
        yield 0, weeks.begun(event.before), event.reason, False
    elif isinstance(event, FollowedUp) and event.status in ("stopped", "other"):
        elsewhere = event.status == "other" and event.reason not in STILL_A_STOP
        if event.last_week is not None:
            yield event.last_week, event.last_week + 1, event.reason, elsewhere
        else:
            yield 0, weeks.begun(day_of(event.at)), event.reason, elsewhere


def strengths_of(activity: str, told: list[OfPerson], shown: Shown | None) -> Mapping[str, float] | None:
    """The strengths as recorded with the choice, else with the advice; None when nobody recorded any."""
    for event in reversed(choices(told)):
        if activity in event.strengths:
            return event.strengths[activity]
    return shown.strengths if shown is not None and shown.strengths else None


def capped(found: Iterable[Episode]) -> list[Episode]:
    """At most five unconfirmed episodes of one reporter about one activity, the earliest; confirmed ones all count.

    So it is with ratings: that a coach confirmed how it went does not make the organiser's mark theirs.
    """
    counted: dict[tuple[str, str], int] = defaultdict(int)
    rated: dict[tuple[str, str], int] = defaultdict(int)
    kept = []
    for episode in sorted(found, key=lambda one: one.first):
        counted[episode.reporter, episode.activity] += not episode.confirmed
        if episode.confirmed or counted[episode.reporter, episode.activity] <= MOST_UNCONFIRMED:
            rated[episode.rated_by, episode.activity] += episode.rating is not None
            over = episode.rated_by and rated[episode.rated_by, episode.activity] > MOST_UNCONFIRMED
            kept.append(replace(episode, rating=None, rated_by="") if over else episode)
    return sorted(kept, key=lambda one: (one.person, one.activity))


def day_of(at: datetime) -> date:
    """The day on the clock of the town hall."""
    return at.astimezone(ZONE).date()
