"""The schema of an event takes what we take and stops where we stop; the files beside the code say the same."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

import wor_match as wm
from tests.conftest import AT
from tests.interop.schema_files import FOLDER, SCHEMAS, text_of
from wor_match.domain.kinds import KINDS, event_of, plain
from wor_match.interop.event_schema import EVENT_SCHEMA
from wor_match.pathway import load_profile
from wor_match.pathway.invented import invented

SCHEMA = Draft7Validator(EVENT_SCHEMA)
KEPT = Path(__file__).parent.parent / "data" / "fuzz" / "event"
BASE = {"event_id": "e1", "at": "2026-11-23T12:00:00Z", "source": "coach"}
OF = {**BASE, "person": "p1"}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_file_says_what_the_code_says(name: str) -> None:
    """To write them anew: python -m tests.interop.schema_files."""
    assert (FOLDER / f"{name}.schema.json").read_text(encoding="utf-8") == text_of(name)
    Draft202012Validator.check_schema(SCHEMAS[name])


def test_there_is_no_other_file() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.schema.json" for name in SCHEMAS}


def test_every_kind_has_its_part_and_is_told_by_its_kind() -> None:
    Draft7Validator.check_schema(EVENT_SCHEMA)
    for kind in KINDS:
        part = EVENT_SCHEMA["$defs"][kind]
        assert part["properties"]["kind"] == {"const": kind}
        assert "kind" in part["required"]
    assert len(EVENT_SCHEMA["anyOf"]) == len(KINDS)


def test_what_happens_in_a_region_and_is_advised_passes(matcher: wm.Matcher) -> None:
    advice = matcher.recommend(wm.Participant(id="p1", likes=["samen-koken"]), at=AT)
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    events = [
        *invented(load_profile("nieuwegein"), people=80),
        advice.event(at=now),
        advice.chosen([advice[0].activity.id], at=now),
    ]
    assert len({event.kind for event in events}) > 8
    for event in events:
        told = json.loads(json.dumps(plain(event)))
        assert [fault.message for fault in SCHEMA.iter_errors(told)] == []


@pytest.mark.parametrize("path", sorted(KEPT.glob("*.json")), ids=lambda path: path.stem)
def test_every_kept_event_passes(path: Path) -> None:
    told = json.loads(path.read_text(encoding="utf-8"))
    event_of(told)
    assert SCHEMA.is_valid(told)


REFUSED: list[dict[str, Any]] = [
    {**OF},
    {**OF, "kind": "gelukt"},
    {**OF, "kind": "contacted", "note": "vrije tekst"},
    {**BASE, "kind": "contacted"},
    {**OF, "kind": "contacted", "person": "p 1"},
    {**OF, "kind": "contacted", "source": "buurman"},
    {**OF, "kind": "consented", "purpose": "matching"},
    {**OF, "kind": "consented", "purpose": "reclame", "given": True},
    {**OF, "kind": "chosen", "outside": "zwaardslikken"},
    {**OF, "kind": "chosen", "activities": ["a"] * 101},
    {**OF, "kind": "chosen", "activities": ["A"]},
    {**OF, "kind": "visited", "activity": "koor", "attended": True, "ratings": {"welcome": 6}},
    {**OF, "kind": "visited", "activity": "koor", "attended": True, "ratings": {"sfeer": 5}},
    {**OF, "kind": "visited", "activity": "koor", "attended": None},
    {**OF, "kind": "followed_up", "activity": "koor", "status": "still", "last_week": 521},
    {**OF, "kind": "stopped", "activity": "koor", "on": "23-11-2026"},
    {**BASE, "kind": "offer_checked", "activity": "koor", "field": "places.free", "value": {"a": 1}},
    {**BASE, "kind": "offer_checked", "activity": "koor", "field": "places.free", "value": "a" * 201},
    {**BASE, "kind": "offer_checked", "activity": "koor", "field": "places.free", "value": [1] * 21},
    {**BASE, "kind": "corrected", "replaces": "e0", "event": {**OF, "event_id": "e2", "kind": "withdrawn", "takes_back": "e0"}},
    {**BASE, "kind": "corrected", "replaces": "e0", "event": {**OF, "event_id": "e2", "kind": "gelukt"}},
]  # fmt: skip


@pytest.mark.parametrize("told", REFUSED, ids=[f"{one.get('kind')}-{number}" for number, one in enumerate(REFUSED)])
def test_what_we_refuse_the_schema_refuses_too(told: dict[str, Any]) -> None:
    with pytest.raises(wm.EventError):
        event_of(told)
    assert not SCHEMA.is_valid(told)


def test_no_part_keeps_a_word_that_json_schema_does_not_know() -> None:
    def words(part: Any) -> set[str]:
        if isinstance(part, list):
            return set().union(*map(words, part))
        return set(part).union(*map(words, part.values())) if isinstance(part, dict) else set()

    made = copy.deepcopy(EVENT_SCHEMA)
    assert not words(made) & {"ge", "le", "gt", "lt", "discriminator"}
