"""The harness fails on every parser that is broken on purpose; one that stays green on it would be broken itself."""

from __future__ import annotations

import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.fuzz import broken, offer
from tests.fuzz.harness import Outcome, Read, corpus, replayed, watched
from tests.fuzz.parsers import PARSERS
from tests.fuzz.plain import run
from wor_match.catalogue import folder, writer

SOON = 0.03  # seconds, so that these tests need not wait for one


def faults(read: Read, parser: str) -> dict[str, str]:
    """Which inputs of a parser's corpus show a fault of another parser."""
    return {one.name: one.fault for one in replayed(read, corpus(parser), SOON) if one.fault}


def test_a_parser_that_recurses_is_found() -> None:
    assert faults(broken.recursing, "import-note")["deep.json"].startswith("RecursionError")


def test_a_parser_that_lets_anchors_through_is_found() -> None:
    assert faults(broken.with_anchors, "yaml")["bomb.yaml"].startswith("took")


def test_a_parser_that_takes_exponential_time_is_found() -> None:
    assert faults(broken.exponential, "yaml")["deep.yaml"].startswith("took")


def test_a_parser_that_takes_as_much_memory_as_it_is_told_is_found() -> None:
    if not Path("/proc/self/statm").exists():
        pytest.skip("no bound on memory here")
    assert watched(broken.unbounded, b'{"count": 400000000}').fault.startswith("MemoryError")
    assert watched(broken.unbounded, b'{"count": 4000}').fault == ""


def test_a_parser_that_lets_the_error_of_another_library_out_is_found_by_chance_too() -> None:
    assert any(told.startswith("JSONDecodeError") for told in faults(broken.letting_through, "yaml").values())
    assert any(
        kind.startswith("JSONDecodeError") for kind in run(broken.letting_through, [b'{"id": "een"}'], 50).faults
    )


def test_parsers_of_yaml_that_differ_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offer, "InPython", yaml.Loader)
    assert {name for name, told in faults(PARSERS["yaml"], "yaml").items() if "the parsers differ" in told} == {
        "block.yaml", "brackets.yaml", "colon.yaml",
    }  # fmt: skip


def test_a_note_that_reaches_outside_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "inside", lambda home, name: home / name)
    assert "outside.json" in faults(PARSERS["import-note"], "import-note")


def test_a_writer_that_trips_over_what_came_in_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_region(activity: dict[str, Any], region: str | None) -> dict[str, Any]:
        if activity["schedule"].get("region") == region:
            del activity["schedule"]["region"]
        return activity

    monkeypatch.setattr(writer, "without_region", without_region)
    assert faults(PARSERS["table"], "table")["public-holidays.csv"].startswith("KeyError")


def test_an_input_is_slow_by_the_processor_and_not_by_the_clock() -> None:
    assert watched(lambda _: time.sleep(5 * SOON), b"", seconds=SOON).fault == ""


def test_an_error_that_steers_a_terminal_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wor_match.errors.one_line", str)
    found: Outcome = watched(PARSERS["catalogue-name"], b"a\x1b[31m\nb")
    assert "steers" in found.fault


@pytest.mark.nightly
def test_the_command_runs_a_parser_or_says_what_is_missing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz", "money-words", "--runs", "300", "--into", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if find_spec("atheris") is None:
        assert "atheris is not installed" in done.stderr
    else:
        assert "| money-words | 300 | 0 |" in done.stdout
    plain = subprocess.run([*command, "--plain"], capture_output=True, text=True, check=True)
    assert "| money-words | 300 | 0 |" in plain.stdout
