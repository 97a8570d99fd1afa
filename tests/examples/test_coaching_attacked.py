"""The example host used by who means it no good, or by a line that breaks: what it answers, and what stands in its log."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.examples.serving import Served

pytest.importorskip("fastapi")
SOON = 20.0  # seconds within which it stops, on a machine that has more to do


def raw(served: Served, told: bytes) -> socket.socket:
    """A line on which something was said, and that stays open."""
    line = socket.create_connection(("127.0.0.1", served.port), 10)
    line.sendall(told)
    return line


@pytest.mark.parametrize(
    "origin", ["http://[", "http://evil.example", "null", "localhost", "http://localhost@evil", ""]
)
def test_an_origin_that_is_no_address_is_refused_like_any_other_site(served: Served, origin: str) -> None:
    answer = served.client.post("/api/advice", json={}, headers={"origin": origin})
    assert answer.status_code == 403
    assert answer.headers["cache-control"] == "no-store"
    assert "Traceback" not in served.log


def test_the_own_origin_may_write(served: Served) -> None:
    assert served.client.post("/api/advice", json={}, headers={"origin": served.url}).status_code == 200


def test_a_line_that_breaks_half_way_leaves_no_traceback_and_keeps_nothing(served: Served) -> None:
    before = served.client.get("/").text
    with closing(raw(served, b"POST /api/people HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")):
        time.sleep(0.1)
    time.sleep(0.2)
    assert served.client.get("/").text == before
    assert "Traceback" not in served.log


def test_no_answer_leads_to_an_address_that_somebody_else_thought_up(served: Served) -> None:
    for way in ("/nieuw/", "//evil.example/nieuw/", "/nieuw%0d%0aset-cookie:a=b", "/deelnemers/..%2f..%2fpeople.db"):
        answer = served.client.get(way)
        assert answer.status_code == 404, way
        assert {"location", "set-cookie"}.isdisjoint(answer.headers), way


def test_who_never_ends_a_body_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from fastapi import HTTPException, Request

    from examples.coaching_system import receiving

    async def never() -> dict[str, object]:
        return await asyncio.Future()

    monkeypatch.setattr(receiving, "MOST_SECONDS", 0.05)
    with pytest.raises(HTTPException) as refused:
        asyncio.run(receiving.body_of(Request({"type": "http"}, never)))
    assert refused.value.status_code == 408


def test_it_stops_when_asked_also_while_somebody_never_ends_a_body(tmp_path: Path) -> None:
    served = Served(tmp_path / "data")
    name = served.welcome(likes=["samen-koken"])
    with closing(raw(served, b"POST /api/people HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")):
        time.sleep(0.2)
        began = time.monotonic()
        served.process.send_signal(signal.SIGTERM)
        try:
            served.process.wait(SOON)
        finally:
            served.end(signal.SIGKILL)
    assert time.monotonic() - began < SOON
    again = Served(tmp_path / "data")
    try:
        assert again.client.get(f"/api/people/{name}").status_code == 200
    finally:
        again.end()


ENGLISH = re.compile(r"\b(the|is refused|not found|this|there is no|method|nobody|send|bytes)\b", re.IGNORECASE)


def test_what_stops_a_page_is_said_in_dutch_with_a_way_back(served: Served) -> None:
    address = f"/deelnemers/{served.welcome(likes=['samen-koken'])}"
    stops = [served.client.get(way) for way in ("/deelnemers/p-nobody", "/niets", f"{address}?vastgelegd=x")]
    stops += [served.client.post("/nieuw", content="a" * 200_001), served.client.put("/nieuw")]
    below = [served.client.get(f"{address}/vragen/x/kookgroep-de-linde")]
    below += [served.client.post(f"{address}/stap", data={"what": "there"})]
    for answer in (*stops, *below):
        said = answer.text.partition("<main>")[2]
        assert answer.status_code >= 400
        assert said.startswith("<h1>Dit kon niet</h1><p>")
        assert not ENGLISH.search(said), said
        assert (f'href="{address}"' in said) == (answer in below)


NO_FORMS: dict[str, dict[str, object]] = {
    "json": {"json": {"agreed": ["learning"]}},
    "another kind of form": {"files": {"agreed": (None, "learning")}},
    "nothing": {},
    "noise": {"content": b"\x00\x01"},
    "half a form": {"data": {"agreed": "learning"}},
    "a moment without a zone": {"data": {"agreed": "learning", "shown_at": "2026-11-01T10:00"}},
    "no moment": {"data": {"agreed": "learning", "shown_at": "nu"}},
}


@pytest.mark.parametrize("told", NO_FORMS.values(), ids=NO_FORMS)
def test_what_is_no_form_of_ours_takes_no_consent_back_and_tells_nothing(
    served: Served, told: dict[str, object]
) -> None:
    name = served.welcome(likes=["samen-koken"])
    yes = {"kind": "consented", "purpose": "learning", "given": True, "at": "2026-11-02T10:00:00+01:00"}
    served.client.post(f"/api/people/{name}/events", json=[yes]).raise_for_status()
    before = served.client.get(f"/api/people/{name}").json()
    for way in ("toestemming", "stap", "keuze", "vragen/month_3/kookgroep-de-linde"):
        answer = served.client.post(f"/deelnemers/{name}/{way}", **told)  # type: ignore[arg-type]
        assert answer.status_code in (409, 422), way
    assert served.client.get(f"/api/people/{name}").json() == before


def test_a_step_on_a_day_that_is_not_there_yet_says_so(served: Served) -> None:
    name = served.welcome(likes=["samen-koken"])
    told = {"what": "contacted", "on": "2026-11-24", "shown_at": "2026-11-23T10:00:00+01:00"}
    answer = served.client.post(f"/deelnemers/{name}/stap", data=told)
    assert answer.status_code == 422
    assert "Deze dag is er nog niet." in answer.text


def everybody(served: Served) -> list[str]:
    """Who is kept."""
    with closing(sqlite3.connect(served.folder / "people.db")) as opened:
        return [name for (name,) in opened.execute("select id from people")]


def test_the_form_sent_twice_at_once_makes_one_person(served: Served) -> None:
    before, form = everybody(served), served.form(likes="samen-koken", agreed=["learning"])
    with ThreadPoolExecutor(4) as at_once:
        came = list(at_once.map(lambda _: httpx.post(f"{served.url}/nieuw", data=form, timeout=30.0), range(8)))
    assert {(one.status_code, one.headers["location"]) for one in came} == {
        (303, f"/deelnemers/{form['code']}?vastgelegd=1")
    }
    assert sorted(everybody(served)) == sorted([*before, form["code"]])
    assert len(served.client.get(f"/api/people/{form['code']}").json()["events"]) == 4


def test_a_form_sent_again_with_other_answers_or_after_an_erasure_keeps_nothing(served: Served) -> None:
    form = served.form(likes="samen-koken", agreed=["learning"])
    assert served.client.post("/nieuw", data=form).status_code == 303
    kept = served.client.get(f"/api/people/{form['code']}").json()
    for other in ({"likes": "wandelen"}, {"agreed": []}, {"agreed": ["learning", "feedback"]}):
        assert served.client.post("/nieuw", data=form | other).status_code == 409
    assert served.client.get(f"/api/people/{form['code']}").json() == kept
    served.client.delete(f"/api/people/{form['code']}").raise_for_status()
    assert served.client.post("/nieuw", data=form).status_code == 409
    assert form["code"] not in everybody(served)
    assert form["code"].encode() not in (served.folder / "people.db").read_bytes()


@pytest.mark.parametrize("code", ["", "p-1", "p-aaaaaaaaaa", "x-bbbbbbbbbb", "p-bbbbbbbbb\u0660", "<script>"])
def test_a_pseudonym_that_was_not_made_here_is_not_taken(served: Served, code: str) -> None:
    before = everybody(served)
    assert served.client.post("/nieuw", data=served.form(code=code)).status_code == 422
    assert everybody(served) == before


@pytest.mark.parametrize("told", NO_FORMS.values(), ids=NO_FORMS)
def test_what_is_no_form_of_ours_makes_no_empty_person(served: Served, told: dict[str, object]) -> None:
    before = everybody(served)
    assert served.client.post("/nieuw", **told).status_code == 422  # type: ignore[arg-type]
    assert everybody(served) == before
