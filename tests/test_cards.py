"""Twelve cards as they should read: structure, facts and order exact; everybody in them is invented."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import wor_match as wm
from wor_match.catalogue.files import assembled
from wor_match.catalogue.reader import read_text
from wor_match.catalogue.values import value_of
from wor_match.display.participant import reasons_for_them

POINTS = re.compile(r" \([+−][\d.,]+ (punten|points)\)$")
CASES = sorted(Path(__file__).parent.glob("cards/*.yaml"))


@dataclass(frozen=True)
class Case:
    """One case: what was told, and what comes out."""

    told: dict[str, Any]
    advice: wm.Advice

    @classmethod
    def read(cls, path: Path) -> Case:
        tree, problems = read_text(path.read_bytes(), path.name)
        assert tree is not None
        assert isinstance(tree.value, dict)
        found = assembled([tree.value["catalogue"]], problems)
        person, more = value_of(wm.Participant, tree.value["person"])
        assert found.catalogue is not None
        assert person is not None
        assert not [*found.problems, *more]
        told = tree.plain()
        return cls(told, wm.Matcher(found.catalogue).recommend(person, at=date.fromisoformat(told["at"])))

    @property
    def spoken_as(self) -> dict[str, str]:
        return {name: self.told[name] for name in ("language", "level") if name in self.told}


@pytest.fixture(params=CASES, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest) -> Case:
    return Case.read(request.param)


def test_the_card_reads_as_worked_by_hand(case: Case) -> None:
    assert case.advice.read_aloud(**{"level": "B1", **case.spoken_as}) == case.told["card"]


def test_the_reasons_on_the_card_are_these_in_this_order(case: Case) -> None:
    found = {one.activity.id: [reason.name for reason in reasons_for_them(one)] for one in case.advice}
    assert found == case.told["facts"]


def test_the_coach_reads_these_lines_in_this_order(case: Case) -> None:
    language = case.told.get("language", "nl")
    page = [POINTS.sub("", line) for line in case.advice.to_markdown(language).splitlines()]
    at = 0
    for line in case.told["coach"].splitlines():
        assert line in page[at:], f"{line!r} does not stand below {page[at - 1]!r}"
        at += page[at:].index(line) + 1
    for word in case.told.get("not_for_the_coach", ()):
        assert not any(word in line for line in page), word
