"""Who checks types gets them from us: what hosts write passes, and what is wrong is seen before it runs."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

from tests.host_code import a_day

HOST = Path(__file__).parent / "host_code.py"
WRONG = {  # what a host might write by mistake, and how mypy calls it
    "matcher.recommend(person)": "call-arg",
    "matcher.recommend('p1', at=date(2026, 11, 23))": "arg-type",
    "advice.card('nobody')": "arg-type",
    "first.scor": "attr-defined",
    "wm.Suggestions": "attr-defined",
    "first.score + 'a'": "operator",
    "person.likes.append('wandelen')": "attr-defined",
    "wm.read_events(7)": "arg-type",
}


def mypy(path: Path) -> subprocess.CompletedProcess[str]:
    """What mypy says of a file, at its strictest and with no setting of ours."""
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--cache-dir", path.parent / "cache", path]
    return subprocess.run(command, cwd=path.parent, capture_output=True, text=True, check=False)


def test_what_hosts_write_runs(tmp_path: Path) -> None:
    a_day(tmp_path)
    assert (tmp_path / "journal.db").is_file()


def test_the_types_travel_along() -> None:
    assert files("wor_match").joinpath("py.typed").is_file()


def test_what_hosts_write_passes_and_every_mistake_is_seen(tmp_path: Path) -> None:
    text = HOST.read_text(encoding="utf-8")
    host, mistaken = tmp_path / "host_code.py", tmp_path / "mistaken.py"
    host.write_text(text, encoding="utf-8")
    told = mypy(host)
    assert told.returncode == 0, told.stdout
    mistaken.write_text(text + "".join(f"    {one}\n" for one in WRONG), encoding="utf-8")
    at = text.count("\n")
    seen = {int(line): code for line, code in re.findall(r":(\d+): error: .*\[([a-z-]+)\]", mypy(mistaken).stdout)}
    assert seen == {at + number: code for number, code in enumerate(WRONG.values(), 1)}
