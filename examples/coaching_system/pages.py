"""The pages of the coach: what is to be done, one participant, and the questions afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from xml.etree.ElementTree import Element

import wor_match as wm
from wor_match import pathway
from wor_match.display.faces import face_for
from wor_match.display.html import element, of_block
from wor_match.domain.event import Event

from .happened import AT_ACTIVITY, PURPOSES, STEPS, agreed, line_of
from .markup import button, form, hidden, listed, page, ticked
from .settings import HERE

BEHIND = "Er is net iets vastgelegd. Deze lijst is nog van daarvoor. Open haar zo opnieuw."
NOTHING = "Er staat niets open."
QUIET = "quiet"
MOST = 50  # lines that somebody looks through


def today_page(due: Sequence[pathway.Due], people: Iterable[str], offer: wm.Catalogue, of_now: bool = True) -> str:
    """What is to be done, a way to somebody by their code, and everybody who is kept while that is no long list."""
    known = list(people)
    code = element(
        "input", type="text", name="code", id="code", required="required", autocomplete="off", maxlength="40"
    )
    asked = element("div", element("label", "Code", for_="code"), code, class_="asked")
    to_somebody = element("form", asked, button("Ga naar de deelnemer", QUIET), action="/deelnemers")
    names = element("ul", *(element("li", way_to(name)) for name in known)) if 0 < len(known) <= MOST else None
    return page(
        "Vandaag",
        element("h1", "Vandaag te doen"),
        None if of_now else element("p", BEHIND, class_="said", role="status"),
        to_do(due[:MOST], offer, set(known)),
        element("p", f"Dit zijn de eerste {MOST} van {len(due)}.") if len(due) > MOST else None,
        element("section", element("h2", f"Alle deelnemers: {len(known)}"), to_somebody, names),
    )


def to_do(due: Sequence[pathway.Due], offer: wm.Catalogue, known: set[str] | None = None) -> Element:
    """What is to be done, one below the other; what is late is marked, and says so in words.

    With `known` it says for whom, with a way to who is kept here.
    """
    rows = []
    for one in due:
        who = None if known is None else way_to(one.person) if one.person in known else element("bdi", one.person)
        about = ", ".join(named(name, offer) for name in one.activities)
        said = element("p", one.sentence(), f" ({about})" if about else "")
        rows.append(element("li", who, said, class_="late" if one.late else ""))
    return element("ul", *rows, class_="to-do") if rows else element("p", NOTHING)


def named(activity: str, offer: wm.Catalogue) -> str:
    """The name of an activity; its id when it left the offer."""
    return offer[activity].name if activity in offer else activity


def way_to(name: str) -> Element:
    """A link to somebody."""
    return element("a", name, href=f"/deelnemers/{name}")


def person_page(
    advice: wm.Advice,
    due: Sequence[pathway.Due],
    at: datetime,
    events: Sequence[Event],
    done: bool = False,
) -> str:
    """One participant: what is to be done, the ideas, and what the coach may write down.

    Parameters
    ----------
    advice : Advice
    due : sequence of Due
        Of this person.
    at : datetime
        When the page is shown.
    events : sequence of Event
        What holds of this person: corrected, and without what was taken back.
    done : bool
        Whether something was written down just now.
    """
    name, chosen = advice.person.id, chosen_in(events, advice.catalogue)
    below = [
        choosing(advice, at) if advice.safe else None,
        telling(name, chosen, at),
        asking(name, chosen),
        so_far(events, advice.catalogue),
    ]
    below += [agreeing(name, agreed(events), at), keeping(name)]
    return page(
        f"Deelnemer {name}",
        element("h1", "Deelnemer ", element("span", name, class_="name")),
        element("p", "Het is vastgelegd.", class_="said", role="status") if done else None,
        to_do(due, advice.catalogue),
        ways_on(name, [one for one in below if one is not None]),
        of_block(face_for(advice, "coach", "nl"), 2),
        *below,
    )


def ways_on(name: str, below: Iterable[Element]) -> Element:
    """Ways to the card and to what stands below the ideas."""
    ways = [element("a", "Kaart om mee te geven", href=f"/deelnemers/{name}/kaart")]
    ways += [element("a", one[0].text, href=f"#{one.get('id')}") for one in below]
    return element("ul", *(element("li", way) for way in ways), class_="ways")


def so_far(events: Sequence[Event], offer: wm.Catalogue) -> Element | None:
    """What happened so far, the latest first."""
    told = ((event, line_of(event)) for event in reversed(events))
    rows = []
    for event, said in told:
        of = [getattr(event, "activity", ""), *getattr(event, "activities", ())]
        about = ", ".join(named(one, offer) for one in of if one)
        if said:
            rows.append(element("li", f"{event.at.astimezone(HERE):%d-%m-%Y}: {said}{': ' if about else ''}{about}."))
    return element("section", element("h2", "Tot nu toe"), element("ul", *rows), id="tot-nu-toe") if rows else None


def chosen_in(events: Sequence[Event], offer: wm.Catalogue) -> dict[str, str]:
    """What was chosen, the latest first, with its name."""
    ids = [one for event in reversed(events) for one in getattr(event, "activities", ())]
    return {one: named(one, offer) for one in ids}


def choosing(advice: wm.Advice, at: datetime) -> Element:
    """What the participant chooses: of the ideas, or of everything else that fits."""
    boxes = [ticked("activity", one.activity.id, one.activity.name) for one in advice]
    others = {one.activity.id: one.activity.name for one in advice.others}
    more = [listed("other", "Of iets anders dat past", others)] if others else []
    who = listed("by", "Wie koos?", {"together": "samen", "participant": "de deelnemer zelf"}, empty=False)
    buttons = (button("Dit is gekozen"), button("Nu niets kiezen", QUIET, name="nothing", value="1"))
    sheet = form(advice.person.id, "keuze", at, *boxes, *more, who, hidden("decision", advice.decision_id), *buttons)
    return element("section", element("h2", "Wat kiest de deelnemer?"), sheet, class_="acts", id="kiezen")


def telling(name: str, chosen: Mapping[str, str], at: datetime) -> Element:
    """What happened."""
    steps = {code: said for code, (said, _) in STEPS.items() if chosen or code not in AT_ACTIVITY}
    where = [listed("activity", "Bij welke activiteit?", chosen)] if chosen else []
    day = element(
        "input", type="date", name="on", id="on", value=f"{at:%Y-%m-%d}", max=f"{at:%Y-%m-%d}", required="required"
    )
    when = element("div", element("label", "Op welke dag?", for_="on"), day, class_="asked")
    what = listed("what", "Wat gebeurde er?", steps, needed=True)
    sheet = form(name, "stap", at, what, *where, when, button("Vastleggen"))
    return element("section", element("h2", "Wat is er gebeurd?"), sheet, class_="acts", id="gebeurd")


def asking(name: str, chosen: Mapping[str, str]) -> Element | None:
    """Ways to the questions afterwards."""
    ways = [
        element("li", element("a", f"{said}: {title}", href=f"/deelnemers/{name}/vragen/{moment}/{activity}"))
        for activity, title in chosen.items()
        for moment, said in (("first_visit", "Na de eerste keer"), ("month_3", "Na drie maanden"))
    ]
    title = element("h2", "Vragen hoe het gaat")
    return element("section", title, element("ul", *ways), class_="acts", id="vragen") if ways else None


def agreeing(name: str, now: Mapping[str, bool], at: datetime) -> Element:
    """What somebody agreed to, which may change."""
    boxes = (ticked("agreed", code, said, now.get(code, False)) for code, said in PURPOSES.items())
    sheet = form(name, "toestemming", at, *boxes, button("Toestemming vastleggen"))
    return element("section", element("h2", "Toestemming"), sheet, class_="acts", id="toestemming")


def keeping(name: str) -> Element:
    """What somebody may ask about their own data."""
    ways = (
        element("li", element("a", "Alles wat bewaard is, als JSON", href=f"/api/people/{name}")),
        element("li", element("a", "Alles wissen", href=f"/deelnemers/{name}/wissen")),
    )
    return element("section", element("h2", "Gegevens"), element("ul", *ways), class_="acts", id="gegevens")


def questions_page(
    name: str, activity: wm.Activity, moment: str, asked: Iterable[pathway.FollowUpQuestion], at: datetime
) -> str:
    """The questions after the first time or after three months; each may be left open."""
    sheet = form(name, f"vragen/{moment}/{activity.id}", at, *map(one_of, asked), button("Antwoorden vastleggen"))
    who = element("p", "Deelnemer ", way_to(name), ". U mag vragen overslaan.")
    return page("Hoe gaat het?", element("h1", activity.name), who, sheet)


def one_of(question: pathway.FollowUpQuestion) -> Element:
    """One question; the first answer says nothing."""
    ways = {"": "overslaan", **question.answers}
    rows = (ticked(question.id, code, label, code == "", kind="radio") for code, label in ways.items())
    return element("fieldset", element("legend", question.text), element("div", *rows, class_="ticks"))


def erasing_page(name: str, at: datetime) -> str:
    """Asking once more."""
    said = "Alles van deze deelnemer gaat weg: de wensen en wat er gebeurde. Dit kan niet terug."
    sheet = form(name, "wissen", at, button("Ja, alles wissen"))
    return page(
        "Wissen", element("h1", f"Deelnemer {name} wissen?"), element("p", said), sheet, element("p", way_to(name))
    )
