"""What visitors say of their first visit: said with how many from ten visitors on, and not a word below."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import wor_match as wm
from tests.learning.story import asked, consent, visit
from tests.town import AT, activity, catalogue, person
from wor_match.domain.event import Event
from wor_match.domain.facts import facts
from wor_match.domain.length import MOST_WORDS, longest
from wor_match.learning.saved import canonical, checksum
from wor_match.learning.visitors import Visitors
from wor_match.wording import words
from wor_match.wording.sentences import reason_sentence

PLEASED = "Nieuwe mensen vonden het hier fijner dan op andere plekken."
LESS = "Nieuwe mensen vonden het hier minder fijn dan op andere plekken."
TEN = "Tien van hen vertelden hoe het was."
TOWN = catalogue(activity("een"), activity("twee"))
OLD = Path(__file__).parent / "data" / "model-without-counts.json"  # een was rated by twelve, twee by ten


def rated(n: int, where: str = "een", mark: int = 5) -> list[Event]:
    """So many people came there once, and gave this mark."""
    people = [f"{where}{k:03}" for k in range(n)]
    return [one for who in people for one in (consent(who), visit(0, who, where, ratings={"click": mark}))]


def learned(n: int, mark: int = 5) -> wm.Matcher:
    """A matcher that learned from so many at one activity, and from ten who were between the two at another."""
    return wm.Matcher(TOWN).learn([*rated(n, mark=mark), *rated(10, "twee", 3)])


def advice_of(matcher: wm.Matcher) -> wm.Advice:
    """The advice about the first activity alone."""
    return matcher.recommend(person(), at=AT, only=["een"])


def said_in(advice: wm.Advice) -> str | None:
    """What is said of the first visit."""
    return next((one.sentence() for one in advice[0].reasons if one.name == "visitors_say"), None)


def all_faces(advice: wm.Advice) -> list[str]:
    """The advice as everybody sees it: card, card read aloud, page, plain text."""
    return [advice.card(), advice.read_aloud(), advice.card("coach"), advice.to_markdown()]


@pytest.mark.parametrize("n", range(10))
def test_below_ten_visitors_not_a_word_is_said(n: int) -> None:
    marks = Visitors(total={"een": float(n)}, n={"een": n}, centre=3.6, phi=1.0)
    assert marks.strength("een") == 0.5
    matcher = learned(n)
    assert "een" not in {**matcher.model.visitors, **matcher.model.rated}
    assert not any("fijner" in face or "van hen" in face for face in all_faces(advice_of(matcher)))


def test_from_ten_on_it_is_said_to_everybody() -> None:
    strength = Visitors(total={"een": 10.0}, n={"een": 10}, centre=3.6, phi=1.0).strength("een")
    assert strength == pytest.approx(0.5 + 0.25 * 10 / 11)
    advice = advice_of(learned(10))
    told = [advice.card(), advice.card("coach"), advice.to_markdown()]
    assert all(f"{PLEASED} {TEN}" in face for face in told)
    assert f"{PLEASED} {TEN}" in advice.card(language="nl-je")
    simple = f"Nieuwe mensen vonden dit fijner dan andere plekken. {TEN}"
    assert all(simple in face for face in (advice.read_aloud(), advice.card(level="A2")))
    said = "New people liked it here more than at other places. Ten of them said how it was."
    assert said in advice.card(language="en")


@pytest.mark.parametrize(
    ("n", "word"), [(10, "Tien"), (19, "Tien"), (20, "Twintig"), (29, "Twintig"), (30, "Dertig"), (100, "Honderd"), (119, "110")]
)  # fmt: skip
def test_how_many_is_told_by_whole_tens_downwards(n: int, word: str) -> None:
    assert said_in(advice_of(learned(n))) == f"{PLEASED} {word} van hen vertelden hoe het was."


def test_who_comes_twice_is_counted_once() -> None:
    again = [visit(7, f"een{k:03}", "een", ratings={"click": 5}, event_id=f"again{k}") for k in range(9)]
    assert wm.Matcher(TOWN).learn([*rated(9), *again]).model.rated == {}
    assert wm.Matcher(TOWN).learn([*rated(19), *again]).model.rated == {"een": 10}


def test_how_many_does_not_depend_on_the_order_of_the_history() -> None:
    told = [*rated(23), *rated(11, "twee", 3)]
    found = [wm.Matcher(TOWN).learn(history).model for history in (told, told[::-1], told + told)]
    assert [one.rated for one in found] == [{"een": 20, "twee": 10}] * 3
    assert len({tuple(one.visitors.items()) for one in found}) == 1


def test_where_they_were_less_pleased_than_elsewhere_it_says_so_with_how_many() -> None:
    advice = advice_of(learned(20, mark=1))
    assert advice[0].strengths["visitors_say"] < 0.5
    assert said_in(advice) == f"{LESS} Twintig van hen vertelden hoe het was."


def confirmed(n: int, name: str = "een", **fields: Any) -> list[Event]:
    """So many people came there once, with a mark of 5 told so; of each a coach tells that they still come."""
    people = [f"{name}{k:03}" for k in range(n)]
    return [
        one
        for k, who in enumerate(people)
        for one in (consent(who), visit(k, who, "een", ratings={"click": 5}, **fields), asked(90, "still", who, "een"))
    ]


@pytest.mark.parametrize("source", ["organiser", "import"])
def test_an_organiser_never_raises_its_own_click_though_a_coach_confirms_who_came(source: str) -> None:
    told = confirmed(20, source=source, reporter="koor")
    history = [*told, *rated(10, "twee", 3)]
    found = wm.Matcher(TOWN).learn(history)
    assert found.learned.counts["over_the_cap"] == 0, "the outcomes all count"
    assert found.model.rated == {"twee": 10}
    assert said_in(advice_of(found)) == ""
    assert wm.Matcher(TOWN).learn(history[::-1]).model.visitors == found.model.visitors


@pytest.mark.parametrize("source", ["coach", "participant"])
def test_what_a_coach_or_the_participant_told_all_counts(source: str) -> None:
    assert wm.Matcher(TOWN).learn([*confirmed(20, source=source), *rated(10, "twee", 3)]).model.rated["een"] == 20


def test_of_what_an_organiser_tells_the_five_earliest_marks_count_beside_those_of_others() -> None:
    own = confirmed(20, source="organiser", reporter="koor")
    for n, due in ((4, {}), (5, {"een": 10}), (15, {"een": 20})):
        assert wm.Matcher(TOWN).learn([*own, *confirmed(n, "p")]).model.rated == due


def test_it_only_ever_compares_for_a_low_mark_can_be_above_the_mean() -> None:
    """Twelve gave 2 of 5 here and ten gave 1 elsewhere: nobody was pleased, and nothing says so."""
    advice = advice_of(wm.Matcher(TOWN).learn([*rated(12, mark=2), *rated(10, "twee", 1)]))
    assert said_in(advice) == f"{PLEASED} {TEN}"
    for face in (
        *all_faces(advice),
        advice.card(level="A2"),
        advice.card(language="en"),
        advice.card(level="A2", language="en"),
    ):
        assert "tevreden" not in face
        assert "pleased" not in face
        assert "andere plekken" in face or "other places" in face


@pytest.mark.parametrize("mark", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("where", [("een",), ("een", "twee")])
def test_where_they_liked_it_as_much_as_elsewhere_or_were_nowhere_else_not_a_word_is_said(
    where: tuple[str, ...], mark: int
) -> None:
    matcher = wm.Matcher(TOWN).learn([one for name in where for one in rated(13, name, mark)])
    advice = advice_of(matcher)
    assert advice[0].strengths["visitors_say"] == pytest.approx(0.5)
    assert said_in(advice) == ""
    assert not any("plekken" in face or "van hen" in face for face in all_faces(advice))


def test_who_were_pleased_are_never_called_less_pleased_whatever_it_counts_for() -> None:
    odd = wm.Matcher(TOWN, wm.Settings(beliefs={"visitors_say": (-2, -2)})).learn([*rated(10), *rated(10, "twee", 3)])
    (reason,) = (one for one in advice_of(odd)[0].reasons if one.name == "visitors_say")
    assert reason.points < 0
    assert reason.sentence() == f"{PLEASED} {TEN}"


@pytest.mark.parametrize("language", ["nl", "nl-je", "en"])
@pytest.mark.parametrize("level", ["B1", "A2"])
@pytest.mark.parametrize("n", [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110])
def test_it_is_short_at_both_levels_and_round_numbers_are_words_up_to_a_hundred(
    language: str, level: str, n: int
) -> None:
    for say, points in (("liked_by", 1.0), ("below_by", -1.0)):
        sentence = reason_sentence("visitors_say", points, facts(say=say, n=n), words(language, level))
        assert longest(sentence) <= MOST_WORDS[level]
        assert any(sign.isdigit() for sign in sentence) == (n > 100)


def test_a_saved_model_keeps_how_many(tmp_path: Path) -> None:
    matcher = learned(25)
    matcher.save(tmp_path / "m.json")
    again = wm.Matcher.load(tmp_path / "m.json", TOWN)
    assert again.model.rated == matcher.model.rated == {"een": 20, "twee": 10}
    assert said_in(advice_of(again)) == said_in(advice_of(matcher))
    assert advice_of(again).decision_id == advice_of(matcher).decision_id


def test_a_model_of_before_this_was_kept_still_loads_and_speaks_without_a_number() -> None:
    matcher = wm.Matcher.load(OLD, TOWN)
    assert set(matcher.model.visitors) == {"een", "twee"}
    assert matcher.model.rated == {}
    assert said_in(advice_of(matcher)) == PLEASED
    assert said_in(matcher.recommend(person(), at=AT, only=["twee"])) == LESS


def test_a_model_without_ratings_is_written_as_before(tmp_path: Path) -> None:
    wm.Matcher(TOWN).learn(rated(9)).save(tmp_path / "m.json")
    assert "rated" not in json.loads((tmp_path / "m.json").read_text())


def test_what_a_newer_library_adds_within_the_format_is_passed_over(tmp_path: Path) -> None:
    learned(10).save(tmp_path / "m.json")
    body = {**json.loads((tmp_path / "m.json").read_text()), "later": {"een": 1}}
    body.pop("sha256")
    (tmp_path / "m.json").write_text(canonical({**body, "sha256": checksum(body)}) + "\n")
    assert wm.Matcher.load(tmp_path / "m.json", TOWN).model.rated == learned(10).model.rated


def test_newcomers_contact_mix_and_size_each_move_one_signal() -> None:
    who = person(group_wish={"size": "small", "mix": "mixed", "contact": "same_people"})
    group = {"size": 6, "mix": "mixed", "contact": "same_people", "newcomers": "welcome"}
    other = {"size": 20, "mix": "women", "contact": "come_and_go", "newcomers": "closed"}

    def told(**part: object) -> tuple[float, float]:
        strengths = wm.Matcher(catalogue(activity(group={**group, **part}))).recommend(who, at=AT)[0].strengths
        return strengths["group_fits"], strengths["welcome"]

    assert told() == (1.0, 0.75)
    for name in ("size", "mix", "contact"):
        assert told(**{name: other[name]}) == (pytest.approx(2 / 3), 0.75)
    assert told(newcomers="closed") == (1.0, 0.25), "how a group receives is the welcome, not the group itself"
