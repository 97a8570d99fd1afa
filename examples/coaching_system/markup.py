"""What pages are made of here: a whole page, forms and their fields. Every text is escaped when it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from xml.etree.ElementTree import Element

from wor_match.display.html import element, written


@cache
def style() -> str:
    """The library's own style, and ours below it."""
    ours = Path(__file__).with_name("style.css")
    return files("wor_match.display").joinpath("style.css").read_text("utf-8") + ours.read_text("utf-8")


def page(title: str, *inside: Element | None) -> str:
    """A whole page: no script, and nothing from elsewhere."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("style", style()),
    )
    ways = (element("a", "Vandaag", href="/"), element("a", "Nieuwe deelnemer", href="/nieuw"))
    nav = element("nav", *ways, **{"aria-label": "Bladzijden"})
    return "<!doctype html>\n" + written(
        element("html", head, element("body", nav, element("main", *inside)), lang="nl")
    )


def message(title: str, sentence: str, back: str = "") -> str:
    """A page with one sentence, and a way back when there is one."""
    way = element("p", element("a", "Terug naar de deelnemer", href=back)) if back else None
    return page(title, element("h1", title), element("p", sentence), way)


def form(name: str, action: str, at: datetime, *inside: Element) -> Element:
    """A form about somebody, which says when it was shown: sent twice it tells the same."""
    return element(
        "form", hidden("shown_at", at.isoformat()), *inside, method="post", action=f"/deelnemers/{name}/{action}"
    )


def hidden(name: str, value: str) -> Element:
    """A field that nobody sees."""
    return element("input", type="hidden", name=name, value=value)


def button(text: str, kind: str = "", **told: str) -> Element:
    """A button that sends a form."""
    return element("button", text, type="submit", class_=kind, **told)


def ticked(name: str, code: str, label: str, on: bool = False, kind: str = "checkbox") -> Element:
    """One box, or one of which one is chosen, with its words: all of it can be touched."""
    box = element("input", type=kind, name=name, checked="checked" if on else "")
    box.set("value", code)
    return element("label", box, element("span", label), class_="tick")


def listed(name: str, text: str, choices: Mapping[str, str], empty: bool = True, needed: bool = False) -> Element:
    """A list of which one is chosen, with what is asked above it; what is needed a browser asks for by itself."""
    field = element("select", *lines(choices, empty), name=name, id=name, required="required" if needed else "")
    return element("div", element("label", text, for_=name), field, class_="asked")


def lines(choices: Mapping[str, str], empty: bool, on: str = "") -> Iterator[Element]:
    """The lines of a list; with `empty` the first says nothing."""
    if empty:
        nothing = element("option", "niets gekozen")
        nothing.set("value", "")
        yield nothing
    for code, label in choices.items():
        yield element("option", label, value=code, selected="selected" if code == on else "")
