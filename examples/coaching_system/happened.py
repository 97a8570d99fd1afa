"""What happened, as events: a first talk, a choice, a visit, a consent. The same told twice is one event."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

import wor_match as wm
from wor_match.domain.event import Event, id_from
from wor_match.domain.history import consents, settled
from wor_match.domain.kinds import Chosen, Visited, event_of

from .receiving import READ_AGAIN, Answers, Said, first
from .settings import HERE

PURPOSES = {
    "follow_up": "De coach mag vragen hoe het gaat.",
    "learning": "Het systeem mag leren van hoe het ging.",
    "feedback": "De verwijzer mag horen hoe het gaat.",
}
STEPS: dict[str, tuple[str, dict[str, Any]]] = {  # code → what the coach reads, and the event
    "there": ("De deelnemer was er", {"kind": "visited", "attended": True}),
    "not_there": ("De deelnemer was er niet", {"kind": "visited", "attended": False}),
    "handed_over": ("Voorgesteld bij de activiteit", {"kind": "handed_over", "how": "introduced"}),
    "stopped": ("De deelnemer is gestopt", {"kind": "stopped"}),
    "contacted": ("Gebeld of gesproken", {"kind": "contacted"}),
    "told_first": ("Verwijzer gehoord na het eerste gesprek", {"kind": "feedback_sent", "moment": "after_intake"}),
    "told_later": ("Verwijzer gehoord na drie maanden", {"kind": "feedback_sent", "moment": "after_3_months"}),
}
AT_ACTIVITY = ("there", "not_there", "handed_over", "stopped")
KINDS = {
    "intake": "Eerste gesprek",
    "contacted": "Gebeld of gesproken",
    "chosen": "Gekozen",
    "handed_over": "Voorgesteld",
    "stopped": "Gestopt",
    "followed_up": "Gevraagd hoe het gaat",
    "feedback_sent": "De verwijzer heeft iets gehoord",
}
LATE_THAT_DAY = time(22)  # when something happened that is told on a later day


def event(person: str, told: Mapping[str, Any], today: date) -> Event:
    """One event of a person; without an id it gets one that follows from what is told.

    Raises
    ------
    EventError
        When it cannot be read, or is about somebody else.
    """
    if not isinstance(told, Mapping):
        raise wm.EventError("an event is no JSON object; send a list of objects", code="no-fields")
    if told.get("person", person) != person:
        raise wm.EventError(
            "an event is about somebody else than the address; send it to their own", code="other-person"
        )
    whole = {"source": "coach", **told, "person": person}
    return event_of({"event_id": id_from("host", whole), **whole}, at=today)


def first_talk(person: wm.Participant, purposes: Collection[str] | None, at: datetime) -> list[Event]:
    """That there was a first talk, and the word on each purpose; None when that was not spoken of."""
    instrument = person.spider_web.instrument if person.spider_web else "none"
    talk = {"kind": "intake", "at": at.isoformat(), **({"instrument": instrument} if instrument else {})}
    said = [] if purposes is None else consent(person.id, {}, purposes, at)
    return [event(person.id, talk, at.date()), *said]


def consent(person: str, now: Mapping[str, bool], purposes: Collection[str], at: datetime) -> list[Event]:
    """What changes in what somebody agreed to; the first word on a purpose is told too when it is a no."""
    told = {"kind": "consented", "at": at.isoformat(), "basis": "consent"}
    return [
        event(person, {**told, "purpose": purpose, "given": purpose in purposes}, at.date())
        for purpose in PURPOSES
        if now.get(purpose) is not (purpose in purposes)
    ]


def agreed(events: Iterable[Event]) -> dict[str, bool]:
    """Purpose → the latest word on it, of the events of one person."""
    return {purpose: given for (_, purpose), given in consents(settled(list(events))).items()}


def line_of(event: Event) -> str:
    """What an event is called on a page; empty for what a coach need not see."""
    if isinstance(event, Visited):
        return "Er geweest" if event.attended else "Er niet geweest"
    if isinstance(event, Chosen) and not event.activities:
        return "Nu niets gekozen"
    return KINDS.get(event.kind, "")


def choice(advice: wm.Advice, activities: list[str], by: str, at: datetime) -> list[Event]:
    """What was shown and what was chosen of it; nothing is a choice too."""
    moment = at.isoformat()
    shown = advice.event(at=at, event_id=id_from("advised", [advice.decision_id, moment]))
    if by not in ("participant", "together"):
        raise Said("Geef aan wie er koos.")
    return [shown, advice.chosen(activities, at=at, by=by)]  # type: ignore[arg-type]  # one of the two, see above


def step(person: str, answers: Answers, shown_at: datetime) -> Event:
    """One step, as a coach fills it in; today counts from when the page was shown, so twice is once."""
    code, activity, on = (first(answers, name) for name in ("what", "activity", "on"))
    if code not in STEPS:
        raise Said("Geef aan wat er gebeurde.")
    if code in AT_ACTIVITY and not activity:
        raise Said("Kies om welke activiteit het gaat.")
    day = day_in(on)
    if day > shown_at.date():
        raise Said("Deze dag is er nog niet. Kies vandaag of een dag die geweest is.")
    at = shown_at if day == shown_at.date() else datetime.combine(day, LATE_THAT_DAY, HERE)
    about = {"activity": activity} if code in AT_ACTIVITY else {}
    ended = {"on": day.isoformat()} if code == "stopped" else {}
    return event(person, {**STEPS[code][1], **about, **ended, "at": at.isoformat()}, shown_at.date())


def day_in(told: str) -> date:
    """A day of a form."""
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise Said("Vul de dag in.") from None


def moment_in(answers: Answers, now: datetime) -> datetime:
    """When the page was shown from which this was sent; never later than now.

    Every form of ours says so. Without it, this is no form of ours, and what seems left open in it was never asked.
    """
    try:
        shown = datetime.fromisoformat(first(answers, "shown_at"))
        if shown.tzinfo is None:
            raise ValueError
        return min(shown.astimezone(HERE), now)
    except (ValueError, OverflowError):
        raise Said(READ_AGAIN) from None
