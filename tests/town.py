"""Small invented catalogues for tests: one activity of which nothing is known, and what a test says about it."""

from __future__ import annotations

from datetime import date
from typing import Any

import wor_match as wm
from wor_match.domain.asked import Asked, ask
from wor_match.domain.columns import Columns
from wor_match.domain.compiling import columns_of

AT = date(2026, 11, 23)  # a Monday; sessions count from Tuesday
TUESDAY = {"weekly": [{"day": "di", "start": "10:00", "end": "12:00"}]}
THURSDAY = {"weekly": [{"day": "do", "start": "14:00", "end": "16:00"}]}


def activity(activity_id: str = "een", **fields: Any) -> wm.Activity:
    """An invented activity: needlework, of which nothing else is known."""
    return wm.Activity.model_validate({"id": activity_id, "name": "Verzonnen", "terms": ["handwerken"], **fields})


def catalogue(*activities: wm.Activity, **fields: Any) -> wm.Catalogue:
    """A catalogue of these activities."""
    return wm.Catalogue(id="proefdorp", name="Proefdorp (verzonnen)", activities=activities, **fields)


def person(**told: Any) -> wm.Participant:
    """An invented participant."""
    return wm.Participant.model_validate({"id": "p1", **told})


def asked_of(one: wm.Activity, who: wm.Participant, **options: Any) -> tuple[Columns, Asked]:
    """The columns of a catalogue with one activity, and a person's question to it."""
    columns = columns_of(catalogue(one))
    return columns, ask(who, columns, options.pop("at", AT), **options)


def advice_on(one: wm.Activity, who: wm.Participant | None = None, **options: Any) -> wm.Advice:
    """The advice when this is the only activity in town."""
    return wm.Matcher(catalogue(one)).recommend(who or person(), at=options.pop("at", AT), **options)
