"""How the answers of a participant become events: all of them, or with an error none.

An answer that is left out is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast, get_args

from wor_match.domain.asked import day_of
from wor_match.domain.event import OfPerson, Source, id_from
from wor_match.domain.event import moment as aware
from wor_match.domain.fault_places import FIELD
from wor_match.domain.forgetting import forgetful
from wor_match.domain.kinds import Again, FollowUpStatus, event_of
from wor_match.domain.participant import StopReason
from wor_match.errors import EventError, Problem
from wor_match.pathway.follow_up.questions import RATED, Moment, asked_at

MARKS = ("1", "2", "3", "4", "5")  # what either scale gives
ANSWERS: dict[str, tuple[str, ...]] = {  # what the events can hold
    "there": ("yes", "no"),
    "again": get_args(Again),
    "status": get_args(FollowUpStatus),
    "reason": get_args(StopReason),
}
MOST_WEEKS = 520  # as in a `followed_up` event


@forgetful
def events_from_follow_up(
    answers: Mapping[str, str | int],
    person: str,
    activity: str,
    at: datetime,
    *,
    moment: Moment,
    source: Source = "participant",
    event_id: str | None = None,
    reporter: str | None = None,
) -> tuple[OfPerson, ...]:
    """What was answered, as events; all of it or, with an error, nothing.

    The same answers give the same events, so telling them twice changes nothing. Who rates a first visit was there,
    unless `there` says no. A reason without a status is a stop; so is a last week.

    Parameters
    ----------
    answers : mapping
        Id of a question → code of an answer; any of them may be left out.
    person, activity : str
        Pseudonym, and the id of the activity that it is about.
    at : datetime
        Aware: when it was answered.
    moment : str
        first_visit or month_3.
    source : str
        Who told it.
    event_id : str, optional
        Of its own; by default a digest of all that is told.
    reporter : str, optional

    Returns
    -------
    tuple of OfPerson
        One event, or none when nothing was answered.

    Raises
    ------
    EventError
        Naming each question that is not asked at this moment, and each whose answer is not one of its own; the answer
        itself is not repeated. Also when a field of an event cannot be read.
    WorMatchError
        When there is no such moment.

    Examples
    --------
    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    >>> (visit,) = events_from_follow_up({"welcome": 5, "again": "yes"}, "p1", "koor", noon, moment="first_visit")
    >>> visit.attended, visit.ratings, visit.again
    (True, {'welcome': 5}, 'yes')
    """
    told = checked_answers(answers, asked_at(moment))
    when = aware_moment(at)
    shared = {"person": person, "activity": activity, "at": when, "source": source}
    shared |= {} if reporter is None else {"reporter": reporter}
    if not told:
        return ()
    own = {**shared, "event_id": event_id or id_from("follow-up", [moment, told, shared])}
    said = of_first_visit(told) if moment == "first_visit" else of_month_3(told, day_of(when))
    return (cast(OfPerson, event_of({**own, **said})),)


def checked_answers(answers: Any, asked: tuple[str, ...]) -> dict[str, str]:
    """The answers as codes, in the order of the questions.

    Raises
    ------
    EventError
        With every question that is unknown or has another answer.
    """
    if not isinstance(answers, Mapping):
        raise EventError("the answers are no mapping; give {question: answer}", code="wrong-type")
    problems = [
        Problem(f"is not asked at this moment; there are: {', '.join(asked)}", "unknown-question", shown_as(name))
        for name in answers
        if name not in asked
    ]
    told = {name: code_of(answers[name]) for name in asked if name in answers}
    for name, code in told.items():
        if not is_answer(name, code):
            problems.append(Problem(f"has an answer that is none of: {allowed(name)}", "unknown-answer", name))
    if problems:
        raise EventError("the answers are refused; nothing was made of them", problems)
    return told


def shown_as(name: object) -> str:
    """The name of a question nobody asked, when it looks like one."""
    return name if isinstance(name, str) and FIELD.fullmatch(name) else "(another name)"


def code_of(answer: object) -> str:
    """An answer as its code; a mark or a week may be told as a number."""
    if isinstance(answer, int) and 0 <= answer <= MOST_WEEKS:
        return str(answer)
    return answer if isinstance(answer, str) else ""


def is_answer(name: str, code: str) -> bool:
    """Whether a question can be answered like this."""
    if name == "last_week":
        return code.isascii() and code.isdigit() and len(code) <= len(str(MOST_WEEKS)) and int(code) <= MOST_WEEKS
    return code in answers_to(name)


def answers_to(name: str) -> tuple[str, ...]:
    """The codes with which a question is answered, on either scale."""
    return MARKS if name in RATED else ANSWERS[name]


def allowed(name: str) -> str:
    """What may be answered, in words."""
    return f"a whole number of weeks from 0 to {MOST_WEEKS}" if name == "last_week" else ", ".join(answers_to(name))


def of_first_visit(told: Mapping[str, str]) -> dict[str, Any]:
    """A visit with what was told of it."""
    ratings = {name: int(told[name]) for name in RATED if name in told}
    return {
        "kind": "visited",
        "attended": told.get("there", "yes") == "yes",
        **({"ratings": ratings} if ratings else {}),
        **({"again": told["again"]} if "again" in told else {}),
    }


def of_month_3(told: Mapping[str, str], day: date) -> dict[str, Any]:
    """How it goes; a stop when only its reason was told."""
    about = {"reason": told["reason"]} if "reason" in told else {}
    if "status" not in told and "last_week" not in told:
        return {"kind": "stopped", "before": day, **about}
    week = {"last_week": int(told["last_week"])} if "last_week" in told else {}
    return {"kind": "followed_up", "status": told.get("status", "stopped"), **about, **week}


def aware_moment(at: Any) -> datetime:
    """The moment in UTC, when it has a time zone.

    Raises
    ------
    EventError
        When it is no such moment.
    """
    try:
        return aware(at)
    except ValueError:
        raise EventError(
            "`at` is no moment with a time zone; write it as 2026-11-03T10:00:00+01:00", code="no-zone"
        ) from None
