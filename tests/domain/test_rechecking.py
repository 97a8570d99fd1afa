"""What was learned by telephone lies over the file: per field, the newest wins, and its check ends."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import wor_match as wm
from wor_match.domain.kinds import event_of

AT = date(2026, 11, 23)


def ours(**fields: Any) -> wm.Catalogue:
    told = {
        "id": "koor",
        "name": "Koor",
        "terms": ["zingen"],
        "checked_on": "2026-03-01",
        "formerly": ["oud-koor"],
        **fields,
    }
    return wm.Catalogue.model_validate({"id": "x", "name": "X", "activities": [told]})


def heard(field: str, value: Any, day: int = 20, activity: str = "koor", **more: Any) -> Any:
    at = f"2026-11-{day:02d}T10:00:00+01:00"
    told = {"event_id": f"{field}-{day}", "kind": "offer_checked", "at": at, "source": "coach"}
    return event_of({**told, "activity": activity, "field": field, "value": value, **more})


def checks(catalogue: wm.Catalogue) -> set[str]:
    who = wm.Participant(id="p1", budget="small", access=["toilet"], languages={"nl": "good"})
    (suggestion,) = wm.Matcher(catalogue).recommend(who, at=AT)
    return {check.name for check in suggestion.checks}


@pytest.mark.parametrize(
    ("field", "value", "check"),
    [
        ("status", "open", "stale"),
        ("price", "3,50 per keer", "price"),
        ("price", 3.5, "price"),
        ("access.toilet", True, "access"),
        ("access.toilet", "ja", "access"),
        ("schedule", "di 10:00-12:00", "when"),
    ],
)
def test_an_answer_ends_its_check_and_renews_its_date(field: str, value: Any, check: str) -> None:
    before, after = ours(), ours().with_events([heard(field, value)])
    assert check in checks(before)
    assert check not in checks(after)
    assert after["koor"].true_on(field) == date(2026, 11, 20)
    assert before.digest != after.digest


def test_free_places_are_counted_anew() -> None:
    old = ours(places={"total": 8, "free": 3, "as_of": "2026-05-01"})
    new = old.with_events([heard("places.free", 1)])
    assert "places" in checks(old)
    assert "places" not in checks(new)
    assert (new["koor"].places.free, new["koor"].places.as_of) == (1, date(2026, 11, 20))


def test_the_newest_wins_in_any_order_and_told_twice_is_told_once() -> None:
    calls = [heard("status", "closed", 3), heard("status", "open", 9), heard("status", "paused", 5)]
    for told in (calls, calls[::-1], [*calls, *calls]):
        assert ours().with_events(told)["koor"].status == "open"


def test_a_file_that_was_checked_later_stays_as_it_is() -> None:
    newer = ours(checked_on="2026-11-21")
    assert newer.with_events([heard("status", "closed", 20)]) == newer
    assert newer.with_events([heard("status", "closed", 21)])["koor"].status == "closed"


def test_times_by_telephone_stand_in_the_place_of_the_old_and_keep_what_is_closed() -> None:
    old = ours(
        schedule={"dates": [{"date": "2026-12-01", "start": "10:00", "end": "11:00"}], "cancelled": ["2026-12-15"]}
    )
    schedule = old.with_events([heard("schedule", ["di 10:00-12:00", "1e vr van de maand 14:00-16:00"])])[
        "koor"
    ].schedule
    assert schedule is not None
    assert (len(schedule.weekly), len(schedule.monthly), schedule.dates) == (1, 1, ())
    assert schedule.cancelled == (date(2026, 12, 15),)


def test_an_activity_that_closed_is_closed_and_old_ids_are_known() -> None:
    told = {"event_id": "e1", "kind": "activity_closed", "at": "2026-11-20T10:00:00+01:00", "source": "coach"}
    assert ours().with_events([event_of({**told, "activity": "oud-koor"})])["koor"].status == "closed"


def test_a_correction_and_a_withdrawal_count() -> None:
    call = heard("status", "closed")
    wrong = event_of({"event_id": "c1", "kind": "corrected", "at": "2026-11-21T10:00:00+01:00", "source": "coach",
                      "replaces": "status-20", "event": {**call.model_dump(), "event_id": "status-20b", "value": "open"}})  # fmt: skip
    back = event_of({"event_id": "w1", "kind": "withdrawn", "at": "2026-11-21T10:00:00+01:00", "source": "coach",
                     "takes_back": "status-20"})  # fmt: skip
    assert ours().with_events([call, wrong])["koor"].status == "open"
    assert ours().with_events([call, back])["koor"].rechecked == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kleur", "rood"),
        ("status", "misschien"),
        ("price", "vrijwillige bijdrage"),
        ("price.euro", 3),
        ("schedule", "morgen"),
        ("schedule", None),
        ("schedule", ""),
        ("price", ""),
        ("price", []),
        ("id", "ander"),
        ("formerly", ["x"]),
        ("source.format", "x"),
        ("name.deep", "x"),
        ("audience.min_age", 999),
        ("organiser", ["een", "twee"]),
    ],
)
def test_what_cannot_be_laid_over_is_told_and_changes_nothing(field: str, value: Any) -> None:
    told = ours().with_events([heard(field, value), heard("level.body", "light")])
    assert told["koor"].level.body == "light"
    assert set(told["koor"].rechecked) == {"level.body"}
    (problem,) = told.problems
    assert (problem.code, problem.path) == ("not-rechecked", f"{field}-20")


def test_an_unknown_activity_is_told_and_an_unknown_organiser_too() -> None:
    told = ours().with_events([heard("status", "closed", activity="weg"), heard("organiser", "spook")])
    assert [problem.code for problem in told.problems] == ["not-rechecked", "unknown-activity"]
    assert told["koor"].organiser is None


def test_what_is_told_anew_ends_what_hung_on_the_old() -> None:
    place = {"postcode": "3431", "street": "Laan", "latitude": 52.03, "longitude": 5.09}
    schedule = {
        "weekly": [{"day": "di", "start": "10:00", "end": "12:00"}],
        "until": "2026-06-30",
        "cancelled": ["2026-12-02"],
    }
    moved = ours(place=place, schedule=schedule).with_events(
        [heard("place.postcode", "1011"), heard("schedule", "wo 10:00-12:00")]
    )["koor"]
    assert moved.place is not None
    assert (moved.place.postcode, moved.place.street, moved.place.latitude) == ("1011", "Laan", None)
    assert moved.schedule is not None
    assert (moved.schedule.until, [str(day) for day in moved.schedule.cancelled]) == (None, ["2026-12-02"])


def test_the_whole_of_a_value_does_not_wipe_a_newer_part() -> None:
    told = ours(place={"postcode": "3431"}).with_events([heard("place.postcode", "3432", 15), heard("place", None, 10)])
    assert told["koor"].place is not None
    assert told["koor"].place.postcode == "3432"


def test_an_id_that_lives_is_that_activity_and_an_old_id_of_two_is_told() -> None:
    two = [{"id": name, "name": name, "terms": ["zingen"]} for name in ("a", "b", "c")]
    two[1]["formerly"] = ["a", "oud"]
    two[2]["formerly"] = ["oud"]
    town = wm.Catalogue.model_validate({"id": "x", "name": "X", "activities": two})
    told = town.with_events([heard("price", 3, activity="a"), heard("status", "closed", activity="oud")])
    assert {one.id: len(one.price) for one in told} == {"a": 1, "b": 0, "c": 0}
    assert [problem.code for problem in told.problems] == ["unknown-activity"]
