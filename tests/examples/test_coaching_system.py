"""The example host asked by a real client: the whole way of somebody, what is refused, and a model that comes meanwhile."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx
import pytest

import wor_match as wm
from tests.examples.serving import DAY, ROOT, Served
from wor_match.demo import DEMO_DAY, invented_history

CANARY = "kanarie-7f3a"
WISH = {"likes": ["samen-koken"], "focus": ["participation"], "place": {"postcode": "3431"}}
FORM = {"likes": "samen-koken", "focus": "participation", "place.postcode": "3431", "agreed": ["learning", "follow_up"]}
SECONDS_TO_TAKE_OVER = 30.0


def test_a_copy_of_the_folder_starts_under_its_own_name(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "coaching_system", tmp_path / "coaching_system")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COACHING_FOLDER": str(tmp_path), "COACHING_PORT": "none"}
    command = [sys.executable, "-m", "coaching_system"]
    told = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (
        told.stderr == "COACHING_PORT in the environment cannot be read; give a number, such as 8000 [out-of-range]\n"
    )


def test_somebody_goes_the_whole_way(served: Served) -> None:
    ask = served.client
    came = ask.post("/nieuw", data=served.form(**FORM))
    assert came.status_code == 303
    address = came.headers["location"].split("?")[0]
    name = address.rsplit("/", 1)[1]
    page = ask.get(address).text
    assert "Kies samen een activiteit." in ask.get("/").text
    assert "1. Kookgroep De Linde" in page
    chosen = served.form(address, activity="kookgroep-de-linde", by="participant")
    for _ in range(2):  # a button that is pressed twice
        assert ask.post(f"{address}/keuze", data=chosen).headers["location"] == f"{address}?vastgelegd=1"
    assert "Stel de deelnemer voor" in ask.get("/").text
    (told,) = ask.get("/api/due").json()
    assert (told["person"], told["what"], told["activities"]) == (name, "handover", ["kookgroep-de-linde"])
    assert told["sentence"] in ask.get("/").text
    step = served.form(address, what="there", activity="kookgroep-de-linde", on=DAY)
    assert ask.post(f"{address}/stap", data=step).status_code == 303
    answers = {"shown_at": step["shown_at"], "welcome": "5", "again": "yes", "room": ""}
    assert ask.post(f"{address}/vragen/first_visit/kookgroep-de-linde", data=answers).status_code == 303
    kept = ask.get(f"/api/people/{name}").json()
    kinds = [event["kind"] for event in kept["events"]]
    assert sorted(kinds) == [*["advised", "chosen"], *["consented"] * 3, "intake", *["visited"] * 2]
    assert {event["purpose"]: event["given"] for event in kept["events"] if event["kind"] == "consented"} == {
        "learning": True, "follow_up": True, "feedback": False,
    }  # fmt: skip
    assert kept["participant"]["likes"] == ["samen-koken"]
    assert "Er geweest: Kookgroep De Linde" in ask.get(address).text
    card = ask.get(f"{address}/kaart").text
    assert "Kookgroep De Linde" in card
    assert "punten" not in card
    assert "Alles is gewist" in ask.post(f"{address}/wissen", data={}).text
    assert ask.get(address).status_code == ask.get(f"/api/people/{name}").status_code == 404
    with wm.Journal(served.journal) as journal:
        assert journal.read(name) == ()
    assert not any(name.encode() in file.read_bytes() for file in served.folder.iterdir())
    assert ask.delete(f"/api/people/{name}").status_code == 200, "to ask it again is harmless"


def test_a_page_of_an_older_advice_is_refused_and_so_is_a_choice_of_nothing_and_something(served: Served) -> None:
    address = f"/deelnemers/{served.welcome(**WISH)}"
    told = served.form(address, by="together")
    for wrong, status in (
        ({"decision": "0" * 32, "activity": "kookgroep-de-linde"}, 409),
        ({"activity": "kookgroep-de-linde", "nothing": "1"}, 422),
        ({"nothing": ""}, 422),
        ({"activity": "kookgroep-de-linde", "by": "coach"}, 422),
        ({"activity": CANARY}, 422),
    ):
        answer = served.client.post(f"{address}/keuze", data=told | wrong)
        assert answer.status_code == status, wrong
        assert CANARY not in answer.text
        assert "[refused]" not in answer.text, "a coach reads no code"
    assert served.client.post(f"{address}/keuze", data=told | {"nothing": "1"}).status_code == 303
    assert "Nu niets gekozen" in served.client.get(address).text


BAD_PEOPLE = [
    {"likes": [CANARY]}, {"place": {"postcode": CANARY}}, {"age": CANARY}, {"budget": CANARY}, {"id": "p1"},
    {"free": [CANARY]}, {"spider_web": {"scores": {"participation": CANARY}}}, {"focus": [CANARY]}, [CANARY], CANARY,
]  # fmt: skip


@pytest.mark.parametrize("told", BAD_PEOPLE, ids=str)
def test_what_cannot_be_read_is_told_without_what_was_told(served: Served, told: object) -> None:
    for way in ("/api/advice", "/api/people"):
        answer = served.client.post(way, json=told)
        assert answer.status_code == 422
        assert CANARY not in answer.text
        assert len(answer.json()["error"]) > 20
    assert CANARY not in served.log


def test_a_body_that_is_no_json_or_too_large_is_refused(served: Served) -> None:
    for body, status in ((f'{{"likes": {CANARY}', 422), ('{"age": NaN}', 422), ('{"age": 1, "age": 2}', 422),
                         (b"\xff", 422), ("[" * 100_000, 422), (" " * 200_001, 413)):  # fmt: skip
        answer = served.client.post("/api/advice", content=body)
        assert answer.status_code == status
        assert CANARY not in answer.text
        assert status == 413 or answer.json()["code"] == "no-json"


def test_the_form_comes_back_with_what_to_do(served: Served) -> None:
    answer = served.client.post("/nieuw", data=served.form(**{**FORM, "place.postcode": CANARY[:10], "age": "oud"}))
    assert answer.status_code == 422
    assert "Vul vier cijfers in, zoals 3431." in answer.text
    assert "Vul hele jaren in, zoals 67." in answer.text
    assert re.search(r'value="samen-koken"[^>]*checked|checked[^>]*value="samen-koken"', answer.text), "it is kept"
    without_fields = re.sub(r'value="[^"]*"', "", answer.text)
    assert CANARY[:10] not in without_fields
    assert CANARY[:10] not in served.log


def test_events_of_somebody_else_or_of_no_kind_are_refused_and_the_same_twice_is_one(served: Served) -> None:
    name = served.welcome(**WISH)
    visit = {"kind": "visited", "activity": "kookgroep-de-linde", "attended": True, "at": f"{DAY}T10:00:00+01:00"}
    for wrong in ({**visit, "person": "p-other"}, {**visit, "kind": CANARY}, {**visit, "attended": CANARY}, CANARY,
                  {**visit, "at": "2029-01-01T10:00:00Z"}):  # fmt: skip
        answer = served.client.post(f"/api/people/{name}/events", json=[visit, wrong])
        assert answer.status_code == 422
        assert CANARY not in answer.text
    assert len(served.client.get(f"/api/people/{name}").json()["events"]) == 1, "all or nothing"
    told = [served.client.post(f"/api/people/{name}/events", json=[visit]) for _ in range(2)]
    assert [one.status_code for one in told] == [201, 201]
    assert [one.json()["new"] for one in told] == [1, 0]
    assert served.client.post("/api/people/p-nobody/events", json=[visit]).status_code == 404


def test_what_was_told_of_one_cannot_be_taken_back_at_the_address_of_another(served: Served) -> None:
    one, other = served.welcome(**WISH), served.welcome(**WISH)
    talk = served.client.get(f"/api/people/{one}").json()["events"][0]["event_id"]
    back = {"kind": "withdrawn", "takes_back": talk, "at": f"{DAY}T23:00:00+01:00"}
    told = [served.client.post(f"/api/people/{name}/events", json=[back]).status_code for name in (other, one)]
    assert told == [422, 201]


def test_a_page_shows_what_holds_and_not_what_was_taken_back_or_corrected(served: Served) -> None:
    name = served.welcome(**WISH)
    visit = {"kind": "visited", "activity": "kookgroep-de-linde", "attended": True, "at": f"{DAY}T10:00:00+01:00"}
    called = {"kind": "contacted", "event_id": f"{name}-called", "at": f"{DAY}T11:00:00+01:00"}
    told = [visit | {"event_id": f"{name}-visit"}, called]
    inside = visit | {"event_id": f"{name}-right", "attended": False, "person": name, "source": "coach"}
    later = {"at": f"{DAY}T12:00:00+01:00"}
    mended = [
        {"kind": "corrected", "replaces": f"{name}-visit", "event": inside, **later},
        {"kind": "withdrawn", "takes_back": f"{name}-called", **later},
    ]
    for events in (told, mended):
        served.client.post(f"/api/people/{name}/events", json=events).raise_for_status()
    so_far = served.client.get(f"/deelnemers/{name}").text.partition('id="tot-nu-toe"')[2].partition("</section>")[0]
    assert "Er niet geweest: Kookgroep De Linde." in so_far
    assert "Er geweest" not in so_far
    assert "Gebeld of gesproken" not in so_far


def test_when_safety_comes_first_nothing_can_be_chosen(served: Served) -> None:
    address = f"/deelnemers/{served.welcome(**WISH, circumstances={'safety': 'first'})}"
    page = served.client.get(address).text
    assert "Wat kiest de deelnemer?" not in page
    told = served.form(address, activity="kookgroep-de-linde", by="together")
    assert served.client.post(f"{address}/keuze", data=told).status_code in (409, 422)


def test_a_busy_journal_is_503_and_nothing_is_half_done(served: Served) -> None:
    before, form = served.client.get("/").text, served.form(**FORM)
    with closing(sqlite3.connect(served.folder / "journal.db", isolation_level=None)) as other:
        other.execute("begin exclusive")
        answer = served.client.post("/api/people", json=WISH)
        page = served.client.post("/nieuw", data=form)
    assert (answer.status_code, page.status_code) == (503, 503)
    assert answer.json()["code"] == "journal-busy"
    assert "journal-busy" not in answer.json()["error"] + page.text
    assert int(answer.headers["retry-after"]) > 0
    assert "Probeer het zo nog eens." in page.text
    assert served.client.get("/").text == before, "who could not be written down is not kept either"


def test_a_file_of_people_that_broke_is_told_and_no_answer_stands_in_the_log(served: Served) -> None:
    name, file = served.welcome(**WISH), served.folder / "people.db"
    whole = file.read_bytes()
    file.write_bytes(b"this is no database" * 400)
    told, page = served.client.get(f"/api/people/{name}"), served.client.get(f"/deelnemers/{name}")
    file.write_bytes(whole)
    assert (told.status_code, page.status_code) == (500, 500)
    assert "put back its latest backup" in told.json()["error"]
    assert "Vraag de beheerder" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "Traceback" not in served.log
    assert served.client.get(f"/api/people/{name}").status_code == 200


def test_every_answer_is_private_and_no_other_site_may_write(served: Served) -> None:
    for way in ("/", "/nieuw", "/api/health", "/niets", "/deelnemers/p-nobody"):
        headers = served.client.get(way).headers
        assert headers["cache-control"] == "no-store"
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["x-content-type-options"] == "nosniff"
    for elsewhere in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {"origin": "null"}):
        assert served.client.post("/nieuw", data=FORM, headers=elsewhere).status_code == 403
    assert served.client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert not re.search(r'(?:src|href)="https?:', served.client.get("/nieuw").text)


def test_it_learns_while_it_serves(served: Served, figure: Callable[[str], None]) -> None:
    matcher = wm.Matcher(wm.load_catalogue("nieuwegein"))
    with wm.Journal(served.journal) as journal:
        journal.append(invented_history(matcher))
    before, model = served.client.post("/api/advice", json=WISH).json(), served.folder / "model.json"
    answers: list[tuple[int, str]] = []
    done = threading.Event()

    def ask() -> None:
        with httpx.Client(base_url=served.url, timeout=30.0) as client:
            while not done.is_set():
                answer = client.post("/api/advice", json=WISH)
                answers.append((answer.status_code, answer.json()["model"]))
                time.sleep(0.005)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        command = [sys.executable, "-m", "examples.coaching_system.learn"]
        told = subprocess.run(command, cwd=ROOT, env=served.environment, capture_output=True, text=True, check=True)
        learned = wm.Matcher.load(model, matcher.catalogue)
        new = learned.knowledge.digest[:32]
        assert waited(lambda: served.client.get("/api/health").json()["model"] == new)
    finally:
        done.set()
        asking.join()
    after = served.client.post("/api/advice", json=WISH).json()
    assert told.stdout.startswith("Geleerd uit 300 ervaringen")
    assert {status for status, _ in answers} == {200}
    assert {digest for _, digest in answers} == {before["model"], new}
    ours = learned.recommend(wm.Participant(id="p1", **WISH), at=DEMO_DAY)
    assert [one["chance"] for one in after["ideas"]] == [one.chance for one in ours]
    assert after["ideas"] != before["ideas"]
    figure(f"the example host learned while it served: 0 of {len(answers):,} requests failed")
    model.write_text(json.dumps({"format": CANARY}), encoding="utf-8")
    assert waited(lambda: "the model stays as it was" in served.log)
    assert served.client.get("/api/health").json()["model"] == new, "a broken file leaves all as it was"


def waited(until: Callable[[], bool]) -> bool:
    """Whether something came true in time."""
    end = time.monotonic() + SECONDS_TO_TAKE_OVER
    while not until():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
