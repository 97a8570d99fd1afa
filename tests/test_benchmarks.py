"""The benchmarks run and tell what they promise; how long anything takes is no matter of a test."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import wor_match as wm
from benchmarks import advising, learning, measuring, people, reading, rivals, run, streaming
from benchmarks.rows import Row

ROOT = Path(__file__).parents[1]


def test_every_module_of_the_table_gives_rows_when_asked() -> None:
    for name in run.MODULES:
        assert callable(importlib.import_module(f"benchmarks.{name}").rows)


def test_one_advice_has_its_floors_and_both_rivals() -> None:
    found = advising.rows_of_one(100, 1)
    assert [row.rival for row in found] == ["0.5 ms", "its p50", "its p50", advising.DRAWING, advising.PRODUCT]
    assert [row.bar for row in found] == [1.0, 4.0, None, None, None]
    assert found[4].ratio == pytest.approx(found[4].ours / found[4].theirs)  # type: ignore[operator]  # both are there
    check(found)


def test_an_advice_is_read_to_the_end() -> None:
    matcher, person = people.matcher_for(100), wm.Participant.model_validate(people.people(1)[0])
    said, left_out = advising.advice(matcher, person)
    assert len(said) >= advising.SHOWN
    assert all(name and np.isfinite(points) and facts is not None for name, points, facts in said)
    allowed = matcher.allowed(person, at=people.AT)
    assert sum(left_out.values()) == (~allowed).sum() > 0


def test_a_table_has_its_floors_its_rivals_and_its_memory() -> None:
    found = advising.rows_of_many(20, 100, 1)
    assert [row.bar for row in found] == [1.0, 1.2, None, None, 1.0]
    assert found[0].ours == pytest.approx(1e9 * found[1].ours / 20 / 100)
    check(found)


def test_two_workers_are_beside_one() -> None:
    found = advising.rows_of_workers(6, 100, 1, advising.TWO_OF_ONE)
    assert [(row.rival, row.bar) for row in found] == [("one worker", 0.7)]
    check(found)


def test_reading_gives_rows(tmp_path: Path) -> None:
    check(reading.rows_of_starting(tmp_path, 1))


def test_a_file_to_a_file_tells_time_and_memory_of_both_ways() -> None:
    for n_jobs, workers in ((1, ""), (2, r", a worker \d+ MB")):
        said = rf"20 x 30, {n_jobs} workers: [\d.]+ s by the clock, [\d.]+ s of processors, \d+ MB{workers}"
        assert re.fullmatch(said, streaming.line(20, 30, n_jobs))


def test_what_a_module_prints_in_a_process_of_its_own_comes_back_as_numbers() -> None:
    assert Path(measuring.in_a_process("-c", "import wor_match; print(wor_match.__file__)").strip()).parents[1] == ROOT
    (mb,) = measuring.numbers_in_a_process("benchmarks.advising", 3, 20)
    assert 0 <= mb < 1_000


def test_learning_gives_rows() -> None:
    check([learning.beside_scikit_learn(1_000, 1)])


def check(found: list[Row]) -> None:
    assert all(np.isfinite(row.ours) and row.ours >= 0 for row in found)
    assert all(run.line(row).count("|") == 9 for row in found)


def test_different_people_ask_and_about_one_in_ten_activities_is_possible_for_them() -> None:
    told, matcher = people.people(64), people.matcher_for(300)
    asking = [wm.Participant.model_validate(row) for row in told]
    shares = [matcher.allowed(one, at=people.AT).all(axis=0).mean() for one in asking]
    assert len({str({**row, "id": ""}) for row in told}) == 64
    assert 0.08 <= np.mean(shares) <= 0.15
    assert told == people.people(64)
    assert people.people(10) == told[:10]


def test_the_matcher_that_is_measured_has_learned() -> None:
    assert people.matcher_for(100).knowledge.recorded.any()


def test_the_bare_top_of_numpy_is_the_top() -> None:
    asked = rivals.numbers_of(5)
    scores = asked @ rivals.numbers_of(100, seed=6).T
    top = rivals.numpy_top(100, 10)(asked)
    assert [set(row) for row in np.asarray(top)] == [set(row) for row in np.argsort(scores, axis=1)[:, -10:]]


def test_a_rival_that_is_not_installed_says_so_and_breaks_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rivals, "find_spec", lambda name: None)
    assert rivals.mabwiser(10) is rivals.mab2rec(10, 3) is rivals.implicit(10, 3) is None
    row = advising.beside("one advice", 2.0, "mab2rec", {}, 1.2)
    assert (row.ratio, row.breaks) == (None, False)
    assert run.line(row) == "| one advice | 2 s | mab2rec | not installed | – | 1.2 | – |  |"


def test_a_rival_is_given_the_smaller_of_processor_and_wall() -> None:
    times = measuring.Times(np.array([4.0, 5.0, 6.0]), np.array([3.0, 9.0, 2.0]))
    assert times.least == 3.0


def test_the_ways_are_timed_in_turn_and_the_first_round_is_not_told() -> None:
    called: list[str] = []
    ways = {name: [lambda name=name: called.append(name)] * 2 for name in "ab"}
    told = measuring.in_turn(ways, 2)
    assert "".join(called) == "aabb" * 3
    assert {name: len(times.wall) for name, times in told.items()} == {"a": 4, "b": 4}


def test_what_is_above_its_bar_is_marked_and_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = [Row("this", 0.5, "that", 1.0, 0.5, 0.2), Row("these", 2.0, "those", 1.0, 1.5, unit="MB")]
    for n_rows, ends in ((1, 0), (2, 1)):
        monkeypatch.setattr(reading, "rows", lambda short, n_rows=n_rows: found[:n_rows])
        assert run.main(["--short", "--only", "reading", "--date", "2026-11-23"]) == ends
    printed = capsys.readouterr().out
    assert printed.startswith("2026-11-23. ")
    assert "| this | 500 ms | that | 1 s | 0.5 | 0.5 | 0.2 |  |" in printed
    assert "| these | 2 MB | those | 1 MB | 2 | 1.5 | – | **above** |" in printed


def test_a_ratio_that_is_no_number_is_above_any_bar() -> None:
    assert Row("this", float("nan"), "that", 1.0, 0.5).breaks


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(2.345, "s", "2.35 s"), (0.00234, "s", "2.34 ms"), (2.3e-5, "s", "23 µs"), (12_345.6, "MB", "12,346 MB"),
     (1.05, "", "1.05")],
)  # fmt: skip
def test_an_amount_reads_well(value: float, unit: str, said: str) -> None:
    assert run.amount(value, unit) == said


def test_other_cores_are_kept_busy_only_as_long_as_it_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    started: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def noted(*arguments: object) -> subprocess.Popen[bytes]:
        started.append(start(*arguments))  # type: ignore[call-overload]  # as it was called
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", noted)
    with run.busy():
        assert [one.poll() for one in started] == [None]
    assert [one.poll() is None for one in started] == [False]


def test_memory_of_a_child_is_its_own_and_not_that_of_who_started_it() -> None:
    grown = np.ones(50_000_000)  # 400 MB here, and none there
    told = [sys.executable, "-c", "from benchmarks.measuring import most\nprint(most())"]
    done = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=True)
    assert float(done.stdout) < 100 < grown.nbytes / 2**20 < measuring.most()
    assert 0 < measuring.held() <= measuring.most()


def test_the_command_prints_the_table_of_one_module(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "run.py"), "--short", "--only", "reading"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode in (0, 1)  # how long it takes is no matter of a test
    bars = {
        cells[1].strip(): cells[6].strip() for line in done.stdout.splitlines() if len(cells := line.split("|")) > 8
    }
    assert bars["YAML of 1,000 activities"] == "0.35"
    assert bars["the same from a cache"] == "0.02"
    assert bars["from a cache, no two timetables alike"] == "–"
    assert "| first advice from the command line |" in done.stdout
