"""The example host killed while programs tell it events: what it acknowledged is there, and no batch by half."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from pathlib import Path

import httpx
import numpy as np
import pytest

import wor_match as wm
from tests.examples.serving import DAY, Served
from tests.journal.elsewhere import in_memory

N_PROGRAMS, BATCH = 2, 3
HOST = "examples.coaching_system"
SHORTEST, LONGEST = 0.1, 0.4  # seconds from the first batch that is acknowledged until the kill
LONG = 60.0  # seconds in which a slow machine acknowledges one

pytest.importorskip("fastapi")
pytest.importorskip("uvicorn")


def telling(served: Served, name: str, number: int, acknowledged: list[str], begun: threading.Event) -> None:
    """Tell batches until nobody answers; which of them were acknowledged."""
    told = {"kind": "contacted", "at": f"{DAY}T10:00:00+01:00"}
    with httpx.Client(base_url=served.url, timeout=30.0) as client:
        for batch in range(10_000):
            ids = [f"{number}-{batch}-{at}" for at in range(BATCH)]
            try:
                answer = client.post(
                    f"/api/people/{name}/events", json=[{**told, "event_id": f"{name}-{one}"} for one in ids]
                )
            except httpx.TransportError:
                return
            if answer.status_code == 201:
                acknowledged += [f"{name}-{one}" for one in ids]
                begun.set()


def killed(folder: Path, wait: float, module: str = HOST, **told: str) -> tuple[int, int, int]:
    """How many events were acknowledged, how many of them are lost, and how many batches are there by half."""
    served, acknowledged, begun = Served(folder, module, **told), list[str](), threading.Event()
    try:
        name = served.welcome()
        programs = [
            threading.Thread(target=telling, args=(served, name, number, acknowledged, begun))
            for number in range(N_PROGRAMS)
        ]
        for one in programs:
            one.start()
        assert begun.wait(LONG)
        threading.Event().wait(wait)
    finally:
        served.end(signal.SIGKILL)
    for one in programs:
        one.join()
    with wm.Journal(served.journal) as journal:
        there = {event.event_id for event in journal.read(name)}
        assert journal.damaged() == ()
    batches = [one.rsplit("-", 1)[0] for one in there if one.startswith(name)]
    by_half = sum(batches.count(one) != BATCH for one in set(batches))
    return len(acknowledged), len(set(acknowledged) - there), by_half


def kills(n: int, module: str = HOST) -> tuple[int, int, int]:
    """The same so many times, at moments that a lot decides."""
    dice = np.random.RandomState(12)
    found = np.zeros(3, dtype=int)
    for number in range(n):
        with in_memory() as folder:  # a kill tests nothing of the disk
            found += killed(folder / f"host-{number}", dice.uniform(SHORTEST, LONGEST), module)
    return tuple(found.tolist())


@pytest.mark.parametrize("n", [2, pytest.param(100, marks=pytest.mark.nightly)])
def test_no_acknowledged_event_is_lost_when_the_host_is_killed(n: int, figure: Callable[[str], None]) -> None:
    acknowledged, lost, by_half = kills(n)
    assert (lost, by_half) == (0, 0)
    assert acknowledged >= BATCH * n, "it was killed in the midst of it"
    figure(f"the example host killed {n} times: {acknowledged:,} events acknowledged, 0 lost, 0 batches by half")


def test_the_kills_find_a_host_that_acknowledges_too_soon() -> None:
    assert kills(1, "tests.examples.hasty")[1] > 0
