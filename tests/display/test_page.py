"""The page a coach reads: what comes first, figures that are those of the advice, what to ask, arrange and pass on."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given

import wor_match as wm
from tests.display.reading import Page
from tests.strategies import people
from tests.town import TUESDAY, activity, advice_on, person
from wor_match.display.faces import face_for
from wor_match.display.pictograms import DRAWN, pictogram
from wor_match.display.radar import radar
from wor_match.domain.terms import DIMENSIONS, taxonomy
from wor_match.wording import words

AT = date(2026, 11, 23)


def section(advice: wm.Advice, kind: str, number: int = 0) -> list[str]:
    """The lines of one part of the page, as text."""
    found = list(face_for(advice, "coach", "nl").find(kind))
    return [" | ".join(part for part in (line.label, line.text, line.phone, line.figure) if part)
            for line in (found[number].lines if found else ())]  # fmt: skip


@given(who=people())
def test_points_on_the_page_add_up_to_the_score_above_an_ordinary_activity(
    matcher: wm.Matcher, who: wm.Participant
) -> None:
    advice = matcher.recommend(who, at=AT)
    for number, one in enumerate(advice):
        figures = [line.rsplit(" | ", 1)[1] for line in section(advice, "why", number) if line.endswith("punten")]
        points = [float(figure.split()[0].replace("−", "-").replace(",", ".")) for figure in figures]
        assert sum(points) == pytest.approx(100 * (one.score - advice.reference), abs=0.05 * len(points) + 1e-9)


@pytest.mark.parametrize(
    ("above", "due"),
    [(15.1, "veel beter dan"), (14.9, "Dit past beter dan"), (3.1, "Dit past beter dan"), (2.9, "ongeveer even goed als"),
     (-2.9, "ongeveer even goed als"), (-3.1, "minder goed dan")],
)  # fmt: skip
def test_the_score_is_said_in_words_by_hand(above: float, due: str) -> None:
    from wor_match.display.coach import score_lines

    class Known:
        score, chance, interval, reference = 0.30, 0.5, (0.2, 0.7), 0.30 - above / 100
        reasons, evidence = (), (0, 0, 0)

    said = list(score_lines(Known, Known, words("nl")))  # because it only reads these figures
    assert due in said[0]
    assert said[1] == "Van de 100 mensen doen er na twaalf weken nog 50 mee. Dat kan ook tussen 20 en 70 liggen."
    assert said[2] == "Dit is een schatting. Er zijn hier nog geen ervaringen."
    reference = f"{30 - above:.1f}".replace(".", ",")
    assert said[3] == f"Score 30 van 100. Een gewone activiteit heeft {reference}."


def test_every_check_says_whom_to_call_and_what_to_ask(matcher: wm.Matcher) -> None:
    who = person(likes=["samen-eten"], access=["few_steps"], place={"postcode": "3431"})
    advice = matcher.recommend(who, at=AT, only=["samen-eten-de-schakel"])
    assert section(advice, "checks") == [
        "Ontmoetingscentrum De Schakel | De gegevens zijn 7 maanden oud. Klopt alles nog? | 030 000 00 01",
        "Ontmoetingscentrum De Schakel | Is er een ingang zonder treden? | 030 000 00 01",
    ]


def test_help_in_town_is_arranged_with_its_number_and_its_wait(matcher: wm.Matcher) -> None:
    advice = matcher.recommend(person(support=["buddy"]), at=AT, only=["samen-eten-de-schakel"])
    assert section(advice, "arrange") == [
        "Er kan iemand met u mee. Via Vrijwilligerspunt De Handdruk in de buurt. De wachttijd is ongeveer 2 weken. | 030 000 00 09"
    ]


def test_nothing_found_is_told_to_the_municipality_only_when_everything_was_asked(matcher: wm.Matcher) -> None:
    assert section(matcher.recommend(person(likes=["zingen"]), at=AT, only=[]), "gap") == []
    nothing = person(likes=["zingen"], only_wishes=True, free=["zo 06:00-06:30"])
    assert section(matcher.recommend(nothing, at=AT), "gap") == [
        "In Nieuwegein past nu niets van zingen. Meld dit bij de gemeente."
    ]


def test_a_track_shows_nothing_in_its_repr(matcher: wm.Matcher) -> None:
    advice = matcher.recommend(person(circumstances={"money": "first"}), at=AT)
    assert repr(advice.first) == "(Track(),)"


def test_tracks_stand_first_each_with_its_desk(matcher: wm.Matcher) -> None:
    advice = matcher.recommend(person(circumstances={"money": "first", "care": "alongside"}), at=AT)
    page = face_for(advice, "coach", "nl")
    assert page.blocks[0].kind == "first"
    assert section(advice, "first") == [
        "Eerst hulp bij geldzaken. Meedoen hoeft daar niet op te wachten.", "Geldloket | 030 000 00 21",
        "Tegelijk hulp bij zorg.", "Zorgloket | 030 000 00 25",
    ]  # fmt: skip
    without = advice_on(activity(), person(circumstances={"money": "first"}))
    assert section(without, "first")[1] == "Er staat geen loket in deze lijst."


def test_with_safety_first_the_coach_reads_one_sentence_and_the_desk(matcher: wm.Matcher) -> None:
    advice = matcher.recommend(person(circumstances={"safety": "first", "money": "first"}), at=AT)
    assert [block.kind for block in face_for(advice, "coach", "nl").blocks] == ["first", "closing"]
    assert section(advice, "first") == [
        "Veiligheid gaat voor. Praat hier eerst over, zonder advies voor een activiteit.", "Loket Veilig | 030 000 00 23",
    ]  # fmt: skip
    despite = matcher.recommend(person(circumstances={"safety": "first"}), at=AT, despite=["safety"])
    assert len(list(face_for(despite, "coach", "nl").find("idea"))) == 3


@given(who=people())
def test_why_not_names_every_excluded_activity_once_under_the_first_rule_it_breaks(
    matcher: wm.Matcher, who: wm.Participant
) -> None:
    advice = matcher.recommend(who, at=AT)
    by_rule = advice.excluded.by_rule()
    told = [name for names in by_rule.values() for name in names]
    assert sorted(told) == sorted(advice.excluded)
    assert all(advice.why_not(name)[0].constraint == rule for rule, names in by_rule.items() for name in names)
    titles = [block.title for block in face_for(advice, "coach", "nl").find("rule")]
    assert [int(re.findall(r"\((\d+)\)", title)[0]) for title in titles] == [len(names) for names in by_rule.values()]


def test_long_lists_are_cut_and_that_is_said(matcher: wm.Matcher) -> None:
    advice = matcher.recommend(person(), at=AT)
    others = section(advice, "others")
    assert len(others) == 6
    assert others[-1] == f"En nog {len(advice.others) - 5}."


def test_the_page_folds_and_opens_without_a_script(matcher: wm.Matcher) -> None:
    page = Page(matcher.recommend(person(), at=AT).card("coach"))
    assert page.tags.count(("summary",)) == page.tags.count(("details", "class")) == 2


def test_another_question_is_asked_in_the_words_of_the_coach(matcher: wm.Matcher) -> None:
    assert section(matcher.recommend(person(), at=AT), "asking") == [
        "Wat wilt u het liefst veranderen?",
        "Waar houdt u van?",
    ]


def test_the_notebook_shows_the_page_without_style_or_script(matcher: wm.Matcher) -> None:
    advice = matcher.recommend(person(spider_web={"scores": {"meedoen": 3}}), at=AT)
    page = Page(advice._repr_html_())
    assert {tag[0] for tag in page.tags} <= {
        "div", "article", "section", "h3", "h4", "h5", "h6", "p", "ul", "li", "dl", "dt", "dd", "span", "b", "bdi", "a", "img",
        "details", "summary", *(f"/{tag}" for tag in (
            ["div", "article", "section", "h3", "h4", "h5", "h6", "p", "ul", "li", "dl", "dt", "dd", "span", "b", "bdi", "a", "details", "summary"])),
    }  # fmt: skip
    assert "Advies voor p1" in page.text
    assert "Het spinnenweb uit het gesprek" in page.text


# --- drawings ---


def drawn(scores: dict[str, Any]) -> ElementTree.Element:
    """The spider web of these marks, parsed."""
    return ElementTree.fromstring(radar(wm.SpiderWeb(scores=scores), words("nl")).svg)  # noqa: S314 — our own text


SVG = "{http://www.w3.org/2000/svg}"


def test_the_spider_web_is_drawn_at_its_marks_by_hand() -> None:
    svg = drawn(dict.fromkeys(DIMENSIONS, 10) | {"participation": 5})
    dots = [(float(dot.get("cx", "")), float(dot.get("cy", ""))) for dot in svg.iter(f"{SVG}circle")]
    assert dots[0] == (270.0, 55.0)  # straight up: 165 - 110
    assert dots[3] == (270.0, 275.0)  # straight down
    assert dots[4] == (pytest.approx(270 - 55 * 3**0.5 / 2, abs=0.1), pytest.approx(165 + 27.5, abs=0.1))
    assert len(list(svg.iter(f"{SVG}polyline"))) == 6


def test_an_axis_without_a_mark_is_a_question_mark_and_no_line_crosses_it() -> None:
    svg = drawn({"bodily_functions": 6, "mental_wellbeing": 5.5, "participation": 3})
    texts = [str(text.text) for text in svg.iter(f"{SVG}text")]
    assert texts[3:5] == ["zingeving", "?"]
    assert texts[1:3] == ["mentaal", "welbevinden 5,5"], "over two lines, so that letters stay large on a telephone"
    assert len(list(svg.iter(f"{SVG}polyline"))) == 1, "only lichaam and mentaal are neighbours"
    assert len(list(svg.iter(f"{SVG}circle"))) == 3


def test_a_drawing_says_in_words_what_it_shows_and_needs_nothing_from_outside() -> None:
    web = wm.SpiderWeb(scores={"participation": 3})
    picture = radar(web, words("en"))
    assert picture.text.startswith("The spider web from the conversation: bodily functions not filled in,")
    assert "participation 3" in picture.text
    svg = ElementTree.fromstring(picture.svg)  # noqa: S314 — our own text
    assert svg.get("role") == "img"
    assert svg[0].tag == f"{SVG}title"
    assert svg[1].tag == f"{SVG}desc"
    assert not re.search(r"<style|<script|href|url\(|<image", picture.svg)


@pytest.mark.parametrize("group", ["", *taxonomy().groups])
def test_every_group_of_terms_has_its_own_pictogram_with_enough_contrast(group: str) -> None:
    assert set(DRAWN) == {"", *taxonomy().groups}
    assert len({lines for _, lines in DRAWN.values()}) == len(DRAWN)
    ElementTree.fromstring(pictogram(group, "").svg)  # noqa: S314 — our own text
    colour = DRAWN[group][0]
    assert contrast(colour, "#ffffff") >= 3, "the white line on it (WCAG 1.4.11)"
    assert contrast(colour, "#1d2427") >= 3, "the disc on the dark page"


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, as WCAG 2.2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of a colour."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_one_tuesday_reads_well_in_english() -> None:
    page = advice_on(activity(schedule=TUESDAY), person()).to_markdown("en")
    assert "- When: Tuesday 24 November, 10:00 to 12:00. This is every Tuesday." in page


def test_two_spider_webs_stand_in_one_drawing_told_apart_without_colour_and_with_a_caution() -> None:
    now = wm.SpiderWeb(scores={"meedoen": 7, "zin": 5}, instrument="marks", on=date(2026, 11, 23))
    before = wm.SpiderWeb(scores={"meedoen": 4}, instrument="marks", on=date(2026, 8, 3))
    picture = radar(now, "nl", before)
    svg = ElementTree.fromstring(picture.svg)  # noqa: S314 — our own text
    circles = [one for one in svg if one.tag.endswith("circle")]
    assert [one.get("fill") for one in circles].count("#ffffff") == 1  # the open dot of then
    assert len(circles) == 3
    assert "meedoen 7" in picture.text
    assert "Eerder: " in picture.text
    assert picture.text.endswith("Wat anders werd, zegt niets over de reden.")
    below = [str(one.text) for one in svg.iter(f"{SVG}text")][-3:]
    assert below == [
        "Gestreept is maandag 3 augustus 2026.", "De lijn is maandag 23 november.", "Wat anders werd, zegt niets over de reden.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("earlier", "said"),
    [
        ({"instrument": "adult-42", "on": date(2026, 8, 3)}, "two instruments"),
        ({"instrument": "marks"}, "need their days"),
        ({"instrument": "marks", "on": date(2026, 11, 23)}, "the earlier one first"),
    ],
)
def test_two_that_cannot_be_compared_are_not_drawn_together(earlier: dict[str, Any], said: str) -> None:
    now = wm.SpiderWeb(scores={"meedoen": 7}, instrument="marks", on=date(2026, 11, 23))
    with pytest.raises(wm.WorMatchError, match=said):
        radar(now, "nl", wm.SpiderWeb(scores={"meedoen": 4}, **earlier))
