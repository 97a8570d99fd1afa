"""The example host with a long history: the first page reads the journal once for as long as nothing happens."""

from __future__ import annotations

from collections.abc import Iterator
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
        self.whole += person is None
        return super().read(person)


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
    first = office.due()
    assert len(first) > 50
    assert all(office.due() is first for _ in range(3))
    assert office.journal.whole == 1
    office.journal.append([told("contacted", first[0].person)])
    assert office.due() == due_anew(office) != first
    with wm.Journal(office.place.journal) as elsewhere:
        elsewhere.append([told("contacted", first[-1].person)])
    assert office.due() == due_anew(office)


def test_who_is_erased_is_remembered_by_no_list(office: Any) -> None:
    who = office.due()[0].person
    office.erase(who)
    assert office._due is None, "not in memory either"
    assert all(one.person != who for one in office.due())


def test_another_day_is_another_list(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    first = office.due()
    office.place = replace(office.place, day=date(2027, 3, 1))
    assert office.due() == due_anew(office) != first


def test_who_is_restricted_or_takes_consent_back_is_in_the_list_as_the_journal_has_it(office: Any) -> None:
    asked = next(one for one in office.due() if one.what in ("first_visit_call", "week_4", "month_3"))
    office.journal.append([told("consented", asked.person, purpose="follow_up", given=False)])
    assert asked not in office.due()
    office.journal.restrict(asked.person)
    assert office.due() == due_anew(office)


def told(kind: str, person: str, **fields: Any) -> Any:
    """One event of that day."""
    from examples.coaching_system import happened

    return happened.event(person, {"kind": kind, "at": f"{DAY}T00:30:00+01:00", **fields}, DAY)


def due_anew(office: Any) -> tuple[pathway.Due, ...]:
    """What is due, from the journal itself."""
    return tuple(pathway.due(office.journal, office.place.now().date(), office.region))


def test_the_first_page_shows_no_more_than_somebody_looks_through(office: Any) -> None:
    from examples.coaching_system.pages import MOST, today_page

    few = today_page(office.due()[:3], ["p-bbbbbbbbbb"], office.matcher.catalogue)
    many = today_page(office.due(), [f"p{at}" for at in range(10_000)], office.matcher.catalogue)
    assert "p-bbbbbbbbbb" in few
    assert many.count("<li") == MOST
    assert f"Dit zijn de eerste {MOST} van {len(office.due())}." in many
    assert "Alle deelnemers: 10000" in many


def test_somebody_is_found_by_their_code(served: Any) -> None:
    name = served.welcome(likes=["samen-koken"])
    assert served.client.get("/deelnemers", params={"code": f" {name} "}).headers["location"] == f"/deelnemers/{name}"
    for code in ("", "p-nobody", "//evil.example", "\r\nset-cookie: a=b"):
        answer = served.client.get("/deelnemers", params={"code": code})
        assert answer.status_code == 404
        assert {"location", "set-cookie"}.isdisjoint(answer.headers)
