"""The same for a coach: pages to read, and forms that write down what people decided. Works without a script."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

import wor_match as wm
from wor_match import pathway
from wor_match.domain.event import Event
from wor_match.domain.history import settled

from . import happened
from .api import kept, somebody
from .form_page import form_page
from .markup import message
from .office import Office
from .pages import erasing_page, person_page, questions_page, today_page
from .people import made_here, pseudonym
from .questions import mistakes, told_in
from .receiving import READ_AGAIN, Form, Here, Said, first

PATIENCE = 1.0  # seconds that the first page waits for the list of now, before it shows the one of just before
router = APIRouter(default_response_class=HTMLResponse)


def back_to(name: str) -> Response:
    """Back to the page of somebody; loading that again sends nothing twice."""
    return RedirectResponse(f"/deelnemers/{name}?vastgelegd=1", 303)


def written(office: Office, name: str, events: Sequence[Event]) -> Response:
    """Write down what happened to somebody, and go back to their page; of who was erased meanwhile nothing is kept."""
    if office.journal.append(events).erased:
        raise Said("Deze deelnemer is intussen gewist. Er is niets vastgelegd.", 409)
    return back_to(name)


@router.get("/")
def today(office: Here) -> str:
    """What is to be done: a coach begins the day here."""
    due, of_now = office.due(PATIENCE)
    return today_page(due, office.people.names(), office.matcher.catalogue, of_now)


@router.get("/nieuw")
def new(office: Here) -> str:
    """An empty form."""
    return form_page(pseudonym(), office.place.now(), {}, {})


@router.post("/nieuw")
def welcome(office: Here, told: Form) -> Response:
    """Keep somebody; what cannot be read comes back in the form, with what to do."""
    name, at = first(told, "code"), happened.moment_in(told, office.place.now())
    if not made_here(name):
        raise Said(READ_AGAIN)
    try:
        person = wm.Participant.model_validate({**told_in(told), "id": name})
    except wm.ParticipantError as fault:
        wrong = mistakes(fault) or {"": "Kijk de antwoorden na."}
        return HTMLResponse(form_page(name, at, told, wrong), 422)
    if not office.welcome(person, happened.first_talk(person, told.get("agreed", []), at)):
        raise Said("Dit formulier is al gebruikt, met andere antwoorden. Open een nieuw formulier.", 409)
    return back_to(name)


@router.get("/deelnemers")
def find(office: Here, code: str = "") -> Response:
    """To the page of somebody whose code is known."""
    kept(office, code.strip())
    return RedirectResponse(f"/deelnemers/{code.strip()}", 303)


@router.get("/deelnemers/{name}")
def person(office: Here, name: str, vastgelegd: bool = False) -> str:
    """One participant."""
    advice = office.advise(somebody(office, name))
    events = office.journal.read(name)
    due = [one for one in pathway.due(events, advice.on, office.region) if one.person == name]
    return person_page(advice, due, office.place.now(), settled(events), vastgelegd)


@router.get("/deelnemers/{name}/kaart")
def card(office: Here, name: str) -> str:
    """The card that somebody takes home, to print."""
    return office.advise(somebody(office, name)).card()


@router.post("/deelnemers/{name}/keuze")
def choose(office: Here, name: str, told: Form) -> Response:
    """Write down what was shown and what was chosen; a page of an older advice is refused, for others stood there."""
    advice = office.advise(somebody(office, name))
    if first(told, "decision") != advice.decision_id:
        raise Said("De ideeën zijn intussen anders. Open de bladzijde opnieuw.", 409)
    names = [*told.get("activity", []), *told.get("other", [])]
    if bool(names) is bool(first(told, "nothing")):
        raise Said("Kies iets, of kies de knop voor nu niets. Niet allebei.")
    at = happened.moment_in(told, office.place.now())
    return written(office, name, happened.choice(advice, names, first(told, "by"), at))


@router.post("/deelnemers/{name}/stap")
def step(office: Here, name: str, told: Form) -> Response:
    """Write down what happened."""
    kept(office, name)
    return written(office, name, [happened.step(name, told, happened.moment_in(told, office.place.now()))])


@router.post("/deelnemers/{name}/toestemming")
def agree(office: Here, name: str, told: Form) -> Response:
    """Write down what changed in what somebody agreed to."""
    kept(office, name)
    now, at = happened.agreed(office.journal.read(name)), happened.moment_in(told, office.place.now())
    return written(office, name, happened.consent(name, now, told.get("agreed", []), at))


def offered(office: Office, activity: str) -> wm.Activity:
    """An activity of the catalogue."""
    if activity in office.matcher.catalogue:
        return office.matcher.catalogue[activity]
    raise Said("Deze activiteit staat niet in het aanbod.", 404)


@router.get("/deelnemers/{name}/vragen/{moment}/{activity}")
def questions(office: Here, name: str, moment: str, activity: str) -> str:
    """What to ask afterwards."""
    kept(office, name)
    asked = pathway.follow_up_questions(moment, "nl")  # type: ignore[arg-type]  # another one is refused with a sentence
    return questions_page(name, offered(office, activity), moment, asked, office.place.now())


@router.post("/deelnemers/{name}/vragen/{moment}/{activity}")
def answers(office: Here, name: str, moment: str, activity: str, told: Form) -> Response:
    """Write down what was answered; what was skipped is unknown."""
    kept(office, name)
    said = {code: first(told, code) for code in told if code != "shown_at"}
    at = happened.moment_in(told, office.place.now())
    one = offered(office, activity).id
    return written(office, name, pathway.events_from_follow_up(said, name, one, at, moment=moment))  # type: ignore[arg-type]


@router.get("/deelnemers/{name}/wissen")
def ask_to_erase(office: Here, name: str) -> str:
    """Asking once more."""
    kept(office, name)
    return erasing_page(name, office.place.now())


@router.post("/deelnemers/{name}/wissen")
def erase(office: Here, name: str) -> str:
    """Take somebody out, and give the receipt."""
    receipt = office.erase(name)
    return message("Gewist", f"Alles is gewist. Het bewijs: {receipt}. Vannacht leert het systeem opnieuw, zonder hen.")
