"""HTML through one builder: what others wrote stays text, and a page brings everything it needs."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import wor_match as wm
from tests.display.reading import Page
from tests.town import TUESDAY, activity, person
from wor_match.display.html import element, fragment, written
from wor_match.display.participant import idea
from wor_match.domain.length import words_in
from wor_match.wording import words

AT = date(2026, 11, 23)
PIECES = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onclick='alert(1)", "</li></ul></div>", "<!-- x", "-->",
    "&lt;b&gt;", "&amp;", "{{7*7}} ${x} {0} %s", "<style>*{display:none}</style>", "<svg/onload=alert(1)>", "</title><b>",
    "]]>", "<![CDATA[", "javascript:alert(1)", "</style>", "<bdi>", "</bdi>", "&#60;", "\\u003c", "<a href='x'>", "</p>",
    "=cmd|'/c calc'!A1", "`", "<plaintext>", "<iframe>", "&", "<", ">", '"', "'", "مرحبا", "שלום", "<details open>", "a\tb",
)  # fmt: skip
PER_CATALOGUE, FIELDS, FEW_WORDS = 100, 8, 6


def hostile(dice: random.Random) -> str:
    """One or two hostile pieces in a row, with few enough words to be shown to anybody."""
    while True:
        made = "".join(dice.choice(PIECES) for _ in range(dice.randint(1, 2)))
        if len(words_in(made)) <= FEW_WORDS:
            return made


def town(text: Callable[[], str]) -> wm.Catalogue:
    """A hundred activities of which every text was written by somebody else: eight texts each."""
    organisers = tuple(
        {"id": f"o{number}", "name": text(), "phone": "+31 30 000 00 01"} for number in range(PER_CATALOGUE)
    )
    made = tuple(
        activity(
            f"a{number:03d}", name=text(), summary=text(), organiser=f"o{number}", schedule=TUESDAY,
            place={"name": text(), "street": text(), "city": text(), "entrance": text()},
            first_visit={"ask_for": text()}, price=[{"euro": 3, "per": "time", "includes": "eten"}],
        )
        for number in range(PER_CATALOGUE)
    )  # fmt: skip
    return wm.Catalogue.model_validate({"id": "t", "name": "t", "organisers": organisers, "activities": made})


def faces(catalogue: wm.Catalogue) -> list[str]:
    """The coach's page with all hundred, and the part of a card that each of them would be."""
    advice = wm.Matcher(catalogue).recommend(person(), at=AT, n=PER_CATALOGUE)
    ours = words("nl")
    cards = [fragment(idea(1, one, advice, ours), "nl") for one in sorted(advice, key=lambda one: one.activity.id)]
    return [advice.card("coach"), *cards]


@pytest.mark.parametrize("n", [3_000, pytest.param(20_000, marks=pytest.mark.nightly)])
def test_hostile_texts_leave_the_tags_as_a_harmless_one_does(n: int, figure: Callable[[str], None]) -> None:
    harmless = [Page(face).tags for face in faces(town(lambda: "naam"))]
    dice = random.Random(20261123)
    told = 0

    def text() -> str:
        nonlocal told
        told += 1
        return hostile(dice)

    while told < n:
        for face, due in zip(faces(town(text)), harmless, strict=True):
            assert Page(face).tags == due
    figure(
        f"hostile texts: {told:,} left the tags of {told // FIELDS // PER_CATALOGUE} pages and their cards as they were"
    )


def test_a_builder_that_does_not_escape_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    harmless = [Page(face).tags for face in faces(town(lambda: "naam"))]
    monkeypatch.setattr("xml.etree.ElementTree._escape_cdata", lambda text: text)
    dice = random.Random(1)
    assert [Page(face).tags for face in faces(town(lambda: hostile(dice)))] != harmless


def test_what_was_written_is_what_is_read() -> None:
    name = "<b>& \"'x'"
    advice = wm.Matcher(wm.Catalogue(id="t", name="t", activities=(activity(name=name),))).recommend(person(), at=AT)
    for reader in ("participant", "coach"):
        assert f"1. {name}" in Page(advice.card(reader)).text


@pytest.mark.parametrize(
    ("phone", "link"),
    [
        ("+31 30 000 00 05", "tel:+31300000005"),
        ("030 000 00 01", "tel:0300000001"),
        ("112", "tel:112"),
        ("+31 (0)30 000 00 01", "tel:+31300000001"),
    ],
)
def test_a_telephone_number_is_a_link_that_dials(phone: str, link: str) -> None:
    made = {"id": "t", "name": "t", "organisers": [{"id": "o", "name": "O", "phone": phone}],
            "activities": [activity(organiser="o")]}  # fmt: skip
    page = wm.Matcher(wm.Catalogue.model_validate(made)).recommend(person(), at=AT).card()
    assert ("a", "href", link) in Page(page).attributes
    assert phone in Page(page).text


def test_what_is_no_one_number_is_no_link() -> None:
    made = {"id": "t", "name": "t", "organisers": [{"id": "o", "name": "O", "phone": "030 000 00 01 - 030 000 00 02"}],
            "activities": [activity(organiser="o")]}  # fmt: skip
    page = Page(wm.Matcher(wm.Catalogue.model_validate(made)).recommend(person(), at=AT).card())
    assert "030 000 00 01 - 030 000 00 02" in page.text
    assert not [value for _, name, value in page.attributes if name == "href"]


@pytest.mark.parametrize("reader", ["participant", "coach"])
def test_a_page_brings_everything_and_runs_nothing(reader: Any, matcher: wm.Matcher) -> None:
    web = {"scores": {"meedoen": 3, "zin": 7}}
    html = matcher.recommend(person(spider_web=web, likes=["samen-koken"]), at=AT).card(reader)
    page = Page(html)
    assert html.startswith('<!doctype html>\n<html lang="nl">')
    assert not {tag[0] for tag in page.tags} & {"script", "iframe", "object", "embed", "link", "base", "form", "input"}
    assert all(value.startswith("data:image/svg+xml;base64,") for _, name, value in page.attributes if name == "src")
    assert all(value.startswith(("tel:", "https://")) for _, name, value in page.attributes if name == "href")
    assert not [name for _, name, _ in page.attributes if name.startswith("on") or name == "style"]
    assert "url(" not in html
    assert "@import" not in html
    assert ("meta", "http-equiv", "Content-Security-Policy") in page.attributes
    assert sum(tag[0] == "img" for tag in page.tags) == sum(name == "alt" for _, name, _ in page.attributes)


@pytest.mark.parametrize(("language", "due"), [("nl", "nl"), ("nl-je", "nl"), ("en", "en")])
def test_a_page_says_which_language_it_speaks(language: str, due: str, matcher: wm.Matcher) -> None:
    assert f'<html lang="{due}">' in matcher.recommend(person(), at=AT).card(language=language)


def test_an_element_keeps_text_and_children_in_order() -> None:
    made = element("p", "a ", element("b", "c"), " d", None, element("i"), "e", class_="x", title="")
    assert written(made) == '<p class="x">a <b>c</b> d<i></i>e</p>'


def test_who_can_only_be_written_to_is_written_to() -> None:
    told = {**TOWN_WITH_EMAIL, "activities": [{"id": "koor", "name": "Koor", "terms": ["zingen"], "organiser": "o"}]}
    advice = wm.Matcher(wm.Catalogue.model_validate(told)).recommend(wm.Participant(id="p1"), at=date(2026, 11, 23))
    for face in ("participant", "coach"):
        assert '<a href="mailto:info+koor@voorbeeld.example">info+koor@voorbeeld.example</a>' in advice.card(face)
    assert "Mailen: Zanghuis. info+koor@voorbeeld.example" in advice.read_aloud()
    assert "info+koor" in advice.to_markdown().replace("\\", "")


TOWN_WITH_EMAIL = {
    "id": "x",
    "name": "X",
    "organisers": [{"id": "o", "name": "Zanghuis", "email": "info+koor@voorbeeld.example"}],
}
