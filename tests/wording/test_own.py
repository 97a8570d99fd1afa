"""An organisation's own sentences replace ours, and are held to the same rules, each fault at its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import wor_match as wm


def load(tmp_path: Path, text: str) -> wm.Words:
    path = tmp_path / "zinnen.yaml"
    path.write_text(text, encoding="utf-8")
    return wm.load_words(path)


def test_own_sentences_are_said_on_every_face(tmp_path: Path, matcher: wm.Matcher) -> None:
    mine = load(
        tmp_path, "language: nl\nreasons: {wish: {likes: 'U noemde {word}.'}}\na2: {card: {open: Kies zelf.}}\n"
    )
    advice = matcher.recommend(wm.Participant(id="p1", likes=["samen-koken"]), at=date(2026, 11, 23))
    assert advice[0].spoken[0].sentence(mine) == "U noemde koken."
    assert "U noemde koken." in advice.card(language=mine)
    assert "U noemde koken." in advice.card("coach", language=mine)
    assert "U noemde koken." in advice.to_markdown(mine)
    assert "U kiest zelf. Nee zeggen mag." in advice.card(language=mine)
    assert advice.read_aloud(mine).splitlines()[1] == "Kies zelf."
    assert advice[0].spoken[0].sentence("nl") == "U houdt van koken.", "ours stay as they were"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("language: fr\n", "1:11: no-language language: names no language of ours"),
        ("reasons: {}\n", "1:1: no-language language: names no language of ours"),
        ("- nl\n", "1:1: no-language language: names no language of ours"),
        ("", "empty: is empty"),
        ("language: nl\nredenen: {}\n", "2:1: unknown-field redenen: no such name"),
        ("language: nl\nvariants: {}\n", "2:1: unknown-field variants: no such name"),
        ("language: nl\nreasons: {wish: hoi}\n", "2:17: other-shape reasons.wish: is no set of names"),
        ("language: nl\nreasons: {wish: {likes: [hoi]}}\n", "2:25: other-shape reasons.wish.likes: is no single sentence"),
        ("language: nl\nunits: {week: [week]}\n", "2:15: other-shape units.week: has 1 parts; ours has 2"),
        ("language: nl\nreasons: {wish: {likes: 'Wat {x}.'}}\n", "2:25: unknown-fact reasons.wish.likes: asks for x"),
        ("language: nl\nreasons: {wish: {likes: 'Wat {word!r}.'}}\n", ""),
        ("language: nl\nreasons: {wish: {likes: 'Wat {0}.'}}\n", "unknown-fact"),
        ("language: nl\ncard: {open: Dit behandelt u goed.}\n", "2:14: forbidden-word card.open: holds 'behandelt'"),
        ("language: nl\ncard: {open: een twee drie vier vijf zes zeven acht negen}\n",
         "2:14: long-sentence a2.card.open: becomes a sentence of 9 words; at A2 at most 8"),
        ("language: nl\na2: hoi\n", "2:5: other-shape a2: is no set of names"),
        ("language: nl\na2: {card: {open: 'Kies (zelf).'}}\n", "2:19: hard-to-read a2.card.open: has brackets"),
        ("language: nl\nlabels: {word: {zingen: 'zingen met alle mensen uit de hele straat'}}\n", "long-sentence"),
        ("language: nl\nlabels: {word: {zingen: therapie voor u}}\n", "forbidden-word labels.word.zingen: holds 'therapie'"),
        ("language: nl\nrules: {full: Probleem}\n", "forbidden-word rules.full"),
        ("language: nl\nlabels: {weekday: {ma: ''}}\n", "empty labels.weekday.ma"),
        ("language: nl\nunits: {week: [{a: b}, weken]}\n", "other-shape units.week: has a part that is no text"),
        ('language: nl\ncard: {open: "U kiest\\x1b nu."}\n', "hidden-character card.open"),
        ("language: nl\nper: {time: elke keer dat u er bent en meedoet met alles wat er is}\n", "long-sentence card.euro"),
        ("language: [\n", "no-yaml"),
    ],
)  # fmt: skip
def test_a_fault_stops_the_file_and_is_told_at_its_place(text: str, due: str, tmp_path: Path) -> None:
    with pytest.raises(wm.WorMatchError, match="are refused") as refused:
        load(tmp_path, text)
    assert due in str(refused.value)


def test_all_faults_are_told_in_one_go(tmp_path: Path) -> None:
    with pytest.raises(wm.WorMatchError) as refused:
        load(tmp_path, "language: nl\nx: y\ncard: {z: a}\na2: {card: {q: b}}\n")
    assert [problem.path for problem in refused.value.problems] == ["x", "card.z", "a2.card.q"]


def test_a_language_that_we_have_no_word_for_can_be_added(tmp_path: Path) -> None:
    mine = load(tmp_path, "language: nl\nlabels: {languages: {xx: Klingon}}\n")
    assert mine.label("languages", "xx") == "Klingon"


def test_a_reason_of_the_host_for_choosing_nothing_can_be_given_words(tmp_path: Path) -> None:
    mine = load(tmp_path, "language: nl\nlabels: {none_reason: {reizen: nu op reis}}\n")
    assert (mine.label("none_reason", "reizen"), mine.label("none_reason", "later")) == ("nu op reis", "liever later")


@pytest.mark.parametrize("path", [None, 3])
def test_what_is_no_path_is_refused(path: object) -> None:
    with pytest.raises(wm.WorMatchError, match="takes the path of a YAML file"):
        wm.load_words(path)  # because a host may give anything


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(wm.WorMatchError, match=r"weg\.yaml is not there"):
        wm.load_words(tmp_path / "weg.yaml")
