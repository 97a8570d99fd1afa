"""What is told of invented people leads back to what is true of them, except in a silent world."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

import wor_match as wm
from wor_match.domain.event import Event
from wor_match.domain.kinds import FollowedUp, Stopped, Visited, event_of
from wor_match.domain.schedule import Schedule
from wor_match.evaluation.continuation import followed_weights
from wor_match.evaluation.drift import drift
from wor_match.evaluation.outcomes import outcomes_of
from wor_match.evaluation.replaying.lots import NOT_CHOSEN, STARTED
from wor_match.evaluation.simulation import World, simulate
from wor_match.evaluation.simulation.story import Going, story
from wor_match.evaluation.simulation.town import catalogue_of
from wor_match.evaluation.simulation.truth import sigma, week_level
from wor_match.learning.episodes import Episode, episodes_of
from wor_match.learning.prior import PIECE_MEANS
from wor_match.learning.rows import PIECE_OF_WEEK

AT = datetime(2024, 1, 8, 10, tzinfo=UTC)
SURE = np.ones(12)
IN_WEEK_FIVE = np.where(np.arange(1, 13) == 5, 0.0, 1.0)
WATCHED: dict[str, Any] = {"followed": 1.0, "exact": 1.0, "health": 0.0, "rated": 0.0}


def went(world: World, going: Going, offer: wm.Catalogue, n: int, at: datetime = AT) -> Iterator[Event]:
    """Everything told of people who each chose one activity; they agree to learning."""
    activities = list(offer)
    for number in range(n):
        person, activity = f"verzonnen-{number:05d}", activities[number % len(activities)]
        about = {"person": person, "source": "coach"}
        yield event_of({**about, "kind": "consented", "event_id": f"{person}-c", "at": at - timedelta(days=7),
                        "purpose": "learning", "given": True})  # fmt: skip
        yield event_of({**about, "kind": "chosen", "event_id": f"{person}-k", "at": at, "activities": [activity.id]})
        yield from story(person, activity.id, at, going, activity.schedule, world, world.dice(person))


def episodes(world: World, going: Going, n: int = 40) -> tuple[Episode, ...]:
    offer = catalogue_of(world)
    return episodes_of(sorted(went(world, going, offer, n), key=lambda one: one.at), offer).episodes


def weeks_seen(world: World, going: Going, n: int = 40) -> set[tuple[int, int, int]]:
    return {(one.started, one.low, one.high) for one in episodes(world, going, n)}


def test_what_is_told_of_one_life_by_hand() -> None:
    stays, stops, never = Going(1.0, SURE, 0.0), Going(1.0, IN_WEEK_FIVE, 0.0), Going(0.0, SURE, 0.0)
    assert weeks_seen(World(**WATCHED), stays) == {(1, 12, 0)}
    assert weeks_seen(World(**WATCHED), stops) == {(1, 4, 5)}
    assert weeks_seen(World(**{**WATCHED, "exact": 0.0}), stops) == {(1, 4, 8)}  # the look after week 8 finds it
    assert weeks_seen(World(**WATCHED), never) == {(0, 0, 0)}
    assert weeks_seen(World(**{**WATCHED, "health": 1.0}), stays) == {(1, 0, 0)}  # ill in the first week: no verdict
    assert weeks_seen(World(**{**WATCHED, "silent": 1.0}), stops) == {(1, 4, 12)}  # only the call knows


def test_who_is_lost_is_known_up_to_a_look_whatever_becomes_of_them() -> None:
    lost = World(**{**WATCHED, "followed": 0.0})
    stays, stops = (episodes(lost, Going(1.0, week, 0.0), 400) for week in (SURE, IN_WEEK_FIVE))
    assert {(one.low, one.high) for one in stays} == {(1, 0), (2, 0), (4, 0), (8, 0), (12, 0)}
    assert {(one.low, one.high) for one in stops} == {(1, 0), (2, 0), (4, 0), (4, 5)}
    assert {one.person for one in stays} == {one.person for one in stops}
    later = {one.person for one in stays if one.low >= 8}
    assert later == {one.person for one in stops if one.high == 5}


def test_who_is_silent_is_known_only_when_called() -> None:
    never, stops = Going(0.0, SURE, 0.0), Going(1.0, IN_WEEK_FIVE, 0.0)
    lost = World(**{**WATCHED, "followed": 0.0, "silent": 1.0})
    assert weeks_seen(lost, never) == set()
    assert weeks_seen(lost, stops, 400) == {(1, 1, 0), (1, 2, 0), (1, 4, 0)}


def test_a_stop_falls_in_its_week_also_where_the_activity_pauses() -> None:
    pauses = [{"from": "2024-04-01", "to": "2024-04-28"}, {"from": "2024-07-08", "to": "2024-08-18"}]
    schedule = Schedule.model_validate({"weekly": [{"day": "di", "start": "10:00", "end": "12:00"}], "closed": pauses})
    world = World(**WATCHED)
    one = next(iter(catalogue_of(world))).replace(schedule=schedule)
    offer = catalogue_of(world).replace(activities=(one,))
    highs: Counter[int] = Counter()
    for week in range(40):
        at = AT + timedelta(weeks=week, days=week % 5)
        told = sorted(went(world, Going(1.0, IN_WEEK_FIVE, 0.0), offer, 10, at), key=lambda event: event.at)
        highs.update(episode.high for episode in episodes_of(told, offer).episodes)
    assert highs == {5: 400}


def test_no_knob_of_what_is_seen_shakes_what_happens() -> None:
    def stops(world: World) -> dict[str, date]:
        going = Going(0.7, np.full(12, 0.95), 0.0)
        told = went(world, going, catalogue_of(world), 200)
        return {event.person: event.on for event in told if isinstance(event, Stopped) and event.on is not None}

    base = stops(World(**WATCHED))
    assert len(base) > 40
    for knob, value in (("delay_days", 60), ("rated", 1.0), ("stays", 0.3), ("consents", 0.5)):
        assert stops(World(**{**WATCHED, knob: value})) == base, knob
    for knob, value in (("followed", 0.5), ("exact", 0.5), ("silent", 0.5)):
        fewer = stops(World(**{**WATCHED, knob: value}))
        assert len(fewer) < len(base), knob
        assert fewer.items() < base.items(), knob


def off_by(world: World, n: int = 4_000) -> tuple[float, float]:
    """The share taking part among those known, weighted, less the true share; and its standard error."""
    week = sigma((week_level(world.stays) + np.array(PIECE_MEANS))[PIECE_OF_WEEK])
    offer = catalogue_of(world)
    events = sorted(went(world, Going(world.starts, week, 0.0), offer, n), key=lambda event: event.at)
    found = list(outcomes_of(events, offer).values())
    silent = n - len(found)  # of whom nothing was heard after the choice
    since = np.array([NOT_CHOSEN] * silent + [STARTED + one.week for one in found])
    known = np.array([False] * silent + [one.takes_part is not None for one in found])
    y = np.array([0.0] * silent + [float(one.takes_part or 0) for one in found])
    weights = followed_weights(since, known)
    share = float((weights * y).sum() / weights.sum())
    return share - world.starts * world.stays, float(np.sqrt(((weights * (y - share)) ** 2).sum()) / weights.sum())


@pytest.mark.parametrize(
    "knobs", [{}, {"exact": 0.0}, {"exact": 1.0}, {"followed": 0.4}, {"starts": 0.5}, {"health": 0.03}], ids=str
)
def test_those_who_are_followed_can_stand_in_for_those_who_are_not(
    knobs: dict[str, float], figure: Callable[[str], None]
) -> None:
    off, error = off_by(World(**knobs))
    figure(
        f"invented story {knobs or 'by default'}: weighted share lies {off:+.4f} from the truth ({off / error:+.1f} standard errors)"
    )
    assert abs(off) < 4 * error


def test_in_a_silent_world_they_can_not(figure: Callable[[str], None]) -> None:
    off, error = off_by(World(silent=0.5, followed=0.1))
    figure(
        f"invented story, silent: weighted share lies {off:+.4f} from the truth ({off / error:+.1f} standard errors)"
    )
    assert abs(off) > 4 * error


def test_how_much_is_known_where_everybody_is_alike(figure: Callable[[str], None]) -> None:
    world = World(people=2_000)
    going = Going(world.starts, sigma((week_level(world.stays) + np.array(PIECE_MEANS))[PIECE_OF_WEEK]), 0.0)
    offer = catalogue_of(world)
    events = sorted(went(world, going, offer, world.people), key=lambda event: event.at)
    found = outcomes_of(events, offer).values()
    started = len({one.person for one in events if isinstance(one, Visited)})
    stopped = sum(one.takes_part is False and one.week > 0 for one in found)
    known = sum(one.takes_part is not None for one in found)
    called = sum(isinstance(one, FollowedUp) and one.status == "still" for one in events)
    figure(
        f"invented story of {world.people:,}: {started / world.people:.1%} seen to start, {stopped / world.people:.1%} known to "
        f"stop within twelve weeks, {called / world.people:.1%} still there at a call, {known / world.people:.1%} known at twelve weeks"
    )
    assert 0.60 < started / world.people < 0.75
    assert 0.70 < known / world.people < 0.90


@pytest.mark.nightly
def test_half_a_year_of_history_expects_as_many_starts_as_come(figure: Callable[[str], None]) -> None:
    came, expected = [], []
    for seed in range(5):
        told = simulate(World(seed=seed, people=500, weeks=52))
        cut = datetime(2024, 7, 8, tzinfo=UTC)
        matcher = wm.Matcher(told.catalogue).learn([one for one in told.events if one.at < cut])
        starts = drift(matcher, told.events, since=cut.date()).rows[0]
        came.append(starts.observed or 0.0)
        expected.append(starts.expected or 0.0)
    figure(
        f"starts after half a year of history in 5 invented towns: {sum(came):.0f} came, {sum(expected):.0f} were expected"
    )
    assert abs(sum(came) - sum(expected)) < 4 * (0.21 * sum(came) / 0.7) ** 0.5
