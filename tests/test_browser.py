"""Card and page as people meet them: in a real Chromium, on a telephone and a wide screen, light and dark, and on paper.

Needs Chromium on this machine (`chromium`, `chromium-browser` or `google-chrome`); without it these tests are skipped
and the run says so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import wor_match as wm
from tests.chromium import A4_AT_96_DPI, CHROMIUM, MISPLACED, n_pages, opened
from tests.town import activity, advice_on
from wor_match.demo import DEMO_DAY, PEOPLE, together
from wor_match.display.demo_page import demo_page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: what a browser shows is not looked at")
WIDTHS = (360, 1200)

LONG = activity(
    name="Bewegingsstimuleringsprogramma 55+", summary="Welzijnsondersteuningsorganisatiebijeenkomst.",
    place={"name": "Gemeenschapsaccommodatiecentrum", "street": "Burgemeestervanhoornbekeplantsoen", "number": "3"},
    first_visit={"ask_for": "de vrijwilligersondersteuningscoördinator"},
)  # fmt: skip


@pytest.fixture(scope="module")
def pages(matcher: wm.Matcher) -> dict[str, str]:
    """What there is to look at: both faces of three people, and the faces when nothing fits or safety comes first."""
    advices = [(one, matcher.recommend(one.person, at=DEMO_DAY)) for one in PEOPLE]
    found = {}
    for one, advice in advices:
        found[f"{one.person.id}, card"] = advice.card("participant", one.language, one.level, one.own_words)
        found[f"{one.person.id}, page"] = advice.card("coach", one.language)
    nothing = matcher.recommend(
        PEOPLE[0].person.replace(free=["zo 06:00-06:30"]), at=DEMO_DAY, without=["maatje-aan-huis"]
    )
    assert len(nothing) == 0
    safety = matcher.recommend(PEOPLE[0].person.replace(circumstances={"safety": "first"}), at=DEMO_DAY)
    for name, advice in (("nothing fits", nothing), ("safety first", safety)):
        found[f"{name}, card"], found[f"{name}, page"] = advice.card(), advice.card("coach", "en")
    found["long words, card"], found["long words, page"] = (
        advice_on(LONG).card(reader) for reader in ("participant", "coach")
    )
    found["demo"] = demo_page([(one, advice, tuple(together(matcher, one))) for one, advice in advices])
    return found


NAMES = [
    *(f"{one.person.id}, {face}" for one in PEOPLE for face in ("card", "page")),
    *(f"{name}, {face}" for name in ("nothing fits", "safety first", "long words") for face in ("card", "page")),
    "demo",
]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_and_nothing_covers_anything(browser: Any, pages: dict[str, str], name: str) -> None:
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            window = opened(browser, pages[name], viewport={"width": width, "height": 800}, color_scheme=scheme)
            seen = window.evaluate(MISPLACED)
            window.close()
            assert seen["pieces"] > 1
            assert seen["wrong"] == [], f"{width} pixels, {scheme}"


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_no_serious_problem(
    browser: Any, pages: dict[str, str], name: str, figure: Callable[[str], None]
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for scheme in ("light", "dark"):
        window = opened(browser, pages[name], viewport={"width": 360, "height": 800}, color_scheme=scheme)
        told = Axe().run(window).response
        window.close()
        serious = [
            (rule["id"], rule["help"]) for rule in told["violations"] if rule["impact"] in ("serious", "critical")
        ]
        assert serious == [], scheme
        assert len(told["passes"]) > 5, "it looked"
    if name == NAMES[-1]:
        version = told["testEngine"]["version"]
        figure(f"axe-core {version}: no serious problem on {len(NAMES)} pages, light and dark")


@pytest.mark.parametrize("name", [name for name in NAMES if name != "demo"])
def test_it_prints_on_one_page_of_a4(browser: Any, pages: dict[str, str], name: str) -> None:
    window = browser.new_page(viewport={"width": A4_AT_96_DPI, "height": 1123})
    window.set_content(pages[name])
    window.emulate_media(media="print")
    wrong = window.evaluate(MISPLACED)["wrong"]
    paper = window.pdf(prefer_css_page_size=True)
    window.close()
    assert wrong == []
    assert n_pages(paper) == 1


def test_the_demo_prints_a_card_and_a_page_for_each(browser: Any, pages: dict[str, str]) -> None:
    window = browser.new_page()
    window.set_content(pages["demo"])
    assert n_pages(window.pdf(prefer_css_page_size=True)) == 2 * len(PEOPLE)
    window.close()


def test_a_page_that_is_too_long_or_too_wide_would_be_found(browser: Any) -> None:
    window = browser.new_page(viewport={"width": 360, "height": 800})
    window.set_content(
        "<p style='width:900px'>" + "breed " * 60 + "</p><p style='margin-top:-2em'>over het andere heen</p>"
    )
    wrong = window.evaluate(MISPLACED)["wrong"]
    window.set_content("<p>regel</p>" * 300)
    assert n_pages(window.pdf()) > 1
    window.close()
    assert {told.split(":")[0] for told in wrong} == {"cut", "covered", "the page scrolls sideways"}


def test_every_link_and_every_fold_can_be_reached_with_the_keyboard(browser: Any, pages: dict[str, str]) -> None:
    window = browser.new_page(viewport={"width": 1200, "height": 800})
    window.set_content(pages[f"{PEOPLE[0].person.id}, page"])
    n_stops = window.evaluate("document.querySelectorAll('a, summary').length")
    reached = []
    for _ in range(n_stops):
        window.keyboard.press("Tab")
        reached.append(window.evaluate("document.activeElement.tagName"))
    assert reached.count("SUMMARY") == 2
    assert reached.count("A") == n_stops - 2 > 0
    window.keyboard.press("Enter")
    assert window.evaluate("document.querySelector('details.left-out').open")
    window.close()


def test_every_printed_card_of_the_example_fits_on_one_page(
    browser: Any, matcher: wm.Matcher, figure: Callable[[str], None]
) -> None:
    """Every activity of the example, three by three, with everything that a card can say about it."""
    told = wm.Participant(
        id="p1", focus=["meedoen"], age=60, place={"postcode": "3431"}, support=["buddy", "transport", "call"],
        group_wish={"size": "small", "contact": "same_people"}, travel={"modes": ["bike"]},
    )  # fmt: skip
    everything = [one.activity.id for one in matcher.recommend(told, at=DEMO_DAY, n=100)]
    window = browser.new_page()
    pages = []
    for at in range(0, len(everything), 3):
        advice = matcher.recommend(told, at=DEMO_DAY, only=everything[at : at + 3])
        window.set_content(advice.card(own_words="Ik wil graag weer onder de mensen komen."))
        pages.append(n_pages(window.pdf(prefer_css_page_size=True)))
    window.close()
    figure(f"printed cards of the example: {pages.count(1)} of {len(pages)} on one page of A4")
    assert set(pages) == {1}
