"""The benchmark of the example host measures what it says; how long anything takes is no matter of a test."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import numpy as np
import pytest

import wor_match as wm
from benchmarks import run, serving
from tests.examples.serving import Served

SLOW = 0.02  # seconds of each answer


class Slowly(BaseHTTPRequestHandler):
    """It takes its time, and keeps the connection."""

    protocol_version = "HTTP/1.1"
    status = 200

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        time.sleep(SLOW)
        self.send_response(self.status)
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def slowly(status: int = 200) -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), type("Slowly", (Slowly,), {"status": status}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def test_who_waits_for_the_one_before_is_late() -> None:
    with slowly() as port:
        one_by_one, due = (serving.asked(port, [b"{}"], 10, a_second)[:, 0] for a_second in (None, 1_000))
    assert np.all(one_by_one >= SLOW)
    assert np.all(np.diff(due) > 0.5 * SLOW), "the queue grows, and every advice tells it"
    assert due[-1] >= 10 * SLOW - 0.01


def test_a_queue_before_one_core_is_as_worked_by_hand() -> None:
    late = serving.queued(np.array([0.004, 0.012, 0.004, 0.004, 0.004]), 100)  # one is due every 10 ms
    assert late == pytest.approx([0.004, 0.012, 0.006, 0.004, 0.004])


def test_an_answer_that_is_no_advice_ends_the_benchmark() -> None:
    with slowly(503) as port, pytest.raises(AssertionError, match="answered 503"):
        serving.asked(port, [b"{}"], 1)


def test_the_rows_have_their_bars_and_count_the_processor_of_the_host(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def here(*_: object) -> Iterator[tuple[Any, int]]:
        yield served.process, served.port

    monkeypatch.setattr(serving, "serving", here)
    monkeypatch.setattr(serving, "matcher_for", lambda n: wm.Matcher(wm.load_catalogue("nieuwegein")))
    found = serving.rows_of_serving(35, 60)
    assert [row.bar for row in found] == [1.0, None, None, 1.0, None]
    assert all(run.line(row).count("|") == 9 for row in found)
    assert 0 < found[0].ours == found[1].ours
    assert 0.5 * found[0].ours < found[3].ours, "it saw the processor of the host"
    assert serving.processor(served.process.pid) > 0.1
