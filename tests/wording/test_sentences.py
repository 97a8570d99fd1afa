"""Words: every name has a sentence, short and plain, with all its facts written in, and nothing that may not be said."""

from __future__ import annotations

from datetime import date

import pytest

import wor_match as wm
from wor_match.asking import TOPICS
from wor_match.constraints import CONSTRAINTS
from wor_match.domain.catalogue import Desk
from wor_match.domain.change import AskPlace, Change
from wor_match.domain.check import Check
from wor_match.domain.columns import NEEDS, SUPPORTS
from wor_match.domain.facts import facts
from wor_match.domain.participant import CIRCUMSTANCES
from wor_match.domain.place import LINES
from wor_match.domain.terms import DIMENSIONS, taxonomy
from wor_match.evaluation.gapping.cells import OWN_WISH
from wor_match.signals import SIGNALS
from wor_match.wording import words
from wor_match.wording.sentences import (
    change_sentence,
    check_sentence,
    exclusion_sentence,
    reason_sentence,
    track_sentence,
)
from wor_match.wording.writing import clock, decimal, money, said
from wor_match.worth import PARTS

LANGUAGES = ("nl", "nl-je", "en")
WRITTEN_OUT = ("reasons", "exclusions", "checks", "changes", "tracks", "asking")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_has_its_words(language: str) -> None:
    said = words(language)
    assert set(said["reasons"]) == {*PARTS, *(signal.name for signal in SIGNALS), "track_record"}
    assert set(said["learned"]["signals"]) == {signal.name for signal in SIGNALS}
    assert set(said["rules"]) == set(said["exclusions"])
    assert set(said["asking"]) == {topic.field for topic in TOPICS} | {"place"}
    assert set(said["exclusions"]) == {"safety_first", *(rule.name for rule in CONSTRAINTS)}
    assert set(said["labels"]["opens"]) == {rule.name for rule in CONSTRAINTS} - set(OWN_WISH)
    assert set(said["labels"]["dimension"]) == set(said["labels"]["want"]) == set(DIMENSIONS)
    assert set(said["labels"]["they_want"]) == set(DIMENSIONS)
    assert set(said["labels"]["word"]) == set(taxonomy().words)
    assert set(said["labels"]["circumstance"]) == set(CIRCUMSTANCES)
    assert set(said["labels"]["needs"]) == set(said["labels"]["no_needs"]) == set(NEEDS)
    assert set(said["labels"]["by_mode"]) == set(LINES)
    assert set(said["labels"]["support"]) == set(SUPPORTS)


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        (reason_sentence("near", 1.0, facts(say="mode", minutes=10, mode="bike"), "nl"), "Het is 10 minuten fietsen."),
        (reason_sentence("near", -1.0, facts(say="mode", minutes=40, mode="walk"), "nl"), "Het is wel 40 minuten lopen."),
        (reason_sentence("affordable", -1.0, facts(say="euro", euro=7.5), "nl"), "Het kost wel 7,50 euro per keer."),
        (reason_sentence("affordable", 1.0, facts(say="euro", euro=3.0), "nl"), "Het kost 3 euro per keer."),
        (reason_sentence("soon", 1.0, facts(say="date", date=date(2026, 11, 24)), "nl"),
         "U kunt al beginnen op dinsdag 24 november."),
        (reason_sentence("soon", 1.0, facts(say="weeks", weeks=1), "nl"), "U kunt beginnen over ongeveer 1 week."),
        (reason_sentence("company", 1.0, facts(say="offered", support=("buddy", "call")), "nl"),
         "Er kan iemand met u mee. Iemand belt u na de eerste keer."),
        (change_sentence(Change("free", (), ("di 10:00-12:00", "do 10:00-12:00")), "nl"),
         "Kan het ook op dinsdag om 10.00 uur? Kan het ook op donderdag om 10.00 uur? Dan past het."),
        (check_sentence(Check("language", "organiser", facts(speaks=("tr", "ar", "pl", "so"))), "nl"),
         "Spreekt er iemand Turks? Spreekt er iemand Arabisch? Spreekt er iemand Pools? Spreekt er iemand Somalisch?"),
        (reason_sentence("own_language", 1.0, facts(say="own", languages=("tr", "ar", "pl", "so")), "nl"),
         "Hier spreken mensen ook Turks, Arabisch en meer."),
        (reason_sentence("wish", 1.0, facts(say="likes_alike", word="zingen"), "nl"), "U houdt van zingen. Dit lijkt daar wat op."),
        (reason_sentence("own_language", 1.0, facts(say="own", languages=("tr", "ar", "xx")), "nl"),
         "Hier spreken mensen ook Turks, Arabisch en xx."),
        (exclusion_sentence("no_free_time", facts(say="any", weekday="do", time="19:30"), "nl"),
         "Dit is op een ander moment, zoals donderdag om 19.30 uur."),
        (exclusion_sentence("not_for_this_age", facts(say="from", min_age=55), "nl"), "Dit is voor mensen vanaf 55 jaar."),
        (check_sentence(Check("stale", "organiser", facts(say="old", months=7)), "nl"), "De gegevens zijn 7 maanden oud. Klopt alles nog?"),
        (exclusion_sentence("not_accessible", facts(needs=("few_steps",)), "nl"), "Er is hier geen ingang zonder treden."),
        (change_sentence(Change("free", (), ("do 14:00-16:00",)), "nl"), "Kan het ook op donderdag om 14.00 uur? Dan past het."),
        (change_sentence(Change("budget", "free", "small"), "nl"), "Kunt u hoogstens 4 euro per keer betalen? Dan past het."),
        (change_sentence(Change("budget", 5.0, 13.0), "nl"), "Kunt u 13 euro per maand betalen? Dan past het."),
        (change_sentence(AskPlace("wheelchair"), "nl"), "Kan er plek voor een rolstoel komen? Dan past het."),
        (track_sentence("money", "first", [Desk(id="g", for_="money", name="Geldloket", phone="030 000 00 01")], "nl"),
         "Eerst hulp bij geldzaken. Meedoen hoeft daar niet op te wachten. Geldloket, telefoon 030 000 00 01."),
    ],
)  # fmt: skip
def test_facts_become_sentences(sentence: str, due: str) -> None:
    assert sentence == due


def test_a_code_without_a_word_stays_a_code() -> None:
    assert words("nl").label("languages", "xx") == "xx"


def test_a_text_from_outside_is_never_a_template() -> None:
    assert said(words("nl"), "card", "ask_for", ask_for="{dimension} %s") == "Vraag naar {dimension} %s."


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(wm.WorMatchError, match="there are: en, nl, nl-je"):
        words("fr")


@pytest.mark.parametrize(
    ("told", "dutch", "english"),
    [
        ("00:15", "kwart over 12 's nachts", "quarter past 12 at night"),
        ("09:00", "9 uur 's ochtends", "9 o’clock in the morning"),
        ("10:30", "half 11 's ochtends", "half past 10 in the morning"),
        ("11:45", "kwart voor 12 's ochtends", "quarter to 12 in the morning"),
        ("12:45", "kwart voor 1 's middags", "quarter to 1 in the afternoon"),
        ("18:00", "6 uur 's avonds", "6 o’clock in the evening"),
        ("13:10", "13.10 uur", "13:10"),
        ("24:00", "12 uur 's nachts", "12 o’clock at night"),
    ],
)
def test_hours_are_said_as_people_say_them(told: str, dutch: str, english: str) -> None:
    assert [clock(told, words(language, "A2")).replace("\u00a0", " ") for language in ("nl", "en")] == [dutch, english]


@pytest.mark.parametrize(
    ("euro", "plain", "simple"),
    [
        (3.5, "3,50 euro", "3 euro 50"),
        (0.5, "0,50 euro", "50 cent"),
        (12.05, "12,05 euro", "12 euro 05"),
        (4, "4 euro", "4 euro"),
    ],
)
def test_money_is_said_as_people_say_it(euro: float, plain: str, simple: str) -> None:
    assert [money(euro, words("nl", level)) for level in ("B1", "A2")] == [plain, simple]


def test_points_carry_their_sign_and_no_minus_zero() -> None:
    assert [decimal(points, words("nl")) for points in (12.34, -3.0, -0.04)] == ["+12,3", "−3,0", "+0,0"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_not_there_is_the_thing_that_was_asked_for(language: str) -> None:
    there, not_there = (words(language)["labels"][kind] for kind in ("needs", "no_needs"))
    for need in NEEDS:
        told = there[need].removeprefix("een ").removeprefix("a ")
        assert not_there[need].removeprefix("geen ").removeprefix("no ") == told, need


def test_codes_that_look_alike_are_not_swapped() -> None:
    dutch, english = wm.vocabulary("nl"), wm.vocabulary("en")
    assert (words("nl")["only"]["women"], words("en")["only"]["women"]) == ("vrouwen", "women")
    assert (dutch["group.newcomers"]["welcome"][0], english["group.newcomers"]["closed"][0]) == ("Welkom", "Closed")
    assert (dutch["audience.only"]["men"][0], english["audience.only"]["men"][0]) == ("Alleen mannen", "Men only")
    assert (dutch["schedule.weekly.weeks"]["odd"][0], english["schedule.weekly.weeks"]["odd"][0]) == (
        "Oneven weken",
        "Odd weeks",
    )


def test_the_end_mark_of_a_fact_is_not_doubled() -> None:
    assert said(words("nl"), "card", "ask_for", ask_for="De gastvrouw.") == "Vraag naar De gastvrouw."
    assert said(words("nl"), "card", "includes", includes="o.a. koffie") == "Met o.a. koffie erbij."
