"""What is released: the same bytes twice, and a wheel that works alone in an empty environment of every Python at hand."""

from __future__ import annotations

import glob
import hashlib
import os
import shutil
import subprocess
import sys
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
    version = run(tmp_path / "empty/bin/python", "-V").strip()
    figure(f"the wheel alone gives advice on {version}")
