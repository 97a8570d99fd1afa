"""What was said to our cards as events: a choice, or that nothing was chosen and why.

Only outcomes and codes are read: a comment is free text about somebody, and stays where it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from wor_match.advice import Advice
from wor_match.domain.event import Event, id_from, moment
from wor_match.domain.forgetting import forgetful
from wor_match.domain.kinds import Advised, Shown, event_of
from wor_match.errors import EventError
from wor_match.interop.cds_hooks.cards import OFFERED, card_id, pick_id

MOST_ENTRIES = 1_000
OTHER = "other"


@dataclass(frozen=True, slots=True, repr=False)  # what somebody said to a card
class Said:
    """What was said to one card.

    Attributes
    ----------
    activity : str
    accepted : bool
    reason : str or None
        The code of why not.
    moment : datetime or None
        When, as far as that is told.
    """

    activity: str
    accepted: bool
    reason: str | None
    moment: datetime | None


@forgetful
def events_from_cds_feedback(
    feedback: Mapping[str, Any] | Sequence[Mapping[str, Any]],
    advice: Advice | Advised,
    *,
    at: datetime,
    by: Literal["participant", "together", "coach"] = "together",
) -> tuple[Event, ...]:
    """What was said to the cards of one advice, as events.

    Accepted cards are one choice together. That nothing was chosen is only said once every card was overridden: one
    that is not wanted leaves the others open. Give all feedback on the advice that you have; its order means nothing.
    The same feedback makes the same event when the client tells when it was said (`outcomeTimestamp`); where it does
    not, keep the `at` of the first time and give it again.

    Parameters
    ----------
    feedback : mapping or sequence of mapping
        What the client sent, ``{"feedback": [...]}``, or that list.
    advice : Advice or Advised
        The advice, or the event that it was given, from which the cards were made.
    at : datetime
        Aware: when you received it; the moment of the event where the client tells none.
    by : str
        Who chose.

    Returns
    -------
    tuple of Event
        One `Chosen`, or nothing when the cards that are left are still open.

    Raises
    ------
    EventError
        When it is no feedback, names a card or a suggestion that is not of this advice, or says two things of one
        card at one moment. What was said is not repeated.

    References
    ----------
    CDS Hooks 2.0, Feedback. https://cds-hooks.hl7.org/2.0/

    Examples
    --------
    >>> import wor_match as wm
    >>> from datetime import date, timezone
    >>> from wor_match.interop.cds_hooks import advice_to_cds_cards
    >>> riet = wm.Participant(id="p1", likes=["samen-koken"])
    >>> advice = wm.Matcher(wm.load_catalogue("nieuwegein")).recommend(riet, at=date(2026, 11, 23))
    >>> card = advice_to_cds_cards(advice)["cards"][0]
    >>> picked = [{"id": card["suggestions"][0]["uuid"]}]
    >>> yes = {"card": card["uuid"], "outcome": "accepted", "acceptedSuggestions": picked}
    >>> now = datetime(2026, 11, 23, 12, tzinfo=timezone.utc)
    >>> [event.activities for event in events_from_cds_feedback({"feedback": [yes]}, advice, at=now)]
    [('kookgroep-de-linde',)]
    """
    given = told_as(advice, at)
    cards = {str(card_id(given.decision, one.activity)): one for one in given.shown}
    latest = latest_of(said_to(entry, cards, given.decision) for entry in entries_of(feedback))
    accepted = [one for one in latest if one.accepted]
    if not latest or not (accepted or len(latest) == len(cards)):
        return ()
    return (event_of(choice(given, accepted or latest, at, by), at=at),)


def told_as(advice: Advice | Advised, at: datetime) -> Advised:
    """The advice as the event that it was given."""
    if isinstance(advice, Advised):
        return advice
    if not isinstance(advice, Advice):
        raise EventError("this is no advice; give the Advice, or the event that it was given", code="wrong-type")
    return advice.event(at=at)


def entries_of(feedback: Any) -> list[Any]:
    """The entries of a feedback, not yet looked at."""
    told = feedback.get("feedback") if isinstance(feedback, Mapping) else feedback
    if not isinstance(told, list | tuple):
        raise EventError('this is no feedback of CDS Hooks; give {"feedback": [...]} or that list', code="bad-message")
    if len(told) > MOST_ENTRIES:
        raise EventError(
            f"the feedback has {len(told)} entries; at most {MOST_ENTRIES}, give those of one advice", code="too-long"
        )
    return list(told)


def said_to(entry: Any, cards: Mapping[str, Shown], decision: str) -> Said:
    """One entry; about which card, what was said, why and when."""
    card = entry.get("card") if isinstance(entry, Mapping) else None
    shown = cards.get(card.lower()) if isinstance(card, str) else None
    if shown is None:
        raise EventError(
            "the feedback names a card that is not of this advice; look for the advice with that card",
            code="bad-message",
        )
    outcome = entry.get("outcome")
    if outcome not in ("accepted", "overridden"):
        raise EventError("the feedback has no known outcome; allowed are accepted, overridden", code="bad-message")
    refuse_other_picks(entry, str(pick_id(decision, shown.activity)))
    accepted = outcome == "accepted"
    return Said(shown.activity, accepted, None if accepted else reason_in(entry), moment_in(entry))


def refuse_other_picks(entry: Mapping[str, Any], own: str) -> None:
    """Refuse the suggestion of another card."""
    told = entry.get("acceptedSuggestions") or []
    ids = [one.get("id") if isinstance(one, Mapping) else None for one in told] if isinstance(told, list) else [None]
    if not all(isinstance(one, str) and one.lower() == own for one in ids):
        raise EventError(
            "the feedback accepts a suggestion that is not on its card; give it as the client sent it",
            code="bad-message",
        )


def reason_in(entry: Mapping[str, Any]) -> str | None:
    """Why not: one that a card offers, else `other`; None when no reason was given. A comment is not read."""
    why = entry.get("overrideReason")
    reason = why.get("reason") if isinstance(why, Mapping) else None
    code = reason.get("code") if isinstance(reason, Mapping) else None
    if code is None:
        return None
    return code if isinstance(code, str) and code in OFFERED else OTHER


def moment_in(entry: Mapping[str, Any]) -> datetime | None:
    """When it was said; None when that is not told."""
    told = entry.get("outcomeTimestamp")
    if told is None:
        return None
    try:
        return moment(told)
    except ValueError:
        raise EventError(
            "the feedback has an outcomeTimestamp that is no moment; write it as 2026-11-23T10:00:00Z",
            code="bad-message",
        ) from None


def latest_of(every: Iterable[Said]) -> list[Said]:
    """What was said to each card last."""
    found: dict[str, list[Said]] = {}
    for one in every:
        found.setdefault(one.activity, []).append(one)
    return [*map(last, found.values())]


def last(said: list[Said]) -> Said:
    """The last of what was said to one card; two answers at one moment, or not told when, are refused."""
    moments = [one.moment for one in said if one.moment]
    latest = [one for one in said if one.moment == max(moments)] if len(moments) == len(said) else said
    if len({(one.accepted, one.reason) for one in latest}) > 1:
        raise EventError(
            "the feedback says two things of one card, and not which was last; give the last one", code="bad-message"
        )
    return max(latest, key=stamp)


def stamp(one: Said) -> float:
    """When it was said, in seconds; before everything else when that is not told."""
    return one.moment.timestamp() if one.moment else -math.inf


def choice(given: Advised, counted: list[Said], at: datetime, by: str) -> dict[str, Any]:
    """The event as plain values; its id follows from the decision, what was said and when."""
    accepted = {one.activity for one in counted if one.accepted}
    shown = [one for one in given.shown if one.activity in accepted]
    names = [one.activity for one in shown]
    when = max((one.moment for one in counted if one.moment), default=at)
    told: dict[str, Any] = {"kind": "chosen", "at": when, "source": "coach", "person": given.person, "by": by}
    told |= {"decision": given.decision, "activities": names}
    told |= {"strengths": {one.activity: dict(one.strengths) for one in shown if one.strengths}}
    reasons = {one.reason for one in counted if one.reason is not None}
    if reasons:
        told["none_reason"] = reasons.pop() if len(reasons) == 1 else OTHER
    return {**told, "event_id": id_from(f"{given.decision}-said", [names, told.get("none_reason"), when, by])}
