"""A matcher that learns: a set of events goes in, a new matcher comes out, and who was erased was never there."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_info

import wor_match as wm
from tests.learning.story import asked, consent, event, stop, visit
from tests.strategies import people
from tests.town import activity, person
from wor_match.constraints import CONSTRAINTS
from wor_match.domain.event import Event
from wor_match.domain.kinds import plain
from wor_match.errors import ModelError
from wor_match.learning import Prior
from wor_match.learning.saved import as_text, canonical, checksum
from wor_match.signals import SIGNALS

AT = date(2026, 11, 23)
WEEKLY = {"weekly": [{"day": "ma", "start": "10:00", "end": "12:00"}]}
TOWN = wm.Catalogue(
    id="t", name="t", organisers=({"id": "o", "name": "O"},),
    activities=tuple(activity(name, schedule=WEEKLY, organiser="o") for name in ("een", "twee", "drie", "vier")),
)  # fmt: skip
OURS = wm.Matcher(TOWN)


def stayed(who: str, where: str = "een") -> list[Event]:
    return [consent(who), visit(0, who, where), asked(91, "still", who, where)]


def never(who: str, where: str = "twee") -> list[Event]:
    return [consent(who), asked(91, "never", who, where)]


def gone(who: str, where: str = "twee", day: int = 10, **fields: Any) -> list[Event]:
    return [consent(who), visit(0, who, where), stop(day, who, where, **fields)]


HISTORY = [one for n in range(6) for part in (stayed(f"a{n}"), never(f"b{n}"), gone(f"c{n}", "drie")) for one in part]


def scores(matcher: wm.Matcher, **told: Any) -> dict[str, float]:
    advice = matcher.recommend(person(**told), at=AT)
    return {one.activity.id: one.score for one in (*advice.suggestions, *advice.others)}


def saved(matcher: wm.Matcher, folder: Path) -> bytes:
    matcher.save(folder / "m.json")
    return (folder / "m.json").read_bytes()


@pytest.fixture(scope="module")
def learned() -> wm.Matcher:
    return OURS.learn(HISTORY)


# --- what it does ---


def test_what_people_stay_with_ranks_above_what_they_leave(learned: wm.Matcher) -> None:
    before, after = scores(OURS), scores(learned)
    assert len(set(before.values())) == 1
    assert after["een"] > after["vier"] > after["twee"]
    assert after["een"] > after["drie"]


def test_learning_nothing_is_the_identity_and_the_old_matcher_stays(learned: wm.Matcher, tmp_path: Path) -> None:
    assert OURS.learn([]).recommend(person(), at=AT).decision_id == OURS.recommend(person(), at=AT).decision_id
    assert not OURS.learn([visit(0, "nobody")]).learned
    assert scores(OURS.learn([])) == scores(OURS) == scores(OURS.learn([visit(0, "nobody")]))
    assert not OURS.learned
    assert learned.learned
    assert scores(OURS.learn(HISTORY)) == scores(learned)


def test_unseen_twins_score_the_same() -> None:
    twins = wm.Catalogue(id="t", name="t", activities=tuple(activity(name, schedule=WEEKLY) for name in ("x", "y")))
    found = wm.Matcher(twins).learn(HISTORY).recommend(person(), at=AT)
    assert found[0].score == found[1].score
    assert found[0].evidence == (0, 0, 0)


def test_one_more_who_still_takes_part_never_lowers_an_activity(learned: wm.Matcher) -> None:
    more = OURS.learn([*HISTORY, *stayed("d1", "drie")])
    assert scores(more)["drie"] > scores(learned)["drie"]


def test_illness_is_no_verdict() -> None:
    ill, unsuited = (
        OURS.learn([one for n in range(8) for one in gone(f"q{n}", "een", reason=reason, on="2026-03-12")])
        for reason in ("health", "not_suited")
    )
    assert scores(ill)["een"] > scores(unsuited)["een"]


@given(who=people(("een",)))
@settings(max_examples=40)
def test_reasons_add_up_and_the_record_is_one_of_them(learned: wm.Matcher, who: wm.Participant) -> None:
    advice = learned.recommend(who, at=AT, n=4)
    for one in advice:
        assert sum(reason.points for reason in one.reasons) == pytest.approx(
            100 * (one.score - advice.reference), abs=1e-9
        )
        low, high = one.interval
        assert 0 < low < one.chance < high < 1
        records = [reason for reason in one.reasons if reason.part == "record"]
        assert [reason.name for reason in records] == ["track_record"], "of the term or the organiser at least"


def test_who_fell_ill_or_is_not_known_to_have_stayed_is_not_said_to_have_stayed() -> None:
    ill = [one for n in range(5) for one in gone(f"i{n}", "een", reason="health")]
    once = [one for n in range(3) for one in (consent(f"o{n}"), visit(0, f"o{n}"))]
    told = OURS.learn([*ill, *once, *stayed("s1"), *stayed("s2")])
    (record,) = (one for one in told.recommend(person(), at=AT, only=["een"])[0].reasons if one.part == "record")
    assert record.facts == {"say": "many", "started": 10, "stayed": 2}
    assert told.learned.counts["unfinished"] == 8
    assert "8 keer kennen we het einde niet." in told.learned.sentences()


def test_where_nobody_was_seen_the_coach_reads_that_experience_is_from_elsewhere() -> None:
    told = OURS.learn([one for n in range(30) for one in stayed(f"a{n}")])
    (record,) = (one for one in told.recommend(person(), at=AT, only=["vier"])[0].reasons if one.part == "record")
    assert record.facts == {"say": "elsewhere"}
    assert record.sentence() == "Hier zijn nog geen ervaringen. Die van zulke plekken tellen mee."


def test_a_signal_that_no_outcome_spoke_of_is_not_said_to_count_otherwise() -> None:
    told = OURS.learn([one for n in range(40) for one in never(f"a{n}", "een")]).learned
    assert set(told.shifts.values()) == {0.0}
    assert told.scale == 1.0
    assert not any("verwacht" in one for one in told.sentences())


def test_worth_is_never_learned(learned: wm.Matcher) -> None:
    for who in (person(), person(focus=["meedoen"], likes=["handwerken"])):
        before, after = ({one.activity.id: one.worth for one in m.recommend(who, at=AT, n=4)} for m in (OURS, learned))
        assert before == after


# --- figures that are shown ---


def test_a_figure_is_given_from_ten_people_on_and_by_tens() -> None:
    nine, ten, nineteen = (
        OURS.learn([one for k in range(n) for one in (stayed(f"a{k:02d}") if k % 3 else gone(f"a{k:02d}", "een"))]) for n in (9, 10, 19)
    )  # fmt: skip
    told = [
        next(
            reason for reason in m.recommend(person(), at=AT, only=["een"])[0].reasons if reason.name == "track_record"
        )
        for m in (nine, ten, nineteen)
    ]
    assert told[0].facts == {"say": "few"}
    assert told[1].facts == told[2].facts == {"say": "many", "started": 10, "stayed": 6}
    assert told[1].sentence() == "Van de 10 mensen die hier begonnen, bleven er zeker 6."


def test_the_coach_reads_on_how_much_it_rests_and_the_card_does_not(learned: wm.Matcher) -> None:
    many = OURS.learn([one for k in range(20) for one in stayed(f"a{k}")])
    advice = many.recommend(person(), at=AT, only=["een"])
    assert "Van de 20 mensen die hier begonnen, bleven er zeker 20." in advice.to_markdown()
    assert "begonnen" not in advice.card()
    assert "Er zijn hier nog weinig ervaringen." in learned.recommend(person(), at=AT, only=["een"]).to_markdown()
    assert "Er zijn hier nog geen ervaringen." in learned.recommend(person(), at=AT, only=["vier"]).to_markdown()
    assert advice[0].evidence == (20, 20, 20)


def test_a_few_experiences_that_move_the_score_have_a_line_of_their_own() -> None:
    few = OURS.learn([one for k in range(6) for one in stayed(f"a{k}")])
    (suggestion,) = few.recommend(person(), at=AT, only=["een"])
    (record,) = (reason for reason in suggestion.spoken if reason.part == "record")
    assert record.points > 1
    page = few.recommend(person(), at=AT, only=["een"]).to_markdown()
    points = f"{record.points:.1f}".replace(".", ",")
    assert f"- Er zijn nog weinig ervaringen. Ze tellen wel mee. (+{points} punten)" in page
    assert "ervaringen" not in few.recommend(person(), at=AT, only=["een"]).card()


def test_learned_says_in_words_what_it_rests_on_and_what_was_left_out(learned: wm.Matcher) -> None:
    told = OURS.learn([*HISTORY, *stayed("z", "nergens"), visit(0, "zonder")]).learned
    assert told.counts["people"] == 18
    assert told.counts["started"] == 12
    said = told.sentences()
    assert said[0] == "Geleerd uit 18 ervaringen van 18 mensen."
    assert "1 keer ging het om een activiteit die we niet kennen." in said
    assert OURS.learned.sentences() == ("Er is nog niets geleerd. Dit zijn de verwachtingen vooraf.",)
    assert OURS.learned.sentences("en") == ("Nothing was learned yet. These are the expectations beforehand.",)


# --- a set of events ---


def test_order_batches_and_repeats_give_the_same_bytes(learned: wm.Matcher, tmp_path: Path) -> None:
    due = saved(learned, tmp_path)
    mixed = random.Random(1).sample(HISTORY, len(HISTORY))
    for told in (mixed, [*HISTORY, *mixed[:20]], iter(mixed)):
        assert saved(OURS.learn(told), tmp_path) == due
    assert saved(OURS.learn(HISTORY[:9]).learn(HISTORY), tmp_path) == due, "in two steps"
    assert saved(learned.learn([]), tmp_path) == saved(OURS.learn([]), tmp_path), "the history is the truth"


def organised(who: str) -> list[Event]:
    return [consent(who), visit(ord(who), who, "twee", source="organiser", reporter="o")]


def corrected(who: str) -> list[Event]:
    """Told wrong, corrected without saying of whom, and one visit taken back."""
    right = plain(asked(91, "still", who, event_id=f"{who}.right"))
    wrong, visited = asked(90, "never", who, event_id=f"{who}.wrong"), visit(2, who, event_id=f"{who}.visit")
    correction = event("corrected", 95, None, event_id=f"{who}.corrected", replaces=f"{who}.wrong", event=right)
    taken_back = event("withdrawn", 96, None, event_id=f"{who}.back", takes_back=f"{who}.visit")
    return [consent(who), visit(0, who), visited, wrong, correction, taken_back]


STORIES = {
    "a": stayed("a"), "b": stayed("b", "twee"), "c": never("c"), "d": gone("d", "drie"), "e": gone("e", "een", 40),
    "f": [consent("f"), visit(3, "f", "vier", ratings={"room": 4})], "g": [consent("g"), visit(0, "g"), asked(84, "stopped", "g")],
    "h": [consent("h"), consent("h", 9, given=False), visit(0, "h")], "i": corrected("i"), "j": corrected("j"),
    **{who: organised(who) for who in "klmnopq"},
}  # fmt: skip


@given(st.lists(st.sampled_from(sorted(STORIES)), min_size=1, max_size=12, unique=True), st.randoms())
@settings(max_examples=500)
def test_erased_means_never_seen(chosen: list[str], dice: random.Random) -> None:
    erased, *others = chosen
    told = [one for who in chosen for one in STORIES[who]]
    told += dice.sample(told, len(told) // 2)
    dice.shuffle(told)
    left = [one for one in told if one.of != erased]
    assert model_text(left) == model_text([one for who in others for one in STORIES[who]])


def model_text(events: list[Event]) -> str:
    """What would be saved."""
    return text_of(OURS.learn(events))


def text_of(learned: wm.Matcher) -> str:
    """The text that holds what was learned."""
    return as_text(learned.model, {signal.name: signal.beliefs for signal in learned.signals})


def test_the_same_bytes_for_any_hash_seed(tmp_path: Path) -> None:
    code = (
        "import hashlib\n"
        "from tests.learning.test_learn import HISTORY, model_text\n"
        "print(hashlib.sha256(model_text(HISTORY).encode()).hexdigest())"
    )
    told = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                       cwd=Path(__file__).parents[2], env={"PYTHONHASHSEED": seed, "PATH": ""}).stdout
        for seed in ("0", "1")
    }  # fmt: skip
    assert len(told) == 1


def test_one_id_with_two_contents_teaches_nothing(learned: wm.Matcher) -> None:
    with pytest.raises(wm.EventError, match="told twice with other content"):
        OURS.learn([*HISTORY, visit(0, "a1", attended=False, event_id="a1.visited.een.0")])
    assert scores(learned) == scores(OURS.learn(HISTORY))


# --- on disk ---


def test_saved_and_loaded_is_the_same_matcher(learned: wm.Matcher, tmp_path: Path) -> None:
    due = saved(learned, tmp_path)
    again = wm.Matcher.load(tmp_path / "m.json", TOWN)
    assert scores(again) == scores(learned)
    assert again.learned == learned.learned
    assert saved(again, tmp_path) == due
    assert again.recommend(person(), at=AT).to_json() == learned.recommend(person(), at=AT).to_json()
    assert not list(tmp_path.glob("*.tmp"))


def test_a_saved_model_says_what_it_was_made_with_and_keeps_its_shifts_under_other_beliefs(tmp_path: Path) -> None:
    held = [event("chosen", 0, f"a{n}", activities=["een"], strengths={"een": {"near": n % 2}}) for n in range(40)]
    told = OURS.learn([*held, *(one for n in range(40) for one in (stayed if n % 2 else never)(f"a{n}", "een"))])
    assert told.learned.shifts["near"] > 0.05
    assert "Zwaarder dan verwacht telt: de afstand." in told.learned.sentences()
    body = json.loads(saved(told, tmp_path))
    assert body["made_with"] == {"wor_match": wm.__version__, "signals": "1"}
    again = wm.Matcher.load(tmp_path / "m.json", TOWN, wm.Settings(beliefs={"near": (2, 2)}))
    assert again.learned.shifts == told.learned.shifts
    assert again.learned.scale == told.learned.scale


def test_a_prior_is_about_signals_by_name() -> None:
    assert scores(wm.Matcher(TOWN, prior=Prior.expert())) == scores(OURS)
    with pytest.raises(ModelError, match="the prior is not about"):
        wm.Matcher(TOWN, prior=Prior.expert(SIGNALS[:3]))


def test_a_prior_of_ones_own_is_given_again_on_loading(tmp_path: Path) -> None:
    prior = replace(Prior.expert(), level_start=(2.0, 0.1))
    own = wm.Matcher(TOWN, prior=prior)
    own.save(tmp_path / "m.json")
    again = wm.Matcher.load(tmp_path / "m.json", TOWN, prior=prior)
    assert scores(again.learn(HISTORY)) == scores(own.learn(HISTORY)) != scores(OURS.learn(HISTORY))


def test_learning_in_threads_gives_the_same_bytes_and_leaves_the_process_as_it_was(tmp_path: Path) -> None:
    threads = [one["num_threads"] for one in threadpool_info()]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda n: OURS.learn(HISTORY if n % 2 else HISTORY[::-1]), range(8)))
        list(pool.map(lambda one: one.save(tmp_path / "m.json"), found * 5))
    assert [one["num_threads"] for one in threadpool_info()] == threads
    assert wm.Matcher.load(tmp_path / "m.json", TOWN).learned
    assert len({text_of(one) for one in found}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["m.json"]


def test_two_choices_of_one_day_are_two_events() -> None:
    advice = OURS.recommend(person(), at=AT)
    one, other = (advice.chosen([advice[n].activity.id], at=datetime(2026, 11, 23, 10 + n, tzinfo=UTC)) for n in (0, 1))
    assert one.event_id != other.event_id
    assert advice.chosen([advice[0].activity.id], at=datetime(2026, 11, 23, 10, tzinfo=UTC)) == one
    assert OURS.learn([one, other, consent("p1")])


def test_no_persons_mark_shows_in_the_model() -> None:
    told = [OURS.learn([*rated(10, "een", 4), *rated(10, "twee", 3), consent("z"), visit(50, "z", "een", ratings={"welcome": mark})])
            for mark in (1, 5)]  # fmt: skip
    assert told[0].model.visitors == told[1].model.visitors
    assert [one.model.rated for one in told] == [{"een": 10, "twee": 10}] * 2, "nor that there was an eleventh"


def test_no_person_stands_in_the_file(learned: wm.Matcher, tmp_path: Path) -> None:
    text = saved(OURS.learn(stayed("pseudoniem391") + never("pseudoniem592")), tmp_path).decode()
    assert "pseudoniem" not in text
    assert "2026-" not in text, "and no day of anything"


def test_an_old_model_meets_a_new_signal_a_new_rule_and_another_catalogue(learned: wm.Matcher, tmp_path: Path) -> None:
    fewer = [signal for signal in SIGNALS if signal.name not in ("near", "welcome")]
    old = wm.Matcher(TOWN, signals=fewer).learn(HISTORY)
    old.save(tmp_path / "old.json")
    other = wm.Catalogue(
        id="u", name="u", activities=(activity("een", schedule=WEEKLY), activity("nieuw", schedule=WEEKLY))
    )
    newer = wm.Matcher.load(tmp_path / "old.json", other, constraints=CONSTRAINTS[:5])
    found = scores(newer)
    assert found["een"] > found["nieuw"] > 0
    near = [signal.name for signal in newer.signals].index("near")
    believed = OURS.model.posterior.draws.start[[signal.name for signal in OURS.signals].index("near")]
    assert (newer.model.posterior.draws.start[near] == believed).all(), "from the beliefs"


@pytest.mark.parametrize("at", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_model_that_was_cut_is_refused(at: float, learned: wm.Matcher, tmp_path: Path) -> None:
    whole = saved(learned, tmp_path)
    (tmp_path / "m.json").write_bytes(whole[: int(at * len(whole))])
    with pytest.raises(wm.ModelError):
        wm.Matcher.load(tmp_path / "m.json", TOWN)


def test_a_model_of_which_one_byte_differs_is_refused(learned: wm.Matcher, tmp_path: Path) -> None:
    whole = bytearray(saved(learned, tmp_path))
    for place in random.Random(4).sample(range(len(whole) - 1), 40):
        flipped = whole.copy()
        flipped[place] ^= 1
        (tmp_path / "m.json").write_bytes(flipped)
        with pytest.raises(wm.ModelError):
            wm.Matcher.load(tmp_path / "m.json", TOWN)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"format": "wor-match-model/2"}, "has format wor-match-model/2; this library reads wor-match-model/1"),
        ({"format": "iets anders"}, "this is no model"),
        ({"taus": {}}, "another form"),
        ({"names": {"term": ["a"], "organiser": [], "activity": []}}, "another form"),
        ({"counts": {"people": "veel"}}, "another form"),
        ({"counts": {"people": -4}}, "another form"),
        ({"stayed": {"een": [10, 11]}}, "another form"),
        ({"visitors": {"een": 5.0}}, "another form"),
        *(({"rated": {"een": n}}, "another form") for n in (0, 9, 11, -10, 10.0, "10", True, None, 10**400)),
        ({"rated": [10]}, "another form"),
        ({"taus": {"beta": 10**400, "term": 1, "organiser": 1, "activity": 1}}, "another form"),
        ({"mode": {"level_start": ["1.0"]}}, "another form"),
        ({"mode": {"level_start": [10**400]}}, "another form"),
        ({"taus": {"beta": -1, "term": 1, "organiser": 1, "activity": 1}}, "another form"),
    ],
)
def test_a_model_of_another_form_is_refused_though_its_checksum_holds(
    changed: dict[str, Any], said: str, learned: wm.Matcher, tmp_path: Path
) -> None:
    body = {**json.loads(saved(learned, tmp_path)), **changed}
    body.pop("sha256")
    (tmp_path / "m.json").write_text(canonical({**body, "sha256": checksum(body)}) + "\n")
    with pytest.raises(wm.ModelError, match=said):
        wm.Matcher.load(tmp_path / "m.json", TOWN)


def test_a_file_that_is_not_there_or_cannot_be_written_is_named(learned: wm.Matcher, tmp_path: Path) -> None:
    with pytest.raises(wm.ModelError, match=r"weg\.json cannot be read"):
        wm.Matcher.load(tmp_path / "weg.json", TOWN)
    with pytest.raises(wm.ModelError, match="cannot be written"):
        learned.save(tmp_path / "nergens" / "m.json")
    (tmp_path / "m.json").write_bytes(b"\xff\xfe")
    with pytest.raises(wm.ModelError, match="no UTF-8"):
        wm.Matcher.load(tmp_path / "m.json", TOWN)


# --- an advice and a choice as events ---


def test_an_advice_and_a_choice_are_events_that_carry_the_strengths_of_the_day() -> None:
    who, noon = person(likes=["handwerken"]), datetime(2026, 3, 1, 12, tzinfo=UTC)
    advice = OURS.recommend(who, at=AT, n=2)
    told, choice = advice.event(at=noon), advice.chosen(["vier"], at=noon, by="participant")
    assert told.event_id == told.decision == advice.decision_id == choice.decision
    assert [one.activity for one in told.shown] == [one.activity.id for one in advice]
    assert told.shown[0].strengths["likes"] == 1.0
    assert choice.strengths["vier"]["likes"] == 1.0, "it was possible, though not shown"
    episodes = OURS.learn([consent(), told, choice, visit(3, activity="vier")]).learned.counts
    assert episodes["without_strengths"] == 0
    own = OURS.chosen_event(who, "drie", at=noon, event_id="e1")
    assert own.strengths["drie"]["likes"] == 1.0
    assert advice.chosen([], at=noon).activities == ()


def test_what_was_not_possible_cannot_be_chosen() -> None:
    advice = OURS.recommend(person(), at=AT)
    with pytest.raises(wm.WorMatchError, match="not possible in this advice"):
        advice.chosen(["nergens"], at=datetime(2026, 3, 1, tzinfo=UTC))
    with pytest.raises(wm.WorMatchError, match="no list of words"):
        advice.chosen("een", at=datetime(2026, 3, 1, tzinfo=UTC))
    with pytest.raises(wm.WorMatchError, match="is not in the catalogue"):
        OURS.chosen_event(person(), "nergens", at=datetime(2026, 3, 1, tzinfo=UTC), event_id="e")
    with pytest.raises(wm.EventError, match="time zone"):
        advice.event(at=datetime(2026, 3, 1))  # noqa: DTZ001 — naive on purpose


# --- what visitors say ---


def rated(n: int, where: str, mark: int) -> list[Event]:
    return [
        one
        for k in range(n)
        for one in (consent(f"{where}{k}"), visit(0, f"{where}{k}", where, ratings={"welcome": mark}))
    ]


def test_visitors_speak_from_ten_on_and_by_hand() -> None:
    few, enough = (OURS.learn([*rated(n, "een", 5), *rated(n, "twee", 3)]) for n in (9, 10))
    assert few.model.visitors == {}
    # centre 4; each ten deviate 1 and -1. noise² = (10 x .35²)/(10 + 20 - 2) is not used below 30 ratings: phi = .35²/.3²
    strength = 0.5 + 10 / (10 + 0.35**2 / 0.3**2) / 4
    assert enough.model.visitors["een"] == pytest.approx(strength)
    assert enough.model.visitors["twee"] == pytest.approx(1 - strength)
    (one,) = enough.recommend(person(), at=AT, only=["een"])
    assert one.strengths["visitors_say"] == pytest.approx(strength)
    assert any(reason.name == "visitors_say" and reason.points > 0 for reason in one.reasons)


def test_nobodys_own_rating_speaks_for_themselves() -> None:
    from wor_match.domain.history import settled
    from wor_match.learning.episodes import episodes_of
    from wor_match.learning.learned import arrays
    from wor_match.learning.visitors import Visitors

    chosen = event("chosen", 0, "z", activities=["een"], strengths={"een": {"near": 0.5}})
    own = [consent("z"), chosen, visit(0, "z", "een", ratings={"welcome": 5})]
    events = [*rated(10, "een", 3), *own, *rated(5, "twee", 4)]
    told = episodes_of(settled(events), TOWN).episodes
    visitors = Visitors.of(told)
    found = arrays(told, {"term": (), "organiser": (), "activity": ()}, {"visitors_say": 0.5}, visitors)
    mine = next(row for row, one in enumerate(told) if one.person == "z")
    others = 10 * (3 - visitors.centre) / (10 + visitors.phi) / 4
    assert found.strengths[mine, 0] == pytest.approx(others), "ten others speak, the own five does not"
    unrecorded = [row for row, one in enumerate(told) if one.activity == "een" and one.strengths is None]
    assert found.strengths[unrecorded, 0].tolist() == [0.0] * 10, "without recorded strengths none is filled in"
    assert found.strengths[[row for row, one in enumerate(told) if one.activity == "twee"], 0].tolist() == [0.0] * 5


def test_shrinking_by_moments_once_thirty_rated() -> None:
    from wor_match.learning.visitors import shrinking

    marks = [np.array([4.0, 5.0] * 10), np.array([2.0, 3.0] * 10)]
    noise = (10 * 0.35**2 + 2 * 20 * 0.25) / (10 + 40 - 2)
    apart = 2.0 - noise / 20  # the means 4.5 and 2.5 have variance 2
    assert shrinking(marks) == pytest.approx(noise / ((10 * 0.3**2 + 2 * apart) / 12))
    assert shrinking(marks[:1]) == pytest.approx(0.35**2 / 0.3**2)


# --- bad input ---


@pytest.mark.parametrize(
    "events",
    [[], [consent()], stayed("a"), never("a"), [consent(), visit(0, activity="nergens")], [visit(0, "zonder")],
     [consent(), asked(10, "still"), visit(50)], [consent(), event("chosen", 0, activities=[])],
     [consent(), event("chosen", 0, outside="zingen")]],
)  # fmt: skip
def test_any_small_history_gives_finite_answers(events: list[Event]) -> None:
    found = OURS.learn(events).recommend(person(), at=AT, n=4)
    assert len(found) == 4
    for one in found:
        assert np.isfinite([one.score, *one.interval, one.start_chance, one.stay_chance]).all()


@pytest.mark.parametrize("events", [["x"], [None], 3, "abc"])
def test_what_is_no_history_is_refused(events: Any) -> None:
    with pytest.raises(wm.EventError):
        OURS.learn(events)
