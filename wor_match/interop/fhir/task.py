"""A suggestion as a FHIR Task (R4): always a proposal, never an order, and without a word of why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wor_match.catalogue.importers.item import OURS, filled
from wor_match.errors import ParticipantError, WorMatchError

if TYPE_CHECKING:
    from wor_match.suggestion import Suggestion

REFERENCE = re.compile(r"[!-~]{1,255}")
WHAT = "Welzijn op Recept: kennismaken met een activiteit"
SESSION = "Volgende bijeenkomst"


def suggestion_to_fhir_task(
    suggestion: Suggestion, *, person_reference: str | None = None, requested: bool = False
) -> dict[str, Any]:
    """The suggestion as a Task of FHIR R4: which activity, on which day it was told, and the sessions to come.

    Parameters
    ----------
    suggestion : Suggestion
    person_reference : str, optional
        Who it is for in your own system, such as ``Patient/7``; our pseudonym never stands in it.
    requested : bool
        Whether the person chose it: then the status is ``requested``, before that ``draft``. The intent is
        ``proposal`` in both: nothing of ours is an order.

    Returns
    -------
    dict
        Reasons, scores, checks and help are not in it: they tell of health and circumstances.

    Raises
    ------
    WorMatchError
        When `requested` is neither True nor False.
    ParticipantError
        When the reference is no text without spaces of at most 255 characters; it is not repeated.

    References
    ----------
    HL7 FHIR R4 (4.0.1), Task.

    Examples
    --------
    >>> import wor_match as wm
    >>> from datetime import date
    >>> riet = wm.Participant(id="p1", likes=["samen-koken"])
    >>> first = wm.Matcher(wm.load_catalogue("nieuwegein")).recommend(riet, at=date(2026, 11, 23))[0]
    >>> task = suggestion_to_fhir_task(first, person_reference="Patient/7")
    >>> task["intent"], task["status"], task["for"]
    ('proposal', 'draft', {'reference': 'Patient/7'})
    """
    if not isinstance(requested, bool):
        raise WorMatchError("requested takes True, once the person chose this, or False", code="wrong-type")
    activity = suggestion.activity
    return filled(
        {
            "resourceType": "Task",
            "language": "nl",
            "status": "requested" if requested else "draft",
            "intent": "proposal",
            "code": {"text": WHAT},
            "description": activity.name,
            "focus": {
                "type": "HealthcareService",
                "identifier": {"system": f"{OURS}activity", "value": activity.id},
                "display": activity.name,
            },
            "for": checked_reference(person_reference),
            "authoredOn": suggestion.on.isoformat(),
            "input": list(sessions_of(suggestion)),
        }
    )


def checked_reference(told: str | None) -> dict[str, str]:
    """Who it is for; nothing when that is not told."""
    if told is None:
        return {}
    if not isinstance(told, str) or not REFERENCE.fullmatch(told):
        raise ParticipantError(
            "person_reference is no reference; give 1 to 255 printable ASCII characters, no spaces",
            code="other-form",
        )
    return {"reference": told}


def sessions_of(suggestion: Suggestion) -> Iterator[dict[str, Any]]:
    """The sessions to come, with their offset from UTC; one without a known end has a start only."""
    for one in suggestion.next_occurrences:
        period = {"start": one.start.isoformat(), **({"end": one.end.isoformat()} if one.end > one.start else {})}
        yield {"type": {"text": SESSION}, "valuePeriod": period}
