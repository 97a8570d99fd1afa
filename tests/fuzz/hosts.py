"""The doors of the systems around us: what they send in FHIR, and what they say to our cards."""

from __future__ import annotations

import contextlib
import json
import warnings
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import wor_match as wm
from tests.fuzz.harness import Read
from tests.fuzz.offer import CHOIR, value_of
from wor_match.catalogue.importers.item import name_of
from wor_match.domain.kinds import Advised, Chosen, event_of, plain
from wor_match.domain.place import Venue
from wor_match.domain.spiderweb import SpiderWeb
from wor_match.domain.terms import DIMENSIONS
from wor_match.errors import WorMatchError
from wor_match.interop.cds_hooks import advice_to_cds_cards, events_from_cds_feedback
from wor_match.interop.fhir import activity_from_fhir, activity_to_fhir, spider_from_fhir, suggestion_to_fhir_task

LINKS = {name: f"web.{number}" for number, name in enumerate(DIMENSIONS, 1)}

FIGURES = {"score": 0.4, "worth": 0.8, "chance": 0.5}
ADVISED = Advised.model_validate(
    {
        "event_id": "e1",
        "at": "2026-11-23T12:00:00Z",
        "source": "coach",
        "person": "p1",
        "decision": "besluit",
        "model": "m",
        "catalogue": "c",
        "seed": 0,
        "signals_version": "1",
        "n_possible": 2,
        "shown": [{"activity": "koor", **FIGURES, "strengths": {"likes": 0.5}}, {"activity": "inloop", **FIGURES}],
    }
)


def spider(found: bytes) -> object:
    """A filled-in spider web; what is read can be told again, and link ids are whatever a host says."""
    told = value_of(found)
    links: Any = told.get("link_ids") if isinstance(told, dict) else told
    with contextlib.suppress(WorMatchError):
        spider_from_fhir(told, links, instrument="adult-42")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        web = spider_from_fhir(told, LINKS)
        assert SpiderWeb.model_validate(web.model_dump(mode="json")) == web, "told again it is another"
    return len(web.scores), web.on is None


@cache
def advice() -> wm.Advice:
    """An advice for somebody."""
    town = wm.Catalogue(id="x", name="X", activities=(CHOIR,))
    return wm.Matcher(town).recommend(wm.Participant(id="p1"), at=date(2026, 11, 23))


def reference(found: bytes) -> object:
    """Who a task is for, and from whom a card is, as a host says it."""
    told = value_of(found)
    with contextlib.suppress(WorMatchError):
        advice_to_cds_cards(advice(), source_label=told)
    with contextlib.suppress(WorMatchError):
        advice_to_cds_cards(advice(), source_url=told)
    made = suggestion_to_fhir_task(advice()[0], person_reference=told)
    json.dumps(made).encode("ascii")
    return sorted(made)


def said(found: bytes) -> object:
    """What a client says to the cards of an advice; the order in which it says it changes nothing."""
    told, at = value_of(found), datetime(2026, 11, 24, tzinfo=UTC)
    events = events_from_cds_feedback(told, ADVISED, at=at)
    assert [event_of(plain(one)) for one in events] == list(events), "told again it is another"
    if isinstance(told, list):
        assert events_from_cds_feedback(told[::-1], ADVISED, at=at) == events
    return [(one.activities, one.none_reason) for one in events if isinstance(one, Chosen)]


def read_once_more(place: Venue | None) -> Venue | None:
    """A place whose names are read a second time: what looks like mark-up in them is read as such, and `LOST` says so."""
    told = {"name": place.name, "street": place.street, "city": place.city} if place else {}
    return place.replace(**{field: name_of(name) for field, name in told.items() if name}) if place else None


def service(found: bytes) -> object:
    """An activity of another system; what is read goes out again, and comes back as it was."""
    activity, problems = activity_from_fhir(value_of(found))
    assert all(str(one).encode() for one in problems)
    made = activity_to_fhir(activity)
    json.dumps(made, allow_nan=False).encode()
    again, _ = activity_from_fhir(made)
    assert (again.id, again.terms) == (activity.id, activity.terms)
    assert again.place == read_once_more(activity.place)
    return sorted({one.code for one in problems})


HOSTS: dict[str, Read] = {
    "fhir-spider": spider,
    "fhir-reference": reference,
    "fhir-service": service,
    "cds-feedback": said,
}
