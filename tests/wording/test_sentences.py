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
from wor_match.signals import SIGNALS
from wor_match.wording import words
from wor_match.wording.sentences import (
    change_sentence,
    check_sentence,
    exclusion_sentence,
    reason_sentence,
    track_sentence,
)
from wor_match.worth import PARTS

LANGUAGES = ("nl", "nl-je", "en")
WRITTEN_OUT = ("reasons", "exclusions", "checks", "changes", "tracks", "asking")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_has_its_words(language: str) -> None:
    said = words(language)
    assert set(said["reasons"]) == {*PARTS, *(signal.name for signal in SIGNALS)}
    assert set(said["rules"]) == set(said["exclusions"])
    assert set(said["asking"]) == {topic.field for topic in TOPICS} | {"place"}
    assert set(said["exclusions"]) == {"safety_first", *(rule.name for rule in CONSTRAINTS)}
    assert set(said["labels"]["dimension"]) == set(said["labels"]["want"]) == set(DIMENSIONS)
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
        (reason_sentence("own_language", 1.0, facts(say="own", languages=("tr", "ar", "xx")), "nl"),
         "Hier spreken mensen ook Turks, Arabisch en xx."),
        (exclusion_sentence("no_free_time", facts(say="any", weekday="do", time="19:30"), "nl"),
         "Dit is op een ander moment, zoals donderdag om 19.30 uur."),
        (exclusion_sentence("not_for_this_age", facts(say="from", min_age=55), "nl"), "Dit is voor mensen vanaf 55 jaar."),
        (check_sentence(Check("stale", "organiser", facts(say="old", months=7)), "nl"), "De gegevens zijn 7 maanden oud. Klopt alles nog?"),
        (exclusion_sentence("not_accessible", facts(needs=("few_steps",)), "nl"), "Er is hier geen ingang zonder treden."),
        (change_sentence(Change("free", (), ("do 14:00-16:00",)), "nl"), "Kan het ook op donderdag om 14.00 uur? Dan past het."),
        (change_sentence(Change("budget", "free", "small"), "nl"), "Kan er hoogstens 4 euro per keer vanaf? Dan past het."),
        (change_sentence(Change("budget", 5.0, 13.0), "nl"), "Kan er 13 euro per maand vanaf? Dan past het."),
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
    assert "{dimension}" in reason_sentence("welcome", 1.0, facts(say="host", ask_for="{dimension} %s"), "nl")


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(wm.WorMatchError, match="there are: en, nl, nl-je"):
        words("fr")
