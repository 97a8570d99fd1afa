"""What comes back: by hand, and rules thrown by lot against dateutil as an outside oracle; at night 5,000 of them."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from dateutil.rrule import rrulestr

import wor_match as wm
from wor_match.catalogue.importers.gathering import Notes, Refused
from wor_match.catalogue.importers.recurrence import WRITTEN_OUT, between, joined, later, schedule_parts, without
from wor_match.catalogue.importers.rule import Rule
from wor_match.domain.schedule import ZONE
from wor_match.errors import Problem

LONDON, NEW_YORK, TOKYO = ZoneInfo("Europe/London"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo")
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = range(4)


def rule(frequency: Any = "weekly", start: str | None = "2026-11-03", **told: Any) -> Rule:
    until = date.fromisoformat(told.pop("until")) if "until" in told else None
    times = {"begin": "10:00", "end": "12:00"} | told
    return Rule(frequency, start=date.fromisoformat(start) if start else None, until=until, **times)


def parts(one: Rule) -> tuple[dict[str, Any], list[str]]:
    problems: list[Problem] = []
    return schedule_parts(one, Notes("feed", 0, problems)), [problem.sentence for problem in problems]


def days(one: Rule, first: str, last: str) -> list[str]:
    schedule = wm.Schedule.model_validate(parts(one)[0])
    window = (datetime.fromisoformat(told).replace(tzinfo=ZONE) for told in (first, last))
    return [f"{found.start:%Y-%m-%d %H:%M}"[2:] for found in schedule.occurrences(*window)]


def at_ten(*told: str) -> list[str]:
    return [f"{on} 10:00" for on in told]


def test_seven_in_the_evening_in_london_is_eight_here_all_year() -> None:
    told, said = parts(rule(begin="19:00", end="20:30", zone=LONDON))
    assert told == {"weekly": [{"day": "di", "from": date(2026, 11, 3), "start": "20:00", "end": "21:30"}]}
    assert said == []


def test_new_york_is_written_out_because_the_clocks_differ_in_march() -> None:
    # America changes on 8 March 2026, Europe on 29 March: three Tuesdays lie an hour earlier here
    told, _ = parts(rule(start="2026-03-03", until="2026-04-07", zone=NEW_YORK))
    assert [(f"{row['date']:%m-%d}", row["start"], row["end"]) for row in told["dates"]] == [
        ("03-03", "16:00", "18:00"), ("03-10", "15:00", "17:00"), ("03-17", "15:00", "17:00"),
        ("03-24", "15:00", "17:00"), ("03-31", "16:00", "18:00"), ("04-07", "16:00", "18:00"),
    ]  # fmt: skip


def test_a_session_that_lies_after_midnight_here_gets_the_next_day() -> None:
    told, _ = parts(rule(until="2026-11-10", begin="23:30", end="00:30", zone=LONDON))
    assert told["dates"] == [
        {"date": date(2026, 11, on), "start": "00:30", "end": "01:30"} for on in (4, 11)
    ]  # fmt: skip


def test_an_end_that_lies_too_far_into_the_night_here_is_left_out_and_told() -> None:
    told, said = parts(rule(begin="22:00", end="05:30", zone=LONDON))
    assert (told["weekly"][0]["start"], told["weekly"][0]["end"]) == ("23:00", "23:00")
    assert said == ["ends 06:30 before it starts 23:00; kept without an end"]
    # six in the morning in Tokyo is 23:00 here in summer and 22:00 in winter
    told, said = parts(rule(start="2026-10-20", until="2026-10-27", begin="06:00", end="14:00", zone=TOKYO))
    assert [(row["start"], row["end"]) for row in told["dates"]] == [("23:00", "23:00"), ("22:00", "06:00")]
    assert said == ["lasts too far into the night on our clock; kept without an end on such days"]
    assert wm.Schedule.model_validate(told).timed
    told, said = parts(rule(begin="00:00", end="24:00", zone=LONDON))
    assert (told["weekly"][0]["start"], told["weekly"][0]["end"]) == ("01:00", "01:00")
    assert said == ["lasts a day and a night on another clock; kept without an end"]
    night = datetime(2026, 11, 3, 22, tzinfo=ZONE)
    assert between(night, night + timedelta(hours=9))["end"] == "22:00"


def test_of_two_sessions_on_a_day_one_is_taken_out() -> None:
    told = {"weekly": [{"day": "di", "start": start, "end": "17:00"} for start in ("10:00", "14:00")]}
    on = date(2026, 11, 10)
    one = without(told, [(on, "10:00")])
    assert one["adjusted"] == [{"date": on, "start": "14:00", "end": "17:00"}]
    assert one["cancelled"] == []
    both = without(one, [(on, "14:00")])
    assert both["adjusted"] == []
    assert both["cancelled"] == [on]
    assert without(told, [(on, None)])["cancelled"] == [on]
    assert without(told, []) is told


def test_a_row_that_two_rules_give_is_told_once() -> None:
    row = {"date": date(2026, 11, 10), "start": "10:00", "end": "12:00"}
    assert joined([{"dates": [row]}, {"dates": [dict(row), {**row, "end": "13:00"}]}]) == {
        "dates": [row, {**row, "end": "13:00"}]
    }


@pytest.mark.parametrize(
    ("one", "first", "last", "by_hand"),
    [
        # the fifth Tuesdays of 2026, and its 31sts
        (rule("monthly", "2026-01-01", days=((5, TUESDAY),)), "2026-01-01", "2027-01-01", at_ten("26-03-31", "26-06-30", "26-09-29", "26-12-29")),
        (rule("monthly", "2026-01-31"), "2026-01-01", "2026-09-01", at_ten("26-01-31", "26-03-31", "26-05-31", "26-07-31", "26-08-31")),
        (rule("monthly", "2026-01-01", month_days=(-1,)), "2026-01-01", "2026-04-30", at_ten("26-01-31", "26-02-28", "26-03-31")),
        # every two weeks through week 53: weeks 51, 53, 2, 4
        (rule(start="2026-12-15", interval=2), "2026-12-01", "2027-02-01", at_ten("26-12-15", "26-12-29", "27-01-12", "27-01-26")),
        # Monday and Sunday of every second week: a week that begins on Sunday puts 27 December with the 28th
        (rule(start="2026-12-14", interval=2, days=((0, MONDAY), (0, 6)), week_start=0), "2026-12-01", "2027-01-04", at_ten("26-12-14", "26-12-20", "26-12-28", "27-01-03")),
        (rule(start="2026-12-14", interval=2, days=((0, MONDAY), (0, 6)), week_start=6), "2026-12-01", "2027-01-04", at_ten("26-12-14", "26-12-27", "26-12-28")),
        # every fourteenth day is every second week, and goes on
        (rule("daily", interval=14), "2030-01-01", "2030-01-31", at_ten("30-01-08", "30-01-22")),
        (rule("daily", until="2026-11-10", interval=3), "2026-11-01", "2026-12-01", at_ten("26-11-03", "26-11-06", "26-11-09")),
        # "Tuesdays, every year" and "the 13th, every year" are those of each month, not of the month of the start
        (rule("yearly", "2026-11-03", days=((0, TUESDAY),)), "2026-11-24", "2026-12-10", at_ten("26-11-24", "26-12-01", "26-12-08")),
        (rule("yearly", "2026-11-03", month_days=(13,)), "2026-11-01", "2027-01-31", at_ten("26-11-13", "26-12-13", "27-01-13")),
        (rule("yearly", "2026-11-03"), "2026-01-01", "2027-12-31", at_ten("26-11-03", "27-11-03")),
        (rule("monthly", "2026-11-03", interval=2, days=((1, THURSDAY),)), "2026-11-01", "2027-03-31", at_ten("26-11-05", "27-01-07", "27-03-04")),
        (rule(start=None, until="2020-06-30", days=((0, TUESDAY),), zone=LONDON), "2020-06-20", "2020-07-10", ["20-06-23 11:00", "20-06-30 11:00"]),
        # a count ends it
        (rule(count=3), "2026-11-01", "2027-03-31", at_ten("26-11-03", "26-11-10", "26-11-17")),
    ],
)  # fmt: skip
def test_rules_by_hand(one: Rule, first: str, last: str, by_hand: list[str]) -> None:
    assert days(one, first, last) == by_hand


def test_the_29th_of_february_comes_every_fourth_year_and_two_years_are_written_out() -> None:
    leap = rule("yearly", "2024-02-29")
    assert [f"{on}" for on in leap.dates()] == ["2024-02-29", "2028-02-29", "2032-02-29"]
    told, said = parts(leap)
    assert [row["date"] for row in told["dates"]] == [date(2024, 2, 29)]
    assert said == ["is written out until 2024-02-29"]


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (rule(interval=0), "every 0 times"),
        (rule(count=0), "comes back 0 times"),
        (rule(start=None, interval=2, days=((0, TUESDAY),)), "from no day"),
        (rule(start=None), "from no day"),
        (rule("yearly", None, days=((0, TUESDAY),)), "from no day"),
        (rule(begin="24:00"), "24:00"),
        (rule(until="2026-11-02"), "before it starts"),
        (rule("yearly", days=((20, TUESDAY),)), "weekdays of a whole year"),
        (rule("monthly", interval=2, month_days=(30,), months=(2,)), "does not come back until 2028-11-03"),
        (rule("monthly", month_days=(30,), months=(2,), count=3), "never comes back"),
        (rule("yearly", interval=8, months=(3,)), "does not come back until 2028-11-03"),
        (rule(start=None, days=((0, TUESDAY),), begin="23:30", end="00:30", zone=LONDON), "crosses midnight"),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_is_refused(one: Rule, said: str) -> None:
    with pytest.raises(Refused, match=said):
        parts(one)


def test_later_goes_round_midnight() -> None:
    assert (later("23:30", 60), later("00:30", -60), later("24:00", 60)) == ("00:30", "23:30", "01:00")


CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIRST, LAST = date(1995, 1, 1), date(2090, 12, 31)
BEGINS = ("00:30", "01:30", "02:30", "10:00", "19:30", "23:30")
ZONES = (ZONE, ZONE, ZONE, LONDON, NEW_YORK, ZoneInfo("UTC"))
NEAR = timedelta(days=120)


def some(dice: np.random.Generator, pool: list[int], chance: float) -> tuple[int, ...]:
    """Up to three of a pool, or none."""
    found = dice.choice(pool, dice.integers(1, 4), replace=False) if dice.random() < chance else []
    return tuple(sorted(int(one) for one in found))


def any_rule(dice: np.random.Generator) -> Rule:
    """Any rule that can be told; of the starts a third lies around a change of the clock."""
    start = FIRST + timedelta(days=int(dice.integers((LAST - FIRST).days)))
    if dice.random() < 1 / 3:
        start = start.replace(month=int(dice.choice([3, 10])), day=int(dice.integers(20, 32)))
    numbers = [0] if dice.random() < 0.6 else [1, 2, 3, 4, 5, -1, -2, -5] + [0] * (dice.random() < 0.2)
    weekdays = some(dice, list(range(7)), 0.6)
    ends = dice.random()
    begin = str(dice.choice(BEGINS))
    return Rule(
        frequency=("daily", "weekly", "monthly", "yearly")[dice.integers(4)],
        begin=begin,
        end=later(begin, 90),
        start=start,
        until=start + timedelta(days=int(dice.integers(900))) if ends < 0.3 else None,
        interval=int(dice.choice([1, 1, 1, 2, 2, 3, 4, 5, 6, 7, 8])),
        days=tuple((int(dice.choice(numbers)), day) for day in weekdays),
        month_days=some(dice, [*range(1, 32), *range(-31, 0)], 0.3),
        months=some(dice, list(range(1, 13)), 0.3),
        count=int(dice.integers(1, 60)) if ends > 0.7 else None,
        week_start=int(dice.integers(7)),
        zone=ZONES[dice.integers(len(ZONES))],
    )


def as_rrule(one: Rule) -> str:
    """The rule in the words of RFC 5545."""
    told = {
        "BYDAY": ",".join(f"{nth or ''}{CODES[day]}" for nth, day in one.days),
        "BYMONTHDAY": ",".join(map(str, one.month_days)),
        "BYMONTH": ",".join(map(str, one.months)),
        "COUNT": one.count,
        "UNTIL": f"{one.until:%Y%m%d}T235959" if one.until else None,
    }
    given = [f"{name}={value}" for name, value in told.items() if value]
    return ";".join(
        [f"FREQ={one.frequency.upper()}", f"INTERVAL={one.interval}", f"WKST={CODES[one.week_start]}", *given]
    )


def their_days(one: Rule, last: date) -> list[date]:
    """The days of dateutil, from the start on."""
    assert one.start is not None
    found = []
    for moment in rrulestr(as_rrule(one), dtstart=datetime.combine(one.start, datetime.min.time())):
        if moment.date() > last:
            break
        found.append(moment.date())
    return found


def at_midnight(on: date) -> datetime:
    return datetime.combine(on, datetime.min.time(), ZONE)


def mixes(one: Rule) -> bool:
    """Whether it is a rule like TU,4TH, of which dateutil finds nothing."""
    counts = one.frequency in ("monthly", "yearly")
    return counts and len({bool(nth) for nth, _ in one.days}) == 2


@pytest.mark.parametrize("n", [500, pytest.param(5_000, marks=pytest.mark.nightly)])
def test_any_rule_equals_dateutil(n: int, monkeypatch: pytest.MonkeyPatch, figure: Callable[[str], None]) -> None:
    """120 days from the start, and 120 days far from it, session by session and moment by moment.

    Left out, each by this cause alone:

    - "mixed": of numbered and plain weekdays together (``TU,4TH``) dateutil finds nothing.
    - "numbered": weekdays numbered through a whole year are refused here by design.
    - "two years": what is written out ends after 731 days by design, and says so; until then it is compared.
    - "second hour": of an hour that comes twice our schedules can only say the first; that one is compared.

    A rule that is refused since it does not come back must give dateutil nothing within those days either.
    """
    monkeypatch.setattr("datetime.MAXYEAR", 2101)  # dateutil seeks on until this year: seconds for an empty rule
    dice = np.random.default_rng(20261126)
    left_out: Counter[str] = Counter()
    windows, slowest = 0, (0.0, "")
    for _ in range(n):
        one = any_rule(dice)
        assert one.start is not None
        problems: list[Problem] = []
        if mixes(one):
            left_out["mixed"] += 1
            continue
        began = perf_counter()
        try:
            schedule = wm.Schedule.model_validate(schedule_parts(one, Notes("feed", 0, problems)))
        except Refused as fault:
            if "whole year" in str(fault):
                left_out["numbered"] += 1
            else:
                assert their_days(one, one.start + WRITTEN_OUT) == [], as_rrule(one)
            continue
        far = one.start + timedelta(days=int(dice.integers(200, 2_000)))
        for first in (one.start, far):
            window = at_midnight(first), at_midnight(first + NEAR)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", wm.WorMatchWarning)  # of 02:30 in March, which does not exist
                found = [session.start.astimezone(UTC) for session in schedule.occurrences(*window)]
            if first == one.start:
                slowest = max(slowest, (perf_counter() - began, as_rrule(one)))
            due = their_days(one, first + NEAR)
            if any(problem.code == "written-out" for problem in problems):
                kept = [on for on in due if on <= one.start + WRITTEN_OUT]
                left_out["two years"] += kept != due
                due = kept
            begin = time.fromisoformat(one.begin)
            here = [datetime.combine(on, begin, one.zone).astimezone(ZONE) for on in due]
            left_out["second hour"] += sum(moment.fold for moment in here)
            moments = [moment.replace(fold=0).astimezone(UTC) for moment in here]
            within = [moment for moment in moments if window[0].astimezone(UTC) <= moment < window[1].astimezone(UTC)]
            assert found == within, (as_rrule(one), one.start, one.begin, one.zone.key, first)
            windows += 1
    told = ", ".join(f"{cause} {n}" for cause, n in sorted(left_out.items()))
    figure(f"what comes back: {n:,} rules, {windows:,} windows equal dateutil; left out: {told}")
    figure(f"what comes back: slowest rule over 120 days {slowest[0] * 1000:.0f} ms, {slowest[1]}")
    assert windows > 1.6 * n
