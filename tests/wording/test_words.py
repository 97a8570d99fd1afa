"""The languages are the same in what they can say, the forms of address too, and no sentence breaks the rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import wor_match as wm
from wor_match.wording import Words, words
from wor_match.wording.lint import SPOKEN, faults_in, faults_of, long_facts, placeholders, templates
from wor_match.wording.words import laid_over, languages, tree_of
from wor_match.wording.writing import filled

# After these verbs "je" loses the t that "u" has: u wilt, wilt u, je wilt, wil je.
WITH_A_T = "wilt kunt hebt bent houdt spreekt woont komt krijgt doet ziet hoort twijfelt gebruikt vindt gaat zult wordt"


def shapes(language: str, level: str) -> dict[tuple[str, ...], set[str]]:
    """Every sentence by its name, with the facts it asks for."""
    told = words(language, level)
    return {
        path: placeholders(text) for path, text in templates(told.levels[level]) if path[0] not in ("variants", "a2")
    }


def test_dutch_and_english_have_the_same_names_and_ask_for_the_same_facts() -> None:
    for level in ("B1", "A2"):
        dutch, english = shapes("nl", level), shapes("en", level)
        hours = {path for path in dutch if path[0] == "clock"}  # a spoken hour counts on or back, as the language does
        assert set(dutch) == set(english)
        assert {path: facts for path, facts in dutch.items() if english[path] != facts and path not in hours} == {}


def test_the_same_sentences_are_said_more_simply_in_both_languages() -> None:
    for language in ("nl", "en"):
        simpler = {path for path, _ in templates(tree_of(language)["a2"])}
        assert simpler <= {path for path, _ in templates(tree_of(language))} | {
            path for path in simpler if path[0] == "clock"
        }


@pytest.mark.parametrize("level", ["B1", "A2"])
@pytest.mark.parametrize("language", languages())
def test_no_sentence_is_too_long_labels_a_person_or_promises_anything(language: str, level: str) -> None:
    assert list(faults_in(words(language, level))) == []


@pytest.mark.parametrize("language", languages())
def test_every_sentence_can_be_written_with_the_facts_there_are(language: str) -> None:
    for level in ("B1", "A2"):
        told = words(language, level)
        for section in SPOKEN["B1"]:
            for path, template in templates(told[section], (section,)):
                assert "{" not in filled(template, long_facts(told), told), path


def test_every_sentence_of_a_face_is_used_and_none_is_said_twice_alike() -> None:
    rooms = Path(wm.__file__).parent.joinpath("display").glob("*.py")
    written = "\n".join(room.read_text(encoding="utf-8") for room in rooms)
    for section in ("card", "page"):
        unused = {name for name in words("nl")[section] if f'"{name}"' not in written}
        assert unused <= {"free", "euro", "euro_with", "free_with"}, section  # these are put together from two facts
    for language in ("nl", "en"):
        plain = dict(templates(tree_of(language)))
        alike = {path for path, text in templates(tree_of(language)["a2"]) if plain.get(path) == text}
        assert alike == set(), "what A2 says like B1 need not stand there"


def test_je_is_said_all_through_and_well() -> None:
    told = [text for _, text in templates(words("nl-je").levels["B1"]) if "variants" not in text]
    inverted = re.compile(rf"\b({'|'.join(WITH_A_T.split())}) je\b", re.IGNORECASE)
    for path, text in templates(
        {name: said for name, said in words("nl-je").levels["A2"].items() if name != "variants"}
    ):
        assert not re.search(r"(?<![\w-])(u|uw|U|Uw)(?![\w-])", text), path
        assert path[0] == "vocabulary" or not re.search(r"\bzich\b", text), path
        assert not inverted.search(text), text
    assert told
    assert words("nl-je")["changes"]["tried"] == "Wil je dit nog een keer proberen?"
    assert words("nl-je")["card"]["none"] == "We vonden nu niets dat goed genoeg past. Dat ligt niet aan jou."
    assert words("nl")["changes"]["tried"] == "Wilt u dit nog een keer proberen?"


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("Dit helpt tegen de winter.", "B1", "forbidden-word"),
        ("Uw score te laag, dus therapie.", "B1", "forbidden-word"),
        ("Een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien.", "B1", "long-sentence"),
        ("Een twee drie vier vijf zes zeven acht negen.", "A2", "long-sentence"),
        ("Het kan (misschien).", "A2", "hard-to-read"),
        ("U houdt van {onbekend}.", "B1", "unknown-fact"),
        ("U houdt van {word", "B1", "unknown-fact"),
        ("U houdt van {word.__class__}", "B1", "unknown-fact"),
    ],
)
def test_the_lint_finds_what_may_not_be_said(text: str, level: str, code: str) -> None:
    assert [found for found, _ in faults_of(text, words("nl", level))] == [code]


def test_words_of_another_level_or_language_are_refused_by_name() -> None:
    with pytest.raises(wm.WorMatchError, match="no level 'C2'; there are: B1, A2"):
        words("nl", "C2")
    for unknown in ("fr", "nl-jullie", "", None, ["nl"], "../nl"):
        with pytest.raises(wm.WorMatchError, match="there are: en, nl, nl-je"):
            words(unknown)  # because a host may give anything


def test_words_given_stay_the_words_used() -> None:
    mine = Words("nl", "B1", {"B1": {"card": {"open": "Hoi."}}, "A2": {"card": {"open": "Hee."}}})
    assert words(mine) is mine
    assert words(mine, "A2")["card"]["open"] == "Hee."


def test_what_is_laid_over_leaves_the_rest_as_it_was() -> None:
    base = {"a": {"b": "1", "c": "2"}, "d": ["3"]}
    assert laid_over(base, {"a": {"b": "x"}, "e": "y"}) == {"a": {"b": "x", "c": "2"}, "d": ["3"], "e": "y"}
    assert base == {"a": {"b": "1", "c": "2"}, "d": ["3"]}
