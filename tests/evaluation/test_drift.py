"""A drift check cries wolf once in twenty stable histories at most, finds a world that changed, and counts honestly."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from statsmodels.stats.rates import confint_poisson

import wor_match as wm
from tests.evaluation.recent import drawn, taught
from wor_match.evaluation.drift import Drift, drift, later, rows_of
from wor_match.evaluation.drifting.drifted import (
    AS_EXPECTED,
    NOT_TOLD,
    ROWS,
    TOO_FEW,
    TOO_UNSURE,
    Counted,
    DriftRow,
    garwood,
    rows_of_check,
    shareable_rows,
)
from wor_match.evaluation.drifting.expected import Expected, expected
from wor_match.evaluation.simulation import Simulated, World, simulate
from wor_match.learning import Episodes, Learned, Prior, predictors, recorded, started

NAMED = ("samen-koken", "de-linde", "kookgroep")


@pytest.fixture(scope="module")
def town() -> Simulated:
    return simulate(World(people=150, weeks=40))


def sure(start: float, week: float) -> Learned:
    """A model without doubt: everybody starts with this chance and goes on with that one every week."""
    expert = Prior.expert()
    logit = [math.log(share / (1 - share)) for share in (start, week)]
    taus = dict.fromkeys(expert.taus, 1e-12)
    return Learned.nothing(
        replace(expert, level_start=(logit[0], 1e-12), level_week=(logit[1], 1e-12), pieces=np.zeros(5), pieces_sd=1e-12,
                scale=(1.0, 1e-12), taus=taus)
    )  # fmt: skip


def seen(*rows: tuple[int, int, int]) -> Expected:
    """Started, low and high of people at the neutral activity, with start .5 and .9 a week."""
    n = len(rows)
    none = np.full(n, -1)
    told = np.array(rows, dtype=np.int64).T
    return expected(
        sure(0.5, 0.9), Episodes(np.zeros((n, len(Prior.expert().start))), none, none, none, *told), [NAMED] * n
    )


def test_expected_stops_are_a_tenth_of_the_weeks_at_risk() -> None:
    found = seen((1, 1, 2), (1, 4, 0), (0, 0, 0), (1, 12, 0))
    assert found.trials.tolist() == [[1, 2, 0, 0], [1, 2, 2, 0], [1, 0, 0, 0], [1, 2, 2, 8]]
    assert found.mean == pytest.approx(
        np.array([[0.5, 0.2, 0, 0], [0.5, 0.2, 0.2, 0], [0.5, 0, 0, 0], [0.5, 0.2, 0.2, 0.8]])
    )
    assert found.seen.tolist() == [[1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0], [1, 0, 0, 0]]
    assert found.drawn == pytest.approx(np.broadcast_to(found.mean[:, :, None], (4, 4, 64)), abs=1e-9)


def test_a_stop_in_week_one_or_two_is_one_stop_with_a_second_week_that_was_likely_at_risk() -> None:
    """Week 1 has .1 and week 2 .09 of the chance, so it was at risk in week 2 with .09/.19."""
    found = seen((1, 0, 2), (1, 1, 3))
    assert found.seen[0, 1:] == pytest.approx([1, 0, 0])
    assert found.mean[0, 1:] == pytest.approx([0.1 * (1 + 0.09 / 0.19), 0, 0])
    assert found.seen[1, 1:] == pytest.approx([0.1 / 0.19, 0.09 / 0.19, 0])
    assert found.mean[1, 1:] == pytest.approx([0.2, 0.1 * 0.09 / 0.19, 0])


def test_observed_less_expected_has_mean_nothing_when_only_the_call_tells_of_stops() -> None:
    there = 0.9**12
    gone, stayed = seen((1, 0, 12), (1, 12, 0)).seen, seen((1, 0, 12), (1, 12, 0)).mean
    off = (gone - stayed)[:, 1:]
    assert (1 - there) * off[0] + there * off[1] == pytest.approx(np.zeros(3), abs=1e-12)


def test_the_interval_of_a_count_is_garwoods() -> None:
    for count in (0, 1, 7, 40):
        assert garwood(count) == pytest.approx(confint_poisson(count, 1, method="exact-c"), abs=1e-9)


def test_invented_histories_have_the_spread_of_a_binomial_and_a_poisson() -> None:
    found = seen(*[(1, 12, 0)] * 100)
    invented = found.invented(np.zeros(100, dtype=np.int64))[0]
    assert invented.mean(axis=1) == pytest.approx([50, 20, 20, 80], rel=0.02)
    assert invented.var(axis=1) == pytest.approx([25, 20, 20, 80], rel=0.1)


@pytest.mark.parametrize("n", [20, pytest.param(100, marks=pytest.mark.nightly)])
def test_it_cries_wolf_in_at_most_one_of_twenty_stable_worlds(n: int, figure: Callable[[str], None]) -> None:
    alarms = 0
    for seed in range(n):
        world = drawn(World(seed=seed), 250, 250)
        alarms += any(row.alarm for row in rows_of(world.matcher, world.recent))
    figure(f"drift check: {alarms} alarms in {n} stable worlds of 250 episodes before and 250 after")
    assert alarms <= n / 20


def test_it_finds_a_world_that_changed_after_half_a_year(figure: Callable[[str], None]) -> None:
    alarms = 0
    for seed in range(5):
        world = drawn(World(seed=seed, drift=1.0), 2_000, 2_000)
        alarms += any(row.alarm for row in rows_of(world.matcher, world.recent))
    figure(f"drift check: {alarms} alarms in 5 worlds that drift, of 2,000 episodes before and 2,000 after")
    assert alarms == 5


def test_fewer_who_start_are_told_so() -> None:
    world = drawn(World(seed=3), 400, 400)
    fewer = tuple(
        replace(one, started=0, low=0, high=0, stayed=False) if number % 3 == 0 else one
        for number, one in enumerate(world.recent)
    )
    rows = {row.what: row for row in rows_of(world.matcher, fewer)}
    assert rows["starts"].verdict == "fewer start than expected"
    assert rows["starts"].alarm
    assert rows["starts"].sentence().endswith("; fewer start than expected.")


def test_stops_at_other_activities_are_found_where_the_total_is_right() -> None:
    world = drawn(World(seed=3), 1_500, 0)
    recent = list(drawn(World(seed=3), 0, 1_500).recent)
    names = sorted({one.activity for one in recent})
    half = set(names[::2])
    moved = [
        replace(one, low=0, high=1, stayed=False) if one.activity in half else replace(one, low=12, high=0)
        for one in recent
        if one.started == 1
    ]
    rows = {row.what: row for row in rows_of(world.matcher, moved)}
    assert rows["stops by activity"].alarm
    assert rows["stops by activity"].verdict == "at other activities than expected"


def test_a_few_people_and_unsure_beliefs_are_told_as_such() -> None:
    world = drawn(World(seed=1), 400, 300)
    few = {row.what: row.verdict for row in rows_of(world.matcher, world.recent[:8])}
    assert few["stops in weeks 3-4"] == TOO_FEW
    believed = {row.what: row.verdict for row in rows_of(taught(world.matcher, ()), world.recent)}
    assert believed["starts"] == TOO_UNSURE
    assert {row.verdict for row in rows_of(world.matcher, world.recent)} >= {AS_EXPECTED}


def test_expected_is_the_mean_chance_of_an_advice_with_what_visitors_say_and_the_track_record() -> None:
    world = drawn(World(seed=2), 400, 30)
    one = world.recent[0]
    model = replace(world.matcher.model, visitors={one.activity: 0.9})
    matcher = wm.Matcher(world.matcher.catalogue, model=model)
    (starts, *_) = rows_of(matcher, [one])
    minus = [
        0.4 if sig.name == "visitors_say" else (one.strengths or {})[sig.name] - sig.neutral for sig in matcher.signals
    ]
    at = predictors(model.posterior.draws, np.array([minus]))
    record = model.record([(one.term, one.organiser, one.activity)])
    assert record.any()
    assert starts.expected == pytest.approx(float(started(recorded(at, record)).mean()))


def test_draws_are_wider_around_the_same_mean() -> None:
    world = drawn(World(seed=2), 0, 200)
    shapes = np.zeros((200, len(world.matcher.signals)))
    none, zeros = np.full(200, -1), np.zeros(200, dtype=np.int64)
    episodes = Episodes(shapes, none, none, none, zeros + 1, zeros + 12, zeros)
    found = expected(world.matcher.model, episodes, [(None, None, one.activity) for one in world.recent])
    assert found.drawn.mean(axis=2) == pytest.approx(found.mean, rel=0.02)
    assert found.drawn.std(axis=2).min() > 0


@pytest.mark.parametrize(
    ("began", "since", "counts"),
    [
        (datetime(2024, 3, 31, 23, tzinfo=UTC), date(2024, 3, 31), True),  # one o'clock at night in the Netherlands
        (datetime(2024, 3, 31, 12, tzinfo=UTC), date(2024, 3, 31), False),
        (datetime(2024, 3, 31, 12, tzinfo=UTC), date(2024, 3, 30), True),
        (datetime(2024, 3, 31, 12, tzinfo=UTC), datetime(2024, 3, 31, 12, tzinfo=UTC), False),
        (datetime(2024, 3, 31, 12, tzinfo=UTC), datetime(2024, 3, 31, 11, tzinfo=UTC), True),
    ],
)
def test_what_began_on_the_day_itself_was_known(began: datetime, since: date, counts: bool) -> None:
    assert later(began, since) == counts


def test_an_activity_that_nobody_was_seen_at_is_expected_with_more_doubt() -> None:
    world = drawn(World(seed=2), 400, 100)
    somewhere = world.recent[0].activity
    here = [replace(one, activity=somewhere, term="", organiser="") for one in world.recent]
    new = [replace(one, activity="nieuw", term="", organiser="") for one in world.recent]
    known, unknown = (rows_of(world.matcher, those)[0] for those in (here, new))
    assert unknown.expected_low is not None
    assert known.expected_low is not None
    assert (unknown.expected or 0) - unknown.expected_low > (known.expected or 0) - known.expected_low


def test_the_order_of_episodes_changes_nothing(town: Simulated) -> None:
    matcher = wm.Matcher(town.catalogue)
    there = drift(matcher, town.events, since=date(2024, 1, 1))
    assert drift(matcher, reversed(town.events), since=date(2024, 1, 1)) == there


def test_only_what_began_after_the_day_and_was_followed_to_the_end_counts(town: Simulated) -> None:
    matcher = wm.Matcher(town.catalogue)
    whole = drift(matcher, town.events, since=date(2024, 1, 1))
    later = drift(matcher, town.events, since=date(2024, 4, 1))
    assert whole.people is not None
    assert later.people is not None
    assert 0 < later.people < whole.people
    cut = datetime(2024, 5, 6, tzinfo=UTC)
    young = [one for one in town.events if one.at < cut]
    early = drift(matcher, young, since=date(2024, 1, 1))
    assert early.people == 0
    assert early.left_out["too_recent"]
    assert {row.verdict for row in early.rows} == {"nothing to say yet"}
    moment = datetime(2024, 3, 29, tzinfo=UTC) + timedelta(days=2)
    assert drift(matcher, town.events, since=moment).rows == drift(matcher, town.events, since=date(2024, 3, 30)).rows


def test_a_matcher_that_knows_what_it_is_checked_on_is_told_of(town: Simulated) -> None:
    fresh, day = wm.Matcher(town.catalogue), date(2024, 4, 1)
    knows = drift(fresh.learn(town.events), town.events, since=day)
    assert "it is checked on what it learned from" in knows.warning
    assert knows.sentences()[-1] == knows.warning
    assert not drift(fresh.learn([one for one in town.events if one.at.date() <= day]), town.events, since=day).warning


def test_without_recorded_strengths_nothing_was_expected(town: Simulated) -> None:
    bare = [one for one in town.events if one.kind not in ("advised", "chosen")]
    found = drift(wm.Matcher(town.catalogue), bare, since=date(2024, 1, 1))
    assert found.people == 0
    assert (found.left_out["without_strengths"] or 0) > 50


@pytest.mark.parametrize("since", [datetime(2024, 1, 1), "2024-01-01", None], ids=["naive", "text", "none"])  # noqa: DTZ001 — that it is refused is the point
def test_a_day_that_is_none_is_refused(town: Simulated, since: Any) -> None:
    with pytest.raises(wm.WorMatchError, match=r"^since "):
        drift(wm.Matcher(town.catalogue), town.events, since=since)


def test_rows_come_as_any_frame(town: Simulated) -> None:
    found = drift(wm.Matcher(town.catalogue), town.events, since=date(2024, 1, 1))
    assert [row["what"] for row in found.frame()] == list(ROWS)
    assert found.frame("polars").shape == found.frame("pandas").shape == (6, 10)
    assert found.frame("pyarrow").num_rows == 6
    assert str(found.people) in found.sentences()[0]


LAST_PERIOD = (3, 1, 2, 3, 0, 1)  # in which somebody is at risk, by how it ended


def counted(*episodes: tuple[str, int, int]) -> Counted:
    """What is seen of episodes: whose, whether they started, and how it ended.

    0 followed to the end, 1 to 3 the period of a stop, 4 never seen again, 5 lost after the first period.
    """
    n = len(episodes)
    seen, trials = np.zeros((n, 4)), np.ones((n, 4))
    for at, (_, started_there, end) in enumerate(episodes):
        seen[at, 0] = started_there
        if 0 < end < 4:
            seen[at, end] = 1
        trials[at, 1:] = started_there * (np.arange(1, 4) <= LAST_PERIOD[end])
    invented = np.repeat((0.4 * trials.sum(axis=0)).round()[None, :, None], 8, axis=2)
    of = Expected(seen, 0.4 * trials, np.zeros((n, 4, 1)), trials)
    return Counted(of, np.zeros(n, dtype=np.int64), invented, tuple(who for who, *_ in episodes))


def shared_view(*episodes: tuple[str, int, int]) -> str:
    """All the figures that a shared check tells of them; a verdict rests on the doubt of a matcher, which is fixed here."""
    rows = shareable_rows(rows_of_check(counted(*episodes)), len({who for who, *_ in episodes}) >= 10)
    return repr([asdict(row) | {"verdict": None, "alarm": None} for row in rows])


def small(views: Mapping[str, list[tuple[int, ...]]]) -> list[tuple[str, int, int]]:
    """The counts of one to nine that are the same in everything that can stand behind a view."""
    return [
        (view, at, column[0])
        for view, worlds in views.items()
        for at, column in enumerate(zip(*worlds, strict=True))
        if len(set(column)) == 1 and 0 < column[0] < 10
    ]


def test_ten_experiences_of_one_person_are_no_ten_people() -> None:
    """Twenty who never came, and one who started twelve times."""
    people = [(f"p{number}", 0, 0) for number in range(20)]
    assert rows_of_check(counted(*people, *[("often", 1, 0)] * 12))[0].told is False
    assert rows_of_check(counted(*people, *[(f"q{number}", 1, 0) for number in range(12)]))[0].told is True


@pytest.mark.parametrize("often", [(1, 1), (1, 0)], ids=["started twice", "started here and not there"])
def test_no_count_of_starters_of_one_to_nine_follows_from_a_shared_check(often: tuple[int, ...]) -> None:
    """Every way in which 20 to 29 people can start, never come, or have two experiences."""
    views = defaultdict(list)
    for n in range(20, 30):
        for first, second in combinations(range(n + 2), 2):
            once, never, twice = first, second - first - 1, n + 1 - second
            who = [(1,)] * once + [(0,)] * never + [often] * twice
            view = shared_view(*[(f"p{at}", came, 4) for at, kind in enumerate(who) for came in kind])
            also = twice * (0 in often)  # of who came twice, or came here and not there, who also stayed away
            views[view].append((once + twice, never + also, once + twice - also, never))
    assert not small(views)
    assert len(views) > 20


def test_no_count_of_stops_of_one_to_nine_follows_from_a_shared_check() -> None:
    """Twelve never came; every way in which 30 others can stop in three periods, or stay."""
    views = defaultdict(list)
    for split in combinations(range(33), 3):
        sizes = (np.diff([-1, *split, 33]) - 1).tolist()
        stops = [period for period, size in zip((1, 2, 3, 0), sizes, strict=True) for _ in range(size)]
        nobody = [(f"n{at}", 0, 0) for at in range(12)]
        first, second, third, stayed = sizes
        views[shared_view(*nobody, *[(f"p{at}", 1, stop) for at, stop in enumerate(stops)])].append(
            (first, second, third, stayed, 30 - first, third + stayed, first + second, first + third)
        )
    assert not small(views)
    assert len(views) > 20


def test_who_was_lost_between_two_periods_cannot_be_subtracted() -> None:
    """Forty start, 18 stop in weeks 1-2, five are lost, and the other 17 stop in weeks 3-4: 40 - 18 - 17 is five."""
    ends = [1] * 18 + [5] * 5 + [2] * 17
    rows = rows_of_check(counted(*[(f"p{at}", 1, end) for at, end in enumerate(ends)]))
    assert [row.told for row in rows] == [True, True, False, False, False, False]


def test_of_a_row_by_activity_only_the_verdict_is_shared() -> None:
    told = rows_of_check(counted(*[(f"p{number}", number % 2, 0) for number in range(40)]))
    (row,) = (one for one in shareable_rows(told, True) if one.what == "starts by activity")
    assert (row.observed, row.expected, row.expected_high, row.ratio, row.people) == (None,) * 5
    assert (row.verdict, row.alarm) == (told[4].verdict, told[4].alarm)
    assert shareable_rows(told, False)[4].verdict == NOT_TOLD


def test_a_shared_row_holds_whole_counts_and_the_ratio_of_these() -> None:
    row = DriftRow("stops in weeks 1-2", 40, 12.4, 20.4, 10.0, 31.0, 12.4 / 20.4, 0.3, 1.1, AS_EXPECTED, told=True)
    (found,) = shareable_rows([row], True)
    assert (found.people, found.observed, found.expected, found.ratio) == (None, 12, 20, 0.6)
    assert (found.low, found.high) == tuple(round(end / 20, 2) for end in garwood(12))


def test_experiences_left_out_are_told_when_ten_people_are_behind_them() -> None:
    found = Drift(date(2024, 1, 1), (), 40, {"too_recent": 12, "without_strengths": 12}, behind={"too_recent": 1,
                  "without_strengths": 12})  # fmt: skip
    assert found.shareable().left_out == {"too_recent": None, "without_strengths": 12}


def test_a_shared_check_of_few_says_nothing(town: Simulated) -> None:
    few = {f"verzonnen-{number:05d}" for number in range(9)}
    events = [one for one in town.events if one.of is None or one.of in few]
    until = [one for one in town.events if one.kind == "referred"][-1:]
    found = drift(wm.Matcher(town.catalogue), [*events, *until], since=date(2024, 1, 1), shareable=True)
    assert isinstance(found, Drift)
    assert found.people is None
    assert {row.observed for row in found.rows} == {None}
    assert found.left_out == {"too_recent": None, "without_strengths": None}
