"""The page of the monitor: what stands on it, in every language, escaped; and in a real Chromium."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.chromium import A4_AT_96_DPI, CHROMIUM, MISPLACED, n_pages, opened
from wor_match.display.bars import Bar, bars, columns
from wor_match.pathway import Monitor, invented, load_profile, monitor, read_registration

LANGUAGES = ("nl", "nl-je", "en")
HOSTILE = '<script>alert(1)</script> & "wij"'


@pytest.fixture(scope="module")
def found() -> Monitor:
    """Five hundred invented people in the region with targets, whose name is hostile."""
    profile = load_profile("schiedam-mvs").replace(name=HOSTILE, principles={"wish_leads": True})
    return monitor(invented(profile, people=500), date(2026, 12, 31), profile)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_six_sections_and_says_that_people_are_invented(found: Monitor, language: str) -> None:
    html, text = found.to_html(language), found.to_markdown(language)
    assert f'lang="{language[:2]}"' in html
    assert "verzonnen" in html or "invented" in html
    assert html.count('class="element"') == 4
    assert html.count('class="checked"') == 2
    assert text.count("\n## ") == 7
    assert "{" not in text.replace("{}", "")
    assert not re.search(r"\bnone\b|None|nan", text)


def test_in_markdown_each_figure_of_the_headline_stands_on_a_line_with_what_it_is(found: Monitor) -> None:
    (referrals,) = (row for row in found.rows if row.indicator == "referrals" and (row.by, row.part) == ("all", ""))
    assert f"\n- {referrals.count} · Verwijzingen\n" in found.to_markdown("nl")


def test_no_text_of_a_profile_can_become_a_script(found: Monitor) -> None:
    html = found.to_html()
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "\\<script\\>" in found.to_markdown()
    assert not re.search(r"https?://(?!www\.w3\.org)", html), "nothing from outside"


def test_every_chart_says_in_words_what_it_shows(found: Monitor) -> None:
    html = found.to_html("en")
    assert html.count("<svg") == html.count("<desc>") == html.count('role="img"') == 8
    assert "Contact in time: 79 %" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_nothing_was_chosen_is_said_in_words_whichever_sheet_told_it(language: str, tmp_path: Path) -> None:
    outflow = [f"p{number};huisarts;2-11-2026;9-12-2026;" for number in range(30)]
    words = ["Drempel te hoog (bijv. sociale angst)", "Onbereikbaar geworden"]
    rows = [line + words[number % 2] for number, line in enumerate(outflow)]
    sheet = tmp_path / "lijst.csv"
    sheet.write_text(
        "\n".join(["deelnemer;verwijzer;verwijsdatum;uitstroomdatum;reden_uitval", *rows]), encoding="utf-8"
    )
    told = monitor(read_registration(sheet).events, date(2026, 12, 31), load_profile("national")).to_markdown(language)
    said = {"en": ("the step was too big", "not reached")}.get(language, ("de drempel was te hoog", "niet bereikbaar"))
    for one in said:
        assert re.search(rf"^\| .*: {one} \| 15 ", told, re.MULTILINE), one
    assert not re.search("threshold|unreachable", told)


def test_of_nobody_there_is_a_page_too() -> None:
    profile = load_profile("national")
    html = monitor([], date(2026, 12, 31), profile).to_html()
    assert "<svg" not in html
    assert "niet getoond" in html
    assert "verzonnen" not in html


def test_bars_and_columns_stand_where_their_value_is() -> None:
    svg = bars("Deel", [Bar("a", "50 %", 0.5, 0.25, 0.75, 1.0), Bar("b", "niet getoond", None)]).svg
    assert [round(float(x)) for x in re.findall(r'width="([\d.]+)" height="12.0" rx="2" class="bar"', svg)] == [156]
    assert [round(float(x)) for x in re.findall(r'<line x1="([\d.]+)"', svg)] == [82, 82, 238]
    assert svg.count("<polygon") == 1
    tall = columns("Per kwartaal", [Bar("2026-Q1", "20", 20.0), Bar("2026-Q2", "10", 10.0)], 20.0).svg
    assert re.findall(r'height="([\d.]+)" rx', tall) == ["92.0", "46.0"]
    assert "Per kwartaal. 2026-Q1: 20; 2026-Q2: 10." in tall


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: what a browser shows is not looked at")
def test_in_a_browser_nothing_is_cut_axe_is_content_and_it_prints_on_two_pages(browser: Any, found: Monitor) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for language, width, scheme in (("nl", 375, "dark"), ("en", 1200, "light")):
        window = opened(browser, found.to_html(language), viewport={"width": width, "height": 800}, color_scheme=scheme)
        seen = window.evaluate(MISPLACED)
        told = Axe().run(window).response
        window.close()
        assert seen["wrong"] == [], f"{width} pixels, {scheme}"
        assert [(rule["id"], rule["help"]) for rule in told["violations"]] == []
        assert len(told["passes"]) > 10, "it looked"
    window = browser.new_page(viewport={"width": A4_AT_96_DPI, "height": 1123})
    window.set_content(found.to_html())
    paper = window.pdf(prefer_css_page_size=True)
    window.close()
    assert n_pages(paper) <= 2
