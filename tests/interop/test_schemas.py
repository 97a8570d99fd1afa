"""What a host is told about a participant is true: the schema takes what we take, and stops where we stop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

import wor_match as wm
from tests.strategies import answers

SCHEMA = Draft202012Validator(wm.PARTICIPANT_SCHEMA)
BOUNDS = ("minimum", "maximum", "maxItems", "maxLength", "pattern", "ge", "le", "gt", "lt")


def ours_takes(row: dict[str, Any]) -> bool:
    try:
        wm.Participant.model_validate(row)
    except wm.ParticipantError:
        return False
    return True


def ids(number: int) -> list[str]:
    return [f"a{one}" for one in range(number)]


def times(number: int) -> list[str]:
    return [f"di {one // 60:02d}:{one % 60:02d}-23:00" for one in range(number)]


WORDS = list(wm.PARTICIPANT_SCHEMA["properties"]["likes"]["items"].get("enum", ()))
EDGES: dict[str, list[tuple[Any, Any]]] = {  # place in the schema: what lies just inside and just outside each bound
    "id": [("p", ""), ("p" * 128, "p" * 129), ("a-b", "a b"), ("a~", "aé")],
    "focus": [(["participation", "meaningfulness", "quality_of_life"], ["participation", "meaningfulness", "quality_of_life", "daily_functioning"])],
    "left_alone": [(["participation"] * 6, ["participation"] * 7)],
    "likes": [(WORDS[:50], WORDS[:51]), (["zingen"], ["kanarie"])],
    "energy": [(WORDS[:50], WORDS[:51])],
    "good_at": [(WORDS[:50], WORDS[:51])],
    "only_wishes": [(True, None), ("yes", "unknown")],
    "unwanted": [(ids(200), ids(201)), (["a" * 64], ["a" * 65]), (["a.b"], ["a b"])],
    "free": [(times(100), times(101)), (["di 9:00-24:00"], ["di 9:00-24:01"]), (["Maandag 09:00 - 10:00"], ["mon 09:00-10:00"])],
    "not_free": [(times(100), times(101)), (["di 23:00-01:00"], ["di 23:60-01:00"])],
    "times_per_week": [(1, 0), (14, 15), (14, "14")],
    "max_wait_weeks": [(0, -1), (260, 261)],
    "budget": [(0, -0.01), (10_000, 10_000.01), ("small", "klein"), (None, True)],
    "passes": [(ids(20), ids(21)), (["a" * 40], ["a" * 41])],
    "languages": [({"nl": "good"}, {"n": "good"}), ({"nld": "good"}, {"nede": "good"})],
    "age": [(0, -1), (120, 121)],
    "current": [(ids(200), ids(201)), (["a_b"], ["a/b"])],
    "tried": [({"a" * 64: "health"}, {"a" * 65: "health"})],
    "place.postcode": [(3431, 999), ("3431", 10_000), ("3431 ab", "3431 abc"), (9999, "0999")],
    "place": [({"postcode": "1" * 10, "country": "BE"}, {"postcode": "1" * 11, "country": "BE"}), ({"latitude": 90, "longitude": 180}, {"latitude": 90.1, "longitude": 180}), ({"latitude": -90, "longitude": -180}, {"latitude": -90.1, "longitude": -180}), ({"latitude": 90, "longitude": 180}, {"latitude": 90, "longitude": 180.1}), ({"latitude": -90, "longitude": -180}, {"latitude": -90, "longitude": -180.1})],
    "place.country": [("NL", "nl"), ("BE", "BEL")],
    "travel.modes": [(["bike"] * 9, ["bike"] * 10)],
    "travel.max_minutes": [(0, -1), (600, 601)],
    "travel.home_before": [("24:00", "24:01"), ("9:59", "9:60")],
    "spider_web.scores": [({"participation": 0}, {"participation": -0.1}), ({"participation": 10}, {"participation": 10.1})],
    "spider_web.on": [("1990-01-01", "1989-12-31"), ("2100-12-31", "2101-01-01")],
    "four_d.priorities": [({"body": 0}, {"body": -1}), ({"body": 2}, {"body": 3})],
}  # fmt: skip


def row_with(place: str, value: Any) -> dict[str, Any]:
    field, dotted, part = place.partition(".")
    return {"id": "p1", field: {part: value} if dotted else value}


@pytest.mark.parametrize("place", EDGES)
def test_the_schema_stops_where_a_participant_stops(place: str) -> None:
    for inside, outside in EDGES[place]:
        assert SCHEMA.is_valid(row_with(place, inside)), inside
        assert ours_takes(row_with(place, inside)), inside
        assert not SCHEMA.is_valid(row_with(place, outside)), outside
        assert not ours_takes(row_with(place, outside)), outside


def bounded(part: Any, place: str = "") -> Iterator[str]:
    """The places in the schema that have a bound."""
    if isinstance(part, dict):
        if "$ref" in part:
            part = wm.PARTICIPANT_SCHEMA["$defs"][part["$ref"].rpartition("/")[2]]
        if any(word in part for word in BOUNDS):
            yield place.strip(".")
        for name, inner in part.items():
            if name == "properties":
                for field, one in inner.items():
                    yield from bounded(one, f"{place}.{field}")
            elif name != "$defs":
                yield from bounded(inner, place)
    elif isinstance(part, list):
        for one in part:
            yield from bounded(one, place)


def test_every_bound_of_the_schema_is_tried_and_is_one_that_json_schema_knows() -> None:
    Draft202012Validator.check_schema(wm.PARTICIPANT_SCHEMA)
    tried = {*EDGES, "place.latitude", "place.longitude"}
    found = {*bounded(wm.PARTICIPANT_SCHEMA)}
    assert found - tried == set()
    assert len(found) > 20
    assert not any(f'"{word}"' in str(wm.PARTICIPANT_SCHEMA).replace("'", '"') for word in ("ge", "le", "gt", "lt"))


@given(answers())
def test_what_anybody_may_tell_passes_the_schema(row: dict[str, Any]) -> None:
    assert [fault.message for fault in SCHEMA.iter_errors(row)] == []
    who = wm.Participant.model_validate(row)
    assert SCHEMA.is_valid(who.model_dump(mode="json", exclude_unset=True)), "and as we write it ourselves"
