"""The coach's pages in a real Chromium: by keyboard alone, on a telephone of 375 pixels, light and dark, and with axe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.chromium import CHROMIUM, MISPLACED
from tests.examples.serving import Served

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: what a browser shows is not looked at")
TELEPHONE = {"width": 375, "height": 800}
MOST_STOPS = 120
NAMED = "document.activeElement.innerText || document.activeElement.value || document.activeElement.id"


@pytest.fixture
def window(browser: Any, served: Served) -> Iterator[Any]:
    """A telephone that fails a test when a page asks for something elsewhere, or its policy stops something."""
    opened = browser.new_page(viewport=TELEPHONE, base_url=served.url)
    wrong: list[str] = []
    opened.on("request", lambda asked: asked.url.startswith((served.url, "data:")) or wrong.append(asked.url))
    opened.on("console", lambda said: "Content Security Policy" in said.text and wrong.append(said.text))
    yield opened
    opened.close()
    assert wrong == []


def to(window: Any, wanted: str) -> None:
    """Go on with the Tab key until something is reached."""
    for _ in range(MOST_STOPS):
        window.keyboard.press("Tab")
        if window.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            outline = window.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", "it is seen where one is"
            return
    raise AssertionError(f"{wanted} is not reached; at last {window.evaluate(NAMED)}")


def test_a_coach_goes_the_whole_way_by_keyboard(window: Any) -> None:
    keys = window.keyboard
    window.goto("/")
    to(window, "nav a[href='/nieuw']")
    keys.press("Enter")
    window.wait_for_url("**/nieuw")
    to(window, "#focus-0")
    keys.type("Meedoen")
    to(window, "#likes summary")
    keys.press("Enter")
    to(window, "input[value='wandelen']")
    keys.press("Space")
    to(window, "[id='place.postcode']")
    keys.type("34x1")
    keys.press("Enter")
    window.wait_for_selector("[role=alert]")
    assert window.input_value("#focus-0") == "participation", "what was filled in is still there"
    assert window.is_checked("input[value='wandelen']")
    to(window, "[role=alert] a")
    keys.press("Enter")
    to(window, "[id='place.postcode']")
    keys.press("Control+A")
    keys.type("3431")
    keys.press("Enter")
    window.wait_for_url("**/deelnemers/*")
    to(window, "#kiezen input[name=activity]")
    keys.press("Space")
    to(window, "#kiezen button")
    keys.press("Enter")
    window.wait_for_selector("#tot-nu-toe >> text=Gekozen")
    assert window.inner_text("[role=status]") == "Het is vastgelegd."
    to(window, "#vragen a")
    keys.press("Enter")
    window.wait_for_url("**/vragen/**")
    to(window, "input[name=welcome]")
    keys.press("ArrowDown")
    to(window, "button")
    keys.press("Enter")
    window.wait_for_selector("#tot-nu-toe >> text=Er geweest")


def ways(served: Served) -> dict[str, str]:
    """Every kind of page, of somebody who chose something."""
    wish = {"likes": ["samen-koken"], "focus": ["participation"], "place": {"postcode": "3431"}}
    name = served.welcome(
        **wish, spider_web={"scores": {"participation": 3, "meaningfulness": 7}, "instrument": "marks"}
    )
    chosen = {"kind": "chosen", "activities": ["kookgroep-de-linde"], "at": "2026-11-02T10:00:00+01:00"}
    served.client.post(f"/api/people/{name}/events", json=[chosen]).raise_for_status()
    about = f"/deelnemers/{name}"
    return {
        "today": "/", "new": "/nieuw", "person": f"{about}?vastgelegd=1", "card": f"{about}/kaart",
        "questions": f"{about}/vragen/month_3/kookgroep-de-linde", "erase": f"{about}/wissen", "nobody": f"{about}0",
    }  # fmt: skip


def test_every_page_fits_a_telephone_and_axe_finds_nothing(
    browser: Any, served: Served, figure: Callable[[str], None]
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    pages = ways(served)
    for scheme in ("light", "dark"):
        window = browser.new_page(viewport=TELEPHONE, base_url=served.url, color_scheme=scheme, bypass_csp=True)
        for name in pages if scheme == "light" else ("new", "person"):  # between them they hold all that has a colour
            window.goto(pages[name])
            window.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
            assert window.evaluate(MISPLACED)["wrong"] == [], f"{name}, {scheme}"
            told = Axe().run(window).response
            assert [(rule["id"], rule["help"]) for rule in told["violations"]] == [], f"{name}, {scheme}"
            assert len(told["passes"]) > 5, "it looked"
            lost = "[...document.querySelectorAll('a[href^=\"#\"]')].filter((one) => !document.querySelector(one.hash))"
            assert window.evaluate(f"{lost}.map((one) => one.outerHTML)") == [], "every way on the page leads somewhere"
        window.close()
    figure(f"axe-core {told['testEngine']['version']}: no problem on {len(pages)} pages of the example host")


def test_the_form_comes_back_without_a_problem_for_axe(window: Any, served: Served) -> None:
    answer = served.client.post(
        "/nieuw", data=served.form(**{"place.postcode": "34x1", "age": "oud", "focus": ["x", "y"]})
    )
    window.set_content(answer.text)
    from axe_playwright_python.sync_playwright import Axe

    assert [rule["id"] for rule in Axe().run(window).response["violations"]] == []
    assert window.evaluate(MISPLACED)["wrong"] == []


def test_what_can_be_touched_is_large_enough(window: Any) -> None:
    window.goto("/nieuw")
    small = window.evaluate(
        "[...document.querySelectorAll('button, select, input[type=text], .tick, summary')]"
        ".filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43).map((one) => one.outerHTML)"
    )
    assert small == []
