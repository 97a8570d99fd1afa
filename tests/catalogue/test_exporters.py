"""What goes out comes back, but for what a written table says; and that table says no more than is true."""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from tests.strategies import activities
from tests.town import activity
from wor_match.catalogue import exporters, importers
from wor_match.catalogue.importers import hsds
from wor_match.domain.catalogue import Organiser
from wor_match.domain.schedule import ZONE, Schedule

PAGE = Path(__file__).parent.parent.parent / "docs" / "formats.md"
WINDOW = datetime(2026, 9, 1, tzinfo=ZONE), datetime(2027, 7, 15, tzinfo=ZONE)
LINDE = Organiser(id="de-linde", name="De Linde", phone="030 000 00 02", website="https://linde.voorbeeld.nl")
STAP = Organiser(id="op-stap", name="Sportclub Op Stap")
SLOT = {"start": "10:00", "end": "12:00"}

both = pytest.mark.parametrize("form", ["hsds", "schema_org"])
every = pytest.mark.parametrize("form", exporters.FORMATS)


def exporter(form: str) -> Any:
    return importlib.import_module(f"wor_match.catalogue.exporters.{form}")


def importer(form: str) -> Any:
    return importlib.import_module(f"wor_match.catalogue.importers.{form}")


def back_from(form: str, *ours: wm.Activity, organisers: Iterable[Organiser] = (LINDE, STAP)) -> importers.Imported:
    found: importers.Imported = importer(form).read(exporter(form).write(ours, organisers))
    return found


def told(one: wm.Activity, lost: Iterable[str]) -> Any:
    """What an activity says: nothing unknown, no row twice, and nothing that is in a table of what is lost."""
    said = one.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for path in lost:
        take_out(said, *re.fullmatch(r"(.+?)(?:\[(\w+)\])?", path).groups())
    return pruned(said)


def take_out(said: Any, path: str, having: str | None) -> None:
    name, _, deeper = path.partition(".")
    inner = said.get(name)
    if not deeper and having:
        said[name] = [row for row in inner or [] if having not in row]
    elif not deeper:
        said.pop(name, None)
    else:
        for one in inner if isinstance(inner, list) else [inner] if inner else []:
            take_out(one, deeper, having)


def pruned(said: Any) -> Any:
    if isinstance(said, dict):
        kept = {name: pruned(part) for name, part in said.items()}
        return {name: part for name, part in kept.items() if part not in (None, {}, [])}
    if isinstance(said, list):
        once = {json.dumps(part, sort_keys=True): part for part in map(pruned, said)}
        return list(once.values())
    return said


def sessions(schedule: Schedule | None) -> set[Any]:
    return set(schedule.occurrences(*WINDOW)) if schedule else set()


def expected_sessions(form: str, schedule: Schedule | None) -> set[Any]:
    """The sessions that must come back: those of the schedule without what the table says is lost."""
    if schedule is None:
        return set()
    if form == "hsds":
        return sessions(schedule.replace(closed=(), cancelled=(), adjusted=(), pauses=()))
    return sessions(schedule.replace(pauses=(), weekly=tuple(row for row in schedule.weekly if not row.weeks)))


@every
@given(said=activities())
def test_what_is_not_in_the_table_comes_back_equal(form: str, said: dict[str, Any]) -> None:
    ours = activity(**{**said, "organiser": "de-linde"})
    (back,) = back_from(form, ours).activities
    lost = exporter(form).LOST
    assert told(back, lost) == told(ours, lost)
    if form != "table":
        assert sessions(back.schedule) == expected_sessions(form, ours.schedule)
    assert back.summary.startswith(" ".join(ours.summary.split()))


@both
def test_the_example_comes_back(form: str, catalogue: wm.Catalogue) -> None:
    found = back_from(form, *catalogue, organisers=catalogue.organisers)
    lost = exporter(form).LOST
    assert [told(one, lost) for one in found.activities] == [told(one, lost) for one in catalogue]
    assert [one.name for one in found.activities] == [one.name for one in catalogue]
    used = {one.organiser for one in catalogue}
    assert set(found.organisers) == {one for one in catalogue.organisers if one.id in used}
    for ours, back in zip(catalogue, found.activities, strict=True):
        assert sessions(back.schedule) == expected_sessions(form, ours.schedule)


FULL = {
    "name": "Koor <b>samen</b>",
    "summary": "Zingen. Bel 030 123 45 67 89.",
    "terms": ["zingen"],
    "serves": {"participation": 3},
    "place": {
        **{"name": "De <i>Linde</i>", "street": "Laan", "number": "3", "city": "Nieuw&amp;gein", "entrance": "achter"},
        **{"postcode": "3431"},
    },
    "schedule": {
        "attend": "all",
        "weekly": [
            {"day": "di", **SLOT, "from": "2026-09-01", "until": "2027-03-31"},
            {"day": "wo", **SLOT, "weeks": "odd"},
        ],
        "monthly": [{"day": "do", "nth": 1, **SLOT, "from": "2026-09-01", "until": "2027-03-31"}],
        "dates": [{"date": "2026-12-11", **SLOT}],
        "extra": [{"date": "2026-12-12", **SLOT}],
        "adjusted": [{"date": "2026-12-13", **SLOT}],
        "closed": [{"from": "2026-12-21", "to": "2027-01-03"}],
        "cancelled": ["2026-11-14"],
        "pauses": ["school_holidays"],
        "region": "midden",
        "on_request": True,
        "from": "2026-10-01",
        "until": "2027-02-28",
    },
    "price": [{"euro": 2, "per": "time", "includes": "maaltijd"}, {"euro": 9, "per": "month", "with": "u-pas"}],
    "asks": ["reading"],
    "aspects": ["music"],
    "group": {"size": 8},
    "level": {"body": "light"},
    "audience": {"advised_age": {"from": 55}, "only": "women", "residents_only": True},
    "support": ["buddy"],
    "host": {"receives_newcomers": True},
    "first_visit": {"trials": 2},
    "entry": {"kind": "drop_in", "wait_weeks": 2},
    "places": {"free": 2},
    "checked_on": "2026-10-30",
    "rechecked": {"price": "2026-11-20"},
    "formerly": ["vroeger"],
    "source": {"format": "table"},
}
HOME = {"organiser": "op-stap", "place": {"at_home": True, "country": "BE"}, "places": {"as_of": "2026-11-01"}}
LOSSES = [(form, path) for form in exporters.FORMATS for path in exporter(form).LOST]


@pytest.mark.parametrize(("form", "path"), LOSSES, ids=[f"{form}:{path}" for form, path in LOSSES])
def test_no_field_is_in_the_table_needlessly(form: str, path: str) -> None:
    others = [one for one in exporter(form).LOST if one != path]
    differ = []
    for said in (FULL, HOME):
        ours = activity(**said)
        (back,) = back_from(form, ours).activities
        differ.append(told(back, others) != told(ours, others))
    assert any(differ)


@both
def test_the_id_the_terms_in_their_order_and_the_organiser_come_back(form: str) -> None:
    ours = activity("koor.de_linde-2", terms=["zingen", "wandelen", "koffie-inloop"][:2], organiser="de-linde")
    found = back_from(form, ours)
    (back,) = found.activities
    assert (back.id, back.terms, back.organiser) == ("koor.de_linde-2", ("zingen", "wandelen"), "de-linde")
    assert found.organisers == (LINDE,)
    assert back.source is not None
    assert {one.match for one in back.source.said} == {"exact"}
    assert not found.problems
    (unknown,) = back_from(form, ours, organisers=()).organisers
    assert (unknown.id, unknown.name) == ("de-linde", "de-linde")


@both
def test_ordinary_words_come_back_as_they_were(form: str) -> None:
    place = {"name": "'t Huis & tuin", "street": "Été 1/2", "city": "'s-Hertogenbosch", "postcode": "5211 AB"}
    ours = activity(name="Koor </script> 5 < 6", summary="Eén zin.\nNog een; “echt”.", place=place)
    (back,) = back_from(form, ours).activities
    assert (back.name, back.summary, back.place) == ("Koor 5 < 6", ours.summary, ours.place)
    assert "</script" not in exporter("schema_org").write([ours])


@both
def test_a_place_that_is_online_keeps_its_name_and_nothing_can_be_walked_to(form: str) -> None:
    ours = activity(place={"online": True, "name": "Beeldbellen"}, access={"hearing_loop": True, "toilet": False})
    (back,) = back_from(form, ours).activities
    assert (back.place, back.access) == (ours.place, ours.access)


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ([{"euro": 2.5, "per": "time"}], [{"euro": 2.5, "per": "time"}]),
        ([{"euro": 0, "per": "time"}], [{"euro": 0, "per": "time"}]),
        ([{"euro": 9, "per": "month"}], []),
        ([{"euro": 0, "per": "time", "with": "u-pas"}], []),
        ([{"euro": 3, "per": "time"}, {"euro": 1, "per": "time", "with": "u-pas"}], [{"euro": 3, "per": "time"}]),
    ],
)
def test_no_price_comes_back_from_schema_org_as_another_one(rows: list[Any], kept: list[Any]) -> None:
    (back,) = back_from("schema_org", activity(price=rows)).activities
    assert list(back.price) == list(activity(price=kept).price)


def test_every_price_comes_back_from_hsds() -> None:
    rows = [{"euro": n, "per": per} for n, per in enumerate(["time", "month", "quarter", "year", "once"])]
    rows += [{"euro": 1, "per": "time", "with": "stadspas"}]
    (back,) = back_from("hsds", activity(price=rows)).activities
    assert back.price == activity(price=rows).price


def test_what_hsds_has_no_field_for_is_written_in_words() -> None:
    (back,) = back_from("hsds", activity(**FULL)).activities
    for words in (
        "Voor wie, volgens de bron: Alleen voor vrouwen. Alleen voor inwoners. Bedoeld vanaf 55 jaar.",
        "Wachttijd, volgens de bron: Ongeveer 2 weken.",
        "Aanmelden, volgens de bron: U kunt binnenlopen.",
        "Op afspraak. Een reeks: kom alle keren. Niet in de schoolvakanties. Niet van 2026-12-21 tot en met 2027-01-03.",
        "Niet op 2026-11-14. Op 2026-12-13 van 10:00 tot 12:00.",
    ):
        assert words in back.summary


@pytest.mark.parametrize(
    "rule",
    [
        {"day": "di", "start": "10:00", "end": "10:00"},
        {"day": "di", "start": "20:00", "end": "24:00"},
        {"day": "di", "start": "22:00", "end": "02:00"},
        {"day": "di", "start": "02:30", "end": "03:30", "until": "2027-03-01"},
        {"day": "zo", **SLOT, "every": 52, "from": "2026-11-30"},
    ],
)
@both
def test_odd_times_come_back(form: str, rule: dict[str, Any]) -> None:
    ours = activity(schedule={"weekly": [rule], "dates": [{"date": "2026-12-09", **{k: rule[k] for k in SLOT}}]})
    (back,) = back_from(form, ours).activities
    assert sessions(back.schedule) == sessions(ours.schedule)


def test_other_times_on_a_day_replace_the_rule_also_at_the_same_start() -> None:
    schedule = {
        "weekly": [{"day": "di", **SLOT}, {"day": "di", "start": "19:00", "end": "20:00"}],
        "adjusted": [{"date": "2026-12-08", "start": "10:00", "end": "11:00"}],
        "cancelled": ["2026-12-15"],
    }
    schedule["adjusted"] += [{"date": "2026-12-22", **SLOT}]
    ours = activity(schedule=schedule)
    (back,) = back_from("schema_org", ours).activities
    assert back.schedule is not None
    assert (back.schedule.adjusted, back.schedule.cancelled) == (ours.schedule.adjusted, ours.schedule.cancelled)
    assert sessions(back.schedule) == sessions(ours.schedule)


def test_a_rule_that_never_meets_is_not_written() -> None:
    never = {"from": "2027-01-01", "weekly": [{"day": "di", **SLOT, "until": "2026-12-01"}]}
    (back,) = back_from("hsds", activity(schedule=never)).activities
    assert back.schedule is None


def test_many_days_and_a_closing_without_end_can_be_read_back() -> None:
    days = [
        {"date": f"{year}-{month:02d}-{day:02d}", **SLOT}
        for year in range(2026, 2029)
        for month in range(1, 13)
        for day in range(1, 28)
    ]
    ours = activity(schedule={"dates": days[:900], "extra": days[:900]})
    for form in exporters.FORMATS:
        assert len(back_from(form, ours).activities) == 1
    shut = activity(
        schedule={"weekly": [{"day": "di", **SLOT}], "closed": [{"from": "2026-12-01", "to": "2100-12-31"}]}
    )
    (back,) = back_from("schema_org", shut).activities
    assert sessions(back.schedule) == sessions(shut.schedule)


@both
@given(text=st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp", "Cf"]), min_size=1, max_size=60))
def test_any_text_is_written_and_read(form: str, text: str) -> None:
    if not text.strip() or text.strip().startswith("<"):
        return
    ours = activity(name=f"Een {text}", summary=text, place={"name": f"Een {text}", "city": f"Een {text}"})
    assert len(back_from(form, ours).activities) == 1


@both
def test_nothing_at_all_is_written_as_well(form: str) -> None:
    found = back_from(form)
    assert not found.activities
    assert [problem.code for problem in found.problems] == ["no-feed"]


def test_somebody_else_cannot_name_a_term_that_we_do_not_have() -> None:
    attributes = [{"taxonomy_term": {"code": "zwaardslikken", "name": "Zwaardslikken", "taxonomy": "wor-match"}}]
    found = hsds.read(
        json.dumps({"id": "urn:wor-match:Koor!", "name": "x", "status": "active", "attributes": attributes})
    )
    assert found.activities[0].terms == ()
    assert found.activities[0].id.startswith("hsds-urn-wor-match-koor-")


@every
def test_the_page_shows_the_table_of_what_is_lost(form: str) -> None:
    assert exporters.as_table(exporter(form).LOST) in PAGE.read_text(encoding="utf-8")


def test_the_page_names_every_format() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for form in (*importers.FORMATS, *exporters.FORMATS):
        if importlib.util.find_spec(f"wor_match.catalogue.importers.{form}"):
            assert f"`{form}`" in text
