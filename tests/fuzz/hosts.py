"""The doors of the systems around us: what they send in FHIR, and what they say to our cards."""

from __future__ import annotations

import contextlib
import json
import warnings
from datetime import date
from functools import cache
from typing import Any

import wor_match as wm
from tests.fuzz.harness import Read
from tests.fuzz.offer import CHOIR, value_of
from wor_match.domain.spiderweb import SpiderWeb
from wor_match.domain.terms import DIMENSIONS
from wor_match.errors import WorMatchError
from wor_match.interop.fhir import spider_from_fhir, suggestion_to_fhir_task

LINKS = {name: f"web.{number}" for number, name in enumerate(DIMENSIONS, 1)}


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
def suggestion() -> wm.Suggestion:
    """A suggestion for somebody."""
    town = wm.Catalogue(id="x", name="X", activities=(CHOIR,))
    return wm.Matcher(town).recommend(wm.Participant(id="p1"), at=date(2026, 11, 23))[0]


def reference(found: bytes) -> object:
    """Who a task is for, as a host says it."""
    told = value_of(found)
    made = suggestion_to_fhir_task(suggestion(), person_reference=told)
    json.dumps(made).encode("ascii")
    return sorted(made)


HOSTS: dict[str, Read] = {"fhir-spider": spider, "fhir-reference": reference}
