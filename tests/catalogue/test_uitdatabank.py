"""UiTdatabank: occurrences equal the publisher's own lists, persons are not read, one bad item never ends it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from wor_match.catalogue.importers import uitdatabank
from wor_match.domain.schedule import ZONE

DATA = Path(__file__).parent.parent / "data"
SAMPLES = ["periodic-opening-hours", "periodic-adjusted-days", "multiple-dates"]


def sample(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / f"uitdatabank-{name}.json").read_text(encoding="utf-8"))
    return found


def imported(item: Any) -> uitdatabank.Imported:
    return uitdatabank.read(json.dumps(item))


@pytest.mark.parametrize("name", SAMPLES)
def test_occurrences_equal_the_publishers_list(name: str) -> None:
    (activity,) = uitdatabank.read(DATA / f"uitdatabank-{name}.json").activities
    listed = json.loads((DATA / f"uitdatabank-{name}.expected-occurrences.json").read_text(encoding="utf-8"))[
        "dateRange"
    ]
    due = [(datetime.fromisoformat(one["gte"]), datetime.fromisoformat(one["lte"])) for one in listed]
    assert activity.schedule is not None
    window = datetime(2016, 12, 1, tzinfo=ZONE), datetime(2018, 1, 1, tzinfo=ZONE)
    assert [(one.start, one.end) for one in activity.schedule.occurrences(*window)] == due


def test_persons_are_not_read_and_the_source_is_kept() -> None:
    for name in (*SAMPLES, "all-optional-fields"):
        found = uitdatabank.read(DATA / f"uitdatabank-{name}.json")
        told = "".join(one.model_dump_json() for one in found.activities) + "".join(map(str, found.problems))
        assert "Doe" not in told
        (activity,) = found.activities
        assert activity.source is not None
        assert activity.source.format == "uitdatabank"
        assert activity.source.id is not None
        assert activity.source.id.startswith("http")
        assert str(activity.source.as_of) == "2017-04-22"


def test_terms_place_price_and_ages_come_along() -> None:
    found = uitdatabank.read(DATA / "uitdatabank-all-optional-fields.json")
    (activity,) = found.activities
    assert activity.terms == ("uitstapjes", "geschiedenis")
    assert activity.place is not None
    assert activity.place.point == (50.8876694, 4.70373)
    assert activity.place.country == "BE"
    assert [(row.euro, row.per) for row in activity.price] == [(19.99, "time")]
    assert (activity.audience.min_age, activity.audience.max_age) == (None, 4)
    assert [organiser.name for organiser in found.organisers] == ["PHPLeuven"]
    assert any("Student" in str(problem) for problem in found.problems)


def test_closed_beats_adjusted_and_bounds_are_inclusive() -> None:
    item = sample("periodic-adjusted-days") | {
        "openingHoursClosedDays": [{"startDate": "2017-02-09", "endDate": "2017-02-10"}]
    }
    (activity,) = imported(item).activities
    assert activity.schedule is not None
    found = activity.schedule.occurrences(datetime(2017, 2, 1, tzinfo=ZONE), datetime(2017, 3, 1, tzinfo=ZONE))
    assert [one.start.day for one in found] == [6, 7, 8, 13, 14, 15, 16, 17]


def test_a_stretch_over_days_and_an_impossible_day_are_told() -> None:
    span = {"startDate": "2017-04-30T10:00:00+02:00", "endDate": "2017-05-02T17:00:00+02:00"}
    found = imported(sample("multiple-dates") | {"subEvent": [span, {"startDate": "2017-02-30T00:00:00+01:00"}, "x"]})
    assert len(found.problems) == 3
    (activity,) = found.activities
    assert activity.schedule is not None
    assert [dated.slot for dated in activity.schedule.dates] == [("10:00", "10:00")]


def test_one_bad_item_never_ends_the_reading() -> None:
    good = sample("multiple-dates")
    bad = [
        {**good, "calendarType": "soms"},
        {**good, "@id": ""},
        {**good, "openingHours": 3, "calendarType": "permanent"},
    ]
    found = imported([*bad, good])
    assert len(found.activities) == 1
    assert len(found.problems) >= 3


@pytest.mark.parametrize("rubbish", ["[", "NaN", '{"a":1,"a":2}', "PK\x03\x04", "[" * 100_000, "{}", "[]", "3"])
def test_a_file_of_another_kind_is_a_problem(rubbish: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(rubbish)
    found = uitdatabank.read(path)
    assert found.problems
    assert not found.activities


def test_nothing_is_lost_without_a_word() -> None:
    good = sample("multiple-dates")
    found = imported(
        [{**good, "@id": "https://x.test/é"}, {**good, "@id": "https://x.test/è"}, good, good, 5, {"@id": "x"}]
    )
    assert len({one.id for one in found.activities}) == len(found.activities) == 3
    assert [problem.path for problem in found.problems] == ["3", "4", "5"]


def test_hidden_characters_of_others_are_taken_out() -> None:
    (activity,) = imported({**sample("multiple-dates"), "description": {"nl": "Een\r\nmiddag\u200e"}}).activities
    assert activity.summary == "Een\nmiddag"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-10, 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["nl", "type", "startDate", "price"]), inner)
    ),
    max_leaves=6,
)


@given(
    st.sampled_from(["periodic-opening-hours", "periodic-adjusted-days", "all-optional-fields", "multiple-dates"]),
    st.data(),
)
def test_any_wrong_type_in_any_field_is_told_and_never_raised(name: str, data: st.DataObject) -> None:
    item = sample(name)
    field = data.draw(st.sampled_from(sorted(item)))
    found = imported({**item, field: data.draw(JSON)})
    assert found.activities or found.problems


def test_an_imported_catalogue_gives_advice_with_checks(tmp_path: Path) -> None:
    found = uitdatabank.read(DATA / "uitdatabank-periodic-opening-hours.json")
    catalogue = wm.Catalogue(id="x", name="x", activities=found.activities, organisers=found.organisers)
    who = wm.Participant(id="p1", budget="small", languages={"nl": "little"})
    (suggestion,) = wm.Matcher(catalogue).recommend(who, at=datetime(2017, 2, 1, 9, tzinfo=ZONE))
    assert {check.name for check in suggestion.checks} == {"stale", "price", "language"}
