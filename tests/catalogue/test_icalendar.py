"""Calendar files: what comes back, what is taken out and moved, clocks, and everything that is wrong in real files."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from wor_match.catalogue.importers import Imported, icalendar
from wor_match.catalogue.importers.icalendar.file import calendar_of
from wor_match.domain.schedule import ZONE

DATA = Path(__file__).parent.parent / "data"
CHOIR = wm.Activity(id="koor", name="Koor", terms=["zingen"])
TEN = ("DTSTART;TZID=Europe/Amsterdam:20261103T100000", "DTEND;TZID=Europe/Amsterdam:20261103T120000")
WEEKLY = (*TEN, "RRULE:FREQ=WEEKLY")
OF_TIMETABLE = {"attend": "all", "pauses": ["public_holidays"], "on_request": True}


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def calendar(*blocks: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *blocks, "END:VCALENDAR", ""])


def read(*blocks: str, activity: wm.Activity = CHOIR) -> Imported:
    return icalendar.read(calendar(*blocks), activity=activity)


def said(found: Imported) -> list[str]:
    return [problem.sentence for problem in found.problems]


def schedule(found: Imported) -> wm.Schedule:
    (activity,) = found.activities
    assert activity.schedule is not None
    return activity.schedule


def sessions(found: Imported, first: str = "2026-11-01", last: str = "2026-12-01") -> list[str]:
    window = (datetime.fromisoformat(told).replace(tzinfo=ZONE) for told in (first, last))
    return [f"{one.start:%m-%d %H:%M}-{one.end:%H:%M}" for one in schedule(found).occurrences(*window)]


def tuesdays(*days: int, times: str = "10:00-12:00") -> list[str]:
    return [f"11-{day:02d} {times}" for day in days]


def test_every_second_week_on_the_clock_of_chicago_without_four_days() -> None:
    found = icalendar.read(DATA / "ics-biweekly-exdate.ics", activity=CHOIR)
    there = ZoneInfo("US/Central")
    theirs = rrulestr(
        "FREQ=WEEKLY;WKST=SU;UNTIL=20170814T045959Z;INTERVAL=2;BYDAY=MO,TH",
        dtstart=datetime(2017, 2, 16, 9, tzinfo=there),
    )
    out = {date(2017, 7, 6), date(2017, 7, 17), date(2017, 7, 20), date(2017, 8, 3)}
    due = [(one.astimezone(UTC), one.astimezone(UTC) + timedelta(hours=10)) for one in theirs if one.date() not in out]
    assert len(due) == 21
    window = datetime(2017, 1, 1, tzinfo=ZONE), datetime(2017, 8, 14, tzinfo=ZONE)
    assert [(one.start.astimezone(UTC), one.end.astimezone(UTC)) for one in schedule(found).occurrences(*window)] == due
    by_hand = ["02-16 16:00-02:00", "02-27 16:00-02:00", "03-02 16:00-02:00", "03-13 15:00-01:00", "03-16 15:00-01:00"]
    assert sessions(found, "2017-01-01", "2017-03-20") == by_hand


def test_what_is_taken_out_at_another_time_is_noted_and_stays() -> None:
    found = icalendar.read(DATA / "ics-biweekly-exdate.ics", activity=CHOIR)
    assert sessions(found, "2017-12-17", "2017-12-31") == ["12-18 15:00-01:00", "12-19 15:00-01:00"]
    assert said(found) == [
        "keeps the clock of US/Central; told here on the clock of Europe/Amsterdam",
        "is written out until 2019-08-13",
        "takes out 2017-12-19 06:00, 2017-12-18 06:00, 2020-01-16, when no session begins; ask",
    ]
    assert {problem.line for problem in found.problems} == {9, 21}


def test_tuesdays_and_thursdays_with_one_thursday_moved_to_friday() -> None:
    found = icalendar.read(DATA / "ics-exchange-moved-occurrence.ics", activity=CHOIR)
    first_weeks = ["02-19", "02-24", "02-27", "03-03", "03-05", "03-10"]
    assert sessions(found, "2026-01-01", "2026-03-11") == [f"{on} 00:00-00:00" for on in first_weeks]
    last_weeks = ["08-11", "08-13", "08-18"]  # the last begins at the very moment of UNTIL, 22:00Z on the 17th
    assert sessions(found, "2026-08-10", "2026-12-31") == [f"{on} 00:00-00:00" for on in last_weeks]
    assert said(found) == ["lasts the whole day; ask at what time"]


def test_all_but_the_times_stays() -> None:
    old = CHOIR.replace(
        schedule={
            **OF_TIMETABLE,
            "weekly": [{"day": "ma", "start": "09:00", "end": "10:00"}],
            "cancelled": ["2026-11-02"],
        },
        price=[{"euro": 3, "per": "time"}],
    )
    (new,) = read(event(*WEEKLY, "LAST-MODIFIED:20261001T080000Z"), activity=old).activities
    assert new.schedule == wm.Schedule(
        **OF_TIMETABLE, weekly=[{"day": "di", "start": "10:00", "end": "12:00", "from": date(2026, 11, 3)}]
    )
    assert new.source is not None
    assert (new.source.format, new.source.as_of) == ("icalendar", date(2026, 10, 1))
    assert new.replace(schedule=None, source=None) == old.replace(schedule=None)
    by_feed = old.replace(source={"format": "uitdatabank", "id": "https://x.test/1"})
    assert read(event(*WEEKLY), activity=by_feed).activities[0].source == by_feed.source


def test_nothing_of_persons_is_read() -> None:
    persons = ("SUMMARY:Jan Doe", "DESCRIPTION:bel Jan Doe", "ATTENDEE;CN=Jan Doe:mailto:jan@x.test", "UID:jan.doe@x.test",
               "ORGANIZER;CN=Doe:mailto:jan@x.test", "LOCATION:bij Doe", "CONTACT:Doe", "COMMENT:Doe")  # fmt: skip
    found = read(
        event(*WEEKLY, *persons, "EXDATE:20261104T100000"),
        event("DTSTART:x", *persons),
        event("UID;:jan.doe@x.test", *TEN),
    )
    (kept,) = calendar_of(event(*persons, *WEEKLY)).events
    assert set(kept.told) == {"UID", "DTSTART", "DTEND", "RRULE"}
    told = str(found).lower()
    assert found.problems
    assert not any(name in told for name in ("doe", "jan@", "jan."))


@pytest.mark.parametrize(
    ("rule", "by_hand"),
    [
        ("FREQ=DAILY;COUNT=3", tuesdays(3, 4, 5)),
        ("FREQ=WEEKLY;INTERVAL=2", tuesdays(3, 17)),
        ("FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261112T100000", tuesdays(3, 5, 10, 12)),
        ("FREQ=MONTHLY;BYDAY=1TU,-1MO", tuesdays(3, 30)),
        ("FREQ=MONTHLY;BYDAY=+1TU", tuesdays(3)),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1", tuesdays(3)),
        ("FREQ=MONTHLY;BYMONTHDAY=3,-1", tuesdays(3, 30)),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=3", tuesdays(3)),
        ("FREQ=WEEKLY;BYHOUR=10;BYMINUTE=0;BYSECOND=0;COUNT=2;", tuesdays(3, 10)),
        ("freq=weekly;count=2", tuesdays(3, 10)),
        # a last day: of a moment in UTC the sessions that begin at or before it; of a day without time that day too
        ("FREQ=WEEKLY;UNTIL=20261117T090000Z", tuesdays(3, 10, 17)),
        ("FREQ=WEEKLY;UNTIL=20261117T085959Z", tuesdays(3, 10)),
        ("FREQ=WEEKLY;UNTIL=20261116T230000Z", tuesdays(3, 10)),
        ("FREQ=WEEKLY;UNTIL=20261117", tuesdays(3, 10, 17)),
    ],
)
def test_rules_by_hand(rule: str, by_hand: list[str]) -> None:
    found = read(event(*TEN, f"RRULE:{rule}"))
    assert sessions(found) == by_hand
    assert [problem.code for problem in found.problems if problem.code != "written-out"] == []


def test_the_eighteenth_at_ten_lies_after_midnight_of_the_eighteenth() -> None:
    start = ("DTSTART;TZID=W. Europe Standard Time:20260804T100000", "DURATION:PT2H")
    found = read(event(*start, "RRULE:FREQ=WEEKLY;UNTIL=20260817T220000Z"))
    assert sessions(found, "2026-08-01", "2026-09-01") == ["08-04 10:00-12:00", "08-11 10:00-12:00"]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1", "BYSETPOS"),
        ("FREQ=WEEKLY;BYHOUR=10,14", "BYHOUR"),
        ("FREQ=SECONDLY", "SECONDLY"),
        ("FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO"),
        ("FREQ=YEARLY;BYDAY=20MO", "weekdays of a whole year"),
        ("FREQ=WEEKLY;INTERVAL=0", "every 0 times"),
        ("FREQ=WEEKLY;INTERVAL=1,2", "2 times INTERVAL"),
        ("FREQ=WEEKLY;COUNT=0", "0 times"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "day 0"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "-31 to 31"),
        ("FREQ=YEARLY;BYMONTH=5L", "1 to 12"),
        ("FREQ=WEEKLY;BYDAY=XX", "cannot be read"),
        ("FREQ=WEEKLY;UNTIL=20260230", "no day or moment"),
        ("INTERVAL=2", "without FREQ"),
        ("", "cannot be read"),
        ("FREQ=WEEKLY;BYDAY=" + "MO," * 1_000, "cannot be read"),
    ],
)
def test_a_rule_that_is_not_followed_is_named_and_its_first_day_kept(rule: str, named: str) -> None:
    found = read(event(*TEN, f"RRULE:{rule}"))
    (problem,) = found.problems
    assert named in problem.sentence
    assert problem.sentence.endswith("only its first day is kept")
    assert sessions(found) == tuesdays(3)


def test_a_first_day_outside_its_own_rule_and_names_of_others_are_noted() -> None:
    found = read(event(*TEN, "RRULE:FREQ=WEEKLY;BYDAY=WE;X-NAME=1", "EXRULE:FREQ=MONTHLY"))
    assert sessions(found, last="2026-11-12") == tuesdays(4, 11)
    assert [sentence.split(",")[0] for sentence in said(found)] == [
        "has X-NAME in its rule; not followed",
        "leaves out the day on which it starts",
        "is not followed; some sessions may not meet",
    ]


def test_what_is_taken_out_counts_for_a_count() -> None:
    found = read(event(*TEN, "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;TZID=Europe/Amsterdam:20261110T100000"))
    assert sessions(found) == tuesdays(3, 17, 24)


def test_extra_dates_and_days_taken_out_in_every_way_they_are_written() -> None:
    found = read(
        event(
            *WEEKLY,
            "RDATE;TZID=Europe/Amsterdam:20261106T140000,20261107T100000",
            "RDATE;VALUE=PERIOD:20261105T090000Z/PT1H,20261105T120000Z/20261105T123000Z",
            "RDATE;VALUE=DATE:20261108",
            "EXDATE:20261107T100000",
            "EXDATE:20261110T0900",
            " 00Z,20261117",
            "EXDATE;TZID=America/New_York:20261124T040000",
            "EXDATE:20261199,20261109T100000",
        )
    )
    assert sessions(found) == ["11-03 10:00-12:00", "11-05 10:00-11:00", "11-05 13:00-13:30", "11-06 14:00-16:00",
                               "11-08 10:00-12:00"]  # fmt: skip
    assert said(found) == [
        "has no time on 2026-11-08; taken at 10:00",
        "has no time on 2026-11-17; the whole day is taken out",
        "keeps the clock of America/New_York; told here on the clock of Europe/Amsterdam",
        "has no day or moment in '20261199'",
        "takes out 2026-11-09 10:00, when no session begins; ask",
    ]


def test_moved_and_cancelled_sessions_lie_where_they_are_now() -> None:
    amsterdam = "TZID=Europe/Amsterdam"
    found = read(
        # before its series, and to the time of another session that itself is moved away
        event(
            "UID:1",
            f"RECURRENCE-ID;{amsterdam}:20261103T100000",
            f"DTSTART;{amsterdam}:20261110T100000",
            "DURATION:PT1H",
        ),
        event("UID:1", *WEEKLY),
        event("UID:1", "RECURRENCE-ID:20261110T090000Z", f"DTSTART;{amsterdam}:20261111T150000", "DURATION:PT1H"),
        event("UID:1", f"RECURRENCE-ID;{amsterdam}:20261117T100000", *TEN, "STATUS:CANCELLED"),
        # told anew and the same: nothing changes
        event(
            "UID:1",
            f"RECURRENCE-ID;{amsterdam}:20261124T100000",
            f"DTSTART;{amsterdam}:20261124T100000",
            "DURATION:PT2H",
        ),
        event("UID:2", *WEEKLY, "STATUS:CANCELLED"),
        event("UID:2", f"RECURRENCE-ID;{amsterdam}:20261103T100000", f"DTSTART;{amsterdam}:20261105T100000"),
    )
    assert sessions(found) == ["11-10 10:00-11:00", "11-11 15:00-16:00", "11-24 10:00-12:00"]
    assert found.problems == ()
    assert schedule(found).cancelled == (date(2026, 11, 3), date(2026, 11, 17))
    assert [row.date.day for row in schedule(found).adjusted] == [10]


def test_of_two_series_on_one_day_only_the_one_that_is_meant_changes() -> None:
    afternoon = (TEN[0].replace("T10", "T14"), "DURATION:PT1H", "RRULE:FREQ=WEEKLY")
    found = read(event(*WEEKLY, "EXDATE:20261110T090000Z"), event(*afternoon))
    assert sessions(found, last="2026-11-12") == [*tuesdays(3), "11-03 14:00-15:00", "11-10 14:00-15:00"]
    holiday = read(event(*WEEKLY, "EXDATE:20270427T080000Z"), event(*afternoon),
                   activity=CHOIR.replace(schedule={"pauses": ["public_holidays"]}))  # fmt: skip
    assert sessions(holiday, "2027-04-27", "2027-04-28") == []  # King's Day: what is left of the day pauses too


def test_what_cannot_be_laid_over_is_noted() -> None:
    moved = (
        "UID:1",
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20261110T090000Z",
        TEN[0].replace("03T10", "12T10"),
        "DURATION:PT2H",
    )
    following = read(event("UID:1", *WEEKLY), event(*moved, "RRULE:FREQ=DAILY"))
    assert sessions(following) == tuesdays(3, 12, 17, 24)
    assert [sentence.split(";")[0] for sentence in said(following)] == [
        "changes all that follow too (RANGE)", "stands with one session of a series",
    ]  # fmt: skip
    alone = read(event(*moved))
    assert sessions(alone) == tuesdays(12)
    assert "not in this file" in said(alone)[-1]
    never = read(event("UID:1", *WEEKLY), event("UID:1", "RECURRENCE-ID:20261111T090000Z", TEN[0], "DURATION:PT1H"))
    assert "was never a session" in said(never)[0]


def test_of_several_versions_the_last_counts_and_the_same_session_is_told_once() -> None:
    newer = (TEN[0].replace("T10", "T15"), "DURATION:PT1H")
    found = read(event("UID:1", "SEQUENCE:2", *newer), event("UID:1", "SEQUENCE:1", *TEN))
    assert sessions(found) == ["11-03 15:00-16:00"]
    twice = read(event("UID:1", *WEEKLY), event("UID:2", *WEEKLY), event("UID:3", *TEN), event("UID:4", *TEN))
    assert sessions(twice, last="2026-11-05") == tuesdays(3)
    assert len(schedule(twice).weekly) == len(schedule(twice).dates) == 1


ZONE_TOLD = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:{winter}
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:{summer}
END:DAYLIGHT
END:VTIMEZONE"""
OURS, THEIRS = {"winter": "+0100", "summer": "+0200"}, {"winter": "+0100", "summer": "+0100"}


@pytest.mark.parametrize(
    ("name", "around", "starts", "noted"),
    [
        ("Europe/Amsterdam", "", "10:00", None),
        ("W. Europe Standard Time", "", "10:00", None),
        ("Europe/Berlin", "", "10:00", None),
        ('"Romance Standard Time"', "", "10:00", None),
        ("/mozilla.org/20050126_1/Europe/Amsterdam", "", "10:00", None),
        ("GMT Standard Time", "", "11:00", "keeps the clock of Europe/London"),
        ("Europe/London", "", "11:00", "keeps the clock of Europe/London"),
        ("Nieuwegein", ZONE_TOLD.format(name="Nieuwegein", **OURS), "10:00", "by the rest of the file"),
        ("Nieuwegein", "X-WR-TIMEZONE:Europe/Amsterdam", "10:00", "by the rest of the file"),
        ("Nieuwegein", ZONE_TOLD.format(name="Nieuwegein", **THEIRS), None, "names the unknown zone 'Nieuwegein'"),
        ("Nieuwegein", ZONE_TOLD.format(name="Elders", **OURS), None, "names the unknown zone"),
        ("Nieuwegein", "X-WR-TIMEZONE:Europe/London", None, "names the unknown zone"),
        ("../../etc/passwd", "", None, "names the unknown zone"),
        ("Europe", "", None, "names the unknown zone"),
        ("x" * 5_000, "", None, "names the unknown zone"),
    ],
)
def test_whose_clock_it_is(name: str, around: str, starts: str | None, noted: str | None) -> None:
    blocks = [around.replace("\n", "\r\n")] if around else []
    found = read(*blocks, event(f"DTSTART;TZID={name}:20261103T100000"))
    assert [sentence for sentence in said(found) if noted is None or noted not in sentence] == []
    assert bool(found.problems) == bool(noted)
    if starts is None:
        assert found.activities == ()
    else:
        assert sessions(found) == [f"11-03 {starts}-{starts}"]


def test_a_time_without_a_zone_is_read_on_our_clock_and_that_is_told_once() -> None:
    found = read(event("DTSTART:20261103T100000", "DTEND:20261103T120000", "RRULE:FREQ=WEEKLY;COUNT=2"),
                 event("DTSTART:20261105T100000"))  # fmt: skip
    assert sessions(found) == [*tuesdays(3), "11-05 10:00-10:00", *tuesdays(10)]
    assert said(found) == ["has times without a zone; read on the clock of Europe/Amsterdam"]


@pytest.mark.parametrize(
    ("lines", "times", "noted"),
    [
        (("DTSTART;VALUE=DATE:20261103",), "00:00-24:00", "whole day"),
        (("DTSTART;VALUE=DATE:20261103", "DTEND;VALUE=DATE:20261104"), "00:00-24:00", "whole day"),
        (("DTSTART:20261103", "DTEND:20261103"), "00:00-24:00", "whole day"),
        (("DTSTART;VALUE=DATE:20261103", "DURATION:P1D"), "00:00-24:00", "whole day"),
        (("DTSTART;VALUE=DATE:20261103", "DTEND;VALUE=DATE:20261106"), "00:00-00:00", "several days"),
        (("DTSTART;VALUE=DATE:20261103", "DTEND;VALUE=DATE:20261101"), "00:00-00:00", "before it starts"),
        ((TEN[0], "DTEND:20261105T110000Z"), "10:00-10:00", "several days"),
        ((TEN[0], "DTEND:20261103T080000Z"), "10:00-10:00", "before it starts"),
        ((TEN[0], "DTEND;VALUE=DATE:20261103"), "10:00-10:00", "day without a time"),
        ((TEN[0], "DTEND:x"), "10:00-10:00", "no day or moment in 'x'"),
        ((TEN[0], "DTEND;TZID=Nergens:20261103T110000"), "10:00-10:00", "Nergens"),
        ((TEN[0], "DURATION:een uur"), "10:00-10:00", "no length of time"),
        ((TEN[0], "DURATION:-PT1H"), "10:00-10:00", "before it starts"),
        ((TEN[0].replace("T10", "T20"), "DURATION:PT11H"), "20:00-20:00", "over the night until 07:00"),
        ((TEN[0].replace("T10", "T20"), "DURATION:PT10H"), "20:00-06:00", None),
        ((TEN[0], "DTEND:20261103T110000Z"), "10:00-12:00", None),
        ((TEN[0], "DTEND:20261103T120000"), "10:00-12:00", None),
        ((TEN[0], "DURATION:PT1H30M"), "10:00-11:30", None),
        ((TEN[0],), "10:00-10:00", None),
    ],
)  # fmt: skip
def test_how_long_it_lasts(lines: tuple[str, ...], times: str, noted: str | None) -> None:
    found = read(event(*lines))
    (row,) = schedule(found).dates
    assert "-".join(row.slot) == times
    assert [noted in sentence for sentence in said(found) if noted] == ([True] if noted else [])
    assert bool(found.problems) == bool(noted)


def test_whole_days_come_back_and_go_out_whole() -> None:
    found = read(event("DTSTART;VALUE=DATE:20261103", "RRULE:FREQ=WEEKLY;COUNT=4", "RDATE;VALUE=DATE:20261105",
                       "EXDATE;VALUE=DATE:20261110", "EXDATE:20261116T230000Z"))  # fmt: skip
    assert [one.split()[0] for one in sessions(found)] == ["11-03", "11-05", "11-24"]
    assert said(found) == ["lasts the whole day; ask at what time"]


@pytest.mark.parametrize(
    "bad",
    [
        event("RRULE:FREQ=WEEKLY"),
        event("DTSTART:20260230T100000"),
        event("DTSTART:18890203T100000"),
        event("DTSTART;;:20261103T100000"),
        event("DTSTART"),
        "BEGIN:VEVENT\r\nDTSTART:20261107T100000Z",
    ],
)
def test_one_impossible_event_never_ends_the_reading(bad: str) -> None:
    found = read(bad, event(*TEN), bad)
    assert sessions(found) == tuesdays(3)
    assert [problem.path for problem in found.problems] == ["0", "2"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (calendar(), "holds no event"),
        ("BEGIN:VCALENDAR", "holds no event"),
        ("{}", "holds no event"),
        ("\n", "holds no event"),
        ("BEGIN:A\n" * 100_000, "nested more than 64 deep"),
        (calendar(*[event(*TEN)] * 10_000), "more than 10000 components"),
        ("BEGIN:VEVENT\nSUMMARY:" + "x" * 10_000_000, "larger than 10000000 bytes"),
        (calendar(event(*TEN, "STATUS:CANCELLED")), "holds no session that meets"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem(text: str, named: str) -> None:
    found = icalendar.read(text, activity=CHOIR)
    assert found.activities == ()
    assert named in said(found)[0]
    assert len(found.problems) == 1


def test_much_is_bounded_and_said() -> None:
    stamp = [f"{date(2026, 11, 3) + timedelta(days=step):%Y%m%d}T090000Z" for step in range(2_000)] * 50
    began = perf_counter()
    found = read(event(*TEN, "RDATE:" + ",".join(stamp)), event(*TEN, *(f"RDATE:{one}" for one in stamp)))
    assert said(found) == ["has more than 1000 dates; the first 1000 are read"] * 2
    assert len(schedule(found).dates) == 1_000
    long_line = read(event(*TEN, "EXDATE:" + "20261110T090000Z," * 580_000))
    assert sessions(long_line) == tuesdays(3)
    many = read(*(event(TEN[0].replace("T10", f"T{step % 24:02d}"), f"RRULE:FREQ=WEEKLY;COUNT={step + 1}")
                  for step in range(200)), *(event(f"DTSTART:{one}") for one in stamp[:2_000]))  # fmt: skip
    assert [len(schedule(many).weekly), len(schedule(many).dates)] == [50, 1_000]
    assert max(row.date for row in schedule(many).dates) == date(2032, 4, 24)
    assert [sentence for sentence in said(many) if "latest" in sentence] == [
        "has 200 rows; the latest 50 are kept", "has 2000 rows; the latest 1000 are kept",
    ]  # fmt: skip
    assert perf_counter() - began < 60


def test_several_files_fill_one_timetable(tmp_path: Path) -> None:
    for name, told in (("a.ics", event(*TEN)), ("b.ics", event("DTSTART:20261105T090000Z"))):
        (tmp_path / name).write_text("\ufeff" + calendar(told), encoding="utf-8")
    found = icalendar.read([tmp_path / "a.ics", tmp_path / "b.ics", tmp_path / "c.ics"], activity=CHOIR)
    assert sessions(found) == [*tuesdays(3), "11-05 10:00-10:00"]
    assert [problem.code for problem in found.problems] == ["no-file"]


def test_without_the_package_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(icalendar, "find_spec", lambda name: None)
    with pytest.raises(wm.WorMatchError, match=r'pip install "wor_match\[calendar\]"'):
        read(event(*TEN))


PIECES = st.sampled_from(
    [*WEEKLY, "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "EXDATE:20261110T090000Z,x", "RDATE:", "UID:1",
     "RECURRENCE-ID:20261110T090000Z", "DTEND:20261103", "DURATION:P", "RRULE:FREQ=MONTHLY;COUNT=2", " :;", "DTSTART;TZID=:1"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=30), max_size=30))
def test_any_lines_are_told_and_never_raised(lines: list[str]) -> None:
    found = icalendar.read("BEGIN:VEVENT\n" + "\n".join(lines), activity=CHOIR)
    assert found.activities or found.problems


def test_any_value_in_any_line_is_told_and_never_raised() -> None:
    values: list[Any] = [
        "",
        "x",
        "20261103",
        "20261103T100000Z",
        "99999999T999999",
        "-1",
        "P1D",
        "20261103/P1D",
        "/",
        ",",
        "\\",
        '"',
        "24:00",
    ]
    for name in (
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID",
        "STATUS",
        "SEQUENCE",
        "UID",
    ):
        for value in values:
            for params in ("", ";TZID=", ";TZID=Europe/Amsterdam", ";VALUE=DATE", ";VALUE=PERIOD", ";X"):
                found = read(event(*WEEKLY, "UID:1"), event(f"{name}{params}:{value}", *WEEKLY, "UID:1"))
                assert found.activities or found.problems
