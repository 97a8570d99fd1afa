"""The page with the questions: works without a script, with the keyboard, and on a telephone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import groupby
from xml.etree.ElementTree import Element

from wor_match.display.html import element
from wor_match.domain.terms import taxonomy

from .happened import PURPOSES
from .markup import button, hidden, lines, page, ticked
from .questions import FORM, QUESTIONS, Question
from .receiving import Answers

OPEN = 2  # parts that stand open at once
TO_LIKE, ASPECTS = "likes", "Wat er fijn aan is"
PLACES = ("Eerst", "Daarna", "Ook")


def form_page(name: str, at: datetime, answers: Answers, wrong: Mapping[str, str]) -> str:
    """The form, with what was filled in before and what to look at.

    It holds the pseudonym that was made for it: sent twice it is about the same person.
    """
    parts = [part(name, asked, answers, wrong, at < OPEN) for at, (name, asked) in enumerate(FORM.items())]
    said = element("p", "Alles mag leeg blijven. Vul geen naam in: het systeem maakt zelf een code.")
    agreed = element(
        "fieldset",
        element("legend", "Wat vindt u goed?"),
        *(ticked("agreed", code, label, code in answers.get("agreed", [])) for code, label in PURPOSES.items()),
    )
    unseen = hidden("code", name), hidden("shown_at", at.isoformat())
    sheet = element("form", *unseen, *parts, agreed, button("Naar de ideeën"), method="post", action="/nieuw")
    return page("Nieuwe deelnemer", element("h1", "Nieuwe deelnemer"), *summary(wrong), said, sheet)


def summary(wrong: Mapping[str, str]) -> Iterator[Element]:
    """What to look at, above the form, each with a way to get there."""
    if wrong:
        texts = {question.field: question.text for question in QUESTIONS}
        told = (
            element("li", element("a", texts.get(field, "Dit formulier"), href=f"#{field}"), f": {said}")
            for field, said in wrong.items()
        )
        title = element("h2", "Kijk dit nog eens na")
        yield element("section", title, element("ul", *told), role="alert", class_="wrong")


def part(name: str, asked: tuple[Question, ...], answers: Answers, wrong: Mapping[str, str], is_open: bool) -> Element:
    """Questions under one heading; those that are asked less stand folded until somebody filled one in."""
    inside = [asking(question, answers.get(question.field, []), wrong.get(question.field, "")) for question in asked]
    if is_open:
        return element("section", element("h2", name), *inside)
    filled = any(question.field in answers for question in asked)
    return element("details", element("summary", name), *inside, open="open" if filled else "")


def asking(question: Question, told: list[str], wrong: str) -> Element:
    """One question with its answers."""
    notes = [element("span", question.hint, class_="hint")] if question.hint else []
    notes += [element("span", wrong, class_="fault", id=f"{question.field}-fault")] if wrong else []
    if question.kind == "some":
        body = liked(told) if question.field == TO_LIKE else boxes(question, told)
        return element("fieldset", element("legend", question.text), *notes, *body, id=question.field)
    if question.kind == "order":
        rows = (order(question, at, name, told) for at, name in enumerate(PLACES))
        return element("fieldset", element("legend", question.text), *notes, *rows, id=question.field)
    field = chosen(question, told, question.field) if question.kind == "one" else typed(question, told, wrong)
    return element("div", element("label", question.text, for_=question.field), *notes, field, class_="asked")


def boxes(question: Question, told: list[str]) -> Iterator[Element]:
    """Boxes to tick, side by side where there is room."""
    ticks = (ticked(question.field, code, label, code in told) for code, label in question.choices.items())
    yield element("div", *ticks, class_="ticks")


def liked(told: list[str]) -> Iterator[Element]:
    """The many things to like, folded by what they are about."""
    ours, (question,) = taxonomy(), [one for one in QUESTIONS if one.field == TO_LIKE]
    titles = {name: nl for name, (nl, _) in ours.groups.items()}
    named = [(titles[ours.terms[code].group] if code in ours.terms else ASPECTS, code) for code in question.choices]
    for title, same in groupby(sorted(named, key=lambda one: one[0]), key=lambda one: one[0]):
        codes = [code for _, code in same]
        ticks = (ticked(TO_LIKE, code, question.choices[code], code in told) for code in codes)
        opened = "open" if set(codes) & set(told) else ""
        yield element("details", element("summary", title), element("div", *ticks, class_="ticks"), open=opened)


def order(question: Question, at: int, name: str, told: list[str]) -> Element:
    """One of the places in an order."""
    own, label = f"{question.field}-{at}", element("label", name, for_=f"{question.field}-{at}")
    return element("div", label, chosen(question, told[at : at + 1], own), class_="asked")


def chosen(question: Question, told: list[str], own_id: str) -> Element:
    """A list of which one is chosen; the first line says nothing."""
    inside = lines(question.choices, True, told[0] if told else "")
    return element("select", *inside, name=question.field, id=own_id)


def typed(question: Question, told: list[str], wrong: str) -> Element:
    """A field to type in; what is wrong with it is told by the library, not by the browser."""
    fault = {"aria-describedby": f"{question.field}-fault", "aria-invalid": "true"} if wrong else {}
    wide = {"id": question.field, "name": question.field, "value": told[0] if told else "", "autocomplete": "off"}
    return element("input", type="text", inputmode="decimal", maxlength="10", **wide, **fault)
