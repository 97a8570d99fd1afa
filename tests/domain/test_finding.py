"""Everyday words find the terms they mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wor_match as wm
from wor_match.domain.finding import alike
from wor_match.domain.terms import Term, taxonomy


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("koken", "samen-koken"),
        ("Ik wil graag iets met dieren doen", "dieren"),
        ("breien", "handwerken"),
        ("klaverjassen!", "spelletjes"),
        ("schlderen", "schilderen"),
        ("KEUKEN? Nee: zingen.", "zingen"),
        ("poezie", "schrijven"),
        ("zwembad", "zwemmen"),
        ("repareren", "repaircafe"),
        ("singing", "zingen"),
        ("Chair exercise", "stoelgym"),
        ("samen eten", "samen-eten"),
    ],
)
def test_everyday_words_find_their_term(text: str, first: str) -> None:
    assert wm.find_terms(text)[0] == first


@pytest.mark.parametrize("term", list(taxonomy().terms.values()), ids=lambda term: term.id)
def test_a_term_is_found_by_each_of_its_own_names(term: Term) -> None:
    for name in (term.label_nl, term.label_en, *term.synonyms):
        assert term.id in wm.find_terms(name), name


@pytest.mark.parametrize("text", ["", "  ", "xyzzy", "?!", "汉字"])
def test_what_means_nothing_finds_nothing(text: str) -> None:
    assert wm.find_terms(text) == []


def test_words_match_by_hand() -> None:
    assert alike("koken", "koken") == 1.0
    assert alike("tuin", "moestuin") == 0.7  # ends it
    assert alike("rouw", "vrouwengroep") == 0.0  # only inside it
    assert alike("zwembad", "zwemmen") == pytest.approx(0.41)  # one stem: four letters of seven, .5 x .82
    assert alike("schlderen", "schilderen") == pytest.approx(0.5 * 2 * 9 / 19)  # 9 letters in order, of 9 + 10


@given(st.text(max_size=80))
def test_any_text_gives_at_most_ten_terms_once_each(text: str) -> None:
    found = wm.find_terms(text)
    assert len(found) == len(set(found)) <= 10
    assert set(found) <= set(taxonomy().terms)


@pytest.mark.parametrize("text", ["a" * 501, None, 3])
def test_what_is_no_short_text_is_refused(text: object) -> None:
    with pytest.raises(wm.WorMatchError, match="at most 500 characters"):
        wm.find_terms(text)  # because a host may give anything
