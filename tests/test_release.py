"""What is released: the same bytes twice, a wheel that works alone on every Python at hand, and the suite on what is installed.

Once with the oldest Python and the lowest versions that `pyproject.toml` allows, once with the newest of all.
"""

from __future__ import annotations

import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import wor_match as wm

ROOT = Path(__file__).parent.parent
SHOWN = """
from datetime import date
import wor_match as wm
assert wm.docs()["readme"].startswith("# wor_match")
person = wm.Participant(id="p1", focus=["meedoen"])
assert len(wm.Matcher(wm.load_catalogue("nieuwegein")).recommend(person, at=date(2026, 11, 23))) == 3
"""
REFERRED = (
    """{"kind": "referred", "event_id": "e1", "person": "p1", "at": "2026-11-02T10:00:00+01:00", "source": "coach",
 "referrer": "gp", "practice": "praktijk-1"}""".replace("\n", "")
    + "\n"
)
COMMANDS = (  # that need nothing beside the wheel
    "doctor", "--version", "explain half-point", "schema", "template", "pathway schema", "pathway profile mtvp",
    "pathway due --events e.jsonl --profile national --at 2026-11-23",
    "pathway agenda --events e.jsonl --profile national --at 2026-11-23 --practice praktijk-1",
    "pathway monitor --events e.jsonl --profile national --at 2026-11-23",
    "learn --catalogue nieuwegein --events e.jsonl -o model.json",
)  # fmt: skip
OF_THE_SOURCE = (  # what they look at is not there where the library is only installed
    "tests/faults/leaks/test_audited.py", "tests/test_adding.py", "tests/test_manual.py", "tests/test_privacy_page.py",
    "tests/test_readme.py", "tests/test_sbom.py", "tests/test_style.py",
    "tests/test_benchmarks.py::test_what_a_module_prints_in_a_process_of_its_own_comes_back_as_numbers",
)  # fmt: skip
TOO_NEW = (  # what an oracle of a test could not do yet, or did wrong, in its lowest version; the library itself can
    "tests/batch/test_streams.py::test_a_share_of_a_file_is_found_however_its_texts_are_kept[string_view]",  # pyarrow 18
    "tests/evaluation/test_over_people.py::test_the_interval_is_the_bootstrap_of_scipy_taken_a_little_further_out",
    "tests/test_gallery.py",  # the id of an advice holds each strength to the last bit, which an older numpy rounds otherwise
    "tests/test_typing.py",  # mypy knows the types of the newest
)
OLD_CHECKS = (  # scikit-learn 1.6: its checks come as a generator, and one of them turns the classes around
    "-W", "ignore::pytest.PytestRemovedIn10Warning", "-k", "not check_sample_weight_equivalence",
)  # fmt: skip
EXTRAS = ("arrow", "calendar", "examples", "journal", "plots")
pytestmark = pytest.mark.nightly


def run(*words: str | Path, **more: str) -> str:
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, env={**os.environ, **more})
    assert done.returncode == 0, done.stderr[-2_000:]
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The wheel and the sdist, built twice from what is tracked."""
    folder = tmp_path_factory.mktemp("release")
    run("git", "clone", "-q", ROOT, folder / "clone")
    run(sys.executable, "-m", "venv", folder / "tools")
    run(folder / "tools/bin/python", "-m", "pip", "install", "-q", "build", "hatchling")
    for name in ("one", "two"):
        run(folder / "tools/bin/python", "-m", "build", "--no-isolation", "-o", folder / name, folder / "clone",
            SOURCE_DATE_EPOCH="1750000000")  # fmt: skip
    return [folder / "one", folder / "two"]


def test_it_is_the_same_twice(built: list[Path]) -> None:
    one, two = ({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in each.iterdir()} for each in built)
    assert one == two
    assert {Path(name).suffix for name in one} == {".whl", ".gz"}


def test_the_wheel_holds_what_is_needed_and_no_more(built: list[Path]) -> None:
    (wheel,) = built[0].glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    needed = ("py.typed", "docs/pathway.md", "catalogues/nieuwegein.yaml", "pathway/profiles/amstelland.yaml",
              "pathway/profiles/schema/pathway.schema.json", "display/style.css", "wording/nl/sentences.yaml")  # fmt: skip
    assert f"wor_match-{wm.__version__}.dist-info/sboms/sbom.cdx.json" in names
    assert {f"wor_match/{name}" for name in needed} <= names
    assert all(name.startswith(("wor_match/", "wor_match-")) for name in names)
    assert not [name for name in names if "test" in name.rpartition("/")[2] or name.endswith(".pyc")]


def python_of(minor: int) -> str | None:
    """A Python 3 of this kind on this machine, when there is one that starts."""
    ours = [sys.executable] if sys.version_info.minor == minor else []
    pyenv = glob.glob(str(Path.home() / f".pyenv/versions/3.{minor}.*/bin/python"))
    named = shutil.which(f"python3.{minor}")
    found = (*ours, *sorted(pyenv), *([named] if named else []))
    return next((one for one in found if subprocess.run([one, "-c", ""], capture_output=True).returncode == 0), None)


@pytest.mark.parametrize("minor", range(11, 15))
def test_the_wheel_alone_gives_advice(
    built: list[Path], minor: int, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    if (python := python_of(minor)) is None:
        pytest.skip(f"no Python 3.{minor} here")
    (wheel,) = built[0].glob("*.whl")
    run(python, "-m", "venv", tmp_path / "empty")
    run(tmp_path / "empty/bin/python", "-m", "pip", "install", "-q", wheel)
    shown = subprocess.run([tmp_path / "empty/bin/wor-match", "demo"], capture_output=True, text=True, cwd=tmp_path)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "Kookgroep De Linde" in shown.stdout
    assert subprocess.run([tmp_path / "empty/bin/python", "-W", "error", "-c", SHOWN], cwd=tmp_path).returncode == 0
    (tmp_path / "e.jsonl").write_text(REFERRED, encoding="utf-8")
    for command in COMMANDS:
        words = [tmp_path / "empty/bin/wor-match", *command.split()]
        said = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert said.returncode in (0, 1), said.stderr  # 1: there is something to look at
    version = run(tmp_path / "empty/bin/python", "-V").strip()
    figure(f"the wheel alone gives advice on {version}")


def lowest() -> str:
    """The lowest version of all that the library and its extras need, as constraints for pip."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = "\n".join([*project["dependencies"], *(one for e in EXTRAS for one in project["optional-dependencies"][e])])
    return "\n".join(
        f"{name}=={version}" for name, version in re.findall(r"(?m)^([\w.-]+)(?:\[\w+\])?>=([\d.]+)", told)
    )


@pytest.mark.parametrize("versions", ["lowest", "newest"])
def test_the_suite_passes_where_the_wheel_is_installed(
    built: list[Path], versions: str, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    at_hand = [one for one in map(python_of, range(11, 15)) if one]
    run(at_hand[0] if versions == "lowest" else at_hand[-1], "-m", "venv", tmp_path / "own")
    (wheel,) = built[0].glob("*.whl")
    (tmp_path / "lowest.txt").write_text(lowest() if versions == "lowest" else "", encoding="utf-8")
    python = tmp_path / "own/bin/python"
    extras = ",".join([*EXTRAS, "test"])
    run(python, "-m", "pip", "install", "-q", "-c", tmp_path / "lowest.txt", f"{wheel}[{extras}]")
    shutil.copytree(built[0].parent / "clone", tmp_path / "tests-only", ignore=shutil.ignore_patterns("wor_match"))
    too_new, more = (TOO_NEW, OLD_CHECKS) if versions == "lowest" else ((), ())
    left_out = [f"--deselect={one}" for one in (*OF_THE_SOURCE, *too_new)]
    command = [python, "-m", "pytest", "-p", "no:cacheprovider", *more, *left_out, "tests"]
    done = subprocess.run(command, cwd=tmp_path / "tests-only", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4_000:]
    version = run(python, "-V").strip()
    figure(f"the suite on the installed wheel, {version}, {versions} versions: passed")
