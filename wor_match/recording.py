"""What is written down of an advice: what was shown with its strengths of that day, and what was chosen from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from wor_match.domain.event import Source
from wor_match.domain.kinds import Advised, Chosen
from wor_match.errors import WorMatchError
from wor_match.knowledge import recorded_by
from wor_match.question import Question
from wor_match.request import words_of
from wor_match.signals import SIGNALS_VERSION

if TYPE_CHECKING:
    from wor_match.advice import Advice
    from wor_match.suggestion import Suggestion


def advised_event(advice: Advice, at: datetime, source: Source, event_id: str) -> Advised:
    """The event that an advice was given."""
    return Advised.model_validate(
        {
            "event_id": event_id,
            "at": at,
            "source": source,
            "person": advice.person.id,
            "decision": advice.decision_id,
            "model": advice.model,
            "catalogue": advice.catalogue.digest,
            "seed": advice.seed,
            "signals_version": SIGNALS_VERSION,
            "n_possible": len(advice) + len(advice.others),
            "shown": [shown(one) for one in advice],
        }
    )


def shown(one: Suggestion) -> dict[str, object]:
    """One suggestion as it was shown."""
    term, organiser, activity = recorded_by(one.activity)
    return {
        "activity": activity,
        "score": one.score,
        "worth": one.worth,
        "chance": one.chance,
        "propensity": one.propensity,
        "explored": one.explored,
        "strengths": one.strengths,
        "term": term,
        "organiser": organiser,
    }


def chosen_from(
    advice: Advice, activities: Sequence[str], at: datetime, by: str, source: Source, event_id: str | None
) -> Chosen:
    """The event of a choice from an advice; what was possible and not shown may be chosen, with its own strengths."""
    possible = {one.activity.id: one for one in (*advice.others, *advice.suggestions)}
    activities = words_of(activities, "activities")
    if not all(name in possible for name in activities):
        raise WorMatchError(
            "`activities` names something that was not possible in this advice; give a list of its ids",
            code="unknown-activity",
        )
    said = json.dumps([at.isoformat() if isinstance(at, datetime) else str(at), *activities, by, source])
    own_id = f"{advice.decision_id}-chosen-{hashlib.sha256(said.encode()).hexdigest()[:16]}"
    told = {"event_id": event_id or own_id, "at": at, "source": source, "person": advice.person.id, "by": by}
    strengths = {name: possible[name].strengths for name in activities}
    return Chosen.model_validate(
        {**told, "decision": advice.decision_id, "activities": list(activities), "strengths": strengths}
    )


def chosen_outside(question: Question, activity: str, at: datetime, event_id: str) -> Chosen:
    """The event of a choice outside an advice, with the strengths of that day."""
    if not isinstance(activity, str) or activity not in question.columns.rows:
        raise WorMatchError(f"activity {str(activity)[:64]!r} is not in the catalogue", code="unknown-activity")
    strengths = question.strengths_of(question.columns.rows[activity])
    told = {"event_id": event_id, "at": at, "source": "coach", "person": question.asked.person.id}
    return Chosen.model_validate({**told, "activities": [activity], "strengths": {activity: strengths}})
