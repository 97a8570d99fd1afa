"""The example host with a long history: the first page reads the journal once, and waits for no longer than it should."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import wor_match as wm
from wor_match import pathway
from wor_match.pathway.invented import invented

pytest.importorskip("fastapi")
DAY, N = date(2026, 11, 23), 120


class Counted(wm.Journal):
    """A journal that counts how often the whole of it is read."""

    whole = 0

    def read(self, person: str | None = None) -> Any:
        """The events."""
        found = super().read(person)
        if person is None:
            self.whole += 1
            self.wait()
        return found

    @staticmethod
    def wait() -> None:
        """What a long history takes."""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    from examples.coaching_system.office import Office
    from examples.coaching_system.settings import Place

    monkeypatch.setattr(wm, "Journal", Counted)
    made = Office(Place.of({"COACHING_FOLDER": str(tmp_path / "data"), "COACHING_DAY": f"{DAY}"}))
    made.journal.append([one for one in invented(pathway.load_profile("national"), N) if one.at.date() <= DAY])
    yield made
    made.journal.close()


def test_what_is_due_is_read_once_until_something_happens(office: Any) -> None:
    first = now(office)
    assert len(first) > 50
    assert all(now(office) is first for _ in range(3))
    assert office.journal.whole == 1
    office.journal.append([told("contacted", first[0].person)])
    assert now(office) == due_anew(office) != first
    with wm.Journal(office.place.journal) as elsewhere:
        elsewhere.append([told("contacted", first[-1].person)])
    assert now(office) == due_anew(office)


def test_a_page_does_not_wait_for_a_long_history_and_says_that_its_list_is_of_before(
    office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, go_on = now(office), threading.Event()
    monkeypatch.setattr(Counted, "wait", go_on.wait)
    office.journal.append([told("contacted", first[0].person)])
    assert office.due(0.05) == (first, False), "the list of before"
    assert office.due(0.05) == (first, False), "and it is made once"
    go_on.set()
    assert now(office) == due_anew(office) != first
    assert office.journal.whole == 3  # first, after the event, and the one of this test
    assert office.due(0.05) == (now(office), True)


def test_what_was_written_while_a_list_was_made_is_in_the_next_answer(
    office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, read, go_on = now(office), threading.Event(), threading.Event()
    monkeypatch.setattr(Counted, "wait", lambda _: read.set() or go_on.wait())
    office.journal.append([told("contacted", first[-1].person)])
    office.due(0.05)
    assert read.wait(30), "a list is being made, of the journal as it was"
    office.journal.append([told("contacted", first[0].person)])
    threading.Timer(0.1, go_on.set).start()
    assert now(office) == due_anew(office)


def test_a_journal_that_is_busy_is_told_and_the_next_time_it_is_read(
    office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_: object) -> None:
        raise wm.BusyError("busy")

    with monkeypatch.context() as broken:
        broken.setattr(Counted, "wait", busy)
        with pytest.raises(wm.BusyError):
            office.due()
    assert now(office) == due_anew(office)


def test_who_is_erased_is_in_no_list_also_when_one_is_being_made(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first, go_on = now(office), threading.Event()
    who = first[0].person
    monkeypatch.setattr(Counted, "wait", go_on.wait)
    office.journal.append([told("contacted", first[-1].person)])
    office.due(0.05)
    office.erase(who)
    assert office.waiting._made is None, "it is not in memory either"
    go_on.set()
    assert all(one.person != who for one in now(office))
    assert now(office) == due_anew(office)


def test_another_day_is_another_list(office: Any) -> None:
    first = now(office)
    office.place = replace(office.place, day=date(2027, 3, 1))
    assert now(office) == due_anew(office) != first


def test_who_is_restricted_or_takes_consent_back_is_in_the_list_as_the_journal_has_it(office: Any) -> None:
    asked = next(one for one in now(office) if one.what in ("first_visit_call", "week_4", "month_3"))
    office.journal.append([told("consented", asked.person, purpose="follow_up", given=False)])
    assert asked not in now(office)
    office.journal.restrict(asked.person)
    assert now(office) == due_anew(office)


def now(office: Any) -> tuple[pathway.Due, ...]:
    """What is due, as long as it takes."""
    found, of_now = office.due()
    assert of_now
    return found  # type: ignore[no-any-return]


def told(kind: str, person: str, **fields: Any) -> Any:
    """One event of that day."""
    from examples.coaching_system import happened

    return happened.event(person, {"kind": kind, "at": f"{DAY}T00:30:00+01:00", **fields}, DAY)


def due_anew(office: Any) -> tuple[pathway.Due, ...]:
    """What is due, from the journal itself."""
    return tuple(pathway.due(office.journal, office.place.now().date(), office.region))


def test_the_first_page_shows_no_more_than_somebody_looks_through(office: Any) -> None:
    from examples.coaching_system.pages import BEHIND, MOST, today_page

    few = today_page(now(office)[:3], ["p-bbbbbbbbbb"], office.matcher.catalogue)
    many = today_page(now(office), [f"p{at}" for at in range(10_000)], office.matcher.catalogue)
    assert "p-bbbbbbbbbb" in few
    assert BEHIND not in few
    assert BEHIND in today_page([], [], office.matcher.catalogue, of_now=False)
    assert many.count("<li") == MOST
    assert f"Dit zijn de eerste {MOST} van {len(now(office))}." in many
    assert "Alle deelnemers: 10000" in many


def test_somebody_is_found_by_their_code(served: Any) -> None:
    name = served.welcome(likes=["samen-koken"])
    assert served.client.get("/deelnemers", params={"code": f" {name} "}).headers["location"] == f"/deelnemers/{name}"
    for code in ("", "p-nobody", "//evil.example", "\r\nset-cookie: a=b"):
        answer = served.client.get("/deelnemers", params={"code": code})
        assert answer.status_code == 404
        assert {"location", "set-cookie"}.isdisjoint(answer.headers)
