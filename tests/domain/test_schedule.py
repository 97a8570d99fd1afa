"""Schedules: occurrences by hand on the clock of the town hall, and dateutil as an outside oracle."""

from __future__ import annotations

import warnings
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from dateutil import rrule
from hypothesis import given, settings
from hypothesis import strategies as st

import wor_match as wm
from wor_match.domain.rhythm import WEEKDAYS
from wor_match.domain.schedule import ZONE

TEN = {"start": "10:00", "end": "12:00"}


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def starts(schedule: dict[str, Any], first: str, last: str) -> list[str]:
    found = wm.Schedule.model_validate(schedule).occurrences(day(first), day(last) + timedelta(days=1))
    return [f"{one.start:%m-%d %H:%M}" for one in found]


def at_ten(*days: str) -> list[str]:
    return [f"{on} 10:00" for on in days]


@pytest.mark.parametrize(
    ("schedule", "first", "last", "by_hand"),
    [
        ({"weekly": [{"day": "di", **TEN}]}, "2026-11-02", "2026-11-17", at_ten("11-03", "11-10", "11-17")),
        ({"weekly": [{"day": "dinsdag", **TEN}], "from": "2026-11-10", "until": "2026-11-17"},
         "2026-11-01", "2026-12-31", at_ten("11-10", "11-17")),
        # week 51, 53, 2, 4: every two weeks keeps its rhythm where the parity of the year changes
        ({"weekly": [{"day": "di", "every": 2, "from": "2026-12-15", **TEN}]},
         "2026-12-08", "2027-01-31", at_ten("12-15", "12-29", "01-12", "01-26")),
        # an anchor on a Friday: the Tuesday of that week lies before it, the next one is two weeks on
        ({"weekly": [{"day": "di", "every": 2, "from": "2026-11-06", **TEN}]},
         "2026-11-01", "2026-12-02", at_ten("11-17", "12-01")),
        ({"weekly": [{"day": "di", "weeks": "odd", **TEN}]},
         "2026-12-14", "2027-01-24", at_ten("12-15", "12-29", "01-05", "01-19")),
        ({"weekly": [{"day": "di", "weeks": "even", **TEN}]}, "2026-12-14", "2027-01-31",
         at_ten("12-22", "01-12", "01-26")),
        ({"monthly": [{"day": "do", "nth": 1, **TEN}]}, "2026-10-01", "2026-12-31", at_ten("10-01", "11-05", "12-03")),
        ({"monthly": [{"day": "do", "nth": -1, **TEN}]}, "2026-11-01", "2026-12-31", at_ten("11-26", "12-31")),
        ({"monthly": [{"day": "ma", "nth": 5, **TEN}]}, "2026-09-01", "2026-12-31", at_ten("11-30")),
        ({"monthly": [{"date": 31, **TEN}]}, "2026-10-01", "2027-01-31", at_ten("10-31", "12-31", "01-31")),
        ({"dates": [{"date": "2026-11-07", **TEN}]}, "2026-11-01", "2026-11-30", at_ten("11-07")),
        ({"weekly": [{"day": "di", **TEN}], "closed": [{"from": "2026-11-10", "to": "2026-11-17"}]},
         "2026-11-01", "2026-11-25", at_ten("11-03", "11-24")),
        ({"weekly": [{"day": "di", **TEN}], "pauses": ["school_holidays"], "region": "midden"},
         "2026-12-14", "2027-01-05", at_ten("12-15", "01-05")),
        ({"weekly": [{"day": "ma", **TEN}], "pauses": ["public_holidays"]}, "2026-03-30", "2026-04-13",
         at_ten("03-30", "04-13")),
    ],
)  # fmt: skip
def test_rules_by_hand(schedule: dict[str, Any], first: str, last: str, by_hand: list[str]) -> None:
    assert starts(schedule, first, last) == by_hand


def test_closed_beats_adjusted_beats_extra_beats_the_rule() -> None:
    schedule = {
        "weekly": [{"day": "di", **TEN}],
        "closed": [{"from": "2026-12-08", "to": "2026-12-08"}],
        "cancelled": ["2026-12-22"],
        "adjusted": [{"date": f"2026-12-{on}", "start": "14:00", "end": "15:00"} for on in ("08", "15", "22")],
        "extra": [{"date": f"2026-12-{on}", "start": "16:00", "end": "17:00"} for on in ("08", "15", "17", "29")],
    }
    assert starts(schedule, "2026-12-01", "2026-12-29") == [
        "12-01 10:00", "12-15 14:00", "12-17 16:00", "12-29 10:00", "12-29 16:00",
    ]  # fmt: skip


def test_ten_o_clock_stays_ten_o_clock_and_a_night_of_the_clock_change_is_shorter() -> None:
    sunday = wm.Schedule.model_validate({"weekly": [{"day": "zo", **TEN}]})
    found = sunday.occurrences(day("2026-03-16"), day("2026-04-06"))
    assert [f"{one.start:%H:%M %z}" for one in found] == ["10:00 +0100", "10:00 +0200", "10:00 +0200"]
    night = wm.Schedule.model_validate({"weekly": [{"day": "zo", "start": "01:00", "end": "04:00"}]})
    (spring,) = night.occurrences(day("2026-03-29"), day("2026-03-30"))
    (autumn,) = night.occurrences(day("2026-10-25"), day("2026-10-26"))
    lasts = [one.end.astimezone(UTC) - one.start.astimezone(UTC) for one in (spring, autumn)]
    assert lasts == [timedelta(hours=2), timedelta(hours=4)]


def test_a_start_that_the_clock_skips_moves_forward_and_is_said() -> None:
    skipped = wm.Schedule.model_validate({"weekly": [{"day": "zo", "start": "02:30", "end": "04:00"}]})
    with pytest.warns(wm.WorMatchWarning, match="02:30 does not exist"):
        (found,) = skipped.occurrences(day("2026-03-29"), day("2026-03-30"))
    assert f"{found.start:%H:%M}" == "03:30"


def test_a_start_that_the_clock_moves_beyond_the_end_is_a_moment() -> None:
    skipped = wm.Schedule.model_validate({"weekly": [{"day": "zo", "start": "02:30", "end": "03:15"}]})
    with pytest.warns(wm.WorMatchWarning, match="02:30 does not exist"):
        (found,) = skipped.occurrences(day("2026-03-29"), day("2026-03-30"))
    assert f"{found.start:%H:%M}" == f"{found.end:%H:%M}" == "03:30"


def test_of_an_hour_that_comes_twice_the_first_counts() -> None:
    twice = wm.Schedule.model_validate({"weekly": [{"day": "zo", "start": "02:30", "end": "03:30"}]})
    (found,) = twice.occurrences(day("2026-10-25"), day("2026-10-26"))
    assert found.start.utcoffset() == timedelta(hours=2)


def test_an_end_in_the_night_lies_on_the_next_day_and_an_end_at_the_start_is_a_moment() -> None:
    night = wm.Schedule.model_validate({"weekly": [{"day": "za", "start": "22:00", "end": "01:00"}]})
    (found,) = night.occurrences(day("2026-11-07"), day("2026-11-08"))
    assert (found.start, found.end) == (day("2026-11-07T22:00"), day("2026-11-08T01:00"))
    moment = wm.Schedule.model_validate({"dates": [{"date": "2026-11-07", "start": "10:00", "end": "10:00"}]})
    (found,) = moment.occurrences(day("2026-11-07"), day("2026-11-08"))
    assert found.start == found.end == day("2026-11-07T10:00")
    to_midnight = wm.Schedule.model_validate({"weekly": [{"day": "za", "start": "22:00", "end": "24:00"}]})
    (found,) = to_midnight.occurrences(day("2026-11-07"), day("2026-11-08"))
    assert found.end == day("2026-11-08")


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        ({"weekly": [{"day": "za", "start": "12:00", "end": "10:00"}]}, "swap the times"),
        ({"weekly": [{"day": "za", "start": "24:00", "end": "24:00"}]}, "starts at 24:00"),
        ({"weekly": [{"day": "za", "start": "9.30", "end": "10:00"}]}, "no time of day"),
        ({"weekly": [{"day": "za", **TEN, "every": 2}]}, "add `from"),
        ({"weekly": [{"day": "za", **TEN, "every": 2, "from": "2026-11-07", "weeks": "odd"}]}, "keep one"),
        ({"monthly": [{"day": "za", **TEN}]}, "no monthly rule"),
        ({"monthly": [{"date": 3, "day": "za", "nth": 1, **TEN}]}, "no monthly rule"),
        ({"closed": [{"from": "2026-11-07", "to": "2026-11-06"}]}, "swap the days"),
        ({"from": "2026-11-07", "until": "2026-11-06"}, "swap the days"),
        ({"cancelled": ["2026-02-30"]}, "no day of the calendar"),
        ({"cancelled": ["1889-02-03"]}, "outside 1990"),
        ({"pauses": ["school_holidays"], "weekly": [{"day": "za", **TEN}]}, "noord, midden or zuid"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_refused_with_a_remedy(schedule: dict[str, Any], said: str) -> None:
    with pytest.raises(wm.CatalogueError, match=said):
        wm.Schedule.model_validate(schedule)


def test_long_windows_and_many_sessions_are_cut_with_a_warning() -> None:
    daily = wm.Schedule.model_validate({"weekly": [{"day": name, **TEN} for name in WEEKDAYS]})
    with pytest.warns(wm.WorMatchWarning, match="two years"):
        found = daily.occurrences(day("2026-01-01"), day("2036-01-01"))
    assert len(found) == 731
    twice = wm.Schedule.model_validate(
        {
            "weekly": [
                {"day": name, "start": f"{hour}:00", "end": f"{hour}:30"} for name in WEEKDAYS for hour in (10, 14)
            ]
        }
    )
    with pytest.warns(wm.WorMatchWarning, match="cut to 1000"):
        assert len(twice.occurrences(day("2026-01-01"), day("2027-12-31"))) == 1_000


def test_beyond_the_table_of_school_holidays_is_said() -> None:
    pausing = wm.Schedule.model_validate(
        {"weekly": [{"day": "di", **TEN}], "pauses": ["school_holidays"], "region": "zuid"}
    )
    with pytest.warns(wm.WorMatchWarning, match="no school holidays are known"):
        pausing.occurrences(day("2030-12-01"), day("2030-12-31"))


def test_the_end_of_a_window_is_exclusive_and_its_start_is_not() -> None:
    rule = wm.Schedule.model_validate({"weekly": [{"day": "di", **TEN}]})
    found = rule.occurrences(day("2026-11-03T10:00"), day("2026-11-10T10:00"))
    assert [one.start.day for one in found] == [3]


def test_a_naive_window_is_refused() -> None:
    with pytest.raises(wm.WorMatchError, match="aware"):
        wm.Schedule().occurrences(datetime(2026, 1, 1), datetime(2026, 2, 1))  # noqa: DTZ001 — that is the point


def test_the_same_session_told_twice_is_one_session() -> None:
    assert starts(
        {"weekly": [{"day": "di", **TEN}], "extra": [{"date": "2026-11-03", **TEN}]}, "2026-11-03", "2026-11-03"
    ) == at_ten("11-03")


def test_how_often_and_how_many() -> None:
    schedule = wm.Schedule.model_validate
    weekly = {"day": "di", **TEN}
    assert schedule({"weekly": [weekly, {**weekly, "day": "do"}]}).visits_a_week() == 1
    assert schedule({"weekly": [{**weekly, "weeks": "odd"}]}).visits_a_week() == 0.5
    assert schedule({"monthly": [{"date": 3, **TEN}]}).visits_a_week() == pytest.approx(12 / 52)
    assert schedule({}).visits_a_week() == 1
    assert schedule({"weekly": [weekly], "from": "2026-11-03", "until": "2026-12-22"}).number_of_sessions() == 8
    assert schedule({"weekly": [weekly]}).number_of_sessions() is None
    assert schedule({"dates": [{"date": "2026-11-07", **TEN}] * 1}).number_of_sessions() == 1


DATEUTIL = [rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU]


@given(st.integers(0, 6), st.integers(1, 6), st.dates(date(2024, 1, 1), date(2027, 12, 31)))
@settings(max_examples=300)
def test_every_n_weeks_equals_dateutil(weekday: int, every: int, anchor: date) -> None:
    ours = wm.Schedule.model_validate({"weekly": [{"day": WEEKDAYS[weekday], **TEN, "every": every, "from": anchor}]})
    window = (
        datetime.combine(anchor, datetime.min.time(), ZONE),
        datetime.combine(anchor, datetime.min.time(), ZONE) + timedelta(days=200),
    )
    theirs = rrule.rrule(rrule.WEEKLY, interval=every, byweekday=DATEUTIL[weekday], wkst=rrule.MO,
                         dtstart=datetime.combine(anchor, datetime.min.time()))  # fmt: skip
    due = [
        one.date() for one in theirs.between(window[0].replace(tzinfo=None), window[1].replace(tzinfo=None), inc=True)
    ]
    assert [one.start.date() for one in ours.occurrences(*window)] == [on for on in due if on < window[1].date()]


@given(st.integers(0, 6), st.sampled_from([1, 2, 3, 4, 5, -1, -2, -5]), st.dates(date(2024, 1, 1), date(2028, 1, 1)))
@settings(max_examples=300)
def test_nth_weekdays_equal_dateutil(weekday: int, nth: int, first: date) -> None:
    ours = wm.Schedule.model_validate({"monthly": [{"day": WEEKDAYS[weekday], "nth": nth, **TEN}]})
    start = datetime.combine(first, datetime.min.time(), ZONE)
    theirs = rrule.rrule(rrule.MONTHLY, byweekday=DATEUTIL[weekday](nth), dtstart=start.replace(tzinfo=None))
    due = theirs.between(start.replace(tzinfo=None), start.replace(tzinfo=None) + timedelta(days=365), inc=True)
    found = ours.occurrences(start, start + timedelta(days=365))
    assert [one.start.date() for one in found] == [
        one.date() for one in due if one.date() < first + timedelta(days=365)
    ]


@given(st.sampled_from([(year, month) for year in range(1996, 2038) for month in (3, 10)]))
@settings(max_examples=84)
def test_noon_is_noon_around_every_clock_change(when: tuple[int, int]) -> None:
    daily = wm.Schedule.model_validate(
        {"weekly": [{"day": name, "start": "12:00", "end": "13:00"} for name in WEEKDAYS]}
    )
    start = datetime(*when, 20, tzinfo=ZONE)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = daily.occurrences(start, start + timedelta(days=11))
    assert {f"{one.start:%H:%M}" for one in found} == {"12:00"}
    assert [one.start.astimezone(UTC) for one in found] == sorted(one.start.astimezone(UTC) for one in found)
