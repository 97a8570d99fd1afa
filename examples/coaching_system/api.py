"""The same for a program: JSON in and out. What was acknowledged with a 201 is on the disk."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException

import wor_match as wm
from wor_match.domain.event import Event

from . import happened
from .office import Office
from .people import pseudonym
from .receiving import Body, Here, json_in

router = APIRouter(prefix="/api")
NOBODY = "nobody is kept under this pseudonym"


def kept(office: Office, name: str) -> None:
    """Go on only when somebody is kept under this pseudonym."""
    if not office.people.has(name):
        raise HTTPException(404, NOBODY)


def somebody(office: Office, name: str) -> wm.Participant:
    """Who is kept under a pseudonym."""
    if person := office.people.get(name):
        return person
    raise HTTPException(404, NOBODY)


def participant_in(body: bytes) -> wm.Participant:
    """What is told of somebody, under a new pseudonym; a pseudonym of somebody else's making is not taken."""
    told = json_in(body)
    if not isinstance(told, dict) or "id" in told:
        raise wm.ParticipantError(
            "send an object with the fields of a participant and without `id`: it is made here", code="no-fields"
        )
    return wm.Participant.model_validate({**told, "id": pseudonym()})


def ideas(advice: wm.Advice) -> dict[str, Any]:
    """An advice in short: a few ideas with their reasons."""
    return {
        "decision": advice.decision_id,
        "model": advice.model,
        "ideas": [
            {
                "activity": one.activity.id,
                "name": one.activity.name,
                "score": one.score,
                "worth": one.worth,
                "chance": one.chance,
                "reasons": [reason.sentence("nl") for reason in one.spoken],
                "checks": [check.name for check in one.checks],
            }
            for one in advice
        ],
    }


@router.get("/health")
async def health(office: Here) -> dict[str, Any]:
    """That it serves, and with which catalogue and model."""
    matcher = office.matcher
    return {"catalogue": matcher.catalogue.digest, "model": matcher.knowledge.digest[:32], "n": len(matcher.catalogue)}


@router.post("/advice")
async def advise(office: Here, body: Body) -> dict[str, Any]:
    """Ideas for somebody of whom nothing is kept; here, and not in a thread: it computes and waits for nothing."""
    return ideas(office.advise(participant_in(body)))


@router.post("/people", status_code=201)
def welcome(office: Here, body: Body) -> dict[str, str]:
    """Keep somebody; the pseudonym that was made."""
    person = participant_in(body)
    office.welcome(person, happened.first_talk(person, None, office.place.now()))
    return {"person": person.id}


@router.get("/people/{name}")
def export(office: Here, name: str) -> dict[str, Any]:
    """Everything that is kept about somebody (AVG art. 15 and 20)."""
    kept(office, name)
    return office.export(name)


@router.get("/people/{name}/advice")
def advice_for(office: Here, name: str) -> dict[str, Any]:
    """The whole advice for somebody who is kept, as plain values."""
    return office.advise(somebody(office, name)).to_dict("nl")


@router.post("/people/{name}/events", status_code=201)
def tell(office: Here, name: str, body: Body) -> dict[str, int]:
    """Write what happened: all of it or nothing, and it may be sent again."""
    kept(office, name)
    told = json_in(body)
    if not isinstance(told, list):
        raise wm.EventError("these are no events; send a list of objects", code="no-list")
    today = office.place.now().date()
    events = [happened.event(name, one, today) for one in told]
    own(office, name, events)
    done = office.journal.append(events)
    return {"new": done.new, "known": done.known, "erased": done.erased}


def own(office: Office, name: str, events: list[Event]) -> None:
    """Nobody corrects or takes back, at one address, what was told of somebody else."""
    about = {getattr(event, "takes_back", None) or getattr(event, "replaces", None) for event in events} - {None}
    if about and not about <= {event.event_id for event in (*office.journal.read(name), *events)}:
        raise wm.EventError(
            "an event corrects or takes back one that is not of this person; look up its id", code="other-person"
        )


@router.delete("/people/{name}")
def erase(office: Here, name: str) -> dict[str, str]:
    """Take somebody out (AVG art. 17); the receipt is for your own records, and nobody can be recognised in it."""
    return {"receipt": office.erase(name)}


@router.get("/due")
def due(office: Here) -> list[dict[str, Any]]:
    """What is to be done, the longest wait first."""
    return [one.to_dict() for one in office.due()[0]]
