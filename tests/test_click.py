"""What visitors say of their first visit: said on card and page from ten visitors on, and not a word below."""

from __future__ import annotations

from dataclasses import replace

import pytest

import wor_match as wm
from tests.town import AT, activity, catalogue, person
from wor_match.learning.visitors import Visitors

SAID = "Nieuwe mensen waren hier tevreden."
TOWN = catalogue(activity())


def told_by(visitors: dict[str, float]) -> wm.Advice:
    """The advice when visitors said this."""
    plain = wm.Matcher(TOWN)
    return wm.Matcher(TOWN, model=replace(plain.model, visitors=visitors)).recommend(person(), at=AT)


def ratings(n: int) -> Visitors:
    """What n visitors of one activity said, all of them a point above the rest."""
    return Visitors(total={"een": float(n)}, n={"een": n}, centre=3.6, phi=1.0)


@pytest.mark.parametrize("n", range(10))
def test_below_ten_visitors_not_a_word_is_said(n: int) -> None:
    strength = ratings(n).strength("een")
    assert strength == 0.5
    for advice in (told_by({}), told_by({"een": strength})):
        assert SAID not in advice.card()
        assert SAID not in advice.to_markdown()


def test_from_ten_on_it_is_said_on_card_and_page() -> None:
    strength = ratings(10).strength("een")
    assert strength == pytest.approx(0.5 + 0.25 * 10 / 11)
    advice = told_by({"een": strength})
    assert SAID in advice.card()
    assert SAID in advice.to_markdown()
    assert "New people were pleased here." in advice.card(language="en")
