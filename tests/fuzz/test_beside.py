"""Each parser beside another way to the same value: fuzzing does not see one that reads everything, and reads it wrong."""

from __future__ import annotations

import difflib
import json
import random
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

import wor_match as wm
from tests.fuzz.harness import corpus
from wor_match.batch.people import participant_of
from wor_match.catalogue.participants import load_participant, load_people
from wor_match.domain import finding
from wor_match.domain.kinds import event_of
from wor_match.evaluation.judging.judged import read_judged
from wor_match.journal.book import Journal
from wor_match.journal.lines import read_events

PERSONS = [json.loads(path.read_bytes()) for path in corpus("participant") if path.stem.isdigit()]
EVENTS = [json.loads(path.read_bytes()) for path in corpus("event") if path.stem != "found"]
OURS = Path(wm.__file__).parent / "wording"


@pytest.mark.parametrize("told", PERSONS, ids=lambda told: told["id"])
def test_a_person_is_the_same_by_every_door(told: dict[str, Any], tmp_path: Path) -> None:
    due = wm.Participant.model_validate(told)
    text = json.dumps(told, ensure_ascii=False)
    (tmp_path / "one.json").write_text(text, encoding="utf-8")
    (tmp_path / "one.yaml").write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    (tmp_path / "many.jsonl").write_text(f"\n{text}\n", encoding="utf-8")
    judged = json.dumps({"person": told, "judged": {"koor": "good"}})
    (tmp_path / "judged.yaml").write_text(judged, encoding="utf-8")
    assert wm.Participant.model_validate_json(text) == due
    assert participant_of(told) == due
    assert [load_participant(tmp_path / name) for name in ("one.json", "one.yaml")] == [due, due]
    assert load_people(tmp_path / "many.jsonl") == [due]
    assert [one.person for one in read_judged(tmp_path / "judged.yaml")] == [due]


def test_an_event_is_the_same_by_every_door(tmp_path: Path) -> None:
    due = [event_of(told) for told in EVENTS]
    assert [type(one).model_validate_json(json.dumps(told)) for one, told in zip(due, EVENTS, strict=True)] == due
    (tmp_path / "events.jsonl").write_text("\r\n".join(json.dumps(told) for told in EVENTS), encoding="utf-8")
    assert read_events(tmp_path / "events.jsonl") == due
    with Journal(f"sqlite:///{tmp_path}/journal.db") as journal:
        journal.append(due)
        assert set(journal.read()) == set(due)


def test_a_slip_of_the_pen_is_found_the_same_without_the_short_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """difflib's quick ratios are bounds; they may leave out no word that its ratio would let in."""
    dice = random.Random(10)
    known = sorted({word for words in finding.words_of_names().values() for word in words})
    pairs = [(slipped(dice.choice(known), dice), dice.choice(known)) for _ in range(1_000)]
    pairs += [(slipped(word, dice), word) for word in known]
    quickly = [finding.alike(word, token) for word, token in pairs]

    class Slowly(difflib.SequenceMatcher[str]):
        def real_quick_ratio(self) -> float:
            return 1.0

        quick_ratio = real_quick_ratio

    monkeypatch.setattr(finding, "difflib", SimpleNamespace(SequenceMatcher=Slowly))
    assert [finding.alike(word, token) for word, token in pairs] == quickly
    assert sum(0 < one < finding.SAME for one in quickly) > 100


def slipped(word: str, dice: random.Random) -> str:
    """A word with a letter left out, doubled or taken for another."""
    at = dice.randrange(len(word))
    return word[:at] + dice.choice(("", word[at] * 2, dice.choice("abcdefgh"))) + word[at + 1 :] or word


@pytest.mark.parametrize("language", ["nl", "en"])
def test_own_words_that_say_what_ours_say_change_nothing(language: str, tmp_path: Path) -> None:
    ours = yaml.load((OURS / language / "sentences.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 — it makes texts only
    own = {name: said for name, said in ours.items() if name not in ("language", "variants")}
    (tmp_path / "own.yaml").write_text(json.dumps({"language": language, **own}), encoding="utf-8")
    laid = wm.load_words(tmp_path / "own.yaml")
    due = wm.load_words.__globals__["words"](language)
    assert laid.levels == due.levels
