"""schema.org in web pages: what a browser would call a block of JSON-LD is read, and nothing else; nothing is loaded."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import wor_match as wm
from wor_match.catalogue.importers import Imported, schema_org
from wor_match.domain.schedule import ZONE

DATA = Path(__file__).parent.parent / "data"
EVENT = {"@context": "https://schema.org", "@type": "Event", "name": "Koor"}
OPEN = '<script type="application/ld+json">'


def block(value: Any, opened: str = OPEN) -> str:
    return f"{opened}\n{value if isinstance(value, str) else json.dumps(value)}\n</script>"


def page(*parts: str) -> str:
    return "\n".join(["<!doctype html>", "<html><body>", *parts, "</body></html>"])


def names(found: Imported) -> list[str]:
    return [one.name for one in found.activities]


def sessions(activity: wm.Activity, first: date, last: date) -> list[str]:
    assert activity.schedule is not None
    window = (datetime(one.year, one.month, one.day, tzinfo=ZONE) for one in (first, last + timedelta(days=1)))
    return [f"{one.start:%Y-%m-%d %H:%M}-{one.end:%H:%M}" for one in activity.schedule.occurrences(*window)]


def test_the_published_examples_meet_when_they_say() -> None:
    found = schema_org.read(DATA / "schemaorg-schedules.html")
    tai_chi, meetup, ten = found.activities
    wednesdays = [date(2017, 1, 4) + timedelta(weeks=n) for n in range(52)]
    assert sessions(tai_chi, date(2016, 12, 1), date(2018, 2, 1)) == [f"{on} 20:00-21:00" for on in wednesdays]
    assert sessions(meetup, date(2017, 6, 1), date(2017, 7, 31)) == [
        f"2017-{on} 14:00-15:00" for on in ("06-01", "06-15", "07-01", "07-15")
    ]
    in_a_row = [date(2016, 12, 24) + timedelta(days=n) for n in range(10)]
    assert sessions(ten, date(2016, 11, 1), date(2017, 3, 1)) == [f"{on} 10:00-11:00" for on in in_a_row]
    assert {problem.code for problem in found.problems} == {"zone"}


def test_the_id_of_an_event_is_its_address_else_made_from_its_name() -> None:
    told = [{**EVENT, "@id": "https://x.test/e/7"}, {**EVENT, "url": "https://x.test/e/8"}, EVENT]
    ids = [one.id for one in schema_org.read(json.dumps(told)).activities]
    assert ids[:2] == ["schema-org-7", "schema-org-8"]
    assert ids[2].startswith("schema-org-koor-")


@pytest.mark.parametrize(
    "opened",
    [
        OPEN,
        "<SCRIPT TYPE='Application/LD+JSON'>",
        "<script type=application/ld+json>",
        '<script id="a>b" type="application/ld+json" data-x>',
        '<script type="application/ld&#43;json">',
        '<script type="application/ld+json; charset=utf-8">',
        '<script\n  async\n  type = "application/ld+json"\n>',
    ],
)
def test_a_block_is_found_however_its_tag_is_written(opened: str) -> None:
    found = schema_org.read(page(block(EVENT, opened)))
    assert names(found) == ["Koor"]
    assert not found.problems


@pytest.mark.parametrize("odd", ["<![>", "<![] html>", "<![octype x>", "<![CDATA[een]]>", "<![if !IE]>"])
def test_a_section_that_is_no_html_hides_nothing_after_it(odd: str) -> None:
    """Browsers pass over it as over a comment."""
    found = schema_org.read(page(odd, block(EVENT)))
    assert names(found) == ["Koor"]
    assert not found.problems


@pytest.mark.parametrize(
    "around",
    [
        "<!-- {} -->",
        "<!-- een > en dan {} -->",
        "<style>{}</style>",
        "<script>var x = '{}</scr'</script>",
        "<!-- {}",
        "<p title='{}'>x</p>",
    ],
)
def test_a_block_that_a_browser_would_not_see_is_not_read(around: str) -> None:
    hidden = block({**EVENT, "name": "Verborgen"})
    if "<script>" in around:
        hidden = hidden.replace("</script>", "")
    found = schema_org.read(page(block(EVENT), around.replace("{}", hidden)))
    assert names(found) == ["Koor"]
    assert not found.problems


@pytest.mark.parametrize(
    "opened",
    [
        "<script>",
        '<script type="application/json">',
        '<script type="text/javascript">',
        '<script data-type="application/ld+json">',
        '<script type="text/plain" type="application/ld+json">',
        '<div type="application/ld+json">',
    ],
)
def test_another_kind_of_script_is_not_read_and_a_page_without_events_is_one_problem(opened: str) -> None:
    found = schema_org.read(page(block(EVENT, opened)))
    assert found.activities == ()
    assert [problem.code for problem in found.problems] == ["no-feed"]


def test_broken_json_in_one_of_two_blocks_is_told_with_its_line() -> None:
    found = schema_org.read(page("<p>a\nb</p>", block('{"@type": "Event",\n "name": }'), block(EVENT)))
    assert names(found) == ["Koor"]
    (problem,) = found.problems
    assert (problem.code, problem.line, problem.column) == ("no-json", 7, 10)
    assert page("<p>a\nb</p>", block('{"@type": "Event",\n "name": }')).splitlines()[6] == ' "name": }'


def test_a_less_than_sign_in_the_text_hides_nothing() -> None:
    found = schema_org.read(page("<p>5 < 6 en <3 </p>", "</>", "<?php x ?>", block({**EVENT, "name": "a < b"})))
    assert names(found) == ["a < b"]


def test_an_unclosed_block_lasts_to_the_end() -> None:
    assert names(schema_org.read(f"<p>{OPEN}{json.dumps(EVENT)}")) == ["Koor"]


@pytest.mark.parametrize(
    "value",
    [
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"}, EVENT]},
        {"@graph": {"@graph": [EVENT]}},
        [EVENT],
        [[EVENT], {"@type": "Place", "name": "x"}],
        {**EVENT, "@type": ["Thing", "Event"]},
        {**EVENT, "@type": ["https://schema.org/SportsEvent"]},
        {**EVENT, "@type": "http://schema.org/SportsEvent"},
        {**EVENT, "@type": "schema:MusicEvent"},
        {**EVENT, "@type": "Course"},
    ],
)
def test_events_are_found_in_lists_graphs_and_under_several_types(value: Any) -> None:
    for source in (json.dumps(value), page(block(value))):
        found = schema_org.read(source)
        assert names(found) == ["Koor"]
        assert not found.problems


def test_events_keep_the_order_of_the_page() -> None:
    told = [[{**EVENT, "name": "a"}, {"@graph": [{**EVENT, "name": "b"}]}], {**EVENT, "name": "c"}]
    assert names(schema_org.read(page(block(told), block({**EVENT, "name": "d"})))) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    "context", ["https://10.255.255.1/x.jsonld", "file:///etc/passwd", {"@import": "https://x.test"}, 3]
)
def test_a_context_is_never_loaded(context: Any, offline: None) -> None:
    assert names(schema_org.read(page(block({**EVENT, "@context": context})))) == ["Koor"]


@pytest.mark.parametrize(
    "text", ["<p>niets</p>", "<html>", "<", "<!--", "<script", f"{OPEN}", page(block("{}")), "{}", "[]"]
)
def test_a_page_without_events_is_one_problem(text: str) -> None:
    found = schema_org.read(text)
    assert found.activities == ()
    assert len(found.problems) == 1


def test_an_event_without_a_name_is_told() -> None:
    found = schema_org.read(json.dumps([{"@type": "Event", "@id": "https://x.test/1"}, EVENT]))
    assert names(found) == ["Koor"]
    assert [problem.path for problem in found.problems] == ["0"]


@pytest.mark.parametrize(
    "reach", ["06 - 12345678", "+31 6 12 34 56 78", "0612345678", "jan.verzonnen@voorbeeld.example"]
)
def test_what_reaches_a_person_stands_in_no_field_and_in_no_problem(reach: str) -> None:
    told = {
        **EVENT,
        "@id": f"mailto:{reach}",
        "name": f"Koor, bel {reach}",
        "description": f"Vragen? {reach}",
        "keywords": f"zwaardslikken {reach}",
        "location": {"@type": "Place", "name": f"Bij Jan {reach}", "address": {"streetAddress": f"Laan {reach}"}},
        "organizer": {"name": "Jan Verzonnen", "telephone": reach, "email": "jan@voorbeeld.example"},
        "typicalAgeRange": f"{reach} jaar",
    }
    found = schema_org.read(json.dumps(told))
    (activity,) = found.activities
    said = activity.model_dump_json() + "".join(map(str, found.problems)) + str(found.organisers)
    assert re.sub(r"\D", "", reach)[-8:] not in re.sub(r"[ -]", "", said) or not re.search(
        r"\d{8}", reach.replace(" ", "")
    )
    assert reach not in said
    assert "voorbeeld.example" not in said
    assert found.organisers == ()
    assert activity.name == "Koor, bel"
