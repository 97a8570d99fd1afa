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

ROOT = Path(__file__).parent.parent
AT_HAND = [sys.executable, *sorted(glob.glob(str(Path.home() / ".pyenv/versions/3.1[2-9].*/bin/python")))]
AT_HAND += [found for minor in range(12, 20) if (found := shutil.which(f"python3.{minor}"))]
SHOWN = """
import wor_match as wm
assert wm.docs()["readme"].startswith("# wor_match")
assert len(wm.Matcher(wm.load_catalogue("nieuwegein")).recommend(wm.Participant(id="p1", focus=["meedoen"]), at=__import__("datetime").date(2026, 11, 23))) == 3
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
    assert {f"wor_match/{name}" for name in needed} <= names
    assert all(name.startswith(("wor_match/", "wor_match-")) for name in names)
    assert not [name for name in names if "test" in name.rpartition("/")[2] or name.endswith(".pyc")]


@pytest.mark.parametrize("python", AT_HAND, ids=lambda path: Path(path).resolve().parts[-3])
def test_the_wheel_alone_gives_advice(
    built: list[Path], python: str, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    (wheel,) = built[0].glob("*.whl")
    run(python, "-m", "venv", tmp_path / "empty")
    run(tmp_path / "empty/bin/python", "-m", "pip", "install", "-q", wheel, cwd="")
    shown = subprocess.run([tmp_path / "empty/bin/wor-match", "demo"], capture_output=True, text=True, cwd=tmp_path)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "Kookgroep De Linde" in shown.stdout
    assert subprocess.run([tmp_path / "empty/bin/python", "-W", "error", "-c", SHOWN], cwd=tmp_path).returncode == 0
    version = run(tmp_path / "empty/bin/python", "-V").strip()
    figure(f"the wheel alone gives advice on {version}")
