"""The eight steps of `docs/adding.md` add a rule to the library, and who leaves one out is told so."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from wor_match.domain.facts import NO_FACTS
from wor_match.signals import Signal

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")
STEPS = {
    int(number): text for number, text in re.findall(r"^(\d)\. (.*?)(?=^\d\. |\Z)", PAGE, re.DOTALL | re.MULTILINE)
}
EDITS = {number: re.findall(r"```diff\n(\S+)\n(.*?)```", text, re.DOTALL) for number, text in STEPS.items()}

# What the rule does when all is done, for somebody who asks it; the last line is what step 8 looks at.
LOOK = """
from datetime import date
import wor_match as wm
from wor_match.constraints import CONSTRAINTS
from wor_match.constraints.wanted import dog_there

walk = wm.Activity(id="wandelen", name="Wandelen (verzonnen)", terms=["wandelen"], dog=True)
town = wm.Catalogue(id="dorp", name="Dorp (verzonnen)", activities=[walk])
who, at = wm.Participant(id="p1", no_dogs=True), date(2026, 11, 23)
after = wm.Matcher(town)
before = wm.Matcher(town, constraints=[rule for rule in CONSTRAINTS if rule is not dog_there])
(rule,) = after.recommend(who, at=at).why_not("wandelen")
print(rule.constraint)
print(rule.sentence("nl"))
print(rule.sentence("en"))
print(wm.compare(before, after, [who], at=at).sentences()[0])
"""
SAID = ["dog_there", "Hier loopt een hond rond.", "A dog walks around here.", "1 of 1 people get another first idea."]


def taken(folder: Path, but: int | None = None) -> Path:
    """A copy of the library in which the steps are taken, all or all but one."""
    for name in ("wor_match", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for number, edits in EDITS.items():
        for place, lines in edits if number != but else ():
            edit(folder / place, lines)
    return folder


def edit(path: Path, lines: str) -> None:
    """Change a file as a block of the page says: lines with + come, lines with - go, the others say where."""
    old, new = ("".join(f"{line[1:]}\n" for line in lines.splitlines() if line[:1] != sign) for sign in ("+", "-"))
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path.name}: {old!r} stands there {text.count(old)} times; the page must say where"
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A command in the copy; `python` is the one that runs the tests."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    told = {**os.environ, "PATH": path, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=folder, env=told, capture_output=True, text=True)


HAS_A_CASE = "tests/test_constraints.py::test_every_rule_of_the_library_has_a_case"
HAS_WORDS = "tests/wording/test_sentences.py::test_every_name_has_its_words"
LOOKED, TESTED = ("python", "-c", LOOK), ("python", "-m", "pytest", "-n0", "-p", "no:cacheprovider")
CHECKED = (
    "tests/test_constraints.py", "tests/test_golden.py", "tests/wording/test_words.py", "tests/wording/test_sentences.py",
    "tests/catalogue/test_schema.py::test_the_committed_copy_is_what_the_command_prints",
    "tests/interop/test_event_schema.py::test_the_file_says_what_the_code_says",
)  # fmt: skip
# step: what is run where it was left out, and what that says
RED = {
    3: (LOOKED, "dog"),
    4: (LOOKED, "cannot import name 'dog_there'"),
    5: (LOOKED, "not enough values to unpack"),  # no rule keeps it out
    6: ((*TESTED, HAS_WORDS), "dog_there"),
    7: ((*TESTED, HAS_A_CASE), "dog_there"),
}


def test_who_takes_all_steps_has_a_rule_that_says_why_and_every_check_passes(tmp_path: Path) -> None:
    folder = taken(tmp_path)
    (commands,) = re.findall(r"```sh\n(.*?)```", STEPS[3], re.DOTALL)
    written = run(folder, "bash", "-e", "-c", commands)
    assert written.returncode == 0, written.stderr
    looked = run(folder, *LOOKED)
    assert looked.stdout.splitlines() == SAID, looked.stderr
    done = run(folder, *TESTED, *CHECKED)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("step", RED)
def test_who_leaves_a_step_out_is_told_so(step: int, tmp_path: Path) -> None:
    command, said = RED[step]
    done = run(taken(tmp_path, but=step), *command)
    assert done.returncode != 0
    assert said in done.stdout + done.stderr
    assert "*Left out: " in STEPS[step]


def test_of_a_step_that_nothing_can_check_the_page_says_so() -> None:
    assert [*STEPS] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert {number for number, edits in EDITS.items() if edits} == set(RED)
    for number in {*STEPS} - {*RED}:
        assert re.search(r"\*(Nothing goes red|.* is seen by\s+nobody but you)", STEPS[number], re.DOTALL)
    with pytest.raises(TypeError, match="source"):
        Signal("outside", lambda columns, asked: columns.latitude, lambda columns, asked, i: NO_FACTS, 0.5, (0.2, 0.3))  # type: ignore[call-arg]  # because leaving it out is the point


def test_a_block_that_no_longer_says_where_is_told_so(tmp_path: Path) -> None:
    place = tmp_path / "place.py"
    place.write_text("a = 1\nb = 2\n", encoding="utf-8")
    edit(place, " a = 1\n-b = 2\n+b = 3\n")
    assert place.read_text(encoding="utf-8") == "a = 1\nb = 3\n"
    with pytest.raises(AssertionError, match="stands there 0 times"):
        edit(place, " c = 1\n+d = 2\n")
