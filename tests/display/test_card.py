"""The card a participant takes home: what stands on it, what never may, and how it speaks."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wor_match as wm
from tests.display.reading import Page
from tests.strategies import activities, people
from tests.town import TUESDAY, activity, advice_on, person
from wor_match.display.faces import face_for
from wor_match.domain.length import MOST_WORDS, sentences_in, words_in
from wor_match.domain.terms import DIMENSIONS
from wor_match.wording import words
from wor_match.wording.words import languages

AT = date(2026, 11, 23)
NEVER = re.compile(
    r"\d\s*(%|procent|percent)|\b(scores?|kans|chance|punt|punten|points?|spinnenweb|spider web|gezondheid|health\w*|ziek\w*|"
    r"klacht\w*|pijn|dokter|huisarts|lichaam\w*|body|bodily|psych\w*|depress\w*|angst\w*|diagnos\w*|medicijn\w*|\w*loket|"
    r"eerst hulp|tegelijk hulp|schuld\w*|rolstoel|wheelchair|rollator|veiligheid|safety|bijna|waarom niet|nearly|why not)\b",
    re.IGNORECASE,
)  # fmt: skip
NAMES_OF_DIMENSIONS = [  # "meedoen" and "participation" are everyday words too
    words(language).label("dimension", name)
    for language in ("nl", "en")
    for name in DIMENSIONS
    if name != "participation"
]
MARKS = st.dictionaries(st.sampled_from(DIMENSIONS), st.integers(1, 8).map(lambda mark: mark + 0.73), min_size=1)
SPOKEN = st.sampled_from([(language, level) for language in languages() for level in ("B1", "A2")])


@given(who=people(), marks=MARKS, spoken=SPOKEN)
@settings(max_examples=250)
def test_the_card_never_shows_what_is_for_the_coach(
    matcher: wm.Matcher, who: wm.Participant, marks: dict[str, float], spoken: tuple[str, str]
) -> None:
    who = who.replace(spider_web={"scores": marks, "instrument": "marks"})
    advice = matcher.recommend(who, at=AT)
    language, level = spoken
    for text in (Page(advice.card(language=language, level=level)).text, advice.read_aloud(language, level)):
        assert not (found := NEVER.search(text)), found
        assert not [name for name in NAMES_OF_DIMENSIONS if name in text.lower()]
        assert not re.search(r"\d[.,]7", text), "a mark of the spider web"
        shown = {one.activity.name for one in advice}
        named = [matcher.catalogue[name].name for name in advice.excluded]
        assert not [name for name in named if name not in shown and re.search(rf"\b{re.escape(name)}\b", text)]


@given(who=people(), spoken=SPOKEN)
def test_a_circumstance_leaves_no_trace_on_the_card(
    matcher: wm.Matcher, who: wm.Participant, spoken: tuple[str, str]
) -> None:
    told = {name: state for name, state in who.circumstances.items() if name != "money"}  # money opens `geldzaken`
    language, level = spoken
    with_, without = (
        matcher.recommend(who.replace(circumstances=circumstances), at=AT).card(language=language, level=level)
        for circumstances in (told, {})
    )
    assert with_ == without


@pytest.mark.parametrize("state", ["no", "arranged", "first"])
def test_safety_first_is_not_told_on_a_card(state: str, matcher: wm.Matcher) -> None:
    who = wm.Participant(id="p1", circumstances={"safety": state}, likes=["wandelen"])
    page = matcher.recommend(who, at=AT).card()
    assert "veilig" not in page.lower()
    assert ("Er is nu geen kaart. Uw coach praat eerst met u." in page) == (state == "first")


@given(who=people(), told=activities(), spoken=SPOKEN)
@settings(max_examples=250)
def test_no_sentence_is_longer_than_its_level_allows(
    who: wm.Participant, told: dict[str, Any], spoken: tuple[str, str]
) -> None:
    language, level = spoken
    advice = advice_on(wm.Activity.model_validate(told), who)
    card = face_for(advice, "participant", language, level)
    page = face_for(advice, "coach", language)
    theirs = {line.text for kind in ("idea", "facts") for block in page.find(kind) for line in block.lines}
    ours = [text for text in texts(page) if text not in theirs and "de vrijwilligers aan" not in text]
    for told, most in ((texts(card), MOST_WORDS[level]), (ours, MOST_WORDS["B1"])):
        for text in told:
            assert all(len(words_in(sentence)) <= most for sentence in sentences_in(text)), text


@given(who=people(), spoken=SPOKEN)
def test_no_sentence_about_the_example_is_too_long(
    matcher: wm.Matcher, who: wm.Participant, spoken: tuple[str, str]
) -> None:
    language, level = spoken
    for text in texts(face_for(matcher.recommend(who, at=AT), "participant", language, level)):
        assert all(len(words_in(sentence)) <= MOST_WORDS[level] for sentence in sentences_in(text)), text


def texts(face: Any) -> list[str]:
    """Every text of a face but the names of activities and the number of the advice."""
    own = [] if face.kind == "idea" else [face.title]
    own += [line.text for line in face.lines if not re.fullmatch(r"[0-9a-f]{32}", line.text)]
    return [*own, *(text for block in face.blocks for text in texts(block))]


def test_at_most_three_ideas_stand_on_the_card(matcher: wm.Matcher) -> None:
    advice = matcher.recommend(person(), at=AT, n=10)
    assert len(list(face_for(advice, "participant", "nl").find("idea"))) == 3
    assert len(list(face_for(advice, "coach", "nl").find("idea"))) == 10
    assert advice.card().count("<h2>") == 3


def test_own_words_are_shown_escaped_and_not_kept(matcher: wm.Matcher) -> None:
    advice = matcher.recommend(person(), at=AT)
    page = advice.card(own_words="Ik kom <b>graag</b>\u202e\n  & snel")
    assert "<b>graag" not in page
    assert "U zei zelf: Ik kom <b>graag</b> & snel" in Page(page).text
    assert "Ik kom" in Page(advice.card("coach", own_words="Ik kom")).text
    assert "Ik kom" not in advice.card() + advice.to_json() + repr(vars(advice))


@pytest.mark.parametrize("own_words", [3, ["a"], "a" * 1001])
def test_own_words_that_are_no_short_text_are_refused_without_showing_them(own_words: Any, matcher: wm.Matcher) -> None:
    with pytest.raises(wm.WorMatchError, match="own_words is") as refused:
        matcher.recommend(person(), at=AT).card(own_words=own_words)
    assert "aaaa" not in str(refused.value)


def test_a_reader_a_language_or_a_level_that_is_not_there_is_refused(matcher: wm.Matcher) -> None:
    advice = matcher.recommend(person(), at=AT)
    with pytest.raises(wm.WorMatchError, match="no reader 'gp'; there are: participant, coach"):
        advice.card("gp")  # because a host may give anything
    with pytest.raises(wm.WorMatchError, match="no words in language 'fr'"):
        advice.card(language="fr")
    with pytest.raises(wm.WorMatchError, match="no level 'B2'"):
        advice.read_aloud(level="B2")


@pytest.mark.parametrize(
    ("fields", "who", "due"),
    [
        ({"schedule": {**TUESDAY, "until": "2026-11-24"}}, {}, "10.00 tot 12.00 uur. Waar"),
        ({"schedule": {**TUESDAY, "extra": [{"date": "2026-11-25", "start": "10:00", "end": "11:00"}]}},
         {"not_free": ["di 00:00-24:00"]}, "Woensdag 25 november, 10.00 tot 11.00 uur. Waar"),
        ({"price": [{"euro": 3, "per": "time"}, {"euro": 8, "per": "time", "includes": "eten"}]}, {}, "8 euro per keer. De eerste"),
        ({"schedule": TUESDAY}, {}, "Dit is elke dinsdag."),
        ({"schedule": {"weekly": [{"day": "di", "start": "10:00", "end": "11:00", "weeks": "odd"}]}}, {},
         "Dit is om de week op dinsdag."),
        ({"schedule": {"weekly": [{"day": d, "start": "10:00", "end": "11:00"} for d in ("ma", "do")]}}, {},
         "Dit is elke week op maandag en donderdag."),
        ({"price": [{"euro": 4, "per": "time"}, {"euro": 1, "per": "time", "with": "stadspas"}]}, {},
         "4 euro per keer. Met stadspas: 1 euro per keer."),
        ({"price": [{"euro": 4, "per": "time"}, {"euro": 1, "per": "time", "with": "stadspas"}]}, {"passes": []},
         "Prijs 4 euro per keer. De eerste keer"),
        ({"price": [{"euro": 0, "per": "year", "with": "u-pas"}]}, {"passes": ["u-pas"]}, "Met u-pas: gratis."),
        ({"place": {"name": "De Linde", "street": "Laan", "number": "3", "city": "Vianen", "entrance": "zijdeur"}}, {},
         "De Linde. Laan 3, Vianen. Ingang: zijdeur."),
        ({"place": {"postcode": "3431"}}, {}, "Waar Dat hoort u van uw coach."),
        ({"schedule": {"weekly": [{"day": d, "start": "10:00", "end": "11:00"} for d in ("vr", "ma", "wo", "di")]}}, {},
         "Dit is elke week op maandag, dinsdag, woensdag en vrijdag."),
        ({"schedule": {"weekly": [{"day": d, "start": "10:00", "end": "11:00"} for d in ("vr", "ma", "wo", "di", "do")]}}, {},
         "Dit is elke dag van maandag tot en met vrijdag."),
        ({"schedule": {"weekly": [{"day": d, "start": "10:00", "end": "11:00"} for d in ("ma", "di", "wo", "do", "vr", "za", "zo")]}},
         {}, "Dit is elke dag."),
        ({"first_visit": {"trials": 1}, "support": ["trial_visit"]}, {}, "U mag het eerst een keer proberen."),
        ({"first_visit": {"trials": 3}, "support": ["trial_visit"]}, {}, "De eerste keer U mag het drie keer proberen."),
        ({"support": ["buddy", "call"]}, {"support": ["call"]}, "Iemand belt u na de eerste keer."),
        ({"summary": "Kort. Deze zin heeft echt veel te veel woorden om zo op een kaart te staan."}, {}, "1. Verzonnen Kort."),
    ],
)  # fmt: skip
def test_facts_of_an_activity_stand_on_the_card_in_words(fields: Any, who: Any, due: str) -> None:
    text = " ".join(Page(advice_on(activity(**fields), person(**who)).card()).text.split())
    assert due in text, text


def test_who_does_not_ask_for_help_sees_what_the_activity_offers_itself() -> None:
    one = activity(support=["introduce"])
    assert advice_on(one)[0].support == ("introduce",)
    assert advice_on(one, person(support=["buddy"]))[0].support == ()


@pytest.mark.parametrize(
    ("terms", "told", "due"),
    [
        (["schilderen"], {"likes": ["handwerken"]}, "U houdt van handwerken. Dit lijkt daar wat op."),
        (["schilderen"], {"likes": ["maken"]}, "U houdt van iets maken."),
        (["schilderen"], {"energy": ["hands"]}, "U krijgt energie van werken met uw handen."),
        (["rouw", "samen-eten"], {"energy": ["rouw"]}, "U vroeg hierom."),
        (["samen-eten", "rouw"], {"likes": ["samen-eten"], "energy": ["rouw"]}, "U houdt van samen eten."),
    ],
)
def test_a_wish_is_only_called_met_when_it_is(terms: list[str], told: dict[str, Any], due: str) -> None:
    text = Page(advice_on(activity(terms=terms), person(**told)).card()).text
    assert due in text
    assert "verlies" not in text


def test_there_is_no_next_time_to_come_to_when_there_is_one_time_only() -> None:
    once = activity(schedule={"dates": [{"date": "2026-12-01", "start": "10:00", "end": "11:00"}]})
    assert "Lukt het een keer niet?" not in advice_on(once).read_aloud()
    assert "Lukt het een keer niet?" in advice_on(activity(schedule=TUESDAY)).read_aloud()


def test_what_is_not_shown_says_nothing_on_the_card() -> None:
    made = [activity(name, schedule=TUESDAY, serves={"participation": 3}) for name in "abc"]
    hidden = activity("d", schedule={**TUESDAY, "attend": "all"}, serves={}, first_visit={"may_watch": True})
    card = wm.Matcher(wm.Catalogue(id="t", name="t", activities=(*made, hidden))).recommend(
        person(focus=["meedoen"]), at=AT, n=4, only=[*"abcd"]
    )
    assert "Lukt het een keer niet?" in card.card()
    assert "Twijfelt u?" not in card.card()


def test_the_coach_calls_a_place_once() -> None:
    fields = {"schedule": TUESDAY, "organiser": "o", "access": {"wheelchair": False}}
    made = {
        "id": "t",
        "name": "t",
        "organisers": [{"id": "o", "name": "O"}],
        "activities": [activity(a, **fields) for a in "abc"],
    }
    nothing = wm.Matcher(wm.Catalogue.model_validate(made)).recommend(person(access=["wheelchair"]), at=AT)
    assert "Uw coach belt één plek." in nothing.card()


def test_a_way_of_travelling_that_nobody_told_is_called_an_estimate_by_bike() -> None:
    near = activity(place={"latitude": 52.03, "longitude": 5.09})
    who = person(place={"latitude": 52.03, "longitude": 5.09})
    assert "Het is 5 minuten fietsen." in advice_on(near, who).card()
    assert "U bent er in 5 minuten." in advice_on(near, who, minutes={"een": 3}).card()
