"""The example host when something around it breaks: a full disk, a row that cannot be read, a model that is no file."""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

import wor_match as wm
from tests.examples.serving import DAY, ROOT, Served

pytest.importorskip("fastapi")
TALK = {"kind": "contacted", "at": f"{DAY}T10:00:00+01:00"}
LEARN = [sys.executable, "-m", "examples.coaching_system.learn"]


@contextmanager
def full_disk(served: Served) -> Iterator[None]:
    """No file of the service may grow any more."""
    most = max(file.stat().st_size for file in served.folder.iterdir())
    before = resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, before)


def test_a_full_disk_loses_nothing_that_was_acknowledged_and_says_what_to_do(served: Served) -> None:
    name = served.welcome(likes=["samen-koken"])
    acknowledged, refused = [], []
    with full_disk(served):
        for number in range(400):
            told = [{**TALK, "event_id": f"{name}-{number}-{at}"} for at in range(20)]
            answer = served.client.post(f"/api/people/{name}/events", json=told)
            (acknowledged if answer.status_code == 201 else refused).append((told, answer))
            if len(refused) > 2:
                break
        newcomers = [served.client.post("/api/people", json={"likes": ["samen-koken"]}) for _ in range(60)]
    assert {answer.status_code for _, answer in refused} == {500}
    assert all("disk" in answer.json()["error"] for _, answer in refused)
    failed = [one for one in newcomers if one.status_code != 201]
    assert failed
    assert all("disk" in one.json()["error"] for one in failed), failed[0].json()
    there = {one["event_id"] for one in served.client.get(f"/api/people/{name}").json()["events"]}
    assert {one["event_id"] for told, _ in acknowledged for one in told} <= there
    assert {one["event_id"] for told, _ in refused for one in told}.isdisjoint(there)
    assert served.client.post(f"/api/people/{name}/events", json=refused[0][0]).json()["new"] == 20
    assert "Traceback" not in served.log
    with wm.Journal(served.journal) as journal:
        assert journal.damaged() == ()


def test_a_night_on_a_full_disk_leaves_the_model_of_yesterday(served: Served) -> None:
    model, environment = served.folder / "model.json", served.environment
    subprocess.run(LEARN, cwd=ROOT, env=environment, check=True, capture_output=True)
    before = model.read_bytes()
    told = subprocess.run(
        [sys.executable, "-c", FULL], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    assert len(told.stderr.splitlines()) == 1
    assert model.read_bytes() == before


FULL = (
    "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); "
    "from examples.coaching_system.learn import main; sys.exit(main())"
)


@pytest.mark.parametrize("row", ['{"id": "ID", "likes": ["iets-van-later"]}', '{"id": "ID", "later": 1}'])
def test_what_another_version_kept_is_given_out_and_can_be_erased(served: Served, row: str) -> None:
    name = served.welcome(likes=["samen-koken"])
    kept = json.loads(row.replace("ID", name))
    change(served, name, json.dumps(kept))
    page, told = served.client.get(f"/deelnemers/{name}"), served.client.get(f"/api/people/{name}/advice")
    assert (page.status_code, told.status_code) == (500, 500)
    assert "Vraag de beheerder" in page.text
    assert name in told.json()["error"]
    assert told.json()["error"] in served.log, "who is asked for help can see why"
    assert "iets-van-later" not in told.text + page.text + served.log
    assert served.client.get(f"/api/people/{name}").json()["participant"] == kept
    assert served.client.get(f"/deelnemers/{name}/wissen").status_code == 200
    assert "Alles is gewist" in served.client.post(f"/deelnemers/{name}/wissen").text
    assert served.client.get(f"/api/people/{name}").status_code == 404


def change(served: Served, name: str, row: str) -> None:
    """Let something else stand in the file of people."""
    with closing(sqlite3.connect(served.folder / "people.db")) as opened, opened:
        opened.execute("update people set told = ? where id = ?", (row, name))


def test_a_name_that_is_no_pseudonym_is_refused_and_not_a_fault_of_the_journal(served: Served) -> None:
    for name in ("%20", "%00", "%C3%A9", "a" * 200):
        assert served.client.delete(f"/api/people/{name}").status_code == 422
        assert served.client.post(f"/deelnemers/{name}/wissen").status_code == 422


def test_who_was_erased_while_a_page_stood_open_is_told_so_and_nothing_comes_back(served: Served) -> None:
    name = served.welcome(likes=["samen-koken"])
    form = served.form(f"/deelnemers/{name}", agreed="learning")
    with wm.Journal(served.journal) as journal:  # the service was killed between journal and people
        journal.erase(name)
    answer = served.client.post(f"/deelnemers/{name}/toestemming", data=form)
    assert answer.status_code == 409
    assert "gewist" in answer.text
    served.client.post(f"/deelnemers/{name}/wissen")
    assert served.client.get(f"/deelnemers/{name}").status_code == 404


def waited(until: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Whether something came true in time."""
    end = time.monotonic() + seconds
    while not until():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize("made", [Path.mkdir, lambda path: path.symlink_to(path.name)], ids=["a folder", "a circle"])
def test_whatever_stands_in_place_of_a_model_the_next_one_is_taken_over(
    tmp_path: Path, made: Callable[[Path], None]
) -> None:
    served = Served(tmp_path / "data")
    model = served.folder / "model.json"
    try:
        before = served.client.get("/api/health").json()
        made(model)
        time.sleep(2.5)
        assert served.client.get("/api/health").json() == before
        model.rmdir() if model.is_dir() else model.unlink()
        subprocess.run(LEARN, cwd=ROOT, env=served.environment, check=True, capture_output=True)
        assert waited(lambda: "a new model was taken over" in served.log)
        assert "Traceback" not in served.log
    finally:
        served.end()


def test_no_fault_ends_the_looking_for_a_new_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from examples.coaching_system.office import Office
    from examples.coaching_system.settings import Place

    office = Office(Place.of({"COACHING_FOLDER": str(tmp_path / "data")}))
    matcher = office.matcher

    def breaks(*_: object) -> None:
        raise MemoryError(CANARY)

    office.place.model.write_text("{}")
    monkeypatch.setattr(wm.Matcher, "load", breaks)
    assert office.take_over() is True
    assert office.matcher is matcher
    assert office.take_over() is False, "it is not read again every second"


CANARY = "kanarie-7f3a"


def test_a_full_disk_under_the_file_of_people_is_told_as_one(tmp_path: Path) -> None:
    told = (
        "import resource, sys, pathlib; import wor_match as wm; from examples.coaching_system.people import People; "
        "people = People(pathlib.Path(sys.argv[1])); resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)); "
        "[people.add(wm.Participant(id=f'p{at}')) for at in range(10_000)]"
    )
    done = subprocess.run(
        [sys.executable, "-c", told, str(tmp_path / "people.db")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "the disk with the file of people is full" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "told", "said"),
    [
        ("COACHING_CATALOGUE", "nergens", "one of: aalsmeer"),
        ("COACHING_REGION", "nergens", "one of: amstelland"),
        ("COACHING_JOURNAL", "mysql://geheim@x", "postgresql://name@host/database"),
        ("COACHING_FOLDER", "/proc/nergens", "/proc/nergens"),
        ("COACHING_DAY", "gisteren", "COACHING_DAY in the environment cannot be read; give a day"),
        ("COACHING_WAIT", "veel", "COACHING_WAIT in the environment cannot be read; give a number of seconds"),
        ("COACHING_PORT", "tachtig", "COACHING_PORT in the environment cannot be read; give a number"),
    ],
)
def test_what_cannot_be_started_is_told_in_one_sentence(
    name: str, told: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from examples.coaching_system.__main__ import main

    monkeypatch.setenv("COACHING_FOLDER", str(tmp_path / "data"))
    monkeypatch.setenv(name, told)
    monkeypatch.setattr("uvicorn.run", lambda *_, **__: pytest.fail("it started"))
    assert main() == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert "geheim" not in line


def test_names_of_the_service_may_stand_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    from examples.coaching_system.settings import Place

    told = Place.of({"COACHING_HOSTS": "coaching.example, localhost ", "COACHING_DAY": "", "COACHING_PORT": ""})
    assert (told.hosts, told.day, told.port) == (("coaching.example", "localhost"), None, 8000)
