"""A spider web from a FHIR QuestionnaireResponse (R4 or R5, here the same): the marks, so that nobody types them twice.

Who answered, texts and every other question are not read. What was answered never stands in an error.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from wor_match.domain.forgetting import forgetful
from wor_match.domain.schedule import ZONE
from wor_match.domain.spiderweb import Instrument, SpiderWeb
from wor_match.domain.text import FIRST_YEAR, LAST_YEAR
from wor_match.errors import ParticipantError

MOST_ITEMS, MOST_LEVELS, MOST_LINKS = 10_000, 64, 50  # MOST_LINKS of one dimension
STATUSES = ("in-progress", "completed", "amended", "entered-in-error", "stopped")
NUMBERS = ("valueInteger", "valueDecimal")
Links = Mapping[str, str | Sequence[str]]


@forgetful
def spider_from_fhir(response: Mapping[str, Any], link_ids: Links, *, instrument: Instrument = "marks") -> SpiderWeb:
    """The spider web that stands in a QuestionnaireResponse, as it stood on the day it was filled in.

    Parameters
    ----------
    response : mapping
        The resource as `json` reads it. Items may lie in items and in answers; what was not answered is unknown.
    link_ids : mapping
        Dimension (code or Dutch) → the ``linkId`` of its mark, or a list with those of its statements: their mean.
    instrument : str
        Which list was filled in; it says how many statements a dimension has.

    Raises
    ------
    ParticipantError
        When it is no QuestionnaireResponse, was entered in error, holds none of the link ids, or an answer is no
        single number from 0 to 10. What was answered is not repeated.

    References
    ----------
    HL7 FHIR R4 (4.0.1) and R5 (5.0.0), QuestionnaireResponse.

    Examples
    --------
    >>> told = {"linkId": "web", "item": [{"linkId": "web.5", "answer": [{"valueInteger": 3}]}]}
    >>> response = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": [told]}
    >>> dict(spider_from_fhir(response, {"meedoen": "web.5", "mentaal": "web.2"}).scores)
    {'participation': 3.0}
    """
    links = checked_links(link_ids)
    refuse_other(response)
    asked = {link for one in links.values() for link in one}
    answers, n_items = answers_to(asked, response)
    if n_items and not answers:
        raise ParticipantError(
            "the QuestionnaireResponse has none of the link ids; look at `link_ids`", code="bad-message"
        )
    items = {name: [answers.get(link) for link in one] for name, one in links.items()}
    return SpiderWeb.from_items(items, instrument, day_of(response.get("authored")))


def checked_links(link_ids: Links) -> dict[str, list[str]]:
    """Dimension → its link ids; each stands for one statement."""
    if not isinstance(link_ids, Mapping) or not link_ids:
        raise ParticipantError("link_ids names no question; give the linkId of each dimension", code="missing")
    links = {name: [told] if isinstance(told, str) else told for name, told in link_ids.items()}
    if not all(isinstance(one, list | tuple) and 0 < len(one) <= MOST_LINKS for one in links.values()):
        raise ParticipantError(
            f"link_ids takes a linkId for each dimension, or a list of 1 to {MOST_LINKS} of them", code="wrong-type"
        )
    every = [link for one in links.values() for link in one]
    if not all(isinstance(link, str) for link in every) or len(set(every)) < len(every):
        raise ParticipantError(
            "link_ids names a question twice, or by something that is no text; give each its own", code="told-twice"
        )
    return {name: list(one) for name, one in links.items()}


def refuse_other(response: Any) -> None:
    """Refuse what is no QuestionnaireResponse, and one that nobody should read."""
    if not isinstance(response, Mapping) or response.get("resourceType") != "QuestionnaireResponse":
        raise ParticipantError(
            "this is no QuestionnaireResponse; give the resource as json reads it, a dict", code="bad-message"
        )
    status = response.get("status", "completed")
    if status not in STATUSES:
        raise ParticipantError(
            f"the QuestionnaireResponse has no known status; allowed are {', '.join(STATUSES)}", code="bad-message"
        )
    if status == "entered-in-error":
        raise ParticipantError(
            "the QuestionnaireResponse was entered in error; ask for the right one", code="bad-message"
        )


def answers_to(asked: set[str], response: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """Link id → what was answered, None for nothing; and how many items there are in all."""
    found: dict[str, Any] = {}
    n_items = 0
    for item in items_of(response):
        n_items += 1
        link = item.get("linkId")
        if not isinstance(link, str) or link not in asked:
            continue
        mark = mark_of(item)
        if mark is not None and found.get(link) is not None:
            raise ParticipantError(
                "the QuestionnaireResponse answers one question twice; keep one of them", code="bad-message"
            )
        found[link] = mark if mark is not None else found.get(link)
    return found, n_items


def items_of(response: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every item, also those that lie in items and in answers, one level after another."""
    level, left = parts_of(response, "item"), MOST_ITEMS
    for _ in range(MOST_LEVELS):
        left -= len(level)
        if left < 0:
            raise ParticipantError(
                f"the QuestionnaireResponse has more than {MOST_ITEMS} items; send the web alone", code="too-long"
            )
        yield from level
        above = [*level, *(answer for item in level for answer in parts_of(item, "answer"))]
        level = [item for one in above for item in parts_of(one, "item")]
        if not level:
            return
    raise ParticipantError(
        f"the QuestionnaireResponse has items more than {MOST_LEVELS} levels deep; send the web alone", code="too-deep"
    )


def parts_of(owner: Mapping[str, Any], field: str) -> list[Mapping[str, Any]]:
    """The objects in a list of the resource."""
    told = owner.get(field)
    listed = [] if told is None else told
    if not isinstance(listed, list | tuple) or not all(isinstance(one, Mapping) for one in listed):
        raise ParticipantError(
            f"the QuestionnaireResponse has an `{field}` that is no list of objects; correct it", code="bad-message"
        )
    return list(listed)


def mark_of(item: Mapping[str, Any]) -> Any:
    """The number that was answered; None for nothing. Whether it is from 0 to 10 is seen later."""
    told = [answer for answer in parts_of(item, "answer") if any(name.startswith("value") for name in map(str, answer))]
    if len(told) > 1:
        raise ParticipantError(
            "the QuestionnaireResponse has several answers to one question; a mark is one number", code="bad-message"
        )
    values = [value for answer in told for name, value in answer.items() if str(name).startswith("value")]
    if told and not any(name in told[0] for name in NUMBERS):
        raise ParticipantError(
            "the QuestionnaireResponse answers without a number; use valueInteger or valueDecimal", code="bad-message"
        )
    if len(values) > 1:
        raise ParticipantError(
            "the QuestionnaireResponse has an answer with several values; a mark is one number", code="bad-message"
        )
    (mark,) = values or [None]
    if isinstance(mark, Decimal):
        return math.nan if mark.is_nan() else float(mark)  # float() itself stops at a signaling NaN
    return mark


def day_of(authored: Any) -> date | None:
    """The day on which it was filled in, on the clock of the town hall; None when that is not told."""
    try:
        told = datetime.fromisoformat(authored if isinstance(authored, str) and len(authored) >= 10 else "")
    except ValueError:
        return None
    if not FIRST_YEAR < told.year < LAST_YEAR:
        return None
    return (told.astimezone(ZONE) if told.tzinfo else told).date()
