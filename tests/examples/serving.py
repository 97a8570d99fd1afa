"""The example in a process of its own, as it is meant to run, with a real client to ask it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
DAY = "2026-11-23"
SECONDS_TO_START = 60.0
UNSEEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]+)">')


class Served:
    """A service that runs, and what it logged.

    Parameters
    ----------
    folder : Path
        Where it keeps everything.
    module : str
        What is started.
    told : str
        More for its environment.
    """

    def __init__(self, folder: Path, module: str = "examples.coaching_system", **told: str) -> None:
        self.folder, self.port = folder, free_port()
        own = {"COACHING_FOLDER": str(folder), "COACHING_PORT": str(self.port), "COACHING_DAY": DAY, **told}
        self.environment = {**os.environ, "PYTHONPATH": str(ROOT), **own}
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = (folder.parent / f"{folder.name}-{self.port}.log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", module], cwd=ROOT, env=self.environment, stdout=self._log, stderr=self._log
        )
        self.client = httpx.Client(base_url=self.url, timeout=30.0)
        self._wait()

    @property
    def journal(self) -> str:
        """The address of its journal."""
        return self.environment.get("COACHING_JOURNAL", f"sqlite:///{self.folder}/journal.db")

    @property
    def log(self) -> str:
        """Everything that it logged."""
        return Path(self._log.name).read_text(encoding="utf-8")

    def welcome(self, **told: Any) -> str:
        """Somebody new; the pseudonym that they got."""
        answer = self.client.post("/api/people", json=told)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["person"])

    def form(self, way: str = "/nieuw", **told: Any) -> dict[str, Any]:
        """A form as a coach sends it: what a page holds without being seen, and what was filled in."""
        return {**dict(UNSEEN.findall(self.client.get(way).text)), **told}

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop it, gently or not, and wait until it is gone."""
        self.client.close()
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.wait(30)
        self._log.close()

    def _wait(self) -> None:
        """Wait until it answers."""
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if self.client.get("/api/health").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        self.end(signal.SIGKILL)
        raise AssertionError(f"it did not start:\n{self.log}")


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
