"""The command `wor-match evaluate`: a report of a history or an invented one, and every fault in a sentence."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import wor_match as wm
from wor_match.cli import main
from wor_match.commands.evaluate import WORLD_NAMES
from wor_match.evaluation.simulation import WORLDS, Simulated, World, simulate


@pytest.fixture(scope="module")
def town() -> Simulated:
    return simulate(World(people=60), wm.load_catalogue("nieuwegein"))


@pytest.fixture
def files(town: Simulated, tmp_path: Path) -> list[str]:
    wm.write_events(tmp_path / "e.jsonl", town.events)
    lines = (one.model_dump_json(exclude_defaults=True) + "\n" for one in town.people)
    (tmp_path / "p.jsonl").write_text("".join(lines), encoding="utf-8")
    return ["--catalogue", "nieuwegein", "--events", str(tmp_path / "e.jsonl"), "--people", str(tmp_path / "p.jsonl")]


def test_a_history_is_replayed_and_what_it_can_show_comes_first(
    files: list[str], town: Simulated, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", *files, "--progress"]) == 0
    told = capsys.readouterr()
    assert "invented" not in told.out
    assert "They can show a difference of" in told.out.splitlines()[2]
    assert "advices replayed" in told.err
    assert not [one.id for one in town.people if one.id in told.out]
    assert main(["evaluate", *files[:4], "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["invented"] is False
    assert {row["policy"] for row in found["figures"]} >= {"ours", "random"}


def test_an_invented_history_is_called_invented(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--invented", "30", "--world", "drift", "--seed", "4"]) == 0
    assert capsys.readouterr().out.startswith("These people, this offer and these outcomes are invented")
    assert main(["evaluate", "--invented", "4", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["smallest_difference"] is None
    assert "fewer than 10 people" in found["reason"]
    assert tuple(WORLDS) == WORLD_NAMES


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ([], "--catalogue and --events"),
        (["--catalogue", "nieuwegein"], "--catalogue and --events"),
        (["--invented", "20", "--catalogue", "nieuwegein"], "beside files"),
        (["--invented", "0"], "0 people"),
        (["--invented", "20", "--seed", "-1"], "a seed that is no whole number"),
        (["--catalogue", "nieuwegein", "--events", "nergens.jsonl"], "nergens.jsonl"),
    ],
)
def test_what_cannot_be_evaluated_is_said_in_a_sentence(
    asked: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", *asked]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.nightly
def test_two_thousand_invented_referrals_are_evaluated_while_one_waits(
    figure: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.perf_counter()
    assert main(["evaluate", "--invented", "2000"]) == 0
    figure(f"wor-match evaluate --invented 2000: {time.perf_counter() - began:.0f} s (bar: 60 s on two cores)")
    assert "advices of 1" in capsys.readouterr().out
