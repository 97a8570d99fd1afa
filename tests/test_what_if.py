"""What if somebody answers otherwise: two advices side by side, the answers checked at the door, the person unchanged."""

from __future__ import annotations

from typing import Any

import pytest

import wor_match as wm
from tests.town import AT, THURSDAY, TUESDAY, activity, catalogue, person
from wor_match.domain.change import with_answers

DEAR = activity("duur", terms=["zingen"], price=[{"euro": 8, "per": "time"}], schedule=TUESDAY)
FREE = activity("gratis", terms=["wandelen"], price=[{"euro": 0, "per": "time"}], schedule=THURSDAY)
TOWN = wm.Matcher(catalogue(DEAR, FREE))
SINGER = person(likes=["zingen"], budget="free")


def test_another_budget_lets_the_wish_in_and_says_which_rule_it_was() -> None:
    compared = TOWN.what_if(SINGER, {"budget": "any"}, at=AT)
    assert [one.activity.id for one in compared.before["p1"]] == ["gratis"]
    assert [one.activity.id for one in compared.after["p1"]] == ["duur", "gratis"]
    (moved,) = compared.moved
    assert (moved.person, moved.first, moved.by.kind, moved.by.name) == ("p1", True, "rule", "too_expensive")


def test_the_advices_are_those_that_recommend_gives() -> None:
    compared = TOWN.what_if(SINGER, {"budget": "any"}, at=AT, n=1)
    asked = (SINGER, SINGER.replace(budget="any"))
    for advice, who in zip((compared.before["p1"], compared.after["p1"]), asked, strict=True):
        plain = TOWN.recommend(who, at=AT, n=1)
        assert advice.decision_id == plain.decision_id
        assert [one.score for one in advice] == [one.score for one in plain]
    assert compared.n == 1
    assert SINGER.budget == "free", "the person stays as they are"


def test_nothing_changed_moves_nothing() -> None:
    compared = TOWN.what_if(SINGER, {}, at=AT)
    assert compared.moved == ()
    assert compared.before["p1"].decision_id == compared.after["p1"].decision_id


def test_a_part_of_an_answer_changes_alone_whatever_the_order() -> None:
    who = person(travel={"modes": ["walk"], "home_before": "16:30"}, languages={"nl": "good"})
    changes: dict[str, Any] = {"travel.max_minutes": 30, "languages.en": "little", "group_wish.size": "small"}
    for told in (changes, dict(reversed(changes.items()))):
        after = with_answers(who, told)
        assert (after.travel.modes, after.travel.max_minutes, after.travel.home_before) == (("walk",), 30, "16:30")
        assert dict(after.languages) == {"nl": "good", "en": "little"}
        assert after.group_wish.size == "small"
    both = {"travel.max_minutes": 30, "travel": {"modes": ["bike"]}}
    assert with_answers(who, both).travel.modes == ("bike",)
    assert with_answers(who, both).travel.max_minutes == 30


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"wensen": ["zingen"]}, "wensen"),
        ({"budget": "geheim-bedrag"}, "budget"),
        ({"travel.max_minutes": -7261}, "travel.max_minutes"),
        ({"travel.vleugels": True}, "allowed are home_before, max_minutes, modes"),
        ({"likes.zingen": "geheim"}, "likes"),
        ({"access": ["geheim"]}, "access"),
        ({"id": "p2"}, "`id`"),
        ({"id.x": "p2"}, "`id`"),
        ({3: "geheim"}, "mapping of fields"),
        (["geheim"], "mapping of fields"),
        (None, "mapping of fields"),
    ],
)
def test_a_field_that_is_not_there_or_a_refused_answer_is_named_and_not_shown(changes: Any, field: str) -> None:
    with pytest.raises(wm.ParticipantError) as refused:
        TOWN.what_if(SINGER, changes, at=AT)
    assert field in str(refused.value)
    assert not {"geheim", "7261"} & set(str(refused.value).replace("-", " ").split())


def test_what_is_no_participant_is_refused_as_elsewhere() -> None:
    with pytest.raises(wm.WorMatchError, match="needs a Participant"):
        TOWN.what_if("p1", {}, at=AT)  # type: ignore[arg-type]  # because a host may give anything
