"""Cases worked by hand, each with the reason why a coach would agree; a change here is news for users (Rankings)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import wor_match as wm
from wor_match.catalogue.reader import read_text
from wor_match.catalogue.values import value_of

CASES = sorted(Path(__file__).parent.glob("golden/*.yaml"))


def case(path: Path) -> tuple[dict[str, Any], wm.Participant]:
    tree, problems = read_text(path.read_bytes(), path.name)
    assert tree is not None
    assert not problems
    assert isinstance(tree.value, dict)
    who, faults = value_of(wm.Participant, tree.value["person"])
    assert who is not None, faults
    return tree.plain(), who


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_golden_case_comes_out_as_worked_by_hand(path: Path) -> None:
    told, who = case(path)
    assert told["why"].startswith("A coach would agree")
    advice = wm.Matcher(wm.load_catalogue(told["catalogue"])).recommend(who, at=date.fromisoformat(told["at"]))
    shown = {one.activity.id: one for one in advice}
    assert list(shown) == told["shown"]
    for name, worth in told["worth"].items():
        assert shown[name].worth == pytest.approx(float(worth), abs=1e-6), name
    for name, spoken in told["spoken"].items():
        assert [reason.name for reason in shown[name].spoken] == spoken, name
    for name, checks in told["checks"].items():
        assert [check.name for check in shown[name].checks] == checks, name
    for name, rules in told["excluded"].items():
        assert [rule.constraint for rule in advice.why_not(name)] == rules, name
    near = {miss.activity.id: miss.constraint for miss in advice.near_misses(12)}
    assert told["near"].items() <= near.items()


def test_there_are_four_cases_or_more() -> None:
    assert len(CASES) >= 4
