"""Two advices side by side: every difference adds up, each move has its cause, and nobody moves for nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wor_match as wm
from tests.strategies import people as anyone
from tests.town import AT, activity, catalogue, person
from wor_match.demo import PEOPLE, invented_history
from wor_match.errors import WorMatchError
from wor_match.evaluation.changes.comparison import Comparison
from wor_match.evaluation.changes.moves import Cause
from wor_match.evaluation.comparing import compare

NOW = wm.Matcher(wm.load_catalogue("nieuwegein"))
WISH = wm.Matcher(NOW.catalogue, wm.Settings(worth={"focus": 0.1, "wish": 0.75, "web": 0.15}))
LEARNED = NOW.learn(invented_history(NOW))
DEMO = [one.person for one in PEOPLE]

# Nobody could tell these two apart but for what they serve: the first the focus, the second the wish.
FOCUS_OR_WISH = catalogue(
    activity("aa-meedoen", terms=["wandelen"], serves={"participation": 3}),
    activity("bb-zang", terms=["zingen"], serves={"participation": 0}),
)
SINGER = person(focus=["meedoen"], likes=["zingen"])


def weighing(focus: float, wish: float, **more: Any) -> wm.Matcher:
    worth = {"focus": focus, "wish": wish, "web": round(1 - focus - wish, 9)}
    return wm.Matcher(FOCUS_OR_WISH, wm.Settings(worth=worth, **more))


def points(advice: wm.Advice, name: str) -> dict[tuple[str, str], float]:
    (one,) = (one for one in advice if one.activity.id == name)
    return {(reason.name, reason.part): reason.points for reason in one.reasons}


def test_what_overtakes_is_named_by_the_reason_that_gained_most_on_what_it_passed() -> None:
    before, after = weighing(0.9, 0.0), weighing(0.0, 0.9)
    (moved,) = compare(before, after, [SINGER], at=AT).moved
    assert (moved.before, moved.after) == (("aa-meedoen", "bb-zang"), ("bb-zang", "aa-meedoen"))
    one, other = before.recommend(SINGER, at=AT), after.recommend(SINGER, at=AT)
    gained = {
        name: (points(other, "bb-zang")[name] - points(one, "bb-zang")[name])
        - (points(other, "aa-meedoen")[name] - points(one, "aa-meedoen")[name])
        for name in points(one, "bb-zang")
    }
    ahead = [100 * (advice[place].score - advice[1 - place].score) for advice, place in ((one, 1), (other, 0))]
    assert sum(gained.values()) == pytest.approx(ahead[1] - ahead[0], abs=1e-9)
    best = max(gained, key=lambda name: gained[name])
    up, down = moved.moves
    assert (up.activity, up.way, up.place) == ("bb-zang", "moved_place", (2, 1))
    assert (up.by.kind, up.by.name, up.by.part) == ("reason", *best)
    assert up.by.points == pytest.approx(gained[best], abs=1e-9)
    assert (down.by.name, down.by.points) == (up.by.name, pytest.approx(-gained[best], abs=1e-9))
    assert best[1] == "worth"
    assert moved.by == up.by
    assert moved.first


@pytest.mark.parametrize("after", [WISH, LEARNED], ids=["weights", "learned"])
def test_reasons_explain_every_difference_of_score_to_the_last_digit(after: wm.Matcher) -> None:
    found = compare(NOW, after, DEMO, at=AT)
    for who in found.before:
        for name in NOW.catalogue:
            told = found.difference(who, name.id)
            apart = 100 * (told.score[1] - told.score[0]) - 100 * (told.reference[1] - told.reference[0])
            assert sum(told.points.values()) == pytest.approx(apart, abs=1e-9)


def test_a_difference_is_that_of_the_scores_shown() -> None:
    found = compare(NOW, LEARNED, DEMO, at=AT)
    for who, advice in found.after.items():
        for one in advice:
            assert found.difference(who, one.activity.id).score[1] == pytest.approx(one.score, abs=1e-12)


def test_what_was_learned_is_named_as_a_record_or_a_chance() -> None:
    found = compare(NOW, LEARNED, DEMO, at=AT)
    assert found.moved
    assert {one.by.part for one in found.moved} <= {"record", "chance"}
    assert Cause("reason", "track_record", "record") in found.causes()


@settings(max_examples=30)
@given(st.lists(anyone(), max_size=3, unique_by=lambda one: one.id))
def test_a_matcher_compared_with_itself_moves_nobody(people: list[wm.Participant]) -> None:
    found = compare(NOW, NOW, people, at=AT)
    assert found.moved == ()
    assert found.frame() == []


def test_comparing_the_other_way_round_moves_the_same_people() -> None:
    there, back = compare(NOW, WISH, DEMO, at=AT), compare(WISH, NOW, DEMO, at=AT)
    assert [(one.person, one.before, one.after) for one in there.moved] == [
        (one.person, one.after, one.before) for one in back.moved
    ]


def test_the_order_of_people_and_who_stands_there_twice_change_nothing() -> None:
    one, other = compare(NOW, WISH, DEMO, at=AT), compare(NOW, WISH, [*reversed(DEMO), DEMO[0]], at=AT)
    assert one.frame() == other.frame()
    assert one.to_markdown() == other.to_markdown()
    assert list(one.before) == sorted(one.before) == list(other.before)


def test_a_rule_that_rules_out_is_named_and_what_fills_its_place_came_in_by_others() -> None:
    free = catalogue(activity("koor"), activity("soep"))
    dear = catalogue(activity("koor", price=[{"euro": 10, "per": "time"}]), activity("soep"), activity("zang"))
    who = person(budget="free", unwanted=["zang"])
    (moved,) = compare(wm.Matcher(free), wm.Matcher(dear), [who], at=AT).moved
    assert {move.activity: (move.way, str(move.by)) for move in moved.moves} == {
        "koor": ("went_out", "rule too_expensive"),
        "soep": ("moved_place", "others came or went"),
    }
    assert moved.moves[-1].score[1] is None
    assert moved.by == Cause("rule", "too_expensive")
    (back,) = compare(wm.Matcher(dear), wm.Matcher(free), [who], at=AT).moved
    assert {move.activity: str(move.by) for move in back.moves}["koor"] == "rule too_expensive"


def test_what_takes_the_place_of_what_is_ruled_out_came_in_by_others() -> None:
    three = [activity(name) for name in ("een", "twee", "drie")]
    before, after = wm.Matcher(catalogue(*three)), wm.Matcher(catalogue(*three[1:]))
    (moved,) = compare(before, after, [person()], at=AT, n=2).moved
    told = {move.activity: (move.way, str(move.by)) for move in moved.moves}
    assert told["een"] == ("went_out", "catalogue: gone")
    assert told["twee"] == ("came_in", "others came or went")
    assert str(moved.by) == "catalogue: gone"


def test_an_activity_of_one_catalogue_only_has_no_difference() -> None:
    found = compare(wm.Matcher(catalogue(activity("een"))), wm.Matcher(catalogue(activity("twee"))), [person()], at=AT)
    assert [str(move.by) for move in found.moved[0].moves] == ["catalogue: new", "catalogue: gone"]
    with pytest.raises(WorMatchError, match="'twee' is not in the catalogue before"):
        found.difference("p1", "twee")
    with pytest.raises(WorMatchError, match="not among the people"):
        found.difference("p2", "een")


def test_when_no_score_changed_the_choosing_is_named() -> None:
    found = compare(NOW, wm.Matcher(NOW.catalogue, wm.Settings(variety=0.6)), DEMO, at=AT)
    assert found.moved
    assert {str(one.by) for one in found.moved} == {"choosing of few"}


def test_what_if_needs_no_second_matcher() -> None:
    before = NOW.recommend(DEMO[0], at=AT)
    unsafe = NOW.recommend(DEMO[0].replace(circumstances={"safety": "first"}), at=AT)
    found = Comparison.of({"p": before}, {"p": unsafe})
    assert [str(move.by) for move in found.moved[0].moves] == ["rule safety_first"] * 3
    assert "1 of 1 get nothing any more." in found.sentences()
    narrow = NOW.recommend(DEMO[0], at=AT, without=[before[0].activity.id])
    assert str(Comparison.of({"p": before}, {"p": narrow}).moved[0].by) == "catalogue: not asked"
    with pytest.raises(WorMatchError, match="other people"):
        Comparison.of({"p": before}, {"q": before})


def test_sentences_tell_how_many_and_by_what() -> None:
    found = compare(weighing(0.9, 0.0), weighing(0.0, 0.9), [SINGER, person(id="p2")], at=AT)
    name = found.moved[0].by.name
    assert found.sentences() == [
        "1 of 2 people get another first idea.",
        "1 of 2 get other ideas, or in another order, among the first 3.",
        f"1 of these 1 by {name} (worth).",
    ]
    assert compare(NOW, NOW, DEMO, at=AT).sentences() == ["None of 3 people gets another advice."]
    assert compare(NOW, WISH, [], at=AT).sentences() == ["Nobody was asked about."]


def test_before_and_after_stand_side_by_side() -> None:
    found = compare(weighing(0.9, 0.0), weighing(0.0, 0.9), [SINGER], at=AT)
    assert "| p1 | 1 aa-meedoen, 2 bb-zang | 1 bb-zang, 2 aa-meedoen |" in found.to_markdown()
    row = found.frame()[0]
    assert (row["place_before"], row["place_after"]) == (2, 1)
    assert row["score_after"] == found.after["p1"][0].score
    for backend in ("polars", "pandas", "pyarrow"):
        assert found.frame(backend).shape == (2, 11)


def test_no_text_of_it_tells_what_somebody_said_or_gets() -> None:
    found = compare(NOW, WISH, DEMO, at=AT)
    assert (
        repr(found)
        == f"Comparison(3 people, {len(found.moved)} moved, {sum(o.first for o in found.moved)} with another first idea)"
    )
    shown = {name for one in found.moved for name in (*one.before, *one.after)}
    for text in map(repr, (found, found.moved)):
        assert not any(name in text for name in shown)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"a": "matcher"}, "needs two Matchers"),
        ({"people": DEMO[0]}, "needs a list of Participants"),
        ({"people": ["p1"]}, "no Participant"),
        ({"people": [person(), person(budget="free")]}, "p1 is told in two ways"),
        ({"n": 0}, "n is no whole number"),
        ({"n": 101}, "n is no whole number"),
        ({"at": datetime(2026, 11, 23)}, "time zone"),  # noqa: DTZ001 — the point
    ],
)
def test_what_cannot_be_compared_is_refused(broken: dict[str, Any], said: str) -> None:
    told: dict[str, Any] = {"a": NOW, "b": WISH, "people": DEMO, "at": AT, **broken}
    with pytest.raises(WorMatchError, match=said):
        compare(told.pop("a"), told.pop("b"), told.pop("people"), **told)
