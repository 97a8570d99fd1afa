"""The questions of the form, in plain Dutch. The answers to choose from are the library's own (`wm.vocabulary`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import wor_match as wm
from wor_match.domain.terms import taxonomy

from .receiving import Answers

Kind = Literal["one", "some", "order", "number", "text"]
Choices = dict[str, str]
WORDS = wm.vocabulary("nl")
DAYS = {"ma": "maandag", "di": "dinsdag", "wo": "woensdag", "do": "donderdag", "vr": "vrijdag", "za": "zaterdag",
        "zo": "zondag"}  # fmt: skip
PARTS = {"09:00-12:30": "ochtend", "12:30-17:30": "middag", "17:30-22:00": "avond"}
HALF_DAYS = {f"{day} {hours}": f"{name} {part}" for day, name in DAYS.items() for hours, part in PARTS.items()}


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes
    ----------
    field : str
        The field of `Participant`, a part of one after a dot.
    text, mistake : str
        What is asked, and what to do when the answer cannot be read.
    kind : str
        How it is answered: ``one`` or ``some`` of the choices, three in ``order``, a ``number`` or a ``text``.
    choices : dict
        Code → label.
    hint : str
    """

    field: str
    text: str
    mistake: str
    kind: Kind
    choices: Choices
    hint: str = ""


def labels(name: str, more: bool = False) -> Choices:
    """Code → label of one of the library's lists; with `more` what it means stands behind it."""
    return {code: f"{label}: {said}" if more and said else label for code, (label, said) in WORDS[name].items()}


def one(field: str, text: str, name: str = "", more: bool = False) -> Question:
    """A question with one answer."""
    return Question(field, text, "Kies één antwoord uit de lijst.", "one", labels(name or field, more))


def some(field: str, text: str, choices: Choices | None = None, hint: str = "") -> Question:
    """A question with several answers."""
    return Question(field, text, "Kies uit de lijst.", "some", choices or labels(field), hint)


def number(field: str, text: str, mistake: str, hint: str = "") -> Question:
    """A question that is answered with a number."""
    return Question(field, text, mistake, "number", {}, hint)


def wishes() -> Choices:
    """What somebody may like, without the groups: those are the headings."""
    return {code: label for code, label in labels("likes").items() if code not in taxonomy().groups}


def web() -> Iterator[Question]:
    """The six marks of the spider web."""
    for code, (label, said) in WORDS["spider_web.scores"].items():
        yield number(f"spider_web.scores.{code}", label, "Geef een cijfer van 0 tot 10.", said)


def circumstances() -> Iterator[Question]:
    """What may come first."""
    for code, (label, _) in WORDS["circumstances"].items():
        yield one(f"circumstances.{code}", label, "circumstances.state", more=True)


FOUR_DIGITS = "Vul vier cijfers in, zoals 3431."
POSTCODE = Question("place.postcode", "Wat is uw postcode?", FOUR_DIGITS, "text", {}, "De vier cijfers zijn genoeg.")
FORM: dict[str, tuple[Question, ...]] = {  # heading → its questions; the first two stand open
    "De wens": (
        Question(
            "focus", "Wat wilt u het liefst veranderen?", "Kies drie verschillende dingen, of minder.", "order",
            labels("focus", more=True), "Het eerste telt het meest.",
        ),
        some("likes", "Waar houdt u van?", wishes(), "Kies er zo veel als u wilt."),
    ),
    "Waar en wanneer": (
        POSTCODE,
        some("travel.modes", "Hoe reist u?"),
        number("travel.max_minutes", "Hoeveel minuten mag de reis duren?", "Vul hele minuten in, zoals 20."),
        some("free", "Wanneer kunt u?", HALF_DAYS, "Weet u het nog niet? Laat dit dan leeg."),
        one("budget", "Wat mag het kosten?", more=True),
    ),
    "De groep en hulp": (
        one("group_wish.size", "Hoe groot is de groep het liefst?", more=True),
        one("group_wish.contact", "Met wie het liefst?", more=True),
        one("group_wish.mix", "Met vrouwen, mannen of allebei?", more=True),
        some("support", "Welke hulp is fijn bij de eerste keer?"),
        some("access", "Wat moet er zijn op de plek?"),
        one("languages.nl", "Hoe gaat Nederlands praten?", "languages.level", more=True),
    ),
    "Over u": (
        number("age", "Hoe oud bent u?", "Vul hele jaren in, zoals 67.", "Sommige groepen zijn voor een leeftijd."),
        one("gender", "Bent u vrouw, man of anders?"),
        one("body_level", "Hoe zwaar mag bewegen zijn?", more=True),
    ),
    "Het spinnenweb: cijfers van 0 tot 10": tuple(web()),
    "Wat eerst komt (voor de coach)": tuple(circumstances()),
}  # fmt: skip
QUESTIONS = tuple(question for part in FORM.values() for question in part)


def told_in(answers: Answers) -> dict[str, Any]:
    """The fields of a participant that were filled in; what was left open is not told."""
    found: dict[str, Any] = {}
    for question in QUESTIONS:
        values = [value.strip() for value in answers.get(question.field, []) if value.strip()]
        if values:
            *outer, last = question.field.split(".")
            inside = found
            for name in outer:
                inside = inside.setdefault(name, {})
            inside[last] = value_of(question, values)
    return found


def value_of(question: Question, values: list[str]) -> Any:
    """The answer as the library takes it; what is no number stays as it is, and is refused there."""
    if question.kind in ("some", "order"):
        return list(dict.fromkeys(values))
    if question.kind == "number":
        try:
            told = float(values[0].replace(",", "."))
            return int(told) if told.is_integer() else told
        except (ValueError, OverflowError):
            return values[0]
    return values[0]


def mistakes(fault: wm.ParticipantError) -> dict[str, str]:
    """Field → what to do, for each question whose answer was refused; nothing of an answer stands in it."""
    return {
        question.field: question.mistake
        for question in QUESTIONS
        if any(belongs(problem.path, question.field) for problem in fault.problems)
    }


def belongs(path: str, field: str) -> bool:
    """Whether a fault at a path is about a field: the field itself, a part of it, or the value it is a part of."""
    return f"{path}.".startswith(f"{field}.") or (path == "place" and field == POSTCODE.field)
