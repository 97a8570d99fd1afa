"""The example host with its journal in a file and on a PostgreSQL server: the same way, and nothing lost when one is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import httpx
import numpy as np
import pytest

import wor_match as wm
from tests.examples.serving import DAY, ROOT, Served
from tests.examples.test_coaching_killed import LONGEST, SHORTEST, killed
from tests.journal.server import Server
from wor_match.domain.kinds import event_of

pytest.importorskip("fastapi")
pytest.importorskip("uvicorn")
LEARN = [sys.executable, "-m", "examples.coaching_system.learn"]
KOOKGROEP = "kookgroep-de-linde"


def test_advice_choice_visits_and_a_night_are_the_same_on_a_file_and_on_a_server(
    address: Callable[[], str], tmp_path: Path
) -> None:
    journal, empty = address(), wm.Matcher(wm.load_catalogue("nieuwegein"))
    served = Served(tmp_path / "data", COACHING_JOURNAL=journal)
    try:
        name = somebody_stays(served)
        before = served.client.get(f"/api/people/{name}").json()
        model = wm.Matcher.load(learned(served), empty.catalogue)
        assert model.knowledge.digest == empty.learn(map(event_of, before["events"])).knowledge.digest
        assert model.knowledge.digest != empty.knowledge.digest
    finally:
        served.end(signal.SIGKILL)
    again = Served(tmp_path / "data", COACHING_JOURNAL=journal)
    try:
        assert again.client.get(f"/api/people/{name}").json() == before
        assert again.client.get("/api/health").json()["model"] == model.knowledge.digest[:32]
        again.client.delete(f"/api/people/{name}").raise_for_status()
        assert again.client.get("/api/due").json() == []
        forgot = wm.Matcher.load(learned(again), empty.catalogue)
        assert forgot.knowledge.digest == empty.learn([]).knowledge.digest
    finally:
        again.end()
    with wm.Journal(journal, make=False) as opened:
        assert opened.read() == ()


def somebody_stays(served: Served) -> str:
    """Somebody comes, chooses, goes, and still goes; their pseudonym."""
    form = served.form(likes="samen-koken", agreed=["learning", "follow_up"])
    address = served.client.post("/nieuw", data=form).headers["location"].split("?")[0]
    steps = {
        "keuze": {"activity": KOOKGROEP, "by": "participant"},
        "stap": {"what": "there", "activity": KOOKGROEP, "on": "2026-11-17"},
        f"vragen/month_3/{KOOKGROEP}": {"status": "still"},
    }
    for way, told in steps.items():
        shown = f"{address}/{way}" if way.startswith("vragen") else address
        assert served.client.post(f"{address}/{way}", data=served.form(shown, **told)).status_code == 303, way
    return str(form["code"])


def learned(served: Served) -> Path:
    """Where the model of the night stands."""
    subprocess.run(LEARN, cwd=ROOT, env=served.environment, check=True, capture_output=True)
    return served.folder / "model.json"


@pytest.mark.parametrize("n", [1, pytest.param(40, marks=pytest.mark.nightly)])
def test_no_acknowledged_event_on_a_server_is_lost_when_the_host_is_killed(
    n: int, postgres: Server, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    dice = np.random.RandomState(12)
    found = np.zeros(3, dtype=int)
    for number in range(n):
        found += killed(tmp_path / f"host-{number}", dice.uniform(SHORTEST, LONGEST), COACHING_JOURNAL=postgres.new())
    acknowledged, lost, by_half = found.tolist()
    assert (lost, by_half) == (0, 0)
    assert acknowledged >= 3 * n, "it was killed in the midst of it"
    figure(f"the example host on PostgreSQL killed {n} times: {acknowledged:,} events acknowledged, 0 lost")


@pytest.mark.parametrize("n", [1, pytest.param(10, marks=pytest.mark.nightly)])
def test_the_host_goes_on_when_the_server_was_killed_and_started_again(
    n: int, postgres: Server, tmp_path: Path
) -> None:
    served = Served(tmp_path / "data", COACHING_JOURNAL=postgres.new(), COACHING_WAIT="2")
    acknowledged, done = list[str](), threading.Event()
    try:
        name = served.welcome(likes=["samen-koken"])
        programs = threading.Thread(target=telling_on, args=(served, name, acknowledged, done))
        programs.start()
        for number in range(n):
            threading.Event().wait(0.3)
            postgres.kill()
            page = served.client.get(f"/deelnemers/{name}")
            postgres.start()
            assert page.status_code == 500
            assert "Vraag de beheerder" in page.text
            told = {"kind": "contacted", "at": f"{DAY}T09:00:00+01:00", "event_id": f"after-{number}"}
            assert served.client.post(f"/api/people/{name}/events", json=[told]).status_code == 201
        done.set()
        programs.join()
        there = {one["event_id"] for one in served.client.get(f"/api/people/{name}").json()["events"]}
        assert set(acknowledged) <= there
        assert len(acknowledged) > 2 * n
        assert "Traceback" not in served.log
        assert "geheim" not in served.log, "the password"
    finally:
        done.set()
        served.end()


def telling_on(served: Served, name: str, acknowledged: list[str], done: threading.Event) -> None:
    """Tell one event after the other, whatever is answered; which of them were acknowledged."""
    with httpx.Client(base_url=served.url, timeout=30.0) as client:
        for number in range(100_000):
            if done.is_set():
                return
            told = {"kind": "contacted", "at": f"{DAY}T10:00:00+01:00", "event_id": f"{name}-{number}"}
            if client.post(f"/api/people/{name}/events", json=[told]).status_code == 201:
                acknowledged.append(told["event_id"])
